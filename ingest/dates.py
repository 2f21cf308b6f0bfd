"""Dates as official documents write them."""

from __future__ import annotations

import re
from datetime import date

from policyqa.numerals import to_number

DATE = re.compile(
    # 2024年6月14日 · ２０２４年６月１４日
    r"(?P<y>[12１２]\d{3})\s*年\s*(?P<m>\d{1,2})\s*月\s*(?P<d>\d{1,2})\s*日"
    # 2024-06-14 · 2024.6.14 · 2024/06/14
    r"|(?P<y2>[12]\d{3})[-－./](?P<m2>\d{1,2})[-－./](?P<d2>\d{1,2})(?!\d)"
    # 二〇二四年六月十四日
    r"|(?P<y3>[一二][〇零○ＯO一二三四五六七八九]{3})年(?P<m3>[一二三四五六七八九十]{1,2})月"
    r"(?P<d3>[一二三四五六七八九十]{1,3})日"
)


def to_date(match: re.Match[str]) -> date | None:
    """The date of a match of ``DATE``; None when there is no such day."""
    written = [part for part in match.groups() if part is not None]
    year, month, day = (to_number(part) for part in written)
    try:
        return date(int(year or 0), int(month or 0), int(day or 0))
    except ValueError:
        return None


def find_date(text: str) -> date | None:
    """The first date in a text.

    >>> find_date("二〇二四年六月十四日"), find_date("成文日期：2024-05-28")
    (datetime.date(2024, 6, 14), datetime.date(2024, 5, 28))
    """
    for match in DATE.finditer(text):
        if found := to_date(match):
            return found
    return None
