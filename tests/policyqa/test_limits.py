"""Conditions: the ranges and limits of a text, the values of a question, and whether they meet."""

from __future__ import annotations

from decimal import Decimal

import pytest

from policyqa.evidence import read_figures
from policyqa.figures import find_figures
from policyqa.limits import figure_limit_fit, limits_in, other_bound, passage_limit_fit, values_in
from policyqa.schema import Document, Passage

INSIDE = [
    ("75分（含）—90分 5万元", "75", True),
    ("75分（含）—90分 5万元", "90", False),
    ("75分—90分（含）", "90", True),
    ("75分—90分（含）", "75", False),
    ("60至79岁老人", "79", True),
    ("七层及以上住宅", "7", True),
    ("六层及以下住宅", "7", False),
    ("投资额5000万元以上（不含）的项目", "50000000", False),
    ("投资额5000万元（含）以上的项目", "50000000", True),
    ("停放不足30分钟", "30", False),
    ("停放不足30分钟", "29.9", True),
    ("停放30分钟（含）至2小时", "90", True),
    ("停放超过2小时", "120", False),
    ("年销售额首次突破2亿元的企业", "250000000", True),
    ("满意度低于80%的", "79", True),
    ("招用15人以内的", "15", True),
    ("连续从业满3年的", "36", True),
    ("不超过100平方米的店铺", "100", True),
]


VALUES = [
    ("新建120平米补多少", "120", "平方米"),
    ("正好100平的呢", "100", "平方米"),
    ("60个平方租金多少", "60", "平方米"),
    ("四五层的楼补多少", "4.5", "层"),
    ("82岁老人补几块", "82", "岁"),
]


@pytest.mark.parametrize(("question", "value", "unit"), VALUES)
def test_a_question_says_where_it_stands_in_speech(question: str, value: str, unit: str) -> None:
    assert (Decimal(value), unit) in values_in(question)


@pytest.mark.parametrize(("text", "value", "inside"), INSIDE)
def test_a_limit_holds_the_values_it_names(text: str, value: str, inside: bool) -> None:
    (limit, *_) = limits_in(text)
    assert limit.holds(Decimal(value)) is inside


@pytest.mark.parametrize("text", ["每站补助5万元", "2023年新增36家", "第6位", "增长5.3%", ""])
def test_plain_figures_are_no_limits(text: str) -> None:
    assert limits_in(text) == ()


@pytest.mark.parametrize(
    ("question", "value", "unit"),
    [
        ("评估打了85分，一年能拿多少？", "85", "分"),
        ("换一台20万的新能源车补多少？", "200000", "元"),
        ("我家住八层，装电梯补多少？", "8", "层"),
        ("百岁老人每月领多少？", "100", "岁"),
        ("82周岁的老人领多少？", "82", "岁"),
        ("停车1小时多少钱？", "60", "分钟"),
    ],
)
def test_a_question_says_where_it_stands(question: str, value: str, unit: str) -> None:
    assert (Decimal(value), unit) in values_in(question)


def test_less_than_is_a_little_less() -> None:
    ((value, unit),) = values_in("满意度不到80%会怎样？")
    assert unit == "%"
    assert Decimal(79) < value < Decimal(80)


GRADED = [
    ("住八层的加装电梯补多少？", "六层及以下每部补助15万元，七层及以上每部补助18万元。", "18万元"),
    ("住五楼，一共五层，加装电梯补多少？", "六层及以下每部补助15万元，七层及以上每部补助18万元。", "15万元"),
    ("买30万的车补多少？", "15万元（含）—25万元：补9000元；25万元（含）以上：补12000元。", "12000元"),
    (
        "92岁老人每月领多少？",
        "80—89周岁、90—99周岁、100周岁以上老年人每月津贴分别为60元、150元、500元。",
        "150元",
    ),
    ("停40分钟收多少钱？", "不足30分钟收1元，30分钟（含）至2小时收5元，超过2小时收10元。", "5元"),
    ("从业满5年的护理员奖多少？", "对从业满3年的奖励3000元，满5年的奖励6000元。", "6000元"),
    ("打了93分的站补多少？", "每年补助8万元（90分以上）、5万元（75分至89分）。", "8万元"),
]


@pytest.mark.parametrize(("question", "text", "amount"), GRADED)
def test_the_amount_of_the_grade_that_holds_fits_best(question: str, text: str, amount: str) -> None:
    figures = read_figures(Passage("d:0", Document("d", "a.txt", text), 0, len(text)))
    fits = {f.text: figure_limit_fit(question, text, f) for f in figures if f.unit == "元"}
    assert fits[amount] == 1.0
    assert all(fit < 0.5 or name == amount for name, fit in fits.items())


@pytest.mark.parametrize(
    ("question", "text", "fit"),
    [
        ("打了85分补多少？", "二级站 75分（含）—90分 5万元", 1.0),
        ("打了85分补多少？", "一级站 90分（含）以上 8万元", -1.0),
        ("打了85分补多少？", "每站每年补助5万元", 0.0),
        ("每站补多少？", "一级站 90分（含）以上 8万元", 0.0),
        ("住八层补多少？", "一级站 90分（含）以上 8万元", 0.0),
    ],
)
def test_a_passage_fits_when_one_of_its_limits_holds(question: str, text: str, fit: float) -> None:
    assert passage_limit_fit(question, text) == fit


def test_an_end_of_a_condition_is_no_amount_but_a_cap_is() -> None:
    text = "年销售2亿元以上的企业，单户奖励不超过50万元。"
    figures = read_figures(Passage("d:0", Document("d", "a.txt", text), 0, len(text)))
    ends = {f.text: figure_limit_fit("年销售3亿元的企业奖多少？", text, f) for f in figures}
    assert ends["2亿元以上"] == -1.0
    assert ends["不超过50万元"] >= 0.0


@pytest.mark.parametrize(
    ("question", "age"),
    [
        ("八十多的老人一顿补几块", 85),
        ("过了九十的老人一个月领多少", 91),
        ("年过半百的老师占几成", 51),
        ("七旬老人补多少", 71),
        ("50多亩补多少", None),
        ("过了三十天怎么算", None),
    ],
)
def test_an_age_may_be_said_without_its_unit(question: str, age: int | None) -> None:
    assert [int(v) for v, unit in values_in(question) if unit == "岁"] == ([age] if age else [])


@pytest.mark.parametrize(
    ("question", "text", "figure", "other"),
    [
        ("最多按多大面积算", "租赁面积500平方米以上的", "500平方米以上", True),
        ("最多按多大面积算", "补助面积不超过2000平方米", "不超过2000平方米", False),
        ("修一处超过多少钱才能申请", "单处补助上限30万元", "30万元", True),
        ("修一处超过多少钱才能申请", "单处修复费用超过5万元的", "超过5万元", False),
        ("补助多少", "单处补助上限30万元", "30万元", False),
    ],
)
def test_a_bound_on_the_other_side_is_not_what_is_asked(
    question: str, text: str, figure: str, other: bool
) -> None:
    (found,) = [f for f in find_figures(text) if f.text in figure or figure in f.text]
    assert other_bound(question, found) == other
