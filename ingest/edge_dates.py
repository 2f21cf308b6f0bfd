"""The day of a document that stands at its edge in no usual place: beside the number of an issue, in front of
the agency that signs, in the bracket below a measure's title.

Only where head and tail have none; a day of which something else is said (起施行, 收到) is none of it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from ingest.dates import DATE, to_date
from ingest.lines import Line
from policyqa.schema import Span

_DAY = re.sub(r"\?P<\w+>", "", DATE.pattern)
# 县统计局　2025年2月14日　第2期 · （2025年1月16日局务会审定） · ——2025年1月9日在市七届人大会议上　市长 …
# · （市发展局2024年9月20日联合印发，…〔2024〕2号）
_ABOVE = re.compile(
    rf"(?:(?:[^，。；：]{{0,40}}[\s　])?(?:{_DAY})(?=[\s　]|$)"
    rf"|[（(—－\s　-]*(?:{_DAY})(?!\s*(?:起|前|后|至|到|收到|[上下]午))"
    rf"|[（(][^。；]{{0,40}}?(?:{_DAY})(?:联合)?(?:印发|公布|发布|通过))"
)
# 2025年7月2日　县农业农村局 · 办复日期：2021年8月12日 · 审签人：…　答复日期：2024年5月30日
_BELOW = re.compile(
    r"(?:^|[\s　])(?:(?:成文|办复|答复|回复|签发|落款|印发|整理)(?:日期|时间)[：:]\s*)?"
    rf"(?:{_DAY})(?=$|[\s　])"
)
_LONGEST = 80
"""Characters of a line that may hold the day of a document."""
_LAST = 6
"""How many of the last lines are looked at."""


def edge_date(lines: Sequence[Line], first: int) -> tuple[date, Span] | None:
    """The day of a document that its head or its last lines give, and where; None without one.

    Args:
        first: the index of the first line below the head.
    """
    for line in lines[:first]:
        if found := _found(_ABOVE.match(line.text), line):
            return found
    for line in reversed(lines[max(first, len(lines) - _LAST) :]):
        if found := _found(_BELOW.search(line.text), line):
            return found
    return None


def _found(match: re.Match[str] | None, line: Line) -> tuple[date, Span] | None:
    if match is None or len(line.text) > _LONGEST or line.text.endswith(("。", "：", ":")):
        return None
    dated = next(DATE.finditer(match.group()), None)
    day = to_date(dated) if dated else None
    if dated is None or day is None:
        return None
    start = line.start + match.start() + dated.start()
    return day, Span(start, start + len(dated.group()))
