"""Other processes: readers beside a writer, two writers, crashes."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from fakes import FakeEmbeddings
from processes import started
from storing import BEDS, NEWS, found_in, live, write

from ingest import pipeline
from ingest.pipeline import ingest
from policyqa import index as index_module
from policyqa import index_build
from policyqa.catalog import Catalog
from policyqa.errors import StoreError, StoreLocked
from policyqa.store import writing

READER = """
import sys
from pathlib import Path
from fakes import FakeEmbeddings
from policyqa.store import Store

model = FakeEmbeddings()
store = Store(Path(sys.argv[1]), model)
for line in sys.stdin:
    with store.index() as index:
        found = store.catalog.passages([i for i, _ in index.dense(model.embed_query(line), 1)])
    print(found[0].text, flush=True)
"""
WRITER = """
import sys
from pathlib import Path
from policyqa.store import writing

with writing(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""
KILLED_WRITER = """
import os, sys
from pathlib import Path
from fakes import FakeEmbeddings
from ingest import pipeline
from policyqa import index


def die(*_, **__):
    os.kill(os.getpid(), 9)


place = {"embedding": (FakeEmbeddings, "encode"), "indexing": (index, "make_current")}[sys.argv[3]]
setattr(*place, die)
pipeline.ingest([Path(sys.argv[1])], Path(sys.argv[2]), FakeEmbeddings())
"""


def test_a_reader_in_another_process_sees_new_documents(
    folder: Path, store: Path, model: FakeEmbeddings
) -> None:
    with started(READER, store) as reader:
        assert reader.stdin is not None
        assert reader.stdout is not None

        def nearest() -> str:
            print(NEWS, file=reader.stdin, flush=True)
            return str(reader.stdout and reader.stdout.readline()).strip()

        assert nearest() != NEWS
        write(folder / "new.txt", NEWS)
        ingest([folder], store, model)
        assert nearest() == NEWS
        reader.stdin.close()
    assert reader.returncode == 0


@pytest.fixture
def other_writer(store: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that holds the store's lock."""
    with started(WRITER, store) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        yield process
        assert process.stdin is not None
        process.stdin.close()


def test_a_second_writer_is_refused(
    folder: Path, store: Path, model: FakeEmbeddings, other_writer: subprocess.Popen[str]
) -> None:
    write(folder / "new.txt", NEWS)
    with pytest.raises(StoreLocked, match="另一个收录"):
        ingest([folder], store, model)
    assert BEDS in found_in(store, model, "养老床位"), "readers are not locked out"


def test_the_lock_of_a_writer_that_was_killed_is_free(
    store: Path, other_writer: subprocess.Popen[str]
) -> None:
    other_writer.kill()
    other_writer.wait()
    with writing(store):
        pass


class _PowerCut(BaseException):
    pass


def _cut(*_: object, **__: object) -> None:
    raise _PowerCut


@pytest.mark.parametrize(
    ("place", "step"),
    [
        (pipeline, "_embed"),
        (pipeline, "refresh_index"),
        (index_build, "_finish"),
        (index_module, "check_in_child"),
        (index_module, "make_current"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
@pytest.mark.usefixtures("quick_check")
def test_after_a_crash_the_old_generation_answers_and_the_next_run_finishes(
    place: object,
    step: str,
    folder: Path,
    store: Path,
    model: FakeEmbeddings,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = live(store)
    write(folder / "new.txt", NEWS)
    with monkeypatch.context() as patched:
        patched.setattr(place, step, _cut)
        with pytest.raises(_PowerCut):
            ingest([folder], store, model)
    assert live(store) == before
    assert BEDS in found_in(store, model, "养老床位")
    assert Catalog.of(store).last_runs(1)[0]["finished"] is None, "the run is seen to be cut off"
    assert ingest([folder], store, model).failed == []
    assert NEWS in found_in(store, model, "第三产业增长")
    assert list((store / "index").iterdir()) == [live(store)], "no rubbish is left"


@pytest.mark.parametrize("step", ["embedding", "indexing"])
def test_a_process_that_is_killed_costs_no_good_document(
    step: str, folder: Path, store: Path, model: FakeEmbeddings
) -> None:
    write(folder / "new.txt", NEWS)
    with started(KILLED_WRITER, folder, store, step) as killed:
        killed.communicate()
    assert killed.returncode == -9
    assert BEDS in found_in(store, model, "养老床位")
    assert ingest([folder], store, model).failed == []
    assert NEWS in found_in(store, model, "第三产业增长")


def test_a_new_generation_that_fails_its_check_is_not_published(
    folder: Path, store: Path, model: FakeEmbeddings, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = live(store)
    write(folder / "new.txt", NEWS)
    finish = index_build._finish

    def finish_and_lose(folder: Path, *args: object) -> None:
        finish(folder, *args)  # type: ignore[arg-type]
        shutil.rmtree(folder / "tantivy")

    monkeypatch.setattr(index_build, "_finish", finish_and_lose)
    with pytest.raises(StoreError, match="没有通过检查"):
        ingest([folder], store, model)
    assert live(store) == before
    assert BEDS in found_in(store, model, "养老床位")
