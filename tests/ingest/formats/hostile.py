"""Damaged and hostile copies of files, for every format's tests."""

from __future__ import annotations

import random
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

from policyqa.errors import UnreadableFile


def damaged(data: bytes, tries: int = 40) -> Iterator[bytes]:
    """Torn, overwritten and shuffled copies, the same at every run."""
    chance = random.Random(7)
    yield from (b"", b"\x00", b"PK\x03\x04", data[:1], data[:8], data[:-1])
    for _ in range(tries):
        yield data[: chance.randrange(len(data))]
        copy = bytearray(data)
        for _ in range(chance.choice((1, 3, 30))):
            copy[chance.randrange(len(copy))] = chance.randrange(256)
        yield bytes(copy)
    yield chance.randbytes(3000)


def damaged_parts(path: Path, part: str, tries: int = 40) -> Iterator[bytes]:
    """Copies of a zip file, whole as zips, with one part damaged: what a checksum does not catch."""
    with zipfile.ZipFile(path) as archive:
        content = archive.read(part)
    for copy in damaged(content, tries):
        yield repacked(path, {part: copy})


def repacked(path: Path, parts: dict[str, bytes]) -> bytes:
    """A copy of a zip file with some parts replaced or added."""
    from io import BytesIO

    buffer = BytesIO()
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            if name not in parts:
                target.writestr(name, source.read(name))
        for name, content in parts.items():
            target.writestr(name, content)
    return buffer.getvalue()


def read_or_refused(read: Callable[[Path], object], path: Path, data: bytes) -> object | None:
    """Read bytes as a file; None when refused with a reason. Anything else is an error."""
    path.write_bytes(data)
    try:
        return read(path)
    except UnreadableFile as error:
        refused = error
    assert refused.message
    assert refused.hint
    return None
