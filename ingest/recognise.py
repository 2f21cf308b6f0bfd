"""What a file is by its content: endings are wrong often enough (a page saved as .doc, a .wps)."""

from __future__ import annotations

import codecs
import re
import zipfile
from pathlib import Path

from ingest.charset import decode_declared
from ingest.compound import MAGIC as COMPOUND
from ingest.compound import root_names
from ingest.zips import open_zip
from policyqa.errors import UnreadableFile

_HEAD = 64 * 1024
"""Bytes looked at; every format but zip shows itself in them."""

_MAX_LISTED = 20_000
"""Members a zip may have to be looked into; beyond it is a plain archive."""

# Formats that begin with fixed bytes, in the order they are tried.
_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"{\\rtf", ".rtf"),
    (b"\x89PNG\r\n\x1a\n", ".png"),
    (b"\xff\xd8\xff", ".jpg"),
    (b"GIF87a", ".gif"),
    (b"GIF89a", ".gif"),
    (b"II*\x00", ".tif"),
    (b"MM\x00*", ".tif"),
    (b"\x00\x00\x00\x0cjP  ", ".jp2"),
    (b"7z\xbc\xaf\x27\x1c", ".7z"),
    (b"Rar!\x1a\x07", ".rar"),
    (b"\x1f\x8b", ".gz"),
    (b"BZh", ".bz2"),
    (b"\xfd7zXZ\x00", ".xz"),
)
# What the root of an OLE compound file holds, for each of Office's and WPS's formats.
_STREAMS: tuple[tuple[str, str], ...] = (
    ("WordDocument", ".doc"),
    ("Workbook", ".xls"),
    ("Book", ".xls"),
    ("PowerPoint Document", ".ppt"),
    ("__properties_version1.0", ".msg"),
)
# Endings that WPS gives to what are Office's formats.
_KIN = {".wps": ".doc", ".wpt": ".doc", ".dot": ".doc", ".et": ".xls", ".xlt": ".xls", ".dps": ".ppt"}
_ZIP_KIN = {
    ".docm": ".docx", ".dotx": ".docx", ".dotm": ".docx", ".xlsm": ".xlsx", ".xltx": ".xlsx",
    ".pptm": ".pptx",
}  # fmt: skip
_SAME = _KIN | _ZIP_KIN | {
    ".jpeg": ".jpg", ".jpe": ".jpg", ".tiff": ".tif", ".htm": ".html", ".shtml": ".html", ".xhtml": ".html",
    ".mht": ".mhtml",
}  # fmt: skip
_ZIPPED = (".docx", ".xlsx", ".pptx", ".xlsb", ".ofd", ".odt", ".ods", ".odp", ".zip")
_TEXTUAL = (".txt", ".text", ".md", ".markdown", ".csv", ".tsv", ".json", ".jsonl", ".xml", ".log")
_WORKBOOKS = (".xls", ".xlsx", ".et", ".xlsm")
_OPEN_DOCUMENT = {
    "application/vnd.oasis.opendocument.text": ".odt",
    "application/vnd.oasis.opendocument.spreadsheet": ".ods",
    "application/vnd.oasis.opendocument.presentation": ".odp",
    "application/epub+zip": ".epub",
}

# <!DOCTYPE html> · <html xmlns:o=…> · <table border=1> of a system's "Excel" export; comments before
_PAGE = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,4000}?-->\s*)*<\s*(?:!doctype\s+html|html|head|body|meta|title|table|div|p|center)\b",
    re.IGNORECASE | re.DOTALL,
)
_WHOLE_PAGE = re.compile(r"<\s*(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
# Subject: =?gb18030?B?… · Received: from …
_HEADER = re.compile(
    r"^(From|To|Cc|Subject|Date|Message-ID|MIME-Version|Received|Return-Path|Delivered-To|Reply-To|Content-Type"
    r"|Content-Transfer-Encoding|Snapshot-Content-Location|X-[A-Za-z-]+|DKIM-Signature|Sender):",
    re.IGNORECASE,
)
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def kind_of(path: Path) -> str:
    """The ending that a file's content deserves, such as ``.docx``; empty when it is not known.

    An ending that fits the content is kept as it is (``.wps``, ``.jpeg``, ``.md``), so a caller may
    compare it with the file's own and read the file by whichever this returns.

    Raises:
        OSError: the file cannot be read.
    """
    with path.open("rb") as file:
        head = file.read(_HEAD)
    own = path.suffix.lower()
    found = _by_bytes(head, path, own)
    return own if _SAME.get(own) == found else found


def _by_bytes(head: bytes, path: Path, own: str) -> str:
    for magic, suffix in _MAGIC:
        if head.startswith(magic):
            return suffix
    if head.startswith(COMPOUND):
        return _compound(path, own)
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK00PK\x03\x04")):
        return _zipped(path, own, head)
    # Some writers put a few lines before it.
    if b"%PDF-" in head[:1024]:
        return ".pdf"
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return ".webp"
    if (
        head.startswith(b"BM")
        and len(head) > 26
        and head[6:10] == b"\0\0\0\0"
        and head[14:18] in _BMP_HEADERS
    ):
        return ".bmp"
    if head[4:12] in (b"ftypheic", b"ftypheix", b"ftypmif1"):
        return ".heic"
    return _textual(head, own)


_BMP_HEADERS = (b"\x0c\0\0\0", b"\x28\0\0\0", b"\x6c\0\0\0", b"\x7c\0\0\0")


def _compound(path: Path, own: str) -> str:
    names = root_names(path)
    for stream, suffix in _STREAMS:
        if stream in names:
            return suffix
    if "EncryptedPackage" in names:
        # A password-protected .docx or .xlsx; which of them is inside the encryption.
        return own if own in _ZIPPED or own in _ZIP_KIN else ".docx"
    # Damaged: its own reader says best what is wrong.
    return own if own in _KIN or own in (".doc", ".xls", ".ppt", ".msg") else ".doc"


def _zipped(path: Path, own: str, head: bytes) -> str:
    try:
        with open_zip(path, _MAX_LISTED) as archive:
            names = {name.replace("\\", "/").lower().lstrip("/") for name in archive.namelist()}
            mimetype = _mimetype(archive)
    except UnreadableFile:
        return _torn(head, own)
    if mimetype in _OPEN_DOCUMENT:
        return _OPEN_DOCUMENT[mimetype]
    if "ofd.xml" in names:
        return ".ofd"
    if "[content_types].xml" in names:
        if "xl/workbook.bin" in names:
            return ".xlsb"
        for folder, suffix in (("word/", ".docx"), ("xl/", ".xlsx"), ("ppt/", ".pptx")):
            if any(name.startswith(folder) for name in names):
                return suffix
    return ".zip"


# Names that stand in the first bytes of a zip, before the packed data of each member.
_FIRST_NAMES = ((b"OFD.xml", ".ofd"), (b"word/", ".docx"), (b"xl/", ".xlsx"), (b"ppt/", ".pptx"))


def _torn(head: bytes, own: str) -> str:
    """What a torn or too large zip was, so that its own reader says what is wrong with it."""
    if own in _ZIPPED or own in _ZIP_KIN:
        return own
    return next((suffix for name, suffix in _FIRST_NAMES if name in head), ".zip")


def _mimetype(archive: zipfile.ZipFile) -> str:
    first = archive.infolist()[:1]
    if not first or first[0].filename != "mimetype" or first[0].file_size > 100 or first[0].flag_bits & 1:
        return ""
    if first[0].compress_type != zipfile.ZIP_STORED:
        return ""
    try:
        return archive.read(first[0]).decode("ascii", "replace").strip()
    except (zipfile.BadZipFile, OSError, ValueError, EOFError):
        return ""


def _textual(head: bytes, own: str) -> str:
    text = _decoded(head)
    if text is None:
        return ""
    if message := _message(text, own):
        return message
    if _PAGE.match(text):
        # A Markdown file may begin with <div align=center>; it is a page only as a whole one.
        whole = _WHOLE_PAGE.search(text[:8000])
        return ".html" if whole or own not in _TEXTUAL else own
    if re.match(r"\s*<\?xml", text):
        if re.search(r"<\?mso-application[^>]*Word\.Document", text[:2000]):
            return ".doc"  # Word 2003 could keep documents as one XML file
        if _WHOLE_PAGE.search(text[:2000]):
            return ".html"
        return own if own in _TEXTUAL else ".xml"
    if own in _TEXTUAL:
        return own
    if own in _WORKBOOKS and re.search(r"[^\n]\t[^\n]|,", text):
        return ".tsv" if "\t" in text else ".csv"  # systems export text under the ending of Excel
    if own in (".html", ".htm") and re.search(r"<(?:p|br|div|table|span)\b", text, re.IGNORECASE):
        return own  # a piece of a page
    return ".txt" if text.strip() else ""


def _decoded(head: bytes) -> str | None:
    """The beginning as text; None when it is binary."""
    if b"\x00" in head and not head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        if not re.match(rb"(?:[\t\n\r -~]\x00|\x00[\t\n\r -~])", head):
            return None
        # UTF-16 without its mark, if at all: no other format is left that begins so.
        for encoding in ("utf-16-le", "utf-16-be"):
            text = head[: len(head) // 2 * 2].decode(encoding, "replace")
            if "\x00" not in text and text.count("\ufffd") <= 1:
                return text
        return None
    for cut in range(4 if len(head) == _HEAD else 1):
        # The last character may be cut in two.
        decoded = decode_declared(head[: len(head) - cut])
        if decoded is not None and not decoded.lost:
            break
    if decoded is None or len(_CONTROLS.findall(decoded.text)) * 50 > len(decoded.text):
        return None
    return decoded.text


def _message(text: str, own: str) -> str:
    """``.eml`` or ``.mhtml`` when a text begins with the header of a message."""
    header = re.split(r"\r?\n\r?\n", text.lstrip("\r\n"), maxsplit=1)[0]
    lines = header.splitlines()
    if lines and lines[0].startswith("From ") and len(lines) > 1:
        return ".mbox" if _HEADER.match(lines[1]) else ""
    names = set()
    for line in lines:
        if match := _HEADER.match(line):
            names.add(match[1].lower())
        elif not line.startswith((" ", "\t")) and not re.match(r"[A-Za-z0-9-]+:", line):
            return ""
    if len(names) < 2:
        return ""
    related = re.search(r"^content-type:\s*multipart/related", header, re.IGNORECASE | re.MULTILINE)
    sent = names & {"to", "received", "message-id", "delivered-to", "return-path"}
    if related and ("snapshot-content-location" in names or not sent or own in (".mhtml", ".mht")):
        return ".mhtml"
    if names <= {"content-type", "content-transfer-encoding"}:
        return ""
    return ".eml"
