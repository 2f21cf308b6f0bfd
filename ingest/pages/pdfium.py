"""A PDF's pages by way of PDFium: characters with their places, pictures, rendering.

PDFium and not pypdf gives the text: it tells where each character stands, which lines, columns,
tables and running heads are found by; and pypdf sets blanks between the characters of OpenType fonts.
"""

from __future__ import annotations

import ctypes
import math
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ingest.pages.layout import Glyph, body_size
from policyqa.errors import UnreadableFile

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_LOCK = threading.Lock()
"""PDFium must not be called by two threads at once."""
_MAX_CHARACTERS = 40_000
"""Characters of a page; a densely printed newspaper page has 15,000."""
_FORMS = {1: "form fields", 2: "an XFA form", 3: "an XFA form"}


@dataclass(frozen=True, slots=True)
class PageText:
    """The characters of a page, upright, and its size in points.

    ``turned``: by how many quarters clockwise the page is turned to be read.
    ``pictured``: the part of the page, 0..1, that its largest picture covers.
    ``drawn``: how many shapes are drawn on it; ``invisible``: its text is only there to be searched.
    """

    glyphs: list[Glyph]
    width: float
    height: float
    turned: int
    pictured: float
    drawn: int
    invisible: bool


@contextmanager
def opened(path: Path) -> Iterator[Any]:
    """A PDF that is not encrypted as a ``pypdfium2.PdfDocument``; no other thread can open one meanwhile.

    Raises:
        UnreadableFile: it has a password, is encrypted, or is damaged.
    """
    import pypdfium2
    import pypdfium2.raw as pdfium

    with _LOCK:
        try:
            document = pypdfium2.PdfDocument(path)
        except pypdfium2.PdfiumError as error:
            raise refusal(getattr(error, "err_code", None)) from error
        try:
            if pdfium.FPDF_GetSecurityHandlerRevision(document) >= 0:
                # The word that tells so is hidden, which no ordinary program does.
                raise refusal(pdfium.FPDF_ERR_SECURITY)
            yield document
        finally:
            document.close()


def refusal(code: int | None) -> UnreadableFile:
    """What to tell of a PDF that cannot be opened, by PDFium's error."""
    import pypdfium2.raw as pdfium

    if code == pdfium.FPDF_ERR_PASSWORD:
        return UnreadableFile("is protected by a password", "save a copy without password")
    if code == pdfium.FPDF_ERR_SECURITY:
        return UnreadableFile("is encrypted in a way that is not known", "print it to a new PDF")
    return UnreadableFile("is damaged or no PDF", "replace it with a whole copy")


def form_kind(document: Any) -> str:
    """What kind of form the PDF is, whose filled-in values are no part of its text; empty for none."""
    return _FORMS.get(int(document.get_formtype()), "")


@contextmanager
def page_of(document: Any, index: int) -> Iterator[Any]:
    """A page, freed afterwards.

    Raises:
        UnreadableFile: the page is damaged.
    """
    import pypdfium2

    try:
        page = document[index]
    except (pypdfium2.PdfiumError, IndexError) as error:
        raise UnreadableFile(f"page {index + 1} is damaged", "replace it with a whole copy") from error
    try:
        yield page
    finally:
        page.close()


# --- characters -----------------------------------------------------------------------------------


@dataclass(slots=True)
class _Raw:
    """A character in the PDF's own coordinates; ``angle`` is the direction of reading in degrees."""

    text: str
    x: float
    y: float
    advance: float
    size: float
    angle: float
    spaced: bool


def read_page(page: Any) -> PageText:
    """The characters of a page without watermarks, and what else is on it."""
    import pypdfium2
    import pypdfium2.raw as pdfium

    # Its crop and media boxes as pypdfium2 reads them leave out what a page inherits.
    left, bottom, right, top = page.get_bbox()
    text = page.get_textpage()
    try:
        count = text.count_chars()
        if count > _MAX_CHARACTERS:
            raise UnreadableFile(
                f"has a page of {count:,} characters, at most {_MAX_CHARACTERS:,} are read", "split the page"
            )
        raw = list(_characters(text, count, bool(pdfium.FPDFPage_HasTransparency(page))))
        invisible = _is_invisible(text, count)
    except pypdfium2.PdfiumError as error:
        raise UnreadableFile("holds a damaged page", "replace it with a whole copy") from error
    finally:
        text.close()
    raw = [r for r in raw if left - 1 <= r.x <= right + 1 and bottom - 1 <= r.y <= top + 1]
    turned = _quarters(raw, page.get_rotation())
    # Watermarks run aslant; text of another direction stands in drawings.
    upright = [r for r in raw if abs((r.angle - 90 * turned + 180) % 360 - 180) < 3]
    glyphs = _without_watermark([_turned(r, turned, (left, bottom, right, top)) for r in upright])
    width, height = right - left, top - bottom
    if turned % 2:
        width, height = height, width
    pictured, drawn = _pictures(page, (right - left) * (top - bottom))
    return PageText(glyphs, width, height, turned, pictured, drawn, invisible)


def _characters(text: Any, count: int, transparency: bool) -> Iterator[_Raw]:
    import pypdfium2.raw as pdfium

    x, y = ctypes.c_double(), ctypes.c_double()
    box, matrix = pdfium.FS_RECTF(), pdfium.FS_MATRIX()
    colour = [ctypes.c_uint() for _ in range(4)]
    spaced = False
    lead = 0
    for index in range(count):
        if pdfium.FPDFText_IsGenerated(text, index) == 1:
            continue
        code = pdfium.FPDFText_GetUnicode(text, index)
        if 0xD800 <= code < 0xDC00:
            lead = code  # PDFium gives rare Han as two halves
            continue
        if lead and 0xDC00 <= code < 0xE000:
            code = 0x10000 + ((lead - 0xD800) << 10) + (code - 0xDC00)
        lead = 0
        character = chr(code) if code and not 0xD800 <= code < 0xE000 else "\ufffd"
        if character.isspace():
            spaced = True
            continue
        if character in _NOTHING:
            continue
        pdfium.FPDFText_GetCharOrigin(text, index, x, y)
        pdfium.FPDFText_GetMatrix(text, index, matrix)
        size = pdfium.FPDFText_GetFontSize(text, index) * math.hypot(matrix.c, matrix.d)
        if not 1 <= size < 2000:
            continue
        if transparency:
            pdfium.FPDFText_GetFillColor(text, index, *colour)
            if colour[3].value < 128:
                continue  # a watermark shines through
        pdfium.FPDFText_GetLooseCharBox(text, index, box)
        angle = math.degrees(math.atan2(matrix.b, matrix.a))
        advance = box.right - box.left if abs(matrix.a) >= abs(matrix.b) else box.top - box.bottom
        yield _Raw(character, x.value, y.value, advance, size, angle, spaced)
        spaced = False


# Soft hyphens and marks of direction, which ingest.parse would drop and shift the pages' offsets.
_NOTHING = frozenset("\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\ufffe\x00\x02")


def _is_invisible(text: Any, count: int) -> bool:
    """Whether the first character has no ink: the text that a scanner's own recognition left."""
    import pypdfium2.raw as pdfium

    if not count:
        return False
    found = pdfium.FPDFText_GetTextObject(text, 0)
    return bool(found) and pdfium.FPDFTextObj_GetTextRenderMode(found) == pdfium.FPDF_TEXTRENDERMODE_INVISIBLE


def _quarters(raw: list[_Raw], rotation: int) -> int:
    """By how many quarters the text of a page is turned, by the direction of most characters."""
    counted = Counter(round(r.angle / 90) % 4 for r in raw if abs(r.angle - 90 * round(r.angle / 90)) < 3)
    return counted.most_common(1)[0][0] if counted else (rotation // 90) % 4


def _turned(raw: _Raw, quarters: int, box: tuple[float, float, float, float]) -> Glyph:
    """A character where it stands when the page is held so that it can be read."""
    left, bottom, right, top = box
    x, y = {
        0: (raw.x - left, top - raw.y),
        1: (raw.y - bottom, raw.x - left),
        2: (right - raw.x, raw.y - bottom),
        3: (top - raw.y, right - raw.x),
    }[quarters]
    # From the base line to the middle of the em box.
    return Glyph(raw.text, x, x + raw.advance, y - 0.38 * raw.size, raw.size, raw.spaced)


def _without_watermark(glyphs: list[Glyph]) -> list[Glyph]:
    """The characters without large ones that other text runs through."""
    body = body_size(glyph.size for glyph in glyphs)
    large = [g for g in glyphs if g.size >= 1.8 * body]
    if not large or len(large) > 200:
        return glyphs
    small = [g for g in glyphs if g.size < 1.8 * body]
    struck = Counter(
        round(g.size)
        for g in large
        if any(g.x0 < s.x0 < g.x1 and abs(s.y - g.y) < 0.4 * g.size for s in small)
    )
    sizes = Counter(round(g.size) for g in large)
    marks = {size for size, times in struck.items() if times >= 0.3 * sizes[size]}
    return [g for g in glyphs if not (g.size >= 1.8 * body and round(g.size) in marks)]


# --- pictures -------------------------------------------------------------------------------------


def _pictures(page: Any, area: float) -> tuple[float, int]:
    """The part of the page that its largest picture covers, and how many shapes are drawn."""
    import pypdfium2.raw as pdfium

    largest, drawn = 0.0, 0
    box = [ctypes.c_float() for _ in range(4)]
    for index in range(min(pdfium.FPDFPage_CountObjects(page), 20_000)):
        found = pdfium.FPDFPage_GetObject(page, index)
        kind = pdfium.FPDFPageObj_GetType(found)
        if kind == pdfium.FPDF_PAGEOBJ_PATH:
            drawn += 1
        elif kind in (pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_FORM, pdfium.FPDF_PAGEOBJ_SHADING):
            if kind == pdfium.FPDF_PAGEOBJ_FORM:
                drawn += max(1, pdfium.FPDFFormObj_CountObjects(found))
                if not _holds_picture(found):
                    continue
            if pdfium.FPDFPageObj_GetBounds(found, *box):
                x0, y0, x1, y1 = (value.value for value in box)
                largest = max(largest, abs((x1 - x0) * (y1 - y0)))
    return (min(largest / area, 1.0) if area > 0 else 0.0), drawn


def _holds_picture(form: Any, depth: int = 0) -> bool:
    import pypdfium2.raw as pdfium

    if depth > 4:
        return False
    for index in range(min(pdfium.FPDFFormObj_CountObjects(form), 2000)):
        found = pdfium.FPDFFormObj_GetObject(form, index)
        kind = pdfium.FPDFPageObj_GetType(found)
        if kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            return True
        if kind == pdfium.FPDF_PAGEOBJ_FORM and _holds_picture(found, depth + 1):
            return True
    return False


_MAX_SIDE = 3600
"""Pixels of a rendered page's longer side: A3 at 200 dpi is 3,307."""


def rendered(page: Any, dpi: float, turned: int) -> tuple[NDArray[np.uint8], float]:
    """The page as a picture in grey, upright, and how many pixels it has to a point.

    Args:
        turned: quarters clockwise, as ``PageText.turned``.
    """
    import numpy as np

    width, height = page.get_size()
    scale = min(dpi / 72, _MAX_SIDE / max(width, height, 1.0))
    bitmap = page.render(scale=scale, grayscale=True, may_draw_forms=True)
    try:
        picture = np.asarray(bitmap.to_numpy())
        picture = picture.reshape(picture.shape[0], -1)[:, : bitmap.width]
        more = (turned - page.get_rotation() // 90) % 4
        return np.ascontiguousarray(np.rot90(picture, -more)), scale
    finally:
        bitmap.close()
