"""OFD files: the letter comes back in lines and pages, whatever way its characters were placed."""

from __future__ import annotations

import re
import time
import zipfile
from pathlib import Path

import pytest
from hostile import damaged, damaged_parts, read_or_refused, repacked

from corpus.texts import letter
from corpus.writers.ofd import OfdWriter, write_parts
from ingest.formats.ofd import read
from ingest.parse import parse
from policyqa.errors import UnreadableFile
from policyqa.figures import find_figures

LETTERS = ("songya-jxw-2023-21", "songya-mzj-2024-19", "fengdu-slj-2024-15", "tongpu-kjj-2023-31")
PAGE = "Doc_0/Pages/Page_0/Content.xml"


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


@pytest.mark.parametrize("name", LETTERS)
@pytest.mark.parametrize(("scaled", "packed"), [(False, True), (False, False), (True, False)])
def test_a_letter_comes_back_as_from_plain_text(
    tmp_path: Path, name: str, scaled: bool, packed: bool
) -> None:
    typed = letter(name)
    raw = read(OfdWriter(scaled, packed).letter(typed).save(tmp_path / "a.ofd"))
    assert squeezed(raw.text) == squeezed(typed)
    expected, _ = parse(typed, name)
    found, _ = parse(raw.text, name)
    for field in ("title", "issuers", "document_number", "addressee", "signed_on", "copied_to", "outcome"):
        assert getattr(found, field) == getattr(expected, field), field
    assert [s.path for s in found.sections] == [s.path for s in expected.sections]


def test_paragraphs_are_whole_over_page_breaks_and_pages_are_told(tmp_path: Path) -> None:
    typed = letter("songya-jxw-2023-21")
    writer = OfdWriter().letter(typed)
    raw = read(writer.save(tmp_path / "a.ofd"))
    assert len(raw.pages) == len(writer.pages) > 2
    assert raw.pages[0] == 0
    assert list(raw.pages) == sorted(raw.pages)
    paragraphs = {line.strip() for line in typed.splitlines() if len(line) > 100}
    assert paragraphs <= set(raw.text.splitlines())
    assert "— 1 —" not in raw.text


def test_a_ruled_table_is_said_row_by_row(tmp_path: Path) -> None:
    writer = OfdWriter()
    writer.paragraph("各年加装电梯情况如下：")
    writer.table([["年度", "小区数（个）", "户数（户）"], ["2022年", "14", "6100"], ["2023年", "18", "7000"]])
    writer.paragraph("下一步，我委将继续推进。")
    text = read(writer.save(tmp_path / "a.ofd")).text
    assert "2023年：小区数18个，户数7000户。" in text
    assert [f.unit for f in find_figures("2023年：小区数18个，户数7000户。")] == ["个", "户"]
    assert text.index("如下") < text.index("2022年") < text.index("2023年") < text.index("下一步")


def test_objects_are_read_by_place_not_by_order(tmp_path: Path) -> None:
    writer = OfdWriter()
    for line in ("第三行在最后。", "第二行在中间。", "第一行在最前。"):
        writer.put(line, 28, 100 - 20 * "三二一".index(line[1]))
    writer.put("同一行的后半句。", 28 + 5.6 * 7, 60)
    text = squeezed(read(writer.save(tmp_path / "a.ofd")).text)
    assert text == "第一行在最前。同一行的后半句。第二行在中间。第三行在最后。"


def test_invisible_text_is_left_out_and_bold_by_printing_twice_is_read_once(tmp_path: Path) -> None:
    writer = OfdWriter()
    writer.put("松垭区民政局文件", 60)
    writer.put("松垭区民政局文件", 60.1)
    writer.put("不可见", 60, 90)
    writer.pages[0][-1] = writer.pages[0][-1].replace("<ofd:TextObject ", '<ofd:TextObject Visible="false" ')
    assert read(writer.save(tmp_path / "a.ofd")).text == "松垭区民政局文件"


def test_a_template_is_read_once(tmp_path: Path) -> None:
    writer = OfdWriter().letter("正文第一页，收悉。")
    writer.pages.append([])
    writer.y = 100
    writer.paragraph("正文第二页，答复如下。")
    parts = writer.parts()
    stamp = OfdWriter()
    stamp.put("松垭区民政局文件", 60, 30)
    parts["Doc_0/Tpls/T.xml"] = stamp.parts()[PAGE]
    parts["Doc_0/Document.xml"] = parts["Doc_0/Document.xml"].replace(
        "</ofd:CommonData>", '<ofd:TemplatePage ID="50" BaseLoc="Tpls/T.xml"/></ofd:CommonData>'
    )
    for name in (PAGE, PAGE.replace("Page_0", "Page_1")):
        parts[name] = parts[name].replace(
            "<ofd:Content>", '<ofd:Template TemplateID="50" ZOrder="Background"/><ofd:Content>'
        )
    text = read(write_parts(tmp_path / "a.ofd", parts)).text
    assert text.startswith("松垭区民政局文件\n")
    assert text.count("文件") == 1
    assert "第二页" in text


@pytest.mark.parametrize("change", ["root", "case", "backslash", "other name space"])
def test_packages_of_other_writers_are_read(tmp_path: Path, change: str) -> None:
    parts = OfdWriter().letter("罗启明委员：\n您提出的建议收悉，现答复如下。").parts()
    if change == "root":
        parts["OFD.xml"] = parts["OFD.xml"].replace("Doc_0/Doc", "/Doc_0/Doc")
        parts["Doc_0/Document.xml"] = parts["Doc_0/Document.xml"].replace("Pages/", "/Doc_0/Pages/")
    elif change == "case":
        parts = {name.replace("Content.xml", "content.xml").replace("OFD.xml", "ofd.xml"): text
                 for name, text in parts.items()}  # fmt: skip
    elif change == "backslash":
        parts["Doc_0/Document.xml"] = parts["Doc_0/Document.xml"].replace("Pages/Page_0/", "Pages\\Page_0\\")
    else:
        parts = {name: text.replace("http://www.ofdspec.org/2016", "http://www.ofdspec.org")
                 for name, text in parts.items()}  # fmt: skip
    assert "您提出的建议收悉，现答复如下。" in read(write_parts(tmp_path / "a.ofd", parts)).text


# --- refused --------------------------------------------------------------------------------------


def refusal(path: Path) -> UnreadableFile:
    with pytest.raises(UnreadableFile) as refused:
        read(path)
    assert refused.value.hint
    return refused.value


def test_pictures_only_and_empty_pages_are_refused(tmp_path: Path) -> None:
    parts = OfdWriter().parts()
    assert "no text" in str(refusal(write_parts(tmp_path / "a.ofd", parts)))
    parts[PAGE] = parts[PAGE].replace(
        "</ofd:Layer>", '<ofd:ImageObject Boundary="0 0 210 297" ResourceID="1"/></ofd:Layer>'
    )
    assert "pictures" in str(refusal(write_parts(tmp_path / "a.ofd", parts)))


def test_a_page_that_is_a_picture_is_told(tmp_path: Path) -> None:
    writer = OfdWriter().letter("罗启明委员：\n您提出的建议收悉，现答复如下。")
    writer.pages.append(['<ofd:ImageObject ID="9" Boundary="0 0 210 297" ResourceID="1"/>'])
    parts = writer.parts()
    notices = read(write_parts(tmp_path / "a.ofd", parts)).notices
    assert notices == ("没有文字的页：2", "有图片未读取的页：2")


def test_encrypted_and_other_zips_are_refused(tmp_path: Path) -> None:
    parts = OfdWriter().letter("您提出的建议收悉。").parts()
    sealed = write_parts(tmp_path / "a.ofd", parts | {"Encryptions.xml": "<a/>"})
    assert "password" in str(refusal(sealed))
    other = write_parts(tmp_path / "b.ofd", {"a.txt": "x"})
    assert "OFD.xml" in str(refusal(other))
    no_page = dict(parts)
    del no_page[PAGE]
    assert "missing" in str(refusal(write_parts(tmp_path / "c.ofd", no_page)))


def test_characters_that_mean_nothing_are_refused(tmp_path: Path) -> None:
    text = "".join(chr(0xE000 + i) for i in range(60))
    assert "fonts" in str(refusal(OfdWriter().letter(f"收悉：\n{text}").save(tmp_path / "a.ofd")))


BOMB = '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">' + "".join(
    f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(12)
) + "]>"  # fmt: skip
OUTSIDE = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize(("declared", "entity"), [(BOMB, "&m;"), (OUTSIDE, "&x;")])
@pytest.mark.parametrize("part", ["OFD.xml", PAGE])
def test_entities_are_refused(tmp_path: Path, part: str, declared: str, entity: str) -> None:
    parts = OfdWriter().letter("您提出的建议收悉。").parts()
    head, body = parts[part].split("\n", 1)
    parts[part] = f"{head}\n{declared}{body.replace('</ofd:', f'{entity}</ofd:', 1)}"
    begun = time.monotonic()
    assert "document type" in str(refusal(write_parts(tmp_path / "a.ofd", parts)))
    assert time.monotonic() - begun < 5


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "a.ofd"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("OFD.xml", b" " * 30_000_000)
    assert "times its size" in str(refusal(path))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('DeltaX="', 'DeltaX="g 999999999999 1e308 '),
        ('Size="5.6"', 'Size="1e400"'),
        ('Size="5.6"', 'Size="-0"'),
        ('Boundary="', 'Boundary="nan inf -1e309 '),
        ('X="0"', 'X="∞"'),
        ("0 0 210 297", "0 0 999999 -999999"),
        ("0 0 210 297", "x"),
        ('ID="7"', 'ID="7" CTM="1 2 3"'),
        ("Boundary=", 'CTM="0 0 0 0 0 0" Boundary='),
        ("Boundary=", 'CTM="nan 1e99 1 1 1 1" Boundary='),
        ("<ofd:Content>", '<ofd:Template TemplateID="1"/>' * 1000 + "<ofd:Content>"),
    ],
)
def test_numbers_beyond_reason_harm_nothing(tmp_path: Path, old: str, new: str) -> None:
    parts = OfdWriter(packed=False).letter("您提出的建议收悉，现答复如下。").parts()
    changed = {name: text.replace(old, new) for name, text in parts.items()}
    assert changed != parts
    read_or_refused(read, tmp_path / "b.ofd", write_parts(tmp_path / "a.ofd", changed).read_bytes())


def test_a_page_of_countless_characters_is_refused(tmp_path: Path) -> None:
    writer = OfdWriter()
    writer.put("收" * 41_000, 28)
    assert "40,000" in str(refusal(writer.save(tmp_path / "a.ofd")))


def test_damaged_files_are_read_or_refused(tmp_path: Path) -> None:
    path = OfdWriter().letter(letter("fengdu-slj-2024-15")[:400]).save(tmp_path / "a.ofd")
    for data in damaged(path.read_bytes()):
        read_or_refused(read, tmp_path / "b.ofd", data)
    for part in ("OFD.xml", "Doc_0/Document.xml", PAGE):
        for data in damaged_parts(path, part, 15):
            read_or_refused(read, tmp_path / "b.ofd", data)
    assert read_or_refused(read, tmp_path / "b.ofd", repacked(path, {})) is not None
    assert {file.name for file in tmp_path.iterdir()} == {"a.ofd", "b.ofd"}
