"""Figure records against what a person reads: tests/policyqa/figure_records.txt.

Not every sentence is read as a person does. The floors are what was measured; raise them when the
reading gets better. Run this file as a program to see the shares and every difference.
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from policyqa.evidence import read_figures
from policyqa.schema import Document, Figure, Passage

TABLE = Path(__file__).parent / "figure_records.txt"
FIELDS = ("indicator", "value", "unit", "years", "aspect", "approximation", "part", "scope")
Row = tuple[str, ...]


def table() -> list[tuple[str, date, list[Row]]]:
    """The sentences with the date of their letter and their figures: wording, then ``FIELDS``."""
    sentences: list[tuple[str, date, list[Row]]] = []
    for line in TABLE.read_text("utf-8").splitlines():
        if line.startswith(">"):
            sentence, _, day = line[1:].rpartition(" @ ")
            sentences.append((sentence.strip(), date.fromisoformat(day), []))
        elif line and not line.startswith("#"):
            sentences[-1][2].append(tuple(line.split("|")))
    return sentences


def found(sentence: str, dated: date) -> list[Figure]:
    document = Document("d", "a.txt", sentence, signed_on=dated)
    return list(read_figures(Passage("d:0", document, 0, len(sentence))))


def as_row(figure: Figure) -> Row:
    years = " ".join(map(str, figure.years))
    return (
        figure.text, figure.name, f"{figure.value.normalize():f}", figure.unit, years, figure.aspect,
        figure.approximation, "其中" if figure.part else "", figure.scope,
    )  # fmt: skip


def compared() -> tuple[Counter[str], int, list[str]]:
    """How many figures are right by field, how many there are, and each difference in words."""
    right: Counter[str] = Counter()
    total = 0
    differences = []
    for sentence, dated, expected in table():
        rows = {row[0]: row for row in map(as_row, found(sentence, dated))}
        total += len(expected)
        for row in expected:
            got = rows.pop(row[0], None)
            if got is None:
                differences.append(f"{row[0]} is not found in {sentence}")
                continue
            right["found"] += 1
            for name, one, other in zip(FIELDS, row[1:], got[1:], strict=True):
                if one == other:
                    right[name] += 1
                else:
                    differences.append(f"{row[0]}: {name} {other!r}, expected {one!r}, in {sentence}")
            right["whole"] += row == got
        differences += [f"{text} is no figure of {sentence}" for text in rows]
        right["too many"] += len(rows)
    return right, total, differences


def test_the_table_is_well_formed() -> None:
    sentences = table()
    assert len(sentences) >= 60
    for sentence, _, rows in sentences:
        for row in rows:
            assert len(row) == len(FIELDS) + 1, row
            assert row[0] in sentence
            assert Decimal(row[2]).is_finite()


@pytest.mark.parametrize(
    ("field", "floor"),
    [
        ("found", 1.0), ("value", 1.0), ("unit", 1.0), ("approximation", 1.0), ("part", 0.99),
        ("scope", 0.99), ("years", 0.98), ("aspect", 0.96), ("indicator", 0.93), ("whole", 0.88),
    ],
)  # fmt: skip
def test_figures_are_read_as_a_person_reads_them(field: str, floor: float) -> None:
    right, total, differences = compared()
    wrong = [line for line in differences if f": {field} " in line]
    assert right[field] / total >= floor, "\n".join(wrong or differences)


def test_hardly_anything_else_is_taken_for_a_figure() -> None:
    right, total, differences = compared()
    assert right["too many"] / total <= 0.03, "\n".join(differences)


if __name__ == "__main__":
    shares, count, lines = compared()
    print("\n".join(lines))
    for name in ("found", *FIELDS, "whole"):
        print(f"{name:14} {shares[name]:4} of {count} {shares[name] / count:.3f}")
    print("too many", shares["too many"])
