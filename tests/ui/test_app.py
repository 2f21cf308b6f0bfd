"""The application is built without asking or loading anything, and each event keeps to its session."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pytest
from fake_assistant import BROKEN, LOCKED, SME, UNKNOWN, FakeAssistant

from policyqa.errors import ModelError, StoreMissing
from policyqa.settings import Settings
from ui.conversation import Conversation, Failure
from ui.warmup import Warmup

ROOT = Path(__file__).parents[2]


class Untouchable:
    """Fails whoever asks it for anything."""

    def __getattr__(self, name: str) -> Any:
        raise AssertionError(f"assistant.{name} was used")


def chat_page(assistant: FakeAssistant, limit: int = 1000) -> Any:
    from ui.pages.chat import ChatPage

    return ChatPage(assistant, Warmup(assistant), limit)


def test_building_asks_nothing_of_the_assistant_and_is_quick() -> None:
    from ui.app import build_app

    began = time.perf_counter()
    app = build_app(Untouchable(), settings=Settings())  # type: ignore[arg-type]
    assert time.perf_counter() - began < 5
    assert app.title == "政策问答 policyqa"
    assert not app.analytics_enabled


def test_importing_and_building_loads_no_model() -> None:
    code = (
        "import sys; from ui.app import build_app; build_app(object())\n"
        "heavy = {'torch', 'sentence_transformers', 'chromadb', 'tantivy', 'policyqa.assistant'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    ran = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"


def test_the_command_imports_nothing_slow_before_it_has_checked() -> None:
    code = (
        "import sys, ui.__main__\n"
        "print(sorted({'gradio', 'torch', 'fastapi', 'pandas', 'numpy'} & set(sys.modules)))"
    )
    ran = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"


def test_nothing_is_shown_as_an_interface_for_programs() -> None:
    from ui.app import build_app

    app = build_app(FakeAssistant())  # type: ignore[arg-type]
    assert app.get_api_info()["named_endpoints"] == {}


def test_the_theme_is_light_and_fetches_no_fonts() -> None:
    from ui.app import light_theme

    theme = light_theme()
    css = theme._get_theme_css()
    assert "fonts.googleapis" not in css
    assert not theme._stylesheets
    assert [name for name in vars(theme) if name.endswith("_dark")] == []


def test_an_answer_is_streamed_within_six_tenths_of_a_second() -> None:
    assistant = FakeAssistant()
    began = time.perf_counter()
    steps = list(chat_page(assistant).answer(SME, Conversation(), "全部机关", "2023"))
    assert time.perf_counter() - began < 0.6
    assert len(steps) > 5
    conversation, log, panel, _ = steps[-1]
    assert [turn.question for turn in conversation.history] == [SME]
    assert "36家" in log
    assert 'data-shown="0-citation-0"' in panel
    assert assistant.asked == [(SME, [], None, 2023)]


@pytest.mark.parametrize(("question", "told"), [(LOCKED, "文件库正在更新"), (BROKEN, "系统出错，请稍后重试")])
def test_an_error_becomes_a_sentence(question: str, told: str) -> None:
    (conversation, log, _, _) = list(chat_page(FakeAssistant()).answer(question, Conversation(), None, None))[
        -1
    ]
    (failure,) = conversation.exchanges
    assert isinstance(failure, Failure)
    assert told in log
    assert "secret" not in log


def test_what_was_not_accepted_is_not_asked() -> None:
    assistant = FakeAssistant()
    (step,) = chat_page(assistant).answer("", Conversation(), None, None)
    assert len(step) == 4
    assert assistant.asked == []


@pytest.mark.parametrize(
    ("question", "pending", "told"),
    [
        ("  \n ", "", ""),
        ("长" * 11, "", "问题太长：11 字，最多 10 字"),
        ("短的", "还没有答完的", "上一个问题还在查找"),
    ],
)
def test_refusals(question: str, pending: str, told: str) -> None:
    accepted, state, _, box, _, notice = chat_page(FakeAssistant(), limit=10).accept(
        question, Conversation(pending=pending)
    )
    assert accepted == ""
    assert not isinstance(state, Conversation), "the state stays as it is"
    assert box != ""
    assert told in notice


@pytest.mark.parametrize(
    ("error", "told"),
    [(StoreMissing("no store at /x", "run ingest"), "还没有可用的文件库"), (OSError("/x"), "系统出错")],
)
@pytest.mark.parametrize("method", ["counts", "issuers", "suggestions"])
def test_a_store_that_cannot_be_read_is_told_on_the_page(
    monkeypatch: pytest.MonkeyPatch, error: Exception, told: str, method: str
) -> None:
    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr(FakeAssistant, method, fail)
    shown = chat_page(FakeAssistant()).greet(Conversation())
    assert told in shown[2]
    assert "/x" not in shown[2]


def test_the_model_is_loaded_once_and_all_who_wait_go_on() -> None:
    class Counting(FakeAssistant):
        loads = 0

        def warm(self) -> None:
            self.loads += 1
            super().warm()

    assistant = Counting(ready=False)
    warmup = Warmup(assistant)
    waiting = [threading.Thread(target=warmup.wait) for _ in range(5)]
    for thread in waiting:
        thread.start()
    warmup.start()
    assert not warmup.finished
    assistant.hold.set()
    for thread in waiting:
        thread.join(5)
    assert not any(thread.is_alive() for thread in waiting)
    assert (assistant.loads, warmup.finished, warmup.error) == (1, True, None)


def test_a_model_that_cannot_be_loaded_is_told_to_each_who_asks() -> None:
    assistant = FakeAssistant(ready=False, warm_error=ModelError("no model", "look"))
    assistant.hold.set()
    page = chat_page(assistant)
    for _ in range(2):
        _, log, _, _ = list(page.answer(UNKNOWN, Conversation(), None, None))[-1]
        assert "语义模型无法载入" in log
    status, _ = page.report()
    assert "模型未能载入" in status
