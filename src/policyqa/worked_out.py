"""What answers have in common that are computed from the figures of one sentence: where such a sentence
is looked for, and how the answer is worded.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from policyqa.asked import Asked, Weights, covered
from policyqa.compose import cite, clause_of, source_note
from policyqa.compute import COMPUTED
from policyqa.evidence import Evidence, gather
from policyqa.excluded import contradicted
from policyqa.findings import Candidate
from policyqa.schema import Answer, Figure, Passage
from policyqa.text import sentences

COUNTED = ("figure", "money", "ratio")
"""The wants that figures can be computed for; dates and ranks cannot."""
LOOKED_AT = 5
"""In how many of the best passages the figures are looked for."""
COVERED = 0.6
"""The least share of the question's words that stand in or around the sentence."""
READ = 3.0
"""How sure the reading model must be, in log-odds, that the first sentence answers where fewer words do."""
NOT_STATED = "原文没有直接给出这个数，按其中的数字："
"""What is said before the equation."""
SURE = 0.65
"""How sure an answer is that was computed so: the figures stand there, that they belong together is read."""


def _of_what_is_asked(candidate: Candidate) -> bool:
    return not contradicted(candidate.features)


def sentences_about(
    candidates: Sequence[Candidate], terms: Weights, able: Callable[[Candidate], bool] = _of_what_is_asked
) -> Iterator[Candidate]:
    """The best candidates that speak of some terms.

    Args:
        able: whether one may answer; by default all that are not of another year or place.
    """
    answered = bool(candidates) and candidates[0].features.get("pair", 0.0) >= READ
    for candidate in candidates[:LOOKED_AT]:
        if answered and candidate.features.get("pair", 0.0) < 0:
            continue  # the first sentence answers, this one does not
        evidence = candidate.evidence
        near = covered(terms, (evidence.bare, 1.0), (evidence.before, 1.0), (evidence.context, 0.9))
        # 办狗证 for 登记: other words for the same, which the reading model knows better.
        read = candidate is candidates[0] and candidate.features.get("pair", 0.0) >= READ
        if able(candidate) and (not terms or near >= COVERED or read):
            yield candidate


def behind(passage: Passage, reach: int) -> list[Evidence]:
    """The sentences behind a passage within so many characters, in order."""
    return sentences_in(passage, passage.end, min(len(passage.document.body), passage.end + reach))


def sentences_in(near: Passage, start: int, end: int) -> list[Evidence]:
    """The sentences of a stretch of the document of a passage."""
    return [
        gather(replace(near, id=f"{near.document.id}@{s.start}", start=s.start, end=s.end, figures=None))
        for s in sentences(near.document.body, start, end)
    ]


def worked_out(
    asked: Asked,
    candidate: Candidate,
    figures: Sequence[Figure],
    equation: str,
    result: str,
    introduced: str = NOT_STATED,
) -> Answer:
    """The computed answer: what the sentence says from the first to the last figure, and the equation.

    Args:
        figures: those computed with.
        equation: its left side, 60元 × 20%.
        introduced: what is said before the equation.
    """
    passage = candidate.hit.passage
    first, last = min(figures, key=lambda f: f.start), max(figures, key=lambda f: f.end)
    said = clause_of(passage.text, first, last.end)
    text = f"{said}（{source_note(passage.document)}）。\n{introduced}{equation} = {result}{COMPUTED}。"
    return Answer(asked.question.text, "answered", text, result, (cite(passage),), confidence=SURE)
