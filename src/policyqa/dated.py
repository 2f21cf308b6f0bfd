"""Of which time each figure of a sentence is: by the period that governs it, or by what stands above.

A period may hold for its clause alone (a deadline, an aside, an item of a list) or stand behind its figure.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from policyqa.both_ends import with_years_of_ends
from policyqa.periods import Period, find_periods, period_at, resolve
from policyqa.positions import runs
from policyqa.schema import Figure
from policyqa.text import fold

_BY_YEAR = re.compile(r"分别|依次|逐年|各年")


def dated(
    text: str,
    found: Sequence[Figure],
    reference: date | None,
    inherited: Period | None,
    in_table: bool = False,
) -> list[Figure]:
    """Figures with the period that each speaks of: its own, else that of what stands above the text."""
    periods = resolve(find_periods(text, reference), reference, inherited.years if inherited else ())
    periods = [replace(p, compared=True) if _is_aside(text, p, periods) else p for p in periods]
    figures: list[Figure] = []
    offsets: list[int] = []
    for figure in found:
        # 比上年增加54人: what is compared with is no year of the change itself.
        changed = figure.aspect in ("change", "growth")
        # But 比2022年的9.1%有所放缓 names the figure of that year itself.
        governing = [
            p
            for p in periods
            if not (changed and p.compared) or text[p.end : figure.start].strip() in ("的", "为")
        ]
        governing = [
            p
            for p in governing
            if not _only_a_deadline(text, p, figure.start) and not _of_other_item(text, p, figure.start)
        ]
        open_ones = [p for p in governing if not _in_closed_brackets(text, p, figure.start)]
        if any(p.years and p.start < figure.start and not p.compared for p in open_ones):
            governing = open_ones
        period = period_at(governing, figure.start, offsets)
        offsets.append(figure.start)
        # The year may stand in the column's heading, in the row's name, or in a list that is
        # paired by position: 2022年、2023年分别为62个、78个.
        lead = figure.indicator if in_table else figure.lead
        # A column 2025年目标 is of 2025.
        named = [
            p
            for p in find_periods(lead, reference)
            if p.years and (not p.compared or (in_table and p.target))
        ]
        period = named[-1] if named else period
        if not in_table:
            period = _behind(text, figure, governing) or _in_force(text, figure, governing) or period
        if period is not None and reference and _stands_now(text, period, figure):
            figure = replace(figure, years=(reference.year,))  # 2021年以来撤并23家，现存41家
        elif period is not None:
            figure = replace(figure, period=period.text, years=period.years)
        elif inherited is not None and not (reference and _to_come(text, figure, inherited, reference)):
            years = inherited.years
            if "累计" in lead and reference and years[-1] < reference.year:
                years = (*years, reference.year)  # 累计 without a year of its own is told of until now
            figure = replace(figure, period=inherited.text, years=years)
        figures.append(figure)
    if in_table:
        return _year_by_year(text, figures, periods, reference)
    return with_years_of_ends(text, _year_by_year(text, figures, periods, reference))


def _in_closed_brackets(text: str, period: Period, at: int) -> bool:
    """Whether a period stands in brackets that are closed before an offset: （按2022年底）、…1034万元."""
    begun = max(text.rfind(mark, 0, period.start) for mark in "（(")
    return begun > max(text.rfind(mark, 0, period.start) for mark in "）)") and bool(
        re.search("[）)]", text[period.end : at])
    )


_NOW = re.compile(r"(?:现[存有共]|现已|目前|[仍尚还]有|尚余|剩余)[㐀-鿿]{0,6}$")


def _stands_now(text: str, period: Period, figure: Figure) -> bool:
    """Whether a figure tells how things are now behind one of what was done since a year."""
    since = text[period.end :].startswith(("以来", "起")) or period.text.endswith(("以来", "年来"))
    return since and "，" in text[period.end : figure.start] and _NOW.search(text[: figure.start]) is not None


_BEHIND = re.compile(r"(?:将|计划|预计|拟|力争)?[于在]?")


def _behind(text: str, figure: Figure, periods: Sequence[Period]) -> Period | None:
    """The period right behind a figure, where its clause has none before it: 其余15座2025年改完."""
    clause = max(text.rfind(mark, 0, figure.start) for mark in "，。；：、（(") + 1
    if any(clause <= p.start < figure.start for p in periods):
        return None
    found = (p for p in periods if p.years and not p.compared and p.start >= figure.end)
    following = next(found, None)
    if following is None or not _BEHIND.fullmatch(text[figure.end : following.start]):
        return None
    return following


_RAISED_TO = re.compile(r"(?:提高|提升|上调|下调|调整|调|增加|涨|降低?|减)(?:到|至|为)$")
_IN_FORCE = re.compile(r"(?:\d{1,2}日)?起?(?:开始)?(?:执行|施行|实施|生效)")


def _in_force(text: str, figure: Figure, periods: Sequence[Period]) -> Period | None:
    """The period from which on a new value holds, said behind it: 由2元提高到3元，自2025年5月1日起执行."""
    if not _RAISED_TO.search(text[: figure.start]):
        return None
    end = next((at for mark in "。；" if (at := text.find(mark, figure.end)) >= 0), len(text))
    behind = (p for p in periods if p.years and figure.end <= p.start < end)
    return next((p for p in behind if _IN_FORCE.match(text[p.end :])), None)


_RAISE_AHEAD = re.compile(
    r"(?:[拟将]|计划|预计)[^，。；]{0,14}由[^，。；]{1,12}(?:提高|提升|上调|下调|调整|增加|降低?)[到至为][^。]*$"
)


def _to_come(text: str, figure: Figure, inherited: Period, reference: date) -> bool:
    """Whether a figure is what a standard is to become, of no year that is over: 拟由30%提高到50%."""
    return inherited.years[-1] < reference.year and _RAISE_AHEAD.search(text[: figure.start]) is not None


_ITEM = re.compile(
    r"(?:^|[：；。])\s*(?:[一二三四五六七八九]是|其[一二三四]|第[一二三四五六](?![个届次批期]))"
)


def _of_other_item(text: str, period: Period, at: int) -> bool:
    """Whether a period stands in an earlier item of a list than a figure: 二是…推迟到2024年；三是…有9个.

    Args:
        at: where the figure begins.
    """
    return _ITEM.search(text[: period.start]) is not None and _ITEM.search(text[period.end : at]) is not None


def _is_aside(text: str, period: Period, periods: Sequence[Period]) -> bool:
    """Whether a year only gives what there was before: 2024年…浓度31.4，2023年为33.8，在全省排第8位."""
    told = text.startswith(("为", "是"), period.end) and text[: period.start].rstrip().endswith(("，", ","))
    end = text.rfind("。", 0, period.start) + 1
    later = (
        p for p in periods if not p.compared and end <= p.start < period.start and p.years and period.years
    )
    return told and any(p.years[-1] > period.years[-1] for p in later)


def _only_a_deadline(text: str, period: Period, at: int) -> bool:
    """Whether a period tells only by when something before it is done: 剩余7个于2022年3月底前收尾；…"""
    if (
        not re.match("(?:底|末)?(?:之|以)?前", text[period.end : period.end + 3])
        and text[period.end - 1] != "前"
    ):
        return False
    clause = re.split("[，。；：]", text[: period.start])[-1]
    return len(clause.strip()) > 1 and re.search("[。；]", text[period.end : at]) is not None


def _year_by_year(
    text: str, figures: list[Figure], periods: Sequence[Period], reference: date | None
) -> list[Figure]:
    """The figures, each of a list that goes year by year with its own year: 近三年分别为A、B、C."""
    for run in runs(fold(text), figures):
        first = figures[run[0]].start
        period = period_at([p for p in periods if not p.compared], first, [f.start for f in figures])
        if period is None or not _BY_YEAR.search(text, period.end, first) or "。" in text[period.end : first]:
            continue
        years = period.years
        if len(years) == 1 and reference and re.match("以来|起|开始", text[period.end :]):
            last = reference.year if reference.year - years[0] + 1 == len(run) else reference.year - 1
            years = tuple(range(years[0], last + 1))
        if len(years) == len(run):
            for year, index in zip(years, run, strict=True):
                figures[index] = replace(figures[index], period=f"{year}年", years=(year,))
    return figures


# 2024年11月14日下午，副市长…主持召开专题会议: minutes are not signed.
