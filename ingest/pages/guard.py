"""PDFs that must not be opened: cut off, or made to take all memory.

PDFium inflates a stream of a file to as much as a gigabyte and builds objects from it; so the
streams are tried here first, piece by piece.
"""

from __future__ import annotations

import mmap
import re
import zlib
from collections.abc import Iterator
from pathlib import Path

from policyqa.errors import UnreadableFile

MAX_FILE = 300 * 2**20
"""Bytes of a file."""
MAX_STREAM = 24 * 2**20
"""Bytes of a stream that is no picture, unpacked: drawing orders of a page, a font. PDFium takes some
thirty times as much for them."""
MAX_STREAMS = 512 * 2**20
"""Bytes of all those together."""
MAX_PICTURE = 512 * 2**20
"""Bytes of a picture, unpacked."""
MAX_PIXELS = 120_000_000
"""Pixels of a picture: A4 at 1200 dpi is 139 million, at 600 dpi 35."""
_MAX_LZW = 200 * 2**10
"""Bytes of a packed stream in the older packing, which may grow 2,560-fold."""

_STEP = 2**20
_STREAM = re.compile(rb"(?<![a-z])stream\r?\n")
_DICTIONARY = 3000
"""Bytes in front of a stream that its description is looked for in."""


def check(path: Path) -> None:
    """Refuse what is no whole PDF, or one that unpacks to too much.

    Raises:
        UnreadableFile: no PDF, cut off, over a limit.
        OSError: cannot be read.
    """
    size = path.stat().st_size
    if size > MAX_FILE:
        raise UnreadableFile(
            f"is {size / 2**20:.0f} MiB large, at most {MAX_FILE // 2**20} are read", "split it"
        )
    if size == 0:
        raise UnreadableFile("the file is empty (0 bytes)", "replace it with a whole copy")
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        _check_ends(data)
        # Encrypted streams do not look packed and pass: see unlock. The word alone proves nothing.
        _check_streams(data)


def _check_ends(data: mmap.mmap) -> None:
    head = data[:1024]
    if b"%PDF-" not in head:
        raise UnreadableFile(
            f"is no PDF (it begins with {bytes(head[:8])!r})", "give it the ending of its true format"
        )
    # A file made for the web tells its length at its beginning.
    told = re.search(rb"/Linearized\b[^>]{0,300}?/L\s+(\d{1,12})", head)
    if b"%%EOF" not in data[-8192:] or (told and int(told[1]) > len(data)):
        missing = f" at {len(data):,} of {int(told[1]):,} bytes" if told else " (its end mark is missing)"
        raise UnreadableFile(f"is cut off{missing}", "replace it with a whole copy")


def _check_streams(data: mmap.mmap) -> None:
    total = 0
    for start, description in _streams(data):
        picture = re.search(rb"/Subtype\s*/Image\b", description) is not None
        if picture:
            _check_pixels(description)
        filters = len(re.findall(rb"/(?:FlateDecode|Fl|LZWDecode|LZW)\b", description))
        if filters > 1:
            raise UnreadableFile("holds a stream that is packed twice", "print it to a new PDF")
        limit = MAX_PICTURE if picture else MAX_STREAM
        if re.search(rb"/LZW", description):
            told = re.search(rb"/Length\s+(\d{1,12})(?!\s+\d+\s+R)", description)
            length = int(told[1]) if told else data.find(b"endstream", start) - start
            if length > _MAX_LZW * (1 if not picture else 50):
                raise UnreadableFile(
                    "holds an old-style packed stream too large to try", "print it to a new PDF"
                )
            continue
        size = _unpacked(data, start, limit)
        if size > limit:
            raise UnreadableFile(
                f"holds a stream that unpacks to more than {limit // 2**20} MiB", "print it to a new PDF"
            )
        if not picture:
            total += size
            if total > MAX_STREAMS:
                raise UnreadableFile(
                    f"unpacks to more than {MAX_STREAMS // 2**20} MiB besides its pictures", "split it"
                )


def _streams(data: mmap.mmap) -> Iterator[tuple[int, bytes]]:
    """Where each stream begins, and the description in front of it."""
    for match in _STREAM.finditer(data):
        before = data[max(0, match.start() - _DICTIONARY) : match.start()]
        yield match.end(), before[before.rfind(b" obj") + 1 :]


def _check_pixels(description: bytes) -> None:
    sides = [
        int(found[1]) if (found := re.search(rb"/" + name + rb"\s+(\d{1,12})\b", description)) else 0
        for name in (b"Width", b"Height")
    ]
    if sides[0] * sides[1] > MAX_PIXELS:
        raise UnreadableFile(f"holds a picture of {sides[0]:,} × {sides[1]:,} pixels", "scan it at 300 dpi")


def _unpacked(data: mmap.mmap, start: int, limit: int) -> int:
    """The size of a packed stream, found out by unpacking it piece by piece; 0 for another packing."""
    head = data[start : start + 2]
    if len(head) < 2 or head[0] & 15 != 8 or (head[0] << 8 | head[1]) % 31:
        return 0
    unpacker = zlib.decompressobj()
    size, at = 0, start
    try:
        while not unpacker.eof and size <= limit:
            packed = unpacker.unconsumed_tail
            if not packed:
                packed = data[at : at + 65_536]
                at += len(packed)
                if not packed:
                    break
            size += len(unpacker.decompress(packed, _STEP))
    except zlib.error:
        pass  # damaged: PDFium takes what it can
    return size
