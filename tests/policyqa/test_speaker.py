"""Whose word a figure is."""

from __future__ import annotations

from datetime import date

import pytest

from policyqa.figures import find_figures
from policyqa.question import understand
from policyqa.speaker import agency_says, asker_says
from policyqa.text import fold

TODAY = date(2026, 3, 1)


@pytest.mark.parametrize(
    ("question", "left"),
    [
        ("提案要建多少平方米厂房", ["30万平方米"]),
        ("区里安排多少平方米厂房", ["30万平方米", "22万平方米"]),
        ("提案要建多少平方米厂房，实际安排多少", ["30万平方米", "22万平方米"]),
    ],
)
def test_what_the_proposal_wants_is_not_what_the_agency_plans(question: str, left: list[str]) -> None:
    sentence = "您建议供应标准厂房30万平方米；计划建成22万平方米。"
    asked = understand(question, TODAY)
    kept = [f.text for f in find_figures(sentence) if not agency_says(asked, f, fold(sentence), "body")]
    assert kept == left


def test_what_a_proposal_quotes_is_the_askers_word() -> None:
    sentence = "提案中所引“2024年强度3.3%”并非官方统计结果。"
    asked = understand("2024年投入强度多少", TODAY)
    assert [f.text for f in find_figures(sentence) if not asker_says(asked, f, fold(sentence))] == []
