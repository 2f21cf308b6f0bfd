"""Fit the surety of several findings together: python -m benchmarks.fit_parts GOLD=STORE ….

That is of answers to questions for several things, and of figures that are compared. The questions are the
answerable ones of the tune half that have parts or compare, and each again with another year or with a
place of another document in it, which nothing answers: of such questions the gold sets hold next to none.
What is printed is out of fold, whole sets left out. ``benchmarks.fit_surety`` comes first.
"""

from __future__ import annotations

import argparse
import json
import random
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import numpy as np

from benchmarks.fit_weights import WEIGHTS, Array, columns, logistic_fit
from policyqa import Assistant
from policyqa.gold import Gold, is_right, load_gold
from policyqa.parts import together_features
from policyqa.question_parts import split_parts
from policyqa.reader import findings_of, stated
from policyqa.score import Linear, Scorer, default_scorer
from policyqa.settings import Settings

PARTS = ("least", "mean", "one_sentence", "one_document", "contradicted", "pair", "mark")
COMPARED = (
    "own", "mean", "beside", "one_document", "one_kind", "close", "behind", "margin", "pair", "missing",
    "parts",
)  # fmt: skip
MISSED = 0.35
"""What a question that was given another year or place counts: there are fewer of these among members'."""
_YEAR = re.compile(r"(?<!\d)20[0-4]\d(?=年)")
_AWAY = (-5, -4, 3, 4)
"""By how many years a question is moved away from what the documents say."""


Told = tuple[dict[str, float], bool]
"""What a surety is told by, and whether the answer is right."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What is found for a question with parts: features, whether it is right, what it counts.

    ``group`` is the set that it comes from.
    """

    group: str
    features: dict[str, float]
    right: float
    counts: float


def missed(question: str, places: Sequence[str], chooser: random.Random) -> list[str]:
    """The question with other years, and with another place."""
    made = []
    if _YEAR.search(question):
        by = chooser.choice(_AWAY)
        made.append(_YEAR.sub(lambda m: str(int(m.group()) + by), question))
    named = [place for place in places if place in question]
    if named:
        longest = max(named, key=len)
        others = [p for p in places if len(p) == len(longest) and p not in question]
        if others:
            made.append(question.replace(longest, chooser.choice(others)))
    return made


def asked_for_parts(gold: Gold, text: str, assistant: Assistant, scorer: Scorer) -> Told | None:
    """What is found for a question for several things, and whether it is right; None when it has no parts."""
    if not split_parts(gold.question):
        return None
    asked, candidates = assistant.candidates(text)
    findings = findings_of(asked, candidates, scorer) if candidates else []
    if len(findings) < 2 or not any(f.sure for f in findings):
        return None
    return together_features(findings), is_right(gold, stated(asked.question, findings, 1.0))


class Watched:
    """A surety of figures that are compared that is always high, and keeps what it was told by."""

    def __init__(self) -> None:
        self.seen: list[dict[str, float]] = []

    def __call__(self, features: Mapping[str, float]) -> float:
        self.seen.append(dict(features))
        return 5.0


def compared(gold: Gold, text: str, assistant: Assistant, watched: Watched) -> Told | None:
    """What a comparison is told by, and whether it is right; None when nothing is compared and answered."""
    watched.seen.clear()
    answer = assistant.ask(text)
    if not watched.seen or answer.status != "answered":
        return None
    return min(watched.seen, key=lambda features: features["own"]), is_right(gold, answer)


def compares(text: str, assistant: Assistant) -> bool:
    """Whether a question is taken apart as one that compares."""
    answerer = assistant._answerer
    return answerer.plan(text, answerer.directory()) is not None


def outcomes(
    golds: Sequence[Gold], places: Sequence[str], told: Callable[[Gold, str], Told | None]
) -> list[Outcome]:
    """What is found for questions, each also with other years and places in it."""
    chooser = random.Random(0)
    rows: list[Outcome] = []
    for gold in golds:
        for text in (gold.question, *missed(gold.question, places, chooser)):
            if (found := told(gold, text)) is not None:
                own = text == gold.question
                right = float(own and found[1])
                group = re.sub(r"\d.*", "", gold.id)
                rows.append(Outcome(group, found[0], right, 1.0 if own else MISSED))
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pairs", nargs="+", help="GOLD.jsonl=STORE")
    parser.add_argument("--reader", default="on", help="as POLICYQA_READER")
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    arguments = parser.parse_args()
    reading = arguments.reader != "off"
    scorer = default_scorer(reading)
    rows: dict[str, list[Outcome]] = {"parts_sure": [], "compared_sure": []}
    for pair in arguments.pairs:
        gold_file, _, store = pair.partition("=")
        golds = [g for g in load_gold(Path(gold_file)) if g.split == "tune" and not g.history]
        golds = [g for g in golds if g.status == "answered"]
        assistant = Assistant.open(store, Settings(reader=arguments.reader))
        places = sorted({place.rstrip("省市区县州旗盟") for place in assistant.places()} - {""})
        places = [place for place in places if len(place) > 1]
        rows["parts_sure"] += outcomes(
            golds, places, partial(asked_for_parts, assistant=assistant, scorer=scorer)
        )
        watched = Watched()
        assistant._answerer.scorer = replace(scorer, compared_sure=watched)
        golds = [g for g in golds if compares(g.question, assistant)]
        rows["compared_sure"] += outcomes(
            golds, places, partial(compared, assistant=assistant, watched=watched)
        )
        assistant.close()
        print(store, {name: len(some) for name, some in rows.items()}, "outcomes", flush=True)
    data = json.loads(arguments.out.read_text("utf-8"))
    half = data["with_reader" if reading else "alone"]
    for name, wanted in (("parts_sure", PARTS), ("compared_sure", COMPARED)):
        print(name)
        names = [n for n in wanted if reading or n not in ("pair", "mark")]
        fitted = fit(rows[name], names)
        half[name] = {"bias": fitted.bias, "weights": dict(fitted.weights)}
    half["threshold"] = half.pop("threshold")  # stays last
    arguments.out.write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")


def fit(rows: Sequence[Outcome], names: Sequence[str]) -> Linear:
    """The surety fitted on all outcomes; prints how it does out of fold."""
    x = np.array([columns(row.features, names) for row in rows])
    y, counts = (np.array([getattr(row, name) for row in rows]) for name in ("right", "counts"))
    groups = np.array([row.group for row in rows])
    sures = np.zeros(len(rows))
    for group in sorted(set(groups)):
        out = groups == group
        sures[out] = _values(logistic_fit(names, x[~out], y[~out], 0.005, counts[~out]), names, x[out])
    asked = counts == 1.0
    for t in (0.3, 0.4, 0.5, 0.6):
        said = sures >= t
        print(
            f"{t}: of {asked.sum()} right {(said & (y > 0)).sum()}, wrong {(said & asked & (y == 0)).sum()};"
            f" of {(~asked).sum()} missed ones answered {(said & ~asked).sum()}"
        )
    return logistic_fit(names, x, y, 0.005, counts)


def _values(fitted: Linear, names: Sequence[str], x: Array) -> Array:
    return 1 / (1 + np.exp(-(x @ np.array([fitted.weights[n] for n in names]) + fitted.bias)))


if __name__ == "__main__":
    main()
