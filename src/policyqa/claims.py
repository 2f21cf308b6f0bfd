"""What an asker claims beside what the agency says of it: 委员说的数跟普查数对得上吗.

提案称“全市第三卫生间不足50座”。据普查，已建成88座 gives both; which of them holds, the asker sees.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from policyqa.asked import Asked, Weights, covered
from policyqa.evidence import bare
from policyqa.excluded import contradicted
from policyqa.findings import Candidate, Finding
from policyqa.reader import stated
from policyqa.schema import Answer, Figure
from policyqa.units import RANK, canonical
from policyqa.worked_out import behind

_ASKED = re.compile(
    r"(?:委员|代表|提案|建议|来信|党派|群众|网友)们?[^，。？]{0,6}?(?:说|讲|提|称|反映|认为|写|算|要)[^，。？]{0,20}?[，]?[^，。？]{0,16}?"
    r"(?:一样|一致|对得上|相符|吻合|属实|准不准|准吗|出入|差多少|差几|真的)"
)
_CLAIMED = re.compile(
    r"(?:提案|建议|来信|委员|代表|您|你们?|贵委)[^，。；]{0,10}?(?:称|提到|反映|提出|指出|认为|所说|说)[^，。；]{0,3}"
)
_PLACE = re.compile(r"[㐀-鿿]{2,3}[区县镇乡]")
SURE = 0.65
"""How sure an answer is that sets a claim beside the figure that the agency gives right behind it."""
_NEAR = 40
"""How far behind the words that say so what is claimed may stand, in characters."""
LOOKED_AT = 8
"""Among how many of the best passages the claim is looked for."""
REACH = 160
"""How far behind a claim the agency's own figure may stand, in characters."""


def answer(asked: Asked, candidates: Sequence[Candidate]) -> Answer | None:
    """The claim and what the agency says behind it; None when that is not asked or nothing is claimed."""
    question = asked.question
    match = _ASKED.search(question.folded)
    if match is None:
        return None
    terms = {t: w for t, w in asked.terms.items() if t not in match.group()[-4:]}
    # Where it is asked of is said around a claim, seldom in it.
    terms = {t: w for t, w in terms.items() if not any(place in t for place in asked.places)}
    found: list[tuple[float, Finding, Finding]] = []
    for candidate in candidates[:LOOKED_AT]:
        evidence = candidate.evidence
        said = None if contradicted(candidate.features) else _CLAIMED.search(evidence.folded)
        near = covered(terms, (evidence.bare, 1.0)) if said else 0.0
        told = [f for f in evidence.figures if f.unit not in ("", RANK)]
        begin = said.end() if said else 0
        claimed = next((f for f in told if begin <= f.start < begin + _NEAR), None)
        own = _own(claimed, candidate, terms) if near and claimed else None
        if own is not None:
            found.append((near, Finding(candidate, claimed, {}, SURE), own))
    if not found:
        return None
    _, *both = max(found, key=lambda one: one[0])
    return stated(question, both, SURE)


def _own(claimed: Figure, candidate: Candidate, terms: Weights) -> Finding | None:
    """The agency's figure of the claim's unit: further on in its sentence, else in those behind it."""
    evidence = candidate.evidence
    _, unit = canonical(claimed.value, claimed.unit)
    for following in (evidence, *behind(evidence.passage, REACH)):
        able = [
            f
            for f in following.figures
            if (following is not evidence or f.start > claimed.end)
            and canonical(f.value, f.unit)[1] == unit
            and f.value != claimed.value
        ]
        if able:
            # 全市38%；其中白苎县41%: of the place that the claim is about.
            places = _PLACE.findall(evidence.folded)
            of_place = [f for f in able if any(place in f.indicator for place in places)] or able
            figure = max(
                of_place, key=lambda f: (covered(terms, (bare(f.indicator + f.name), 1.0)), -f.start)
            )
            hit = replace(candidate.hit, passage=following.passage)
            return Finding(replace(candidate, hit=hit, evidence=following), figure, {}, SURE)
    return None
