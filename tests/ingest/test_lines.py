"""Lines with their offsets; clutter of web pages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.lines import is_clutter, split_lines


@pytest.mark.parametrize(
    "line",
    [
        "首页 > 政务公开 > 建议提案办理",
        "首页>政务公开>建议提案办理>2024年",
        "您的位置：首页>信息公开>建议提案办理>2024年",
        "当前位置：首页 > 信息公开 > 人大代表建议和政协提案办理",
        "首页 » 公开",
        "字号：大 中 小　　浏览次数：418　　打印　　扫一扫在手机打开当前页",
        "字号：[大] [中] [小]　　打印",
        "【字体：大 中 小】　浏览次数：86　　打印　　扫一扫分享",
        "浏览次数：1 367",
        "扫一扫在手机打开当前页",
        "责任编辑：XX　打印　关闭",
        "责任编辑：管理员　　【关闭窗口】",
        "【打印本页】【关闭窗口】",
        "打印",
        "打印本页",
        "分享到：微信　微博　　关闭窗口",
        "上一篇：关于第88号提案的答复　　下一篇：关于第101号提案的答复",
        "发布时间：2024-06-03 09:41　　来源：桐浦区生态环境局　　浏览次数：1208",
        "来源：区发展改革委　　发布日期：2024-09-25　　责任编辑：XX",
        "返回顶部",
        "[收藏]",
    ],
)
def test_what_a_web_page_prints_around_a_letter_is_clutter(line: str) -> None:
    assert is_clutter(line)


@pytest.mark.parametrize(
    "line",
    [
        "一、工作开展情况",
        "（一）抓产业发展。",
        "重庆市南川区经济和信息化委员会",
        "李德勇委员：",
        "2024年6月14日",
        "（此件公开发布）",
        "抄送：区政协提案委、区政府办公室。",
        "联系人：滕树生  电话：000-0000582",
        "来源：群众来信反映集中的问题",
        "首页改版后点击量增长12%。",
        "打印费用由申请人承担。",
        "扩大分享经济试点范围。",
        "下一步工作思路及措施",
    ],
)
def test_lines_of_a_letter_are_not(line: str) -> None:
    assert not is_clutter(line)


def test_a_long_paragraph_is_never_clutter() -> None:
    assert not is_clutter("全年网站浏览次数达到12万次。" + "工作稳步推进，成效明显。" * 15)


def test_lines_know_their_place_and_the_blank_above() -> None:
    body = "标题\n\n　　正文一\n正文二  \n"
    lines = split_lines(body)
    assert [(line.text, line.after_blank) for line in lines] == [
        ("标题", True),
        ("正文一", True),
        ("正文二", False),
    ]
    assert all(body[line.start : line.end] == line.text for line in lines)


@given(st.text(alphabet="甲乙 \n　\t。"))
def test_lines_are_slices_in_order_and_leave_out_only_blanks(body: str) -> None:
    at = 0
    for line in split_lines(body):
        assert body[line.start : line.end] == line.text == line.text.strip() != ""
        assert body[at : line.start].strip() == ""
        at = line.end
    assert body[at:].strip() == ""
