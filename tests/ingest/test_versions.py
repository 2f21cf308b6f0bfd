"""Copies, versions and look-alikes of one letter; archives and e-mails; readers that die."""

from __future__ import annotations

import os
import signal
import time
import zipfile
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest
from fakes import FakeEmbeddings
from storing import BEDS, LETTERS, SCHOOLS, found_in, only, snapshot, told, write

from ingest import workers
from ingest.pipeline import ingest
from ingest.reading import Outcome, Task
from policyqa.catalog import Catalog

pytestmark = pytest.mark.usefixtures("quick_check")

LATER = LETTERS["甲.txt"].replace(SCHOOLS, "2023年新建学校15所，累计82所。").replace("6月14日", "9月2日")


def documents(store: Path) -> list[str]:
    return [document.source for document in Catalog.of(store).documents()]


def test_a_copy_with_web_clutter_is_a_second_source(folder: Path, store: Path, model: FakeEmbeddings) -> None:
    clutter = "首页 > 政务公开 > 建议提案办理\n" + LETTERS["甲.txt"] + "\n【打印本页】 【关闭窗口】\n"
    write(folder / "web.txt", clutter)
    assert ingest([folder], store, model).added == ["web.txt"]
    catalog = Catalog.of(store)
    assert catalog.counts()[0] == 3
    (both,) = [d for d in catalog.documents() if d.document_number]
    assert {row.source for row in catalog.sources_of(both.id)} == {"甲.txt", "web.txt"}
    assert catalog.history(both.id) == []


def test_one_text_to_two_members_is_two_documents(folder: Path, store: Path, model: FakeEmbeddings) -> None:
    write(folder / "other.txt", LETTERS["甲.txt"].replace("李某委员", "赵某委员"))
    ingest([folder], store, model)
    assert len(documents(store)) == 4


@pytest.mark.parametrize("first", ["old", "new"])
def test_a_later_version_takes_the_place_of_an_earlier_one(
    first: str, tmp_path: Path, empty_store: Path, model: FakeEmbeddings
) -> None:
    texts = {"old": LETTERS["甲.txt"], "new": LATER}
    for name in (first, *(set(texts) - {first})):
        write(tmp_path / "in" / f"{name}.txt", texts[name])
        ingest([tmp_path / "in"], empty_store, model)
    catalog = Catalog.of(empty_store)
    (kept,) = catalog.documents()
    assert kept.source == "new.txt"
    (past,) = catalog.history(kept.id)
    assert SCHOOLS in past.document.body
    assert SCHOOLS not in found_in(empty_store, model, "新建学校多少所", 20)
    before = snapshot(empty_store)
    assert told(ingest([tmp_path / "in"], empty_store, model)) == only(unchanged=["new.txt", "old.txt"])
    assert snapshot(empty_store) == before


def test_a_version_of_which_only_the_date_changed_takes_the_place_too(
    tmp_path: Path, empty_store: Path, model: FakeEmbeddings
) -> None:
    write(tmp_path / "in" / "old.txt", LETTERS["甲.txt"])
    write(tmp_path / "in" / "new.txt", LETTERS["甲.txt"].replace("6月14日", "9月2日"))
    summary = ingest([tmp_path / "in"], empty_store, model)
    assert documents(empty_store) == ["new.txt"]
    assert summary.near_duplicates == []


def test_an_earlier_version_counts_again_when_the_later_is_gone(
    tmp_path: Path, empty_store: Path, model: FakeEmbeddings
) -> None:
    write(tmp_path / "in" / "old.txt", LETTERS["甲.txt"])
    write(tmp_path / "in" / "new.txt", LATER)
    ingest([tmp_path / "in"], empty_store, model)
    (tmp_path / "in" / "new.txt").unlink()
    back = only(added=["old.txt"], removed=["new.txt"])
    assert told(ingest([tmp_path / "in"], empty_store, model, prune=True, dry_run=True)) == back
    assert told(ingest([tmp_path / "in"], empty_store, model, prune=True)) == back
    assert documents(empty_store) == ["old.txt"]
    assert SCHOOLS in found_in(empty_store, model, "新建学校")
    assert told(ingest([tmp_path / "in"], empty_store, model, prune=True)) == only(unchanged=["old.txt"])


def test_an_earlier_version_counts_again_when_the_later_becomes_another_letter(
    tmp_path: Path, empty_store: Path, model: FakeEmbeddings
) -> None:
    write(tmp_path / "in" / "old.txt", LETTERS["甲.txt"])
    write(tmp_path / "in" / "new.txt", LATER)
    ingest([tmp_path / "in"], empty_store, model)
    write(tmp_path / "in" / "new.txt", LETTERS["乙.txt"])
    changed = told(ingest([tmp_path / "in"], empty_store, model))
    assert changed == only(added=["old.txt"], updated=["new.txt"])
    assert documents(empty_store) == ["new.txt", "old.txt"]


def test_an_earlier_version_stays_one_while_another_file_is_the_later(
    tmp_path: Path, empty_store: Path, model: FakeEmbeddings
) -> None:
    write(tmp_path / "in" / "old.txt", LETTERS["甲.txt"])
    for name in ("new.txt", "new2.txt"):
        write(tmp_path / "in" / name, LATER)
    ingest([tmp_path / "in"], empty_store, model)
    (tmp_path / "in" / "new.txt").unlink()
    gone = only(removed=["new.txt"], unchanged=["new2.txt", "old.txt"])
    assert told(ingest([tmp_path / "in"], empty_store, model, prune=True, dry_run=True)) == gone
    assert told(ingest([tmp_path / "in"], empty_store, model, prune=True)) == gone
    assert documents(empty_store) == ["new2.txt"]


def test_near_duplicates_are_told_and_kept_apart(
    tmp_path: Path, empty_store: Path, model: FakeEmbeddings
) -> None:
    body = "".join(f"第{n}项工作由乙区教育局会同有关部门推进，计划投入{n * 7}万元。\n" for n in range(1, 60))
    write(tmp_path / "in" / "a.txt", "关于学校建设的报告\n\n" + body)
    write(tmp_path / "in" / "b.txt", "关于学校建设的报告\n\n" + body + "另有一项待定。\n")
    summary = ingest([tmp_path / "in"], empty_store, model)
    assert [pair["sources"] for pair in summary.near_duplicates] == [["a.txt", "b.txt"]]
    assert len(documents(empty_store)) == 2


def test_a_removed_document_stays_away_until_its_file_is_named(
    folder: Path, store: Path, model: FakeEmbeddings
) -> None:
    catalog = Catalog.of(store)
    catalog.remove_document(next(d.id for d in catalog.documents() if d.source == "乙.txt"))
    ingest([folder], store, model)
    assert documents(store) == ["sub/丙.txt", "甲.txt"]
    assert ingest([folder / "乙.txt"], store, model).added == ["乙.txt"]
    assert len(documents(store)) == 3


# --- archives ----------------------------------------------------------------------------------


def packed(path: Path, files: dict[str, str | bytes]) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)


def test_members_of_an_archive_are_sources(folder: Path, store: Path, model: FakeEmbeddings) -> None:
    packed(folder / "答复.zip", {"2024/新.txt": LATER, "坏.txt": b"\x00\x01", "乙.txt": LETTERS["乙.txt"]})
    summary = ingest([folder], store, model)
    assert sorted(summary.added) == ["答复.zip/2024/新.txt", "答复.zip/乙.txt"]
    assert [f["source"] for f in summary.failed] == ["答复.zip/坏.txt"]
    packed(folder / "答复.zip", {"2024/新.txt": LATER, "坏.txt": "第三产业增长5%。"})
    summary = ingest([folder], store, model, prune=True)
    assert (summary.added, summary.removed, summary.failed) == (["答复.zip/坏.txt"], ["答复.zip/乙.txt"], [])
    assert "答复.zip/2024/新.txt" in summary.unchanged
    before = snapshot(store)
    ingest([folder], store, model, prune=True)
    assert snapshot(store) == before
    (folder / "答复.zip").unlink()
    assert len(ingest([folder], store, model, prune=True).removed) >= 2
    assert BEDS in found_in(store, model, "养老床位")


def test_an_e_mail_and_its_attachments_are_sources(folder: Path, store: Path, model: FakeEmbeddings) -> None:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "a@example.cn", "b@example.cn", "关于食堂开放的通知"
    mail["Date"] = "Fri, 14 Jun 2024 09:41:00 +0800"
    mail.set_content("乙区机关食堂自2024年7月1日起向社会开放，每日供应午餐260份。")
    for name, data in (("新.txt", LATER.encode()), ("乙.txt", LETTERS["乙.txt"].encode()), ("坏.bin", b"\0")):
        mail.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    (folder / "来信.eml").write_bytes(mail.as_bytes())
    summary = ingest([folder], store, model)
    assert sorted(summary.added) == ["来信.eml", "来信.eml/乙.txt", "来信.eml/新.txt"]
    assert [f["source"] for f in summary.failed] == ["来信.eml/坏.bin"]
    assert len(documents(store)) == 4, "a copy is a second source, a later version takes its place"
    assert "260份" in "".join(found_in(store, model, "机关食堂午餐"))
    assert "累计82所" in "".join(found_in(store, model, "新建学校"))
    (folder / "来信.eml").unlink()
    ingest([folder], store, model, prune=True)
    assert sorted(documents(store)) == sorted(LETTERS)
    assert SCHOOLS in found_in(store, model, "新建学校")


def test_an_earlier_version_in_an_archive_counts_again(
    folder: Path, empty_store: Path, model: FakeEmbeddings
) -> None:
    (folder / "甲.txt").unlink()
    packed(
        folder / "旧.zip", {"甲.txt": LETTERS["甲.txt"], "坏.txt": b"\x00\x01", "乙.txt": LETTERS["乙.txt"]}
    )
    write(folder / "新.txt", LATER)
    ingest([folder], empty_store, model)
    assert "旧.zip/甲.txt" not in documents(empty_store)
    (folder / "新.txt").unlink()
    back = told(ingest([folder], empty_store, model, prune=True))
    assert (back["added"], back["removed"]) == (["旧.zip/甲.txt"], ["新.txt"])
    assert back["failed"] == ["旧.zip/坏.txt"]
    assert back["unchanged"].count("旧.zip/乙.txt") == 1
    assert "旧.zip/甲.txt" in documents(empty_store)


# --- readers -----------------------------------------------------------------------------------


def _deadly(task: Task, begin: Callable[[str], None]) -> Iterator[Outcome]:
    begin(task.source)
    if "dies" in task.source:
        os.kill(os.getpid(), signal.SIGSEGV)
    if "sleeps" in task.source:
        time.sleep(60)
    if "waits" in task.source:
        time.sleep(0.3)
    yield Outcome(task.source, task.hash)


def _serve_deadly(connection: object) -> None:
    workers.read_task = _deadly  # type: ignore[assignment]
    _SERVE(connection)  # type: ignore[arg-type]


_SERVE = workers.serve


def test_a_reader_that_dies_or_is_too_slow_costs_one_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "serve", _serve_deadly)
    tasks = [Task("/r", name, tmp_path, "") for name in ("a", "dies", "b", "sleeps", "c")]
    outcomes = [o for _, o in workers.read_apart(tasks, 2, 5) if o is not None]
    errors = {o.source: o.error for o in outcomes}
    assert set(errors) == {"a", "dies", "b", "sleeps", "c"}
    assert "SIGSEGV" in errors["dies"]
    assert "longer than 5 s" in errors["sleeps"]
    assert not any(errors[name] for name in "abc")


def test_a_full_queue_is_not_the_readers_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "serve", _serve_deadly)
    monkeypatch.setattr(workers, "AHEAD", 1)
    names = ["a", "waits 1", "b", "waits 2"]
    told = workers.read_apart([Task("/r", name, tmp_path, "") for name in names], 2, 3)
    errors = {}
    for number, (_, outcome) in enumerate(told):
        time.sleep(4 if number < 3 else 0)
        if outcome is not None:
            errors[outcome.source] = outcome.error
    assert errors == dict.fromkeys(names, "")
