"""Opening zip files of strangers: bounded before anything is unpacked, names in their true letters.

OFD files are such zips too, and plain archives.
"""

from __future__ import annotations

import lzma
import re
import stat
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from policyqa.errors import UnreadableFile

MAX_BYTES = 200 * 1024 * 1024
"""What all members together may unpack to."""

MAX_RATIO = 100
"""How many times larger than the file its contents may be; real documents stay below 30."""

_SMALL = 1024 * 1024
"""Below this many bytes unpacked the ratio says nothing: a form of blanks packs to a hundredth."""

_MAX_LIST = 4 * 1024 * 1024
"""Bytes that the list of contents may take; reading it costs fifteen times as much memory."""

_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)

BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    NotImplementedError,
    EOFError,
    ValueError,
    OverflowError,
    RuntimeError,
    IndexError,
)
"""What ``zipfile`` raises for damaged or hostile files, beside OSError."""


def open_zip(path: Path, max_members: int, what: str = "zip archive") -> zipfile.ZipFile:
    """Open a zip file within limits: members, bytes in all, ratio.

    Raises:
        UnreadableFile: not a zip, damaged, or beyond a limit.
    """
    size = path.stat().st_size
    with path.open("rb") as file:
        listed = _list_size(file, size)
    if listed > _MAX_LIST:
        raise UnreadableFile(
            f"is a {what} whose list of contents takes {listed >> 20} MB", "split it into smaller ones"
        )
    try:
        archive = zipfile.ZipFile(path)
    except OSError as error:
        if error.filename is not None:
            raise
        # A seek to an impossible place, not a file that cannot be opened.
        raise UnreadableFile(f"is a damaged {what}", "replace it with a whole copy") from error
    except BROKEN as error:
        raise UnreadableFile(f"is not a whole {what} ({error})", "replace it with a whole copy") from error
    try:
        _check(archive, size, max_members, what)
    except UnreadableFile:
        archive.close()
        raise
    return archive


def _list_size(file: IO[bytes], size: int) -> int:
    """Bytes of the central directory as the end record declares; 0 when there is none."""
    file.seek(max(0, size - 66_000))
    tail = file.read(66_000)
    declared = 0
    at = tail.rfind(b"PK\x05\x06")
    if at >= 0 and at + 16 <= len(tail):
        (declared,) = struct.unpack_from("<I", tail, at + 12)
        declared = 0 if declared == 0xFFFFFFFF else declared
    at = tail.rfind(b"PK\x06\x06")
    if at >= 0 and at + 48 <= len(tail):
        (wide,) = struct.unpack_from("<Q", tail, at + 40)
        declared = max(declared, wide)
    # More than the file holds is a lie that zipfile finds out itself.
    return declared if declared <= size else 0


def _check(archive: zipfile.ZipFile, size: int, max_members: int, what: str) -> None:
    members = archive.infolist()
    if len(members) > max_members:
        raise UnreadableFile(
            f"is a {what} of {len(members)} members, more than {max_members}", "split it into smaller ones"
        )
    total = sum(member.file_size for member in members)
    if total > MAX_BYTES:
        raise UnreadableFile(
            f"is a {what} that unpacks to {total >> 20} MB, more than {MAX_BYTES >> 20} MB",
            "split it into smaller ones",
        )
    if total > _SMALL and total > MAX_RATIO * size:
        raise UnreadableFile(
            f"is a {what} that unpacks to {total // max(1, size)} times its size, more than {MAX_RATIO}",
            "unpack it by hand if you trust it",
        )


def chunks(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[bytes]:
    """The bytes of a member, never more than it declares.

    Raises:
        UnreadableFile: password-protected, packed in an uncommon way, or damaged.
    """
    if member.flag_bits & 1:
        raise UnreadableFile("is protected by a password", "unpack it and give the files in it")
    if member.compress_type not in _METHODS:
        raise UnreadableFile(
            f"is packed by the uncommon method {member.compress_type}", "pack it again as an ordinary zip"
        )
    try:
        with archive.open(member) as source:
            while chunk := source.read(1 << 20):
                yield chunk
    except (*BROKEN, OSError) as error:
        raise UnreadableFile(f"is damaged ({error})", "replace it with a whole copy") from error


def read_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, limit: int) -> bytes:
    """A whole member in memory.

    Raises:
        UnreadableFile: as ``chunks``, or larger than ``limit`` bytes.
    """
    if member.file_size > limit:
        raise UnreadableFile(
            f"holds a part of {member.file_size >> 20} MB, more than {limit >> 20} MB",
            "split the document into smaller ones",
        )
    return b"".join(chunks(archive, member))


def is_link(member: zipfile.ZipInfo) -> bool:
    """Whether a member is a symbolic link, a device or the like: anything but a file or folder."""
    kind = stat.S_IFMT(member.external_attr >> 16)
    return kind not in (0, stat.S_IFREG, stat.S_IFDIR)


def written_name(member: zipfile.ZipInfo) -> str:
    """The name of a member as its author wrote it.

    Without the UTF-8 flag zipfile takes the bytes for cp437, but Chinese Windows writes GBK there,
    some Macs UTF-8, and a few packers put the true name in the extra field 0x7075.
    """
    name = member.orig_filename
    if member.flag_bits & 0x800:
        return name
    try:
        raw = name.encode("cp437")
    except UnicodeEncodeError:
        return name
    if unicode_path := _unicode_path(member.extra, raw):
        return unicode_path
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return name


def _unicode_path(extra: bytes, raw: bytes) -> str:
    at = 0
    while at + 4 <= len(extra):
        kind, length = struct.unpack_from("<HH", extra, at)
        field = extra[at + 4 : at + 4 + length]
        at += 4 + length
        if kind == 0x7075 and len(field) > 5 and field[0] == 1:
            (checksum,) = struct.unpack_from("<I", field, 1)
            if checksum == zlib.crc32(raw):
                return field[5:].decode("utf-8", "replace")
    return ""


def safe_name(name: str) -> str:
    """A name fit to be shown and stored: forward slashes, no control characters, no long parts.

    Names are never used as paths on disk; this is for people and for the catalog.

    >>> safe_name("答复\\\\2024\\u202e\\x1b[2J.docx"), safe_name("./a//b.txt")
    ('答复/2024[2J.docx', 'a/b.txt')

    Raises:
        UnreadableFile: the name is absolute, leads out by ``..``, or is empty.
    """
    name = name.split("\x00")[0].replace("\\", "/")
    shown = "".join(c for c in name if unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Zl", "Zp"))
    shown = unicodedata.normalize("NFC", shown)
    parts = [part.strip() for part in shown.split("/")]
    # /etc/passwd · C:/Windows · ../../a.txt
    if shown.startswith("/") or re.match(r"[A-Za-z]:", shown) or ".." in parts:
        raise UnreadableFile(f"has the unsafe name {shown[:80]!r}", "unpack it by hand if you trust it")
    kept = [_shortened(part) for part in parts if part not in ("", ".")]
    if not kept:
        raise UnreadableFile("has no name", "pack it again under a name")
    return "/".join(kept[-8:])


def _shortened(part: str) -> str:
    if len(part) <= 120:
        return part
    stem, dot, ending = part.rpartition(".")
    return f"{stem[:100]}….{ending}" if dot and len(ending) <= 10 else part[:110] + "…"
