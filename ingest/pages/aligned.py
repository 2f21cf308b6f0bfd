"""Tables without vertical rules: lines whose pieces stand below one another.

Statistical bulletins have three rules only; in scans faint rules are lost.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.pages.layout import Line, Piece, Table
from ingest.tables import heading_rows

_LEAST_ROWS = 3
# 118.4 · 7.6% · -0.3 · 19家 · 2023年 · —
_VALUE = re.compile(r"[-－—+]?[\d,.，]*\d\s*[%％㐀-鿿/]{0,4}|[-－—/]+")


def with_tables(blocks: Sequence[Line | Table]) -> list[Line | Table]:
    """The blocks of a page, runs of lines that form a table replaced by it."""
    found: list[Line | Table] = []
    for run in _runs(blocks):
        table = _table(run) if len(run) >= _LEAST_ROWS else None
        if table is None:
            found += run
        else:
            found.append(table)
    return found


def _runs(blocks: Sequence[Line | Table]) -> Iterator[list[Line | Table]]:
    """Lines of several pieces that follow each other closely; any other block by itself."""
    run: list[Line | Table] = []
    for block in blocks:
        last = run[-1] if run else None
        if isinstance(block, Line) and len(block.pieces) >= 2:
            near = isinstance(last, Line) and block.y - last.y < 4 * block.size
            if run and not (near and last and last.column == block.column):
                yield run
                run = []
            run.append(block)
            continue
        if run:
            yield run
            run = []
        yield [block]
    if run:
        yield run


def _table(run: Sequence[Line | Table]) -> Table | None:
    lines = [line for line in run if isinstance(line, Line)]
    most = max(len(line.pieces) for line in lines)
    full = [line for line in lines if len(line.pieces) >= min(3, most)]
    if len(full) < _LEAST_ROWS:
        return None
    columns = _columns([line for line in full if len(line.pieces) == most])
    if len(columns) != most:
        return None
    rows = []
    for line in lines:
        row = [""] * most
        for piece in line.pieces:
            covered = [c for c, (x0, x1) in enumerate(columns) if piece.x0 < x1 and piece.x1 > x0]
            if not covered:
                covered = [min(range(most), key=lambda c: abs(sum(columns[c]) - piece.x0 - piece.x1))]
            # A heading over several columns is one that is merged.
            for c in covered:
                row[c] = f"{row[c]} {piece.text}" if row[c] else piece.text
        rows.append(tuple(row))
    if not _is_table(rows):
        return None
    return Table(rows, columns[0][0], columns[-1][1], lines[0].top, lines[-1].bottom, lines[0].column)


def _is_table(rows: Sequence[tuple[str, ...]]) -> bool:
    """Whether rows of cells are a table, and not a list of names, a table of contents or contacts.

    Most cells are values; or a row of headings stands above rows without a gap.
    """
    below = rows[1:]
    values = [cell for row in below for cell in row[1:] if cell]
    valued = sum(_VALUE.fullmatch(cell) is not None for cell in values)
    if len(rows[0]) > 2:
        if valued * 2 >= len(values):
            return True
    elif valued not in (0, len(values)):
        return False
    whole = all(all(row) for row in rows)
    labelled = any(re.search(r"[：:]", cell) for row in rows for cell in row)
    return whole and not labelled and heading_rows(rows) == 1


def _columns(lines: Sequence[Line]) -> list[tuple[float, float]]:
    """From where to where each column goes: pieces that overlap from line to line."""
    pieces: list[Piece] = sorted((p for line in lines for p in line.pieces), key=lambda p: p.x0)
    columns: list[tuple[float, float]] = []
    for piece in pieces:
        if columns and piece.x0 < columns[-1][1]:
            columns[-1] = (columns[-1][0], max(columns[-1][1], piece.x1))
        else:
            columns.append((piece.x0, piece.x1))
    return columns
