"""Rows of tables that were flattened to lines: 2023年 18 7000 under 年度 小区数（个） 户数（户）.

A cell by itself says nothing; its column heading says what is counted and in what unit, the first
cell of its row which year, place or item it is about.
"""

from __future__ import annotations

import re
from decimal import Decimal

from policyqa.figures import figure_of
from policyqa.numerals import to_number
from policyqa.places import is_place
from policyqa.schema import Aspect, Document, Figure, Span, Table
from policyqa.text import fold
from policyqa.units import PERCENT, TIMES, UNIT, counted

# 小区数（个） · 投资（万元） · 占比（%） · PM2.5（微克/立方米）
_UNIT = re.compile(rf"[（(]\s*(?P<unit>[万亿千百]*(?:{UNIT.pattern}))\s*[)）]$", re.IGNORECASE)

# 建成年份, not 2024年: 2080 under it is no year.
_YEARS = re.compile(r"年[份度]|时间|日期|何年")
# 地区生产总值（亿元）　增速（%）: of the column before
_OF_BEFORE = re.compile(r"(?:同比|比上年|较上年)?(?:增速|增长|增长率|增幅|增减|占比|比重|位次|排名|排位)")
_SIGN = re.compile(r"^(?:增加|减少|[-－—+])")
_MINUS = re.compile(r"^[-－—]")


def cells_of(text: str) -> list[Span]:
    """The cells of a flattened row: pieces between blanks or bars.

    >>> [("一季度　118.4　7.6")[s.start:s.end] for s in cells_of("一季度　118.4　7.6")]
    ['一季度', '118.4', '7.6']
    """
    if re.search(r"[|｜]", text):
        found = [(m.start(), m.end()) for m in re.finditer(r"[^|｜]+", text)]
        spans = []
        for start, end in found:
            piece = text[start:end]
            left = start + len(piece) - len(piece.lstrip())
            spans.append(Span(left, start + len(piece.rstrip())))
        return [s for s in spans if s.start < s.end]
    return [Span(m.start(), m.end()) for m in re.finditer(r"\S+", text)]


def table_at(document: Document, start: int) -> Table | None:
    """The table that has a row beginning at ``start``."""
    return next((t for t in document.tables if any(row.start == start for row in t.rows)), None)


def row_figures(table: Table, text: str) -> list[Figure]:
    """The figures of a row, each with its heading and the row's name as indicator."""
    cells = cells_of(text)
    if len(cells) != len(table.headings):
        return []
    row_label, row_unit = _split_unit(text[cells[0].start : cells[0].end])
    scope = row_label if is_place(row_label) else ""
    # A year or a place that names the row is no part of what is counted.
    own = "" if scope or _is_year(row_label) else row_label
    found = []
    subject = ""
    for cell, heading in zip(cells[1:], table.headings[1:], strict=True):
        written = text[cell.start : cell.end]
        label, unit = _split_unit(heading)
        if _OF_BEFORE.fullmatch(label):
            label = subject + label
        else:
            subject = "" if _is_year(label) else label
        figure = figure_of(written)
        aspect: Aspect = "change" if re.match("增加|减少", written) else "level"
        if figure is not None and figure.unit:
            value, unit, aspect = figure.value, figure.unit, figure.aspect
        else:
            bare = to_number(_SIGN.sub("", written))
            if bare is None or (_is_year(written) and not unit and _YEARS.search(heading)):
                continue
            value, unit = _scaled(-bare if _MINUS.match(written) else bare, unit or row_unit)
        indicator = f"{_dated(row_label)}{_dated(label)}▯"
        if unit in (PERCENT, TIMES) and re.search(r"增[速幅长]|比上年|同比", heading):
            aspect = "growth"
        elif aspect == "level":
            total = re.search(r"累计|总数|合计|年末|期末|总量", indicator)
            new = re.search(r"新增|新建|新培育|新认定|当年", indicator)
            aspect = "cumulative" if total else "new" if new else "level"
        found.append(
            Figure(
                written, cell.start, cell.end, value, unit, aspect,
                indicator=indicator, name=own + ("" if _is_year(label) else label), scope=scope,
            )
        )  # fmt: skip
    return found


def _scaled(value: Decimal, unit: str) -> tuple[Decimal, str]:
    """A value in the plain unit: 58.3 under 亿元 is 5830000000元."""
    match = re.match(r"[万亿千百]+", unit)
    if match is None or match.end() == len(unit):
        return value, unit
    factor = to_number(match.group())
    return (value * factor if factor else value), unit[match.end() :]


def _split_unit(heading: str) -> tuple[str, str]:
    """A heading without its unit, and the unit: 小区数（个） → 小区数, 个.

    >>> _split_unit("工业投资（亿元）"), _split_unit("优良天数"), _split_unit("利润增速")
    (('工业投资', '亿元'), ('优良天数', '天'), ('利润增速', ''))
    """
    match = _UNIT.search(heading)
    return (heading[: match.start()], fold(match["unit"])) if match else (heading, counted(heading))


def column_of(text: str, start: int) -> int | None:
    """Which column of a row, from 0, begins at an offset; None when none does."""
    return next((index for index, cell in enumerate(cells_of(text)) if cell.start == start), None)


def unit_of(table: Table, text: str, start: int) -> str:
    """The unit to say after a bare number of a row, as the heading writes it; empty when it has its own."""
    index = column_of(text, start)
    if index is None or index >= len(table.headings):
        return ""
    cells = cells_of(text)
    if figure_of(text[cells[index].start : cells[index].end]) is not None:
        return ""
    name = text[cells[0].start : cells[0].end]
    return _split_unit(table.headings[index])[1] or _split_unit(name)[1]


def spoken(table: Table, text: str) -> str:
    """A row as a sentence: 2023年：小区数18个，户数7000户。

    >>> spoken(Table(("年度", "小区数（个）"), Span(0, 0), ()), "2023年 18")
    '2023年：小区数18个'
    >>> spoken(Table(("区域", "白天", "夜间"), Span(0, 0), ()), "三类区 暂不收费")
    '三类区：暂不收费'
    """
    cells = cells_of(text)
    if len(cells) != len(table.headings):
        # One word for all columns.
        return "：".join(text[c.start : c.end] for c in cells) if len(cells) == 2 else text
    name = text[cells[0].start : cells[0].end]
    row_label, row_unit = _split_unit(name)
    parts = []
    for cell, heading in zip(cells[1:], table.headings[1:], strict=True):
        written = text[cell.start : cell.end]
        label, unit = _split_unit(heading)
        bare = to_number(_SIGN.sub("", written)) is not None and figure_of(written) is None
        # PM2.5 27微克/立方米 must not become 2.527.
        between = "为" if label[-1:].isdigit() else ""
        parts.append(f"{label}{between}{written}{(unit or row_unit) if bare else ''}")
    return f"{_dated(row_label)}：{'，'.join(parts)}"


def _dated(label: str) -> str:
    """A year as a row's name with its word: 2021 → 2021年."""
    return f"{label}年" if re.fullmatch(r"(?:19|20)\d\d", label) else label


def _is_year(text: str) -> bool:
    return re.fullmatch(r"(?:19|20)\d\d年?", text) is not None
