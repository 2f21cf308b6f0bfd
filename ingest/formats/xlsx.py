"""Workbooks: Excel's .xlsx and .xls, .et of WPS, .ods of OpenDocument; each row as a sentence."""

from __future__ import annotations

from pathlib import Path

from ingest.formats import RawText
from policyqa.errors import UnreadableFile

SUFFIXES = (".xlsx", ".xlsm", ".xltx", ".xls", ".xlt", ".et", ".ods")


def read(path: Path) -> RawText:
    """The visible sheets one below the other: title, then a sentence a row with its headings.

    Cells read as they are shown: with their number formats, dates and units.

    Raises:
        UnreadableFile: password-protected, damaged, no workbook, hostile, beyond a limit, or empty.
        OSError: passed on.
    """
    from ingest.compound import MAGIC
    from ingest.sheets import sheet_lines
    from ingest.workbook_ods import read_ods
    from ingest.workbook_xls import read_xls
    from ingest.workbook_xlsx import read_xlsx

    with path.open("rb") as file:
        head = file.read(200)
    if head.startswith(b"PK"):
        open_document = b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet" in head
        workbook, how = (read_ods(path), "ods") if open_document else (read_xlsx(path), "xlsx")
    elif head.startswith(MAGIC):
        workbook, how = (read_xlsx(path), "xlsx") if _is_sealed(path) else (read_xls(path), "xls")
    else:
        raise UnreadableFile("is no workbook", "give it the ending of its true format")
    lines: list[str] = []
    for sheet in workbook.sheets:
        if found := sheet_lines(sheet.rows(), sheet.name):
            lines += ["", *found] if lines else found
    if not lines:
        raise UnreadableFile("is a workbook without anything in its visible sheets", "check that it is whole")
    return RawText("\n".join(lines) + "\n", how, notices=tuple(workbook.notices))


def _is_sealed(path: Path) -> bool:
    """Whether a compound file is the envelope that Office puts around a workbook with a password."""
    from ingest.compound import root_names

    return "EncryptedPackage" in root_names(path)
