"""Folding, sentences, n-grams, gaps in numbers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policyqa.schema import Span
from policyqa.text import close_gaps, fold, grams, sentences, strip


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("ＧＤＰ", "gdp"),
        ("２０２４年", "2024年"),
        ("〔2024〕58号", "(2024)58号"),
        ("[2024]58号", "(2024)58号"),
        ("【2024】58号", "(2024)58号"),
        ("（2024）58号", "(2024)58号"),
        ("［2024］58号", "(2024)58号"),
        ("2023—2027年", "2023-2027年"),
        ("2023－2027年", "2023-2027年"),
        ("2023–2027年", "2023-2027年"),
        ("10～15家", "10~15家"),
        ("“专精特新”", '"专精特新"'),
        ("「專精特新」", '"专精特新"'),
        ("經濟和資訊化", "经济和资讯化"),
        ("臺灣", "台湾"),
        ("28.3％", "28.3%"),
        ("4，523", "4，523"),
        ("甲,乙:丙;丁?戊!", "甲，乙：丙；丁？戊！"),
        ("R&D", "r&d"),
        ("\u3000", " "),
        ("\u00a0", " "),
    ],
)
def test_folding_brings_writings_of_one_thing_to_one_shape(written: str, folded: str) -> None:
    assert fold(written) == folded


@given(st.text())
def test_folding_keeps_the_length_so_that_offsets_hold(text: str) -> None:
    assert len(fold(text)) == len(text)


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("  \n \n", []),
        ("甲。乙。", ["甲。", "乙。"]),
        ("甲！乙？丙", ["甲！", "乙？", "丙"]),
        ("他说：“好。”然后走了。", ["他说：“好。”", "然后走了。"]),
        ("《要不要钱？怎么签？》已收悉。", ["《要不要钱？怎么签？》已收悉。"]),
        ("（好不好？大家说好。）通过。", ["（好不好？大家说好。）", "通过。"]),
        ("请见《家庭医生怎么签？》一文。", ["请见《家庭医生怎么签？》一文。"]),
        ("第一行\n第二行", ["第一行", "第二行"]),
        ("增长2.5%；利润1.28亿元。", ["增长2.5%；利润1.28亿元。"]),
        ("什么？！真的。", ["什么？！", "真的。"]),
        ("没有结尾", ["没有结尾"]),
        ("　　缩进。　下一句。", ["缩进。", "下一句。"]),
        ("问号在括号里没关（？然后。结束", ["问号在括号里没关（？", "然后。", "结束"]),
    ],
)
def test_a_sentence_ends_at_its_mark_or_its_line(text: str, expected: list[str]) -> None:
    assert [text[s.start : s.end] for s in sentences(text)] == expected


@given(st.text(alphabet="甲乙12。！？!?\n 　“”（）()《》，；.%"))
def test_sentences_are_in_order_and_leave_out_only_blanks(text: str) -> None:
    at = 0
    for span in sentences(text):
        assert text[at : span.start].strip() == ""
        assert text[span.start : span.end] == text[span.start : span.end].strip() != ""
        at = span.end
    assert text[at:].strip() == ""


def test_sentences_of_a_stretch_stay_inside_it() -> None:
    text = "甲。乙。丙。"
    assert sentences(text, 2, 4) == [Span(2, 4)]


def test_stripping_a_blank_stretch_leaves_nothing() -> None:
    assert strip("甲 \n 乙", 1, 4) is None
    assert strip("甲 乙 ", 1, 4) == Span(2, 3)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("增长", ["增", "长", "增长"]),
        ("GDP增", ["gdp", "增"]),
        ("2.5万", ["2.5", "万"]),
        ("２０２３年", ["2023", "年"]),
        ("，。！", []),
        ("經濟", ["经", "济", "经济"]),
    ],
)
def test_grams_are_characters_pairs_words_and_numbers(text: str, expected: list[str]) -> None:
    assert grams(text) == expected


@pytest.mark.parametrize(
    ("text", "closed"),
    [
        ("1 9 9 7 年", "1997 年"),
        ("达4 9 2 5 0 万吨", "达49250 万吨"),
        ("改造 214 处", "改造 214 处"),
        ("18 7000 60 80", "18 7000 60 80"),
        ("2023年 18 7000", "2023年 18 7000"),
        ("没有数字", "没有数字"),
        ("36家", "36家"),
    ],
)
def test_gaps_inside_a_number_are_closed_and_no_others(text: str, closed: str) -> None:
    assert close_gaps(text)[0] == closed


@given(st.text(alphabet="0123456789 　.年家１２"))
def test_closing_gaps_says_where_each_character_was(text: str) -> None:
    closed, offsets = close_gaps(text)
    assert len(offsets) == len(closed) + 1
    assert [text[at] for at in offsets[:-1]] == list(closed)
    assert offsets[-1] == len(text)
    assert closed.replace(" ", "").replace("\u3000", "") == text.replace(" ", "").replace("\u3000", "")


def test_the_compatibility_form_of_a_traditional_character_is_simplified_at_once() -> None:
    assert fold("\uf91a") == fold("駱") == "骆"
