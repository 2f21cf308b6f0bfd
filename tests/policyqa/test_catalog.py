"""The catalog gives back what it was given."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from policyqa.catalog import Catalog, PassageRow, SourceRow
from policyqa.errors import StoreError, StoreMissing
from policyqa.schema import Document, Proposal, Section, Span

BODY = "乙区经信委\n新培育36家。\n下一步再培育10家。\n"
DOCUMENT = Document(
    id="d1",
    source="sub/甲.txt",
    body=BODY,
    title="关于第035号提案的答复函",
    document_type="reply",
    issuers=("乙区经信委", "乙区财政局"),
    document_number="乙经信委函〔2024〕58号",
    proposals=(Proposal("035", "proposal", "关于…的建议", 15, 3, ("李某", "王某")), Proposal()),
    addressee="李某委员",
    signed_on=date(2024, 6, 14),
    published_on=date(2024, 7, 1),
    printed_on=date(2024, 6, 20),
    lead_unit="乙区经信委",
    co_units=("区财政局",),
    copied_to=("区政协",),
    contact="王某",
    note="公开",
    attachments=("表",),
    outcome="A",
    sections=(Section(("一、甲", "（一）乙"), 6, 13, "commitment"),),
    redactions=(Span(3, 5),),
    pages=(0, 6),
    confidence=0.875,
    located={"issuer": Span(0, 5)},
)
PASSAGES = [
    PassageRow("d1:0", "d1", 0, 0, 5, (), "head", "乙区经信委", "h0"),
    PassageRow("d1:1", "d1", 1, 6, 13, ("一、甲", "（一）乙"), "body", "新培育36家。", "h1"),
    PassageRow("d1:2", "d1", 2, 14, 24, (), "commitment", "下一步再培育10家。", "h2"),
]


def source(name: str, document_id: str | None = "d1", root: str = "/r", error: str = "") -> SourceRow:
    return SourceRow(root, name, 10, 20, "hash", "1", document_id, error)


@pytest.fixture
def catalog(tmp_path: Path) -> Catalog:
    opened = Catalog.of(tmp_path / "store", create=True)
    opened.put_document(source("sub/甲.txt"), DOCUMENT, PASSAGES)
    return opened


def test_a_document_comes_back_as_it_was(catalog: Catalog) -> None:
    assert catalog.document("d1") == DOCUMENT
    assert list(catalog.documents()) == [DOCUMENT]
    stored = catalog.document("d1")
    assert stored is not None
    assert stored.located == DOCUMENT.located


def test_a_bare_document_comes_back_as_it_was(catalog: Catalog) -> None:
    bare = Document("d2", "b.txt", "")
    catalog.put_document(source("b.txt", "d2"), bare, [])
    assert catalog.document("d2") == bare


def test_it_is_still_there_for_the_next_that_opens_it(catalog: Catalog, tmp_path: Path) -> None:
    catalog.close()
    assert Catalog.of(tmp_path / "store").document("d1") == DOCUMENT


def test_passages_come_back_in_the_order_asked(catalog: Catalog) -> None:
    found = catalog.passages(["d1:2", "gone", "d1:0"])
    assert [(p.id, p.text, p.role) for p in found] == [
        ("d1:2", "下一步再培育10家。", "commitment"),
        ("d1:0", "乙区经信委", "head"),
    ]
    assert [p.id for p in catalog.passages_of("d1")] == ["d1:0", "d1:1", "d1:2"]
    assert catalog.passages_of("d1")[1].section == ("一、甲", "（一）乙")
    assert list(catalog.passage_rows()) == PASSAGES


def test_many_passages_are_found_at_once(catalog: Catalog) -> None:
    rows = [PassageRow(f"d1:{n}", "d1", n, 0, 1, (), "body", "乙", f"h{n}") for n in range(2500)]
    catalog.put_document(source("sub/甲.txt"), DOCUMENT, rows)
    assert len(catalog.passages([row.id for row in rows])) == 2500
    assert catalog.counts() == (1, 2500)


def test_a_new_version_of_a_file_takes_the_place_of_the_old(catalog: Catalog) -> None:
    newer = Document("d2", "sub/甲.txt", "新的。")
    catalog.put_document(source("sub/甲.txt", "d2"), newer, [])
    assert list(catalog.documents()) == [newer]
    assert catalog.counts() == (1, 0)
    assert [p.id for p in catalog.passages(["d1:1"])] == ["d1:1"], "for readers of the last generation"
    catalog.drop_unused()
    assert catalog.document("d1") is None
    assert catalog.passages(["d1:1"]) == []
    (past,) = catalog.history("d2")
    assert (past.document, past.file_hash, past.root) == (DOCUMENT, "hash", "/r")


def test_a_document_stays_while_another_file_is_it(catalog: Catalog) -> None:
    catalog.put_document(source("copy.txt"), DOCUMENT, PASSAGES)
    catalog.remove_sources([("/r", "sub/甲.txt")])
    assert catalog.document("d1") is not None
    assert [d.source for d in catalog.documents()] == ["copy.txt"]
    catalog.remove_sources([("/r", "copy.txt")])
    assert catalog.counts() == (0, 0)
    catalog.drop_unused()
    assert catalog.document("d1") is None


def test_the_files_of_a_removed_document_are_remembered_as_removed(catalog: Catalog) -> None:
    catalog.remove_document("d1")
    assert catalog.counts() == (0, 0)
    assert [(row.state, row.document_id) for row in catalog.sources()] == [("removed", None)]


def test_a_failed_file_keeps_its_document(catalog: Catalog) -> None:
    catalog.put_source(source("sub/甲.txt", "d1", error="empty"))
    assert catalog.document("d1") == DOCUMENT
    assert [row.error for row in catalog.sources()] == ["empty"]


def test_sources_are_listed_of_one_root_or_all(catalog: Catalog) -> None:
    catalog.put_source(source("b.txt", None, "/other"))
    assert [row.source for row in catalog.sources("/r")] == ["sub/甲.txt"]
    assert len(catalog.sources()) == 2


def test_vectors_are_kept_by_model_and_hash(catalog: Catalog) -> None:
    assert set(catalog.missing_vectors("m")) == {"h0", "h1", "h2"}
    vector = np.arange(4, dtype=np.float32) / 7
    catalog.put_vectors("m", {"h0": vector, "h1": -vector})
    found = catalog.vectors("m", ["h0", "h1", "h2", "h0"])
    assert set(found) == {"h0", "h1"}
    assert np.array_equal(found["h0"], vector)
    assert catalog.missing_vectors("m") == {"h2": "下一步再培育10家。"}
    assert set(catalog.missing_vectors("other")) == {"h0", "h1", "h2"}


def test_vectors_that_no_passage_uses_are_dropped(catalog: Catalog) -> None:
    catalog.put_vectors("m", {key: np.ones(2, dtype=np.float32) for key in ("h0", "unused")})
    catalog.drop_unused()
    assert set(catalog.vectors("m", ["h0", "unused"])) == {"h0"}


def test_the_heads_have_the_year_that_filters_use(catalog: Catalog) -> None:
    (head,) = catalog.heads()
    assert (head["id"], head["source"], head["year"]) == ("d1", "sub/甲.txt", 2024)
    assert head["issuer"] == "乙区经信委、乙区财政局"
    assert "body" not in head


def test_a_failed_write_changes_nothing(catalog: Catalog) -> None:
    twice = [PASSAGES[0], PASSAGES[0]]
    with pytest.raises(Exception, match="UNIQUE"):
        catalog.put_document(source("sub/甲.txt"), DOCUMENT, twice)
    assert [p.id for p in catalog.passages_of("d1")] == ["d1:0", "d1:1", "d1:2"]


def test_runs_are_seen_newest_first(catalog: Catalog) -> None:
    first = catalog.begin_run()
    catalog.finish_run(first, {"added": ["甲"]})
    catalog.begin_run()
    newest, oldest = catalog.last_runs()
    assert newest["finished"] is None
    assert oldest["summary"] == {"added": ["甲"]}


def test_a_folder_without_a_catalog_is_a_missing_store(tmp_path: Path) -> None:
    with pytest.raises(StoreMissing):
        Catalog.of(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_store_cannot_be_made_where_a_file_lies(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StoreError, match="无法建立"):
        Catalog.of(tmp_path / "file" / "store", create=True)
