"""The page on a telephone: one column, and the document as a sheet over it."""

from __future__ import annotations

from typing import Any

import pytest
from driving import NARROW, SCROLLS_SIDEWAYS, OpenPage, Serve, ask, wait_for_document
from fake_assistant import COMPARED, SME, TWO, UNKNOWN, FakeAssistant

pytestmark = pytest.mark.browser

IN_WINDOW = """e => {
  const box = e.getBoundingClientRect();
  return box.top >= 0 && box.bottom <= innerHeight && box.left >= 0 && box.right <= innerWidth;
}"""


@pytest.fixture
def telephone(serve: Serve, open_page: OpenPage, assistant: FakeAssistant) -> Any:
    return open_page(serve(assistant), viewport=NARROW, has_touch=True)


def test_a_chip_opens_the_sheet_and_the_button_closes_it(telephone: Any) -> None:
    page = telephone
    ask(page, TWO)
    panel = page.locator("#pq-panel")
    assert not panel.is_visible(), "an answer does not cover itself"

    page.locator(".pq-chip").nth(1).tap()
    wait_for_document(page, "0-citation-1")
    assert panel.is_visible()
    assert page.locator(".pq-close").evaluate("e => e === document.activeElement")
    page.get_by_role("button", name="关闭文件原文").tap()
    assert not panel.is_visible()
    assert page.locator(".pq-chip").nth(1).evaluate("e => e === document.activeElement")

    page.locator(".pq-chip").nth(1).tap()
    wait_for_document(page, "0-citation-1")
    page.keyboard.press("Escape")
    assert not panel.is_visible()

    page.locator(".pq-chip").nth(0).tap()
    wait_for_document(page, "0-citation-0")
    page.touchscreen.tap(195, 20)  # beside the sheet
    assert not panel.is_visible()


def test_nothing_scrolls_sideways_and_the_question_box_is_always_in_reach(telephone: Any) -> None:
    page = telephone
    for turn, question in enumerate((SME, UNKNOWN, TWO), start=1):
        assert not page.evaluate(SCROLLS_SIDEWAYS)
        assert page.locator("#pq-question").evaluate(IN_WINDOW)
        assert page.locator("#pq-send").evaluate(IN_WINDOW)
        ask(page, question, turn)
    page.locator(".pq-chip").last.tap()
    wait_for_document(page, "2-citation-1")
    assert not page.evaluate(SCROLLS_SIDEWAYS)


@pytest.mark.parametrize("width", [390, 1440])
def test_a_comparing_table_fits_and_leaves_room_for_its_sentences(
    serve: Serve, open_page: OpenPage, assistant: FakeAssistant, width: int
) -> None:
    page = open_page(serve(assistant), viewport={"width": width, "height": 844})
    table = ask(page, COMPARED).locator(".pq-table")
    assert table.locator("tr").count() == 3
    assert table.evaluate("e => e.scrollWidth <= e.clientWidth"), "no scrolling within the table"
    assert not page.evaluate(SCROLLS_SIDEWAYS)
    # The sentence is what is read: at least eight characters a line.
    assert table.locator("td:nth-child(3)").first.evaluate("e => e.clientWidth") >= 8 * 14


@pytest.mark.parametrize("width", [320, 899])
def test_other_narrow_widths(serve: Serve, open_page: OpenPage, assistant: FakeAssistant, width: int) -> None:
    page = open_page(serve(assistant), viewport={"width": width, "height": 600})
    ask(page, UNKNOWN)
    assert not page.evaluate(SCROLLS_SIDEWAYS)
    assert page.locator("#pq-send").evaluate(IN_WINDOW)
    page.locator(".pq-chip").first.click()
    wait_for_document(page, "0-nearest-0")
    assert not page.evaluate(SCROLLS_SIDEWAYS)
