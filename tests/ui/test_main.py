"""``python -m ui``: what it says when it cannot start, when it has, and when it is stopped."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from policyqa.errors import ServeError
from ui.__main__ import _url
from ui.port import take_port

ROOT = Path(__file__).parents[2]
# Runs the command with the fake assistant in the place of the real one.
WITH_FAKE = f"""
import signal, sys, types
signal.signal(signal.SIGINT, signal.default_int_handler)  # as in a terminal
sys.path.insert(0, {str(Path(__file__).parent)!r})
from fake_assistant import FakeAssistant
class Assistant(FakeAssistant):
    @classmethod
    def open(cls, store, settings): return cls()
module = types.ModuleType("policyqa.assistant")
module.Assistant = Assistant
sys.modules["policyqa.assistant"] = module
from ui.__main__ import app
app(sys.argv[1:])
"""


def run(*arguments: str) -> tuple[int, str, float]:
    """The exit code, what was said on standard error, and the seconds it took."""
    began = time.perf_counter()
    ran = subprocess.run(
        [sys.executable, "-m", "ui", *arguments], cwd=ROOT, capture_output=True, text=True, timeout=60
    )
    return ran.returncode, ran.stderr, time.perf_counter() - began


def test_a_store_that_does_not_exist(tmp_path: Path) -> None:
    code, said, seconds = run("--store", str(tmp_path / "none"))
    assert code == 1
    assert f"文件库不存在：{tmp_path / 'none'}" in said
    assert "python -m ingest" in said
    assert "Traceback" not in said
    assert seconds < 5


def test_a_port_in_use_is_reported_before_anything_slow(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        code, said, seconds = run("--store", str(tmp_path), "--port", str(port))
    assert code == 1
    assert f"端口 {port} 已被占用" in said
    assert f"--port {port + 1}" in said
    assert "Traceback" not in said
    assert seconds < 5


def test_wrong_usage(tmp_path: Path) -> None:
    assert run("--store", str(tmp_path), "--port", "70000")[0] == 2


@pytest.mark.parametrize("host", ["198.51.100.7", "no.such.host.invalid"])
def test_an_address_that_is_not_ours(host: str) -> None:
    with pytest.raises(ServeError, match="--host"):
        take_port(host, 0)


def test_a_port_of_our_choosing_is_free_until_taken() -> None:
    with take_port("127.0.0.1", 0) as listener:
        listener.listen()
        with pytest.raises(ServeError, match="已被占用"):
            take_port("127.0.0.1", listener.getsockname()[1])


@pytest.mark.parametrize(
    ("host", "url"),
    [
        ("127.0.0.1", "http://127.0.0.1:7860"),
        ("0.0.0.0", "http://127.0.0.1:7860"),
        ("::", "http://127.0.0.1:7860"),
        ("::1", "http://[::1]:7860"),
        ("10.0.0.5", "http://10.0.0.5:7860"),
    ],
)
def test_the_address_that_is_told(host: str, url: str) -> None:
    assert _url(host, 7860) == url


def test_it_says_when_it_is_ready_and_stops_without_a_word(tmp_path: Path) -> None:
    running = subprocess.Popen(
        [sys.executable, "-c", WITH_FAKE, "--store", str(tmp_path), "--port", "0"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert running.stdout is not None
        line = running.stdout.readline()
        assert line.startswith("policyqa 已就绪：http://127.0.0.1:")
        port = int(line.rsplit(":", 1)[1])
        with socket.create_connection(("127.0.0.1", port), timeout=5):
            running.send_signal(signal.SIGINT)
            _, said = running.communicate(timeout=20)
    finally:
        running.kill()
    assert running.returncode == 0
    assert said.split("\n") == ["正在启动…", "policyqa 已停止。", ""]
