"""Fit the surety of answers to questions for several things: python -m benchmarks.fit_parts GOLD=STORE ….

The questions are the answerable ones of the tune half that have parts, and each again with another year
or with a place of another document in it, which nothing answers: of such questions the gold sets hold
next to none. What is printed is out of fold, whole sets left out. ``benchmarks.fit_weights`` comes first.
"""

from __future__ import annotations

import argparse
import json
import random
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.fit_weights import WEIGHTS, Array, columns, logistic_fit
from policyqa import Assistant
from policyqa.gold import is_right, load_gold
from policyqa.parts import together_features
from policyqa.question_parts import split_parts
from policyqa.reader import findings_of, stated
from policyqa.score import Linear, default_scorer
from policyqa.settings import Settings

FEATURES = ("least", "mean", "one_sentence", "one_document", "contradicted", "pair")
MISSED = 0.35
"""What a question that was given another year or place counts: there are fewer of these among members'."""
_YEAR = re.compile(r"(?<!\d)20[0-4]\d(?=年)")
_AWAY = (-5, -4, 3, 4)
"""By how many years a question is moved away from what the documents say."""


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


def outcomes(gold_file: Path, assistant: Assistant, reading: bool) -> list[Outcome]:
    """What is found for the questions with parts of one gold file."""
    scorer = default_scorer(reading)
    chooser = random.Random(0)
    places = sorted({place.rstrip("省市区县州旗盟") for place in assistant.places()} - {""})
    places = [place for place in places if len(place) > 1]
    rows: list[Outcome] = []
    for gold in load_gold(gold_file):
        if gold.split != "tune" or gold.history or gold.status != "answered":
            continue
        if not split_parts(gold.question):
            continue
        group = re.sub(r"\d.*", "", gold.id)
        texts = [gold.question, *missed(gold.question, places, chooser)]
        for text in texts:
            asked, candidates = assistant.candidates(text)
            findings = findings_of(asked, candidates, scorer) if candidates else []
            if len(findings) < 2 or not any(f.sure for f in findings):
                continue
            right = text == gold.question and is_right(gold, stated(asked.question, findings, 1.0))
            counts = 1.0 if text == gold.question else MISSED
            rows.append(Outcome(group, together_features(findings), float(right), counts))
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pairs", nargs="+", help="GOLD.jsonl=STORE")
    parser.add_argument("--reader", default="on", help="as POLICYQA_READER")
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    arguments = parser.parse_args()
    reading = arguments.reader != "off"
    rows: list[Outcome] = []
    for pair in arguments.pairs:
        gold, _, store = pair.partition("=")
        assistant = Assistant.open(store, Settings(reader=arguments.reader))
        rows += outcomes(Path(gold), assistant, reading)
        assistant.close()
        print(store, len(rows), "outcomes", flush=True)
    names = FEATURES if reading else FEATURES[:-1]
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
    fitted = logistic_fit(names, x, y, 0.005, counts)
    data = json.loads(arguments.out.read_text("utf-8"))
    half = data["with_reader" if reading else "alone"]
    half["parts_sure"] = {"bias": fitted.bias, "weights": dict(fitted.weights)}
    half["threshold"] = half.pop("threshold")  # stays last
    arguments.out.write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")


def _values(fitted: Linear, names: Sequence[str], x: Array) -> Array:
    return 1 / (1 + np.exp(-(x @ np.array([fitted.weights[n] for n in names]) + fitted.bias)))


if __name__ == "__main__":
    main()
