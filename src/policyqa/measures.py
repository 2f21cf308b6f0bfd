"""The figures of an evaluation: shares with intervals, retrieval, times, calibration, thresholds."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from policyqa import retrieval
from policyqa.evaluate import Result
from policyqa.gold import is_right
from policyqa.schema import Answer

BINS = 10
"""Into how many steps of confidence the calibration curve is cut."""

_Good = Callable[[Result], bool]
OF_ANSWERABLE: dict[str, _Good] = {
    "right": lambda r: r.right,
    "right_and_cited": lambda r: r.proved,
    "short_right": lambda r: r.short_right,
    "first_citation_right": lambda r: r.first_cited,
    "quote_right": lambda r: r.quoted,
    "answered": lambda r: r.answer.status == "answered",
    "wrongly_answered": lambda r: r.answer.status == "answered" and not r.right,
    "wrongly_declined": lambda r: r.answer.status == "not_found",
}
"""What is counted over the questions that have an answer."""


def measures(results: Sequence[Result]) -> dict[str, Any]:
    """Figures over some results; each of answerable or unanswerable questions as its name says.

    ``interval`` holds the Wilson 95 % interval of every share. ``wrong_when_answered`` is of what was
    answered of the answerable ones. What there is nothing to measure of is None.
    """
    answerable = [r for r in results if r.gold.status == "answered"]
    unanswerable = [r for r in results if r.gold.status == "not_found"]
    said = [r for r in answerable if r.answer.status == "answered"]
    counts = {name: (sum(map(good, answerable)), len(answerable)) for name, good in OF_ANSWERABLE.items()}
    counts["wrong_when_answered"] = (sum(not r.right for r in said), len(said))
    counts["declined"] = (sum(r.right for r in unanswerable), len(unanswerable))
    error = calibration_error(calibration(results))
    return {
        "questions": len(results),
        "answerable": len(answerable),
        "unanswerable": len(unanswerable),
        **{name: round(good / of, 4) if of else None for name, (good, of) in counts.items()},
        **_retrieval(results),
        **_seconds(results),
        "calibration_error": None if error is None else round(error, 4),
        "grounding_violations": sum(bool(r.unproved) for r in results),
        "interval": {name: wilson(good, of) for name, (good, of) in counts.items()},
    }


def report(results: Sequence[Result]) -> dict[str, Any]:
    """Measures over all and by kind; the kind of an unanswerable question is its trap."""
    kinds: dict[str, list[Result]] = {}
    for result in results:
        kinds.setdefault(result.kind, []).append(result)
    return {
        "all": measures(results),
        "kinds": {kind: measures(found) for kind, found in sorted(kinds.items())},
    }


def _retrieval(results: Sequence[Result]) -> dict[str, float | None]:
    searches = {
        str(number): (len(r.gold.evidence), r.ranks)
        for number, r in enumerate(results)
        if r.ranks is not None
    }
    if not searches or not retrieval.available():
        return dict.fromkeys(retrieval.NAMES)
    found = retrieval.measured(searches).values()
    return {name: round(sum(one[name] for one in found) / len(found), 4) for name in retrieval.NAMES}


def _seconds(results: Sequence[Result]) -> dict[str, float | None]:
    times = [r.answer.seconds for r in results]
    return {
        f"seconds_p{percent}": round(float(np.percentile(times, percent)), 4) if times else None
        for percent in (50, 95, 99)
    }


def wilson(good: int, total: int) -> list[float] | None:
    """The Wilson 95 % interval of a share.

    >>> wilson(8, 10)
    [0.4902, 0.9433]
    """
    if not total:
        return None
    z, share = 1.96, good / total
    middle = (share + z * z / (2 * total)) / (1 + z * z / total)
    half = z * math.sqrt(share * (1 - share) / total + z * z / (4 * total * total)) / (1 + z * z / total)
    return [round(max(0.0, middle - half), 4), round(min(1.0, middle + half), 4)]


# --- is the confidence honest? ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the calibration curve: answers of about one confidence, and how many were right."""

    confidence: float
    right: float
    count: int
    interval: tuple[float, float] = (0.0, 1.0)


def calibration(results: Sequence[Result], bins: int = BINS, offered: bool = False) -> list[Step]:
    """The share of right answers by confidence, over what was answered; steps without answers are left out.

    A question that nothing answers counts as wrong when it was answered.

    Args:
        offered: count what would have been answered without a threshold instead.
    """
    steps: list[list[tuple[float, bool]]] = [[] for _ in range(bins)]
    for result in results:
        answer = result.offered if offered else result.answer
        if answer is not None and answer.status == "answered":
            good = result.gold.status == "answered" and is_right(result.gold, answer)
            steps[min(bins - 1, int(answer.confidence * bins))].append((answer.confidence, good))
    return [_step(found) for found in steps if found]


def _step(found: Sequence[tuple[float, bool]]) -> Step:
    right = sum(good for _, good in found)
    low, high = wilson(right, len(found)) or (0.0, 1.0)
    return Step(sum(c for c, _ in found) / len(found), right / len(found), len(found), (low, high))


def calibration_error(steps: Sequence[Step]) -> float | None:
    """The expected calibration error: how far, on average, confidence and share of right answers lie apart.

    None without answers.
    """
    total = sum(step.count for step in steps)
    if not total:
        return None
    return sum(step.count * abs(step.confidence - step.right) for step in steps) / total


@dataclass(frozen=True, slots=True)
class Level:
    """What a threshold would bring: shares of the answerable questions, and of the others ``declined``."""

    threshold: float
    right: float
    wrong: float
    declined: float | None


def levels(results: Sequence[Result], steps: int = 20) -> list[Level]:
    """Right and wrong answers against the threshold, from what was offered without one.

    Empty when that was not asked for. What each offer would be under a threshold of its own is taken to
    be the same; only how sure it is decides.
    """
    offered = [(r.gold, r.offered) for r in results if r.offered is not None]
    asked = [(g, a) for g, a in offered if g.status == "answered"]
    others = [a for g, a in offered if g.status == "not_found"]
    if not asked:
        return []
    found = []
    for number in range(steps):
        threshold = number / steps
        said = [(g, a) for g, a in asked if _says(a, threshold)]
        right = sum(is_right(g, a) for g, a in said)
        declined = sum(not _says(a, threshold) for a in others) / len(others) if others else None
        found.append(Level(threshold, right / len(asked), (len(said) - right) / len(asked), declined))
    return found


def _says(answer: Answer, threshold: float) -> bool:
    return answer.status == "answered" and answer.confidence >= threshold
