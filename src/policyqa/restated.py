"""A figure that the question gives itself and wants in another unit: 产量4.73万吨等于多少公斤.

The document's figure of that value is looked for; what it is in the other unit, ``policyqa.convert`` says.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from policyqa.asked import Asked
from policyqa.convert import same_measure
from policyqa.figures import figure_of
from policyqa.findings import Candidate, Finding
from policyqa.numerals import to_number
from policyqa.reader import stated
from policyqa.schema import Answer, Figure
from policyqa.units import UNIT, canonical
from policyqa.worked_out import sentences_about

# 4.73万吨等于多少公斤 · 8960万是多少亿 · 一百三十二万多吨是多少亿斤
_GIVEN = re.compile(
    rf"(?P<number>\d[\d,.]*[万亿]*|[一二两三四五六七八九十百千万亿零〇]{{2,}})(?P<more>[多余])?(?P<magnitude>[万亿])?"
    rf"(?P<unit>{UNIT.pattern})?[，,]?(?:等于|相当于|是|折?合成?|换算成?|换成)(?:多少|几)[万亿]?(?:{UNIT.pattern})"
    rf"|(?P<number2>\d[\d,.]*[万亿]+|[一二两三四五六七八九十百千]+[万亿])(?P<more2>[多余])?"
    r"[，,]?(?:等于|相当于|是|折?合成?|换算成?|换成)(?:多少|几)[万亿]"
)
SURE = 0.85
"""How sure an answer is whose figure the question names."""


def answer(asked: Asked, candidates: Sequence[Candidate]) -> Answer | None:
    """The figure that the question gives, as a document has it; None when it gives none or none has it."""
    match = _GIVEN.search(asked.question.folded)
    if match is None:
        return None
    number = f"{match['number'] or match['number2']}{match['magnitude'] or ''}"
    value = to_number(number.replace(",", ""))
    if value is None:
        return None
    more = bool(match["more"] or match["more2"])
    given = figure_of(number + match["unit"]) if match["unit"] else None
    terms = {term: weight for term, weight in asked.terms.items() if term not in match.group()}
    for candidate in sentences_about(candidates, terms):
        for figure in candidate.evidence.figures:
            if figure.high is None and _is(figure, value, more, given):
                return stated(asked.question, [Finding(candidate, figure, {}, SURE)], SURE)
    return None


def _is(figure: Figure, value: Decimal, more: bool, given: Figure | None) -> bool:
    """Whether a document's figure is the value given, of the unit if one is named; a little more for 多."""
    if given is not None and not more:
        return same_measure(figure, given)
    if given is not None and canonical(figure.value, figure.unit)[1] != canonical(given.value, given.unit)[1]:
        return False
    least = value if given is None else canonical(given.value, given.unit)[0]
    own = canonical(figure.value, figure.unit)[0]
    return least < own < least + _step(least) if more else own == least


def _step(value: Decimal) -> Decimal:
    """One of the last place that a round number names: 四亿多 is less than five."""
    digits = value.normalize().as_tuple()
    return Decimal(1).scaleb(int(digits.exponent))
