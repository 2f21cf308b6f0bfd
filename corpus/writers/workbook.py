"""Workbooks as statisticians make them: paragraphs in the first column, the table between blank rows."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from corpus.writers import MADE_ON, steady_zip
from corpus.writers.blocks import Block


def workbook_file(blocks: Sequence[Block], sheet: str) -> bytes:
    """An .xlsx of one sheet; numbers are cells with numbers, percentages with their format."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Border, Font, Side

    book = Workbook()
    book.properties.creator, book.properties.created = "办公室", MADE_ON.replace(tzinfo=None)
    page: Any = book.active
    page.title = sheet
    columns = max((len(row) for block in blocks for row in block.rows), default=1)
    rule = Side(style="thin")
    for column in range(columns):
        page.column_dimensions["ABCDEFGHIJ"[column]].width = 22
    at = 0
    for block in blocks:
        if block.kind == "blank":
            at += 1
            continue
        if block.kind == "table":
            at += 1
            for row in block.rows:
                at += 1
                for column, text in enumerate(row, 1):
                    cell = page.cell(at, column)
                    _put(cell, text)
                    cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
                    cell.border = Border(rule, rule, rule, rule)
            at += 1
            continue
        at += 1
        cell = page.cell(at, 1, block.text)
        bold = block.kind in ("letterhead", "title", "heading")
        cell.font = Font(name="宋体", size=16 if block.kind == "title" else 11, bold=bold)
    buffer = io.BytesIO()
    book.save(buffer)
    return steady_zip(buffer.getvalue())


def _put(cell: Any, text: str) -> None:
    """A number as one, shown with the decimals it was written with."""
    digits = text.removesuffix("%").replace(",", "")
    try:
        value = float(digits)
    except ValueError:
        cell.value = text
        return
    decimals = len(digits.partition(".")[2])
    cell.number_format = ("0." + "0" * decimals if decimals else "0") + ("%" if text.endswith("%") else "")
    cell.value = value / 100 if text.endswith("%") else (value if decimals else int(value))
