"""The ingest from files to a live index, with real Chroma and tantivy and a quick fake model."""

from __future__ import annotations

import errno
import os
import shutil
from pathlib import Path
from typing import Any

import pytest
from fakes import FakeEmbeddings
from storing import BEDS, LETTERS, NEWS, ROADS, SCHOOLS, found, found_in, live, only, snapshot, told, write

from ingest import parse
from ingest.folders import known_folders
from ingest.pipeline import ingest
from policyqa import index as index_module
from policyqa.catalog import Catalog
from policyqa.errors import UsageError
from policyqa.store import Store, content_digest

pytestmark = pytest.mark.usefixtures("quick_check")
MORE = "2023年新建学校15所，累计82所。"

# --- what is done ------------------------------------------------------------------------------


def test_new_files_are_added_and_found(folder: Path, empty_store: Path, model: FakeEmbeddings) -> None:
    summary = ingest([folder], empty_store, model)
    assert told(summary) == only(added=list(LETTERS))
    assert summary.passages == Catalog.of(empty_store).counts()[1]
    assert summary.embedded == model.encoded > 10
    assert BEDS in found_in(empty_store, model, "养老床位多少张")


def test_the_index_holds_what_the_catalog_holds(store: Path, model: FakeEmbeddings) -> None:
    with Store(store, model) as opened, opened.index() as index:
        assert index.counts() == (opened.catalog.counts()[1],) * 2
        assert index.description.content == content_digest(opened.catalog)
        assert index.description.model == model.identity


def test_a_changed_file_is_updated_and_nothing_else_is_embedded(
    folder: Path, store: Path, model: FakeEmbeddings
) -> None:
    write(folder / "甲.txt", LETTERS["甲.txt"].replace(SCHOOLS, MORE))
    summary = ingest([folder], store, model)
    assert told(summary) == only(updated=["甲.txt"], unchanged=["乙.txt", "sub/丙.txt"])
    assert model.encoded == 1, "only the sentence that changed"
    texts = found_in(store, model, "新建学校多少所")
    assert MORE in texts
    assert SCHOOLS not in texts


def test_an_unchanged_folder_writes_nothing(folder: Path, store: Path, model: FakeEmbeddings) -> None:
    before = snapshot(store)
    assert "CURRENT" in before
    summary = ingest([folder], store, model)
    assert told(summary) == only(unchanged=list(LETTERS))
    assert model.encoded == 0
    assert snapshot(store) == before


def test_a_touched_file_with_the_same_bytes_is_unchanged(
    folder: Path, store: Path, model: FakeEmbeddings
) -> None:
    before = live(store)
    (folder / "甲.txt").touch()
    assert told(ingest([folder], store, model)) == only(unchanged=list(LETTERS))
    assert live(store) == before


def test_a_file_that_is_gone_stays_until_pruned(folder: Path, store: Path, model: FakeEmbeddings) -> None:
    (folder / "乙.txt").unlink()
    assert told(ingest([folder], store, model)) == only(unchanged=["甲.txt", "sub/丙.txt"])
    assert BEDS in found_in(store, model, "养老床位")
    pruned = ingest([folder], store, model, prune=True)
    assert told(pruned) == only(unchanged=["甲.txt", "sub/丙.txt"], removed=["乙.txt"])
    assert BEDS not in found_in(store, model, "养老床位", 20)
    assert Catalog.of(store).counts() == (2, pruned.passages)


def test_pruning_one_folder_leaves_the_others(
    folder: Path, store: Path, model: FakeEmbeddings, tmp_path: Path
) -> None:
    write(tmp_path / "other" / "丁.txt", NEWS)
    write(tmp_path / "other" / "戊.txt", ROADS)
    ingest([tmp_path / "other"], store, model)
    (tmp_path / "other" / "丁.txt").unlink()
    assert ingest([folder], store, model, prune=True).removed == []
    assert ingest([tmp_path / "other"], store, model, prune=True).removed == ["丁.txt"]
    assert Catalog.of(store).counts()[0] == 4


def test_a_folder_without_one_file_is_not_pruned(
    folder: Path, store: Path, model: FakeEmbeddings, tmp_path: Path
) -> None:
    write(tmp_path / "other" / "丁.txt", NEWS)
    write(tmp_path / "other" / "戊.txt", NEWS + MORE)
    ingest([tmp_path / "other"], store, model)
    (tmp_path / "other" / "丁.txt").unlink()
    shutil.rmtree(folder)
    folder.mkdir()
    both = [folder, tmp_path / "other"]
    for dry_run in (True, False):
        summary = ingest(both, store, model, prune=True, dry_run=dry_run)
        assert told(summary) == only(unchanged=["戊.txt"], removed=["丁.txt"]), "the other one is pruned"
        assert summary.not_pruned == [str(folder.resolve())]
    assert Catalog.of(store).counts()[0] == 4
    assert BEDS in found_in(store, model, "养老床位")
    assert ingest(both, store, model).not_pruned == [], "nothing was to be pruned"


def test_nothing_is_pruned_in_a_folder_that_cannot_be_listed(
    folder: Path, store: Path, model: FakeEmbeddings, monkeypatch: pytest.MonkeyPatch
) -> None:
    scandir = os.scandir

    def refuse(path: Any) -> Any:
        if path == folder / "sub":
            raise PermissionError(errno.EACCES, "Permission denied", path)
        return scandir(path)

    (folder / "乙.txt").unlink()
    monkeypatch.setattr(os, "scandir", refuse)
    closed = only(unchanged=["甲.txt"], removed=["乙.txt"], failed=[str(folder.resolve() / "sub")])
    assert told(ingest([folder], store, model, prune=True, dry_run=True)) == closed
    summary = ingest([folder], store, model, prune=True)
    assert told(summary) == closed
    assert summary.failed[0]["error"].startswith("cannot be opened: Permission denied")
    assert ROADS in found_in(store, model, "农村公路")
    monkeypatch.undo()
    assert told(ingest([folder], store, model, prune=True)) == only(unchanged=["甲.txt", "sub/丙.txt"])
    assert not [row for row in Catalog.of(store).sources() if row.error]


def test_a_name_that_is_not_utf8_is_read_and_known_again(
    folder: Path, store: Path, model: FakeEmbeddings
) -> None:
    odd = Path(os.fsdecode(os.fsencode(folder) + "/新闻.txt".encode("gb18030")))
    write(odd, NEWS)
    broken = Path(os.fsdecode(os.fsencode(folder) + b"/\xff.txt"))
    write(broken, "")
    first = ingest([folder], store, model)
    assert told(first) == only(added=["新闻.txt"], unchanged=list(LETTERS), failed=[r"\xff.txt"])
    assert NEWS in found_in(store, model, "第三产业")
    again = ingest([folder], store, model)
    assert told(again) == only(unchanged=[*LETTERS, "新闻.txt"], failed=[r"\xff.txt"])
    odd.unlink()
    assert ingest([folder], store, model, prune=True).removed == ["新闻.txt"]


def test_an_error_that_tells_a_name_that_is_not_utf8_is_kept(
    folder: Path, store: Path, model: FakeEmbeddings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def trip(path: Path) -> None:
        raise ValueError(path.name)

    monkeypatch.setattr("ingest.reading.read_file", trip)
    write(Path(os.fsdecode(os.fsencode(folder) + b"/\xb1\xa8.txt")), NEWS)
    (failure,) = ingest([folder], store, model).failed
    assert r"\udcb1\udca8" in failure["error"]


def test_the_folder_of_a_single_file_is_not_taken_in_later(
    folder: Path, empty_store: Path, model: FakeEmbeddings, tmp_path: Path
) -> None:
    write(tmp_path / "other" / "丁.txt", NEWS)
    ingest([folder / "甲.txt", tmp_path / "other"], empty_store, model)
    other = (tmp_path / "other").resolve()
    assert known_folders(empty_store) == ([other], [])
    ingest([other / "丁.txt"], empty_store, model)
    assert known_folders(empty_store) == ([other], []), "it was given as a folder before"
    ingest([folder], empty_store, model)
    assert known_folders(empty_store) == ([folder.resolve(), other], [])
    shutil.rmtree(other)
    assert known_folders(empty_store) == ([folder.resolve()], [str(other)])


def test_a_store_that_knows_no_single_files_takes_all_its_folders(folder: Path, store: Path) -> None:
    assert known_folders(store) == ([folder.resolve()], [])


def test_a_moved_file_is_the_same_document_and_embeds_nothing(
    folder: Path, store: Path, model: FakeEmbeddings
) -> None:
    ids = {d.id for d in Catalog.of(store).documents()}
    (folder / "甲.txt").rename(folder / "moved.txt")
    summary = ingest([folder], store, model, prune=True)
    assert told(summary) == only(added=["moved.txt"], unchanged=["乙.txt", "sub/丙.txt"], removed=["甲.txt"])
    assert model.encoded == 0
    assert {d.id for d in Catalog.of(store).documents()} == ids


def test_the_source_of_a_moved_document_is_where_it_lies_now(
    folder: Path, store: Path, model: FakeEmbeddings
) -> None:
    (folder / "甲.txt").rename(folder / "moved.txt")
    ingest([folder], store, model, prune=True)
    assert {d.source for d in Catalog.of(store).documents()} == {"moved.txt", "乙.txt", "sub/丙.txt"}


def test_the_same_text_twice_is_one_document(folder: Path, store: Path, model: FakeEmbeddings) -> None:
    write(folder / "copy.txt", LETTERS["甲.txt"])
    (folder / "gb.txt").write_bytes(LETTERS["甲.txt"].replace("\n", "\r\n").encode("gb18030"))
    assert sorted(ingest([folder], store, model).added) == ["copy.txt", "gb.txt"]
    assert Catalog.of(store).counts()[0] == 3
    assert model.encoded == 0
    (folder / "甲.txt").unlink()
    ingest([folder], store, model, prune=True)
    assert Catalog.of(store).counts()[0] == 3, "the copies still hold it"
    assert SCHOOLS in found_in(store, model, "新建学校")


def test_a_single_file_can_be_ingested(folder: Path, empty_store: Path, model: FakeEmbeddings) -> None:
    assert told(ingest([folder / "甲.txt"], empty_store, model)) == only(added=["甲.txt"])


def test_an_empty_folder_is_no_error(tmp_path: Path, empty_store: Path, model: FakeEmbeddings) -> None:
    (tmp_path / "none").mkdir()
    summary = ingest([tmp_path / "none"], empty_store, model)
    assert told(summary) == only()
    assert summary.passages == 0


def test_a_missing_path_is_wrong_usage_and_makes_no_store(
    tmp_path: Path, empty_store: Path, model: FakeEmbeddings
) -> None:
    with pytest.raises(UsageError, match="nowhere"):
        ingest([tmp_path / "nowhere"], empty_store, model)
    assert not empty_store.exists()


def test_files_of_an_older_parser_are_read_again(
    folder: Path, store: Path, model: FakeEmbeddings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parse, "VERSION", "of-tomorrow")
    assert told(ingest([folder], store, model)) == only(updated=list(LETTERS))
    assert model.encoded == 0, "the passages came out the same"
    assert told(ingest([folder], store, model)) == only(unchanged=list(LETTERS))


def test_the_runs_are_kept_with_their_summary(folder: Path, store: Path, model: FakeEmbeddings) -> None:
    write(folder / "new.txt", NEWS)
    ingest([folder], store, model)
    last, first = Catalog.of(store).last_runs()
    assert last["summary"]["added"] == ["new.txt"]
    assert sorted(first["summary"]["added"]) == sorted(LETTERS)
    assert last["finished"] is not None


# --- broken files ------------------------------------------------------------------------------

BROKEN = {
    "empty.txt": b"",
    "blank.txt": b"  \n\n",
    "binary.txt": b"\x00\x01\x02",
    "torn.txt": "答复函。".encode("utf-16")[:-1],
    "unknown.xyz": b"\x7fELF\x02\x01",
}


def test_broken_files_do_not_stop_the_others(folder: Path, empty_store: Path, model: FakeEmbeddings) -> None:
    for name, data in BROKEN.items():
        (folder / name).write_bytes(data)
    summary = ingest([folder], empty_store, model)
    assert told(summary) == only(added=list(LETTERS), failed=list(BROKEN))
    assert all(failure["error"] for failure in summary.failed)
    assert Catalog.of(empty_store).counts()[0] == 3


def test_a_file_that_breaks_keeps_its_last_good_version(
    folder: Path, store: Path, model: FakeEmbeddings
) -> None:
    (folder / "乙.txt").write_bytes(b"\x00")
    assert told(ingest([folder], store, model)) == only(unchanged=["甲.txt", "sub/丙.txt"], failed=["乙.txt"])
    assert BEDS in found_in(store, model, "养老床位")


def test_a_broken_file_is_told_again_until_it_is_mended(
    folder: Path, empty_store: Path, model: FakeEmbeddings
) -> None:
    (folder / "乙.txt").write_bytes(b"")
    ingest([folder], empty_store, model)
    again = ingest([folder], empty_store, model)
    assert told(again) == only(unchanged=["甲.txt", "sub/丙.txt"], failed=["乙.txt"])
    write(folder / "乙.txt", LETTERS["乙.txt"])
    mended = ingest([folder], empty_store, model)
    assert told(mended) == only(unchanged=["甲.txt", "sub/丙.txt"], added=["乙.txt"])
    assert not [row for row in Catalog.of(empty_store).sources() if row.error]


def test_a_file_that_breaks_and_is_put_back_is_as_before(
    folder: Path, store: Path, model: FakeEmbeddings
) -> None:
    (folder / "乙.txt").write_bytes(b"")
    ingest([folder], store, model)
    write(folder / "乙.txt", LETTERS["乙.txt"])
    assert ingest([folder], store, model).failed == []
    assert model.encoded == 0
    assert Catalog.of(store).counts()[0] == 3


def test_a_file_that_was_never_good_and_goes_is_pruned(
    folder: Path, store: Path, model: FakeEmbeddings
) -> None:
    (folder / "bad.txt").write_bytes(b"")
    ingest([folder], store, model)
    (folder / "bad.txt").unlink()
    assert ingest([folder], store, model, prune=True).removed == ["bad.txt"]
    assert not [row for row in Catalog.of(store).sources() if row.error]


# --- dry run -----------------------------------------------------------------------------------


def test_a_dry_run_without_a_store_makes_none(folder: Path, empty_store: Path, model: FakeEmbeddings) -> None:
    assert told(ingest([folder], empty_store, model, dry_run=True)) == only(added=list(LETTERS))
    assert not empty_store.exists()
    assert model.encoded == 0


def test_a_dry_run_says_what_would_be_done_and_writes_nothing(
    folder: Path, store: Path, model: FakeEmbeddings
) -> None:
    write(folder / "甲.txt", LETTERS["甲.txt"].replace(SCHOOLS, MORE))
    write(folder / "new.txt", NEWS)
    (folder / "乙.txt").unlink()
    before = snapshot(store)
    would = told(ingest([folder], store, model, prune=True, dry_run=True))
    assert would == only(added=["new.txt"], updated=["甲.txt"], unchanged=["sub/丙.txt"], removed=["乙.txt"])
    assert snapshot(store) == before
    assert model.encoded == 0
    assert told(ingest([folder], store, model, prune=True)) == would, "and then it is done"


def test_a_dry_run_tells_what_shows_unread_that_it_cannot_be_read(
    tmp_path: Path, empty_store: Path, model: FakeEmbeddings
) -> None:
    write(tmp_path / "in" / "a.txt", NEWS)
    write(tmp_path / "in" / "空.txt", "")
    (tmp_path / "in" / "照片.heic").write_bytes(b"\0\0\0\x18ftypheic" + bytes(100))
    would = told(ingest([tmp_path / "in"], empty_store, model, dry_run=True))
    assert would == only(added=["a.txt"], failed=["照片.heic", "空.txt"])
    assert told(ingest([tmp_path / "in"], empty_store, model)) == would


def test_a_dry_run_expects_of_what_failed_that_it_fails_again(
    folder: Path, store: Path, model: FakeEmbeddings
) -> None:
    (folder / "坏.docx").write_bytes(b"PK\x03\x04" + bytes(200))
    (folder / "坏.pdf").write_bytes(b"%PDF-1.4 x")
    first = told(ingest([folder], store, model))
    assert first["failed"] == ["坏.docx", "坏.pdf"]
    would = told(ingest([folder], store, model, dry_run=True))
    assert (would["added"], would["failed"]) == ([], first["failed"])
    assert told(ingest([folder], store, model)) == would


# --- generations -------------------------------------------------------------------------------


def test_a_change_publishes_a_new_generation_and_removes_the_old(
    folder: Path, store: Path, model: FakeEmbeddings
) -> None:
    before = live(store)
    write(folder / "new.txt", NEWS)
    ingest([folder], store, model)
    assert live(store) != before
    assert list((store / "index").iterdir()) == [live(store)]


def test_a_generation_that_a_reader_holds_is_kept_until_it_lets_go(
    folder: Path, store: Path, model: FakeEmbeddings
) -> None:
    with Store(store, model) as reader, reader.index() as held:
        write(folder / "new.txt", NEWS)
        ingest([folder], store, model)
        assert live(store) != held.folder
        assert held.dense(model.embed_query("养老床位"), 1), "still answers"
        assert index_module.remove_unused(store) == []
    assert index_module.remove_unused(store) == [held.name]
    assert list((store / "index").iterdir()) == [live(store)]


def test_hits_of_a_held_generation_are_in_the_catalog_until_it_is_let_go(
    folder: Path, store: Path, model: FakeEmbeddings
) -> None:
    with Store(store, model) as reader:
        with reader.index() as held:
            ids = [i for i, _ in held.lexical("新建学校", 3)]
            write(folder / "甲.txt", LETTERS["甲.txt"].replace(SCHOOLS, MORE))
            ingest([folder], store, model)
            assert SCHOOLS in [p.text for p in reader.catalog.passages(ids)], "looked up after the swap"
        assert MORE in found(reader, "新建学校")
        assert reader.catalog.has_retired()
        ingest([folder], store, model)
        assert not reader.catalog.has_retired(), "the next run forgets it"


def test_a_running_reader_sees_new_documents_and_their_going(
    folder: Path, store: Path, model: FakeEmbeddings
) -> None:
    with Store(store, model) as reader:
        assert NEWS not in found(reader, "第三产业增长", 20)
        write(folder / "new.txt", NEWS)
        ingest([folder], store, model)
        assert NEWS in found(reader, "第三产业增长")
        (folder / "new.txt").unlink()
        ingest([folder], store, model, prune=True)
        assert NEWS not in found(reader, "第三产业增长", 20)


def test_a_running_reader_sees_the_new_text_of_a_changed_document(
    folder: Path, store: Path, model: FakeEmbeddings
) -> None:
    with Store(store, model) as reader:
        assert SCHOOLS in found(reader, "新建学校")
        write(folder / "甲.txt", LETTERS["甲.txt"].replace(SCHOOLS, MORE))
        ingest([folder], store, model)
        assert MORE in found(reader, "新建学校")


def test_removing_every_document_leaves_a_store_that_can_be_filled_again(
    folder: Path, store: Path, model: FakeEmbeddings
) -> None:
    catalog = Catalog.of(store)
    for document in list(catalog.documents()):
        catalog.remove_document(document.id)
    catalog.close()
    shutil.rmtree(folder)
    folder.mkdir()
    assert len(ingest([folder], store, model, prune=True).removed) == 3, "no document is lost"
    assert Catalog.of(store).counts() == (0, 0)
    write(folder / "new.txt", NEWS)
    ingest([folder], store, model)
    assert found_in(store, model, "第三产业") == [NEWS]
