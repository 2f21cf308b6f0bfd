"""The rows of a sheet, of a workbook or a text file, as lines: titles, sentences of rows, notes.

A sheet may hold several tables; blank rows part them, but stand inside tables too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.table_above import LONGEST_NAME, distinct, ended, is_note
from ingest.table_cells import is_number
from ingest.tables import heading_rows, rows_as_sentences, title_above

Rows = list[list[str]]

# Sheet1 · 工作表2 · Sheet1 (2) · 汇总 are names that say nothing.
_NAMELESS = re.compile(
    r"(?:sheet|工作表|表格?|chart)\s*[\d一二三四五六七八九十]*|(?:汇总|统计|明细|数据|总)表?", re.IGNORECASE
)
_COPY = re.compile(r"\s*[（(]\d+[)）]$")
_LONG = 200
"""Characters from which on a cell of several sentences is a text of its own, not a value."""


def sheet_lines(rows: Sequence[Sequence[str]], name: str = "") -> list[str]:
    """The lines of a sheet, a blank one between its tables.

    Args:
        rows: the cells, a merged one in every place it covers; an empty row is an empty list.
        name: of the sheet; it stands for the title where a table has none.

    >>> sheet_lines([["养老床位情况表", ""], [], ["镇街", "床位（张）"], ["石枰镇", "120"]], "Sheet1")
    ['养老床位情况表', '', '养老床位情况，石枰镇：床位120张。']
    """
    named = _meaning(name)
    lines: list[str] = []
    said = ""
    for block in _tables(rows):
        own = title_above(block) if heading_rows(block) else ""
        title = own or named
        if title and title != said:
            lines += ["", title]
            said = title
        lines += ["", *_table_lines(block, "" if own else named)]
    return _single_blanks(lines)


def _meaning(name: str) -> str:
    """What the name of a sheet says; empty when it only counts."""
    text = _COPY.sub("", name.strip())
    return "" if _NAMELESS.fullmatch(text) or not re.search(r"[㐀-鿿]|\d{4}", text) else text


def _tables(rows: Sequence[Sequence[str]]) -> Iterator[Rows]:
    """The rows that belong to one table each, with the title above them.

    A blank row may stand below a title, below the headings and between groups of rows: what has no
    headings of its own goes on under those above it.
    """
    table: Rows = []
    for block in _blocks(rows):
        if not table:
            table = block
        elif _only_titles(table) or (not heading_rows(block) and heading_rows(table + block)):
            table = table + block
        else:
            yield table
            table = block
    if table:
        yield table


def _blocks(rows: Sequence[Sequence[str]]) -> Iterator[Rows]:
    block: Rows = []
    for row in rows:
        if any(cell.strip() for cell in row):
            block.append(list(row))
        elif block:
            yield block
            block = []
    if block:
        yield block


def _only_titles(block: Rows) -> bool:
    """Whether rows hold one short text each: the title, and perhaps the unit, of what comes next."""
    return len(block) <= 3 and all(
        len(cells) == 1
        and len(cells[0]) <= LONGEST_NAME
        and not is_number(cells[0])
        and not is_note(cells[0])
        and not re.search(r"[。；]$", cells[0])
        for row in block
        for cells in [distinct([cell.strip() for cell in row])]
    )


# --- texts in cells -------------------------------------------------------------------------------


def _table_lines(block: Rows, title: str) -> list[str]:
    """The sentences of a table; a cell that holds a whole text follows the sentence of its row."""
    depth = heading_rows(block)
    if not depth or not any(_is_long(cell) for row in block[depth:] for cell in row):
        return rows_as_sentences(block, title=title)
    lines: list[str] = []
    head, begun = block[:depth], depth
    for number in range(depth, len(block)):
        row = block[number]
        if any(_is_long(cell) for cell in row):
            short = [["" if _is_long(cell) else cell for cell in r] for r in block[begun : number + 1]]
            lines += rows_as_sentences(_kept(head, short), title=title)
            begun = number + 1
            for column, cell in enumerate(row):
                if _is_long(cell) and cell not in row[:column]:
                    lines += ["", f"{_heading(head, column)}：", *_paragraphs(cell), ""]
    if begun < len(block):
        lines += rows_as_sentences(head + block[begun:], title=title)
    return lines


def _is_long(cell: str) -> bool:
    return len(cell) >= _LONG and len(re.findall(r"[。；！？]", cell)) >= 2


def _kept(head: Rows, rows: Rows) -> Rows:
    """A table without the columns that are empty but for their headings."""
    width = max(len(row) for row in [*head, *rows])
    columns = [c for c in range(width) if any(c < len(row) and row[c] for row in rows)]
    return [[row[c] if c < len(row) else "" for c in columns] for row in [*head, *rows]]


def _heading(head: Rows, column: int) -> str:
    row = head[-1]
    return row[column].replace("\n", "") if column < len(row) and row[column] else "内容"


def _paragraphs(cell: str) -> list[str]:
    return [ended(line) for line in cell.split("\n") if line.strip()]


def _single_blanks(lines: Sequence[str]) -> list[str]:
    kept: list[str] = []
    for line in lines:
        if line or (kept and kept[-1]):
            kept.append(line)
    return kept[:-1] if kept and not kept[-1] else kept
