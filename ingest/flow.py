"""HTML as people see it, in lines: paragraphs, list items, table rows; blank lines where space is."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from dataclasses import dataclass, field

from bs4 import BeautifulSoup
from bs4.element import CData, NavigableString, PageElement, Tag

from ingest.tables import rows_as_sentences
from policyqa.errors import UnreadableFile

_BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dir",
    "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "header", "hgroup",
    "html", "legend", "li", "main", "menu", "nav", "ol", "p", "pre", "section", "summary", "table",
    "tbody", "td", "tfoot", "th", "thead", "tr", "ul", "ucapcontent", "ucaptitle", "founder-content",
})  # fmt: skip
_SPACED = frozenset({
    "h1", "h2", "h3", "h4", "h5", "h6", "hr", "table", "ul", "ol", "blockquote", "dl",
})  # fmt: skip
_HEADINGS = frozenset({
    "h1", "h2", "h3", "h4", "h5", "h6",
})  # fmt: skip
UNSEEN = frozenset({
    "script", "style", "noscript", "template", "head", "title", "meta", "link", "object", "embed",
    "applet", "audio", "video", "svg", "canvas", "map", "select", "option", "button", "input",
    "textarea", "iframe", "frame", "frameset", "math", "rp", "rt",
})  # fmt: skip
"""Elements whose text is not part of the page as it is read."""

_MAX_COLUMNS = 64
_MAX_CELLS = 100_000
_MAX_DEPTH = 500
"""Pages of careless editors nest some hundred elements, by tags that they never close."""

_MAX_ELEMENTS = 400_000

_HAN = "\u3000-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef“”‘’—…"
# Word wraps its HTML inside sentences: 会同区\r\n财政局
_WRAP = re.compile(rf"(?<=[{_HAN}])[ \t]*\n\s*(?=[{_HAN}])")
_BLANKS = re.compile(r"[ \t\n\r\f\v]+")
# 单位：万元 · （单位：个、万元） alone above a table
_UNIT_LINE = re.compile(r"[（(]?\s*(?:计量|金额)?单\s*位\s*[：:]\s*(?P<unit>[^：:\s（）()]{1,20})\s*[)）]?")
# 表1 2023年各镇街养老床位情况 · 附表：…
_TABLE_TITLE = re.compile(r"(?:附?表\s*[一二三四五六七八九十\d]{1,3}|附表)\s*[：:.、\s]?\s*\S.{2,50}")
_CELL = "\x1e"
"""Where a cell begins, inside a line that is not finished yet; no text holds it."""
_DECLARATIONS = re.compile(r"<!DOCTYPE[^>\[]*\[[^\]]*\]\s*>", re.IGNORECASE)
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class FlowLine:
    """A line of a page; an empty one is vertical space. ``linked``: it is nothing but links."""

    text: str
    linked: bool = False


def flow(root: Tag, skip: Container[int] = frozenset(), cells: bool = False) -> list[FlowLine]:
    """The lines of an element.

    Args:
        skip: ``id()`` of elements to leave out.
        cells: table rows as their cells with tabs between, for reading label tables, in place of
            sentences.
    """
    writer = _Writer()
    for event, node in _walk(root, skip, cells):
        if event == "text":
            writer.write(str(node))
        elif event == "table" and isinstance(node, Tag):
            writer.add_table(node)
        elif isinstance(node, Tag):
            (writer.open if event == "open" else writer.close)(node, cells)
    return writer.finished()


def _walk(root: Tag, skip: Container[int], cells: bool) -> Iterator[tuple[str, PageElement]]:
    """Opening and closing of elements and the text between, without recursion: pages may nest
    their elements thousands deep."""
    stack: list[Iterator[PageElement]] = [iter([root])]
    opened: list[Tag] = []
    while stack:
        node = next(stack[-1], None)
        if node is None:
            stack.pop()
            if opened:
                yield "close", opened.pop()
        elif isinstance(node, Tag):
            if (node.name in UNSEEN and node is not root) or id(node) in skip:
                continue
            if node.name == "table" and not cells and is_data_table(node):
                yield "table", node
                continue
            yield "open", node
            opened.append(node)
            stack.append(iter(node.children))
        elif type(node) in (NavigableString, CData):
            yield "text", node


@dataclass(slots=True)
class _Writer:
    lines: list[FlowLine] = field(default_factory=list)
    current: list[str] = field(default_factory=list)
    inside_link: int = 0
    unlinked: bool = False
    """Whether the current line holds text outside links."""
    verbatim: int = 0
    counters: list[int] = field(default_factory=list)
    """The next number of each list that is open; -1 for one without numbers."""
    begun: list[int] = field(default_factory=list)
    """How many lines there were where each open paragraph began."""

    def write(self, text: str) -> None:
        text = _CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
        if self.verbatim:
            first, *rest = text.split("\n")
            self.current.append(first)
            for line in rest:
                self.end_line()
                self.current.append(line)
        else:
            self.current.append(text)
        if text.strip() and not self.inside_link:
            self.unlinked = True

    def open(self, tag: Tag, cells: bool) -> None:
        name = tag.name
        if name == "br":
            self.end_line(forced=True)
        elif cells and name in ("td", "th", "dd"):
            self.current.append(_CELL)
        elif name in _BLOCKS or name in _HEADINGS or name == "hr":
            self.end_line()
            if name in _SPACED:
                self.space()
        if name == "p":
            self.begun.append(len(self.lines))
        elif name == "a":
            self.inside_link += 1
        elif name in ("pre", "xmp", "listing"):
            self.verbatim += 1
        elif name in ("ol", "ul"):
            numbered = name == "ol" and "none" not in str(tag.get("style", ""))
            start = re.fullmatch(r"\d{1,4}", str(tag.get("start", "1")))
            self.counters.append((int(start[0]) if start else 1) if numbered else -1)
        elif name == "li" and self.counters and self.counters[-1] > 0:
            self.current.append(f"{self.counters[-1]}. ")
            self.counters[-1] += 1

    def close(self, tag: Tag, cells: bool) -> None:
        name = tag.name
        if name == "a":
            self.inside_link -= 1
        elif name in ("pre", "xmp", "listing"):
            self.verbatim -= 1
        elif name in ("ol", "ul"):
            self.counters.pop()
        if cells and name in ("td", "th", "dt"):
            return
        if name == "p":
            # <p>&nbsp;</p> is how editors make space.
            self.end_line(forced=len(self.lines) == self.begun.pop())
        elif name in _BLOCKS or name in _HEADINGS:
            self.end_line()
            if name in _SPACED:
                self.space()

    def end_line(self, forced: bool = False) -> None:
        """Finish the current line; an empty one makes space only when ``forced``."""
        raw = "".join(self.current)
        self.current.clear()
        text = tidy_line(raw)
        # 1. of a list item whose text is in blocks of its own goes in front of the first of them.
        if re.fullmatch(r"\d{1,3}\.", text) and self.counters:
            self.current.append(raw)
            return
        if text:
            self.lines.append(FlowLine(text, linked=not self.unlinked))
        elif forced:
            self.space()
        self.unlinked = False

    def space(self) -> None:
        if self.lines and self.lines[-1].text:
            self.lines.append(FlowLine(""))

    def add_table(self, table: Tag) -> None:
        self.end_line()
        unit, title = self._take_unit(), ""
        caption = table.find("caption")
        if isinstance(caption, Tag):
            title = tidy_line(caption.get_text())
        elif self._last() and _TABLE_TITLE.fullmatch(self._last()):
            title = self._last()
        unit = unit or self._take_unit()
        self.space()
        for line in rows_as_sentences(grid(table), unit, title):
            self.lines.append(FlowLine(line))
        self.space()

    def _last(self) -> str:
        return next((line.text for line in reversed(self.lines[-2:]) if line.text), "")

    def _take_unit(self) -> str:
        """The unit of a line 单位：万元 just above, which then is said with every value."""
        match = _UNIT_LINE.fullmatch(self._last())
        if match is None:
            return ""
        while self.lines and not self.lines.pop().text:
            pass
        return match["unit"]

    def finished(self) -> list[FlowLine]:
        self.end_line()
        while self.lines and not self.lines[-1].text:
            self.lines.pop()
        return self.lines


def tidy_line(raw: str) -> str:
    """A line as a browser shows it: runs of blanks are one, breaks inside Chinese none.

    No-break spaces stay as blanks, for pages part columns with them; around the line all go.
    """
    cells = [_BLANKS.sub(" ", _WRAP.sub("", cell)) for cell in raw.split(_CELL)]
    text = "\t".join(cell.strip(" ") for cell in cells) if len(cells) > 1 else cells[0]
    return text.replace("\xa0", " ").strip(" \t\u3000\u200b\ufeff")


def is_data_table(table: Tag) -> bool:
    """Whether a table is rows of values, not a frame that lays out text."""
    if table.find("table") is not None:
        return False
    rows = [cells for row in table.find_all("tr") if (cells := _cells_of(row))]
    if len(rows) < 2 or max(len(cells) for cells in rows) < 2:
        return False
    texts = [cell.get_text().strip() for cells in rows for cell in cells]
    filled = [text for text in texts if text]
    # A letter set in a table has few cells, one of them with its paragraphs.
    return bool(filled) and max(map(len, filled)) < max(300, sum(map(len, filled)) * 0.6)


def grid(table: Tag) -> list[list[str]]:
    """The cells of a table, a merged one in every place it covers."""
    taken: dict[tuple[int, int], str] = {}
    rows = [row for row in table.find_all("tr") if row.find_parent("table") is table]
    for r, row in enumerate(rows):
        c = 0
        for cell in _cells_of(row):
            while (r, c) in taken:
                c += 1
            text = "\n".join(line.text for line in flow(cell) if line.text)
            wide, high = _span(cell, "colspan"), _span(cell, "rowspan")
            for down in range(min(high, len(rows) - r)):
                for right in range(wide):
                    if c + right < _MAX_COLUMNS and len(taken) < _MAX_CELLS:
                        taken.setdefault((r + down, c + right), text)
            c += wide
            if c >= _MAX_COLUMNS or len(taken) >= _MAX_CELLS:
                break
    width = max((c + 1 for _, c in taken), default=0)
    height = max((r + 1 for r, _ in taken), default=0)
    return [[taken.get((r, c), "") for c in range(width)] for r in range(height)]


def _cells_of(row: Tag) -> list[Tag]:
    return [cell for cell in row.children if isinstance(cell, Tag) and cell.name in ("td", "th")]


def _span(cell: Tag, name: str) -> int:
    """colspan="3"; what is no number, or beyond reason, is one place or the most there can be."""
    match = re.match(r"\s*(\d{1,6})", str(cell.get(name, "1")))
    return max(1, min(_MAX_COLUMNS if name == "colspan" else _MAX_CELLS, int(match[1]))) if match else 1


def parse_html(text: str) -> BeautifulSoup:
    """Parse a page, however broken.

    Raises:
        UnreadableFile: more elements, or more deeply nested ones, than could be searched in a minute.
    """
    if (count := text.count("<")) > _MAX_ELEMENTS:
        raise UnreadableFile(f"is a page of {count} elements, more than {_MAX_ELEMENTS}", "split it up")
    # Zero bytes end a page for libxml2; entities that a page declares are never expanded.
    soup = BeautifulSoup(_DECLARATIONS.sub("<!DOCTYPE html>", text.replace("\x00", "")), "lxml")
    depths: dict[int, int] = {id(soup): 0}
    for tag in soup.descendants:
        if isinstance(tag, Tag) and tag.parent is not None:
            depths[id(tag)] = depth = depths[id(tag.parent)] + 1
            if depth > _MAX_DEPTH:
                raise UnreadableFile(
                    f"nests its elements more than {_MAX_DEPTH} deep", "save it from a browser as text"
                )
    return soup
