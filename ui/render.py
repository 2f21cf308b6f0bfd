"""Answers, conversations and documents as HTML. Pure functions; everything they are given is escaped.

Buttons say what they do in ``data-`` attributes, read by chat.js: ``data-open`` opens a reference,
``data-ask`` asks a question, ``data-close`` closes the document.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from html import escape
from math import floor
from typing import TYPE_CHECKING

from policyqa.provenance import is_invented
from policyqa.schema import DOCUMENT_TYPE_NAMES, Answer, Document, Proposal, Turn
from ui.body import body_html, page_name
from ui.conversation import Conversation, Failure, Reference, Source, bare_answers
from ui.tables import text_html
from ui.unread import unread_html

if TYPE_CHECKING:
    from policyqa.assistant import Failure as Unread

INVENTED = "虚构样例"
"""How a document is marked that says of itself that it is invented."""
DOUBTFUL = 0.9
"""A scan whose reading is less sure than this is marked more strongly."""
_PROPOSAL_KINDS = {"proposal": "提案", "suggestion": "建议", "motion": "议案"}
_DIGITS = "〇一二三四五六七八九"


def header_html(documents: int | None, unread: Sequence[Unread] = ()) -> str:
    """The page's name and what it is; ``documents`` is None while it is not known.

    ``unread`` are the files that could not be read.
    """
    counts = "" if documents is None else f'<span class="pq-count">已收录 <b>{documents}</b> 份文件</span>'
    return (
        '<div class="pq-brand"><span class="pq-seal" aria-hidden="true">答</span>'
        '<div class="pq-names"><h1>政策问答 <small>policyqa</small></h1>'
        '<div class="pq-tagline"><span class="pq-what">从官方文件中找答案，每个数字都标出原句</span>'
        f"{counts}{unread_html(unread)}</div></div></div>"
    )


def status_html(text: str, kind: str) -> str:
    """The model's state beside the name: ``kind`` is ``loading``, ``ready`` or ``failed``."""
    return f'<p class="pq-status pq-{escape(kind)}" role="status">{escape(text)}</p>'


def welcome_html(suggestions: Sequence[str], notice: str = "") -> str:
    """What stands in place of an empty conversation: examples to click, or why there are none."""
    chips = "".join(
        f'<li><button type="button" class="pq-suggestion" data-ask="{escape(question)}">'
        f"{escape(question)}</button></li>"
        for question in suggestions
    )
    examples = f'<p class="pq-try">试着问：</p><ul class="pq-suggestions">{chips}</ul>' if chips else ""
    problem = f'<p class="pq-notice" role="alert">{escape(notice)}</p>' if notice else ""
    return (
        '<div class="pq-welcome"><h2>想查哪项政策、哪个数字？</h2>'
        "<p>用平常的话提问即可。回答只取自已收录的官方文件，并在原文中标出依据；"
        f"文件里没有的，会直接告诉您没有找到。</p>{problem}{examples}</div>"
    )


def caution_html(problem: str = "") -> str:
    """The line under the question box: a standing reminder, or why a question was not taken."""
    if problem:
        return f'<p class="pq-caution pq-problem" role="alert">{escape(problem)}</p>'
    return '<p class="pq-caution">回答摘自已收录的文件，请以文件原文为准。</p>'


def conversation_html(conversation: Conversation, live: str = "") -> str:
    """The whole conversation; ``live`` is the reply under way to ``conversation.pending``."""
    turns = [
        _turn_html(exchange.question, reply_html(exchange.answer, number))
        if isinstance(exchange, Turn)
        else _turn_html(exchange.question, _failure_html(exchange))
        for number, exchange in enumerate(conversation.exchanges)
    ]
    if conversation.pending:
        turns.append(_turn_html(conversation.pending, live))
    # A screen reader waits while aria-busy is on, and then reads the reply once and whole.
    busy = "true" if conversation.pending else "false"
    return (
        f'<div class="pq-log" role="log" aria-live="polite" aria-busy="{busy}" aria-label="对话">'
        f"{''.join(turns)}</div>"
    )


def _turn_html(question: str, reply: str) -> str:
    return (
        f'<section class="pq-turn"><div class="pq-question"><p>{_lines(question)}</p></div>{reply}</section>'
    )


def _failure_html(failure: Failure) -> str:
    return (
        '<div class="pq-reply pq-failed"><span class="pq-tag">出错</span>'
        f'<p class="pq-text">{escape(failure.message)}</p></div>'
    )


def waiting_html(status: str) -> str:
    """A reply that has not begun: what is being done now."""
    return (
        '<div class="pq-reply pq-waiting" role="status"><span class="pq-dots" aria-hidden="true">'
        f"<i></i><i></i><i></i></span>{escape(status)}</div>"
    )


def streaming_html(answer: Answer, length: int) -> str:
    """A reply of which the first ``length`` characters have appeared."""
    return _reply_html(answer, answer.text[:length], "")


def reply_html(answer: Answer, exchange: int) -> str:
    """A finished reply: the bare answer, the sentence, and a chip for each citation.

    ``exchange`` is the place of the answer in its conversation, which its chips refer to.
    """
    chips: list[str] = []
    if answer.status == "not_found":
        label = "最接近的内容（不一定回答您的问题）"
        for index, hit in enumerate(answer.nearest):
            passage = hit.passage
            reference = Reference(exchange, "nearest", index)
            chips.append(_chip_html(reference, passage.document, passage.section, passage.page, passage.text))
    else:
        label = "依据（点击查看原文）"
        for index, citation in enumerate(answer.citations):
            reference = Reference(exchange, "citation", index)
            chips.append(_chip_html(reference, citation.document, citation.section, citation.page))
    sources = f'<p class="pq-label">{label}</p><ol class="pq-chips">{"".join(chips)}</ol>' if chips else ""
    return _reply_html(answer, answer.text, sources)


def _reply_html(answer: Answer, text: str, sources: str) -> str:
    figures = _headline(answer)
    if answer.status == "not_found":
        head = '<span class="pq-tag">未找到</span>'
    elif figures:
        badges = "".join(f"<strong>{escape(figure)}</strong>" for figure in figures)
        head = f'<p class="pq-short">{badges}</p>'
    else:
        head = ""
    return f'<div class="pq-reply pq-{escape(answer.status)}">{head}{text_html(text)}{sources}</div>'


def _headline(answer: Answer) -> tuple[str, ...]:
    """The bare answers to show large; of a comparison only what was computed, the district or the difference.

    Its rows stand in the table below, each with its name.
    """
    parts = bare_answers(answer)
    rows = [line.split("|") for line in answer.text.splitlines() if line.startswith("| ")]
    figures = {row[2].strip() for row in rows if len(row) > 2}
    return tuple(part for part in parts if part not in figures) or parts


def _chip_html(
    reference: Reference, document: Document, section: Sequence[str], page: int | None, quote: str = ""
) -> str:
    """A button that opens a place of a document; ``quote`` shows the place itself."""
    number = reference.index + 1
    invented = INVENTED if is_invented(document) else ""
    number_written = "" if quote else document.document_number
    origin = [invented, document.issuer, number_written, _day(document.dated), page_name(page)]
    meta = " · ".join(part for part in origin if part)
    if quote:
        shown = [("quote", quote), ("meta", document.name), ("meta", meta)]
    else:
        shown = [("name", document.name), ("meta", section[-1] if section else ""), ("meta", meta)]
    about = "".join(f'<span class="pq-{name}">{escape(text)}</span>' for name, text in shown if text)
    kind = "接近的内容" if reference.kind == "nearest" else "引用"
    label = "，".join(part for part in (f"打开{kind} {number}：{quote or document.name}", meta) if part)
    return (
        f'<li><button type="button" class="pq-chip" data-open="{reference}" aria-label="{escape(label)}">'
        f'<span class="pq-number" aria-hidden="true">{number}</span>'
        f'<span class="pq-about">{about}</span></button></li>'
    )


def empty_document_html(text: str) -> str:
    """The document panel while no document is open."""
    return (
        f'<div class="pq-nodoc"><div class="pq-sheet-icon" aria-hidden="true">{"<i></i>" * 4}</div>'
        f"<h2>文件原文</h2><p>{escape(text)}</p></div>"
    )


def document_html(source: Source) -> str:
    """The document panel: which place this is, the head of the document, its whole body."""
    document, shown = source.document, source.shown
    active = dict(source.places)[shown]
    marks = [span for _, span in source.places]
    kind = "条最接近的内容" if shown.kind == "nearest" else "处引用"
    note = f"第 {shown.index + 1} {kind}，共 {source.total} {kind[0]}"
    if page := page_name(document.page_at(active.start)):
        note += f" · {page}"
    if document.confidence is not None:
        note += " · 由扫描件识别"  # the table that tells more is scrolled out of sight
    steps = ""
    if source.total > 1:
        back = Reference(shown.exchange, shown.kind, shown.index - 1) if shown.index else None
        last = shown.index + 1 == source.total
        on = None if last else Reference(shown.exchange, shown.kind, shown.index + 1)
        steps = _step_html(back, "上一处", "‹") + _step_html(on, "下一处", "›")
    rows = "".join(
        f'<tr><th scope="row">{escape(name)}</th><td>{escape(value)}</td></tr>'
        for name, value in _facts(document)
    )
    if document.confidence is not None:
        rows += _recognised_html(document.confidence)
    return (
        f'<article class="pq-doc" data-shown="{shown}" data-document="{escape(document.id)}">'
        f'<header class="pq-bar"><div class="pq-where"><h2>{escape(document.name)}</h2>'
        f'<p class="pq-note">{note}</p></div>{steps}'
        '<button type="button" class="pq-close" data-close aria-label="关闭文件原文">×</button></header>'
        '<div class="pq-scroll" tabindex="0" role="region" aria-label="文件原文，可滚动">'
        f'<table class="pq-facts"><tbody>{rows}</tbody></table>'
        f'<div class="pq-body">{body_html(document, marks, active, source.figures)}</div></div></article>'
    )


def _step_html(reference: Reference | None, label: str, sign: str) -> str:
    target = f'data-open="{reference}"' if reference else "disabled"
    return f'<button type="button" class="pq-step" {target} aria-label="{label}">{sign}</button>'


def _facts(document: Document) -> list[tuple[str, str]]:
    """What the head of the document says, as rows of a name and a value; absent ones left out."""
    proposers = [name for proposal in document.proposals for name in proposal.proposers]
    addressed = any(name in document.addressee for name in proposers)
    signed = document.signed_on
    rows = [
        ("说明", f"{INVENTED}：地名、机构和数据均非真实" if is_invented(document) else ""),
        ("标题", document.name),
        ("类型", "" if document.document_type == "other" else DOCUMENT_TYPE_NAMES[document.document_type]),
        ("发文机关", document.issuer),
        ("主办单位", "" if document.lead_unit in document.issuers else document.lead_unit),
        ("文号", document.document_number),
        ("成文日期", _day(signed)),
        ("印发日期", _day(document.printed_on)),
        ("公开日期", "" if signed else _day(document.published_on)),
        ("提案", "；".join(_proposal(proposal) for proposal in document.proposals)),
        ("提案人", "、".join(dict.fromkeys(proposers))),
        ("主送", "" if addressed else document.addressee),
        ("办理结果", document.outcome),
        ("来源文件", document.source if document.title else ""),
    ]
    return [(name, value) for name, value in rows if value]


def _recognised_html(confidence: float) -> str:
    """The row of a scan: how sure its reading is, rounded down, so that 99.6 % is not called certain."""
    doubtful = confidence < DOUBTFUL
    text = f"由扫描件识别（平均置信度 {floor(confidence * 100 + 1e-9)}%），"
    text += "置信度较低，可能有错字，引用前务必核对原件" if doubtful else "请核对原件"
    look = "pq-recognised pq-doubtful" if doubtful else "pq-recognised"
    return f'<tr class="{look}"><th scope="row">识别</th><td>{text}</td></tr>'


def _proposal(proposal: Proposal) -> str:
    """A proposal as letters write it: 十五届三次会议第035号提案《关于…》."""
    term = f"{_chinese(proposal.term)}届" if proposal.term else ""
    session = f"{_chinese(proposal.session)}次会议" if proposal.session else ""
    number = f"第{proposal.number}号" if proposal.number else ""
    title = f"《{proposal.title}》" if proposal.title else ""
    return f"{term}{session}{number}{_PROPOSAL_KINDS[proposal.kind]}{title}"


def _chinese(number: int) -> str:
    """A number under 100 as terms and sessions are written.

    >>> _chinese(3), _chinese(10), _chinese(15), _chinese(20), _chinese(121)
    ('三', '十', '十五', '二十', '121')
    """
    if not 0 < number < 100:
        return str(number)
    tens, ones = divmod(number, 10)
    return ("" if not tens else "十" if tens == 1 else f"{_DIGITS[tens]}十") + (_DIGITS[ones] if ones else "")


def _day(day: date | None) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if day else ""


def _lines(text: str) -> str:
    return escape(text.strip()).replace("\n", "<br>")
