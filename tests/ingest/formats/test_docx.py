"""Word documents: the letter comes back as typed, whatever Word hides it in."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from office_samples import REPLIES, number_headings, word_document
from word_samples import W, append, lines, p, r, saved

from corpus.texts import letter, originals
from ingest.formats.docx import read
from ingest.parse import parse

docx = pytest.importorskip("docx")


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
    assert raw.notices == ("修订中已删除的内容未收入：2处",)


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
