"""What the catalog gives and takes, and documents as rows and back."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from policyqa.schema import Document, Proposal, Section, Span, Table


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A file that was ingested: where it lies, what it was, and the document it became.

    ``document_id`` is None when no version of the file could ever be read, or when it is an archive;
    ``error`` is the reason of the last failure, empty when the last reading went well. ``state`` is
    empty for a file that is (one of) the sources of its document, ``"gone"`` when it has left its
    archive but not yet been pruned, ``"superseded"`` when ``document_id`` is a newer version of what
    it holds, ``"removed"`` when a user removed its document. ``container`` is the source of the
    archive or e-mail that holds it. ``read_at`` is when it was read or failed, in UTC; ``how``,
    ``confidence`` and ``notices`` are what the reader said of it.
    """

    root: str
    source: str
    size: int
    modified: int
    file_hash: str
    parser: str
    document_id: str | None
    error: str = ""
    state: str = ""
    container: str = ""
    read_at: str = ""
    how: str = ""
    confidence: float | None = None
    notices: tuple[str, ...] = ()

    @property
    def to_read(self) -> bool:
        """Whether what it holds counts again since the newer version left; see ``release``."""
        return self.size < 0


@dataclass(frozen=True, slots=True)
class PassageRow:
    """A passage as stored: its place, and the text that was embedded for it with its hash."""

    id: str
    document_id: str
    ordinal: int
    start: int
    end: int
    section: tuple[str, ...]
    role: str
    embedded: str
    hash: str


@dataclass(frozen=True, slots=True)
class Marks:
    """By what documents are compared: the hash of their wording, issuer with number, and a sketch.

    ``text_key`` is equal for the same letter in another format; ``number_key`` for versions of one
    letter, empty without a number; ``sketch`` is ``policyqa.likeness.sketch`` of the wording.
    """

    text_key: str = ""
    number_key: str = ""
    sketch: bytes = b""


@dataclass(frozen=True, slots=True)
class Past:
    """An earlier version of a document: when it was replaced, and the file it came from."""

    document: Document
    replaced_at: str
    root: str
    file_hash: str


def source_values(row: SourceRow) -> dict[str, Any]:
    """The columns of a file."""
    values = {name: getattr(row, name) for name in SourceRow.__slots__}
    return {**values, "notices": json.dumps(row.notices, ensure_ascii=False)}


def source_from(row: Any) -> SourceRow:
    return SourceRow(**{**row, "notices": tuple(json.loads(row["notices"]))})


def passage_values(row: PassageRow) -> dict[str, Any]:
    """The columns of a passage."""
    values = {name: getattr(row, name) for name in PassageRow.__slots__}
    return {**values, "section": json.dumps(row.section, ensure_ascii=False)}


def passage_from(row: Any) -> PassageRow:
    return PassageRow(**{**row, "section": tuple(json.loads(row["section"]))})


def document_values(document: Document) -> dict[str, Any]:
    """The columns of a document, without those of ``Marks``."""

    def plain(value: Any) -> Any:
        if isinstance(value, date):
            return value.isoformat()
        if isinstance(value, (Section, Proposal, Span, Table)):
            return {name: plain(getattr(value, name)) for name in value.__slots__}
        if isinstance(value, tuple):
            return [plain(item) for item in value]
        if isinstance(value, dict):
            return {key: plain(item) for key, item in value.items()}
        return value

    columns = ("id", "source", "body")
    record = {name: plain(getattr(document, name)) for name in Document.__slots__ if name not in columns}
    return {
        "id": document.id,
        "source": document.source,
        "body": document.body,
        "title": document.title,
        "issuer": document.issuer,
        "document_number": document.document_number,
        "document_type": document.document_type,
        "year": document.dated.year if document.dated else None,
        "record": json.dumps(record, ensure_ascii=False),
    }


def document_from(row: Any) -> Document:
    """The document of a row; the row may be one of the history."""
    record = json.loads(row["record"])
    for name in ("signed_on", "published_on", "printed_on"):
        record[name] = date.fromisoformat(record[name]) if record.get(name) else None
    for name in ("issuers", "co_units", "copied_to", "attachments"):
        record[name] = tuple(record[name])
    record["proposals"] = tuple(
        Proposal(**{**p, "proposers": tuple(p["proposers"])}) for p in record["proposals"]
    )
    record["sections"] = tuple(Section(**{**s, "path": tuple(s["path"])}) for s in record["sections"])
    record["tables"] = tuple(
        Table(
            tuple(t["headings"]),
            Span(**t["heading"]),
            tuple(Span(**r) for r in t["rows"]),
            t.get("title", ""),
        )
        for t in record.get("tables", ())
    )
    record["redactions"] = tuple(Span(**span) for span in record.get("redactions", ()))
    record["pages"] = tuple(record.get("pages", ()))
    record["located"] = {key: Span(**span) for key, span in record["located"].items()}
    return Document(id=row.get("id") or row["document_id"], source=row["source"], body=row["body"], **record)
