"""Reading: candidates → answer, by extraction.

Every candidate passage and every figure in the best of them is scored on what was asked; the best
one answers when its confidence is high enough, else the assistant declines and says why. Nothing
is worded that does not stand in a document.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import zip_longest

from policyqa import match
from policyqa.asked import Asked
from policyqa.beside import other_site
from policyqa.compose import cite, decline, neighbours, passages_of, short_of, statements
from policyqa.content import behind_claim, can_answer, decided_beside
from policyqa.evidence import Evidence
from policyqa.excluded import contradicted, excluded_by
from policyqa.findings import (
    NOTHING_SAID,
    Candidate,
    Finding,
    Said,
    disagreeing,
    later,
    of_another_year,
    replaced,
    whole_list,
)
from policyqa.listing import inline_items, listing_at
from policyqa.parts import CONTRADICTED, OPTIONS, part_of, supported, surety, together
from policyqa.piece import piece_of
from policyqa.premise import unanswered
from policyqa.question import Question, understand
from policyqa.ranking import checked, for_part, of_real_documents, rank, whole_parts
from policyqa.schema import Answer, Citation, Figure, Span
from policyqa.score import Scorer, default_scorer, probability

FIGURE_WANTS = ("figure", "money", "ratio", "rank", "date")
"""What is answered by a figure or a date; everything else by sentences."""
_KNOWS = 4.0
"""How sure the reading model is, in log-odds, where it outweighs that a word is missing."""
READ = 12
"""How many of the best passages are read for figures."""


def find(asked: Asked, candidates: Sequence[Candidate], scorer: Scorer) -> Finding | None:
    """The best finding for one question, or None when there is nothing to read."""
    return next(iter(options(asked, candidates, scorer, 1)), None)


def options(
    asked: Asked, candidates: Sequence[Candidate], scorer: Scorer, count: int, said: Said = NOTHING_SAID
) -> list[Finding]:
    """The best findings for one question, best first; ``total`` of their features is what they score.

    Args:
        count: how many at most.
        said: figures that were given are not given again.
    """
    if asked.question.want in FIGURE_WANTS and (
        found := _figures(asked, candidates[:READ], scorer, count, said)
    ):
        return found
    able = [c for c in candidates if can_answer(asked.question, c.hit.passage)]
    if not able:
        return [_unanswering(c) for c in candidates[:1]]
    # One of another year or place is never an answer, however near.
    able.sort(
        key=lambda c: c.score - (CONTRADICTED / _AS_FIGURE if contradicted(c.features) else 0.0), reverse=True
    )
    found = [_passage(asked, able, at) for at in range(min(count, len(able)))]
    marks = checked(asked, [(one.candidate, None) for one in found])
    return [_told(asked, one, scorer, mark) for one, mark in zip_longest(found, marks)]


def _unanswering(candidate: Candidate) -> Finding:
    """A passage that can answer nothing, such as a salutation: a finding only to be declined."""
    return Finding(candidate, None, {**candidate.features, "total": candidate.score * _AS_FIGURE}, 0.0)


def _standing(candidate: Candidate, candidates: Sequence[Candidate]) -> dict[str, float]:
    """How a candidate stands among the best: how far behind the first, and how many are of its document.

    One of another year or place may well be nearer by its words; nobody stands behind that one.
    """
    own = candidate.hit.passage.document.id
    crowd = sum(c.hit.passage.document.id == own for c in candidates[:CROWD]) / CROWD
    first = max((c.score for c in candidates if not contradicted(c.features)), default=candidate.score)
    return {"behind": max(0.0, first - candidate.score), "crowd": crowd}


CROWD = 5
"""Among how many of the best it is looked whether they are of one document."""


def _passage(asked: Asked, able: Sequence[Candidate], at: int) -> Finding:
    """One of the candidates as a finding of its own; how sure it is, is still to be told."""
    candidate = behind_claim(asked, able[0], able) if at == 0 else able[at]
    features = {
        **candidate.features,
        **_standing(candidate, able),
        "total": candidate.score * _AS_FIGURE,
    }
    if len(able) > 1:
        features["margin"] = able[at].score - able[1 if at == 0 else 0].score
    return _cut(asked, Finding(candidate, None, features, 0.0))


def _told(asked: Asked, found: Finding, scorer: Scorer, mark: float | None) -> Finding:
    """A passage as a finding with how sure it is.

    Args:
        mark: what the checking model says of it; None without the model.
    """
    passage, features = found.candidate.hit.passage, dict(found.features)
    if mark is not None:
        features["mark"] = mark
    sure = 0.0 if contradicted(features) else probability(scorer.passage_sure(features))
    around = "".join(p.text for p in neighbours(passage))
    if unanswered(asked.question, around, passage.text):
        sure = 0.0
    evidence = found.candidate.evidence
    if match.other_table(asked, evidence) or _of_other_site(asked, evidence):
        sure = 0.0
    return replace(found, features=features, sure=sure)


def _of_other_site(asked: Asked, evidence: Evidence) -> bool:
    """Whether a passage is of another institution than the numbered one that the question names."""
    said = evidence.folded + evidence.leading + evidence.before + evidence.context
    return other_site(asked.question, said)


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


_AS_FIGURE = 0.5
"""What the score of a passage counts in that of a figure, so that both can be added up."""


def _figures(
    asked: Asked, candidates: Sequence[Candidate], scorer: Scorer, count: int, said: Said = NOTHING_SAID
) -> list[Finding]:
    """The figures that fit best, best first."""
    scored: list[tuple[float, Candidate, Figure, dict[str, float]]] = []
    excluded: set[int] = set()
    best_excluded = -math.inf
    for candidate in candidates:
        evidence = candidate.evidence
        figures = evidence.dates if asked.question.want == "date" else evidence.figures
        # 受灾群众, where a text only has 灾: the reading model knows better
        knows = candidate.features.get("pair", 0.0) >= _KNOWS
        uncounted = not knows and match.nothing_counted(asked, evidence)
        elsewhere = _of_other_site(asked, evidence) or (uncounted and candidate.reading is None)
        for figure in figures:
            features = match.figure_features(asked, evidence, figure)
            if features["f_unit"] <= -1.0 or said.gave(candidate, figure):
                continue
            features["passage"] = candidate.score
            if candidate.reading is not None:
                features["f_span"] = max(-20.0, candidate.reading.of(figure.start, figure.end))
            elif "pair" in candidate.features:
                features["f_span"] = -20.0  # not read again: no figure for the others to fall behind
            total = scorer.figure(features)
            # 血汗钱, where a text has 工资: with the reading model the trees tell how much that says.
            features["uncounted"] = float(uncounted)
            out = elsewhere or excluded_by(asked, figure, features, evidence)
            if out:
                excluded.add(id(features))
                best_excluded = max(best_excluded, total)
            if out or uncounted:
                total -= CONTRADICTED
            scored.append((total, candidate, figure, features))
    scored.sort(key=lambda item: -item[0])
    marks = checked(asked, [(candidate, figure) for _, candidate, figure, _ in scored[:count]])
    open_year = not asked.question.years
    found = []
    for at, (total, candidate, figure, own) in enumerate(scored[:count]):
        features = {**candidate.features, **own, **_standing(candidate, candidates), "total": total}
        if marks:
            features["mark"] = marks[at]
        # The best of other wordings: before it for the first, in front of it for the others.
        # Where no year is asked for, the figure of another year is no other answer.
        other = next(
            (
                score
                for score, _, f, _ in scored
                if f.text != figure.text
                and not (open_year and of_another_year(figure, f, candidate.evidence))
            ),
            None,
        )
        features["margin"] = total - other if other is not None else 3.0
        # A figure of another year or place fits better: then this one is often of something else.
        features["passed"] = max(0.0, best_excluded - total)
        sure = 0.0 if id(own) in excluded else probability(scorer.figure_sure(features))
        found.append(Finding(candidate, figure, features, sure))
    return found


def answer(
    asked: Asked,
    candidates: Sequence[Candidate],
    scorer: Scorer,
    threshold: float,
    said: Said = NOTHING_SAID,
) -> Answer:
    """Answer a question from ranked candidates, or decline.

    Args:
        said: what the answer before this question said, when it follows one.
    """
    if said is not NOTHING_SAID:
        asked, candidates = _followed(asked, candidates, said)
    question = asked.question
    findings = findings_of(asked, candidates, scorer, said)
    if findings and (real := of_real_documents(asked, candidates)):
        instead = findings_of(asked, real, scorer, said)
        if instead and surety(instead, scorer) >= threshold:
            candidates, findings = real, instead
    sure = surety(findings, scorer)
    if not findings or sure < threshold:
        return decline(asked, candidates, sure)
    differing: list[Finding] = []
    if len(findings) == 1 and _EACH.search(question.folded):
        findings = whole_list(findings[0])
    if len(findings) == 1 and (newest := _newest(asked, findings[0], candidates, said)):
        findings = [newest, *findings]
    if len(findings) == 1:
        differing = disagreeing(findings[0], candidates[:READ])
        findings += differing or elsewhere(asked, findings[0], candidates, scorer)
    return stated(question, findings, sure, [DISAGREE] if differing else [])


def _newest(asked: Asked, best: Finding, candidates: Sequence[Candidate], said: Said) -> Finding | None:
    """The same figure of a later year, when the question leaves open of which year and of which document."""
    if asked.question.years or "exact" in best.candidate.hit.lanes or said is not NOTHING_SAID:
        return None
    newest = later(best, candidates[:READ], elsewhere=not asked.told)
    return newest or replaced(best, candidates[:READ])


def stated(question: Question, findings: Sequence[Finding], sure: float, notes: Sequence[str] = ()) -> Answer:
    """The answer that findings give: the documents' own words around them, and their passages as proof.

    Args:
        sure: how sure it is, 0..1.
        notes: lines to say after them.
    """
    citations: list[Citation] = []
    for finding in findings:
        for passage in passages_of(question, finding):
            if (citation := cite(passage)) not in citations:
                citations.append(citation)
    return Answer(
        question=question.text,
        status="answered",
        text="\n".join([*statements(question, findings), *notes]),
        short="；".join(dict.fromkeys(short_of(finding) for finding in findings)),
        citations=tuple(citations),
        confidence=sure,
    )


def findings_of(
    asked: Asked, candidates: Sequence[Candidate], scorer: Scorer, said: Said = NOTHING_SAID
) -> list[Finding]:
    """One finding, or one for each part of a question that asks for several things."""
    parts = [part_of(asked, part) for part in asked.question.parts]
    if parts:
        read = [for_part(candidates, at, scorer) for at in range(len(parts))]
        spoken = whole_parts(asked.question)
        parts = [replace(one, spoken=whole) for one, whole in zip(parts, spoken, strict=True)]
        found = together(
            parts,
            [options(one, own, scorer, OPTIONS, said) for one, own in zip(parts, read, strict=True)],
        )
    else:
        found = options(asked, candidates, scorer, 1, said)
    return [_known_document(f, said) for f in found]


def _known_document(found: Finding, said: Said) -> Finding:
    """A finding, surer when its document is no guess: named by its number, or cited by the answer before."""
    if "exact" in found.candidate.hit.lanes:
        found = supported(found, NAMED_SURE)
    return supported(found, FOLLOWED_SURE) if _document(found) in said.documents else found


def _document(finding: Finding) -> str:
    return finding.candidate.hit.passage.document.id


FOLLOWED = 2.0
"""What it is worth, in score, to stand in a document that the answer before cited."""
FOLLOWED_SURE = 0.6
"""How much surer that makes, in log odds."""
NAMED_SURE = 0.6
"""How much surer it makes, in log odds, that the question names the document's number."""
OLD_WORDS = 0.6
"""What words from the questions before weigh beside those of the new one."""


def _followed(asked: Asked, candidates: Sequence[Candidate], said: Said) -> tuple[Asked, list[Candidate]]:
    """A question that follows another: its own words first, and the document spoken of before others."""
    if any(term in said.words for term in asked.terms):
        terms = {t: w if t in said.words else OLD_WORDS * w for t, w in asked.terms.items()}
        asked = replace(asked, terms=terms)
    lifted = [
        replace(c, score=c.score + FOLLOWED) if c.hit.passage.document.id in said.documents else c
        for c in candidates
    ]
    return asked, sorted(lifted, key=lambda c: -c.score)


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
        of_place = [c for c in candidates[:READ] if c.evidence.places == place]
        other = next(iter(_figures(replace(asked, check=None), of_place, scorer, 1)), None)
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
