"""What a document says of itself in labelled words outside its known fields: 索引号：…, 热线电话：….

Read when it is asked for, from the text as it stands, on a line of its own, in a sentence or in a
table of two rows.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from policyqa.schema import Document, Span
from policyqa.text import fold

_PHONE = (
    r"(?:\(?0\d{2,3}\)?-?)?\d{7,8}|\d{3}-\d{7,8}|1\d{10}|[34]00-?\d{3}-?\d{4}|(?<!\d)1(?:0|1|2)\d{3}(?!\d)"
)
# 副局长　皇甫屹: an office and a name, with a blank between them.
_PERSON = r"(?:[㐀-鿿、]{2,20}[ \u3000]{1,2})?[㐀-鿿]{2,4}(?=[ \u3000]|[，。；、)(\n]|$)"
_OFFICE = r"(?:书记|主席|主任|市长|区长|县长|局长|部长|秘书长|组长|委员长|院长|会长)"
_BEGIN = r"(?:[，。；\n]|^)"
_NAMED = r"[㐀-鿿]{2,20}?"
_PATTERNS: Mapping[str, tuple[re.Pattern[str], ...]] = {
    "phone": (
        re.compile(
            rf"(?:热线|咨询|联系|服务|监督|投诉|举报)?(?:电话|热线)[^\n。；，\d]{{0,8}}(?P<value>{_PHONE})"
        ),
        re.compile(rf"(?:拨打|致电)[^\n。；\d]{{0,12}}(?P<value>{_PHONE})"),
        re.compile(rf"联系单位[^\n。；\d]{{2,40}}(?P<value>{_PHONE})"),
    ),
    "person": (
        re.compile(r"(?:联系|经办)人(?:[：:是为]|\s)*(?P<value>[㐀-鿿]{2,4})(?=[，。；、）)\s（(]|$)"),
    ),
    "index": (re.compile(r"索\s*引\s*号\s*[：:]\s*(?P<value>[a-z0-9][a-z0-9/._-]{3,39})"),),
    "message": (
        re.compile(
            r"(?:留言|来信|信件|受理)(?:编)?号(?:码)?[：:为是]?\s*(?P<value>[a-z]{0,4}\d[a-z0-9-]{3,24})"
        ),
    ),
    "approved": (
        re.compile(rf"(?:审?签|签发|审核)(?:发|批)?人?[：:]\s*(?P<value>{_PERSON})"),
        re.compile(
            r"(?:已?经|已?报|呈|请)[^。\n]{0,16}?(?P<value>[㐀-鿿]{2,3}(?:副?(?:主任|局长|区长|县长|市长|书记|秘书长|院长|部长|厅长)))[^。\n]{0,6}(?:审签|审定|签发|签批|审核|同意)"
        ),
    ),
    "in_charge": (
        re.compile(rf"分管(?:领导|负责人|局长|主任)?[：:]\s*(?P<value>{_PERSON})"),
        re.compile(rf"分管(?:领导|负责人)[ \u3000]+(?P<value>{_PERSON})"),
    ),
    "openness": (
        re.compile(
            r"(?:公开方式|公开属性|公开类别|信息公开选项|公开选项|是否公开)\s*[：:]\s*(?P<value>[㐀-鿿]{2,8})"
        ),
        re.compile(r"[(（【\[](?P<value>(?:主动|依申请|不予|此件)?(?:不)?(?:主动)?公开(?:发布)?)[)）】\]]"),
    ),
    # Minutes: 主持：市政协副主席　申屠宁 · 副市长东方屹立在第二会议室主持召开 · 会议由办公室柴念初记录
    "chair": (
        re.compile(rf"主持人?[：:]\s*(?P<value>{_PERSON})"),
        re.compile(rf"由(?P<value>{_NAMED})(?:同志)?主持"),
        re.compile(
            rf"(?:[，。；\n]|^)(?P<value>(?:[㐀-鿿、]{{0,18}}?{_OFFICE})[㐀-鿿]{{2,4}}?)(?:同志)?(?:在[^，。\n]{{2,24}}?)?主持(?=召开|会议|了|并|，)",
            re.M,
        ),
    ),
    "recorder": (
        re.compile(rf"记录(?:人|员)?[：:]\s*(?P<value>{_PERSON})"),
        re.compile(rf"由(?P<value>{_NAMED})(?:同志)?(?:负责)?(?:记录|整理)"),
    ),
    # 2024年3月27日下午，副市长温怀远主持召开 · 时间：2024年3月27日
    "held": (
        re.compile(r"(?:会议)?时\s*间[：:]\s*(?P<value>(?:19|20)\d\d年\d{1,2}月\d{1,2}日)"),
        re.compile(r"(?P<value>(?:19|20)\d\d年\d{1,2}月\d{1,2}日)[^。\n]{0,40}?(?:召开|召集|主持)"),
    ),
    # 第3期（总第217期）
    "issue": (
        re.compile(r"^[^。\n]{0,30}?(?P<value>(?:第\s?\d{1,3}\s?期\s*[(]?\s*)?总第\s?\d{1,4}\s?期)", re.M),
        re.compile(
            r"^[(]?(?:[(\[]?(?:19|20)\d\d[)\]]?年?\s?)?(?P<value>第\s?[\d一二三四五六七八九十]{1,3}\s?期)[)]?(?=\s|$)",
            re.M,
        ),
    ),
    "checker": (re.compile(rf"(?:校对|核对|校核)(?:人)?[：:]\s*(?P<value>{_PERSON})"),),
    "absent": (
        re.compile(r"(?:请假|缺席|未到会)(?:人员|委员|单位)?[：:]\s*(?P<value>[^\n。；]{2,80})"),
        re.compile(
            r"(?:[，。；\n]|^)(?P<value>[^，。；：\n]{2,30}(?:请假|缺席|未到会)[^；。\n]{0,60})", re.M
        ),
    ),
    "sitting_in": (
        re.compile(r"列席(?:人员|单位|会议)?[：:]\s*(?P<value>[^\n。；]{2,120})"),
        re.compile(rf"{_BEGIN}(?P<value>[^，。；：\n]{{2,80}}?)列席", re.M),
    ),
    "attending": (
        re.compile(r"(?:出席|参会|参加)(?:人员|委员|单位|会议|领导)?[：:]\s*(?P<value>[^\n。；]{2,200})"),
        re.compile(r"(?:[。；\n]|^)(?P<value>[^。；：\n]{2,200}?)(?:等?(?:同志)?)?出席", re.M),
    ),
    # 答：《细则》（渚人社规〔2025〕2号）2025年4月28日印发: of what a document explains
    "explained": (re.compile(r"[》〉]\s*\((?P<value>[㐀-鿿]{2,8}\(\d{4}\)\d{1,4}号)\)"),),
    "repealed": (
        re.compile(
            r"(?P<value>《[^《》]{3,60}》(?:\s*\([^()]{0,8}[^()]*\(?\d{4}\)?[^()]{0,8}号\))?)[^。；\n《》]{0,8}(?:停止执行|废止|失效|作废)"
        ),
        re.compile(
            r"(?P<value>[㐀-鿿]{1,8}\(\d{4}\)第?\d{1,4}号)文?(?:件)?[^。；\n]{0,8}(?:停止执行|废止|失效|作废)"
        ),
    ),
}


def found(document: Document, name: str) -> tuple[Span, Span] | None:
    """Where a document says it: the span of the value and that of its line or sentence."""
    body = document.body
    folded = fold(body)
    for pattern in _PATTERNS[name]:
        match = pattern.search(folded)
        if match is not None:
            start = max(folded.rfind(mark, 0, match.start()) for mark in "\n。") + 1
            ends = [at for mark in "\n。" if (at := folded.find(mark, match.end())) >= 0]
            return Span(*match.span("value")), Span(start, min(ends, default=len(body)))
    return _in_table(body, folded) if name == "index" else None


def _in_table(body: str, folded: str) -> tuple[Span, Span] | None:
    """索引号 as the heading of a column, its value in the row below."""
    head = re.search(r"^.*索\s*引\s*号.*$", folded, re.M)
    if head is None or head.end() + 1 >= len(body):
        return None
    end = folded.find("\n", head.end() + 1)
    row = Span(head.end() + 1, end if end >= 0 else len(body))
    cells = list(re.finditer(r"[^|｜\t]+", folded[row.start : row.end]))
    column = next(
        (i for i, cell in enumerate(re.split(r"[|｜\t]", head.group())) if "索" in cell and "号" in cell), 0
    )
    if column >= len(cells):
        return None
    text = cells[column].group()
    start = row.start + cells[column].start() + len(text) - len(text.lstrip())
    value = Span(start, start + len(text.strip()))
    return (value, row) if any(c.isdigit() for c in text) else None


def said(document: Document, name: str) -> str:
    """The value, as the document writes it; empty when it does not say."""
    where = found(document, name)
    return document.body[where[0].start : where[0].end] if where else ""


def place(document: Document, name: str) -> Sequence[Span]:
    """The line or sentence that says it, as proof."""
    where = found(document, name)
    return [where[1]] if where else []
