"""Answers, hits and documents as plain data for ``--json``; the contract that others script against."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from policyqa.catalog_records import Past, SourceRow
from policyqa.schema import Answer, Aspect, Citation, Document, Figure, Hit, Passage

ASPECT_NAMES: Mapping[Aspect, str] = {
    "level": "数值", "new": "新增", "cumulative": "累计", "growth": "增幅", "share": "占比", "rank": "位次",
    "change": "变化",
}  # fmt: skip
"""The Chinese word for each aspect, as shown to users."""


def document_head(document: Document) -> dict[str, Any]:
    """The head of a document; absent fields are empty or null."""
    return {
        "id": document.id,
        "source": document.source,
        "title": document.title,
        "document_type": document.document_type,
        "issuers": list(document.issuers),
        "document_number": document.document_number,
        "addressee": document.addressee,
        "signed_on": document.signed_on.isoformat() if document.signed_on else None,
        "published_on": document.published_on.isoformat() if document.published_on else None,
        "printed_on": document.printed_on.isoformat() if document.printed_on else None,
        "proposals": [
            {
                "number": p.number, "kind": p.kind, "title": p.title, "term": p.term, "session": p.session,
                "proposers": list(p.proposers),
            }
            for p in document.proposals
        ],
        "lead_unit": document.lead_unit,
        "co_units": list(document.co_units),
        "copied_to": list(document.copied_to),
        "outcome": document.outcome,
        "contact": document.contact,
        "note": document.note,
        "attachments": list(document.attachments),
        "redactions": [document.body[span.start : span.end] for span in document.redactions],
        "confidence": document.confidence,
    }  # fmt: skip


def document_whole(document: Document, passages: Sequence[Passage] = ()) -> dict[str, Any]:
    """A document with its sections, figures and body, and where its fields stand."""
    return {
        **document_head(document),
        "sections": [
            {"path": list(s.path), "start": s.start, "end": s.end, "role": s.role} for s in document.sections
        ],
        "located": {name: [span.start, span.end] for name, span in document.located.items()},
        "pages": list(document.pages),
        "figures": [
            figure_record(passage, figure) for passage in passages for figure in passage.figures or ()
        ],
        "body": document.body,
    }


def figure_record(passage: Passage, figure: Figure) -> dict[str, Any]:
    """A figure with the sentence it stands in; offsets are those of the document's body."""
    return {
        "indicator": figure.name,
        "text": figure.text,
        "value": str(figure.value),
        "high": None if figure.high is None else str(figure.high),
        "unit": figure.unit,
        "aspect": figure.aspect,
        "approximation": figure.approximation,
        "period": figure.period,
        "years": list(figure.years),
        "part": figure.part,
        "scope": figure.scope,
        "start": passage.start + figure.start,
        "end": passage.start + figure.end,
        "page": passage.page,
        "sentence": passage.text,
    }


def figure_line(figure: Figure) -> str:
    """A figure in one line for the terminal: 新增　市级中小企业　36家　2023年."""
    marks = [ASPECT_NAMES[figure.aspect], figure.name, figure.text, figure.period, figure.scope]
    marks += ["其中"] if figure.part else []
    return "　".join(re.sub(r"\s+", "", mark) for mark in marks if mark)


def source_file(row: SourceRow) -> dict[str, Any]:
    """A file that a document came from, and what its reader said."""
    return {
        "source": row.source,
        "folder": row.root,
        "state": row.state or "current",
        "read_at": row.read_at,
        "how": row.how,
        "confidence": row.confidence,
        "notices": list(row.notices),
        "error": row.error,
    }


def earlier(past: Past) -> dict[str, Any]:
    """An earlier version of a document."""
    return {
        "replaced_at": past.replaced_at,
        "folder": past.root,
        "file_hash": past.file_hash,
        **document_head(past.document),
        "body": past.document.body,
    }


def citation(value: Citation) -> dict[str, Any]:
    return {
        "source": value.document.source,
        "document": {
            "id": value.document.id,
            "title": value.document.title,
            "issuer": value.document.issuer,
            "document_number": value.document.document_number,
            "signed_on": value.document.signed_on.isoformat() if value.document.signed_on else None,
        },
        "section": list(value.section),
        "quote": value.quote,
        "start": value.start,
        "end": value.end,
        "page": value.page,
    }


def hit(value: Hit) -> dict[str, Any]:
    passage = value.passage
    return {
        "source": passage.document.source,
        "text": passage.text,
        "score": round(value.score, 6),
        "section": list(passage.section),
        "start": passage.start,
        "end": passage.end,
        "page": passage.page,
        "issuer": passage.document.issuer,
        "title": passage.document.title,
        "lanes": list(value.lanes),
    }


def answer(value: Answer) -> dict[str, Any]:
    return {
        "question": value.question,
        "status": value.status,
        "text": value.text,
        "short": value.short,
        "citations": [citation(c) for c in value.citations],
        "nearest": [hit(h) for h in value.nearest],
        "confidence": round(value.confidence, 4),
        "seconds": value.seconds,
    }
