"""The checks of the training questions find what is wrong with one."""

from __future__ import annotations

from typing import Any

import pytest

from training.build import is_test_report
from training.check import faults

BODY = "2023年新培育市级专精特新中小企业36家累计达79家"
RIGHT = {"sentence": "新培育市级“专精特新”中小企业36家，累计达79家", "short": "36家"}


def row(status: str = "answered", **rest: Any) -> dict[str, Any]:
    return {"status": status, **rest}


@pytest.mark.parametrize(
    ("question", "fault"),
    [
        (row(answers=[RIGHT]), None),
        (row("not_found", trap="wrong_year"), None),
        (row(), "answered by nothing"),
        (row("not_found"), "must have a trap"),
        (row("not_found", trap="hard"), "'hard'"),
        (row("not_found", trap="wrong_year", answers=[RIGHT]), "no answers"),
        (row(answers=[{**RIGHT, "short": "37家"}]), "'37家' does not stand in the sentence"),
        (row(answers=[{"sentence": "新培育37家", "short": "37家"}]), "does not stand in the document"),
        (row(answers=[RIGHT, {**RIGHT, "short": ""}]), "does not stand in the sentence"),
    ],
)
def test_faults(question: dict[str, Any], fault: str | None) -> None:
    found = list(faults(question, BODY))
    assert found == [] if fault is None else len(found) == 1 and fault in found[0]


def test_reports_of_even_years_are_for_testing() -> None:
    assert is_test_report("1998.txt")
    assert not is_test_report("1999.txt")
    assert not is_test_report("samples/qichuan-jyj-24106.txt")
