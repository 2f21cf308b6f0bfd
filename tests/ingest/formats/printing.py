"""Prints letters to PDF and to pictures, with a Chinese font of the system."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from PIL import Image

SAMPLES = Path(__file__).parents[3] / "corpus" / "samples"
_FONTS = (
    "/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc",
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc",
    "/usr/share/fonts/truetype/arphic/uming.ttc",
    "/usr/share/fonts/truetype/droid/DroidSansFallbackFull.ttf",
)


def letter(name: str) -> str:
    """The text of a sample document."""
    from ingest.formats.text import read

    return read(SAMPLES / f"{name}.txt").text


@cache
def font_file() -> Path:
    """A small font with the characters of the samples and tests; embedding a whole one takes seconds.

    Skips the test where the system has no Chinese font.
    """
    import tempfile

    fonttools = pytest.importorskip("fontTools.subset", reason="fonttools comes with fpdf2")
    from fontTools.ttLib import TTCollection, TTFont

    for name in _FONTS:
        if not Path(name).is_file():
            continue
        faces = TTCollection(name).fonts if name.endswith(".ttc") else [TTFont(name)]
        wanted = [f for f in faces if " SC" in str(f["name"].getDebugName(4))] or faces
        face = wanted[0]
        if ord("委") not in face.getBestCmap():
            continue
        text = {c for file in SAMPLES.glob("*.txt") for c in letter(file.stem)}
        text |= {chr(c) for c in range(32, 127)}
        for file in Path(__file__).parent.glob("*.py"):
            text |= set(file.read_text("utf-8"))
        subsetter = fonttools.Subsetter(fonttools.Options(layout_features=[], notdef_outline=True))
        subsetter.populate(text="".join(text) + "—－·☐")
        subsetter.subset(face)
        target = Path(tempfile.mkdtemp(prefix="policyqa-font-")) / "letters.ttf"
        face.save(target)
        return target
    pytest.skip("no Chinese font on this machine (Debian: fonts-noto-cjk)")


@dataclass
class Style:
    """How a letter is laid out; lengths in millimetres, sizes in points."""

    size: float = 16
    leading: float = 9.5
    indent: bool = True
    align: str = "J"
    head: str = ""
    numbers: str = "— {} —"
    margin: float = 28


class Printer:
    """A PDF that grows."""

    def __init__(self, style: Style | None = None, **options: object) -> None:
        fpdf = pytest.importorskip("fpdf", reason="fpdf2 prints the test documents")
        self.style = style = style or Style()
        printer = self

        class Paper(fpdf.FPDF):  # type: ignore[name-defined, misc]
            def header(self) -> None:
                if style.head:
                    self.set_font("cjk", size=9)
                    self.set_xy(style.margin, 12)
                    self.cell(0, 5, style.head)
                    self.set_xy(style.margin, style.margin)

            def footer(self) -> None:
                if style.numbers:
                    self.set_font("cjk", size=12)
                    self.set_y(-18)
                    self.cell(0, 5, style.numbers.format(self.page_no()), align="C")

        self.paper = Paper(format="A4", **options)
        self.paper.add_font("cjk", "", font_file())
        self.paper.set_margins(style.margin, style.margin, style.margin - 2)
        self.paper.set_auto_page_break(True, style.margin)
        self.paper.add_page()
        self.paper.set_font("cjk", size=style.size)
        del printer

    def write(self, text: str) -> Printer:
        """Lay out a letter as offices do: head centred, body indented and justified."""
        style, paper = self.style, self.paper
        paper.set_font("cjk", size=style.size)
        lines = text.split("\n")
        head = next((i for i, line in enumerate(lines[:20]) if line.endswith("：")), 6)
        for index, line in enumerate(lines):
            plain = line.strip(" \u3000\ufeff")
            if not plain:
                paper.ln(style.leading)
                continue
            body = index > head and (plain[-1] in "。；：" or len(plain) > 30)
            if index < head:
                self.line(plain, "C")
            elif body:
                self.line(("\u3000\u3000" if style.indent else "") + plain, style.align)
            else:
                self.line(plain, "L")
        return self

    def line(self, text: str, align: str = "L", size: float | None = None) -> Printer:
        self.paper.set_font("cjk", size=size or self.style.size)
        self.paper.multi_cell(
            0, self.style.leading, text, align=align, wrapmode="CHAR", new_x="LMARGIN", new_y="NEXT"
        )
        return self

    def table(self, rows: Sequence[Sequence[str]], **options: object) -> Printer:
        from fpdf.fonts import FontFace

        self.paper.set_font("cjk", size=11)
        plain = FontFace(emphasis="")
        with self.paper.table(rows, text_align="CENTER", headings_style=plain, **options):
            pass
        self.paper.set_font("cjk", size=self.style.size)
        return self

    def picture(self, image: Image.Image, whole: bool = True) -> Printer:
        """A picture over a page of its own, or as wide as the text where the page stands."""
        if whole:
            self.paper.add_page()
            self.paper.image(image, 0, 0, self.paper.w, self.paper.h)
        else:
            self.paper.image(image, w=self.paper.epw)
        return self

    def bytes(self) -> bytes:
        return bytes(self.paper.output())

    def save(self, path: Path) -> Path:
        path.write_bytes(self.bytes())
        return path


def photographed(pdf: bytes, dpi: float = 200) -> list[Image.Image]:
    """The pages of a PDF as a scanner sees them, in grey."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        return [page.render(scale=dpi / 72, grayscale=True).to_pil().convert("L") for page in document]
    finally:
        document.close()


def scanned(pages: Iterable[Image.Image]) -> bytes:
    """A PDF that holds nothing but pictures of pages."""
    import pypdfium2

    first, *rest = list(pages)
    buffer = io.BytesIO()
    first.save(buffer, "PDF", save_all=True, append_images=rest, resolution=200)
    del pypdfium2
    return buffer.getvalue()
