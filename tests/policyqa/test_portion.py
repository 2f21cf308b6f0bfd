"""Somebody's part of an amount, from the amount and a rate of one sentence."""

from __future__ import annotations

import pytest
from one_sentence import computed_from, proved_short

from policyqa.portion import answer


@pytest.mark.parametrize(
    ("text", "sentence", "short"),
    [
        (
            "长护险首次评估自己掏多少钱？",
            "评估费每次200元，首次评估由基金承担70%、个人承担30%。",
            "60元",
        ),
        ("茶叶保险茶农一亩自己掏几块？", "茶叶保险每亩保费60元，农户自缴20%，省补贴40%。", "12元"),
        ("课桌椅区县承担多少钱？", "课桌椅每套均价460元，市财政补助40%，区县承担60%。", "276元"),
        ("小龙虾保险养殖户自己掏几块？", "小龙虾保险每亩保费60元，财政补七成、养殖户自付三成。", "18元"),
        (
            "躺椅工程市级要出多少亿元？",
            "躺椅工程总投资1.92亿元，其中2023年0.48亿元、2024年0.8亿元，由市级承担40%、区县承担60%。",
            "0.768亿元",
        ),
        ("管网改造市财政出多少万元？", "管网改造总投资1200万元，市财政承担70%。", "840万元"),
    ],
)
def test_the_part_follows_from_amount_and_rate(text: str, sentence: str, short: str) -> None:
    assert proved_short(answer, text, sentence) == short


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("茶叶保险保费多少钱？", "茶叶保险每亩保费60元，农户自缴20%。"),  # the whole is asked
        ("茶叶保险农户自缴百分之几？", "茶叶保险每亩保费60元，农户自缴20%。"),  # the rate is asked
        ("茶叶保险企业自己掏多少？", "茶叶保险每亩保费60元，省补贴20%。"),  # of somebody else
        ("茶叶保险农户自己掏多少？", "茶叶保险农户自缴20%。"),  # no amount
        (
            "种30亩茶叶保险农户自己掏多少？",
            "茶叶保险每亩保费60元，农户自缴20%。",
        ),  # what one 亩 costs is not it
        ("2022年管网改造市财政出多少？", "2024年管网改造投资1200万元，市财政承担70%。"),  # another year
    ],
)
def test_nothing_else_is_computed(text: str, sentence: str) -> None:
    assert computed_from(answer, text, sentence) is None
