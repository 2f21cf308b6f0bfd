"""The lines of a document's body with their offsets, and what kind of clutter is none of it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from policyqa.schema import Span
from policyqa.text import strip


@dataclass(frozen=True, slots=True)
class Line:
    """A line without surrounding blanks; ``after_blank`` when an empty line stands before it."""

    text: str
    start: int
    end: int
    after_blank: bool

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)


def split_lines(body: str) -> list[Line]:
    """The lines of a body that hold something."""
    lines = []
    at, blank = 0, True
    for raw in body.split("\n"):
        span = strip(body, at, at + len(raw))
        if span is None:
            blank = True
        else:
            lines.append(Line(body[span.start : span.end], span.start, span.end, blank))
            blank = False
        at += len(raw) + 1
    return lines


# What a web page prints around a letter.
_CLUTTER = re.compile(
    # 首页>政务公开>建议提案办理 · 您的位置：首页 > … · 当前位置：首页 / 政策解读
    r"^(您的位置|当前位置)?[：:]?\s*首页\s*[>＞»›]|^(?:您的|当前)位置[：:]?\s*(?:网站)?首页\s*[/／|｜-]"
    # 字号：[大] [中] [小]　打印　浏览次数：1 367　扫一扫在手机打开当前页
    r"|浏览次数|扫一扫|^【?字[号体][：:]|分享到|【?打印(本页)?】|【?关闭(窗口)?】|打印本页|^(打印|关闭|分享|收藏)(窗口)?$"
    # 责任编辑：XX · 上一篇：… · 来源：…（only with a date or 浏览 beside it）
    r"|^责任编辑|^(上一篇|下一篇)|^发布时间[：:]|^\[?(收藏|返回顶部)\]?$|^来源[：:].*(日期|时间)"
)


def is_clutter(text: str) -> bool:
    """Whether a line belongs to a web page around the letter, not to the letter.

    >>> is_clutter("首页 > 政务公开 > 建议提案办理"), is_clutter("一、工作开展情况")
    (True, False)
    """
    return len(text) < 160 and _CLUTTER.search(text) is not None
