"""The pages of an OFD file (GB/T 33190): characters with their places, ruled lines, pictures.

OFD.xml names a Document.xml, which names the pages. A page holds TextObjects, each a box with text
placed inside it character by character. Lengths are in millimetres from the upper left corner; they
become points here, the unit of a PDF's pages.
"""

from __future__ import annotations

import math
import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ingest.office_xml import Package
from ingest.pages.layout import Glyph, is_wide
from policyqa.errors import UnreadableFile

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

WHAT = "OFD document"

MAX_PAGES = 2000
_MAX_CHARACTERS = 40_000
"""Characters of a page; a densely printed newspaper page has 15,000."""
_MAX_RULES = 4000

_POINT = 72 / 25.4
"""Points to a millimetre."""
_MIDDLE = 0.38
"""How far the middle of a Chinese character is above its base line, in em."""
_A4 = (0.0, 0.0, 210.0, 297.0)

Box = tuple[float, float, float, float]
Matrix = tuple[float, float, float, float, float, float]
_UNMOVED: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(slots=True)
class OfdPage:
    """A page in points. ``rules`` are straight lines as x0, y0, x1, y1; ``pictured`` is the part of
    the page, 0..1, that its largest picture covers."""

    width: float
    height: float
    glyphs: list[Glyph] = field(default_factory=list)
    rules: list[Box] = field(default_factory=list)
    pictured: float = 0.0


def pages_of(package: Package) -> Iterator[OfdPage]:
    """The pages of all documents in an OFD file, in their order.

    Raises:
        UnreadableFile: encrypted, no OFD, damaged, or beyond a limit.
    """
    root = package.tree("OFD.xml")
    if root is None:
        raise UnreadableFile(f"is no {WHAT}: it has no OFD.xml", "give it the ending of its true format")
    if "Encryptions.xml" in package or any(True for _ in _named(root, "Encryptions")):
        raise UnreadableFile("is protected by a password", "save a copy without the password")
    bodies = [_text(body) for body in _named(root, "DocRoot")]
    if not bodies:
        raise UnreadableFile(f"is a damaged {WHAT}: it names no document", "replace it with a whole copy")
    count = 0
    for place in bodies:
        name = _place("", place)
        document = package.tree(name)
        if document is None:
            raise UnreadableFile(
                f"is a damaged {WHAT}: {name[:80]!r} is missing", "replace it with a whole copy"
            )
        for page in _pages(package, name, document):
            count += 1
            if count > MAX_PAGES:
                raise UnreadableFile(f"has more than {MAX_PAGES} pages", "split it")
            yield page


def _pages(package: Package, document_name: str, document: Element) -> Iterator[OfdPage]:
    area = next((_box(e) for e in _named(document, "PhysicalBox")), None)
    templates = {e.get("ID", ""): e.get("BaseLoc", "") for e in _named(document, "TemplatePage")}
    printed: set[str] = set()
    for reference in _named(document, "Page"):
        name = _place(document_name, reference.get("BaseLoc", ""))
        content = package.tree(name)
        if content is None:
            raise UnreadableFile(
                f"is a damaged {WHAT}: its page {name[:80]!r} is missing", "replace it with a whole copy"
            )
        box = next((_box(e) for e in _named(content, "PhysicalBox")), None) or area or _A4
        page = OfdPage(box[2] * _POINT, box[3] * _POINT)
        # What is on every page (a letterhead, a border) is read with the first that has it.
        for used in _named(content, "Template"):
            template = used.get("TemplateID", "")
            if template in templates and template not in printed:
                printed.add(template)
                below = package.tree(_place(document_name, templates[template]))
                if below is not None:
                    _draw(below, page, box)
        _draw(content, page, box)
        yield page


# --- objects --------------------------------------------------------------------------------------


def _draw(content: Element, page: OfdPage, box: Box) -> None:
    """Read the objects of a page or template; whatever blocks and layers hold them."""
    for element in content.iter("{*}TextObject", "{*}PathObject", "{*}ImageObject"):
        if element.get("Visible") == "false" or element.get("Alpha") == "0":
            continue
        kind = _local(element)
        boundary = _box(element, "Boundary") or (0.0, 0.0, 0.0, 0.0)
        if kind == "ImageObject":
            share = boundary[2] * boundary[3] / max(1.0, box[2] * box[3])
            page.pictured = max(page.pictured, min(1.0, share))
        elif kind == "PathObject":
            if len(page.rules) < _MAX_RULES:
                page.rules += _rules(element, boundary, _matrix(element))
        else:
            page.glyphs += _glyphs(element, boundary, _matrix(element))
            if len(page.glyphs) > _MAX_CHARACTERS:
                raise UnreadableFile(
                    f"has a page of more than {_MAX_CHARACTERS:,} characters", "print it to PDF and give that"
                )


def _glyphs(element: Element, boundary: Box, matrix: Matrix) -> Iterator[Glyph]:
    """The characters of a TextObject at their places on the page."""
    em = abs(_number(element.get("Size"), 0.0)) or 4.2
    wide = abs(_number(element.get("HScale"), 1.0)) or 1.0
    a, b, c, d, e, f = matrix
    scale = math.hypot(c, d) or 1.0
    x = y = 0.0
    for code in element.iter("{*}TextCode"):
        text = code.text or ""
        # What is not said is as in the TextCode before.
        x, y = _number(code.get("X"), x), _number(code.get("Y"), y)
        right, down = _deltas(code.get("DeltaX"), len(text)), _deltas(code.get("DeltaY"), len(text))
        at_x, at_y = x, y
        spaced = False
        for index, character in enumerate(text):
            width = em * wide * (1.0 if is_wide(character) else 0.5)
            if character.isspace():
                spaced = True
            else:
                x0 = boundary[0] + a * at_x + c * at_y + e
                x1 = boundary[0] + a * (at_x + width) + c * at_y + e
                base = boundary[1] + b * at_x + d * at_y + f
                middle = base - _MIDDLE * em * scale
                if all(map(math.isfinite, (x0, x1, middle))):
                    first, last = sorted((x0 * _POINT, x1 * _POINT))
                    yield Glyph(character, first, last, middle * _POINT, em * scale * _POINT, spaced)
                spaced = False
            # Without distances a text is set evenly; one that runs down does not run right.
            at_x += right[index] if index < len(right) else 0.0 if down else width
            at_y += down[index] if index < len(down) else 0.0


def _deltas(written: str | None, most: int) -> list[float]:
    """Distances from character to character; ``g 3 4.2`` stands for 4.2 4.2 4.2.

    >>> _deltas("5 g 2 4.2 5", 9), _deltas("g 999999999 1", 3), _deltas(None, 3)
    ([5.0, 4.2, 4.2, 5.0], [1.0, 1.0, 1.0], [])
    """
    parts = (written or "").replace(",", " ").split()[: 3 * most + 3]
    found: list[float] = []
    index = 0
    while index < len(parts) and len(found) < most:
        if parts[index] == "g" and index + 2 < len(parts):
            times = int(parts[index + 1][:9]) if parts[index + 1].isdecimal() else 0
            times = min(times, most - len(found))
            found += [_number(parts[index + 2], 0.0)] * times
            index += 3
        else:
            found.append(_number(parts[index], 0.0))
            index += 1
    return found


# M 0 0 L 160 0 · M 0 0 L 0 8 L 40 8 L 40 0 C
_STEP = re.compile(r"([SMLC])\s*(?:(-?[\d.]+(?:[eE]-?\d+)?)[\s,]+(-?[\d.]+(?:[eE]-?\d+)?))?|([QBA])")


def _rules(element: Element, boundary: Box, matrix: Matrix) -> Iterator[Box]:
    """The upright and level lines of a path; curves and slanting lines rule no table."""
    data = next((_text(e) for e in _named(element, "AbbreviatedData")), "")
    a, b, c, d, e, f = matrix
    start = at = (0.0, 0.0)
    for match in _STEP.finditer(data[:20_000]):
        if match[4]:
            return
        if match[1] == "C" and match[2] is None:
            target = start
        else:
            x, y = _number(match[2], 0.0), _number(match[3], 0.0)
            target = (boundary[0] + a * x + c * y + e, boundary[1] + b * x + d * y + f)
        if match[1] in "SM":
            start = target
        elif all(map(math.isfinite, (*at, *target))):
            level, upright = abs(at[1] - target[1]) < 0.2, abs(at[0] - target[0]) < 0.2
            if level != upright:
                yield at[0] * _POINT, at[1] * _POINT, target[0] * _POINT, target[1] * _POINT
        at = target


# --- attributes -----------------------------------------------------------------------------------


def _named(root: Element, name: str) -> Iterator[Element]:
    """The elements of a name in any name space; producers use several."""
    return root.iter("{*}" + name)


def _local(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _text(element: Element) -> str:
    return (element.text or "").strip()


def _place(base: str, reference: str) -> str:
    """The name of a part that another refers to; from the root when it begins with a stroke.

    >>> _place("Doc_0/Document.xml", "Pages/Page_0/Content.xml"), _place("Doc_0/Document.xml", "/Doc_0/a.xml")
    ('Doc_0/Pages/Page_0/Content.xml', 'Doc_0/a.xml')
    """
    reference = reference.strip().replace("\\", "/")
    whole = reference if reference.startswith("/") else posixpath.join(posixpath.dirname(base), reference)
    return posixpath.normpath(whole).lstrip("/")


def _number(written: str | None, otherwise: float) -> float:
    try:
        value = float(written) if written is not None else otherwise
    except ValueError:
        return otherwise
    return value if math.isfinite(value) and abs(value) < 1e6 else otherwise


def _numbers(written: str) -> list[float]:
    return [_number(part, 0.0) for part in written.replace(",", " ").split()[:6]]


def _box(element: Element, attribute: str = "") -> Box | None:
    """``0 0 210 297``: left, top, width, height; None unless all four are there."""
    found = _numbers(element.get(attribute, "") if attribute else _text(element))
    if len(found) < 4:
        return None
    return found[0], found[1], abs(found[2]), abs(found[3])


def _matrix(element: Element) -> Matrix:
    found = _numbers(element.get("CTM", ""))
    if len(found) < 6:
        return _UNMOVED
    return found[0], found[1], found[2], found[3], found[4], found[5]
