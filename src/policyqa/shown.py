"""A document as lines on a terminal, in the words of those who keep the folder; JSON is in ``output``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from policyqa.schema import DOCUMENT_TYPE_NAMES, Document, Proposal
from policyqa.text import one_line
from policyqa.unread import told, unread_line

if TYPE_CHECKING:
    from policyqa.catalog import Catalog, SourceRow

_NAMED = 20
"""Files that could not be read are named up to this number."""

_KINDS = {"proposal": "提案", "suggestion": "建议", "motion": "议案"}
_READ_AS = {
    "PDF": "PDF", "OFD": "OFD", "OCR": "由图片识别", "docx": "Word 文档", "antiword": "旧版 Word 文档",
    "libreoffice": "旧版文档，经 LibreOffice 转换", "csv": "CSV 表格", "xlsx": "Excel 表格",
    "xls": "旧版 Excel 表格", "ods": "ODS 表格", "markdown": "Markdown 文本", "html": "网页",
    "mhtml": "网页存档", "e-mail": "邮件",
}  # fmt: skip
"""How a file was read: what its reader calls it, and what people call it."""


def row(document: Document) -> str:
    """A document in one line: id, date, file, issuer, number, title."""
    texts = (document.source, document.issuer, document.document_number, document.title)
    return one_line("  ".join([document.id, _day(document.dated), *(text for text in texts if text)]))


def unread(rows: Sequence[SourceRow]) -> Iterator[str]:
    """The files of a store that could not be read, a line each with reason and next step, and where more
    is told of them; nothing when all were read."""
    failed = [row for row in rows if row.error]
    if not failed:
        return
    yield f"{len(failed)} 个文件未能读取："
    for row in failed[:_NAMED]:
        reason, step = told(row.error)
        kept = "（仍用上一次读好的内容）" if row.document_id is not None else ""
        yield one_line(f"  {row.source}：{reason}。{step}。{kept}")
    if len(failed) > _NAMED:
        yield f"  …… 另有 {len(failed) - _NAMED} 个"
    yield "全部文件和详细原因见 policyqa doctor；改好后再收录一次：python -m ingest"


def head(document: Document) -> Iterator[str]:
    """What the head and tail of a document say, a field a line; absent ones left out."""
    for name, value in (
        ("编号", document.id),
        ("文件", document.source),
        ("标题", document.title),
        ("文种", DOCUMENT_TYPE_NAMES[document.document_type]),
        ("发文机关", document.issuer),
        ("发文字号", document.document_number),
        ("主送", document.addressee),
        ("成文日期", document.signed_on and _day(document.signed_on)),
        ("发布日期", document.published_on and _day(document.published_on)),
        ("印发日期", document.printed_on and _day(document.printed_on)),
        *(("提案", _proposal(proposal)) for proposal in document.proposals),
        ("主办", document.lead_unit),
        ("会办", "、".join(document.co_units)),
        ("抄送", "、".join(document.copied_to)),
        ("办理结果", document.outcome),
        ("联系方式", document.contact),
        ("附注", document.note),
        ("附件", "；".join(document.attachments)),
        ("隐去", "、".join(document.body[s.start : s.end] for s in document.redactions)),
    ):
        if value:
            yield f"{name}：{value}"


def files(catalog: Catalog, document_id: str) -> Iterator[str]:
    """The files of a document with how they were read, and its earlier versions."""
    for file in catalog.sources_of(document_id):
        sure = f"识别可信度 {file.confidence:.2f}" if file.confidence is not None else ""
        read = "，".join(filter(None, (f"{local_time(file.read_at)} 读取", read_as(file.how), sure)))
        older = "（旧版本）" if file.state == "superseded" else ""
        yield f"来源：{file.source}{older}（{read}）"
        for notice in file.notices:
            yield f"  注意：{notice}"
        if file.error:
            yield f"  最近一次未能读取：{unread_line(file.error)}"
    for past in catalog.history(document_id):
        yield (
            f"历史：{past.document.source}（{_day(past.document.dated)}）"
            f"{local_time(past.replaced_at)} 被替换，校验值 {past.file_hash[:12]}"
        )


def read_as(how: str) -> str:
    """How a file was read, for people; empty when it was not.

    >>> read_as("PDF, OCR of page 2"), read_as("csv, gb18030"), read_as("utf-8")
    ('PDF，第 2 页由识别得来', 'CSV 表格，编码 gb18030', '文本，编码 utf-8')
    """
    if not how:
        return ""
    parts = how.split(", ")
    told = [_READ_AS[parts.pop(0)] if parts[0] in _READ_AS else "文本"]
    for part in parts:
        if pages := re.fullmatch(r"OCR of page (.+)", part):
            told.append(f"第 {pages[1]} 页由识别得来")
        else:
            told.append("正文由另一种方法找到" if part == "trafilatura" else f"编码 {part}")
    return "，".join(told)


def _proposal(proposal: Proposal) -> str:
    number = f"第{proposal.number}号" if proposal.number else ""
    term = f"{proposal.term}届" if proposal.term else ""
    session = f"{proposal.session}次会议" if proposal.session else ""
    title = f"《{proposal.title}》" if proposal.title else ""
    by = f"（{'、'.join(proposal.proposers)}）" if proposal.proposers else ""
    return f"{term}{session}{number}{_KINDS[proposal.kind]}{title}{by}"


def _day(day: date | None) -> str:
    return day.isoformat() if day else "----------"


def local_time(stamp: str) -> str:
    """2026-11-28T17:06:06+00:00 as the clock on the wall shows it."""
    try:
        return datetime.fromisoformat(stamp).astimezone().strftime("%Y-%m-%d %H:%M")
    except ValueError:
        return stamp
