"""OpenDocument spreadsheets (.ods): the text that each cell shows."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.office_xml import Package
from ingest.workbook import Budget, Sheet, Workbook
from policyqa.errors import UnreadableFile

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_WHAT = "spreadsheet"
_T = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_X = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_O = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_FIXED = {f"{_X}tab": " ", f"{_X}line-break": "\n"}
_MAX_REPEATS = 1000
"""Times that a row or cell with content is repeated; only fillers are repeated more often."""


def read_ods(path: Path) -> Workbook:
    """Read an OpenDocument spreadsheet.

    Raises:
        UnreadableFile: password-protected, damaged, of another kind, hostile, beyond the limits.
        OSError: passed on.
    """
    with Package(path, _WHAT) as package:
        manifest = package.tree("META-INF/manifest.xml")
        if manifest is not None and next(manifest.iter("{*}encryption-data"), None) is not None:
            raise UnreadableFile("is protected by a password", "save a copy without the password")
        if "content.xml" not in package:
            raise UnreadableFile("is not a spreadsheet inside", "save it again as .ods or .xlsx")
        budget = Budget()
        sheets: list[Sheet] = []
        table: Element | None = None
        number = 0
        for row in package.elements("content.xml", f"{_T}table-row"):
            of = next(row.iterancestors(f"{_T}table"), None)
            if of is None:
                continue
            if of is not table:
                table, number = of, 0
                sheets.append(Sheet(of.get(f"{_T}name", ""), budget))
            number += _row(sheets[-1], row, number)
        return Workbook(sheets)


def _row(sheet: Sheet, row: Element, number: int) -> int:
    """Put a row into the sheet; returns for how many rows it stands."""
    repeats = _int(row.get(f"{_T}number-rows-repeated"), 1)
    column = 0
    filled: list[tuple[int, str]] = []
    for cell in row.iterchildren(f"{_T}table-cell", f"{_T}covered-table-cell"):
        times = _int(cell.get(f"{_T}number-columns-repeated"), 1)
        text = _text(cell)
        if text and cell.tag == f"{_T}table-cell":
            filled += [(column + i, text) for i in range(min(times, _MAX_REPEATS))]
            down = _int(cell.get(f"{_T}number-rows-spanned"), 1)
            across = _int(cell.get(f"{_T}number-columns-spanned"), 1)
            if down > 1 or across > 1:
                sheet.merge(number, column, number + down - 1, column + across - 1)
        column += times
    for offset in range(min(repeats, _MAX_REPEATS) if filled else 0):
        for at, text in filled:
            sheet.put(number + offset, at, text)
    return repeats


def _text(cell: Element) -> str:
    """The paragraphs that a cell shows, without its comment."""
    lines = ["".join(_pieces(paragraph)) for paragraph in cell.iterchildren(f"{_X}p")]
    if not lines and cell.get(f"{_O}value-type") in ("float", "string"):
        return cell.get(f"{_O}value", "") or cell.get(f"{_O}string-value", "")
    return "\n".join(lines)


def _pieces(element: Element) -> list[str]:
    pieces = [element.text or ""]
    for child in element:
        if child.tag == f"{_X}s":
            pieces.append(" " * min(_int(child.get(f"{_X}c"), 1), 100))
        elif child.tag in _FIXED:
            pieces.append(_FIXED[child.tag])
        elif child.tag not in (f"{_O}annotation", f"{_X}note"):
            pieces += _pieces(child)
        pieces.append(child.tail or "")
    return pieces


def _int(text: str | None, default: int) -> int:
    return int(text) if text and re.fullmatch(r"\d{1,7}", text, re.ASCII) else default
