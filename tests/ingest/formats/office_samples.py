"""Office files made from the sample letters, as offices lay them out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from ingest.agencies import agencies
from ingest.headings import numbering
from ingest.marks import NUMBER

REPLIES = (
    "songya-mzj-2024-19",
    "songya-jtj-2023-42",
    "fengdu-slj-2024-15",
    "tongpu-jxj-2024-9",
)
"""Letters with a letterhead, a number, headings of several levels and a signature."""


def word_document(text: str) -> Any:
    """A letter as a Word document: letterhead and title centred, signature on the right."""
    from docx import Document
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt, RGBColor

    document = Document()
    lines = [line.strip() for line in text.split("\n")]
    start = next((i for i, line in enumerate(lines) if line.endswith(("：", ":"))), 0)
    for index, line in enumerate(lines):
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.space_after = Pt(0)
        run = paragraph.add_run(line)
        if index < start:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            run.font.size = Pt(22)
            below = lines[index + 1 :][:1]
            if agencies(line) and (not below or not below[0] or NUMBER.match(below[0])):
                run.font.size, run.font.color.rgb = Pt(36), RGBColor(0xFF, 0, 0)
            elif NUMBER.match(line):
                run.font.size = Pt(16)
        elif index > start and len(line) < 30 and re.search(r"[局委会室部]$|年\d+月\d+日$", line):
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    return document


def add_table(document: Any, rows: Sequence[Sequence[str]]) -> Any:
    table = document.add_table(len(rows), len(rows[0]))
    for row, cells in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    return table


def number_headings(document: Any) -> int:
    """Replace typed 一、 and （一） by Word's automatic numbers; returns how many were replaced."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    part = document.part.numbering_part.element
    levels = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:suff w:val="nothing"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
        for at, (kind, text) in enumerate(
            [("chineseCountingThousand", "%1、"), ("japaneseCounting", "（%2）"), ("decimal", "%3.")]
        )
    )
    abstract = parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="77">{levels}</w:abstractNum>')
    part.insert(0, abstract)
    part.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))
    replaced = 0
    for paragraph in document.paragraphs:
        found = numbering(paragraph.text)
        if found is None or found[0] not in (2, 3):
            continue
        level, length = found
        run = paragraph.runs[0]
        run.text = run.text[length:]
        paragraph._p.get_or_add_pPr().append(
            parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level - 2}"/><w:numId w:val="77"/></w:numPr>')
        )
        replaced += 1
    return replaced
