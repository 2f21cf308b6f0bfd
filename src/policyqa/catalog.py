"""The catalog: the truth of a store. With ``catalog_*`` the home of SQLAlchemy.

It holds documents as parsed, the files they came from, their earlier versions, their passages, the
vectors of the passages' embedded texts by content hash and model, and the ingest runs. The index is
derived from it and can be rebuilt from it at any time without embedding again.

A document that is replaced or removed is *retired*: readers of the live index still find its
passages by their ids; it goes for good (``drop_unused``) when the next generation is live.

One writer at a time, which holds a lock file; any number of readers.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from policyqa import catalog_writing as writing
from policyqa.catalog_figures import FigureReader, put_figures
from policyqa.catalog_records import (
    Marks,
    PassageRow,
    Past,
    SourceRow,
    document_from,
    document_values,
    passage_from,
    passage_values,
    source_from,
    source_values,
)
from policyqa.catalog_tables import (
    SCHEMA_VERSION,
    UPGRADABLE,
    configure_sqlite,
    documents,
    facts,
    figures,
    history,
    meta,
    passages,
    runs,
    sources,
    upgrade,
    vectors,
)
from policyqa.errors import StoreError, StoreMissing, StoreVersionError
from policyqa.schema import Document, Figure, Passage

if TYPE_CHECKING:
    import numpy as np

__all__ = ["FILE_NAME", "Catalog", "Marks", "PassageRow", "Past", "SourceRow"]

FILE_NAME = "catalog.sqlite"


class Catalog:
    """A catalog at a SQLAlchemy URL; ``Catalog.of(store)`` opens the SQLite file of a store."""

    def __init__(self, url: str) -> None:
        self._engine = sa.create_engine(url)
        if self._engine.dialect.name == "sqlite":
            sa.event.listen(self._engine, "connect", configure_sqlite)
        sa.event.listen(self._engine, "handle_error", _explain)
        self._figures = FigureReader(self._engine, figures)
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
                f"{store} 里还没有文件库",
                "先收录文件：python -m ingest corpus --store " + str(store),
            )
        if create:
            try:
                store.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise StoreError(f"无法建立文件库 {store}：{error}", "用 --store 换一个文件夹") from error
        catalog = cls(f"sqlite:///{path}")
        try:
            catalog._check_version(create)
        except sa.exc.DatabaseError as error:
            raise _unusable(str(path), error.orig) from error
        return catalog

    def _check_version(self, create: bool) -> None:
        version = self.fact("schema_version") if sa.inspect(self._engine).has_table("facts") else None
        if create and version is None:
            meta.create_all(self._engine)
            self.set_fact("schema_version", SCHEMA_VERSION)
        elif create and version in UPGRADABLE:
            upgrade(self._engine)
        elif version in UPGRADABLE:
            raise StoreVersionError(
                f"文件库是版本 {version} 的，本程序读版本 {SCHEMA_VERSION}",
                "更新它：python -m ingest --store "
                + str(self._engine.url.database or "")[: -len(FILE_NAME) - 1],
            )
        elif version != SCHEMA_VERSION:
            raise StoreVersionError(
                f"文件库的版本是 {version or '未知'}，本程序读版本 {SCHEMA_VERSION}",
                "用 --store 收录到新文件夹，或用写入它的那个版本的 policyqa",
            )

    def close(self) -> None:
        self._engine.dispose()

    def fact(self, key: str) -> str | None:
        """A value kept about the store itself, such as its schema version."""
        with self._engine.connect() as connection:
            return connection.scalar(sa.select(facts.c.value).where(facts.c.key == key))

    def set_fact(self, key: str, value: str) -> None:
        with self._write() as connection:
            writing.upsert(connection, facts, [{"key": key, "value": value}])

    # --- reading ----------------------------------------------------------------------------

    def sources(self, root: str | None = None) -> list[SourceRow]:
        """Known files, of one root or of all."""
        query = sa.select(sources).order_by(sources.c.root, sources.c.source)
        if root is not None:
            query = query.where(sources.c.root == root)
        with self._engine.connect() as connection:
            return [source_from(row) for row in connection.execute(query).mappings()]

    def sources_of(self, document_id: str) -> list[SourceRow]:
        """The files that are this document, and those that hold an earlier version of it."""
        query = sa.select(sources).where(sources.c.document_id == document_id).order_by(sources.c.source)
        with self._engine.connect() as connection:
            return [source_from(row) for row in connection.execute(query).mappings()]

    def history(self, document_id: str) -> list[Past]:
        """The earlier versions of a document, the last first."""
        query = (
            sa.select(history)
            .where(history.c.replaced_by == document_id)
            .order_by(history.c.replaced_at.desc(), history.c.document_id)
        )
        with self._engine.connect() as connection:
            return [
                Past(document_from(row), row["replaced_at"], row["root"], row["file_hash"])
                for row in connection.execute(query).mappings()
            ]

    def like(self, marks: Marks) -> list[tuple[Document, Marks]]:
        """The documents of the same wording or the same issuer and number."""
        query = sa.select(documents).where(
            documents.c.retired == 0,
            sa.or_(
                (documents.c.text_key == marks.text_key) & (documents.c.text_key != ""),
                (documents.c.number_key == marks.number_key) & (documents.c.number_key != ""),
            ),
        )
        with self._engine.connect() as connection:
            return [
                (document_from(row), Marks(row["text_key"], row["number_key"], row["sketch"] or b""))
                for row in connection.execute(query.order_by(documents.c.id)).mappings()
            ]

    def sketches(self) -> list[tuple[str, str, bytes]]:
        """Id, source and sketch of every document that has one."""
        query = sa.select(documents.c.id, documents.c.source, documents.c.sketch).where(
            documents.c.retired == 0, documents.c.sketch.is_not(None)
        )
        with self._engine.connect() as connection:
            rows = connection.execute(query.order_by(documents.c.source))
            return [(row[0], row[1], row[2]) for row in rows]

    def document(self, document_id: str) -> Document | None:
        """The document of that id, or None."""
        return self._document(document_id)

    def _load_document(self, document_id: str) -> Document | None:
        query = sa.select(documents).where(documents.c.id == document_id)
        with self._engine.connect() as connection:
            row = connection.execute(query).mappings().first()
        return document_from(row) if row else None

    def documents(self) -> Iterator[Document]:
        """All documents by source; one at a time from the database."""
        with self._engine.connect() as connection:
            rows = connection.execution_options(yield_per=200).execute(
                sa.select(documents).where(documents.c.retired == 0).order_by(documents.c.source)
            )
            for row in rows.mappings():
                yield document_from(row)

    def heads(self) -> list[dict[str, Any]]:
        """Id, source, title, issuer, document_number, document_type and year of every document."""
        names = ("id", "source", "title", "issuer", "document_number", "document_type", "year")
        with self._engine.connect() as connection:
            query = sa.select(*(documents.c[name] for name in names)).where(documents.c.retired == 0)
            query = query.order_by(documents.c.source)
            return [dict(row) for row in connection.execute(query).mappings()]

    def mentioning(self, name: str) -> tuple[str, ...]:
        """Ids of the documents whose text holds a name, by source."""
        query = sa.select(documents.c.id).where(
            documents.c.retired == 0, documents.c.body.contains(name, autoescape=True)
        )
        with self._engine.connect() as connection:
            return tuple(row[0] for row in connection.execute(query.order_by(documents.c.source)))

    def passages(self, ids: Sequence[str]) -> list[Passage]:
        """The passages of these ids, in this order; ids that no longer exist are left out."""
        rows: dict[str, Any] = {}
        with self._engine.connect() as connection:
            for part in _batched(ids, 500):
                query = sa.select(passages).where(passages.c.id.in_(part))
                rows |= {row["id"]: row for row in connection.execute(query).mappings()}
        return self._passages_from([rows[i] for i in ids if i in rows])

    def passages_of(self, document_id: str) -> list[Passage]:
        """All passages of a document in reading order."""
        query = sa.select(passages).where(passages.c.document_id == document_id).order_by(passages.c.ordinal)
        with self._engine.connect() as connection:
            rows = connection.execute(query).mappings().all()
        return self._passages_from(rows)

    def _passages_from(self, rows: Sequence[Any]) -> list[Passage]:
        found = self._figures.of(rows)
        return [
            Passage(
                row["id"], document, row["start"], row["end"],
                tuple(json.loads(row["section"])), row["role"], row["ordinal"], found.get(row["id"]),
            )
            for row in rows
            if (document := self.document(row["document_id"])) is not None
        ]  # fmt: skip

    def passage_rows(self) -> Iterator[PassageRow]:
        """Every passage as stored, in the order of documents and reading."""
        query = _current(sa.select(passages)).order_by(passages.c.document_id, passages.c.ordinal)
        with self._engine.connect() as connection:
            for row in connection.execution_options(yield_per=2000).execute(query).mappings():
                yield passage_from(row)

    def passage_hashes(self) -> dict[str, str]:
        """The hash of every passage's embedded text, by passage id, in the order of ``passage_rows``."""
        query = _current(sa.select(passages.c.id, passages.c.hash))
        query = query.order_by(passages.c.document_id, passages.c.ordinal)
        with self._engine.connect() as connection:
            return {row[0]: row[1] for row in connection.execute(query)}

    def passage_rows_of(self, ids: Sequence[str]) -> Iterator[PassageRow]:
        """The passages of these ids as stored."""
        with self._engine.connect() as connection:
            for part in _batched(ids, 500):
                for row in connection.execute(sa.select(passages).where(passages.c.id.in_(part))).mappings():
                    yield passage_from(row)

    def counts(self) -> tuple[int, int]:
        """How many documents and passages there are."""
        with self._engine.connect() as connection:
            return (
                connection.scalar(
                    sa.select(sa.func.count()).select_from(documents).where(documents.c.retired == 0)
                )
                or 0,
                connection.scalar(_current(sa.select(sa.func.count()).select_from(passages))) or 0,
            )

    def vectors(self, model: str, hashes: Sequence[str]) -> dict[str, np.ndarray[Any, Any]]:
        """The known vectors of these hashes under this model, float32."""
        import numpy as np

        found: dict[str, np.ndarray[Any, Any]] = {}
        with self._engine.connect() as connection:
            for part in _batched(dict.fromkeys(hashes), 500):
                query = sa.select(vectors.c.hash, vectors.c.vector).where(
                    vectors.c.model == model, vectors.c.hash.in_(part)
                )
                for content_hash, blob in connection.execute(query):
                    found[content_hash] = np.frombuffer(blob, dtype="<f4")
        return found

    def missing_vectors(self, model: str) -> dict[str, str]:
        """Embedded texts of live passages without a vector under this model, by hash."""
        query = (
            sa.select(passages.c.hash, sa.func.min(passages.c.embedded))
            .outerjoin(vectors, (vectors.c.hash == passages.c.hash) & (vectors.c.model == model))
            .where(vectors.c.hash.is_(None))
            .group_by(passages.c.hash)
        )
        query = _current(query)
        with self._engine.connect() as connection:
            return {row[0]: row[1] for row in connection.execute(query)}

    # --- writing (one writer: the caller holds the store's lock) -----------------------------

    @contextmanager
    def _write(self) -> Iterator[sa.Connection]:
        try:
            with self._engine.begin() as connection:
                yield connection
        except sa.exc.OperationalError as error:
            raise StoreError(
                f"目录 {self._engine.url.database} 写不进去：{error.orig}",
                "腾出磁盘空间后再运行一次，会接着做",
            ) from error

    def put_document(
        self,
        source: SourceRow,
        document: Document,
        passage_rows: Sequence[PassageRow],
        figures_by_passage: Mapping[str, Sequence[Figure]] | None = None,
        marks: Marks | None = None,
        same: Iterable[str] = (),
        older: Iterable[str] = (),
    ) -> None:
        """Record a file and the document it became, with its figures, in one transaction.

        The document it was before is retired, unless another file still is that document, and stays
        in the history when its text was another.

        Args:
            same: ids of documents of the same wording, whose files become sources of this one.
            older: ids of documents that this is a newer version of.
        """
        marks = marks or Marks()
        values = {
            **document_values(document), "text_key": marks.text_key, "number_key": marks.number_key,
            "sketch": marks.sketch or None, "retired": 0,
        }  # fmt: skip
        with self._write() as connection:
            writing.upsert(connection, documents, [values])
            connection.execute(passages.delete().where(passages.c.document_id == document.id))
            if passage_rows:
                connection.execute(passages.insert(), [passage_values(p) for p in passage_rows])
            put_figures(connection, figures, document.id, figures_by_passage or {})
            writing.put_source(connection, source)
            for old in same:
                writing.take_place(connection, old, document.id)
            for old in older:
                writing.supersede(connection, old, document.id)
        self._document.cache_clear()

    def put_source(self, source: SourceRow, past: Document | None = None) -> None:
        """Record a file that is as before, moved, failed, or one more source of a document.

        Args:
            past: what the file holds when that is an earlier version of the document.
        """
        with self._write() as connection:
            if past is not None and source.document_id is not None:
                writing.remember(connection, past, source, source.document_id)
            writing.put_source(connection, source)
        self._document.cache_clear()

    def put_sources(self, rows: Sequence[SourceRow]) -> None:
        """Record files of which only size or time changed."""
        if rows:
            with self._write() as connection:
                writing.upsert(connection, sources, [source_values(row) for row in rows])

    def remove_sources(self, keys: Iterable[tuple[str, str]]) -> None:
        """Forget files by (root, source), and documents that no file is any more."""
        with self._write() as connection:
            for root, source in keys:
                writing.drop_source(connection, root, source)
        self._document.cache_clear()

    def remove_document(self, document_id: str) -> None:
        """Forget a document; its files are remembered as removed, so that it stays away."""
        with self._write() as connection:
            connection.execute(
                sources.update()
                .where(sources.c.document_id == document_id)
                .values(document_id=None, state="removed", error="")
            )
            writing.release(connection, document_id)
        self._document.cache_clear()

    def put_vectors(self, model: str, vectors_by_hash: dict[str, np.ndarray[Any, Any]]) -> None:
        """Keep vectors by content hash under a model, in one transaction."""
        rows = [
            {"model": model, "hash": key, "vector": vector.astype("<f4").tobytes()}
            for key, vector in vectors_by_hash.items()
        ]
        with self._write() as connection:
            writing.upsert(connection, vectors, rows)

    def has_retired(self) -> bool:
        """Whether documents wait for the next generation to go for good."""
        with self._engine.connect() as connection:
            return connection.scalar(sa.select(documents.c.id).where(documents.c.retired == 1)) is not None

    def drop_unused(self) -> None:
        """Forget retired documents, and vectors, of any model, that no passage uses."""
        with self._write() as connection:
            connection.execute(documents.delete().where(documents.c.retired == 1))
            connection.execute(
                passages.delete().where(passages.c.document_id.not_in(sa.select(documents.c.id)))
            )
            connection.execute(
                figures.delete().where(figures.c.document_id.not_in(sa.select(documents.c.id)))
            )
            connection.execute(vectors.delete().where(vectors.c.hash.not_in(sa.select(passages.c.hash))))
        self._document.cache_clear()

    def begin_run(self) -> int:
        """Note that an ingest began; returns the run's id."""
        with self._write() as connection:
            result = connection.execute(runs.insert().values(started=writing.now(), summary="{}"))
            key = result.inserted_primary_key
        return int(key[0]) if key else 0

    def finish_run(self, run: int, summary: dict[str, Any]) -> None:
        with self._write() as connection:
            connection.execute(
                runs.update()
                .where(runs.c.id == run)
                .values(finished=writing.now(), summary=json.dumps(summary, ensure_ascii=False))
            )

    def last_runs(self, count: int = 5) -> list[dict[str, Any]]:
        """The last ingest runs, newest first; ``finished`` is None for one that was cut off."""
        query = sa.select(runs).order_by(runs.c.id.desc()).limit(count)
        with self._engine.connect() as connection:
            return [
                {**row, "summary": json.loads(row["summary"])} for row in connection.execute(query).mappings()
            ]


def _explain(context: sa.ExceptionContext) -> None:
    """Tell users of a file that is damaged, or that cannot be read; see ``_write`` for writing.

    Raises:
        StoreError: in place of the error of the database.
    """
    error = context.sqlalchemy_exception
    reading = (context.statement or "").startswith("SELECT")
    if type(error) is sa.exc.DatabaseError or (reading and isinstance(error, sa.exc.OperationalError)):
        assert isinstance(error, sa.exc.DBAPIError)
        name = context.engine.url.database if context.engine is not None else ""
        raise _unusable(str(name), error.orig) from error


def _unusable(path: str, why: object) -> StoreError:
    return StoreError(f"目录 {path} 不能使用：{why}", "用备份恢复它，或把它移走后重新收录：python -m ingest")


def _current(query: sa.Select[Any]) -> sa.Select[Any]:
    """A query of passages without those of retired documents."""
    retired = sa.select(documents.c.id).where(documents.c.retired == 1)
    return query.where(passages.c.document_id.not_in(retired))


def _batched(items: Iterable[str], size: int) -> Iterator[list[str]]:
    # SQLite takes a limited number of parameters in one statement.
    whole = list(items)
    for at in range(0, len(whole), size):
        yield whole[at : at + size]
