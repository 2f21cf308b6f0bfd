"""kill -9 at random moments: the last generation answers, and the next run finishes the job."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from fakes import FakeEmbeddings
from processes import ENVIRONMENT, started
from storing import BEDS, found_in, live, write

from policyqa.catalog import Catalog
from policyqa.index import Index
from policyqa.store import content_digest

LETTERS_AT_ONCE = 30

RUN = """
import sys, time
from pathlib import Path
from fakes import FakeEmbeddings
from ingest import pipeline
from policyqa import index_build

change, write = index_build._change_vectors, index_build._write

def told(step):
    def one(*arguments):
        print("index", flush=True)
        done = step(*arguments)
        print("written", flush=True)
        return done
    return one

index_build._change_vectors, index_build._write = told(change), told(write)
print("begun", flush=True)
pipeline.ingest([Path(sys.argv[1])], Path(sys.argv[2]), FakeEmbeddings(), prune=True)
"""


def start(folder: Path, store: Path) -> subprocess.Popen[str]:
    return started(RUN, folder, store)


def change(folder: Path, number: int) -> None:
    """Another round of letters: most new, some changed, one gone."""
    for one in range(LETTERS_AT_ONCE):
        text = "".join(f"第{number}轮第{one}件事第{line}项完成{number * line}万元。\n" for line in range(20))
        write(folder / f"letter{one}.txt", text)
    (folder / f"letter{number % LETTERS_AT_ONCE}.txt").unlink()


def state(store: Path) -> tuple[list[tuple[str, str]], list[tuple[str, str | None, str]], str]:
    catalog = Catalog.of(store)
    documents = sorted((d.source, d.body) for d in catalog.documents())
    sources = [(row.source, row.document_id, row.error) for row in catalog.sources()]
    digest = content_digest(catalog)
    index = Index(live(store))
    assert index.counts() == (catalog.counts()[1],) * 2
    assert index.description.content == digest
    index.close()
    assert not catalog.has_retired()
    catalog.close()
    return documents, sources, digest


@pytest.mark.parametrize("kills", [6, pytest.param(60, marks=pytest.mark.slow)])
def test_kills_at_random_moments_lose_nothing(
    kills: int, folder: Path, store: Path, tmp_path: Path, model: FakeEmbeddings
) -> None:
    random.seed(kills)
    in_index = 0
    for number in range(1, kills + 1):
        change(folder, number)
        process = start(folder, store)
        assert process.stdout is not None
        # Every third dies inside the index write, the others anywhere.
        wanted = "index" if number % 3 == 0 else "begun"
        line = ""
        while (line := process.stdout.readline().strip()) not in (wanted, ""):
            pass
        time.sleep(random.uniform(0, 0.05 if wanted == "index" else 2.5))
        process.send_signal(signal.SIGKILL)
        rest = process.stdout.read()
        process.wait()
        in_index += line == "index" and "written" not in rest
        assert BEDS in found_in(store, model, "养老床位多少张"), "the last good generation answers"
    print(f"{in_index} of {kills} kills fell inside the index write")
    assert in_index >= kills // 6
    assert start(folder, store).wait() == 0
    undisturbed = tmp_path / "undisturbed"
    assert start(folder, undisturbed).wait() == 0
    assert state(store) == state(undisturbed)


def test_a_full_disk_leaves_the_last_generation_answering(
    folder: Path, store: Path, model: FakeEmbeddings
) -> None:
    change(folder, 1)
    limit = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (150_000, 150_000))\n"
    before = live(store)
    arguments = [sys.executable, "-c", limit + RUN, str(folder), str(store)]
    full = subprocess.run(arguments, capture_output=True, text=True, env=ENVIRONMENT, check=False)
    assert full.returncode != 0
    assert "腾出磁盘空间" in full.stderr
    assert live(store) == before
    assert BEDS in found_in(store, model, "养老床位多少张")
    assert start(folder, store).wait() == 0
    assert live(store) != before
