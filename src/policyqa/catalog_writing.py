"""How files and documents follow one another in the catalog; each function is part of a transaction."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from policyqa.catalog_records import SourceRow, document_values, source_values
from policyqa.catalog_tables import documents, history, sources
from policyqa.schema import Document

OWNING = ("", "gone")
"""States of a file in which its document is its own."""


def now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def upsert(connection: sa.Connection, table: sa.Table, rows: list[dict[str, Any]]) -> None:
    """Insert rows, or update those of the same primary key in the columns given."""
    if not rows:
        return
    if connection.dialect.name == "postgresql":
        from sqlalchemy.dialects.postgresql import insert as insert_postgresql

        statement: Any = insert_postgresql(table)
    else:
        from sqlalchemy.dialects.sqlite import insert as insert_sqlite

        statement = insert_sqlite(table)
    keys = [c.name for c in table.primary_key]
    update = {name: statement.excluded[name] for name in rows[0] if name not in keys}
    connection.execute(statement.on_conflict_do_update(index_elements=keys, set_=update), rows)


def put_source(connection: sa.Connection, row: SourceRow) -> None:
    """Record a file; the document it was before is retired unless another file still is it."""
    here = (sources.c.root == row.root) & (sources.c.source == row.source)
    before = connection.scalar(sa.select(sources.c.document_id).where(here, sources.c.state.in_(OWNING)))
    if before is not None and before != row.document_id:
        _remember(connection, before, row.document_id, shared=False)
    upsert(connection, sources, [source_values(row)])
    for document_id in {before, row.document_id}:
        if document_id is not None:
            release(connection, document_id)


def drop_source(connection: sa.Connection, root: str, source: str) -> None:
    """Forget a file, and its document when no other file is it."""
    here = (sources.c.root == root) & (sources.c.source == source)
    before = connection.scalar(sa.select(sources.c.document_id).where(here))
    connection.execute(sources.delete().where(here))
    if before is not None:
        release(connection, before)


def release(connection: sa.Connection, document_id: str) -> None:
    """Retire a document that no file is any more; else see that its source is one of its files."""
    owners = list(
        connection.scalars(
            sa.select(sources.c.source)
            .where(sources.c.document_id == document_id, sources.c.state.in_(OWNING))
            .order_by(sources.c.source)
        )
    )
    this = documents.c.id == document_id
    if owners:
        connection.execute(
            documents.update().where(this, documents.c.source.not_in(owners)).values(source=owners[0])
        )
        return
    connection.execute(documents.update().where(this).values(retired=1))
    # What it had superseded counts again: those files are to be read anew.
    connection.execute(
        sources.update()
        .where(sources.c.document_id == document_id)
        .values(document_id=None, state="", file_hash="", size=-1)
    )


def take_place(connection: sa.Connection, old: str, new: str) -> None:
    """Make a document that of another's files; its text is the same, so nothing becomes history."""
    connection.execute(sources.update().where(sources.c.document_id == old).values(document_id=new))
    _follow(connection, old, new)
    release(connection, old)


def supersede(connection: sa.Connection, old: str, new: str) -> None:
    """Make a document an earlier version of another."""
    _remember(connection, old, new, shared=True)
    connection.execute(
        sources.update().where(sources.c.document_id == old).values(document_id=new, state="superseded")
    )
    release(connection, old)


def remember(connection: sa.Connection, document: Document, row: SourceRow, new: str) -> None:
    """Note an earlier version of a document that was never the current one here."""
    values = document_values(document)
    past = {
        "document_id": document.id, "replaced_by": new, "replaced_at": now(), "root": row.root,
        "source": row.source, "file_hash": row.file_hash, "record": values["record"],
        "body": values["body"],
    }  # fmt: skip
    upsert(connection, history, [past])


def _remember(connection: sa.Connection, old: str, new: str | None, shared: bool) -> None:
    """Note a document as an earlier version of another with another text.

    Args:
        shared: also when several files are the old one.
    """
    query = sa.select(documents.c.id, documents.c.text_key).where(documents.c.id.in_([old, new or ""]))
    keys = {row[0]: row[1] for row in connection.execute(query)}
    if new is None or old not in keys or keys[old] == keys.get(new) != "":
        return
    files = (
        sa.select(documents, sources.c.root, sources.c.file_hash, sources.c.source.label("file"))
        .join(sources, sources.c.document_id == documents.c.id)
        .where(documents.c.id == old, sources.c.state.in_(OWNING))
        .order_by(sources.c.source)
    )
    rows = connection.execute(files).mappings().all()
    if not rows or (len(rows) > 1 and not shared):
        return
    row = rows[0]
    past = {
        "document_id": old, "replaced_by": new, "replaced_at": now(), "root": row["root"],
        "source": row["file"], "file_hash": row["file_hash"], "record": row["record"], "body": row["body"],
    }  # fmt: skip
    _follow(connection, old, new)
    upsert(connection, history, [past])


def _follow(connection: sa.Connection, old: str, new: str) -> None:
    """Earlier versions of ``old`` are earlier versions of ``new``."""
    there = sa.select(history.c.document_id).where(history.c.replaced_by == new)
    connection.execute(history.delete().where(history.c.replaced_by == old, history.c.document_id.in_(there)))
    connection.execute(history.update().where(history.c.replaced_by == old).values(replaced_by=new))
