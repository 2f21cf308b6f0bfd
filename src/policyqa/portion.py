"""Somebody's part of an amount, where one sentence gives the amount and the part in per cent.

每亩保费60元，农户自缴20% says what a farmer pays without naming it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from policyqa.asked import Asked
from policyqa.compute import magnitude_of, written
from policyqa.findings import Candidate
from policyqa.quantities import quantities
from policyqa.schema import Answer, Figure
from policyqa.text import fold
from policyqa.units import PERCENT, canonical
from policyqa.worked_out import COUNTED, sentences_about, worked_out

# 农户自缴20% · 区县承担60% · 市财政补助40%
_PART = re.compile(
    r"(?P<who>[㐀-鿿]{0,8}?)(?P<way>自[缴付筹理担费掏]|承担|负担|分担|补[助贴]|出资|配套|缴[纳费]|支付|报销|垫付)(?:的?(?:占|比例[为是]?|约)?)?$"
)
_PAYS = re.compile(r"自己|自[缴付筹理担费掏]|承担|负担|分担|补[助贴]?|出|配套|缴|付|掏|垫|报")
_OWN = re.compile(r"自己|自[缴付筹理担费掏]|个人|本人")
_RATE_ASKED = re.compile(r"百分之|比例|几成|占比|率")
_MONEY = re.compile(r"元$")


def answer(asked: Asked, candidates: Sequence[Candidate]) -> Answer | None:
    """The part as a computed answer; None when no part is asked or no sentence gives amount and per cent."""
    question = asked.question
    money = question.want in COUNTED and question.unit in ("", "元")
    if any(given.value > 1 for given in quantities(question.folded)):
        return None  # 种30亩自己掏多少: not what one costs
    if not money or not _PAYS.search(question.folded) or _RATE_ASKED.search(question.folded):
        return None
    terms = {t: w for t, w in asked.terms.items() if not _PAYS.search(t)}
    for candidate in sentences_about(candidates, terms):
        found = _part(candidate.evidence.figures, question.folded, tuple(asked.terms))
        if found is None:
            continue
        amount, rate = found
        if question.years and amount.years and not {*question.years} & {*amount.years}:
            continue  # of another year
        value, unit = canonical(amount.value, amount.unit)
        result = written(value * rate.value / 100, unit, magnitude_of(amount.text))
        return worked_out(asked, candidate, found, f"{amount.text} × {rate.text}", result)
    return None


def _part(figures: Sequence[Figure], folded: str, terms: Sequence[str]) -> tuple[Figure, Figure] | None:
    """The amount and the rate of who is asked about: the last amount in front of it."""
    for rate in figures:
        lead = fold(rate.lead)
        match = _PART.search(lead) if rate.unit == PERCENT and rate.high is None else None
        if match is None:
            continue
        who = match["who"].rpartition("由")[2]  # 首次评估由基金承担
        meant = any(t in who for t in terms if len(t) > 1)
        himself = match["way"].startswith("自") or re.search("个人|本人", who)
        meant = meant or (bool(himself) and _OWN.search(folded) is not None)
        amounts = [f for f in figures if f.end <= rate.start and _MONEY.search(f.unit) and f.high is None]
        if meant and amounts:
            # 总投资1.92亿元，其中2023年0.48亿元，由市级承担40%: of the whole, or of the year asked.
            own = [f for f in amounts if f.part]
            whole = [f for f in amounts if not f.part] or amounts
            named = [f for f in own if any(f"{year}年" in folded for year in f.years)]
            return (named[-1] if len(named) == 1 else whole[-1]), rate
    return None
