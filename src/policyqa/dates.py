"""Dates in running text, as answers to when: 2023年1月1日, 9月底前, 10月, 2024年三季度."""

from __future__ import annotations

import re
from decimal import Decimal

from policyqa.schema import Figure
from policyqa.text import fold

DATE_UNIT = "日期"
"""The unit that a date gets as a figure, so that dates compete like figures."""

_TIME = r"(?:早上|上午|中午|下午|晚上?|夜间|凌晨|[早晚])?(?<![\d：.])(?:[01]?\d|2[0-4])(?:时(?!代|段|间|长|期|效)(?:[0-5]?\d分|半)?|点(?:[0-5]\d分?|钟|半)?(?![位心名评多\d])|：[0-5]\d(?![\d：]))"
_DATE = re.compile(
    r"(?:(?:19|20)\d{2}\s?年(?:度)?\s?(?:\d{1,2}\s?月(?:\s?\d{1,2}\s?日)?(?:[上中下]旬)?(?:底|末|初)?|[一二三四]季度|上半年|下半年|底|末|初|[春秋]季学期|[春秋]季(?:开学)?|春节|国庆)?"
    r"|(?:[今明去后]年)?(?<![一二三四五六七八九十\d])[一二三四五六七八九十]{1,2}月(?:[一二三四五六七八九十]{1,3}日|[底初末]|[上中下]旬)"
    r"|[今明去后]年(?:\d{1,2}月(?:\d{1,2}日)?(?:底|初|末)?|[一二三四]季度|上半年|下半年|底|末)?"
    r"|\d{1,2}\s?月(?:\s?\d{1,2}\s?日|底|初|末|[上中下]旬)?(?:[-~至到](?:次年|翌年|第二年|当年)?\d{1,2}月(?:\d{1,2}日|底)?)?"
    # 每日7时至22时 · 21时至次日7时 · 末班延后到18:40
    rf"|{_TIME}(?:\s?[-~至到]\s?(?:次日|翌日|第二天|当日)?{_TIME})?"
    r"|(?<![一二三四五六七八九十两几\d])年[底内]|国庆节?(?:前)?|春节(?:前)?"
    r"|[一二][〇零○一二三四五六七八九]{3}年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}日)"
    r"(?:以?前|之前|起|以后|以来)?"
)
_LENGTH = re.compile(
    r"(?:有效期|期限|为期|试行期?|试点期?|建设期)[^，。；]{0,6}?(?P<n>(?:[一二三四五六七八九十两半]+|(?<!\d)\d{1,3})(?:年|个月|天|个工作日))"
)
_CLAUSE = "，；。：！？\n"


def find_dates(sentence: str) -> list[Figure]:
    """The dates and terms of a sentence, each as a figure of unit ``日期``."""
    text = fold(sentence)
    found = []
    spans = [m.span() for m in _DATE.finditer(text)] + [m.span("n") for m in _LENGTH.finditer(text)]
    for start, end in sorted(spans):
        left = max(text.rfind(mark, 0, start) for mark in _CLAUSE) + 1
        right = min([at for mark in _CLAUSE if (at := text.find(mark, end)) >= 0], default=len(text))
        found.append(
            Figure(
                text=sentence[start:end],
                start=start,
                end=end,
                value=Decimal(0),
                unit=DATE_UNIT,
                indicator=f"{sentence[left:start]}▯{sentence[end:right]}",
                inherited=sentence[:left],
            )
        )
    return found
