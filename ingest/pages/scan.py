"""A picture of a page → its lines and tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from ingest.pages.aligned import with_tables
from ingest.pages.grid import Ruled, find_grids, take_tables
from ingest.pages.layout import Glyph, Sheet, body_size, in_columns, lines_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_POINTS = 14.0
"""The size of an ordinary letter on a page."""
_DOUBTFUL = 0.85
"""Mean confidence of a page below which staff should look at its figures."""


def scanned(picture: NDArray[np.uint8], scale: float = 0.0) -> tuple[Sheet, float]:
    """What was recognised on a picture, and the mean confidence 0..1.

    Args:
        picture: grey values [height, width].
        scale: pixels to a unit of the sheet, a point; 0 when not known: from the size of the letters.

    Raises:
        UnreadableFile: recognition is not installed or fails.
    """
    from ingest.ocr import levelled, recognise

    scan = recognise(picture)
    scale = scale or body_size(glyph.size for glyph in scan.glyphs) / _POINTS or 1.0
    height, width = picture.shape[::-1] if scan.turned % 2 else picture.shape
    glyphs = [
        Glyph(g.text, g.x0 / scale, g.x1 / scale, g.y / scale, g.size / scale, g.spaced) for g in scan.glyphs
    ]
    grids = find_grids(levelled(picture, scan), scale) if glyphs else []
    return sheet_of(glyphs, width / scale, height / scale, grids), scan.confidence


def sheet_of(glyphs: Sequence[Glyph], width: float, height: float, grids: Sequence[Ruled]) -> Sheet:
    """The page that some characters and ruled grids make."""
    found, rest = take_tables(glyphs, grids)
    groups = list(found)
    groups += [[line] for line in lines_of(rest)]
    groups.sort(key=lambda group: group[0].top)
    blocks = [block for group in groups for block in group]
    return Sheet(width, height, with_tables(in_columns(blocks)))


def notices(
    pages: int, confidences: Mapping[int, tuple[float, int]], heads: Sequence[str]
) -> tuple[str, ...]:
    """What staff should know about recognised pages.

    Args:
        pages: how many there are; those without an entry hold no text.
        confidences: of each page number with text, its mean confidence and number of characters.
        heads: running heads left out.
    """
    found = []
    doubtful = [f"{n} ({value:.2f})" for n, (value, _) in confidences.items() if value < _DOUBTFUL]
    empty = [str(n) for n in range(1, pages + 1) if n not in confidences]
    if doubtful:
        found.append(f"识别把握不大，请核对数字：第 {'、'.join(doubtful)} 页")
    if empty:
        found.append(f"没有文字的页：{'、'.join(empty)}")
    found += [f"作为页眉页脚略去：{head}" for head in heads]
    return tuple(found)
