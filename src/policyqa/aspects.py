"""The aspect of a figure: new, cumulative, growth, share, rank, change or level, by the words before it."""

from __future__ import annotations

import re

from policyqa.schema import Aspect
from policyqa.units import TIMES

GROWTH = re.compile(
    r"(增长|增幅|增速|增加|[增减]产|增|上升|上涨|提高|提升|扩大|下降|减少|降低|降幅|回落|缩小|缩短|压减|压缩|下跌|减|降|同比|环比|涨幅|增至|翻)[了为达到约近超过幅率至]*$"
    r"|(增长|增幅|增速|涨幅|降幅|增长率|降低率|下降)(?:为|达|达到|约|超过|分别为?|均超过)?[^，；。\d]{0,6}$"
)
_CHANGE = re.compile(
    r"(增加(?!值)|减少|[增减][产收支]|净增|净减|新增加|提高|降低|下降|上升|扩大|缩短|缩减|压减|回落|[上下]调(?![为至到])|加收)了?[^，；。\d]{0,6}$|[多少增减]了?(?:约|近|超过)?$"
)
# 提高到49.7%, 降至30: what it is now, not by how much it changed.
REACHED = re.compile(r"(?:(?<!达)到|至)(?:约|近|了)?$")
_NEW = re.compile(
    r"(新增|新建|新培育|新认定|新获|新开|新签|新引|新设|新升|新改|新投|新装|新评|新组建|新创建|新入库|新入规|新纳|新登记|新发展|新安置|新修|新上|新招|新引进|新评定|当年|其间新)"
)
_CUMULATIVE = re.compile(
    r"(累计|总数|总量|总计|共计|合计|共有|现有|存量|保有量|总共|在册|达到|增至|增加到|扩大到|总里程|现已|已有|年末有|全区有|全县有|全市有|(?<!公)共(?!享|同|青))"
)
_SHARE = re.compile(r"(占|占比|比重|份额|构成比)[^，；。\d]{0,24}$")


def aspect_of(own: str, context: str, unit: str, rank: bool) -> Aspect:
    """The aspect of a figure.

    Args:
        own: the words of its piece of the sentence in front of it, folded.
        context: its whole clause up to it, folded.
        unit: its unit as written; ``rank``: it is a place in an order.
    """
    if rank:
        return "rank"
    if unit in ("百分点", "个百分点"):
        return "change"
    ratio = unit in ("%", "倍", "成", "‰", TIMES)
    if ratio:
        if _SHARE.search(own) or (own == "的" and "占" in context):  # 占全市12640张的28.2%
            return "share"
        if REACHED.search(own):
            return "level"
        if GROWTH.search(own) or unit == TIMES:
            return "growth"
        before = re.sub(r"[\d.%倍、和]+$", "", context)
        if not own.strip() and GROWTH.search(before) and not REACHED.search(before):
            return "growth"
        return "level"
    if _CUMULATIVE.search(own):
        return "cumulative"
    if _NEW.search(own):
        return "new"
    if _CHANGE.search(own) and not REACHED.search(own):
        return "change"
    # 新增公办幼儿园6所、学前学位1710个: the word before the first part holds for all.
    new, cumulative = _NEW.search(context), _CUMULATIVE.search(context)
    if cumulative and (not new or cumulative.start() > new.start()):
        return "cumulative"
    return "new" if new else "level"
