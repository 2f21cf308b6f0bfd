"""Units: what counts as one, which are the same, which may answer which."""

from __future__ import annotations

from decimal import Decimal

import pytest

from policyqa.units import UNIT, canonical, compatible


@pytest.mark.parametrize(
    "unit",
    [
        "家",
        "户",
        "个",
        "人次",
        "户次",
        "亩",
        "公里",
        "平方米",
        "平方公里",
        "立方米",
        "微克/立方米",
        "元",
        "美元",
        "元/亩",
        "元/公里·年",
        "%",
        "‰",
        "百分点",
        "个百分点",
        "倍",
        "成",
        "千瓦时",
        "吨",
        "吨/日",
        "辆",
        "座",
        "名",
        "位",
        "岁",
        "个月",
        "个工作日",
        "公斤",
        "公斤/亩",
        "张",
        "套",
        "台",
        "部",
        "件",
        "处",
        "项",
        "条",
        "所",
        "天",
        "年",
        "学时",
        "课时",
    ],
)
def test_the_whole_unit_is_taken(unit: str) -> None:
    match = UNIT.match(unit)
    assert match is not None
    assert match.group() == unit


@pytest.mark.parametrize(
    "word", ["成立", "成都", "成为", "成功", "成员", "成果", "成效", "成本", "成熟", "成渝"]
)
def test_a_word_that_begins_with_a_unit_is_none(word: str) -> None:
    assert UNIT.match(word) is None


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [
        ("3", "成", ("30", "%")),
        ("5", "‰", ("0.5", "%")),
        ("2", "个百分点", ("2", "百分点")),
        ("27", "名", ("27", "人")),
        ("2", "公顷", ("30", "亩")),
        ("10", "斤", ("5", "公斤")),
        ("7", "千米", ("7", "公里")),
        ("36", "家", ("36", "家")),
        ("100", "人民币元", ("100", "元")),
    ],
)
def test_like_units_are_brought_to_one(value: str, unit: str, expected: tuple[str, str]) -> None:
    assert canonical(Decimal(value), unit) == (Decimal(expected[0]), expected[1])


@pytest.mark.parametrize(
    ("asked", "found", "may"),
    [
        ("家", "家", True),
        ("个", "家", True),
        ("个", "所", True),
        ("个", "户", True),
        ("人", "名", True),
        ("名", "人", True),
        ("百分点", "个百分点", True),
        ("公里", "千米", True),
        ("人", "人次", True),
        ("家", "户", True),
        ("家", "人", False),
        ("个", "元", False),
        ("个", "%", False),
        ("元", "元/亩", True),
        ("元", "美元", False),
        ("亩", "公里", False),
        ("%", "百分点", False),
        ("吨", "公斤", False),
    ],
)
def test_counting_words_are_loose_and_measures_are_not(asked: str, found: str, may: bool) -> None:
    assert compatible(asked, found) is may


def test_a_price_answers_how_much_money() -> None:
    assert compatible("元", "元/立方米")
    assert not compatible("元", "公斤")
    assert compatible("根", "个")
