"""What an ingest has to do: files by the hashes of their contents against what the catalog knows."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from ingest import parse
from ingest.progress import Progress
from ingest.sources import SourceFile, file_hash
from policyqa.catalog import Catalog, SourceRow


@dataclass(frozen=True, slots=True)
class Planned:
    """A file to read, as it was when it was looked at; ``members`` are known to be in it."""

    file: SourceFile
    hash: str
    size: int
    modified: int
    parser: str
    known: SourceRow | None
    members: tuple[SourceRow, ...] = ()
    error: str = ""

    @property
    def tried_in_vain(self) -> tuple[SourceRow, ...]:
        """The file and its members as they are known, when it is read again only because some of it
        could not be read before; else nothing."""
        if self.known is None or self.known.file_hash != self.hash:
            return ()
        rows = (self.known, *(row for row in self.members if row.state != "gone"))
        same = all(row.parser == self.parser and not row.to_read for row in rows)
        return rows if same and any(row.error for row in rows) else ()


@dataclass(slots=True)
class Plan:
    """The files to read; the sources that stay as they are; rows of which only the time changed;
    known sources of these folders that are gone; all known sources by root and name; and folders
    of which nothing counts as gone, since not one file is left in them: a share may not be there."""

    todo: list[Planned] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    touched: list[SourceRow] = field(default_factory=list)
    gone: list[SourceRow] = field(default_factory=list)
    known: dict[tuple[str, str], SourceRow] = field(default_factory=dict)
    emptied: list[str] = field(default_factory=list)


def plan(files: list[SourceFile], roots: list[str], catalog: Catalog | None, progress: Progress) -> Plan:
    """Compare files with the catalog; only files whose size or time changed are looked into."""
    rows = catalog.sources() if catalog else []
    found = Plan(known={(row.root, row.source): row for row in rows})
    members: dict[tuple[str, str], list[SourceRow]] = {}
    for row in rows:
        if row.container:
            members.setdefault((row.root, row.container), []).append(row)
    with progress.step("检查文件", len(files)) as done:
        for file in files:
            _look(found, file, tuple(members.get((file.root, file.source), ())))
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


def _look(found: Plan, file: SourceFile, members: tuple[SourceRow, ...]) -> None:
    row = found.known.get((file.root, file.source))
    version = parse.VERSION
    if file.error:
        found.todo.append(Planned(file, "", 0, 0, version, None, error=file.error))
        return
    try:
        # Before the hash: what is written to the file later is seen by the next ingest.
        stat = file.path.stat()
        size, modified = stat.st_size, stat.st_mtime_ns
        same = row is not None and (row.size, row.modified) == (size, modified)
        digest = row.file_hash if same and row else file_hash(file.path)
    except OSError as error:
        reason = f"cannot be opened: {error.strerror or error} → check the permissions"
        found.todo.append(Planned(file, "", 0, 0, version, row, members, reason))
        return
    inside = [member for member in members if member.state != "gone"]
    if row is None or row.file_hash != digest or not all(_settled(r, version, file) for r in (row, *inside)):
        found.todo.append(Planned(file, digest, size, modified, version, row, members))
        return
    found.unchanged += [r.source for r in (row, *inside) if r.document_id is not None]
    if not same:
        found.touched.append(replace(row, size=size, modified=modified))


def _settled(row: SourceRow, version: str, file: SourceFile) -> bool:
    """Whether a source needs no reading while its file is the same.

    Failed ones are tried again: what they lacked may have been installed meanwhile. One that a user
    removed comes back only when its file is named.
    """
    if row.state == "removed":
        return not file.named
    return not row.error and not row.to_read and row.parser == version


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
