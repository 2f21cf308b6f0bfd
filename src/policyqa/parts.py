"""Questions that ask for several things: each part a question of its own, their answers chosen together.

Who asks 有多少家，占多少 means one letter, mostly one sentence. So the findings of the parts are not
the best of each but those that fit best together.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from policyqa.asked import Asked
from policyqa.evidence import Evidence
from policyqa.findings import Finding
from policyqa.periods import relative_years
from policyqa.question import understand
from policyqa.schema import Figure
from policyqa.score import Scorer, log_odds, probability
from policyqa.units import canonical

SHARED = 0.35
SHARED_MUCH = 0.5
_LITTLE = 0.4
"""What the words of the other parts weigh beside a part's own; more where these are few."""
OPTIONS = 8
"""How many findings of each part are looked at."""
_BEAM = 60
"""How many combinations are kept while parts are added."""
SAME_SENTENCE = 1.2
SAME_PARAGRAPH = 0.8
SAME_DOCUMENT = 0.6
"""What it is worth, in score, that two parts are answered together."""
SAME_VALUE = 1.0
"""What it costs that two parts are answered by one value in two places."""
CONTRADICTED = 3.0
"""What it costs to take what speaks of another year or place when there is something that does not."""
AGAINST_WISH = 2.5
"""What it costs that a plan answers what was done, or what was done a plan, where both are asked."""


def part_of(asked: Asked, part: str) -> Asked:
    """A part of a question as a question: its own kind, unit and words before those of the whole."""
    whole = asked.question
    question = understand(part, whole.asked_on or date.today(), (*asked.places, *asked.strangers))
    # 2023年预算多少，到7月末花了多少: the month is of the year named before.
    own_year = re.search(r"\d\d年", question.folded) or relative_years(question.folded)
    terms = {t: w for t, w in asked.terms.items() if t in question.terms}
    # 实际建成多少个 says little of its own: what it is about stands in the other part.
    share = sum(terms.values()) / (sum(asked.terms.values()) or 1.0)
    shared = SHARED_MUCH if share < _LITTLE else SHARED
    rest = {t: shared * w for t, w in asked.terms.items() if t not in terms}
    # 城镇居民呢 asks what was asked before; 卡在哪里 asks for something else than a figure.
    open_kind = question.want == "text" and not _OWN_KIND.search(question.folded)
    question = replace(
        question,
        years=question.years if own_year or not whole.years else whole.years,
        periods=question.periods or whole.periods,
        want=whole.want if open_kind else question.want,
        unit=whole.unit if open_kind else question.unit,
        aspect=whole.aspect if open_kind else question.aspect,
        parts=(),
    )
    return replace(asked, question=question, terms={**terms, **rest})


_OWN_KIND = re.compile(r"什么|哪|怎么|如何|为何|谁|啥|咋|多久|多长时间")


@dataclass(frozen=True, slots=True)
class _Choice:
    """Findings for the first parts, with the score that they have together."""

    score: float
    findings: tuple[Finding, ...]


def together(asked: Sequence[Asked], options: Sequence[Sequence[Finding]]) -> list[Finding]:
    """One finding for each part, none twice, as they fit best together.

    Args:
        asked: the parts.
        options: for each part its findings, best first, each with its ``total``; a part without
            any is left out.
    """
    wishes = _wishes([part.question.folded for part in asked])
    choices = [_Choice(0.0, ())]
    for wish, found in zip(wishes, options, strict=True):
        if not found:
            continue
        best = found[0].features["total"]
        longer = []
        for choice in choices:
            for finding in found[:OPTIONS]:
                # One sentence may answer several parts, one figure only one.
                if finding.figure and any(_place(finding) == _place(other) for other in choice.findings):
                    continue
                score = choice.score + finding.features["total"] - best
                score -= CONTRADICTED * (finding.sure == 0.0 and found[0].sure > 0.0)
                score -= AGAINST_WISH * (wish is not None and planned(finding) != (wish == "plan"))
                score += sum(_bond(finding, other) for other in choice.findings)
                longer.append(_Choice(score, (*choice.findings, finding)))
        choices = sorted(longer, key=lambda c: -c.score)[:_BEAM] or choices
    chosen = choices[0].findings
    # A sentence that answers several parts is named once.
    return list({(_place(finding), finding.figure): finding for finding in chosen}.values())


def _place(finding: Finding) -> tuple[str, int]:
    return finding.candidate.hit.passage.id, finding.figure.start if finding.figure else -1


def _bond(one: Finding, other: Finding) -> float:
    """What two findings are worth together beyond what each is worth."""
    a, b = one.candidate.hit.passage, other.candidate.hit.passage
    worth = 0.0
    if a.id == b.id:
        worth = SAME_SENTENCE
    elif a.document.id == b.document.id:
        line = "\n" not in a.document.body[min(a.start, b.start) : max(a.start, b.start)].strip()
        worth = SAME_PARAGRAPH if line else SAME_DOCUMENT
    if one.figure and other.figure and a.id != b.id and _value(one.figure) == _value(other.figure):
        worth -= SAME_VALUE
    return worth


def _value(figure: Figure) -> tuple[object, str]:
    return canonical(figure.value, figure.unit)


def surety(findings: Sequence[Finding], scorer: Scorer) -> float:
    """How sure an answer of these findings is; 0 for none. That of several is fitted on its own.

    Who asks for several things asks mostly for what is there, and a sentence or letter that answers all of
    them is seldom the wrong one; so their sureties are not those of questions for one thing.
    """
    if not findings:
        return 0.0
    if len(findings) == 1:
        return findings[0].sure
    if not any(finding.sure for finding in findings):
        return 0.0
    return probability(scorer.parts_sure(together_features(findings)))


_SUREST = 5.0
"""How far from even, in log odds, one finding's surety counts."""
_UNREAD = -8.0
"""What a model's word for a finding is at least."""


def together_features(findings: Sequence[Finding]) -> dict[str, float]:
    """What the surety of several findings is told by."""
    sures = [max(-_SUREST, min(_SUREST, log_odds(finding.sure))) for finding in findings]
    passages = {finding.candidate.hit.passage.id for finding in findings}
    documents = {finding.candidate.hit.passage.document.id for finding in findings}
    return {
        "least": min(sures),
        "mean": sum(sures) / len(sures),
        "one_sentence": float(len(passages) == 1),
        "one_document": float(len(documents) == 1),
        "contradicted": sum(finding.sure == 0.0 for finding in findings) / len(findings),
        "pair": max(_UNREAD, min(finding.features.get("pair", 0.0) for finding in findings)),
        "mark": max(_UNREAD, min(finding.features.get("mark", 0.0) for finding in findings)),
    }


def _surer(sure: float, by: float) -> float:
    return probability(log_odds(sure) + by) if 0.0 < sure < 1.0 else sure


def supported(finding: Finding, by: float) -> Finding:
    """A finding made surer by some log odds; one that contradicts the question stays as it is."""
    return replace(finding, sure=_surer(finding.sure, by))


# --- plan against fact ---------------------------------------------------------------------------

_PLAN_ASKED = re.compile(r"计划|目标|原定|任务|预算|打算|准备(?!金)|方案里")
_FACT_ASKED = re.compile(r"实际|完成|实现|做到|建成|结果|最后|到底|执行|花了|用了|达到|兑现")
_PLAN = re.compile(
    r"(?:计划|力争|目标|预计|拟|争取|确保|规划|安排|任务|不少于|不低于|将)(?:[^，。；]{0,4}(?:完成|建成|达到|实现))?"
)
_FACT = re.compile(r"实际|完成|建成|实现|达到|累计|已|截至|其中实")
_PLAN_DOCUMENT = re.compile(r"方案|规划|计划|要点|办法|意见|任务分解")


def _wishes(parts: Sequence[str]) -> list[str | None]:
    """For each part whether it wants the plan or the fact, where one wants the plan and another the fact."""
    plan = [_PLAN_ASKED.search(part) is not None for part in parts]
    fact = [_FACT_ASKED.search(part) is not None and not p for part, p in zip(parts, plan, strict=True)]
    if not (any(plan) and any(fact)):
        return [None] * len(parts)
    return ["plan" if p else "fact" if f else None for p, f in zip(plan, fact, strict=True)]


def plan_asked(text: str) -> bool:
    """Whether a question asks what is planned: 2024年准备评几台."""
    return _PLAN_ASKED.search(text) is not None


def planned(finding: Finding) -> bool:
    """Whether a finding is planned, not done: by the word nearest before its figure, else by its document."""
    evidence, figure = finding.candidate.evidence, finding.figure
    passage = evidence.passage
    if passage.role == "commitment":
        return True
    text = evidence.folded[: figure.start] if figure else evidence.folded
    plan = max((m.end() for m in _PLAN.finditer(text)), default=-1)
    fact = max((m.end() for m in _FACT.finditer(text)), default=-1)
    if max(plan, fact) < 0:
        return _of_plan(evidence)
    return plan >= fact


def _of_plan(evidence: Evidence) -> bool:
    document = evidence.passage.document
    heading = "".join(evidence.passage.section[-1:])
    return _PLAN_DOCUMENT.search(document.title) is not None or _PLAN_DOCUMENT.search(heading) is not None
