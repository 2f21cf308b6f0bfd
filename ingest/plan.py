"""What an ingest has to do: files by the hashes of their contents against what the catalog knows."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath

from ingest import parse
from ingest.progress import Progress
from ingest.retries import attempt, waits
from ingest.sources import SourceFile, file_hash
from policyqa.catalog import Catalog, SourceRow


@dataclass(frozen=True, slots=True)
class Planned:
    """A file to read, as it was when it was looked at; ``members`` are known to be in it.

    ``parser`` is the version that reads it, ``attempt`` that with what helps it. With an ``error`` it is
    not read: it cannot be, or the same bytes are known to fail (``told_again``).
    """

    file: SourceFile
    hash: str
    size: int
    modified: int
    parser: str
    attempt: str
    known: SourceRow | None
    members: tuple[SourceRow, ...] = ()
    error: str = ""
    told_again: bool = False
    waiting: tuple[SourceRow, ...] = ()
    """Members that could not be read and are not tried again."""

    @property
    def tried_in_vain(self) -> tuple[SourceRow, ...]:
        """The file and its members as they are known, when it is read again only because some of it
        could not be read before; else nothing."""
        if self.known is None or self.known.file_hash != self.hash:
            return ()
        rows = (self.known, *(row for row in self.members if row.state != "gone"))
        same = all(
            row.parser == (self.attempt if row.error else self.parser) and not row.to_read for row in rows
        )
        return rows if same and any(row.error for row in rows) else ()


@dataclass(slots=True)
class Plan:
    """The files to read; the sources that stay as they are; those that could not be read and are not
    tried again; rows of which only the time changed; known sources of these folders that are gone; all
    known sources by root and name; and folders of which nothing counts as gone, since not one file is
    left in them: a share may not be there."""

    todo: list[Planned] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    failed: list[SourceRow] = field(default_factory=list)
    touched: list[SourceRow] = field(default_factory=list)
    gone: list[SourceRow] = field(default_factory=list)
    known: dict[tuple[str, str], SourceRow] = field(default_factory=dict)
    emptied: list[str] = field(default_factory=list)


def plan(
    files: list[SourceFile], roots: list[str], catalog: Catalog | None, progress: Progress,
    retry: bool = False,
) -> Plan:  # fmt: skip
    """Compare files with the catalog; only files whose size or time changed are looked into.

    Args:
        retry: try again also those that failed for what is wrong with the file.
    """
    rows = catalog.sources() if catalog else []
    found = Plan(known={(row.root, row.source): row for row in rows})
    members: dict[tuple[str, str], list[SourceRow]] = {}
    for row in rows:
        if row.container:
            members.setdefault((row.root, row.container), []).append(row)
    look = _Look(found, members, retry)
    with progress.step("检查文件", len(files)) as done:
        for file in files:
            look.at(file)
            done(1)
    present = {(file.root, file.source) for file in files}
    unlisted = [file for file in files if file.error]
    gone = [
        row
        for row in rows
        if row.root in roots
        and (row.state == "gone" or (row.root, row.container or row.source) not in present)
        and not any(folder.stands_for(row.root, row.source) for folder in unlisted)
    ]
    filled = {file.root for file in files if not file.error}
    found.emptied = sorted({row.root for row in gone if row.document_id} - filled)
    found.gone = [row for row in gone if row.root not in found.emptied]
    return found


class _Look:
    """Looks at one file after the other; ``found`` grows."""

    def __init__(self, found: Plan, members: dict[tuple[str, str], list[SourceRow]], retry: bool) -> None:
        self._found = found
        self._members = members
        self._retry = retry
        self._version = parse.VERSION
        self._attempt = attempt(self._version)
        # A bad file that was moved or copied is as bad there; its ending has a say in how it is read.
        self._bad = {
            (row.file_hash, _ending(row.source)): row
            for key, row in found.known.items()
            if self._waits(row)
            and row.file_hash
            and row.document_id is None
            and not (row.container or key in members)
        }

    def at(self, file: SourceFile) -> None:
        found, row = self._found, self._found.known.get((file.root, file.source))
        members = tuple(self._members.get((file.root, file.source), ()))
        read_by = (self._version, self._attempt)
        if file.error:
            found.todo.append(Planned(file, "", 0, 0, *read_by, None, error=file.error))
            return
        try:
            # Before the hash: what is written to the file later is seen by the next ingest.
            stat = file.path.stat()
            size, modified = stat.st_size, stat.st_mtime_ns
            same = row is not None and (row.size, row.modified) == (size, modified)
            digest = row.file_hash if same and row else file_hash(file.path)
        except OSError as error:
            reason = f"cannot be opened: {error.strerror or error} → check the permissions"
            found.todo.append(Planned(file, "", 0, 0, *read_by, row, members, reason))
            return
        inside = [member for member in members if member.state != "gone"]
        here = () if row is None else (row, *inside)
        if row is not None and row.file_hash == digest and all(self._settled(r, file) for r in here):
            found.failed += [r for r in here if r.error]
            found.unchanged += [r.source for r in here if r.document_id is not None and not r.error]
            if not same:
                found.touched.append(replace(row, size=size, modified=modified))
            return
        one = Planned(file, digest, size, modified, *read_by, row, members)
        bad = self._bad.get((digest, _ending(file.source)))
        if bad is not None and (row is None or row.file_hash != digest):
            found.todo.append(replace(one, error=bad.error, told_again=True))
            return
        waiting = tuple(member for member in inside if self._waits(member))
        found.todo.append(replace(one, waiting=waiting))

    def _settled(self, row: SourceRow, file: SourceFile) -> bool:
        """Whether a source needs no reading while its file is the same.

        One that a user removed comes back only when its file is named.
        """
        if row.state == "removed":
            return not file.named
        return not row.to_read and (self._waits(row) if row.error else row.parser == self._version)

    def _waits(self, row: SourceRow) -> bool:
        return bool(row.error) and not self._retry and waits(row, self._attempt)


def _ending(source: str) -> str:
    return PurePosixPath(source).suffix.lower()


def returning(found: Plan) -> list[str]:
    """The earlier versions that count again once what is gone is forgotten."""
    gone = {(row.root, row.source) for row in found.gone}
    kept = {
        row.document_id for key, row in found.known.items() if key not in gone and row.state in ("", "gone")
    }
    lost = {row.document_id for row in found.gone if row.state in ("", "gone")} - kept
    return [
        row.source
        for key, row in found.known.items()
        if row.state == "superseded" and row.document_id in lost and key not in gone
    ]
