"""Writes one table as .xlsx, .xls and .ods, as office programs and the systems of offices do."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from xml.sax.saxutils import escape

from compound_files import compound

Cell = str | int | float | tuple[float, str] | None
"""A text, a number, a number with its format, or nothing."""


@dataclass
class Page:
    """A sheet; ``merged`` holds top, left, bottom, right, from 0."""

    rows: Sequence[Sequence[Cell]]
    name: str = "Sheet1"
    merged: Sequence[tuple[int, int, int, int]] = ()
    hidden: bool = False


@dataclass
class Shown:
    """What an .ods says a number shows, by value and format."""

    texts: dict[tuple[float, str], str] = field(default_factory=dict)


def xlsx(path: Path, *pages: Page) -> Path:
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    for page in pages:
        sheet = book.create_sheet(page.name)
        for r, row in enumerate(page.rows, 1):
            for c, value in enumerate(row, 1):
                cell = sheet.cell(r, c, value[0] if isinstance(value, tuple) else value)
                if isinstance(value, tuple):
                    cell.number_format = value[1]
        for top, left, bottom, right in page.merged:
            sheet.merge_cells(
                start_row=top + 1, start_column=left + 1, end_row=bottom + 1, end_column=right + 1
            )
        sheet.sheet_state = "hidden" if page.hidden else "visible"
    book.save(path)
    return path


# --- .xls -----------------------------------------------------------------------------------------


def xls(path: Path, *pages: Page) -> Path:
    """BIFF8 in a compound file (MS-XLS): the records that a reader needs, and no others."""
    path.write_bytes(compound({"Workbook": _stream(pages)}))
    return path


def _record(kind: int, data: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def _begin(kind: int) -> bytes:
    return _record(0x0809, struct.pack("<HHHHII", 0x0600, kind, 0x0DBB, 0x07CC, 0, 6))


_EOF = _record(0x0A)


def _text(text: str, count: str) -> bytes:
    raw = text.encode("utf-16-le")
    return struct.pack(f"<{count}B", len(raw) // 2, 1) + raw


def _stream(pages: Sequence[Page]) -> bytes:
    formats = ["General"]
    for page in pages:
        for row in page.rows:
            formats += [v[1] for v in row if isinstance(v, tuple) and v[1] not in formats]
    common = _begin(5) + _record(0x42, struct.pack("<H", 1200)) + _record(0x22, struct.pack("<H", 0))
    font = struct.pack("<HHHHHBBBB", 220, 0, 8, 400, 0, 0, 0, 134, 0) + _text("宋体", "B")
    common += _record(0x31, font) * 5
    for number, code in enumerate(formats[1:], 164):
        common += _record(0x041E, struct.pack("<H", number) + _text(code, "H"))
    for index in range(-15, len(formats)):
        number = 163 + index if index > 0 else 0
        style = 0xFFF5 if index < 0 else 1
        common += _record(0xE0, struct.pack("<HHHBBBBIIH", 0, number, style, 0x20, 0, 0, 0, 0, 0, 0x20C0))
    bodies = [_sheet(page, formats) for page in pages]
    heads = [struct.pack("<BB", int(page.hidden), 0) + _text(page.name, "B") for page in pages]
    at = len(common) + sum(len(_record(0x85, bytes(4) + head)) for head in heads) + len(_EOF)
    for head, body in zip(heads, bodies, strict=True):
        common += _record(0x85, struct.pack("<I", at) + head)
        at += len(body)
    return common + _EOF + b"".join(bodies)


def _sheet(page: Page, formats: Sequence[str]) -> bytes:
    body = _begin(0x10)
    width = max((len(row) for row in page.rows), default=0)
    body += _record(0x0200, struct.pack("<IIHHH", 0, len(page.rows), 0, width, 0))
    for r, row in enumerate(page.rows):
        for c, value in enumerate(row):
            if isinstance(value, str):
                body += _record(0x0204, struct.pack("<HHH", r, c, 15) + _text(value, "H"))
            elif value is not None:
                number, code = value if isinstance(value, tuple) else (value, "General")
                style = 15 + formats.index(code)
                body += _record(0x0203, struct.pack("<HHHd", r, c, style, float(number)))
    merged = b"".join(
        struct.pack("<HHHH", top, bottom, left, right) for top, left, bottom, right in page.merged
    )
    if merged:
        body += _record(0xE5, struct.pack("<H", len(page.merged)) + merged)
    return body + _EOF


# --- .ods -----------------------------------------------------------------------------------------

_SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
)


def ods(path: Path, *pages: Page, shown: Shown | None = None) -> Path:
    """OpenDocument; numbers carry the text that they show."""
    texts = (shown or Shown()).texts
    tables = "".join(_table(page, texts) for page in pages)
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {_SPACES}><office:body>'
        f"<office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
        archive.writestr("META-INF/manifest.xml", manifest)
        archive.writestr("content.xml", content)
    return path


def _table(page: Page, texts: dict[tuple[float, str], str]) -> str:
    corners = {(top, left): (bottom - top + 1, right - left + 1) for top, left, bottom, right in page.merged}
    covered = {
        (r, c)
        for top, left, bottom, right in page.merged
        for r in range(top, bottom + 1)
        for c in range(left, right + 1)
    } - corners.keys()
    rows = ""
    for r, row in enumerate(page.rows):
        cells = ""
        for c, value in enumerate(row):
            if (r, c) in covered:
                cells += "<table:covered-table-cell/>"
                continue
            down, across = corners.get((r, c), (1, 1))
            span = f' table:number-rows-spanned="{down}" table:number-columns-spanned="{across}"'
            said = texts[value] if isinstance(value, tuple) else "" if value is None else str(value)
            lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in said.split("\n") if said)
            kind = "string" if isinstance(value, str) else "float"
            cells += f'<table:table-cell office:value-type="{kind}"{span}>{lines}</table:table-cell>'
        cells += '<table:table-cell table:number-columns-repeated="1000"/>'
        rows += f"<table:table-row>{cells}</table:table-row>"
    filler = '<table:table-row table:number-rows-repeated="1048000"><table:table-cell/></table:table-row>'
    return f'<table:table table:name="{page.name}">{rows}{filler}</table:table>'
