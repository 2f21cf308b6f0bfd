"""What falls to each of so many, computed where one sentence gives the amount and how many share it.

接待游客2316万人次，旅游总花费218.5亿元 says what a visitor spends without naming it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from policyqa.asked import Asked, covered
from policyqa.compute import Operand, computed
from policyqa.evidence import Evidence, bare
from policyqa.findings import Candidate
from policyqa.plans import EACH
from policyqa.schema import Answer, Figure
from policyqa.text import fold
from policyqa.units import MONEY, PERCENT, POINTS, TIMES, canonical, compatible
from policyqa.worked_out import COUNTED, sentences_about, worked_out


def answer(asked: Asked, candidates: Sequence[Candidate]) -> Answer | None:
    """The average as a computed answer; None when none is asked, or no sentence gives both figures."""
    question = asked.question
    match = EACH.search(question.folded)
    if match is None or question.want not in COUNTED:
        return None
    terms = {t: w for t, w in asked.terms.items() if t not in match.group() and match["unit"] not in t}
    for candidate in sentences_about(candidates, terms):
        pair = _pair(candidate.evidence, match["unit"], question.unit, terms)
        result = computed("each", [Operand("", figure) for figure in pair]) if pair else None
        if pair is not None and result is not None:
            equation = f"{pair[0].text} ÷ {pair[1].text}"
            return worked_out(asked, candidate, pair, equation, result[0])
    return None


def _pair(
    evidence: Evidence, unit: str, wanted: str, terms: dict[str, float]
) -> tuple[Figure, Figure] | None:
    """The amount and how many share it; None unless one of each is plainly meant."""
    plain = [f for f in evidence.figures if f.high is None and f.unit not in (PERCENT, POINTS, TIMES, "")]
    plain = [f for f in plain if f.aspect not in ("growth", "change", "share", "rank")]
    among = [f for f in plain if canonical(f.value, f.unit)[1] == unit or f.unit == unit]
    wanted = wanted if wanted != unit else ""
    amounts = [f for f in plain if f not in among and (not wanted or compatible(wanted, f.unit))]
    if not wanted:
        amounts = [f for f in amounts if f.unit == MONEY] or amounts
    # 日均1.13万人次, 每辆购置费14.8万元: averages themselves.
    among = [f for f in among if not re.search("[每均]", _lead(f))]
    amounts = [f for f in amounts if not re.search("每|(?<!日)均", _lead(f))]
    if not among or not amounts:
        return None
    amount = max(amounts, key=lambda f: (covered(terms, (_own(f), 1.0)), -f.start))
    # 累计6830户，四年依次为1120户、1450户…；投入2732万元: of the same years, and of all of them.
    count = max(among, key=lambda f: (f.years == amount.years, canonical(f.value, f.unit)[0]))
    return amount, count


def _own(figure: Figure) -> str:
    return bare(fold(figure.indicator + figure.name))


def _lead(figure: Figure) -> str:
    return fold(figure.lead)
