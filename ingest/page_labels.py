"""The labels that a government page prints about its document: 索引号, 发文机关, 成文日期, …

They stand in tables, lists and lines, with the value behind the label, in the next cell, or in the
next row; sometimes all of them twice.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

# What pages call them, and the label under which ingest.head knows them.
_KEPT = {
    called: label
    for label, all_called in {
        "索引号": ("索引号", "索引码", "索引编号"),
        "发文机关": ("发文机关", "制文机关"),
        "制发机关": ("制发机关",),
        "发文单位": ("发文单位", "发文部门"),
        "发布机构": (
            "发布机构", "发布机关", "发布单位", "公开机构", "发布部门", "公开责任部门", "信息发布机构",
        ),
        "发文字号": ("发文字号", "文件编号", "文号", "文件字号"),
        "成文日期": ("成文日期", "成文时间", "发文日期", "发文时间", "制发日期", "印发日期"),
        "生成日期": ("生成日期", "生成时间"),
        "发布日期": ("发布日期", "发布时间", "公开日期", "公开时间", "公布日期"),
        "公开方式": ("公开方式", "公开属性"),
        "有效性": ("有效性", "时效性", "效力状态"),
        "来源": ("来源", "信息来源", "文章来源", "稿件来源", "内容来源"),
    }.items()
    for called in all_called
}  # fmt: skip
_TITLES = frozenset(("名称", "标题", "信息名称", "文件名称", "公文名称", "信息标题"))
# Labels whose values are of no use; they end the value before them.
_OTHER = (
    "主题分类", "主题词", "体裁分类", "主题", "体裁", "关键词", "公开范围", "公开形式",
    "公开程序", "公开时限", "公开期限", "服务对象", "废止日期", "失效日期", "实施日期",
    "生效日期", "施行日期", "信息类别", "信息分类", "组配分类", "所属主题", "分类", "类别",
    "概述", "内容概述", "浏览次数", "浏览量", "阅读次数", "阅读量", "点击数", "点击量",
    "点击率", "访问量", "访问次数", "浏览", "字号", "字体", "字体大小", "文字大小", "打印",
    "分享", "分享到", "责任编辑", "编辑", "作者", "审核", "审核人", "录入", "责编",
    "视力保护色", "语音播报", "下载", "发布人", "供稿", "记者", "办理部门", "承办单位",
)  # fmt: skip


def _spaced(names: Sequence[str]) -> str:
    """The names as alternatives, the longest first, with the blanks that spread them: 索 引 号."""
    longest = sorted(names, key=len, reverse=True)
    return "|".join(r"[\s\u3000]*".join(name) for name in longest)


_ANY = _spaced([*_KEPT, *_TITLES, *_OTHER])
# 索引号： · [ 成文日期 ] · 【发布时间】： · 【字体 · 浏览次数:
_LABEL = re.compile(
    rf"(?<![㐀-鿿])(?:[\[【]\s*(?P<boxed>{_ANY})\s*(?:[\]】]\s*[：:]?|[：:])|(?P<plain>{_ANY})\s*[：:])\s*"
)
_ALONE = re.compile(rf"[\[【]?\s*(?P<name>{_ANY})\s*[\]】]?\s*[：:]?")
_NO_VALUE = re.compile(r"(?:无|暂无|空|[-—–/\s])*")
_MAX_VALUE = 120


@dataclass(slots=True)
class Labels:
    """The labels of a page with their values, each once; the labelled title; which rows they were."""

    values: dict[str, str] = field(default_factory=dict)
    title: str = ""
    used: set[int] = field(default_factory=set)


def read_labels(rows: Sequence[Sequence[str]]) -> Labels:
    """The labels among some lines.

    Args:
        rows: lines of the page as their cells; a line without cells is one cell.

    >>> read_labels([["索 引 号：", "TP-31", "发文机关", "桐浦区交通局"], ["发布时间：2024-07-15"]]).values
    {'索引号': 'TP-31', '发文机关': '桐浦区交通局', '发布日期': '2024-07-15'}
    >>> read_labels([["索引号", "成文日期"], ["TP-31", "2024-05-28"]]).values
    {'索引号': 'TP-31', '成文日期': '2024-05-28'}
    >>> read_labels([["[ 成文日期 ]", "2024-05-28"], ["标题：", "关于停车的答复"]])
    Labels(values={'成文日期': '2024-05-28'}, title='关于停车的答复', used={0, 1})
    """
    labels = Labels()
    waiting = ""
    above: list[str] = []
    for index, cells in enumerate(rows):
        filled = [cell.strip() for cell in cells if cell.strip()]
        if not filled:
            continue
        names = [_alone(cell) for cell in filled]
        if above and len(filled) == len(above) and not any(names):
            pairs = list(zip(above, filled, strict=True))
            above = []
        elif len(names) >= 2 and all(names):
            # A row of labels has the values below it.
            above, pairs = names, []
            labels.used.add(index)
        else:
            above = []
            # A label at the end of a line has its value on the next.
            pairs, waiting = _pairs(filled, waiting)
            if waiting:
                labels.used.add(index)
        if pairs:
            labels.used.add(index)
        for name, value in pairs:
            value = _tidy(value)
            if not value or len(value) > _MAX_VALUE:
                continue
            if name in _TITLES:
                labels.title = labels.title or value
            elif name in _KEPT:
                labels.values.setdefault(_KEPT[name], value)
    return labels


def is_label_line(text: str) -> bool:
    """Whether a line is nothing but a label and its value, or several: 发布时间：2024-06-03 来源：…."""
    match = _LABEL.match(text)
    return match is not None and len(text) < _MAX_VALUE and "。" not in text


def _alone(cell: str) -> str:
    match = _ALONE.fullmatch(cell)
    return re.sub(r"[\s\u3000]+", "", match["name"]) if match else ""


def _pairs(cells: Sequence[str], waiting: str) -> tuple[list[tuple[str, str]], str]:
    """The labels in the cells of a line, and the label whose value did not come yet."""
    pairs = []
    for cell in cells:
        if name := _alone(cell):
            waiting = name
            continue
        matches = list(_LABEL.finditer(cell))
        before = cell[: matches[0].start()] if matches else cell
        if waiting and before.strip():
            pairs.append((waiting, before))
        waiting = ""
        for index, match in enumerate(matches):
            following = matches[index + 1] if index + 1 < len(matches) else None
            name = re.sub(r"[\s\u3000]+", "", match["boxed"] or match["plain"])
            value = cell[match.end() : following.start() if following else None]
            if value.strip():
                pairs.append((name, value))
            elif following is None:
                waiting = name
    return pairs, waiting


def _tidy(value: str) -> str:
    value = re.sub(r"[\s\u3000]+", " ", value)
    # 来源：桐浦区交通局 【字体：大 中 小】 leaves an open bracket behind.
    value = value.strip(" |｜;；,，[【】]")
    return "" if _NO_VALUE.fullmatch(value) else value
