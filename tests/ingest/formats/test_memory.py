"""The worst files that the limits let through are read, or refused, in less than 2 GB of memory."""

from __future__ import annotations

import random
import subprocess
import sys
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from ingest.formats.image import MAX_PIXELS
from ingest.pages.guard import MAX_STREAM

MOST = 2 * 1000 * 1000 * 1000
"""Bytes."""

_CHILD = """
import re, sys
from pathlib import Path
from ingest.formats import read_file
from policyqa.errors import UnreadableFile
try:
    said = f"read {len(read_file(Path(sys.argv[1])).text)}"
except UnreadableFile as error:
    said = f"refused: {error.message}"
most = re.search(r"VmHWM:\\s+(\\d+) kB", Path("/proc/self/status").read_text())
print(int(most[1]) * 1024, said)
"""


def peak(path: Path) -> tuple[int, str]:
    """The most memory that reading a file takes, in bytes, and what came of it."""
    ran = subprocess.run(
        [sys.executable, "-c", _CHILD, str(path)], capture_output=True, text=True, timeout=300, check=False
    )
    assert ran.returncode == 0, ran.stderr[-2000:]
    memory, _, said = ran.stdout.strip().partition(" ")
    return int(memory), said


def drawn(path: Path) -> None:
    """A PDF whose page is drawn by a million strokes, as large unpacked as is let through."""
    orders = zlib.compress(b"0 0 m 9 9 l S\n" * (MAX_STREAM // 14))
    path.write_bytes(
        b"%%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1/MediaBox[0 0 600 800]>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/Contents 4 0 R>>endobj\n"
        b"4 0 obj<</Length %d/Filter/FlateDecode>>stream\n%b\nendstream endobj\n"
        b"trailer<</Root 1 0 R>>\n%%%%EOF" % (len(orders), orders)
    )


def large_picture(path: Path) -> None:
    """As many pixels as are let through, in colour."""
    Image.new("RGB", (10_000, MAX_PIXELS // 10_000), "white").save(path, "PNG", compress_level=1)


def long_table(path: Path) -> None:
    """A table in a text file of 50 MB."""
    chance = random.Random(3)
    row = ",".join(str(chance.randrange(10**6)) for _ in range(40))
    path.write_text("镇街," * 39 + "床位\n" + f"{row}\n" * (48 * 2**20 // (len(row) + 1)), "utf-8")


WORST: dict[str, Callable[[Path], None]] = {
    "a.pdf": drawn,
    "a.png": large_picture,
    "a.csv": long_table,
}


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the system does not tell its peaks")
@pytest.mark.parametrize("name", WORST)
def test_the_worst_files_stay_below_two_gigabytes(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    WORST[name](path)
    memory, said = peak(path)
    assert memory < MOST, f"{memory:,} bytes, {said}"
