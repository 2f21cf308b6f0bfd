"""OFD (GB/T 33190), the fixed-layout format of Chinese offices: a zip of XML with placed characters."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.formats import RawText
from policyqa.errors import UnreadableFile

if TYPE_CHECKING:
    from ingest.ofd_pages import OfdPage
    from ingest.pages.grid import Ruled
    from ingest.pages.layout import Sheet

SUFFIXES = (".ofd",)

_SCALE = 2.0
"""Pixels to a point of the picture in which rules are looked for."""
_MAX_SIDE = 2400.0
"""Points of the longer side of a page that is searched for tables; A0 has 3,370, A3 1,191."""
_PICTURED = 0.25
"""From this part of the page on, a picture is thought to hold text."""


def read(path: Path) -> RawText:
    """The text of an OFD in reading order, with the offset of each page.

    Raises:
        UnreadableFile: no OFD, password, damaged, beyond a limit, or pictures only.
        OSError: passed on.
    """
    from ingest.ofd_pages import WHAT, pages_of
    from ingest.office_xml import Package
    from ingest.pages.flow import text_of
    from ingest.pages.furniture import without_furniture
    from ingest.pages.legible import is_garbled

    with Package(path, WHAT) as package:
        sheets: list[Sheet] = []
        pictured: list[int] = []
        for number, page in enumerate(pages_of(package), start=1):
            if page.pictured > _PICTURED:
                pictured.append(number)
            sheets.append(_sheet(page))
    empty = [n for n, sheet in enumerate(sheets, start=1) if not sheet.characters]
    heads = without_furniture(sheets)
    text, pages = text_of(sheets)
    if not text.strip():
        raise UnreadableFile(
            "holds only pictures of its pages" if pictured else "holds no text on its pages",
            "print it to PDF, which is read by recognition",
        )
    if is_garbled(text):
        raise UnreadableFile(
            "holds characters that mean nothing without its own fonts", "print it to PDF and give that"
        )
    return RawText(text, "OFD", pages, notices=_notices(empty, pictured, heads))


def _sheet(page: OfdPage) -> Sheet:
    from ingest.pages.scan import sheet_of

    return sheet_of(page.glyphs, page.width, page.height, _grids(page))


def _grids(page: OfdPage) -> list[Ruled]:
    """The tables that the lines of a page rule.

    They are drawn and looked for in the picture as a PDF's are, so that both see the same tables.
    """
    if len(page.rules) < 4 or not 0 < max(page.width, page.height) <= _MAX_SIDE:
        return []
    import numpy as np

    from ingest.pages.grid import find_grids

    height, width = int(page.height * _SCALE) + 1, int(page.width * _SCALE) + 1
    picture = np.full((height, width), 255, np.uint8)
    for x0, y0, x1, y1 in page.rules:
        left, right = sorted((_pixel(x0, width), _pixel(x1, width)))
        top, bottom = sorted((_pixel(y0, height), _pixel(y1, height)))
        picture[top : bottom + 1, left : right + 1] = 0
    return find_grids(picture, _SCALE)


def _pixel(place: float, size: int) -> int:
    return max(0, min(size - 1, round(place * _SCALE)))


def _notices(empty: Sequence[int], pictured: Sequence[int], heads: Sequence[str]) -> tuple[str, ...]:
    found = []
    if empty:
        found.append(f"没有文字的页：{'、'.join(map(str, empty))}")
    if pictured:
        found.append(f"有图片未读取的页：{'、'.join(map(str, pictured))}")
    found += [f"作为页眉页脚略去：{head}" for head in heads]
    return tuple(found)
