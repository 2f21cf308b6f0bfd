"""What the reading model sees of a question and a passage: two texts, and where the sentence begins."""

from __future__ import annotations

import re

from policyqa.evidence import Evidence, before_in_paragraph, inherited_period
from policyqa.tables import table_at
from policyqa.text import close_gaps

TOPIC = 40
"""Longest topic in front of a sentence, in characters."""
BEFORE = 36
"""How much of the paragraph in front of a sentence is shown, in characters."""

_NUMBERING = re.compile(
    r"^(第[一二三四五六七八九十百]+[章条]|[（(]?[一二三四五六七八九十\d]{1,3}[)）]?[、.．]?|[①-⑳])\s*"
)


def pair_context(evidence: Evidence, told: str = "") -> str:
    """What stands in front of a sentence: issuer, year, topic, heading, inherited period, words before.

    It says of a bare sentence whose figure it is and of which year.

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
    period = inherited_period(passage) or ""
    before = before_in_paragraph(passage)[-BEFORE:]
    role = {"claim": "诉求", "commitment": "打算"}.get(passage.role, "")
    table = table_at(document, passage.start)
    headings = " ".join(table.headings) if table else ""
    parts = (document.issuer, year, topic, heading, role, period, headings or before)
    return " ".join(part for part in parts if part) + " ："


def pair_text(evidence: Evidence, told: str = "") -> tuple[str, int]:
    """The second text of a pair, and the offset at which the sentence begins in it.

    Args:
        told: as in ``pair_context``.
    """
    context = re.sub(r"\s+", " ", pair_context(evidence, told))
    return context + evidence.passage.text, len(context)


def tidy_question(text: str) -> str:
    """A question as the model sees it."""
    return re.sub(r"\s+", " ", close_gaps(text)[0]).strip()
