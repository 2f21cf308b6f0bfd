"""Asking, reading and opening sources in a wide window."""

from __future__ import annotations

from typing import Any

import pytest
from driving import SCROLLS_SIDEWAYS, ask, reply, wait_for_document
from fake_assistant import BROKEN, LOCKED, SLOW, SME, TWO, UNKNOWN, FakeAssistant

pytestmark = pytest.mark.browser

# Notes every length that the reply's text has had.
WATCH_LENGTHS = """() => {
  window.lengths = [];
  new MutationObserver(() => {
    const text = document.querySelector(".pq-turn .pq-text")?.textContent;
    const last = window.lengths.at(-1)?.[0];
    if (text && text.length !== last) window.lengths.push([text.length, performance.now()]);
  }).observe(document.body, { childList: true, subtree: true, characterData: true });
}"""
# Texts whose contrast with what is behind them is under 4.5:1.
LOW_CONTRAST = """() => {
  const parse = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => {
    const part = [r, g, b].map((v) => ((v /= 255) <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
    return 0.2126 * part[0] + 0.7152 * part[1] + 0.0722 * part[2];
  };
  const behind = (e) => {
    for (; e; e = e.parentElement) {
      const colour = parse(getComputedStyle(e).backgroundColor);
      if (colour.length === 3 || colour[3] === 1) return colour;
    }
    return [255, 255, 255];
  };
  const low = [];
  for (const e of document.querySelectorAll("gradio-app *")) {
    const own = [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim());
    if (!own || !e.checkVisibility() || e.matches(":disabled, .sr-only, .sr-only *")) continue;
    const [a, b] = [light(parse(getComputedStyle(e).color)), light(behind(e))];
    const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (contrast < 4.5) low.push(`${e.textContent.trim().slice(0, 20)} ${contrast.toFixed(2)}`);
  }
  return low;
}"""


def test_the_page_is_chinese_light_and_says_what_it_holds(page: Any) -> None:
    assert page.evaluate("document.documentElement.lang") == "zh-CN"
    assert page.title() == "政策问答 policyqa"
    assert "已收录 67 份文件" in page.inner_text("#pq-header")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(244, 246, 249)"
    assert page.locator("footer").count() == 0
    assert page.locator(".pq-suggestion").count() == 6


def test_an_answer_appears_progressively_then_its_source_is_open_and_in_view(page: Any) -> None:
    page.evaluate(WATCH_LENGTHS)
    answered = ask(page, SME)
    assert answered.locator(".pq-short").inner_text() == "36家"
    assert "累计达79家" in answered.locator(".pq-text").inner_text()
    steps = page.evaluate("window.lengths")
    lengths = [length for length, _ in steps]
    assert len(lengths) >= 3
    assert lengths == sorted(lengths)
    assert steps[-1][1] - steps[0][1] < 2000  # 0.3 s where nothing else runs

    document = wait_for_document(page, "0-citation-0")
    assert document.locator(".pq-active").inner_text() == "新培育市级“专精特新”中小企业36家，累计达79家。"
    assert document.locator(".pq-figure").inner_text() == "36家"
    assert document.locator(".pq-note").inner_text() == "第 1 处引用，共 1 处"
    facts = document.locator(".pq-facts").inner_text()
    for fact in ("南川经信委函〔2024〕58号", "2024年6月14日", "十五届三次会议第035号提案", "李德勇"):
        assert fact in facts
    assert page.get_by_label("问题", exact=True).input_value() == ""


def test_chips_switch_between_places_and_those_of_earlier_turns_keep_working(page: Any) -> None:
    ask(page, SME)
    ask(page, TWO, turn=2)
    document = wait_for_document(page, "1-citation-0")
    assert document.locator(".pq-mark").count() == 2

    chips = page.locator(".pq-turn:nth-child(2) .pq-chip")
    chips.nth(1).click()
    wait_for_document(page, "1-citation-1")
    assert "专员76名" in document.locator(".pq-active").inner_text()
    assert document.locator(".pq-note").inner_text() == "第 2 处引用，共 2 处"
    assert [chip.get_attribute("aria-pressed") for chip in chips.all()] == ["false", "true"]

    document.get_by_role("button", name="上一处").click()
    wait_for_document(page, "1-citation-0")

    page.locator(".pq-turn:nth-child(1) .pq-chip").click()
    wait_for_document(page, "0-citation-0")
    assert "36家" in document.locator(".pq-active").inner_text()


def test_what_is_not_found_looks_different_and_shows_what_is_nearest(page: Any) -> None:
    ask(page, SME)
    wait_for_document(page, "0-citation-0")
    unanswered = ask(page, UNKNOWN, turn=2)
    assert unanswered.get_attribute("class") == "pq-reply pq-not_found"
    assert unanswered.locator(".pq-tag").inner_text() == "未找到"
    assert "没有找到全区常住人口" in unanswered.inner_text()
    assert "最接近的内容（不一定回答您的问题）" in unanswered.inner_text()
    assert page.locator(".pq-doc").count() == 0, "the last answer's source must not pass for this one's"

    unanswered.locator(".pq-chip").nth(2).click()
    document = wait_for_document(page, "1-nearest-2")
    assert "5662万元" in document.locator(".pq-active").inner_text()
    assert document.locator(".pq-note").inner_text() == "第 3 条最接近的内容，共 3 条"


def test_everything_can_be_done_from_the_keyboard(page: Any) -> None:
    page.get_by_label("问题", exact=True).focus()
    page.keyboard.type(TWO)
    page.keyboard.press("Enter")
    wait_for_document(page, "0-citation-0")
    chip = page.get_by_role("button", name="打开引用 2")
    chip.focus()
    page.keyboard.press("Enter")
    wait_for_document(page, "0-citation-1")
    assert chip.evaluate("e => e === document.activeElement"), "opening a source keeps the focus"
    assert chip.evaluate("e => getComputedStyle(e).outlineStyle") == "solid"


def test_an_example_is_asked_by_clicking_it(page: Any, assistant: FakeAssistant) -> None:
    page.get_by_role("button", name=SME).click()
    assert reply(page).locator(".pq-short").inner_text() == "36家"
    assert assistant.asked == [(SME, [], None, None)]


def test_history_and_filters_are_passed_on(page: Any, assistant: FakeAssistant) -> None:
    ask(page, SME)
    page.get_by_role("button", name="筛选").click()
    page.get_by_label("发文机关").click()
    page.get_by_role("option", name="松垭区经济和信息化委员会").click()
    page.get_by_label("年份").click()
    page.get_by_role("option", name="2023").click()
    page.get_by_text("筛选：松垭区经济和信息化委员会 · 2023").wait_for()
    ask(page, UNKNOWN, turn=2)
    assert assistant.asked[1] == (UNKNOWN, [SME], "松垭区经济和信息化委员会", 2023)


def test_errors_are_told_in_chinese_and_asking_goes_on(page: Any, assistant: FakeAssistant) -> None:
    assert "文件库正在更新" in ask(page, LOCKED).inner_text()
    broken = ask(page, BROKEN, turn=2).inner_text()
    assert "系统出错" in broken
    assert "secret" not in broken
    assert ask(page, SME, turn=3).locator(".pq-short").inner_text() == "36家"
    assert assistant.asked[2][1] == [], "a failure is no turn of the conversation"


def test_what_cannot_be_asked_is_refused_and_stays_in_the_box(page: Any, assistant: FakeAssistant) -> None:
    box = page.get_by_label("问题", exact=True)
    box.fill("   ")
    box.press("Enter")
    box.fill("长" * 1001)
    box.press("Enter")
    page.get_by_text("问题太长：1001 字，最多 1000 字").wait_for()
    assert len(box.input_value()) == 1001

    box.fill(SLOW)
    box.press("Enter")
    page.get_by_text("正在查找文件").wait_for()
    page.wait_for_function("document.querySelector('#pq-question textarea').value === ''")
    box.fill(SME)
    box.press("Enter")
    page.get_by_text("上一个问题还在查找").wait_for()
    assistant.release_slow.set()
    assert "慢的回答到了" in reply(page).inner_text()
    assert [question for question, *_ in assistant.asked] == [SLOW]
    assert box.input_value() == SME


def test_a_new_conversation_is_empty_and_stays_so(page: Any, assistant: FakeAssistant) -> None:
    ask(page, SME)
    box = page.get_by_label("问题", exact=True)
    box.fill(SLOW)
    box.press("Enter")
    page.get_by_text("正在查找文件").wait_for()
    page.get_by_role("button", name="新对话").click()
    page.wait_for_selector(".pq-welcome")
    assistant.release_slow.set()
    page.wait_for_timeout(1500)  # the late answer has had its chance
    assert page.locator(".pq-welcome").count() == 1
    assert page.locator(".pq-doc").count() == 0
    assert ask(page, UNKNOWN).locator(".pq-tag").inner_text() == "未找到"
    assert assistant.asked[-1][1] == []


def test_text_is_readable_and_nothing_scrolls_sideways(page: Any) -> None:
    assert page.evaluate(LOW_CONTRAST) == []
    ask(page, TWO)
    wait_for_document(page, "0-citation-0")
    assert page.evaluate(LOW_CONTRAST) == []
    ask(page, UNKNOWN, turn=2)
    ask(page, LOCKED, turn=3)
    assert page.evaluate(LOW_CONTRAST) == []
    assert not page.evaluate(SCROLLS_SIDEWAYS)
