"""Follow-up questions: "那2022年呢？", "累计呢？", "其中新能源的有几辆？" made whole by what was asked before.

The result is a question that could have been asked at once; it is understood like any other.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from policyqa.periods import Period, find_periods, resolve
from policyqa.places import places_in
from policyqa.question import content_terms
from policyqa.text import fold
from policyqa.units import UNIT

_LEANING = re.compile(
    r"^(那么?|还有|另外|其中|它|他们?|她|这|该|上述|同期|累计|总共|一共|新增|占|比|增长|增速|去年|前年|上年|今年|第二年|后一年|前一年|上一年|次年"
    r"|当年|同年|分别|为什么|为啥|原因|人均|排|列|再|而|现在|后来|结果|到底|具体|哪|谁|多少|几|有没有|下一步|财政|个人)"
    r"|呢[？?。]?$"
)
_ONLY_CHANGE = re.compile(
    r"^(那么?|换成|如果是|要是|改成|再看|还有|至于|看看)?.{0,16}?(呢|怎么样|又是多少|是多少|多少)?[？?。]?$"
)
_NEXT_YEAR = re.compile(r"(第二年|后一年|次年|下一年|转年)")
_LAST_YEAR = re.compile(r"(前一年|上一年|头一年|再往前一年|之前一年)")
_ASKING = re.compile(
    rf"(分别)?(是|有|为)?(多少|第几|几|哪些|什么|谁|哪个|哪家|哪位|怎么样?|如何|是否|吗|呢|了)(?:万|亿)?({UNIT.pattern})?|[？?。！]+"
)


def whole(question: str, earlier: Sequence[str], places: frozenset[str], today: date) -> str:
    """The question as it would be asked without the conversation before it.

    Args:
        earlier: the questions before it, oldest first, as they were asked.
        places: known places (stems), to tell 松垭呢 from any other word.
        today: what 今年 means.
    """
    context = ""
    for one in [*earlier, question]:
        context = _joined(context, one.strip(), places, today) if context else one.strip()
    return context


def leans(question: str, places: frozenset[str]) -> bool:
    """Whether a question needs what was asked before it."""
    folded = fold(question)
    terms = content_terms(folded)
    if places_in(folded, places) and len(terms) >= 3 and not re.search(r"呢[？?。]?$", folded):
        return False
    return bool(_LEANING.search(folded)) or len(terms) <= 2 or not places_in(folded, places)


def _joined(before: str, question: str, places: frozenset[str], today: date) -> str:
    if not leans(question, places):
        return question
    folded = fold(question)
    named = places_in(folded, places)
    periods = _stated(question, today)
    old = _stated(before, today)
    shifted = _shifted(folded, old)
    own = [t for t in content_terms(folded) if not any(p in t or t in p for p in named)]
    own = [t for t in own if not _NEXT_YEAR.search(t) and not _LAST_YEAR.search(t)]
    if not own and (named or periods or shifted) and _ONLY_CHANGE.match(folded):
        # 那2022年呢 · 松垭区呢 · 第二年呢: the same question with another year or place.
        text = before
        if named:
            text = _with_place(text, question, named, places)
        if shifted or periods:
            text = _with_period(text, shifted or periods[0].text, old)
        return text
    start = ""
    if not named and (kept := places_in(fold(before), places)):
        start += _place_text(before, kept[0])
    if not periods and not shifted and old:
        start += old[0].text
    if shifted:
        start += shifted
    topic = _topic(before, places, today)
    asked = re.sub(r"^(那么?|还有|另外|而)", "", question)
    if shifted:
        asked = _NEXT_YEAR.sub("", _LAST_YEAR.sub("", asked))
    return f"{start}{topic}，{asked}" if topic else f"{start}{asked}"


def _stated(text: str, today: date) -> list[Period]:
    """The periods that a question names by a year, not those it only compares with."""
    return [p for p in resolve(find_periods(text, today), today) if p.years]


def _shifted(folded: str, old: Sequence[Period]) -> str:
    if not old:
        return ""
    year = old[-1].years[-1]
    if _NEXT_YEAR.search(folded):
        return f"{year + 1}年{old[-1].part}"
    if _LAST_YEAR.search(folded):
        return f"{year - 1}年{old[-1].part}"
    return ""


def _with_period(text: str, new: str, old: Sequence[Period]) -> str:
    if not old:
        return new + text
    first = old[0]
    if re.fullmatch(r"(?:19|20)\d\d年", new) and first.part in ("底", "末"):
        new += first.part
    return text[: first.start] + new + text[first.end :]


def _with_place(text: str, question: str, named: Sequence[str], places: frozenset[str]) -> str:
    new = _place_text(question, named[0])
    old = places_in(fold(text), places)
    if not old:
        return new + text
    # The agency of another place goes with it: 枫渡县教育局 → 松垭区.
    return re.sub(re.escape(_place_text(text, old[-1])), new, text, count=1)


def _place_text(text: str, stem: str) -> str:
    """A place as a text writes it, with its suffix."""
    at = fold(text).find(stem)
    match = re.match(rf"{re.escape(text[at : at + len(stem)])}(?:省|市|区|县)?", text[at:])
    return match.group() if match else stem


def _topic(before: str, places: frozenset[str], today: date) -> str:
    """What a question was about: without its place, year and question word."""
    text = before
    for period in reversed(_stated(before, today)):
        text = text[: period.start] + text[period.end :]
    for place in places_in(fold(text), places):
        text = text.replace(_place_text(text, place), "", 1)
    text = re.split(r"[，,；。]", text)[0] if len(text) > 30 else text
    return _ASKING.sub("", text).strip("，,的有是 ")[:24]
