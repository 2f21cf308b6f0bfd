"""Word documents: letterhead, title, indented paragraphs, tables, page numbers; and .doc of them."""

from __future__ import annotations

import io
import re
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.writers import MADE_ON, MissingTool, steady_zip
from corpus.writers.blocks import Block


@dataclass(frozen=True, slots=True)
class Look:
    """How an office lays out its letters."""

    red: bool = True
    """The letterhead in red over a red rule; else in black."""
    font: str = "仿宋_GB2312"
    heading: str = "黑体"
    size: float = 16
    title: float = 22
    running: str = ""
    """A running head on every page."""
    number: str = "center"
    """Where the document number stands: ``center``, ``right`` or ``left``."""
    spaced: bool = False
    """Space between paragraphs, as offices do that do not indent."""
    grid: str = "Table Grid"


def word_file(blocks: Sequence[Block], look: Look) -> bytes:
    """A .docx."""
    from docx import Document
    from docx.shared import Mm, Pt

    document: Any = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    core = document.core_properties
    core.author, core.title, core.created, core.modified = "办公室", "", MADE_ON, MADE_ON
    normal = document.styles["Normal"]
    _fonts(normal.element.get_or_add_rPr(), look.font)
    normal.font.size = Pt(look.size)
    normal.paragraph_format.space_after = Pt(8 if look.spaced else 0)
    normal.paragraph_format.line_spacing = Pt(round(look.size * 1.75))
    _margins(section, look)
    for block in blocks:
        _add(document, block, look)
    buffer = io.BytesIO()
    document.save(buffer)
    return steady_zip(buffer.getvalue())


def old_word_file(blocks: Sequence[Block], look: Look) -> bytes:
    """A .doc of Word 97, converted by LibreOffice.

    Raises:
        MissingTool: LibreOffice is not installed, or failed.
    """
    from ingest.office_program import find_office, office

    program = find_office()
    if program is None:
        raise MissingTool("a .doc is made by LibreOffice: install the Debian package libreoffice-writer")
    with tempfile.TemporaryDirectory(prefix="policyqa-") as folder:
        source = Path(folder) / "source.docx"
        source.write_bytes(word_file(blocks, look))
        made = office.convert(source, "doc:MS Word 97", program)
        if made is None:
            raise MissingTool("LibreOffice did not make a .doc: run it by hand to see why")
        return made.read_bytes()


def _add(document: Any, block: Block, look: Look) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
    from docx.shared import Pt, RGBColor

    if block.kind == "table":
        _table(document, block.rows, look)
        return
    if block.kind == "head" and re.search(r"[|｜].*[|｜]", block.text):
        pieces = [piece.strip() for piece in re.split(r"[|｜]", block.text)]
        _table(document, [pieces[i : i + 2] for i in range(0, len(pieces), 2)], look)
        return
    paragraph = document.add_paragraph()
    run = paragraph.add_run(block.text)
    form = paragraph.paragraph_format
    if block.kind == "letterhead":
        paragraph.alignment = ALIGN.CENTER
        run.font.size = Pt(36 if len(block.text) < 12 else 28)
        form.line_spacing = Pt(48)
        _fonts(run._r.get_or_add_rPr(), "方正小标宋简体")
        if look.red:
            run.font.color.rgb = RGBColor(0xFF, 0, 0)
    elif block.kind == "number":
        paragraph.alignment = {"center": ALIGN.CENTER, "right": ALIGN.RIGHT}.get(look.number, ALIGN.LEFT)
        if look.red:
            _rule_below(paragraph)
    elif block.kind == "title":
        paragraph.alignment = ALIGN.CENTER
        run.font.size = Pt(look.title)
        form.line_spacing = Pt(look.title * 1.6)
        _fonts(run._r.get_or_add_rPr(), "方正小标宋简体")
    elif block.kind == "signature":
        paragraph.alignment = ALIGN.RIGHT
        form.right_indent = Pt(look.size * 2)
    elif block.kind in ("heading", "body"):
        if not look.spaced:
            form.first_line_indent = Pt(look.size * 2)
        if block.kind == "heading":
            _fonts(run._r.get_or_add_rPr(), look.heading if block.level <= 2 else "楷体_GB2312")
            run.bold = look.spaced


def _table(document: Any, rows: Sequence[Sequence[str]], look: Look) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
    from docx.shared import Pt

    table = document.add_table(len(rows), max(map(len, rows)), style=look.grid)
    for row, cells in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, cells, strict=False):
            paragraph = cell.paragraphs[0]
            paragraph.alignment = ALIGN.CENTER
            paragraph.paragraph_format.line_spacing = Pt(18)
            paragraph.add_run(text).font.size = Pt(12)


def _margins(section: Any, look: Look) -> None:
    """A page number in the footer, and a running head where the office has one."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
    from docx.shared import Pt

    footer = section.footer.paragraphs[0]
    footer.alignment = ALIGN.CENTER
    for piece in ("— ", None, " —"):
        run = footer.add_run(piece or "")
        run.font.size = Pt(14)
        if piece is None:
            _field(run, "PAGE")
    if look.running:
        header = section.header.paragraphs[0]
        header.alignment = ALIGN.RIGHT
        header.add_run(look.running).font.size = Pt(9)


def _fonts(properties: Any, name: str) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    fonts = properties.find(qn("w:rFonts"))
    if fonts is None:
        fonts = OxmlElement("w:rFonts")
        properties.insert(0, fonts)
    fonts.set(qn("w:eastAsia"), name)


def _field(run: Any, instruction: str) -> None:
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    for kind in ("begin", "", "end"):
        text = (
            f'<w:fldChar {nsdecls("w")} w:fldCharType="{kind}"/>'
            if kind
            else f"<w:instrText {nsdecls('w')}>{instruction}</w:instrText>"
        )
        run._r.append(parse_xml(text))


def _rule_below(paragraph: Any) -> None:
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    properties = paragraph._p.get_or_add_pPr()
    properties.append(
        parse_xml(
            f'<w:pBdr {nsdecls("w")}><w:bottom w:val="single" w:sz="12" w:space="6" w:color="FF0000"/></w:pBdr>'
        )
    )
