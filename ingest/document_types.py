"""What kind of document a title and an opening say it is."""

from __future__ import annotations

import re

from policyqa.schema import DocumentType

_TYPES: tuple[tuple[str, DocumentType], ...] = (
    (r"(答\s*复|复\s*函|会办意见|回复|的函)", "reply"),
    (r"印发.*(办法|方案|细则|意见|规定|规划|计划|标准|措施)", "policy"),
    (r"(通知|通告|公告|公示)(?:[（(].*[）)])?$", "notice"),
    (
        r"(报告|总结|简报|公报|通报|快报|月报|年报|情况|说明|(?<![代外发附年])表)(?:[（(].*[）)])?$|工作总结",
        "report",
    ),
    (r"(办法|方案|细则|规定|条例|规划|计划|要点|措施|标准|意见|指南|清单)(?:[（(].*[）)])?$", "policy"),
)
REPLIES = r"(收悉|答复如下|回复如下|函复如下|[您你]们?提出|您反映|报告如下)"
"""What the opening of a letter that replies says, where it has no title."""


def document_type(title: str, opening: str) -> DocumentType:
    """The type by the title's last words; where they say none, a letter that replies is a reply."""
    for pattern, kind in _TYPES:
        if title and re.search(pattern, title):
            return kind
    # 网友咨询充电桩安装问题: a title that says no type; 报告如下 there begins a report as well.
    replies = REPLIES.replace("|报告如下", "") if title else REPLIES
    return "reply" if re.search(replies, opening) else "other"


def words_of(kind: DocumentType) -> list[str]:
    """The patterns that a title or an opening says a type with."""
    return [pattern for pattern, of in _TYPES if of == kind] + ([REPLIES] if kind == "reply" else [])
