"""Given texts as a tiny collection in memory, so that ``read`` needs no store."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from policyqa.asked import Asked, term_weights
from policyqa.embed import SentenceEmbeddings
from policyqa.pair_encoder import PairReader, pair_reader
from policyqa.question import Question
from policyqa.schema import Document, Hit, Passage
from policyqa.search import term_weights as gram_weights
from policyqa.settings import Settings
from policyqa.text import grams, sentences


@cache
def _embeddings() -> SentenceEmbeddings:
    return SentenceEmbeddings.from_settings(Settings())


@cache
def pairs() -> PairReader | None:
    """The reading model of the settings, or None."""
    return pair_reader(Settings(), _embeddings())


def asked_about(question: Question, texts: Sequence[str]) -> tuple[Asked, list[tuple[Hit, float]]]:
    """The question weighed by some texts, and their sentences with their cosine to it."""
    passages = []
    for number, text in enumerate(texts):
        document = Document(id=f"text-{number}", source=str(number), body=text)
        for ordinal, span in enumerate(sentences(text)):
            passages.append(
                Passage(f"{document.id}:{ordinal}", document, span.start, span.end, ordinal=ordinal)
            )
    present = [set(grams(p.text)) for p in passages]

    def frequency(gram: str) -> int:
        return sum(gram in found for found in present)

    total = len(passages)
    asked = Asked(
        question,
        term_weights(question, frequency, total),
        gram_weights(question.folded, frequency, total),
        check=reader.check if (reader := pairs()) else None,
    )
    if not passages:
        return asked, []
    embeddings = _embeddings()
    vector = embeddings.encode([question.text], "query")[0]
    cosines = embeddings.encode([p.text for p in passages], "passage") @ vector
    return asked, [(Hit(p, float(c), ("given",)), float(c)) for p, c in zip(passages, cosines, strict=True)]
