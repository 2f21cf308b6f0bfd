"""Questions by how much two things lie apart, taken apart into one for each."""

from __future__ import annotations

import pytest

from policyqa.sides import sides_of

PLACES = ["甲山", "乙水"]


@pytest.mark.parametrize(
    ("text", "operation", "parts"),
    [
        ("甲山区停车月卡，一类区比二类区路外停车场最多贵多少？", "difference",
         ["甲山区停车月卡，一类区停车场多少？", "甲山区停车月卡，二类区路外停车场多少？"]),
        ("甲山区汽车置换，买20万的车，电车比油车多补多少钱？", "difference",
         ["甲山区汽车置换，买20万的车，电车补多少钱？", "甲山区汽车置换，买20万的车，油车补多少钱？"]),
        ("2025年医保，低保户自己掏的比监测对象少多少？", "difference",
         ["2025年医保，低保户自己掏多少？", "2025年医保，监测对象自己掏多少？"]),
        ("在甲山考高级工，紧缺工种比一般工种补贴多多少？", "difference",
         ["在甲山考高级工，紧缺工种补贴多少？", "在甲山考高级工，一般工种补贴多少？"]),
        ("甲山养老站建设补助，新建的和拿闲置房改的最高能差多少钱？", "difference",
         ["甲山养老站建设补助，新建多少钱？", "甲山养老站建设补助，拿闲置房改多少钱？"]),
        ("甲山助浴点建设补助新建的和闲置房改的差多少钱", "difference",
         ["甲山助浴点建设补助，新建多少钱？", "甲山助浴点建设补助，闲置房改多少钱？"]),
        ("甲山区2023年幼儿园覆盖率比全市平均低多少？", "difference",
         ["甲山区2023年幼儿园覆盖率是多少？", "全市2023年幼儿园覆盖率是多少？"]),
        ("甲山区给学生的午餐补助，比市里规定的最低标准高多少？", "difference",
         ["甲山区给学生的午餐补助多少？", "学生的午餐补助，市里规定的最低标准多少？"]),
        ("2025年居民医保财政补的多还是个人交的多，多多少", "most",
         ["2025年居民医保财政补多少？", "2025年居民医保个人交多少？"]),
    ],
)  # fmt: skip
def test_two_things_are_each_asked_for(text: str, operation: str, parts: list[str]) -> None:
    found = sides_of(text, PLACES)
    assert found is not None
    assert (found.operation, [part.question for part in found.parts]) == (operation, parts)


@pytest.mark.parametrize(
    "text",
    [
        "甲山区充电桩，比原来多了多少个？",
        "甲山区充电桩，比去年多了多少个？",
        "甲山区的占比是多少？",
        "甲山区养老护理员进来的多还是走的多？",
    ],
)
def test_what_is_set_against_nothing_that_stands_there_is_left_alone(text: str) -> None:
    assert sides_of(text, PLACES) is None
