"""Why a file could not be read and what to do, in the words of those who keep the folder."""

from __future__ import annotations

import re

_REASONS: tuple[tuple[re.Pattern[str], str, str], ...] = tuple(
    (re.compile(pattern), reason, step)
    for pattern, reason, step in (
        (r"password", "文件有密码保护", "另存一份不带密码的再收录"),
        (r"is empty|only blanks|no text\b", "文件里没有文字", "换成完整的文件，或重新扫描"),
        (r"cut off|damaged|not (?:a )?whole", "文件不完整或已损坏", "换成完整的文件"),
        (r"LibreOffice", "这种旧格式需要 LibreOffice 才能读取", "请管理员安装，或另存为 .docx"),
        (r"recognising scans is not installed", "文件是扫描件，而识别功能没有安装", "请管理员安装识别功能"),
        (r"archive of a kind", "不能打开这种压缩包", "解压后把里面的文件放进文件夹"),
        (r"archive", "压缩包无法打开", "解压后把里面的文件放进文件夹"),
        (r"more than|at most|too large|memory|too much", "文件过大", "拆成几个小文件"),
        (r"presentation", "演示文稿不能读取", "另存为 .pdf"),
        (r"picture of a telephone|JPEG 2000", "不能读取这种图片格式", "另存为 .jpg"),
        (r"encrypted", "文件已加密，无法读取", "打印成新的 PDF 再收录"),
        (
            r"in no format that is read|for programs|of programs|\(\.\w+\)$",
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


def unread_line(error: str) -> str:
    """The reason, the next step, and the exact words of the reader, which tell more to who can use them.

    >>> unread_line("is protected by a password → save a copy without the password")
    '文件有密码保护。另存一份不带密码的再收录。（is protected by a password）'
    """
    reason, step = told(error)
    return f"{reason}。{step}。（{error.split(' → ')[0]}）"
