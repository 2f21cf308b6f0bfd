"""Raw parts of Word documents, and the lines that reading one gives."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from ingest.formats.docx import read

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def saved(document: Any, folder: Path) -> Path:
    path = folder / "letter.docx"
    document.save(path)
    return path


def append(document: Any, xml: str) -> None:
    """Put a paragraph or table of raw XML at the end of the body."""
    from docx.oxml import parse_xml

    namespaces = (
        W,
        'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"',
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"',
        'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"',
        'xmlns:v="urn:schemas-microsoft-com:vml"',
        'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"',
    )
    element = parse_xml(re.sub(r"^<([\w:]+)", lambda m: f"<{m[1]} {' '.join(namespaces)}", xml, count=1))
    document.element.body.insert(len(document.element.body) - 1, element)


def p(*runs: str) -> str:
    return f"<w:p>{''.join(runs)}</w:p>"


def r(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def lines(path: Path) -> list[str]:
    return [line for line in read(path).text.split("\n") if line]
