"""Characters with their places → lines, in reading order also where a page has two columns."""

from __future__ import annotations

import statistics
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

FORM = 10_000
"""Columns from here on are the cells of a form."""


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character: its left and right end, the middle of its height, its size (the em).

    ``spaced``: a blank was written before it.
    """

    text: str
    x0: float
    x1: float
    y: float
    size: float
    spaced: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a line without a gap of an em or more."""

    text: str
    x0: float
    x1: float


@dataclass(slots=True)
class Line:
    """A printed line, or the part of one that stands in a column.

    ``column`` is 0 where the page has one, else 1, 2; text of different columns has different margins.
    """

    pieces: tuple[Piece, ...]
    y: float
    size: float
    column: int = 0

    @property
    def x0(self) -> float:
        return self.pieces[0].x0

    @property
    def x1(self) -> float:
        return self.pieces[-1].x1

    @property
    def top(self) -> float:
        return self.y - self.size / 2

    @property
    def bottom(self) -> float:
        return self.y + self.size / 2

    @property
    def text(self) -> str:
        """The pieces with their gaps, two blanks for a wide one."""
        parts = [self.pieces[0].text]
        for before, piece in zip(self.pieces, self.pieces[1:], strict=False):
            parts += ["  " if piece.x0 - before.x1 >= 1.6 * self.size else " ", piece.text]
        return "".join(parts)


@dataclass(slots=True)
class Table:
    """A table on a page: its rows of cells, and where it stands."""

    rows: list[tuple[str, ...]]
    x0: float
    x1: float
    top: float
    bottom: float
    column: int = 0


@dataclass(slots=True)
class Sheet:
    """A page: its lines and tables in reading order."""

    width: float
    height: float
    blocks: list[Line | Table] = field(default_factory=list)

    @property
    def lines(self) -> list[Line]:
        return [block for block in self.blocks if isinstance(block, Line)]

    @property
    def characters(self) -> int:
        """How many characters its lines and tables hold."""
        cells = sum(len(c) for b in self.blocks if isinstance(b, Table) for row in b.rows for c in row)
        return cells + sum(len(piece.text) for line in self.lines for piece in line.pieces)


def is_wide(character: str) -> bool:
    """Whether a character takes a whole em.

    >>> is_wide("委"), is_wide("，"), is_wide("7")
    (True, True, False)
    """
    return unicodedata.east_asian_width(character) in "WFA"


def ems(text: str) -> float:
    """How many em a text takes when it is set evenly.

    >>> ems("2023年")
    3.0
    """
    return sum(1.0 if is_wide(character) else 0.5 for character in text)


def body_size(sizes: Iterable[float]) -> float:
    """The size that most characters have; 0 without any."""
    counted: dict[float, int] = {}
    for size in sizes:
        key = round(size * 2) / 2
        counted[key] = counted.get(key, 0) + 1
    return max(counted, key=counted.__getitem__) if counted else 0.0


def lines_of(glyphs: Sequence[Glyph]) -> list[Line]:
    """The lines that some characters form, from top to bottom."""
    rows: list[list[Glyph]] = []
    middle = 0.0
    for glyph in sorted(glyphs, key=lambda g: g.y):
        if rows and abs(glyph.y - middle) < 0.45 * max(glyph.size, rows[-1][0].size):
            rows[-1].append(glyph)
            middle += (glyph.y - middle) / len(rows[-1])
        else:
            rows.append([glyph])
            middle = glyph.y
    return [_line(row) for row in rows]


def _line(row: list[Glyph]) -> Line:
    row.sort(key=lambda g: g.x0)
    size = statistics.median_high([glyph.size for glyph in row])
    pieces: list[Piece] = []
    text, start = [row[0].text], row[0].x0
    end = row[0].x1
    before = row[0]
    for glyph in row[1:]:
        if glyph.text == before.text and glyph.x0 - before.x0 < 0.12 * size:
            continue  # printed twice to look bold
        gap = glyph.x0 - end
        if gap >= size:
            pieces.append(Piece("".join(text), start, end))
            text, start = [], glyph.x0
        elif _blank_between(before, glyph, gap / size):
            text.append(" ")
        text.append(glyph.text)
        end = max(end, glyph.x1)
        before = glyph
    pieces.append(Piece("".join(text), start, end))
    return Line(tuple(pieces), statistics.median(g.y for g in row), size)


def _blank_between(left: Glyph, right: Glyph, gap: float) -> bool:
    """Whether a gap of less than an em is a blank; justified lines stretch all their gaps."""
    if right.spaced:
        return gap > 0.1
    if left.text.isascii() and right.text.isascii() and (left.text.isalpha() or right.text.isalpha()):
        return gap > 0.22
    return gap > 0.7


# --- columns --------------------------------------------------------------------------------------

_LEAST_LINES = 6
"""Lines that stand side by side before they are taken for columns."""


def in_columns(blocks: Sequence[Line | Table]) -> list[Line | Table]:
    """Blocks of a page in reading order: where text runs in two columns, the left one first.

    Lines across both columns, such as titles, and tables stay where they are and divide the page.
    """
    lines = [block for block in blocks if isinstance(block, Line) and block.column < FORM]
    gutter = _gutter(lines)
    if gutter is None:
        return list(blocks)
    ordered: list[Line | Table] = []
    left: list[Line] = []
    right: list[Line] = []
    for block in blocks:
        if (
            isinstance(block, Table)
            or block.column >= FORM
            or any(p.x0 < gutter < p.x1 for p in block.pieces)
        ):
            ordered += [*left, *right, block]
            left, right = [], []
            continue
        for side, column, pieces in (
            (left, 1, tuple(p for p in block.pieces if p.x1 <= gutter)),
            (right, 2, tuple(p for p in block.pieces if p.x0 >= gutter)),
        ):
            if pieces:
                side.append(Line(pieces, block.y, block.size, column))
    return [*ordered, *left, *right]


def _gutter(lines: Sequence[Line]) -> float | None:
    """The middle of the space between two columns of running text; None where there is none."""
    pieces = [piece for line in lines for piece in line.pieces]
    if len(lines) < _LEAST_LINES:
        return None
    x0, x1 = min(p.x0 for p in pieces), max(p.x1 for p in pieces)
    em = body_size(line.size for line in lines)
    step = max(em / 2, 1.0)
    candidates = [x0 + (x1 - x0) * 0.3 + step * i for i in range(int((x1 - x0) * 0.4 / step) + 1)]
    crossing = [sum(p.x0 < x < p.x1 for p in pieces) for x in candidates]
    # A few lines, such as titles, run across; text of a column is crossed by every line of it.
    most = min(crossing) + 0.15 * len(lines)
    runs: list[list[float]] = []
    for x, count in zip(candidates, crossing, strict=True):
        if count <= most:
            if runs and x - runs[-1][-1] < step * 1.5:
                runs[-1].append(x)
            else:
                runs.append([x])
    widest = max(runs, key=len)
    gutter = statistics.median(widest)
    across = sum(p.x0 < gutter < p.x1 for p in pieces)
    beside = [
        (left, right)
        for line in lines
        if (left := [p for p in line.pieces if p.x1 <= gutter])
        and (right := [p for p in line.pieces if p.x0 >= gutter])
    ]
    if len(beside) < _LEAST_LINES or len(beside) < 1.5 * across:
        return None
    # Cells of a table are short and leave their column half empty; so do labels with their values.
    filled_left = statistics.median(sum(p.x1 - p.x0 for p in left) for left, _ in beside)
    filled_right = statistics.median(sum(p.x1 - p.x0 for p in right) for _, right in beside)
    whole_left = max(p.x1 for left, _ in beside for p in left) - x0
    whole_right = x1 - min(p.x0 for _, right in beside for p in right)
    running = filled_left >= 0.7 * whole_left and filled_right >= 0.7 * whole_right
    return gutter if running and min(whole_left, whole_right) > 8 * em else None
