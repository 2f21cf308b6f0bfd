"""Whether a document says of itself that it is invented.

The samples that come along say so in a line of their own. Their figures are of no real place: the
page marks them, and where a question leaves the place open, real documents answer first.
"""

from __future__ import annotations

import re
from functools import lru_cache

from policyqa.schema import Document

_LONGEST = 60
"""Characters of such a line; a sentence about 虚构交易 is longer and says no 样例."""
_SAYS = re.compile(r"(?=.*(样例|示例|样本|练习))(?=.*虚构)")


def is_invented(document: Document) -> bool:
    """Whether a line of the document declares it an invented sample, such as （样例，内容虚构）."""
    return _declares(document.body)


@lru_cache(maxsize=4096)
def _declares(body: str) -> bool:
    return any(
        len(line) <= _LONGEST and _SAYS.search(line) is not None
        for line in body.splitlines()
        if "虚构" in line
    )
