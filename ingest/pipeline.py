"""The ingest: plan by hashes, parse, catalog, embed, build the next generation, swap.

Safe to run at any time: the catalog is written in transactions, vectors are kept as they come, and
readers see either the old generation or the new one.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from ingest.formats import read_file
from ingest.parse import VERSION, parse
from ingest.progress import Progress
from ingest.sources import SourceFile, file_hash, find_files
from ingest.split import embedded_text
from policyqa.catalog import FILE_NAME, Catalog, PassageRow, SourceRow
from policyqa.embed import SentenceEmbeddings
from policyqa.errors import UnreadableFile
from policyqa.evidence import read_figures
from policyqa.schema import Document, Passage
from policyqa.store import refresh_index, writing

_SAVE_EVERY = 256
"""Texts embedded between two writes of vectors: what a crash can cost."""


@dataclass(slots=True)
class Summary:
    """What an ingest did, or in a dry run would do; lists hold sources."""

    added: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    failed: list[dict[str, str]] = field(default_factory=list)
    passages: int = 0
    embedded: int = 0
    seconds: float = 0.0

    def as_json(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class _Planned:
    file: SourceFile
    hash: str
    known: SourceRow | None
    error: str = ""


def ingest(
    paths: Sequence[Path],
    store: Path,
    embeddings: SentenceEmbeddings,
    prune: bool = False,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> Summary:
    """Bring a store up to date with some files and folders.

    Args:
        prune: forget documents whose files are gone from the folders given.
        dry_run: only say what would be done; nothing is written.

    Raises:
        UsageError: a path does not exist.
        StoreLocked: another ingest is writing.
        StoreError, ModelError: the store or the model cannot be used.
    """
    begun = time.monotonic()
    progress = progress or Progress(quiet=True)
    files, roots = find_files(paths)
    if dry_run:
        catalog = Catalog.of(store) if (store / FILE_NAME).is_file() else None
        summary = Summary()
        todo, gone = _plan(files, roots, catalog, summary, progress)
        for planned in todo:
            _tell(summary, planned)
        if prune:
            summary.removed = [row.source for row in gone]
        summary.passages = catalog.counts()[1] if catalog else 0
        summary.seconds = round(time.monotonic() - begun, 3)
        return summary
    with writing(store):
        catalog = Catalog.of(store, create=True)
        try:
            return _run(catalog, files, roots, store, embeddings, prune, progress, begun)
        finally:
            catalog.close()


def _run(
    catalog: Catalog,
    files: list[SourceFile],
    roots: list[str],
    store: Path,
    embeddings: SentenceEmbeddings,
    prune: bool,
    progress: Progress,
    begun: float,
) -> Summary:
    summary = Summary()
    todo, gone = _plan(files, roots, catalog, summary, progress)
    model = embeddings.identity
    changes = bool(todo) or (prune and bool(gone))
    run = catalog.begin_run() if changes else None
    with progress.step("读取文件", len(todo)) as done:
        for planned in todo:
            _take(catalog, planned, summary)
            done(1)
    if prune and gone:
        catalog.remove_sources((row.root, row.source) for row in gone)
        summary.removed = [row.source for row in gone]
    summary.embedded = _embed(catalog, embeddings, model, progress)
    summary.passages = catalog.counts()[1]
    with progress.step("更新索引", summary.passages) as done:
        refresh_index(store, catalog, model, done)
    if changes:
        catalog.drop_unused_vectors()
    summary.seconds = round(time.monotonic() - begun, 3)
    if run is not None:
        catalog.finish_run(run, summary.as_json())
    return summary


def _plan(
    files: list[SourceFile],
    roots: list[str],
    catalog: Catalog | None,
    summary: Summary,
    progress: Progress,
) -> tuple[list[_Planned], list[SourceRow]]:
    """The files to read, and the known files of these folders that are gone."""
    known = {(row.root, row.source): row for row in catalog.sources()} if catalog else {}
    todo = []
    with progress.step("检查文件", len(files)) as done:
        for file in files:
            row = known.get((file.root, file.source))
            try:
                stat = file.path.stat()
                same = row is not None and (row.size, row.modified) == (stat.st_size, stat.st_mtime_ns)
                digest = row.file_hash if same and row else file_hash(file.path)
            except OSError as error:
                todo.append(_Planned(file, "", row, f"cannot be opened: {error.strerror or error}"))
            else:
                settled = row is not None and row.document_id is not None and not row.error
                if settled and row and row.file_hash == digest and row.parser == VERSION:
                    summary.unchanged.append(file.source)
                else:
                    todo.append(_Planned(file, digest, row))
            done(1)
    present = {(file.root, file.source) for file in files}
    gone = [row for key, row in known.items() if row.root in roots and key not in present]
    return todo, gone


def _take(catalog: Catalog, planned: _Planned, summary: Summary) -> None:
    """Read, parse and record one file; a failure leaves its last good version in place."""
    file, known = planned.file, planned.known
    try:
        if planned.error:
            raise UnreadableFile(planned.error, "check the permissions")
        stat = file.path.stat()
        row = SourceRow(file.root, file.source, stat.st_size, stat.st_mtime_ns, planned.hash, VERSION, None)
        document, passages = parse(read_file(file.path), file.source)
    except UnreadableFile as error:
        summary.failed.append({"source": file.source, "error": str(error)})
        catalog.put_source(
            SourceRow(file.root, file.source, 0, 0, planned.hash, VERSION,
                      known.document_id if known else None, str(error))
        )  # fmt: skip
        return
    figures = {passage.id: read_figures(passage) for passage in passages}
    catalog.put_document(replace(row, document_id=document.id), document, _rows(document, passages), figures)
    _tell(summary, planned)


def _tell(summary: Summary, planned: _Planned) -> None:
    if planned.error:
        summary.failed.append({"source": planned.file.source, "error": planned.error})
    elif planned.known is None or planned.known.document_id is None:
        summary.added.append(planned.file.source)
    else:
        summary.updated.append(planned.file.source)


def _rows(document: Document, passages: Sequence[Passage]) -> list[PassageRow]:
    rows = []
    for passage in passages:
        text = embedded_text(passage)
        rows.append(
            PassageRow(
                passage.id,
                document.id,
                passage.ordinal,
                passage.start,
                passage.end,
                passage.section,
                passage.role,
                text,
                hashlib.sha256(text.encode()).hexdigest()[:32],
            )
        )
    return rows


def _embed(catalog: Catalog, embeddings: SentenceEmbeddings, model: str, progress: Progress) -> int:
    """Embed what has no vector yet under this model; returns how many texts."""
    missing = catalog.missing_vectors(model)
    hashes = sorted(missing, key=lambda key: len(missing[key]))
    with progress.step("计算向量", len(hashes)) as done:
        for at in range(0, len(hashes), _SAVE_EVERY):
            part = hashes[at : at + _SAVE_EVERY]
            vectors = embeddings.encode([missing[key] for key in part], "passage", done)
            catalog.put_vectors(model, dict(zip(part, vectors, strict=True)))
    return len(hashes)
