"""Word files of 1997–2003 (.doc, and .wps of WPS): what the header says, and antiword's text.

antiword reads a letter in a hundredth of LibreOffice's time, but writes no automatic numbers (一、),
no text boxes and tables only as drawn lines. The file's header says whether there are any. catdoc
is not used: it garbled a paragraph of one of two sample letters and left out a table.
"""

from __future__ import annotations

import re
import shutil
import struct
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from ingest.office_program import copied, run
from ingest.tables import rows_as_sentences
from policyqa.errors import UnreadableFile

_SECONDS = 20
_MEMORY = 1 << 30

_USUAL_MARGINS = 120
"""Characters of headers and footers that a page number with its field code takes."""


@dataclass(frozen=True, slots=True)
class Header:
    """The beginning of a Word file (MS-DOC: FIB), as far as it matters here."""

    encrypted: bool
    simple: bool
    """Nothing in it that antiword does not read: lists, text boxes, notes, a letterhead in the header."""


def read_header(path: Path) -> Header | None:
    """The header of a Word file; None when the file holds no Word document.

    Raises:
        UnreadableFile: the file is damaged.
    """
    import olefile

    try:
        with olefile.OleFileIO(str(path)) as file:
            if not file.exists("WordDocument"):
                return None
            with file.openstream("WordDocument") as stream:
                data = stream.read(0x400)
    except OSError as error:
        if error.errno is not None:
            raise
        # olefile's own errors are OSErrors without a number.
        raise _damaged(error) from error
    except (ValueError, IndexError, struct.error, TypeError, AttributeError, RecursionError) as error:
        raise _damaged(error) from error
    if len(data) < 0x300 or data[:2] not in (b"\xec\xa5", b"\xdc\xa5", b"\x99\xa6"):
        raise UnreadableFile("is a damaged Word file (no header)", "replace it with a whole copy")
    version, flags = struct.unpack_from("<H6xH", data, 2)
    notes, margins = struct.unpack_from("<II", data, 0x50)
    endnotes, boxes, margin_boxes = struct.unpack_from("<III", data, 0x60)
    (lists,) = struct.unpack_from("<I", data, 0x2E6)
    simple = (
        data[:2] == b"\xec\xa5"
        and version >= 0xC1
        and not flags & 0x4  # saved fast, in pieces
        and not (notes or endnotes or boxes or margin_boxes)
        and lists <= 2
        and margins <= _USUAL_MARGINS
    )
    return Header(bool(flags & 0x100), simple)


def _damaged(error: Exception) -> UnreadableFile:
    return UnreadableFile(f"is a damaged Word file ({error})", "replace it with a whole copy")


@dataclass(frozen=True, slots=True)
class Printed:
    """antiword's text, and whether it can be taken as it is."""

    text: str
    sure: bool


def read_with_antiword(path: Path) -> Printed | None:
    """The text as antiword prints it; None when it is not installed or cannot read the file."""
    program = shutil.which("antiword")
    if program is None:
        return None
    with copied(path, ".doc") as copy:
        command = [program, "-m", "UTF-8.txt", "-w", "0", str(copy)]
        data = run(command, copy.parent, _SECONDS, _MEMORY)
    if data is None:
        return None
    text = data.decode("utf-8", "replace").replace("\r\n", "\n")
    tables = re.search(r"^\|", text, re.MULTILINE) is not None
    # It prints ? for what it cannot write; letters in Chinese have ？.
    sure = not tables and "?" not in text and "\ufffd" not in text
    return Printed(_tidied(text), sure)


def _tidied(text: str) -> str:
    """Lines without pictures' places, at most one blank line together; drawn tables as sentences."""
    lines: list[str] = []
    for drawn, group in groupby(text.split("\n"), lambda line: line.startswith("|")):
        if drawn:
            rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in group]
            lines += ["", *rows_as_sentences(rows), ""]
        else:
            lines += [re.sub(r"\[pic\]", "", line).strip() for line in group]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n") + "\n"
