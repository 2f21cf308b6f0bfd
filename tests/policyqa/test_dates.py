"""Dates and terms in running text, as answers to when."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policyqa.dates import DATE_UNIT, find_dates


@pytest.mark.parametrize(
    ("sentence", "texts"),
    [
        ("本办法自2023年1月1日起施行", ["2023年1月1日起"]),
        ("自2024年春季学期起", ["2024年春季学期起"]),
        ("9月底前完成", ["9月底前"]),
        ("2024年底前投用", ["2024年底前"]),
        ("今年11月底前完成", ["今年11月底前"]),
        ("去年8月拨付", ["去年8月"]),
        ("10月建成", ["10月"]),
        ("6月下旬公示", ["6月下旬"]),
        ("2024年三季度启动", ["2024年三季度"]),
        ("申报时间为2023年4月17日至5月15日", ["2023年4月17日", "5月15日"]),
        ("集中缴费期为2024年10月8日至2025年1月31日", ["2024年10月8日", "2025年1月31日"]),
        ("21时至次日7时免费", ["21时至次日7时"]),
        ("末班由17:10延后到18:40", ["17:10", "18:40"]),
        ("上午9点至11点半开放", ["上午9点至11点半"]),
        ("提高3个点，分3个时段，共8小时", []),
        ("每年10月1日至次年4月30日为防火期", ["10月1日至次年4月30日"]),
        ("推迟到2026年秋季投用", ["2026年秋季"]),
        ("二〇二五年五月二十日", ["二〇二五年五月二十日"]),
        ("国庆节前亮灯", ["国庆节前"]),
        ("2025年春节前安装", ["2025年春节前"]),
        ("年底前完成", ["年底前"]),
        ("有效期5年", ["5年"]),
        ("有效期三年", ["三年"]),
        ("试行期半年", ["半年"]),
        ("期限为六个月", ["六个月"]),
        ("有效期至2026年9月30日", ["2026年9月30日"]),
        ("执行至2023年12月31日", ["2023年12月31日"]),
        ("投资36家企业", []),
        ("5个工作日内拨付", []),
        ("三年内不得申报", []),
    ],
)
def test_dates_and_terms_are_found_as_written(sentence: str, texts: list[str]) -> None:
    assert [d.text for d in find_dates(sentence)] == texts


def test_a_date_carries_the_words_around_it() -> None:
    (found,) = find_dates("《办法》已印发，自2023年1月1日起施行，有关规定同时废止")
    assert found.unit == DATE_UNIT
    assert found.indicator == "自▯施行"
    assert found.inherited == "《办法》已印发，"


@given(st.text(alphabet="2013年月日至-—～起前底初末有效期为三一〇十上下旬，。 　"))
def test_dates_are_slices(sentence: str) -> None:
    assert all(sentence[d.start : d.end] == d.text for d in find_dates(sentence))


def test_a_day_in_characters_without_its_year() -> None:
    found = find_dates("利改税的第一步，今年六月一日起已在全国推行，十月上旬结束")
    assert [d.text for d in found] == ["今年六月一日起", "十月上旬"]
