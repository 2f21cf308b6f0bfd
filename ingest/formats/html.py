"""Web pages, saved as they were sent (.html) or with all their parts in one file (.mhtml)."""

from __future__ import annotations

import re
from pathlib import Path

from ingest.formats import RawText
from policyqa.errors import UnreadableFile

SUFFIXES = (".html", ".htm", ".shtml", ".xhtml", ".mhtml", ".mht")

MAX_BYTES = 20 * 1024 * 1024
"""A page takes some twenty times its size in memory; real ones stay below 2 MB."""

# <meta charset="gb2312"> · <meta http-equiv=… content="text/html; charset=gbk"> · <?xml … encoding="utf-8"?>
_DECLARED = re.compile(
    rb"<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*[\"']?\s*([A-Za-z0-9_-]{3,20})", re.IGNORECASE
)
# Content-Type: text/html; charset=gbk as headers saved above a page (wget --save-headers)
_RESPONSE = re.compile(
    rb"HTTP/\d(?:\.\d)?\s+\d{3}[^\n]{0,100}\n(?:[A-Za-z0-9-]+:[^\n]{0,4000}\n){0,100}\r?\n"
)
_HEADER_CHARSET = re.compile(rb"(?im)^content-type:[^\n]*charset\s*=\s*[\"']?([A-Za-z0-9_-]{3,20})")
# Formats that are saved under .html by mistake.
_OTHER = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "an office file or zip archive"),
    (b"\xd0\xcf\x11\xe0", "an office file"),
)


def read(path: Path) -> RawText:
    """The document on a page: labels (索引号, 发文机关, 成文日期 …), title, text; menus left out.

    Raises:
        UnreadableFile: no page, too large, in no known encoding, or without text.
        OSError: passed on.
    """
    from ingest.recognise import kind_of

    size = path.stat().st_size
    archived = kind_of(path) in (".mhtml", ".mht", ".eml")
    if size > MAX_BYTES and not archived:
        raise UnreadableFile(f"is a page of {size >> 20} MB, more than {MAX_BYTES >> 20} MB", "split it up")
    return _read_archive(path) if archived else _read_page(path.read_bytes())


def _read_page(data: bytes) -> RawText:
    response = _RESPONSE.match(data)
    declared = _HEADER_CHARSET.search(response.group()) if response else None
    data = data[response.end() :] if response else data
    for magic, what in _OTHER:
        if data.startswith(magic):
            raise UnreadableFile(f"is not a web page but {what}", "give it the ending of its true format")
    return _understood(data, declared[1].decode("ascii") if declared else "", "html")


def _understood(data: bytes, declared: str, how: str) -> RawText:
    """Decode a page and find the document on it; ``declared`` by the server goes before its own."""
    from ingest.charset import decode_declared
    from ingest.webpage import read_page

    own = _DECLARED.search(data[:4096])
    decoded = decode_declared(data, declared or (own[1].decode("ascii") if own else ""))
    if decoded is None:
        raise UnreadableFile("is no web page, or in no known encoding", "save it again as UTF-8")
    try:
        page = read_page(decoded.text)
    except RecursionError as error:
        raise UnreadableFile("nests its elements too deeply", "save it from a browser as text") from error
    notices = page.notices
    if decoded.lost:
        notices += (f"有 {decoded.lost} 个字符不能按 {decoded.encoding} 解码",)
    engine = f"{how}, {decoded.encoding}" + (", trafilatura" if page.fallback else "")
    return RawText(page.text, engine, notices=notices)


def _read_archive(path: Path) -> RawText:
    """The page in an .mhtml: its first HTML part, or a later one (a frame) that says more."""
    from ingest import mail

    message = mail.load(path)
    found: list[RawText] = []
    refused: UnreadableFile | None = None
    pages = [
        part
        for part in mail.parts(message)
        if part.get_content_type() in ("text/html", "application/xhtml+xml")
    ]
    for part in pages[:8]:
        data = mail.payload(part)
        if len(data) > MAX_BYTES:
            raise UnreadableFile(f"holds a page of more than {MAX_BYTES >> 20} MB", "split it up")
        try:
            found.append(_understood(data, mail.charset(part), "mhtml"))
        except UnreadableFile as error:
            refused = refused or error
        if found and len(found[0].text) > 600:
            break
    if found:
        return max(found, key=lambda raw: len(raw.text))
    raise refused or UnreadableFile("holds no page", "save the page again from a browser")
