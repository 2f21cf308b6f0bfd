"""Tables with each cell on a line of its own."""

from __future__ import annotations

import pytest

from ingest.parse import parse
from ingest.stacked_tables import unstacked

STACKED = (
    "二、办理情况\n单位\n转派量（件）\n办结率\n满意率\n甲区\n21460\n98.9%\n95.1%\n乙县\n7620\n97.9%\n92.8%\n"
    "市直部门\n11500\n98.2%\n—\n\n三、下一步\n继续做好工作。\n"
)


def test_each_row_stands_on_a_line() -> None:
    body = unstacked(STACKED)
    assert len(body) == len(STACKED)
    assert body.split("\n")[1:5] == [
        "单位　转派量（件）　办结率　满意率",
        "甲区　21460　98.9%　95.1%",
        "乙县　7620　97.9%　92.8%",
        "市直部门　11500　98.2%　—",
    ]


def test_its_cells_are_told_with_their_headings() -> None:
    document, passages = parse("某市热线办\n2024年三季度通报\n\n" + STACKED, "a.txt")
    assert len(document.tables) == 1
    assert document.tables[0].headings == ("单位", "转派量（件）", "办结率", "满意率")
    rows = {row.start for row in document.tables[0].rows}
    assert [p.text for p in passages if p.start in rows][1] == "乙县　7620　97.9%　92.8%"


def test_cells_of_several_words_are_kept_apart() -> None:
    body = unstacked("单位\n时间\n件数\n甲 区\n2024年\n12件\n乙区\n2023年\n7件\n")
    assert body == "单位｜时间｜件数\n甲 区｜2024年｜12件\n乙区｜2023年｜7件\n"


@pytest.mark.parametrize(
    "text",
    [
        "甲区教育局\n乙区财政局\n丙区民政局\n2024年3月1日\n",
        "联系人\n李某\n电话\n12345\n",
        "一、总体情况\n二、主要问题\n三、下一步\n2024年\n",
        "单位\n件数\n办结率\n甲区\n12\n98%\n",  # one row alone
        "项目\n内容\n标准\n补贴\n按月发放，每月100元。\n每月\n奖励\n一次性。\n每年\n",
        "单位\n件数\n比例\n甲区\n12\n98%\n\n乙区\n7\n99%\n",  # parted by a blank line
    ],
)
def test_other_lines_are_left_as_they_are(text: str) -> None:
    assert unstacked(text) == text
