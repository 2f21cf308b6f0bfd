"""What the reading model sees: whose sentence it is and of which year, said where it begins."""

from __future__ import annotations

from datetime import date

import pytest

from policyqa.evidence import gather
from policyqa.pairs import pair_text, tidy_question
from policyqa.schema import Document, Passage


def _seen(body: str, sentence: str) -> str:
    document = Document(
        "d", "d.txt", body, title="关于供水的答复", issuers=("甲山市水利局",), signed_on=date(2024, 6, 1)
    )
    start = body.index(sentence)
    text, begin = pair_text(gather(Passage("p", document, start, start + len(sentence))))
    assert text[begin:] == sentence
    return text[:begin]


@pytest.mark.parametrize(
    ("body", "sentence", "ends"),
    [
        ("2023年供水提速。完成投资3亿元。", "完成投资3亿元。", "2023年供水提速。 ：2023年，"),
        ("2022年供水提速。2023年完成投资3亿元。", "2023年完成投资3亿元。", "2022年供水提速。 ："),
        ("去年完成投资3亿元。", "去年完成投资3亿元。", "关于供水的答复 ：去年即2023年，"),
        ("完成投资3亿元。", "完成投资3亿元。", "关于供水的答复 ："),
    ],
)
def test_the_year_is_said_where_the_sentence_begins(body: str, sentence: str, ends: str) -> None:
    seen = _seen(body, sentence)
    assert seen.startswith("甲山市水利局 2024年 ")
    assert seen.endswith(ends)


def test_a_question_says_the_year_that_it_means() -> None:
    assert tidy_question("去年 新增多少家", date(2026, 3, 1)) == "2025年 新增多少家"
    assert tidy_question("去年新增多少家") == "去年新增多少家"


@pytest.mark.parametrize(
    ("question", "seen"),
    [
        ("去年（2023）新增多少家", "2023年新增多少家"),
        ("甲山市区公交专用道多长", "甲山市市区公交专用道多长"),
        ("甲山市市区公交专用道多长", "甲山市市区公交专用道多长"),
        ("总投资折合多少万元", "总投资多少万元"),
        ("运营补贴换算成万元是多少", "运营补贴是多少"),
        ("茶油产量合多少万公斤", "茶油产量多少万公斤"),
        ("三县合计多少，综合得分多少", "三县合计多少，综合得分多少"),
    ],
)
def test_what_is_no_matter_of_what_answers_is_not_seen(question: str, seen: str) -> None:
    assert tidy_question(question, date(2026, 3, 1), ("甲山",)) == seen
