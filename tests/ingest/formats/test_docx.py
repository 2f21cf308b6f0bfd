"""Word documents: the letter comes back as typed, whatever Word hides it in."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hostile import damaged, damaged_parts, read_or_refused, repacked
from office_samples import REPLIES, add_table, number_headings, word_document

from corpus.texts import letter, originals
from ingest.compound import MAGIC
from ingest.formats.docx import read
from ingest.parse import parse
from policyqa.errors import UnreadableFile

docx = pytest.importorskip("docx")

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def saved(document: Any, folder: Path) -> Path:
    path = folder / "letter.docx"
    document.save(path)
    return path


def append(document: Any, xml: str) -> None:
    """Put a paragraph or table of raw XML at the end of the body."""
    from docx.oxml import parse_xml

    namespaces = (
        W,
        'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"',
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"',
        'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"',
        'xmlns:v="urn:schemas-microsoft-com:vml"',
        'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"',
    )
    element = parse_xml(re.sub(r"^<([\w:]+)", lambda m: f"<{m[1]} {' '.join(namespaces)}", xml, count=1))
    document.element.body.insert(len(document.element.body) - 1, element)


def p(*runs: str) -> str:
    return f"<w:p>{''.join(runs)}</w:p>"


def r(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def lines(path: Path) -> list[str]:
    return [line for line in read(path).text.split("\n") if line]


@pytest.mark.parametrize("name", REPLIES)
def test_a_letter_in_word_is_understood_like_its_text(tmp_path: Path, name: str) -> None:
    text = letter(name)
    document = word_document(text)
    assert number_headings(document)
    raw = read(saved(document, tmp_path))
    from_text, _ = parse(text, name)
    from_word, passages = parse(raw.text, name)
    assert from_word.title == from_text.title
    assert from_word.issuers == from_text.issuers
    assert from_word.document_number == from_text.document_number
    assert from_word.addressee == from_text.addressee
    assert from_word.signed_on == from_text.signed_on
    assert from_word.proposals == from_text.proposals
    assert [s.path for s in from_word.sections] == [s.path for s in from_text.sections]
    assert re.sub(r"\s", "", raw.text) == re.sub(r"\s", "", text)
    assert passages


def test_every_sample_comes_back(tmp_path: Path) -> None:
    for file in originals()[::4]:
        text = letter(file.stem)
        raw = read(saved(word_document(text), tmp_path))
        assert re.sub(r"\s", "", raw.text) == re.sub(r"\s", "", text), file.name


def test_letterhead_title_and_signature_stand_apart(tmp_path: Path) -> None:
    text = (
        "松垭区民政局\n\n松垭民函〔2024〕19号\n关于第118号提案的答复\n尹可期委员：\n现答复如下。\n"
        "松垭区民政局\n2024年5月17日"
    )
    raw = read(saved(word_document(text), tmp_path))
    assert raw.text == (
        "松垭区民政局\n\n松垭民函〔2024〕19号\n\n关于第118号提案的答复\n\n"
        "尹可期委员：\n现答复如下。\n\n松垭区民政局\n2024年5月17日\n"
    )


def test_tables_become_sentences_with_their_title_and_unit(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("改造情况见下表，请予审阅。")
    document.add_paragraph("表1 2021—2023年老旧小区改造情况表")
    document.add_paragraph("单位：万元")
    rows = [
        ["年度", "小区数（个）", "投资", "投资"],
        ["", "", "总额", "其中：区级"],
        ["2022年", "15", "3200", "900"],
        ["2023年", "18", "4,100.5", "—"],
    ]
    table = add_table(document, rows)
    table.cell(0, 0).merge(table.cell(1, 0))
    table.cell(0, 1).merge(table.cell(1, 1))
    table.cell(0, 2).merge(table.cell(0, 3)).text = "投资"
    document.add_paragraph("下一步继续推进。")
    assert lines(saved(document, tmp_path)) == [
        "改造情况见下表，请予审阅。",
        "表1 2021—2023年老旧小区改造情况表",
        "2021—2023年老旧小区改造情况，2022年：小区数15个，投资总额3200万元，投资其中区级900万元。",
        "2021—2023年老旧小区改造情况，2023年：小区数18个，投资总额4,100.5万元。",
        "下一步继续推进。",
    ]


def test_merged_cells_hold_in_every_row(tmp_path: Path) -> None:
    document = docx.Document()
    rows = [
        ["区县", "年份", "床位（张）"],
        ["松垭区", "2022年", "3140"],
        ["", "2023年", "3560"],
        ["合计", "", "6700"],
    ]
    table = add_table(document, rows)
    table.cell(1, 0).merge(table.cell(2, 0)).text = "松垭区"
    table.cell(3, 0).merge(table.cell(3, 1)).text = "合计"
    assert lines(saved(document, tmp_path)) == [
        "松垭区，2022年：床位3140张。",
        "松垭区，2023年：床位3560张。",
        "合计：床位6700张。",
    ]


def test_layout_tables_are_no_data(tmp_path: Path) -> None:
    document = docx.Document()
    table = add_table(document, [["松垭区民政局", "文件"], ["松垭区财政局", ""]])
    table.cell(0, 1).merge(table.cell(1, 1)).text = "文 件"
    add_table(document, [["松垭民规〔2022〕2号", "签发人：章某"]])
    document.add_paragraph("关于印发《建设补助办法》的通知")
    raw = read(saved(document, tmp_path))
    found, _ = parse(raw.text, "a.docx")
    assert found.issuers == ("松垭区民政局", "松垭区财政局")
    assert found.document_number == "松垭民规〔2022〕2号"
    assert "松垭民规〔2022〕2号\u3000签发人：章某" in raw.text


def test_a_form_with_the_letter_in_a_cell(tmp_path: Path) -> None:
    document = docx.Document()
    table = add_table(document, [["提案标题", "关于养老服务的提案"], ["办理意见", ""]])
    cell = table.cell(1, 1)
    cell.text = "尹可期委员："
    for number in range(4):
        cell.add_paragraph(
            f"2023年新增养老床位42{number}张，年末全区养老机构21家，床位3560张，占全市的28.2%。"
        )
    found = lines(saved(document, tmp_path))
    assert found[0] == "提案标题：关于养老服务的提案"
    assert found[1:3] == ["办理意见：", "尹可期委员："]
    assert len(found) == 7


def test_a_table_of_metadata_is_read_as_the_head(tmp_path: Path) -> None:
    document = docx.Document()
    rows = [
        ["索引号", "0012", "发文机关", "松垭区民政局"],
        ["成文日期", "2024年5月17日", "发布日期", "2024年6月3日"],
    ]
    add_table(document, rows)
    document.add_paragraph("关于区政协十五届三次会议第118号提案的答复")
    document.add_paragraph("尹可期委员：")
    document.add_paragraph("您提出的《关于养老的提案》（第118号）收悉，现答复如下。")
    found, _ = parse(read(saved(document, tmp_path)).text, "a.docx")
    assert found.issuers == ("松垭区民政局",)
    assert str(found.published_on) == "2024-06-03"
    assert str(found.signed_on) == "2024-05-17"


def test_text_boxes_stand_where_they_are_seen(tmp_path: Path) -> None:
    document = docx.Document()

    def box(text: str, offset: int) -> str:
        inner = f"<w:txbxContent>{p(r(text))}</w:txbxContent>"
        return (
            '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor>'
            '<wp:positionV relativeFrom="page">'
            f"<wp:posOffset>{offset}</wp:posOffset></wp:positionV><wps:wsp><wps:txbx>{inner}</wps:txbx></wps:wsp>"
            "</wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>"
            f"{inner}</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
        )

    append(document, p(box("松垭区民政局文件", 900_000), r("松垭民函〔2024〕19号")))
    append(document, p(box("抄送：区政协提案委。", 9_000_000), r("2024年5月17日")))
    assert lines(saved(document, tmp_path)) == [
        "松垭区民政局文件",
        "松垭民函〔2024〕19号",
        "2024年5月17日",
        "抄送：区政协提案委。",
    ]


def test_tracked_changes_read_as_accepted(tmp_path: Path) -> None:
    document = docx.Document()
    append(
        document,
        p(
            r("2023年新增"),
            f'<w:del w:id="1" w:author="a">{r("35").replace("w:t", "w:delText")}</w:del>',
            f'<w:ins w:id="2" w:author="a">{r("36")}</w:ins>',
            r("家。"),
            f'<w:moveFrom w:id="3" w:author="a">{r("旧处。")}</w:moveFrom>',
        ),
    )
    append(document, p('<w:pPr><w:rPr><w:del w:id="4" w:author="a"/></w:rPr></w:pPr>', r("前半句，")))
    append(document, p(r("后半句。")))
    raw = read(saved(document, tmp_path))
    assert raw.text.split() == ["2023年新增36家。", "前半句，后半句。"]
    assert raw.notices == ("tracked deletions left out: 2",)


def test_what_readers_do_not_see_is_left_out(tmp_path: Path) -> None:
    document = docx.Document()
    field = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    code = "<w:r><w:instrText> PAGEREF _Toc1 </w:instrText></w:r>" + r("码")
    symbol = "<w:r><w:sym w:font='Wingdings' w:char='F052'/></w:r>"
    begin, separate, end = (field.format(kind) for kind in ("begin", "separate", "end"))
    append(
        document, p(r("见第"), begin, code, separate, r("3"), end, r("页"), r("密", "<w:vanish/>"), symbol)
    )
    append(document, '<w:p><w:pPr><w:pStyle w:val="TOC1"/></w:pPr><w:r><w:t>一、总体情况 3</w:t></w:r></w:p>')
    style = document.styles.add_style("toc 1", 1)
    style.element.set(f"{{{W.split(chr(34))[1]}}}styleId", "TOC1")
    append(document, p("<m:oMath><m:r><m:t>x=5</m:t></m:r></m:oMath>"))
    assert lines(saved(document, tmp_path)) == ["见第3页☑", "x=5"]


def test_the_letterhead_of_the_page_header_is_taken_when_the_body_has_none(tmp_path: Path) -> None:
    text = "关于第118号提案的答复\n\n尹可期委员：\n现答复如下。"
    document = word_document(text)
    section = document.sections[0]
    section.header.paragraphs[0].text = "松垭区民政局文件"
    section.header.add_paragraph("松垭民函〔2024〕19号")
    section.header.add_paragraph("内部资料")
    section.footer.paragraphs[0].text = "— 1 —"
    section.footer.add_paragraph("抄送：区政协提案委。")
    assert lines(saved(document, tmp_path)) == [
        "松垭区民政局文件",
        "松垭民函〔2024〕19号",
        *text.split("\n\n")[0].split("\n"),
        "尹可期委员：",
        "现答复如下。",
        "抄送：区政协提案委。",
    ]


def test_the_page_header_is_dropped_when_the_body_has_its_own(tmp_path: Path) -> None:
    document = word_document(letter(REPLIES[0]))
    document.sections[0].header.paragraphs[0].text = "松垭区民政局"
    document.sections[0].header.add_paragraph("松垭民函〔2024〕99号")
    text = read(saved(document, tmp_path)).text
    assert "99号" not in text
    assert text.startswith("松垭区民政局\n\n松垭民函〔2024〕19号")


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


def test_footnotes_follow_their_paragraph(tmp_path: Path) -> None:
    document = docx.Document()
    append(document, p(r("全区床位3560张"), '<w:r><w:footnoteReference w:id="2"/></w:r>', r("。")))
    append(document, p(r("下文。")))
    notes = (
        f'<w:footnotes {W}><w:footnote w:type="separator" w:id="0"><w:p/></w:footnote>'
        f'<w:footnote w:id="2">{p(r("含护理型床位。"))}</w:footnote></w:footnotes>'
    )
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    part = Part(PackURI("/word/footnotes.xml"), "application/xml", notes.encode(), document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
    assert lines(saved(document, tmp_path)) == ["全区床位3560张。", "注：含护理型床位。", "下文。"]


def test_files_that_python_docx_refuses_are_read(tmp_path: Path) -> None:
    path = saved(word_document(letter(REPLIES[0])), tmp_path)
    with zipfile.ZipFile(path) as archive:
        relations = archive.read("word/_rels/document.xml.rels")
        body = archive.read("word/document.xml")
        root = archive.read("_rels/.rels")
    nothing = b'<Relationship Id="rId99" Type="http://x/image" Target="NULL"/></Relationships>'
    usual = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    strict = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
    path.write_bytes(
        repacked(
            path,
            {
                "word/_rels/document.xml.rels": relations.replace(b"</Relationships>", nothing),
                "word/document.xml": body.replace(usual, strict),
                "_rels/.rels": root.replace(
                    b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
                    b"http://purl.oclc.org/ooxml/officeDocument/relationships",
                ),
            },
        )
    )
    assert "尹可期委员：" in read(path).text


def test_an_empty_document_has_no_text(tmp_path: Path) -> None:
    assert read(saved(docx.Document(), tmp_path)).text == ""


def test_a_document_of_pictures_says_so(tmp_path: Path) -> None:
    from io import BytesIO

    from PIL import Image

    picture = BytesIO()
    Image.new("RGB", (8, 8)).save(picture, "PNG")
    picture.seek(0)
    document = docx.Document()
    document.add_picture(picture)
    with pytest.raises(UnreadableFile, match="1 pictures and no text"):
        read(saved(document, tmp_path))


def test_other_files_are_refused_with_the_reason(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(MAGIC + bytes(600))
    with pytest.raises(UnreadableFile, match="old Office file"):
        read(path)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.txt", "甲")
    with pytest.raises(UnreadableFile, match="not a Word document inside"):
        read(path)
    path.write_bytes("甲乙丙".encode())
    with pytest.raises(UnreadableFile, match="not a whole Word document"):
        read(path)


def test_a_password_is_named(tmp_path: Path) -> None:
    # The directory of an OLE file: the root, and in it the stream that encrypted files have.
    def entry(name: str, kind: int, child: int) -> bytes:
        raw = name.encode("utf-16-le")
        head = raw.ljust(64, b"\0") + (len(raw) + 2).to_bytes(2, "little") + bytes([kind, 1])
        none = b"\xff\xff\xff\xff"
        return (head + none + none + child.to_bytes(4, "little")).ljust(128, b"\0")

    header = bytearray(MAGIC.ljust(512, b"\0"))
    header[30:32] = (9).to_bytes(2, "little")
    header[48:52] = (1).to_bytes(4, "little")
    header[76:512] = b"\xff" * 436
    header[76:80] = (0).to_bytes(4, "little")
    table = (0xFFFFFFFD).to_bytes(4, "little") + (0xFFFFFFFE).to_bytes(4, "little") + b"\xff" * 504
    directory = entry("Root Entry", 5, 1) + entry("EncryptedPackage", 2, 0xFFFFFFFF)
    path = tmp_path / "a.docx"
    path.write_bytes(bytes(header) + table + directory.ljust(512, b"\0"))
    with pytest.raises(UnreadableFile, match="password"):
        read(path)


BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "'
    + b"x" * 1000
    + b'"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]><a>&c;&c;</a>'
)


@pytest.mark.parametrize(
    "xml", [BOMB, BOMB.decode().replace('"1.0"', '"1.0" encoding="utf-16"').encode("utf-16")]
)
@pytest.mark.parametrize("part", ["word/document.xml", "word/styles.xml", "_rels/.rels"])
def test_entities_are_refused(tmp_path: Path, part: str, xml: bytes) -> None:
    path = saved(docx.Document(), tmp_path)
    path.write_bytes(repacked(path, {part: xml}))
    with pytest.raises(UnreadableFile, match=r"document type|damaged"):
        read(path)


def test_nothing_outside_is_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("机密", "utf-8")
    path = saved(docx.Document(), tmp_path)
    xml = (
        f'<!DOCTYPE a [<!ENTITY b SYSTEM "file://{secret}">]><w:document {W}><w:body>'
        "<w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:body></w:document>"
    )
    path.write_bytes(repacked(path, {"word/document.xml": xml.encode()}))
    with pytest.raises(UnreadableFile):
        read(path)


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path = saved(docx.Document(), tmp_path)
    path.write_bytes(repacked(path, {"word/document.xml": b" " * 40_000_000}))
    with pytest.raises(UnreadableFile, match="times its size"):
        read(path)


def test_tables_without_end_are_refused_or_read(tmp_path: Path) -> None:
    path = saved(docx.Document(), tmp_path)
    deep = "<w:tbl><w:tr><w:tc>" * 2000 + p(r("甲")) + "</w:tc></w:tr></w:tbl>" * 2000
    wide = '<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="9999"/></w:tcPr><w:p/></w:tc></w:tr></w:tbl>' + p(
        r("乙")
    )
    for body in (deep, wide):
        xml = f"<w:document {W}><w:body>{body}</w:body></w:document>".encode()
        read_or_refused(read, path, repacked(path, {"word/document.xml": xml}))


def test_any_damage_is_refused_or_read(tmp_path: Path) -> None:
    document = word_document(letter(REPLIES[0])[:1200])
    number_headings(document)
    add_table(document, [["年度", "小区数（个）"], ["2022年", "15"]])
    whole = saved(document, tmp_path)
    path = tmp_path / "b.docx"
    for data in damaged(whole.read_bytes(), 60):
        read_or_refused(read, path, data)
    for part in ("word/document.xml", "word/numbering.xml", "word/_rels/document.xml.rels"):
        for data in damaged_parts(whole, part, 20):
            read_or_refused(read, path, data)
