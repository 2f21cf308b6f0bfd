"""Excel workbooks of 1997–2003 (.xls, and .et of WPS), through xlrd for its number formats."""

from __future__ import annotations

from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.number_formats import shown
from ingest.workbook import Budget, Sheet, Workbook
from policyqa.errors import PolicyQAError, UnreadableFile

if TYPE_CHECKING:
    from xlrd.book import Book
    from xlrd.sheet import Cell
    from xlrd.sheet import Sheet as XlsSheet

_MAX_BYTES = 100 * 1024 * 1024


def read_xls(path: Path) -> Workbook:
    """Read an old Excel workbook.

    Raises:
        UnreadableFile: password-protected, damaged, of another kind, beyond the limits.
        OSError: passed on.
    """
    import xlrd

    data = path.read_bytes() if path.stat().st_size <= _MAX_BYTES else b""
    if not data:
        raise UnreadableFile(f"has more than {_MAX_BYTES >> 20} MB", "save it as .xlsx or split it")
    try:
        # It reports oddities of files on standard output unless told otherwise.
        with xlrd.open_workbook(
            file_contents=data, formatting_info=True, ragged_rows=True, on_demand=True, logfile=StringIO()
        ) as book:
            return _workbook(book)
    except PolicyQAError:
        raise
    except MemoryError as error:
        raise UnreadableFile("is an Excel workbook too large to read", "split it") from error
    except Exception as error:
        # Of a damaged file xlrd raises whatever its parts happen to raise.
        if "encrypted" in str(error):
            raise UnreadableFile("is protected by a password", "save a copy without the password") from error
        raise UnreadableFile(
            f"is a damaged Excel workbook ({type(error).__name__}: {error})", "replace it with a whole copy"
        ) from error


def _workbook(book: Book) -> Workbook:
    budget = Budget()
    workbook = Workbook([])
    hidden = []
    for number, name in enumerate(book.sheet_names()):
        source = book.sheet_by_index(number)
        if source.visibility:
            hidden.append(name)
        else:
            workbook.sheets.append(_sheet(book, source, Sheet(name, budget)))
        book.unload_sheet(number)
    if hidden:
        workbook.notices.append(f"隐藏的工作表未收入：{'、'.join(hidden[:20])}")
    return workbook


def _sheet(book: Book, source: XlsSheet, sheet: Sheet) -> Sheet:
    for row in range(source.nrows):
        for column in range(source.row_len(row)):
            sheet.put(row, column, _value(book, source.cell(row, column)))
    for top, bottom, left, right in source.merged_cells:
        sheet.merge(top, left, bottom - 1, right - 1)
    return sheet


def _value(book: Book, cell: Cell) -> str:
    import xlrd

    if cell.ctype == xlrd.XL_CELL_TEXT:
        return str(cell.value)
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return "是" if cell.value else "否"
    if cell.ctype in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE):
        # There is one, since the workbook is opened with its formatting.
        style = book.xf_list[cell.xf_index or 0]
        number_format = book.format_map.get(style.format_key)
        code = number_format.format_str if number_format is not None else "General"
        return shown(float(cell.value), code, bool(book.datemode))
    return ""
