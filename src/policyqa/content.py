"""Which passages can answer a question on content: not a letter's forms, and not the asker's own words.

A salutation, an acknowledgement or a bare heading is often nearer to a question than the sentence
that answers it, for it names the topic and nothing else. A claim (提案人的诉求：…) names it too; the
answer stands behind it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from policyqa.asked import Asked, covered
from policyqa.evidence import bare, gather
from policyqa.findings import Candidate
from policyqa.match import DECISION, REASON
from policyqa.piece import clauses, decides
from policyqa.question import Question
from policyqa.schema import Passage
from policyqa.tables import table_at
from policyqa.text import fold, sentences

_CONTENT = frozenset({"yesno", "reason", "list", "commitment", "text", "agency"})
"""What is wanted of a letter's content; its head and its salutation are asked for with other words."""
_FORM = re.compile(
    r"^(?:局内|科室|内部)?(?:审核|核稿|拟稿|经办|校对)(?:人|科室)?：[㐀-鿿\s：、()\d-]{2,60}$"
    r"|^(?:您|你们?|大家)好[！!。，,]?$|^(?:再次|衷心|最后|非常|诚挚)?(?:感谢|谢谢|祝您|祝你|欢迎|此致|敬礼|特此|专此)"
    r"|(?:提案|建议|议案|留言|来信|来函|咨询|问题|》(?:\([^)]*\))?)(?:,|，)?(?:我[局委办]|均|都)?(?:已经?)?(?:收悉|收到)"
    r"|^(?:我[局委办])?收到(?:了)?(?:您|你们?|贵)[^，]{0,12}《|(?:答复|函复|回复|报告|办复|意见|通知)如下[：。]?$"
    r"|^关于[^，；。]{2,60}的(?:答复函?|复函|通知|函|意见|报告)$|^[^，；。：|]{1,6}[^，；。]{0,40}(?:委员|代表|网友|先生|女士)们?[：:]$"
)
_MERGED = re.compile(r"(?:合并|一并|并案)(?:进行)?(?:答复|办理|办复|函复)")
_ON_FORM = re.compile(r"题目|标题|叫什么|编号|会同|会办|协办|主办|一起办|商[量了]|收到|收悉|联名|提案人")
_QUOTES_CLAIM = re.compile(
    r"(?:提案|建议|委员|代表|网友|诉求|提案人|来信)[^，。？]{0,12}(?:提出|提了|建议|要求|反映|希望|说)了?(?:什么|哪些|哪几|啥)|诉求(?:是|有)"
)
_NEXT_CLAIM = re.compile(
    r"^【?(?:提案人|委员|代表|网友|您)?的?(?:诉求|请求|建议内容)|^(?:您|你们?)(?:还|在提案中)?(?:提出|建议|要求|反映)|^[一二三四五六七八九十]{1,2}、"
)
_LABEL = re.compile(r"^【?(?:办理|答复|回复)(?:意见|情况|结果)[：:】]")
_TOPIC = re.compile(
    r"^(?:(?:其|第)?[一二三四五六七八九十\d][是要]?[、，.．]|[(][一二三四五六七八九十\d]{1,2}[)])?(?:关于|对于?|针对)(?:\"[^\"]{2,60}\"|[^，；。：\"]{2,60})(?:的?(?:问题|建议|提议|要求|诉求|请求))?[。：]?$"
)
"""A sentence that names what is spoken of and says nothing on it: 其三，关于“永久禁入”。"""
_REACH = 600
"""Characters behind a claim in which its answer is looked for."""


_CONTACT_LINE = re.compile(r"\(?(?:联系|承办|经办)(?:单位|科室|人|电话|方式)[:：]")


def can_answer(question: Question, passage: Passage) -> bool:
    """Whether a passage says anything that could answer; True for questions on the letter itself."""
    if _NUMBERED_NAME.fullmatch(fold(passage.text).strip()):
        return False
    if question.want == "title" and fold(passage.text).rstrip().endswith("："):
        return False  # whom a letter addresses is no title
    if question.want not in _CONTENT:
        return True
    named = _PERSON_ASKED.match(question.folded)
    if named:  # a list of those present is no content, but says who somebody is
        return named["name"] in fold(passage.text)
    if passage.role == "head":
        return False
    text = fold(passage.text).strip()
    if _CONTACT_LINE.match(text):
        return False  # who is to be asked says nothing else
    if any(t.heading.start == passage.start for t in passage.document.tables):
        return False
    if table_at(passage.document, passage.start):
        return True
    if _is_heading(passage, text):
        return False
    if question.want == "yesno" and text.endswith("？"):
        return False  # 问：2024年装好的能补吗？
    if question.want == "reason" and _ASKS_WHY.search(text) and not _WHY.search(text):
        return False  # 提出三点追问：…，护理员为什么留不住
    # 因内容相近，合并答复: why several were answered together is no reason for anything else.
    if (
        question.want == "reason"
        and _MERGED.search(text)
        and not re.search("合并|一并|并案", question.folded)
    ):
        return False
    return not _FORM.search(text) or _ON_FORM.search(question.folded) is not None


_ASKS_WHY = re.compile("为什么|为何|为啥")
_WHY = re.compile("因为|由于|原因(?:是|有|主要)|是因|因[㐀-鿿]{2}|考虑到|鉴于")
# 寇行舟是干什么的 · 晁恪是啥身份: what names somebody else says nothing of him.
_PERSON_ASKED = re.compile(
    r"^(?:请问)?(?P<name>(?![这那该其谁哪它])[㐀-鿿]{2,4}?)(?:委员|代表|同志)?(?:是|任|担任)(?:个)?"
    r"(?:(?:干|做)(?:什么|啥)|(?:什么|啥)(?:职务|身份|人|官|角色)|谁(?:[？?]|$)|哪个(?:单位|科室?|部门|处))"
)
# ③路。 · （三）提经费。
_NUMBERED_NAME = re.compile(
    r"(?:[①-⑳]|\d{1,2}|[（(][一二三四五六七八九十\d]{1,3}[)）]|[一二三四五六七八九十]{1,3}(?=、|是))\s*[、.．是]?\s*[㐀-鿿]{1,8}[。：:]?"
)


def _is_heading(passage: Passage, text: str) -> bool:
    """A line that only names what follows: without an end mark, and no decision in it."""
    if _names_section(passage, text):
        return True
    if not passage.section or re.search(r"[。；！？：，]", text):
        return False
    return fold(passage.section[-1]).strip() in text and not DECISION.search(text)


def _names_section(passage: Passage, text: str) -> bool:
    """Whether a text is the heading of a passage's section, with or without an end mark, and decides nothing.

    ② 老人免费乘车。 may be what the asker wants, not what the agency says.
    """
    text = fold(text).strip()
    return (
        bool(passage.section)
        and text.rstrip("。") == fold(passage.section[-1]).strip()
        and DECISION.search(text) is None
    )


def behind_claim(asked: Asked, claim: Candidate, candidates: Sequence[Candidate]) -> Candidate:
    """What answers a claim: the best sentence behind it, up to the next claim; the claim when none does.

    ``claim`` is returned as it is when it is none, and when the question asks for what was claimed.
    """
    question, passage = asked.question, claim.hit.passage
    if (
        not (passage.role == "claim" or _TOPIC.search(fold(passage.text)))
        or question.want not in _CONTENT
        or _QUOTES_CLAIM.search(question.folded)
    ):
        return claim
    body = passage.document.body
    known = {c.hit.passage.start: c for c in candidates if c.hit.passage.document.id == passage.document.id}
    best, most = claim, -1.0
    pattern = {"yesno": DECISION, "reason": REASON}.get(question.want)
    for place, span in enumerate(sentences(body, passage.end, min(len(body), passage.end + _REACH))):
        text = fold(body[span.start : span.end])
        if _NEXT_CLAIM.match(text) or _NUMBERED_NAME.fullmatch(text.strip()) or _TOPIC.search(text):
            break
        found = known.get(span.start)
        follows = replace(
            passage, id=f"{passage.id}+{place + 1}", start=span.start, end=span.end, role="body", figures=None
        )
        evidence = found.evidence if found else gather(follows)
        worth = covered(asked.terms, (evidence.bare, 1.0)) - 0.05 * place
        worth += 0.5 if pattern is not None and pattern.search(text) else 0.0
        worth += 0.2 if place == 0 and _LABEL.match(text) else 0.0
        if worth > most:
            most = worth
            best = found or replace(
                claim,
                hit=replace(claim.hit, passage=follows),
                evidence=evidence,
                features={**claim.features, "claim": 0.0},
                reading=None,
            )
    return best


def decided_beside(asked: Asked, found: Candidate) -> Candidate:
    """The sentence that decides, where the one found only gives the grounds: the one before it, the
    section's first, or the one behind; the one found when it decides itself or none beside it does.
    """
    passage = found.hit.passage
    if asked.question.want != "yesno" or table_at(passage.document, passage.start):
        return found
    body = passage.document.body
    own = _decision_of(passage.text)
    if own >= PLAIN or (own and not _GROUNDS.match(fold(passage.text))):
        return found
    line = body.rfind("\n", 0, passage.start) + 1
    end = body.find("\n", passage.end)
    around = sentences(body, line, len(body) if end < 0 else end)
    at = next((i for i, span in enumerate(around) if span.start >= passage.start), 0)
    beside = [span for i in (at - 1, at + 1) if 0 <= i < len(around) for span in [around[i]]]
    section = next(
        (
            s
            for s in passage.document.sections
            if s.path == passage.section and s.start < passage.start <= s.end
        ),
        None,
    )
    if section is not None:
        beside += sentences(body, section.start, passage.start)[:1]
    plain = [
        span
        for span in beside
        if _decision_of(body[span.start : span.end]) >= PLAIN
        and not _names_section(passage, body[span.start : span.end])
    ]
    if not plain:
        return found
    best = max(plain, key=lambda s: covered(asked.terms, (bare(body[s.start : s.end]), 1.0)))
    moved = replace(passage, id=f"{passage.id}+d", start=best.start, end=best.end, figures=None)
    return replace(found, hit=replace(found.hit, passage=moved), evidence=gather(moved), reading=None)


def _decision_of(text: str) -> float:
    return max((decides(text[span.start : span.end]) for span in clauses(text)), default=0.0)


_GROUNDS = re.compile(
    r"^(?:[(（]?[一二三四1-4][)）、.是]|主要|原因|理由|因|考虑|据|按|以|如果|若|其[一二三])"
)
"""How a sentence begins that gives the grounds of a decision made before it."""
PLAIN = 1.0
"""From where on a clause decides plainly: 不宜, 采纳, 不得."""
