"""Answers to questions about the documents themselves (``papers_asked``), over all that the catalog holds.

They are never answered from passages that look alike. What is counted is what the catalog holds; the answer
says over how many documents.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date

from policyqa.papers_asked import Entry, Request, about
from policyqa.question import Question
from policyqa.schema import DOCUMENT_TYPE_NAMES, Answer, Citation, Document

SHOWN = 20
"""How many documents an answer lists; the rest is counted."""


def answered(
    question: Question,
    request: Request,
    entries: Sequence[Entry],
    places: Sequence[str],
    issuers: Sequence[str],
    document: Callable[[str], Document | None],
) -> tuple[Answer, tuple[str, ...]]:
    """Answer from the catalog's entries.

    Args:
        places, issuers: what the question names; an issuer decides over its place.
        document: gives a document by its id, to quote from.

    Returns:
        The answer, and the figures in it that were counted here (for ``ground.checked``).
    """
    proposals = request.kinds or request.people or request.outcomes or request.show == "proposers"
    chosen = [
        e
        for e in entries
        if (not request.types or e.document_type in request.types)
        and (not request.years or (e.dated is not None and e.dated.year in request.years))
        and (not issuers or any("、".join(e.issuers) == i or i in e.issuers for i in issuers))
        and (issuers or not places or places[-1] in e.home)
        and (not request.people or any(p in request.people for p in e.proposers))
        and (not request.outcomes or e.outcome in request.outcomes)
        and (request.session is None or request.session in e.sessions)
        and (not request.sort or e.sort == request.sort)
        and (not request.but or e.sort != request.but)
        and (not request.kinds or set(request.kinds) & set(e.kinds))
        and all(about(topic, e.topic) for topic in request.topics)
        and (e.answers or not (proposals or (request.count and "答复" in question.folded)))
    ]
    chosen.sort(key=lambda e: (e.dated or date.min, e.id), reverse=not request.oldest)
    total = len(entries)
    if request.newest or request.oldest:
        chosen = [e for e in chosen if e.dated is not None][:1]
    if not chosen:
        return _none(question, request, total, entries)
    return _listed(question, request, chosen, total, document)


def _none(
    question: Question, request: Request, total: int, entries: Sequence[Entry]
) -> tuple[Answer, tuple[str, ...]]:
    years = sorted({e.dated.year for e in entries if e.dated})
    span = f"，年份为{years[0]}年至{years[-1]}年" if years else ""
    text = f"收录的{total}份文件中没有符合条件的{_named(request)}{span}。"
    return Answer(question.text, "not_found", text, confidence=0.2), ()


def _named(request: Request) -> str:
    if request.kinds or request.people or request.show == "proposers":
        return "提案" if request.kinds != ("suggestion",) else "建议"
    return DOCUMENT_TYPE_NAMES[request.types[0]] if len(request.types) == 1 else "文件"


def _listed(
    question: Question,
    request: Request,
    chosen: Sequence[Entry],
    total: int,
    document: Callable[[str], Document | None],
) -> tuple[Answer, tuple[str, ...]]:
    lines, shorts = [], []
    citations: list[Citation] = []
    for number, entry in enumerate(chosen[:SHOWN], 1):
        found = document(entry.id)
        if found is None:
            continue
        citations += _cite(found, request)
        label = _label(found, request)
        shorts.append(label)
        lines.append(f"{number}. {label}{_note(found, label)}")
    counted: tuple[str, ...] = (f"{len(chosen)}件", f"{total}份")
    if request.newest or request.oldest:
        text = re.sub(r"^1\. ", "", lines[0]) + f"\n（在收录的{total}份文件中按日期查得。）"
        short = shorts[0]
    else:
        rest = len(chosen) - len(lines)
        head = f"共{len(chosen)}件（按目录统计，收录{total}份文件）："
        more = [f"其余{rest}件未列出，可在文件列表中查看。"] if rest > 0 else []
        counted += (f"{rest}件",)
        text = "\n".join([head, *lines, *more])
        listed = "；".join(dict.fromkeys(shorts))
        both = request.count and request.show == "issuers"
        short = f"{len(chosen)}件；{listed}" if both else f"{len(chosen)}件" if request.count else listed
    return Answer(question.text, "answered", text, short, tuple(citations), confidence=0.95), counted


def _label(document: Document, request: Request) -> str:
    if request.show == "proposers":
        names = [n for p in document.proposals for n in p.proposers]
        return "、".join(dict.fromkeys(names)) or document.name
    if request.show == "issuers" and document.issuers:
        return document.issuer
    titles = [f"《{p.title}》" for p in document.proposals if p.title]
    if titles and (request.kinds or request.people or request.outcomes or not document.title):
        return "、".join(titles)
    if document.title or not document.issuers:
        return document.name
    return f"{document.issuer}答复{document.addressee}"


def _note(document: Document, label: str) -> str:
    """Who answered it, under which number, when and with which result."""
    numbers = "、".join(f"第{p.number}号" for p in document.proposals if p.number and p.number not in label)
    people = "、".join(dict.fromkeys(n for p in document.proposals for n in p.proposers))
    people = re.sub(r"等\d+[名位]?(?:委员|代表)?", "等", people)
    day = document.dated
    parts = [
        numbers if document.document_type == "reply" else "",
        people if people not in label else "",
        document.issuer if document.issuer not in label else "",
        document.document_number,
        f"{day.year}年{day.month}月{day.day}日" if day else "",
        f"{document.outcome}类" if document.outcome else "",
    ]
    shown = "，".join(part for part in parts if part)
    return f"（{shown}）" if shown else ""


def _cite(document: Document, request: Request) -> list[Citation]:
    """Where the document bears what is said of it: its title or topic, and the field asked for."""
    wanted = ["proposal_title"] if "proposal_title" in document.located else ["title"]
    if not (request.kinds or request.people or request.outcomes) and "title" in document.located:
        wanted = ["title"]
    if request.outcomes:
        wanted.append("outcome")
    if request.show == "issuers":
        wanted.append("issuer")
    if request.show == "proposers" or request.people or wanted[0] not in document.located:
        wanted.append("addressee")
    if request.newest or request.oldest:
        wanted.append("signed_on")
    spans = [document.located[name] for name in wanted if name in document.located]
    return [Citation(document, (), document.body[s.start : s.end], s.start, s.end) for s in spans]
