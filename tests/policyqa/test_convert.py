"""Answers in the unit that was asked for, with the conversion shown."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policyqa.convert import converted, unit_asked
from policyqa.figures import figure_of
from policyqa.ground import ungrounded


@pytest.mark.parametrize(
    ("question", "short", "result"),
    [
        ("投资多少亿元？", "12800万元", "1.28亿元"),
        ("投资多少万元？", "1.28亿元", "12800万元"),
        ("一共花了多少万？", "1.2亿元", "12000万元"),
        ("折合多少公顷？", "3万亩", "2000公顷"),
        ("多少米？", "2.5公里", "2500米"),
        ("多少吨？", "36000公斤", "36吨"),
        ("多少万人？", "246000人", "24.6万人"),
        ("换算成元是多少？", "452.3万元", "4523000元"),
        ("有多少亿元？", "近4000万元", "近0.4亿元"),
        ("有多少亿元？", "4000万元左右", "0.4亿元左右"),
        ("有多少亿元？", "300—500万元", "0.03—0.05亿元"),
    ],
)
def test_the_unit_asked_for(question: str, short: str, result: str) -> None:
    found = converted(question, short)
    assert found == (result, f"{short} = {result}")


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("投资多少？", "12800万元"),
        ("投资多少元？", "1.28亿元"),
        ("投资多少万元？", "392万元"),
        ("有多少家？", "36家"),
        ("有多少万户？", "36家"),
        ("多少公里？", "36辆"),
        ("增长百分之几？", "12%"),
        ("什么时候？", "2023年5月"),
        ("分别多少万元？", "36家；1.2亿元"),
    ],
)
def test_nothing_to_convert(question: str, short: str) -> None:
    assert converted(question, short) is None


def test_the_last_unit_named_counts() -> None:
    assert unit_asked("3万亩折合多少公顷？") == ("", "公顷")
    assert unit_asked("情况怎么样？") is None


@given(st.decimals("1", "9999", places=2), st.sampled_from([("万", "亿"), ("亿", "万"), ("", "万")]))
def test_a_conversion_keeps_the_value_and_is_grounded(number: Decimal, magnitudes: tuple[str, str]) -> None:
    own, asked = magnitudes
    short = f"{number * 10000 if not own else number:f}{own}元"
    found = converted(f"多少{asked}元？", short)
    if found is None:
        assert own == "万", "only a value too small for 亿 stays as it is"
        return
    one, other = figure_of(found[0]), figure_of(short)
    assert one is not None
    assert other is not None
    assert abs(one.value - other.value) <= other.value / 1000
    assert ungrounded(f"投资{short}（{found[1]}）", [f"投资{short}"]) == []
    assert ungrounded(f"投资{short}（{short} = 9{found[0]}）", [f"投资{short}"])


def test_a_bare_magnitude_makes_no_tiny_share_of_it() -> None:
    assert converted("三个县补几万？", "42台") is None
    assert converted("三个县补几万？", "42000元") == ("4.2万元", "42000元 = 4.2万元")
