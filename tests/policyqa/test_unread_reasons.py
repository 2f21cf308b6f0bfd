"""Reasons why files are not read, in the words of those who keep the folder."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import ingest
from ingest import unread
from policyqa.shown import read_as
from policyqa.unread import OTHERWISE, REASONS, told, unread_line

SOURCE = Path(ingest.__path__[0])
WHOLE = "文件不完整或已损坏"
ENDING = "文件的后缀与内容不符"
LARGE = "文件过大"


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


@pytest.mark.parametrize(
    ("error", "reason", "step"),
    [
        ("is encrypted and takes more than 30 s to open", "文件已加密", "打印成新的 PDF"),
        ("is encrypted and takes more memory or space to open than it may", "文件已加密", "打印成新的 PDF"),
        ("nests its elements more than 200 deep", "网页的结构过于复杂", "文本文件"),
        ("is not the document but a page that says '404 Not Found'", "提示页", "浏览器"),
        ("is no ordinary workbook: it declares a document type", "不合规范", "另存一份"),
        ("holds 3 pictures and no text", "只有图片", ".pdf"),
        ("is not a workbook inside", ENDING, ".xlsx"),
        ("is not a Word document inside", ENDING, ".docx"),
        ("is a .xls file by its content", ENDING, "后缀"),
        ("is no OFD document: it has no OFD.xml", ENDING, "后缀"),
        ("is a binary workbook (.xlsb)", "表格格式", ".xlsx"),
        ("LibreOffice could not read it within 90 seconds; it may be damaged", "无法转换", ".docx"),
        ("is a message of 60 MB, more than 50 MB", "邮件过大", "附件"),
        ("is a message of Outlook's own format (.msg)", "Outlook", ".eml"),
        ("has 4,000 × 90,000 pixels, at most 100,000,000 are read", "图片尺寸过大", "300 dpi"),
        ("holds a picture of 9,000 × 90,000 pixels", "图片尺寸过大", "300 dpi"),
        ("is protected by a password → unpack it and give the files in it", "密码", "放进文件夹"),
        ("page 3 recognising the picture failed: password", "图片识别失败", "重新扫描"),
        ("page 3 is a scan, and recognising scans is not installed", "扫描件", "管理员"),
        ("page 3 is damaged", WHOLE, "完整的文件"),
        ("is a damaged workbook (File is too large, more than at most)", WHOLE, "完整的文件"),
        ("is a zip archive of 9000 members, more than 4000", "压缩包过大", "小的压缩包"),
        ("is a Word document of 9000 members, more than 4000", LARGE, "小文件"),
        ("is a zip archive that unpacks to 400 times its size, more than 100", "反常", "来源"),
        ("holds 12,000,000 characters, at most 10,000,000 are read", LARGE, "小文件"),
        ("the process that read it ended: signal 9 (SIGKILL)", "意外中断", "另存"),
        ("[Errno 13] Permission denied: '甲.pdf'", "文件无法打开", "管理员"),
    ],
)
def test_a_reason_is_told_by_how_the_error_begins(error: str, reason: str, step: str) -> None:
    assert reason in told(error)[0]
    assert step in told(error)[1]


def test_each_error_of_the_ingest_has_a_reason() -> None:
    found = dict(_errors())
    assert len(found) > 100
    assert [f"{where}: {error}" for error, where in found.items() if told(error) == OTHERWISE] == []


def test_each_reason_belongs_to_an_error_of_the_ingest() -> None:
    first = {next((p for p, *_ in REASONS if p.match(error)), None) for error, _ in _errors()}
    assert [pattern.pattern for pattern, *_ in REASONS if pattern not in first] == []


@pytest.mark.parametrize(
    ("error", "command"),
    [
        ("page 1 is a scan, and recognising scans is not installed", "pip install 'policyqa[ocr]'"),
        ("needs LibreOffice to be read (.wps)", "install the Debian package libreoffice-writer"),
    ],
)
def test_what_an_administrator_installs_is_told_exactly(error: str, command: str) -> None:
    assert unread_line(f"{error} → {command}").endswith(f"（{error} → {command}）")


@pytest.mark.parametrize(
    ("how", "shown"),
    [
        ("PDF", "PDF"),
        ("PDF, OCR of page 2、5", "PDF，第 2、5 页由识别得来"),
        ("OCR", "由图片识别"),
        ("html, gb18030, trafilatura", "网页，编码 gb18030，正文由另一种方法找到"),
        ("markdown, utf-8", "Markdown 文本，编码 utf-8"),
        ("gb18030", "文本，编码 gb18030"),
        ("", ""),
    ],
)
def test_how_a_file_was_read_is_told_in_chinese(how: str, shown: str) -> None:
    assert read_as(how) == shown


# --- the errors in the source ---------------------------------------------------------------------


def _errors() -> Iterator[tuple[str, str]]:
    """The errors that the ingest can tell of a file, with 1 for each value in them, and where."""
    for path in sorted(SOURCE.rglob("*.py")):
        if path.name == "template.py":
            continue  # shows how to write a format; no file is read by it
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            for error in _told_by(node):
                yield error, f"{path.relative_to(SOURCE)}:{getattr(node, 'lineno', 0)}"
    for kind in unread._KINDS.values():
        yield " → ".join(kind), "unread.py"


def _told_by(node: ast.AST) -> Iterator[str]:
    if not isinstance(node, ast.Call):
        return
    name = ast.unparse(node.func).split(".")[-1]
    if name == "UnreadableFile" and not isinstance(node.args[0], ast.Starred):
        hint = next(iter(_texts(node.args[1])), "1") if len(node.args) > 1 else ""
        texts = _texts(node.args[0])
        assert texts, f"a message is written where it is raised: {ast.unparse(node)}"
        # Page by page: what the page says has a reason of its own.
        yield from (f"{text} → {hint}" for text in texts if text != "page 1 1")
    elif name == "_lost":
        yield from _texts(node.args[1])
    elif name == "Outcome":
        yield from (text for word in node.keywords if word.arg == "error" for text in _texts(word.value))


def _texts(node: ast.expr) -> list[str]:
    """The texts that an expression can give; none where it is no literal."""
    if isinstance(node, ast.IfExp):
        return _texts(node.body) + _texts(node.orelse)
    if isinstance(node, ast.Constant):
        return [str(node.value)]
    if isinstance(node, ast.JoinedStr):
        return ["".join(str(part.value) if isinstance(part, ast.Constant) else "1" for part in node.values)]
    return []
