"""Tables in text files (.csv, .tsv), as Excel, WPS and the systems of offices export them."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path

from ingest.formats import RawText
from policyqa.errors import UnreadableFile

SUFFIXES = (".csv", ".tsv")

MAX_BYTES = 50 * 1024 * 1024

_DELIMITERS = (",", "\t", ";", "|", "，", "；")
_LOOKED_AT = 200
"""Lines from which the delimiter is found out."""
# sep=; as Excel writes it into the first line
_DECLARED = re.compile(r'"?sep=(.)"?\n', re.IGNORECASE)
# ="0231", which keeps Excel from making a number of it
_FORMULA = re.compile(r'="(?P<text>[^"]*)"')


def read(path: Path) -> RawText:
    """Each row as a sentence with its headings; the title, notes and texts between as they stand.

    Raises:
        UnreadableFile: no text, in no known encoding, too large, or beyond the limits of a workbook.
        OSError: passed on.
    """
    from ingest.charset import decode_declared
    from ingest.sheets import sheet_lines
    from ingest.workbook import Budget, Sheet

    if (size := path.stat().st_size) > MAX_BYTES:
        raise UnreadableFile(
            f"is a table of {size >> 20} MB, more than {MAX_BYTES >> 20} MB", "split it into smaller ones"
        )
    decoded = decode_declared(path.read_bytes())
    if decoded is None or "\x00" in decoded.text:
        raise UnreadableFile("is not text, or in no known encoding", "save it again as CSV in UTF-8")
    text = decoded.text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    declared = _DECLARED.match(text)
    text = text[declared.end() :] if declared else text
    delimiter = declared[1] if declared else find_delimiter(text)
    sheet = Sheet("", Budget())
    for number, row in enumerate(rows_of(text, delimiter)):
        for column, cell in enumerate(row):
            formula = _FORMULA.fullmatch(cell.strip())
            sheet.put(number, column, formula["text"] if formula else cell)
    notices = (f"有 {decoded.lost} 个字符不能按 {decoded.encoding} 解码",) if decoded.lost else ()
    return RawText("\n".join(sheet_lines(sheet.rows())) + "\n", f"csv, {decoded.encoding}", notices=notices)


def find_delimiter(text: str) -> str:
    """What parts the cells: the mark that cuts most lines into the same number of pieces.

    >>> find_delimiter("年度;户数\\n2023;7,000\\n"), find_delimiter("镇街\\t床位\\n甲镇\\t1,2\\n")
    (';', '\\t')
    """
    best, most = ",", 0.0
    for delimiter in _DELIMITERS:
        widths: dict[int, int] = {}
        rows = 0
        for row in rows_of(text, delimiter, _LOOKED_AT):
            rows += 1
            widths[len(row)] = widths.get(len(row), 0) + 1
        wide = {width: count for width, count in widths.items() if width > 1}
        # Lines of one width count; of two delimiters that do it equally well the one of more columns.
        agreeing = max(((count / rows) * (1 - 0.5 / width) for width, count in wide.items()), default=0.0)
        if agreeing > most:
            best, most = delimiter, agreeing
    return best


def rows_of(text: str, delimiter: str, limit: int | None = None) -> Iterator[list[str]]:
    """The rows of a table; quoted cells may hold delimiters and line breaks.

    Where quotes do not close, each line is a row by itself, so that none swallows the rest.
    """
    lines = text.split("\n", limit)[:limit] if limit else text.split("\n")
    try:
        found = list(csv.reader((f"{line}\n" for line in lines), delimiter=delimiter, strict=True))
    except csv.Error:
        if limit and len(lines) == limit:
            lines = lines[:-1]
        found = [_row(line, delimiter) for line in lines]
    yield from found


def _row(line: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        return line.split(delimiter)
