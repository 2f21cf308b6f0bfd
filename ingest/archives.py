"""Files inside files: zip archives and the attachments of e-mails, unpacked one at a time."""

from __future__ import annotations

import re
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from ingest import mail
from ingest.recognise import kind_of
from ingest.zips import MAX_BYTES, chunks, is_link, open_zip, safe_name, written_name
from policyqa.errors import UnreadableFile

SUFFIXES = (".zip", ".eml")
"""What ``kind_of`` calls the files that hold other files."""

MAX_MEMBERS = 2000
MAX_DEPTH = 3
"""An archive in an archive in an archive is opened; one more is refused."""

Refuse = Callable[[str, UnreadableFile], None]
"""Told of a member that cannot be unpacked: its name and what is wrong."""

# What packers and systems leave in archives: __MACOSX/._a.docx · .DS_Store · ~$答复.docx · Thumbs.db
_LITTER = re.compile(r"(?:^|/)(?:__MACOSX(?:/|$)|\.|~\$|Thumbs\.db$|desktop\.ini$)", re.IGNORECASE)


@dataclass(slots=True)
class _Budget:
    """What may still be unpacked, over all archives inside one another."""

    bytes: int = MAX_BYTES
    members: int = MAX_MEMBERS

    def take(self, members: int, size: int) -> None:
        if members > self.members:
            raise UnreadableFile(
                f"holds more than {MAX_MEMBERS} files, archives inside it included",
                "split it into smaller ones",
            )
        if size > self.bytes:
            raise UnreadableFile(
                f"unpacks to more than {MAX_BYTES >> 20} MB, archives inside it included",
                "split it into smaller ones",
            )
        self.members -= members
        self.bytes -= size


class _Refused(UnreadableFile):
    """A member was left out and nobody is told otherwise."""


def members(path: Path, refuse: Refuse | None = None) -> Iterator[tuple[str, Path]]:
    """The files in an archive or attached to an e-mail, archives inside it opened too.

    Names read like paths (``答复.zip/2024/第035号.docx``) but are none. Each file lies in a temporary
    folder until the next is asked for or the iterator is closed; its ending is that of its name.

    Args:
        refuse: called for members that are left out: damaged, links, with unsafe names, archives
            nested too deep. Without it the first of them ends the iteration with its error.

    Raises:
        UnreadableFile: while iterating: not an archive, damaged, protected by a password, or beyond
            a limit (200 MB in all, 2,000 members, 100 times its size, 3 archives deep).
        OSError: passed on.
    """
    yield from _members(path, 1, _Budget(), refuse or _raise)


def _raise(name: str, error: UnreadableFile) -> None:
    raise _Refused(f"{name} in it {error.message}", error.hint) from error


def _members(
    path: Path, depth: int, budget: _Budget, refuse: Refuse
) -> Generator[tuple[str, Path], None, None]:
    kind = kind_of(path)
    if kind not in SUFFIXES:
        raise UnreadableFile("is neither a zip archive nor an e-mail", "unpack it and give the files in it")
    unpacked = _from_zip if kind == ".zip" else _from_mail
    with TemporaryDirectory(prefix="policyqa-") as folder:
        for name, file in unpacked(path, Path(folder), budget, refuse):
            yield from _opened(name, file, depth, budget, refuse)
            file.unlink(missing_ok=True)


def _opened(name: str, file: Path, depth: int, budget: _Budget, refuse: Refuse) -> Iterator[tuple[str, Path]]:
    """A member, and what it holds when it is an archive itself."""
    kind = kind_of(file)
    if kind != ".zip":
        yield name, file
    if kind not in SUFFIXES:
        return
    if depth >= MAX_DEPTH:
        if kind == ".zip":
            deep = UnreadableFile(f"lies more than {MAX_DEPTH} archives deep", "unpack it by hand")
            refuse(name, deep)
        return

    def refuse_inner(inner: str, error: UnreadableFile) -> None:
        refuse(f"{name}/{inner}", error)

    with closing(_members(file, depth + 1, budget, refuse_inner)) as inside:
        while True:
            try:
                inner, found = next(inside)
            except StopIteration:
                return
            except _Refused:
                raise
            except UnreadableFile as error:
                refuse(name, error)
                return
            yield f"{name}/{inner}", found


def _from_zip(path: Path, folder: Path, budget: _Budget, refuse: Refuse) -> Iterator[tuple[str, Path]]:
    with open_zip(path, MAX_MEMBERS * 2) as archive:
        infos = [info for info in archive.infolist() if not info.is_dir()]
        if any(info.flag_bits & 1 for info in infos):
            raise UnreadableFile("is protected by a password", "unpack it and give the files in it")
        budget.take(len(infos), sum(info.file_size for info in infos))
        taken: set[str] = set()
        for number, info in enumerate(infos, start=1):
            shown = written_name(info)
            try:
                name = safe_name(shown)
                if _LITTER.search(name):
                    continue
                if is_link(info):
                    raise UnreadableFile("is a link, not a file", "pack the file itself")
                file = _written(folder, number, name, chunks(archive, info))
            except UnreadableFile as error:
                refuse(_printable(shown), error)
                continue
            yield _unique(name, taken), file


def _from_mail(path: Path, folder: Path, budget: _Budget, refuse: Refuse) -> Iterator[tuple[str, Path]]:
    taken: set[str] = set()
    for number, attachment in enumerate(mail.attachments(mail.load(path)), start=1):
        budget.take(1, len(attachment.data))
        try:
            # A name such as 关于A/B的答复.docx is one name here.
            name = safe_name(attachment.name.replace("/", "／").replace("\\", "／"))
            file = _written(folder, number, name, [attachment.data])
        except UnreadableFile as error:
            refuse(_printable(attachment.name), error)
            continue
        yield _unique(name, taken), file


def _written(folder: Path, number: int, name: str, data: Iterable[bytes]) -> Path:
    """Write a member under a name of ours; only a plain ending is taken from its own."""
    ending = re.search(r"\.[A-Za-z0-9]{1,10}$", name)
    file = folder / f"{number}{ending.group().lower() if ending else ''}"
    with file.open("wb") as target:
        for chunk in data:
            target.write(chunk)
    return file


def _unique(name: str, taken: set[str]) -> str:
    """The name, or 答复 (2).docx where the archive holds one already."""
    stem, dot, ending = name.rpartition(".")
    if not dot or "/" in ending:
        stem, dot, ending = name, "", ""
    count, found = 1, name
    while found in taken:
        count += 1
        found = f"{stem} ({count}){dot}{ending}"
    taken.add(found)
    return found


def _printable(name: str) -> str:
    return "".join(c if c.isprintable() else "\ufffd" for c in name)[:120]
