"""Reading files: encodings, endings, what is refused."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.formats import known_suffixes, read_file
from ingest.formats.text import decode
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
    # A few short texts in GB18030 are valid UTF-8 as well; those read as UTF-8.
    data = text.encode("gb18030")
    decoded, encoding = decode(data)
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


@pytest.mark.parametrize("name", ["a.txt", "a.TXT", "a.md", "a.text"])
def test_the_ending_decides_and_its_case_does_not(tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    file.write_text(LETTER, "utf-8")
    assert read_file(file).text == LETTER


@pytest.mark.parametrize("name", ["a.xyz", "a", "a.exe"])
def test_an_unknown_ending_is_refused_with_the_known_ones(tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    file.write_text(LETTER, "utf-8")
    with pytest.raises(UnreadableFile) as refused:
        read_file(file)
    assert all(suffix in refused.value.hint for suffix in known_suffixes())


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
    samples = Path(__file__).parents[2] / "corpus" / "samples"
    how = {read_file(file).how for file in samples.iterdir()}
    assert how >= {"utf-8", "utf-8-sig", "utf-16", "gb18030"}, "the samples show every encoding"
