"""The sections of a document's main text, by the numbering styles of official documents.

Line breaks lie: a heading may be run into the paragraph before it, an item list may stand on one
line. So numbering is looked for at the start of every sentence, not only of every line.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from policyqa.schema import Role, Section, Span

# From the outermost: 第一章 · 第一条 · 一、 第一个问题： · （一） · 1. 1、 第一， · (1) · ①
_ARTICLE = 1
_COUNTED = 4
"""第一，… and 其二，… inside a section; they begin sentences as often as headings."""
_NUMBERING: tuple[tuple[int, re.Pattern[str]], ...] = (
    (0, re.compile(r"第[一二三四五六七八九十百]+[章编部]\S*")),
    (_ARTICLE, re.compile(r"第[一二三四五六七八九十百]+条")),
    (2, re.compile(r"[一二三四五六七八九十]{1,3}、")),
    (3, re.compile(r"[（(][一二三四五六七八九十]{1,3}[)）][、.]?")),
    (4, re.compile(r"\d{1,2}\s*[.．、](?!\d)")),
    (_COUNTED, re.compile(r"(?:第[一二三四五六七八九十]{1,2}|其[一二三四五六七八九十])[，、：]")),
    (2, re.compile(r"第[一二三四五六七八九十]{1,2}个?(?:问题|方面|件事)[：:，]")),
    (5, re.compile(r"[（(]\d{1,2}[)）][、.]?")),
    (6, re.compile(r"[①-⑳]")),
)
_BRACKETED = re.compile(r"^【[^】]{2,30}】$")
# ★ 家底 · 〇 当前情况: a sign alone in front of a short line
_SIGNED = re.compile(r"^[★☆◆◇■●○〇▲△▶►]\s*[^，。；：\s][^，。；：]{1,24}$")
_RUN_IN = re.compile(r"^(?:关于.{2,24}|[㐀-鿿]{2,8}的(?:事|问题))[。：]$")

_COMMITMENT = re.compile(
    r"(下一?步|下一阶段|下阶段|今后|接下来|后续工作|后续安排|打算|工作目标|今后目标|工作计划|工作安排|工作思路|努力方向|近期安排"
    r"|工作要点|\d{4}年(?:主要|工作|预期)?目标(?!.{0,4}完成))"
)
# 【提案人的诉求】 · 诉求一 · 您的建议: the asker's words alone; （一）财政全额出资的请求 holds the answer too.
_CLAIM = re.compile(
    r"(?:(?:提案|建议)?人|委员|代表|网友|群众|您|你们|来信人)?们?的?(?:主要|具体)?"
    r"(?:诉求|请求|提案内容|提案摘要|提案反映|建议内容|提问)(?:内容|摘要|要点)?[一二三四五六七八九十\d]*"
    r"|您的建议|委员建议|代表建议|提案人的?(?:建议|意见)"
)


@dataclass(slots=True)
class Outline:
    """The open headings while going through the sentences of a document."""

    path: list[tuple[int, str]] = field(default_factory=list)
    counted: bool = False
    """The innermost heading is 其一，… with its text behind it on the line: it ends with the line."""
    sections: list[Section] = field(default_factory=list)

    def titles(self) -> tuple[str, ...]:
        return tuple(title for _, title in self.path)


def numbering(text: str) -> tuple[int, int] | None:
    """The level of the numbering that a text begins with and its length; None without one.

    >>> numbering("（一）抓产业发展。"), numbering("2.5亿元"), numbering("二、下一步")
    ((3, 3), None, (2, 2))
    """
    for level, pattern in _NUMBERING:
        match = pattern.match(text)
        if match:
            return level, match.end()
    return None


def is_heading(text: str, ends_line: bool, starts_line: bool) -> int | None:
    """The level when a sentence is a heading, else None.

    A heading is numbered and short: the rest of a line without an end mark, or a sentence of its
    own that holds no figure. Unnumbered ones: 【办理意见】, ★ 家底, and 关于队伍。 at the start of a line.
    """
    found = numbering(text)
    ended = text.endswith(("。", "！", "？", "；"))
    if found:
        level, length = found
        if level == 0:
            return level if len(text) <= 40 else None
        if level == _ARTICLE:
            return None  # the text of an article; its number is kept as the section by the caller
        rest = text[length:]
        if text[0] in "第其" and (len(rest) > 26 or re.search(r"[，,；]", rest)):
            return None
        if not ended and ends_line and len(rest) <= 60 and not re.search(r"[，,；].*[，,；]", rest):
            return level
        if ended and len(rest) <= 42 and not re.search(r"\d[^”》]*[。；]$|；", rest):
            return level
        return None
    if starts_line and _BRACKETED.match(text):
        return 2
    if starts_line and ends_line and _SIGNED.match(text):
        return 2
    if starts_line and _RUN_IN.match(text):
        return 7
    return None


def role_of_heading(title: str) -> Role | None:
    """What a heading makes of its section; None when it says nothing."""
    found = numbering(title)
    if _CLAIM.fullmatch(title[found[1] if found else 0 :].strip("【】：: ")):
        return "claim"
    if _COMMITMENT.search(title):
        return "commitment"
    return None


def read_sections(
    body: str, found: Sequence[Span], end: int
) -> tuple[tuple[Section, ...], list[tuple[Span, tuple[str, ...], Role]]]:
    """Sections of the main text, and its sentences with their path and the role of the section.

    Args:
        found: the sentences of the main text, headings among them.
        end: where the main text ends.
    """
    outline = Outline()
    sentences: list[tuple[Span, tuple[str, ...], Role]] = []
    roles: list[Role | None] = []
    for span in found:
        text = body[span.start : span.end]
        starts_line = _at_line_start(body, span.start)
        ends_line = span.end >= len(body) or body[span.end : span.end + 40].split("\n")[0].strip() == ""
        level = is_heading(text, ends_line, starts_line)
        if outline.counted and starts_line:
            outline.counted = False
            outline.sections[-1] = replace(outline.sections[-1], end=span.start)
            # An item in the same line may have closed it before.
            if outline.path and outline.path[-1][0] == _COUNTED:
                outline.path.pop()
                roles.pop()
        if level is not None:
            outline.counted = text[0] in "第其" and level == _COUNTED and not ends_line
            while outline.path and outline.path[-1][0] >= level:
                outline.path.pop()
                roles.pop()
            title = text.rstrip("。：；").strip()
            outline.path.append((level, title))
            roles.append(role_of_heading(title))
            outline.sections.append(Section(outline.titles(), span.start, span.start, _innermost(roles)))
            if text.endswith("。") and len(text) > 12:
                # ③对“取消…限制”，不予采纳。 is a heading and says something.
                sentences.append((span, outline.titles(), _innermost(roles)))
            continue
        numbered = numbering(text)
        if numbered and numbered[0] == _ARTICLE:
            # 第三条认定奖励免申即享 inside a line speaks of an article and begins none.
            if starts_line or text[numbered[1] : numbered[1] + 1].isspace():
                _open_article(outline, roles, text[: numbered[1]], span.start)
        elif numbered:
            # A numbered item that begins with its content closes deeper headings.
            while outline.path and outline.path[-1][0] >= numbered[0]:
                outline.path.pop()
                roles.pop()
        sentences.append((span, outline.titles(), _innermost(roles)))
    return _closed(outline.sections, end), sentences


def _open_article(outline: Outline, roles: list[Role | None], name: str, start: int) -> None:
    while outline.path and outline.path[-1][0] >= _ARTICLE:
        outline.path.pop()
        roles.pop()
    outline.path.append((_ARTICLE, name))
    roles.append(None)
    outline.sections.append(Section(outline.titles(), start, start, _innermost(roles)))


def _innermost(roles: Sequence[Role | None]) -> Role:
    return next((role for role in reversed(roles) if role is not None), "body")


def _closed(sections: Sequence[Section], end: int) -> tuple[Section, ...]:
    """Give each section its end: where the next one begins that is not inside it."""
    closed = []
    for index, section in enumerate(sections):
        if section.end > section.start:
            closed.append(section)
            continue
        stop = end
        for later in sections[index + 1 :]:
            if later.path[: len(section.path)] != section.path or len(later.path) <= len(section.path):
                stop = later.start
                break
        closed.append(Section(section.path, section.start, stop, section.role))
    return tuple(closed)


def _at_line_start(body: str, start: int) -> bool:
    line = body.rfind("\n", 0, start) + 1
    return body[line:start].strip() == ""
