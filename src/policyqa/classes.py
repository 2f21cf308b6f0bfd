"""The class of a letter's handling (A类, B类) where its sentences give it, not its head or tail.

办复类别依次为A类、A类、C类 · 第031号为B类，第098号为A类 · 本件由C类改为B类 · 现调整为：B
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from policyqa.question import normal_number
from policyqa.schema import Document, Span
from policyqa.text import fold

_LETTER = r"(?P<letter>[a-e])"
# 第031号为B类 · 第133号《…》（B类） · A（第0012、0107号）
_OF_NUMBER = (
    re.compile(
        rf"第?(?P<numbers>\d{{1,5}}(?:[、和及与,，]\d{{1,5}})*)号(?:提案|建议|议案)?(?:[^，。；\n\d]{{0,8}}?[为是属])?{_LETTER}类"
    ),
    re.compile(rf"第(?P<numbers>\d{{1,5}})号[^。；\n\d]{{0,60}}?[(（]{_LETTER}类?[)）]"),
    re.compile(rf"{_LETTER}类?\s*[(（](?P<numbers>[^()（）\n]*\d[^()（）\n]*)[)）]"),
)
_IN_ORDER = re.compile(r"(?:依次|分别)[为是]?(?P<letters>[a-e]类?(?:[、，和及][a-e]类?)+)")
_IN_TITLE = re.compile(r"第\d+(?:号?[、，,和及与]第?\d+)+号")
_SAID = (
    re.compile(
        rf"(?:定|列|归|划|评|改|调整|变更|升|仍|转|办理|评定)[为按成是][：:]?\s*{_LETTER}(?:类|(?=[，。；\s]|$))"
    ),
    re.compile(
        rf"(?:办复|办理|答复)(?:结果|类别|等级|类型|分类)?(?:建议)?[为是按：:]\s*{_LETTER}(?![a-z0-9])"
    ),
    re.compile(rf"(?:类别|等级)(?:建议)?[为是：:]\s*{_LETTER}(?![a-z0-9])"),
)
_EARLIER = re.compile(r"首次|上次|上一次|去年|原(?:为|办理|定)|此前|曾")
_NOW = re.compile(r"本次|现|本件|改为|调整为|仍")


def said_class(document: Document) -> tuple[str, Span] | None:
    """The class that a letter's sentences give it, and the sentence; None when none does.

    Of a letter that answers several proposals, the classes of those that ``document`` holds.
    """
    numbers = [normal_number(p.number) for p in document.proposals if p.number]
    sentences = list(_sentences(document))
    for text, span in sentences:
        own = dict(_of_numbers(text, document))
        meant = [(n, own[n]) for n in numbers if n in own]
        if len(meant) == 1:
            return f"{meant[0][1]}类", span
        if meant:
            return "、".join(f"第{n}号{letter}类" for n, letter in meant), span
    earlier: tuple[str, Span] | None = None
    for text, span in reversed(sentences):
        found = [m for pattern in _SAID for m in pattern.finditer(text)]
        if not found or len(re.findall(r"[a-e]类", text)) > 2:
            continue
        last = max(found, key=lambda m: m.start("letter"))
        said = f"{last['letter'].upper()}类", span
        if not _EARLIER.search(text) or _NOW.search(text):
            return said
        earlier = earlier or said
    return earlier


def _sentences(document: Document) -> Iterator[tuple[str, Span]]:
    """The sentences that speak of a class, folded."""
    for match in re.finditer(r"[^。\n]+", document.body):
        text = fold(match.group())
        if re.search(r"(?<![a-z0-9])[a-e](?![a-z0-9])", text) and re.search(r"类|等级", text):
            yield text, Span(match.start(), match.end())


def _of_numbers(text: str, document: Document) -> Iterator[tuple[str, str]]:
    """The proposals of which a sentence gives the class, with it."""
    for pattern in _OF_NUMBER:
        for match in pattern.finditer(text):
            for number in re.findall(r"\d+", match["numbers"]):
                yield normal_number(number), match["letter"].upper()
    if ordered := _IN_ORDER.search(text):
        letters = re.findall(r"[a-e]", ordered["letters"])
        # The letter goes through them in the order of its title.
        title = _IN_TITLE.search(fold(document.title))
        numbers = re.findall(r"\d+", title[0]) if title else []
        if len(numbers) == len(letters):
            yield from ((normal_number(n), c.upper()) for n, c in zip(numbers, letters, strict=True))
