"""Questions that name a government work report by its year: 1995年报告说还有多少天.

The year is that of the report, not of what it tells, and 去年 is the year before it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

_YEAR = r"(?P<year>(?:19|20)\d\d)年"
_REPORT = re.compile(
    rf"[（(]?(?:在|按照?|照|据|根据|从|给)?{_YEAR}(?:[这那][次份年]|时|度)?的?(?:国务院|中央|政府|总理|工作|作的?|做的?|提的)*的?报告"
    r"(?:的时候|那[时会]儿?|时)?的?(?:里头?|中|上|口径|说法|总结|讲|说|提(?:到|出|的)?|列(?:了|出)?|称)?(?:的|说)?[）)，,：:]?"
)


@dataclass(frozen=True, slots=True)
class OfReport:
    """A question without the report that it names.

    ``rest`` is what is asked of it, ``given`` about the day on which the report was given.
    """

    rest: str
    given: date


def report_named(text: str) -> OfReport | None:
    """The one report that a question names by its year; None when it names none, or several.

    >>> report_named("1995年报告那天距香港回归还有几天？")
    OfReport(rest='那天距香港回归还有几天？', given=datetime.date(1995, 3, 1))
    >>> report_named("按1981年的报告，消费占多少")
    OfReport(rest='消费占多少', given=datetime.date(1981, 3, 1))
    >>> report_named("1995年粮食减产多少")
    """
    found = list(_REPORT.finditer(text))
    if len({match["year"] for match in found}) != 1:
        return None
    rest = _REPORT.sub("", text).strip("，,：: ")
    return OfReport(rest, date(int(found[0]["year"]), 3, 1)) if rest else None
