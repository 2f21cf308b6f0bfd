"""Measures of an evaluation, on runs short enough to check by hand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from policyqa.errors import UsageError
from policyqa.evaluate import failed_gates, judge, measures, wilson
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


def test_shares_are_of_answerable_or_unanswerable_questions() -> None:
    results = [
        judge(GOLD, RIGHT), judge(GOLD, WRONG), judge(GOLD, UNPROVED), judge(GOLD, DECLINED),
        judge(TRAP, DECLINED), judge(TRAP, RIGHT),
    ]  # fmt: skip
    found = measures(results)
    assert (found["questions"], found["answerable"], found["unanswerable"]) == (6, 4, 2)
    assert found["right"] == 2 / 4
    assert found["right_and_cited"] == 1 / 4
    assert found["wrongly_declined"] == 1 / 4
    assert found["wrong_when_answered"] == round(1 / 3, 4)
    assert found["declined"] == 1 / 2


def test_nothing_to_measure_is_no_number() -> None:
    found = measures([judge(TRAP, DECLINED)])
    assert found["right_and_cited"] is None
    assert found["declined"] == 1


@pytest.mark.parametrize(
    ("good", "total", "low", "high"), [(8, 10, 0.4902, 0.9433), (0, 10, 0.0, 0.2775), (10, 10, 0.7225, 1.0)]
)
def test_the_interval_is_wilsons(good: int, total: int, low: float, high: float) -> None:
    assert wilson(good, total) == pytest.approx([low, high], abs=1e-4)


def test_of_nothing_there_is_no_interval() -> None:
    assert wilson(0, 0) is None


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


@pytest.mark.parametrize("text", ['{"unknown": {"min": 1}}', "nonsense"])
def test_a_gate_that_makes_no_sense_is_wrong_usage(text: str, tmp_path: Path) -> None:
    file = tmp_path / "gate.json"
    file.write_text(text)
    with pytest.raises(UsageError):
        failed_gates({"right": 0.95}, file)


def test_a_missing_gate_is_wrong_usage(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="gate"):
        failed_gates({}, tmp_path / "gate.json")
