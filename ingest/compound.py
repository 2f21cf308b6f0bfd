"""Which streams an OLE compound file holds at its root: enough to tell a .doc from a .xls.

Only the header, the sector table and the directory are read (MS-CFB); nothing is trusted.
"""

from __future__ import annotations

import struct
from pathlib import Path
from typing import IO

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_END = 0xFFFFFFFA
"""Sector numbers from here on are marks, not sectors."""

_MAX_SECTORS = 4096
"""Sectors of the directory that are followed: 16,384 entries of 512-byte sectors."""


def root_names(path: Path) -> set[str]:
    """Names of the streams and storages directly under the root; empty when damaged."""
    with path.open("rb") as file:
        header = file.read(512)
        if len(header) < 512 or not header.startswith(MAGIC):
            return set()
        (shift,) = struct.unpack_from("<H", header, 30)
        if shift not in (9, 12):
            return set()
        return _under_root(_directory(file, header, 1 << shift))


def _directory(file: IO[bytes], header: bytes, size: int) -> bytes:
    """The directory's sectors, followed through the table as far as it goes."""
    (sector,) = struct.unpack_from("<I", header, 48)
    table = struct.unpack_from("<109I", header, 76)
    per_sector = size // 4
    found = []
    seen: set[int] = set()
    while sector < _END and sector not in seen and len(seen) < _MAX_SECTORS:
        seen.add(sector)
        found.append(_sector(file, sector, size))
        where, at = divmod(sector, per_sector)
        if where >= len(table) or table[where] >= _END:
            break  # the table goes on in sectors that only very large files have
        entries = _sector(file, table[where], size)
        if len(entries) < at * 4 + 4:
            break
        (sector,) = struct.unpack_from("<I", entries, at * 4)
    return b"".join(found)


def _sector(file: IO[bytes], number: int, size: int) -> bytes:
    file.seek((number + 1) * size)
    return file.read(size)


def _under_root(directory: bytes) -> set[str]:
    """Walk the tree of the root's children; entries are 128 bytes each."""
    count = len(directory) // 128
    if not count or directory[66] != 5:
        return set()
    names: set[str] = set()
    seen: set[int] = set()
    (child,) = struct.unpack_from("<I", directory, 76)
    waiting = [child]
    while waiting:
        number = waiting.pop()
        if number >= count or number in seen:
            continue
        seen.add(number)
        at = number * 128
        length = min(64, struct.unpack_from("<H", directory, at + 64)[0])
        names.add(directory[at : at + max(0, length - 2)].decode("utf-16-le", "replace"))
        waiting += struct.unpack_from("<II", directory, at + 68)
    return names
