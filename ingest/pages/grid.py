"""Ruled tables: the lines seen on a rendered page → cells → rows of text.

Lines are looked for in the picture, since PDF producers draw them in many ways (strokes, thin
rectangles, whole grids in one path) and scans have nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from ingest.pages.layout import FORM, Glyph, Line, Table, body_size, lines_of
from ingest.pages.words import joined

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_MAX_RULES = 400
"""Rules of one direction; drawings and maps have more."""
_MAX_FIELDS = 5000
_LONG_CELL = 240
"""Characters of a cell that holds running text: a form drawn around a letter."""


class Rule(NamedTuple):
    """A straight line: where it stands across its direction, and from where to where it goes."""

    at: float
    start: float
    end: float


@dataclass(slots=True)
class Ruled:
    """A grid: the places of its lines, and for each field the number of the cell it belongs to.

    Merged cells cover several fields: ``cells[row][column]`` is the same number in all of them.
    """

    xs: list[float]
    ys: list[float]
    cells: list[list[int]]

    def cell_at(self, x: float, y: float) -> int | None:
        """The number of the cell at a point; None outside."""
        column = _interval(self.xs, x)
        row = _interval(self.ys, y)
        return None if row is None or column is None else self.cells[row][column]


def find_grids(picture: NDArray[np.uint8], scale: float) -> list[Ruled]:
    """The grids of at least two rows and two columns.

    Args:
        picture: grey values of the rendered page, [height, width].
        scale: pixels to a unit of the page; the result is in units. 1.5 to 3 to a point serve.
    """
    least = int(24 * scale)
    across = _rules(picture, least)
    down = _rules(picture.T, int(least / 2))
    if not (2 <= len(across) <= _MAX_RULES and 1 <= len(down) <= _MAX_RULES):
        return []
    # A vertical rule is part of a table only where it meets horizontal ones; strokes of letters do not.
    grids = [_ruled(h, v, 3 * scale) for h, v in _connected(across, down, 3 * scale)]
    return [
        Ruled([x / scale for x in g.xs], [y / scale for y in g.ys], g.cells) for g in grids if g is not None
    ]


def _rules(picture: NDArray[np.uint8], least: int) -> list[Rule]:
    """Horizontal runs of ink of at least ``least`` pixels, one rule for the rows of a thick one."""
    import numpy as np

    height, width = picture.shape
    if height < 16 or width <= least:
        return []
    grey = picture.astype(np.int16)
    reach = 5
    above = np.vstack([grey[reach:], np.repeat(grey[-1:], reach, 0)])
    below = np.vstack([np.repeat(grey[:1], reach, 0), grey[:-reach]])
    # Dark, or clearly darker than what is above and below: thin rules come out light grey.
    ink = (grey < 110) | ((grey + 24 < above) & (grey + 24 < below))
    thick = ink.copy()
    thick[1:] |= ink[:-1]
    thick[:-1] |= ink[1:]  # a line that is a little aslant steps from row to row
    thick[:, 2:] |= thick[:, :-2]  # bridges specks
    flat = np.zeros((height, width + 1), np.int8)
    flat[:, :-1] = thick
    steps = np.diff(flat.ravel(), prepend=np.int8(0))
    starts, ends = np.flatnonzero(steps == 1), np.flatnonzero(steps == -1)
    long = ends - starts >= least
    runs = [(int(s) // (width + 1), int(s) % (width + 1), int(e) % (width + 1)) for s, e in
            zip(starts[long], ends[long], strict=True)]  # fmt: skip
    if len(runs) > 40 * _MAX_RULES:
        return []
    return _merged(runs)


def _merged(runs: Sequence[tuple[int, int, int]]) -> list[Rule]:
    """Runs on neighbouring rows as one rule; both edges of a filled area."""
    open_: list[list[int]] = []  # first row, last row, start, end
    done: list[list[int]] = []
    for y, x0, x1 in runs:
        still = [group for group in open_ if y - group[1] <= 2]
        done += [group for group in open_ if y - group[1] > 2]
        open_ = still
        touching = [g for g in open_ if x0 <= g[3] + 4 and x1 >= g[2] - 4]
        if touching:
            group = touching[0]
            for other in touching[1:]:
                group[0] = min(group[0], other[0])
                group[2], group[3] = min(group[2], other[2]), max(group[3], other[3])
                open_.remove(other)
            group[1], group[2], group[3] = y, min(group[2], x0), max(group[3], x1)
        else:
            open_.append([y, y, x0, x1])
    rules = []
    for first, last, x0, x1 in done + open_:
        if last - first > 14:
            rules += [Rule(first + 1, x0, x1), Rule(last - 1, x0, x1)]
        else:
            rules.append(Rule((first + last) / 2, x0, x1))
    return sorted(rules)


def _connected(
    across: Sequence[Rule], down: Sequence[Rule], near: float
) -> Iterator[tuple[list[Rule], list[Rule]]]:
    """Rules that meet, table by table."""
    group = list(range(len(across)))
    meets: dict[int, list[int]] = {}
    for index, v in enumerate(down):
        touched = [
            i
            for i, h in enumerate(across)
            if h.start - near <= v.at <= h.end + near and v.start - near <= h.at <= v.end + near
        ]
        if len(touched) >= 2:
            meets[index] = touched
            first = group[touched[0]]
            others = {group[i] for i in touched}
            group = [first if g in others else g for g in group]
    for name in dict.fromkeys(group):
        flat = [rule for i, rule in enumerate(across) if group[i] == name]
        upright = [down[index] for index, touched in meets.items() if group[touched[0]] == name]
        if len(flat) >= 2 and upright:
            yield flat, upright


def _ruled(across: list[Rule], down: list[Rule], near: float) -> Ruled | None:
    xs, ys = _places([v.at for v in down], near), _places([h.at for h in across], near)
    # Statistical tables are open at both sides, others all around.
    left, right = min(h.start for h in across), max(h.end for h in across)
    top, bottom = min(v.start for v in down), max(v.end for v in down)
    if ys[0] - top > 3 * near:
        ys.insert(0, top)
        across.append(Rule(top, left, right))
    if bottom - ys[-1] > 3 * near:
        ys.append(bottom)
        across.append(Rule(bottom, left, right))
    if xs[0] - left > 3 * near:
        xs.insert(0, left)
        down.append(Rule(left, ys[0], ys[-1]))
    if right - xs[-1] > 3 * near:
        xs.append(right)
        down.append(Rule(right, ys[0], ys[-1]))
    rows, columns = len(ys) - 1, len(xs) - 1
    if rows < 2 or columns < 2 or rows * columns > _MAX_FIELDS:
        return None
    owner = list(range(rows * columns))

    def cell(row: int, column: int) -> int:
        index = row * columns + column
        while owner[index] != index:
            index = owner[index]
        return index

    for row in range(rows):
        for column in range(columns):
            if column and not _covered(down, xs[column], (ys[row], ys[row + 1]), near):
                owner[cell(row, column)] = cell(row, column - 1)
            if row and not _covered(across, ys[row], (xs[column], xs[column + 1]), near):
                owner[cell(row, column)] = cell(row - 1, column)
    return Ruled(xs, ys, [[cell(row, column) for column in range(columns)] for row in range(rows)])


def _places(values: list[float], near: float) -> list[float]:
    """Values with those close to each other taken as one."""
    places: list[float] = []
    for value in sorted(values):
        if not places or value - places[-1] > near:
            places.append(value)
    return places


def _covered(rules: Sequence[Rule], at: float, span: tuple[float, float], near: float) -> bool:
    """Whether rules at a place cover most of a span."""
    start, end = span
    covered = sum(
        max(0.0, min(rule.end, end) - max(rule.start, start)) for rule in rules if abs(rule.at - at) <= near
    )
    return covered >= 0.6 * (end - start)


def _interval(places: Sequence[float], value: float) -> int | None:
    for index in range(len(places) - 1):
        if places[index] <= value < places[index + 1]:
            return index
    return None


# --- what stands in the cells ---------------------------------------------------------------------


def take_tables(
    glyphs: Sequence[Glyph], grids: Sequence[Ruled]
) -> tuple[list[list[Table | Line]], list[Glyph]]:
    """What each of some grids makes of the characters in it, and the characters outside.

    A form drawn around running text gives lines, cell by cell, each cell a column of its own.
    """
    blocks: list[list[Table | Line]] = []
    rest = list(glyphs)
    for grid in sorted(grids, key=lambda g: (g.xs[-1] - g.xs[0]) * (g.ys[-1] - g.ys[0])):
        inside: dict[int, list[Glyph]] = {}
        outside = []
        for glyph in rest:
            cell = grid.cell_at((glyph.x0 + glyph.x1) / 2, glyph.y)
            if cell is None:
                outside.append(glyph)
            else:
                inside.setdefault(cell, []).append(glyph)
        # Strokes of large letters cross like rules.
        high = body_size(glyph.size for held in inside.values() for glyph in held)
        if high > 1.2 * (grid.ys[-1] - grid.ys[0]) / (len(grid.ys) - 1):
            continue
        found = _blocks(
            grid, {cell: lines_of(held) for cell, held in inside.items()}, FORM * (len(blocks) + 1)
        )
        if found:
            blocks.append(found)
            rest = outside
    return blocks, rest


def _blocks(grid: Ruled, lines: dict[int, list[Line]], first_column: int) -> list[Table | Line]:
    if (
        len(lines) < 3
        or len({column for row in grid.cells for column, c in enumerate(row) if c in lines}) < 2
    ):
        return []
    if any(sum(len(line.text) for line in held) > _LONG_CELL for held in lines.values()):
        order = dict.fromkeys(cell for row in grid.cells for cell in row)
        found: list[Table | Line] = []
        for number, cell in enumerate(order):
            for line in lines.get(cell, ()):
                line.column = first_column + number
                found.append(line)
        return found
    rows: list[tuple[str, ...]] = []
    for row in grid.cells:
        widths = _widths(grid, row)
        split = _split(row, lines)
        if split:
            rows += split
        else:
            rows.append(tuple(_cell_text(lines.get(cell, []), widths[cell]) for cell in row))
    return [Table(rows, grid.xs[0], grid.xs[-1], grid.ys[0], grid.ys[-1])]


def _widths(grid: Ruled, row: Sequence[int]) -> dict[int, float]:
    widths: dict[int, float] = {}
    for column, cell in enumerate(row):
        widths[cell] = widths.get(cell, 0.0) + grid.xs[column + 1] - grid.xs[column]
    return widths


# 18 · 60.5% · -5.7 · 12万元 · —
_VALUE = re.compile(r"[-－—+]?[\d,.，]*\d\s*[%％㐀-鿿/]{0,4}|[-－—/]+")


def _split(row: Sequence[int], lines: dict[int, list[Line]]) -> list[tuple[str, ...]]:
    """The rows that a field of the grid holds when no rules divide them; empty when it holds one.

    Only where all but the first cell hold one value a line; other lines are a wrapped cell.
    """
    columns = [lines.get(cell, []) for cell in row]
    counts = {len(held) for held in columns}
    if len(set(row)) != len(row) or len(counts) != 1 or counts.pop() < 2:
        return []
    if not all(_VALUE.fullmatch(line.text) for held in columns[1:] for line in held):
        return []
    return [tuple(line.text for line in level) for level in zip(*columns, strict=True)]


def _cell_text(lines: Sequence[Line], width: float) -> str:
    """The text of a cell; a line break only where a paragraph ends."""
    text = ""
    for before, line in zip((None, *lines), lines, strict=False):
        if before is None:
            text = line.text
            continue
        short = before.x1 - before.x0 < width - 3 * before.size
        paragraph = short and re.search(r"[。；：]$", text)
        text = f"{text}\n{line.text}" if paragraph else joined(text, line.text)
    return text
