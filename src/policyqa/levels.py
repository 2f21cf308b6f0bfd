"""What holds for each of so many levels that the question counts and does not name: 补贴三档分别多少.

The answer is a sentence that gives exactly so many figures side by side.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from policyqa.asked import Asked
from policyqa.evidence import Evidence
from policyqa.findings import Candidate, Finding
from policyqa.numerals import to_number
from policyqa.reader import stated
from policyqa.schema import Answer, Figure
from policyqa.text import fold
from policyqa.units import canonical, compatible
from policyqa.worked_out import COUNTED, sentences_about

# 三个来源各多少台 · 三档分别多少 · 三个级别每月给几小时 · 每一步要几个工作日
_LEVELS = re.compile(
    r"(?:(?P<count>[两二三四五六])个?(?P<kind>档次?|等?级别?|等次|[种类步档项块]|来源|渠道|环节|层级|部分|阶段|类型|方式|次产业)"
    r"|每一?[步级档](?!年)|各[步级档类](?!学校))"
    r"[^，。？\d]{0,12}?(?:现在|目前|如今)?(?:各自?|分别|都|每[月年人天]|每一?[步级档]|(?<=[步级档类])[要给补])[^，。？]{0,8}?(?:多少|几)"
)
SURE = 0.7
"""How sure an answer is that gives exactly as many figures as the question counts."""
_MOST = 6
"""How many figures side by side are still levels, where the question does not count them."""


# 2021年底各区县助餐点数量 · 各县各几条
_PLACES = re.compile(
    r"(?<![全其])各(?:个)?(?:区县|县区|县市区|区市县|县市|区|县)(?![级域类委])(?:的|都|分别|各)?"
)
_OTHERWISE = re.compile(r"哪|谁|最|排|平均|合计|一共|总共|加起来|差|倍|第几")
_OF_PLACE = re.compile(r"(?:^|其中|分别为?|，)?[㐀-鿿]{2,4}[区县市](?:[为有是约共])?$")


def answer(asked: Asked, candidates: Sequence[Candidate]) -> Answer | None:
    """All figures of the sentence that gives one for each level; None when that is not asked or none does."""
    question = asked.question
    if question.parts:
        return None  # 现有几处、各区几处、明年建几处
    if (places := _PLACES.search(question.folded)) and not _OTHERWISE.search(question.folded):
        return _of_places(asked, candidates, places.group())
    match = _LEVELS.search(question.folded)
    if match is None:
        return None
    count = int(to_number(match["count"]) or 0) if match["count"] else 0
    terms = {term: weight for term, weight in asked.terms.items() if term not in match.group()}
    for candidate in sentences_about(candidates, terms):
        figures = _side_by_side(candidate.evidence, count, question.unit)
        if figures:
            found = [Finding(candidate, figure, {}, SURE) for figure in figures]
            return stated(question, found, SURE)
    return None


def _of_places(asked: Asked, candidates: Sequence[Candidate], said: str) -> Answer | None:
    """The figures of all districts that one sentence lists; None where none lists three or more."""
    if asked.question.want not in COUNTED:
        return None
    terms = {t: w for t, w in asked.terms.items() if t not in said}
    for candidate in sentences_about(candidates, terms):
        listed: dict[str, list[Figure]] = {}
        for figure in candidate.evidence.figures:
            unit = asked.question.unit
            if (not unit or compatible(unit, figure.unit)) and _OF_PLACE.search(fold(figure.lead)):
                listed.setdefault(canonical(figure.value, figure.unit)[1], []).append(figure)
        able = [found for found in listed.values() if len(found) > 2]
        if len(able) == 1:
            return stated(asked.question, [Finding(candidate, figure, {}, SURE) for figure in able[0]], SURE)
    return None


def _side_by_side(evidence: Evidence, count: int, unit: str) -> list[Figure]:
    """The figures of one unit in one part of a sentence; empty when they are not as many as asked.

    Args:
        count: how many; 0 where the question does not say.
        unit: which unit they are to have; empty when that is open.
    """
    parts: dict[tuple[int, str], list[Figure]] = {}
    for figure in evidence.figures:
        own = canonical(figure.value, figure.unit)[1]
        if unit and not compatible(unit, figure.unit):
            continue
        part = len(re.findall("[；。]", evidence.folded[: figure.start]))
        parts.setdefault((part, own), []).append(figure)
    for figures in parts.values():
        # 1128台，其中在用1093台、待维修35台: the whole is no level.
        if figures[0].value == sum(f.value for f in figures[1:]):
            del figures[0]
    able = [
        found for found in parts.values() if len(found) == count or (not count and 2 < len(found) <= _MOST)
    ]
    # Two lists of as many: which of them is meant, nothing tells.
    return able[0] if len(able) == 1 else []
