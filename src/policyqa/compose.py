"""Wording an answer: the document's own words around a finding, its proof, or why there is none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from policyqa.asked import Asked, presence
from policyqa.findings import Candidate, Finding
from policyqa.listing import MOST
from policyqa.places import is_place
from policyqa.question import Question, is_word
from policyqa.schema import Answer, Citation, Document, Figure, Passage
from policyqa.tables import spoken, table_at, unit_of
from policyqa.text import fold, sentences, strip


def nearest_of(candidates: Sequence[Candidate]) -> list[Candidate]:
    """The best passages as they are shown beside a declined question, best first.

    What speaks of the place asked about is nearer to the asker than what only words it alike, and any
    sentence nearer than the date or the addressee of a letter.
    """
    return sorted(
        candidates[:8], key=lambda c: (c.features["place"] <= -0.6, c.hit.passage.role in ("head", "tail"))
    )


def decline(asked: Asked, candidates: Sequence[Candidate], sure: float) -> Answer:
    """Say that the documents do not say, why the nearest does not answer, and show it."""
    nearest = nearest_of(candidates)
    why = _why(asked, nearest or candidates)
    if why == NEAREST and sure >= UNSURE:
        text = "没有找到把握足够的答案，文件里可能写了，也可能没写。下面是最接近的内容，请对照原文。"
    else:
        text = "收录的文件没有给出这个问题的答案。" + why
    return Answer(
        question=asked.question.text,
        status="not_found",
        text=text,
        nearest=tuple(c.hit for c in nearest[:3]),
        confidence=sure,
    )


NEAREST = "下面是最接近的内容。"
UNSURE = 0.3
"""From what surety on it may well be told, and is not called missing: of 126 questions that were declined
between this and the threshold the documents answer 83, of 445 below it 108."""

# 按区, 户到, 占车位: put together by the word splitter; no reader of the answer knows such a word.
_GLUED = re.compile(r"[按到把被给从跟和与在的了过着得要还再就都也比占各每这那哪几多少吗呢没]")


def _why(asked: Asked, candidates: Sequence[Candidate]) -> str:
    if not candidates:
        return "目前没有相关文件。"
    question = asked.question
    spoken = " ".join(fold(c.hit.passage.document.body) for c in candidates) if asked.strangers else ""
    if unknown := [name for name in asked.strangers if name not in spoken]:
        return f"没有关于“{'、'.join(unknown)}”的文件。"
    absent = [
        term
        for term, weight in asked.terms.items()
        if weight >= 0.99
        and not _GLUED.search(term)
        and (len(term) > 2 or is_word(term))
        and not any(presence(term, c.evidence.bare + c.evidence.context) > 0.6 for c in candidates)
    ]
    if absent:
        return f"文件中没有提到“{'、'.join(absent)}”。"
    best = candidates[0]
    if asked.places and best.features["place"] <= -0.6 and best.evidence.places:
        return f"没有关于{asked.places[-1]}的这项内容，最接近的出自{best.hit.passage.document.issuer}。"
    if question.years and best.features["period"] < 0:
        years = sorted(best.evidence.years or best.evidence.inherited)
        if years:
            named = "、".join(f"{year}年" for year in years[-4:])
            return f"最接近的内容说的是{named}，不是{question.years[-1]}年。"
    return NEAREST


def cite(passage: Passage) -> Citation:
    """A passage as proof."""
    return Citation(passage.document, passage.section, passage.text, passage.start, passage.end)


def passages_of(question: Question, finding: Finding) -> list[Passage]:
    """The passage that answers, and for decisions and reasons its neighbours in the paragraph."""
    passage = finding.candidate.hit.passage
    if table := table_at(passage.document, passage.start):
        # A row proves nothing without its headings.
        head = replace(passage, id=f"{passage.id}+h", start=table.heading.start, end=table.heading.end)
        return [passage, head]
    if finding.listing is not None:
        parts = [finding.listing.lead, *finding.listing.items[:MOST]]
        return [
            replace(passage, id=f"{passage.id}+{at}", start=span.start, end=span.end, figures=None)
            for at, part in enumerate(parts)
            if (span := strip(passage.document.body, part.start, part.end)) is not None
        ]
    if finding.figure is not None or passage.role in ("head", "tail"):
        return [passage]
    if question.want in ("yesno", "reason", "commitment", "list", "text"):
        return neighbours(passage)
    return [passage]


def neighbours(passage: Passage, limit: int = 220) -> list[Passage]:
    """A passage and the sentences around it in its paragraph, following ones first, to some length."""
    body = passage.document.body
    begin = body.rfind("\n", 0, passage.start) + 1
    end = body.find("\n", passage.end)
    spans = sentences(body, begin, len(body) if end < 0 else end)
    at = next((i for i, s in enumerate(spans) if s.start >= passage.start), None)
    if at is None:
        return [passage]
    chosen, length = [at], passage.end - passage.start
    for index in (at + 1, at - 1, at + 2):
        if 0 <= index < len(spans) and abs(index - at) <= len(chosen):
            size = spans[index].end - spans[index].start
            if length + size <= limit:
                chosen.append(index)
                length += size
    return [
        passage
        if index == at
        else replace(passage, id=f"{passage.id}+{index - at}", start=spans[index].start, end=spans[index].end)
        for index in sorted(chosen)
    ]


def short_of(finding: Finding) -> str:
    """The bare answer: the figure with its unit, or the piece of the passage that answers."""
    if finding.figure is not None:
        return finding.figure.text + _unit_after(finding)
    passage = finding.candidate.hit.passage
    if finding.listing is not None:
        items = [passage.document.body[i.start : i.end] for i in finding.listing.items[:MOST]]
        return "；".join(re.sub(r"\s+", "", item).strip("，；。、") for item in items)
    text = passage.text
    if table := table_at(passage.document, passage.start):
        return spoken(table, text)
    if finding.piece is not None:
        text = text[finding.piece.start : finding.piece.end]
    return re.sub(r"\s+", "", text).strip("，；。：、")


def _unit_after(finding: Finding) -> str:
    """The unit of a table's bare number, from its heading."""
    passage = finding.candidate.hit.passage
    table = table_at(passage.document, passage.start)
    return unit_of(table, passage.text, finding.figure.start) if table and finding.figure else ""


def source_note(document: Document) -> str:
    """Whose word it is: issuer and date in brackets, or the source."""
    day = document.dated
    stated = f"{day.year}年{day.month}月{day.day}日" if day else ""
    return "，".join(part for part in (document.issuer or document.source, stated) if part)


def statements(question: Question, findings: Sequence[Finding]) -> list[str]:
    """The documents' own words around the answers, one line a passage, each with whose word it is."""
    lines: dict[str, list[Finding]] = {}
    for finding in findings:
        lines.setdefault(finding.candidate.hit.passage.id, []).append(finding)
    return [_statement(question, found) for found in lines.values()]


def _statement(question: Question, found: Sequence[Finding]) -> str:
    passage = found[0].candidate.hit.passage
    note = source_note(passage.document)
    figures = sorted((f.figure for f in found if f.figure is not None), key=lambda f: f.start)
    whole = next((f for f in found if f.figure is None), None)
    table = table_at(passage.document, passage.start)
    if whole is not None and table is not None:
        # Its cells side by side would say nothing.
        return f"{spoken(table, passage.text)}（{note}）。"
    if whole is not None:
        text = "".join(re.sub(r"\s+", "", p.text) for p in passages_of(question, whole))
        return f"{text}{_partial(whole)}（{note}）"
    if table is not None:
        text = "，".join(_cell_statement(f) for f in found)
    else:
        text = clause_of(passage.text, figures[0], figures[-1].end)
    return f"{text}（{note}）。"


def _partial(finding: Finding) -> str:
    """What an answer says of a list that it does not give whole."""
    listing = finding.listing
    if listing is not None and len(listing.items) > MOST:
        return f"（原文共列{len(listing.items)}条，此处仅列前{MOST}条）"
    if listing is not None and listing.open:
        return OPEN_LIST
    return ""


OPEN_LIST = "（原文以“等”字概括，未全部列出）"
"""What is said of a list that the document itself does not give whole."""


def _cell_statement(finding: Finding) -> str:
    """A cell with its row's name, its column's heading and its unit."""
    assert finding.figure is not None
    name = finding.figure.indicator.replace("▯", "")
    return f"{name}：{finding.figure.text}{_unit_after(finding)}"


# Words that name no subject: a clause of nothing else needs the one before it.
_NO_SUBJECT = re.compile(
    r"[^㐀-鿿]|累计|达到?|其中|增长|下降|占比?|同比|比上年|列全[市省]|居全[市省]|增速|年底|全年|开工|总数|提高|降低"
)


def clause_of(sentence: str, figure: Figure, until: int | None = None) -> str:
    """The part of a sentence that says what a figure is: its piece, with those before for a subject.

    Args:
        until: where the last figure ends that the part must hold; this figure's end by default.
    """
    marks = "，；。：！？"
    last = until or figure.end
    end = min([at for m in marks + "、" if (at := sentence.find(m, last)) >= 0], default=len(sentence))
    # 机构21家（公办6家、民办15家）: not cut within the bracket.
    bracket = sentence.rfind("（", 0, end)
    if bracket >= 0 and "）" not in sentence[bracket:end]:
        end = bracket if bracket >= last else sentence.find("）", end) + 1 or end
    start = max(sentence.rfind(m, 0, figure.start) for m in marks) + 1
    while start > 0 and len(_NO_SUBJECT.sub("", sentence[start : figure.start])) < 4:
        start = max(sentence.rfind(m, 0, start - 1) for m in marks) + 1
    text = re.sub(r"\s+", "", sentence[start:end]).strip("、，；：")
    if (row := _row_of(sentence)) and start >= len(row):
        text = f"{row}{text}"
    if figure.period and fold(figure.period) not in fold(text) and _holds_then(sentence, figure, text):
        text = f"{figure.period}，{text}"
    elif figure.period == "全年" and len(figure.years) == 1 and not re.search(r"(?:19|20)\d\d", fold(text)):
        text = f"{figure.years[0]}年，{text}"  # of which year the clause does not say
    return text


_ROW = re.compile(r"(?P<name>[^，；。：！？]{2,12})：(?P<cells>[^：]+)$")
_LONGEST_CELL = 24
"""Characters of a row's cell with its heading."""


def _row_of(sentence: str) -> str:
    """The name of a row that was made a sentence, without which its cells say of nobody; empty for others.

    >>> _row_of("枫渡县：优良天数345天，比上年增加4天。"), _row_of("办理意见：将研究，答复2家企业。")
    ('枫渡县', '')
    """
    match = _ROW.match(sentence.strip())
    if match is None:
        return ""
    cells = [cell for cell in re.split("[，。]", match["cells"]) if cell.strip()]
    row = len(cells) > 1 and all(len(c) <= _LONGEST_CELL and re.search(r"\d", c) for c in cells)
    return match["name"] if row or is_place(match["name"]) else ""


# What a rule gives holds as long as the rule does: 单户企业每年最高30万元
_RULE = re.compile(
    r"每(?:[人户家站所辆台部亩个年月次公千]|平方米|床)|最高|最多|不超过|不低于|封顶|标准|奖励|补助|补贴|资助"
)


def _holds_then(sentence: str, figure: Figure, clause: str) -> bool:
    """Whether a period may be said before a clause: not 当年, no year from elsewhere before a rule."""
    if figure.period == "当年":
        return False
    elsewhere = fold(figure.period) not in fold(sentence)
    return not ((elsewhere or figure.period.startswith(("至", "到"))) and _RULE.search(clause))
