"""What several cost together: a count and a price apiece, both of one sentence.

购置电动游船4艘，单价约380万元 tells what all four cost without naming the figure.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from policyqa.asked import Asked
from policyqa.compute import written
from policyqa.findings import Candidate
from policyqa.quantities import quantities
from policyqa.schema import Answer, Figure
from policyqa.units import MONEY, UNIT, canonical
from policyqa.worked_out import sentences_about, worked_out

_TOGETHER = re.compile(r"一共|总共|全部?[^，。？]{0,3}下来|全部|合计|总计|加起来|总价|总的")
_MONEY_ASKED = re.compile(
    r"多少(?:万|亿)?(?:钱|元|块|补[助贴])|几个钱|花(?:了)?多少|补(?:下来)?(?:得|要)?多少"
)
_APIECE = re.compile(r"单价|均价|平均每|每一?[㐀-鿿]|一[㐀-鿿]多少")
# 每艘补助18万元 · 单价约380万元
_EACH = re.compile(rf"每(?P<unit>{UNIT.pattern})[^，。；：\d]{{0,10}}$")
_PRICE = re.compile(r"(?:单价|均价|每件价格)[^，。；：\d]{0,4}$")
_WHOLE = re.compile(r"总投资|总价|合计|共需|总额|总金额|[投出]资(?:约|共)?$|共(?:计|补助|投入|花费)?$")


def answer(asked: Asked, candidates: Sequence[Candidate]) -> Answer | None:
    """What all of them cost; None when that is not asked, or no sentence plainly tells it."""
    text = asked.question.folded
    if not (_TOGETHER.search(text) and _MONEY_ASKED.search(text)) or _APIECE.search(text):
        return None
    given = [q for q in quantities(text) if q.unit != MONEY]
    if len(given) > 1:
        return None
    terms = {t: w for t, w in asked.terms.items() if not _TOGETHER.search(t) and t[-1] not in "多少得"}
    for candidate in sentences_about(candidates, terms):
        evidence = candidate.evidence
        if candidate.hit.passage.role == "claim":
            continue
        pair = _count_and_price(evidence.figures, evidence.folded, given[0] if given else None)
        if pair is None:
            continue
        count, price = pair
        value = canonical(price.value, price.unit)[0] * count.value
        about = "约" if price.approximation or count.approximation else ""
        magnitude = "亿" if value >= 10**9 else "万" if value >= 10**4 else ""
        result = about + written(value, MONEY, magnitude)
        return worked_out(asked, candidate, (count, price), f"{price.text} × {count.text}", result)
    return None


def _count_and_price(
    figures: Sequence[Figure], text: str, given: Figure | None
) -> tuple[Figure, Figure] | None:
    """The one count and the price apiece behind it in one part of a sentence; None when that is not plain."""
    for price in figures:
        if price.unit.partition("/")[0] != MONEY or price.high is not None:
            continue
        begin = max(text.rfind(mark, 0, price.start) for mark in "；。") + 1
        lead = text[begin : price.start]
        each = _EACH.search(lead)
        unit = each["unit"] if each else price.unit.partition("/")[2]
        if not (unit or _PRICE.search(lead)):
            continue
        end = min((at for mark in "；。" if (at := text.find(mark, price.end)) >= 0), default=len(text))
        others = [f for f in figures if begin <= f.start < end and f != price and f.unit == MONEY]
        if any(_WHOLE.search(text[max(begin, f.start - 8) : f.start]) for f in others):
            return None  # what all cost is told
        counts = [
            f
            for f in figures
            if begin <= f.start < price.start
            and f.high is None
            and (f.unit == unit if unit else f.unit != MONEY)
        ]
        if len(counts) != 1 or counts[0].value < 2 or counts[0].value != int(counts[0].value):
            continue
        if given is not None and given.value != counts[0].value:
            continue
        return counts[0], price
    return None
