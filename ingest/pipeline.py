"""The ingest: plan by hashes, read and parse, catalog, embed, write the next generation, swap.

Safe to run at any time: the catalog is written in transactions, vectors are kept as they come, and
readers see either the old generation or the new one. Files are read in processes of their own while
this one embeds.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from ingest.archives import SUFFIXES
from ingest.folders import note_folders
from ingest.formats import format_of
from ingest.plan import Plan, Planned, plan, returning
from ingest.progress import Advance, Progress
from ingest.reading import Found, Outcome, Task, read_task
from ingest.recognise import kind_of
from ingest.retries import PERHAPS_OUTSIDE
from ingest.sources import SourceFile, find_files
from ingest.versions import place
from policyqa.catalog import FILE_NAME, Catalog, SourceRow
from policyqa.embed import SentenceEmbeddings
from policyqa.errors import UnreadableFile
from policyqa.likeness import alike
from policyqa.store import drop_unused, refresh_index, writing

_SAVE_EVERY = 256
"""Texts embedded between two writes of vectors: what a crash can cost."""

_TOGETHER = 1024
"""Texts gathered before they are embedded: enough of like length for batches without padding."""

FILE_SECONDS = 900.0
"""The longest that one file may take to read: a scan of 200 pages."""

# Starting a process costs more than reading a few small texts here.
_FEW = 16
_SMALL = 20_000
_PLAIN = (".txt", ".text")


@dataclass(slots=True)
class Summary:
    """What an ingest did, or in a dry run would do; lists hold sources.

    ``near_duplicates`` are pairs of sources, of which one was read now, that say nearly the same.
    ``not_pruned`` are folders whose documents stay: not one file is left in them. ``not_retried`` are
    those of the failed that were not read now, since they failed before; see ``ingest.retries``.
    """

    added: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    failed: list[dict[str, str]] = field(default_factory=list)
    near_duplicates: list[dict[str, Any]] = field(default_factory=list)
    not_pruned: list[str] = field(default_factory=list)
    not_retried: list[str] = field(default_factory=list)
    passages: int = 0
    embedded: int = 0
    seconds: float = 0.0

    def tell_again(self, rows: Sequence[SourceRow]) -> None:
        """Count in files that failed before and are not read now."""
        self.failed += [{"source": row.source, "error": row.error} for row in rows]
        self.not_retried += [row.source for row in rows]

    def as_json(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__slots__}


def ingest(
    paths: Sequence[Path],
    store: Path,
    embeddings: SentenceEmbeddings,
    prune: bool = False,
    dry_run: bool = False,
    progress: Progress | None = None,
    file_seconds: float = FILE_SECONDS,
    retry: bool = False,
) -> Summary:
    """Bring a store up to date with some files and folders.

    Args:
        prune: forget documents whose files are gone from the folders given, but for folders in which
            not one file is left.
        dry_run: only say what would be done; nothing is written, and archives are not opened.
        file_seconds: the longest that one file, or one member of an archive, may take to read.
        retry: read again also what could not be read before and is the same since.

    Raises:
        UsageError: a path does not exist.
        StoreLocked: another ingest is writing.
        StoreError, ModelError: the store or the model cannot be used.
    """
    begun = time.monotonic()
    progress = progress or Progress(quiet=True)
    files, roots = find_files(paths)
    if dry_run:
        return _foretold(files, roots, store, prune, progress, begun, retry)
    with writing(store):
        catalog = Catalog.of(store, create=True)
        try:
            run = _Run(catalog, embeddings, progress, file_seconds)
            return run.whole(files, roots, store, prune, begun, retry)
        finally:
            catalog.close()


def _foretold(
    files: list[SourceFile], roots: list[str], store: Path, prune: bool, progress: Progress, begun: float,
    retry: bool,
) -> Summary:  # fmt: skip
    catalog = Catalog.of(store) if (store / FILE_NAME).is_file() else None
    planned = plan(files, roots, catalog, progress, retry)
    summary = Summary(unchanged=planned.unchanged)
    summary.tell_again(planned.failed)
    for one in planned.todo:
        if error := one.error or _refused(one.file.path):
            summary.failed.append({"source": one.file.shown, "error": error})
            summary.not_retried += [one.file.shown] if one.told_again else []
        elif again := one.tried_in_vain:
            summary.failed += [{"source": row.source, "error": row.error} for row in again if row.error]
            summary.unchanged += [row.source for row in again if row.document_id and not row.error]
        else:
            _tell(summary, one.file.source, one.known)
    if prune:
        summary.removed = [row.source for row in planned.gone]
        summary.not_pruned = planned.emptied
        back = returning(planned)
        summary.added += back
        summary.unchanged = [source for source in summary.unchanged if source not in back]
    if catalog:
        summary.passages = catalog.counts()[1]
        catalog.close()
    summary.seconds = round(time.monotonic() - begun, 3)
    return summary


def _refused(path: Path) -> str:
    """Why a file will not be read, as far as it shows without reading it; empty when it may be."""
    try:
        if kind_of(path) not in SUFFIXES:
            format_of(path)
    except (UnreadableFile, OSError) as error:
        return str(error)
    return ""


def _tell(summary: Summary, source: str, known: SourceRow | None) -> None:
    (summary.added if known is None or known.document_id is None else summary.updated).append(source)


class _Run:
    """One ingest under the store's lock."""

    def __init__(
        self, catalog: Catalog, embeddings: SentenceEmbeddings, progress: Progress, file_seconds: float
    ) -> None:
        self._catalog = catalog
        self._embeddings = embeddings
        self._model = embeddings.identity
        self._progress = progress
        self._file_seconds = file_seconds
        self._summary = Summary()
        self._run: int | None = None
        self._known: dict[tuple[str, str], SourceRow] = {}
        self._pending: dict[str, str] = {}
        self._read_now: set[str] = set()
        self._passages = 0

    def whole(
        self, files: list[SourceFile], roots: list[str], store: Path, prune: bool, begun: float,
        retry: bool,
    ) -> Summary:  # fmt: skip
        summary, catalog = self._summary, self._catalog
        planned = plan(files, roots, catalog, self._progress, retry)
        self._known = planned.known
        summary.unchanged = planned.unchanged
        summary.tell_again(planned.failed)
        note_folders(catalog, files, roots, {root for root, _ in planned.known})
        catalog.put_sources(planned.touched)
        if prune:
            summary.not_pruned = planned.emptied
            if planned.gone:
                self._remove(planned.gone)
        self._take_all(planned, prune)
        self._take_back(files, prune)
        summary.embedded += _embed(catalog, self._embeddings, self._model, self._progress)
        summary.passages = catalog.counts()[1]
        with self._progress.step("更新索引", summary.passages) as done:
            refreshed = refresh_index(store, catalog, self._model, done)
        if refreshed or self._run is not None or catalog.has_retired():
            drop_unused(store, catalog)
        for told in (
            summary.added, summary.updated, summary.unchanged, summary.removed, summary.not_retried,
        ):  # fmt: skip
            told.sort()
        summary.failed.sort(key=lambda failure: failure["source"])
        if self._read_now:
            summary.near_duplicates = near_duplicates(catalog, self._read_now)
        summary.seconds = round(time.monotonic() - begun, 3)
        if self._run is not None:
            catalog.finish_run(self._run, summary.as_json())
        return summary

    def _changing(self) -> None:
        """Note, before the first change, that an ingest began."""
        if self._run is None:
            self._run = self._catalog.begin_run()

    def _remove(self, rows: Sequence[SourceRow]) -> None:
        self._changing()
        self._catalog.remove_sources((row.root, row.source) for row in rows)
        self._summary.removed += [row.source for row in rows]

    def _take_all(self, planned: Plan, prune: bool) -> None:
        todo = {(one.file.root, one.file.source): one for one in planned.todo}
        tasks = []
        for one in planned.todo:
            if one.error:
                self._fail(one, Outcome(one.file.shown, one.hash, error=one.error))
                self._summary.not_retried += [one.file.shown] if one.told_again else []
            else:
                tasks.append(_task(one))
        seen: dict[tuple[str, str], dict[str, str]] = {}
        with self._progress.step("读取文件", len(tasks)) as done:
            for task, outcome in _read(tasks, self._file_seconds):
                one = todo[task.root, task.source]
                if outcome is None:
                    self._end_archive(one, seen.pop((task.root, task.source), {}), prune)
                    done(1, f"{self._passages} 段")
                    continue
                seen.setdefault((task.root, task.source), {})[outcome.source] = outcome.error
                self._take(one, outcome)
                if len(self._pending) >= _TOGETHER:
                    self._embed_pending(done)

    def _take_back(self, files: list[SourceFile], prune: bool) -> None:
        """Read what counts again now: earlier versions of a letter whose later one is gone, or has
        become another letter."""
        rows = [row for row in self._catalog.sources() if row.to_read]
        again = {(row.root, row.container or row.source) for row in rows}
        waiting = [file for file in files if (file.root, file.source) in again]
        if not waiting:
            return
        planned = plan(waiting, [], self._catalog, self._progress)
        self._known = planned.known
        # An archive is told anew as a whole.
        told = {
            row.source for key, row in planned.known.items() if (key[0], row.container or key[1]) in again
        }
        summary = self._summary
        summary.failed = [failure for failure in summary.failed if failure["source"] not in told]
        summary.not_retried = [source for source in summary.not_retried if source not in told]
        summary.unchanged = [source for source in summary.unchanged if source not in told]
        before = {*summary.added, *summary.updated}
        self._take_all(planned, prune)
        summary.unchanged = [source for source in summary.unchanged if source not in before]

    def _take(self, one: Planned, outcome: Outcome) -> None:
        """Record what became of a file or member."""
        known = self._known.get((one.file.root, outcome.source))
        if outcome.told_again and known is not None:
            self._summary.tell_again([known])
            if known.state == "gone":
                self._put(replace(known, state=""), known)
            return
        if outcome.error:
            self._fail(one, outcome)
        if outcome.found is None:
            if not outcome.error:
                self._take_known(one, outcome, known)
            return
        row = self._row(one, outcome, outcome.found)
        if known is not None and _as_before(known, row) and outcome.found.document.id == known.document_id:
            return
        self._changing()
        if place(self._catalog, row, outcome.found):
            self._read_now.add(outcome.found.document.id)
            self._pending |= {p.hash: p.embedded for p in outcome.found.passages}
        if not outcome.error:
            _tell(self._summary, outcome.source, known)
        self._passages += len(outcome.found.passages)

    def _take_known(self, one: Planned, outcome: Outcome, known: SourceRow | None) -> None:
        """A member that is as it was, or an archive itself."""
        if outcome.source != one.file.source and known is not None:
            if known.state != "removed":
                self._summary.unchanged.append(outcome.source)
            if known.state == "gone":
                self._put(replace(known, state=""), known)
            return
        self._put(self._row(one, outcome), known)

    def _fail(self, one: Planned, outcome: Outcome) -> None:
        """Note a failure; the last good version stays."""
        self._summary.failed.append({"source": outcome.source, "error": outcome.error})
        if outcome.found is not None or one.file.error:
            return
        known = self._known.get((one.file.root, outcome.source))
        row = self._row(one, outcome)
        if known is not None:
            state = "" if known.state == "removed" else known.state
            row = replace(row, document_id=known.document_id, state=state)
            if PERHAPS_OUTSIDE.match(row.error) and _as_before(known, row):
                self._catalog.put_sources([row])  # from now on it waits again
        self._put(row, known)

    def _put(self, row: SourceRow, known: SourceRow | None) -> None:
        if known is None or not _as_before(known, row):
            self._changing()
            self._catalog.put_source(row)

    def _row(self, one: Planned, outcome: Outcome, found: Found | None = None) -> SourceRow:
        inner = outcome.source != one.file.source
        row = SourceRow(
            one.file.root, outcome.source, 0 if inner else one.size, 0 if inner else one.modified,
            outcome.hash, one.attempt if outcome.error else one.parser, None, outcome.error,
            container=one.file.source if inner else "",
            read_at=datetime.now(UTC).isoformat(timespec="seconds"),
        )  # fmt: skip
        if found is None:
            return row
        return replace(row, how=found.how, confidence=found.confidence, notices=found.notices)

    def _end_archive(self, one: Planned, seen: dict[str, str], prune: bool) -> None:
        """Members that a changed archive no longer holds are gone like files of a folder."""
        if seen.get(one.file.source):
            return  # it could not be read to its end
        gone = [row for row in one.members if row.source not in seen and row.source != one.file.source]
        if prune and gone:
            self._remove(gone)
        for row in gone if not prune else ():
            if row.state == "":
                self._put(replace(row, state="gone"), row)

    def _embed_pending(self, done: Advance) -> None:
        """Embed what has gathered, while the readers go on."""
        texts, self._pending = self._pending, {}
        known = self._catalog.vectors(self._model, list(texts))
        missing = {key: text for key, text in texts.items() if key not in known}
        self._summary.embedded += len(missing)
        for _ in _embedded(self._catalog, self._embeddings, self._model, missing):
            done(0, f"{self._passages} 段")


def _as_before(known: SourceRow, row: SourceRow) -> bool:
    """Whether a file would be recorded as it is already."""
    same = replace(row, read_at=known.read_at, document_id=known.document_id, state=known.state)
    return known == same and (row.document_id, row.state) in (
        (None, ""),
        (known.document_id, known.state),
    )


def _task(one: Planned) -> Task:
    known = {
        row.source: (row.file_hash, "")
        for row in one.members
        if not row.error
        and (row.parser == one.parser or row.state == "removed")
        and not (row.state == "removed" and one.file.named)
    }
    # Of an archive that is the same the members are the same, those too that it could not give.
    same = one.known is not None and one.known.file_hash == one.hash
    known |= {
        row.source: ("" if same else row.file_hash, row.error) for row in one.waiting if same or row.file_hash
    }
    return Task(one.file.root, one.file.source, one.file.path, one.hash, known)


def _read(tasks: list[Task], seconds: float) -> Iterator[tuple[Task, Outcome | None]]:
    """The outcomes of files, and None when a file is done; in other processes unless they are few."""
    if len(tasks) <= _FEW and all(_is_small(task.path) for task in tasks):
        for task in tasks:
            for outcome in read_task(task):
                yield task, outcome
            yield task, None
        return
    from ingest.workers import read_apart

    # One processor is the model's.
    yield from read_apart(tasks, min(3, max(1, len(os.sched_getaffinity(0)) - 1)), seconds)


def _is_small(path: Path) -> bool:
    """Whether a file is a short plain text by its content too, whatever its ending promises.

    No reader of a format can be led astray by one, and it is understood within seconds at worst.
    """
    try:
        size = path.stat().st_size
        return path.suffix.lower() in _PLAIN and (not size or (size <= _SMALL and kind_of(path) in _PLAIN))
    except OSError:
        return True  # it fails before anything is read


def near_duplicates(catalog: Catalog, among: set[str]) -> list[dict[str, Any]]:
    """Pairs of documents that say nearly the same, one of them among the given ids."""
    sketches = catalog.sketches()
    sources = {document_id: source for document_id, source, _ in sketches}
    pairs = alike([(document_id, whole) for document_id, _, whole in sketches])
    return [
        {"sources": sorted((sources[a], sources[b])), "similarity": value}
        for a, b, value in pairs
        if a in among or b in among
    ]


def _embed(catalog: Catalog, embeddings: SentenceEmbeddings, model: str, progress: Progress) -> int:
    """Embed what has no vector yet under this model; returns how many texts."""
    missing = catalog.missing_vectors(model)
    with progress.step("计算向量", len(missing)) as done:
        for count in _embedded(catalog, embeddings, model, missing):
            done(count)
    return len(missing)


def _embedded(
    catalog: Catalog, embeddings: SentenceEmbeddings, model: str, missing: dict[str, str]
) -> Iterator[int]:
    """Embed texts by hash and keep their vectors, texts of like length together."""
    hashes = sorted(missing, key=lambda key: len(missing[key]))
    for at in range(0, len(hashes), _SAVE_EVERY):
        part = hashes[at : at + _SAVE_EVERY]
        vectors = embeddings.encode([missing[key] for key in part], "passage")
        catalog.put_vectors(model, dict(zip(part, vectors, strict=True)))
        yield len(part)
