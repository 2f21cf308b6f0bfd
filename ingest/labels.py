"""Labels above a document: a table 索引号|发文机关|成文日期, lines 发文机关：…, or 【发文机关】…."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.lines import Line

_META_LABELS = {
    "发文机关": "issuer", "发布机构": "issuer", "发布单位": "issuer", "发布": "issuer",
    "发文单位": "issuer", "制发机关": "issuer",
    "成文日期": "signed_on", "生成日期": "signed_on", "编印日期": "signed_on",
    "发布日期": "published_on", "发布时间": "published_on",
    "主办单位": "lead_unit", "承办单位": "lead_unit", "会办单位": "co_units", "协办单位": "co_units",
    "印发日期": "printed_on", "发文字号": "document_number", "文号": "document_number",
    "标题": "title", "名称": "title",
}  # fmt: skip
_UNKEPT = "索引号|主题(?:分类|词)|(?:体裁|组配|公文)分类|公开(?:方式|属性|类别)|有效性|信息来源"
# 【发文机关】桐浦区卫健委　【成文日期】2024年7月22日
_BRACKETED = re.compile(rf"【(?P<name>{'|'.join(_META_LABELS)}|{_UNKEPT})】[：:]?")
_CELLS = re.compile(
    rf"[|｜]|\s+(?=[㐀-鿿]{{2,8}}[：:])|\s*(?={_BRACKETED.pattern.replace('?P<name>', '?:')})"
)


def read_labels(zone: Sequence[Line]) -> tuple[list[tuple[str, str, Line]], set[int]]:
    """What labels say: the field of the head (empty for none we keep), its value, and the line that says it.

    Args:
        zone: the lines of the head.

    Returns:
        And the starts of the lines that consist of labels.
    """
    found: list[tuple[str, str, Line]] = []
    used: set[int] = set()
    for index, line in enumerate(zone):
        bracketed = _BRACKETED.match(line.text) is not None
        cells = [cell.strip() for cell in _CELLS.split(line.text)]
        cells = [cell for cell in cells if cell] if bracketed else cells
        pairs: list[tuple[str, str, Line]] = []
        if len(cells) > 1 or bracketed:
            if bracketed or re.search(r"[|｜]", line.text) or _label(cells[0])[0] in _META_LABELS:
                used.add(line.start)
            if all(re.search(r"[：:]", cell) or _BRACKETED.match(cell) for cell in cells if cell):
                pairs = [(*_label(cell), line) for cell in cells if cell]
            elif index + 1 < len(zone):
                values = [cell.strip() for cell in re.split(r"[|｜]", zone[index + 1].text)]
                if len(values) == len(cells) and sum(cell in _META_LABELS for cell in cells) >= 2:
                    below = zone[index + 1]
                    pairs = [(name, value, below) for name, value in zip(cells, values, strict=True)]
        elif re.match(r"[㐀-鿿]{2,6}\s*[：:]", line.text):
            name, value = _label(line.text)
            if name in _META_LABELS:
                used.add(line.start)
                pairs = [(name, value, line)]
        found += [(_META_LABELS.get(name, ""), value, where) for name, value, where in pairs]
    return found, used


def _label(cell: str) -> tuple[str, str]:
    if match := _BRACKETED.match(cell):
        return match["name"], cell[match.end() :].strip()
    name, _, value = re.sub("：", ":", cell).partition(":")
    return name.strip(), value.strip()
