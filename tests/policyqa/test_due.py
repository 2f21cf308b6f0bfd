"""What is due to a case: a standard, what is added to it, and for how long it is paid."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from one_sentence import computed_from, proved_short

from policyqa import due
from policyqa.asked import Asked
from policyqa.findings import Candidate
from policyqa.schema import Answer

DECLINED = Answer("", "not_found", "")
RENT = (
    "租房补贴标准：博士每月1500元，硕士每月1000元，本科每月600元，最长享受36个月；"
    "在砚溪县、禾岗县就业的，标准上浮20%。"
)
LIFTS = "加装电梯每台补助20万元，其中市级8万元、区级12万元；采用平层入户方式的，每台另加2万元。"


def _answer(asked: Asked, candidates: Sequence[Candidate]) -> Answer | None:
    return due.answer(asked, candidates, DECLINED)


@pytest.mark.parametrize(
    ("text", "sentence", "short"),
    [
        ("硕士在砚溪县上班租房补贴每月能拿多少？", RENT, "1200元"),
        ("本科生去禾岗县上班租房补贴一个月多少？", RENT, "720元"),
        ("博士在砚溪县就业，租房补贴领满最长期限一共多少钱？", RENT, "6.48万元"),
        ("硕士租房补贴拿满能领多少钱？", RENT, "3.6万元"),
        ("平层入户的电梯一台最多补多少？", LIFTS, "22万元"),
        (
            "初中生一学期课后服务总共要交多少钱？",
            "课后服务收费为小学每生每月120元、初中每生每月150元，每学期按4.5个月计收。",
            "675元",
        ),
        ("绝育的狗首年管理费交多少？", "管理费首年300元、次年起每年150元，绝育犬减半，导盲犬免收。", "150元"),
        ("2024年完工的电梯一台补多少？", "电梯每台补助20万元；2024年完工的另奖2万元。", "22万元"),
        (
            "居民参保的失能人员每天能报多少钱？",
            "失能人员每人每日支付50元；居民参保人员按上述标准的70%支付。",
            "35元",
        ),
        (
            "去高山校点轮岗的老师每月补助加起来多少？",
            "轮岗教师每人每月补助400元，到高山校点的每月再加200元。",
            "600元",
        ),
    ],
)
def test_the_standard_and_what_is_added_for_the_case(text: str, sentence: str, short: str) -> None:
    assert proved_short(_answer, text, sentence) == short


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("没绝育的狗首年管理费交多少？", "管理费首年300元、次年起每年150元，绝育犬减半。"),
        ("硕士租房补贴每月多少？", RENT),  # the standard alone
        ("在砚溪县就业租房补贴每月能拿多少？", RENT),  # of whom is not said
        ("在砚溪县就业的租房补贴上浮多少？", RENT),  # the addition itself
        ("博士在松岗县就业，租房补贴每月多少？", RENT),  # nothing is added there
        ("平层入户的电梯一台补多少？", "电梯每台补助20万元；采用平层入户方式的，上浮不超过10%。"),
        ("5部以上的电梯一台补多少？", "电梯每台补助20万元；一次装5部以上的，每台另加2万元。"),
        ("砚溪县老人每餐补多少钱？", "老人每餐补2元；砚溪县2024年补助标准较上年提高10%。"),
        ("小学午餐每餐多少钱？", "小学午餐每餐9元；民办学校可上浮20%。"),
    ],
)
def test_nothing_is_added_where_that_is_not_plain(text: str, sentence: str) -> None:
    assert computed_from(_answer, text, sentence) is None


def test_both_sentences_are_cited_and_each_step_is_shown() -> None:
    found = computed_from(_answer, "硕士在砚溪县上班租房补贴每月能拿多少？", RENT)
    assert found is not None
    assert "硕士每月1000元" in found.text
    assert "在砚溪县、禾岗县就业的，标准上浮20%" in found.text
    assert "1000元 × 20% = 200元" in found.text
    assert "1000元 + 200元 = 1200元" in found.text
