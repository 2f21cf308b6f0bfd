"""What one browser session remembers: its exchanges, oldest first, and the question under way."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from policyqa.schema import Answer, Document, Span, Turn

ReferenceKind = Literal["citation", "nearest"]


@dataclass(frozen=True, slots=True)
class Failure:
    """A question that ended in an error, with what the user was told."""

    question: str
    message: str


Exchange = Turn | Failure


def bare_answers(answer: Answer) -> tuple[str, ...]:
    """The parts of an answer's ``short``, which joins several by "；"."""
    return tuple(part.strip() for part in answer.short.split("；") if part.strip())


@dataclass(frozen=True, slots=True)
class Reference:
    """Points at one citation, or one nearest passage, of one exchange; written as ``0-citation-1``.

    The written form travels through the browser, so reading it back trusts nothing.
    """

    exchange: int
    kind: ReferenceKind
    index: int

    def __str__(self) -> str:
        return f"{self.exchange}-{self.kind}-{self.index}"

    @classmethod
    def parse(cls, text: object) -> Reference | None:
        """The reference that a text writes, or None.

        >>> Reference.parse("0-citation-1")
        Reference(exchange=0, kind='citation', index=1)
        >>> Reference.parse("0-source-1"), Reference.parse(None), Reference.parse("0-nearest--1")
        (None, None, None)
        """
        match str(text).split("-"):
            case [exchange, "citation" | "nearest" as kind, index] if (exchange + index).isdecimal():
                if exchange and index:
                    return cls(int(exchange), kind, int(index))
        return None


@dataclass(frozen=True, slots=True)
class Source:
    """What the document panel shows: a document and the places of it that one answer points at.

    ``places`` pairs each place with its reference; ``shown`` is the reference that was opened and
    ``total`` counts the references of its kind in the whole answer, other documents included.
    ``figures`` are the bare answers, to be brought out in the place that is shown.
    """

    document: Document
    shown: Reference
    total: int
    places: tuple[tuple[Reference, Span], ...]
    figures: tuple[str, ...] = ()


# Compared by identity: Gradio hashes what a gr.State holds, and a Document cannot be hashed by
# value because of its mapping of places.
@dataclass(frozen=True, eq=False)
class Conversation:
    """The exchanges of one browser session. Frozen: every change is a new value."""

    exchanges: tuple[Exchange, ...] = ()
    pending: str = ""

    @property
    def history(self) -> list[Turn]:
        """The answered turns, as ``ask`` wants them."""
        return [exchange for exchange in self.exchanges if isinstance(exchange, Turn)]

    def asking(self, question: str) -> Conversation:
        return replace(self, pending=question)

    def ended(self, exchange: Exchange) -> Conversation:
        return Conversation((*self.exchanges, exchange))

    def find(self, reference: Reference) -> Source | None:
        """What a reference points at; None when this conversation has no such place."""
        if reference.exchange >= len(self.exchanges):
            return None
        exchange = self.exchanges[reference.exchange]
        if not isinstance(exchange, Turn):
            return None
        found: list[tuple[Document, Span]] = (
            [(c.document, Span(c.start, c.end)) for c in exchange.answer.citations]
            if reference.kind == "citation"
            else [(h.passage.document, Span(h.passage.start, h.passage.end)) for h in exchange.answer.nearest]
        )
        if reference.index >= len(found):
            return None
        document = found[reference.index][0]
        places = tuple(
            (Reference(reference.exchange, reference.kind, index), span)
            for index, (owner, span) in enumerate(found)
            if owner.id == document.id
        )
        return Source(document, reference, len(found), places, bare_answers(exchange.answer))
