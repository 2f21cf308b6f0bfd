"""Dates as official documents write them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.dates import find_date


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2024年6月14日", date(2024, 6, 14)),
        ("2024年06月04日", date(2024, 6, 4)),
        ("2024 年 6 月 14 日", date(2024, 6, 14)),
        ("２０２４年６月１４日", date(2024, 6, 14)),
        ("二〇二四年六月十四日", date(2024, 6, 14)),
        ("二○二四年十二月三十一日", date(2024, 12, 31)),
        ("二零二四年十月二十日", date(2024, 10, 20)),
        ("成文日期：2024-05-28", date(2024, 5, 28)),
        ("2024.6.14", date(2024, 6, 14)),
        ("2024/6/14", date(2024, 6, 14)),
        ("发布时间：2024-06-03 09:41", date(2024, 6, 3)),
        ("南川区经信委 2024年6月14日", date(2024, 6, 14)),
        ("2024年2月30日，实为2024年3月1日", date(2024, 3, 1)),
    ],
)
def test_the_first_true_date_is_found(text: str, day: date) -> None:
    assert find_date(text) == day


@pytest.mark.parametrize(
    "text",
    ["", "2024年6月", "6月14日", "2024年2月30日", "2024年13月1日", "2024年6月32日", "20240614", "58号"],
)
def test_what_is_no_day_is_no_date(text: str) -> None:
    assert find_date(text) is None


@given(st.dates(min_value=date(1949, 10, 1), max_value=date(2099, 12, 31)))
def test_every_day_is_read_back(day: date) -> None:
    assert find_date(f"{day.year}年{day.month}月{day.day}日") == day
    assert find_date(day.isoformat()) == day


@given(st.text())
def test_any_text_has_a_date_or_none(text: str) -> None:
    assert find_date(text) is None or isinstance(find_date(text), date)
