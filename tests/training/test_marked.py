"""Groups of marked figures and sentences, made from a store of invented documents."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ingest.pipeline import ingest
from policyqa.embed import SentenceEmbeddings
from policyqa.settings import Settings
from training.marked import Marker
from training.mined import Adversary

LETTER = """甲山市民政局
关于发展老年食堂的答复
王某委员：
您提出的《关于发展老年食堂的提案》收悉，现答复如下：
2023年，全市新建老年食堂36家，累计建成79家。甲山市区老年食堂日均就餐1200人次。
2022年，全市新建老年食堂21家。因场地难找，暂不在乡镇新建老年食堂。
感谢您的关心。
甲山市民政局
2024年6月14日
"""


@pytest.fixture
def store(tmp_path: Path) -> Path:
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "jiashan.txt").write_text(LETTER, "utf-8")
    ingest([tmp_path / "letters"], tmp_path / "store", SentenceEmbeddings.from_settings(Settings()))
    return tmp_path / "store"


def written(folder: Path) -> Path:
    rows = [
        {"id": "a", "question": "2023年新建了多少家老年食堂？", "status": "answered", "source": "jiashan.txt",
         "answers": [{"sentence": "2023年，全市新建老年食堂36家，累计建成79家。", "short": "36家"}]},
        {"id": "b", "question": "2021年新建了几家老年食堂？", "status": "not_found", "source": "jiashan.txt"},
        {"id": "c", "question": "老年食堂由哪个部门管？", "status": "not_found", "source": "jiashan.txt"},
        {"id": "d", "question": "为什么不在乡镇建老年食堂？", "status": "answered", "source": "jiashan.txt",
         "answers": [{"sentence": "因场地难找，暂不在乡镇新建老年食堂。", "short": "场地难找"}]},
    ]  # fmt: skip
    file = folder / "q.jsonl"
    file.write_text("\n".join(json.dumps(r, ensure_ascii=False) for r in rows), "utf-8")
    return file


@pytest.mark.model
def test_the_answer_and_figures_that_are_none(tmp_path: Path, store: Path) -> None:
    """The figure asked for is marked first, beside it others that are not; a sentence as a whole."""
    marker = Marker(store)
    found = {g.id: g for g in marker.groups([written(tmp_path)], {"jiashan.txt"})}
    marker.close()
    assert set(found) == {"a", "b", "c", "d"}
    first, *others = found["a"].items
    assert first.answers
    assert "新建老年食堂【36家】" in first.read()
    assert not any(item.answers for item in others)
    assert any("累计建成【79家】" in item.read() for item in others)
    assert not any(item.answers for item in found["b"].items)
    assert found["c"].items
    assert not any(item.answers for item in found["c"].items)
    reason, *beside = found["d"].items
    assert reason.answers
    assert reason.read().endswith("【因场地难找，暂不在乡镇新建老年食堂。】")
    assert beside
    assert not any(item.answers for item in beside)


@pytest.mark.model
def test_what_both_models_would_answer_wrongly(tmp_path: Path, store: Path) -> None:
    """Of a question without an answer what is found for it, of another the answer and what is not it."""
    adversary = Adversary(store)
    found = {g.id: g for g in adversary.sampled([written(tmp_path)], frozenset({"jiashan.txt"}), 4, seed=1)}
    adversary.close()
    assert set(found) == {"a", "b"}, "the others name neither a place nor a year"
    first, *others = found["a"].items
    assert first.answers
    assert "新建老年食堂【36家】" in first.read()
    assert others
    assert not any(item.answers for item in others)
    assert found["b"].items
    assert not any(item.answers for item in found["b"].items)
