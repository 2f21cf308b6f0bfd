"""Reasons why files are not read, in the words of those who keep the folder."""

from __future__ import annotations

import pytest

from policyqa.unread import told, unread_line


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        ("is protected by a password → save a copy without password", "文件有密码保护"),
        ("the file is empty (0 bytes) → replace it with a whole copy", "文件里没有文字"),
        ("is a presentation (.pptx) → save it as .pdf", "演示文稿不能读取"),
        ("is a picture of a telephone's own format (.heic) → save it as .jpg", "不能读取这种图片格式"),
        ("is an archive of a kind that is not opened (.rar) → unpack it", "不能打开这种压缩包"),
        ("is encrypted in a way that is not known → print it to a new PDF", "文件已加密，无法读取"),
        ("something new → do something", "文件无法读取"),
    ],
)
def test_a_reason_is_told_in_chinese_with_the_next_step(error: str, reason: str) -> None:
    assert told(error)[0] == reason
    assert told(error)[1]
    assert unread_line(error).startswith(f"{reason}。")
    assert unread_line(error).endswith(f"（{error.split(' → ')[0]}）")
