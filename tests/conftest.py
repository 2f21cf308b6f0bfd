"""What the tests share: hypothesis profiles, a clean environment, the corpus ingested once.

``-m "not model and not browser"`` is the quick part. ``--hypothesis-profile=deep`` looks longer.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Generator
from dataclasses import replace
from pathlib import Path

import pytest
from fakes import FakeEmbeddings
from hypothesis import settings
from storing import LETTERS, write

from corpus.writers import MissingTool

settings.register_profile("default", max_examples=60, deadline=None, database=None)
settings.register_profile("deep", max_examples=3000, deadline=None)
settings.load_profile("default")

CORPUS = Path(__file__).parents[1] / "corpus"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--write-golden", action="store_true", help="write missing files of tests/ingest/golden for review"
    )


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call() -> Generator[None, None, None]:
    """A writer of test documents that lacks a font or a program skips its tests."""
    try:
        yield
    except MissingTool as error:
        pytest.skip(str(error))


@pytest.fixture(autouse=True)
def _settings_of_the_machine_do_not_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(os.environ):
        if name.startswith("POLICYQA_") and name not in ("POLICYQA_CACHE", "POLICYQA_REQUIRE_BROWSER"):
            monkeypatch.delenv(name)


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The documents that come with the project."""
    return CORPUS


@pytest.fixture(scope="session")
def real_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store filled from the corpus by the command that users run; read only."""
    store = tmp_path_factory.mktemp("real") / "store"
    ingest = [sys.executable, "-m", "ingest", "corpus", "--store", str(store), "--json"]
    ran = subprocess.run(
        ingest, cwd=CORPUS.parent, capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert ran.returncode == 0, ran.stderr
    summary = json.loads(ran.stdout)
    assert len(summary["added"]) >= 61
    assert summary["failed"] == []
    return store


# --- a small store with a fake model ------------------------------------------------------------


@pytest.fixture
def model() -> FakeEmbeddings:
    return FakeEmbeddings()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three letters in a folder."""
    for name, text in LETTERS.items():
        write(tmp_path / "letters" / name, text)
    return tmp_path / "letters"


@pytest.fixture
def empty_store(tmp_path: Path) -> Path:
    """Where a store is going to be."""
    return tmp_path / "store"


@pytest.fixture(scope="session")
def _ingested(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from ingest.pipeline import ingest

    root = tmp_path_factory.mktemp("ingested")
    for name, text in LETTERS.items():
        write(root / "letters" / name, text)
    ingest([root / "letters"], root / "store", FakeEmbeddings())
    return root


@pytest.fixture
def store(_ingested: Path, tmp_path: Path, folder: Path) -> Path:
    """A store of the three letters of ``folder``, as the ingest left it."""
    from policyqa.catalog import Catalog

    shutil.rmtree(folder)
    shutil.copytree(_ingested / "letters", folder)
    copy = Path(shutil.copytree(_ingested / "store", tmp_path / "store"))
    catalog = Catalog.of(copy)
    known = catalog.sources()
    for row in known:
        catalog.put_source(replace(row, root=str(folder.resolve())))
    catalog.remove_sources((row.root, row.source) for row in known)
    catalog.close()
    return copy


@pytest.fixture
def quick_check(monkeypatch: pytest.MonkeyPatch) -> None:
    """New generations are checked in this process; starting one for each takes a second or two."""
    from policyqa import index

    monkeypatch.setattr(index, "check_in_child", index.check)
