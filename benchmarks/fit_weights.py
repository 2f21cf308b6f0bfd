"""Fit the weights of ``policyqa.score``: python -m benchmarks.fit_weights GOLD=STORE … [--written …].

Two steps: passages (softmax over the candidates of a question), figures (softmax over the figures of the
best passages). How sure a finding is, ``benchmarks.fit_surety`` fits afterwards, and of several findings
``benchmarks.fit_parts``.

Gold questions are those of the tune half. The training questions of the reading model are used as well.
When it is on, only questions on documents that it was not trained on count, gold or training: it is too
sure on those that it knows.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from policyqa import Assistant
from policyqa.asked import Asked
from policyqa.findings import Candidate
from policyqa.gold import Gold, load_gold, matches_part, supports
from policyqa.match import figure_features
from policyqa.reader import FIGURE_WANTS, READ
from policyqa.score import Linear, Scorer
from policyqa.settings import Settings
from training.build import GOLD_ONLY, is_kept
from training.groups import held_out, names_where

Array = np.ndarray[Any, Any]
DATA = Path(__file__).parent.parent / "training" / "data"
PASSAGE = (
    "overlap", "dense", "cos", "terms", "terms_in_context", "before", "decides", "missing", "period", "part",
    "place", "issuer", "want", "plan", "range", "claim", "outside", "length",
)  # fmt: skip
JOINED = ("linear", "pair", "period", "place", "issuer", "plan", "part", "want")
FIGURE = (
    "passage", "f_span", "f_terms", "f_own", "f_extra", "f_unit", "f_aspect", "f_period", "f_place", "f_plan",
    "f_from", "f_echo", "f_cap", "f_part", "f_range", "f_when",
)  # fmt: skip


@dataclass(slots=True)
class Case:
    """A question with its candidates."""

    gold: Gold
    asked: Asked
    candidates: list[Candidate]


def gold_cases(file: Path, assistant: Assistant, only_untrained: bool) -> list[Case]:
    """The tune questions of a gold file."""
    cases = []
    for gold in load_gold(file):
        if gold.split != "tune" or gold.history or (only_untrained and not untrained(gold)):
            continue
        cases.append(Case(gold, *assistant.candidates(gold.question)))
    return cases


def untrained(gold: Gold) -> bool:
    """Whether the reading model was trained on none of a question's documents.

    A question that nothing answers has no document; of these a like share counts.
    """
    if gold.evidence:
        return all(is_kept(source) for source, _ in gold.evidence)
    return held_out(gold.id) or gold.id in _gold_only()


@cache
def _gold_only() -> frozenset[str]:
    """The questions on documents that are never trained on."""
    return frozenset(g.id for g in load_gold(GOLD_ONLY))


def written_cases(assistant: Assistant, every: int, only_held_out: bool) -> list[Case]:
    """Training questions on the documents of a store, one in ``every``, as gold questions."""
    sources = {d.source for d in assistant.documents()}
    cases = []
    for file in sorted(DATA.glob("*.jsonl")):
        for number, line in enumerate(file.read_text("utf-8").splitlines()):
            row = json.loads(line)
            if row["source"] not in sources or (only_held_out and not is_kept(row["source"])):
                continue
            if not only_held_out and number % every:
                continue
            answers = row.get("answers", [])
            gold = Gold(
                row["id"], row["question"], row["status"], row["kind"],
                parts=(tuple(a["short"] for a in answers),) if answers else (),
                evidence=tuple((row["source"], a["sentence"]) for a in answers),
            )  # fmt: skip
            asked, candidates = assistant.candidates(gold.question)
            if not names_where(gold.question, assistant.places()):
                # Another document may answer it as well; it was written for its own.
                candidates = [c for c in candidates if c.hit.passage.document.source == row["source"]]
            if candidates:
                cases.append(Case(gold, asked, candidates))
    return cases


def softmax_fit(groups: Sequence[tuple[Array, Array]], l2: float) -> tuple[Array, Array]:
    """Weights (of standardised columns) that make right rows likely within their groups; the spread."""
    import torch

    rows = np.concatenate([x for x, _ in groups])
    mean, spread = rows.mean(0), rows.std(0) + 1e-9
    longest = max(len(x) for x, _ in groups)
    data = torch.zeros(len(groups), longest, rows.shape[1], dtype=torch.double)
    inside = torch.zeros(len(groups), longest, dtype=torch.bool)
    right = torch.zeros(len(groups), longest, dtype=torch.bool)
    for number, (x, y) in enumerate(groups):
        data[number, : len(x)] = torch.tensor((x - mean) / spread)
        inside[number, : len(x)] = True
        right[number, : len(x)] = torch.tensor(y > 0)
    weights = torch.zeros(rows.shape[1], dtype=torch.double, requires_grad=True)

    def loss() -> Any:
        score = data @ weights
        whole = torch.logsumexp(score.masked_fill(~inside, -1e9), 1)
        good = torch.logsumexp(score.masked_fill(~right, -1e9), 1)
        return (whole - good).mean() + l2 * (weights * weights).sum()

    _minimise(weights, loss)
    return weights.detach().numpy(), spread


def logistic_fit(names: Sequence[str], x: Array, y: Array, l2: float, counts: Array | None = None) -> Linear:
    """Logistic regression in raw columns; ``counts`` says what each row counts, alike by default."""
    import torch

    mean, spread = x.mean(0), x.std(0) + 1e-9
    data, target = torch.tensor((x - mean) / spread), torch.tensor(y)
    share = torch.tensor(np.ones(len(y)) if counts is None else counts)
    weights = torch.zeros(x.shape[1] + 1, dtype=torch.double, requires_grad=True)

    def loss() -> Any:
        score = data @ weights[:-1] + weights[-1]
        fit = torch.nn.functional.binary_cross_entropy_with_logits(score, target, weight=share)
        return fit + l2 * (weights[:-1] ** 2).sum()

    _minimise(weights, loss)
    raw = weights.detach().numpy()
    scaled = raw[:-1] / spread
    bias = float(raw[-1] - (scaled * mean).sum())
    return Linear(round(bias, 4), {n: round(float(w), 4) for n, w in zip(names, scaled, strict=True)})


def _minimise(weights: Any, loss: Callable[[], Any]) -> None:
    import torch

    optimizer = torch.optim.LBFGS([weights], max_iter=200, line_search_fn="strong_wolfe")

    def closure() -> Any:
        optimizer.zero_grad()
        value = loss()
        value.backward()
        return value

    optimizer.step(closure)


def columns(features: dict[str, float], names: Sequence[str]) -> list[float]:
    return [features.get(name, 0.0) for name in names]


def linear(names: Sequence[str], fitted: tuple[Array, Array]) -> Linear:
    """Raw weights of standardised ones; the shift is the same for all rows and left out."""
    weights, spread = fitted
    return Linear(0.0, {n: round(float(w / s), 4) for n, w, s in zip(names, weights, spread, strict=True)})


def fit_scorer(cases: Sequence[Case], reading: bool) -> Scorer:
    """Passage, joined and figure weights from some cases; surety is left empty."""
    nothing = Linear(0.0, {})
    groups = passage_groups(cases, PASSAGE, range(10**6))
    passage = linear(PASSAGE, softmax_fit(groups, 0.01))
    scorer = Scorer(passage, nothing, nothing, nothing, nothing, nothing, nothing, 0.0)
    if reading:
        ordered = [Case(c.gold, c.asked, rescored(c.candidates, scorer)) for c in cases]
        groups = passage_groups(ordered, JOINED, range(READ))
        joined = linear(JOINED, softmax_fit(groups, 0.01))
        scorer = replace(scorer, joined=joined)
    figures = []
    for case in cases:
        if case.gold.status != "answered" or case.asked.question.want not in FIGURE_WANTS:
            continue
        rows, labels = [], []
        for candidate in rescored(case.candidates, scorer)[:READ]:
            evidence = candidate.evidence
            good = supports(case.gold, candidate.hit.passage)
            for figure in evidence.dates if case.asked.question.want == "date" else evidence.figures:
                features = {**figure_features(case.asked, evidence, figure), "passage": candidate.score}
                if candidate.reading is not None:
                    features["f_span"] = max(-20.0, candidate.reading.of(figure.start, figure.end))
                rows.append(columns(features, FIGURE))
                labels.append(float(good and any(matches_part(p, figure.text) for p in case.gold.parts)))
        if any(labels):
            figures.append((np.array(rows), np.array(labels)))
    figure = linear(FIGURE, softmax_fit(figures, 0.01))
    return replace(scorer, figure=figure)


def passage_groups(cases: Sequence[Case], names: Sequence[str], places: range) -> list[tuple[Array, Array]]:
    """Rows of features and which of them support, for the cases in which any does."""
    groups = []
    for case in cases:
        chosen = case.candidates[: places.stop]
        right = np.array([supports(case.gold, c.hit.passage) for c in chosen], dtype=float)
        if right.any():
            groups.append((np.array([columns(c.features, names) for c in chosen]), right))
    return groups


def rescored(candidates: Sequence[Candidate], scorer: Scorer) -> list[Candidate]:
    """The candidates in the order of other weights; what the reading model said of them stays."""
    exact = {c.hit.passage.id: 5.0 for c in candidates if "exact" in c.hit.lanes}
    first = sorted(
        (replace(c, score=scorer.passage(c.features) + exact.get(c.hit.passage.id, 0.0)) for c in candidates),
        key=lambda c: -c.score,
    )
    if not scorer.joined.weights:
        return first
    best = first[0].score
    read = [
        replace(c, score=scorer.joined(f := {**c.features, "linear": c.score - best}), features=f)
        for c in first[: READ + 4]
        if c.reading is not None
    ]
    return sorted(read, key=lambda c: -c.score)


WEIGHTS = Path("src/policyqa/weights.json")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pairs", nargs="+", help="GOLD.jsonl=STORE")
    parser.add_argument("--reader", default="off", help="as POLICYQA_READER")
    parser.add_argument("--every", type=int, default=3, help="of the training questions, one in so many")
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    arguments = parser.parse_args()
    reading = arguments.reader != "off"
    # Read before the long part: what is fitted replaces one half of it.
    source = arguments.out if arguments.out.is_file() else WEIGHTS
    data = json.loads(source.read_text("utf-8"))
    cases: list[Case] = []
    for pair in arguments.pairs:
        gold, _, store = pair.partition("=")
        assistant = Assistant.open(store, Settings(reader=arguments.reader))
        cases += gold_cases(Path(gold), assistant, only_untrained=reading)
        cases += written_cases(assistant, arguments.every, only_held_out=reading)
        assistant.close()
        print(store, len(cases), "cases", flush=True)
    scorer = fit_scorer(cases, reading)
    half = data["with_reader" if reading else "alone"]
    for name in ("passage", "joined", "figure"):
        fitted: Linear = getattr(scorer, name)
        half[name] = {"bias": fitted.bias, "weights": dict(fitted.weights)}
    arguments.out.write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
