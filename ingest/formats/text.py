"""Plain text in whatever encoding staff's machines wrote them."""

from __future__ import annotations

import codecs
from pathlib import Path

from ingest.charset import big5_text
from ingest.formats import RawText
from policyqa.errors import UnreadableFile

SUFFIXES = (".txt", ".text")

MAX_BYTES = 20 * 1024 * 1024
"""The longest laws and yearbooks stay below 5 MB."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def read(path: Path) -> RawText:
    """The text as it stands.

    Raises:
        UnreadableFile: binary data, in no known encoding, or too large.
        OSError: passed on.
    """
    return read_text(path)


def read_text(path: Path) -> RawText:
    """Decode a text file: by its mark, else UTF-8, else GB18030 or Big5, else a guess. Raises as ``read``."""
    if (size := path.stat().st_size) > MAX_BYTES:
        raise UnreadableFile(
            f"is a text of {size >> 20} MB, more than {MAX_BYTES >> 20} MB", "split it into smaller ones"
        )
    text, encoding = decode(path.read_bytes())
    return RawText(text.replace("\r\n", "\n").replace("\r", "\n"), encoding)


def decode(data: bytes) -> tuple[str, str]:
    """Text of some bytes, and the encoding used.

    The order matters: statistical guessing takes short GB18030 for Korean, so both encodings of
    Chinese offices are tried strictly before anything is guessed.

    Raises:
        UnreadableFile: binary data, or no encoding fits.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return data.decode(encoding), encoding
            except UnicodeDecodeError as error:
                raise UnreadableFile(
                    f"begins with the mark of {encoding} but is not: {error.reason} at byte {error.start}",
                    "save it again as UTF-8",
                ) from error
    if b"\x00" in data:
        raise UnreadableFile("is not text (it holds zero bytes)", "give it the ending of its true format")
    for encoding in ("utf-8", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        traditional = big5_text(data) if encoding == "gb18030" else None
        return (text, encoding) if traditional is None else (traditional, "big5")
    from charset_normalizer import from_bytes

    best = from_bytes(data).best()
    if best is None:
        raise UnreadableFile("is in no known encoding", "save it again as UTF-8")
    return str(best), best.encoding
