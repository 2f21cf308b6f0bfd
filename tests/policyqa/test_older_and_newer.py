"""An older and a newer document's value of one thing, set against each other."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from policyqa.evidence import gather
from policyqa.findings import Candidate, Finding
from policyqa.question import understand
from policyqa.schema import Document, Hit, Passage
from policyqa.versions import asked_plainly, pair

TODAY = date(2025, 6, 1)
OLD = Document("o", "o.txt", "90岁以上每餐补4元。", issuers=("甲山市民政局",), signed_on=date(2021, 5, 1))
NEW = Document("n", "n.txt", "90岁以上每餐5元。", issuers=("甲山市民政局",), signed_on=date(2024, 5, 1))


def _found(document: Document, sure: float = 0.7) -> Finding:
    passage = Passage(f"{document.id}:0", document, 0, len(document.body))
    evidence = gather(passage)
    money = next(f for f in evidence.figures if f.unit == "元")
    return Finding(Candidate(Hit(passage, 1.0), evidence, {}, 1.0), money, {}, sure)


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("90岁以上就餐补贴提高了多少？", "90岁以上就餐补贴是多少？"),
        ("运维补助比以前多多少？", "运维补助是多少？"),
        ("2024年就餐补贴提高了多少？", None),  # of a year: that is compared
        ("90岁以上就餐补贴多少？", None),
        ("就餐补贴新增了多少人？", None),
    ],
)
def test_a_change_of_no_named_time_is_asked_as_the_value(text: str, plain: str | None) -> None:
    assert asked_plainly(understand(text, TODAY)) == plain


def test_the_older_document_comes_first() -> None:
    found = pair([_found(NEW), _found(OLD)])
    assert found is not None
    assert [f.figure.text for f in found if f.figure] == ["4元", "5元"]


@pytest.mark.parametrize(
    "other",
    [
        replace(OLD, signed_on=NEW.signed_on),  # of the same year
        replace(OLD, issuers=("乙水市民政局",)),  # of another place
        replace(OLD, body="低保老人每餐补4元。"),  # of others
        replace(OLD, body="90岁以上每餐补5元。"),  # unchanged
    ],
)
def test_what_is_not_the_same_thing_before_is_not_set_against_it(other: Document) -> None:
    assert pair([_found(NEW), _found(other)]) is None
    assert pair([_found(NEW, sure=0.1), _found(OLD)]) is None
