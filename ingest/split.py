"""Document → passages: one sentence each, with its section, its role, and what is embedded for it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.lines import Line, is_clutter
from ingest.tail import is_signature
from policyqa.evidence import leading
from policyqa.schema import Document, Passage, Role, Span
from policyqa.tables import spoken, table_at

# 您提出… · 提案所称… · 代表们建议… · 三位委员提案中提到…: what the asker says, unless the sentence
# goes on to answer.
_CLAIM_START = re.compile(
    r"^(?:您们?|你们|贵[委会局支总][^，]{0,6}|(?:[各一二两三四五六七八九十]位)?(?:委员|代表)们?|原?提案人?|建议)(?:提案|建议)?"
    r"(?:还|也|在[^，]{0,12}[中里]|[中里]|所)*(?:提出|提议|建议|要求|反映|指出|认为|提到|称|引用|说|希望)"
)
# 提案人的诉求一：…; what follows on the line is the asker's, up to 办理意见：…
_CLAIM_LABEL = re.compile(
    r"^【?(?:提案人|委员|代表|网友|您)?的?(?:诉求|请求|提案内容|建议内容)[一二三四五六七八九十\d]*[：:】]"
)
_REPLY_LABEL = re.compile(r"^【?(?:办理|答复|回复)(?:意见|情况|结果)[：:】]")
_OPENING = re.compile(r"收悉|(?:答复|函复|回复)如下")
_QUOTED = re.compile(r"“[^”]*”|《[^》]*》")
_ANSWERS = re.compile(
    r"(我[局委办市区县会]|我们|不宜|暂[不无按]|采纳|不予|(?<!无)条件|[省市县区镇]里[^，。]{0,4}(?:没有|不|已|暂)|够不上|经研究|拟|同意|支持|考虑|将|已|目前|不具备|属实|确[有实]"
    r"|客观存在|切中|难以|承诺|为宜|，实际|与[^。]{0,40}(?:不符|不一致|出入)|按[^。，]{0,20}(?:测算|计算))"
)
# 感谢您…监督。 · 此答复函已经唐军主任审签。 · 请您填写在回执上… · 特此更正。 · 此致 敬礼
_CLOSING = re.compile(
    r"^(再次|衷心|最后|非常)?(感谢|谢谢)|审签|^[此本][^，。]{0,6}[复函件][^，。]{0,30}(审定|签批|审核)|回执|征询意见|反馈表"
    r"|专此答复|[特此]此?[函答]复|^以上(答复|意见)|^(特此|专此|此)(复|更正|报告|通知)[。！]?$|^(此致|敬礼)[。！]?$"
)
_NUMBERING = re.compile(
    r"^(第[一二三四五六七八九十百]+[章条]|[（(]?[一二三四五六七八九十\d]{1,3}[)）]?[、.．]?|[①-⑳])\s*"
)
_COMMITMENT_START = re.compile(r"^(下一?步|下一阶段|下阶段|今后|接下来|后续)(工作)?[，,：:我将]")


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
    for above in head:
        if title is not None and title.start <= above.start < title.end:
            if above.start == title.start:
                found.append((title, (), "head"))
        elif not is_clutter(above.text):
            found.append((above.span, (), "head"))
    promising = claiming = -1
    for index, (span, path, role) in enumerate(placed):
        text = body[span.start : span.end]
        line = body.rfind("\n", 0, span.start)
        if _CLAIM_LABEL.match(text):
            claiming = line
        elif _REPLY_LABEL.match(text):
            claiming = -1
        if role == "body" and _COMMITMENT_START.match(text):
            promising = line
        if role == "body" and promising == line:
            # A promise goes on to the end of its paragraph.
            role = "commitment"
        if role == "body" and (line == claiming or _claims(text)):
            role = "claim"
        following = body[placed[index + 1][0].start :][:40] if index + 1 < len(placed) else ""
        alone = body[line + 1 : span.start].strip() == ""
        if len(text) < 90 and (_CLOSING.search(text) or is_signature(text, following, alone)):
            role = "tail"
        found.append((span, path, role))
    found += [(line.span, (), "tail") for line in tail if not is_clutter(line.text)]
    return [
        Passage(f"{document.id}:{ordinal}", document, span.start, span.end, path, role, ordinal)
        for ordinal, (span, path, role) in enumerate(found)
    ]


def _claims(text: str) -> bool:
    """Whether a sentence only says what the asker says.

    >>> _claims("您提出“我区缺口约1.2万个”。"), _claims("您提出的《关于…的提案》收悉。")
    (True, False)
    """
    match = _CLAIM_START.match(text)
    if match is None or _OPENING.search(text):
        return False
    # 您建议将补贴提高: the asker's 将.
    rest = text[match.end() :].removeprefix("将")
    return not _ANSWERS.search(_QUOTED.sub("", rest))


def embedded_text(passage: Passage) -> str:
    """What is embedded for a passage: issuer, topic and heading in front, so that it stands alone.

    The topic is the title of the proposal where there is one, for 关于…第035号提案的答复函 names none.
    """
    document = passage.document
    topic = document.proposals[0].title if document.proposals else ""
    heading = _NUMBERING.sub("", passage.section[-1]) if passage.section else ""
    context = " ".join(part for part in (document.issuer, topic or document.title, heading) if part)
    table = table_at(document, passage.start)
    text = spoken(table, passage.text) if table else re.sub(r"\s*\n\s*", "", passage.text)
    text = ("" if table else leading(passage)) + text
    return f"{context}：{text}" if context else text
