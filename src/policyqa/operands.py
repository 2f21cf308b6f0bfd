"""The figures of a comparison, chosen together: one for each of its parts.

What two years or two districts are compared in is one indicator twice. So the rows are not the best
figure of each part by itself but those that fit best together: of one unit and kind, in one sentence or
table where there is one.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from policyqa.compute import Operation
from policyqa.evidence import bare
from policyqa.findings import Finding
from policyqa.parts import AGAINST_WISH, planned
from policyqa.plans import Wish
from policyqa.schema import Figure
from policyqa.score import Scorer, log_odds, probability
from policyqa.tables import column_of, table_at
from policyqa.units import canonical

OPTIONS = 8
"""How many figures of each part are looked at."""
_BEAM = 40
"""How many combinations are kept while parts are added."""
SAME_COLUMN = 2.0
SAME_SENTENCE = 1.2
SAME_DOCUMENT = 0.6
SAME_NAME = 1.0
"""What it is worth, in score, that two figures stand in one column, sentence or document, or count the
same by their words."""
OTHER_UNIT = 6.0
OTHER_ASPECT = 0.8
CONTRADICTED = 3.0
MISSING = 5.0
"""What it costs that two figures have different units or aspects, that one is of another year or place, that
a part has none."""
UNWISHED = 0.8
"""What it costs to take a plan where nobody asks for one."""
PARTIAL = 1.5
"""What it costs that what came of a plan is told for a part of the year."""
SAME_YEARS = 1.5
"""What it is worth that an amount and what it is shared among are of the same years."""
UNEVEN = 1.5
"""What it costs that one figure is of a half or a quarter of a year and the other is not."""
CLOSE = 1.0
"""What it is worth, in score, that two figures of one kind are about as large."""
_FAR = math.log(3)
"""From which ratio on two figures are not close at all."""
_PART = re.compile(r"上半年|下半年|季度|\d月|个月")
_STRETCH = re.compile(r"上半年|下半年|季度|个月|\d[-~至—]\d{1,2}月")
_SUREST = 5.0
"""How far from even, in log odds, one finding's surety counts."""
_UNREAD = -8.0
"""What the reading model's word for a finding is at least."""
_USUAL = 0.5
"""How close in size two figures are taken to be where that says nothing."""
_FAR_BEHIND = 4.0
"""How far a finding lies behind or before another one at most, in score, for its surety."""


@dataclass(frozen=True, slots=True)
class _Choice:
    score: float
    findings: tuple[Finding | None, ...]


def chosen(
    options: Sequence[Sequence[Finding]], wishes: Sequence[Wish], alike: bool = True
) -> list[Finding | None]:
    """One figure for each part as they fit best together; None for a part that has none.

    Args:
        options: for each part its findings, best first, each with its ``total``.
        wishes: for each part whether it wants a plan or a fact.
        alike: whether the figures are of one kind.
    """
    choices = [_Choice(0.0, ())]
    for found, wish in zip(options, wishes, strict=True):
        able = [f for f in found[:OPTIONS] if f.figure is not None]
        longer = [_Choice(c.score - MISSING, (*c.findings, None)) for c in choices]
        for choice in choices:
            for finding in able:
                if any(o is not None and _same(o, finding, wish) for o in choice.findings):
                    continue
                score = choice.score + finding.features["total"] - able[0].features["total"]
                score -= CONTRADICTED * (finding.sure == 0.0)
                if wish is None:
                    score -= UNWISHED * planned(finding)
                else:
                    score -= AGAINST_WISH * (planned(finding) != (wish == "plan"))
                    score -= PARTIAL * (wish == "fact" and _of_part(finding))
                score += sum(_bond(finding, o, alike) for o in choice.findings if o is not None) / max(
                    1, len(choice.findings)
                )
                longer.append(_Choice(score, (*choice.findings, finding)))
        choices = sorted(longer, key=lambda c: -c.score)[:_BEAM]
    return list(choices[0].findings)


def sure_ones(
    findings: Sequence[Finding | None],
    scorer: Scorer,
    threshold: float,
    operation: Operation | None = None,
) -> tuple[list[Finding | None], list[float]]:
    """Some figures that were chosen together, those that are not sure enough left out, and their sureties.

    What is found for one part is no less sure because next to nothing is found for the other.
    """
    kept = list(findings)
    while True:
        sures = sureties(kept, scorer, operation)
        unsure = [at for at, sure in enumerate(sures) if kept[at] is not None and sure < threshold]
        if not unsure:
            return kept, sures
        kept[min(unsure, key=sures.__getitem__)] = None


def sureties(
    findings: Sequence[Finding | None], scorer: Scorer, operation: Operation | None = None
) -> list[float]:
    """How sure each of some figures is that were chosen together; 0 for a part that has none.

    One question asked of two years that finds the same indicator twice is surer of both; so their sureties
    are not those of single questions, and fitted on their own.

    Args:
        operation: what is computed of them. Unless an amount is shared out, they are of one kind: one of
            another kind than the surest is none.
    """
    surest = max((f for f in findings if f is not None), key=lambda f: f.sure, default=None)
    if surest is None or not surest.sure:
        return [0.0] * len(findings)
    if operation != "each":
        findings = [f if f is not None and _kind(f) == _kind(surest) else None for f in findings]
    shared = together_features(findings, operation)
    return [
        round(probability(scorer.compared_sure({**shared, "own": _odds(f)})), 4)
        if f is not None and f.sure
        else 0.0
        for f in findings
    ]


def together_features(
    findings: Sequence[Finding | None], operation: Operation | None = None
) -> dict[str, float]:
    """What the surety of figures that were chosen together is told by; ``own`` is that of the least sure.

    At least one part has a figure that contradicts nothing. That a part is far smaller than its whole says
    nothing.
    """
    found = [f for f in findings if f is not None and f.sure]
    odds = [_odds(f) for f in found]
    pairs = list(combinations(found, 2))
    beside = [any(_together(f, o) for o in found if o is not f) for f in found]
    size = [_close(a.figure, b.figure) for a, b in pairs if a.figure is not None and b.figure is not None]
    return {
        "own": min(odds),
        "mean": sum(odds) / len(odds),
        "beside": sum(beside) / len(found),
        "one_document": float(len({f.candidate.hit.passage.document.id for f in found}) == 1),
        "one_kind": float(len({_kind(f) for f in found}) == 1),
        "close": _USUAL if operation == "share" else sum(size) / len(size) if size else 0.0,
        "behind": min(_FAR_BEHIND, max(f.features["behind"] for f in found)),
        "margin": max(-_FAR_BEHIND, min(f.features["margin"] for f in found)),
        "pair": max(_UNREAD, min(f.features.get("pair", 0.0) for f in found)),
        "missing": 1 - len(found) / len(findings),
        "parts": float(len(findings)),
    }


def _odds(finding: Finding) -> float:
    return max(-_SUREST, min(_SUREST, log_odds(finding.sure)))


def _same(one: Finding, other: Finding, wish: Wish | None) -> bool:
    """Whether two findings are one figure; no figure stands for two years or two districts.

    What was planned is not what came of it told a second time in the same document.
    """
    if _at(one) == _at(other):
        return True
    assert one.figure is not None
    assert other.figure is not None
    again = one.figure.text == other.figure.text and one.figure.years == other.figure.years
    documents = {f.candidate.hit.passage.document.id for f in (one, other)}
    return wish is not None and again and len(documents) == 1 and planned(one) == planned(other)


def _of_part(finding: Finding) -> bool:
    assert finding.figure is not None
    return _PART.search(finding.figure.period) is not None


def _at(finding: Finding) -> tuple[str, int]:
    assert finding.figure is not None
    return finding.candidate.hit.passage.id, finding.figure.start


def _kind(finding: Finding) -> str:
    assert finding.figure is not None
    return canonical(finding.figure.value, finding.figure.unit)[1]


def _together(one: Finding, other: Finding) -> bool:
    """Whether two figures stand in one sentence, or in one column of a table."""
    return one.candidate.hit.passage.id == other.candidate.hit.passage.id or _in_column(one, other)


def _in_column(one: Finding, other: Finding) -> bool:
    columns = []
    for finding in (one, other):
        passage = finding.candidate.hit.passage
        table = table_at(passage.document, passage.start)
        if table is None or finding.figure is None:
            return False
        column = column_of(passage.text, finding.figure.start)
        columns.append((passage.document.id, table.heading.start, column))
    return columns[0] == columns[1]


def _bond(one: Finding, other: Finding, alike: bool) -> float:
    """What two figures are worth together beyond what each is worth."""
    assert one.figure is not None
    assert other.figure is not None
    a, b = one.candidate.hit.passage, other.candidate.hit.passage
    if _in_column(one, other):
        worth = SAME_COLUMN
    elif a.id == b.id:
        worth = SAME_SENTENCE
    else:
        worth = SAME_DOCUMENT * (a.document.id == b.document.id)
    if not alike:
        return worth + SAME_YEARS * (one.figure.years == other.figure.years)
    worth += SAME_NAME * _alike(bare(one.figure.name), bare(other.figure.name))
    worth += CLOSE * _close(one.figure, other.figure)
    worth -= OTHER_UNIT * (_kind(one) != _kind(other))
    worth -= OTHER_ASPECT * (one.figure.aspect != other.figure.aspect)
    worth -= UNEVEN * (_half(one.figure) != _half(other.figure))
    return worth


def _half(figure: Figure) -> bool:
    """Whether a figure is of a half, a quarter or some months of a year."""
    return _STRETCH.search(figure.period) is not None


def _close(one: Figure, other: Figure) -> float:
    """How near in size two figures are: 1 for equal, 0 from three times on."""
    if one.value <= 0 or other.value <= 0:
        return 0.0
    return max(0.0, 1 - abs(math.log(one.value / other.value)) / _FAR)


def _alike(one: str, other: str) -> float:
    """The share of the shorter name's character pairs that stand in the longer one."""
    mine, theirs = ({name[i : i + 2] for i in range(len(name) - 1)} for name in (one, other))
    return len(mine & theirs) / min(len(mine), len(theirs)) if mine and theirs else 0.0
