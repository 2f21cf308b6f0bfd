"""Periods: which years a figure, a sentence or a question speaks of.

Relative words are resolved by a reference date: in a letter 去年 is the year before the letter's
date, in a question the year before today.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from policyqa.numerals import to_number
from policyqa.text import close_gaps, fold

# 23年, in speech; not 12年级 and not 20年来
# 干了25年, 工作满10年, 贷20年: how long, not when; PM10年均浓度 names no year.
SHORT_YEAR = r"(?<![\d.满贷存缴a-zA-Z])(?<![干做当教守]了)(?<![工教从][龄业])(?P<short>[012]\d)年(?!级|来|内|间|的?历史|以上|以下|期|制|级)"
# 2023年 · 2023—2027年 · 二〇二三年 · 截至2023年底 · 2021上半年 · 2023年1-9月 · 2024年上半年
_YEAR = r"(?P<year>(?:19|20)\d{2}|[一二][九〇零][〇零一二三四五六七八九]{2})"
_PART = r"底|末|初|年中|上半年|下半年|前?[一二三四]个?季度|[一二三四]季度|第[一二三四]季度|\d{1,2}(?:[-~至]\d{1,2})?月(?:份|底|末)?|前\d{1,2}个?月|前[三四五六七八九十]个月|[春夏秋冬]季?(?:学期|季)?(?![㐀-鿿]{0,1}[招粮播耕]|[节运收])"
_PERIOD = re.compile(
    rf"(?P<upto>截至目?前?|截止|到|至)?\s?{_YEAR}(?:\s?年?(?:底|末|初)?\s?[-~至到/]\s?(?P<to>(?:19|20)?\d{{2}}|[一二][九〇零][〇零一二三四五六七八九]{{2}}))?\s?(?:学年|年度|年|(?=[上下]半年|底))"
    rf"(?P<part>{_PART})?"
    # 2021、2022和2023年: the years of a list
    r"|(?P<listed>(?:19|20)\d{2})(?=(?:[、和与及]\s?(?:19|20)\d{2})+\s?(?:学年|年|[两三四五]年))"
    rf"|{SHORT_YEAR}(?P<part2>底|末|上半年|下半年)?"
    rf"|(?P<named>前年|去年|今年|明年)(?P<part3>{_PART})"
    r"|(?P<relative>去年同期|上年同期|前年|去年|上一?年度?|今年以来|今年|本年度?|明年|当年|(?<![㐀-鿿\d])全年|上半年|下半年|前三季度|[一二三四]季度(?:末)?|(?:截[至止]|(?<=，)[到至])\d{1,2}月[底末]|(?<![\d年])1[-~至]\d{1,2}月|(?:^|(?<=[。；，：（\n]))\d{1,2}月份(?=[，热全我本共受新完实])|截至目前|目前|现在(?!代)|近[一二两三四五六七八九十\d]+年来?|近年来|(?:在|回顾)?过去的?[一二两三四五六七八九十\d]{1,2}年(?!多|级)里?中?|(?<![㐀-鿿\d])[两三四五六七八九十]年来|“?\"?十[二三四]五\"?”?(?:以来|期间|末|规划|时期)?|\"十五五\"(?:期间)?|“?\"(?:十一?|[一二三四五六七八九])五[\"'](?:以来|(?:计划)?(?:期间|末|时期)|头[两三四]年)?|(?<!十)(?:十一?|[一二三四五六七八九])五(?:期间|时期)|第(?:十?[一二三四五六七八九]|十)个五年(?:计划(?:期间|时期|末))?)"
)
# What stands before a year that is only compared with: 比2022年, 由2021年的16天, 较上年
_COMPARED = re.compile(r"((?<!占)比|较|由|从|与|同|超过|相比于?|高于|低于|是|为|相当于)$")
_ON_TOP = re.compile("[^，。；]{0,24}基础上")
_YEAR_BEFORE = re.compile(r"上一?年(?!以来)")
# A part of the year named before, or of the current one.
_OF_A_YEAR = re.compile(
    r"[上下]半年|前三季度|[一二三四]季度末?|(?:截[至止]|[到至])\d{1,2}月[底末]|1[-~至]\d{1,2}月|\d{1,2}月份"
)
_PAST_BY = re.compile("[上下]半年|前三季度|[二三四]季度末?")
_PLANS = [f"{name}五" for name in (*"一二三四五六七八九十", "十一", "十二", "十三", "十四", "十五")]
# Five years each, after 1962 three of adjustment.
_PLAN_YEARS = {
    name: range(1953 + 5 * at + 3 * (at > 1), 1958 + 5 * at + 3 * (at > 1)) for at, name in enumerate(_PLANS)
}
_PLAN = re.compile(
    r"第?(?P<name>十[一二三四五]?五|[一二三四五六七八九]五|十?[一二三四五六七八九十](?=个五年))"
)


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of time that a text names: the years it covers, and the wording.

    ``part`` is what of the year is meant (上半年, 底, 1-9月), empty for the whole. ``compared``:
    it only says what something is compared with (比2022年), or is the year of a ``target`` (2024年任务).
    """

    text: str
    start: int
    end: int
    years: tuple[int, ...]
    part: str = ""
    compared: bool = False
    target: bool = False


def find_periods(text: str, reference: date | None) -> list[Period]:
    """The periods that a text names, in order.

    Args:
        reference: resolves 去年 and 今年; without it relative words have no years.
    """
    found = []
    closed, offsets = close_gaps(text)
    folded = fold(closed)
    for match in _PERIOD.finditer(folded):
        years, part = _years(match, reference)
        before = folded[max(0, match.start() - 3) : match.start()]
        after = folded[match.end() : match.end() + 8]
        compared = (
            re.match(
                r"(的)?(年度|中期|末期|阶段性)?(目标|任务|指标|规划|计划数|方案|预算(?!执行))|计划(?=$|纲要|[的和是以，。、要规提确安胜])",
                after,
            )
            is not None
        )
        target = compared and not _COMPARED.search(before)
        # 增长8%，上年为6%: an aside that holds for its own figure alone.
        compared = compared or (match["relative"] in ("上年", "上一年") and after[:1] in ("为", "是"))
        compared = compared or bool(_COMPARED.search(before)) or match["relative"] in ("去年同期", "上年同期")
        if (
            match["relative"]
            and match["relative"].startswith("上")
            and "年" in match["relative"]
            and match["relative"] != "上半年"
        ):
            compared = compared or bool(re.search(r"(比|较|与|同)", before))
        # 在1979到1983年平均递增7.9%的基础上，比上年增长14.2%
        compared = compared or (before.endswith("在") and _ON_TOP.match(folded, match.end()) is not None)
        start, end = offsets[match.start()], offsets[match.end() - 1] + 1
        found.append(Period(text[start:end], start, end, years, part, compared, target))
    return found


def _years(match: re.Match[str], reference: date | None) -> tuple[tuple[int, ...], str]:
    if match["year"]:
        first = int(to_number(match["year"]) or 0)
        part = match["part"] or ""
        if match["to"]:
            last = int(to_number(match["to"]) or 0)
            last = last if last > 100 else first // 100 * 100 + last
            if first < last <= first + 20:
                return tuple(range(first, last + 1)), part
        return (first,), part
    if match["listed"]:
        return (int(match["listed"]),), ""
    if match["short"]:
        return (2000 + int(match["short"]),), match["part2"] or ""
    named = match["relative"] or match["named"]
    word = named.strip('“”"')
    if plan := _PLAN.match(word):
        years = _PLAN_YEARS.get(plan["name"]) or _PLAN_YEARS[f"{plan['name']}五"]
        return tuple(years)[-1:] if "末" in word else tuple(years), ""
    if reference is None:
        return (), match["part3"] or word  # 今年一季度 is of a quarter, of whichever year
    year = reference.year
    if match["part3"]:
        return (year + {"前年": -2, "去年": -1, "今年": 0, "明年": 1}[word],), match["part3"]
    if word.startswith(("去年", "上年", "上一年")):
        return (year - 1,), ""
    if word.startswith("前年"):
        return (year - 2,), ""
    if word.startswith("明年"):
        return (year + 1,), ""
    if ended := re.search(r"过去的?([一二两三四五六七八九十\d]+)年|^([两三四五六七八九十])年来", word):
        # 过去五年 are those before this one.
        return tuple(range(year - int(to_number(ended[1] or ended[2]) or 1), year)), ""
    if match_number := re.match(r"近([一二两三四五六七八九十\d]+)年", word):
        # In a letter of June the last three years are the three that have ended; 近三年来 goes on.
        count = int(to_number(match_number[1]) or 3)
        last = year if word.endswith("来") or reference.month == 12 else year - 1
        return tuple(range(last - count + 1, last + 1)), word
    if _OF_A_YEAR.fullmatch(word):
        return (), word  # of the year named before, or of this one: settled by ``resolve``
    if word in ("近年来", "当年", "全年"):
        return (), word
    return (year,), "以来" if "以来" in word else word if "前" in word else ""


def relative_years(folded: str) -> list[str]:
    """The words of a question that mean a year by the day they are said: 去年, 今年.

    >>> relative_years("去年比2022年多多少？")
    ['去年']
    """
    return re.findall(r"前年|去年|上年|今年|本年|明年", folded)


def resolve(
    periods: Iterable[Period], reference: date | None, inherited: tuple[int, ...] = ()
) -> list[Period]:
    """Periods that lean on another one: 上半年, 当年, 全年 and 上年 by the year named before them.

    Args:
        inherited: the years that hold before the first; those of the reference when there are none.
    """
    result: list[Period] = []
    named = inherited[-1:]
    last: tuple[int, ...] = named or ((reference.year,) if reference else ())
    for period in periods:
        years = period.years
        if not years and not named and reference and reference.month <= 3 and _PAST_BY.fullmatch(period.part):
            years = (reference.year - 1,)  # no 上半年 of this year has ended in March
        elif not years and (period.part == "当年" or _OF_A_YEAR.fullmatch(period.part)):
            years = last
        elif not years and period.part == "全年":
            # A letter of January to March that says 全年 looks back on the year that has ended.
            years = named or ((reference.year - 1,) if reference and reference.month <= 3 else ())
        elif named and _YEAR_BEFORE.match(period.text):
            years = (named[-1] - 1,)
        period = replace(period, years=years)
        # 2024年任务4000户，截至8月底完成2930户: the month is of the year of the target.
        if years and (not period.compared or period.target) and not _YEAR_BEFORE.match(period.text):
            last = named = years[-1:]
        result.append(period)
    return result


def period_at(periods: Iterable[Period], at: int, figures_before: Iterable[int]) -> Period | None:
    """The period that governs a figure at offset ``at``.

    It is the last one named before; one that is only compared with holds for the first figure
    after it, no further (比2023年的330天增加6天). The year of a target holds for what was done of it.

    Args:
        figures_before: offsets of the figures before this one.
    """
    offsets = list(figures_before)
    for period in sorted(periods, key=lambda p: -p.start):
        if period.start >= at or not period.years:
            continue
        if (
            period.compared
            and not period.target
            and (any(period.end <= other < at for other in offsets) or at - period.end > 6)
        ):
            continue
        return period
    return None
