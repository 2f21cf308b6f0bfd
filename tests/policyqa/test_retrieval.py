"""Measures of retrieval, on orders whose measures can be told by hand."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest

from policyqa.gold import Gold
from policyqa.retrieval import found_in, measured
from policyqa.schema import Document, Passage

BODY = "新培育36家。\n累计达79家。\n共有12所。"


def _passages(source: str) -> list[Passage]:
    document = Document(f"d-{source}", source, BODY)
    cuts = [0, 7, 15, len(BODY)]
    return [Passage(f"{document.id}:{i}", document, a, b) for i, (a, b) in enumerate(pairwise(cuts))]


GOLD = Gold(
    "a", "多少家？", "answered", parts=(("36家",),), evidence=(("a.txt", "培育36家"), ("a.txt", "12所"))
)


def test_a_search_is_told_by_the_pieces_of_evidence_in_it() -> None:
    first, second, third = _passages("a.txt")
    other = _passages("b.txt")[0]
    assert found_in(GOLD, [other, third, second, first]) == (
        other.id,
        "evidence-1",
        second.id,
        "evidence-0",
    ), "the same words in another document are no evidence"


def test_evidence_across_passages_is_found_once() -> None:
    whole = Gold("a", "?", "answered", evidence=(("a.txt", "新培育36家。累计达79家。"),))
    first, second, _ = _passages("a.txt")
    assert found_in(whole, [second, first]) == ("evidence-0", first.id)


@pytest.mark.parametrize(
    ("ranks", "recall_at_1", "recall_at_5", "mrr"),
    [
        (["evidence-0", "x"], 1.0, 1.0, 1.0),
        (["x", "y", "evidence-0"], 0.0, 1.0, 1 / 3),
        ([*"abcdef", "evidence-0"], 0.0, 0.0, 1 / 7),
        (["x"], 0.0, 0.0, 0.0),
        ([], 0.0, 0.0, 0.0),
    ],
)
def test_one_piece_is_measured(ranks: list[str], recall_at_1: float, recall_at_5: float, mrr: float) -> None:
    found = measured({"q": (1, ranks)})["q"]
    assert found["recall_at_1"] == recall_at_1
    assert found["recall_at_5"] == recall_at_5
    assert found["mrr_at_10"] == pytest.approx(mrr)


def test_pieces_are_discounted_by_their_place() -> None:
    found = measured({"q": (2, ["evidence-1", "x", "evidence-0"]), "r": (1, ["evidence-0"])})
    assert found["q"]["recall_at_1"] == 0.5
    best = 1 + 1 / math.log2(3)
    assert found["q"]["ndcg_at_10"] == pytest.approx((1 + 1 / math.log2(4)) / best)
    assert found["r"]["ndcg_at_10"] == 1
