"""What stands on the pages of a document: its lines by what they are, its tables as cells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from ingest.headings import numbering
from ingest.parse import parse
from policyqa.schema import Document
from policyqa.tables import cells_of

Kind = Literal[
    "blank", "head", "letterhead", "number", "title", "addressee", "heading", "body", "table", "signature"
]


@dataclass(frozen=True, slots=True)
class Block:
    """A line, or a table (``rows``, the headings first)."""

    kind: Kind
    text: str = ""
    rows: tuple[tuple[str, ...], ...] = ()
    level: int = 0
    """Of a heading, from 1."""


def blocks_of(text: str) -> list[Block]:
    """The blocks of a plain text in reading order, told apart by what parsing finds in it."""
    document, _ = parse(text, "")
    body = document.body
    tables = {t.heading.start: t for t in document.tables}
    inside = {span.start for t in document.tables for span in t.rows}
    starts = [span.start for name, span in document.located.items() if name == "addressee"]
    titles = [span.end for name, span in document.located.items() if name == "title"]
    main = starts[0] if starts else max(titles, default=0)
    found: list[Block] = []
    at = 0
    for line in body.split("\n"):
        plain = line.strip(" \t\u3000\r")
        start = at + len(line) - len(line.lstrip(" \t\u3000\r"))
        at += len(line) + 1
        if start in inside:
            continue
        if not plain:
            found.append(Block("blank"))
        elif start in tables:
            spans = (tables[start].heading, *tables[start].rows)
            found.append(Block("table", rows=tuple(_cells(body[s.start : s.end]) for s in spans)))
        else:
            found.append(_block(plain, start, document, main))
    return _signed(found)


_DATE = re.compile(
    r"\d{4}年\d{1,2}月\d{1,2}日|[二〇○零一二三四五六七八九]{4}年[一二三四五六七八九十]+月[一二三四五六七八九十]+日"
)

_AGENCY = re.compile(r"[局委会室部府]$")


def _signed(blocks: list[Block]) -> list[Block]:
    """The date under a letter and the agencies above it as its signature."""
    lines = [i for i, block in enumerate(blocks) if block.kind != "blank"]
    for place, index in enumerate(lines):
        if blocks[index].kind != "body" or not _DATE.fullmatch(blocks[index].text):
            continue
        blocks[index] = replace(blocks[index], kind="signature")
        for above in reversed(lines[:place]):
            text = blocks[above].text
            if blocks[above].kind != "body" or len(text) > 40 or not _AGENCY.search(text):
                break
            blocks[above] = replace(blocks[above], kind="signature")
    return blocks


def _cells(line: str) -> tuple[str, ...]:
    return tuple(line[span.start : span.end] for span in cells_of(line))


def _block(text: str, start: int, document: Document, main: int) -> Block:
    named: Sequence[tuple[str, Kind]] = (
        ("title", "title"), ("addressee", "addressee"), ("document_number", "number"), ("issuer", "letterhead"),
    )  # fmt: skip
    for name, kind in named:
        span = document.located.get(name)
        meets = span is not None and start < span.end and start + len(text) > span.start
        if meets and (kind != "letterhead" or start < main):
            return Block(kind, text)
    if start < main:
        return Block("head", text)
    numbered = numbering(text)
    if numbered and len(text) <= 40 and text[-1] not in "。；":
        return Block("heading", text, level=numbered[0])
    return Block("body", text)


# Behind these a title goes on in the next line.
_TITLE_BREAK = re.compile(r"(?<=局)|(?<=委员会)|(?<=会议)|(?<=提案的)|(?<=建议的)|(?<=印发)")


def title_lines(text: str, most: int) -> list[str]:
    """A long title in lines that end where a typist ends them.

    Args:
        most: characters of a line.

    >>> title_lines("栖川市教育局对市政协七届四次会议第12号提案的答复", 20)
    ['栖川市教育局', '对市政协七届四次会议第12号提案的答复']
    """
    if len(text) <= most:
        return [text]
    if agency := re.match(r".{3,16}?(?:局|委员会|联合会)(?=对|关于)", text):
        return [agency[0], text[agency.end() :]]
    places = [m.start() for m in _TITLE_BREAK.finditer(text) if 0 < m.start() < len(text)]
    fitting = [at for at in places if max(at, len(text) - at) <= most]
    if not (fitting or places) or re.search(r"\s", text):
        return [text]
    at = min(fitting or places, key=lambda place: abs(place * 2 - len(text)))
    return [text[:at], *title_lines(text[at:], most)]


def printed(blocks: Sequence[Block]) -> list[Block]:
    """Blocks without the blank lines between paragraphs, which stand on no printed page."""
    kept: list[Block] = []
    for before, block, after in zip([None, *blocks[:-1]], blocks, [*blocks[1:], None], strict=True):
        inner = {"body", "heading", "table"}
        if block.kind == "blank" and before and after and {before.kind, after.kind} <= inner:
            continue
        kept.append(block)
    return kept
