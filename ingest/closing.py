"""The words that close a letter: thanks, wishes, where to send an opinion, 特此函复."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.tail import is_signature
from policyqa.schema import Span

# 感谢您…监督。 · 此答复函已经唐军主任审签。 · 请您填写在回执上… · 特此更正。 · 此致 敬礼
_CLOSING = re.compile(
    r"^(再次|衷心|最后|非常)?(感谢|谢谢)|审签|^[此本][^，。]{0,6}[复函件][^，。]{0,30}(审定|签批|审核)|回执|征询意见|反馈表"
    r"|专此答复|[特此]此?[函答]复|^以上(答复|意见)|^(特此|专此|此)(复|更正|报告|通知)[。！]?$|^(此致|敬礼)[。！]?$"
)
# What may stand anywhere, and closes a letter where nothing but such words follows: 欢迎继续提出宝贵意见。 ·
# 对本答复如有意见，请与我局联系。 · 祝您身体健康！ · 办复类别定为B类。 · 随函附《意见反馈单》，请…返回。
_PARTING = re.compile(
    r"欢迎[^，。]{0,16}(?:意见|建议|监督|批评|指正|指导|联系)|敬请|恳请|请[^，。]{0,8}(?:谅解|批评|指正|审阅|支持|关心|关注|监督)"
    r"|(?:意见|异议|不妥|疑问|不明|不清楚)[^，。]{0,6}，[^。]{0,6}[请可][^。]*(?:联系|反馈|提出|告知|来电|致电)"
    r"|(?:深表|致以|表示)[^，。]{0,8}(?:谢意|感谢|敬意)|^[顺谨敬恭]?祝|^随[函信]附|意见[^，。]{0,4}[表单][^。]{0,12}(?:返回|退回|寄|交)"
    r"|(?:办复|办理)(?:类别|结果)[^，。]{0,8}(?:定|列|归|划|调整)为\s*[ABC]\s*类|期待[^。]{0,12}(?:关心|支持|监督|意见)"
)
# It tells the reader something: a telephone number, what will be done.
_TELLING = re.compile(r"\d{5}|将|拟|今后|每[季月年半]")
_LONGEST = 90
"""Characters of a sentence that only closes a letter."""
_BEGINNING = 8
"""Sentences in which a letter may say 答复如下."""
_ANSWER = re.compile(r"(?:答|回|函|批)复如下|复函如下|(?:告知|报告|说明|汇报|通报|通知)如下")


def closes(text: str, following: str, alone: bool) -> bool:
    """Whether a sentence closes a letter or is its signature; see ``is_signature`` for the other two."""
    return len(text) < _LONGEST and (
        _CLOSING.search(text) is not None or is_signature(text, following, alone)
    )


def beginning(body: str, found: Sequence[Span]) -> int:
    """How many sentences a letter opens with, up to 现答复如下; its thanks close nothing.

    >>> text = "感谢您的关注。现答复如下：新增36家。"
    >>> beginning(text, [Span(0, 7), Span(7, 13), Span(13, 19)])
    2
    """
    for index, span in enumerate(found[:_BEGINNING]):
        if _ANSWER.search(body, span.start, span.end):
            return index + 1
    return 0


def closing_start(body: str, found: Sequence[Span]) -> int:
    """The index of the first of the sentences at the end that do nothing but close the letter."""
    start = len(found)
    first = beginning(body, found)
    while start > first:
        span = found[start - 1]
        text = body[span.start : span.end]
        parting = len(text) < _LONGEST and _PARTING.search(text) and not _TELLING.search(text)
        alone = body[body.rfind("\n", 0, span.start) + 1 : span.start].strip() == ""
        if not parting and not closes(
            text, body[found[start].start :][:40] if start < len(found) else "", alone
        ):
            break
        start -= 1
    return start
