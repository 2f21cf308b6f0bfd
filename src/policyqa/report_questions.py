"""Single questions on the report page: expected, said, quotes, and the cited documents with their marks."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

from policyqa.comparison import Row
from policyqa.evaluate import Result
from policyqa.gold import Gold
from policyqa.report_words import KINDS, percent
from policyqa.schema import Document

QUOTES = 3
"""How many citations of an answer are shown."""


class Sources:
    """The documents that the page refers to: gives links, then the printed texts with marks.

    Args:
        documents: by source.
    """

    def __init__(self, documents: Mapping[str, Document]) -> None:
        self._documents = documents
        self._marks: dict[str, dict[tuple[int, int], str]] = {}

    def quote(self, source: str, quote: str) -> str:
        """A quote with a link to its place in the document, as HTML."""
        document = self._documents.get(source)
        name = escape(source)
        if document is not None:
            name = (
                f'<a href="#{self._place(document, quote)}">{escape(document.name)}</a> <span>{name}</span>'
            )
        return f"<blockquote>{escape(quote)}<cite>{name}</cite></blockquote>"

    def _place(self, document: Document, quote: str) -> str:
        marks = self._marks.setdefault(document.source, {})
        number = list(self._marks).index(document.source)
        start = document.body.find(quote)
        if start < 0 or not quote:
            return f"d{number}"
        return marks.setdefault((start, start + len(quote)), f"d{number}-{len(marks)}")

    def printed(self) -> str:
        """The texts of all documents referred to, the places linked to marked, as HTML."""
        return "".join(
            f'<article id="d{number}"><h3>{escape(self._documents[source].name)}</h3>'
            f'<p class="note">{escape(source)}</p>'
            f'<div class="body">{_marked(self._documents[source].body, marks)}</div></article>'
            for number, (source, marks) in enumerate(self._marks.items())
        )


def _marked(body: str, marks: Mapping[tuple[int, int], str]) -> str:
    """A body with marks; of marks that overlap the later ones only get their target."""
    pieces, at = [], 0
    for (start, end), name in sorted(marks.items()):
        if start < at:
            pieces.append(f'<a id="{name}"></a>')
            start = at
        pieces.append(escape(body[at:start]))
        if end > start:
            pieces.append(f'<mark id="{name}">{escape(body[start:end])}</mark>')
        at = max(at, end)
    return "".join([*pieces, escape(body[at:])])


def miss(result: Result, sources: Sources) -> str:
    """A question that was not answered rightly, folded up."""
    answer, gold = result.answer, result.gold
    quotes = "".join(sources.quote(c.document.source, c.quote) for c in answer.citations[:QUOTES])
    said = answer.short or answer.text if answer.status == "answered" else answer.text
    verdict = _verdict(gold, answer.status == "answered")
    return (
        f"<details><summary>{_tag(result)}{escape(gold.question)}"
        f'<em><b class="{verdict[0]}">{verdict[1]}</b> 把握{percent(answer.confidence)}</em></summary>'
        f"{_before(gold)}<dl><dt>应为</dt><dd>{_expected(gold, sources)}</dd>"
        f"<dt>答为</dt><dd>{_said(said, answer.status)}{quotes}</dd><dt>编号</dt><dd>{escape(gold.id)}</dd></dl></details>"
    )


def turned(row: Row, result: Result, sources: Sources) -> str:
    """A question that an earlier run answered rightly and this one wrongly, or the reverse."""
    gold, answer = result.gold, result.answer
    verdict = ("right", "答对") if result.right else _verdict(gold, answer.status == "answered")
    if result.right and gold.status == "not_found":
        verdict = ("right", "拒答")
    quotes = "".join(sources.quote(c.document.source, c.quote) for c in answer.citations[:1])
    return (
        f'<details><summary>{_tag(result)}{escape(gold.question)}<em><b class="{verdict[0]}">{verdict[1]}</b>'
        f"</em></summary>{_before(gold)}<dl><dt>应为</dt><dd>{_expected(gold, sources)}</dd>"
        f"<dt>上次</dt><dd>{_said(row.get('short') or row.get('text', ''), row['status'])}</dd>"
        f"<dt>这次</dt><dd>{_said(answer.short or answer.text, answer.status)}{quotes}</dd>"
        f"<dt>编号</dt><dd>{escape(gold.id)}</dd></dl></details>"
    )


def _verdict(gold: Gold, answered: bool) -> tuple[str, str]:
    if not answered:
        return "held", "误拒"
    return "wrong", "答错" if gold.status == "answered" else "应拒而答"


def _tag(result: Result) -> str:
    return f'<span class="kind">{escape(KINDS.get(result.kind, result.kind).removeprefix("无答案："))}</span>'


def _before(gold: Gold) -> str:
    asked = "".join(f"<li>{escape(question)}</li>" for question in gold.history)
    return f'<ol class="before">{asked}</ol>' if asked else ""


def _said(text: Any, status: str) -> str:
    return (
        escape(str(text)) if status == "answered" else f'<span class="held">拒答：{escape(str(text))}</span>'
    )


def _expected(gold: Gold, sources: Sources) -> str:
    if gold.status != "answered":
        return "拒答（文件中没有答案）"
    pieces = escape("；".join(part[0] for part in gold.parts))
    return pieces + "".join(sources.quote(source, quote) for source, quote in gold.evidence)
