"""What is wrong with a store, and what to do about it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from fakes import FakeEmbeddings
from storing import NEWS, write

from ingest import pipeline
from ingest.pipeline import ingest
from policyqa import doctor
from policyqa.catalog import Catalog
from policyqa.errors import ModelError
from policyqa.settings import Settings

pytestmark = pytest.mark.usefixtures("quick_check")


class Installed(FakeEmbeddings):
    """The model that the settings name."""

    @classmethod
    def from_settings(cls, _: Settings) -> Installed:
        return cls()


@pytest.fixture(autouse=True)
def _model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "SentenceEmbeddings", Installed)
    monkeypatch.setenv("POLICYQA_READER", "off")  # it reads with the real model's words


def _ill(store: Path) -> dict[str, doctor.Check]:
    return {check.name: check for check in doctor.examine(store) if not check.ok}


def test_nothing_is_wrong_with_a_store_as_the_ingest_left_it(store: Path) -> None:
    checks = list(doctor.examine(store))
    assert [check.name for check in checks] == list(doctor.NAMES)  # each has a name that people read
    assert all(check.ok for check in checks)
    assert "3 份文件" in checks[0].detail


def test_every_check_that_is_not_well_says_what_to_do(store: Path) -> None:
    shutil.rmtree(store / "index")
    ill = _ill(store)
    assert set(ill) == {"index"}
    assert "python -m ingest" in ill["index"].hint


def test_a_missing_model_of_intents_is_told(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor.intents, "known", lambda: 0)
    assert _ill(store)["intents"].hint == "重新安装 policyqa"


def test_missing_word_vectors_are_told(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "words_known", lambda: 0)
    assert _ill(store)["word vectors"].hint == "重新安装 policyqa"


def test_a_missing_store_is_all_there_is_to_say(tmp_path: Path) -> None:
    (check,) = doctor.examine(tmp_path / "none")
    assert (check.name, check.ok) == ("catalog", False)
    assert "python -m ingest" in check.hint


def test_a_store_without_documents_is_not_well(empty_store: Path) -> None:
    Catalog.of(empty_store, create=True).close()
    assert "catalog" in _ill(empty_store)


def test_a_file_that_could_not_be_read_is_named_with_its_reason(
    folder: Path, store: Path, model: FakeEmbeddings
) -> None:
    (folder / "bad.txt").write_bytes(b"\x00")
    ingest([folder], store, model)
    (check,) = _ill(store).values()
    assert check.name == "files"
    assert "bad.txt" in check.detail
    assert "文件不完整或已损坏" in check.detail
    assert "is damaged" in check.detail


def test_an_ingest_that_was_cut_off_is_seen(
    folder: Path, store: Path, model: FakeEmbeddings, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(folder / "new.txt", NEWS)

    def cut(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(pipeline, "refresh_index", cut)
    with pytest.raises(KeyboardInterrupt):
        ingest([folder], store, model)
    ill = _ill(store)
    assert set(ill) == {"index", "ingest"}
    assert "落后" in ill["index"].detail
    assert "中途断了" in ill["ingest"].detail


def test_another_model_is_seen(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Installed, "from_settings", classmethod(lambda cls, _: cls("fake/2")))
    ill = _ill(store)
    assert set(ill) == {"model"}
    assert "fake/1" in ill["model"].detail
    assert "fake/2" in ill["model"].detail


def test_a_model_that_does_not_load_is_said_so(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: object) -> None:
        raise ModelError("the model is gone", "reinstall it")

    monkeypatch.setattr(Installed, "warm", fail)
    assert _ill(store)["model"].hint == "reinstall it"


def test_a_damaged_index_is_seen(store: Path) -> None:
    from storing import live

    shutil.rmtree(live(store) / "tantivy")
    assert set(_ill(store)) == {"index"}
