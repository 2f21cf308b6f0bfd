"""Figures that a question only asks to compute with, or to turn round."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from policyqa.figures import find_figures
from policyqa.question import Question, understand
from policyqa.schema import Figure
from policyqa.text import fold
from policyqa.undone import affirmed, denied, no_gap, of_all, of_each_only, of_so_many, whole_of

TODAY = date(2026, 3, 1)


def _left(rule: Callable[[Question, Figure], bool], question: str, sentence: str) -> list[str]:
    asked = understand(question, TODAY)
    return [f.text for f in find_figures(sentence) if not rule(asked, f)]


@pytest.mark.parametrize(
    ("question", "left"),
    [
        ("电车比油车多补多少钱", ["3000元"]),
        ("电车和油车差多少", ["3000元"]),
        ("电车补多少钱", ["9000元", "6000元", "3000元"]),
    ],
)
def test_by_how_much_two_differ_is_not_told_by_one_of_them(question: str, left: list[str]) -> None:
    sentence = "电车9000元，油车6000元，电车多3000元。"
    assert _left(lambda q, f: no_gap(q, f, fold(sentence)), question, sentence) == left


@pytest.mark.parametrize(
    ("question", "sentence", "left"),
    [
        ("20人参加培训一共补多少钱", "标准1920元/人。", []),
        ("租了2500平方米，一共补多少钱", "按每平方米每月8元给予补助。", []),
        ("一个人补多少钱", "标准1920元/人。", ["1920元/人"]),
        ("每人补多少，20人参加", "标准1920元/人。", ["1920元/人"]),
        ("带20个学徒，一年补多少钱", "给予每人每年5600元补贴。", []),
        ("20人参加培训一共补多少钱", "共补助38400元。", ["38400元"]),
    ],
)
def test_what_many_get_is_not_told_by_what_each_gets(question: str, sentence: str, left: list[str]) -> None:
    assert _left(lambda q, f: of_each_only(q, f, fold(sentence)), question, sentence) == left


@pytest.mark.parametrize(
    ("question", "left"),
    [
        ("有几所学校有地方扩建食堂", []),
        ("有几所学校没有地方扩建食堂", ["9所"]),
        ("有几所学校吃配送餐", ["9所"]),
    ],
)
def test_those_that_have_it_are_not_those_that_have_not(question: str, left: list[str]) -> None:
    assert _left(denied, question, "9所无扩建用地") == left


@pytest.mark.parametrize(
    ("question", "left"),
    [
        ("多少护理员没拿到职业技能等级证书", ["796人"]),
        ("多少护理员拿到职业技能等级证书", ["796人", "512人"]),
        ("多少护理员没拿到职业技能等级证书？2023年底的", ["796人"]),
    ],
)
def test_those_that_have_not_are_not_those_that_have_it(question: str, left: list[str]) -> None:
    assert _left(affirmed, question, "共有护理员796人，持有职业技能等级证书的512人") == left


@pytest.mark.parametrize(
    ("question", "left"),
    [("电动自行车换新，一辆补几多", ["400元"]), ("电动自行车换新安排多少钱", ["300万元", "400元"])],
)
def test_the_money_for_all_is_not_what_there_is_for_one(question: str, left: list[str]) -> None:
    sentence = "资金总额中电动自行车300万元，每辆补贴400元"
    assert _left(lambda q, f: of_all(q, f, fold(sentence)), question, sentence) == left


@pytest.mark.parametrize(
    ("question", "left"),
    [
        ("高速公路里程多少", ["4771公里", "2.52万公里"]),
        ("公路里程多少", ["123万公里", "176万公里", "4771公里", "2.52万公里"]),
    ],
)
def test_the_whole_is_not_the_part_that_is_asked_for(question: str, left: list[str]) -> None:
    sentence = "公路由123万公里增加到176万公里，其中高速公路由4771公里增加到2.52万公里"
    assert _left(lambda q, f: whole_of(q, f, fold(sentence)), question, sentence) == left


@pytest.mark.parametrize(
    ("question", "left"),
    [("1200亩要配几个管护员", []), ("每500亩配几个管护员", ["1名"]), ("配几个管护员", ["1名"])],
)
def test_what_there_is_for_every_so_many_is_not_for_all(question: str, left: list[str]) -> None:
    sentence = "每500亩配备1名管护员"
    found = _left(lambda q, f: of_so_many(q, f, fold(sentence)), question, sentence)
    assert [text for text in found if "亩" not in text] == left
