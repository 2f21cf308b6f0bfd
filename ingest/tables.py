"""Rows of a table as sentences that stand alone: 2023年：小区数18个，户数7000户。

The first row, or the first two or three where headings are merged, names the columns; the first
column names the row. A table without headings gives its cells, row by row.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from ingest.table_above import LONGEST_NAME, Row, distinct, ended, is_note, read_above, short_title
from ingest.table_cells import (
    asks_percent,
    dated,
    is_bare_number,
    is_empty,
    is_number,
    is_period,
    is_year,
    read_unit,
    said,
    split_unit,
    spread_unit,
    tidy,
)

# What a table around a document's metadata labels: 索引号|发文机关|成文日期|发布日期.
_META = re.compile(
    r"(?:索引号|发文机关|发布机构|发文单位|制发机关|发文字号|文号|成文日期|生成日期|发布日期|发布时间|主题分类|主题词|有效性|公开方式)[：:]?"
)
_SERIAL = re.compile(r"^(?:序\s*号|编\s*号|项次|行次|次序|No\.?|#)$", re.IGNORECASE)
# 1 · 1.2 · 一 · （二）
_COUNT = re.compile(r"[\d.]+|[（(]?[一二三四五六七八九十]{1,3}[)）]?")
# The heading 年份（年） is no unit of the row's numbers.
_NO_ROW_UNIT = ("年", "月", "日", "级", "类", "期", "届", "批")
_UNIT_COLUMN = re.compile(r"^(?:计量)?单\s*位$")
_SUM = re.compile(r"^(?:合|总|共)\s*计|^全[区县市省]$|^总数$")
_AMONG = re.compile(r"^(?:其\s*中\s*[：:]?\s*|#\s*)")
# 一、收入 · （一）税收 · 1.增值税 as the name of a row
_NUMBERING = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[.．、](?!\d)|[①-⑳])\s*"
)
# The second of two leading columns that says which item of the first the row is about.
_ITEM = re.compile(r"指标|项目|名称|类别|类型|分类|种类|等级|档次|季度|月份|年份|年度|品种|科目|区域|性质")
# Words that first rows of text-only tables are made of.
_HEADING = re.compile(
    r"序号|项目|内容|名称|指标|单位|类别|类型|时间|时限|日期|标准|备注|条件|金额|数量|对象|部门|责任|措施"
    r"|任务|目标|依据|方式|地点|地址|电话|联系|姓名|职务|程序|环节|要求|年度|年份|情况|说明|范围|镇街|乡镇"
    r"|区县|街道|企业|学校|面积|比例|总数|人数|户数|编号|案由|提案|建议|答复|结果|意见|状态|进度|进展|行业"
    r"|产品|性质|级别|等级|来源|网址|职责|牵头|承办|主办|投资|规模"
)
_FULL_STOP = re.compile(r"[。！？；]$")
_MAX_HEADINGS = 3


def rows_as_sentences(rows: Sequence[Sequence[str]], unit: str = "", title: str = "") -> list[str]:
    """One sentence a row, with the heading of each column and its unit.

    Args:
        rows: the cells in reading order. A merged cell stands in every place it covers; where it
            cannot (a PDF), the places after the first are empty. A line break inside a cell begins
            a paragraph: breaks that only wrap a line are for the caller to remove.
        unit: of all values whose column has none: 万元; several joined by 、.
        title: of the table; it goes in front of each row, since a row by itself may lack the year
            or the subject. A first row that spans the table is taken when this is empty.

    Returns:
        Lines without line breaks. Rows that say nothing are left out; notes inside the table stay.

    >>> rows = [["年度", "小区数（个）", "户数"], ["2023", "18", "7000"], ["合计", "72", "—"]]
    >>> rows_as_sentences(rows)
    ['2023年：小区数18个，户数7000户。', '合计：小区数72个。']
    """
    grid = _grid(rows)
    if not grid:
        return []
    if len(grid[0]) == 1:
        return [line for row in grid for line in row[0].split("\n")]
    if _is_meta(grid):
        return _meta_lines(grid)
    above = read_above(grid, unit, title)
    body = grid[above.rows :]
    body = _unfolded(body)
    depth = _heading_rows(body)
    prefix = _plain(short_title(above.title))
    if depth == 0:
        return above.notes + _without_headings(body, prefix)
    table = _Table(_columns(body[:depth], body[depth:], above.unit), prefix, tuple(body[:depth]))
    return above.notes + table.sentences(body[depth:])


def heading_rows(rows: Sequence[Sequence[str]]) -> int:
    """How many rows, none of them empty, a table has down to the last of its headings, its title among
    them; 0 when it has no headings.

    >>> heading_rows([["养老床位情况表", ""], ["镇街", "床位（张）"], ["石枰镇", "120"]])
    2
    """
    grid = _grid(rows)
    above = read_above(grid, "", "").rows if grid else 0
    depth = _heading_rows(_unfolded(grid[above:]))
    return above + depth if depth else 0


def title_above(rows: Sequence[Sequence[str]]) -> str:
    """The title in the rows above the headings; empty when there is none."""
    grid = _grid(rows)
    return read_above(grid, "", "").title if grid else ""


def _grid(rows: Sequence[Sequence[str]]) -> list[Row]:
    """Cells tidied, rows of one length, without empty rows and columns."""
    width = max((len(row) for row in rows), default=0)
    tidied = [tuple(tidy(cell) for cell in row) + ("",) * (width - len(row)) for row in rows]
    filled = [row for row in tidied if any(row)]
    kept = [c for c in range(width) if any(row[c] for row in filled)]
    return [tuple(row[c] for c in kept) for row in filled]


# --- headings -------------------------------------------------------------------------------------


def _heading_rows(body: Sequence[Row]) -> int:
    """How many rows at the top are headings; 0 when there are none."""
    if len(body) < 2 or not _could_head(body[0]):
        return 0
    first, below = body[0], body[1:]
    numeric = any(is_number(cell) for row in below for cell in row[1:])
    if not numeric:
        # Words only: the first row heads it when it is made of the words of headings.
        cells = distinct(first)
        named = sum(bool(_HEADING.search(cell)) for cell in cells)
        if named < (2 if len(cells) == 2 else len(cells) / 2):
            return 0  # 联系人 | 张三 is a label with its value
    depth = 1
    while depth < min(_MAX_HEADINGS, len(body) - 1) and _goes_on(body[:depth], body[depth]):
        depth += 1
    return depth


def _could_head(row: Row) -> bool:
    cells = [cell for cell in row if cell]
    if len(distinct(row)) < 2 or any(len(cell) > 40 or _FULL_STOP.search(cell) for cell in cells):
        return False
    if is_year(cells[0]) and any(not is_year(cell) for cell in cells):
        return False
    numbers = [cell for cell in cells if is_number(cell)]
    bare = [cell for cell in numbers if is_bare_number(cell) and not is_year(cell)]
    return not bare and sum(not is_year(cell) for cell in numbers) * 2 < len(cells)


def _goes_on(above: Sequence[Row], row: Row) -> bool:
    """Whether a row continues the headings: under a merged heading, beside one, or all units."""
    if not _could_head(row) and not (all(read_unit(c.strip("（）()")) for c in row if c) and any(row)):
        return False
    last = above[-1]
    beside = [c for c in range(1, len(row)) if last[c] and last[c] == last[c - 1] and row[c] != row[c - 1]]
    repeated = [c for c in range(len(row)) if last[c] and row[c] == last[c]]
    open_below = [c for c in range(1, len(row)) if not last[c] and row[c]]
    units = all(read_unit(cell.strip("（）()")) for cell in row if cell and cell not in last)
    if repeated and len(repeated) < len(row) and not beside and not units:
        # 石枰镇 | 同上 is a row; a heading merged downwards leaves the rest to be told apart.
        return all(cell not in ("", *last) or c in repeated for c, cell in enumerate(row))
    return bool(beside) or units or (bool(open_below) and (not row[0] or row[0] == last[0]))


def _unfolded(body: list[Row]) -> list[Row]:
    """A table printed in two halves side by side, one below the other: 镇街|床位|镇街|床位."""
    if len(body) < 2:
        return body
    half = len(body[0]) // 2
    if half < 2 or half * 2 != len(body[0]) or body[0][:half] != body[0][half:]:
        return body
    if len(set(body[0][:half])) < half or not _could_head(body[0]):
        return body
    right = [row[half:] for row in body[1:] if any(row[half:]) and not _spans(row)]
    return [row[:half] for row in body if any(row[:half])] + right


@dataclass(frozen=True, slots=True)
class _Column:
    """``unit`` stands in its heading, ``noted`` is what a note above the table gives it."""

    name: str
    unit: str
    noted: str
    role: Literal["value", "item", "unit", "serial"]


def _columns(headings: Sequence[Row], below: Sequence[Row], noted: str) -> list[_Column]:
    parts = [[row[c] for row in _filled(headings)] for c in range(len(headings[0]))]
    named = [_joined(column) for column in parts]
    # Notes and the names of groups stand in one cell and say nothing of its column.
    below = [row for row in below if len(distinct(row)) > 1]
    worded = [_is_text(below, c) for c in range(len(named))]
    roles: dict[int, Literal["value", "item", "unit", "serial"]] = {}
    for c, (name, _) in enumerate(named):
        cells = [row[c] for row in below if row[c]]
        if _SERIAL.match(name) and all(_COUNT.fullmatch(x) or _SUM.match(x) for x in cells):
            roles[c] = "serial"
        elif _UNIT_COLUMN.match(name) and cells and all(read_unit(x) for x in cells):
            roles[c] = "unit"
    rest = [c for c in range(len(named)) if c not in roles]
    if rest and _names_rows(rest[0], named, below):
        first = rest[0]
        roles[first] = "item"
        values = [row[first] for row in below]
        # A table of words has a second naming column only where the first groups rows.
        numeric = any(not worded[c] for c in rest[1:]) or len(set(values)) < len(values)
        for c in rest[1:-1]:
            if not (numeric and worded[c] and _ITEM.search(named[c][0])):
                break
            if any(len(row[c]) > 20 for row in below):
                break
            roles[c] = "item"
    bare = [c for c in range(len(named)) if c not in roles and not named[c][1] and not worded[c]]
    spread = dict(zip(bare, spread_unit(noted, [named[c][0] for c in bare]), strict=True))
    return [
        _Column(name, unit, spread.get(c, ""), roles.get(c, "value")) for c, (name, unit) in enumerate(named)
    ]


def _names_rows(first: int, named: Sequence[tuple[str, str]], below: Sequence[Row]) -> bool:
    """Whether a column names its rows: words, years, periods; a number with a unit does not."""
    name, unit = named[first]
    cells = [row[first] for row in below if row[first]]
    numbers = sum(is_number(cell) and not is_year(cell) for cell in cells)
    if numbers * 2 <= len(cells):
        return True
    return not unit and re.search(r"[年月季级档类]", name) is not None


def _is_text(below: Sequence[Row], column: int) -> bool:
    cells = [row[column] for row in below if row[column] and not is_empty(row[column])]
    return bool(cells) and sum(is_number(cell) for cell in cells) * 2 < len(cells)


def _filled(headings: Sequence[Row]) -> list[Row]:
    """Headings with merged ones repeated where the reader left the later places empty."""
    rows = [list(row) for row in headings]
    for upper, lower in pairwise(rows):
        for c in range(1, len(upper)):
            if not upper[c] and lower[c]:
                upper[c] = upper[c - 1]
    return [tuple(row) for row in rows]


def _joined(parts: Sequence[str]) -> tuple[str, str]:
    """Name and unit of a column from its headings, the outermost first.

    >>> _joined(["收入（万元）", "2023年"]), _joined(["总数", "其中：公办", "（所）"])
    (('2023年收入', '万元'), ('总数其中公办', '所'))
    """
    unit = ""
    names: list[str] = []
    for part in dict.fromkeys(parts):
        text = part.replace("\n", "")
        if whole := read_unit(text.strip("（）()")) if text[:1] in "（(" or names else "":
            unit = whole
            continue
        name, own = split_unit(text)
        unit = own or unit
        name = dated(re.sub(r"^其中[：:]\s*", "其中", name.strip()))
        if name and name not in names:
            names.append(name)
    # The year goes in front: 2023年收入.
    names.sort(key=lambda name: not is_period(name))
    return "".join(names), unit


# --- rows -----------------------------------------------------------------------------------------


def _spans(row: Row) -> bool:
    """Whether one cell fills the row."""
    return len(set(row)) == 1


@dataclass(slots=True)
class _Table:
    columns: Sequence[_Column]
    title: str
    headings: Sequence[Row]
    group: str = ""
    unsaid: str = ""
    """The row that named the group, until a row of the group comes."""
    whole: str = ""
    """The last row that 其中 speaks of."""
    first: str = ""
    """The last name in the first of several naming columns."""

    def sentences(self, rows: Sequence[Row]) -> list[str]:
        found: list[str] = []
        alone: list[str] = []
        for row in rows:
            cells = distinct(row)
            if row in self.headings:
                continue  # repeated at the top of a page
            if len(cells) == 1 and self._take_alone(row, cells[0], found):
                continue
            if sentence := self._sentence(row):
                self.unsaid = ""
                found.append(sentence)
                alone.clear()
            elif len(cells) == 1 and not _SUM.match(cells[0]) and not is_number(cells[0]):
                alone.append(cells[0].replace("\n", ""))
        self._say(found)
        # Below the last row of values stands what closes the sheet, not the names of empty rows.
        return found + alone

    def _say(self, found: list[str]) -> None:
        """Keep the name of rows that never came: a heading or a last line below the table."""
        found += [self.unsaid] if self.unsaid else []
        self.unsaid = ""

    def _take_alone(self, row: Row, cell: str, found: list[str]) -> bool:
        """Read a row that holds one cell: a note, or the name of the rows below it."""
        text = cell.replace("\n", "")
        if is_note(text) or _FULL_STOP.search(text) or len(text) > LONGEST_NAME:
            self._say(found)
            found.append(ended(text))
            return True
        if is_number(text):
            return False
        # A row whose values are missing is no group.
        if _spans(row) or _NUMBERING.match(text) or text.endswith(("：", ":")):
            self._say(found)
            self.group, self.unsaid = _plain(text), text
            return True
        return False

    def _sentence(self, row: Row) -> str:
        names, unit = self._names(row)
        items: list[str] = []
        for column, cell in zip(self.columns, row, strict=True):
            if column.role != "value" or (_SUM.match(cell) and cell in row[: self.columns.index(column)]):
                continue  # 合计 merged over the columns beside it
            own = column.unit or ("" if asks_percent(column.name) else unit) or column.noted
            if (text := said(column.name, own, cell)) and text not in items:
                items.append(text)
        if not items:
            return ""
        subject = "，".join(part for part in (self.title, self._subject(names)) if part)
        return ended(f"{subject}：{'，'.join(items)}" if subject else "，".join(items))

    def _names(self, row: Row) -> tuple[list[str], str]:
        """What the row is about, from the outermost, and the unit of its numbers."""
        names: list[str] = []
        units: list[str] = []
        items = [(i, c) for i, c in enumerate(self.columns) if c.role == "item"]
        for index, column in items:
            cell = row[index]
            if not cell and len(items) > 1 and index == items[0][0] and not _SUM.match(row[items[1][0]]):
                cell = self.first[:LONGEST_NAME]  # merged downwards in a file that does not say so
            if is_empty(cell):
                continue
            if index == items[0][0]:
                self.first = cell
            name, unit = split_unit(self._named(column, cell))
            units += [unit, "" if column.unit in _NO_ROW_UNIT else column.unit]
            if name not in names:
                names.append(name)
        for column, cell in zip(self.columns, row, strict=True):
            if column.role == "unit":
                units.insert(0, read_unit(cell))
            elif column.role == "serial" and not names and _SUM.match(cell):
                names.append(cell)
        return names, next((unit for unit in units if unit), "")

    @staticmethod
    def _named(column: _Column, cell: str) -> str:
        """The name of a row: 2023 is 2023年, 3 under 月份 is 3月."""
        text = cell.replace("\n", "")
        if re.fullmatch(r"\d+", text) and not is_year(text):
            if match := re.search(r"([年月])[份度]?$", column.name):
                return f"{text}{match[1]}"
            return f"{column.name}{text}"
        return dated(text)

    def _subject(self, names: Sequence[str]) -> str:
        plain = [_plain(name) for name in names]
        if not plain:
            return self.group
        if _SUM.match(plain[0]):
            self.group = ""
        if among := _AMONG.match(plain[0]):
            plain[0] = f"其中{plain[0][among.end() :]}"
            parts = [self.whole, *plain] if self.whole else plain
        else:
            self.whole = plain[0] if len(plain[0]) <= LONGEST_NAME else ""
            parts = plain
        group = "" if self.group in plain else self.group
        return "，".join(part for part in (group, *parts) if part)


def _plain(name: str) -> str:
    """The name of a row or group without its numbering: 一、收入 would open a section of the letter."""
    return _NUMBERING.sub("", name.replace("\n", "")).rstrip("：:。，")


def _without_headings(body: Sequence[Row], title: str) -> list[str]:
    """Rows of a table that has no headings: label and value, else the cells."""
    found = []
    for row in body:
        cells = [c.replace("\n", "；") for c in distinct(row) if not is_empty(c)]
        if not cells:
            continue
        if len(row) == 2 and len(cells) == 2 and not is_number(cells[0]):
            name, unit = split_unit(cells[0])
            value = said("", unit, cells[1])
            text = f"{_plain(dated(name))}：{value}"
        else:
            text = "，".join(cells)
        found.append(ended(f"{title}，{text}" if title else text))
    return found


# --- metadata -------------------------------------------------------------------------------------


def _is_meta(grid: Sequence[Row]) -> bool:
    cells = [cell for row in grid[:6] for cell in row if cell]
    return sum(_META.match(cell) is not None for cell in cells) >= 2


def _meta_lines(grid: Sequence[Row]) -> list[str]:
    """A document's metadata as lines that the head is read from: 索引号：… | 发文机关：…."""
    lines = []
    for row in grid:
        cells = [cell.replace("\n", "") for cell in row]
        labels = [_META.fullmatch(cell) is not None for cell in cells[::2]]
        if len(cells) % 2 == 0 and any(labels) and not any(_META.fullmatch(c) for c in cells[1::2]):
            pairs = zip(cells[::2], cells[1::2], strict=True)
            cells = [f"{label.rstrip('：:')}：{value}" for label, value in pairs if label and value]
        lines.append(" | ".join(cells))
    return lines
