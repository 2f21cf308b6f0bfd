"""Figures come back from the catalog as they were read, and go with their document."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from policyqa.catalog import FILE_NAME, Catalog, PassageRow, SourceRow
from policyqa.evidence import gather, read_figures
from policyqa.schema import Document, Figure, Passage

BODY = "去年新培育36家，其中区级近20家，累计达79家。\n奖补3至5万元。\n没有数字。"
DOCUMENT = Document("d1", "甲.txt", BODY, signed_on=date(2024, 6, 14))
CUTS = ((0, 25), (26, 34), (35, len(BODY)))
ROWS = [PassageRow(f"d1:{n}", "d1", n, a, b, (), "body", "", f"h{n}") for n, (a, b) in enumerate(CUTS)]


def source(document_id: str, name: str = "甲.txt") -> SourceRow:
    return SourceRow("/r", name, 1, 2, "hash", "5", document_id)


def figures() -> dict[str, tuple[Figure, ...]]:
    return {row.id: read_figures(Passage(row.id, DOCUMENT, row.start, row.end)) for row in ROWS}


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    gather.cache_clear()


@pytest.fixture
def catalog(tmp_path: Path) -> Catalog:
    opened = Catalog.of(tmp_path, create=True)
    opened.put_document(source("d1"), DOCUMENT, ROWS, figures())
    return opened


def test_the_figures_of_passages_come_back_as_they_were_read(catalog: Catalog) -> None:
    expected = figures()
    assert [len(found) for found in expected.values()] == [3, 1, 0]
    assert {p.id: p.figures for p in catalog.passages_of("d1")} == expected
    assert catalog.passages(["d1:1"])[0].figures == expected["d1:1"]


def test_the_answerer_takes_the_recorded_figures(catalog: Catalog) -> None:
    marked = {"d1:0": [replace(figures()["d1:0"][0], name="另有其名")]}
    catalog.put_document(source("d1"), DOCUMENT, ROWS, marked)
    (passage,) = catalog.passages(["d1:0"])
    assert [f.name for f in gather(passage).figures] == ["另有其名"]


def test_a_document_recorded_without_figures_is_read_when_asked(catalog: Catalog) -> None:
    catalog.put_document(source("d1"), DOCUMENT, ROWS)
    first = catalog.passages_of("d1")[0]
    assert first.figures is None
    assert gather(first).figures == figures()["d1:0"]


def test_figures_go_with_their_document(catalog: Catalog, tmp_path: Path) -> None:
    catalog.remove_document("d1")
    catalog.drop_unused()
    catalog.close()
    with sqlite3.connect(tmp_path / FILE_NAME) as connection:
        assert connection.execute("select count(*) from figures").fetchone() == (0,)
