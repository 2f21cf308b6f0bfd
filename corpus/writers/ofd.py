"""Writes OFD files as converters and WPS do: characters placed on pages, rules drawn as paths."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from xml.sax.saxutils import escape

from corpus.writers import MADE_ON
from corpus.writers.blocks import Block, printed, title_lines

_NS = 'xmlns:ofd="http://www.ofdspec.org/2016"'
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_LEFT, _RIGHT, _TOP, _BOTTOM = 28.0, 182.0, 37.0, 262.0
_EM, _STEP = 5.6, 9.8


def _width(text: str) -> float:
    return sum(_EM / 2 if ord(c) < 256 else _EM for c in text)


@dataclass
class OfdWriter:
    """A letter set in A4; ``scaled`` places characters by a matrix, one object each, as some
    converters do; ``packed`` writes runs of equal distances as ``g 20 5.6``."""

    scaled: bool = False
    packed: bool = True
    pages: list[list[str]] = field(default_factory=lambda: [[]])
    y: float = _TOP
    number: int = 100

    def letter(self, text: str) -> OfdWriter:
        """Lines up to the 称谓 in the middle, paragraphs indented and wrapped, short ends on the right."""
        lines = [line.strip() for line in text.strip().splitlines()]
        begun = False
        for line in lines:
            if not line:
                self.y += _STEP * 0.9
            elif begun or line.endswith(("：", ":")) or len(line) > 40:
                begun = True
                if re.search(r"[，。：；、（]|\d{2}$", line) or len(line) > 20:
                    self.paragraph(line)
                else:
                    # 松垭区经济和信息化委员会 · 2023年6月15日
                    self.put(line, _RIGHT - 2 * _EM - _width(line))
                    self._next()
            else:
                self.put(line, max(_LEFT, (_LEFT + _RIGHT - _width(line)) / 2))
                self._next()
        return self

    def blocks(self, blocks: Sequence[Block]) -> OfdWriter:
        """A document by its blocks: head centred, body indented, signature on the right."""
        for block in printed(blocks):
            if block.kind == "blank":
                self._next()
            elif block.kind == "table":
                self.table(block.rows, (_RIGHT - _LEFT) / max(map(len, block.rows)))
            elif block.kind in ("letterhead", "number", "title"):
                for line in title_lines(block.text, 26):
                    self.put(line, max(_LEFT, (_LEFT + _RIGHT - _width(line)) / 2))
                    self._next()
            elif block.kind == "signature":
                self.put(block.text, _RIGHT - 2 * _EM - _width(block.text))
                self._next()
            else:
                self.paragraph(block.text, indent=block.kind not in ("addressee", "head"))
        return self

    def paragraph(self, text: str, indent: bool = True) -> None:
        x, line = _LEFT + 2 * _EM * indent, ""
        for character in text:
            if x + _width(line + character) > _RIGHT + 0.1 and character not in "，。；：、”）%":
                self.put(line, x)
                self._next()
                x, line = _LEFT, ""
            line += character
        self.put(line, x)
        self._next()

    def table(self, rows: Sequence[Sequence[str]], width: float = 36.0) -> OfdWriter:
        """A table with rules around every cell."""
        height, top = 9.0, self.y - 6.0
        for r, row in enumerate(rows):
            for c, cell in enumerate(row):
                self.put(cell, _LEFT + c * width + 2, self.y)
            self.y += height
            self.rule(_LEFT, top + r * height, _LEFT + len(row) * width, top + r * height)
        end = top + len(rows) * height
        self.rule(_LEFT, end, _LEFT + len(rows[0]) * width, end)
        for c in range(len(rows[0]) + 1):
            self.rule(_LEFT + c * width, top, _LEFT + c * width, end)
        self.y += 4
        return self

    def put(self, text: str, x: float, y: float | None = None) -> None:
        """A line of text with its base line at ``y``."""
        base = self.y if y is None else y
        if not self.scaled:
            self._object(text, x, base)
            return
        for character in text:
            self._object(character, x, base)
            x += _width(character)

    def _object(self, text: str, x: float, base: float) -> None:
        self.number += 2
        steps = [_width(c) for c in text[:-1]]
        if self.scaled:
            placed = (
                f'<ofd:TextObject ID="{self.number}" CTM="0.3528 0 0 0.3528 0 0" Font="3" '
                f'Boundary="{x:.4f} {base:.4f} {_EM} 0" Size="{_EM / 0.3528:.4f}">'
                f'<ofd:TextCode X="0" Y="0">{escape(text)}</ofd:TextCode></ofd:TextObject>'
            )
        else:
            placed = (
                f'<ofd:TextObject ID="{self.number}" Boundary="{x:.3f} {base - 5:.3f} 160 7" Font="3" Size="{_EM}">'
                f'<ofd:TextCode X="0" Y="5" DeltaX="{self._written(steps)}">{escape(text)}</ofd:TextCode>'
                "</ofd:TextObject>"
            )
        self.pages[-1].append(placed)

    def _written(self, steps: Sequence[float]) -> str:
        if not self.packed:
            return " ".join(f"{step:g}" for step in steps)
        runs: list[tuple[float, int]] = []
        for step in steps:
            if runs and runs[-1][0] == step:
                runs[-1] = (step, runs[-1][1] + 1)
            else:
                runs.append((step, 1))
        return " ".join(
            f"g {count} {step:g}" if count > 2 else " ".join([f"{step:g}"] * count) for step, count in runs
        )

    def rule(self, x0: float, y0: float, x1: float, y1: float) -> None:
        self.number += 1
        self.pages[-1].append(
            f'<ofd:PathObject ID="{self.number}" Boundary="{x0} {y0} {x1 - x0} {y1 - y0}" LineWidth="0.25">'
            f"<ofd:AbbreviatedData>M 0 0 L {x1 - x0:g} {y1 - y0:g}</ofd:AbbreviatedData></ofd:PathObject>"
        )

    def _next(self) -> None:
        self.y += _STEP
        if self.y > _BOTTOM:
            self.put(f"— {len(self.pages)} —", 97, 280)
            self.pages.append([])
            self.y = _TOP

    def parts(self) -> dict[str, str]:
        """The files in the zip by name."""
        listed = "".join(
            f'<ofd:Page ID="{n + 1}" BaseLoc="Pages/Page_{n}/Content.xml"/>' for n in range(len(self.pages))
        )
        parts = {
            "OFD.xml": f'{_HEAD}<ofd:OFD {_NS} Version="1.0" DocType="OFD"><ofd:DocBody><ofd:DocInfo>'
            "<ofd:DocID>1</ofd:DocID></ofd:DocInfo><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot>"
            "</ofd:DocBody></ofd:OFD>",
            "Doc_0/Document.xml": f"{_HEAD}<ofd:Document {_NS}><ofd:CommonData><ofd:MaxUnitID>9</ofd:MaxUnitID>"
            "<ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea></ofd:CommonData>"
            f"<ofd:Pages>{listed}</ofd:Pages></ofd:Document>",
        }
        for n, objects in enumerate(self.pages):
            parts[f"Doc_0/Pages/Page_{n}/Content.xml"] = (
                f'{_HEAD}<ofd:Page {_NS}><ofd:Content><ofd:Layer ID="7" Type="Body">{"".join(objects)}'
                "</ofd:Layer></ofd:Content></ofd:Page>"
            )
        return parts

    def save(self, path: Path) -> Path:
        return write_parts(path, self.finished())

    def bytes(self) -> bytes:
        """The file's content."""
        return _zipped(self.finished())

    def finished(self) -> dict[str, str]:
        """The files in the zip, the last page numbered."""
        if len(self.pages) > 1:
            self.put(f"— {len(self.pages)} —", 97, 280)
        return self.parts()


def write_parts(path: Path, parts: dict[str, str]) -> Path:
    path.write_bytes(_zipped(parts))
    return path


def _zipped(parts: dict[str, str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, text in parts.items():
            archive.writestr(zipfile.ZipInfo(name, MADE_ON.timetuple()[:6]), text, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()
