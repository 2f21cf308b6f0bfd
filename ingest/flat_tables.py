"""Tables in plain text: a line of headings and lines with as many cells, most of them numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.lines import Line
from ingest.table_above import LONGEST_NAME, short_title
from ingest.table_cells import noted_unit, split_unit, spread_unit
from policyqa.schema import Span, Table
from policyqa.tables import cells_of
from policyqa.units import UNIT, counted

# 18 · 28.5% · -5.7% · 增加4 · 8万元 · 75分（含）—90分 · 5月16日至5月26日
_NUMERIC = re.compile(r"^(?=.{1,24}$).*\d")
# 118.4 · 4870张 · 护理型占比68.2%: no heading
_VALUE = re.compile(rf"^[\d.,%-]+$|\d[％%]$|^\d[\d.,]*[十百千万亿]*(?:{UNIT.pattern})$")
# 单位：万元 · （单位：个、%）
_NOTED = re.compile(r"[（(]?(?:计量)?单位[：:][^）)]*[）)]?")
# 表1 … · …情况表： · 附表
_TITLE = re.compile(r"^附?表|表(?:如下)?[：:]?$|情况$|如下[：:]$")


def find_tables(lines: Sequence[Line]) -> tuple[Table, ...]:
    """The tables among the lines of a main text.

    A heading line has at least two cells, none a number or a sentence; the rows below have as many
    cells each, and at least a third of those after the first are numbers. A row may have one word for all
    columns.
    """
    tables = []
    index = 0
    while index < len(lines):
        headings = _cells(lines[index].text)
        rows: list[Line] = []
        if _could_head(headings):
            for line in lines[index + 1 :]:
                whole = len(_cells(line.text)) == len(headings) and not line.text.endswith("。")
                if not whole and not (rows and len(headings) > 2 and _holds_throughout(line)):
                    break
                rows.append(line)
        whole_rows = [found for row in rows if len(found := _cells(row.text)) == len(headings)]
        cells = [c for row in whole_rows for c in row[1:]]
        if len(whole_rows) >= 2 and sum(bool(_NUMERIC.match(c)) for c in cells) * 3 >= len(cells):
            spans = tuple(Span(r.start, r.end) for r in rows)
            title, noted = _above([line.text for line in lines[max(0, index - 2) : index]])
            tables.append(Table(_with_units(headings, noted), lines[index].span, spans, title))
            index += len(rows)
        index += 1
    return tuple(tables)


def _above(lines: Sequence[str]) -> tuple[str, str]:
    """The title of a table and the unit noted for it, from the two lines above its headings.

    >>> _above(["各年末公共充电桩情况表", "单位：个"]), _above(["表：充电桩目标（个）"]), _above(["一、目标"])
    (('各年末公共充电桩情况', '个'), ('充电桩目标', '个'), ('', ''))
    """
    title, noted = "", ""
    for line in reversed(lines):
        text = line.strip()
        unit = noted_unit(text)
        if unit and len(_NOTED.sub("", text)) < 3:
            noted = noted or unit
            continue
        name, own = split_unit(_NOTED.sub("", text).rstrip("：:"))
        if (
            len(text) <= LONGEST_NAME
            and not re.search(r"[。；]", text)
            and (noted or own or _TITLE.search(text))
        ):
            title, noted = short_title(name), noted or unit or own
        break
    return title, noted


def _with_units(headings: Sequence[str], noted: str) -> tuple[str, ...]:
    """The headings, those without a unit with the one noted above the table that fits them."""
    bare = [
        at
        for at, heading in enumerate(headings)
        if at and not split_unit(heading)[1] and not counted(heading)
    ]
    units = dict(zip(bare, spread_unit(noted, [headings[at] for at in bare]), strict=True))
    return tuple(
        f"{heading}（{units[at]}）" if units.get(at) else heading for at, heading in enumerate(headings)
    )


def _cells(text: str) -> list[str]:
    return [text[s.start : s.end] for s in cells_of(text)]


def _holds_throughout(line: Line) -> bool:
    """Whether a line right below others is a row with one word for all its columns: 三类区　暂不收费."""
    cells = _cells(line.text)
    return (
        len(cells) == 2
        and not line.after_blank
        and all(len(c) <= 12 and not re.search(r"[。；，：:]", c) for c in cells)
        and not re.search(r"\d", cells[1])
    )


def _could_head(cells: Sequence[str]) -> bool:
    return (
        2 <= len(cells) <= 16
        and all(len(c) <= 20 and not re.search(r"[。；，：]", c) for c in cells)
        and not any(_VALUE.search(c) and not re.match(r"(?:19|20)\d\d年", c) for c in cells)
    )
