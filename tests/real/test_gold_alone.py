"""No other document answers a gold question equally: none gives another value for the very same figure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from policyqa.catalog import Catalog
from policyqa.evidence import gather
from policyqa.findings import Candidate, Finding, disagreeing
from policyqa.gold import Gold, load_gold, matches_part, supports
from policyqa.schema import Hit

pytestmark = pytest.mark.model

GOLD = Path(__file__).parents[2] / "corpus" / "gold" / "corpus.jsonl"
SAID_WHICH = frozenset({"a34", "a45", "a88", "c131"})
"""Questions that say themselves which of the differing documents they mean."""
ANOTHER_MATTER = frozenset({"a38", "c118", "d70"})
"""Questions on a figure whose name, 投资 or 投诉, another document has for another matter."""


def _clashes(store: Path, questions: list[Gold]) -> Iterator[tuple[str, str, str]]:
    """For each question the values that other documents give for the figure of its evidence."""
    catalog = Catalog.of(store)
    candidates = [
        Candidate(Hit(passage, 1.0), gather(passage), {}, 0.0)
        for head in catalog.heads()
        for passage in catalog.passages_of(head["id"])
    ]
    catalog.close()
    of_source: dict[str, list[Candidate]] = defaultdict(list)
    named: dict[str, list[Candidate]] = defaultdict(list)
    for one in candidates:
        of_source[one.hit.passage.document.source].append(one)
        for name in {figure.name for figure in one.evidence.figures}:
            named[name].append(one)
    for gold in questions:
        proofs = [
            c for source, _ in gold.evidence for c in of_source[source] if supports(gold, c.hit.passage)
        ]
        for proof in proofs:
            for figure in proof.evidence.figures:
                if not any(matches_part(part, figure.text) for part in gold.parts):
                    continue
                for other in disagreeing(Finding(proof, figure, {}, 1.0), named[figure.name]):
                    assert other.figure is not None
                    if not any(matches_part(part, other.figure.text) for part in gold.parts):
                        yield gold.id, figure.text, other.figure.text


def test_no_other_document_answers_a_gold_question_equally(real_store: Path) -> None:
    answered = [g for g in load_gold(GOLD) if g.status == "answered"]
    clashes = list(_clashes(real_store, answered))
    assert {question for question, _, _ in clashes} == SAID_WHICH | ANOTHER_MATTER, clashes
