"""The old and the new value of something that changed, where one sentence gives both.

由214个减少到96个 tells who asks 由多少减到多少, and so does 上限0.45元，比原上限0.60元下降四分之一.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from policyqa.asked import Asked, covered
from policyqa.change import changes
from policyqa.evidence import bare
from policyqa.excluded import contradicted
from policyqa.findings import Candidate, Finding
from policyqa.match import figure_features
from policyqa.reader import stated
from policyqa.schema import Answer, Figure
from policyqa.units import canonical
from policyqa.worked_out import COUNTED, SURE, sentences_about

# 从多少降到多少 · 由几个减为几个
_ASKED = re.compile(
    r"[从由](?:多少|几)[㐀-鿿]{0,4}?(?P<way>(?:变|发展|调|[增减升降涨提压缩扩])[㐀-鿿]?)?(?:到|至|为|成)了?(?:多少|几)"
)
_LESS = re.compile(r"减|降|缩|压")
_MORE = re.compile(r"[增升涨提扩]")


def answer(asked: Asked, candidates: Sequence[Candidate]) -> Answer | None:
    """Both values, the old one first; None when not both are asked for, or no sentence gives both."""
    question = asked.question
    match = _ASKED.search(question.folded)
    if match is None or question.want not in COUNTED:
        return None
    terms = {t: w for t, w in asked.terms.items() if t not in match.group()}
    for candidate in sentences_about(candidates, terms):
        evidence = candidate.evidence
        found = [
            (old, new)
            for old, new in changes(evidence)
            if _of_the_way(match["way"] or "", old, new)
            and not contradicted(figure_features(asked, evidence, new))
        ]
        # 高龄老人由4元提高到5元，低保老人由6元提高到8元: of whom it is asked stands before it.
        near = [
            covered(terms, (bare(new.indicator + old.indicator + old.inherited[-20:]), 1.0))
            for old, new in found
        ]
        if not found or (len(found) > 1 and sorted(near)[-1] == sorted(near)[-2]):
            continue
        old, new = found[near.index(max(near))]
        return stated(question, [Finding(candidate, f, {}, SURE) for f in (old, new)], SURE)
    return None


def _of_the_way(way: str, old: Figure, new: Figure) -> bool:
    """Whether a change goes the way that is asked for: what 降到 is asked of did not rise."""
    before, after = canonical(old.value, old.unit)[0], canonical(new.value, new.unit)[0]
    if _LESS.search(way):
        return after < before
    return after > before if _MORE.search(way) else after != before
