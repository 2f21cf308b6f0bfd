"""The real thing, end to end: ingest the corpus, start the page, ask, and see the proof."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from driving import NARROW, OpenPage, ask, wait_for_document

pytestmark = [pytest.mark.browser, pytest.mark.model]

ROOT = Path(__file__).parents[2]
QUESTION = "2023年新培育市级专精特新中小企业多少家？"
MODEL_PATIENCE = 120_000
"""Milliseconds; the first answer waits for the model, which may have to be unpacked."""


@pytest.fixture(scope="module")
def real_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store filled from the corpus by the command that users run."""
    store = tmp_path_factory.mktemp("real") / "store"
    ingest = [sys.executable, "-m", "ingest", "corpus", "--store", str(store)]
    ran = subprocess.run(ingest, cwd=ROOT, capture_output=True, text=True, timeout=900)
    assert ran.returncode == 0, ran.stderr
    return store


@pytest.fixture(scope="module")
def real_url(real_store: Path) -> Iterator[str]:
    """The address of the page as ``python -m ui`` serves and announces it."""
    running = subprocess.Popen(
        [sys.executable, "-m", "ui", "--store", str(real_store), "--port", "0"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )
    try:
        assert running.stdout is not None
        line = running.stdout.readline()
        assert "已就绪：http://" in line, "the page did not start"
        yield line.strip().split("：", 1)[1]
    finally:
        running.terminate()
        running.wait(20)


def test_a_figure_is_answered_with_its_sentence_marked(real_url: str, open_page: OpenPage) -> None:
    page = open_page(real_url)
    page.set_default_timeout(MODEL_PATIENCE)
    answered = ask(page, QUESTION)
    assert "36家" in answered.inner_text()
    document = wait_for_document(page, "0-citation-0")
    assert "36家" in document.locator(".pq-active").inner_text()
    assert "南川经信委函〔2024〕58号" in document.locator(".pq-facts").inner_text()


def test_an_example_question_of_the_corpus_is_answered(real_url: str, open_page: OpenPage) -> None:
    page = open_page(real_url, viewport=NARROW)
    page.set_default_timeout(MODEL_PATIENCE)
    page.locator(".pq-suggestion").first.click()
    page.wait_for_selector(".pq-log[aria-busy=false] .pq-answered .pq-chip")
    page.locator(".pq-chip").first.click()
    wait_for_document(page, "0-citation-0")
