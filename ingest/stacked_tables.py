"""Tables of which each cell stands on a line of its own, as web pages and viewers copy them: back into rows.

单位 / 转派量（件） / 办结率 / 云埠区 / 21460 / 98.9% / … says nothing line by line. Only line ends are
replaced, one character by one, so that offsets stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.lines import Line, split_lines

MOST_COLUMNS = 8
FEWEST_COLUMNS = 3
"""Two columns are not told from a list of names with what is said of each."""
FEWEST_ROWS = 2
_SENTENCE = re.compile(r"[。；，：:？！]")
_VALUE = re.compile(r"^[-+−—]?[\d.,%％‰]+[㐀-鿿]{0,4}$|^第\d{1,3}位?$|^[-—/]+$")
_NAME = re.compile(
    r"(?=.*[㐀-鿿])(?!.*[。；，：:？！])(?![一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]).{1,16}"
)


def unstacked(body: str) -> str:
    """The text with the rows of such tables each on one line.

    >>> unstacked("区县\\n件数\\n办结率\\n甲区\\n12\\n98%\\n乙区\\n7\\n99%\\n\\n以上。")
    '区县\\u3000件数\\u3000办结率\\n甲区\\u300012\\u300098%\\n乙区\\u30007\\u300099%\\n\\n以上。'
    """
    lines = split_lines(body)
    ends: dict[int, str] = {}
    at = 0
    while at < len(lines):
        columns, rows = _table(lines, at)
        if not rows:
            at += 1
            continue
        cells = lines[at : at + columns * (rows + 1)]
        # A cell of two words would be two cells between blanks.
        mark = "｜" if any(re.search(r"\s", cell.text) for cell in cells) else "\u3000"
        for number, cell in enumerate(cells):
            if (number + 1) % columns:
                ends[body.index("\n", cell.end)] = mark
        at += len(cells)
    return "".join(ends.get(place, char) for place, char in enumerate(body)) if ends else body


def _table(lines: Sequence[Line], at: int) -> tuple[int, int]:
    """How many columns and rows of a table begin at a line; no rows where none does.

    No more lines are looked at than it has, so that a long text without blank lines takes no longer.
    """

    def cells(start: int, count: int) -> list[str]:
        """So many lines, if none of them but the table's first stands behind a blank one."""
        found = lines[start : start + count]
        parted = any(line.after_blank for number, line in enumerate(found) if start + number > at)
        return [] if parted or len(found) < count else [line.text for line in found]

    for columns in range(FEWEST_COLUMNS, MOST_COLUMNS + 1):
        headings = cells(at, columns)
        if not headings or not all(_NAME.fullmatch(text) and not _VALUE.match(text) for text in headings):
            return columns, 0
        kinds: list[bool] = []
        rows = 0
        while row := cells(at + columns * (rows + 1), columns):
            own = [_VALUE.match(cell) is not None for cell in row]
            kinds = kinds or own
            # Every column is of values or of words throughout.
            if own != kinds or own[0] or sum(own) * 2 < columns or any(_SENTENCE.search(c) for c in row):
                break
            rows += 1
        if rows >= FEWEST_ROWS:
            return columns, rows
    return 0, 0
