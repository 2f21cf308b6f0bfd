"""What the reading model sees of a question and a passage: two texts, and where the sentence begins."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from policyqa.evidence import Evidence, before_in_paragraph, inherited_period
from policyqa.question import spelled_out
from policyqa.tables import table_at
from policyqa.text import close_gaps
from policyqa.units import UNIT

TOPIC = 40
"""Longest topic in front of a sentence, in characters."""
BEFORE = 36
"""How much of the paragraph in front of a sentence is shown, in characters."""

_NUMBERING = re.compile(
    r"^(第[一二三四五六七八九十百]+[章条]|[（(]?[一二三四五六七八九十\d]{1,3}[)）]?[、.．]?|[①-⑳])\s*"
)


def pair_context(evidence: Evidence, told: str = "") -> str:
    """What stands in front of a sentence: issuer, year, topic, heading, words before, and its period.

    It says of a bare sentence whose figure it is and of which year. The period comes last, as if the sentence
    began with it: said elsewhere, the model takes the letter's year for the sentence's.

    Args:
        told: rare words of the question that its document holds, 云梯计划: they belong to its topic.
    """
    passage = evidence.passage
    document = passage.document
    topic = document.proposals[0].title if document.proposals else ""
    topic = (topic or document.title)[:TOPIC]
    topic = f"{topic} {told}" if told and told not in topic + passage.text else topic
    heading = _NUMBERING.sub("", passage.section[-1])[:TOPIC] if passage.section else ""
    year = f"{evidence.dated}年" if evidence.dated else ""
    before = before_in_paragraph(passage)[-BEFORE:]
    role = {"claim": "诉求", "commitment": "打算"}.get(passage.role, "")
    table = table_at(document, passage.start)
    headings = " ".join(table.headings) if table else ""
    parts = (document.issuer, year, topic, heading, role, headings or before)
    return " ".join(part for part in parts if part) + " ：" + _period(evidence)


_OPENS = 10
"""How far into a sentence its own period may stand to hold from the beginning, in characters."""
_CALENDAR = re.compile(r"\d\d年|\d{4}")


def _period(evidence: Evidence) -> str:
    """The year that a sentence leaves unsaid: what its 去年 means, else what holds where it begins."""
    spoken = [p for p in evidence.periods if p.years and not p.compared]
    relative = {p.text: p.years for p in spoken if not _CALENDAR.search(p.text)}
    if relative:
        return "".join(f"{text}即{_years(years)}，" for text, years in list(relative.items())[:2])
    if any(p.start <= _OPENS for p in spoken):
        return ""
    if len(evidence.inherited) == 1:
        return f"{evidence.inherited[0]}年，"
    inherited = inherited_period(evidence.passage)
    return f"{inherited}，" if inherited else ""


def _years(years: Sequence[int]) -> str:
    return f"{years[0]}年" if len(years) == 1 else f"{years[0]}—{years[-1]}年"


def pair_text(evidence: Evidence, told: str = "") -> tuple[str, int]:
    """The second text of a pair, and the offset at which the sentence begins in it.

    Args:
        told: as in ``pair_context``.
    """
    context = re.sub(r"\s+", " ", pair_context(evidence, told))
    return context + evidence.passage.text, len(context)


# 总投资折合多少万元, 补贴换算成万元是多少: in which unit is no matter of what answers.
_CONVERSION = re.compile(
    r"[，,]?(?:换算|折算?|(?<![联整综结融组混化])合)(?:合|成|为|是)?(?=(?:多少|几))"
    rf"|[，,]?(?:换算|折合|折算)(?:成|为)[万亿]?(?:{UNIT.pattern})(?:计|来说|的话)?"
)


def marked(text: str, start: int, end: int) -> str:
    """The second text of a pair with a figure of it marked, for the checking model.

    >>> marked("2023年，培育36家，累计79家。", 8, 11)
    '2023年，培育【36家】，累计79家。'
    """
    return f"{text[:start]}【{text[start:end]}】{text[end:]}"


_RELATIVE = {"前年": -2, "去年": -1, "今年": 0, "明年": 1}


def tidy_question(text: str, asked_on: date | None = None, places: Sequence[str] = ()) -> str:
    """A question as the model sees it.

    Args:
        asked_on: the day that 去年 is meant from; the year is said instead, for in a letter of another
            year the same word means another one.
        places: that it names, without suffix.
    """
    text = spelled_out(re.sub(r"\s+", " ", close_gaps(text)[0]).strip())
    for place in places:
        # Written 沄州市区, it takes 沄州市区 for a district of that name, which no document speaks of.
        text = text.replace(f"{place}市区", f"{place}市市区")
    text = _CONVERSION.sub("", text)
    if asked_on is None:
        return text
    year = asked_on.year
    return re.sub("|".join(_RELATIVE), lambda m: f"{year + _RELATIVE[m.group()]}年", text)
