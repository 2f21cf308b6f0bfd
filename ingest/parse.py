"""Text → Document and its passages: head, sections, tail, each with where it was found."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence

from ingest.flat_tables import find_tables
from ingest.head import document_type, read_co_units, read_head, read_proposals
from ingest.lines import Line, is_clutter, split_lines
from ingest.sections import read_sections
from ingest.split import split
from ingest.tail import read_tail
from policyqa.schema import Document, Passage, Span
from policyqa.text import sentences

VERSION = "4"
"""Raise it when parsing changes: files read by an older parser are read again."""

_ENTITIES = {"&nbsp;": " ", "&emsp;": " ", "&ensp;": " ", "&amp;": "&", "&lt;": "<", "&gt;": ">"}
_INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad]")


def clean(text: str) -> str:
    """What the body is made of: entities of copied web pages and invisible characters resolved."""
    for entity, plain in _ENTITIES.items():
        text = text.replace(entity, plain)
    return _INVISIBLE.sub("", text.replace("\u00a0", " ")).strip("\n")


def parse(text: str, source: str) -> tuple[Document, list[Passage]]:
    """Understand the text of one file.

    Args:
        text: as read by a format module.
        source: the path as ingested, relative to its root.

    Returns:
        The document, whose body is ``clean(text)``, and its passages in reading order.
    """
    body = clean(text)
    lines = split_lines(body)
    head = read_head(lines)
    tail = read_tail(lines, head.end)
    main = [line for line in lines[head.end : tail.start] if not is_clutter(line.text)]
    start = main[0].start if main else len(body)
    end = main[-1].end if main else len(body)
    opening = body[start:end][:600]

    located = {**tail.located, **head.located}
    proposals, found = read_proposals(head.title, head.addressee, opening, start)
    located |= found
    spans = [span for line in _paragraphs(main, body) for span in sentences(body, line.start, line.end)]
    sections, placed = read_sections(body, spans, end)
    document = Document(
        id="d" + hashlib.sha256(body.encode()).hexdigest()[:16],
        source=source,
        body=body,
        title=head.title,
        document_type=document_type(head.title, opening),
        issuers=head.issuers or tail.issuers,
        document_number=head.document_number,
        proposals=proposals,
        addressee=head.addressee,
        signed_on=tail.signed_on or head.signed_on,
        published_on=head.published_on or tail.published_on,
        co_units=read_co_units(opening) if proposals else (),
        copied_to=tail.copied_to,
        contact=tail.contact,
        note=tail.note,
        attachments=tail.attachments,
        outcome=head.outcome or tail.outcome,
        sections=sections,
        tables=find_tables(main),
        located=located,
    )
    return document, split(document, lines[: head.end], placed, lines[tail.start :])


def _paragraphs(main: Sequence[Line], body: str) -> list[Span]:
    """Lines joined where a line break stands inside a sentence, as in hard-wrapped text."""
    paragraphs: list[Span] = []
    widths = sorted(len(line.text) for line in main)
    wrapped = len(widths) > 8 and widths[len(widths) // 2] == max(widths[: -max(1, len(widths) // 10)])
    for line in main:
        last = paragraphs[-1] if paragraphs else None
        broken = last is not None and not re.search(r"[。！？：:；;”》）)]$", body[last.start : last.end])
        if wrapped and broken and last is not None and not line.after_blank:
            paragraphs[-1] = Span(last.start, line.end)
        else:
            paragraphs.append(line.span)
    return paragraphs
