"""Ranking candidates: each part of a question read by itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from policyqa.findings import Candidate
from policyqa.local import asked_about
from policyqa.pair_encoder import Reading
from policyqa.question import understand
from policyqa.ranking import for_part, in_their_words, rank, whole_parts
from policyqa.score import default_scorer

SCORER = default_scorer(True)
TODAY = date(2025, 3, 1)


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        (
            "2023年新增多少家，累计多少家？",
            ["2023年新增多少家", "2023年累计多少家？"],
        ),
        ("电梯补贴多少钱？", []),
    ],
)
def test_each_part_is_asked_as_it_would_be_by_itself(question: str, parts: list[str]) -> None:
    assert whole_parts(understand(question, TODAY)) == parts


def _reading(score: float) -> Reading:
    return Reading(score, None, (), ())


def _ranked(question: str, *texts: str) -> list[Candidate]:
    asked, hits = asked_about(understand(question, TODAY), texts)
    return rank(asked, hits, SCORER)


def test_candidates_are_in_the_order_of_what_is_read_for_the_part() -> None:
    first, second = _ranked("食堂多少家，亏损的占多少？", "食堂12家。", "亏损的食堂占一半。")
    read = [
        replace(first, score=1.0, reading=_reading(2.0), of_parts=(_reading(5.0), _reading(-9.0))),
        replace(second, score=0.0, reading=_reading(1.0), of_parts=(_reading(-9.0), _reading(5.0))),
    ]
    ids = [c.hit.passage.id for c in read]
    assert [c.hit.passage.id for c in for_part(read, 0, SCORER)] == ids
    of_second = for_part(read, 1, SCORER)
    assert [c.hit.passage.id for c in of_second] == ids[::-1]
    assert [(c.features["pair"], c.features["pair_gap"]) for c in of_second] == [(5.0, 0.0), (-9.0, -14.0)]


def test_without_readings_the_order_stays() -> None:
    candidates = _ranked("食堂多少家，亏损的占多少？", "食堂12家。", "亏损的食堂占一半。")
    assert for_part(candidates, 0, SCORER) == candidates


@pytest.mark.parametrize(
    ("question", "sentence", "said"),
    [
        ("儿科有几个大夫", "全市有儿科医师412人。", "儿科有几个医师"),
        ("儿科有几个大夫", "儿科大夫412人，医师另计。", "儿科有几个大夫"),
        ("尾水合格率多少", "尾水达标率86.8%。", "尾水达标率多少"),
        ("种油茶一亩补多少", "油茶每亩补300元。", "种油茶每亩补多少"),
        ("种油茶一亩补多少", "油茶补助300元。", "种油茶一亩补多少"),
    ],
)
def test_words_that_no_passage_has_are_said_in_those_of_the_passages(
    question: str, sentence: str, said: str
) -> None:
    asked, hits = asked_about(understand(question, TODAY), [sentence])
    assert in_their_words(asked, question, rank(asked, hits, SCORER)) == said
