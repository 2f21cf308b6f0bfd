"""Figures that a question only asks to compute with, or to turn round: no answer by themselves.

Who asks by how much 甲 is dearer than 乙 is not told by the price of one; who asks what 20 people get
together not by what each gets; who asks how many have no certificate not by how many have one.
"""

from __future__ import annotations

import re

from policyqa.quantities import alike, quantities
from policyqa.question import Question
from policyqa.schema import Figure
from policyqa.text import fold
from policyqa.units import MONEY, UNIT, canonical

_MORE = r"(?:多|少|高|低|大|小|快|慢|长|短|贵|便宜|久|早|晚)"
_GAP_ASKED = re.compile(
    rf"比(?!例|重|率|[一下])[^，。？]{{1,20}}?{_MORE}(?:了|出)?[㐀-鿿]{{0,2}}?(?:多少|几)"
    r"|(?:相差|差距|(?<![误价温时落级])差)(?:了|出|是|有)?(?:多少|几)"
)
_GAP_TOLD = re.compile(
    r"(?:多|少|高|低|大|小|快|慢|长|短|贵|便宜|早|晚|差|缺|欠|距|超|增|减|提[高升前]|下?降|上?升|涨|跌|扩|缩|回落|延|推迟|净|变化|压|幅度?|差[距额价])"
    r"[㐀-鿿]{0,5}$"
)
_CHANGES = ("change", "growth")


def no_gap(question: Question, figure: Figure, text: str) -> bool:
    """Whether a question asks by how much two things differ and a figure is what one of them is.

    Args:
        text: the folded sentence of the figure.
    """
    if not _GAP_ASKED.search(question.folded) or figure.aspect in _CHANGES:
        return False
    return _GAP_TOLD.search(text[max(0, figure.start - 16) : figure.start]) is None


_TOGETHER = re.compile(r"一共|总共|合计|共计?(?:多少|几|能|要|可|得)|加起来|下来|总额")
_EACH = re.compile(rf"每(?![增多高少])[㐀-鿿]{{0,4}}?[一1]?(?P<unit>{UNIT.pattern})")
_KINDS = ("岁", "周岁", "层", "级", "年")
"""What a number of is a kind of case and nothing to be multiplied with."""


def of_each_only(question: Question, figure: Figure, text: str) -> bool:
    """Whether a question asks what so many come to and a figure is what there is for each of them.

    20个人一共补多少 is not told by 每人1920元.
    """
    unit, _, per = figure.unit.partition("/")
    if question.want not in ("money", "figure") or canonical(figure.value, unit)[1] != MONEY:
        return False
    begin = max(text.rfind(mark, 0, figure.start) for mark in "，；。：") + 1
    each = per.split("·") if per else [m["unit"] for m in _EACH.finditer(text[begin : figure.start])]
    given = [q for q in quantities(question.folded) if q.value > 1 and q.unit not in (*_KINDS, MONEY)]
    if not each or not given:
        return False
    meant = [unit for unit in each if any(alike(q, unit) for q in given)]
    if any(re.search(rf"[每一]个?{re.escape(u)}", question.folded) for u in meant or each):
        return False  # 每人补多少, of 20 persons
    return bool(meant) or _TOGETHER.search(question.folded) is not None


EVERY = re.compile(
    rf"每(?:服务|满|新增|增加)?(?P<number>\d[\d.]*[百千万]?)(?P<unit>{UNIT.pattern})[^，。；\d]{{0,12}}$"
)
"""What stands in front of what there is for every so many: 每500亩配备."""


def of_so_many(question: Question, figure: Figure, text: str) -> bool:
    """Whether a question gives how many there are and a figure is for every so many: 每500亩1名."""
    every = EVERY.search(text[max(0, figure.start - 24) : figure.start])
    return every is not None and any(alike(q, every["unit"]) for q in quantities(question.folded))


_APIECE_ASKED = re.compile(
    rf"[一每](?:{UNIT.pattern})[㐀-鿿]{{0,3}}?(?:补|奖|给|领|拿|发|返|贴)[㐀-鿿]{{0,2}}?(?:多少|几)"
)
_MUCH = 500_000
"""From how many yuan on money is a budget and not what there is for one."""


def of_all(question: Question, figure: Figure, text: str) -> bool:
    """Whether a question asks what there is for one thing and a figure is the money for all: 共300万元."""
    value, unit = canonical(figure.value, figure.unit.partition("/")[0])
    if unit != MONEY or value < _MUCH or not _APIECE_ASKED.search(question.folded):
        return False
    begin = max(text.rfind(mark, 0, figure.start) for mark in "，；。：") + 1
    return "/" not in figure.unit and not re.search("每|一次性|单", text[begin : figure.start])


_NOT = "没|未|无|不|非"
_DENIED = re.compile(
    r"^(?:均|都|还|尚|仍)?(?:没有?|未|无|不(?!足|到|超|少|低|断|同|等|含|包|计|仅|动))(?P<what>[㐀-鿿]{2,10})"
)


def denied(question: Question, figure: Figure) -> bool:
    """Whether a question asks how many have something and a figure is of those without: 9所无扩建用地."""
    if re.search(_NOT, question.folded):
        return False
    match = _DENIED.match(fold(figure.indicator).partition("▯")[2])
    if match is None:
        return False
    what = match["what"]
    return any(what[i : i + 2] in question.folded for i in range(len(what) - 1))


HAVE_NOT = re.compile(
    r"(?:没有?|未|尚未|还没|不是)(?!法|能|办法|有)(?P<what>[㐀-鿿]{3,14}?)(?:的|(?=[，。？?]|$)|(?=几|多少))"
)
"""What a question says something has not: 没拿到职业技能等级证书, 不是新能源的."""


def affirmed(question: Question, figure: Figure) -> bool:
    """Whether a question asks how many have not something and a figure is of those that have it."""
    match = HAVE_NOT.search(question.folded)
    return match is not None and told_of(match["what"], figure)


def told_of(what: str, figure: Figure) -> bool:
    """Whether a figure is called by most of some words, without a word that denies them."""
    called = fold(figure.indicator)
    pairs = [what[i : i + 2] for i in range(len(what) - 1)]
    return not re.search(_NOT, called) and sum(pair in called for pair in pairs) >= 0.6 * len(pairs)


_PART = re.compile(
    "其中(?P<name>[㐀-鿿]{3,10}?)(?=由|从|为|有|达|增|减|占|共|约|超|[0-9一二三四五六七八九十])"
)


def whole_of(question: Question, figure: Figure, text: str) -> bool:
    """Whether a question names the part behind 其中 and a figure in front of it is of the whole.

    公路由123万公里增加到176万公里，其中高速公路由…: asked about 高速公路.
    """
    part = _PART.search(text, figure.end)
    if part is None or re.search("[。；]", text[figure.end : part.start()]):
        return False
    own = fold(figure.indicator).partition("▯")[0]
    return part["name"] in question.folded and part["name"] not in own
