"""What something is now and what it was, where an older and a newer document each give one value.

Who asks 就餐补贴提高了多少 names no year: the standard of 2024 is set against the one that it replaced.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from policyqa.comparing_words import plain
from policyqa.evidence import Evidence, bare
from policyqa.findings import Finding
from policyqa.plans import Comparison, Part, comparison
from policyqa.question import Question
from policyqa.schema import Figure

_ASKED = re.compile(
    r"(?:(?<!新)增加?|提高|上升|[涨升加]|扩大|减少?|下降|降低|[降缩]|压缩|延长|缩短|便宜|[多高少低](?!少))了?(?:出)?(?:多少|几)(?!岁|倍)"
)
_FORMER = re.compile(
    r"(?:比|较|跟|和|与|同)(?:原来|以前|过去|之前|上一?版|[旧老](?:规定|办法|标准|版)?的?)(?:相?比)?"
)
LEAST = 0.3
"""How sure a value must be at least to be set against another one."""
_SHARED = 4
"""How many characters two labels share at least."""


def asked_plainly(question: Question) -> str | None:
    """A question for a change of no named time as one for the value: 补贴是多少; None for any other."""
    text = _FORMER.sub("", question.text)
    if question.periods or question.parts or not _ASKED.search(text):
        return None
    return plain(text)


def pair(findings: Sequence[Finding]) -> tuple[Finding, Finding] | None:
    """The surest value and that of the same thing in another document of the place, older one first.

    Args:
        findings: those of the plain question, best first.
    """
    best = next(iter(findings), None)
    if best is None or best.figure is None or best.sure < LEAST:
        return None
    own = best.candidate.evidence
    for other in findings[1:]:
        told = other.candidate.evidence
        if other.figure is None or not other.sure or told.places != own.places or not own.places:
            continue
        if own.dated is None or told.dated is None or own.dated == told.dated:
            continue
        if other.candidate.hit.passage.role == "claim" or other.figure.value == best.figure.value:
            continue
        if best.figure.unit != other.figure.unit or best.figure.aspect != other.figure.aspect:
            continue
        if _called_alike(best.figure, own, other.figure, told):
            older, newer = sorted((best, other), key=lambda f: f.candidate.evidence.dated or 0)
            return older, newer
    return None


def _called_alike(one: Figure, of: Evidence, other: Figure, beside: Evidence) -> bool:
    """Whether the clauses in front of two figures have a stretch of words in common."""
    a, b = _label(one, of), _label(other, beside)
    return any(a[i : i + _SHARED] in b for i in range(len(a) - _SHARED + 1)) or (bool(a) and a == b)


def _label(figure: Figure, evidence: Evidence) -> str:
    return bare(re.split("[，、；。：]", evidence.folded[: figure.start])[-1])


def set_against(older: Finding, newer: Finding, question: str) -> Comparison | None:
    """The comparison of two values, each named by the year of its document."""
    parts = [Part(f"{finding.candidate.evidence.dated}年的文件", question) for finding in (newer, older)]
    return comparison("period", parts, "difference")
