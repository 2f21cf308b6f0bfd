"""How paragraphs of a Word document look, as far as it tells what they are: through their styles."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypedDict

from ingest.docx_numbering import W

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_MAX_CHAIN = 20
"""Styles that one style may be based on; circles end here."""


@dataclass(frozen=True, slots=True)
class Look:
    """What a paragraph looks like. Sizes are in points."""

    aligned: str = "left"
    size: float = 10.5
    red: bool = False
    before: float = 0.0
    after: float = 0.0
    page_break: bool = False
    list_id: str = ""
    list_level: int = 0
    contents: bool = False
    """A line of a table of contents."""


@dataclass(slots=True)
class Styles:
    """The paragraph styles of a document."""

    _by_id: dict[str, Element] = field(default_factory=dict)
    _default: str = ""
    _rest: list[Element] = field(default_factory=list)
    _linked: dict[tuple[str, str], int] = field(default_factory=dict)
    """(list, style) → the level that the list gives to the style."""
    _looks: dict[str, Look] = field(default_factory=dict)

    @classmethod
    def of(cls, root: Element | None, numbering: Element | None) -> Styles:
        """The styles of a document from its parts for styles and numbering, where it has them."""
        styles = cls()
        for style in () if root is None else root.findall(f"{W}style"):
            key = style.get(f"{W}styleId", "")
            styles._by_id[key] = style
            if style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in ("1", "true"):
                styles._default = key
        if root is not None:
            for name in ("pPrDefault", "rPrDefault"):
                styles._rest += root.findall(f"{W}docDefaults/{W}{name}")
        if numbering is not None:
            styles._read_linked(numbering)
        return styles

    def _read_linked(self, numbering: Element) -> None:
        abstracts = {a.get(f"{W}abstractNumId", ""): a for a in numbering.findall(f"{W}abstractNum")}
        for number in numbering.findall(f"{W}num"):
            of = number.find(f"{W}abstractNumId")
            abstract = None if of is None else abstracts.get(of.get(f"{W}val", ""))
            for level in () if abstract is None else abstract.findall(f"{W}lvl"):
                style = level.find(f"{W}pStyle")
                at = level.get(f"{W}ilvl", "")
                if style is not None and re.fullmatch("[0-8]", at):
                    self._linked[number.get(f"{W}numId", ""), style.get(f"{W}val", "")] = int(at)

    def look(self, paragraph: Element) -> Look:
        """How a paragraph looks: its own settings, else those of its style and what that is based on."""
        own = paragraph.find(f"{W}pPr")
        named = None if own is None else own.find(f"{W}pStyle")
        style = self._default if named is None else named.get(f"{W}val", "")
        look = self._of_style(style)
        properties = paragraph.find(f"{W}r/{W}rPr")
        if properties is not None and len(properties):
            look = _with_run(look, [properties])
        if own is None or len(own) - (named is not None) == 0:
            return look
        look = _with_paragraph(look, [own])
        if own.find(f"{W}numPr") is not None:
            look = replace(look, **self._list([("", own), *self._properties(style)]))
        return look

    def _of_style(self, style: str) -> Look:
        if style not in self._looks:
            properties = [element for _, element in self._properties(style)]
            elements = [element for _, element in self._chain(style)]
            names = [e.get(f"{W}val", "") for element in elements for e in element.findall(f"{W}name")]
            look = Look(contents=bool(names) and re.match(r"(?i)toc\s?\d", names[0]) is not None)
            for default in reversed(self._rest):
                look = _with_run(
                    _with_paragraph(look, default.findall(f"{W}pPr")), default.findall(f"{W}rPr")
                )
            look = _with_run(look, [r for e in elements for r in e.findall(f"{W}rPr")])
            look = _with_paragraph(look, properties)
            self._looks[style] = replace(look, **self._list(self._properties(style)))
        return self._looks[style]

    def _properties(self, style: str) -> list[tuple[str, Element]]:
        return [(key, found) for key, e in self._chain(style) if (found := e.find(f"{W}pPr")) is not None]

    def _chain(self, style: str) -> Iterator[tuple[str, Element]]:
        for _ in range(_MAX_CHAIN):
            element = self._by_id.get(style)
            if element is None:
                return
            yield style, element
            based = element.find(f"{W}basedOn")
            style = "" if based is None else based.get(f"{W}val", "")

    def _list(self, chain: list[tuple[str, Element]]) -> _List:
        """The list that settings put a paragraph in and its level there; no list is an empty id.

        Args:
            chain: style and settings, the paragraph's own first.
        """
        level: int | None = None
        for style, properties in chain:
            number = properties.find(f"{W}numPr")
            if number is None:
                continue
            at, of = number.find(f"{W}ilvl"), number.find(f"{W}numId")
            if level is None and at is not None and re.fullmatch("[0-8]", at.get(f"{W}val", "")):
                level = int(at.get(f"{W}val", ""))
            if of is not None:
                list_id = of.get(f"{W}val", "")
                if list_id == "0":
                    break
                linked = [self._linked[list_id, s] for s, _ in chain if (list_id, s) in self._linked]
                if linked and (level is None or style):
                    level = linked[0]
                return {"list_id": list_id, "list_level": level or 0}
        return {"list_id": "", "list_level": 0}


class _List(TypedDict):
    list_id: str
    list_level: int


_ALIGNED = {"center": "center", "right": "right", "end": "right"}
# FF0000 · C00000 · D7261E: the red of letterheads
_RED = re.compile(r"[c-f][0-9a-f][0-4][0-9a-f][0-4][0-9a-f]", re.IGNORECASE)


def _with_paragraph(look: Look, layers: Sequence[Element]) -> Look:
    """``look`` with what the settings (w:pPr) say, the innermost first."""
    align = _found(layers, "jc", "val")
    broken = _found(layers, "pageBreakBefore", "val", "1")
    return replace(
        look,
        aligned=_ALIGNED.get(align, "left") if align else look.aligned,
        before=_spacing(layers, "before", look.before),
        after=_spacing(layers, "after", look.after),
        page_break=broken in ("1", "true", "on") if broken else look.page_break,
    )


def _with_run(look: Look, layers: Sequence[Element]) -> Look:
    """``look`` with what the settings of its characters (w:rPr) say."""
    color = _found(layers, "color", "val")
    return replace(
        look,
        size=_number(_found(layers, "sz", "val"), 2, look.size),
        red=_RED.fullmatch(color) is not None if color else look.red,
    )


def _found(layers: Sequence[Element], name: str, attribute: str, bare: str = "") -> str:
    """The first setting of a name; ``bare`` is what it means without its attribute."""
    for layer in layers:
        element = layer.find(f"{W}{name}")
        if element is not None and (value := element.get(f"{W}{attribute}", bare)):
            return value
    return ""


def _spacing(layers: Sequence[Element], side: str, default: float) -> float:
    # beforeLines counts hundredths of a line, before twentieths of a point.
    lines, points = _found(layers, "spacing", f"{side}Lines"), _found(layers, "spacing", side)
    if not lines and not points:
        return default
    return max(_number(lines, 100, 0.0) * 15.6, _number(points, 20, 0.0))


def _number(text: str, divisor: int, default: float) -> float:
    return int(text) / divisor if re.fullmatch(r"\d{1,5}", text, re.ASCII) else default
