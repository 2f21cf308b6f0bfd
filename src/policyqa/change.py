"""By how much something changed, computed from the two values that one sentence gives.

造价由1.8亿元升到2.7亿元 says how much it rose without naming the figure.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from policyqa.asked import Asked
from policyqa.compute import Operand, computed
from policyqa.findings import Candidate
from policyqa.question import Question
from policyqa.schema import Answer, Figure
from policyqa.text import fold
from policyqa.units import PERCENT, POINTS, canonical
from policyqa.worked_out import COUNTED, sentences_about, worked_out

# 涨了几千万 · 2025年要加几个 · 提高多少: not 新增多少, 多少倍 or 涨到多少
_ASKED = re.compile(
    r"(?:(?<!新)增加?|提高|上升|[涨升加]|扩大|减少?|下降|降低|[降缩]|压缩|压减|[砍减]掉|核减|削减|延长|缩短|变化)了?(?:多少|几)(?!倍|成|[㐀-鿿]{0,2}(?:岁|点钟))"
)
_TURNS = (
    r"(?:增加?|增长|扩大|提高|提升|上升|升|涨|[上下]调|调整?|延长"
    r"|减少?|下降|降低?|压减|核减|削减|调减|压缩|缩[短小]|变|发展)"
)
_TO = re.compile(rf"{_TURNS}(?:到|至|为|成)了?(?:目前的?|现在的?|(?:19|20)\d\d年底?的?|今年的?)?$")
# 占37.8%，上年为31.2%: the later one is said first
_FROM = re.compile(r"^[，,（(](?:而)?(?:上一?年|去年|上年同期|上年度|(?:19|20)\d\d年底?)(?:同期)?(?:为|是)?$")
_WAY = re.compile(r"增|多|减|少|升|降|涨|高|低|缩|扩|净")


def answer(asked: Asked, candidates: Sequence[Candidate]) -> Answer | None:
    """The change as a computed answer; None when none is asked, or no sentence gives both values."""
    question = asked.question
    match = _ASKED.search(question.folded)
    if match is None or question.want not in COUNTED:
        return None
    terms = {t: w for t, w in asked.terms.items() if t not in match.group()}
    for candidate in sentences_about(candidates, terms):
        evidence = candidate.evidence
        for before, after in pairwise(evidence.figures):
            if _FROM.search(evidence.folded[before.end : after.start]) and alike(before, after):
                before, after = after, before
            elif not turned(before, after, evidence.folded) or _named(after, evidence.figures):
                continue
            if not _of_what_is_asked(question, before, after):
                continue
            ends = sorted((before, after), key=lambda f: -canonical(f.value, f.unit)[0])
            result = computed("difference", [Operand("", figure) for figure in ends])
            if result is not None:
                equation = f"{ends[0].text} − {ends[1].text}"
                return worked_out(asked, candidate, (before, after), equation, result[0])
    return None


def _of_what_is_asked(question: Question, before: Figure, after: Figure) -> bool:
    """Whether two values are of the unit and years asked for: 2021年 and 2024年 tell nothing of 2024年."""
    unit = canonical(Decimal(1), question.unit)[1] if question.unit else ""
    own = canonical(after.value, after.unit)[1]
    # 占比涨了几个点: no number of villages.
    if unit not in ("", own) and not (unit == POINTS and own == PERCENT):
        return False
    told = {*before.years, *after.years}
    asked = set(question.years)
    return not asked or not told or asked == told or (len(asked) == 1 and told == asked | {min(asked) - 1})


def turned(before: Figure, after: Figure, text: str) -> bool:
    """Whether one value became the other, as a sentence says: 由A升到B, 现有A，2025年增至B."""
    between = text[before.end : after.start]
    return alike(before, after) and _TO.search(between) is not None and not re.search("[。；]", between)


def alike(before: Figure, after: Figure) -> bool:
    """Whether two values are different ones of one unit, neither a range."""
    plain = before.high is None and after.high is None and before.value != after.value
    return plain and canonical(before.value, before.unit)[1] == canonical(after.value, after.unit)[1]


def _named(after: Figure, figures: Sequence[Figure]) -> bool:
    """Whether the sentence goes on to say by how much: …增加到38种，增加6种."""
    following = next((f for f in figures if f.start >= after.end), None)
    return following is not None and _WAY.search(fold(following.indicator.partition("▯")[0])) is not None
