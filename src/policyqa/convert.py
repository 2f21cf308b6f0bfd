"""A figure in another unit on request: 多少亿元 where the letter says 万元, 多少亩 where it says 公顷.

The document's own wording stays, the conversion is shown beside it, and 近 or 约 is kept.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from policyqa.compute import magnitude_of, written
from policyqa.figures import figure_of
from policyqa.schema import Answer, Figure
from policyqa.text import fold
from policyqa.units import UNIT, canonical

_ASKED = re.compile(
    rf"(?:多少|几)个?(?P<magnitude>[万亿])?(?P<unit>{UNIT.pattern})?(?![㐀-鿿]*分)"
    rf"|(?:换算成?|折合成?|折算成?|合成|按|用|以)(?P<magnitude2>[万亿])?(?P<unit2>{UNIT.pattern})(?:计|表示|算|来说)?"
)
# Units of one measure beside those of ``policyqa.units``: how many of the base each is.
_MEASURES: dict[str, tuple[Decimal, str]] = {
    "公里": (Decimal(1000), "米"),
    "千米": (Decimal(1000), "米"),
    "米": (Decimal(1), "米"),
    "吨": (Decimal(1000), "公斤"),
    "千克": (Decimal(1), "公斤"),
    "公斤": (Decimal(1), "公斤"),
    "斤": (Decimal("0.5"), "公斤"),
    "亩": (Decimal(1), "亩"),
    "公顷": (Decimal(15), "亩"),
    "平方公里": (Decimal(1500), "亩"),
    "千瓦": (Decimal(1), "千瓦"),
    "兆瓦": (Decimal(1000), "千瓦"),
    "吉瓦": (Decimal(1_000_000), "千瓦"),
}


_ONE = {"万": Decimal(10_000), "亿": Decimal(100_000_000)}


def unit_asked(question: str) -> tuple[str, str] | None:
    """The magnitude and unit that a question wants its answer in; None when it names none.

    >>> unit_asked("投资多少亿元？"), unit_asked("折合成公顷是多少？"), unit_asked("有多少家？")
    (('亿', '元'), ('', '公顷'), ('', '家'))
    """
    found = None
    for match in _ASKED.finditer(fold(question)):
        magnitude = match["magnitude"] or match["magnitude2"] or ""
        unit = match["unit"] or match["unit2"] or ""
        if magnitude or unit:
            found = (magnitude, unit)
    return found


def converted(question: str, short: str) -> tuple[str, str] | None:
    """A bare answer in the unit asked for, and the conversion; None when there is nothing to convert.

    >>> converted("投资多少亿元？", "近4000万元")
    ('近0.4亿元', '近4000万元 = 近0.4亿元')
    >>> converted("有多少家？", "36家") is None
    True
    """
    asked = unit_asked(question)
    figure = figure_of(short)
    if asked is None or figure is None:
        return None
    magnitude, unit = asked
    own = magnitude_of(figure.text)
    if magnitude and not unit and figure.value < _ONE[magnitude] / 10:
        return None  # 补几万, answered by 42台: no 0.0042万台
    unit = unit or figure.unit
    value = _in_unit(figure.value, figure.unit, unit)
    high = _in_unit(figure.high, figure.unit, unit) if figure.high is not None else None
    if value is None or (figure.high is not None and high is None):
        return None
    same_unit = canonical(Decimal(1), unit) == canonical(Decimal(1), figure.unit)
    if same_unit and (magnitude == own or (not magnitude and not _named_plainly(question))):
        return None
    number = written(value, unit, magnitude)
    if figure.high is None and not _faithful(number, value, unit):
        return None
    if figure.high is not None and high is not None:
        number = f"{written(value, '', magnitude).removesuffix(magnitude)}—{written(high, unit, magnitude)}"
    before, after = _approximation(figure)
    result = f"{before}{number}{after}"
    if figure_of(result) is None or result == short:
        return None
    return result, f"{short} = {result}"


def _faithful(number: str, value: Decimal, unit: str) -> bool:
    """Whether what is written is the value as far as anyone reads it: 1.01万元 is no 0.0001亿元."""
    figure = figure_of(number)
    if figure is None:
        return False
    written_value = _in_unit(figure.value, figure.unit, unit)
    return written_value is not None and abs(written_value - value) <= abs(value) * Decimal("0.001")


def _named_plainly(question: str) -> bool:
    """Whether a plain unit was asked for on purpose: 换算成元, 按亩算."""
    return re.search(r"换算|折合|折算|合成", fold(question)) is not None


def _in_unit(value: Decimal, own: str, wanted: str) -> Decimal | None:
    """A value in another unit of the same measure; None when they measure different things."""
    if canonical(Decimal(1), own) == canonical(Decimal(1), wanted):
        return value
    one, other = _MEASURES.get(own), _MEASURES.get(wanted)
    if one is None or other is None or one[1] != other[1]:
        return None
    return value * one[0] / other[0]


def same_measure(one: Figure, other: Figure) -> bool:
    """Whether two figures are one quantity in two units: 2公里 and 2000米."""
    value = _in_unit(one.value, one.unit, other.unit)
    return value is not None and abs(value - other.value) <= abs(other.value) * Decimal("0.001")


def _approximation(figure: Figure) -> tuple[str, str]:
    """The words around a figure that say that it is not exact, before and after it."""
    before = re.match(r"[^\d一二三四五六七八九十百千万亿两壹贰叁肆伍陆柒捌玖拾]*", figure.text)
    after = re.search(r"(左右|以上|以内|以下|上下)$", figure.text)
    many = re.search(r"[余多来](?=[万亿㐀-鿿])|[余多]$", figure.text)
    lead = before.group() if before else ""
    return lead, (after.group() if after else "以上" if many and not lead else "")


def in_unit_asked(question: str, result: Answer) -> Answer:
    """The answer with its figure in the unit that the question asks for, the conversion shown."""
    if result.status != "answered" or "\n" in result.text:
        return result
    found = converted(question, result.short)
    if found is None:
        return result
    return replace(result, text=f"{result.text}（{found[1]}）", short=found[0])
