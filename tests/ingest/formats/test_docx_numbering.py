"""Automatic numbers of Word documents, which stand nowhere in their text."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from word_samples import W, append, lines, p, r, saved

docx = pytest.importorskip("docx")

NUMBERING = {
    ("japaneseCounting", "%1、", 3): ["一、", "二、", "三、"],
    ("chineseCounting", "（%1）", 12): ["（一）", "（二）", "（三）"],
    ("decimal", "%1.", 2): ["1.", "2."],
    ("decimal", "第%1条", 1): ["第1条 "],
    ("decimalEnclosedCircleChinese", "%1", 2): ["①", "②"],
    ("chineseLegalSimplified", "%1、", 2): ["壹、", "贰、"],
    ("ideographTraditional", "%1、", 2): ["甲、", "乙、"],
    ("lowerRoman", "%1)", 2): ["i)", "ii)"],
    ("upperLetter", "%1.", 2): ["A.", "B."],
    ("bullet", "", 2): ["", ""],
}


@pytest.mark.parametrize("case", NUMBERING)
def test_automatic_numbers_are_written_out(tmp_path: Path, case: tuple[str, str, int]) -> None:
    kind, text, count = case
    document = docx.Document()
    number(document, f'<w:lvl w:ilvl="0"><w:numFmt w:val="{kind}"/><w:lvlText w:val="{text}"/></w:lvl>')
    for _ in range(count):
        append(document, listed(0, "甲"))
    found = lines(saved(document, tmp_path))
    expected = NUMBERING[case]
    assert found[: len(expected)] == [f"{label}甲" for label in expected]
    if count == 12:
        assert found[10:] == ["（十一）甲", "（十二）甲"]


def number(document: Any, levels: str, extra: str = "") -> None:
    from docx.oxml import parse_xml

    root = document.part.numbering_part.element
    root.insert(0, parse_xml(f'<w:abstractNum {W} w:abstractNumId="50">{levels}</w:abstractNum>'))
    root.append(parse_xml(f'<w:num {W} w:numId="50"><w:abstractNumId w:val="50"/></w:num>'))
    root.append(parse_xml(f'<w:num {W} w:numId="51"><w:abstractNumId w:val="50"/>{extra}</w:num>'))


def listed(level: int, text: str, of: int = 50) -> str:
    return p(
        f'<w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{of}"/></w:numPr></w:pPr>',
        r(text) if text else "",
    )


def test_deeper_numbers_begin_again_and_a_new_list_may_too(tmp_path: Path) -> None:
    document = docx.Document()
    levels = (
        '<w:lvl w:ilvl="0"><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>'
        '<w:lvl w:ilvl="1"><w:isLgl/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2."/></w:lvl>'
    )
    number(document, levels, '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>')
    for level, text in ((0, "甲"), (1, "乙"), (1, "2024年丙"), (0, "丁"), (1, "戊"), (0, "")):
        append(document, listed(level, text))
    append(document, listed(0, "己"))
    append(document, listed(0, "庚", 51))
    assert lines(saved(document, tmp_path)) == [
        "一、甲", "1.1.乙", "1.2. 2024年丙", "二、丁", "2.1.戊", "四、己", "一、庚",
    ]  # fmt: skip


def test_numbers_of_styles_count(tmp_path: Path) -> None:
    document = docx.Document()
    number(
        document,
        '<w:lvl w:ilvl="0"><w:pStyle w:val="Heading1"/><w:numFmt w:val="japaneseCounting"/>'
        '<w:lvlText w:val="%1、"/></w:lvl>',
    )
    from docx.oxml import parse_xml

    style = document.styles["Heading 1"].element
    style.get_or_add_pPr().append(parse_xml(f'<w:numPr {W}><w:numId w:val="50"/></w:numPr>'))
    document.add_heading("总体情况", 1)
    document.add_paragraph("全区2023年新增36家。")
    document.add_heading("下一步", 1)
    plain = document.add_heading("不编号", 1)
    plain._p.get_or_add_pPr().append(parse_xml(f'<w:numPr {W}><w:numId w:val="0"/></w:numPr>'))
    assert lines(saved(document, tmp_path)) == [
        "一、总体情况",
        "全区2023年新增36家。",
        "二、下一步",
        "不编号",
    ]
