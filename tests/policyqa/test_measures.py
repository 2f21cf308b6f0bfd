"""Figures of an evaluation, on runs short enough to check by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from policyqa.evaluate import Result, judge
from policyqa.gold import Gold
from policyqa.measures import calibration, calibration_error, levels, measures, report, wilson
from policyqa.schema import Answer, Citation, Document

BODY = "新培育36家，累计达79家。共有12所。"
DOCUMENT = Document("d1", "a.txt", BODY)
GOLD = Gold("a", "多少家？", "answered", "figure", parts=(("36家",),), evidence=(("a.txt", "新培育36家"),))
TRAP = Gold("t", "火星？", "not_found", trap="unreported")


def _said(short: str, quote: str = "新培育36家，累计达79家。", sure: float = 0.9) -> Answer:
    start = BODY.index(quote)
    citation = Citation(DOCUMENT, (), quote, start, start + len(quote))
    return Answer("多少家？", "answered", short, short, (citation,), confidence=sure, seconds=0.1)


RIGHT, WRONG, UNPROVED = _said("36家"), _said("79家"), _said("36家", "共有12所。")
DECLINED = Answer("多少家？", "not_found", "没有", confidence=0.2, seconds=0.3)


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


def test_a_wrong_answer_and_its_quote_are_counted_apart() -> None:
    found = measures([judge(GOLD, RIGHT), judge(GOLD, WRONG), judge(GOLD, UNPROVED), judge(GOLD, DECLINED)])
    assert (found["wrongly_answered"], found["answered"], found["quote_right"]) == (0.25, 0.75, 0.5)
    low, high = found["interval"]["wrongly_answered"]
    assert low < 0.25 < high


def test_a_figure_without_a_quote_is_a_violation() -> None:
    found = measures([judge(GOLD, RIGHT), replace(judge(GOLD, WRONG), unproved=("79家",))])
    assert found["grounding_violations"] == 1


def test_times_are_percentiles() -> None:
    times = [0.1, 0.2, 0.3, 0.4, 1.0]
    found = measures([judge(GOLD, replace(RIGHT, seconds=t)) for t in times])
    assert found["seconds_p50"] == 0.3
    assert 0.4 < found["seconds_p95"] < found["seconds_p99"] < 1.0


def test_follow_ups_and_traps_are_kinds_of_their_own() -> None:
    follow_up = replace(GOLD, id="f", history=("前一问？",))
    kinds = report([judge(GOLD, RIGHT), judge(follow_up, RIGHT), judge(TRAP, DECLINED)])["kinds"]
    assert {*kinds} == {"figure", "follow_up", "unreported"}


# --- is the confidence honest? ---------------------------------------------------------------------


def _sure(confidence: float, right: bool, gold: Gold = GOLD) -> Result:
    return judge(gold, _said("36家" if right else "79家", sure=confidence))


MIXED = [
    *[_sure(0.95, right=True)] * 9, _sure(0.97, right=False), _sure(0.55, right=True),
    _sure(0.52, right=False), judge(GOLD, DECLINED), _sure(0.6, right=True, gold=TRAP), judge(TRAP, DECLINED),
]  # fmt: skip


def test_calibration_compares_confidence_with_right_answers() -> None:
    steps = calibration(MIXED)
    assert [(s.count, round(s.right, 2)) for s in steps] == [(2, 0.5), (1, 0.0), (10, 0.9)]
    assert round(steps[0].confidence, 3) == 0.535
    error = calibration_error(steps)
    assert error is not None
    assert abs(error - (2 * 0.035 + 0.6 + 10 * 0.052) / 13) < 1e-9
    assert calibration_error([]) is None


def test_a_threshold_trades_wrong_answers_for_right_ones() -> None:
    assert levels(MIXED) == [], "nothing was offered"
    offers = [replace(r, offered=r.answer) for r in MIXED[:-3]]
    offers.append(replace(judge(GOLD, DECLINED), offered=_said("36家", sure=0.3)))
    offers += [replace(r, offered=r.answer) for r in MIXED[-2:]]
    found = {round(level.threshold, 2): level for level in levels(offers, 10)}
    assert found[0.0].right == 11 / 13
    assert found[0.0].wrong == 2 / 13
    assert found[0.4].right == 10 / 13
    assert found[0.9].right == 9 / 13
    assert found[0.9].wrong == 1 / 13
    assert (found[0.0].declined, found[0.5].declined, found[0.7].declined) == (0.5, 0.5, 1.0)


def test_what_was_held_back_counts_where_offers_are_looked_at() -> None:
    held = replace(judge(GOLD, DECLINED), offered=_said("36家", sure=0.3))
    assert calibration([held]) == []
    (step,) = calibration([held], offered=True)
    assert (step.confidence, step.right, step.count) == (0.3, 1.0, 1)
