"""OLE compound files made by hand: the frame of .doc and .xls, and of files with a password."""

from __future__ import annotations

import struct

from ingest.compound import MAGIC

_SECTOR = 512
_END, _TABLE, _FREE = 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF


def compound(streams: dict[str, bytes]) -> bytes:
    """A compound file of some streams, each padded to 4,096 bytes so that none is a small one."""
    sectors: list[bytes] = [b"", b""]  # table and directory
    table = [_TABLE, _END]
    entries = [_entry("Root Entry", 5, 1, _FREE, 0, _END)]
    for number, (name, content) in enumerate(streams.items(), 1):
        content = content.ljust(4096, b"\0")
        first = len(sectors)
        for at in range(0, len(content), _SECTOR):
            sectors.append(content[at : at + _SECTOR].ljust(_SECTOR, b"\0"))
            table.append(len(sectors))
        table[-1] = _END
        beside = number + 1 if number < len(streams) else _FREE
        entries.append(_entry(name, 2, _FREE, beside, len(content), first))
    assert len(table) <= 128
    assert len(entries) <= 4
    table += [_FREE] * (128 - len(table))
    sectors[0] = struct.pack("<128I", *table)
    sectors[1] = b"".join(entries).ljust(_SECTOR, b"\0")
    header = bytearray(MAGIC.ljust(_SECTOR, b"\0"))
    struct.pack_into("<HHHHH", header, 24, 0x3E, 3, 0xFFFE, 9, 6)
    struct.pack_into("<IIIIIIIII", header, 44, 1, 1, 0, 4096, _END, 0, _END, 0, 0)
    struct.pack_into("<108I", header, 80, *[_FREE] * 108)
    return bytes(header) + b"".join(sectors)


def _entry(name: str, kind: int, child: int, right: int, size: int, start: int) -> bytes:
    raw = name.encode("utf-16-le")
    return (
        raw.ljust(64, b"\0")
        + struct.pack("<HBBIII", len(raw) + 2, kind, 1, _FREE, right, child)
        + bytes(36)
        + struct.pack("<IQ", start, size)
    )


def word_header(
    encrypted: bool = False, fast_saved: bool = False, boxes: int = 0, lists: int = 0, notes: int = 0
) -> bytes:
    """The beginning of a Word file's main stream (MS-DOC: FIB)."""
    data = bytearray(0x400)
    struct.pack_into("<HH", data, 0, 0xA5EC, 0xC1)
    struct.pack_into("<H", data, 0x0A, (0x100 if encrypted else 0) | (4 if fast_saved else 0))
    struct.pack_into("<I", data, 0x50, notes)
    struct.pack_into("<I", data, 0x64, boxes)
    struct.pack_into("<I", data, 0x2E6, lists)
    return bytes(data)
