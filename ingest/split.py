"""Document → passages: one sentence each, with its section, its role, and what is embedded for it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.lines import Line, is_clutter
from policyqa.schema import Document, Passage, Role, Span

# 您提出… · 提案所称… · 原提案建议…: what the asker says, unless the sentence goes on to answer.
_CLAIM_START = re.compile(
    r"^(您|您们|你们|贵[委会局支总][^，]{0,6}|委员|提案|建议|原提案|提案人)(还|在[^，]{0,12}中|中|所)?(提出|建议|反映|指出|认为|提到|称|引用|说|希望)"
)
_ANSWERS = re.compile(
    r"(我[局委办市区县]|不宜|暂不|采纳|不予|条件|经研究|拟|同意|支持|考虑|将|已|目前|不具备|与.{0,12}不符|确有|属实)"
)
# 感谢您…监督。 · 此答复函已经唐军主任审签。 · 请您填写在回执上…
_CLOSING = re.compile(
    r"^(再次|衷心|最后)?(感谢|谢谢)|审签|审定|签批|回执|征询意见|专此答复|[特此]此?[函答]复|反馈表|^以上(答复|意见)"
)
_NUMBERING = re.compile(
    r"^(第[一二三四五六七八九十百]+[章条]|[（(]?[一二三四五六七八九十\d]{1,3}[)）]?[、.．]?|[①-⑳])\s*"
)
_COMMITMENT_START = re.compile(r"^(下一?步|下一阶段|下阶段|今后|接下来|后续)[，,：:我将]")


def split(
    document: Document,
    head: Sequence[Line],
    placed: Sequence[tuple[Span, tuple[str, ...], Role]],
    tail: Sequence[Line],
) -> list[Passage]:
    """The passages of a document in reading order: head, sentences, tail.

    Args:
        head: the lines above the main text.
        placed: the sentences of the main text with their section path and its role.
        tail: the lines below the main text.
    """
    body = document.body
    found: list[tuple[Span, tuple[str, ...], Role]] = []
    title = document.located.get("title")
    if title:
        found.append((title, (), "head"))
    for above in head:
        inside = title is not None and title.start <= above.start < title.end
        if not inside and not is_clutter(above.text):
            found.append((above.span, (), "head"))
    promising = -1
    for span, path, role in placed:
        text = body[span.start : span.end]
        line = body.rfind("\n", 0, span.start)
        if role == "body" and _COMMITMENT_START.match(text):
            promising = line
        if role == "body" and promising == line:
            # A promise goes on to the end of its paragraph.
            role = "commitment"
        if role == "body" and _CLAIM_START.match(text) and not _ANSWERS.search(text):
            role = "claim"
        if len(text) < 90 and _CLOSING.search(text):
            role = "tail"
        found.append((span, path, role))
    found += [(line.span, (), "tail") for line in tail if not is_clutter(line.text)]
    return [
        Passage(f"{document.id}:{ordinal}", document, span.start, span.end, path, role, ordinal)
        for ordinal, (span, path, role) in enumerate(found)
    ]


def embedded_text(passage: Passage) -> str:
    """What is embedded for a passage: issuer, topic and heading in front, so that it stands alone.

    The topic is the title of the proposal where there is one, for 关于…第035号提案的答复函 names none.
    """
    document = passage.document
    topic = document.proposals[0].title if document.proposals else ""
    heading = _NUMBERING.sub("", passage.section[-1]) if passage.section else ""
    context = " ".join(part for part in (document.issuer, topic or document.title, heading) if part)
    text = re.sub(r"\s*\n\s*", "", passage.text)
    return f"{context}：{text}" if context else text
