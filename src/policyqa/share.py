"""What share a part has of its whole, computed where one sentence gives both and nobody names the whole.

檀东区41所中开放36所 says what share is open without naming it, 累计收容5310只，其中社会领养1874只 what
share was adopted.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from policyqa.asked import Asked, Weights, covered
from policyqa.belonging import governing, place_fit
from policyqa.compute import Operand, computed
from policyqa.evidence import Evidence, bare
from policyqa.findings import Candidate
from policyqa.schema import Answer, Figure
from policyqa.text import fold
from policyqa.units import canonical
from policyqa.worked_out import sentences_about, worked_out

# 占百分之几 · 有几成 · 比例是多少; 占全市的几成 names its whole
_ASKED = re.compile(
    r"(?:占(?:了|到|总数|全部)?的?)?(?:百分之(?:几|多少)|几成|多大比例|多少比例|比例(?:是|有|为)?(?:多少|多大)?)"
)
_RATE_ASKED = re.compile(r"(?P<of>[㐀-鿿]{2})率(?:是|有|为|达)?(?:多少|多高|几何)?(?=[，。？?]|$)")
# 41所中开放36所 · 5310只，其中社会领养1874只 · 28件，办结20件 does not say so
_PART_OF = re.compile(r"^[㐀-鿿]{0,4}?(?:中|之中|当中)[，,]?[㐀-鿿]{1,10}$|^[，,、]?其中[㐀-鿿]{1,14}$")
_CHANGES = ("growth", "change", "share", "rank")
MEANT = 0.5
"""The least share of what is asked that stands by the part or the whole."""


def answer(asked: Asked, candidates: Sequence[Candidate]) -> Answer | None:
    """The share as a computed answer; None when none is asked, or no sentence gives part and whole."""
    question = asked.question
    rate = _RATE_ASKED.search(question.folded)
    match = _ASKED.search(question.folded) or rate
    if match is None or question.want != "ratio":
        return None
    said = match.group()
    terms = {t: w for t, w in asked.terms.items() if t not in said}
    for candidate in sentences_about(candidates, terms):
        evidence = candidate.evidence
        best: tuple[float, Figure, Figure] | None = None
        for at, part in enumerate(evidence.figures):
            # 36座，改造12座，其中充电站9座: a part is one of the nearest whole.
            before = reversed(evidence.figures[:at])
            whole = next((figure for figure in before if _parted(figure, part, evidence)), None)
            if whole is None or not _of_the_place(asked, evidence, whole):
                continue
            own = fold(part.lead)
            named = rate["of"] in own if rate else _named(own, terms)
            fit = covered(
                terms,
                (bare(fold(whole.inherited[-30:]) + fold(whole.indicator) + own), 1.0),
                (evidence.context, 0.9),
            )
            if named and fit >= MEANT and (best is None or fit > best[0]):
                best = fit, whole, part
        result = computed("share", [Operand("", best[2]), Operand("", best[1])]) if best else None
        if best is not None and result is not None:
            _, whole, part = best
            return worked_out(asked, candidate, (whole, part), f"{part.text} ÷ {whole.text}", result[0])
    return None


def _parted(whole: Figure, part: Figure, evidence: Evidence) -> bool:
    """Whether a sentence says that one figure is a part of the one before it."""
    between = evidence.folded[whole.end : part.start]
    # 2146起，同比下降11.7%，其中犬吠扰民1302起、犬只伤人387起: all of them are parts of the first.
    listed = re.match(r"^(?:[，,][^，。；]*)?[，,、]?其中", between) is not None and not re.search(
        "[。；]", between
    )
    plain = whole.high is None and part.high is None and not {whole.aspect, part.aspect} & set(_CHANGES)
    (of, unit), (value, own) = (canonical(f.value, f.unit) for f in (whole, part))
    return plain and unit == own and 0 < value <= of and (listed or _PART_OF.search(between) is not None)


def _named(own: str, terms: Weights) -> bool:
    """Whether what is asked about is what the part is called by."""
    return any(len(term) > 1 and (term in own or own in term) for term in terms)


def _of_the_place(asked: Asked, evidence: Evidence, figure: Figure) -> bool:
    near = governing(asked, figure) + bare(figure.inherited[-16:] + figure.indicator.replace("▯", ""))
    return place_fit(asked, evidence, near) > -0.6
