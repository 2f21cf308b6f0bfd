"""What of a document a question asks for: the shipped model, and what happens without it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from policyqa.embed import SentenceEmbeddings
from policyqa.intents import HASHED, NOTHING, SURE_ALONE, asked_for, features, known, write
from policyqa.settings import Settings


def test_digits_are_all_alike() -> None:
    one, other = features("第118号提案谁写的", [0.5, 0.5]), features("第205号提案谁写的", [0.5, 0.5])
    assert len(one) == 2 + HASHED
    assert np.array_equal(one, other)


def _written(file: Path) -> Path:
    weights = np.zeros((2 + HASHED, 3), dtype=np.float32)
    weights[0], weights[1] = (4.0, 0.0, 0.0), (0.0, 4.0, 0.0)
    write(file, ["count", "发文字号", NOTHING], weights, np.array([0.0, 0.0, 1.0], dtype=np.float32))
    return file


@pytest.mark.parametrize(
    ("vector", "names"),
    [
        ([1.0, 0.0], ["count"]),
        ([0.0, 1.0], ["发文字号"]),
        ([0.0, 0.0], []),
        ([1.0, 0.99], ["count", "发文字号"]),
    ],
)
def test_the_surest_and_a_second_one_beside_it(tmp_path: Path, vector: list[float], names: list[str]) -> None:
    assert asked_for("抬头那串号", vector, _written(tmp_path / "intents.npz")) == names


def test_without_the_file_or_with_a_damaged_one_nothing_is_told(tmp_path: Path) -> None:
    assert asked_for("抬头那串号", [1.0, 0.0], tmp_path / "none.npz") == []
    damaged = _written(tmp_path / "damaged.npz")
    damaged.write_bytes(damaged.read_bytes()[:200])
    assert asked_for("抬头那串号", [1.0, 0.0], damaged) == []


def test_vectors_of_another_length_tell_nothing(tmp_path: Path) -> None:
    assert asked_for("抬头那串号", [1.0, 0.0, 0.0], _written(tmp_path / "intents.npz")) == []


@pytest.mark.model
@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("甲河水务局那封信抬头那串号是啥", ["发文字号"]),
        ("甲河教育局回午餐的那件归哪一类", ["办复类别"]),
        ("甲河去年新建了多少公里水管", []),
        ("编号呢", ["发文字号"]),
    ],
)
def test_what_the_shipped_model_reads(question: str, names: list[str]) -> None:
    assert known()
    vector = SentenceEmbeddings.from_settings(Settings()).encode([question], "query")[0]
    assert asked_for(question, vector.tolist()) == names


@pytest.mark.model
@pytest.mark.parametrize("question", ["那2022年呢？", "累计呢？", "还有呢", "那是多少"])
def test_a_follow_up_about_a_figure_asks_for_no_field(question: str) -> None:
    vector = SentenceEmbeddings.from_settings(Settings()).encode([question], "query")[0]
    assert asked_for(question, vector.tolist(), sure=SURE_ALONE) == []
