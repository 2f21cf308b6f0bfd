"""Numbers of spreadsheets as their cells show them: 0.125 under 0.0% is 12.5%.

A cell keeps a number and a format apart. Taken without its format a share is wrong by a hundred
times, a date is a count of days, and 万元 may stand in the format alone.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Literal

# The formats that files name by number only (ECMA-376 18.8.30; 27–58 as in Chinese versions).
BUILT_IN: dict[int, str] = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00",
    12: "# ?/?", 13: "# ??/??", 14: "yyyy/m/d", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "yyyy/m/d h:mm", 37: "#,##0;-#,##0",
    38: "#,##0;-#,##0", 39: "#,##0.00;-#,##0.00", 40: "#,##0.00;-#,##0.00", 41: "#,##0", 42: "¥#,##0",
    43: "#,##0.00", 44: "¥#,##0.00", 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 48: "0.0E+0", 49: "@",
} | dict.fromkeys((27, 36, 50, 52, 57), "yyyy年m月") | dict.fromkeys((28, 29, 51, 53, 54, 58), "m月d日") | {
    30: "m-d-yy", 31: "yyyy年m月d日", 32: "h时mm分", 33: "h时mm分ss秒", 34: "h时mm分", 35: "h时mm分ss秒",
    55: "h时mm分", 56: "h时mm分ss秒",
}  # fmt: skip

_LARGEST = 1e15
"""Beyond it a number has more digits than a cell keeps."""

_LAST_DAY = 2_958_465
"""31 December 9999 as a count of days."""

# "万元" · \- · !. · _) · *  · [Red] · [$¥-804] · AM/PM · General · 0 # ? . , % E+ @
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|[\\!](?P<escaped>.)|_.|\*.|\[(?P<bracket>[^\]]*)\]|(?P<half>AM/PM|A/P|上午/下午)'
    r"|(?P<general>General|G/通用格式)|(?P<power>[Ee][+-])|(?P<sign>.)",
    re.DOTALL,
)
_SIGNS = re.compile(r"[¥￥$€£]")
_CURRENCY = re.compile(r"^\$(?P<sign>[^-\]]*)")


@dataclass(frozen=True, slots=True)
class _Section:
    """One of the up to four parts of a format: for positive numbers, negative ones, zero, text."""

    kind: Literal["number", "date", "general", "text"] = "number"
    places: str = ""
    """0, # and ? of the whole part, with literal text between them as other characters."""
    decimals: int = 0
    needed: int = 0
    """Decimals that stay when they are zero."""
    grouped: bool = False
    scale: int = 0
    """Power of ten that the number is multiplied by: 2 for %, −3 for each comma at the end."""
    before: str = ""
    after: str = ""
    parts: str = ""
    """Of a date: which of y, m, d, h it shows."""


def shown(value: float, code: str, since_1904: bool = False) -> str:
    """A number as a cell with a format shows it; dates are written as official texts write them.

    >>> shown(0.125, "0.0%"), shown(7000, "#,##0"), shown(33.333333333333336, "General")
    ('12.5%', '7,000', '33.33333333')
    >>> shown(45457, "yyyy/m/d"), shown(12.5, '0.00"万元"'), shown(-3.2, "0.0_ ;[Red]\\\\-0.0\\\\ ")
    ('2024年6月14日', '12.50万元', '-3.2')
    """
    if not math.isfinite(value):
        return ""
    sections = _sections(code)
    first = sections[0]
    if first.kind == "date":
        return _date(value, first.parts, since_1904)
    section, sign = first, "-" if value < 0 else ""
    if value < 0 and len(sections) > 1:
        section, sign = sections[1], ""
        if not any(c in section.before + section.after for c in "-－(（"):
            sign = "-"  # shown in red alone, which a text cannot
    elif value == 0 and len(sections) > 2:
        section = sections[2]
    if section.kind in ("general", "text") or abs(value) >= _LARGEST:
        return f"{section.before}{general(value)}{section.after}"
    if not section.places and not section.decimals:
        return f"{section.before}{section.after}"
    number = Decimal(f"{abs(value):.15g}").scaleb(section.scale)
    text = _digits(number, section)
    before = section.before
    if not text:  # "-"?? for nothing
        return _SIGNS.sub("", f"{before}{section.after}")
    if before.endswith(("-", "－")):  # ¥-3.20
        before, sign = before[:-1], "-"
    if "(" in before and ")" in section.after:  # (3.2) is minus 3.2 in accounting
        before, sign = before.replace("(", ""), "-"
        return f"{sign}{before}{text}{section.after.replace(')', '')}".strip()
    if not re.search(r"[1-9]", text):
        sign = ""
    return f"{sign}{before}{text}{section.after}".strip()


def general(value: float) -> str:
    """A number without a format: at most ten digits that count, no exponent.

    >>> general(18.0), general(0.1 + 0.2), general(1e15), general(1.5e-7)
    ('18', '0.3', '1000000000000000', '0.00000015')
    """
    if value == int(value) and abs(value) < _LARGEST:
        return str(int(value))
    text = format(Decimal(f"{value:.10g}"), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _digits(number: Decimal, section: _Section) -> str:
    rounded = number.quantize(Decimal(1).scaleb(-section.decimals), ROUND_HALF_UP)
    whole, _, fraction = format(rounded, "f").partition(".")
    while len(fraction) > section.needed and fraction.endswith("0"):
        fraction = fraction[:-1]
    literal = re.search(r"[^0#?]", section.places) is not None
    if literal:
        text = _placed(whole, section.places)
    else:
        text = whole.zfill(section.places.count("0"))
        if whole == "0" and not section.places.count("0"):
            text = "0" if fraction else ""
        if section.grouped:
            text = re.sub(r"(?<=\d)(?=(?:\d{3})+$)", ",", text)
    return f"{text}.{fraction}" if fraction else text


def _placed(whole: str, places: str) -> str:
    """Digits put into places from the right, as 0!.0, writes 12345 as 1.2 (万)."""
    digits = list(whole.zfill(places.count("0")))
    out: list[str] = []
    slots = [i for i, c in enumerate(places) if c in "0#?"]
    for index in range(len(places) - 1, -1, -1):
        if places[index] not in "0#?":
            out.append(places[index])
        elif index == slots[0]:
            out.append("".join(digits))
            digits = []
        elif digits:
            out.append(digits.pop())
    return "".join(reversed(out))


def _date(value: float, parts: str, since_1904: bool) -> str:
    days = value + (1462 if since_1904 else 0)
    if not 0 <= days <= _LAST_DAY:
        return general(value)
    # Counting from 1899-12-30 agrees with Excel from March 1900 on.
    moment = datetime(1899, 12, 30) + timedelta(seconds=round(days * 86400))
    if "e" in parts:  # [h]: hours that go on past a day
        minutes = round(days * 1440)
        return f"{minutes // 60}:{minutes % 60:02d}"
    text = f"{moment.year}年" if "y" in parts else ""
    text += f"{moment.month}月" if "m" in parts else ""
    text += f"{moment.day}日" if "d" in parts else ""
    if "h" in parts and (moment.hour or moment.minute or not text):
        text += f"{' ' if text else ''}{moment.hour}:{moment.minute:02d}"
    return text


@lru_cache(maxsize=1024)
def _sections(code: str) -> tuple[_Section, ...]:
    """The sections of a format; conditions such as [>100] make it a plain number."""
    if len(code) > 255 or re.search(r"\[[<>=]", code):
        return (_Section("general"),)
    found, start, quoted = [], 0, False
    for at, sign in enumerate(code):
        if sign == '"':
            quoted = not quoted
        elif sign == ";" and not quoted and code[at - 1 : at] != "\\":
            found.append(code[start:at])
            start = at + 1
    return tuple(_section(part) for part in [*found, code[start:]][:4])


def _section(code: str) -> _Section:
    tokens = list(_TOKEN.finditer(code))
    signs = "".join(match["sign"] or "" for match in tokens)
    if re.search(r"[ymdhseYMDHS]|[年月日时]", signs) and not re.search(r"[0#?](?!.*[sS])", signs):
        return _Section("date", parts=_date_parts(code, tokens))
    if any(match["power"] for match in tokens) or "/" in signs:
        return _Section("general")
    before, after, places, tail = "", "", "", ""
    decimals = needed = scale = 0
    point = grouped = False
    for match in tokens:
        sign = match["sign"] or ""
        literal = match["quoted"] or match["escaped"] or ""
        if match["bracket"] is not None and (currency := _CURRENCY.match(match["bracket"])):
            literal = currency["sign"]
        if match["general"]:
            return _Section("general", before=before, after=_rest(tokens, match))
        if sign == "@":
            return _Section("text", before=before)
        if sign and sign in "0#?":
            if point:
                decimals += 1
                needed = decimals if sign == "0" else needed
            else:
                places += tail + sign
            tail = ""
            grouped = grouped or scale < 0
            scale = max(scale, 0) if scale < 0 else scale
        elif sign == "." and not point:
            point = True
        elif sign == ",":
            scale -= 3
        elif sign == "%":
            scale += 2
            after += sign
        elif places or point:
            # Between two places it stands among the digits; behind the last, after the number.
            tail += (literal or sign) if not point else ""
            after += (literal or sign) if point else ""
        else:
            before += literal or sign
    return _Section(
        "number",
        places,
        min(decimals, 10),
        min(needed, 10),
        grouped,
        scale,
        before.strip(),
        (tail + after).strip(),
    )


def _rest(tokens: list[re.Match[str]], general: re.Match[str]) -> str:
    """Literal text behind General."""
    later = [match for match in tokens if match.start() > general.start()]
    return "".join(match["quoted"] or match["escaped"] or "" for match in later)


def _date_parts(code: str, tokens: list[re.Match[str]]) -> str:
    if re.search(r"\[[hHmMsS]+\]", code):
        return "e"
    letters = re.sub(r"[^ymdhs]", "", "".join(match["sign"] or " " for match in tokens).lower())
    # m beside h or s counts minutes.
    letters = re.sub(r"(?<=h)m+|m+(?=s)", "", letters)
    return "".join(part for part in "ymdh" if part in letters)
