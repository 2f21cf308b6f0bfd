"""Word documents that are odd, empty, locked, hostile or damaged: read, or refused with the reason."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from hostile import damaged, damaged_parts, read_or_refused, repacked
from office_samples import REPLIES, add_table, number_headings, word_document
from word_samples import W, p, r, saved

from corpus.texts import letter
from ingest.compound import MAGIC
from ingest.formats.docx import read
from policyqa.errors import UnreadableFile

docx = pytest.importorskip("docx")


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
