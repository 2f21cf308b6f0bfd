"""Questions that name a government work report by its year."""

from __future__ import annotations

from datetime import date

import pytest

from policyqa.evidence import year_of_report
from policyqa.reports import report_named
from policyqa.schema import Document


@pytest.mark.parametrize(
    ("text", "rest", "year"),
    [
        ("1995年报告那天距回归还有几天？", "那天距回归还有几天？", 1995),
        ("2003年报告总结，取消了多少项审批？", "取消了多少项审批？", 2003),
        ("全国人口要控制在多少？（1997年报告的说法）", "全国人口要控制在多少？", 1997),
        ("2001年的政府工作报告里，所有国企都要国家控股吗？", "所有国企都要国家控股吗？", 2001),
    ],
)
def test_the_report_is_no_part_of_what_is_asked(text: str, rest: str, year: int) -> None:
    found = report_named(text)
    assert found is not None
    assert (found.rest, found.given) == (rest, date(year, 3, 1))


@pytest.mark.parametrize(
    "text",
    [
        "1995年粮食减产多少？",
        "1995年和1997年的报告各说多少？",
        "2023年报告期内增加多少？",
        "年度报告怎么写？",
    ],
)
def test_a_year_alone_is_no_report(text: str) -> None:
    found = report_named(text)
    assert found is None or "1997" not in found.rest


def test_only_government_work_reports_are_of_a_year() -> None:
    report = Document("a", "a.txt", "各位代表", title="1995年政府工作报告")
    letter = Document("b", "b.txt", "1995年", title="关于第1号提案的答复")
    assert (year_of_report(report), year_of_report(letter)) == (1995, None)
