"""A store: what it does when its index, its model or its version are not as they should be."""

from __future__ import annotations

import shutil
import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest
from fakes import FakeEmbeddings
from storing import BEDS, LETTERS, NEWS, found, found_in, live, only, snapshot, told, write

from ingest.pipeline import ingest
from policyqa.assistant import Assistant
from policyqa.catalog import FILE_NAME, Catalog
from policyqa.errors import StoreError, StoreMissing, StoreModelMismatch, StoreVersionError
from policyqa.index import FORMAT
from policyqa.settings import Settings
from policyqa.store import Store

pytestmark = pytest.mark.usefixtures("quick_check")


def test_a_folder_without_a_store_says_how_to_make_one(tmp_path: Path, model: FakeEmbeddings) -> None:
    with pytest.raises(StoreMissing) as missing:
        Store(tmp_path / "none", model)
    assert "python -m ingest" in missing.value.hint
    assert not (tmp_path / "none").exists()


def test_a_store_without_documents_says_so(tmp_path: Path, empty_store: Path, model: FakeEmbeddings) -> None:
    Catalog.of(empty_store, create=True).close()
    with pytest.raises(StoreMissing, match="里没有文件"):
        Store(empty_store, model)


# --- damage to the index -----------------------------------------------------------------------


def lose_the_index(store: Path) -> None:
    shutil.rmtree(store / "index")


def lose_current(store: Path) -> None:
    (store / "CURRENT").unlink()


def garble_current(store: Path) -> None:
    (store / "CURRENT").write_text("../../etc\n")


def point_current_nowhere(store: Path) -> None:
    (store / "CURRENT").write_text("gen-9999\n")


def lose_chroma(store: Path) -> None:
    shutil.rmtree(live(store) / "chroma")


def garble_chroma(store: Path) -> None:
    (live(store) / "chroma" / "chroma.sqlite3").write_bytes(b"not a database")


def empty_chroma(store: Path) -> None:
    connection = sqlite3.connect(live(store) / "chroma" / "chroma.sqlite3")
    with connection:
        connection.execute("DELETE FROM embeddings")
    connection.close()


def lose_tantivy(store: Path) -> None:
    shutil.rmtree(live(store) / "tantivy")


def lose_description(store: Path) -> None:
    (live(store) / "generation.json").unlink()


def garble_description(store: Path) -> None:
    (live(store) / "generation.json").write_text("{")


def of_another_format(store: Path) -> None:
    path = live(store) / "generation.json"
    text = path.read_text().replace(f'"format": "{FORMAT}"', '"format": "0"')
    path.write_text(text)
    assert '"format": "0"' in text


DAMAGE = [
    lose_the_index, lose_current, garble_current, point_current_nowhere, lose_chroma, garble_chroma,
    empty_chroma, lose_tantivy, lose_description, garble_description, of_another_format,
]  # fmt: skip


@pytest.mark.parametrize("damage", DAMAGE, ids=lambda damage: damage.__name__)
def test_a_broken_index_is_rebuilt_on_opening_without_embedding(
    damage: Callable[[Path], None], store: Path, model: FakeEmbeddings
) -> None:
    damage(store)
    with Store(store, model) as opened:
        assert model.encoded == 0, "the catalog keeps the vectors"
        assert BEDS in found(opened, "养老床位")
        with opened.index() as index:
            assert index.counts() == (opened.catalog.counts()[1],) * 2


@pytest.mark.parametrize(
    "damage",
    [
        lose_the_index,
        lose_current,
        garble_current,
        point_current_nowhere,
        lose_description,
        of_another_format,
    ],
    ids=lambda damage: damage.__name__,
)
def test_a_broken_index_is_rebuilt_by_the_next_ingest_without_embedding(
    damage: Callable[[Path], None], store: Path, folder: Path, model: FakeEmbeddings
) -> None:
    damage(store)
    assert told(ingest([folder], store, model)) == only(unchanged=list(LETTERS))
    assert model.encoded == 0
    assert BEDS in found_in(store, model, "养老床位")


def test_a_catalog_that_is_no_database_is_said_so(store: Path, model: FakeEmbeddings) -> None:
    for path in store.glob("catalog.sqlite*"):
        path.unlink()
    (store / "catalog.sqlite").write_bytes(b"garbage " * 1000)
    with pytest.raises(StoreError, match=r"catalog\.sqlite"):
        Store(store, model)


# --- other models and versions -----------------------------------------------------------------


def test_another_model_is_a_mismatch_until_ingested_again(
    folder: Path, store: Path, model: FakeEmbeddings
) -> None:
    other = FakeEmbeddings("fake/2")
    with pytest.raises(StoreModelMismatch, match="fake/1"):
        Store(store, other)
    summary = ingest([folder], store, other)
    assert told(summary) == only(unchanged=list(LETTERS)), "the files are as before"
    assert other.encoded == summary.embedded > 10
    assert BEDS in found_in(store, other, "养老床位")
    with pytest.raises(StoreModelMismatch, match="fake/2"):
        Store(store, model)


def test_without_an_index_another_model_is_a_mismatch_too(store: Path) -> None:
    shutil.rmtree(store / "index")
    with pytest.raises(StoreModelMismatch, match="fake/2"):
        Store(store, FakeEmbeddings("fake/2"))


def test_a_store_of_another_version_is_refused_and_left_alone(
    folder: Path, store: Path, model: FakeEmbeddings
) -> None:
    catalog = Catalog.of(store)
    catalog.set_fact("schema_version", "0")
    catalog.close()
    write(folder / "new.txt", NEWS)
    for use in (lambda: Store(store, model), lambda: ingest([folder], store, model)):
        with pytest.raises(StoreVersionError, match="版本是 0"):
            use()
    assert model.encoded == 0


def _as_version_1(store: Path) -> None:
    """Make a catalog what the first version wrote: fewer tables and columns."""
    with closing(sqlite3.connect(store / FILE_NAME)) as connection:
        for table in ("figures", "history"):
            connection.execute(f"drop table {table}")
        lacking = {
            "documents": ("text_key", "number_key", "sketch", "retired"),
            "sources": ("state", "container", "read_at", "how", "confidence", "notices"),
        }
        for (name,) in connection.execute(
            "select name from sqlite_master where type = 'index' and sql like '%_key%'"
        ).fetchall():
            connection.execute(f"drop index {name}")
        for table, columns in lacking.items():
            for column in columns:
                connection.execute(f"alter table {table} drop column {column}")
        connection.execute("update facts set value = '1' where key = 'schema_version'")
        connection.commit()


@pytest.mark.usefixtures("quick_check")
def test_a_store_of_version_1_is_brought_up_to_date_by_an_ingest(
    folder: Path, store: Path, model: FakeEmbeddings
) -> None:
    catalog = Catalog.of(store)
    documents = list(catalog.documents())
    passages = {d.id: catalog.passages_of(d.id) for d in documents}
    catalog.close()
    _as_version_1(store)
    with pytest.raises(StoreVersionError, match="python -m ingest --store"):
        Store(store, model)
    (folder / "sub" / "丙.txt").unlink()
    summary = ingest([folder], store, model)
    assert summary.failed == []
    assert model.encoded == 0, "vectors are kept"
    catalog = Catalog.of(store)
    assert list(catalog.documents()) == documents, "also that whose file is gone"
    upgraded = {d.id: catalog.passages_of(d.id) for d in documents}
    gone = next(d.id for d in documents if d.source == "sub/丙.txt")
    assert {key: upgraded[key] for key in upgraded if key != gone} == {
        key: passages[key] for key in passages if key != gone
    }, "with their figures"
    assert [p.text for p in upgraded[gone]] == [p.text for p in passages[gone]]
    assert len(catalog.sketches()) == 2
    catalog.close()
    assert BEDS in found_in(store, model, "养老床位多少张")
    before = snapshot(store)
    assert len(ingest([folder], store, model).unchanged) == 2
    assert snapshot(store) == before


def test_the_failures_of_the_last_ingest_are_told_until_they_are_mended(
    folder: Path, store: Path, model: FakeEmbeddings
) -> None:
    write(folder / "乙.txt", "")
    (folder / "坏.xyz").write_bytes(b"\x7fELF\x02\x01")
    ingest([folder], store, model)
    assistant = Assistant(Store(store, model), Settings(reader="off"))
    failures = {failure.source: failure for failure in assistant.failures()}
    assert set(failures) == {"乙.txt", "坏.xyz"}
    assert all(f.error and datetime.fromisoformat(f.when).tzinfo for f in failures.values())
    assert BEDS in found_in(store, model, "养老床位多少张"), "its last good version answers"
    write(folder / "乙.txt", LETTERS["乙.txt"])
    ingest([folder], store, model)
    assert [failure.source for failure in assistant.failures()] == ["坏.xyz"]
    assistant.close()


# --- using it ----------------------------------------------------------------------------------


def test_several_threads_read_while_generations_change(
    folder: Path, store: Path, model: FakeEmbeddings
) -> None:
    errors: list[Exception] = []
    done = threading.Event()
    with Store(store, model) as opened:

        def read() -> None:
            while not done.is_set():
                try:
                    assert BEDS in found(opened, "养老床位多少张")
                except Exception as error:
                    errors.append(error)
                    return

        threads = [threading.Thread(target=read) for _ in range(3)]
        for thread in threads:
            thread.start()
        for number in range(3):
            write(folder / f"new{number}.txt", f"第三产业增长{number}.5%。")
            ingest([folder], store, FakeEmbeddings())
        done.set()
        for thread in threads:
            thread.join()
        assert errors == []
        assert "第三产业增长2.5%。" in found(opened, "第三产业增长2.5%")


def test_a_limit_to_documents_holds_in_both_lanes(store: Path, model: FakeEmbeddings) -> None:
    with Store(store, model) as opened, opened.index() as index:
        wanted = next(d.id for d in opened.catalog.documents() if d.source == "乙.txt")
        for hits in (
            index.dense(model.embed_query("新建学校"), 50, [wanted]),
            index.lexical("新建学校 养老床位", 50, [wanted]),
        ):
            assert hits
            assert all(i.startswith(wanted) for i, _ in hits)
        assert index.dense(model.embed_query("新建学校"), 5, []) == []
        assert index.lexical("新建学校", 5, []) == []


def test_the_nearest_of_a_passages_own_text_is_that_passage(store: Path, model: FakeEmbeddings) -> None:
    with Store(store, model) as opened, opened.index() as index:
        for row in opened.catalog.passage_rows():
            best, score = index.dense(model.embed_query(row.embedded), 1)[0]
            assert score > 0.999
            assert opened.catalog.passages([best])[0].text == opened.catalog.passages([row.id])[0].text


def test_words_that_no_passage_holds_are_found_nowhere(store: Path, model: FakeEmbeddings) -> None:
    with Store(store, model) as opened, opened.index() as index:
        assert index.lexical("鑫鑫", 5) == []
        assert index.lexical("，。", 5) == []
        assert index.document_frequency("鑫") == 0
        assert index.document_frequency("床") == 1
