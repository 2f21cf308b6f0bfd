"""The nouns of policyqa. Frozen values; nothing here reads, searches or decides.

Offsets are Python string offsets into ``Document.body`` (code points, end exclusive), so that
``document.body[start:end]`` is what stands in the document.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal

DocumentType = Literal["reply", "policy", "report", "notice", "other"]
ProposalKind = Literal["proposal", "suggestion", "motion"]
Role = Literal["head", "body", "claim", "commitment", "tail"]
"""What a passage is in its letter: ``claim`` is the asker's position, not the agency's."""
Aspect = Literal["level", "new", "cumulative", "growth", "share", "rank", "change"]
Status = Literal["answered", "not_found"]

DOCUMENT_TYPE_NAMES: Mapping[str, str] = {
    "reply": "答复函",
    "policy": "政策文件",
    "report": "报告",
    "notice": "通知",
    "other": "其他",
}
"""The Chinese word for each document type, as shown to users."""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch ``body[start:end]`` of a document."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Proposal:
    """The proposal (提案), suggestion (建议) or motion (议案) that a letter replies to.

    ``number`` keeps the written form ("035"); ``term`` and ``session`` are 届 and 次会议.
    """

    number: str = ""
    kind: ProposalKind = "proposal"
    title: str = ""
    term: int | None = None
    session: int | None = None
    proposers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A numbered part of a document; ``path`` holds the headings from the outermost to its own."""

    path: tuple[str, ...]
    start: int
    end: int
    role: Role = "body"


@dataclass(frozen=True, slots=True)
class Table:
    """A table that was flattened to lines: its headings, where they stand, and its rows.

    A unit noted above the table (单位：个) is added to the headings that it holds for; ``title`` is the
    line above, empty when it is not the table's.
    """

    headings: tuple[str, ...]
    heading: Span
    rows: tuple[Span, ...]
    title: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """One official document as parsed. Absent fields are empty or None, never guessed.

    ``source`` is the path as ingested, relative to its root. ``located`` says where in ``body``
    a field was found (``"issuer"``, ``"document_number"``, ``"signed_on"``, …). ``lead_unit`` is the
    agency that leads the handling (主办) when the letter's issuer only helps; ``co_units`` are those that
    help. ``redactions`` are the places that were blotted out or left out: XX, （本文有删减）.

    ``pages`` holds the offset in ``body`` at which each page begins, empty for a file without pages;
    ``confidence`` is how sure the reading of a scan is, 0..1, None for real text.
    """

    id: str
    source: str
    body: str
    title: str = ""
    document_type: DocumentType = "other"
    issuers: tuple[str, ...] = ()
    document_number: str = ""
    proposals: tuple[Proposal, ...] = ()
    addressee: str = ""
    signed_on: date | None = None
    published_on: date | None = None
    printed_on: date | None = None
    lead_unit: str = ""
    co_units: tuple[str, ...] = ()
    copied_to: tuple[str, ...] = ()
    contact: str = ""
    note: str = ""
    attachments: tuple[str, ...] = ()
    outcome: str = ""
    redactions: tuple[Span, ...] = ()
    sections: tuple[Section, ...] = ()
    tables: tuple[Table, ...] = ()
    pages: tuple[int, ...] = ()
    confidence: float | None = None
    located: Mapping[str, Span] = field(default_factory=dict, hash=False, compare=False)

    @property
    def issuer(self) -> str:
        """All issuers in one string, as on a letterhead of several."""
        return "、".join(self.issuers)

    @property
    def dated(self) -> date | None:
        """The date that relative periods (去年, 今年以来) are resolved by."""
        return self.signed_on or self.printed_on or self.published_on

    @property
    def name(self) -> str:
        """What to call the document: its title, else its source."""
        return self.title or self.source

    def page_at(self, offset: int) -> int | None:
        """The page, from 1, that an offset into ``body`` lies on; None in a file without pages."""
        return max(1, bisect_right(self.pages, offset)) if self.pages else None


@dataclass(frozen=True, slots=True)
class Passage:
    """A slice of a document that search returns: one sentence, never a part of one.

    ``section`` holds the headings above it. ``context`` is what is put in front of the text when
    it is embedded, so that the sentence stands alone. ``figures`` are its figures where the catalog
    has them, None where nobody has read them yet.
    """

    id: str
    document: Document
    start: int
    end: int
    section: tuple[str, ...] = ()
    role: Role = "body"
    ordinal: int = 0
    figures: tuple[Figure, ...] | None = field(default=None, repr=False, compare=False)

    @property
    def text(self) -> str:
        return self.document.body[self.start : self.end]

    @property
    def page(self) -> int | None:
        """The page that it begins on, from 1; None in a file without pages."""
        return self.document.page_at(self.start)


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of a sentence: 36家, 近4000万元, 第6位, 2.3倍.

    ``text`` is the document's own wording with its approximation word; ``start``/``end`` are
    offsets into the sentence. ``value`` is in ``unit`` with magnitudes multiplied out
    (1.28亿元 → 128000000 元). ``indicator`` is the wording around the figure that says what is
    counted, ``inherited`` what earlier pieces of the sentence say; ``name`` is what is counted as a
    person would call it. ``period`` is the wording of the time it speaks of, ``years`` the years of it.
    ``part``: it stands behind 其中 and is a part of a figure before it. ``scope`` is the place or body
    that the sentence says it holds for (全市, 松垭区), empty for that of the issuer.
    """

    text: str
    start: int
    end: int
    value: Decimal
    unit: str
    aspect: Aspect = "level"
    approximation: str = ""
    indicator: str = ""
    inherited: str = ""
    period: str = ""
    years: tuple[int, ...] = ()
    high: Decimal | None = None
    name: str = ""
    part: bool = False
    scope: str = ""

    @property
    def lead(self) -> str:
        """What of its ``indicator`` stands in front of the figure."""
        return self.indicator.partition("▯")[0]


@dataclass(frozen=True, slots=True)
class Hit:
    """A search result; a higher ``score`` is better. ``lanes`` names what found it."""

    passage: Passage
    score: float
    lanes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Citation:
    """The proof of an answer: ``document.body[start:end] == quote``."""

    document: Document
    section: tuple[str, ...]
    quote: str
    start: int
    end: int

    @property
    def page(self) -> int | None:
        """The page that the quote begins on, from 1; None in a file without pages."""
        return self.document.page_at(self.start)


@dataclass(frozen=True, slots=True)
class Answer:
    """What the assistant says.

    ``text`` is what the chat shows, ``short`` the bare answer ("36家"; several joined by "；").
    When ``status`` is ``"not_found"``, ``nearest`` holds the closest passages and ``text`` says
    why they do not answer. ``confidence`` is 0..1.
    """

    question: str
    status: Status
    text: str
    short: str = ""
    citations: tuple[Citation, ...] = ()
    nearest: tuple[Hit, ...] = ()
    confidence: float = 0.0
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Turn:
    """One exchange of a conversation."""

    question: str
    answer: Answer
