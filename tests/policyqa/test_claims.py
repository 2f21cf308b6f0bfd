"""What an asker claims, beside what the agency says of it."""

from __future__ import annotations

from datetime import date

import pytest

from policyqa.asked import Asked
from policyqa.claims import answer
from policyqa.findings import Candidate
from policyqa.local import asked_about
from policyqa.question import understand
from policyqa.ranking import rank
from policyqa.score import default_scorer


@pytest.mark.parametrize(
    ("question", "text", "short"),
    [
        (
            "委员说的卫生间数跟普查数对得上吗？",
            "提案称“全市卫生间不足50座”。据普查，全市已建成卫生间88座。",
            "不足50座；88座",
        ),
        (
            "代表说白苎县机收率和统计一致吗？",
            "您在建议中提到“白苎县机收率不到一成”。据统计，全市机收率38%；其中白苎县41%、栖禾县33%。",
            "不到一成；41%",
        ),
    ],
)
def test_the_claim_and_what_is_found_are_both_told(question: str, text: str, short: str) -> None:
    asked, candidates = _ranked(question, text)
    found = answer(asked, candidates)
    assert found is not None
    assert found.short == short
    assert len(found.citations) == 2


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("全市卫生间多少座？", "提案称“全市卫生间不足50座”。据普查，全市已建成卫生间88座。"),
        ("委员说的卫生间数跟普查数对得上吗？", "提案称“全市卫生间不足50座”。此事正在核实。"),
        ("委员说的卫生间数跟普查数对得上吗？", "据普查，全市已建成卫生间88座，其中景区31座。"),
    ],
)
def test_without_a_claim_or_a_finding_nothing_is_set_beside(question: str, text: str) -> None:
    asked, candidates = _ranked(question, text)
    assert answer(asked, candidates) is None


def _ranked(question: str, text: str) -> tuple[Asked, list[Candidate]]:
    asked, hits = asked_about(understand(question, date(2025, 6, 1)), [text])
    return asked, rank(asked, hits, default_scorer(False))
