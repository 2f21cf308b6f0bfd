"""What a question takes for granted: 为什么取消了补贴 supposes that it was cancelled.

A passage that knows nothing of the event gives no reason for it. Only turns of a few plain kinds are
checked, for words for them are few; whatever else a question supposes is left to its fit.
"""

from __future__ import annotations

import re

from policyqa.question import Question
from policyqa.schema import Document, Figure
from policyqa.text import fold
from policyqa.units import UNIT
from policyqa.unnamed import counted_only, no_number, unnamed

_EVENTS: tuple[tuple[str, re.Pattern[str], re.Pattern[str]], ...] = (
    (
        "停止或取消",
        re.compile(r"停办|停掉|停发|停止|停了|停运|停用|取消|撤销|撤掉|关闭|关停|关了|废除|废止|叫停|砍掉"),
        re.compile(r"(?<!不)(?:停|取消|撤|关闭|关停|废|终止|不再|砍|退出|到期)|暂缓"),
    ),
    (
        "减少或下降",
        re.compile(r"贬了?值|下降|减少|下滑|回落|下跌|跌了|降了|掉了|变少|缩减|亏损|亏钱"),
        re.compile(
            r"(?<!不)(?:降|减|下滑|回落|跌|缩|亏|贬)|负增长|[-－—][\d.]+[%％]|低于|不足|变少|流失|收窄"
        ),
    ),
    (
        "上涨或增加",
        re.compile(r"(?:大|猛|上|暴|飞)[涨升增]|涨了|上升|增长(?!率|点|速)|变多|[翻增]了|增加了"),
        re.compile(r"(?<!不)(?<!未)[涨升增翻扩高快多超]|突破|好转|改善|创"),
    ),
    (
        "推迟或拖延",
        re.compile(r"推迟|延期|拖到|拖延|滞后|延误"),
        re.compile(r"推迟|延|拖|滞后|尚未|未能|实际于|才"),
    ),
)


# 有委员建议取消，暂时保留: nothing was cancelled.
_WISHED = re.compile(r"(?:建议|提出|要求|主张)[^，。；]{0,10}(?:取消|停|撤|废)")
_KEPT = re.compile(r"保留|不取消|暂不|继续(?:实行|执行|发放)|维持")
_REFUSED = re.compile(r"不(?:能|肯|愿|许|让|得)?[^，。？]{0,8}$")
_NOT_TAKEN_UP = re.compile(r"(?:建议|提议|要求|想法|诉求)[^，。？]{0,8}(?:没|不|未|否)")


# What is asked is a plan, in so many words.
_WILL = re.compile(
    r"打算|计划|目标|想[要让]|承诺|答应|力争|争取|准备(?!金)|预计|规划|说(?:要|到(?=[^，。？]{0,12}年))"
)
_YEAR_END = re.compile(r"年?[底末]|全年|年末")


def foretold(question: Question, document: Document) -> bool:
    """Whether a question asks for the end of the year in which a document was written before it, or for what
    was done in a later one.

    A letter of June 2024 does not know what there was at the end of 2024; it may tell a plan.
    """
    day = document.dated
    if _WILL.search(question.folded):
        return False  # 打算到24年底让多少所开饭
    if day is not None and question.years and min(question.years) > day.year:
        return _DONE_ASKED.search(question.folded) is not None  # 2025年底实际建成多少, in a plan of 2024
    ends = [p for p in question.periods if not p.compared and _YEAR_END.fullmatch(p.part or "-")]
    return day is not None and any(max(p.years) == day.year and day.month < 12 for p in ends if p.years)


_HOW_MANY_THERE = re.compile(rf"(?:有|共|一共|建成|达到)(?:了)?(?:多少|几)[百千万]?(?:{UNIT.pattern})")


def not_yet(question: Question, document: Document, figure: Figure) -> bool:
    """Whether a question asks how many there are in a year after a letter, and a figure of it is of no year.

    A standard of a rule holds on; what a letter counts is of its time.
    """
    day = document.dated
    if day is None or document.document_type != "reply" or not question.years or figure.years:
        return False
    if _WILL.search(question.folded):
        return False
    return min(question.years) > day.year and _HOW_MANY_THERE.search(question.folded) is not None


# 2023年说到25年底要达到多少 asks for the plan of then.
_SAID = re.compile(
    r"说|提出|承诺|答应|安排|排了?(?=多少|几)|下达|估计|预计|要(?!求)|干到|(?:提高|达|增加|降|建|压|控制|做)到(?=多少|几)|到20\d\d年"
)
_DONE_ASKED = re.compile(
    r"实际|率(?:现在|目前)?已?经?到了?(?:多少|几)|到了(?:多少|几)|真正|到底(?:完成|建|新增|[㐀-鿿]{1,3}了)|已经|完成了|建成了|落实了"
)


_NOW_ASKED = re.compile(
    r"现在|目前|眼下|如今|至今|现有|(?:一共|总共|共)有?(?:多少|几)|(?:几成|多少)了[？?]?$"
)


def planned_only(question: Question, plan: float) -> bool:
    """Whether a question asks for what was done, or what there is now, and a figure is of a plan.

    Args:
        plan: how plan and fact agree (``plan_fit.plan_fit``).
    """
    today = question.asked_on
    past = today is not None and bool(question.years) and max(question.years) < today.year
    past = past and _SAID.search(question.folded) is None
    now = _DONE_ASKED.search(question.folded) or _NOW_ASKED.search(question.folded)
    return plan <= -1.0 and (past or now is not None)


def unsupported(question: Question, *texts: str) -> str:
    """The kind of event that a question for a reason supposes and none of the texts speaks of; else empty."""
    if question.want != "reason":
        return ""
    known = fold(" ".join(texts))
    for name, asked, told in _EVENTS:
        match = asked.search(question.folded)
        # 为什么不能取消: what was refused did not happen.
        if match is None or _REFUSED.search(question.folded[: match.start()]):
            continue
        if _NOT_TAKEN_UP.search(question.folded, match.end()):
            continue  # 取消收费的建议为什么没采纳
        if not told.search(known) or (_WISHED.search(known) and _KEPT.search(known)):
            return name
    return ""


# 为什么同意…, 为啥支持…: that it was granted is supposed.
_GRANT_ASKED = re.compile(
    r"(?:为什么|为何|为啥|因何|啥原因|什么原因)[^，。？没不未]{0,4}?(?:会|就|要|能)?(?:同意|支持|采纳|答应|赞成|批准)"
)
_DENIED = re.compile(
    r"不(?:建议|予|宜|同意|赞成|支持|符合?|具备|能|可行|现实|成熟)|无权|无法|难以|暂不|暂缓|未予|超出|做不到"
)
_GRANTED = re.compile(r"(?<!不)(?<!不予)(?<!未予)(?<!建议)(?:同意|采纳|赞成|批准|可行|已列入)")


def not_granted(question: Question, text: str) -> bool:
    """Whether a question asks why something was granted of which a passage says that it was not."""
    asked = _GRANT_ASKED.search(question.folded) is not None
    return asked and _DENIED.search(fold(text)) is not None and _GRANTED.search(fold(text)) is None


# 因…, 主要是, 受…影响, 不具备, 财政吃紧: a sentence that has none of these gives no grounds for anything.
_GROUNDS = re.compile(
    r"因|由于|原因|理由|依据|主要(?:是|为|在)|受[^，。；]{1,20}(?:影响|制约|限制)|影响|导致|造成|所致|考虑|鉴于|源于|得益|带动|拉动|推动"
    r"|为了|为[^，。；]{2,20}[，,]|避免|防止|有利于|不利|以便|根据|按照?|规定|国家|上级|口径|条件|成熟|风险|隐患|存在|困难|吃紧|难|突出|频发|多发|严重|卡点|一是|此前|目前|暂"
    r"|不(?:具备|足|符|能|宜|够|予|采纳|同意|主张|属)|无(?:法|人|权|需)|未(?:采纳|予)|没有|尚[未无]|缺[乏少]|超出|过[高大多低]|偏|[需须]|属于?|系|已[有经]|重复|反对|意见|瓶颈|症结|短板|关键|判断|不建议|成本|经[^，。；]{0,6}(?:调查|测算|核[实算查]|研究|论证)"
)


def no_grounds(question: Question, text: str) -> bool:
    """Whether a question asks why and a sentence only states the matter: 全年粮食总产量下降0.6%."""
    return question.want == "reason" and _GROUNDS.search(fold(text)) is None


# 两份文件的数一致吗
_AGREE_ASKED = re.compile(
    r"[和跟与同].*(?:一样|一致|对得上|相符|吻合|相同|有出入|矛盾)(?:吗|么|不|没有?)?[？?]?$"
)
_AGREE_TOLD = re.compile("一致|一样|相符|不符|吻合|相同|出入|矛盾|属实|核实|差异|口径")


def not_compared(question: Question, text: str) -> bool:
    """Whether a question asks if two sources agree and a passage says nothing of that."""
    return _AGREE_ASKED.search(question.folded) is not None and _AGREE_TOLD.search(fold(text)) is None


def unanswered(question: Question, text: str, own: str = "") -> bool:
    """Whether a passage lacks what a question cannot be answered without: a name, a number, an event.

    Args:
        text: the passage that would answer, with its neighbours.
        own: the passage alone.
    """
    if not_granted(question, own) or (own and no_grounds(question, own)):
        return True
    if not_compared(question, text):
        return True
    lacks_name = unnamed(question, text) or counted_only(question, text)
    return bool(unsupported(question, text)) or lacks_name or no_number(question, text)
