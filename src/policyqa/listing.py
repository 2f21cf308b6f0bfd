"""Enumerations: where a list begins, which items it has, and whether the text says that there are more.

Items are numbered (1. 2. · （一）（二） · 一是…二是… · 其一，), in one sentence or on the lines below a
lead-in, or stand between 、 in a clause or in the brackets behind what they explain.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from policyqa.asked import Weights, covered
from policyqa.evidence import Evidence, bare
from policyqa.piece import clauses
from policyqa.schema import Passage, Span
from policyqa.text import fold, sentences

_NUMERALS = "一二三四五六七八九十"
_MARKERS = (
    re.compile(rf"[(]([{_NUMERALS}]{{1,2}})[)]"),
    re.compile(rf"(?<![第{_NUMERALS}])([{_NUMERALS}])是(?!否)"),
    re.compile(rf"(?<![第{_NUMERALS}])([{_NUMERALS}])要(?!求)"),
    re.compile(rf"其([{_NUMERALS}])(?=[，、：是])"),
    re.compile(rf"第([{_NUMERALS}])(?=[，、：])"),
    re.compile(r"(?<![\d.])(\d{1,2})[.、．](?!\d)"),
    re.compile(r"[(](\d{1,2})[)]"),
    re.compile(r"([①②③④⑤⑥⑦⑧⑨⑩⑪⑫])"),
)
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫"
MOST = 12
"""Items that an answer gives at most."""
_REACH = 1500
"""Characters behind a lead-in that are looked through."""
_AND_MORE = re.compile(
    r"(?<![上中下高初同平优])等(?=[，。；、）)]|[^级于待额候身你我保同差次效离地分量距价比号级]{0,8}$|[一二两三四五六七八九十\d]+[个项类家种]|方面|内容|情形|方式|措施|服务|工作)"
)


@dataclass(frozen=True, slots=True)
class Listing:
    """An enumeration in a document: its items as spans of the body; ``open`` when the text says 等."""

    lead: Span
    items: tuple[Span, ...]
    open: bool = False

    @property
    def span(self) -> Span:
        return Span(self.lead.start, self.items[-1].end)


def listing_at(terms: Weights, evidence: Evidence) -> Listing | None:
    """The numbered enumeration that a passage leads to, holds or belongs to; None when there is none.

    A passage that is itself an item belongs to the list only where the list's lead speaks of what is
    asked for; else the item is the answer.
    """
    passage = evidence.passage
    body = passage.document.body
    for pattern in _MARKERS:
        inside = _sequence(pattern, fold(passage.text), 1)
        if len(inside) >= 2:
            return _with_following(pattern, passage, inside)
    if fold(passage.text).rstrip().endswith("：") or re.search(
        r"(?:下列|以下|如下)[^。]{0,12}[：。]?$", fold(passage.text)
    ):
        found = _below(body, passage.end)
        if len(found) >= 2:
            return _listing(body, Span(passage.start, passage.end), found)
    lead = _lead_of(passage)
    if lead is not None:
        before = covered(terms, (bare(body[lead.start : lead.end]), 1.0))
        if before > covered(terms, (evidence.bare, 1.0)):
            found = _below(body, lead.end)
            if len(found) >= 2 and found[0].start <= passage.start < found[-1].end:
                return _listing(body, lead, found)
    return None


def _listing(body: str, lead: Span, items: Sequence[Span]) -> Listing:
    last = fold(body[items[-1].start : items[-1].end])
    return Listing(lead, tuple(items), _AND_MORE.search(last[-12:]) is not None)


def _order(mark: str) -> int:
    """The number of a marker: 三 → 3, ② → 2.

    >>> _order("三"), _order("12"), _order("②"), _order("十一")
    (3, 12, 2, 11)
    """
    if mark in _CIRCLED:
        return _CIRCLED.index(mark) + 1
    if mark.isdigit():
        return int(mark)
    tens, _, ones = mark.rpartition("十")
    if "十" not in mark:
        return _NUMERALS.index(mark) + 1
    return (10 * (_NUMERALS.index(tens) + 1) if tens else 10) + (_NUMERALS.index(ones) + 1 if ones else 0)


def _sequence(pattern: re.Pattern[str], folded: str, first: int) -> list[re.Match[str]]:
    """The markers of a text that count up by one from ``first``."""
    found: list[re.Match[str]] = []
    for match in pattern.finditer(folded):
        if _order(match[1]) == first + len(found):
            found.append(match)
    return found


def _with_following(pattern: re.Pattern[str], passage: Passage, marks: Sequence[re.Match[str]]) -> Listing:
    """The items in a passage, with those of the sentences behind it that count on."""
    body = passage.document.body
    starts = [passage.start + m.start() for m in marks]
    ends = [*starts[1:], passage.end]
    items = [Span(s, e) for s, e in zip(starts, ends, strict=True)]
    for span in sentences(body, passage.end, min(len(body), passage.end + _REACH)):
        following = pattern.match(fold(body[span.start : span.end]))
        if following is None or _order(following[1]) != len(items) + 1:
            break
        items.append(span)
    return _listing(body, Span(passage.start, starts[0]), items)


def _below(body: str, start: int) -> list[Span]:
    """The items on the lines or in the sentences behind a lead-in."""
    items: list[Span] = []
    used: re.Pattern[str] | None = None
    for span in sentences(body, start, min(len(body), start + _REACH)):
        text = fold(body[span.start : span.end])
        patterns = (used,) if used else _MARKERS
        match = next(((p, m) for p in patterns if (m := p.match(text))), None)
        if match is None or _order(match[1][1]) != len(items) + 1:
            if items and body[items[-1].end : span.start].count("\n") == 0 and not _starts_any(text):
                items[-1] = Span(items[-1].start, span.end)  # the item goes on in another sentence
                continue
            break
        used = match[0]
        items.append(span)
    return items


def _starts_any(text: str) -> bool:
    return any(pattern.match(text) for pattern in _MARKERS)


def _lead_of(passage: Passage) -> Span | None:
    """The sentence that introduces the list that a passage is an item of."""
    text = fold(passage.text)
    if not _starts_any(text):
        return None
    body = passage.document.body
    before = sentences(body, max(0, passage.start - _REACH), passage.start)
    for span in reversed(before):
        if fold(body[span.start : span.end]).endswith("："):
            return span
        if not _starts_any(fold(body[span.start : span.end])):
            return None
    return None


_CONDITION = re.compile(r"(?<![人目])的$")
"""The end of a condition: 截留、挪用资金的，责令退还."""
_IN_BRACKETS = re.compile(r"（(?P<items>[^（）]*、[^（）]*)）")


def inline_items(terms: Weights, text: str) -> Span | None:
    """The stretch of a sentence that lists what is asked for with 、: in brackets, or a clause.

    Returns:
        Offsets into ``text``; None when no clause near the question lists anything.
    """
    best: tuple[float, int, int] | None = None
    before = ""
    for span in clauses(text):
        clause = text[span.start : span.end]
        near = covered(terms, (bare(clause), 1.0), (bare(before[-60:]), 0.6))
        before += clause
        brackets = _IN_BRACKETS.search(clause)
        if _CONDITION.search(clause) and span.end < len(text) - 2:
            continue
        if brackets and not brackets["items"].startswith("含"):
            start, end = brackets.span("items")
        elif "、" in clause:
            start, end = 0, len(clause)
        else:
            continue
        found = (near + 0.1 * min(3, clause.count("、")), span.start + start, span.start + end)
        if best is None or found[0] > best[0]:
            best = found
    return Span(best[1], best[2]) if best and best[0] > 0.2 else None


def goes_on(text: str) -> bool:
    """Whether a list says that it is not complete: 电梯、停车等.

    >>> goes_on("养老、托育、助餐等"), goes_on("养老、托育、助餐"), goes_on("上等、中等产品")
    (True, False, False)
    """
    return _AND_MORE.search(fold(text)) is not None
