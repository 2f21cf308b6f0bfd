"""The old and the new value of something that changed, from one sentence."""

from __future__ import annotations

import pytest
from one_sentence import computed_from, proved_short

from policyqa.ends import answer


@pytest.mark.parametrize(
    ("text", "sentence", "short"),
    [
        ("薄弱村由多少减到多少？", "全市薄弱村由214个减少到96个。", "214个；96个"),
        (
            "充电服务费上限从多少降到多少？",
            "充电服务费上限每千瓦时0.45元，比原上限0.60元下降四分之一。",
            "0.60元；0.45元",
        ),
        (
            "民宿开办审批从几个工作日减到几个？",
            "民宿开办审批12个工作日内办结，原来是25个工作日。",
            "25个工作日；12个工作日",
        ),
        (
            "低保老人助餐从多少提到多少？",
            "80岁以上老人助餐由4元提高到5元，低保老人助餐由6元提高到8元。",
            "6元；8元",
        ),
        ("用标企业从几户到几户？", "用标企业由31户增到47户。", "31户；47户"),
    ],
)
def test_both_values_are_given_the_old_one_first(text: str, sentence: str, short: str) -> None:
    assert proved_short(answer, text, sentence) == short


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("薄弱村减到多少？", "全市薄弱村由214个减少到96个。"),  # only the new one is asked
        ("薄弱村由多少增到多少？", "全市薄弱村由214个减少到96个。"),  # it went the other way
        ("薄弱村由多少减到多少？", "全市薄弱村96个，强村214个。"),  # nothing became anything
        ("路灯由多少减到多少？", "全市薄弱村由214个减少到96个。"),  # of something else
        ("助餐从多少提到多少？", "甲类助餐由4元提高到5元，乙类助餐由6元提高到8元。"),  # of which of two?
    ],
)
def test_nothing_else_is_given(text: str, sentence: str) -> None:
    assert computed_from(answer, text, sentence) is None
