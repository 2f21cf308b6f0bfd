"""Numbers in figures and in Chinese characters."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from policyqa.numerals import to_number


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", "0"),
        ("36", "36"),
        ("4523000", "4523000"),
        ("4,523,000", "4523000"),
        ("4，523，000", "4523000"),
        ("2 860", "2860"),
        ("452.3万", "4523000"),
        ("1.28亿", "128000000"),
        ("5000万", "50000000"),
        ("1.2万亿", "1200000000000"),
        ("3千", "3000"),
        ("12.0", "12"),
        ("12.50", "12.5"),
        ("１２８", "128"),
        ("１．５", "1.5"),
        ("一", "1"),
        ("两", "2"),
        ("十", "10"),
        ("十五", "15"),
        ("二十", "20"),
        ("廿", "20"),
        ("卅", "30"),
        ("三十六", "36"),
        ("一百", "100"),
        ("一百零三", "103"),
        ("一百〇三", "103"),
        ("一百二十", "120"),
        ("九十六", "96"),
        ("两百三十", "230"),
        ("三百二十", "320"),
        ("六百", "600"),
        ("百", "100"),
        ("千", "1000"),
        ("千万", "10000000"),
        ("一万", "10000"),
        ("三十五万", "350000"),
        ("一亿", "100000000"),
        ("壹拾万", "100000"),
        ("壹佰万", "1000000"),
        ("壹佰贰拾万", "1200000"),
        ("壹佰伍拾万", "1500000"),
        ("贰仟", "2000"),
        ("七点五", "7.5"),
        ("零点三", "0.3"),
        ("二〇二四", "2024"),
        ("二○二四", "2024"),
        ("二零二三", "2023"),
        ("一九九八", "1998"),
        ("貳佰萬", "2000000"),
    ],
)
def test_a_number_has_its_value_however_it_is_written(text: str, value: str) -> None:
    number = to_number(text)
    assert number == Decimal(value)
    assert str(number) == str(Decimal(value)), "no needless zeros, no exponent"


@pytest.mark.parametrize(
    "text", ["", " ", "家", "36家", "abc", "第六", "约三十", "-", "1.2.3", "百分之五", "十五届"]
)
def test_what_is_no_number_has_no_value(text: str) -> None:
    assert to_number(text) is None


@given(st.integers(min_value=0, max_value=10**12))
def test_arabic_integers_with_and_without_commas_agree(value: int) -> None:
    assert to_number(str(value)) == to_number(f"{value:,}") == value


@given(st.integers(min_value=1, max_value=99_999_999))
def test_chinese_numerals_have_the_value_that_was_written(value: int) -> None:
    import cn2an

    assert to_number(cn2an.an2cn(str(value), "low")) == value


@given(st.one_of(st.text(), st.text(alphabet="〇零一二两三九十百千万亿廿点壹拾0123456789.,")))
@example("一亿一")
def test_any_text_is_a_number_or_none(text: str) -> None:
    number = to_number(text)
    assert number is None or number.is_finite()
