"""The paragraphs and tables of a Word document's story: its body, a cell, a text box, a header.

What a reader sees: insertions count, tracked deletions, hidden text and field codes do not;
automatic numbers are written out; of a drawing the text boxes are read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ingest.docx_numbering import Numbering, W
from ingest.docx_styles import Look, Styles
from policyqa.errors import UnreadableFile

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"

_MAX_PARAGRAPHS = 300_000
"""Paragraphs of all stories together; a thick book has 20,000."""

_MAX_COLUMNS = 500

_MAX_CELLS = 200_000
"""Cells of a table, merged ones in each place."""

_MAX_REPEATED = 200
"""Characters of a merged cell that is read in every place it covers; a longer one is no name."""

# Inside these a run may stand.
_AROUND = {
    f"{W}{name}"
    for name in ("ins", "moveTo", "hyperlink", "smartTag", "customXml", "fldSimple", "dir", "bdo")
}
_DELETED = {f"{W}del", f"{W}moveFrom"}
_SYMBOLS = {"F0FE": "☑", "F052": "☑", "F0FC": "√", "F0A8": "□", "F06F": "□", "F0A3": "□", "F0B2": "⑩"}
# A number that ends so needs no blank before the text: 一、（一）1.
_JOINS = re.compile(r"[、.．)）】\]①-⑳]$")
# 1. before 2024年 does: 1.2024 is another number.
_POINT = re.compile(r"[\d.．]$")


@dataclass(slots=True)
class Paragraph:
    """A paragraph; several lines where it is broken by hand. Empty ones are space on the page."""

    text: str
    look: Look = field(default_factory=Look)
    notes: list[str] = field(default_factory=list)
    """Its footnotes."""


@dataclass(slots=True)
class Grid:
    """A table: what each cell holds, a merged cell in every place it covers."""

    rows: list[list[list[Paragraph | Grid]]]


Block = Paragraph | Grid


@dataclass(slots=True)
class Left:
    """What was met and not taken into the text."""

    deletions: int = 0
    pictures: int = 0
    objects: int = 0


@dataclass(slots=True)
class _Inline:
    """What a paragraph's runs hold while they are gone through."""

    pieces: list[str] = field(default_factory=list)
    above: list[Block] = field(default_factory=list)
    below: list[Block] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    fields: list[bool] = field(default_factory=list)
    """For each open field whether its result has begun."""


@dataclass(slots=True)
class Story:
    """Reads stories of one document; numbers count on from one to the next."""

    styles: Styles
    numbering: Numbering
    footnotes: Mapping[str, Element]
    endnotes: Mapping[str, Element]
    left: Left = field(default_factory=Left)
    _noted: set[Element] = field(default_factory=set)
    _count: int = 0

    def blocks(self, parent: Element) -> list[Block]:
        """The paragraphs and tables of an element in reading order."""
        found: list[Block] = []
        joining: Paragraph | None = None
        for element in _flattened(parent):
            if element.tag == f"{W}tbl":
                found.append(self._grid(element))
                joining = None
                continue
            self._count += 1
            if self._count > _MAX_PARAGRAPHS:
                raise UnreadableFile(
                    f"is a Word document of more than {_MAX_PARAGRAPHS} paragraphs",
                    "split it into smaller ones",
                )
            inline, look = self._paragraph(element)
            if look.contents:
                continue
            text = "".join(inline.pieces)
            if joining is not None:
                joining.text += text
                joining.notes += inline.notes
                found += inline.above + inline.below
            else:
                paragraph = Paragraph(text, look, inline.notes)
                # An empty paragraph that only holds a text box is no space on the page.
                own = [paragraph] if text.strip() or not (inline.above or inline.below) else []
                found += [*inline.above, *own, *inline.below]
                joining = paragraph if own else None
            # Its mark was deleted: the next paragraph goes on in it.
            if element.find(f"{W}pPr/{W}rPr/{W}del") is None:
                joining = None
        return found

    # --- paragraphs -----------------------------------------------------------------------------

    def _paragraph(self, element: Element) -> tuple[_Inline, Look]:
        look = self.styles.look(element)
        inline = _Inline()
        self._inline(element, inline)
        text = "".join(inline.pieces).strip()
        # Word numbers empty paragraphs too, but none whose text was deleted.
        if look.list_id and (text or next(element.iter(*_DELETED), None) is None):
            label = self.numbering.label(look.list_id, look.list_level)
            if label and text:
                apart = _POINT.search(label) and text[0].isdigit()
                blank = "" if _JOINS.search(label) and not apart else " "
                inline.pieces = [label, blank, text]
        return inline, look

    def _inline(self, parent: Element, inline: _Inline) -> None:
        for child in parent:
            tag = child.tag
            if tag == f"{W}r":
                self._run(child, inline)
            elif tag in _AROUND:
                self._inline(child, inline)
            elif tag in _DELETED:
                self.left.deletions += 1
            elif tag == f"{W}sdt":
                for content in child.findall(f"{W}sdtContent"):
                    self._inline(content, inline)
            elif tag in (f"{_M}oMath", f"{_M}oMathPara"):
                inline.pieces += [text.text or "" for text in child.iter(f"{_M}t")]
            elif tag == f"{_MC}AlternateContent":
                self._inline(_chosen(child), inline)

    def _run(self, run: Element, inline: _Inline) -> None:
        hidden = run.find(f"{W}rPr/{W}vanish")
        if hidden is not None and hidden.get(f"{W}val", "1") not in ("0", "false"):
            return
        self._run_content(run, inline)

    def _run_content(self, run: Element, inline: _Inline) -> None:
        for child in run:
            name = child.tag.removeprefix(W) if isinstance(child.tag, str) else ""
            if name == "fldChar":
                _step(inline.fields, child.get(f"{W}fldCharType", ""))
            elif not all(inline.fields):
                continue  # the code of a field
            elif name == "t":
                inline.pieces.append(child.text or "")
            elif name in _FIXED:
                inline.pieces.append(_FIXED[name])
            elif name == "br":
                inline.pieces.append("" if child.get(f"{W}type") == "column" else "\n")
            elif name == "sym":
                inline.pieces.append(_SYMBOLS.get(child.get(f"{W}char", "").upper(), ""))
            elif name == "ruby":
                for base in child.findall(f"{W}rubyBase"):
                    self._inline(base, inline)
            elif name in ("footnoteReference", "endnoteReference"):
                notes = self.footnotes if name == "footnoteReference" else self.endnotes
                self._note(notes.get(child.get(f"{W}id", "")), inline)
            elif name in ("drawing", "pict", "object"):
                self._drawing(child, inline)
            elif child.tag == f"{_MC}AlternateContent":
                self._run_content(_chosen(child), inline)

    def _note(self, note: Element | None, inline: _Inline) -> None:
        if note is not None and note not in self._noted:
            self._noted.add(note)
            text = " ".join(p.text.strip() for p in self.blocks(note) if isinstance(p, Paragraph))
            if text.strip():
                inline.notes.append(text.strip())

    def _drawing(self, drawing: Element, inline: _Inline) -> None:
        boxes = [
            box
            for box in drawing.iter(f"{W}txbxContent")
            if not any(a.tag == f"{_MC}Fallback" or a.tag == box.tag for a in _between(box, drawing))
        ]
        if not boxes:
            if drawing.tag == f"{W}object":
                self.left.objects += 1
            else:
                self.left.pictures += 1
            return
        where = inline.below if _is_below(drawing, bool("".join(inline.pieces).strip())) else inline.above
        for box in boxes:
            where += self.blocks(box)

    # --- tables -----------------------------------------------------------------------------------

    def _grid(self, table: Element) -> Grid:
        """A table; raises UnreadableFile when it is beyond all measure."""
        rows: list[list[list[Block]]] = []
        merged: dict[int, list[Block]] = {}
        count = 0
        for row in _rows(table):
            if row.find(f"{W}trPr/{W}del") is not None:
                self.left.deletions += 1
                continue
            cells: list[list[Block]] = []
            before = row.find(f"{W}trPr/{W}gridBefore")
            cells += [[]] * _small(before, 0)
            for cell in _cells(row):
                span = max(1, _small(cell.find(f"{W}tcPr/{W}gridSpan"), 1))
                merge = cell.find(f"{W}tcPr/{W}vMerge")
                column = len(cells)
                if merge is not None and merge.get(f"{W}val", "continue") == "continue":
                    content = merged.get(column, [])
                else:
                    content = self.blocks(cell)
                    merged.pop(column, None)
                    if merge is not None and len(plain_text(content)) <= _MAX_REPEATED:
                        merged[column] = content
                    elif span > 1 and len(plain_text(content)) > _MAX_REPEATED:
                        cells += [content, *([] for _ in range(span - 1))]
                        continue
                cells += [content] * span
            rows.append(cells[:_MAX_COLUMNS])
            count += len(rows[-1])
            if count > _MAX_CELLS:
                raise UnreadableFile(
                    f"holds a table of more than {_MAX_CELLS} cells", "split it, or save the table as .xlsx"
                )
        width = max((len(row) for row in rows), default=0)
        if width * len(rows) > 2 * _MAX_CELLS:
            raise UnreadableFile(f"holds a table of {width} columns and {len(rows)} rows", "split it")
        return Grid([row + [[] for _ in range(width - len(row))] for row in rows])


_FIXED = {"tab": "\u3000", "ptab": "\u3000", "cr": "\n", "noBreakHyphen": "-", "softHyphen": ""}


def _flattened(parent: Element) -> Iterator[Element]:
    """Paragraphs and tables, also those inside content controls and tracked insertions."""
    for child in parent:
        if child.tag in (f"{W}p", f"{W}tbl"):
            yield child
        elif child.tag == f"{W}sdt":
            gallery = child.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")
            if gallery is None or gallery.get(f"{W}val") != "Table of Contents":
                for content in child.findall(f"{W}sdtContent"):
                    yield from _flattened(content)
        elif child.tag in _AROUND:
            yield from _flattened(child)
        elif child.tag == f"{_MC}AlternateContent":
            yield from _flattened(_chosen(child))


def _rows(table: Element) -> Iterator[Element]:
    for child in table:
        if child.tag == f"{W}tr":
            yield child
        elif child.tag in _AROUND:
            yield from _rows(child)
        elif child.tag == f"{W}sdt":
            for content in child.findall(f"{W}sdtContent"):
                yield from _rows(content)


def _cells(row: Element) -> Iterator[Element]:
    for child in row:
        if child.tag == f"{W}tc":
            yield child
        elif child.tag in _AROUND:
            yield from _cells(child)
        elif child.tag == f"{W}sdt":
            for content in child.findall(f"{W}sdtContent"):
                yield from _cells(content)


def _chosen(alternatives: Element) -> Element:
    """One of two writings of the same thing: the newer one, unless it is empty."""
    for name in ("Choice", "Fallback"):
        chosen = alternatives.find(f"{_MC}{name}")
        if chosen is not None and len(chosen):
            return chosen
    return alternatives.makeelement("none")


def _between(box: Element, drawing: Element) -> Iterator[Element]:
    """The elements around a text box, inside its drawing."""
    for element in box.iterancestors():
        if element is drawing:
            return
        yield element


def _is_below(drawing: Element, after_text: bool) -> bool:
    """Whether a text box stands below the paragraph it is anchored in.

    A letterhead hangs above the first line, or at the top of the page; a 版记 at its bottom.
    """
    position = next(drawing.iter(f"{_WP}positionV"), None)
    if position is None:
        return after_text
    offset = position.findtext(f"{_WP}posOffset", "").strip()
    if not re.fullmatch(r"-?\d{1,9}", offset, re.ASCII):
        return position.findtext(f"{_WP}align", "").strip() == "bottom"
    # An A4 page is 10.7 million EMU high.
    limit = 3_500_000 if position.get("relativeFrom") in ("page", "margin") else 0
    return int(offset) > limit


def _step(fields: list[bool], kind: str) -> None:
    """Keep track of fields: a code between begin and separate, its result up to end."""
    if kind == "begin":
        fields.append(False)
    elif fields and kind == "separate":
        fields[-1] = True
    elif fields and kind == "end":
        fields.pop()


def _small(element: Element | None, default: int) -> int:
    value = "" if element is None else element.get(f"{W}val", "")
    return min(int(value), _MAX_COLUMNS) if re.fullmatch(r"\d{1,4}", value, re.ASCII) else default


def plain_text(blocks: Sequence[Block]) -> str:
    """The text of a cell, a paragraph a line; a table inside it row by row."""
    lines = []
    for block in blocks:
        if isinstance(block, Paragraph):
            lines.append(block.text)
        else:
            lines += ["，".join(filter(None, (plain_text(cell) for cell in row))) for row in block.rows]
    return "\n".join(line.strip() for line in lines if line.strip())
