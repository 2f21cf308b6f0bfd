"""Ranking: hits → candidates, ordered by their features and by what the reading model says of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from policyqa import match
from policyqa.asked import Asked
from policyqa.evidence import gather
from policyqa.findings import Candidate
from policyqa.followup import whole
from policyqa.pair_encoder import PairReader
from policyqa.pairs import marked, pair_text, tidy_question
from policyqa.provenance import is_invented
from policyqa.question import Question, expanded_terms
from policyqa.schema import Figure, Hit
from policyqa.score import Scorer
from policyqa.search import coverage
from policyqa.word_vectors import likest

READ_AGAIN = 8
"""How many of the best passages the reading model looks at."""
REAL_AGAIN = 3
"""How many of documents that are not invented it looks at besides, where they may go first."""


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
        if not evidence.places and (places := asked.adopted.get(hit.passage.document.id)):
            evidence = replace(evidence, places=places)
        told = asked.told_in(hit.passage.document.id)
        overlap = coverage(asked.grams, f"{evidence.context} {told} {evidence.folded}")
        features = match.passage_features(asked, evidence, cosine - nearest, overlap)
        features["cos"] = cosine
        score = scorer.passage(features) + (5.0 if "exact" in hit.lanes else 0.0) - _strange(asked, hit)
        candidates.append(Candidate(replace(hit, score=score), evidence, features, score))
    candidates.sort(key=lambda c: -c.score)
    return candidates if pairs is None else _read_again(asked, candidates, scorer, pairs)


def whole_parts(question: Question) -> list[str]:
    """The parts of a question that asks for several things, each as it would be asked by itself."""
    asked: list[str] = []
    for part in question.parts:
        asked.append(whole(part, asked, frozenset(), question.asked_on or date.today()))
    return asked


CHECKED = 4
"""How many of the best findings the checking model looks at."""


def checked(asked: Asked, found: Sequence[tuple[Candidate, Figure | None]]) -> list[float]:
    """How sure the checking model is of each finding, in log-odds; nothing without the model.

    Those that it does not look at count as the least sure of those that it does.

    Args:
        found: a figure, marked in its sentence, or none where the sentence itself would be the answer.
    """
    if asked.check is None or not found:
        return []
    said = in_their_words(asked, asked.spoken or asked.question.text, [c for c, _ in found[:CHECKED]])
    question = tidy_question(said, asked.question.asked_on, asked.places)
    texts = []
    for candidate, figure in found[:CHECKED]:
        text, begin = pair_text(candidate.evidence, asked.told_in(candidate.hit.passage.document.id))
        start, end = (figure.start, figure.end) if figure else (0, len(text) - begin)
        texts.append(marked(text, begin + start, begin + end))
    marks = asked.check(question, texts)
    return marks + [min(marks)] * (len(found) - len(marks))


def in_their_words(asked: Asked, text: str, candidates: Sequence[Candidate]) -> str:
    """A question with the words of the passages for those that none of them has: 大夫 as 医生.

    The reading model knows fewer words than the table of synonyms and the word vectors do. Of the latter only
    the nearest are put in: 住 and 入住率 are near, and not the same.
    """
    near = "".join(c.evidence.bare + c.evidence.context for c in candidates)
    for term in sorted(asked.terms, key=len, reverse=True):
        if len(term) > 1 and term in text and term not in near:
            other = next((name for name in expanded_terms(term)[1:] if name in near), "")
            if not other and (like := likest(term, near)).cosine >= SAME:
                other = like.word
            text = text.replace(term, other or term)
    return _APIECE.sub(lambda m: f"每{m[1]}" if m[0] not in near and f"每{m[1]}" in near else m[0], text)


SAME = 0.7
"""From which cosine of the word vectors on a word is put for another one."""
# 一亩补多少, where documents say 每亩
_APIECE = re.compile("一([亩台户个人张次套件辆家头只株天月年度床份餐吨斤部处站趟节平])(?!级|等|类|样|共|起)")


STRANGE = 1.0
"""What it costs, in score, to lie in a document that has none of the question's rare words."""


def _strange(asked: Asked, hit: Hit) -> float:
    """What a passage loses because others are of the few documents that hold a rare word of the question."""
    return STRANGE if asked.told and not asked.told_in(hit.passage.document.id) else 0.0


def _read_again(
    asked: Asked, candidates: Sequence[Candidate], scorer: Scorer, pairs: PairReader
) -> list[Candidate]:
    """The best candidates in the order of the reading model and the features together."""
    first = list(candidates[:READ_AGAIN])
    again = {c.hit.passage.id for c in first}
    real = {c.hit.passage.id for c in of_real_documents(asked, candidates)[:REAL_AGAIN]}
    first += [c for c in candidates if c.hit.passage.id in real - again]
    again |= {c.hit.passage.id for c in first}
    rest = [c for c in candidates if c.hit.passage.id not in again]
    texts = [pair_text(c.evidence, asked.told_in(c.hit.passage.document.id)) for c in first]
    on = asked.question.asked_on
    readings, *of_parts = [
        pairs.read(tidy_question(in_their_words(asked, text, first), on, asked.places), texts)
        for text in (asked.question.text, *whole_parts(asked.question))
    ]
    best = max(c.score for c in first)
    surest = max(reading.score for reading in readings)
    dullest = min(reading.score for reading in readings)
    read = []
    for at, (candidate, reading) in enumerate(zip(first, readings, strict=True)):
        features = {
            **candidate.features,
            "linear": candidate.score - best,
            "pair": reading.score,
            "pair_gap": reading.score - surest,
        }
        score = scorer.joined(features) + (20.0 if "exact" in candidate.hit.lanes else 0.0)
        score -= _strange(asked, candidate.hit)
        hit = replace(candidate.hit, score=score)
        own = tuple(part[at] for part in of_parts)
        read.append(
            replace(candidate, hit=hit, features=features, score=score, reading=reading, of_parts=own)
        )
    read.sort(key=lambda c: -c.score)
    lowest = min(c.score for c in read)
    # Those not read again stay behind, in their order, and count as the least that was read.
    unread = {"pair": dullest, "pair_gap": dullest - surest}
    return read + [
        replace(
            c,
            hit=replace(c.hit, score=(s := lowest - 1 - best + c.score)),
            features={**c.features, **unread, "linear": c.score - best},
            score=s,
        )
        for c in rest
    ]


def for_part(candidates: Sequence[Candidate], part: int, scorer: Scorer) -> list[Candidate]:
    """The candidates as the reading model reads them for one part of the question, in that order."""
    readings = [c.of_parts[part] for c in candidates if c.of_parts]
    if not readings:
        return list(candidates)
    surest = max(reading.score for reading in readings)
    dullest = min(reading.score for reading in readings)
    found = []
    for candidate in candidates:
        reading = candidate.of_parts[part] if candidate.of_parts else None
        pair = reading.score if reading else dullest
        features = {**candidate.features, "pair": pair, "pair_gap": pair - surest}
        score = candidate.score
        if reading:
            score += scorer.joined(features) - scorer.joined(candidate.features)
        found.append(replace(candidate, features=features, score=score, reading=reading))
    return sorted(found, key=lambda c: -c.score)


def of_real_documents(asked: Asked, candidates: Sequence[Candidate]) -> list[Candidate]:
    """The candidates of documents that are not invented, when the question leaves open whose figure it wants.

    Empty when it names a place, an issuer, a scheme, a document or a member, or none of the candidates is
    invented.
    """
    named = any("exact" in c.hit.lanes for c in candidates[:1])
    if named or asked.places or asked.issuers or asked.told or asked.question.numbers:
        return []
    real = [c for c in candidates if not is_invented(c.hit.passage.document)]
    if not real or len(real) == len(candidates):
        return []
    # How far behind the nearest one it lies is meant among these: the others are not looked at.
    nearest = max(c.features["dense"] for c in real)
    return [replace(c, features={**c.features, "dense": c.features["dense"] - nearest}) for c in real]
