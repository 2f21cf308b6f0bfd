"""What reading works with: candidate passages, and the findings in them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from policyqa.evidence import Evidence, bare
from policyqa.listing import Listing
from policyqa.pair_encoder import Reading
from policyqa.schema import Answer, Figure, Hit, Span
from policyqa.text import fold


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage with its features, the score that they give, and what the reading model says of it.

    ``of_parts`` is what it says for each part of a question that asks for several things.
    """

    hit: Hit
    evidence: Evidence
    features: dict[str, float]
    score: float
    reading: Reading | None = None
    of_parts: tuple[Reading, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """One piece of an answer: a figure in a passage, or a passage. ``sure`` is 0..1.

    ``piece`` is the slice of the passage's text that answers, None for all of it; ``listing`` the
    enumeration that answers as a whole.
    """

    candidate: Candidate
    figure: Figure | None
    features: dict[str, float]
    sure: float
    piece: Span | None = None
    listing: Listing | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """What a conversation has said, for a question that follows it.

    ``documents`` are the ids of those that the last answer cites; ``figures`` what it gave, each as
    document, offset of its sentence, and wording; ``words`` the terms of the new question itself.
    """

    documents: frozenset[str] = frozenset()
    figures: frozenset[tuple[str, int, str]] = frozenset()
    words: frozenset[str] = frozenset()

    def gave(self, candidate: Candidate, figure: Figure) -> bool:
        """Whether a figure was given already, and not for the very thing that is asked now.

        其中新能源的有几辆 may be answered by what was wrongly given for all of them.
        """
        passage = candidate.hit.passage
        if (passage.document.id, passage.start, fold(figure.text)) not in self.figures:
            return False
        own = fold(figure.indicator + figure.name)
        return sum(word in own for word in self.words) <= len(self.words) / 2


def said_in(answer: Answer) -> Said:
    """What an answer said."""
    pieces = [fold(piece) for piece in answer.short.split("；")]
    return Said(
        frozenset(c.document.id for c in answer.citations),
        frozenset((c.document.id, c.start, piece) for c in answer.citations for piece in pieces),
    )


NOTHING_SAID = Said()

_RESPECTIVELY = re.compile(r"分别|依次")
_BETWEEN = re.compile(r"\s*[、，和及与]?\s*")


def whole_list(best: Finding) -> list[Finding]:
    """All figures of the 分别 list that a figure stands in, in order; only it when it stands in none.

    甲、乙、丙产值分别为8.6亿元、5.9亿元、3.2亿元: who asks for each is given each.
    """
    figure, evidence = best.figure, best.candidate.evidence
    if figure is None:
        return [best]
    starts = [m.end() for m in _RESPECTIVELY.finditer(evidence.folded) if m.end() <= figure.start]
    run: list[Figure] = []
    for other in evidence.figures:
        if not starts or other.start < starts[-1]:
            continue
        if run and not _BETWEEN.fullmatch(evidence.folded[run[-1].end : other.start]):
            break
        run.append(other)
    if len(run) < 2 or figure not in run:
        return [best]
    return [Finding(best.candidate, other, best.features, best.sure) for other in run]


_PART = re.compile(r"上半年|下半年|季度|\d+月|以来")
_PLANNED = re.compile(r"计划|力争|目标|预计|拟|争取|确保|快报|不少于|不低于")


def disagreeing(best: Finding, candidates: Sequence[Candidate]) -> list[Finding]:
    """The same figure as other documents of the same place give it, where they give another value.

    The same means: name, unit, aspect, years, part of the year, whole or part, and scope, all as the
    sentences say. A plan or an asker's claim contradicts nothing.
    """
    figure, own = best.figure, best.candidate.evidence
    if not own.places:
        return []  # texts that say nothing of where they hold may speak of different places
    if figure is None or not figure.name or not figure.years or not _states(figure, best.candidate):
        return []
    found: dict[str, Finding] = {}
    for candidate in candidates:
        evidence = candidate.evidence
        if candidate.hit.passage.document.id == own.passage.document.id or evidence.places != own.places:
            continue
        for other in evidence.figures:
            if _same(figure, other, own.places) and other.value != figure.value and _states(other, candidate):
                found.setdefault(candidate.hit.passage.document.id, Finding(candidate, other, {}, best.sure))
    return list(found.values())[:2]


def later(best: Finding, candidates: Sequence[Candidate], elsewhere: bool = True) -> Finding | None:
    """The same figure as a document of the same place gives it for the latest year after; else None.

    Who names no year is told the newest value first.

    Args:
        elsewhere: another document may give it, not only its own.
    """
    figure, own = best.figure, best.candidate.evidence
    if figure is None or not figure.name or not own.places or not _states(figure, best.candidate):
        return None
    found = [
        (_year(other, candidate), candidate, other)
        for candidate in candidates
        if candidate.evidence.places == own.places
        for other in candidate.evidence.figures
        if _may_follow(figure, other, candidate.hit.passage.document.id == own.passage.document.id, elsewhere)
        and _alike(figure, other, own.places)
        and other.value != figure.value
        and _states(other, candidate)
    ]
    year, candidate, other = max(found, key=lambda one: one[0], default=(0, best.candidate, figure))
    return Finding(candidate, other, {}, best.sure) if year > _year(figure, best.candidate) else None


def _may_follow(figure: Figure, other: Figure, same: bool, elsewhere: bool) -> bool:
    """Whether a figure may be the newer of two: in the ``same`` document where both say of which year."""
    return bool(figure.years and other.years) if same else elsewhere


# 80周岁及以上由3元提高到4元
_TAKES_ITS_PLACE = re.compile(
    r"^[^，。；\d]{0,4}?(?:提高|上调|下调|调整|增加|减少|降低?|[涨升调])(?:到|至|为)$"
)


def replaced(best: Finding, candidates: Sequence[Candidate]) -> Finding | None:
    """The value that took the place of a figure by what a later document of the same place says; else None.

    The figure is not called the same there, but the sentence names its old value and its condition.
    """
    figure, own = best.figure, best.candidate.evidence
    if figure is None or not own.places or own.dated is None or figure.high is not None:
        return None
    label = _clause_before(figure, own)
    for candidate in candidates:
        evidence = candidate.evidence
        if evidence.places != own.places or (evidence.dated or 0) <= own.dated:
            continue
        for old, new in pairwise(evidence.figures):
            between = evidence.folded[old.end : new.start]
            same = (old.value, old.unit, new.unit) == (figure.value, figure.unit, figure.unit)
            if not same or not _TAKES_ITS_PLACE.match(between):
                continue
            if _begin_alike(label, _clause_before(old, evidence)):
                return Finding(candidate, new, {}, best.sure) if _states(new, candidate) else None
    return None


def _begin_alike(one: str, other: str) -> bool:
    """Whether two labels begin with the same condition: 80周岁及以上每餐补贴, 80周岁及以上由."""
    return len(one) >= _CONDITION and one[:_CONDITION] == other[:_CONDITION]


def _clause_before(figure: Figure, evidence: Evidence) -> str:
    """The words of a figure's clause in front of it, with the condition that they begin with."""
    before = evidence.folded[: figure.start]
    return bare(re.split("[，、；。：]", before)[-1])


_CONDITION = 4
"""How many characters of a condition two labels share at least."""


def _year(figure: Figure, candidate: Candidate) -> int:
    """The last year that a figure is of: its own, else that of its document."""
    return max(figure.years, default=candidate.evidence.dated or 0)


def of_another_year(one: Figure, other: Figure, of: Evidence) -> bool:
    """Whether two figures, the first in a passage, are one but for the years that are said of them."""
    return bool(one.name and one.years and other.years) and (
        one.years != other.years and _alike(one, other, of.places)
    )


def _same(one: Figure, other: Figure, places: Sequence[str]) -> bool:
    return one.years == other.years and _alike(one, other, places)


def _alike(one: Figure, other: Figure, places: Sequence[str]) -> bool:
    """Whether two figures of documents of the same places are one but for their years."""
    return (
        (one.unit, one.part) == (other.unit, other.part)
        # 共开通31条, 线路44条: as many as there are, both.
        and (one.aspect == other.aspect or {one.aspect, other.aspect} == {"level", "cumulative"})
        and _scope(one, places) == _scope(other, places)
        and bare(one.name) == bare(other.name)
        and _PART.findall(one.period) == _PART.findall(other.period)
    )


_OWN_SCOPE = re.compile(r"[本我][省市区县]")


def _scope(figure: Figure, places: Sequence[str]) -> str:
    """Of what a figure is, where that is less than the place of its document: 本市 says no less."""
    own = _OWN_SCOPE.fullmatch(figure.scope) or re.sub("[省市区县]$", "", figure.scope) in places
    return "" if own else figure.scope


def _states(figure: Figure, candidate: Candidate) -> bool:
    """Whether a figure is stated as a fact by the agency."""
    passage = candidate.hit.passage
    return passage.role not in ("claim", "commitment") and not _PLANNED.search(
        passage.text[max(0, figure.start - 30) : figure.start]
    )
