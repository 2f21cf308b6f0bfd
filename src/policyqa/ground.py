"""Grounding: no figure leaves the assistant without a quote that holds it.

Every figure of an answer's text must stand, equal in value and unit, in one of its quotes; that the
question names it proves nothing: a premise repeated is not a fact. A computed figure (36家 + 41家
= 77家) must follow from figures that quotes hold, or a quantity of the question be what a quoted standard
is multiplied by (200元 × 120千瓦 = 2.4万元); a converted one (2公里 = 2000米) equal one of them,
the count of a list (2个：申请表；承诺书) be that of its items; all are computed again here. Each quote
must be the slice of its document.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from policyqa.compute import results
from policyqa.convert import same_measure
from policyqa.figures import figure_of, find_figures
from policyqa.quantities import quantities
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
    return _ungrounded(text, text, quotes)


def _ungrounded(text: str, shown: str, quotes: Sequence[str], question: str = "") -> list[Figure]:
    """The figures of ``text`` that neither a quote nor an equation of the shown text gives."""
    found = [f for quote in quotes for f in find_figures(quote)]
    found += _converted(shown, found)
    found += results(shown, found, quantities(question))
    found += _counted(shown, quotes)
    known = {_key(f) for f in found}
    return [f for f in find_figures(text) if _key(f) not in known]


_CONVERSION = re.compile(r"（(?P<own>[^（）=]+) = (?P<other>[^（）=]+)）")


def _converted(text: str, known: Sequence[Figure]) -> list[Figure]:
    """The figures of a text's conversions, （3万亩 = 2000公顷）, whose first is known and equal."""
    keys = {_key(f) for f in known}
    found = []
    for match in _CONVERSION.finditer(text):
        own, other = figure_of(match["own"]), figure_of(match["other"])
        if own is not None and other is not None and _key(own) in keys and same_measure(own, other):
            found.append(other)
    return found


_LISTED = re.compile(r"(?P<count>\d{1,2}[个件份项])：(?P<items>[^\n：]+?)(?=（[^（）]*）$|$)", re.M)


def _counted(text: str, quotes: Sequence[str]) -> list[Figure]:
    """The counts of lists that a text names whole, 2个：申请表；承诺书, when each item stands in a quote."""
    found = []
    said = re.sub(r"\D+", " ", " ".join(quotes))
    for match in _LISTED.finditer(text):
        figure = figure_of(match["count"])
        items = [item.strip() for item in match["items"].split("；")]
        # 第031号: the number alone stands in a title of several, 第031、112、207号.
        proved = all(
            any(item in quote for quote in quotes) or re.sub(r"\D", "", item) in said.split()
            for item in items
        )
        if figure is not None and figure.value == len(items) and proved:
            found.append(figure)
    return found


def _key(figure: Figure) -> tuple[Decimal, str, Decimal | None]:
    value, unit = canonical(figure.value, figure.unit)
    return value.normalize(), unit, figure.high


def holds(citation: Citation) -> bool:
    """Whether a citation's quote is what stands at its place."""
    return citation.document.body[citation.start : citation.end] == citation.quote


def unproved(answer: Answer, counted: Sequence[str] = ()) -> list[Figure]:
    """The figures of an answer's text or short form that none of its quotes holds; none when it declines.

    Args:
        counted: figures that were counted in the catalog (件 of 共5件), which stand in no document.
    """
    if answer.status != "answered":
        return []
    quotes = [c.quote for c in answer.citations]
    # A row of a table has its units in the headings.
    quotes += [spoken(table, c.quote) for c in answer.citations if (table := table_at(c.document, c.start))]
    quotes += counted
    return [
        f
        for said in (answer.text, answer.short)
        for f in _ungrounded(said, answer.text, quotes, answer.question)
    ]


def checked(answer: Answer, counted: Sequence[str] = ()) -> Answer:
    """The answer when it is grounded; else its quotes in place of its text.

    Args:
        counted: as in ``unproved``.

    Raises:
        AssertionError: a quote is not what stands in its document — a defect of the code.
    """
    assert all(holds(c) for c in answer.citations), "a quote is not a slice of its document"
    if not unproved(answer, counted):
        return answer
    return replace(answer, text="\n".join(c.quote for c in answer.citations), short="")
