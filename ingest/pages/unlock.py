"""Encrypted PDFs that open without a password, as those that forbid changes or printing.

What they hold cannot be tried by ``guard`` while it is encrypted; so a copy without the encryption is
made, and tried and read in their place.
"""

from __future__ import annotations

import mmap
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ingest.pages import guard, unlock_program
from ingest.pages.pdfium import refusal
from policyqa.errors import UnreadableFile

_MEMORY = 3 << 29
"""Bytes of address space that making the copy may take."""
_SECONDS = 120
_PRINT = "print it to a new PDF"


@contextmanager
def checked(path: Path) -> Iterator[Path]:
    """The PDF to open, within all limits: the file itself, or a copy that is no longer encrypted.

    Raises:
        UnreadableFile: no PDF, cut off, a password, over a limit.
        OSError: cannot be read.
    """
    guard.check(path)
    if not _says_encrypted(path):
        yield path
        return
    with tempfile.TemporaryDirectory(prefix="policyqa-") as folder:
        copy = Path(folder) / "plain.pdf"
        _decrypt(path, copy)
        guard.check(copy)
        yield copy


def _says_encrypted(path: Path) -> bool:
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        return data.find(b"/Encrypt") >= 0


def _decrypt(path: Path, copy: Path) -> None:
    program = [sys.executable, "-P", unlock_program.__file__]
    limits = [str(_MEMORY), str(guard.MAX_FILE)]
    try:
        ran = subprocess.run(
            [*program, str(path.resolve()), str(copy), *limits],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            timeout=_SECONDS, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired as error:
        raise UnreadableFile(f"is encrypted and takes more than {_SECONDS} s to open", _PRINT) from error
    if ran.returncode > unlock_program.FAILED:
        raise refusal(ran.returncode - unlock_program.FAILED)
    if ran.returncode or not copy.is_file():
        raise UnreadableFile("is encrypted and takes more memory or space to open than it may", _PRINT)
