"""A question with what the collection says about its words, and how much of these a text holds."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from policyqa.question import Question, expanded_terms
from policyqa.text import grams
from policyqa.word_vectors import likest

Weights = dict[str, float]
"""Terms of a question with their weight; rare ones count more."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with what the collection says about its words.

    ``terms`` and ``grams`` weigh the question's words and character pairs by rarity; ``places`` are
    the places it names (stems), ``strangers`` names of places that no document has, ``issuers`` the
    issuers it names, ``known_places`` all places of the collection. ``told`` are words that only few
    documents hold, the name of a scheme, with the ids of those: their sentences need not say it again.
    ``adopted`` are the places of documents that name none as their own, by id. ``spoken`` is the question in
    full, where that is more than its own words: a part of one that asks for several things.
    ``check`` reads texts with a marked figure and says how sure it is of each (``PairReader.check``).
    """

    question: Question
    terms: Weights
    grams: Weights
    places: tuple[str, ...] = ()
    strangers: tuple[str, ...] = ()
    issuers: tuple[str, ...] = ()
    known_places: frozenset[str] = frozenset()
    told: Mapping[str, frozenset[str]] = field(default_factory=dict)
    adopted: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    spoken: str = ""
    check: Callable[[str, Sequence[str]], list[float]] | None = field(default=None, compare=False)

    def told_in(self, document_id: str) -> str:
        """The rare words of the question that a document holds, in one string."""
        return "".join(term for term, ids in self.told.items() if document_id in ids)


def term_weights(question: Question, frequency: Callable[[str], int], total: int) -> Weights:
    """The weight of each of the question's terms: how rare the rarest way to say it is not.

    A term that no passage holds, nor any of its other names, weighs most: such a question is
    about something else than the documents.
    """
    weights = {}
    for term in question.terms:
        most = max(
            (min((frequency(g) for g in _pairs(name)), default=0) for name in expanded_terms(term)), default=0
        )
        weights[term] = math.log((total + 1) / (most + 0.5)) / math.log((total + 1) / 0.5)
        # 82 of 82岁 is where the asker stands (policyqa.limits), no word of a text.
        if not most and (_SPLIT_BADLY.search(term) or term.isdigit()):
            weights[term] *= BADLY
    return weights


# 增了, 没清, 项过, 那次: two characters that the word splitter put together; no document has such a word.
_FUNCTION = "了没过那这是里得的被把又还再也就太叫拿给跟"
_SPLIT_BADLY = re.compile(rf"^(?:.[{_FUNCTION}]|[{_FUNCTION}几多].)$")
BADLY = 0.3
"""What such a term weighs, of what an unknown word does."""


def split_badly(term: str) -> bool:
    """Whether a term is no word but two characters that the word splitter put together: 增了, 再报."""
    return _SPLIT_BADLY.search(term) is not None


def _pairs(name: str) -> list[str]:
    found = grams(name)
    return [g for g in found if len(g) > 1] or found


def presence(term: str, text: str) -> float:
    """How much of a term stands in a bare text: 1 for the term, less for another name or a part."""
    if term in text:
        return 1.0
    for other in expanded_terms(term)[1:]:
        if other in text:
            return OTHER_NAME
    if len(term) >= 3 and not term.isascii():
        # 老旧小区 in 老旧住宅小区: most characters, in order.
        pairs = [term[i : i + 2] for i in range(len(term) - 1)]
        share = sum(pair in text for pair in pairs) / len(pairs)
        return 0.7 * share
    if len(term) == 2 and not term.isascii():
        return 0.25 * sum(c in text for c in term) / 2
    return 0.0


OTHER_NAME = 0.9
"""What another name is worth, and a word of the same meaning."""


def meant(term: str, text: str) -> float:
    """How much of a term a bare text speaks of: as ``presence``, or by a word near in meaning.

    It says what a text is about. 大专 is near 中专 too: whose a figure is, only ``presence`` tells.
    """
    said = presence(term, text)
    return said if said >= OTHER_NAME else max(said, OTHER_NAME * likest(term, text).cosine)


def covered(weights: Weights, *texts: tuple[str, float]) -> float:
    """The share of the weights whose terms stand in any of the texts, each with its worth."""
    whole = sum(weights.values())
    if not whole:
        return 0.0
    return sum(w * max(worth * meant(t, text) for text, worth in texts) for t, w in weights.items()) / whole


def worst_missing(weights: Weights, text: str) -> float:
    """The weight of the weightiest term that does not stand in a text at all, 0..1."""
    return max((w * (1 - meant(t, text)) for t, w in weights.items()), default=0.0)
