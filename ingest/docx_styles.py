"""How paragraphs of a Word document look, as far as it tells what they are: through their styles."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

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
        chain = list(self._chain(style))
        layers = [paragraph, *(element for _, element in chain), *self._rest]
        run = next((r for r in paragraph.iter(f"{W}r") if r.find(f"{W}t") is not None), None)
        runs = [run, *layers[1:]] if run is not None else layers
        align = _found(layers, "pPr", "jc", "val")
        list_id, level = self._list(own, chain)
        name = next((n.get(f"{W}val", "") for _, e in chain if (n := e.find(f"{W}name")) is not None), "")
        return Look(
            aligned={"center": "center", "right": "right", "end": "right"}.get(align, "left"),
            size=_number(_found(runs, "rPr", "sz", "val"), 2, 10.5),
            red=re.fullmatch(
                r"(?i)[c-f][0-9a-f][0-4][0-9a-f][0-4][0-9a-f]", _found(runs, "rPr", "color", "val")
            )
            is not None,
            before=_spacing(layers, "before"),
            after=_spacing(layers, "after"),
            page_break=_found(layers, "pPr", "pageBreakBefore", "val", "1") in ("1", "true", "on"),
            list_id=list_id,
            list_level=level,
            contents=re.match(r"(?i)toc\s?\d", name) is not None,
        )

    def _chain(self, style: str) -> Iterator[tuple[str, Element]]:
        for _ in range(_MAX_CHAIN):
            element = self._by_id.get(style)
            if element is None:
                return
            yield style, element
            based = element.find(f"{W}basedOn")
            style = "" if based is None else based.get(f"{W}val", "")

    def _list(self, own: Element | None, chain: list[tuple[str, Element]]) -> tuple[str, int]:
        """The list a paragraph belongs to and its level there; no list is an empty id."""
        level: int | None = None
        for style, element in [("", own), *((s, e.find(f"{W}pPr")) for s, e in chain)]:
            number = None if element is None else element.find(f"{W}numPr")
            if number is None:
                continue
            at, of = number.find(f"{W}ilvl"), number.find(f"{W}numId")
            if level is None and at is not None and re.fullmatch("[0-8]", at.get(f"{W}val", "")):
                level = int(at.get(f"{W}val", ""))
            if of is not None:
                list_id = of.get(f"{W}val", "")
                if list_id == "0":
                    return "", 0
                linked = [self._linked[list_id, s] for s, _ in chain if (list_id, s) in self._linked]
                if level is None or (style and linked):
                    level = linked[0] if linked else 0
                return list_id, level
        return "", 0


def _found(layers: list[Element], group: str, name: str, attribute: str, bare: str = "") -> str:
    """The first setting of a name; ``bare`` is what it means without its attribute."""
    for layer in layers:
        for element in layer.iterfind(f"{W}{group}/{W}{name}"):
            if (value := element.get(f"{W}{attribute}", bare)) or bare:
                return value
    return ""


def _spacing(layers: list[Element], side: str) -> float:
    # beforeLines counts hundredths of a line, before twentieths of a point.
    lines = _number(_found(layers, "pPr", "spacing", f"{side}Lines"), 100, 0.0) * 15.6
    return max(lines, _number(_found(layers, "pPr", "spacing", side), 20, 0.0))


def _number(text: str, divisor: int, default: float) -> float:
    return int(text) / divisor if re.fullmatch(r"\d{1,5}", text, re.ASCII) else default
