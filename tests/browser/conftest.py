"""A real server on a free port and a real Chromium for the tests of the page.

Without a browser these tests are skipped, except where they must not be: when ``CI`` or
``POLICYQA_REQUIRE_BROWSER`` is set they fail instead.
"""

from __future__ import annotations

import contextlib
import os
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

# For the helpers beside this file, and for the fake assistant.
sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1] / "ui")]

from driving import PATIENCE, WIDE, OpenPage, Serve  # noqa: E402
from fake_assistant import FakeAssistant  # noqa: E402

CHROMIUM = Path(os.environ.get("POLICYQA_CHROMIUM", "/usr/bin/chromium"))
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


def _no_browser(reason: str) -> None:
    if os.environ.get("CI") or os.environ.get("POLICYQA_REQUIRE_BROWSER"):
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """The browser, started once."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        _no_browser("playwright is not installed: pip install 'policyqa[test]'")
    if not CHROMIUM.exists():
        _no_browser(f"no browser at {CHROMIUM}: apt-get install chromium, or set POLICYQA_CHROMIUM")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Serves the page of an assistant on a free port, in a thread, and returns its address."""
    from ui.app import build_app
    from ui.port import take_port
    from ui.serve import server, web_app
    from ui.warmup import Warmup

    with contextlib.ExitStack() as stack:

        def start(assistant: FakeAssistant) -> str:
            warmup = Warmup(assistant)
            listener = take_port("127.0.0.1", 0)
            ready = threading.Event()

            def on_ready() -> None:
                ready.set()
                if not assistant.ready:
                    warmup.start()

            running = server(web_app(build_app(assistant, warmup)), on_ready)
            thread = threading.Thread(target=running.run, kwargs={"sockets": [listener]}, daemon=True)
            thread.start()

            def stop() -> None:
                assistant.hold.set()
                assistant.release_slow.set()
                running.should_exit = True
                thread.join(10)

            stack.callback(stop)
            assert ready.wait(30), "the server did not start"
            return f"http://127.0.0.1:{listener.getsockname()[1]}/"

        yield start


@pytest.fixture
def open_page(chromium: Any) -> Iterator[OpenPage]:
    """Opens an address as a new user, whose browser is neither Chinese nor light.

    Whatever a test does, its pages must not ask anything of another machine nor raise an error.
    """
    contexts: list[Any] = []
    outside: list[str] = []
    errors: list[str] = []

    def note(url: str) -> None:
        if not url.startswith(("http://127.0.0.1:", "data:", "blob:")):
            outside.append(url)

    def visit(url: str, viewport: dict[str, int] | None = None, **options: Any) -> Any:
        context = chromium.new_context(
            viewport=viewport or WIDE, locale="en-US", color_scheme="dark", **options
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.on("request", lambda request: note(request.url))
        page.on("websocket", lambda socket: note(socket.url.replace("ws://", "http://")))
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda line: errors.append(line.text) if line.type == "error" else None)
        page.goto(url)
        page.wait_for_selector(".pq-suggestion")
        return page

    yield visit
    for context in contexts:
        context.close()
    assert outside == [], "requests to other machines"
    assert errors == [], "errors in the browser"


@pytest.fixture
def assistant() -> FakeAssistant:
    return FakeAssistant()


@pytest.fixture
def page(serve: Serve, open_page: OpenPage, assistant: FakeAssistant) -> Any:
    """The page of a ready assistant in a wide window."""
    return open_page(serve(assistant))
