"""Following folders: whole files only, in batches, on and on."""

from __future__ import annotations

import errno
import itertools
import os
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from fakes import FakeEmbeddings
from storing import NEWS, found_in, live, write

from ingest import watch
from ingest.pipeline import Summary, ingest
from policyqa.errors import StoreLocked

pytestmark = pytest.mark.usefixtures("quick_check")


class _Ended(BaseException):
    """Ends the following, as Ctrl-C does."""


def _until(met: Any) -> None:
    end = time.monotonic() + 60
    while not met():
        assert time.monotonic() < end, "nothing happened"
        time.sleep(0.05)


def test_a_file_that_is_still_being_written_is_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "large.txt"
    path.touch()
    written: list[float] = []

    def copy() -> None:
        for number in range(8):
            time.sleep(0.15)
            with path.open("a", encoding="utf-8") as file:
                file.write(f"第{number}段。\n")
            written.append(time.monotonic())

    copying = threading.Thread(target=copy)
    copying.start()
    watch.wait_until_steady([path], seconds=0.6)
    ended = time.monotonic()
    copying.join()
    assert len(written) == 8
    assert ended - written[-1] >= 0.5


def test_files_that_go_on_growing_do_not_hold_up_the_others_for_ever(tmp_path: Path) -> None:
    path = tmp_path / "log.txt"
    path.touch()
    done = threading.Event()

    def grow() -> None:
        while not done.is_set():
            with path.open("a", encoding="utf-8") as file:
                file.write("又一行。\n")
            time.sleep(0.05)

    growing = threading.Thread(target=grow)
    growing.start()
    begun = time.monotonic()
    watch.wait_until_steady([path], seconds=2, patience=1)
    done.set()
    growing.join()
    assert 0.9 <= time.monotonic() - begun < 2


def test_a_file_that_vanishes_meanwhile_is_no_error(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.touch()
    threading.Timer(0.2, path.unlink).start()
    watch.wait_until_steady([path], seconds=0.5)
    assert not path.exists()


def test_a_batch_is_ingested_once_and_an_error_does_not_end_it(
    folder: Path, store: Path, model: FakeEmbeddings
) -> None:
    done: list[Summary] = []
    told: list[str] = []
    calls = 0

    def once() -> bool:
        nonlocal calls
        calls += 1
        if calls == 1:
            return False
        if calls == 2:
            raise StoreLocked("another ingest is writing", "wait")
        done.append(ingest([folder], store, model))
        if len(done) == 2:
            raise _Ended
        return False

    def put(names: Sequence[str]) -> None:
        for name in names:
            write(folder / name, NEWS.replace("5", name[1:-4]))

    def follow() -> None:
        with pytest.raises(_Ended):
            watch.follow([folder], once, told.append, steady=0.3)

    before = live(store)
    following = threading.Thread(target=follow, daemon=True)
    following.start()
    _until(lambda: told)
    put(["n1.txt"])
    _until(lambda: len(told) == 2)
    assert "another ingest is writing" in told[1]
    assert live(store) == before
    put(["n2.txt", "n3.txt"])
    _until(lambda: done)
    assert sorted(done[0].added) == ["n1.txt", "n2.txt", "n3.txt"], "and what the refused one missed"
    put(["n4.txt"])
    following.join(60)
    assert [summary.added for summary in done[1:]] == [["n4.txt"]]
    assert "第三产业增长4%。" in found_in(store, model, "第三产业增长4%")


def _follow(folder: Path, once: Callable[[int], None]) -> list[str]:
    """What is told while a folder is followed; ``once`` is given the number of its call."""
    told: list[str] = []
    count = itertools.count(1)

    def counted() -> bool:
        once(next(count))
        return False

    with pytest.raises(_Ended):
        watch.follow([folder], counted, told.append, steady=0.1)
    return told


def test_what_comes_during_the_first_ingest_is_not_missed(tmp_path: Path) -> None:
    def once(number: int) -> None:
        if number == 1:
            (tmp_path / "meanwhile.txt").write_text("x", "utf-8")
        else:
            raise _Ended

    assert len(_follow(tmp_path, once)) == 1


def test_any_error_of_a_batch_is_told_and_the_next_is_waited_for(tmp_path: Path) -> None:
    def once(number: int) -> None:
        if number == 3:
            raise _Ended
        (tmp_path / f"{number}.txt").write_text("x", "utf-8")
        if number == 2:
            raise OSError(errno.ESTALE, "Stale file handle")

    told = _follow(tmp_path, once)
    assert "Stale file handle" in told[1]
    assert told[1].endswith("继续监视")


def test_the_error_of_the_first_ingest_is_passed_on(tmp_path: Path) -> None:
    def once() -> bool:
        raise StoreLocked("another ingest is writing", "wait")

    with pytest.raises(StoreLocked):
        watch.follow([tmp_path], once, print)


def test_a_name_that_is_not_utf8_does_not_end_the_watch(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watch, "_PAUSE", 0.1)

    def once(number: int) -> None:
        if number == 1:
            (tmp_path / os.fsdecode(b"\xb1\xa8.txt")).write_text("x", "utf-8")
        elif number == 3:
            (tmp_path / "later.txt").write_text("x", "utf-8")
        elif number == 4:
            raise _Ended

    told = _follow(tmp_path, once)
    assert [line[:4] for line in told] == ["正在监视", "监视中断"], "the watch began again"


def test_folders_that_cannot_be_watched_are_looked_at_now_and_then(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watch, "_PAUSE", 0.1)

    def refuse(*_: Any, **__: Any) -> Any:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr("watchfiles.watch", refuse)

    def once(number: int) -> None:
        if number == 3:
            raise _Ended

    assert sum("Permission denied" in line for line in _follow(tmp_path, once)) == 3


def test_a_folder_can_be_polled_for_changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WATCHFILES_FORCE_POLLING", "1")
    test_what_comes_during_the_first_ingest_is_not_missed(tmp_path)
