"""Words that are near in meaning: the vectors that are shipped, and what happens without them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from policyqa import word_vectors
from policyqa.asked import meant, presence
from policyqa.word_vectors import NONE, likest, write


@pytest.fixture
def clear() -> Iterator[None]:
    """Nothing read before, and nothing left behind."""
    for cached in (word_vectors._vectors, word_vectors._known_words, likest):
        cached.cache_clear()
    yield
    for cached in (word_vectors._vectors, word_vectors._known_words, likest):
        cached.cache_clear()


@pytest.mark.parametrize(
    ("word", "text", "found"),
    [
        ("老人家", "2024年新增老年人助餐点57个", "老年人"),
        ("涨价", "2024年新建公园3个", ""),
        ("鹭沙汀", "2024年新建公园3个", ""),
    ],
)
def test_the_word_of_a_text_that_is_nearest(word: str, text: str, found: str) -> None:
    assert likest(word, text).word == found


def test_vectors_are_read_as_they_were_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, clear: None
) -> None:
    file = tmp_path / "vectors.npz"
    write(file, ["医生", "大夫", "公园"], np.array([[1.0, 0.2], [0.9, 0.3], [-0.2, 1.0]], dtype=np.float32))
    monkeypatch.setattr(word_vectors, "FILE", file)
    found = likest("大夫", "新增医生36人，公园2个")
    assert found.word == "医生"
    assert found.cosine == pytest.approx(0.99, abs=0.01)


@pytest.mark.parametrize("content", [None, b"", b"no archive"])
def test_without_the_file_no_words_are_near_and_it_is_told(
    content: bytes | None,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    clear: None,
    caplog: pytest.LogCaptureFixture,
) -> None:
    file = tmp_path / "vectors.npz"
    if content is not None:
        file.write_bytes(content)
    monkeypatch.setattr(word_vectors, "FILE", file)
    assert likest("大夫", "新增医生36人") == NONE
    assert likest("大夫", "公园2个") == NONE
    assert [record.message.split(" cannot")[0] for record in caplog.records] == [str(file)]


def test_a_near_word_tells_what_a_text_is_about_and_not_whose_a_figure_is() -> None:
    text = "为农民工追回工资3740万元"
    assert meant("血汗钱", text) > 0.5
    assert presence("血汗钱", text) == 0.0
