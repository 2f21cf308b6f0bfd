"""Evaluation: gold questions → measures → report."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from policyqa.assistant import Assistant
from policyqa.errors import UsageError
from policyqa.gold import Gold, cited, is_right, matches_part
from policyqa.schema import Answer, Turn


@dataclass(frozen=True, slots=True)
class Result:
    """A gold question with what was answered.

    ``right``: the text holds every piece, or it declines as it should. ``proved``: right, and a
    citation is (part of) the evidence or holds the answer in the same words. ``short_right``: the
    bare answer holds every piece and no figure more than twice as many.
    """

    gold: Gold
    answer: Answer
    right: bool
    proved: bool
    short_right: bool
    first_cited: bool


def judge(gold: Gold, answer: Answer) -> Result:
    """Compare an answer with its gold question."""
    right = is_right(gold, answer)
    if gold.status == "not_found" or answer.status == "not_found":
        return Result(gold, answer, right, right, right, right)
    evidence = any(cited(gold, c) for c in answer.citations)
    # The same fact may stand in two letters: a quote that holds every piece proves it as well.
    quotes = "\n".join(c.quote for c in answer.citations)
    holds = bool(gold.parts) and all(matches_part(part, quotes) for part in gold.parts)
    return Result(
        gold,
        answer,
        right,
        proved=right and (evidence or holds),
        short_right=right and all(matches_part(part, answer.short) for part in gold.parts),
        first_cited=right and bool(answer.citations) and cited(gold, answer.citations[0]),
    )


def run(
    assistant: Assistant, gold: Sequence[Gold], done: Callable[[int], None] = lambda _: None
) -> list[Result]:
    """Ask every gold question, follow-ups after the questions before them."""
    results = []
    for question in gold:
        history: list[Turn] = []
        for earlier in question.history:
            history.append(Turn(earlier, assistant.ask(earlier, history)))
        results.append(judge(question, assistant.ask(question.question, history)))
        done(1)
    return results


def measures(results: Sequence[Result]) -> dict[str, Any]:
    """Shares over some results; each of answerable or unanswerable questions as its name says.

    ``interval`` holds the Wilson 95 % interval of ``right_and_cited`` and of ``declined``.
    """
    answerable = [r for r in results if r.gold.status == "answered"]
    unanswerable = [r for r in results if r.gold.status == "not_found"]
    said = [r for r in answerable if r.answer.status == "answered"]
    seconds = sorted(r.answer.seconds for r in results)

    def share(items: Sequence[Result], good: Callable[[Result], bool]) -> float | None:
        return round(sum(map(good, items)) / len(items), 4) if items else None

    return {
        "questions": len(results),
        "answerable": len(answerable),
        "unanswerable": len(unanswerable),
        "right": share(answerable, lambda r: r.right),
        "right_and_cited": share(answerable, lambda r: r.proved),
        "short_right": share(answerable, lambda r: r.short_right),
        "first_citation_right": share(answerable, lambda r: r.first_cited),
        "answered": share(answerable, lambda r: r.answer.status == "answered"),
        "wrong_when_answered": share(said, lambda r: not r.right),
        "wrongly_declined": share(answerable, lambda r: r.answer.status == "not_found"),
        "declined": share(unanswerable, lambda r: r.right),
        "seconds_p50": _percentile(seconds, 50),
        "seconds_p95": _percentile(seconds, 95),
        "interval": {
            "right_and_cited": wilson(sum(r.proved for r in answerable), len(answerable)),
            "declined": wilson(sum(r.right for r in unanswerable), len(unanswerable)),
        },
    }


def report(results: Sequence[Result]) -> dict[str, Any]:
    """Measures over all and by kind; the kind of an unanswerable question is its trap."""
    kinds: dict[str, list[Result]] = {}
    for result in results:
        kind = result.gold.trap or ("follow_up" if result.gold.history else result.gold.kind)
        kinds.setdefault(kind, []).append(result)
    return {
        "all": measures(results),
        "kinds": {kind: measures(found) for kind, found in sorted(kinds.items())},
    }


def result_row(result: Result) -> dict[str, Any]:
    """One result as plain data."""
    answer = result.answer
    return {
        "id": result.gold.id,
        "kind": result.gold.kind,
        "question": result.gold.question,
        "expected": [part[0] for part in result.gold.parts] or result.gold.status,
        "status": answer.status,
        "short": answer.short,
        "text": answer.text,
        "citations": [{"source": c.document.source, "quote": c.quote} for c in answer.citations],
        "right": result.right,
        "right_and_cited": result.proved,
        "short_right": result.short_right,
        "confidence": round(answer.confidence, 4),
        "seconds": answer.seconds,
    }


def failed_gates(figures: dict[str, Any], gate: Path) -> list[str]:
    """The gates that measures do not pass, in words.

    A gate file is JSON: ``{"right_and_cited": {"min": 0.9}, "wrongly_declined": {"max": 0.05}}``.

    Raises:
        UsageError: the file cannot be read, or names a measure that does not exist.
    """
    try:
        gates = json.loads(gate.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise UsageError(
            f"cannot read the gate file {gate}: {error}", "give a JSON file of limits"
        ) from error
    failed = []
    for name, limits in gates.items():
        if name not in figures:
            raise UsageError(f"the gate file names an unknown measure {name!r}", "use: " + ", ".join(figures))
        value = figures[name]
        if value is None:
            continue
        if "min" in limits and value < limits["min"]:
            failed.append(f"{name} is {value}, under {limits['min']}")
        if "max" in limits and value > limits["max"]:
            failed.append(f"{name} is {value}, over {limits['max']}")
    return failed


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
    return [round(middle - half, 4), round(middle + half, 4)]


def _percentile(ordered: Sequence[float], percent: int) -> float | None:
    if not ordered:
        return None
    return round(ordered[min(len(ordered) - 1, len(ordered) * percent // 100)], 4)
