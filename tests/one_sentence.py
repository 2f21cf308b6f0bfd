"""A question put to one sentence: for what is computed from it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from policyqa.asked import Asked
from policyqa.evidence import gather
from policyqa.findings import Candidate
from policyqa.ground import unproved
from policyqa.places import unknown_places
from policyqa.question import understand
from policyqa.schema import Answer, Document, Hit, Passage

Compute = Callable[[Asked, Sequence[Candidate]], Answer | None]


def computed_from(compute: Compute, text: str, sentence: str) -> Answer | None:
    """What ``compute`` answers to a question of 2025 from one sentence of a letter."""
    question = understand(text, date(2025, 6, 1))
    named = unknown_places(question.folded, frozenset())
    asked = Asked(question, dict.fromkeys(question.terms, 0.5), {}, strangers=named)
    passage = Passage("p", Document("d", "d.txt", sentence, document_type="reply"), 0, len(sentence), ())
    features = {"period": 0.0, "place": 0.0}
    return compute(asked, [Candidate(Hit(passage, 1.0), gather(passage), features, 1.0)])


def proved_short(compute: Compute, text: str, sentence: str) -> str:
    """The short answer that ``compute`` gives from one sentence, which proves it."""
    found = computed_from(compute, text, sentence)
    assert found is not None
    assert found.citations[0].quote == sentence
    assert not unproved(found)
    return found.short
