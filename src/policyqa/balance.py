"""What two opposite figures of one sentence come to: opened and closed, income and spending, born and died.

2024年新设37个、停办11个 says how many more there are without naming the figure.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from policyqa.asked import Asked
from policyqa.compute import Operand, computed
from policyqa.findings import Candidate
from policyqa.schema import Answer, Figure
from policyqa.text import fold
from policyqa.units import canonical
from policyqa.worked_out import COUNTED, sentences_about, worked_out


@dataclass(frozen=True, slots=True)
class _Pair:
    """What asks for a balance, and what its two sides are called."""

    asked: re.Pattern[str]
    one: re.Pattern[str]
    other: re.Pattern[str]
    apart: str = "[；。]"
    """What may not stand between the two."""


_PAIRS = (
    _Pair(
        re.compile(r"(?:[^，。？]{1,10}相抵(?:之?后|以后)?)?净[增减]"),
        re.compile(
            r"新(?:[增设办开建登评获]|认定|培育|注册|成立|引进|升规|入规|纳入)|开[业办]|迁入|引进|升规|入规"
        ),
        re.compile(r"停[办业]|关[停闭]|注销|退出|退规|撤[销并]|取消|减少|迁出|流[出失]"),
    ),
    _Pair(re.compile(r"收支|结余|盈余"), re.compile("收入"), re.compile("支出")),
    _Pair(
        re.compile(
            r"自然(?:增长|增加|减少)|[生死]的?比[生死]的?|出生[^，。？]*死亡|死亡[^，。？]*出生|[一相]减"
        ),
        re.compile("出生"),
        re.compile("死亡"),
        apart="。",
    ),
    _Pair(re.compile(r"[顺逆]差|净出口"), re.compile("(?<!进)出口"), re.compile("进口"), apart="。"),
)


def is_named(asked: Asked, text: str) -> bool:
    """Whether a text calls what it tells by the name that the question has for it: 自然增长, 顺差."""
    said = [match.group() for p in _PAIRS for match in p.asked.finditer(asked.question.folded)]
    return any(name[:2] in fold(text) for name in said)


def answer(asked: Asked, candidates: Sequence[Candidate]) -> Answer | None:
    """The balance as a computed answer; None when none is asked or no sentence gives both sides."""
    question = asked.question
    pair = next((p for p in _PAIRS if p.asked.search(question.folded)), None)
    if pair is None or question.want not in COUNTED or "率" in question.folded:
        return None
    said = " ".join(match.group() for match in pair.asked.finditer(question.folded))
    words = (pair.asked, pair.one, pair.other)
    terms = {
        t: w for t, w in asked.terms.items() if t not in said and not any(word.search(t) for word in words)
    }
    for candidate in sentences_about(candidates, terms):
        sides = _sides(candidate.evidence.figures, candidate.evidence.folded, pair)
        result = computed("difference", [Operand("", figure) for figure in sides]) if sides else None
        if sides is None or result is None:
            continue
        more, less = sorted(sides, key=lambda f: -canonical(f.value, f.unit)[0])
        return worked_out(asked, candidate, sides, f"{more.text} − {less.text}", result[0])
    return None


def _sides(figures: Sequence[Figure], text: str, pair: _Pair) -> tuple[Figure, Figure] | None:
    """Two figures of one unit and year in one part of a sentence, each called as one side of the pair is."""
    found = [
        (figure, beside)
        for figure in figures
        for beside in figures
        if beside is not figure
        and pair.one.search(_named(figure))
        and pair.other.search(_named(beside))
        and canonical(figure.value, figure.unit)[1] == canonical(beside.value, beside.unit)[1]
        and figure.high is None
        and beside.high is None
        and beside.years == figure.years
        and beside.aspect not in ("growth", "share", "rank")
        and not re.search(pair.apart, text[min(figure.end, beside.end) : max(figure.start, beside.start)])
    ]
    return min(found, key=lambda sides: abs(sides[0].start - sides[1].start), default=None)


def _named(figure: Figure) -> str:
    """The words right before a figure; with a bracket between, those before it: 支出（含养护）1.29亿元."""
    lead = fold(figure.lead).strip()
    return lead or re.sub(r"\([^()]*\)$", "", fold(figure.inherited).strip())[-8:]
