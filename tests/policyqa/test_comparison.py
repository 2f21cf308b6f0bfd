"""Two runs side by side: what turned, by how much, and whether that is chance."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from policyqa.comparison import as_json, compare, difference_interval, load_details, mcnemar
from policyqa.errors import UsageError
from policyqa.evaluate import Result, judge, result_row, write_details
from policyqa.gold import Gold
from policyqa.report_text import comparison_table
from policyqa.schema import Answer, Citation, Document

BODY = "新培育36家，累计达79家。"


def _result(number: int, right: bool | None) -> Result:
    """A question that is answered rightly, wrongly, or (None) declined."""
    gold = Gold(
        f"q{number}", f"问题{number}？", "answered", parts=(("36家",),), evidence=(("a.txt", "36家"),)
    )
    if right is None:
        return judge(gold, Answer(gold.question, "not_found", "没有"))
    short = "36家" if right else "79家"
    citation = Citation(Document("d", "a.txt", BODY), (), BODY, 0, len(BODY))
    return judge(gold, Answer(gold.question, "answered", short, short, (citation,), confidence=0.8))


def _rows(results: list[Result]) -> dict[str, dict[str, object]]:
    return {r.gold.id: result_row(r) for r in results}


def test_what_turned_is_told_with_the_earlier_answer() -> None:
    before = [_result(1, True), _result(2, False), _result(3, None)]
    now = [_result(1, False), _result(2, True), _result(3, None)]
    found = compare(_rows(before), now)
    assert [(row["short"], r.gold.id) for row, r in found.worse] == [("36家", "q1")]
    assert [(row["short"], r.gold.id) for row, r in found.better] == [("79家", "q2")]
    (right,) = [c for c in found.changes if c.measure == "right"]
    assert (right.count, right.gained, right.lost, right.p) == (3, 1, 1, 1.0)
    assert right.before == right.now == 1 / 3
    assert not [c for c in found.changes if c.measure == "declined"], "no question without an answer"


def test_many_turned_one_way_is_more_than_chance_and_few_are_not() -> None:
    before = [_result(n, False) for n in range(20)]
    many = compare(_rows(before), [_result(n, n < 12) for n in range(20)])
    few = compare(_rows(before), [_result(n, n < 3) for n in range(20)])
    (wrong,) = [c for c in many.changes if c.measure == "wrongly_answered"]
    assert (wrong.before, wrong.now, wrong.lost) == (1.0, 0.4, 12)
    assert all(c.significant for c in many.changes)
    assert not any(c.significant for c in few.changes)
    low, high = next(c for c in many.changes if c.measure == "right").interval
    assert 0.3 < low < 0.6 < high < 0.85


@pytest.mark.parametrize(
    ("gained", "lost", "p"), [(0, 0, 1.0), (5, 0, 0.0625), (1, 9, 22 / 1024), (4, 4, 1.0)]
)
def test_mcnemar_is_exact(gained: int, lost: int, p: float) -> None:
    assert mcnemar(gained, lost) == pytest.approx(p)


def test_the_interval_of_no_difference_is_nothing_and_of_any_the_same_each_time() -> None:
    same = np.array([1.0, 0.0, 1.0])
    assert difference_interval(same, same) == (0.0, 0.0)
    other = np.array([1.0, 1.0, 1.0])
    assert difference_interval(same, other) == difference_interval(same, other)


def test_only_questions_of_both_runs_are_compared() -> None:
    before = _rows([_result(1, True), _result(2, True), _result(3, True)])
    before["q3"]["question"] = "问法不同？"
    found = compare(before, [_result(1, True), _result(3, True), _result(4, True)])
    assert (found.changes[0].count, found.only_now, found.only_before) == (1, 2, 2)
    with pytest.raises(UsageError, match="没有相同的题目"):
        compare(before, [_result(9, True)])


def test_a_details_file_is_read_again(tmp_path: Path) -> None:
    file = tmp_path / "details.jsonl"
    results = [_result(1, True), _result(2, None)]
    write_details(results, file)
    assert load_details(file) == json.loads(json.dumps(_rows(results)))
    shown = as_json(compare(load_details(file), results))
    assert json.loads(json.dumps(shown))["worse"] == []
    assert "right_and_cited" in comparison_table(compare(load_details(file), results))


@pytest.mark.parametrize("text", ["nonsense", "[1]", '{"id": "a"}'])
def test_a_file_that_holds_no_results_is_wrong_usage(text: str, tmp_path: Path) -> None:
    file = tmp_path / "details.jsonl"
    file.write_text(text)
    with pytest.raises(UsageError, match=r"details\.jsonl"):
        load_details(file)


def test_a_missing_file_is_wrong_usage(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="上次的结果"):
        load_details(tmp_path / "none.jsonl")
