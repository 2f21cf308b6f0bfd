"""Lines and tables of all pages → paragraphs: line breaks inside sentences healed.

Where a paragraph ends is told by the margins first (a line that is not full, a line that is
indented), and by marks and numbering where margins say nothing.
"""

from __future__ import annotations

import re
import statistics
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from ingest.head import TITLE_END
from ingest.pages.layout import FORM, Line, Sheet, Table, body_size, ems
from ingest.pages.words import joined
from ingest.table_cells import noted_unit
from ingest.tables import heading_rows, rows_as_sentences

# 。 · 。” · ：
_ENDED = re.compile(r"[。！？；：!?:;][”’」』）)》]*$")
# …，  · …、 · 其中（
_OPEN = re.compile(r"[，、,（(《“—]$")
# 一、 · （一） · 1. · 1、 · (1) · ① · 第一章 · 第三条 · 附件：
_NUMBERED = re.compile(
    r"[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}\s*[.．、](?!\d)|[①-⑳]"
    r"|第[一二三四五六七八九十百]+[章条编节]|附件?\s*\d*\s*[：:]|抄送|联系人|（此件|主送|附表"
)
# 李德勇委员： · 区财政局： · 各民主党派：
_ADDRESSEE = re.compile(
    r"[^。；，：:]{2,40}(?:委员|代表|同志|先生|女士|网友|党派|团体|小组|界别|单位|政府|政协|[局委办院厅部])们?[：:]"
)
_TABLE_TITLE = re.compile(r"^(?:附?表|附件)\s*[\d一二三四五六七八九十]")


@dataclass(frozen=True, slots=True)
class Frame:
    """Between which margins the text of a page or column runs, and how many lines show them."""

    left: float
    right: float
    lines: int

    @property
    def width(self) -> float:
        return self.right - self.left


@dataclass(slots=True)
class _Text:
    """The text as it grows; ``pages`` are offsets."""

    done: list[str] = field(default_factory=list)
    length: int = 0
    pages: list[int] = field(default_factory=list)
    open: str = ""
    """The paragraph that may go on."""
    begun: int = 0
    """Pages that begin with what comes next."""

    def close(self) -> None:
        """End the open paragraph."""
        if self.open:
            self.done.append(self.open)
            self.length += len(self.open) + 1
            self.open = ""

    def blank(self) -> None:
        self.close()
        if self.done and self.done[-1]:
            self.done.append("")
            self.length += 1

    def add(self, line: str) -> None:
        self.close()
        self._begin(self.length)
        self.open = line.strip()

    def go_on(self, line: str) -> None:
        self.open = joined(self.open, line)
        self._begin(self.length + len(self.open) - len(line.strip()))

    def whole(self) -> tuple[str, tuple[int, ...]]:
        self.close()
        text = "\n".join(self.done)
        self._begin(len(text))
        return text, tuple(self.pages)

    def _begin(self, at: int) -> None:
        self.pages += [at] * self.begun
        self.begun = 0


def text_of(sheets: Sequence[Sheet]) -> tuple[str, tuple[int, ...]]:
    """The text of some pages, a paragraph a line, and the offset at which each page begins."""
    frames = _Frames(sheets)
    text = _Text()
    before: Line | None = None
    tables = _continued(sheets)
    for number, sheet in enumerate(sheets):
        text.begun += 1
        leading = _leading(sheet)
        for index, block in enumerate(sheet.blocks):
            above = sheet.blocks[index - 1] if index else None
            if isinstance(block, Table):
                for row in tables[number, index]:
                    text.add(row)
                before = None
            elif not _is_unit_of(block, sheet.blocks, index):
                if before is not None and _goes_on(before, block, frames, leading):
                    text.go_on(block.text)
                else:
                    if isinstance(above, Line) and _is_apart(above, block, leading):
                        text.blank()
                    text.add(block.text)
                before = block
    return text.whole()


# --- margins --------------------------------------------------------------------------------------


class _Frames:
    """The margins of each page and column."""

    def __init__(self, sheets: Sequence[Sheet]) -> None:
        self._of: dict[int, Frame] = {}
        self._size = body_size(line.size for sheet in sheets for line in sheet.lines)
        lines: dict[tuple[int, int], list[Line]] = {}
        for number, sheet in enumerate(sheets):
            for line in sheet.lines:
                lines.setdefault((number, line.column), []).append(line)
        own = {key: _frame(held) for key, held in lines.items()}
        for (number, column), held in lines.items():
            frame = own[number, column]
            # A page with a few lines says little; the other pages have the same margins.
            others = [f for (n, c), f in own.items() if c == column < FORM and len(lines[n, c]) > len(held)]
            if len(held) < 12 and others:
                widest = max(others, key=lambda f: f.width)
                if widest.left <= frame.left + self._size and widest.right >= frame.right - self._size:
                    frame = widest
            for line in held:
                self._of[id(line)] = frame

    def of(self, line: Line) -> Frame:
        return self._of[id(line)]


def _frame(lines: Sequence[Line]) -> Frame:
    left = sorted(line.x0 for line in lines)
    right = sorted((line.x1 for line in lines), reverse=True)
    em = body_size(line.size for line in lines)
    # One line that sticks out, a stamp or a note in the margin, is no margin.
    first = 1 if len(left) > 4 and left[1] - left[0] > 2 * em else 0
    last = 1 if len(right) > 4 and right[0] - right[1] > 2 * em else 0
    return Frame(left[first], right[last], len(lines))


def _leading(sheet: Sheet) -> float:
    """The usual distance from line to line on a page."""
    lines = sheet.lines
    steps = [b.y - a.y for a, b in pairwise(lines) if a.column == b.column and b.y - a.y > 0.5 * a.size]
    return statistics.median_low(steps) if steps else 0.0


def _is_apart(above: Line, line: Line, leading: float) -> bool:
    """Whether there is more space between two lines of a page than between lines of a paragraph."""
    if above.column != line.column:
        return line.column != above.column + 1
    usual = max(leading, 0.5 * (above.size + line.size))
    return line.y - above.y > 1.45 * usual or line.y < above.y


# --- paragraphs -----------------------------------------------------------------------------------


def _goes_on(before: Line, line: Line, frames: _Frames, leading: float) -> bool:
    """Whether a line continues the paragraph of the line before it."""
    em = before.size
    if abs(before.size - line.size) > 0.2 * em:
        return False
    if (before.column >= FORM) and before.column != line.column:
        return False
    text = before.text
    ended = _ENDED.search(text) is not None
    below = leading and line.y > before.y and before.column == line.column
    # Some documents set paragraphs apart by a little space only.
    if below and line.y - before.y > (1.2 if ended else 1.45) * max(leading, em):
        return False
    old, new = frames.of(before), frames.of(line)
    if _is_aside(before, old) or _is_aside(line, new) or len(before.pieces) > 3 or len(line.pieces) > 3:
        return False
    if len(before.pieces) > 1 and len(line.pieces) > 1:
        return False  # rows of something, such as names or contacts
    if TITLE_END.search(text) and _ADDRESSEE.fullmatch(line.text):
        return False  # a title of one full line
    # A word of Latin letters or digits is not broken: it leaves a gap before it.
    word = re.match(r"[!-~]*", line.text)
    missing = old.right - before.x1
    full = missing <= 1.7 * em + em * ems(word.group() if word else "")
    if ended and old.lines < 3:
        full = False  # as wide as itself
    flush = line.x0 - new.left <= 0.9 * em
    numbered = _NUMBERED.match(line.text) is not None
    if full and flush and not (ended and numbered):
        return True
    if numbered:
        return False
    if _is_centred(before, old) or _is_centred(line, new):
        return False
    if full:
        # A paragraph that is indented as a whole.
        return not ended and abs((line.x0 - new.left) - (before.x0 - old.left)) < 1.5 * em
    if ended:
        return False
    # Ragged lines, as of a web page that was printed.
    return flush and (_OPEN.search(text) is not None or missing < 0.25 * old.width)


def _is_aside(line: Line, frame: Frame) -> bool:
    """Whether a line begins in the right half, as signatures do."""
    return line.x0 - frame.left > 0.4 * frame.width and frame.width > 12 * line.size


def _is_centred(line: Line, frame: Frame) -> bool:
    before, behind = line.x0 - frame.left, frame.right - line.x1
    return before > 2.5 * line.size and behind > 2.5 * line.size and abs(before - behind) < 1.5 * line.size


# --- tables ---------------------------------------------------------------------------------------


def _is_unit_of(line: Line, blocks: Sequence[Line | Table], index: int) -> bool:
    """Whether a line above a table only says 单位：万元; it is told in every row."""
    below = blocks[index + 1] if index + 1 < len(blocks) else None
    return isinstance(below, Table) and len(line.text) < 30 and bool(noted_unit(line.text))


def _caption(blocks: Sequence[Line | Table], index: int) -> tuple[str, str]:
    """Title and unit that stand above a table."""
    title = unit = ""
    for block in reversed(blocks[max(0, index - 2) : index]):
        if not isinstance(block, Line):
            break
        text = block.text.strip()
        if not unit and len(text) < 30 and (found := noted_unit(text)):
            unit = found
        elif _TABLE_TITLE.match(text) or (
            len(text) <= 40 and re.search(r"表(?:[（(][^（()）]*[)）])?$", text)
        ):
            return text, unit
        else:
            break
    return title, unit


def _continued(sheets: Sequence[Sheet]) -> dict[tuple[int, int], list[str]]:
    """The sentences of each table, by page and place on it; one that goes on knows its headings."""
    found: dict[tuple[int, int], list[str]] = {}
    rows: list[tuple[str, ...]] = []
    caption = ("", "")
    before: tuple[int, int] | None = None
    for number, sheet in enumerate(sheets):
        for index, block in enumerate(sheet.blocks):
            if not isinstance(block, Table):
                continue
            last = (
                before is not None
                and before[0] == number - 1
                and before[1] == len(sheets[number - 1].blocks) - 1
            )
            held = [row for row in block.rows if any(row)]
            if last and index == 0 and rows and len(rows[0]) == len(block.rows[0]):
                # The headings and the rows of the page before tell what these are about.
                said = len(rows_as_sentences(rows, caption[1], caption[0]))
                both, head = [*rows, *held], rows[: heading_rows(rows)]
            else:
                said, both, head = 0, held, []
                caption = _caption(sheet.blocks, index)
            found[number, index] = rows_as_sentences(both, caption[1], caption[0])[said:]
            rows = [*head, *held]
            before = (number, index)
    return found
