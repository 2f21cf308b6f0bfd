"""Files that could not be read: told again, and read again only when that may bring something.

Whether a file was read shows by its text: a bad file is made good without changing its size or time,
so that it counts as the same and would be readable if it were read.
"""

from __future__ import annotations

import ast
import os
import shutil
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from fakes import FakeEmbeddings
from storing import LETTERS, NEWS, only, told, write

import ingest as package
from ingest import parse
from ingest.__main__ import _report
from ingest.pipeline import ingest
from ingest.progress import Progress
from ingest.retries import OUTSIDE, PERHAPS_OUTSIDE, WAIT, attempt
from policyqa.catalog import Catalog, SourceRow

pytestmark = pytest.mark.usefixtures("quick_check")

GOOD = NEWS.encode()
BAD = b"\x00" * len(GOOD)
OLD_WORD = Path(__file__).parents[2] / "corpus" / "samples" / "fengdu-nynj-2023-61.doc"


def mended_unseen(path: Path) -> None:
    """Make a bad file good without a change of size or time."""
    times = path.stat()
    path.write_bytes(GOOD)
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))


def record(store: Path, source: str, change: Callable[[SourceRow], SourceRow]) -> None:
    """Change what the catalog knows of a file."""
    catalog = Catalog.of(store)
    (row,) = [row for row in catalog.sources() if row.source == source]
    catalog.put_sources([change(row)])
    catalog.close()


@pytest.fixture
def failed(folder: Path, store: Path, model: FakeEmbeddings) -> Path:
    """A bad file beside three good letters, which an ingest met and which is good by now."""
    path = folder / "坏.txt"
    path.write_bytes(BAD)
    assert told(ingest([folder], store, model)) == only(unchanged=list(LETTERS), failed=["坏.txt"])
    mended_unseen(path)
    return path


def test_a_file_that_failed_is_told_again_with_its_reason_and_not_read(
    folder: Path, store: Path, model: FakeEmbeddings, failed: Path
) -> None:
    for dry_run in (True, False):
        summary = ingest([folder], store, model, dry_run=dry_run)
        assert told(summary) == only(unchanged=list(LETTERS), failed=["坏.txt"])
        assert summary.not_retried == ["坏.txt"]
        assert summary.failed[0]["error"].startswith("is damaged: it ends in '.txt'")


def test_it_is_read_again_when_that_is_asked_for(
    folder: Path, store: Path, model: FakeEmbeddings, failed: Path
) -> None:
    summary = ingest([folder], store, model, retry=True)
    assert told(summary) == only(added=["坏.txt"], unchanged=list(LETTERS))
    assert summary.not_retried == []


def test_it_is_read_again_by_another_parser(
    folder: Path, store: Path, model: FakeEmbeddings, failed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parse, "VERSION", "of-tomorrow")
    assert "坏.txt" in ingest([folder], store, model).added


def test_it_is_read_again_when_it_changes(
    folder: Path, store: Path, model: FakeEmbeddings, failed: Path
) -> None:
    write(failed, NEWS)
    failed.touch()
    assert "坏.txt" in ingest([folder], store, model).added


def test_a_bad_file_that_is_moved_is_known_to_be_bad(
    folder: Path, store: Path, model: FakeEmbeddings, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "坏.txt").write_bytes(BAD)
    ingest([folder], store, model)
    (folder / "坏.txt").rename(folder / "又坏.txt")
    (folder / "坏.dat").write_bytes(BAD)

    def trip(path: Path) -> None:
        raise AssertionError(path)

    monkeypatch.setattr("ingest.reading.read_file", trip)
    summary = ingest([folder], store, model, prune=True)
    assert told(summary)["failed"] == ["又坏.txt", "坏.dat"], "under another ending it might be read"
    assert summary.not_retried == ["又坏.txt"]
    assert summary.removed == ["坏.txt"]


def test_a_failed_file_that_breaks_a_known_document_keeps_its_last_good_version(
    folder: Path, store: Path, model: FakeEmbeddings
) -> None:
    (folder / "乙.txt").write_bytes(BAD)
    for _ in range(2):
        summary = ingest([folder], store, model)
        assert told(summary) == only(unchanged=["甲.txt", "sub/丙.txt"], failed=["乙.txt"])
    assert Catalog.of(store).counts()[0] == 3


# --- what was missing, and what came from outside ----------------------------------------------------


@pytest.mark.skipif(shutil.which("antiword") is None, reason="antiword is not installed")
def test_a_program_that_is_installed_has_the_files_read_that_needed_it(
    tmp_path: Path, empty_store: Path, model: FakeEmbeddings, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "bin").mkdir()
    shutil.copy(OLD_WORD, tmp_path / "in")
    with monkeypatch.context() as bare:
        bare.setenv("PATH", str(tmp_path / "bin"))
        first = ingest([tmp_path / "in"], empty_store, model)
        assert first.failed[0]["error"].startswith("needs LibreOffice")
        assert ingest([tmp_path / "in"], empty_store, model).not_retried == [OLD_WORD.name]
    assert ingest([tmp_path / "in"], empty_store, model).added == [OLD_WORD.name]


def test_what_helps_is_part_of_what_a_file_was_read_with(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    bare = attempt("1")
    program = tmp_path / "soffice"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    assert attempt("1") == " ".join([bare.split()[0], "soffice", *bare.split()[1:]])
    assert attempt("1") != attempt("2")


@pytest.mark.parametrize("error", ["cannot be opened: Permission denied → check the permissions"])
def test_a_failure_from_outside_is_tried_at_every_ingest(
    error: str, folder: Path, store: Path, model: FakeEmbeddings, failed: Path
) -> None:
    record(store, "坏.txt", lambda row: replace(row, error=error))
    assert "坏.txt" in ingest([folder], store, model).added


@pytest.mark.parametrize(
    "error", ["took longer than 900 s to read", "the process that read it ended: signal 9 (SIGKILL)"]
)
@pytest.mark.parametrize(("age", "is_read"), [(WAIT / 2, False), (WAIT * 1.1, True), (-WAIT, True)])
def test_a_failure_that_may_come_from_outside_is_tried_once_a_day(
    error: str, age: timedelta, is_read: bool, folder: Path, store: Path, model: FakeEmbeddings, failed: Path
) -> None:
    then = (datetime.now(UTC) - age).isoformat(timespec="seconds")
    record(store, "坏.txt", lambda row: replace(row, error=error, read_at=then))
    summary = ingest([folder], store, model)
    assert summary.added == (["坏.txt"] if is_read else [])
    assert summary.not_retried == ([] if is_read else ["坏.txt"])


def test_one_that_was_tried_again_in_vain_waits_for_another_day(
    folder: Path, store: Path, model: FakeEmbeddings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def trip(path: Path) -> None:
        raise ValueError("odd")

    monkeypatch.setattr("ingest.reading.read_file", trip)
    write(folder / "怪.txt", NEWS)
    ingest([folder], store, model)
    record(store, "怪.txt", lambda row: replace(row, read_at="2020-01-01T00:00:00+00:00"))
    assert ingest([folder], store, model).not_retried == []
    assert ingest([folder], store, model).not_retried == ["怪.txt"]


# --- in archives -------------------------------------------------------------------------------------


def packed(path: Path, members: dict[str, bytes]) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)


def test_an_archive_with_a_bad_member_is_not_opened_again(
    folder: Path, store: Path, model: FakeEmbeddings
) -> None:
    packed(folder / "包.zip", {"好.txt": GOOD, "坏.txt": BAD})
    first = ingest([folder], store, model)
    assert (first.added, told(first)["failed"]) == (["包.zip/好.txt"], ["包.zip/坏.txt"])
    times = (folder / "包.zip").stat()
    (folder / "包.zip").write_bytes(b"x" * times.st_size)
    os.utime(folder / "包.zip", ns=(times.st_atime_ns, times.st_mtime_ns))
    again = ingest([folder], store, model)
    assert told(again) == only(unchanged=[*LETTERS, "包.zip/好.txt"], failed=["包.zip/坏.txt"])
    assert again.not_retried == ["包.zip/坏.txt"]


def test_a_bad_member_of_a_changed_archive_is_told_again(
    folder: Path, store: Path, model: FakeEmbeddings, monkeypatch: pytest.MonkeyPatch
) -> None:
    packed(folder / "包.zip", {"坏.txt": BAD})
    ingest([folder], store, model)
    packed(folder / "包.zip", {"好.txt": GOOD, "坏.txt": BAD})
    summary = ingest([folder], store, model)
    assert (summary.added, told(summary)["failed"]) == (["包.zip/好.txt"], ["包.zip/坏.txt"])
    assert summary.not_retried == ["包.zip/坏.txt"]
    assert ingest([folder], store, model, retry=True).not_retried == []


# --- what is told -------------------------------------------------------------------------------------


def test_how_to_read_them_again_is_told(
    folder: Path, store: Path, model: FakeEmbeddings, failed: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _report(ingest([folder], store, model), False, False, Progress(), set())
    said = capsys.readouterr().err
    assert "未能读取 坏.txt：文件不完整或已损坏" in said
    assert "其中 1 个以前就未能读取" in said
    assert "--retry" in said


def test_each_kind_of_failure_from_outside_is_one_that_the_ingest_tells() -> None:
    """The patterns name errors by how they begin; each alternative must begin one in the source."""
    texts = []
    for path in Path(package.__path__[0]).rglob("*.py"):
        if path.name == "retries.py":
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.JoinedStr):
                node = node.values[0]
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                texts.append(node.value)
    kinds = [
        *OUTSIDE.pattern.split("|")[:1],
        *PERHAPS_OUTSIDE.pattern[len("(?:page \\d+ )?(?:") : -1].split("|"),
    ]
    assert len(kinds) > 6
    assert [kind for kind in kinds if not any(text.startswith(kind) for text in texts)] == []
