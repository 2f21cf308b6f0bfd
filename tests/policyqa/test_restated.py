"""A figure that the question gives and wants in another unit."""

from __future__ import annotations

import pytest
from one_sentence import computed_from, proved_short

from policyqa.restated import answer


@pytest.mark.parametrize(
    ("text", "sentence", "short"),
    [
        ("小龙虾产量4.73万吨等于多少公斤？", "小龙虾产量4.73万吨，亩均产量约150公斤。", "4.73万吨"),
        ("发放的补贴8960万是多少亿？", "发放补贴8960万元，其中生活补贴5140万元。", "8960万元"),
        ("粮食产量一百三十二万多吨合多少亿斤？", "粮食产量132.4万吨。", "132.4万吨"),
        ("贷款余额四亿多是多少万？", "贷款余额4.37亿元。", "4.37亿元"),
        ("油茶73.5万亩合多少万公顷？", "油茶73.5万亩。", "73.5万亩"),
    ],
)
def test_the_documents_figure_of_that_value(text: str, sentence: str, short: str) -> None:
    assert proved_short(answer, text, sentence) == short


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("小龙虾产量4.73万吨等于多少公斤？", "小龙虾产量4.71万吨。"),  # another value
        ("贷款余额四亿多是多少万？", "贷款余额5.2亿元。"),
        ("贷款余额四亿多是多少万？", "全市贷款余额4.37万户。"),  # of another unit
        ("小龙虾产量是多少公斤？", "小龙虾产量4.73万吨。"),  # gives none itself
        ("路灯4.73万盏等于多少盏？", "小龙虾产量4.73万吨。"),
    ],
)
def test_no_other_figure(text: str, sentence: str) -> None:
    assert computed_from(answer, text, sentence) is None
