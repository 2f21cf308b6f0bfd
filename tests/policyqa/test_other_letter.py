"""Whether a letter is another one than a question means."""

from __future__ import annotations

from datetime import date

import pytest

from policyqa.other_letter import is_other, names_said, replies_to, speaker, speaks
from policyqa.question import understand
from policyqa.schema import Document, Proposal

TODAY = date(2026, 3, 1)
LETTER = Document(
    "d",
    "d.txt",
    "甲山区教育委员会\n关于第88号提案的答复\n李远山委员：\n您提出的提案收悉，我委会同区财政局研究。新中国建国以来……\n",
    document_type="reply",
    issuers=("甲山区教育委员会",),
    proposals=(Proposal("088", "proposal", "关于改善午餐的提案", 6, 3, ("李远山",)),),
    addressee="李远山委员",
    signed_on=date(2024, 6, 1),
)


@pytest.mark.parametrize(
    ("question", "office"),
    [
        ("甲山区财政局对第88号提案的会办意见是几号文", "财政局"),
        ("请问区教委答复的提案是谁提的", "教委"),
        ("市生态环境局2023年答复民盟的提案是几号文", "生态环境局"),
        ("区文旅委的正式答复哪天出的", "文旅委"),
        ("区财政局会办的那件提案是谁提的", ""),
        ("第88号提案是哪个局答复的", ""),
    ],
)
def test_who_is_said_to_speak(question: str, office: str) -> None:
    assert speaker(understand(question, TODAY)) == office


@pytest.mark.parametrize(
    "question",
    [
        "第88号提案的答复是几号文",
        "甲山区教委对第88号提案的答复是几号文",
        "李远山委员的提案是几号",
        "教育提案李远山委员的那件是几号",
        "2024年的答复是几号文",
        "民盟区委会办的第88号提案是谁提的",
    ],
)
def test_a_letter_that_is_meant(question: str) -> None:
    assert is_other(understand(question, TODAY), LETTER) == ""


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("甲山区财政局对第88号提案的会办意见是几号文", "没有收录财政局的这份文件"),
        ("民盟提的提案是几号", "没有收录答复民盟的这份文件"),
        ("王建国委员提的是哪件提案", "没有收录答复王建国的这份文件"),
        ("2023年的答复是几号文", "没有收录2023年的这份文件；最接近的一份是2024年的"),
    ],
)
def test_another_letter_than_is_meant(question: str, told: str) -> None:
    assert told in is_other(understand(question, TODAY), LETTER)


def test_an_agency_goes_by_its_older_name_too() -> None:
    assert speaks("环保局", ("甲山区生态环境局",))
    assert speaks("经信委", ("甲山区工业和信息化局",))
    assert not speaks("财政局", ("甲山区生态环境局",))


def test_a_name_of_two_characters_stands_as_that_of_a_member() -> None:
    assert names_said(understand("建国委员提的是哪件", TODAY)) == ("建国",)
    assert not replies_to(("建国",), LETTER), "新中国建国以来 names nobody"
    assert replies_to(("远山",), LETTER)
    assert names_said(understand("哪位委员提的", TODAY)) == ()
