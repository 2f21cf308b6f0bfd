"""The files that an ingest could not read, as HTML: how many, and on opening which, why and what to do."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING

from policyqa.unread import told

if TYPE_CHECKING:
    from policyqa.assistant import Failure


def unread_html(unread: Sequence[Failure]) -> str:
    """The count, which opens to a list; nothing when every file was read."""
    if not unread:
        return ""
    return (
        f'<details class="pq-unread"><summary>{len(unread)} 个文件未能读取</summary>'
        f'<ul tabindex="0" aria-label="未能读取的文件">{"".join(map(_row, unread))}</ul></details>'
    )


def _row(failure: Failure) -> str:
    reason, step = told(failure.error)
    return (
        f"<li><b>{escape(failure.source)}</b><span>{reason}。{step}。</span>"
        f"<small>{escape(failure.error)}</small></li>"
    )
