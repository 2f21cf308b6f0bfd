"""How well the time that a passage or a figure speaks of fits the one that is asked about."""

from __future__ import annotations

import re
from collections.abc import Sequence

from policyqa.evidence import Evidence
from policyqa.periods import Period, find_periods
from policyqa.question import Question
from policyqa.schema import Figure


def period_fit(
    asked: Sequence[int], own: Sequence[int], inherited: Sequence[int], dated: int | None
) -> float:
    """Whether the years asked about are those spoken of: 1 yes, -1 another year, between unsure."""
    if not asked:
        return 0.0
    wanted = set(asked)
    for years, worth in ((own, 1.0), (inherited, 0.8)):
        if years:
            if not wanted & set(years):
                return -1.0
            if len(years) > 1 and not set(years) <= wanted:
                return 0.4 * worth
            return worth if set(years) <= wanted else 0.5 * worth
    if dated is None:
        return -0.2
    if wanted & {dated, dated - 1}:
        return 0.2
    return -0.7


_TOLD = 0.5


def told_in_fit(question: Question, evidence: Evidence, fit: float) -> float:
    """How well the time fits where a question names the year of the letter that says it: 2022年说的…有几户.

    Args:
        fit: as if the year were that of the figure.
    """
    return max(fit, _TOLD) if evidence.dated in question.told_in else fit


def part_fit(asked: Sequence[str], own: Sequence[str]) -> float:
    """Whether the part of the year agrees: 上半年 asked, 上半年 spoken of."""
    wanted = {_part(p) for p in asked if p}
    named = {_part(p) for p in own if p and p not in _NO_PART}
    if not wanted and not named:
        return 0.0
    if wanted and named:
        return 1.0 if wanted & named else -1.0
    if wanted:
        return 0.0 if wanted <= {"底"} else -0.5
    return 0.0 if named <= {"底"} else -0.3


_ENDS_WITH = {"上半年": "6月", "年中": "6月", "前三季度": "9月", "一季度": "3月"}
_NO_PART = ("当年", "全年", "近年来")
"""What stands for the year as a whole."""


def _part(part: str) -> str:
    """One writing for one part of a year: 1-4月, 前4个月 and 截至4月底 all end with April."""
    part = re.sub(r"^(?:截至|截止|到|至)|[份末]|(?<=月)底|^第(?=.季度)", "", part)
    part = re.sub(r"^(?:前(\d{1,2})个月|1[-~至](\d{1,2})月)$", lambda m: f"{m[1] or m[2]}月", part)
    part = re.sub(r"(?<=^[春夏秋冬])(?:季?学期|季)$", "", _ENDS_WITH.get(part, part))
    return part.replace("年", "") or "底"


_SPANS = re.compile(r"[上下]半年|前三季度|第?[一二三四]季度|[春夏秋冬]季?(?:学期)?")


def figure_part_fit(question: Question, figure: Figure) -> float:
    """Whether a figure holds for the part of the year that is asked: 截至4月底, not 到年底."""
    asked = [p.part for p in question.periods if not p.compared]
    own = [p.part for p in find_periods(figure.period, None)]
    if not any(asked) and not (question.years and any(_SPANS.fullmatch(part) for part in own)):
        return 0.0
    return part_fit(asked, own)


def other_part(question: Question, figure: Figure) -> bool:
    """Whether a question asks for one half or quarter and a figure is of another: 三季度, 前三季度."""
    asked = [p.part for p in question.periods if not p.compared and p.part and not _since(question, p)]
    # Without a year there is no period; its own words still say 前三季度. Not 较二季度减少612件.
    told = f"{figure.period} {figure.indicator.partition('▯')[0]}"
    own = [p.part for p in find_periods(told, None) if p.part and not p.compared]
    if asked and own and _one_month(asked) != _one_month(own) and _stretch(asked) != _stretch(own):
        return True  # 3月受理多少: not what there was since January
    middle = asked and all(part and part not in ("底", "末", "全年", "年") for part in asked)
    if middle and not own and re.search(r"(?<!\d)年[底末]", figure.lead):
        return True  # 年底达到2120公里 is not what there was 年中
    if _of_whole_year(figure) and (_one_month(asked) or _stretch(asked)):
        return True  # 2024年第一季度有多少起: not 2024年全市发生73起
    if "全年" in question.folded and own and all(_SPANS.fullmatch(part) for part in own):
        return True  # 2021年全年是多少: not what there was by June
    if not asked or not own or not all(_SPANS.fullmatch(part) for part in (*asked, *own)):
        return False
    return part_fit(asked, own) < 0


def _of_whole_year(figure: Figure) -> bool:
    """Whether a figure is said to be of one year, and of no part of it: 2024年发生73起."""
    periods = [p for p in find_periods(figure.period, None) if not p.compared]
    return len(periods) == 1 and len(periods[0].years) == 1 and periods[0].part in ("", "全年")


def _since(question: Question, period: Period) -> bool:
    """Whether a period is only where a longer one begins: 3月以来."""
    return question.folded[period.end :].startswith(("以来", "起"))


_MONTH = re.compile(r"\d{1,2}月份?")
_STRETCH = re.compile(r"[上下]半年|前三季度|第?[一二三四]季度|1[-~至—]\d{1,2}月|前\d{1,2}个月")


def _one_month(parts: Sequence[str]) -> bool:
    return bool(parts) and all(_MONTH.fullmatch(part) for part in parts)


def _stretch(parts: Sequence[str]) -> bool:
    return bool(parts) and all(_STRETCH.fullmatch(part) for part in parts)


def passage_period_fit(asked: Sequence[int], evidence: Evidence) -> float:
    """``period_fit`` of a passage; a year that only a later clause names holds for nothing before it.

    原计划900个，没有完成，欠账的140个顺延到2025年9月 speaks of the year before as well.
    """
    fit = period_fit(asked, _years_spoken_of(evidence), evidence.inherited, evidence.dated)
    if fit <= -1.0 and not evidence.inherited and not _year_in_first_clause(evidence):
        return period_fit(asked, (), (), evidence.dated)
    return fit


def parts_spoken_of(evidence: Evidence) -> list[str]:
    """The parts of years that a passage names; 年末 alone is the end of the year spoken of."""
    own = [p.part for p in evidence.periods]
    return [*own, "底"] if re.search(r"(?<!\d)年[末底]", evidence.folded) else own


def _years_spoken_of(evidence: Evidence) -> tuple[int, ...]:
    """The years of a passage, and those only compared with that have a figure of their own.

    由2022年的1.87亿元增至2023年的2.13亿元 speaks of 2022 as well.
    """
    own = {figure.years for figure in evidence.figures}
    if evidence.inherited and evidence.years and not _year_in_first_clause(evidence):
        # 加装电梯差12部，其中7部转入2024年计划: begins with what is said of the year of the report.
        return tuple(sorted({*evidence.inherited, *evidence.years}))
    compared = {year for p in evidence.periods if p.compared and p.years in own for year in p.years}
    # 产值11.7亿元，较上年的10.8亿元增长8.3%: of the year of the paragraph, and of the one before.
    own_years = evidence.years or (evidence.inherited if compared else ())
    return tuple(sorted(compared | set(own_years)))


def _year_in_first_clause(evidence: Evidence) -> bool:
    end = min((at for m in "，；：" if (at := evidence.folded.find(m)) >= 0), default=len(evidence.folded))
    return any(p.years and p.start < end for p in evidence.periods)
