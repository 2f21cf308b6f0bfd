"""Where a document that was read belongs: new, another source of a known one, or a version of one."""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.reading import Found
from policyqa.catalog import Catalog, Marks, SourceRow
from policyqa.likeness import letters, similarity
from policyqa.schema import Document

_VERSIONS_ALIKE = 0.5
"""Versions of one letter have the same title, or at least half of their wording in common."""


def place(catalog: Catalog, row: SourceRow, found: Found) -> bool:
    """Record a file and what was read from it.

    The same letter in two files is one document with two sources: the one with real text and the
    most fields in its head is kept, whatever the order they are read in. A newer version (the same
    issuer and number, a later date, another text) takes the place of the older one, which stays in
    the history; an older one that comes later goes there at once.

    Returns:
        Whether the file became a document of its own, with passages of its own.
    """
    document, marks = found.document, found.marks
    twins: list[Document] = []
    older: list[str] = []
    newer: Document | None = None
    for other, theirs in catalog.like(marks):
        if other.id == document.id or (
            theirs.text_key == marks.text_key and not _contradict(document, other)
        ):
            twins.append(other)
        elif _versions(document, marks, other, theirs):
            assert document.dated is not None
            assert other.dated is not None
            if other.dated < document.dated:
                older.append(other.id)
            elif newer is None or (newer.dated and newer.dated < other.dated):
                newer = other
    if newer is not None:
        catalog.put_source(replace(row, document_id=newer.id, state="superseded"), past=document)
        return False
    mine = _rank(document, found.confidence)
    better = [
        (rank, twin)
        for twin in twins
        if twin.source != document.source and (rank := _rank(twin, _confidence(catalog, twin))) < mine
    ]
    if better:
        best = min(better, key=lambda pair: pair[0])[1]
        if best.id != document.id:
            catalog.put_source(replace(row, document_id=best.id))
            return False
        document = replace(document, source=best.source)
    catalog.put_document(
        replace(row, document_id=document.id),
        document,
        found.passages,
        found.figures,
        marks,
        same=[twin.id for twin in twins if twin.id != document.id],
        older=older,
    )
    return True


def _contradict(one: Document, other: Document) -> bool:
    """Whether two letters of one wording are two: one text may answer several members."""
    pairs = (
        (letters(one.document_number), letters(other.document_number)),
        (letters(one.addressee), letters(other.addressee)),
        (one.signed_on, other.signed_on),
        ({p.number.lstrip("0") for p in one.proposals}, {p.number.lstrip("0") for p in other.proposals}),
    )
    return any(a and b and a != b for a, b in pairs)


def _versions(one: Document, marks: Marks, other: Document, theirs: Marks) -> bool:
    """Whether two texts are versions of one letter, one of them later."""
    if marks.number_key != theirs.number_key or not re.search(r"\d号?$", marks.number_key):
        return False
    if one.dated is None or other.dated is None or one.dated == other.dated:
        return False
    if one.addressee and other.addressee and letters(one.addressee) != letters(other.addressee):
        return False
    same_title = bool(one.title) and letters(one.title) == letters(other.title)
    return same_title or similarity(marks.sketch, theirs.sketch) >= _VERSIONS_ALIKE


def _rank(document: Document, confidence: float | None) -> tuple[bool, int, str]:
    """Of two copies the one with the smaller rank is kept."""
    return confidence is not None, -len(document.located), document.source


def _confidence(catalog: Catalog, document: Document) -> float | None:
    rows = catalog.sources_of(document.id)
    return next((row.confidence for row in rows if row.source == document.source), None)
