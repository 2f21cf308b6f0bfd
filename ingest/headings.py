"""Which sentences are headings: by their numbering, their shape, and what their siblings are.

A short sentence behind a number may be a heading or an item of a list; by itself it does not tell.
So the items of one run — （一）（二）（三） under the same heading — are decided together: they are
headings where at least half of them look like headings and have text below them. A short name with
its text behind it on the line, （五）经费。2022年…, needs no siblings.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from policyqa.numerals import to_number
from policyqa.schema import Span

ARTICLE = 1
COUNTED = 4
"""第一，… and 其二，… inside a section; they begin sentences as often as headings."""
_TOPIC = 7
# From the outermost: 第一章 · 第一条 · 一、 第一个问题： · （一） · 1. 1、 第一， · (1) · ①
_NUMBERING: tuple[tuple[int, re.Pattern[str]], ...] = (
    (0, re.compile(r"第[一二三四五六七八九十百]+[章编部]\S*")),
    (ARTICLE, re.compile(r"第[一二三四五六七八九十百]+条")),
    (2, re.compile(r"[一二三四五六七八九十]{1,3}、")),
    (3, re.compile(r"[（(][一二三四五六七八九十]{1,3}[)）][、.]?")),
    (4, re.compile(r"\d{1,2}\s*[.．、](?!\d)")),
    (COUNTED, re.compile(r"(?:第[一二三四五六七八九十]{1,2}|其[一二三四五六七八九十])[，、：]")),
    (2, re.compile(r"第[一二三四五六七八九十]{1,2}个?(?:问题|方面|件事)[：:，]")),
    (5, re.compile(r"[（(]\d{1,2}[)）][、.]?")),
    (6, re.compile(r"[①-⑳]")),
)
_BRACKETED = re.compile(r"^【[^】]{2,30}】$")
# ★ 家底 · 〇 当前情况: a sign alone in front of a short line
_SIGNED = re.compile(r"^[★☆◆◇■●○〇▲△▶►]\s*[^，。；：\s][^，。；：]{1,24}$")
_RUN_IN = re.compile(r"^(?:关于.{2,24}|关于[^，。；：]{2,40}|[㐀-鿿]{2,8}的(?:事|问题))[。：]$")
_QUOTED = re.compile(r"“[^”]*”|《[^》]*》")
# Numbers that count nothing: 关于第33号提案 · 2025年目标
_NO_FIGURE = re.compile(rf"{_QUOTED.pattern}|第\d+号|(?:19|20)\d\d年")
# 企业对材料的真实性负责 · 不得挪用 · 须经公示: a rule, where it is a sentence
_RULE = re.compile(r"(?<![供响适效反对])应(?![收付急用届对聘诊变答])|须(?!知)|不得|负责|不予(?!采纳)")


@dataclass(frozen=True, slots=True)
class Item:
    """A sentence that begins with a number, or is a heading without one.

    ``index`` is its place among the sentences, ``style`` the kind of numbering.
    """

    index: int
    level: int
    style: str
    number: int


@dataclass(frozen=True, slots=True)
class Headings:
    """The levels of the sentences that are headings, and of the sections that end before a sentence."""

    levels: dict[int, int]
    closing: dict[int, int]


def numbering(text: str) -> tuple[int, int] | None:
    """The level of the numbering that a text begins with and its length; None without one.

    >>> numbering("（一）抓产业发展。"), numbering("2.5亿元"), numbering("二、下一步")
    ((3, 3), None, (2, 2))
    """
    for level, pattern in _NUMBERING:
        match = pattern.match(text)
        if match:
            return level, match.end()
    return None


def is_heading(text: str, ends_line: bool, starts_line: bool, figures: bool = False) -> int | None:
    """The level when a sentence looks like a heading, else None.

    A heading is numbered and short: the rest of a line without an end mark, or a sentence of its
    own that holds no figure. Unnumbered ones: 【办理意见】, ★ 家底, and 关于队伍。 at the start of a line.

    Args:
        figures: whether it may hold a figure: （一）2025年目标。 beside （二）中期目标。
    """
    found = numbering(text)
    ended = text.endswith(("。", "！", "？", "；"))
    if found:
        level, length = found
        if level == 0:
            return level if len(text) <= 40 else None
        if level == ARTICLE:
            return None  # the text of an article; its number is kept as the section by the caller
        rest = text[length:]
        if text[0] in "第其" and (len(rest) > 26 or re.search(r"[，,；]", rest)):
            return None
        if not ended and ends_line and len(rest) <= 60 and not re.search(r"[，,；].*[，,；]", rest):
            return level
        if not ended or len(rest) > 42 or "；" in rest:
            return None
        if figures:
            return level if len(rest) <= 30 and not re.search(r"，.*，", rest) else None
        return None if re.search(r"\d", _NO_FIGURE.sub("", rest)) else level
    if starts_line and _BRACKETED.match(text):
        return 2
    if starts_line and ends_line and _SIGNED.match(text):
        return 2
    if starts_line and _RUN_IN.match(text):
        return _TOPIC
    return None


def at_line_start(body: str, start: int) -> bool:
    line = body.rfind("\n", 0, start) + 1
    return body[line:start].strip() == ""


def at_line_end(body: str, end: int) -> bool:
    return end >= len(body) or body[end : end + 40].split("\n")[0].strip() == ""


def find_headings(body: str, found: Sequence[Span]) -> Headings:
    """The headings among the sentences of a main text, and where sections end without one."""
    levels: dict[int, int] = {}
    closing: dict[int, int] = {}
    for run, end in _runs(body, found):
        if run[0].level <= ARTICLE:
            levels |= {item.index: 0 for item in run if _shape(body, found[item.index]) == 0}
            continue
        heads = _heads(body, found, run, end)
        levels |= {item.index: item.level for item in heads}
        after = _behind_last(body, found, heads, end)
        if after is not None:
            closing[after] = run[0].level
    return Headings(levels, closing)


def _runs(body: str, found: Sequence[Span]) -> Iterator[tuple[list[Item], int]]:
    """The runs of siblings, each with the index of the sentence before which it is over."""
    runs: list[list[Item]] = []
    for index, span in enumerate(found):
        item = _item(body, index, span)
        if item is None:
            continue
        while runs and runs[-1][0].level > item.level:
            yield runs.pop(), index
        if runs and runs[-1][0].level == item.level:
            last = runs[-1][-1]
            if last.style == item.style and (not item.number or last.number < item.number):
                runs[-1].append(item)
                continue
            yield runs.pop(), index
        runs.append([item])
    for run in runs:
        yield run, len(found)


def _item(body: str, index: int, span: Span) -> Item | None:
    text = body[span.start : span.end]
    for place, (level, pattern) in enumerate(_NUMBERING):
        if match := pattern.match(text):
            return Item(index, level, str(place), _number(match.group()))
    shape = _shape(body, span)
    return None if shape is None else Item(index, shape, text[0] if shape == 2 else "topic", 0)


def _number(marker: str) -> int:
    """The number in （三） or ③.

    >>> _number("（三）"), _number("③"), _number("12、"), _number("其二，")
    (3, 3, 12, 2)
    """
    if "①" <= marker[0] <= "⑳":
        return ord(marker[0]) - ord("①") + 1
    digits = re.search(r"\d+|[一二三四五六七八九十百]+", marker)
    value = to_number(digits.group()) if digits else None
    return int(value) if value else 0


def _shape(body: str, span: Span, figures: bool = False) -> int | None:
    return is_heading(
        body[span.start : span.end], at_line_end(body, span.end), at_line_start(body, span.start), figures
    )


def _heads(body: str, found: Sequence[Span], run: Sequence[Item], end: int) -> list[Item]:
    """The items of a run that are headings; in a list only names that are run into their text."""
    if not run[0].number:
        # 关于停车，目前不具备条件。 by itself is all that is said of it.
        said = [item for item in run if "，" in body[found[item.index].start : found[item.index].end]]
        return [item for item in run if item not in said or _run_in(body, found, item.index)]
    ends = [item.index for item in run[1:]] + [end]
    holding = {item.index for item, stop in zip(run, ends, strict=True) if stop > item.index + 1}
    last = run[-1].index
    if len(run) > 1 and len(holding) == 1 and not _run_in(body, found, last):
        # What follows the last item of a list on the next line is no text of that item.
        holding.discard(last)
    plain = [item for item in run if _named(body, found[item.index], False)]
    named = [item for item in plain if item.index in holding]
    if not named or len(named) * 2 < len(run):
        return [
            item for item in plain if _run_in(body, found, item.index) and _is_label(body, found[item.index])
        ]
    with_figures = [item for item in run if item.index in holding and _named(body, found[item.index], True)]
    return sorted({*plain, *with_figures}, key=lambda item: item.index)


def _named(body: str, span: Span, figures: bool) -> bool:
    """Whether a numbered sentence names what follows and states no rule itself."""
    text = body[span.start : span.end]
    ruled = text.endswith("。") and _RULE.search(_QUOTED.sub("", text)) is not None
    return not ruled and _shape(body, span, figures) is not None


def _is_label(body: str, span: Span) -> bool:
    """Whether a numbered sentence is so short and plain that text behind it makes it a heading."""
    text = _QUOTED.sub("“”", body[span.start : span.end])
    return len(text) <= 24 and not re.search("[，、：]", text[(numbering(text) or (0, 0))[1] :])


def _run_in(body: str, found: Sequence[Span], index: int) -> bool:
    """Whether text follows a sentence on its line."""
    return index + 1 < len(found) and "\n" not in body[found[index].end : found[index + 1].start]


def _behind_last(body: str, found: Sequence[Span], heads: Sequence[Item], end: int) -> int | None:
    """The sentence at which the last of some headings ends, where it ends with its paragraph.

    It does where each heading is run into its text and all the others hold just that paragraph:
    what stands below the last paragraph is no more of its section than of theirs.
    """
    if len(heads) < 2 or not all(_run_in(body, found, head.index) for head in heads):
        return None
    if any("\n" in _between(body, found, one.index, other.index) for one, other in pairwise(heads)):
        return None
    for index in range(heads[-1].index + 1, end):
        if at_line_start(body, found[index].start):
            deeper = numbering(body[found[index].start : found[index].end])
            return None if deeper and deeper[0] > heads[-1].level else index
    return None


def _between(body: str, found: Sequence[Span], index: int, following: int) -> str:
    """From a sentence to the end of the one before ``following``."""
    return body[found[index].start : found[following - 1].end]
