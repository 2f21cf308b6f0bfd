"""Characters of a picture, by rapidocr and the models in its wheel (extra ``ocr``)."""

from __future__ import annotations

import math
import re
import statistics
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ingest.pages.layout import Glyph, ems, is_wide
from policyqa.errors import UnreadableFile

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_SIDE = 2000
"""Pixels of the longer side that the engine works on; it makes larger pictures smaller."""
_SURE = 0.75
"""Mean confidence below which the picture may lie on its side or stand on its head."""

_FEW = 40
"""Characters of a page below which it is looked at from the other sides too."""

_engine: Any = None
_LOCK = threading.Lock()


@dataclass(frozen=True, slots=True)
class Scan:
    """What was recognised on a picture.

    ``glyphs`` in pixels of the upright picture, ``turned`` quarters clockwise; ``confidence`` is the
    mean over characters, 0..1, and 0 when nothing was found; ``slope`` is the angle of the lines.
    """

    glyphs: list[Glyph]
    confidence: float
    turned: int
    slope: float


@dataclass(frozen=True, slots=True)
class _Found:
    """A line found by the engine: four corners, clockwise from where its text begins."""

    text: str
    score: float
    corners: tuple[tuple[float, float], ...]


def recognise(picture: NDArray[np.uint8]) -> Scan:
    """The characters of a picture, upright; tried turned where they are not.

    Args:
        picture: grey values [height, width].

    Raises:
        UnreadableFile: the extra is not installed, or the engine fails.
    """
    import numpy as np

    found = _lines(picture)
    turned = 0
    # The engine turns tall boxes to read them; a page full of them lies on its side.
    characters = sum(len(f.text) for f in found)
    tall = sum(len(f.text) for f in found if _is_tall(f)) * 2 > characters
    # Of a small page on its side little may be found but short words.
    sparse = 0 < characters < _FEW
    if tall or sparse or (found and _confidence(found) < _SURE):
        for quarters in (1, 3) if tall or sparse else (2,):
            other = _lines(np.ascontiguousarray(np.rot90(picture, -quarters)))
            more = sum(len(f.text) for f in other) > 2 * characters
            if (
                other
                and (more or not sparse)
                and (_confidence(other) > _confidence(found) or ((tall or sparse) and not turned))
            ):
                found, turned = other, quarters
    slope = _slope(found)
    centre = (picture.shape[1] / 2, picture.shape[0] / 2)
    if turned % 2:
        centre = (centre[1], centre[0])
    glyphs = [glyph for line in found for glyph in _glyphs(line, slope, centre)]
    return Scan(glyphs, _confidence(found) if found else 0.0, turned, slope)


def levelled(picture: NDArray[np.uint8], scan: Scan) -> NDArray[np.uint8]:
    """The picture as its characters stand: turned upright, its lines level."""
    import numpy as np
    from PIL import Image

    upright = np.ascontiguousarray(np.rot90(picture, -scan.turned))
    if abs(scan.slope) < math.radians(0.05):
        return upright
    image = Image.fromarray(upright)
    return np.asarray(image.rotate(math.degrees(scan.slope), Image.Resampling.BILINEAR, fillcolor=255))


# --- the engine -----------------------------------------------------------------------------------


def _recogniser() -> Any:
    """The engine, made once a process; it takes a second and some 200 MB."""
    global _engine
    with _LOCK:
        if _engine is None:
            try:
                from rapidocr import RapidOCR
            except ImportError as error:
                raise UnreadableFile(
                    "is a scan, and recognising scans is not installed", "pip install 'policyqa[ocr]'"
                ) from error
            _engine = RapidOCR(params={"Global.log_level": "critical", "Global.use_cls": False})
        return _engine


def _lines(picture: NDArray[np.uint8]) -> list[_Found]:
    """The lines of a picture; of a long one, such as a screenshot of a whole web page, band by band."""
    height, width = picture.shape
    found: list[_Found] = []
    top = 0
    while top < height:
        bottom = _cut(picture, top, min(height, top + max(_SIDE, int(1.6 * width))))
        found += _read(picture[top:bottom], top)
        top = bottom
    return found


def _cut(picture: NDArray[np.uint8], top: int, wanted: int) -> int:
    """Where to cut a picture at or above a row: where no text is cut through."""
    if wanted >= picture.shape[0]:
        return int(picture.shape[0])
    import numpy as np

    first = top + 2 * (wanted - top) // 3
    unrest = np.ptp(picture[first:wanted], axis=1)
    calm = np.flatnonzero(unrest <= unrest.min() + 12)
    return first + int(calm[-1]) + 1


def _read(picture: NDArray[np.uint8], top: int) -> list[_Found]:
    engine = _recogniser()
    if min(picture.shape) < 8:
        return []
    with _LOCK:
        try:
            result = engine(picture)
        except MemoryError:
            raise
        except Exception as error:  # the engine's libraries raise whatever they like
            raise UnreadableFile(
                f"recognising the picture failed: {error}", "scan it again at 200 to 300 dpi"
            ) from error
    if getattr(result, "boxes", None) is None or not getattr(result, "txts", None):
        return []
    return [
        _Found(text, float(score), tuple((float(x), float(y) + top) for x, y in box))
        for box, text, score in zip(result.boxes, result.txts, result.scores, strict=True)
        if text.strip()
    ]


# --- geometry -------------------------------------------------------------------------------------


def _length(a: tuple[float, float], b: tuple[float, float]) -> float:
    return math.hypot(b[0] - a[0], b[1] - a[1])


def _is_tall(found: _Found) -> bool:
    width = max(x for x, _ in found.corners) - min(x for x, _ in found.corners)
    height = max(y for _, y in found.corners) - min(y for _, y in found.corners)
    return height > 1.5 * width


def _confidence(found: Sequence[_Found]) -> float:
    return sum(f.score * len(f.text) for f in found) / sum(len(f.text) for f in found)


def _slope(found: Sequence[_Found]) -> float:
    """The angle of the lines in radians, positive when they fall to the right."""
    angles = [
        math.atan2(f.corners[1][1] - f.corners[0][1], f.corners[1][0] - f.corners[0][0])
        for f in found
        if _length(f.corners[0], f.corners[1]) > 8 * _length(f.corners[0], f.corners[3])
    ]
    slope = statistics.median(angles) if len(angles) >= 3 else 0.0
    return slope if abs(slope) < math.radians(15) else 0.0


def _glyphs(found: _Found, slope: float, centre: tuple[float, float]) -> list[Glyph]:
    """The characters of a line, spread over it by their usual widths."""
    cos, sin = math.cos(-slope), math.sin(-slope)
    corners = [
        (
            centre[0] + (x - centre[0]) * cos - (y - centre[1]) * sin,
            centre[1] + (x - centre[0]) * sin + (y - centre[1]) * cos,
        )
        for x, y in found.corners
    ]
    x0, x1 = (corners[0][0] + corners[3][0]) / 2, (corners[1][0] + corners[2][0]) / 2
    y = sum(corner[1] for corner in corners) / 4
    height = (_length(found.corners[0], found.corners[3]) + _length(found.corners[1], found.corners[2])) / 2
    text = _official(found.text.strip())
    whole = ems(text)
    # Boxes stand a little beyond the text; long lines tell the size better by their width.
    size = (x1 - x0) / whole if whole >= 6 else 0.8 * height
    step = (x1 - x0) / whole if whole else 0.0
    glyphs = []
    at, spaced = x0, False
    for character in text:
        advance = step * (1.0 if is_wide(character) else 0.5)
        if character.isspace():
            spaced = True
        else:
            glyphs.append(Glyph(character, at, at + advance, y, size, spaced))
            spaced = False
        at += advance
    return glyphs


# --- characters -----------------------------------------------------------------------------------

_FULL = str.maketrans(",;:?!", "，；：？！")
# 79家,居 · 如下:一 · not 12,345 or 7:3 or 10:30
_MARK = re.compile(r"(?<=[㐀-鿿”》〉）)%％])[,;:?!](?=[^\d]|$)|(?<=[㐀-鿿”》）])[,;:](?=\d)")
# (第035号) · (一) · not (1)
_BRACKETS = re.compile(r"\(([^()]*[㐀-鿿][^()]*)\)")
_OPENING = re.compile(r"\((?=[㐀-鿿])")
_CLOSING = re.compile(r"(?<=[㐀-鿿])\)")


def _official(text: str) -> str:
    """Marks in the shapes of official Chinese, which recognition mixes with the Latin ones.

    >>> _official("您提出的建议(第035号)收悉,现答复如下:比为7:3,共12,345家")
    '您提出的建议（第035号）收悉，现答复如下：比为7:3，共12,345家'
    """
    text = _BRACKETS.sub(r"（\1）", text)
    text = _CLOSING.sub("）", _OPENING.sub("（", text))
    text = _MARK.sub(lambda match: match.group().translate(_FULL), text)
    return re.sub(r"(?<=\d),(?=[㐀-鿿])", "，", text)
