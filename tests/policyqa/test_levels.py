"""What holds for each of so many levels that a question counts and does not name."""

from __future__ import annotations

from datetime import date

import pytest
from one_sentence import computed_from, proved_short

from policyqa.asked import Asked
from policyqa.evidence import gather
from policyqa.findings import Candidate
from policyqa.levels import answer
from policyqa.question import understand
from policyqa.schema import Document, Hit, Passage

LIMITS = (
    "甲、乙、丙级每月支付限额分别为1200元、1500元、1800元；"
    "居家护理每月分别为20小时、25小时、30小时，每小时50元。"
)


@pytest.mark.parametrize(
    ("text", "sentence", "short"),
    [
        (
            "急救设备三个来源各多少台？",
            "急救设备1128台，其中在用1093台、待维修35台；按来源分，采购540台、配置316台、捐赠272台。",
            "540台；316台；272台",
        ),
        ("居家护理三个级别每月给几小时？", LIMITS, "20小时；25小时；30小时"),
        (
            "运营补助三个等次各多少？",
            "一次性建设补助最高15万元；运营补助优秀5万元、良好3万元、合格1.5万元。",
            "5万元；3万元；1.5万元",
        ),
        (
            "补贴申领每一步要几个工作日？",
            "申领补贴的，县级10个工作日内初审，市级5个工作日内复核，15个工作日内拨付。",
            "10个工作日；5个工作日；15个工作日",
        ),
        (
            "年底各区县助餐点数量是多少？",
            "助餐点318个，其中食堂126个；澄岚区97个、砚桥区84个、栖禾县52个。",
            "97个；84个；52个",
        ),
    ],
)
def test_as_many_figures_as_levels_are_given(text: str, sentence: str, short: str) -> None:
    assert proved_short(answer, text, sentence) == short


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("运营补助两个等次各多少？", "运营补助优秀5万元、良好3万元、合格1.5万元。"),  # three are not two
        ("护理三个级别各多少？", LIMITS),  # yuan or hours, nobody says
        ("各区县助餐点平均多少个？", "助餐点中，澄岚区97个、砚桥区84个、栖禾县52个。"),  # their average
        ("优秀等次的运营补助多少？", "运营补助优秀5万元、良好3万元、合格1.5万元。"),  # one is asked for
    ],
)
def test_other_figures_are_left_alone(text: str, sentence: str) -> None:
    assert computed_from(answer, text, sentence) is None


def test_a_sentence_that_does_not_answer_gives_no_levels_where_another_does() -> None:
    def read(sentence: str, pair: float) -> Candidate:
        passage = Passage("p", Document("d", "d.txt", sentence, document_type="reply"), 0, len(sentence), ())
        features = {"period": 0.0, "place": 0.0, "pair": pair}
        return Candidate(Hit(passage, 1.0), gather(passage), features, 1.0)

    question = understand("运营补助三个等次各多少？", date(2025, 6, 1))
    asked = Asked(question, dict.fromkeys(question.terms, 0.5), {})
    graded = "运营补助三个等次为优秀5万元、良好3万元、合格1.5万元。"
    first = read("运营补助等次由区里定。", 4.0)
    assert answer(asked, [first, read(graded, 1.0)]) is not None
    assert answer(asked, [first, read(graded, -6.0)]) is None
