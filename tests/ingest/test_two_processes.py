"""Two ingests at once, and a member who asks while an ingest is killed and resumed."""

from __future__ import annotations

import random
import signal
import subprocess
import threading
import time
from pathlib import Path

from fakes import FakeEmbeddings
from processes import started
from storing import BEDS, write
from test_kills import change, start, state

from policyqa.store import Store

COMMAND = """
import sys
import typer
from fakes import FakeEmbeddings
from ingest.__main__ import main
from policyqa.embed import SentenceEmbeddings

SentenceEmbeddings.from_settings = lambda *_: FakeEmbeddings()
print("ready", flush=True)
sys.stdin.readline()
typer.run(main)
"""


def _command(folder: Path, store: Path) -> subprocess.Popen[str]:
    """``python -m ingest`` without the real model, which begins when a line comes."""
    return started(COMMAND, folder, "--store", store, "--prune", stderr=subprocess.PIPE)


def test_of_two_ingests_at_once_one_is_refused_and_nothing_is_lost(
    folder: Path, empty_store: Path, tmp_path: Path
) -> None:
    change(folder, 1)
    write(tmp_path / "others" / "新.txt", "栖川区新增公交线路5条。")
    both = [_command(folder, empty_store), _command(tmp_path / "others", empty_store)]
    for process in both:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in both:
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()
    errors = [process.communicate()[1] for process in both]
    assert sorted(process.returncode for process in both) == [0, 1], errors
    refused = next(n for n, process in enumerate(both) if process.returncode)
    assert "另一个收录正在写入" in errors[refused]
    assert "再运行一次" in errors[refused]
    assert "Traceback" not in errors[refused]
    undisturbed = tmp_path / "undisturbed"
    paths = [folder, tmp_path / "others"]
    for path, store in ((paths[refused], empty_store), *((path, undisturbed) for path in paths)):
        process = _command(path, store)
        process.communicate("\n")
        assert process.returncode == 0
    assert state(empty_store) == state(undisturbed)


def test_a_member_asks_while_an_ingest_is_killed_and_resumed(
    folder: Path, store: Path, model: FakeEmbeddings
) -> None:
    random.seed(7)
    seen: dict[str, int] = {}
    wrong: list[str] = []
    done = threading.Event()
    with Store(store, model) as opened:

        def ask() -> None:
            while not done.is_set():
                try:
                    with opened.index() as index:
                        ids = [i for i, _ in index.dense(model.embed_query(BEDS), 5)]
                        ids += [i for i, _ in index.lexical(BEDS, 5)]
                        texts = [passage.text for passage in opened.catalog.passages(ids)]
                        seen[index.name] = seen.get(index.name, 0) + 1
                    if BEDS not in texts or len(texts) != len(ids):
                        wrong.append(f"{index.name}: {len(texts)} of {len(ids)} passages, {texts}")
                except Exception as error:
                    wrong.append(repr(error))

        member = threading.Thread(target=ask)
        member.start()
        try:
            for number in range(1, 4):
                change(folder, number)
                killed = start(folder, store)
                assert killed.stdout is not None
                while killed.stdout.readline() not in ("index\n" if number == 1 else "begun\n", ""):
                    pass
                time.sleep(random.uniform(0, 0.05 if number == 1 else 1.5))
                killed.send_signal(signal.SIGKILL)
                killed.communicate()
                assert start(folder, store).wait() == 0
        finally:
            done.set()
            member.join()
        assert wrong == []
        assert len(seen) >= 3, "the member saw the old generation and new ones"
        with opened.index() as index:
            ids = [i for i, _ in index.lexical("第3轮第5件事第7项", 3)]
            assert "第3轮第5件事第7项" in "".join(p.text for p in opened.catalog.passages(ids))
