"""Reading files: encodings, recognition by content, what is refused."""

from __future__ import annotations

import codecs
import io
import zipfile
from pathlib import Path

import pytest
from compound_files import compound
from hypothesis import given
from hypothesis import strategies as st
from office_samples import word_document
from workbook_samples import Page, ods, xls, xlsx

from corpus.writers.ofd import OfdWriter
from corpus.writers.pages import in_paragraphs
from corpus.writers.printing import Printer
from ingest import recognise
from ingest.charset import big5_text
from ingest.formats import MAX_CHARACTERS, known_suffixes, read_file
from ingest.formats.text import MAX_BYTES, decode
from ingest.unread import refusal
from policyqa.errors import UnreadableFile

LETTER = "重庆市南川区经济和信息化委员会\n2024年6月14日\n"


@pytest.mark.parametrize(
    ("data", "text", "encoding"),
    [
        (LETTER.encode("utf-8"), LETTER, "utf-8"),
        (codecs.BOM_UTF8 + LETTER.encode("utf-8"), LETTER, "utf-8-sig"),
        (LETTER.encode("utf-16"), LETTER, "utf-16"),
        (codecs.BOM_UTF16_LE + LETTER.encode("utf-16-le"), LETTER, "utf-16"),
        (codecs.BOM_UTF16_BE + LETTER.encode("utf-16-be"), LETTER, "utf-16"),
        (LETTER.encode("gb18030"), LETTER, "gb18030"),
        (LETTER.encode("gbk"), LETTER, "gb18030"),
        # short texts, which statistics take for Korean
        ("答复函".encode("gb18030"), "答复函", "gb18030"),
        ("南川".encode("gb18030"), "南川", "gb18030"),
        ("36家。".encode("gb18030"), "36家。", "gb18030"),
        ("〔2024〕58号".encode("gb18030"), "〔2024〕58号", "gb18030"),
        ("㐀𠀀镕".encode("gb18030"), "㐀𠀀镕", "gb18030"),
        (b"plain", "plain", "utf-8"),
    ],
)
def test_chinese_text_is_decoded_whatever_office_wrote_it(data: bytes, text: str, encoding: str) -> None:
    assert decode(data) == (text, encoding)


HAN = st.text(alphabet=st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1)
OFFICIAL = st.text(
    alphabet=st.sampled_from("重庆市南川区经济和信息化委员会关于第035号提案答复函，。、《》〔〕—％12469\n "),
    min_size=1,
)


@given(OFFICIAL, st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
def test_decoding_gives_back_what_was_encoded(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding))[0] == text


@given(HAN)
def test_decoding_gives_back_gb18030(text: str) -> None:
    # A few short texts in GB18030 are valid UTF-8 as well, or, of rare characters only, ordinary Big5.
    data = text.encode("gb18030")
    decoded, encoding = decode(data)
    if encoding == "big5":
        assert big5_text(data) == decoded
    else:
        assert decoded == text if encoding == "gb18030" else data.decode("utf-8") == decoded


@given(st.binary())
def test_any_bytes_are_decoded_or_refused(data: bytes) -> None:
    try:
        text, _ = decode(data)
    except UnreadableFile:
        return
    assert isinstance(text, str)


@pytest.mark.parametrize(
    "data", [b"\x00\x01\x02", b"PK\x03\x04\x00\x00\x00", b"%PDF-1.7\n\x00", LETTER.encode("utf-16-le")]
)
def test_binary_data_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableFile, match="zero bytes"):
        decode(data)


def test_a_torn_utf16_file_is_refused() -> None:
    with pytest.raises(UnreadableFile, match="utf-16"):
        decode(LETTER.encode("utf-16")[:-1])


def test_all_line_ends_become_one_kind(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes("甲\r\n乙\r丙\n".encode())
    assert read_file(file).text == "甲\n乙\n丙\n"


@pytest.mark.parametrize("name", ["a.txt", "a.TXT", "a.md", "a.text", "a", "a.xyz", "2024.6.14答复"])
def test_a_text_is_read_whatever_it_is_called(tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    file.write_text(LETTER, "utf-8")
    assert read_file(file).text == LETTER
    assert read_file(file).notices == ()


@pytest.mark.parametrize("name", ["a.docx", "a.pdf", "a.doc", "a.html", "a.jpg"])
def test_the_content_decides_and_a_wrong_ending_is_told(tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    file.write_text(LETTER, "utf-8")
    raw = read_file(file)
    assert raw.text == LETTER
    assert raw.notices == (f"内容是 .txt 格式，后缀却是 {file.suffix}",)


def test_every_format_is_found_under_every_ending(tmp_path: Path) -> None:
    made = {
        "docx": tmp_path / "1",
        "xlsx": tmp_path / "2",
        "xls": tmp_path / "3",
        "ods": tmp_path / "4",
        "OFD": tmp_path / "5",
        "PDF": tmp_path / "6",
        "html, utf-8": tmp_path / "7",
        "e-mail, utf-8": tmp_path / "8",
    }
    word_document(LETTER).save(made["docx"])
    beds = Page([["镇街", "床位（张）"], ["石枰镇", 120], ["云岚镇", 80]])
    xlsx(made["xlsx"], beds)
    xls(made["xls"], beds)
    ods(made["ods"], beds)
    OfdWriter().letter(LETTER).save(made["OFD"])
    Printer().write(LETTER).save(made["PDF"])
    made["html, utf-8"].write_text(f"<html><body>{in_paragraphs(LETTER)}</body></html>", "utf-8")
    made["e-mail, utf-8"].write_text(f"From: a@b.cn\nTo: c@d.cn\nSubject: x\n\n{LETTER}", "utf-8")
    for how, file in made.items():
        for name in ("无", "a.doc", "b.PDF", "c.xlsx", "d.txt", "e.png"):
            raw = read_file(file.rename(tmp_path / name))
            assert raw.how == how, (how, name)
            assert ("石枰镇：床位120张" in raw.text) or ("南川区" in raw.text), (how, name)
            (tmp_path / name).rename(file)


def test_exports_called_excel_that_are_pages_or_text(tmp_path: Path) -> None:
    page = tmp_path / "a.xls"
    page.write_text(
        "<table><tr><td>镇街</td><td>床位（张）</td></tr><tr><td>石枰镇</td><td>120</td></tr></table>", "gbk"
    )
    assert "石枰镇：床位120张。" in read_file(page).text
    page.write_text("镇街\t床位（张）\n石枰镇\t120\n", "gbk")
    assert "石枰镇：床位120张。" in read_file(page).text


def package(*names: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "says", "next_step"),
    [
        ("a.ppt", compound({"PowerPoint Document": b"x"}), "presentation", ".pdf"),
        ("a.pptx", package("[Content_Types].xml", "ppt/presentation.xml"), "presentation", ".pdf"),
        ("a.xlsb", package("[Content_Types].xml", "xl/workbook.bin"), "binary workbook", ".xlsx"),
        ("a.rar", b"Rar!\x1a\x07\x01\x00", "archive", "unpack"),
        ("a.doc", b"Rar!\x1a\x07\x01\x00", "archive", "unpack"),
        ("a.7z", b"7z\xbc\xaf\x27\x1c\x00\x04", "archive", "unpack"),
        ("a.tar.gz", b"\x1f\x8b\x08\x00", "archive", "unpack"),
        ("a.zip", package("a.txt"), "archive", "unpack"),
        ("a.msg", compound({"__properties_version1.0": b"x"}), "Outlook", ".eml"),
        ("a.mbox", b"From a@b Mon Jan 1 2024\nFrom: a\nTo: b\n\nx", "mailbox", ".eml"),
        ("a.heic", b"\0\0\0\x18ftypheic\0\0", "picture", ".jpg"),
        ("a.json", b'{"a": 1}', "data for programs", ".csv"),
        ("a.xml", b"<?xml version='1.0'?><a/>", "data for programs", ".pdf"),
        ("a.py", b"import os\n", "file of programs", ".txt"),
        ("a.exe", b"MZ\x90\x00\x03\x00\x00\x00" * 9, "no format that is read", ".docx"),
        ("a", bytes(range(256)), "no format that is read", ".docx"),
        ("a.docx", compound({"EncryptedPackage": b"x"}), "password", "without the password"),
        ("a.docx", b"PK\x03\x04", "not a whole", "whole copy"),
        ("a.docx", bytes(range(256)), "damaged", "whole copy"),
        ("a.pdf", b"%PDF-1.4\n", "PDF|cut off|damaged", "whole copy"),
    ],
)
def test_what_is_not_read_says_what_it_is_and_the_next_step(
    tmp_path: Path, name: str, data: bytes, says: str, next_step: str
) -> None:
    file = tmp_path / name
    file.write_bytes(data)
    with pytest.raises(UnreadableFile, match=says) as refused:
        read_file(file)
    assert next_step in refused.value.hint


def test_word_documents_kept_as_one_xml_file_are_recognised(tmp_path: Path) -> None:
    file = tmp_path / "a.xml"
    file.write_text('<?xml version="1.0"?>\n<?mso-application progid="Word.Document"?>\n<w:wordDocument/>')
    assert recognise.kind_of(file) == ".doc"


@pytest.mark.parametrize("name", ["a\x1b[2J.txt", "a\n.txt", "a\u202etxt.exe", "\x07"])
def test_names_with_control_characters_are_read_and_never_shown(tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    file.write_text(LETTER, "utf-8")
    assert read_file(file).text == LETTER
    file.write_bytes(bytes(range(256)))
    with pytest.raises(UnreadableFile) as refused:
        read_file(file)
    assert str(refused.value).isprintable()


def test_a_file_of_no_known_format_is_refused_with_the_known_ones(tmp_path: Path) -> None:
    file = tmp_path / "a.dat"
    file.write_bytes(b"\x00\x01\x02\x03" * 100)
    with pytest.raises(UnreadableFile) as refused:
        read_file(file)
    assert all(suffix in refused.value.hint for suffix in known_suffixes())


def test_every_ending_that_is_recognised_is_read_or_refused_by_name() -> None:
    """No kind falls between the formats and the refusals."""
    kinds = {suffix for _, suffix in recognise._MAGIC} | {suffix for _, suffix in recognise._STREAMS}
    kinds |= {*recognise._SAME, *recognise._SAME.values(), *recognise._ZIPPED, *recognise._TEXTUAL}
    kinds |= set(recognise._OPEN_DOCUMENT.values())
    lost = [kind for kind in kinds if kind not in known_suffixes() and refusal(kind, kind) is None]
    assert not lost


def test_the_template_is_a_format_module(tmp_path: Path) -> None:
    from ingest.formats import template

    assert template.SUFFIXES == ()
    with pytest.raises(UnreadableFile, match="template"):
        template.read(tmp_path / "a.txt")


def test_a_text_beyond_all_measure_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("您提出的建议收悉。" * (MAX_CHARACTERS // 9 + 1), "gbk")
    with pytest.raises(UnreadableFile, match="characters, at most 5,000,000"):
        read_file(file)
    with file.open("wb") as target:
        target.write(b"a")
        target.truncate(MAX_BYTES + 1)
    with pytest.raises(UnreadableFile):
        read_file(file)


@pytest.mark.parametrize("data", [b"", b"   \n\n", "　　\n".encode(), codecs.BOM_UTF8])
def test_a_file_without_text_is_refused(tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(data)
    with pytest.raises(UnreadableFile):
        read_file(file)


def test_a_missing_file_is_refused_with_the_reason(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="No such file"):
        read_file(tmp_path / "gone.txt")


def test_every_sample_of_the_corpus_is_read() -> None:
    samples = Path(__file__).parents[3] / "corpus" / "samples"
    how = {read_file(file).how for file in samples.glob("*.txt")}
    assert how >= {"utf-8", "utf-8-sig", "utf-16", "gb18030"}, "the samples show every encoding"
