"""PDF: the text layer where there is one that can be trusted, recognition where there is not."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ingest.formats import RawText
from policyqa.errors import UnreadableFile

if TYPE_CHECKING:
    from ingest.pages.layout import Sheet
    from ingest.pages.pdfium import PageText

SUFFIXES = (".pdf",)

MAX_PAGES = 500
_DPI = 200
"""Of a page that is recognised."""
_GRID_DPI = 144
"""Of a page that is only searched for the rules of tables."""


def read(path: Path) -> RawText:
    """The text of a PDF in reading order; page by page from its text layer or by recognition.

    Raises:
        UnreadableFile: no PDF, cut off, password, over a limit, or scanned and the extra ``ocr`` is missing.
        OSError: cannot be opened.
    """
    from ingest.pages import pdfium
    from ingest.pages.flow import text_of
    from ingest.pages.furniture import without_furniture
    from ingest.pages.unlock import checked

    with checked(path) as plain, pdfium.opened(plain) as document:
        if len(document) > MAX_PAGES:
            raise UnreadableFile(f"has {len(document):,} pages, at most {MAX_PAGES} are read", "split it")
        report = _Report(form=pdfium.form_kind(document))
        sheets = [_sheet(document, index, report) for index in range(len(document))]
    report.heads = without_furniture(sheets)
    text, pages = text_of(sheets)
    if not text.strip():
        raise UnreadableFile("holds no text and nothing that could be recognised", "replace it with a scan")
    return RawText(text, report.how, pages, report.confidence, report.notices(len(sheets)))


@dataclass(slots=True)
class _Report:
    """What happened page by page; page numbers count from 1."""

    form: str = ""
    recognised: dict[int, tuple[float, int]] = field(default_factory=dict)
    """Mean confidence and characters of each page that was recognised."""
    empty: list[int] = field(default_factory=list)
    pictures: list[int] = field(default_factory=list)
    searchable: list[int] = field(default_factory=list)
    heads: list[str] = field(default_factory=list)

    @property
    def how(self) -> str:
        return f"PDF, OCR of page {_numbers(list(self.recognised))}" if self.recognised else "PDF"

    @property
    def confidence(self) -> float | None:
        characters = sum(count for _, count in self.recognised.values())
        if not characters:
            return None
        return round(sum(value * count for value, count in self.recognised.values()) / characters, 4)

    def notices(self, pages: int) -> tuple[str, ...]:
        from ingest.pages.scan import notices

        read = {n: (1.0, 1) for n in range(1, pages + 1) if n not in self.empty}
        found = list(notices(pages, read | self.recognised, self.heads))
        if self.pictures:
            found.append(f"有图片未读取的页：{_numbers(self.pictures)}")
        if self.searchable:
            found.append(f"扫描页，文字由其他程序识别而来，请核对数字：第 {_numbers(self.searchable)} 页")
        if self.form:
            found.append(f"{self.form} 中填写的内容未读取")
        return tuple(found)


def _numbers(pages: list[int]) -> str:
    return "、".join(str(page) for page in pages)


def _sheet(document: Any, index: int, report: _Report) -> Sheet:
    from ingest.pages import pdfium
    from ingest.pages.grid import find_grids
    from ingest.pages.scan import scanned, sheet_of

    with pdfium.page_of(document, index) as page:
        text = pdfium.read_page(page)
        if _needs_recognition(text):
            picture, scale = pdfium.rendered(page, _DPI, text.turned)
            try:
                sheet, confidence = scanned(picture, scale)
            except UnreadableFile as error:
                raise UnreadableFile(f"page {index + 1} {error.message}", error.hint) from error
            if sheet.characters:
                report.recognised[index + 1] = (confidence, sheet.characters)
        else:
            grids = []
            if text.drawn >= 1 and text.glyphs:
                picture, scale = pdfium.rendered(page, _GRID_DPI, text.turned)
                grids = find_grids(picture, scale)
            sheet = sheet_of(text.glyphs, text.width, text.height, grids)
            if text.pictured > 0.25:
                (report.searchable if text.invisible else report.pictures).append(index + 1)
        if not sheet.characters:
            report.empty.append(index + 1)
        return sheet


def _needs_recognition(page: PageText) -> bool:
    """Whether a page's text layer says less than what can be seen, or something else."""
    from ingest.pages.legible import is_garbled

    characters = len(page.glyphs)
    if is_garbled("".join(glyph.text for glyph in page.glyphs)):
        return True
    if characters < 30 and (page.pictured > 0.15 or page.drawn > 200):
        return True  # a scan, or letters drawn as shapes
    # A page number or a registry's stamp over a scan.
    return characters < 120 and page.pictured > 0.7 and not page.invisible
