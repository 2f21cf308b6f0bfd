"""The catalog: the truth of a store. Only it and ``catalog_figures`` know SQLAlchemy.

It holds documents as parsed, the files they came from, their passages, the vectors of the
passages' embedded texts by content hash and model, and the ingest runs. The index is derived from
it and can be rebuilt from it at any time without embedding again.

One writer at a time (``ingest`` holds a lock file); any number of readers.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from policyqa.catalog_figures import FigureReader, figures_table, put_figures
from policyqa.errors import StoreError, StoreMissing, StoreVersionError
from policyqa.schema import Document, Figure, Passage, Proposal, Section, Span, Table

if TYPE_CHECKING:
    import numpy as np

SCHEMA_VERSION = "1"
FILE_NAME = "catalog.sqlite"

_meta = sa.MetaData()
_facts = sa.Table(
    "facts",
    _meta,
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("value", sa.Text, nullable=False),
)
_documents = sa.Table(
    "documents",
    _meta,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("source", sa.Text, nullable=False, index=True),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("issuer", sa.Text, nullable=False),
    sa.Column("document_number", sa.Text, nullable=False),
    sa.Column("document_type", sa.Text, nullable=False),
    sa.Column("year", sa.Integer, nullable=True),
    sa.Column("record", sa.Text, nullable=False),
    sa.Column("body", sa.Text, nullable=False),
)
_sources = sa.Table(
    "sources",
    _meta,
    sa.Column("root", sa.Text, primary_key=True),
    sa.Column("source", sa.Text, primary_key=True),
    sa.Column("size", sa.Integer, nullable=False),
    sa.Column("modified", sa.Integer, nullable=False),
    sa.Column("file_hash", sa.Text, nullable=False),
    sa.Column("parser", sa.Text, nullable=False),
    sa.Column("document_id", sa.Text, nullable=True, index=True),
    sa.Column("error", sa.Text, nullable=False, default=""),
)
_passages = sa.Table(
    "passages",
    _meta,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("document_id", sa.Text, nullable=False, index=True),
    sa.Column("ordinal", sa.Integer, nullable=False),
    sa.Column("start", sa.Integer, nullable=False),
    sa.Column("end", sa.Integer, nullable=False),
    sa.Column("section", sa.Text, nullable=False),
    sa.Column("role", sa.Text, nullable=False),
    sa.Column("embedded", sa.Text, nullable=False),
    sa.Column("hash", sa.Text, nullable=False, index=True),
)
_figures = figures_table(_meta)
_vectors = sa.Table(
    "vectors",
    _meta,
    sa.Column("model", sa.Text, primary_key=True),
    sa.Column("hash", sa.Text, primary_key=True),
    sa.Column("vector", sa.LargeBinary, nullable=False),
)
_runs = sa.Table(
    "runs",
    _meta,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("started", sa.Text, nullable=False),
    sa.Column("finished", sa.Text, nullable=True),
    sa.Column("summary", sa.Text, nullable=False),
)


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A file that was ingested: where it lies, what it was, and the document it became.

    ``document_id`` is None when no version of the file could ever be read; ``error`` is the
    reason of the last failure, empty when the last reading went well.
    """

    root: str
    source: str
    size: int
    modified: int
    file_hash: str
    parser: str
    document_id: str | None
    error: str = ""


@dataclass(frozen=True, slots=True)
class PassageRow:
    """A passage as stored: its place, and the text that was embedded for it with its hash."""

    id: str
    document_id: str
    ordinal: int
    start: int
    end: int
    section: tuple[str, ...]
    role: str
    embedded: str
    hash: str


class Catalog:
    """A catalog at a SQLAlchemy URL; ``Catalog.of(store)`` opens the SQLite file of a store."""

    def __init__(self, url: str) -> None:
        self._engine = sa.create_engine(url)
        if self._engine.dialect.name == "sqlite":
            sa.event.listen(self._engine, "connect", _configure_sqlite)
        self._figures = FigureReader(self._engine, _figures)
        self._document = lru_cache(maxsize=2048)(self._load_document)

    @classmethod
    def of(cls, store: Path, create: bool = False) -> Catalog:
        """The catalog of a store folder.

        Raises:
            StoreMissing: there is none and ``create`` is false.
            StoreVersionError: it was written by another version.
            StoreError: the file is not a catalog or cannot be read.
        """
        path = store / FILE_NAME
        if not create and not path.is_file():
            raise StoreMissing(
                f"no store in {store}",
                "ingest documents first: python -m ingest corpus --store " + str(store),
            )
        if create:
            try:
                store.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise StoreError(
                    f"cannot create the store {store}: {error}", "name another folder"
                ) from error
        catalog = cls(f"sqlite:///{path}")
        try:
            catalog._check_version(create)
        except sa.exc.DatabaseError as error:
            raise StoreError(
                f"{path} cannot be used as a catalog: {error.orig}",
                "restore it from a backup, or move it away and ingest again",
            ) from error
        return catalog

    def _check_version(self, create: bool) -> None:
        if create:
            _meta.create_all(self._engine)
        version = self.fact("schema_version") if sa.inspect(self._engine).has_table("facts") else None
        if version is None and create:
            self.set_fact("schema_version", SCHEMA_VERSION)
        elif version != SCHEMA_VERSION:
            raise StoreVersionError(
                f"the store is of version {version or 'unknown'}, this policyqa reads {SCHEMA_VERSION}",
                "ingest into a new folder with --store, or use the policyqa that wrote it",
            )

    def close(self) -> None:
        self._engine.dispose()

    # --- facts ------------------------------------------------------------------------------

    def fact(self, key: str) -> str | None:
        """A value kept about the store itself, such as its schema version."""
        with self._engine.connect() as connection:
            return connection.scalar(sa.select(_facts.c.value).where(_facts.c.key == key))

    def set_fact(self, key: str, value: str) -> None:
        with self._engine.begin() as connection:
            _upsert(connection, _facts, [{"key": key, "value": value}])

    # --- reading ----------------------------------------------------------------------------

    def sources(self, root: str | None = None) -> list[SourceRow]:
        """Known files, of one root or of all."""
        query = sa.select(_sources).order_by(_sources.c.root, _sources.c.source)
        if root is not None:
            query = query.where(_sources.c.root == root)
        with self._engine.connect() as connection:
            return [SourceRow(**row) for row in connection.execute(query).mappings()]

    def document(self, document_id: str) -> Document | None:
        """The document of that id, or None."""
        return self._document(document_id)

    def _load_document(self, document_id: str) -> Document | None:
        query = sa.select(_documents).where(_documents.c.id == document_id)
        with self._engine.connect() as connection:
            row = connection.execute(query).mappings().first()
        return _document_from(row) if row else None

    def documents(self) -> Iterator[Document]:
        """All documents by source; one at a time from the database."""
        with self._engine.connect() as connection:
            rows = connection.execution_options(yield_per=200).execute(
                sa.select(_documents).order_by(_documents.c.source)
            )
            for row in rows.mappings():
                yield _document_from(row)

    def heads(self) -> list[dict[str, Any]]:
        """Id, source, title, issuer, document_number, document_type and year of every document."""
        columns = [c for c in _documents.c if c.name not in ("record", "body")]
        with self._engine.connect() as connection:
            query = sa.select(*columns).order_by(_documents.c.source)
            return [dict(row) for row in connection.execute(query).mappings()]

    def passages(self, ids: Sequence[str]) -> list[Passage]:
        """The passages of these ids, in this order; ids that no longer exist are left out."""
        rows: dict[str, Any] = {}
        with self._engine.connect() as connection:
            for part in _batched(ids, 500):
                query = sa.select(_passages).where(_passages.c.id.in_(part))
                rows |= {row["id"]: row for row in connection.execute(query).mappings()}
        return self._passages_from([rows[i] for i in ids if i in rows])

    def passages_of(self, document_id: str) -> list[Passage]:
        """All passages of a document in reading order."""
        query = (
            sa.select(_passages).where(_passages.c.document_id == document_id).order_by(_passages.c.ordinal)
        )
        with self._engine.connect() as connection:
            rows = connection.execute(query).mappings().all()
        return self._passages_from(rows)

    def _passages_from(self, rows: Sequence[Any]) -> list[Passage]:
        figures = self._figures.of(rows)
        return [
            Passage(
                row["id"], document, row["start"], row["end"],
                tuple(json.loads(row["section"])), row["role"], row["ordinal"], figures.get(row["id"]),
            )
            for row in rows
            if (document := self.document(row["document_id"])) is not None
        ]  # fmt: skip

    def passage_rows(self) -> Iterator[PassageRow]:
        """Every passage as stored, in the order of documents and reading."""
        query = sa.select(_passages).order_by(_passages.c.document_id, _passages.c.ordinal)
        with self._engine.connect() as connection:
            for row in connection.execution_options(yield_per=2000).execute(query).mappings():
                yield PassageRow(**{**row, "section": tuple(json.loads(row["section"]))})

    def counts(self) -> tuple[int, int]:
        """How many documents and passages there are."""
        with self._engine.connect() as connection:
            return (
                connection.scalar(sa.select(sa.func.count()).select_from(_documents)) or 0,
                connection.scalar(sa.select(sa.func.count()).select_from(_passages)) or 0,
            )

    def vectors(self, model: str, hashes: Sequence[str]) -> dict[str, np.ndarray[Any, Any]]:
        """The known vectors of these hashes under this model, float32."""
        import numpy as np

        found: dict[str, np.ndarray[Any, Any]] = {}
        with self._engine.connect() as connection:
            for part in _batched(dict.fromkeys(hashes), 500):
                query = sa.select(_vectors.c.hash, _vectors.c.vector).where(
                    _vectors.c.model == model, _vectors.c.hash.in_(part)
                )
                for content_hash, blob in connection.execute(query):
                    found[content_hash] = np.frombuffer(blob, dtype="<f4")
        return found

    def missing_vectors(self, model: str) -> dict[str, str]:
        """Embedded texts of live passages without a vector under this model, by hash."""
        query = (
            sa.select(_passages.c.hash, sa.func.min(_passages.c.embedded))
            .outerjoin(_vectors, (_vectors.c.hash == _passages.c.hash) & (_vectors.c.model == model))
            .where(_vectors.c.hash.is_(None))
            .group_by(_passages.c.hash)
        )
        with self._engine.connect() as connection:
            return {row[0]: row[1] for row in connection.execute(query)}

    # --- writing (one writer: the caller holds the store's lock) -----------------------------

    def put_document(
        self, source: SourceRow, document: Document, passages: Sequence[PassageRow],
        figures: Mapping[str, Sequence[Figure]] | None = None,
    ) -> None:  # fmt: skip
        """Record a file and the document it became, with its figures by passage, in one transaction.

        The document it was before goes, unless another file still is that document.
        """
        with self._engine.begin() as connection:
            _forget_source(connection, source.root, source.source)
            _upsert(connection, _sources, [_row(source)])
            _upsert(connection, _documents, [_record(document)])
            connection.execute(_passages.delete().where(_passages.c.document_id == document.id))
            if passages:
                rows = [{**_row(p), "section": json.dumps(p.section, ensure_ascii=False)} for p in passages]
                connection.execute(_passages.insert(), rows)
            put_figures(connection, _figures, document.id, figures or {})
            _drop_orphans(connection)
        self._document.cache_clear()

    def put_source(self, source: SourceRow) -> None:
        """Record a file that is as before, moved, or failed; its document stays."""
        with self._engine.begin() as connection:
            _upsert(connection, _sources, [_row(source)])

    def remove_sources(self, keys: Iterable[tuple[str, str]]) -> None:
        """Forget files by (root, source), and documents that no file is any more."""
        with self._engine.begin() as connection:
            for root, source in keys:
                _forget_source(connection, root, source)
            _drop_orphans(connection)
        self._document.cache_clear()

    def remove_document(self, document_id: str) -> None:
        """Forget a document and the files that it came from."""
        with self._engine.begin() as connection:
            connection.execute(_sources.delete().where(_sources.c.document_id == document_id))
            _drop_orphans(connection)
        self._document.cache_clear()

    def put_vectors(self, model: str, vectors: dict[str, np.ndarray[Any, Any]]) -> None:
        """Keep vectors by content hash under a model, in one transaction."""
        rows = [
            {"model": model, "hash": key, "vector": vector.astype("<f4").tobytes()}
            for key, vector in vectors.items()
        ]
        with self._engine.begin() as connection:
            _upsert(connection, _vectors, rows)

    def drop_unused_vectors(self) -> None:
        """Forget vectors, of any model, that no passage uses."""
        with self._engine.begin() as connection:
            connection.execute(_vectors.delete().where(_vectors.c.hash.not_in(sa.select(_passages.c.hash))))

    def begin_run(self) -> int:
        """Note that an ingest began; returns the run's id."""
        with self._engine.begin() as connection:
            result = connection.execute(_runs.insert().values(started=_now(), summary="{}"))
            key = result.inserted_primary_key
        return int(key[0]) if key else 0

    def finish_run(self, run: int, summary: dict[str, Any]) -> None:
        with self._engine.begin() as connection:
            connection.execute(
                _runs.update()
                .where(_runs.c.id == run)
                .values(finished=_now(), summary=json.dumps(summary, ensure_ascii=False))
            )

    def last_runs(self, count: int = 5) -> list[dict[str, Any]]:
        """The last ingest runs, newest first; ``finished`` is None for one that was cut off."""
        query = sa.select(_runs).order_by(_runs.c.id.desc()).limit(count)
        with self._engine.connect() as connection:
            return [
                {**row, "summary": json.loads(row["summary"])} for row in connection.execute(query).mappings()
            ]


def _configure_sqlite(connection: Any, _record: Any) -> None:
    cursor = connection.cursor()
    # WAL lets members read while an ingest writes; FULL survives a power cut.
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.execute("PRAGMA busy_timeout=10000")
    cursor.close()


def _batched(items: Iterable[str], size: int) -> Iterator[list[str]]:
    # SQLite takes a limited number of parameters in one statement.
    whole = list(items)
    for at in range(0, len(whole), size):
        yield whole[at : at + size]


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _row(value: SourceRow | PassageRow) -> dict[str, Any]:
    return {name: getattr(value, name) for name in value.__slots__}


def _upsert(connection: sa.Connection, table: sa.Table, rows: list[dict[str, Any]]) -> None:
    if not rows:
        return
    if connection.dialect.name == "postgresql":
        from sqlalchemy.dialects.postgresql import insert as insert_postgresql

        statement: Any = insert_postgresql(table)
    else:
        from sqlalchemy.dialects.sqlite import insert as insert_sqlite

        statement = insert_sqlite(table)
    keys = [c.name for c in table.primary_key]
    update = {c.name: statement.excluded[c.name] for c in table.c if c.name not in keys}
    connection.execute(statement.on_conflict_do_update(index_elements=keys, set_=update), rows)


def _forget_source(connection: sa.Connection, root: str, source: str) -> None:
    connection.execute(_sources.delete().where(_sources.c.root == root, _sources.c.source == source))


def _drop_orphans(connection: sa.Connection) -> None:
    owned = sa.select(_sources.c.document_id).where(_sources.c.document_id.is_not(None))
    connection.execute(_documents.delete().where(_documents.c.id.not_in(owned)))
    for table in (_passages, _figures):
        connection.execute(table.delete().where(table.c.document_id.not_in(sa.select(_documents.c.id))))


def _record(document: Document) -> dict[str, Any]:
    def plain(value: Any) -> Any:
        if isinstance(value, date):
            return value.isoformat()
        if isinstance(value, (Section, Proposal, Span, Table)):
            return {name: plain(getattr(value, name)) for name in value.__slots__}
        if isinstance(value, tuple):
            return [plain(item) for item in value]
        if isinstance(value, dict):
            return {key: plain(item) for key, item in value.items()}
        return value

    columns = ("id", "source", "body")
    record = {name: plain(getattr(document, name)) for name in Document.__slots__ if name not in columns}
    return {
        "id": document.id,
        "source": document.source,
        "body": document.body,
        "title": document.title,
        "issuer": document.issuer,
        "document_number": document.document_number,
        "document_type": document.document_type,
        "year": document.dated.year if document.dated else None,
        "record": json.dumps(record, ensure_ascii=False),
    }


def _document_from(row: Any) -> Document:
    record = json.loads(row["record"])
    for name in ("signed_on", "published_on", "printed_on"):
        record[name] = date.fromisoformat(record[name]) if record.get(name) else None
    for name in ("issuers", "co_units", "copied_to", "attachments"):
        record[name] = tuple(record[name])
    record["proposals"] = tuple(
        Proposal(**{**p, "proposers": tuple(p["proposers"])}) for p in record["proposals"]
    )
    record["sections"] = tuple(Section(**{**s, "path": tuple(s["path"])}) for s in record["sections"])
    record["tables"] = tuple(
        Table(tuple(t["headings"]), Span(**t["heading"]), tuple(Span(**r) for r in t["rows"]))
        for t in record.get("tables", ())
    )
    record["redactions"] = tuple(Span(**span) for span in record.get("redactions", ()))
    record["pages"] = tuple(record.get("pages", ()))
    record["located"] = {key: Span(**span) for key, span in record["located"].items()}
    return Document(id=row["id"], source=row["source"], body=row["body"], **record)
