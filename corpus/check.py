"""Whether a sample in an office format says what its plain text says."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from pathlib import Path

from corpus.plan import Made
from corpus.texts import letter
from corpus.writers.blocks import Block, blocks_of
from ingest.formats import read_file
from ingest.parse import parse

LEAST_ALIKE = 0.995
"""Part of the characters of a scan that must be recognised."""

_HEAD = (
    "title",
    "issuers",
    "document_number",
    "addressee",
    "proposals",
    "signed_on",
    "outcome",
    "document_type",
)
_NUMBER = re.compile(r"\d[\d.,]*%?")


def differences(made: Made, path: Path) -> list[str]:
    """What reading a file gives otherwise than its plain text does; empty when all came back.

    Blanks and line ends do not count. Rows of a table come back as sentences: every cell must stand
    there, row by row. A page of a site may say before the text when it was published. Of a scan,
    ``LEAST_ALIKE`` of the characters must come back, and every figure.
    """
    typed = letter(made.name)
    found, _ = parse(read_file(path).text, path.name)
    expected, _ = parse(typed, path.name)
    lost = [
        f"{name}: {getattr(found, name)!r}, not {getattr(expected, name)!r}"
        for name in _HEAD
        if _squeezed(str(getattr(found, name))) != _squeezed(str(getattr(expected, name)))
    ]
    if [s.path for s in found.sections] != [s.path for s in expected.sections] and not made.recognised:
        lost.append("the sections are others")
    text = _squeezed(found.body)
    if made.recognised:
        return lost + _recognised(_squeezed(expected.body), text)
    return lost + _read(blocks_of(typed), text, made.suffix == ".html")


def _squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def _read(blocks: Sequence[Block], text: str, page: bool) -> list[str]:
    """Texts one behind the other in ``text``, tables between them."""
    at = 0
    before: Block | None = None
    for block in (*blocks, None):
        if block and block.kind in ("blank", "table"):
            before = block if block.kind == "table" else before
            continue
        wanted = _squeezed(block.text) if block else ""
        place = text.find(wanted, at) if block else len(text)
        if block and block.kind == "head" and place < 0:
            # Labels in a table of their own are read with their bars set anew.
            wanted = re.sub(r"[|｜]", "|", wanted)
            place = text.find(wanted, at)
        if place < 0:
            return [f"not found: {wanted[:60]}"]
        between = text[at:place]
        if before:
            if lost := _lost_cells(before, between):
                return [f"not in the sentences of a table: {lost}"]
        elif between and not (page and not at and between.startswith("发布日期：")):
            return [f"was not there: {between[:60]}"]
        at, before = place + len(wanted), None
    return []


def _lost_cells(table: Block, text: str) -> str:
    """A cell of a table that its sentences do not hold in its place."""
    headings, *rows = table.rows
    for name in headings[1:]:
        if _without_unit(name) not in text:
            return name
    at = 0
    for row in rows:
        for cell in row:
            plain = _without_unit(cell)
            if plain in ("—", "-"):
                continue
            place = text.find(plain, at)
            if place < 0:
                return plain
            at = place + len(plain)
    return ""


def _without_unit(cell: str) -> str:
    """签约项目 for 签约项目（个）: the unit goes to the values, as the sign of -5.7% does to its word."""
    return re.sub(r"[（(][^（）()]*[)）]$", "", _squeezed(cell)).lstrip("-－—")


def _recognised(expected: str, found: str) -> list[str]:
    alike = SequenceMatcher(None, expected, found, autojunk=False)
    same = sum(match.size for match in alike.get_matching_blocks()) / max(len(expected), len(found))
    lost = [] if same >= LEAST_ALIKE else [f"only {same:.2%} of the characters are the same"]
    if (right := _NUMBER.findall(expected)) != (read := _NUMBER.findall(found)):
        lost.append(f"figures: {sorted({*read} ^ {*right})}")
    return lost
