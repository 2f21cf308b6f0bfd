"""Word documents (.docx): body, tables, text boxes, footnotes; letterheads kept in the page header.

Read from the XML itself: python-docx refuses files that WPS and Word open (a relationship to
nothing, the strict variant, macros) and knows neither text boxes, numbers, footnotes nor tracked
changes, which is most of what matters here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.agencies import agencies
from ingest.docx_numbering import Numbering, W
from ingest.docx_story import Block, Grid, Left, Paragraph, Story, plain_text
from ingest.docx_styles import Look, Styles
from ingest.formats import RawText
from ingest.marks import NUMBER
from ingest.office_xml import Package
from ingest.table_cells import noted_unit
from ingest.tables import rows_as_sentences
from policyqa.errors import UnreadableFile

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

SUFFIXES = (".docx", ".docm", ".dotx", ".dotm")

_WHAT = "Word document"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_HEAD_LINES = 12
"""Lines at the top of the body in which its own letterhead or number would stand."""


def read(path: Path) -> RawText:
    """The text of a Word document.

    Raises:
        UnreadableFile: password-protected, damaged, of another kind, without text, or hostile.
        OSError: passed on.
    """
    try:
        with Package(path, _WHAT) as package:
            return _read(package)
    except RecursionError as error:
        raise UnreadableFile(
            "is a Word document with tables nested beyond all measure", "save it as .txt"
        ) from error


def _read(package: Package) -> RawText:
    name = package.main_part("word/document.xml")
    root = package.tree(name) if name else None
    body = None if root is None else root.find(f"{W}body")
    if root is None or body is None:
        raise UnreadableFile("is not a Word document inside", "open it in Word or WPS and save it as .docx")
    related = package.related(name)
    parts = dict(related.values())
    numbers = _part(package, parts, "numbering")
    story = Story(
        Styles.of(_part(package, parts, "styles"), numbers),
        Numbering.of(numbers),
        _notes(_part(package, parts, "footnotes"), "footnote"),
        _notes(_part(package, parts, "endnotes"), "endnote"),
    )
    page = _Page()
    page.add(story.blocks(body))
    headers, footers = _margins(package, body, related, story)
    lines = page.lines()
    lines = _missing_above(lines, headers) + lines + _missing_below(lines, footers)
    text = "\n".join(lines).strip("\n")
    if not text.strip() and story.left.pictures:
        raise UnreadableFile(
            f"holds {story.left.pictures} pictures and no text", "save it as .pdf to have the pictures read"
        )
    foreign = len(body.findall(f"{W}altChunk"))
    return RawText(text + "\n" if text else "", "docx", notices=_notices(story.left, foreign))


def _part(package: Package, parts: Mapping[str, str], kind: str) -> Element | None:
    return package.tree(parts[kind]) if kind in parts else None


def _notes(root: Element | None, tag: str) -> dict[str, Element]:
    """Footnotes by id; the lines that separate them from the text are of a type of their own."""
    found = () if root is None else root.findall(f"{W}{tag}")
    return {note.get(f"{W}id", ""): note for note in found if note.get(f"{W}type", "normal") == "normal"}


def _notices(left: Left, foreign: int) -> tuple[str, ...]:
    counted = (
        ("修订中已删除的内容未收入", left.deletions),
        ("图片未读取", left.pictures),
        ("嵌入对象未读取", left.objects),
        ("嵌入文件未读取", foreign),
    )
    return tuple(f"{what}：{count}处" for what, count in counted if count)


# --- lines ------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Page:
    """Lines as they come, with a blank line where the page has space."""

    _lines: list[str] = field(default_factory=list)
    _look: Look | None = None
    """Of the line before; None where space comes next."""
    _captions: list[str] = field(default_factory=list)
    """The paragraphs just above, as far as they may be a table's title and unit."""

    def lines(self) -> list[str]:
        """All lines; no blank ones at the ends, never two together."""
        kept: list[str] = []
        for line in self._lines:
            if line or (kept and kept[-1]):
                kept.append(line)
        return kept[:-1] if kept and not kept[-1] else kept

    def add(self, blocks: Sequence[Block]) -> None:
        for block in blocks:
            if isinstance(block, Grid):
                self._table(block)
            else:
                self._paragraph(block)

    def _paragraph(self, paragraph: Paragraph) -> None:
        lines = [line.strip() for line in paragraph.text.split("\n")]
        if not any(lines):
            self._space()
            return
        look = paragraph.look
        if self._look is not None and _apart(self._look, look):
            self._space()
        self._lines += [line for line in lines if line]
        self._lines += [f"注：{note}" for note in paragraph.notes]
        self._look = look
        text = "".join(lines)
        if len(text) <= 60 and not re.search(r"[。；，]$", text):
            self._captions.append(text)
        else:
            self._captions.clear()

    def _space(self) -> None:
        if self._lines:
            self._lines.append("")
        self._look = None

    def _table(self, grid: Grid) -> None:
        title, unit = self._caption()
        self._space()
        rows = [row for row in grid.rows if any(plain_text(cell) for cell in row)]
        if len(rows) == 1 or all(_one_cell(row) for row in rows):
            self._layout(rows)
        elif (joint := _joint_letterhead(rows)) is not None:
            self._lines.append(joint)
        elif any(_is_long(cell) for row in rows for cell in row):
            self._form(rows)
        else:
            self._lines += rows_as_sentences(
                [[plain_text(cell) for cell in row] for row in rows], unit, title
            )
            self._lines += [f"注：{note}" for note in _notes_in(rows)]
        self._space()

    def _caption(self) -> tuple[str, str]:
        """Title and unit of the table that comes next, from the paragraphs just above it."""
        near, self._captions = self._captions[-2:], []
        unit = noted_unit(near[-1]) if near else ""
        if unit and len(near[-1]) <= 30 and re.match(r"[（(]?\s*\S{0,4}单位", near[-1]):
            # It is said in each row; by itself it says nothing.
            while self._lines and not self._lines[-1]:
                self._lines.pop()
            self._lines.pop()
            near = near[:-1]
        title = near[-1] if near and not re.search(r"[：:]$", near[-1]) else ""
        named = re.search(r"[表况准单录]$|^附?表\s*\d|[（(][^（）()]*[)）]$", re.sub(r"\s", "", title))
        return (title if named and not agencies(title) else ""), unit or noted_unit(title)

    def _layout(self, rows: Sequence[list[list[Block]]]) -> None:
        """A table that only places things: cells beside one another, or one below the other."""
        for row in rows:
            cells = _once(row)
            texts = [plain_text(cell) for cell in cells]
            if len(texts) > 1 and all(len(text) <= 40 and "\n" not in text for text in texts):
                self._lines.append("\u3000".join(text for text in texts if text))
                continue
            for cell in cells:
                self.add(cell)
                self._captions.clear()

    def _form(self, rows: Sequence[list[list[Block]]]) -> None:
        """A form whose cells hold whole letters: label and value, long cells paragraph by paragraph."""
        for row in rows:
            cells = [cell for cell in _once(row) if plain_text(cell)]
            label = ""
            for cell in cells:
                text = plain_text(cell)
                if _is_long(cell):
                    if label:
                        self._lines.append(f"{label}：")
                    self.add(cell)
                    self._space()
                    label = ""
                elif label:
                    self._lines.append(f"{label}：{_one_line(text)}")
                    label = ""
                else:
                    label = _one_line(text).rstrip("：:")
            if label:
                self._lines.append(label)


def _one_line(text: str) -> str:
    return text.replace("\n", "")


def _apart(above: Look, below: Look) -> bool:
    """Whether the page shows space, or a change that readers take for it, between two lines."""
    same = above.aligned == below.aligned and abs(above.size - below.size) < 2 and above.red == below.red
    space = max(above.after, 0) + max(below.before, 0)
    if below.page_break or space >= (24 if same else 12):
        return True
    if above.aligned != below.aligned:
        return True
    return above.aligned == "center" and not same


def _once(row: Sequence[list[Block]]) -> list[list[Block]]:
    """The cells of a row, merged ones once."""
    return [cell for at, cell in enumerate(row) if not at or cell is not row[at - 1]]


def _one_cell(row: Sequence[list[Block]]) -> bool:
    return len([cell for cell in _once(row) if plain_text(cell)]) <= 1


def _is_long(cell: Sequence[Block]) -> bool:
    """Whether a cell holds a text of its own rather than a value."""
    if any(isinstance(block, Grid) for block in cell):
        return True
    paragraphs = [b.text for b in cell if isinstance(b, Paragraph) and b.text.strip()]
    return len(paragraphs) >= 3 and sum(map(len, paragraphs)) > 150


def _joint_letterhead(rows: Sequence[list[list[Block]]]) -> str | None:
    """甲局　乙局　文件, where 文件 stands beside the agencies in a cell of its own."""
    if len(rows) > 8:
        return None
    rest = []
    beside = False
    for row in rows:
        for cell in _once(row):
            text = re.sub(r"\s", "", plain_text(cell))
            beside = beside or text == "文件"
            if text and text != "文件" and text not in rest:
                rest.append(text)
    return "\u3000".join([*rest, "文件"]) if beside and rest and all(agencies(t) for t in rest) else None


def _notes_in(rows: Sequence[list[list[Block]]]) -> list[str]:
    notes = [
        note for row in rows for cell in row for block in cell if isinstance(block, Paragraph)
        for note in block.notes
    ]  # fmt: skip
    return list(dict.fromkeys(notes))


# --- headers and footers ------------------------------------------------------------------------------


def _margins(
    package: Package, body: Element, related: Mapping[str, tuple[str, str]], story: Story
) -> tuple[list[str], list[str]]:
    """The lines of the first section's headers and footers, each once."""
    found: dict[str, list[str]] = {"headerReference": [], "footerReference": []}
    section = next(body.iter(f"{W}sectPr"), None)
    for reference in () if section is None else section:
        name = reference.tag.removeprefix(W) if isinstance(reference.tag, str) else ""
        _, where = related.get(reference.get(f"{_R}id", ""), ("", ""))
        root = package.tree(where) if name in found and where else None
        if root is not None:
            page = _Page()
            page.add(story.blocks(root))
            found[name] += [line for line in page.lines() if line and line not in found[name]]
    return found["headerReference"], found["footerReference"]


def _missing_above(lines: Sequence[str], headers: Sequence[str]) -> list[str]:
    """Letterhead and document number of the page header, where the body has none of its own."""
    top = [line for line in lines if line][:_HEAD_LINES]
    has_agency = any(agencies(line) for line in top)
    has_number = any(NUMBER.match(line) for line in top)
    missing = [
        line
        for line in headers
        if (not has_agency and agencies(line)) or (not has_number and NUMBER.match(line))
    ]
    return [part for line in missing for part in (line, "")]


# 抄送：… · …2024年6月14日印发 · 联系人：…
_IMPRINT = re.compile(r"^(?:抄\s*送|联\s*系\s*(?:人|电话)|主\s*送)\s*[：:]|印发$")


def _missing_below(lines: Sequence[str], footers: Sequence[str]) -> list[str]:
    """The imprint (版记) of the page footer, where the body has none of its own."""
    bottom = lines[-_HEAD_LINES:]
    found = [line for line in footers if _IMPRINT.search(line) and line not in bottom]
    return ["", *found] if found else []
