"""Plain text operations shared by reading and asking: folding, sentences, character n-grams."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from policyqa.schema import Span


@cache
def _fold_table() -> dict[int, str]:
    """Character by character: compatibility forms, lower case, traditional to simplified.

    Only replacements of one character by one, so that offsets stay valid.
    """
    from opencc import OpenCC

    table: dict[int, str] = {}
    for code in (*range(0x20, 0x3400), *range(0xF900, 0xFAFF), *range(0xFE10, 0xFFEF)):
        plain = unicodedata.normalize("NFKC", chr(code)).lower()
        if len(plain) == 1 and plain != chr(code):
            table[code] = plain
    han = [chr(code) for code in range(0x3400, 0xA000)]
    simplified = OpenCC("t2s").convert("\n".join(han)).split("\n")
    for one, other in zip(han, simplified, strict=True):
        if one != other and len(other) == 1:
            table[ord(one)] = other
    # Brackets, dashes and quotation marks come in many shapes; compare them in one.
    table |= {ord(c): "(" for c in "〔【［（[{"} | {ord(c): ")" for c in "〕】］）]}"}
    table |= {ord(c): "-" for c in "—–－‒―─"} | {ord(c): "~" for c in "～〜∼"}
    table |= {ord(c): '"' for c in "“”„‟«»＂「」『』"} | {ord(c): "'" for c in "‘’‚‛＇"}
    # NFKC turns these into ASCII; sentence marks are compared in their Chinese shape.
    for ascii_mark in ",:;?!":
        table[ord(ascii_mark)] = {",": "，", ":": "：", ";": "；", "?": "？", "!": "！"}[ascii_mark]
    table[ord("∶")] = "："
    # Ⅳ类 is written 四类 as well.
    for upper, lower, plain in zip("ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ", "ⅰⅱⅲⅳⅴⅵⅶⅷⅸⅹ", "一二三四五六七八九十", strict=True):
        table[ord(upper)] = table[ord(lower)] = plain
    for mark in "，：；？！":
        table.pop(ord(mark), None)
    # The compatibility form of a traditional character becomes the simplified one at once.
    return {code: table.get(ord(plain), plain) for code, plain in table.items()}


def fold(text: str) -> str:
    """``text`` in one shape for comparing: half-width, lower case, simplified, one kind of bracket.

    The result has the same length, so offsets found in it hold in ``text``.

    >>> fold("ＧＤＰ〔２０２４〕58號")
    'gdp(2024)58号'
    """
    return text.translate(_fold_table())


_SENTENCE_END = re.compile(r"[。！？!?]+[”’』」）)]*|\n+")


def sentences(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    """The sentences of ``text[start:end]``, without surrounding blanks.

    A sentence ends at 。！？ (with closing quotation marks) or at a line end. A question or
    exclamation mark inside quotation marks or brackets does not end the sentence around it.

    >>> [("甲。乙！”丙\\n丁")[s.start:s.end] for s in sentences("甲。乙！”丙\\n丁")]
    ['甲。', '乙！”', '丙', '丁']
    """
    end = len(text) if end is None else end
    spans = []
    at = start
    while at < end:
        stop = end
        search_from = at
        while True:
            match = _SENTENCE_END.search(text, search_from, end)
            if match is None:
                break
            if "\n" not in match.group() and _inside_quotes(text, at, match):
                search_from = match.end()
                continue
            stop = match.end()
            break
        span = strip(text, at, stop)
        if span:
            spans.append(span)
        at = stop
    return spans


def _inside_quotes(text: str, start: int, match: re.Match[str]) -> bool:
    """Whether an end mark stands between brackets or title marks that close later on the line."""
    before = text[start : match.end()]
    for opening, closing in (("（", "）"), ("(", ")"), ("《", "》")):
        if before.count(opening) > before.count(closing):
            line_end = text.find("\n", match.end())
            rest = text[match.end() : line_end if line_end >= 0 else None]
            if closing in rest[:120]:
                return True
    return False


def strip(text: str, start: int, end: int) -> Span | None:
    """``text[start:end]`` without blanks around it; None when nothing is left.

    >>> strip(" 甲 ", 0, 3)
    Span(start=1, end=2)
    """
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end) if start < end else None


_WORD = re.compile(r"[a-z]+|\d+(?:\.\d+)?|[㐀-鿿]+")


def grams(text: str) -> list[str]:
    """Character unigrams and bigrams of Han runs, and whole Latin words and numbers, folded.

    >>> grams("GDP增长2%")
    ['gdp', '增', '长', '增长', '2']
    """
    found: list[str] = []
    for run in _WORD.findall(fold(text)):
        if "㐀" <= run[0] <= "鿿":
            found.extend(run)
            found.extend(run[i : i + 2] for i in range(len(run) - 1))
        else:
            found.append(run)
    return found


_GAP = re.compile(r"(?<![\d.．])[\d０-９](?:[ \u3000]?[.．]?[ \u3000]?[\d０-９](?![\d０-９]))+")


def close_gaps(text: str) -> tuple[str, list[int]]:
    """``text`` with spaced-out numbers closed up (1 9 9 7 年 → 1997年), and where each character was.

    Returns:
        The text, and for each of its offsets, the end included, the offset in the original.

    >>> close_gaps("达4 9 2 5 0 万吨")[0], close_gaps("18 7000 60")[0]
    ('达49250 万吨', '18 7000 60')
    """
    drop: set[int] = set()
    for match in _GAP.finditer(text):
        if len(match.group().split()) > 1:
            drop.update(i for i in range(*match.span()) if text[i] in " \u3000")
    if not drop:
        return text, list(range(len(text) + 1))
    kept = [i for i in range(len(text)) if i not in drop]
    return "".join(text[i] for i in kept), [*kept, len(text)]


_UNPRINTED = ("Cc", "Cf", "Cs", "Zl", "Zp")
"""Categories of characters that steer what shows text: controls, directions, ends of lines."""


def one_line(text: str) -> str:
    """Text as a terminal may be given it: what would move its cursor or break the line is escaped.

    >>> one_line("答复\\n\\x1b[2J　附件.txt")
    '答复\\\\n\\\\x1b[2J　附件.txt'
    """
    return "".join(
        c.encode("unicode_escape").decode() if unicodedata.category(c) in _UNPRINTED else c for c in text
    )
