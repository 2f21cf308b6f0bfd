"""What a file is by its content, whatever its name says."""

from __future__ import annotations

import codecs
import io
import struct
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.compound import MAGIC, root_names
from ingest.recognise import kind_of
from ingest.zips import MAX_BYTES

LETTER = "重庆市南川区经济和信息化委员会\n您提出的建议收悉，2023年新培育36家。\n"


def packed(*names: str, mimetype: str = "") -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        if mimetype:
            archive.writestr("mimetype", mimetype, compress_type=zipfile.ZIP_STORED)
        for name in names:
            archive.writestr(name, "<a/>")
    return buffer.getvalue()


def compound(*names: str, inside: tuple[str, ...] = ()) -> bytes:
    """An OLE file whose root holds some streams, and one storage, ObjectPool, that holds others."""

    def entry(name: str, kind: int, left: int = -1, right: int = -1, child: int = -1) -> bytes:
        raw = name.encode("utf-16-le")
        head = raw.ljust(64, b"\0") + struct.pack("<HBB", len(raw) + 2, kind, 1)
        return (head + struct.pack("<iii", left, right, child)).ljust(128, b"\0")

    children = [*names, *(["ObjectPool"] if inside else [])]
    first_inside = 1 + len(children)
    entries = [entry("Root Entry", 5, child=1 if children else -1)]
    for index, name in enumerate(children, start=1):
        storage = name == "ObjectPool"
        following = index + 1 if index < len(children) else -1
        entries.append(
            entry(name, 1 if storage else 2, right=following, child=first_inside if storage else -1)
        )
    for index, name in enumerate(inside):
        entries.append(entry(name, 2, right=first_inside + index + 1 if index + 1 < len(inside) else -1))
    directory = b"".join(entries)
    sectors = -(-len(directory) // 512)
    chain = [*range(2, sectors + 1), -2]
    table = struct.pack("<i", -3) + struct.pack(f"<{sectors}i", *chain)
    # minor and major version, byte order, sector sizes; one sector of table at 0, the directory from 1
    header = struct.pack("<8s16xHHHHH6xIIIIIiIiI", MAGIC, 62, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, -2, 0, -2, 0)
    header += struct.pack("<109i", 0, *([-1] * 108))
    return header.ljust(512, b"\0") + table.ljust(512, b"\xff") + directory.ljust(sectors * 512, b"\0")


OFFICE = "[Content_Types].xml"
MIME = b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n"


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (packed(OFFICE, "word/document.xml"), ".docx"),
        (packed(OFFICE, "xl/workbook.xml"), ".xlsx"),
        (packed(OFFICE, "xl/workbook.bin"), ".xlsb"),
        (packed(OFFICE, "ppt/presentation.xml"), ".pptx"),
        (packed("\\word\\document.xml", "/[content_types].XML"), ".docx"),
        (packed("OFD.xml", "Doc_0/Document.xml"), ".ofd"),
        (packed("content.xml", mimetype="application/vnd.oasis.opendocument.text"), ".odt"),
        (packed("content.xml", mimetype="application/vnd.oasis.opendocument.spreadsheet"), ".ods"),
        (packed("答复.docx", "word/说明.txt"), ".zip"),
        (packed(), ".zip"),
        (compound("WordDocument", "1Table"), ".doc"),
        (compound("Workbook"), ".xls"),
        (compound("Book"), ".xls"),
        (compound("PowerPoint Document"), ".ppt"),
        (compound("__properties_version1.0"), ".msg"),
        # a Word document that holds a sheet
        (compound("WordDocument", inside=("Workbook",)), ".doc"),
        (compound("EncryptionInfo", "EncryptedPackage"), ".docx"),
        (compound(*(f"s{n}" for n in range(40)), "WordDocument"), ".doc"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", ".pdf"),
        (b"\xef\xbb\xbf\r\n%PDF-1.4", ".pdf"),
        (b"{\\rtf1\\ansi\\ansicpg936", ".rtf"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", ".png"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", ".jpg"),
        (b"II*\x00\x08\0\0\0", ".tif"),
        (b"BM\x36\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0" + b"\0" * 20, ".bmp"),
        (b"RIFF\x10\0\0\0WEBPVP8 ", ".webp"),
        (b"7z\xbc\xaf\x27\x1c\0\x04", ".7z"),
        (b"Rar!\x1a\x07\x01\0", ".rar"),
        (LETTER.encode(), ".txt"),
        (LETTER.encode("gb18030"), ".txt"),
        (LETTER.encode("utf-16"), ".txt"),
        (LETTER.encode("utf-16-le"), ""),  # Chinese in UTF-16 without mark: the text module refuses it too
        ("BM 2024年工作总结".encode(), ".txt"),
        (b"<!DOCTYPE html><html><body>a", ".html"),
        ("\ufeff<!-- saved from url=(0042)http://x --><HTML><p>收悉。".encode(), ".html"),
        ("<html><p>收悉。".encode("utf-16"), ".html"),
        ("<meta charset=gbk><p>收悉。".encode("gbk"), ".html"),
        (b'<?xml version="1.0"?>\n<html xmlns="http://www.w3.org/1999/xhtml">', ".html"),
        (b'<?xml version="1.0"?>\n<w:wordDocument>', ".xml"),
        (b"<table border=1><tr><td>1", ".html"),
        (MIME + b"Snapshot-Content-Location: http://x\r\nFrom: <Saved by Blink>\r\n\r\n--x", ".mhtml"),
        (MIME + b"X-Generator: Word\r\n\r\n--x", ".mhtml"),
        (MIME + b"To: a@example.cn\r\nReceived: from x\r\n\r\n--x", ".eml"),
        (b"Received: from a\r\n\tby b\r\nFrom: a\r\nSubject: x\r\n\r\nbody", ".eml"),
        ("Subject: 答复\nFrom: 经信委\n\n收悉".encode("gbk"), ".eml"),
        (b"From a@b Fri Jun 14\nFrom: a\nTo: b\n\nx", ".mbox"),
        ("From: 2023年 To: 2024年的变化".encode(), ".txt"),
        (b"To: the office\nThis is a note.\n\nx", ".txt"),
        (b"", ""),
        (b"\0" * 100, ""),
        (b"\x01\x02\x03\x04" * 200, ""),
        (bytes(range(256)) * 20, ""),
    ],
)
def test_content_tells_what_a_file_is(tmp_path: Path, data: bytes, kind: str) -> None:
    for name in ("a", "a.xyz"):
        path = tmp_path / name
        path.write_bytes(data)
        assert kind_of(path) == kind


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("a.wps", compound("WordDocument"), ".wps"),
        ("a.et", compound("Workbook"), ".et"),
        ("a.docm", packed(OFFICE, "word/document.xml"), ".docm"),
        ("a.JPEG", b"\xff\xd8\xff\xe0", ".jpeg"),
        ("a.htm", b"<html><p>x", ".htm"),
        ("a.mht", MIME + b"From: <Saved by Blink>\r\n\r\n--x", ".mht"),
        ("a.md", LETTER.encode(), ".md"),
        ("a.md", b"<div align=center>x</div>\n# x", ".md"),
        ("a.csv", "年,户数\n2023,36\n".encode("gbk"), ".csv"),
        ("a.html", "您提出的建议<br>收悉。".encode(), ".html"),
        # the ending is wrong
        ("a.doc", b"<html><p>x", ".html"),
        ("a.doc", b"{\\rtf1", ".rtf"),
        ("a.doc", packed(OFFICE, "word/document.xml"), ".docx"),
        ("a.doc", MIME + b"X-A: b\r\n\r\n--x", ".mhtml"),
        ("a.xls", b"<table border=1><tr><td>1", ".html"),
        ("a.docx", compound("WordDocument"), ".doc"),
        ("a.docx", compound("Workbook"), ".xls"),
        ("a.txt", b"%PDF-1.4\n", ".pdf"),
        ("a.txt", b"<!DOCTYPE html><html>", ".html"),
        ("a.pdf", LETTER.encode(), ".txt"),
        ("a.zip", packed("OFD.xml"), ".ofd"),
        ("a.html", LETTER.encode(), ".txt"),
        # password-protected: the ending is all there is
        ("a.xlsx", compound("EncryptedPackage"), ".xlsx"),
        # damaged: its own reader says what is wrong
        ("a.docx", packed(OFFICE, "word/document.xml")[:60], ".docx"),
        ("a.ofd", b"PK\x03\x04", ".ofd"),
        ("a", packed(OFFICE, "word/document.xml")[:-30], ".docx"),
        ("a", b"PK\x03\x04", ".zip"),
        ("a.xls", MAGIC, ".xls"),
        ("a", MAGIC + b"\xff" * 600, ".doc"),
    ],
)
def test_the_ending_is_kept_where_it_fits(tmp_path: Path, name: str, data: bytes, kind: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    assert kind_of(path) == kind


def test_a_text_cut_inside_a_character_is_text(tmp_path: Path) -> None:
    for shift in range(4):
        for encoding in ("utf-8", "gb18030"):
            path = tmp_path / f"{shift}{encoding}"
            path.write_bytes(b"a" * shift + ("收" * 60_000).encode(encoding))
            assert kind_of(path) == ".txt"


def test_a_zip_beyond_the_limits_is_still_recognised(tmp_path: Path) -> None:
    path = tmp_path / "a"
    data = bytearray(packed("OFD.xml", "Doc_0/Document.xml"))
    struct.pack_into("<I", data, data.index(b"PK\x01\x02") + 24, MAX_BYTES + 1)
    path.write_bytes(bytes(data))
    assert kind_of(path) == ".ofd"


@pytest.mark.parametrize("at", [30, 44, 48, 76, 512, 1024 + 68, 1024 + 76, 1024 + 64])
@pytest.mark.parametrize("value", [b"\xff\xff\xff\xff", b"\0\0\0\0", b"\x01\0\0\0", b"\xf9\xff\xff\x7f"])
def test_compound_files_that_point_in_circles_end(tmp_path: Path, at: int, value: bytes) -> None:
    data = bytearray(compound("WordDocument", "1Table", "Data", inside=("Workbook",)))
    data[at : at + 4] = value
    path = tmp_path / "a.doc"
    path.write_bytes(bytes(data))
    root_names(path)
    assert kind_of(path)


def test_names_under_the_root_are_read(tmp_path: Path) -> None:
    path = tmp_path / "a.doc"
    path.write_bytes(compound("WordDocument", "1Table", inside=("Workbook",)))
    assert root_names(path) == {"WordDocument", "1Table", "ObjectPool"}


STARTS = [
    b"", b"PK\x03\x04", b"PK\x05\x06", MAGIC, b"%PDF-", b"<html>", b"From: a\nTo: ", codecs.BOM_UTF16_LE,
    b"BM", b"<\0h\0", packed(OFFICE, "word/document.xml"), compound("WordDocument"), MIME,
]  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(STARTS), st.binary(max_size=400), st.integers(0, 400))
def test_any_bytes_are_recognised_or_not(
    tmp_path_factory: pytest.TempPathFactory, start: bytes, rest: bytes, cut: int
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.bin"
    path.write_bytes(start[:-cut] + rest if cut < len(start) else start + rest)
    kind = kind_of(path)
    assert kind == "" or kind.startswith(".")
