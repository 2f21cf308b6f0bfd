"""Old Word files (.doc), WPS files (.wps), rich text (.rtf) and OpenDocument texts (.odt).

A plain .doc is read by antiword where it is installed, everything else by LibreOffice, which makes
a .docx of it.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from ingest.compound import MAGIC, root_names
from ingest.formats import RawText, docx
from ingest.office_program import OFFICE_SECONDS, copied, find_office, office
from ingest.old_word import read_header, read_with_antiword
from policyqa.errors import UnreadableFile

SUFFIXES = (".doc", ".wps", ".rtf", ".odt", ".dot", ".wpt")

_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_INSTALL = "install the Debian package libreoffice-writer"


def read(path: Path) -> RawText:
    """The text of an old word processor's file, whatever its ending says it is.

    Raises:
        UnreadableFile: password-protected, damaged, no text document, or no program can read it.
        OSError: passed on.
    """
    with path.open("rb") as file:
        head = file.read(4096)
    if head.startswith(_ZIP) and b"mimetypeapplication/vnd.oasis.opendocument.text" not in head[:120]:
        return docx.read(path)  # newer WPS writes .docx under the ending .wps
    if head.startswith(MAGIC):
        return _read_compound(path)
    if head.lstrip().startswith(b"{\\rtf"):
        return _with_office(path, ".rtf")
    if head.startswith(_ZIP):
        return _with_office(path, ".odt")
    if b"<?mso-application" in head and b"Word.Document" in head:
        return _with_office(path, ".xml")
    raise UnreadableFile("is not a Word, WPS or RTF file", "give it the ending of its true format")


def _read_compound(path: Path) -> RawText:
    header = read_header(path)
    if header is None:
        names = root_names(path)
        if "EncryptedPackage" in names:
            raise UnreadableFile("is protected by a password", "save a copy without the password")
        for stream, what in (("Workbook", ".xls"), ("Book", ".xls"), ("PowerPoint Document", ".ppt")):
            if stream in names:
                raise UnreadableFile(f"is a {what} file by its content", f"give it the ending {what}")
        return _with_office(path, path.suffix.lower() or ".wps")
    if header.encrypted:
        raise UnreadableFile("is protected by a password", "save a copy without the password")
    if header.simple:
        printed = read_with_antiword(path)
        if printed is not None and printed.sure:
            return RawText(printed.text, "antiword")
    if find_office() is None:
        printed = read_with_antiword(path)
        if printed is not None and printed.text.strip():
            lost = "自动编号、文本框和脚注可能缺失；请管理员安装 libreoffice-writer 后重新收录"
            return RawText(printed.text, "antiword", notices=(lost,))
    return _with_office(path, ".doc")


def _with_office(path: Path, suffix: str) -> RawText:
    program = find_office()
    if program is None:
        raise UnreadableFile(f"needs LibreOffice to be read ({suffix})", f"{_INSTALL} and ingest it again")
    with copied(path, suffix) as copy:
        made = office.convert(copy, "docx:MS Word 2007 XML", program)
        if made is None:
            raise UnreadableFile(
                f"LibreOffice could not read it within {OFFICE_SECONDS} seconds; it may be damaged",
                "open it by hand and save it as .docx",
            )
        return replace(docx.read(made), how="libreoffice")
