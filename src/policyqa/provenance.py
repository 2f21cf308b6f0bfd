"""Whether a document says of itself that it is invented.

The samples that come along say so in a line of their own. Their figures are of no real place: the
page marks them, and where a question leaves the place open, real documents answer first.
"""

from __future__ import annotations

import re
from functools import lru_cache

from policyqa.schema import Document

_LONGEST = 60
"""Characters of such a line; a sentence about 虚构交易 is longer."""
_ENDS = 3
"""Among how many lines at either end of a document it stands."""
_SAMPLE = re.compile(r"(?=.*(样例|示例|样本|练习))(?=.*虚构)")
# A line of its own in brackets or behind a mark may say it in other words. To take a real document for
# an invented one is worse than to miss one: no title (虚拟电厂), no condition (如有编造，承担责任).
_APART = re.compile(r"[（(【〔\[※▲*]|——")
_INVENTED = re.compile(
    r"虚构|杜撰|编造|编拟|臆造|捏造|虚设|假托|假想|仿写|子虚乌有|非真实|不真实"
    r"|(?:虚拟|模拟)(?:样|例|文|材料|公文|公报)|(?:为|属)虚拟|不(?:是|代表)[^，。]{0,8}真实"
)
_CONDITION = re.compile(r"如|若|凡有|一经|责任|举报|查处")


def is_invented(document: Document) -> bool:
    """Whether a line at its end or top declares a document invented, such as （样例，内容虚构）."""
    return _declares(document.body)


@lru_cache(maxsize=4096)
def _declares(body: str) -> bool:
    lines = [line.strip() for line in body.splitlines() if line.strip()]
    if any(len(line) <= _LONGEST and _SAMPLE.search(line) for line in lines if "虚构" in line):
        return True
    return any(
        len(line) <= _LONGEST
        and _APART.match(line)
        and _INVENTED.search(line)
        and not _CONDITION.search(line)
        for line in (*lines[:_ENDS], *lines[-_ENDS:])
    )
