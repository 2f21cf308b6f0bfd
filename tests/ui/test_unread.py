"""The files that could not be read, as the header tells of them."""

from __future__ import annotations

from pathlib import Path

import pytest
from fake_assistant import HOSTILE, FakeAssistant

from ingest.formats import read_file
from policyqa.assistant import Failure
from policyqa.errors import StoreMissing, UnreadableFile
from policyqa.unread import told
from ui.conversation import Conversation
from ui.pages.chat import ChatPage
from ui.unread import unread_html
from ui.warmup import Warmup


def header(assistant: FakeAssistant) -> str:
    return str(ChatPage(assistant, Warmup(assistant), 100).greet(Conversation())[0])


def test_each_file_is_told_with_its_reason_and_the_next_step() -> None:
    assistant = FakeAssistant()
    assistant.unread = [
        Failure(
            "甲/一.pdf", "is cut off (its end mark is missing) → replace it with a whole copy", "2026-01-01"
        ),
        Failure("乙.docx", "is protected by a password → save a copy without the password", "2026-01-01"),
    ]
    html = header(assistant)
    assert "<summary>2 个文件未能读取</summary>" in html
    assert "<b>甲/一.pdf</b><span>文件不完整或已损坏。换成完整的文件。</span>" in html
    assert "<b>乙.docx</b><span>文件有密码保护。另存一份不带密码的再收录。</span>" in html
    assert "replace it with a whole copy" in html, "the words of the ingest stay to be looked up"


def test_nothing_is_said_when_every_file_was_read() -> None:
    assert "未能读取" not in header(FakeAssistant())
    assert unread_html([]) == ""


def test_names_and_errors_of_files_are_only_text() -> None:
    html = unread_html([Failure(HOSTILE, HOSTILE, "")])
    assert "<script" not in html
    assert "<img" not in html
    assert "文件无法读取。请管理员查看原因。" in html


def test_a_failing_list_is_told_as_any_trouble_of_the_store(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: object) -> None:
        raise StoreMissing("no store at /x", "run ingest")

    monkeypatch.setattr(FakeAssistant, "failures", fail)
    assistant = FakeAssistant()
    assert "还没有可用的文件库" in ChatPage(assistant, Warmup(assistant), 100).greet(Conversation())[2]


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("空.txt", b"", "文件里没有文字"),
        ("空白.txt", b" \n\n", "文件里没有文字"),
        ("断.pdf", b"%PDF-1.7\n1 0 obj", "文件不完整或已损坏"),
        ("数据.json", b'{"a": 1}', "不能读取这种格式"),
        ("幻灯.ppt", b"\x00\x01\x02 of no kind", "不能读取这种格式"),
        ("断.docx", b"PK\x03\x04" + bytes(40), "文件不完整或已损坏"),
    ],
)
def test_what_reading_really_says_is_understood(
    tmp_path: Path, name: str, content: bytes, reason: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(UnreadableFile) as refused:
        read_file(path)
    assert told(str(refused.value))[0] == reason
