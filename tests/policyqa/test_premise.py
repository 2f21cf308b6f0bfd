"""What a question takes for granted, and what of a sentence is beside it."""

from __future__ import annotations

import re
from datetime import date

import pytest

from policyqa.dates import find_dates
from policyqa.figures import find_figures
from policyqa.positions import pair_names
from policyqa.premise import foretold, of_several, other_day, other_tier, signing_day
from policyqa.question import understand
from policyqa.schema import Document
from policyqa.text import fold

TODAY = date(2026, 3, 1)


@pytest.mark.parametrize(
    ("question", "left"),
    [
        ("考核得B档的补助多少", ["2万元"]),
        ("考核得c档的补助多少", ["1万元"]),
        ("补助多少", ["3万元", "2万元", "1万元"]),
        ("A档和B档各补助多少", ["3万元", "2万元", "1万元"]),
        ("D档补助多少", ["3万元", "2万元", "1万元"]),
    ],
)
def test_the_figure_of_another_tier_is_beside_the_question(question: str, left: list[str]) -> None:
    sentence = "补助按考核结果分A、B、C三档，分别为3万元、2万元、1万元"
    figures = pair_names(fold(sentence), find_figures(sentence))
    asked = understand(question, TODAY)
    assert [f.text for f in figures if not other_tier(asked, f, figures)] == left


def test_the_sum_of_several_places_is_not_that_of_one() -> None:
    sentence = "甲区、乙区、丙县合计3060个；三县中丁县340个。"
    together, alone = find_figures(sentence)
    assert of_several(("甲",), together)
    assert not of_several(("甲", "乙", "丙"), together)
    assert not of_several(("戊",), together), "of none of them"
    assert not of_several(("丁",), alone)


def test_what_was_done_in_a_later_year_is_not_known_yet() -> None:
    plan = Document("p", "p", "", signed_on=date(2024, 4, 15))
    assert foretold(understand("2025年底实际建成多少个？", TODAY), plan)
    assert not foretold(understand("2025年要建多少个？", TODAY), plan)
    assert not foretold(understand("2023年底实际建成多少个？", TODAY), plan)


def test_the_day_of_signing_is_no_other_day() -> None:
    assert signing_day(understand("专属医院什么时候开工", TODAY), "tail")
    assert not signing_day(understand("专属医院什么时候开工", TODAY), "body")
    assert not signing_day(understand("这份答复是什么时候写的", TODAY), "tail")


@pytest.mark.parametrize(
    ("question", "left"),
    [
        ("大桥收费到什么时候截止", ["20年", "2028年11月30日"]),
        ("大桥什么时候开始收费", ["2008年12月1日", "20年", "2028年11月30日"]),
    ],
)
def test_since_when_is_not_until_when(question: str, left: list[str]) -> None:
    sentence = "大桥2008年12月1日起收费，收费期限20年，至2028年11月30日止"
    asked = understand(question, TODAY)
    found = [f for f in find_dates(sentence) if not other_day(asked, f, fold(sentence))]
    assert [re.sub("[起止至]", "", f.text) for f in found] == left


@pytest.mark.parametrize(
    ("question", "left"),
    [
        ("新馆什么时候开工", ["2022年3月"]),
        ("新馆什么时候开馆", ["2023年底"]),
        ("新馆哪年建成", ["2023年底"]),
        ("新馆什么时候开工、什么时候建成", ["2022年3月", "2023年底"]),
        ("新馆的方案哪天定的", ["2022年3月", "2023年底"]),
    ],
)
def test_the_day_of_another_step_is_beside_the_question(question: str, left: list[str]) -> None:
    sentence = "市博物馆新馆2022年3月动工，计划2023年底开馆"
    asked = understand(question, TODAY)
    assert [f.text for f in find_dates(sentence) if not other_day(asked, f, fold(sentence))] == left
