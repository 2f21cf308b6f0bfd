"""Text → Document and its passages: head, sections, tail, each with where it was found."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate, pairwise

from ingest.closing import closing_start
from ingest.document_types import document_type, words_of
from ingest.edge_dates import edge_date
from ingest.flat_tables import find_tables
from ingest.formats import RawText
from ingest.head import named_source, read_head
from ingest.headings import numbering
from ingest.lines import Line, is_clutter, split_lines
from ingest.locate import Region, locate_proposals, locate_type
from ingest.messages import answers_message, message_title
from ingest.proposals import Handling, read_handling, read_proposals
from ingest.redactions import redactions
from ingest.sections import read_sections
from ingest.split import split
from ingest.stacked_tables import unstacked
from ingest.tail import read_tail
from policyqa.classes import said_class
from policyqa.schema import Document, Passage, Proposal, Span
from policyqa.text import sentences

VERSION = "52"
"""Raise it when parsing or the reading of figures changes: older files are then read again."""

_ENTITIES = {"&nbsp;": " ", "&emsp;": " ", "&ensp;": " ", "&amp;": "&", "&lt;": "<", "&gt;": ">"}
_INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad]")


def clean(text: str) -> str:
    """What the body is made of: entities of copied web pages and invisible characters resolved."""
    return clean_pages(text, ())[0]


def clean_pages(text: str, pages: Sequence[int]) -> tuple[str, tuple[int, ...]]:
    """``clean`` that also says where the pages begin in what it returns.

    Args:
        pages: offsets into ``text`` at which pages begin, in order.
    """
    pieces = [_resolved(text[start:end]) for start, end in pairwise([0, *pages, len(text)])]
    whole = "".join(pieces)
    body = whole.strip("\n")
    dropped = len(whole) - len(whole.lstrip("\n"))
    starts = accumulate(len(piece) for piece in pieces[:-1])
    return body, tuple(min(max(at - dropped, 0), len(body)) for at in starts)


def _resolved(text: str) -> str:
    for entity, plain in _ENTITIES.items():
        text = text.replace(entity, plain)
    return _INVISIBLE.sub("", text.replace("\u00a0", " "))


def parse(text: str | RawText, source: str) -> tuple[Document, list[Passage]]:
    """Understand the text of one file.

    Args:
        text: as read by a format module, with its pages and how sure the reading is.
        source: the path as ingested, relative to its root.

    Returns:
        The document, whose body is ``unstacked(clean(text))``, and its passages in reading order.
    """
    raw = RawText(text) if isinstance(text, str) else text
    body, pages = clean_pages(raw.text, raw.pages)
    body = unstacked(body)
    lines = split_lines(body)
    head = read_head(lines)
    tail = read_tail(lines, head.end)
    main = [line for line in lines[head.end : tail.start] if not is_clutter(line.text)]
    start = main[0].start if main else len(body)
    end = main[-1].end if main else len(body)
    opening = body[start:end][:600]

    issuers = head.issuers or tail.issuers
    if not issuers and (source_named := named_source(lines)):
        issuers = (source_named[0],)
        head.located["issuer"] = source_named[1]
    proposals: tuple[Proposal, ...] = ()
    found: dict[str, Span] = {}
    message = answers_message(head.addressee, opening)
    if message:
        if not head.title and (called := message_title(opening, start)):
            head.title = body[called.start : called.end]
            head.located["title"] = called
    else:
        proposals, found = read_proposals(head.title, head.addressee, opening, start, body)
    signed_on = tail.signed_on or head.signed_on
    if not (signed_on or head.published_on or tail.published_on or tail.printed_on or head.printed_on) and (
        edge := edge_date(lines, head.end)
    ):
        signed_on, head.located["signed_on"] = edge
    handling = Handling()
    if proposals or message:
        handling = read_handling(opening, start, "、".join(issuers), head.addressee)
    kind = document_type(head.title, opening)
    if kind == "other" and head.masthead:
        kind = document_type(head.masthead, "")
    located = {**tail.located, **handling.located, **head.located, **found}
    if handling.lead:
        # What the letter says goes before the label 承办单位, which a helping agency's letter has too.
        located["lead_unit"] = handling.located["lead_unit"]
    regions = (
        Region.of(body, head.located.get("title")),
        Region.of(body, Span(start, start + len(opening))),
        Region.of(body, head.located.get("addressee")),
    )
    if len(proposals) == 1 and head.proposal_title and not proposals[0].title:
        proposals = (replace(proposals[0], title=head.proposal_title),)
    located = {**locate_proposals(proposals, *regions), **located}
    if said := locate_type(kind, words_of(kind), *regions[:2]):
        located["document_type"] = said
    # Where 一、 or （一） parts the text, a bracket in front of a paragraph is a mark inside of a section.
    numbered = any((found_at := numbering(line.text)) and found_at[0] in (2, 3) for line in main)
    spans = [span for line in _paragraphs(main, body) for span in _sentences(body, line, not numbered)]
    closing = closing_start(body, spans)
    end = spans[closing].start if closing < len(spans) else end
    sections, placed = read_sections(body, spans[:closing], end)
    placed += [(span, (), "tail") for span in spans[closing:]]
    document = Document(
        id="d" + hashlib.sha256(body.encode()).hexdigest()[:16],
        source=source,
        body=body,
        title=head.title,
        document_type=kind,
        issuers=issuers,
        document_number=head.document_number or tail.document_number,
        proposals=proposals,
        addressee=head.addressee,
        signed_on=signed_on,
        published_on=head.published_on or tail.published_on,
        printed_on=tail.printed_on or head.printed_on,
        lead_unit=handling.lead or head.lead_unit,
        co_units=head.co_units or handling.co_units,
        copied_to=tail.copied_to,
        contact=tail.contact,
        note=tail.note,
        attachments=tail.attachments,
        outcome=head.outcome or tail.outcome,
        redactions=redactions(lines),
        sections=sections,
        tables=find_tables(main),
        pages=pages,
        confidence=raw.confidence,
        located=located,
    )
    document = _with_said_class(document)
    return document, split(document, lines[: head.end], placed, lines[tail.start :])


def _with_said_class(document: Document) -> Document:
    """A letter on one proposal whose class stands in a sentence, not in its head or tail."""
    if document.outcome or document.document_type != "reply" or len(document.proposals) != 1:
        return document
    said = said_class(document)
    if said is None:
        return document
    located = {**document.located, "outcome": said[1]}
    return replace(document, outcome=said[0][0], located=located)


# 【现状】我区从2020年起…: a heading in brackets with its text behind it
_BRACKET_RUN_IN = re.compile(r"[ \t\u3000]*【[^】\n]{2,30}】(?=[^\s])")
# 现答复如下：一、工作开展情况。 in a letter of one paragraph
_OPENING_RUN_IN = re.compile(r"如下[：:]\s*(?=(?:[一1][、.．]|[（(][一1][)）]))")


def _sentences(body: str, paragraph: Span, brackets: bool) -> list[Span]:
    """The sentences of a paragraph; a heading that an opening or a text is run into stands alone.

    Args:
        brackets: whether 【现状】 in front of the paragraph is its heading.
    """
    found: list[Span] = []
    for span in sentences(body, paragraph.start, paragraph.end):
        match = _OPENING_RUN_IN.search(body, span.start, span.end)
        if match is None and brackets and span.start == paragraph.start:
            match = _BRACKET_RUN_IN.match(body, span.start, span.end)
        if match:
            found += [Span(span.start, match.end()), Span(match.end(), span.end)]
        else:
            found.append(span)
    return found


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
