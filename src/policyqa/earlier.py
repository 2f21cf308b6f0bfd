"""The value of an earlier year, computed from a later one and the change that the same sentence gives.

2024年过夜游客占比28.4%，比2023年提高2.1个百分点 says how much it was in 2023 without naming the figure.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from policyqa.asked import Asked, covered
from policyqa.belonging import place_fit
from policyqa.compose import cite, clause_of, source_note
from policyqa.compute import COMPUTED, magnitude_of, plain, written
from policyqa.findings import Candidate
from policyqa.match import unit_fit
from policyqa.rest import COUNTED, COVERED, LOOKED_AT, NOT_STATED, SURE
from policyqa.schema import Answer, Figure
from policyqa.text import fold
from policyqa.units import PERCENT, POINTS, canonical

# 比上年增加 · 较2022年底的… · 比去年同期减少: what stands between the two figures.
_COMPARED = re.compile(
    r"^[，（(]?(?:分别)?(?:同?比|较)(?:(?P<year>(?:19|20)\d\d)年[底末初]?|上一?年|去年|上年度|前一年)(?:同期|末|底)?(?:净)?"
    r"(?P<way>增加|增长|提高|上升|多|扩大|新增|高|减少|下降|降低|回落|少|缩小|压减|低)了?$"
)
# 年末4870个，当年新增1750个: so many fewer at the end of the year before.
_ADDED = re.compile(
    r"^(?:，|、|\(|（)?(?:其中)?(?:当年|全年|本年|年内|比年初)(?:净)?(?:新增|新建|净增|增加)(?:了)?$"
)
_STOCK = re.compile(r"年[末底]|累计|总数|总量|保有|现有|共有|截至")
_CHANGE_ASKED = re.compile(r"增[加减长]|减[少掉]|下降|上升|提高|降低|[多少涨降]了")
_LESS = re.compile(r"减|降|回落|少|缩|低")


def answer(asked: Asked, candidates: Sequence[Candidate]) -> Answer | None:
    """The earlier value as a computed answer; None when no sentence gives a later one and the change."""
    question = asked.question
    changed = question.aspect in ("change", "growth", "new") or _CHANGE_ASKED.search(question.folded)
    if question.want not in COUNTED or len(question.years) != 1 or changed:
        return None
    for candidate in candidates[:LOOKED_AT]:
        evidence = candidate.evidence
        near = covered(asked.terms, (evidence.bare, 1.0), (evidence.before, 1.0), (evidence.context, 0.9))
        if near < COVERED or place_fit(asked, evidence, evidence.folded) <= -0.6:
            continue
        for value, change in zip(evidence.figures, evidence.figures[1:], strict=False):
            found = _before(value, change, evidence.folded, question.years[0])
            own = covered(
                asked.terms, (fold(value.indicator + value.inherited), 1.0), (evidence.context, 0.9)
            )
            if found is None or unit_fit(question, value) <= 0 or own < COVERED:
                continue
            result, sign = found
            passage = candidate.hit.passage
            said = clause_of(passage.text, value, change.end)
            equation = f"{value.text} {sign} {change.text} = {result}{COMPUTED}"
            text = f"{said}（{source_note(passage.document)}）。\n{NOT_STATED}{equation}。"
            return Answer(question.text, "answered", text, result, (cite(passage),), confidence=SURE)
    return None


def _before(value: Figure, change: Figure, text: str, year: int) -> tuple[str, str] | None:
    """The value before a change that stands right behind it, and the sum's sign; None for other years."""
    between = text[value.end : change.start]
    match = _COMPARED.match(between)
    added = match is None and _ADDED.match(between) and _STOCK.search(text[: value.start]) is not None
    if value.high is not None or change.high is not None or len(value.years) != 1:
        return None
    if match is None and not added:
        return None
    if year != (int(match["year"]) if match and match["year"] else value.years[0] - 1):
        return None
    amount, unit = canonical(value.value, value.unit)
    by, of = canonical(change.value, change.unit)
    if not (of == unit or (unit == PERCENT and of == POINTS)) or (unit == PERCENT and of == PERCENT):
        return None
    less = match is not None and _LESS.search(match["way"]) is not None
    result = amount + by if less else amount - by
    if result <= 0:
        return None
    said = f"{plain(result)}%" if unit == PERCENT else written(result, unit, magnitude_of(value.text))
    return said, "+" if less else "−"
