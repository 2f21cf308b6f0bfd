"""Sums, differences, ratios and rankings over figures, and computing them again."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policyqa.compute import COMPUTED, Operand, Operation, computed, operand, results
from policyqa.figures import find_figures
from policyqa.ground import ungrounded


def _operands(*written: tuple[str, str]) -> list[Operand]:
    found = [operand(label, text) for label, text in written]
    assert all(found)
    return [o for o in found if o]


@pytest.mark.parametrize(
    ("operation", "written", "result", "shown"),
    [
        ("sum", [("甲", "36家"), ("乙", "41家")], "77家", "36家 + 41家 = 77家"),
        ("sum", [("甲", "1.2亿元"), ("乙", "近4000万元")], "约1.6亿元", "1.2亿元 + 近4000万元 = 约1.6亿元"),
        ("sum", [("甲", "0.1万亩"), ("乙", "0.2万亩"), ("丙", "0.3万亩")], "0.6万亩", "= 0.6万亩"),
        ("difference", [("2023年", "41家"), ("2022年", "36家")], "5家", "2023年比2022年多5家：41家 − 36家"),
        ("difference", [("甲", "36家"), ("乙", "41家")], "5家", "甲比乙少5家：41家 − 36家 = 5家"),
        ("difference", [("甲", "36家"), ("乙", "36家")], "0家", "甲比乙相差0家"),
        ("difference", [("甲", "12%"), ("乙", "9.5%")], "2.5个百分点", "甲比乙高2.5个百分点"),
        ("growth", [("2023年", "41家"), ("2022年", "36家")], "13.9%", "(41家 − 36家) ÷ 36家 = 13.9%"),
        ("growth", [("2023年", "36家"), ("2022年", "41家")], "12.2%", "2023年比2022年下降12.2%"),
        ("ratio", [("甲", "1.28亿元"), ("乙", "4000万元")], "3.2倍", "1.28亿元 ÷ 4000万元 = 3.2倍"),
        ("mean", [("甲", "36家"), ("乙", "40家")], "38家", "(36家 + 40家) ÷ 2 = 38家"),
        ("most", [("甲", "9500万元"), ("乙", "1.2亿元")], "乙", "乙1.2亿元＞甲9500万元"),
        ("least", [("甲", "9500万元"), ("乙", "1.2亿元")], "甲", "甲9500万元＜乙1.2亿元"),
        ("difference", [("甲", "1,105"), ("乙", "910")], "195", "甲比乙多195，即1,105 − 910 = 195"),
        ("ends", [("甲", "5家"), ("乙", "8家"), ("丙", "4家")], "乙；丙", "最少的是丙：乙8家＞甲5家＞丙4家"),
        ("most", [("甲", "5家"), ("乙", "5家"), ("丙", "4家")], "甲、乙", "最多的是甲、乙"),
        ("least", [("甲", "5.1%"), ("乙", "4.8%")], "乙", "最低的是乙"),
    ],
)  # fmt: skip
def test_what_is_computed(
    operation: Operation, written: list[tuple[str, str]], result: str, shown: str
) -> None:
    found = computed(operation, _operands(*written))
    assert found is not None
    assert found[0] == result
    assert shown in found[1]
    assert COMPUTED in found[1]


@pytest.mark.parametrize(
    ("operation", "written"),
    [
        ("sum", [("甲", "36家"), ("乙", "41户")]),
        ("sum", [("甲", "36%"), ("乙", "41%")]),
        ("sum", [("甲", "36家")]),
        ("difference", [("甲", "36家"), ("乙", "41亿元")]),
        ("difference", [("甲", "1家"), ("乙", "2家"), ("丙", "3家")]),
        ("ratio", [("甲", "3家"), ("乙", "0家")]),
        ("growth", [("甲", "3家"), ("乙", "0家")]),
    ],
)
def test_what_has_no_result_is_not_computed(operation: Operation, written: list[tuple[str, str]]) -> None:
    assert computed(operation, _operands(*written)) is None


@pytest.mark.parametrize("text", ["第6位", "10—15家", "没有数字", "36家和41家"])
def test_what_is_no_plain_figure_is_no_operand(text: str) -> None:
    assert operand("甲", text) is None


@pytest.mark.parametrize(
    ("equation", "holds"),
    [
        ("36家 + 41家 = 77家", True),
        ("36家 + 41家 = 78家", False),
        ("36家 + 40家 = 76家", False),  # 40家 stands in no quote
        ("41家 − 36家 = 5家", True),
        ("41家 − 36家 = 5户", False),
        ("(41家 − 36家) ÷ 36家 = 13.9%", True),
        ("(41家 − 36家) ÷ 36家 = 13.8%", False),
        ("(36家 + 41家) ÷ 2 = 38.5家", True),
        ("41家 ÷ 36家 = 1.14倍", True),
        ("41家 ÷ 36家 = 1.2倍", False),
        ("36家 + 1.2亿元 = 77家", False),
    ],
)
def test_an_equation_is_computed_again(equation: str, holds: bool) -> None:
    known = find_figures("新增36家，累计41家，投资1.2亿元")
    assert bool(results(equation + COMPUTED, known)) == holds
    assert not results(equation, known), "what is not marked as computed is no computed figure"


@pytest.mark.parametrize(
    ("equation", "holds"),
    [
        ("200元 × 120千瓦 = 2.4万元", True),
        ("200元 × 120千瓦 = 2.5万元", False),
        ("200元 × 121千瓦 = 24200元", False),  # nobody gives 121千瓦
        ("200元 × 三成 = 60元", True),
        ("200元 + 120千瓦 = 320元", False),
        ("120千瓦 × 120千瓦 = 14400千瓦", False),  # of which the documents say nothing
    ],
)
def test_a_standard_may_be_applied_to_a_quantity_of_the_question(equation: str, holds: bool) -> None:
    known, given = find_figures("每千瓦200元，付三成"), find_figures("120千瓦")
    assert bool(results(equation + COMPUTED, known, given)) == holds


_NUMBERS = st.decimals("0.01", "99999", places=2, allow_nan=False)


@given(
    st.lists(_NUMBERS, min_size=2, max_size=4),
    st.sampled_from(["sum", "difference", "ratio", "growth", "mean"]),
    st.sampled_from(["家", "亿元", "万亩", "公里"]),
)
def test_what_is_computed_is_grounded_by_its_operands(
    numbers: list[Decimal], operation: Operation, unit: str
) -> None:
    if operation not in ("sum", "mean"):
        numbers = numbers[:2]
    written = [(f"项目{i}", f"{number:f}{unit}") for i, number in enumerate(numbers)]
    found = computed(operation, _operands(*written))
    assert found is not None
    quotes = [f"完成{text}" for _, text in written]
    assert ungrounded(found[1], quotes) == []
    changed = found[1].replace(f"= {found[0]}", f"= 9{found[0].removeprefix('约')}")
    assert ungrounded(changed, quotes)
