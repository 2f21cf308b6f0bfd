"""The files that an ingest could not read, as HTML: how many, and on opening which, why and what to do."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from policyqa.assistant import Failure

_REASONS: tuple[tuple[re.Pattern[str], str, str], ...] = tuple(
    (re.compile(pattern), reason, step)
    for pattern, reason, step in (
        (r"password", "文件有密码保护", "另存一份不带密码的再收录"),
        (r"is empty|only blanks|no text\b", "文件里没有文字", "换成完整的文件，或重新扫描"),
        (r"cut off|damaged|not (?:a )?whole", "文件不完整或已损坏", "换成完整的文件"),
        (r"LibreOffice", "这种旧格式需要 LibreOffice 才能读取", "请管理员安装，或另存为 .docx"),
        (r"recognising scans is not installed", "文件是扫描件，而识别功能没有安装", "请管理员安装识别功能"),
        (r"archive", "压缩包无法打开", "解压后把里面的文件放进文件夹"),
        (r"more than|at most|too large|memory|too much", "文件过大", "拆成几个小文件"),
        (
            r"in no format that is read|for programs|of programs|presentation|\(\.\w+\)$",
            "不能读取这种格式",
            "另存为 .docx 或 .pdf",
        ),
        (r"true format|^is no |^is not ", "文件的后缀与内容不符", "改成真实格式的后缀，或重新导出"),
        (r"cannot be opened", "文件无法打开", "请管理员检查文件权限"),
    )
)
_OTHERWISE = ("文件无法读取", "请管理员查看原因")


def told(error: str) -> tuple[str, str]:
    """The reason and the next step for an ingest's error, by its wording.

    >>> told("is protected by a password → save a copy without the password")
    ('文件有密码保护', '另存一份不带密码的再收录')
    """
    cause = error.split(" → ")[0]
    for pattern, reason, step in _REASONS:
        if pattern.search(cause):
            return reason, step
    return _OTHERWISE


def unread_html(unread: Sequence[Failure]) -> str:
    """The count, which opens to a list; nothing when every file was read."""
    if not unread:
        return ""
    return (
        f'<details class="pq-unread"><summary>{len(unread)} 个文件未能读取</summary>'
        f'<ul tabindex="0" aria-label="未能读取的文件">{"".join(map(_row, unread))}</ul></details>'
    )


def _row(failure: Failure) -> str:
    reason, step = told(failure.error)
    return (
        f"<li><b>{escape(failure.source)}</b><span>{reason}。{step}。</span>"
        f"<small>{escape(failure.error)}</small></li>"
    )
