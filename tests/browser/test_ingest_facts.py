"""What the ingest found out, in a real browser: pages, scans, and files it could not read."""

from __future__ import annotations

from dataclasses import replace

import pytest
from driving import NARROW, SCROLLS_SIDEWAYS, WIDE, OpenPage, Serve, ask, wait_for_document
from fake_assistant import SME, FakeAssistant

from policyqa.assistant import Failure

pytestmark = pytest.mark.browser

INSIDE = """e => {
  const box = e.getBoundingClientRect();
  const top = document.elementFromPoint((box.left + box.right) / 2, (box.top + box.bottom) / 2);
  return box.left >= 0 && box.right <= innerWidth && box.bottom <= innerHeight && e.contains(top);
}"""


@pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["wide", "narrow"])
def test_unread_files_are_listed_in_full_sight_on_opening(
    serve: Serve, open_page: OpenPage, assistant: FakeAssistant, viewport: dict[str, int]
) -> None:
    assistant.unread = [
        Failure(f"{'很长的文件夹名称/' * 6}第{n}份.pdf", "is cut off → replace it", "") for n in range(40)
    ]
    page = open_page(serve(assistant), viewport=viewport)
    listed = page.locator(".pq-unread ul")
    assert not listed.is_visible()
    summary = page.get_by_text("40 个文件未能读取")
    summary.focus()
    page.keyboard.press("Enter")
    assert listed.is_visible()
    assert listed.evaluate(INSIDE)
    assert not page.evaluate(SCROLLS_SIDEWAYS)
    assert "文件不完整或已损坏" in listed.inner_text()
    page.keyboard.press("Enter")
    assert not listed.is_visible()


def test_no_count_of_unread_files_when_there_are_none(serve: Serve, open_page: OpenPage) -> None:
    page = open_page(serve(FakeAssistant()))
    assert page.locator(".pq-unread").count() == 0


def test_a_scan_of_two_pages_tells_where_it_is_and_marks_exactly(
    serve: Serve, open_page: OpenPage, assistant: FakeAssistant
) -> None:
    begun = assistant.letter.body.index("中小企业36家")
    assistant.letter = replace(assistant.letter, pages=(0, begun), confidence=0.85)
    page = open_page(serve(assistant))
    assert "第1页" in ask(page, SME).locator(".pq-chip").inner_text()
    document = wait_for_document(page, "0-citation-0")
    assert document.locator(".pq-note").inner_text() == "第 1 处引用，共 1 处 · 第1页 · 由扫描件识别"
    assert document.locator(".pq-active").inner_text() == "新培育市级“专精特新”中小企业36家，累计达79家。"
    drawn = document.locator(".pq-active .pq-page").evaluate("e => getComputedStyle(e, '::before').content")
    assert "第2页" in drawn
    doubt = document.locator(".pq-doubtful td")
    assert "85%" in doubt.inner_text()
    assert doubt.evaluate("e => getComputedStyle(e).color") == "rgb(179, 38, 30)"
