"""Page numbers and running heads: printed on every page and no part of the text."""

from __future__ import annotations

import re
import statistics
from collections.abc import Sequence

from ingest.pages.layout import Line, Sheet, body_size

_EDGE = 0.15
"""The part of a page's height at its top and bottom where furniture stands."""

# — 3 — · －3－ · 3 · 第 3 页 · 第3页 共12页 · 3/12 · ·3· · Page 3 of 12
_DASHED = re.compile(r"[—–－\-·•~]{1,3}\s*(\d{1,4})\s*[—–－\-·•~]{1,3}")
_COUNTED = re.compile(
    r"第\s*\d{1,4}\s*页\s*[，,/／（(]?\s*(?:共\s*\d{1,4}\s*页\s*[)）]?)?|\d{1,4}\s*[/／]\s*\d{1,4}"
    r"|(?:Page|P\.)\s*\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?",
    re.IGNORECASE,
)
_BARE = re.compile(r"\d{1,4}")


def without_furniture(sheets: Sequence[Sheet]) -> list[str]:
    """Drop page numbers and running heads from the pages, in place.

    Returns:
        The running heads dropped, for the notices: they might hold what stands nowhere else.
    """
    _drop_numbers(sheets)
    return _drop_running(sheets)


def _edge_lines(sheet: Sheet) -> list[Line]:
    """The lines close to the upper and lower edge of a page."""
    return [
        line for line in sheet.lines if line.y < _EDGE * sheet.height or line.y > (1 - _EDGE) * sheet.height
    ]


def _drop(sheet: Sheet, line: Line) -> None:
    sheet.blocks = [block for block in sheet.blocks if block is not line]


def _drop_numbers(sheets: Sequence[Sheet]) -> None:
    bare: list[tuple[int, Line, int]] = []
    for index, sheet in enumerate(sheets):
        lines = sheet.lines
        if not lines:
            continue
        highest, lowest = min(line.y for line in lines), max(line.y for line in lines)
        for line in _edge_lines(sheet):
            if line.y not in (highest, lowest):
                continue
            text = line.text.strip()
            if _DASHED.fullmatch(text) or _COUNTED.fullmatch(text):
                _drop(sheet, line)
            elif _BARE.fullmatch(text):
                bare.append((index, line, int(text)))
    # A number alone is the page's when it counts with the pages.
    offsets = [number - index for index, _, number in bare]
    for index, line, number in bare:
        if offsets.count(number - index) > 1 or number == index + 1:
            _drop(sheets[index], line)


def _drop_running(sheets: Sequence[Sheet]) -> list[str]:
    """Lines that stand at the same height of several pages, in no larger type than the text.

    They say the same on each of them, or differ by a number that counts with the pages.
    """
    body = body_size(line.size for sheet in sheets for line in sheet.lines)
    places: dict[str, list[tuple[Sheet, Line]]] = {}
    for index, sheet in enumerate(sheets):
        for line in _edge_lines(sheet):
            text = re.sub(r"\s+", "", line.text)
            if len(text) <= 50 and line.size <= 1.1 * body:
                for key in {text, _counting(text, index)}:
                    places.setdefault(key, []).append((sheet, line))
    dropped = []
    # Left and right pages may have heads of their own.
    least = max(2, 0.4 * len(sheets))
    for found in places.values():
        height = statistics.median(line.y / sheet.height for sheet, line in found)
        same = [(s, line) for s, line in found if abs(line.y / s.height - height) < 0.015]
        if all(len(s.lines) == 1 for s, _ in same):
            continue  # all that these pages say
        if len(same) < least or not all(_stands_apart(s, line, body) for s, line in same):
            continue
        for sheet, line in same:
            _drop(sheet, line)
        if same[0][1].text not in dropped:
            dropped.append(same[0][1].text)
    return dropped


def _counting(text: str, index: int) -> str:
    """A line with its numbers counted from those of the pages: the same for 第3页 on page 3, 第4页 on 4."""
    return re.sub(r"\d{1,4}", lambda number: f"#{int(number[0]) - index}", text)


def _stands_apart(sheet: Sheet, line: Line, body: float) -> bool:
    """Whether a line is smaller than the text or has space between it and the text."""
    if line.size < 0.9 * body:
        return True
    upper = line.y < sheet.height / 2
    beyond = [o.y for o in sheet.lines if (o.y > line.y if upper else o.y < line.y) and o is not line]
    if not beyond:
        return True
    gap = min(beyond) - line.y if upper else line.y - max(beyond)
    return gap > 2.2 * body
