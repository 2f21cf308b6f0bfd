"""Markdown: its marks taken off, its tables read as tables."""

from __future__ import annotations

import re
from pathlib import Path

from ingest.formats import RawText
from ingest.formats.text import read_text

SUFFIXES = (".md", ".markdown")

# What a text must hold to be more than plain text under this ending.
_MARKED = re.compile(
    r"^ {0,3}#{1,6}\s|^ {0,3}\|?(?:\s*:?-{2,}:?\s*\|)+|\*\*|^ {0,3}[-*+] |!?\[[^\[\]\n]*\]\(|^>|^```|<[a-z]",
    re.MULTILINE,
)
_MAX_MARKED = 1_000_000
"""Characters from which on a text is taken as it stands; rendering takes some 15 seconds for as many."""
# [text](address) · ![picture](address)
_LINK = re.compile(r"!?\[([^\[\]\n]{0,500})\]\([^()\s]{0,2000}(?:\s\"[^\"\n]{0,200}\")?\)")


def read(path: Path) -> RawText:
    """The text as it is meant to be shown: headings without #, emphasis without **, rows as sentences.

    Raises:
        UnreadableFile: binary data, in no known encoding, too large, or nested beyond reason.
        OSError: passed on.
    """
    raw = read_text(path)
    if len(raw.text) > _MAX_MARKED or not _MARKED.search(raw.text):
        return raw
    from markdown_it import MarkdownIt

    from ingest.flow import flow, parse_html

    # Lines that editors of letters keep apart are lines here too; four blanks are an indent, no program.
    rules = MarkdownIt("commonmark", {"breaks": True}).enable("table").disable(["code", "lheading"])
    # Looking for the ends of links takes the square of the number of brackets.
    rules.disable(["link", "image", "reference"])
    soup = parse_html(rules.render(_LINK.sub(_named, raw.text)))
    lines = [line.text for line in flow(soup.body or soup)]
    return RawText("\n".join(lines) + "\n", f"markdown, {raw.how}")


def _named(link: re.Match[str]) -> str:
    return "" if link[0].startswith("!") else link[1]
