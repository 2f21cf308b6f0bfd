"""Text to vectors, with the real model."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest

from policyqa.embed import BATCH_TOKENS, SentenceEmbeddings
from policyqa.errors import ModelError
from policyqa.processor import multiplies_bf16, products
from policyqa.settings import DEFAULT_MODEL, Settings


def test_models_in_different_places_have_different_identities(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    for folder in (one, other):
        folder.mkdir()
        (folder / "model.safetensors").write_bytes(b"weights")
    names = [DEFAULT_MODEL, str(one), str(other), "some/model"]
    assert len({SentenceEmbeddings(name).identity for name in names}) == 4


def test_a_model_that_was_trained_again_in_its_place_is_another(tmp_path: Path) -> None:
    (tmp_path / "model.safetensors").write_bytes(b"weights")
    before = SentenceEmbeddings(str(tmp_path)).identity
    assert SentenceEmbeddings(str(tmp_path)).identity == before
    (tmp_path / "model.safetensors").write_bytes(b"other weights")
    assert SentenceEmbeddings(str(tmp_path)).identity != before


def test_a_folder_that_does_not_exist_says_so(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="没有向量模型的文件夹") as missing:
        SentenceEmbeddings(str(tmp_path / "none")).warm()
    assert "POLICYQA_EMBEDDING_MODEL" in missing.value.hint


def test_the_settings_choose_the_model() -> None:
    chosen = SentenceEmbeddings.from_settings(Settings(embedding_model="some/model", threads=2))
    assert chosen.identity == "some/model"


SAME = 0.9999
"""The least cosine of two vectors of one text, where products are made in bf16."""
MANY = 120
"""Texts that make more than one batch."""


@pytest.fixture(scope="module")
def embeddings() -> SentenceEmbeddings:
    return SentenceEmbeddings.from_settings(Settings())


TEXTS = [
    "新培育市级“专精特新”中小企业36家，累计达79家。",
    "2023年新增养老床位420张。",
    "农村公路总里程2063公里。",
    "学校开展课后服务，参与率90.6%。",
    "空气优良天数330天。",
]


@pytest.mark.model
def test_vectors_have_length_one(embeddings: SentenceEmbeddings) -> None:
    vectors = embeddings.encode(TEXTS)
    assert vectors.shape == (len(TEXTS), embeddings.dimension)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


@pytest.mark.model
@pytest.mark.parametrize(
    ("question", "nearest"),
    [
        ("专精特新企业有多少家？", 0),
        ("养老机构增加了几张床？", 1),
        ("乡村道路有多长？", 2),
        ("放学后有多少学生参加服务？", 3),
        ("去年好天气有多少天？", 4),
    ],
)
def test_a_question_is_nearest_to_the_sentence_that_answers_it(
    embeddings: SentenceEmbeddings, question: str, nearest: int
) -> None:
    scores = embeddings.encode(TEXTS) @ embeddings.encode([question], "query")[0]
    assert int(np.argmax(scores)) == nearest


@pytest.mark.model
@pytest.mark.parametrize(
    ("one", "like", "unlike"),
    [
        ("规模以上工业企业利润增长", "规上工业利润上升", "新建养老服务站"),
        ("老旧小区改造", "翻新旧住宅小区", "高标准农田建设"),
        ("公共充电桩", "电动车充电设施", "小学生午餐"),
        ("教师招聘", "招考老师", "污水处理厂"),
    ],
)
def test_like_sentences_are_nearer_than_unlike_ones(
    embeddings: SentenceEmbeddings, one: str, like: str, unlike: str
) -> None:
    a, b, c = embeddings.encode([one, like, unlike])
    assert a @ b > a @ c


@pytest.mark.model
@pytest.mark.parametrize("prompt", ["query", "passage"])
def test_the_models_own_prefix_is_put_in_front(embeddings: SentenceEmbeddings, prompt: str) -> None:
    with products():
        plain = embeddings.transformer().encode(
            [f"{prompt}: 养老床位", "养老床位"], normalize_embeddings=True, show_progress_bar=False
        )
    vector = embeddings.encode(["养老床位"], prompt)[0]
    assert vector @ plain[0] > SAME
    assert vector @ plain[1] < SAME


@pytest.mark.model
def test_the_order_of_a_batch_does_not_matter(embeddings: SentenceEmbeddings) -> None:
    texts = [f"第{n}项：" + "新建学校和幼儿园" * (n % 7) for n in range(MANY)]
    shuffled = texts[:]
    random.Random(7).shuffle(shuffled)
    vectors = dict(zip(texts, embeddings.encode(texts), strict=True))
    for text, vector in zip(shuffled, embeddings.encode(shuffled), strict=True):
        assert vectors[text] @ vector > SAME


@pytest.mark.model
def test_progress_counts_every_text_once(embeddings: SentenceEmbeddings) -> None:
    done: list[int] = []
    embeddings.encode(["甲"] * BATCH_TOKENS, done=done.append)
    assert sum(done) == BATCH_TOKENS
    assert len(done) > 1


@pytest.mark.model
@pytest.mark.skipif(not multiplies_bf16(), reason="this processor does not multiply bf16")
def test_vectors_are_the_same_with_quicker_products(
    embeddings: SentenceEmbeddings, monkeypatch: pytest.MonkeyPatch
) -> None:
    quick = embeddings.encode(TEXTS)
    monkeypatch.setattr("policyqa.processor.multiplies_bf16", lambda: False)
    exact = SentenceEmbeddings.from_settings(Settings()).encode(TEXTS)
    assert (quick * exact).sum(axis=1).min() > SAME


@pytest.mark.model
def test_nothing_blank_and_very_long_texts_are_encoded(embeddings: SentenceEmbeddings) -> None:
    assert embeddings.encode([]).shape == (0, embeddings.dimension)
    vectors = embeddings.encode(["", "　", "养老" * 5000, "🙂\ud7ff"])
    assert np.isfinite(vectors).all()
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


@pytest.mark.model
def test_it_is_what_langchain_expects(embeddings: SentenceEmbeddings) -> None:
    from langchain_core.embeddings import Embeddings

    assert isinstance(embeddings, Embeddings)
    query = embeddings.embed_query("养老床位")
    (passage,) = embeddings.embed_documents(["养老床位"])
    assert len(query) == len(passage) == embeddings.dimension
    assert query != passage
