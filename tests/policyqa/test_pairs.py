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
