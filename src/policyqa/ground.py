"""Grounding: no figure leaves the assistant without a quote that holds it.

Every figure of an answer's text must stand, equal in value and unit, in one of its quotes; that the
question names it proves nothing. Each quote must be the slice of its document.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from policyqa.figures import find_figures
from policyqa.schema import Answer, Citation, Figure
from policyqa.tables import spoken, table_at
from policyqa.units import canonical


def ungrounded(text: str, quotes: Sequence[str]) -> list[Figure]:
    """The figures of a text that no quote holds.

    >>> [f.text for f in ungrounded("培育36家，投资12800万元", ["新培育36家，1.28亿元"])]
    []
    >>> [f.text for f in ungrounded("培育37家", ["新培育36家"])]
    ['37家']
    """
    known = {_key(f) for quote in quotes for f in find_figures(quote)}
    return [f for f in find_figures(text) if _key(f) not in known]


def _key(figure: Figure) -> tuple[Decimal, str, Decimal | None]:
    value, unit = canonical(figure.value, figure.unit)
    return value.normalize(), unit, figure.high


def holds(citation: Citation) -> bool:
    """Whether a citation's quote is what stands at its place."""
    return citation.document.body[citation.start : citation.end] == citation.quote


def checked(answer: Answer) -> Answer:
    """The answer when it is grounded; else its quotes in place of its text.

    Raises:
        AssertionError: a quote is not what stands in its document — a defect of the code.
    """
    assert all(holds(c) for c in answer.citations), "a quote is not a slice of its document"
    if answer.status != "answered":
        return answer
    quotes = [c.quote for c in answer.citations]
    # A row of a table has its units in the headings.
    quotes += [spoken(table, c.quote) for c in answer.citations if (table := table_at(c.document, c.start))]
    if not ungrounded(answer.text, quotes) and not ungrounded(answer.short, quotes):
        return answer
    return replace(answer, text="\n".join(c.quote for c in answer.citations), short="")
