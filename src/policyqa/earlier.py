"""What a value is compared with, computed from it and the difference that the same sentence gives: that of
an earlier year or quarter, or the average of the province.

2024年过夜游客占比28.4%，比2023年提高2.1个百分点 says how much it was in 2023 without naming the figure,
人均面积2.74平方米，比全省平均水平低0.21平方米 how much it is in the province.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from policyqa.asked import Asked, covered
from policyqa.belonging import place_fit
from policyqa.compute import magnitude_of, plain, written
from policyqa.findings import Candidate
from policyqa.match import unit_fit
from policyqa.question import Question
from policyqa.schema import Answer, Figure
from policyqa.text import fold
from policyqa.units import PERCENT, POINTS, canonical
from policyqa.worked_out import COUNTED, COVERED, sentences_about, worked_out

# 比上年 · 较2022年底 · 比去年同期 · 比2021年“8·09”暴雨 · 较二季度 · 比全省平均水平: what introduces the
# differences from another value.
_COMPARED = re.compile(
    r"(?:同?比|较)(?:(?P<year>(?:19|20)\d\d)年(?:度|[底末初])?(?P<event>\"[^\"，。；]{2,10}\"[㐀-鿿]{0,4}?(?=[增减提上下缩延少多降升低高]))?|上一?年|去年|上年度|前一年|年初"
    r"|(?P<part>第?[一二三四]季度|上半年|\d{1,2}月)|(?P<whole>全[省国市])(?:的?平均(?:水平|值|数)?)?)(?:同期|末|底)?(?:分别)?"
)
# 全省人均多少 · 省里平均是多少
_WHOLE_ASKED = re.compile(r"(?P<level>[省国市])(?:里|的)?平均|全(?P<of>[省国市])(?!第|排)")
# 增加 · 净减少了 · 提高: the way right in front of a change; 少11起、少84万元 has one for each.
_WAY = re.compile(
    r"(?:净|又|再|共)?(?P<way>增加|增长|提高|上升|多[发投拨办收招建开安增]?|扩大|新增|高|减少|下降|降低|回落|少[发投拨办收招建开安增]?|缩小|缩短|压减|延长|低|减|增|升|降)了?$"
)
_JOINT = re.compile(r"^[、，和及]?(?:分别)?$")
# 年末4870个，当年新增1750个 · 742家，净增41家: so many fewer at the end of the year before.
_ADDED = re.compile(
    r"^[，、（(]?(?:其中)?(?:(?:当年|全年|本年|年内)净?(?:新增|新建|增加|增)|净增加?|净减少?)了?$"
)
# 全年新增216台，截至12月底累计1043台 · 1—5月建成22个，累计187个: the second is of all.
_SINCE_NEW_YEAR = re.compile(
    r"(?:全年|当年|本年|年内|今年以来|1[—\-至]\d{1,2}月|上半年|前[三两]季度|(?:19|20)\d\d年)，?[^，。；]{0,14}$"
)
_IN_ALL = re.compile(
    r"^[^。；\d]{0,14}(?:(?:截至|至|到)[^，。；]{0,12}[底末，日])?[^。；，\d]{0,14}(?:累计|总数|总量|保有|现有|共有|共|达到?)[^，。；\d]{0,8}$"
)
_THIS_YEAR = re.compile(r"今年(?:以来|1[—\-至]\d{1,2}月)?|1[—\-至]\d{1,2}月|年内|全年|当年")
_GONE = re.compile(r"撤|减|关闭|关停|退出|注销|淘汰|报废|拆除|停")
_STOCK = re.compile(r"年[末底]|累计|总数|总量|保有|现有|共有|截至")
_CHANGE_ASKED = re.compile(r"净增|增[加减长]|减[少掉]|下降|上升|提高|降低|[多少涨降]了")
_RATE_ASKED = re.compile("(?<!效)率(?!先)|比例|占比")
_LESS = re.compile(r"减|降|回落|少|缩|低|短")


def answer(asked: Asked, candidates: Sequence[Candidate]) -> Answer | None:
    """The earlier value as a computed answer; None when no sentence gives a later one and the change."""
    question = asked.question
    changed = question.aspect in ("change", "growth") or _CHANGE_ASKED.search(question.folded)
    whole = _whole_asked(question)
    if question.want not in COUNTED or not (len(question.years) == 1 or whole) or changed:
        return None
    parts = [p.part for p in question.periods if p.part and not p.compared]
    year = question.years[0] if question.years else None
    of = _Asked(year, parts[0] if parts else "", whole, question.aspect == "new")
    terms = {t: w for t, w in asked.terms.items() if not (whole and _WHOLE_ASKED.search(t))}

    def of_the_place(candidate: Candidate) -> bool:
        return place_fit(asked, candidate.evidence, candidate.evidence.folded) > -0.6

    for candidate in sentences_about(candidates, terms, of_the_place):
        evidence = candidate.evidence
        best: tuple[float, Figure, Figure, bool] | None = None
        for value, change, less in _earlier(evidence.figures, evidence.folded, of):
            own = covered(terms, (fold(value.indicator + value.inherited), 1.0), (evidence.context, 0.9))
            if value.unit != PERCENT and _RATE_ASKED.search(question.folded):
                continue  # 覆盖率: not how many eat there
            if unit_fit(question, value) > 0 and own >= COVERED and (best is None or own > best[0]):
                best = own, value, change, less
        result = _before(*best[1:]) if best else None
        if best is not None and result is not None:
            _, value, change, less = best
            equation = f"{value.text} {'+' if less else '−'} {change.text}"
            return worked_out(asked, candidate, (value, change), equation, result)
    return None


@dataclass(frozen=True, slots=True)
class _Asked:
    """Of when or of what the value is that is asked for: a year, a ``part`` of it, or a ``whole`` (省).

    ``new``: whether it is asked how many were new.
    """

    year: int | None
    part: str = ""
    whole: str = ""
    new: bool = False

    @property
    def after(self) -> tuple[int, ...] | None:
        """The year after the one asked about; None where none is."""
        return (self.year + 1,) if self.year and not self.whole else None

    def is_meant(self, match: re.Match[str], value: Figure) -> bool:
        """Whether a value's comparison names it."""
        if self.whole or match["whole"]:
            return bool(self.whole) and match["whole"] == f"全{self.whole}"
        if match["part"]:
            # 较二季度: of the same year, and asked for so.
            same = not value.years or value.years == (self.year,)
            return same and match["part"].removeprefix("第") == self.part.removeprefix("第")
        if self.part and not _AT_END.fullmatch(self.part):
            return False
        if len(value.years) != 1:
            return False
        before = int(match["year"]) if match["year"] else value.years[0] - 1
        return before == self.year and before < value.years[0]


_AT_END = re.compile("[底末初]|年[底末初]|月[底末]|[0-9]{1,2}月[底末份]?")


def _whole_asked(question: Question) -> str:
    """省, 国 or 市 where a question asks for the value of all of it; empty where it does not."""
    match = _WHOLE_ASKED.search(question.folded)
    return (match["level"] or match["of"]) if match else ""


def _earlier(figures: Sequence[Figure], text: str, asked: _Asked) -> list[tuple[Figure, Figure, bool]]:
    """The values of a sentence with their difference from what is asked for, and whether they are less.

    >>> from dataclasses import replace; from policyqa.figures import find_figures
    >>> text = "2023年查处58起，罚款693万元，比2022年少11起、少84万元。"
    >>> [(v.text, c.text, less) for v, c, less in _earlier(
    ...     [replace(f, years=(2023,)) for f in find_figures(text)], text, _Asked(2022))]
    [('58起', '11起', True), ('693万元', '84万元', True)]
    """
    found: list[tuple[Figure, Figure, bool]] = []
    values: list[Figure] = []
    ended = 0
    for match in _COMPARED.finditer(text):
        changes = _changes(figures, text, match.end())
        behind = [f for f in figures if ended <= f.start and f.end <= match.start()]
        # 2.74平方米，比上年增加0.13平方米，但仍比全省低0.21平方米: both are of the one value.
        values = behind or values
        values = [f for f in values if not re.search("[。；]", text[f.end : match.start()])]
        # 318天（按366天计），比2019年多19天: what stands in brackets is an aside.
        values = [f for f in values if text[: f.start].count("(") <= text[: f.start].count(")")]
        ended = changes[-1][0].end if changes else match.end()
        for number, (change, less) in enumerate(changes):
            same = [v for v in values if _comparable(v, change)]
            if len(same) > 1 and len(values) >= len(changes) > 1:
                same = [v for v in [values[len(values) - len(changes) + number]] if v in same]
            value = same[-1] if same else None
            # 新建公厕24座、改造51座，新建数较上年多6座: of the one that is named.
            called = fold(re.split("[，；。]", text[: match.start()])[-1])[:2]
            named = [v for v in same if called and called in fold(v.lead)]
            value = named[0] if len(named) == 1 and len(called) == 2 else value
            if value is None or (value.aspect == "new") != asked.new:
                continue  # 新增300张，比上年多50张 tells how many were new
            if asked.is_meant(match, value):
                found.append((value, change, less))
    if not asked.new and not asked.part.strip("年底末"):
        found += [(value, change, False) for value, change in _since_new_year(figures, text, asked)]
    for value, change in pairwise(figures):
        between = text[value.end : change.start]
        stands = _STOCK.search(text[: value.start]) or "净" in between
        if (
            not asked.new
            and _ADDED.match(between)
            and stands
            and _comparable(value, change)
            and value.years == asked.after
        ):
            found.append((value, change, "减" in between))
    return found


def _since_new_year(figures: Sequence[Figure], text: str, asked: _Asked) -> list[tuple[Figure, Figure]]:
    """The values for all of a year's part with what was new in it: the year before ended with so many less.

    Nothing where some are gone as well, for then how many were new does not tell.
    """
    if _GONE.search(text):
        return []
    found = []
    for change in figures:
        if change.aspect != "new" or change.years != asked.after:
            continue
        whole = next((f for f in figures if f.unit == change.unit and not f.part), change)
        behind = next((f for f in figures if f.start > change.start), change)
        clause = text[max(text.rfind(mark, 0, change.start) for mark in "，；。") + 1 : change.start]
        part = text[max(text.rfind(mark, 0, change.start) for mark in "；。") + 1 : change.start]
        # 全年新增216台，截至12月底累计1043台
        told_behind = _SINCE_NEW_YEAR.search(part) and _IN_ALL.search(_plain(text[change.end : behind.start]))
        # 共开通31条，…，今年1—5月新开通4条
        told_before = _THIS_YEAR.match(clause) and _STOCK.search(text[: whole.start])
        if told_behind and behind.aspect != "new" and not behind.part:
            value = behind
        elif told_before and whole.start < change.start and whole.aspect in ("cumulative", "level"):
            value = whole
        else:
            continue
        if value.years == asked.after and _comparable(value, change):
            found.append((value, change))
    return found


def _plain(between: str) -> str:
    """What stands between two figures without the day that the second is of: 截至12月底 is no figure."""
    return re.sub(r"\d{1,2}月(?:\d{1,2}日)?|(?:19|20)\d\d年", "", between)


def _changes(figures: Sequence[Figure], text: str, at: int) -> list[tuple[Figure, bool]]:
    """The changes that follow 比上年 at an offset, each with whether it is a decrease."""
    found: list[tuple[Figure, bool]] = []
    for figure in figures:
        if figure.start < at:
            continue
        lead = text[at : figure.start]
        way = _WAY.search(lead)
        if way is None and not (found and _JOINT.match(lead)):
            break
        if way is not None and not _JOINT.match(lead[: way.start()]):
            break
        found.append((figure, _LESS.search(way["way"]) is not None if way else found[-1][1]))
        at = figure.end
    return found


def _comparable(value: Figure, change: Figure) -> bool:
    """Whether a change can be taken from a value: of one unit, or points from a rate; neither a range."""
    of, by = canonical(value.value, value.unit)[1], canonical(change.value, change.unit)[1]
    plain_ones = value.high is None and change.high is None
    return plain_ones and ((of == by != PERCENT) or (of == PERCENT and by == POINTS))


def _before(value: Figure, change: Figure, less: bool) -> str | None:
    """The value before a change; None when nothing would be left."""
    amount, unit = canonical(value.value, value.unit)
    by, _ = canonical(change.value, change.unit)
    result = amount + by if less else amount - by
    if result <= 0:
        return None
    return f"{plain(result)}%" if unit == PERCENT else written(result, unit, magnitude_of(value.text))
