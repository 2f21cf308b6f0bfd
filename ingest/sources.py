"""Which files an ingest is about: walking folders, leaving out what does not belong."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatch, fnmatchcase
from pathlib import Path

from ingest.charset import decode_declared
from policyqa.errors import UsageError

IGNORE_FILE = ".policyqaignore"
_LITTER = ("thumbs.db", "ehthumbs.db", "desktop.ini", "*.tmp", "*.crdownload", "*.part")
"""What systems and programs leave in folders: previews, settings, unfinished downloads."""

_HIDDEN = (".*", "~$*", "lost+found", "System Volume Information")
"""Files and folders that are not looked at; the last two, of file systems, are closed to users."""


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file on disk: ``source`` is its path relative to ``root``, with forward slashes.

    ``root`` and ``source`` can always be stored and printed; only ``path`` opens the file, whose name
    need not be UTF-8. ``named`` when the file itself was asked for, not a folder that it lies in.

    With an ``error`` it is a folder that could not be listed, and stands for all that may be in it;
    ``source`` then ends in a slash, or is empty for the root.
    """

    root: str
    source: str
    path: Path
    named: bool = False
    error: str = ""

    @property
    def shown(self) -> str:
        """What users are told: the source, or the whole path of a folder that could not be listed."""
        return _escaped(self.path) if self.error else self.source

    def stands_for(self, root: str, source: str) -> bool:
        """Whether a source may lie in this folder, which could not be listed."""
        return bool(self.error) and root == self.root and f"{source}/".startswith(self.source)


def find_files(paths: Sequence[Path]) -> tuple[list[SourceFile], list[str]]:
    """The files under some paths in a steady order, and the folders among the paths.

    A folder may hold ``.policyqaignore``: one pattern a line (``README.md``, ``gold/*``), ``#`` for
    comments. Hidden files, office lock files (``~$…``) and the litter of systems are left out too.

    Raises:
        UsageError: a path does not exist, or the text of ``.policyqaignore`` cannot be told.
    """
    files: dict[tuple[str, str], SourceFile] = {}
    roots = []
    for path in paths:
        if not is_there(path):
            raise UsageError(f"没有文件或文件夹 {path}", "检查路径是否写对")
        absolute = path.resolve()
        if absolute.is_dir():
            roots.append(_escaped(absolute))
            found = list(_walk(absolute))
        else:
            folder = absolute.parent
            source = _legible(folder, absolute.name)
            found = [SourceFile(_escaped(folder), source, absolute, named=True)]
        files |= {(f.root, f.source): f for f in found}
    return list(files.values()), roots


def is_there(path: Path) -> bool:
    """Whether a path exists, as far as this user may know."""
    try:
        return path.exists()
    except OSError:
        return False


def _walk(root: Path) -> Iterator[SourceFile]:
    key = _escaped(root)
    try:
        patterns = _patterns(root)
    except OSError as error:
        closed = root / IGNORE_FILE if is_there(root / IGNORE_FILE) else root
        yield SourceFile(key, "", closed, error=_reason(error))
        return
    waiting = [(root, "", True)]
    while waiting:
        path, source, is_folder = waiting.pop()
        if not is_folder:
            if not _left_out(source, patterns):
                yield SourceFile(key, source, path)
            continue
        inner = f"{source}/" if source else ""
        try:
            listed = _listed(path)
        except OSError as error:
            if not any(p.endswith("*") and fnmatch(inner, p) for p in patterns):
                yield SourceFile(key, inner, path, error=_reason(error))
            continue
        waiting += [(path / name, inner + _legible(path, name), folder) for name, folder in reversed(listed)]


def _listed(folder: Path) -> list[tuple[str, bool]]:
    """The names in a folder that may belong, in order, and whether each is a folder itself."""
    found = []
    with os.scandir(folder) as entries:
        for entry in entries:
            try:
                is_folder = entry.is_dir(follow_symlinks=False)
                belongs = is_folder or entry.is_file()
            except OSError:
                # As a folder it will be found to be closed, and be told.
                is_folder = belongs = True
            if belongs and not any(fnmatchcase(entry.name, pattern) for pattern in _HIDDEN):
                found.append((entry.name, is_folder))
    return sorted(found)


def _left_out(source: str, patterns: Sequence[str]) -> bool:
    name = source.rpartition("/")[2]
    if any(fnmatch(name.lower(), pattern) for pattern in _LITTER):
        return True
    return any(fnmatch(source, p) or fnmatch(name, p) for p in patterns)


def _legible(folder: Path, name: str) -> str:
    """A name as text: other bytes than UTF-8 are taken for GB18030, or escaped where no text fits."""
    if not any("\ud800" <= character <= "\udfff" for character in name):
        return name
    try:
        text = os.fsencode(name).decode("gb18030")
    except UnicodeDecodeError:
        return _escaped(name)
    # The same name in UTF-8 may lie beside it.
    return _escaped(name) if is_there(folder / text) else text


def _escaped(path: Path | str) -> str:
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def _reason(error: OSError) -> str:
    return f"cannot be opened: {error.strerror or error} → check the permissions"


def _patterns(root: Path) -> list[str]:
    file = root / IGNORE_FILE
    if not file.is_file():
        return []
    decoded = decode_declared(file.read_bytes())
    if decoded is None or decoded.lost:
        raise UsageError(f"认不出 {file} 的文字编码", "另存为 UTF-8")
    lines = (line.strip() for line in decoded.text.splitlines())
    return [line for line in lines if line and not line.startswith("#")]


def file_hash(path: Path) -> str:
    """SHA-256 of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
