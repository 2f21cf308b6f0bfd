"""Fit the weights of ``policyqa.score`` on tune questions: python -m benchmarks.fit_weights.

Three steps, each by five-fold cross-validation so that the surety is fitted on questions that the
other weights have not seen: passages (softmax over the candidates of a question), figures (softmax
over the figures of the best passages), surety (logistic, answered questions against unanswerable
ones). Questions of the test half are refused.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from policyqa import Assistant
from policyqa.gold import Gold, load_gold, matches_part, supports
from policyqa.match import Asked, figure_features
from policyqa.reader import FIGURE_WANTS, READ, Candidate, find, rank
from policyqa.score import Linear, Scorer

Array = np.ndarray[Any, Any]
PASSAGE = (
    "overlap", "dense", "cos", "terms", "terms_in_context", "before", "decides", "missing", "period", "part",
    "place", "issuer", "want", "plan", "claim", "outside", "length",
)  # fmt: skip
FIGURE = (
    "passage", "f_terms", "f_own", "f_extra", "f_unit", "f_aspect", "f_period", "f_place", "f_plan", "f_from",
    "f_echo", "f_cap", "f_part",
)  # fmt: skip
SURE = (
    "overlap", "cos", "terms_in_context", "missing", "period", "part", "place", "issuer", "want", "plan",
    "claim", "margin", "decides",
)  # fmt: skip
FIGURE_SURE = (*SURE, "f_terms", "f_unit", "f_aspect", "f_period", "f_place", "f_plan", "f_extra", "total")


@dataclass(slots=True)
class Case:
    """A gold question with its candidates."""

    gold: Gold
    asked: Asked
    candidates: list[Candidate]
    relevant: Array


def collect(pairs: Sequence[tuple[Path, Path]]) -> list[Case]:
    """The tune questions of some (gold file, store) pairs with their candidates."""
    cases = []
    for gold_file, store in pairs:
        assistant = Assistant.open(store)
        for gold in load_gold(gold_file):
            if gold.split != "tune" or gold.history:
                continue
            asked, candidates = assistant.candidates(gold.question)
            relevant = np.array([supports(gold, c.hit.passage) for c in candidates], dtype=float)
            cases.append(Case(gold, asked, candidates, relevant))
        assistant.close()
    return cases


def softmax_fit(groups: Sequence[tuple[Array, Array]], l2: float) -> tuple[Array, Array, Array]:
    """Weights that make right rows likely within their groups, with the mean and spread of columns."""
    import torch

    rows = np.concatenate([x for x, _ in groups])
    mean, spread = rows.mean(0), rows.std(0) + 1e-9
    data = [(torch.tensor((x - mean) / spread), torch.tensor(y)) for x, y in groups]
    weights = torch.zeros(rows.shape[1], dtype=torch.double, requires_grad=True)
    optimizer = torch.optim.LBFGS([weights], max_iter=200, line_search_fn="strong_wolfe")

    def loss() -> torch.Tensor:
        optimizer.zero_grad()
        total = torch.zeros((), dtype=torch.double)
        for x, y in data:
            s = x @ weights
            total = total - torch.logsumexp(s + torch.log(y), 0) + torch.logsumexp(s, 0)
        total = total / len(data) + l2 * (weights * weights).sum()
        total.backward()  # type: ignore[no-untyped-call]
        return total

    optimizer.step(loss)
    return weights.detach().numpy(), mean, spread


def logistic_fit(x: Array, y: Array, l2: float) -> Linear | tuple[Array, float]:
    """Logistic regression; returns raw weights and bias."""
    import torch

    mean, spread = x.mean(0), x.std(0) + 1e-9
    data, target = torch.tensor((x - mean) / spread), torch.tensor(y)
    weights = torch.zeros(x.shape[1] + 1, dtype=torch.double, requires_grad=True)
    optimizer = torch.optim.LBFGS([weights], max_iter=200, line_search_fn="strong_wolfe")

    def loss() -> torch.Tensor:
        optimizer.zero_grad()
        score = data @ weights[:-1] + weights[-1]
        total = torch.nn.functional.binary_cross_entropy_with_logits(score, target)
        total = total + l2 * (weights[:-1] ** 2).sum()
        total.backward()  # type: ignore[no-untyped-call]
        return total

    optimizer.step(loss)
    raw = weights.detach().numpy()
    return raw[:-1] / spread, float(raw[-1] - (raw[:-1] * mean / spread).sum())


def linear(names: Sequence[str], weights: Array, spread: Array) -> Linear:
    """Raw weights of standardised ones; the shift is the same for all rows and left out."""
    return Linear(0.0, {n: round(float(w / s), 4) for n, w, s in zip(names, weights, spread, strict=True)})


def fit_scorer(cases: Sequence[Case]) -> Scorer:
    """Passage and figure weights from some cases; surety is left empty."""
    groups = []
    for case in cases:
        if case.relevant.any():
            x = np.array([[c.features.get(n, 0.0) for n in PASSAGE] for c in case.candidates])
            groups.append((x, case.relevant))
    weights, _, spread = softmax_fit(groups, 0.02)
    nothing = Linear(0.0, {})
    scorer = Scorer(linear(PASSAGE, weights, spread), nothing, nothing, nothing, 0.0)
    figures = []
    for case in cases:
        if case.gold.status != "answered" or case.asked.question.want not in FIGURE_WANTS:
            continue
        ordered = reranked(case, scorer)
        rows, labels = [], []
        for candidate in ordered[:READ]:
            evidence = candidate.evidence
            good = supports(case.gold, candidate.hit.passage)
            for figure in evidence.dates if case.asked.question.want == "date" else evidence.figures:
                features = {**figure_features(case.asked, evidence, figure), "passage": candidate.score}
                rows.append([features.get(n, 0.0) for n in FIGURE])
                labels.append(
                    float(good and any(matches_part(part, figure.text) for part in case.gold.parts))
                )
        if any(labels):
            figures.append((np.array(rows), np.array(labels)))
    weights, _, spread = softmax_fit(figures, 0.01)
    return Scorer(scorer.passage, linear(FIGURE, weights, spread), nothing, nothing, 0.0)


def reranked(case: Case, scorer: Scorer) -> list[Candidate]:
    hits = [(c.hit, c.features["cos"]) for c in case.candidates]
    return rank(case.asked, hits, scorer)


def outcomes(cases: Sequence[Case], scorer: Scorer) -> list[tuple[str, dict[str, float], float]]:
    """For each case the kind of finding, its features, and whether it is right."""
    rows = []
    for case in cases:
        finding = find(case.asked, reranked(case, scorer), scorer)
        if finding is None:
            continue
        right = False
        if case.gold.status == "answered":
            right = supports(case.gold, finding.candidate.hit.passage)
            if finding.figure is not None:
                right = right and any(matches_part(part, finding.figure.text) for part in case.gold.parts)
        rows.append(("figure" if finding.figure else "passage", finding.features, float(right)))
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pairs", nargs="+", help="GOLD.jsonl=STORE")
    parser.add_argument("--out", type=Path, default=Path("src/policyqa/weights.json"))
    arguments = parser.parse_args()
    pairs = [(Path(a), Path(b)) for a, _, b in (p.partition("=") for p in arguments.pairs)]
    cases = collect(pairs)
    order = np.random.default_rng(0).permutation(len(cases))
    rows: list[tuple[str, dict[str, float], float]] = []
    for fold in np.array_split(order, 5):
        train = [cases[i] for i in order if i not in set(fold)]
        rows += outcomes([cases[i] for i in fold], fit_scorer(train))
    scorer = fit_scorer(cases)
    sure = {}
    scores: list[tuple[float, float]] = []
    for kind, names in (("figure", FIGURE_SURE), ("passage", SURE)):
        x = np.array([[f.get(n, 0.0) for n in names] for k, f, _ in rows if k == kind])
        y = np.array([r for k, _, r in rows if k == kind])
        weights, bias = logistic_fit(x, y, 0.02)  # type: ignore[misc]
        sure[kind] = Linear(
            round(bias, 4), {n: round(float(w), 4) for n, w in zip(names, weights, strict=True)}
        )
        scores += [
            (1 / (1 + np.exp(-(row @ weights + bias))), right) for row, right in zip(x, y, strict=True)
        ]
        print(kind, "right out of fold:", y.mean().round(3), "of", len(y))
    # A wrong answer costs twice what a missed one does.
    best = max(np.linspace(0.05, 0.9, 86), key=lambda t: sum((r - 2 * (1 - r)) * (p >= t) for p, r in scores))
    data = {
        name: {"bias": part.bias, "weights": dict(part.weights)}
        for name, part in (
            ("passage", scorer.passage), ("figure", scorer.figure),
            ("figure_sure", sure["figure"]), ("passage_sure", sure["passage"]),
        )
    } | {"threshold": round(float(best), 3)}  # fmt: skip
    arguments.out.write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")
    print("threshold", data["threshold"])


if __name__ == "__main__":
    main()
