"""The figures of the catalog: a table of its own, one row a figure. Part of ``policyqa.catalog``.

They are what ``policyqa.evidence.read_figures`` found when the document was ingested.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from policyqa.schema import Figure

_TEXTS = ("text", "unit", "aspect", "approximation", "name", "scope", "period", "indicator", "inherited")
_PLAIN = (*_TEXTS, "start", "end", "part")
_MANY = 500
"""How many ids one query takes: databases limit the parameters of a statement."""


def figures_table(meta: sa.MetaData) -> sa.Table:
    """The table, as a part of the catalog's schema. ``value`` and ``high`` are exact decimals as text."""
    return sa.Table(
        "figures",
        meta,
        sa.Column("passage_id", sa.Text, primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True),
        sa.Column("document_id", sa.Text, nullable=False, index=True),
        sa.Column("start", sa.Integer, nullable=False),
        sa.Column("end", sa.Integer, nullable=False),
        sa.Column("value", sa.Text, nullable=False),
        sa.Column("high", sa.Text, nullable=True),
        sa.Column("years", sa.Text, nullable=False),
        sa.Column("part", sa.Boolean, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in _TEXTS),
    )


def put_figures(
    connection: sa.Connection, table: sa.Table, document_id: str, figures: Mapping[str, Sequence[Figure]]
) -> None:
    """Record a document's figures, given by passage, in place of those it had."""
    connection.execute(table.delete().where(table.c.document_id == document_id))
    rows = [
        {
            **{name: getattr(figure, name) for name in _PLAIN},
            "passage_id": passage_id,
            "position": position,
            "document_id": document_id,
            "value": str(figure.value),
            "high": None if figure.high is None else str(figure.high),
            "years": json.dumps(figure.years),
        }
        for passage_id, found in figures.items()
        for position, figure in enumerate(found)
    ]
    if rows:
        connection.execute(table.insert(), rows)


class FigureReader:
    """Reads the figures of passages; a store of an older policyqa has no table of them."""

    def __init__(self, engine: sa.Engine, table: sa.Table) -> None:
        self._engine, self._table = engine, table
        self._there: bool | None = None

    def of(self, passages: Sequence[Any]) -> dict[str, tuple[Figure, ...] | None]:
        """Figures by passage id, for passage rows; None for documents that were recorded without."""
        table = self._table
        with self._engine.connect() as connection:
            if not self._there:
                self._there = sa.inspect(connection).has_table(table.name)
            if not self._there:
                return {}
            recorded: set[str] = set()
            owners = {row["document_id"] for row in passages}
            for part in _parts(owners):
                query = sa.select(table.c.document_id).where(table.c.document_id.in_(part)).distinct()
                recorded.update(connection.scalars(query))
            found: dict[str, list[Figure]] = defaultdict(list)
            for part in _parts(row["id"] for row in passages if row["document_id"] in recorded):
                rows = sa.select(table).where(table.c.passage_id.in_(part)).order_by(table.c.position)
                for row in connection.execute(rows).mappings():
                    found[row["passage_id"]].append(_figure(row))
        return {
            row["id"]: tuple(found.get(row["id"], ())) if row["document_id"] in recorded else None
            for row in passages
        }


def _figure(row: Any) -> Figure:
    return Figure(
        **{name: row[name] for name in _PLAIN},
        value=Decimal(row["value"]),
        high=None if row["high"] is None else Decimal(row["high"]),
        years=tuple(json.loads(row["years"])),
    )


def _parts(ids: Iterable[str]) -> Iterable[list[str]]:
    whole = list(ids)
    return (whole[at : at + _MANY] for at in range(0, len(whole), _MANY))
