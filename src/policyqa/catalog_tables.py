"""The tables of the catalog, and how a catalog of an older version is brought up to this one."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.schema import CreateColumn

from policyqa.catalog_figures import figures_table

SCHEMA_VERSION = "2"
UPGRADABLE = ("1",)
"""Older versions that lack columns and tables only; their files are read again by the next ingest."""

meta = sa.MetaData()
facts = sa.Table(
    "facts",
    meta,
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("value", sa.Text, nullable=False),
)
documents = sa.Table(
    "documents",
    meta,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("source", sa.Text, nullable=False, index=True),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("issuer", sa.Text, nullable=False),
    sa.Column("document_number", sa.Text, nullable=False),
    sa.Column("document_type", sa.Text, nullable=False),
    sa.Column("year", sa.Integer, nullable=True),
    sa.Column("record", sa.Text, nullable=False),
    sa.Column("body", sa.Text, nullable=False),
    sa.Column("text_key", sa.Text, nullable=False, server_default="", index=True),
    sa.Column("number_key", sa.Text, nullable=False, server_default="", index=True),
    sa.Column("sketch", sa.LargeBinary, nullable=True),
    # 1: replaced or removed, kept for those who read the last generation until the next is live.
    sa.Column("retired", sa.Integer, nullable=False, server_default="0"),
)
sources = sa.Table(
    "sources",
    meta,
    sa.Column("root", sa.Text, primary_key=True),
    sa.Column("source", sa.Text, primary_key=True),
    sa.Column("size", sa.Integer, nullable=False),
    sa.Column("modified", sa.Integer, nullable=False),
    sa.Column("file_hash", sa.Text, nullable=False),
    sa.Column("parser", sa.Text, nullable=False),
    sa.Column("document_id", sa.Text, nullable=True, index=True),
    sa.Column("error", sa.Text, nullable=False, default=""),
    sa.Column("state", sa.Text, nullable=False, server_default=""),
    sa.Column("container", sa.Text, nullable=False, server_default=""),
    sa.Column("read_at", sa.Text, nullable=False, server_default=""),
    sa.Column("how", sa.Text, nullable=False, server_default=""),
    sa.Column("confidence", sa.Float, nullable=True),
    sa.Column("notices", sa.Text, nullable=False, server_default="[]"),
)
history = sa.Table(
    "history",
    meta,
    sa.Column("document_id", sa.Text, primary_key=True),
    sa.Column("replaced_by", sa.Text, primary_key=True, index=True),
    sa.Column("replaced_at", sa.Text, nullable=False),
    sa.Column("root", sa.Text, nullable=False),
    sa.Column("source", sa.Text, nullable=False),
    sa.Column("file_hash", sa.Text, nullable=False),
    sa.Column("record", sa.Text, nullable=False),
    sa.Column("body", sa.Text, nullable=False),
)
passages = sa.Table(
    "passages",
    meta,
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
figures = figures_table(meta)
vectors = sa.Table(
    "vectors",
    meta,
    sa.Column("model", sa.Text, primary_key=True),
    sa.Column("hash", sa.Text, primary_key=True),
    sa.Column("vector", sa.LargeBinary, nullable=False),
)
runs = sa.Table(
    "runs",
    meta,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("started", sa.Text, nullable=False),
    sa.Column("finished", sa.Text, nullable=True),
    sa.Column("summary", sa.Text, nullable=False),
)


def upgrade(engine: sa.Engine) -> None:
    """Create what is missing, and have every file read again that an older version had read."""
    meta.create_all(engine)
    inspector = sa.inspect(engine)
    with engine.begin() as connection:
        for table in meta.sorted_tables:
            known = {column["name"] for column in inspector.get_columns(table.name)}
            for column in table.columns:
                if column.name not in known:
                    definition = CreateColumn(column).compile(engine)
                    connection.execute(sa.text(f"ALTER TABLE {table.name} ADD COLUMN {definition}"))
            for index in table.indexes:
                index.create(connection, checkfirst=True)
        connection.execute(sources.update().values(parser=""))
        connection.execute(facts.update().where(facts.c.key == "schema_version").values(value=SCHEMA_VERSION))


def configure_sqlite(connection: Any, _record: Any) -> None:
    """Set up a new connection to a catalog in a file."""
    cursor = connection.cursor()
    # WAL lets members read while an ingest writes; FULL survives a power cut.
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.execute("PRAGMA busy_timeout=10000")
    cursor.close()
