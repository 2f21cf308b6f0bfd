"""Scans: pages printed, photographed and recognised; what is text and what is a picture, page by page.

Recognition takes seconds a page, so that one page each serves several checks.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from pathlib import Path

import pytest
from hostile import damaged, read_or_refused
from PIL import Image, ImageDraw

from corpus.texts import letter
from corpus.writers.printing import Printer, Style, photographed, scanned
from ingest.formats import image, pdf
from ingest.parse import parse
from policyqa.errors import UnreadableFile

pytest.importorskip("rapidocr", reason="recognition is the extra ocr")


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def alike(a: str, b: str) -> float:
    return SequenceMatcher(None, squeezed(a), squeezed(b), autojunk=False).ratio()


def first_page(name: str, style: Style | None = None) -> tuple[Image.Image, str]:
    """A picture of a letter's first page, and the text on it."""
    return photographed(Printer(style).write(letter(name)).bytes())[0], letter(name)


def test_a_scanned_letter_is_recognised_and_its_confidence_told(tmp_path: Path) -> None:
    picture, typed = first_page("songya-mzj-2024-19")
    path = tmp_path / "a.pdf"
    path.write_bytes(scanned([picture]))
    raw = pdf.read(path)
    assert raw.how == "PDF, OCR of page 1"
    assert raw.pages == (0,)
    assert raw.confidence is not None
    assert 0.9 < raw.confidence <= 1
    wanted = squeezed(typed)[: len(squeezed(raw.text))]
    assert alike(raw.text, wanted) > 0.985
    assert "— 1 —" not in raw.text
    expected, found = parse(typed, "a")[0], parse(raw.text, "a")[0]
    for field in ("title", "issuers", "document_number", "addressee"):
        assert getattr(found, field) == getattr(expected, field), field
    # Paragraphs are healed as those of a text layer are.
    inside = [line for line in typed.split("\n") if len(line) > 60 and squeezed(line) in wanted]
    whole = [line for line in inside if max(alike(line, got) for got in raw.text.split("\n")) > 0.97]
    assert len(whole) >= len(inside) - 1


def test_pages_of_text_and_scans_are_told_apart(tmp_path: Path) -> None:
    scan = photographed(Printer(Style(numbers="")).line("扫描的这一页说新建停车位一百二十个。").bytes())[0]
    printer = Printer(Style(numbers=""))
    printer.line("打印的这一页说新建床位八十张，全区养老机构增加到七十九家。")
    printer.picture(scan)
    raw = pdf.read(printer.save(tmp_path / "a.pdf"))
    assert raw.how == "PDF, OCR of page 2"
    assert raw.text[: raw.pages[1]].strip() == "打印的这一页说新建床位八十张，全区养老机构增加到七十九家。"
    assert raw.text[raw.pages[1] :].strip() == "扫描的这一页说新建停车位一百二十个。"


def test_a_text_layer_that_is_a_cipher_is_recognised_instead(tmp_path: Path) -> None:
    printer = Printer(Style(numbers=""))
    printer.paper.set_compression(False)
    said = "您提出的关于加强社区养老服务的提案收悉，现答复如下：全区建成社区养老服务站一百一十三个。"
    data = printer.line(said).bytes()
    # The font's table of meanings moved to characters without any.
    cipher = re.sub(rb"<([0-9A-F]{4})> <([0-9A-F]{4})>", lambda m: b"<%b> <E%b>" % (m[1], m[2][1:]), data)
    assert cipher != data
    path = tmp_path / "a.pdf"
    path.write_bytes(cipher)
    raw = pdf.read(path)
    assert raw.how == "PDF, OCR of page 1"
    assert alike(raw.text, said) > 0.95


def test_a_photograph_on_its_side_with_a_table_is_read(tmp_path: Path) -> None:
    printer = Printer(Style(numbers=""))
    printer.line("2023年养老服务设施情况表", "C")
    rows = [["镇街", "机构（家）", "床位（张）"], ["石枰镇", "5", "320"], ["云岚镇", "1", "80"]]
    printer.table(rows)
    printer.paper.ln(10)
    for sentence in ("以上数据截至2023年12月31日，由各镇街上报。", "各镇街应当按月更新，并对真实性负责。"):
        printer.line(sentence)
    page = photographed(printer.bytes(), dpi=150)[0]
    turned = page.rotate(90, expand=True)
    path = tmp_path / "a.jpg"
    turned.save(path, quality=85)
    raw = image.read(path)
    assert raw.confidence is not None
    assert raw.confidence > 0.85
    assert "石枰镇：机构5家，床位320张。" in raw.text
    assert "以上数据截至2023年12月31日" in raw.text


def test_the_pages_of_a_tiff_follow_each_other(tmp_path: Path) -> None:
    def page(text: str) -> Image.Image:
        whole = photographed(Printer(Style(numbers="")).line(text).bytes(), dpi=120)[0]
        return whole.crop((0, 0, whole.width, whole.height // 4))

    path = tmp_path / "a.tif"
    blank = Image.new("L", (800, 400), 255)
    first = "这一页说全区新建停车位一百个，新建养老床位八十张，新增社区养老服务站十三个，均已投入使用。"
    third = "另一页说全区改造老旧小区七十二个，惠及居民七千户，加装电梯二十一部，完成投资一亿余元，特此说明。"
    page(first).save(path, save_all=True, append_images=[blank, page(third)])
    raw = image.read(path)
    assert [alike(line, said) > 0.95 for line, said in zip(raw.text.split(), (first, third), strict=True)]
    assert len(raw.pages) == 3
    assert "没有文字的页：2" in raw.notices


# --- refused ------------------------------------------------------------------------------------------


def test_a_picture_without_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    Image.new("RGB", (300, 200), "white").save(path)
    with pytest.raises(UnreadableFile, match="no text was recognised") as refused:
        image.read(path)
    assert "dpi" in refused.value.hint


def test_a_picture_of_too_many_pixels_is_refused_undecoded(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    Image.new("1", (40_000, 40_000), 1).save(path)
    with pytest.raises(UnreadableFile, match="pixels"):
        image.read(path)


@pytest.mark.parametrize("name", ["a.png", "a.jpg", "a.tif", "a.bmp", "a.gif", "a.webp"])
def test_damaged_pictures_are_read_or_refused(tmp_path: Path, name: str) -> None:
    picture = Image.new("RGB", (60, 40), "white")
    ImageDraw.Draw(picture).line((5, 5, 50, 30), fill="black")
    path = tmp_path / name
    picture.save(path)
    for data in damaged(path.read_bytes(), 8):
        path.write_bytes(data)
        read_or_refused(lambda p: list(image.pictures(p)), path, data)
