"""Places of a letter that were blotted out before it was published."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.lines import Line, is_clutter
from policyqa.schema import Span

_CROSS, _STAR, _RING = "XxＸｘ×✕Ⅹⅹ", "*＊", "○〇◯"
_HAN = "㐀-鿿"
_NUMERAL = rf"一二三四五六七八九十百零\d{_RING}"
# A surname that stands alone, and what can follow a name: 王*委员 · 李*明、 · 张某反映
_SURNAME = rf"(?<=(?<![{_HAN}])[{_HAN}])(?<!注)"
_PERSON = r"(?:委员|代表|同志|先生|女士|医生|老师|主任|局长|反映|等|[、，。；：:）)\s]|$)"

_REDACTED = re.compile(
    # XX医生 · X X同志 · ×× ×中学 · 138XXXX1234; XXL and the sides of a box are none
    rf"(?<![A-Za-zＡ-Ｚ])[{_CROSS}](?:[ \u3000]?[{_CROSS}])+(?![A-Za-zＡ-Ｚ])"
    # 李** · 138****1234 · ＊ ＊
    rf"|[{_STAR}](?:[ \u3000]?[{_STAR}])+"
    # 李○○ · ○○村; 二〇〇八年 is a year
    rf"|(?<![{_NUMERAL}])[{_RING}]{{2,}}(?![{_NUMERAL}年])"
    # ■■ · □□
    r"|[■█▇]+|□{2,}"
    # 某某小区 · 李某某 · 张某、李某
    rf"|某某+|{_SURNAME}某(?={_PERSON})"
    # 王*委员 · 李*明
    rf"|{_SURNAME}[{_STAR}](?=[{_HAN}]?{_PERSON})"
    # （本文有删减） · （此处涉密，已隐去）
    r"|[（(\[【][^（）()\n]{0,12}(?:删减|略去|隐去|涉密)[^（）()\n]{0,12}[）)\]】]"
)
_RULE = re.compile(rf"[\s{_STAR}{_CROSS}■□]*")
"""A line of nothing but marks parts a text, and hides nothing of it."""


def redactions(lines: Sequence[Line]) -> tuple[Span, ...]:
    """Where something was blotted out in the letter itself; 责任编辑：XX of a web page is none."""
    return tuple(
        Span(line.start + match.start(), line.start + match.end())
        for line in lines
        if not is_clutter(line.text) and not _RULE.fullmatch(line.text)
        for match in _REDACTED.finditer(line.text)
    )
