"""Prints letters to PDF and to pictures, with a Chinese font of the system."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from PIL import Image

from corpus.texts import originals
from corpus.writers import MADE_ON, MissingTool
from corpus.writers.blocks import Block, printed, title_lines
from corpus.writers.fonts import font_with


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
    family: str = "serif"
    characters: str = ""
    """All that will be printed; empty for the common ones."""


@cache
def _common() -> str:
    """The marks and the first level of GB 2312, and what the samples hold beside."""
    from ingest.formats.text import read

    rows = (*range(0xA1, 0xA4), *range(0xB0, 0xD8))
    common = bytes(byte for row in rows for column in range(0xA1, 0xFF) for byte in (row, column))
    held = {c for file in originals() for c in read(file).text}
    return common.decode("gb2312", errors="ignore") + "".join(held)


class Printer:
    """A PDF that grows."""

    def __init__(self, style: Style | None = None, **options: object) -> None:
        try:
            import fpdf
        except ImportError as error:
            raise MissingTool("PDFs are printed by fpdf2: install the extra test") from error
        self.style = style = style or Style()

        class Paper(fpdf.FPDF):
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
        self.paper.add_font("cjk", "", font_with(style.characters or _common(), style.family))
        self.paper.set_margins(style.margin, style.margin, style.margin - 2)
        self.paper.set_auto_page_break(True, style.margin)
        self.paper.add_page()
        self.paper.set_font("cjk", size=style.size)
        self.paper.set_creation_date(MADE_ON)

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

    def blocks(self, blocks: Sequence[Block], red: bool = True) -> Printer:
        """Lay out a document by its blocks; ``red``: letterhead in red over a red rule."""
        style, paper = self.style, self.paper
        for block in printed(blocks):
            if block.kind == "blank":
                paper.ln(style.leading * 0.8)
            elif block.kind == "table":
                self.whole_table(block.rows)
                paper.ln(style.leading * 0.5)
            elif block.kind == "letterhead":
                paper.set_text_color(*((220, 0, 0) if red else (0, 0, 0)))
                self.line(block.text, "C", self._fitting(block.text, style.size * 1.8))
                paper.set_text_color(0, 0, 0)
            elif block.kind == "number":
                self.line(block.text, "C")
                if red:
                    paper.set_draw_color(220, 0, 0)
                    paper.line(style.margin, paper.get_y() + 2, paper.w - style.margin, paper.get_y() + 2)
                    paper.set_draw_color(0, 0, 0)
            elif block.kind == "title":
                for line in title_lines(block.text, int(paper.epw / style.size / 1.25 / 0.353)):
                    self.line(line, "C", self._fitting(line, style.size * 1.25))
            elif block.kind == "signature":
                self.line(block.text + "\u3000\u3000", "R")
            elif block.kind in ("head", "addressee"):
                self.line(block.text, "L")
            else:
                self.line(("\u3000\u3000" if style.indent else "") + block.text, style.align)
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

    def whole_table(self, rows: Sequence[Sequence[str]]) -> None:
        """A table on one page, its columns as wide as their longest cells need."""
        paper = self.paper
        paper.set_font("cjk", size=11)
        widths = [
            max(paper.get_string_width(cell) for cell in column) + 6 for column in zip(*rows, strict=True)
        ]
        if paper.get_y() + len(rows) * 8 > paper.h - self.style.margin:
            paper.add_page()
        self.table(rows, col_widths=widths, width=min(paper.epw, sum(widths) * 1.2))

    def _fitting(self, text: str, size: float) -> float:
        """The size, or a smaller one at which a line fits the page."""
        self.paper.set_font("cjk", size=size)
        return min(size, size * (self.paper.epw - 4) / self.paper.get_string_width(text))

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


def worn(page: Image.Image, seed: int, turn: float = 0.0, black: bool = False) -> Image.Image:
    """A page as copiers leave it: a little askew, grey specks, or in black and white only.

    Args:
        turn: degrees it lies askew.
    """
    import numpy as np

    turned = page.rotate(turn, Image.Resampling.BICUBIC, fillcolor=255)
    grain = np.random.default_rng(seed).normal(0, 4, (turned.height, turned.width))
    grey = np.clip(np.asarray(turned, dtype=np.float32) * 0.93 + 8 + grain, 0, 255).astype(np.uint8)
    return Image.fromarray(grey).convert("1", dither=Image.Dither.NONE) if black else Image.fromarray(grey)


def scanned(pages: Iterable[Image.Image], dpi: float = 200) -> bytes:
    """A PDF that holds nothing but pictures of pages; black-and-white ones as fax machines pack them."""
    first, *rest = list(pages)
    buffer = io.BytesIO()
    made = MADE_ON.timetuple()
    first.save(
        buffer,
        "PDF",
        save_all=True,
        append_images=rest,
        resolution=dpi,
        creationDate=made,
        modDate=made,
        **({} if first.mode == "1" else {"quality": 50}),
    )
    return buffer.getvalue()
