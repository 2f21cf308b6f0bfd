"""Rows of tables as sentences: headings, units, groups, notes, tables without headings."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.number_formats import shown
from ingest.sheets import sheet_lines
from ingest.tables import heading_rows, rows_as_sentences, title_above


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        # years as rows, a unit in the heading
        (
            [["年度", "小区数（个）"], ["2023", "18"], ["2024", "20"]],
            ["2023年：小区数18个。", "2024年：小区数20个。"],
        ),
        # years as columns
        (
            [["指标", "2022年", "2023年"], ["床位（张）", "3,000", "3,140"]],
            ["床位：2022年为3,000张，2023年为3,140张。"],
        ),
        # a column of units, a column of numbers that count the rows
        (
            [["序号", "指标", "单位", "数值"], ["1", "用电", "万度", "2300"], ["2", "用水", "万吨", "41.5"]],
            ["用电：数值2300万度。", "用水：数值41.5万吨。"],
        ),
        # headings of two rows, merged
        (
            [["镇街", "收入", "收入"], ["镇街", "总额（万元）", "增长（%）"], ["石枰镇", "120", "-3.2"]],
            ["石枰镇：收入总额120万元，收入下降3.2%。"],
        ),
        # what belongs to the whole
        (
            [["项目", "金额（万元）"], ["总投资", "900"], ["其中：市级", "300"], ["合计", "900"]],
            ["总投资：金额900万元。", "总投资，其中市级：金额300万元。", "合计：金额900万元。"],
        ),
        # dashes say nothing; a note stays
        (
            [["镇街", "床位（张）"], ["石枰镇", "—"], ["云岚镇", "80"], ["注：石枰镇数据未上报。", ""]],
            ["云岚镇：床位80张。", "注：石枰镇数据未上报。"],
        ),
        # printed in two halves side by side
        (
            [["镇街", "床位（张）"] * 2, ["石枰镇", "120", "云岚镇", "80"]],
            ["石枰镇：床位120张。", "云岚镇：床位80张。"],
        ),
        # labels with values; cells without any headings
        ([["联系人", "张三"], ["电话", "000-1"]], ["联系人：张三。", "电话：000-1。"]),
        ([["甲", "乙", "丙"]], ["甲，乙，丙。"]),
        ([["一行文字"]], ["一行文字"]),
        ([], []),
    ],
)  # fmt: skip
def test_rows_say_their_headings(rows: list[list[str]], says: list[str]) -> None:
    assert rows_as_sentences(rows) == says


def test_the_unit_above_is_said_where_it_fits() -> None:
    rows = [["镇街", "补助", "增长率", "户数"], ["石枰镇", "120", "7.6", "300"]]
    assert rows_as_sentences(rows, unit="万元") == ["石枰镇：补助120万元，增长率7.6，户数300户。"]


def test_titles_stand_in_front_of_each_row_and_are_told() -> None:
    rows = [["表2 2023年养老床位情况表", ""], ["单位：张", ""], ["镇街", "床位"], ["石枰镇", "120"]]
    assert title_above(rows) == "表2 2023年养老床位情况表"
    assert heading_rows(rows) == 3
    assert rows_as_sentences(rows) == ["2023年养老床位情况，石枰镇：床位120张。"]


CELL = st.text(st.sampled_from("甲乙镇1250.,%-—（个万元）：\n 注合计年"), max_size=8)


@given(st.lists(st.lists(CELL, max_size=5), max_size=7), st.sampled_from(["", "万元", "个、万元"]))
def test_any_rows_are_said_in_whole_lines(rows: list[list[str]], unit: str) -> None:
    for line in [*rows_as_sentences(rows, unit), *sheet_lines(rows, "表")]:
        assert "\n" not in line
        assert line == line.strip()


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        (0.125, "0.0%", "12.5%"),
        (0.125, "General", "0.125"),
        (1234.5, "#,##0.00", "1,234.50"),
        (-0.031, "0.0%", "-3.1%"),
        (1200, '#,##0"万元"', "1,200万元"),
        (12000000, '#,##0,,"百万"', "12百万"),
        (45292, "yyyy/m/d", "2024年1月1日"),
        (45292, 'yyyy"年"m"月"', "2024年1月"),
        (0.1 + 0.2, "General", "0.3"),
        (35, "000", "035"),
        # accountants' brackets are a minus
        (-5, "0;[Red](0)", "-5"),
    ],
)
def test_numbers_read_as_their_cells_show_them(value: float, code: str, text: str) -> None:
    assert shown(value, code) == text
