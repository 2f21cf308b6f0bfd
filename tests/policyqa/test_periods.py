"""Periods: which years a wording speaks of."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policyqa.evidence import read_figures
from policyqa.periods import find_periods, period_at, resolve
from policyqa.schema import Document, Passage

LETTER = date(2024, 6, 14)


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("2023年", (2023,)),
        ("“六五”期间", (1981, 1982, 1983, 1984, 1985)),
        ("“八五”末", (1995,)),
        ("第七个五年计划期间", (1986, 1987, 1988, 1989, 1990)),
        ("“十一五”期间", (2006, 2007, 2008, 2009, 2010)),
        ("过去的一年里", (2023,)),
        ("过去五年", (2019, 2020, 2021, 2022, 2023)),
        ("三年来", (2021, 2022, 2023)),
        ("现在", (2024,)),
        ("2023年秋季学期", (2023,)),
        ("2024年春节", (2024,)),
        ("２０２３年", (2023,)),
        ("二〇二三年", (2023,)),
        ("二零二三年", (2023,)),
        ("1 9 9 7年", (1997,)),
        ("2023年度", (2023,)),
        ("2023年底", (2023,)),
        ("截至2023年底", (2023,)),
        ("截至2023年12月31日", (2023,)),
        ("2023年1—9月", (2023,)),
        ("自2024年1月1日起", (2024,)),
        ("1978年以来", (1978,)),
        ("23年", (2023,)),
        ("2023—2027年", (2023, 2024, 2025, 2026, 2027)),
        ("2023-2027年", (2023, 2024, 2025, 2026, 2027)),
        ("2023–2027年", (2023, 2024, 2025, 2026, 2027)),
        ("2023－2027年", (2023, 2024, 2025, 2026, 2027)),
        ("2023～2025年", (2023, 2024, 2025)),
        ("2021至2023年", (2021, 2022, 2023)),
        ("2023年至2025年", (2023, 2024, 2025)),
        ("2023年—2025年", (2023, 2024, 2025)),
        ("2021—2022学年", (2021, 2022)),
        ("2023/2024学年", (2023, 2024)),
        ("十三五", (2016, 2017, 2018, 2019, 2020)),
        ("十四五", (2021, 2022, 2023, 2024, 2025)),
        ("“十四五”以来", (2021, 2022, 2023, 2024, 2025)),
        ("“十四五”期间", (2021, 2022, 2023, 2024, 2025)),
        ("“十四五”末", (2025,)),
        ("“十五五”期间", (2026, 2027, 2028, 2029, 2030)),
        # relative to the letter's date
        ("去年", (2023,)),
        ("上年", (2023,)),
        ("去年底", (2023,)),
        ("去年8月", (2023,)),
        ("前年", (2022,)),
        ("明年", (2025,)),
        ("今年", (2024,)),
        ("今年以来", (2024,)),
        ("今年1—5月", (2024,)),
        ("今年上半年", (2024,)),
        ("本年度", (2024,)),
        ("目前", (2024,)),
        ("截至目前", (2024,)),
        ("上半年", (2024,)),
        ("3月份，热线受理58307件", (2024,)),
    ],
)
def test_a_wording_names_its_years(text: str, years: tuple[int, ...]) -> None:
    (period,) = resolve(find_periods(text, LETTER), LETTER)
    assert period.years == years
    assert period.text == text[period.start : period.end]


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("2023年", ""),
        ("2023年底", "底"),
        ("2023年末", "末"),
        ("2023年上半年", "上半年"),
        ("2023上半年", "上半年"),
        ("2023底", "底"),
        ("2023年1—9月", "1-9月"),
        ("2023年三季度", "三季度"),
        ("2024年一季度", "一季度"),
        ("今年上半年", "上半年"),
        ("今年1—5月", "1-5月"),
        ("去年底", "底"),
        ("上半年", "上半年"),
        ("3月份，共受理58307件", "3月份"),
    ],
)
def test_the_part_of_the_year_is_kept(text: str, part: str) -> None:
    (period,) = resolve(find_periods(text, LETTER), LETTER)
    assert period.part == part


@pytest.mark.parametrize(
    ("text", "day", "years"),
    [
        ("近三年", date(2024, 6, 14), (2021, 2022, 2023)),
        ("近两年", date(2025, 2, 1), (2023, 2024)),
        ("近3年来", date(2024, 6, 14), (2022, 2023, 2024)),
        ("近三年", date(2024, 12, 20), (2022, 2023, 2024)),
    ],
)
def test_recent_years_are_those_that_have_ended(text: str, day: date, years: tuple[int, ...]) -> None:
    (period,) = find_periods(text, day)
    assert period.years == years


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("2021、2022、2023年各新增12个", [2021, 2022, 2023]),
        ("2022和2023两年", [2022]),
        ("2022、2023年", [2022, 2023]),
        ("投入2021、2022万元", []),
    ],
)
def test_the_years_of_a_list_share_the_word_year(text: str, years: list[int]) -> None:
    assert [y for period in find_periods(text, LETTER) for y in period.years] == years


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("比2022年增长5%", 2022),
        ("较2022年提高", 2022),
        ("与2022年相比", 2022),
        ("由2021年的16天", 2021),
        ("比上年", 2023),
        ("较上年增长", 2023),
        ("高于去年同期", 2023),
        ("完成2023年目标的65.5%", 2023),
    ],
)
def test_a_year_that_is_only_compared_with_is_marked(text: str, year: int) -> None:
    (period,) = find_periods(text, LETTER)
    assert period.compared
    assert period.years == (year,)


@pytest.mark.parametrize("text", ["2023年增长5%", "去年新增", "截至2023年底累计", "2023年完成投资"])
def test_a_year_that_is_spoken_of_is_not_marked(text: str) -> None:
    (period, *_) = find_periods(text, LETTER)
    assert not period.compared


@pytest.mark.parametrize(
    "text",
    ["三年内", "5年以上", "30年历史", "每年", "多年来", "年底", "第2023号", "2023号文件", "36家", "10年期"],
)
def test_a_length_or_a_number_is_no_period(text: str) -> None:
    assert find_periods(text, LETTER) == []


def test_without_a_date_relative_words_have_no_years() -> None:
    assert [p.years for p in find_periods("去年和今年以来", None)] == [(), ()]


def test_half_years_belong_to_the_year_named_before() -> None:
    periods = resolve(find_periods("2022年新增36家，上半年15家，下半年21家", LETTER), LETTER)
    assert [(p.part, p.years) for p in periods] == [("", (2022,)), ("上半年", (2022,)), ("下半年", (2022,))]


def test_half_years_alone_belong_to_the_letters_year() -> None:
    (period,) = resolve(find_periods("上半年新增15家", LETTER), LETTER)
    assert period.years == (2024,)


def test_the_year_compared_with_does_not_become_the_year_of_the_rest() -> None:
    periods = resolve(find_periods("2023年比2020年增长，下半年更快", LETTER), LETTER)
    assert periods[-1].years == (2023,)


def test_a_figure_has_the_period_named_last_before_it() -> None:
    text = "2022年42家，2023年79家"
    periods = find_periods(text, LETTER)
    first, second = text.index("42家"), text.index("79家")
    governing = [period_at(periods, at, [a for a in (first, second) if a < at]) for at in (first, second)]
    assert [p.years for p in governing if p] == [(2022,), (2023,)]


def test_a_compared_year_governs_only_the_figure_right_behind_it() -> None:
    text = "2023年优良天数336天，比2022年的330天增加6天"
    periods = find_periods(text, LETTER)
    own, other, change = text.index("336天"), text.index("330天"), text.index("6天", text.index("增加"))

    def year(at: int, before: list[int]) -> tuple[int, ...]:
        period = period_at(periods, at, before)
        return period.years if period else ()

    assert year(own, []) == (2023,)
    assert year(other, [own]) == (2022,)
    assert year(change, [own, other]) == (2023,)


def test_no_period_governs_what_stands_before_all() -> None:
    assert period_at(find_periods("36家（2023年）", LETTER), 0, []) is None


@given(st.text(alphabet="2013年月至-—～十四五今去前明上下半以来底末近三“”学度一二〇 　比由"))
def test_periods_are_slices_in_order(text: str) -> None:
    at = 0
    for period in find_periods(text, LETTER):
        assert text[period.start : period.end] == period.text
        assert at <= period.start < period.end
        at = period.end


@given(st.text())
def test_any_text_can_be_read_for_periods(text: str) -> None:
    for period in resolve(find_periods(text, LETTER), LETTER):
        assert all(1900 <= year <= 2100 for year in period.years)


def test_the_end_of_a_month_is_of_the_year_named_before_it() -> None:
    day = date(2024, 5, 17)
    periods = resolve(find_periods("2023年新建23个，截至4月底达到106个", day), day)
    assert [(p.years, p.part) for p in periods] == [((2023,), ""), ((2023,), "截至4月底")]
    (period,) = resolve(find_periods("截至4月底达到106个", day), day)
    assert (period.years, period.part) == ((2024,), "截至4月底")


def _years(text: str, reference: date, inherited: tuple[int, ...] = ()) -> list[tuple[int, ...]]:
    return [p.years for p in resolve(find_periods(text, reference), reference, inherited)]


def test_the_year_before_is_that_before_the_year_spoken_of() -> None:
    assert _years("报销比例69.3%，上年为67.8%。", LETTER, (2023,)) == [(2022,)]
    assert _years("2022年新增36家，比上年多5家。", LETTER) == [(2022,), (2021,)]
    assert _years("比上年多5家。", LETTER) == [(2023,)]


def test_the_whole_year_is_the_one_that_has_ended_when_a_letter_opens_the_next() -> None:
    assert _years("全年接待游客412万人次。", date(2024, 2, 1)) == [(2023,)]
    assert _years("全年接待游客412万人次。", date(2024, 8, 1)) == [()]
    assert _years("全年接待游客412万人次。", date(2024, 2, 1), (2021,)) == [(2021,)]
    assert _years("力争全年新增36家。", date(2024, 2, 1)) == []


@pytest.mark.parametrize(
    ("text", "figure", "years"),
    [
        ("2024年任务4000户，截至8月底完成2930户，进度73.3%。", "2930户", (2024,)),
        ("2024年任务4000户，截至8月底完成2930户，进度73.3%。", "73.3%", (2024,)),
        ("2021年计划新改建480公里；1至7月已完工295公里。", "295公里", (2021,)),
        ("较2022年目标少5家，全年36家。", "36家", (2023,)),
        ("2024年改造26座，其余15座2025年改完。", "15座", (2025,)),
        ("2024年改造26座，其余15座2025年改完。", "26座", (2024,)),
    ],
)
def test_what_was_done_of_a_target_is_of_its_year(text: str, figure: str, years: tuple[int, ...]) -> None:
    document = Document("d", "d.txt", text, signed_on=date(2024, 9, 20), title="2023年工作总结")
    (found,) = [f for f in read_figures(Passage("d:0", document, 0, len(text))) if f.text == figure]
    assert found.years == years


@pytest.mark.parametrize("text", ["干了25年的村医", "工作满10年", "工龄20年", "当了12年老师"])
def test_how_long_is_no_year(text: str) -> None:
    assert [period for period in find_periods(text, None) if period.years] == []
