"""The body of a document as paragraphs, with cited places marked. Escapes everything it prints."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby, pairwise

from policyqa.schema import Document, Span

_LINE = re.compile(r"[^\r\n]+")
# Columns of a table as text: collapsing their spaces would run the cells together.
_COLUMNS = re.compile(r"\S(\t|[ \u3000]{3,})\S")
# Where each field that was located stands in a printed letter.
_CENTRED = ("title", "document_number")
_SIGNED = ("signed_on",)
_FLUSH = ("addressee", "copied_to", "contact", "note")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of one line whose characters all look the same."""

    text: str
    heading: bool
    figure: bool
    marked: bool
    active: bool
    page: str = ""
    """The name of the page that begins with it, inside of a line; empty when none does."""

    @property
    def html(self) -> str:
        inner = escape(self.text)
        if self.heading:
            inner = f"<strong>{inner}</strong>"
        if self.figure:
            inner = f'<b class="pq-figure">{inner}</b>'
        return page_break_html("span", self.page) + inner

    @property
    def mark(self) -> str:
        """The class of the mark around it; empty for none."""
        return "pq-mark pq-active" if self.active else "pq-mark" if self.marked else ""


def page_name(page: int | None) -> str:
    """
    >>> page_name(2), page_name(None)
    ('第2页', '')
    """
    return f"第{page}页" if page else ""


def page_break_html(tag: str, name: str) -> str:
    """Where a page begins. The name is drawn by the style: it is no text of the document."""
    return f'<{tag} class="pq-page" data-page="{escape(name)}"></{tag}>' if name else ""


def body_html(
    document: Document,
    marks: Sequence[Span] = (),
    active: Span | None = None,
    figures: Sequence[str] = (),
) -> str:
    """The whole body, one ``<p>`` for each line that is not blank, and where its pages begin.

    Args:
        document: its ``sections`` and ``located`` only decide how a line looks.
        marks: cited places; they may overlap, cross lines, and lie outside the body.
        active: the place that was opened, marked more strongly than the others.
        figures: words to bring out where they stand in the active place.
    """
    layers = {
        "heading": list(_headings(document)),
        "figure": list(_find(document.body, active, figures)) if active else [],
        "marked": list(marks),
        "active": [active] if active else [],
    }
    paragraphs = []
    page = 1
    for line in _LINE.finditer(document.body):
        # Indents of the file are replaced by those of the page.
        text = line.group().strip()
        if not text:
            continue
        start = line.start() + line.group().index(text)
        span = Span(start, start + len(text))
        if (begun := document.page_at(start) or 1) > page:
            paragraphs.append(page_break_html("div", page_name(begun)))
        page = document.page_at(span.end - 1) or 1
        paragraphs.append(f'<p class="{_look(document, span, text)}">{_line(document, span, layers)}</p>')
    return "".join(paragraphs)


def _line(document: Document, line: Span, layers: Mapping[str, Sequence[Span]]) -> str:
    """The line, with one mark around all that is marked alike."""
    html = ""
    for mark, pieces in groupby(_pieces(document, line, layers), key=lambda piece: piece.mark):
        inner = "".join(piece.html for piece in pieces)
        html += f'<mark class="{mark}">{inner}</mark>' if mark else inner
    return html


def _pieces(document: Document, line: Span, layers: Mapping[str, Sequence[Span]]) -> Iterator[Piece]:
    """The line, cut wherever a span of any layer begins or ends, and where a page begins."""
    breaks = {offset for offset in document.pages if line.start < offset < line.end}
    edges = {line.start, line.end} | breaks
    for spans in layers.values():
        for span in spans:
            edges |= {edge for edge in (span.start, span.end) if line.start < edge < line.end}
    for start, end in pairwise(sorted(edges)):
        looks = {name: _covered(start, spans) for name, spans in layers.items()}
        page = page_name(document.page_at(start)) if start in breaks else ""
        yield Piece(document.body[start:end], **looks, page=page)


def _find(body: str, place: Span, words: Sequence[str]) -> Iterator[Span]:
    """Where words stand in a place; 6家 does not stand in 36家."""
    for word in words:
        apart = r"(?<![\d.])" if word[:1].isdigit() else ""
        pattern = re.compile(apart + re.escape(word))
        for match in pattern.finditer(body, max(place.start, 0), max(place.end, 0)):
            yield Span(match.start(), match.end())


def _covered(position: int, spans: Sequence[Span]) -> bool:
    return any(span.start <= position < span.end for span in spans)


def _headings(document: Document) -> Iterator[Span]:
    """Where the words of each section's own heading stand, if they open the section."""
    for section in document.sections:
        heading = section.path[-1] if section.path else ""
        if heading and document.body.startswith(heading, section.start):
            yield Span(section.start, section.start + len(heading))


def _look(document: Document, line: Span, text: str) -> str:
    """The class of a line: where a printed letter would put it."""

    def holds(*names: str) -> bool:
        spans = [document.located[name] for name in names if name in document.located]
        return any(span.start < line.end and line.start < span.end for span in spans)

    # The issuer's name above the text is the letterhead, below it the signature.
    is_issuer = text in document.issuers
    below = line.start > len(document.body) // 2
    if holds(*_CENTRED) or (is_issuer and not below):
        return "pq-centred"
    if holds(*_SIGNED) or is_issuer:
        return "pq-signed"
    if holds(*_FLUSH):
        return "pq-flush"
    return "pq-columns" if _COLUMNS.search(text) else "pq-par"
