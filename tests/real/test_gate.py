"""The gate of every run: part of the tune questions, the real model, limits below today's values."""

from __future__ import annotations

from pathlib import Path

import pytest

from policyqa import Assistant
from policyqa.evaluate import failed_gates, run
from policyqa.gold import load_gold
from policyqa.measures import report
from policyqa.report_text import table

pytestmark = pytest.mark.model

GOLD = Path(__file__).parents[2] / "corpus" / "gold"
EVERY = 5
"""One tune question in so many: some 70, a quarter of a minute."""


def test_the_gate_holds(real_store: Path) -> None:
    questions = [g for g in load_gold(GOLD / "corpus.jsonl") if g.split == "tune"][::EVERY]
    assert {g.status for g in questions} == {"answered", "not_found"}
    assistant = Assistant.open(real_store)
    try:
        found = report(run(assistant, questions, retrieval=True))
    finally:
        assistant.close()
    failed = failed_gates(found["all"], GOLD / "gate.json")
    assert not failed, "\n".join([*failed, table(found)])
    measured = found["all"]
    assert measured["recall_at_5"] is not None, "ir-measures is part of the extra `test`"
