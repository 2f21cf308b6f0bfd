"""Reading: candidates → answer, by extraction.

Every candidate passage and every figure in the best of them is scored on what was asked; the best
one answers when its confidence is high enough, else the assistant declines and says why. Nothing
is worded that does not stand in a document.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from policyqa import match
from policyqa.compose import cite, decline, neighbours, passages_of, short_of, statements
from policyqa.content import behind_claim, can_answer, decided_beside
from policyqa.evidence import gather
from policyqa.findings import Candidate, Finding, disagreeing, whole_list
from policyqa.listing import inline_items, listing_at
from policyqa.match import Asked
from policyqa.pair_encoder import PairReader
from policyqa.pairs import pair_text, tidy_question
from policyqa.piece import piece_of
from policyqa.premise import unnamed, unsupported
from policyqa.provenance import is_invented
from policyqa.question import understand
from policyqa.schema import Answer, Citation, Figure, Hit, Span
from policyqa.score import Scorer, default_scorer, probability
from policyqa.search import coverage

FIGURE_WANTS = ("figure", "money", "ratio", "rank", "date")
"""What is answered by a figure or a date; everything else by sentences."""
READ = 12
"""How many of the best passages are read for figures."""


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


Place = tuple[str, int]
"""Where a finding stands: the id of its passage and where its figure begins in it, −1 for none."""


def find(
    asked: Asked, candidates: Sequence[Candidate], scorer: Scorer, taken: frozenset[Place] = frozenset()
) -> Finding | None:
    """The best finding for one question, or None when there is nothing to read.

    Args:
        taken: figures that answer other parts of the same question.
    """
    if not candidates:
        return None
    if asked.question.want in FIGURE_WANTS:
        best = _best_figure(asked, candidates[:READ], scorer, taken)
        if best is not None:
            return best
    able = [c for c in candidates if can_answer(asked.question, c.hit.passage)]
    if not able:
        return Finding(candidates[0], None, dict(candidates[0].features), 0.0)
    top = behind_claim(asked, able[0], able)
    features = dict(top.features)
    if len(able) > 1:
        features["margin"] = able[0].score - able[1].score
    sure = 0.0 if contradicted(features) else probability(scorer.passage_sure(features))
    around = "".join(p.text for p in neighbours(top.hit.passage))
    if unsupported(asked.question, around) or unnamed(asked.question, around):
        sure = 0.0
    return _cut(asked, Finding(top, None, features, sure))


_ENUMERATES = re.compile(r"哪|包括|包含|有什么|有啥|有何|分别|几种|几类")


def _cut(asked: Asked, found: Finding) -> Finding:
    """A finding with what of its passage answers: the items of a list, or a piece of the sentence."""
    found = replace(found, candidate=decided_beside(asked, found.candidate))
    question, evidence = asked.question, found.candidate.evidence
    piece = None
    if question.want == "list" and _ENUMERATES.search(question.folded):
        listing = listing_at(asked.terms, evidence)
        if listing is not None:
            return replace(found, listing=listing)
        # Who is left out stands in front of the negation: 在校学生、公务员不在补贴范围.
        text = evidence.passage.text
        piece = (
            Span(0, len(text)) if match.EXCLUDES.search(question.folded) else inline_items(asked.terms, text)
        )
    return replace(found, piece=piece or piece_of(question, asked.terms, evidence))


def _best_figure(
    asked: Asked, candidates: Sequence[Candidate], scorer: Scorer, taken: frozenset[Place] = frozenset()
) -> Finding | None:
    scored: list[tuple[float, Candidate, Figure, dict[str, float]]] = []
    for candidate in candidates:
        evidence = candidate.evidence
        figures = evidence.dates if asked.question.want == "date" else evidence.figures
        for figure in figures:
            features = match.figure_features(asked, evidence, figure)
            if features["f_unit"] <= -1.0 or (candidate.hit.passage.id, figure.start) in taken:
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
    if findings and (real := _of_real_documents(asked, candidates)):
        instead = _findings(asked, real, scorer)
        if instead and surety(instead) >= threshold:
            candidates, findings = real, instead
    sure = surety(findings)
    if not findings or sure < threshold:
        return decline(asked, candidates, sure)
    differing: list[Finding] = []
    if len(findings) == 1 and _EACH.search(question.folded):
        findings = whole_list(findings[0])
    if len(findings) == 1:
        differing = disagreeing(findings[0], candidates[:READ])
        findings += differing or elsewhere(asked, findings[0], candidates, scorer)
    citations: list[Citation] = []
    for finding in findings:
        for passage in passages_of(question, finding):
            if (citation := cite(passage)) not in citations:
                citations.append(citation)
    shorts = list(dict.fromkeys(short_of(finding) for finding in findings))
    return Answer(
        question=question.text,
        status="answered",
        text="\n".join([*statements(question, findings), *([DISAGREE] if differing else [])]),
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
    asked_for = [_part_of(asked, part) for part in parts]
    findings = _for_parts(asked_for, candidates, scorer)
    # 签约和开工各多少 asks about one thing: figures of two documents only when none has both.
    sources = list(dict.fromkeys(f.candidate.hit.passage.document.id for f in findings))
    if len(sources) > 1:
        alone = [
            _for_parts(asked_for, [c for c in candidates if c.hit.passage.document.id == source], scorer)
            for source in sources
        ]
        whole = [found for found in alone if len(found) >= len(findings)]
        best = max(whole, key=surety, default=[])
        if surety(best) > ONE_SOURCE * surety(findings):
            return best
    return findings


ONE_SOURCE = 0.7
"""The share of the surety of several documents at which one that answers all parts is preferred."""


def _for_parts(parts: Sequence[Asked], candidates: Sequence[Candidate], scorer: Scorer) -> list[Finding]:
    """The best finding for each part, none twice."""
    findings: list[Finding] = []
    for part in parts:
        found = find(part, candidates, scorer, frozenset(map(_key, findings)))
        if found is not None and all(_key(found) != _key(other) for other in findings):
            findings.append(found)
    return findings


def surety(findings: Sequence[Finding]) -> float:
    """How sure an answer of these findings is: as sure as the least sure of them; 0 for none."""
    return min((finding.sure for finding in findings), default=0.0)


def _of_real_documents(asked: Asked, candidates: Sequence[Candidate]) -> list[Candidate]:
    """The candidates of documents that are not invented, when the question leaves open whose figure it wants.

    Empty when it names a place, an issuer or a document, or when no invented document is among them.
    """
    if asked.places or asked.issuers or asked.question.numbers:
        return []
    real = [c for c in candidates if not is_invented(c.hit.passage.document)]
    return real if len(real) < len(candidates) else []


DISAGREE = "注意：文件之间说法不一，以上按原文并列，未作取舍。"
"""What is said when two documents give different values for one figure."""
_EACH = re.compile(r"分别|各自|各(?=是|有|为|多少|几|占|增|达)")
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


def _key(finding: Finding) -> Place:
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
