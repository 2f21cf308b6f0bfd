"""Markdown: marks taken off, tables read as tables, plain letters left alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.texts import letter
from ingest.formats.markdown import read
from ingest.parse import parse
from policyqa.errors import UnreadableFile


def text_of(folder: Path, text: str) -> str:
    path = folder / "a.md"
    path.write_text(text, "utf-8")
    return read(path).text


@pytest.mark.parametrize("name", ["songya-mzj-2024-19", "fengdu-slj-2024-15"])
def test_a_letter_without_marks_stays_as_it_is(tmp_path: Path, name: str) -> None:
    assert text_of(tmp_path, letter(name)) == letter(name)


def test_a_letter_with_marks_is_understood_as_from_plain_text(tmp_path: Path) -> None:
    typed = letter("songya-mzj-2024-19")
    marked = "\n\n".join(
        f"## {line}" if line.startswith(("一、", "二、", "三、")) and len(line) < 30 else line
        for line in typed.split("\n")
    )
    expected, found = parse(typed, "a")[0], parse(text_of(tmp_path, marked), "a")[0]
    for field in ("title", "issuers", "document_number", "addressee", "signed_on", "sections"):
        got, wanted = getattr(found, field), getattr(expected, field)
        if field == "sections":
            got, wanted = [s.path for s in got], [s.path for s in wanted]
        assert got == wanted, field


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (
            "**罗启明**委员：\n\n| 镇街 | 床位（张） |\n|:--|--:|\n| 石枰镇 | 120 |\n| 云岚镇 | 80 |\n",
            "罗启明委员：\n\n石枰镇：床位120张。\n云岚镇：床位80张。\n",
        ),
        (
            "单位：万元\n\n项目 | 投资\n---|---\n泵站 | 40\n管网 | 1,200\n",
            "泵站：投资40万元。\n管网：投资1,200万元。\n",
        ),
        ("# 标题\n\n* 一是加快。\n* 二是做强[产业](http://a.cn)。\n", "标题\n\n一是加快。\n二是做强产业。\n"),
        ("> 引用\n\n3. 第三项\n4. 第四项\n", "引用\n\n3. 第三项\n4. 第四项\n"),
        ("## 甲\n第一行\n第二行\n    四个空格\n", "甲\n\n第一行\n第二行\n四个空格\n"),
        ("![图](a.png)\n\n`代码`与\\*星号\\*\n\n第1\\. 项", "代码与*星号*\n第1. 项\n"),
    ],
)
def test_marks_are_taken_off(tmp_path: Path, text: str, says: str) -> None:
    assert text_of(tmp_path, text).lstrip("\n") == says


@pytest.mark.parametrize(
    "text", ["[" * 50_000, "> " * 20_000, "**" * 50_000, "| a " * 30_000, "<div>" * 3_000, "# " * 9000]
)
def test_hostile_marks_are_read_or_refused(tmp_path: Path, text: str) -> None:
    try:
        assert isinstance(text_of(tmp_path, text), str)
    except UnreadableFile as error:
        assert "deep" in error.message  # noqa: PT017


@given(st.text(st.sampled_from("#*_|-> \n[]()`<a>一、12。!\\"), max_size=200))
def test_any_marks_are_read(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.getbasetemp() / "any.md"
    path.write_text(text, "utf-8")
    read(path)
