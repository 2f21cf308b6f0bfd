"""Tables in plain text: a line of headings and lines with as many cells, most of them numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.lines import Line
from policyqa.schema import Span, Table
from policyqa.tables import cells_of

# 18 · 28.5% · -5.7% · 增加4 · 8万元 · 75分（含）—90分 · 5月16日至5月26日
_NUMERIC = re.compile(r"^(?=.{1,24}$).*\d")


def find_tables(lines: Sequence[Line]) -> tuple[Table, ...]:
    """The tables among the lines of a main text.

    A heading line has at least two cells, none a number or a sentence; the rows below have as many
    cells each, and at least a third of those after the first are numbers.
    """
    tables = []
    index = 0
    while index < len(lines):
        headings = _cells(lines[index].text)
        rows: list[Line] = []
        if _could_head(headings):
            for line in lines[index + 1 :]:
                if len(_cells(line.text)) != len(headings) or line.text.endswith("。"):
                    break
                rows.append(line)
        cells = [c for row in rows for c in _cells(row.text)[1:]]
        if len(rows) >= 2 and sum(bool(_NUMERIC.match(c)) for c in cells) * 3 >= len(cells):
            spans = tuple(Span(r.start, r.end) for r in rows)
            tables.append(Table(tuple(headings), lines[index].span, spans))
            index += len(rows)
        index += 1
    return tuple(tables)


def _cells(text: str) -> list[str]:
    return [text[s.start : s.end] for s in cells_of(text)]


def _could_head(cells: Sequence[str]) -> bool:
    return (
        2 <= len(cells) <= 16
        and all(len(c) <= 20 and not re.search(r"[。；，：]", c) for c in cells)
        and not any(re.fullmatch(r"[\d.,%-]+", c) for c in cells)
    )
