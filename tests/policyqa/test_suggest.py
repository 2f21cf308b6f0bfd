"""Example questions made from what documents say."""

from __future__ import annotations

from datetime import date

import pytest

from policyqa.schema import Document, Passage
from policyqa.suggest import choices


def _passage(text: str) -> Passage:
    document = Document(text, text, text, issuers=("甲山区民政局",), signed_on=date(2024, 6, 1))
    return Passage(f"{text}:0", document, 0, len(text))


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("2023年，全区新增养老床位420张。", "甲山2023年新增养老床位多少张？"),
        ("2023年，全区城镇新增就业6980人。", "甲山2023年城镇新增就业多少人？"),
        ("截至2023年底，全区社区养老服务站累计达到95个。", "甲山2023年社区养老服务站累计多少个？"),
        ("2023年，全区规上工业企业163户。", "甲山2023年规上工业企业有多少户？"),
    ],
)
def test_a_question_names_place_year_and_what_is_counted(text: str, question: str) -> None:
    assert [asked for asked, _ in choices([_passage(text)], "")] == [question]


@pytest.mark.parametrize(
    "text",
    [
        "2023年，总量在区县中仍居第4位，较上年再增加12个。",  # no name in front of the figure
        "全区规上工业企业163户，占比三成。",  # of which year, nobody can tell
        "2023年，全区养老床位约420张。",  # an approximate figure is no good example
    ],
)
def test_half_a_sentence_is_no_question(text: str) -> None:
    assert choices([_passage(text)], "") == []


def test_only_the_unit_asked_for() -> None:
    texts = ["2023年，全区新增养老床位420张。", "2023年，全区规上工业企业163户。"]
    assert [q for q, _ in choices([_passage(t) for t in texts], "户")] == ["甲山2023年规上工业企业有多少户？"]
