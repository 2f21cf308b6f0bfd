"""The numbers that Word puts before paragraphs of its automatic lists: 一、 （一） 1. 第一条."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

_DIGITS = "〇一二三四五六七八九"
_LEGAL = str.maketrans("〇一二三四五六七八九十百千", "零壹贰叁肆伍陆柒捌玖拾佰仟")
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_MAX_LEVELS = 9
_MAX_TEXT = 40
"""Characters of a number's pattern; real ones have up to ten."""


def han(number: int) -> str:
    """A number below ten thousand in Chinese.

    >>> han(2), han(10), han(12), han(20), han(105), han(1010)
    ('二', '十', '十二', '二十', '一百〇五', '一千〇一十')
    """
    if not 0 < number < 10_000:
        return str(number)
    text = ""
    for place, digit in enumerate(reversed(str(number))):
        text = (_DIGITS[int(digit)] + ("", "十", "百", "千")[place] if digit != "0" else "〇") + text
    text = re.sub("〇+", "〇", text).rstrip("〇")
    return text[1:] if text.startswith("一十") else text


def _roman(number: int) -> str:
    text = ""
    for value, letters in (
        (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"),
        (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
    ):  # fmt: skip
        text += letters * (number // value)
        number %= value
    return text


def _letters(number: int) -> str:
    """Word counts A … Z, AA, BB, CC."""
    return chr(65 + (number - 1) % 26) * ((number - 1) // 26 + 1)


def _of(signs: str) -> Callable[[int], str]:
    return lambda n: signs[(n - 1) % len(signs)]


def _circled(number: int) -> str:
    return chr(0x2460 + number - 1) if number <= 20 else f"({number})"


_FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda n: f"{n:02d}",
    # Signs of one character that hold their point or bracket are written out, as people type them.
    "decimalEnclosedFullstop": lambda n: f"{n}.",
    "decimalEnclosedParen": lambda n: f"（{n}）",
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "ideographEnclosedCircle": lambda n: f"（{han(n)}）",
    "chineseLegalSimplified": lambda n: han(n).translate(_LEGAL),
    "ideographLegalTraditional": lambda n: han(n).translate(_LEGAL),
    "ideographTraditional": _of(_STEMS),
    "ideographZodiac": _of(_BRANCHES),
    "ideographDigital": lambda n: "".join(_DIGITS[int(d)] for d in str(n)),
    "upperLetter": _letters,
    "lowerLetter": lambda n: _letters(n).lower(),
    "upperRoman": _roman,
    "lowerRoman": lambda n: _roman(n).lower(),
}
for _name in (
    "chineseCounting", "chineseCountingThousand", "japaneseCounting", "japaneseDigitalTenThousand",
    "taiwaneseCounting", "taiwaneseCountingThousand", "taiwaneseDigital", "koreanCounting",
):  # fmt: skip
    _FORMATS[_name] = han


@dataclass(frozen=True, slots=True)
class _Level:
    start: int = 1
    format: str = "decimal"
    text: str = ""
    restarts: bool = True
    plain: bool = False
    """All numbers in Arabic digits (isLgl)."""


@dataclass(slots=True)
class Numbering:
    """The lists of a document while its paragraphs are gone through."""

    _levels: dict[str, dict[int, _Level]] = field(default_factory=dict)
    _lists: dict[str, str] = field(default_factory=dict)
    """Number id → list id; lists of one id count on together."""
    _overrides: dict[str, dict[int, tuple[int | None, _Level | None]]] = field(default_factory=dict)
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)
    _begun: set[tuple[str, int]] = field(default_factory=set)

    @classmethod
    def of(cls, root: Element | None) -> Numbering:
        """The lists that a document's numbering part declares; without one there are none."""
        numbering = cls()
        if root is None:
            return numbering
        styles: dict[str, str] = {}
        links: dict[str, str] = {}
        for abstract in root.findall(f"{W}abstractNum"):
            key = abstract.get(f"{W}abstractNumId", "")
            numbering._levels[key] = {
                _int(level.get(f"{W}ilvl"), 0): _level(level) for level in abstract.findall(f"{W}lvl")
            }
            if style := _value(abstract, "styleLink"):
                styles[style] = key
            if link := _value(abstract, "numStyleLink"):
                links[key] = link
        for key, link in links.items():
            if link in styles:
                numbering._levels[key] = numbering._levels[styles[link]]
        for number in root.findall(f"{W}num"):
            key = number.get(f"{W}numId", "")
            numbering._lists[key] = _value(number, "abstractNumId")
            numbering._overrides[key] = {
                _int(override.get(f"{W}ilvl"), 0): _override(override)
                for override in number.findall(f"{W}lvlOverride")
            }
        return numbering

    def label(self, number_id: str, level: int) -> str:
        """The number of the next paragraph of a list, e.g. （二）; empty for bullets.

        Counts on: to be called once for each paragraph, in order.
        """
        key = self._lists.get(number_id)
        if key is None or not 0 <= level < _MAX_LEVELS:
            return ""
        mine = self._level(number_id, key, level)
        counts = self._counts.setdefault(key, {})
        start, _ = self._overrides.get(number_id, {}).get(level, (None, None))
        if start is not None and (number_id, level) not in self._begun:
            self._begun.add((number_id, level))
            counts[level] = start
        else:
            counts[level] = counts[level] + 1 if level in counts else mine.start
        for deeper in [n for n in counts if n > level]:
            if self._level(number_id, key, deeper).restarts:
                del counts[deeper]
        if mine.format == "bullet":
            return ""

        def number(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            of = self._level(number_id, key, at)
            written = "decimal" if mine.plain else of.format
            return "" if written == "none" else _FORMATS.get(written, str)(counts.get(at, of.start))

        # %1. · （%1） · 第%1条 · %1.%2
        text = re.sub(r"%([1-9])", number, mine.text).strip()
        return re.sub(
            r"\.[、.．]$|(?<=）)[、.．]$", lambda m: m.group()[:1] if m.group()[0] == "." else "", text
        )

    def _level(self, number_id: str, key: str, level: int) -> _Level:
        _, own = self._overrides.get(number_id, {}).get(level, (None, None))
        return own or self._levels.get(key, {}).get(level) or _Level()


def _level(element: Element) -> _Level:
    legal = element.find(f"{W}isLgl")
    return _Level(
        start=_int(_value(element, "start"), 1),
        format=_value(element, "numFmt") or "decimal",
        text=_value(element, "lvlText")[:_MAX_TEXT],
        restarts=_value(element, "lvlRestart") != "0",
        plain=legal is not None and legal.get(f"{W}val", "1") not in ("0", "false"),
    )


def _override(element: Element) -> tuple[int | None, _Level | None]:
    start = _value(element, "startOverride")
    level = element.find(f"{W}lvl")
    return (_int(start, 1) if start else None), (None if level is None else _level(level))


def _value(element: Element, name: str) -> str:
    child = element.find(f"{W}{name}")
    return "" if child is None else child.get(f"{W}val", "")


def _int(text: str | None, default: int) -> int:
    """A small number of a file; anything else is the default."""
    return int(text) if text and re.fullmatch(r"\d{1,4}", text, re.ASCII) else default
