"""A follow-up that puts one thing in place of its like: 一级站呢, after 三级站每年补助多少."""

from __future__ import annotations

import re
from collections.abc import Sequence

from policyqa.text import fold

# 累计呢 after 新培育多少家: the total of what was new.
TOTAL = re.compile(r"^(?:那么?)?(?:累计|总共|一共|总数|现在|目前|现有|合计)")
_NAMED = re.compile(r"^(?:那么?|还有|换成|要是|如果是)?(?P<name>[㐀-鿿]{2,8}?)的?呢[？?。]*$")


# 80多岁, then 90多的: one case in place of the other; 首年, then 第二年开始每年
_CASES = (
    re.compile(
        r"(?:年?满)?(?:\d+|[一二三四五六七八九]?[十百][一二三四五六七八九]?)(?:多?(?:[到至—~-]\d+)?周?岁|多(?=的|$|[，。？呢]))"
        r"(?:及?以上|以下|以内)?"
    ),
    re.compile(r"(?:干|做|工作|从业|参保|缴费|连续)*满了?[一二三四五六七八九十\d]+个?[年月](?![底末初度])"),
    re.compile(r"首年|头一?年|第[一二三四五]年(?:开始|起)?(?:每年)?|次年(?:起|开始)?(?:每年)?"),
)


def without_old_case(before: str, question: str) -> str:
    """What was asked before without its case, where the new question names another one of the kind.

    >>> without_old_case("高龄津贴80多岁的多少", "90多的呢"), without_old_case("高龄津贴80多岁的多少", "谁发")
    ('高龄津贴的多少', '高龄津贴80多岁的多少')
    """
    for case in _CASES:
        if case.search(question):
            before = case.sub("", before)
    return before


def swapped(before: str, folded: str, ends: Sequence[int]) -> str:
    """The question before with what the follow-up names in place of its like; else empty.

    Args:
        ends: where the places and periods of ``before`` end; a kind begins behind them.
    """
    return (
        _part(before, folded)
        or _grade(before, folded)
        or _alike(before, folded)
        or _kind(before, folded, ends)
        or _measured(before, folded, ends)
    )


def _alike(before: str, folded: str) -> str:
    """The question before with one name in place of its like: 一级站呢 after 三级站补助多少; else empty."""
    match = _NAMED.match(folded)
    if match is None or TOTAL.match(folded):
        return ""
    name, text = match["name"], fold(before)
    for shared in range(len(name) - 1, max(1, len(name) // 2) - 1, -1):
        for at in range(len(text) - len(name), -1, -1):
            old = text[at : at + len(name)]
            if old != name and old.endswith(name[-shared:]) and re.fullmatch(r"[㐀-鿿]+", old):
                return before[:at] + name + before[at + len(name) :]
    return ""


# 资金里运营补助发了多少, then 特困供养那块呢
_PART_OF = re.compile(
    r"^(?P<whole>.{2,30}?(?:里头?|里面|当中|其中))(?P<part>[㐀-鿿]{2,10}?)(?P<ask>(?:[发花用占有是拨投]了?)?(?:多少|几)[㐀-鿿]{0,2})[？?]*$"
)
_THAT_PART = re.compile(r"(?:[那这]一?(?:块儿?|部分|项|笔|头|边)|方面)$")


def _part(before: str, folded: str) -> str:
    """The question before with another part of the same whole; else empty."""
    match, known = _NAMED.match(folded), _PART_OF.match(fold(before))
    if match is None or known is None or TOTAL.match(folded):
        return ""
    return known["whole"] + _THAT_PART.sub("", match["name"]) + known["ask"]


# 六层以上 · 一类 · 60到79岁
_GRADE = re.compile(
    r"[一二两三四五六七八九十\d][一二两三四五六七八九十\d、到至—~-]*(?P<of>[层级岁类档星等])(?:及?以[上下内])?"
)


def _grade(before: str, folded: str) -> str:
    """The question before with one grade in place of another: 五层呢 after 六层以上补多少; else empty."""
    match = _NAMED.match(folded)
    new, old = _GRADE.search(match["name"]) if match else None, _GRADE.search(fold(before))
    if new is None or old is None or new["of"] != old["of"]:
        return ""
    return before[: old.start()] + new.group() + before[old.end() :]


def _kind(before: str, folded: str, ends: Sequence[int]) -> str:
    """The question before with one kind in place of another: 低保老人呢 after 60到79岁老人补多少; else empty.

    Args:
        ends: where the places and periods of ``before`` end; a kind begins behind them.
    """
    match = _NAMED.match(folded)
    if match is None or TOTAL.match(folded):
        return ""
    name, text = match["name"], fold(before)
    for shared in range(len(name) - 1, 1, -1):
        at = text.find(name[-shared:])
        start = max((end for end in ends if end <= at), default=0)
        if at > start and at - start <= _LONGEST_KIND and not re.search(r"[，、；。]", text[start:at]):
            return before[:start] + name + before[at + shared :]
    return ""


_MEASURE = re.compile(
    r"的?(?:(?:总|年)?(?:产值|产量|面积|亩产|销量|销售额|投资额?|收入|价格|人数|户数|补[贴助])|占比|比例|[㐀-鿿]{2}率)(?=[是有为达]?(?:了|到)?(?:多少|几))"
)


def _measured(before: str, folded: str, ends: Sequence[int]) -> str:
    """The question before with another thing measured the same: 脆李呢 after 茶油产值多少; else empty.

    Args:
        ends: where the places and periods of ``before`` end; what is measured stands behind them.
    """
    match, measure = _NAMED.match(folded), _MEASURE.search(fold(before))
    if match is None or measure is None or TOTAL.match(folded):
        return ""
    name, start = match["name"], max((end for end in ends if end <= measure.start()), default=-1)
    if start < 0 or not re.fullmatch("[㐀-鿿]{2,6}", before[start : measure.start()]):
        return ""
    if re.search(r"[值量积额率例比格产入贴助数资速幅]$", name) or name in before:
        return ""  # 产量呢 is another measure of the same
    return before[:start] + name + before[measure.start() :]


_LONGEST_KIND = 10
"""Characters in front of what two kinds share: 60到79岁 of 60到79岁老人."""
