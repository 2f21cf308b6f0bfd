"""The question editing model: what it takes apart and makes whole, its file, what it leaves to the rules."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from policyqa import question_editor as module
from policyqa.decomposition import decomposed
from policyqa.embed import SentenceEmbeddings
from policyqa.errors import ModelError
from policyqa.question_editor import Apart, QuestionEditor, Whole, question_editor
from policyqa.settings import Settings

TODAY = date(2024, 7, 1)


@pytest.fixture(scope="module")
def editor() -> QuestionEditor:
    """The model that comes along."""
    told: list[str] = []
    found = question_editor(Settings(reader="on"), SentenceEmbeddings(), told.append)
    assert told == []
    assert found is not None
    return found


def _plain(part: str) -> str:
    """A part without what may stand or not: a comma, the ask at its end."""
    return part.replace("，", "").removesuffix("多少")


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "task", "parts"),
    [
        (
            "甲山的茶油和脆李，产值差多少？",
            "difference",
            ("甲山的茶油，产值多少", "甲山的脆李，产值多少"),
        ),
        (
            "甲山跟乙水2023年新增学位谁多，差多少",
            "most",
            ("甲山2023年新增学位", "乙水2023年新增学位"),
        ),
        ("甲山2023年和2024年各招了多少老师", "list", ("甲山2023年招了多少老师", "甲山2024年招了多少老师")),
    ],
)
def test_a_question_for_two_things_is_taken_apart(
    editor: QuestionEditor, text: str, task: str, parts: tuple[str, ...]
) -> None:
    found = editor.apart(text)
    assert found.task == task
    assert tuple(_plain(part) for part in found.parts) == tuple(_plain(part) for part in parts)
    assert found.sure > 0.7


@pytest.mark.model
@pytest.mark.parametrize(
    "text", ["甲山2023年新增学位多少个？", "城乡建设和管理类的提案有多少件", "提案是谁提的"]
)
def test_one_question_stays_one(editor: QuestionEditor, text: str) -> None:
    assert editor.apart(text).task == "none"
    assert decomposed(text, editor, TODAY, ()) is None


@pytest.mark.model
@pytest.mark.parametrize(
    ("before", "question", "whole"),
    [
        ("甲山的118号提案是谁提的？", "那乙水的118号呢", "乙水的118号提案是谁提的"),
        ("甲山2023年新增多少学位？", "2022年呢？", "甲山2022年新增多少学位"),
        ("甲山2023年底有多少张养老床位？", "其中护理型的占几成", "甲山2023年底养老床位其中护理型的占几成"),
    ],
)
def test_a_follow_up_is_made_whole(editor: QuestionEditor, before: str, question: str, whole: str) -> None:
    found = editor.whole(before, question)
    assert (found.text, found.leans) == (whole, True)


@pytest.mark.model
def test_nothing_is_read_of_nothing(editor: QuestionEditor) -> None:
    assert editor.apart("？") == Apart("none", 1.0)
    assert editor.whole("？", "多少") == Whole("多少", 1.0, False)


@pytest.mark.model
@pytest.mark.parametrize(
    "damage", [lambda data: data[:-500], lambda data: data[:-9] + bytes(9), lambda _: b"x"]
)
def test_a_damaged_file_is_named_and_the_rules_go_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, editor: QuestionEditor, damage: Any
) -> None:
    file = tmp_path / "editor.safetensors"
    file.write_bytes(damage(editor.file.read_bytes()))
    with pytest.raises(ModelError, match=r"editor\.safetensors"):
        QuestionEditor(file, SentenceEmbeddings().transformer).check_file()
    monkeypatch.setattr(module, "files", lambda _: tmp_path)
    told: list[str] = []
    assert question_editor(Settings(reader="on"), SentenceEmbeddings(), told.append) is None
    assert "这次回答不用它" in told[0]


def test_off_is_off() -> None:
    assert question_editor(Settings(reader="off"), SentenceEmbeddings()) is None
