"""The cells of a workbook as text, whatever file they come from, within limits."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from policyqa.errors import UnreadableFile

MAX_CELLS = 500_000
"""Filled cells of a workbook, merged ones in each place they cover."""

MAX_CHARACTERS = 30_000_000

MAX_REPEATED = 200
"""Characters of a merged cell that stands in every place it covers; a longer one is no heading."""


@dataclass(slots=True)
class Budget:
    """What a workbook may still hold; files can repeat one long text a million times."""

    cells: int = MAX_CELLS
    characters: int = MAX_CHARACTERS

    def take(self, text: str) -> None:
        """Count one cell.

        Raises:
            UnreadableFile: the workbook is beyond the limits.
        """
        self.cells -= 1
        self.characters -= len(text)
        if self.cells < 0 or self.characters < 0:
            what = f"{MAX_CELLS} cells" if self.cells < 0 else f"{MAX_CHARACTERS} characters"
            raise UnreadableFile(f"is a workbook of more than {what}", "split it into smaller ones")


@dataclass(slots=True)
class Sheet:
    """A sheet while it is read: rows and columns count from 0 and may have gaps."""

    name: str
    budget: Budget
    hidden: bool = False
    _cells: dict[int, dict[int, str]] = field(default_factory=dict)
    _merged: list[tuple[int, int, int, int]] = field(default_factory=list)

    def put(self, row: int, column: int, text: str) -> None:
        """Add a cell; blank ones are none."""
        text = text.strip()
        if text:
            self.budget.take(text)
            self._cells.setdefault(row, {})[column] = text

    def merge(self, top: int, left: int, bottom: int, right: int) -> None:
        """Say that the cell at ``top``, ``left`` covers all cells up to ``bottom``, ``right``."""
        if bottom >= top and right >= left:
            self._merged.append((top, left, bottom, right))

    def rows(self) -> list[list[str]]:
        """The rows from the first to the last that holds something, without empty columns.

        Merged cells stand in every place they cover. An empty row is an empty list; of several
        together one is left.
        """
        columns = sorted({column for row in self._cells.values() for column in row})
        numbers = sorted(self._cells)
        self._fill(numbers, columns)
        found: list[list[str]] = []
        last = -1
        for number in numbers:
            if found and number > last + 1:
                found.append([])
            row = self._cells[number]
            width = bisect_right(columns, max(row))
            if len(row) * 50 < width:
                # One cell far to the right of all others would make every row as long.
                for _ in range(width):
                    self.budget.take("")
            found.append([row.get(column, "") for column in columns[:width]])
            last = number
        return found

    def _fill(self, numbers: Sequence[int], columns: Sequence[int]) -> None:
        """Put merged cells into the rows and columns that exist."""
        for top, left, bottom, right in self._merged:
            text = self._cells.get(top, {}).get(left, "")
            if not text or len(text) > MAX_REPEATED:
                continue
            covered = columns[bisect_left(columns, left) : bisect_right(columns, right)]
            for number in numbers[bisect_left(numbers, top) : bisect_right(numbers, bottom)]:
                for column in covered:
                    if (number, column) != (top, left) and column not in self._cells[number]:
                        self.budget.take(text)
                        self._cells[number][column] = text
        self._merged.clear()


@dataclass(slots=True)
class Workbook:
    """The visible sheets of a file in order, and what staff should know."""

    sheets: list[Sheet]
    notices: list[str] = field(default_factory=list)
