"""The text of an answer as HTML: paragraphs, and the tables that comparisons hold."""

from __future__ import annotations

import re
from html import escape
from itertools import groupby

_ROW = re.compile(r"^\|.*\|$")
_RULE = re.compile(r"^\|(?:\s*:?-+:?\s*\|)+$")


def text_html(text: str) -> str:
    """A text in paragraphs; lines between bars become a table whose first line is its head.

    >>> text_html("甲\\n乙")
    '<p class="pq-text">甲<br>乙</p>'
    """
    blocks = []
    for is_table, lines in groupby(text.strip().split("\n"), key=lambda line: _ROW.match(line) is not None):
        block = list(lines)
        if is_table:
            blocks.append(_table_html(block))
        elif joined := "\n".join(block).strip():
            blocks.append(f'<p class="pq-text">{escape(joined).replace(chr(10), "<br>")}</p>')
    return "".join(blocks) or '<p class="pq-text"></p>'


def _table_html(lines: list[str]) -> str:
    rows = [
        [escape(cell.strip()) for cell in line.strip("|").split("|")]
        for line in lines
        if not _RULE.match(line)
    ]
    if not rows:
        return ""
    head = "".join(f'<th scope="col">{cell}</th>' for cell in rows[0])
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows[1:])
    return f'<div class="pq-table"><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'
