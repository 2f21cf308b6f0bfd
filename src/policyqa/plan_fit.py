"""How well plan and fact agree: a target is no answer to what was achieved, nor the reverse."""

from __future__ import annotations

import re

from policyqa.evidence import Evidence
from policyqa.question import Question
from policyqa.schema import Figure
from policyqa.text import fold
from policyqa.units import MONEY

PLAN = re.compile(
    r"((?<![”\"》])计划|力争|目标|预计|拟|争取|确保|将(?!近)|打算|预期|拟定|规划|到20\d\d年底?(?:力争|达到|实现)|安排|下一步|今后|明年|不低于|有望)"
)
_PLAN_ASKED = re.compile(
    r"(计划|目标|打算|预计|估计|拟|力争|争取|准备|将要|要达到|将|安排|下一步|今后|会达到|规划|预期|指标|承诺|预算(?=是|有|为|安排|多少|几|[，。？?]|$)"
    r"|要(?:到|建|新|干|搞|做|完成|减|降|增|投|实现|提高|扩|招|培))"
)
# 2025年要到几个, 最少自己出几成, 什么时候通车: a plan may answer as well as a fact.
_EITHER = re.compile(r"要(?!求)|说到|答应|提出|最少|至少|起码|不低于|不少于|下限|名额|分(?:了|到|配)")


_CAME_OF_IT = re.compile(r"(?:实际|最后|最终|到头来)(?:上)?[^，。？]{0,8}(?:多少|几)")


# 真正落地几张，不要那个计划数
_NO_PLAN = re.compile(r"(?:不要|不是|别给?|不算)[^，。？]{0,6}(?:计划|目标|任务)数?")


def plan_fit(question: Question, near: str, role: str) -> float:
    """Whether plan and fact agree: a target is no answer to what was achieved, nor the reverse."""
    planned = role == "commitment" or PLAN.search(near) is not None
    # 目标一万二，实际做了多少: what was planned is known, what came of it is asked.
    folded = _NO_PLAN.sub("", question.folded)
    text = folded[m.start() :] if (m := _CAME_OF_IT.search(folded)) else folded
    asked = _PLAN_ASKED.search(text) is not None or question.want == "commitment"
    if planned == asked:
        return 0.3 if asked else 0.0
    if question.want == "date" or _EITHER.search(folded):
        return 0.0
    return -1.0 if planned else -0.6


# 我们的目标是2024年新建12个、年底总数113个: the word holds for the whole list behind it.
_AIM = re.compile(
    r"(?:目标[是为：]|任务[是为：]|计划(?:数)?[是为：]|力争|争取|预计|拟)(?![^；。]*(?:已|实际|截至|目前|其中|去年|现有|共有|，(?:19|20)\d\d年))[^；。]*$"
)
_SET_ASIDE = -0.4
_REALLY = re.compile(r"实际|真正|到底|已经|到位|花|用了|支出")


# 今年计划改造140座，截至5月底已完成63座: a fact among plans.
_DONE = re.compile(r"已经?(?:完成|建成|实现|改造|投[用入运])|截至[^，。；]{2,10}(?:完成|建成)|实际完成")


def figure_plan_fit(question: Question, figure: Figure, target: str, role: str) -> float:
    """As ``plan_fit``, of the figure's own piece, of an aim before it, of ``target`` (目标 or nothing)."""
    own = figure.indicator.replace("▯", "")
    if role == "commitment" and _DONE.search(fold(own)):
        role = ""
    aim = _AIM.search(fold(figure.inherited[-60:] + figure.lead))
    near = own + target + (aim.group()[:4] if aim else "")
    fit = plan_fit(question, near, role)
    # 2020年市级安排发展资金420万元: money that was set aside is between plan and fact.
    if fit <= -1.0 and figure.unit == MONEY and "安排" in own and not _REALLY.search(question.folded):
        fit = min(plan_fit(question, near.replace("安排", ""), role), _SET_ASIDE)
    return fit


_TARGET = re.compile(
    r"到20\d\d年(?:底|末)?[^。；]{0,30}(?:不少于|不低于|达到|提高到|降到|控制在)[^，。；]{0,6}$"
)


def target_said(figure: Figure, evidence: Evidence) -> str:
    """目标 for a figure that is to be reached by some year, though no word of planning stands by it."""
    before = evidence.folded[max(0, figure.start - 50) : figure.start] + figure.approximation
    return "目标" if _TARGET.search(before) and "截至" not in before else ""
