"""Excel workbooks (.xlsx): cells as they are shown, with formats, merged cells and dates.

Not through python-calamine, which drops number formats: 12.5% would read as 0.125.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.number_formats import BUILT_IN, general, shown
from ingest.office_xml import Package
from ingest.workbook import Budget, Sheet, Workbook
from policyqa.errors import UnreadableFile

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_WHAT = "workbook"
_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})", re.ASCII)
_MAX_SHEETS = 500


def read_xlsx(path: Path) -> Workbook:
    """Read an Excel workbook.

    Raises:
        UnreadableFile: password-protected, damaged, of another kind, hostile, beyond the limits.
        OSError: passed on.
    """
    with Package(path, _WHAT) as package:
        if "xl/workbook.bin" in package:
            raise UnreadableFile("is a binary workbook (.xlsb)", "save it as .xlsx")
        name = package.main_part("xl/workbook.xml")
        root = package.tree(name) if name else None
        if root is None or root.tag != f"{_S}workbook":
            raise UnreadableFile(f"is not a {_WHAT} inside", "open it in Excel or WPS and save it as .xlsx")
        return _Reader(package, name, root).read()


class _Reader:
    def __init__(self, package: Package, name: str, root: Element) -> None:
        self._package = package
        self._root = root
        self._related = package.related(name)
        self._budget = Budget()
        properties = root.find(f"{_S}workbookPr")
        self._since_1904 = properties is not None and properties.get("date1904") in ("1", "true")
        self._strings = self._read_strings()
        self._formats = self._read_formats()
        self._unsaved = 0
        """Formulas without a stored result."""

    def read(self) -> Workbook:
        sheets, hidden = [], []
        for element in self._root.findall(f"{_S}sheets/{_S}sheet")[:_MAX_SHEETS]:
            name = element.get("name", "")
            kind, where = self._related.get(element.get(f"{_R}id", ""), ("", ""))
            if element.get("state", "visible") != "visible":
                hidden.append(name)
            elif kind == "worksheet":
                sheets.append(self._sheet(name, where))
        workbook = Workbook(sheets)
        if hidden:
            workbook.notices.append(f"隐藏的工作表未收入：{'、'.join(hidden[:20])}")
        if self._unsaved:
            workbook.notices.append(f"有 {self._unsaved} 个公式没有存下结果，请用 Excel 或 WPS 打开后另存")
        return workbook

    def _part(self, kind: str) -> str:
        return next((where for of, where in self._related.values() if of == kind), "")

    def _read_strings(self) -> list[str]:
        part = self._part("sharedStrings")
        strings = []
        for element in self._package.elements(part, f"{_S}si") if part else ():
            strings.append(_text(element))
            if len(strings) > 2_000_000:
                raise UnreadableFile(
                    "is a workbook of more than 2,000,000 texts", "split it into smaller ones"
                )
        return strings

    def _read_formats(self) -> list[str]:
        """The number format of each cell style."""
        part = self._part("styles")
        root = self._package.tree(part) if part else None
        if root is None:
            return []
        own = {
            element.get("numFmtId", ""): element.get("formatCode", "")
            for element in root.findall(f"{_S}numFmts/{_S}numFmt")
        }
        formats = []
        for style in root.findall(f"{_S}cellXfs/{_S}xf"):
            number = style.get("numFmtId", "0")
            formats.append(own.get(number) or BUILT_IN.get(_int(number), "General"))
        return formats

    def _sheet(self, name: str, part: str) -> Sheet:
        sheet = Sheet(name, self._budget)
        row = -1
        for element in self._package.elements(part, f"{_S}row", f"{_S}mergeCell"):
            if element.tag == f"{_S}mergeCell":
                area = [_REFERENCE.fullmatch(end) for end in element.get("ref", "").split(":")]
                if len(area) == 2 and area[0] and area[1]:
                    (top, left), (bottom, right) = _place(area[0]), _place(area[1])
                    sheet.merge(top, left, bottom, right)
                continue
            row = _int(element.get("r", "")) - 1 if _int(element.get("r", "")) > 0 else row + 1
            column = -1
            for cell in element.iterchildren(f"{_S}c"):
                reference = _REFERENCE.fullmatch(cell.get("r", ""))
                column = _place(reference)[1] if reference else column + 1
                sheet.put(row, column, self._value(cell))
        return sheet

    def _value(self, cell: Element) -> str:
        kind = cell.get("t", "n")
        if kind == "inlineStr":
            inline = cell.find(f"{_S}is")
            return "" if inline is None else _text(inline)
        value = cell.findtext(f"{_S}v", "").strip()
        if not value:
            self._unsaved += cell.find(f"{_S}f") is not None
            return ""
        if kind == "s":
            index = _int(value)
            return self._strings[index] if 0 <= index < len(self._strings) else ""
        if kind == "b":
            return "是" if value == "1" else "否"
        if kind in ("str", "d"):
            return value
        if kind == "e":
            return ""
        try:
            number = float(value)
        except ValueError:
            return value
        style = _int(cell.get("s", "0"))
        code = self._formats[style] if 0 <= style < len(self._formats) else "General"
        return shown(number, code, self._since_1904) if code != "General" else general(number)


def _text(element: Element) -> str:
    """The text of a string, its runs joined, without the pronunciation of its characters."""
    parts = []
    for text in element.iter(f"{_S}t"):
        above = text.getparent()
        if above is None or above.tag != f"{_S}rPh":
            parts.append(text.text or "")
    return re.sub(r"_x000[dD]_", "", "".join(parts))


def _place(reference: re.Match[str]) -> tuple[int, int]:
    """Row and column of a reference such as B12, from 0."""
    column = 0
    for letter in reference[1]:
        column = column * 26 + ord(letter) - 64
    return int(reference[2]) - 1, column - 1


def _int(text: str) -> int:
    """A whole number of a file; −1 for anything else."""
    return int(text) if re.fullmatch(r"\d{1,9}", text, re.ASCII) else -1
