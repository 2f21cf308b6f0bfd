"""What stands above the headings of a table: its title, the unit of its values, notes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.table_cells import noted_unit

Row = tuple[str, ...]

# 注：… · 说明：… · 数据来源：… · 制表：… below or above the rows
_NOTE = re.compile(
    r"^(?:注|备注|说明|数据来源|资料来源|来源|填表说明|[*＊※])\s*[\d①-⑩]?\s*[：:.、]?(?=.{2})"
    r"|^(?:填报|编制|制表|填表|审核|报送|统计|主管|项目|负责|联系)[㐀-鿿]{0,4}\s*[：:（(]"
)
LONGEST_NAME = 60
"""Characters of a title, a group or a row's name that is repeated in other rows."""


def is_note(text: str) -> bool:
    """Whether a line is a note to a table: 注：…, 数据来源：…, 填报单位：….

    >>> is_note("注：截至2023年底。"), is_note("2023年各镇街养老床位情况表")
    (True, False)
    """
    return _NOTE.match(text) is not None


def distinct(row: Sequence[str]) -> list[str]:
    """The different cells of a row that say something: a merged one once."""
    return list(dict.fromkeys(cell for cell in row if cell))


def ended(text: str) -> str:
    """A text on one line, closed by a mark."""
    text = text.replace("\n", "").strip()
    return text if re.search(r"[。！？；：]$", text) or not text else f"{text}。"


@dataclass(slots=True)
class Above:
    """The rows above the headings: how many they are and what they say; ``unit`` may be several."""

    rows: int
    unit: str
    title: str
    notes: list[str]


def read_above(grid: Sequence[Row], unit: str, title: str) -> Above:
    """Title, unit and notes of the rows above the headings."""
    above = Above(0, unit, title, [])
    if found := noted_unit(title):
        above.unit = above.unit or found
    for row in grid[:-1]:
        cells = distinct(row)
        labelled = [cell for cell in cells if noted_unit(cell) or is_note(cell)]
        alone = len(cells) == 1 and (row[0] == cells[0] or len(row) > 2)
        if not alone and len(labelled) * 2 < len(cells):
            break
        for cell in cells:
            text = cell.replace("\n", "")
            if found := noted_unit(text):
                above.unit = above.unit or found
            if text in labelled or cell in labelled:
                if is_note(text):
                    above.notes.append(ended(text))
            elif not above.title and len(text) <= LONGEST_NAME:
                above.title = text
            elif text != above.title:
                above.notes.append(ended(text))
        above.rows += 1
    return above


# 表1 · 附表2： · 附件1-2
_TITLE_LABEL = re.compile(
    r"^(?:附[件表]|表)\s*(?:\d{1,3}(?:[-—.]\d{1,2})?(?!\d|年)|[一二三四五六七八九十]{1,3}(?=[\s：:.、]))?\s*[：:.、]?\s*(?=\S{3})"
)
# …情况表 · …一览表（2023年度）
_TITLE_END = re.compile(r"(?:一览|统计|明细|汇总|公示|分配|对照)?表(?=[（(][^（()）]*[)）]$|$)")


def short_title(title: str) -> str:
    """The title as it goes in front of a row.

    >>> short_title("表1 2023年各镇街养老床位情况表（单位：张）")
    '2023年各镇街养老床位情况'
    """
    text = re.sub(r"\s+", "", _TITLE_LABEL.sub("", title))
    text = re.sub(r"[（(][^（()）]*单位[：:][^（()）]*[)）]", "", text)
    return (_TITLE_END.sub("", text) or text).rstrip("：:，。") if len(text) <= LONGEST_NAME else ""
