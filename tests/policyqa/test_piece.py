"""Pieces of sentences: the decision, the reason, the person."""

from datetime import date

import pytest

from policyqa.evidence import gather
from policyqa.piece import decides, piece_of
from policyqa.question import understand
from policyqa.schema import Document, Passage


def piece(question: str, text: str) -> str:
    asked = understand(question, date(2025, 1, 1))
    passage = Passage("d:0", Document("d", "d.txt", text), 0, len(text))
    span = piece_of(asked, dict.fromkeys(asked.terms, 1.0), gather(passage))
    return text[span.start : span.end]


@pytest.mark.parametrize(
    ("question", "text", "wanted"),
    [
        (
            "凉水镇同不同意单建冰场？",
            "经测算运营缺口较大，冰场暂不单建，但同意在体育馆加装旱冰设施。",
            "冰场暂不单建",
        ),
        ("为什么没建冰场？", "因供电容量不足，冰场暂不建设；滑道已开放。", "因供电容量不足"),
        ("挪用护林经费会怎么处理？", "截留、挪用护林经费的，责令退还，并追究责任。", "责令退还，并追究责任"),
        ("进度落后的乡镇会被谁约谈？", "对进度连续落后的乡镇，由分管副县长约谈。", "分管副县长"),
        (
            "林长制是指什么？",
            "第二条 所称林长制，是指由各级负责人担任林长的制度；所称网格，另行划定。",
            "由各级负责人担任林长的制度",
        ),
    ],
)
def test_the_piece_that_answers(question: str, text: str, wanted: str) -> None:
    assert piece(question, text) == wanted


def test_what_the_asker_said_decides_nothing() -> None:
    assert decides("您建议“不得收取管理费”") == 0
    assert decides("该建议不予采纳") > decides("目前难以实现") > 0
