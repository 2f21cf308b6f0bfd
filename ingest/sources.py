"""Which files an ingest is about: walking folders, leaving out what does not belong."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path

from policyqa.errors import UsageError

IGNORE_FILE = ".policyqaignore"
_LITTER = ("thumbs.db", "ehthumbs.db", "desktop.ini", "*.tmp", "*.crdownload", "*.part")
"""What systems and programs leave in folders: previews, settings, unfinished downloads."""


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file on disk: ``source`` is its path relative to ``root``, with forward slashes.

    ``named`` when the file itself was asked for, not a folder that it lies in.
    """

    root: str
    source: str
    path: Path
    named: bool = False


def find_files(paths: Sequence[Path]) -> tuple[list[SourceFile], list[str]]:
    """The files under some paths in a steady order, and the folders among the paths.

    A folder may hold ``.policyqaignore``: one pattern a line (``README.md``, ``gold/*``), ``#`` for
    comments. Hidden files, office lock files (``~$…``) and the litter of systems are left out too.

    Raises:
        UsageError: a path does not exist.
    """
    files: dict[tuple[str, str], SourceFile] = {}
    roots = []
    for path in paths:
        if not path.exists():
            raise UsageError(f"没有文件或文件夹 {path}", "检查路径是否写对")
        absolute = path.resolve()
        if absolute.is_dir():
            roots.append(str(absolute))
            found = list(_walk(absolute))
        else:
            found = [SourceFile(str(absolute.parent), absolute.name, absolute, named=True)]
        files |= {(f.root, f.source): f for f in found}
    return list(files.values()), roots


def _walk(root: Path) -> Iterator[SourceFile]:
    patterns = _patterns(root)
    for path in sorted(root.rglob("*")):
        source = path.relative_to(root).as_posix()
        hidden = any(part.startswith((".", "~$")) for part in source.split("/"))
        litter = any(fnmatch(path.name.lower(), pattern) for pattern in _LITTER)
        if hidden or litter or not path.is_file():
            continue
        if not any(fnmatch(source, p) or fnmatch(path.name, p) for p in patterns):
            yield SourceFile(str(root), source, path)


def _patterns(root: Path) -> list[str]:
    file = root / IGNORE_FILE
    if not file.is_file():
        return []
    lines = (line.strip() for line in file.read_text("utf-8").splitlines())
    return [line for line in lines if line and not line.startswith("#")]


def file_hash(path: Path) -> str:
    """SHA-256 of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
