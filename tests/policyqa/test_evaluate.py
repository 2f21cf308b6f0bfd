"""Measures of an evaluation, on runs short enough to check by hand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from policyqa.errors import UsageError
from policyqa.evaluate import counted, failed_gates, judge
from policyqa.gold import Gold
from policyqa.schema import Answer, Citation, Document

BODY = "新培育36家，累计达79家。共有12所。"
DOCUMENT = Document("d1", "a.txt", BODY)
GOLD = Gold("a", "多少家？", "answered", "figure", parts=(("36家",),), evidence=(("a.txt", "新培育36家"),))
TRAP = Gold("t", "火星？", "not_found", trap="unreported")


def _said(text: str, short: str, quote: str, question: str = "多少家？") -> Answer:
    start = BODY.index(quote)
    citation = Citation(DOCUMENT, (), quote, start, start + len(quote))
    return Answer(question, "answered", text, short, (citation,), seconds=0.1)


RIGHT = _said("新培育36家", "36家", "新培育36家，累计达79家。")
WRONG = _said("累计达79家", "79家", "新培育36家，累计达79家。")
UNPROVED = _said("新培育36家", "36家", "共有12所。")
DECLINED = Answer("多少家？", "not_found", "没有", seconds=0.3)


def test_a_right_answer_must_be_proved_to_count_as_cited() -> None:
    assert (judge(GOLD, RIGHT).right, judge(GOLD, RIGHT).proved) == (True, True)
    assert (judge(GOLD, UNPROVED).right, judge(GOLD, UNPROVED).proved) == (True, False)
    assert (judge(GOLD, WRONG).right, judge(GOLD, WRONG).proved) == (False, False)
    assert not judge(GOLD, DECLINED).right


def test_the_quote_may_be_right_though_the_answer_is_not() -> None:
    assert (judge(GOLD, WRONG).quoted, judge(GOLD, UNPROVED).quoted) == (True, False)
    assert not judge(GOLD, DECLINED).quoted


LISTED = "共3件（按目录统计，收录67份文件）：\n1. 甲\n2. 乙\n其余1件未列出，可在文件列表中查看。"


@pytest.mark.parametrize(
    ("text", "documents", "figures"),
    [
        (LISTED, 67, ["3件", "1件", "67份"]),
        (LISTED, 66, ["3件", "1件"]),
        (LISTED.replace("共3件", "共4件"), 67, ["67份"]),
        ("《甲》\n（在收录的67份文件中按日期查得。）", 67, ["67份"]),
        ("新培育36家", 67, []),
    ],
)
def test_counts_of_the_catalog_prove_themselves_only_when_they_add_up(
    text: str, documents: int, figures: list[str]
) -> None:
    assert counted(text, documents) == figures


@pytest.mark.parametrize(
    ("gates", "failed"),
    [
        ({"right": {"min": 0.9}}, 0),
        ({"right": {"min": 0.96}}, 1),
        ({"wrong": {"max": 0.05}}, 0),
        ({"wrong": {"max": 0.01}}, 1),
        ({"right": {"min": 1}, "wrong": {"max": 0}}, 2),
        ({"none": {"min": 1}}, 0),
        ({}, 0),
    ],
)
def test_a_gate_names_what_does_not_pass(
    gates: dict[str, dict[str, float]], failed: int, tmp_path: Path
) -> None:
    file = tmp_path / "gate.json"
    file.write_text(json.dumps(gates))
    found = failed_gates({"right": 0.95, "wrong": 0.02, "none": None}, file)
    assert len(found) == failed


@pytest.mark.parametrize(
    "text", ['{"unknown": {"min": 1}}', "nonsense", "[]", '{"right": 0.9}', '{"right": {"least": 1}}']
)
def test_a_gate_that_makes_no_sense_is_wrong_usage(text: str, tmp_path: Path) -> None:
    file = tmp_path / "gate.json"
    file.write_text(text)
    with pytest.raises(UsageError):
        failed_gates({"right": 0.95}, file)


def test_a_missing_gate_is_wrong_usage(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="gate"):
        failed_gates({}, tmp_path / "gate.json")
