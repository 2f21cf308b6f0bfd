"""Several users at once, a model that is still loading, and documents that attack."""

from __future__ import annotations

from typing import Any

import pytest
from driving import OpenPage, Serve, ask, reply, wait_for_document
from fake_assistant import HOSTILE, HOSTILE_QUESTION, SLOW, SME, FakeAssistant

from policyqa.errors import ModelError

pytestmark = pytest.mark.browser


def test_users_do_not_mix(serve: Serve, open_page: OpenPage, assistant: FakeAssistant) -> None:
    url = serve(assistant)
    first, second = open_page(url), open_page(url)
    for user, name in ((first, "甲"), (second, "乙")):
        box = user.get_by_label("问题", exact=True)
        box.fill(f"回声{name}一")
        box.press("Enter")  # neither waits for the other
    for user, name in ((first, "甲"), (second, "乙")):
        assert reply(user).locator(".pq-short").inner_text() == f"{name}一"
        ask(user, f"回声{name}二", turn=2)
    for user, own, other in ((first, "甲", "乙"), (second, "乙", "甲")):
        log = user.inner_text("#pq-conversation")
        assert f"回声{own}二" in log
        assert other not in log
    histories = {question: history for question, history, *_ in assistant.asked}
    assert histories["回声甲二"] == ["回声甲一"]
    assert histories["回声乙二"] == ["回声乙一"]


def test_one_users_slow_question_keeps_nobody_waiting(
    serve: Serve, open_page: OpenPage, assistant: FakeAssistant
) -> None:
    url = serve(assistant)
    slow, quick = open_page(url), open_page(url)
    box = slow.get_by_label("问题", exact=True)
    box.fill(SLOW)
    box.press("Enter")
    slow.get_by_text("正在查找文件").wait_for()
    assert ask(quick, SME).locator(".pq-short").inner_text() == "36家"
    assistant.release_slow.set()
    assert "慢的回答到了" in reply(slow).inner_text()


def test_a_question_asked_while_the_model_loads_is_answered_when_it_has(
    serve: Serve, open_page: OpenPage
) -> None:
    assistant = FakeAssistant(ready=False)
    page = open_page(serve(assistant))
    page.get_by_text("正在载入模型…", exact=True).wait_for()
    box = page.get_by_label("问题", exact=True)
    box.fill(SME)
    box.press("Enter")
    page.get_by_text("正在载入模型，稍候自动作答").wait_for()
    assert assistant.asked == []
    assistant.hold.set()
    assert reply(page).locator(".pq-short").inner_text() == "36家"
    page.get_by_text("可以提问").wait_for()


def test_a_model_that_cannot_be_loaded_is_told(serve: Serve, open_page: OpenPage) -> None:
    assistant = FakeAssistant(ready=False, warm_error=ModelError("no such model: x", "look"))
    assistant.hold.set()
    page = open_page(serve(assistant))
    page.get_by_text("模型未能载入").wait_for()
    assert "语义模型无法载入" in ask(page, SME).inner_text()


def test_hostile_documents_and_questions_are_only_text(page: Any) -> None:
    ask(page, HOSTILE_QUESTION)
    document = wait_for_document(page, "0-citation-0")
    page.wait_for_timeout(300)  # an onerror would have fired
    assert page.evaluate("window.pwned") is None
    assert page.locator(".pq-log img, .pq-doc img, .pq-log script, .pq-doc script").count() == 0
    assert page.locator(".pq-question").inner_text() == HOSTILE_QUESTION
    assert f"标题{HOSTILE}" in document.locator(".pq-facts").inner_text()
    marked = document.locator(".pq-active").inner_text()
    assert "${value} {{value}} `反引号` \\n" in marked
    assert "第二句 </div></article> 完。" in document.inner_text()
