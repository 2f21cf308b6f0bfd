"""The reading model's file: made, read, missing, damaged; and what is read with it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from policyqa import pair_encoder
from policyqa.embed import SentenceEmbeddings
from policyqa.errors import ModelError
from policyqa.pair_encoder import PairReader, pair_reader
from policyqa.pairs import marked
from policyqa.settings import Settings
from training.train import export, start_model

TEXT = "甲区经信局 ：2023年新培育36家，累计达79家。"
BEGIN = TEXT.index("2023")


@pytest.fixture(scope="module")
def embeddings() -> SentenceEmbeddings:
    return SentenceEmbeddings()


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, embeddings: SentenceEmbeddings) -> Path:
    """A model of one layer, untrained, written as training writes it."""
    model, _ = start_model(1, embeddings)
    file = tmp_path_factory.mktemp("reader") / "reader.safetensors"
    export(model, 1, file)
    return file


@pytest.mark.model
def test_what_training_writes_is_read(made: Path, embeddings: SentenceEmbeddings) -> None:
    reader = PairReader(made, embeddings.transformer)
    reader.check_file()
    readings = reader.read("新培育多少家？", [(TEXT, BEGIN), ("全区平稳。", 0)])
    assert len(readings) == 2
    sentence = TEXT[BEGIN:]
    first = readings[0]
    assert len(first.starts) == len(first.ends) == len(sentence)
    assert first.span is not None
    assert 0 <= first.span[0] < first.span[1] <= len(sentence)
    assert first.of(0, len(sentence)) <= 0
    assert first.of(len(sentence), len(sentence)) == -20.0
    alone = reader.read("新培育多少家？", [(TEXT, BEGIN)])[0]
    assert alone.score == pytest.approx(first.score, abs=1e-4), "padding changes nothing"


def _cut(data: bytes) -> bytes:
    return data[:-1000]


def _flipped(data: bytes) -> bytes:
    return data[:-1000] + bytes(b ^ 0x10 for b in data[-1000:])


def _other(_: bytes) -> bytes:
    return "不是模型".encode()


@pytest.mark.model
@pytest.mark.parametrize("damage", [_cut, _flipped, _other])
def test_a_damaged_file_is_named_with_the_next_step(
    made: Path, tmp_path: Path, embeddings: SentenceEmbeddings, damage: Any
) -> None:
    file = tmp_path / "reader.safetensors"
    file.write_bytes(damage(made.read_bytes()))
    with pytest.raises(ModelError, match=r"reader\.safetensors") as caught:
        pair_reader(Settings(reader=str(file)), embeddings)
    assert "POLICYQA_READER=off" in caught.value.hint


def test_a_file_that_was_asked_for_and_is_missing_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="no-such"):
        pair_reader(Settings(reader=str(tmp_path / "no-such.safetensors")), SentenceEmbeddings())


def test_without_the_file_that_comes_along_it_is_said_and_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pair_encoder, "files", lambda _: tmp_path)
    told: list[str] = []
    assert pair_reader(Settings(reader="on"), SentenceEmbeddings(), told.append) is None
    assert len(told) == 1
    assert "这次回答不用它" in told[0]


def test_without_the_checking_model_neither_is_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shipped = pair_encoder.files("policyqa").joinpath("reader.safetensors")
    (tmp_path / "reader.safetensors").write_bytes(Path(str(shipped)).read_bytes())
    monkeypatch.setattr(pair_encoder, "files", lambda _: tmp_path)
    told: list[str] = []
    assert pair_reader(Settings(reader="on"), SentenceEmbeddings(), told.append) is None
    assert "checker.safetensors" in told[0]


def test_off_is_off() -> None:
    told: list[str] = []
    assert pair_reader(Settings(reader="off"), SentenceEmbeddings(), told.append) is None
    assert told == []


def test_the_one_that_comes_along_is_whole() -> None:
    told: list[str] = []
    reader = pair_reader(Settings(reader="on"), SentenceEmbeddings(), told.append)
    assert told == []
    assert reader is not None
    assert reader.checker is not None
    assert max(one.file.stat().st_size for one in (reader, reader.checker)) <= 40_000_000


@pytest.mark.model
def test_it_tells_new_from_cumulative_and_what_answers_from_what_does_not(
    embeddings: SentenceEmbeddings,
) -> None:
    """Sentences of an invented letter; the sentence that answers scores above the others."""
    reader = pair_reader(Settings(reader="on"), embeddings)
    assert reader is not None
    texts = [
        "甲区经信局 2024年 ：2023年，全区新培育市级专精特新中小企业36家，累计达79家。",
        "甲区经信局 2024年 ：2022年，全区实现工业增加值58.3亿元，增长6.1%。",
        "甲区经信局 2024年 ：感谢您对全区工业发展的关心和支持。",
    ]
    begins = [text.index("：") + 1 for text in texts]
    readings = reader.read("2023年新培育了多少家专精特新企业？", list(zip(texts, begins, strict=True)))
    assert max(readings, key=lambda r: r.score) is readings[0]
    sentence = texts[0][begins[0] :]
    new, whole = sentence.index("36家"), sentence.index("79家")
    assert readings[0].of(new, new + 3) > readings[0].of(whole, whole + 3)
    (asked_whole,) = reader.read("专精特新企业累计有多少家？", [(texts[0], begins[0])])
    assert asked_whole.of(whole, whole + 3) > asked_whole.of(new, new + 3)


@pytest.mark.model
def test_a_marked_figure_is_checked(embeddings: SentenceEmbeddings) -> None:
    """Of one invented sentence the new ones and all there are, each asked for."""
    reader = pair_reader(Settings(reader="on"), embeddings)
    assert reader is not None
    text = "甲区经信局 2024年 ：2023年，全区新培育市级专精特新中小企业36家，累计达79家。"
    texts = [marked(text, at := text.index(figure), at + 3) for figure in ("36家", "79家")]
    new, whole = reader.check("2023年新培育了多少家专精特新企业？", texts)
    assert new > whole
    new, whole = reader.check("专精特新企业累计有多少家？", texts)
    assert whole > new
    with pytest.raises(ValueError, match="no checking model"):
        PairReader(reader.file, embeddings.transformer).check("多少家？", texts)
