"""Document → passages: one sentence each, with its section, its role, and what is embedded for it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.lines import Line, is_clutter
from ingest.roles import roles
from policyqa.evidence import leading
from policyqa.schema import Document, Passage, Role, Span
from policyqa.tables import spoken, table_at

_NUMBERING = re.compile(
    r"^(第[一二三四五六七八九十百]+[章条]|[（(]?[一二三四五六七八九十\d]{1,3}[)）]?[、.．]?|[①-⑳])\s*"
)


def split(
    document: Document,
    head: Sequence[Line],
    placed: Sequence[tuple[Span, tuple[str, ...], Role]],
    tail: Sequence[Line],
) -> list[Passage]:
    """The passages of a document in reading order: head, sentences, tail.

    Args:
        head: the lines above the main text.
        placed: the sentences of the main text with their section path and its role.
        tail: the lines below the main text.
    """
    body = document.body
    found: list[tuple[Span, tuple[str, ...], Role]] = []
    title = document.located.get("title")
    for above in head:
        if title is not None and title.start <= above.start < title.end:
            if above.start == title.start:
                found.append((title, (), "head"))
        elif not is_clutter(above.text):
            found.append((above.span, (), "head"))
    year = document.dated.year if document.dated else None
    said = zip(placed, roles(body, placed, year), strict=True)
    found += [(span, path, role) for (span, path, _), role in said]
    found += [(line.span, (), "tail") for line in tail if not is_clutter(line.text)]
    return [
        Passage(f"{document.id}:{ordinal}", document, span.start, span.end, path, role, ordinal)
        for ordinal, (span, path, role) in enumerate(found)
    ]


def embedded_text(passage: Passage) -> str:
    """What is embedded for a passage: issuer, topic and heading in front, so that it stands alone.

    The topic is the title of the proposal where there is one, for 关于…第035号提案的答复函 names none.
    """
    document = passage.document
    topic = document.proposals[0].title if document.proposals else ""
    heading = _NUMBERING.sub("", passage.section[-1]) if passage.section else ""
    context = " ".join(part for part in (document.issuer, topic or document.title, heading) if part)
    table = table_at(document, passage.start)
    text = spoken(table, passage.text) if table else re.sub(r"\s*\n\s*", "", passage.text)
    text = ("" if table else leading(passage)) + text
    return f"{context}：{text}" if context else text
