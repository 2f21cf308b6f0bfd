"""What falls to each of so many, computed from one sentence."""

from __future__ import annotations

import pytest
from one_sentence import computed_from, proved_short

from policyqa.average import answer


@pytest.mark.parametrize(
    ("text", "sentence", "short"),
    [
        ("餐车平均每辆供多少份？", "投入餐车4辆，每辆购置费14.8万元，日均供餐620份。", "155份"),
        (
            "游客平均每人次花多少钱？",
            "接待游客2316万人次，增长13.5%，旅游总花费218.5亿元，增长15.2%。",
            "943元",
        ),
        ("贷款平均每户贷了多少万元？", "贷款放款4830万元，惠及612户。", "7.89万元"),
        ("补贴平均每人次发放多少元？", "助餐服务412万人次，日均1.13万人次，发放补贴2060万元。", "5元"),
    ],
)
def test_the_average_follows_from_amount_and_number(text: str, sentence: str, short: str) -> None:
    assert proved_short(answer, text, sentence) == short


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("贷款发放多少万元？", "贷款放款4830万元，惠及612户。"),  # no average is asked
        ("贷款平均每户贷了多少万元？", "贷款放款4830万元，增长12%。"),  # nobody is counted
        ("贷款平均每户贷了多少万元？", "惠及612户，户均贷款7.89万元。"),  # it is told
    ],
)
def test_nothing_else_is_computed(text: str, sentence: str) -> None:
    assert computed_from(answer, text, sentence) is None
