"""What the tests do to a page, and what they measure in it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fake_assistant import FakeAssistant

WIDE = {"width": 1440, "height": 900}
NARROW = {"width": 390, "height": 844}
PATIENCE = 20_000
"""Milliseconds until a missing element fails a test; the machine may be busy."""

Serve = Callable[[FakeAssistant], str]
OpenPage = Callable[..., Any]


def ask(page: Any, question: str, turn: int = 1) -> Any:
    """Type a question and send it; the finished reply of the given turn, counted from one."""
    box = page.get_by_label("问题", exact=True)
    box.fill(question)
    box.press("Enter")
    return reply(page, turn)


def reply(page: Any, turn: int = 1) -> Any:
    """The reply of a turn, once the conversation is at rest."""
    page.wait_for_selector(f".pq-log[aria-busy=false] .pq-turn:nth-child({turn}) .pq-reply")
    return page.locator(f".pq-turn:nth-child({turn}) .pq-reply")


def wait_for_document(page: Any, shown: str) -> Any:
    """The open document, once it shows the place of that reference and has scrolled to it."""
    page.wait_for_selector(f'.pq-doc[data-shown="{shown}"]')
    page.wait_for_function(MARK_IN_VIEW)
    return page.locator(".pq-doc")


MARK_IN_VIEW = """() => {
  const mark = document.querySelector(".pq-active")?.getBoundingClientRect();
  const pane = document.querySelector(".pq-scroll")?.getBoundingClientRect();
  return Boolean(mark && pane && mark.height > 0 && mark.top >= pane.top && mark.bottom <= pane.bottom
    && mark.top >= 0 && mark.bottom <= innerHeight);
}"""
SCROLLS_SIDEWAYS = """() => document.documentElement.scrollWidth > innerWidth
  || [...document.querySelectorAll("#pq-conversation, .pq-scroll")]
    .some(e => e.scrollWidth > e.clientWidth)"""
