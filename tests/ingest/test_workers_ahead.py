"""What was read and waits to be taken is bounded: by how many outcomes and by how much text they hold."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from ingest import workers
from ingest.reading import Outcome, Task, read_task

NOW = 0.01


@pytest.fixture
def told(tmp_path: Path) -> workers.Told:
    file = tmp_path / "a.txt"
    file.write_text("全市新增学位2600个。\n" * 40, "utf-8")
    task = Task(str(tmp_path), "a.txt", file, "")
    outcome = next(o for o in read_task(task) if o.found)
    return task, outcome


def _length(told: workers.Told) -> int:
    outcome = told[1]
    assert outcome is not None
    assert outcome.found is not None
    return len(outcome.found.document.body)


def test_it_waits_when_much_text_waits_and_goes_on_when_some_is_taken(
    told: workers.Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "AHEAD_CHARACTERS", 2 * _length(told))
    ready = workers._Ready()
    assert ready.put(told, NOW)
    assert ready.put(told, NOW)
    assert not ready.put(told, NOW)
    assert ready.put((told[0], None), NOW)  # a file that is done holds no text
    assert ready.get() == told
    assert ready.put(told, NOW)


def test_one_that_is_longer_than_all_that_may_wait_is_taken_alone(
    told: workers.Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "AHEAD_CHARACTERS", 1)
    ready = workers._Ready()
    assert ready.put(told, NOW)
    assert not ready.put(told, NOW)
    ready.get()
    assert ready.put(told, NOW)


def test_it_waits_when_many_wait(told: workers.Told, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "AHEAD", 2)
    ready = workers._Ready()
    failed = (told[0], Outcome("b.txt", "", error="cannot be read"))
    assert [ready.put(failed, NOW) for _ in range(3)] == [True, True, False]


def test_all_files_are_read_though_little_may_wait(
    told: workers.Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "AHEAD_CHARACTERS", 1)
    tasks = [replace(told[0], source=f"{n}.txt") for n in range(5)]
    found = [o.source for _, o in workers.read_apart(tasks, 2, 60) if o is not None and o.found]
    assert sorted(found) == [t.source for t in tasks]
