"""Reading: candidates → answer, by extraction.

Every candidate passage and every figure in the best of them is scored on what was asked; the best
one answers when its confidence is high enough, else the assistant declines and says why. Nothing
is worded that does not stand in a document.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from policyqa import match
from policyqa.evidence import Evidence, gather
from policyqa.match import Asked
from policyqa.pair_encoder import PairReader, Reading
from policyqa.pairs import pair_text, tidy_question
from policyqa.question import Question, understand
from policyqa.schema import Answer, Citation, Document, Figure, Hit, Passage
from policyqa.score import Scorer, default_scorer, probability
from policyqa.search import coverage
from policyqa.tables import table_at, unit_of
from policyqa.text import fold, sentences

FIGURE_WANTS = ("figure", "money", "ratio", "rank", "date")
"""What is answered by a figure or a date; everything else by sentences."""
READ = 12
"""How many of the best passages are read for figures."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage with its features, the score that they give, and what the reading model says of it."""

    hit: Hit
    evidence: Evidence
    features: dict[str, float]
    score: float
    reading: Reading | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One piece of an answer: a figure in a passage, or a passage. ``sure`` is 0..1."""

    candidate: Candidate
    figure: Figure | None
    features: dict[str, float]
    sure: float


def rank(
    asked: Asked, hits: Sequence[tuple[Hit, float]], scorer: Scorer, pairs: PairReader | None = None
) -> list[Candidate]:
    """Order hits by how well they fit the question.

    Args:
        hits: each with the cosine of its passage to the question.
        pairs: the reading model, which looks at the best of them again.
    """
    if not hits:
        return []
    nearest = max(cosine for _, cosine in hits)
    candidates = []
    for hit, cosine in hits:
        evidence = gather(hit.passage)
        overlap = coverage(asked.grams, evidence.context + " " + evidence.folded)
        features = match.passage_features(asked, evidence, cosine - nearest, overlap)
        features["cos"] = cosine
        score = scorer.passage(features) + (5.0 if "exact" in hit.lanes else 0.0)
        candidates.append(Candidate(replace(hit, score=score), evidence, features, score))
    candidates.sort(key=lambda c: -c.score)
    return candidates if pairs is None else _read_again(asked, candidates, scorer, pairs)


def _read_again(
    asked: Asked, candidates: Sequence[Candidate], scorer: Scorer, pairs: PairReader
) -> list[Candidate]:
    """The best candidates in the order of the reading model and the features together."""
    first, rest = candidates[:READ], candidates[READ:]
    readings = pairs.read(tidy_question(asked.question.text), [pair_text(c.evidence) for c in first])
    best = max(c.score for c in first)
    read = []
    for candidate, reading in zip(first, readings, strict=True):
        features = {**candidate.features, "linear": candidate.score - best, "pair": reading.score}
        score = scorer.joined(features) + (20.0 if "exact" in candidate.hit.lanes else 0.0)
        hit = replace(candidate.hit, score=score)
        read.append(replace(candidate, hit=hit, features=features, score=score, reading=reading))
    read.sort(key=lambda c: -c.score)
    lowest = min(c.score for c in read)
    # Those not read again stay behind, in their order.
    return read + [
        replace(c, hit=replace(c.hit, score=(s := lowest - 1 - best + c.score)), score=s) for c in rest
    ]


def find(asked: Asked, candidates: Sequence[Candidate], scorer: Scorer) -> Finding | None:
    """The best finding for one question, or None when there is nothing to read."""
    if not candidates:
        return None
    if asked.question.want in FIGURE_WANTS:
        best = _best_figure(asked, candidates[:READ], scorer)
        if best is not None:
            return best
    top = candidates[0]
    features = dict(top.features)
    if len(candidates) > 1:
        features["margin"] = top.score - candidates[1].score
    sure = 0.0 if contradicted(features) else probability(scorer.passage_sure(features))
    return Finding(top, None, features, sure)


def _best_figure(asked: Asked, candidates: Sequence[Candidate], scorer: Scorer) -> Finding | None:
    scored: list[tuple[float, Candidate, Figure, dict[str, float]]] = []
    for candidate in candidates:
        evidence = candidate.evidence
        figures = evidence.dates if asked.question.want == "date" else evidence.figures
        for figure in figures:
            features = match.figure_features(asked, evidence, figure)
            if features["f_unit"] <= -1.0:
                continue
            features["passage"] = candidate.score
            if candidate.reading is not None:
                features["f_span"] = max(-20.0, candidate.reading.of(figure.start, figure.end))
            total = scorer.figure(features)
            scored.append((total, candidate, figure, features))
    if not scored:
        return None
    scored.sort(key=lambda item: -item[0])
    total, candidate, figure, features = scored[0]
    features = {**candidate.features, **features, "total": total}
    other = next((s for s, _, f, _ in scored[1:] if f.text != figure.text), None)
    features["margin"] = total - other if other is not None else 3.0
    sure = 0.0 if contradicted(features) else probability(scorer.figure_sure(features))
    return Finding(candidate, figure, features, sure)


def answer(asked: Asked, candidates: Sequence[Candidate], scorer: Scorer, threshold: float) -> Answer:
    """Answer a question from ranked candidates, or decline."""
    question = asked.question
    findings = _findings(asked, candidates, scorer)
    sure = min((f.sure for f in findings), default=0.0)
    if not findings or sure < threshold:
        return decline(asked, candidates, sure)
    if len(findings) == 1:
        findings += elsewhere(asked, findings[0], candidates, scorer)
    citations: list[Citation] = []
    for finding in findings:
        for citation in _citations(question, finding, candidates):
            if citation not in citations:
                citations.append(citation)
    shorts = list(dict.fromkeys(_short(finding) for finding in findings))
    texts = list(dict.fromkeys(_statement(question, finding, candidates) for finding in findings))
    return Answer(
        question=question.text,
        status="answered",
        text="\n".join(texts),
        short="；".join(shorts),
        citations=tuple(citations),
        confidence=sure,
    )


def _findings(asked: Asked, candidates: Sequence[Candidate], scorer: Scorer) -> list[Finding]:
    """One finding, or one for each part of a question that asks for several things."""
    parts = asked.question.parts
    if not parts:
        one = find(asked, candidates, scorer)
        return [one] if one else []
    findings: list[Finding] = []
    for part in parts:
        sub = _part_of(asked, part)
        found = find(sub, candidates, scorer)
        if found is not None and all(_key(found) != _key(other) for other in findings):
            findings.append(found)
    return findings


NEAR = 1.0
"""How far, in score, the same figure of another place may lie behind to be named as well."""


def elsewhere(asked: Asked, best: Finding, candidates: Sequence[Candidate], scorer: Scorer) -> list[Finding]:
    """The same figure as other places report it, when the question names no place.

    Who asks 专精特新企业累计多少家 without a place gets the best answer first and is shown that
    other districts have one too.
    """
    question = asked.question
    own = best.candidate.evidence.places
    if best.figure is None or question.want == "date" or asked.places or asked.issuers or not own:
        return []
    found: list[Finding] = []
    seen = {own}
    for place in dict.fromkeys(c.evidence.places for c in candidates[:READ]):
        if not place or place in seen:
            continue
        seen.add(place)
        other = _best_figure(asked, [c for c in candidates[:READ] if c.evidence.places == place], scorer)
        if (
            other is not None
            and other.figure is not None
            and other.sure > 0
            and other.features["total"] >= best.features["total"] - NEAR
            and other.figure.unit == best.figure.unit
            and other.figure.aspect == best.figure.aspect
        ):
            found.append(other)
    return sorted(found, key=lambda f: -f.features["total"])[:3]


def contradicted(features: Mapping[str, float]) -> bool:
    """Whether a finding speaks of another year or another place than the question names."""
    if "f_period" in features:
        return features["f_period"] <= -1.0 or features["f_place"] <= -0.6
    return features["period"] <= -1.0 or features["place"] <= -0.6


def _key(finding: Finding) -> tuple[str, int]:
    return finding.candidate.hit.passage.id, finding.figure.start if finding.figure else -1


def _part_of(asked: Asked, part: str) -> Asked:
    """A part of a question as a question: its own kind, unit and words before those of the whole."""
    whole = asked.question
    today = date.today()
    question = understand(part, today)
    terms = {t: w for t, w in asked.terms.items() if t in question.terms}
    rest = {t: 0.35 * w for t, w in asked.terms.items() if t not in terms}
    question = replace(
        question,
        years=question.years or whole.years,
        periods=question.periods or whole.periods,
        want=question.want if question.want != "text" else whole.want,
        parts=(),
    )
    return replace(asked, question=question, terms={**terms, **rest})


def decline(asked: Asked, candidates: Sequence[Candidate], sure: float) -> Answer:
    """Say that the documents do not say, why the nearest does not answer, and show it."""
    return Answer(
        question=asked.question.text,
        status="not_found",
        text="收录的文件没有给出这个问题的答案。" + _why(asked, candidates),
        nearest=tuple(c.hit for c in candidates[:3]),
        confidence=sure,
    )


def _why(asked: Asked, candidates: Sequence[Candidate]) -> str:
    if not candidates:
        return "目前没有相关文件。"
    question = asked.question
    if asked.strangers:
        return f"没有“{'、'.join(asked.strangers)}”的文件。"
    absent = [
        term
        for term, weight in asked.terms.items()
        if weight >= 0.99
        and not any(match.presence(term, c.evidence.bare + c.evidence.context) > 0.6 for c in candidates)
    ]
    if absent:
        return f"文件中没有提到“{'、'.join(absent)}”。"
    best = candidates[0]
    if question.years and best.features["period"] < 0:
        years = sorted({y for c in candidates[:5] for y in c.evidence.years or c.evidence.inherited})
        if years and not set(years) & set(question.years):
            named = "、".join(f"{year}年" for year in years[-4:])
            return f"最接近的内容说的是{named}。"
    if asked.places and best.features["place"] < 0 and best.evidence.places:
        return f"最接近的内容出自{best.hit.passage.document.issuer}。"
    return "下面是最接近的内容。"


def cite(passage: Passage) -> Citation:
    """A passage as proof."""
    return Citation(passage.document, passage.section, passage.text, passage.start, passage.end)


def _citations(question: Question, finding: Finding, candidates: Sequence[Candidate]) -> list[Citation]:
    return [cite(p) for p in _passages(question, finding, candidates)]


def _passages(question: Question, finding: Finding, candidates: Sequence[Candidate]) -> list[Passage]:
    """The passage that answers, and for decisions and reasons its neighbours in the paragraph."""
    passage = finding.candidate.hit.passage
    if table := table_at(passage.document, passage.start):
        # A row proves nothing without its headings.
        head = replace(passage, id=f"{passage.id}+h", start=table.heading.start, end=table.heading.end)
        return [passage, head]
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


def _short(finding: Finding) -> str:
    if finding.figure is not None:
        return finding.figure.text + _unit_after(finding)
    return re.sub(r"\s+", "", finding.candidate.hit.passage.text)


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


def _statement(question: Question, finding: Finding, candidates: Sequence[Candidate]) -> str:
    """The document's own words around the answer, with the period when they do not name it."""
    passage = finding.candidate.hit.passage
    note = source_note(passage.document)
    if finding.figure is None:
        text = "".join(re.sub(r"\s+", "", p.text) for p in _passages(question, finding, candidates))
        return f"{text}（{note}）"
    if table_at(passage.document, passage.start):
        return f"{_cell_statement(finding.figure)}{_unit_after(finding)}（{note}）。"
    return f"{clause_of(passage.text, finding.figure)}（{note}）。"


def _cell_statement(figure: Figure) -> str:
    """A cell with its row's name and its column's heading."""
    name = figure.indicator.replace("▯", "")
    return f"{name}：{figure.text}"


def clause_of(sentence: str, figure: Figure) -> str:
    """The part of a sentence that says what a figure is: its piece, with those before for a subject."""
    marks = "，；。：！？"
    end = min([at for m in marks + "、" if (at := sentence.find(m, figure.end)) >= 0], default=len(sentence))
    start = max(sentence.rfind(m, 0, figure.start) for m in marks) + 1
    lead = sentence[start : figure.start]
    while (
        start > 0
        and len(
            re.sub(
                r"[^㐀-鿿]|累计|达到?|其中|增长|下降|占比?|同比|比上年|列全[市省]|居全[市省]|增速", "", lead
            )
        )
        < 4
    ):
        start = max(sentence.rfind(m, 0, start - 1) for m in marks) + 1
        lead = sentence[start : figure.start]
    text = re.sub(r"\s+", "", sentence[start:end]).strip("、，；：")
    if figure.period and fold(figure.period) not in fold(text):
        text = f"{figure.period}，{text}"
    return text


def read(question: str, passages: Sequence[str], today: date | None = None) -> Answer:
    """Answer a question from given texts alone, without a store.

    Args:
        question: in Chinese.
        passages: texts; each counts as a document of its own.
        today: what 今年 in the question means; today by default.

    Returns:
        An answer whose citations' documents have the texts as bodies and ``passages[i]``'s index as source.
    """
    from policyqa.local import asked_about, pairs

    scorer = default_scorer(pairs() is not None)
    understood = understand(question, today or date.today())
    asked, hits = asked_about(understood, passages)
    return answer(asked, rank(asked, hits, scorer, pairs()), scorer, scorer.threshold)
