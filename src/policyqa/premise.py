"""What a question takes for granted: 为什么取消了补贴 supposes that it was cancelled.

A passage that knows nothing of the event gives no reason for it. Only turns of a few plain kinds are
checked, for words for them are few; whatever else a question supposes is left to its fit.
"""

from __future__ import annotations

import re

from policyqa.question import Question
from policyqa.text import fold

_EVENTS: tuple[tuple[str, re.Pattern[str], re.Pattern[str]], ...] = (
    (
        "停止或取消",
        re.compile(r"停办|停掉|停发|停止|停了|停运|停用|取消|撤销|撤掉|关闭|关停|关了|废除|废止|叫停|砍掉"),
        re.compile(r"(?<!不)(?:停|取消|撤|关闭|关停|废|终止|不再|砍|退出|到期)|暂缓"),
    ),
    (
        "减少或下降",
        re.compile(r"贬值|下降|减少|下滑|回落|下跌|跌了|降了|掉了|变少|缩减|亏损|亏钱"),
        re.compile(
            r"(?<!不)(?:降|减|下滑|回落|跌|缩|亏|贬)|负增长|[-－—][\d.]+[%％]|低于|不足|变少|流失|收窄"
        ),
    ),
    (
        "推迟或拖延",
        re.compile(r"推迟|延期|拖到|拖延|滞后|延误"),
        re.compile(r"推迟|延|拖|滞后|尚未|未能|实际于|才"),
    ),
)


_REFUSED = re.compile(r"不(?:能|肯|愿|许|让|得)?[^，。？]{0,8}$")
_NAME_ASKED = re.compile(
    r"(?P<what>网友|委员|代表|医生|负责人|老师|同志|企业|公司|厂|单位|学校|机构|人)[^，。？]{0,6}(?:叫(?:什么|啥|哪)|(?:的)?(?:姓名|名字|名称)(?:是|叫))"
)
_NAMED_PERSON = re.compile(
    r"(?<![家些位名])[㐀-鿿]{2,3}(?:同志|医生|老师|委员|代表|先生|女士|主任|局长|科长|院长)|[:：][㐀-鿿]{2,3}(?=[，。；\s]|$)"
)
_NAMED_FIRM = re.compile(
    r"[㐀-鿿]{2,12}(?<![家些类个等该各规业大小微])(?:公司|集团|厂|学校|小学|中学|中心|医院|餐饮|科技|食品|实业|股份)"
    r"|(?:企业|公司|店|厂|校|家|名为|叫)“[^”]{2,12}”|“[^”]{2,12}”(?:公司|店|厂|超市|饭店|学校|品牌|企业)"
)
_PERSONS = frozenset({"网友", "委员", "代表", "医生", "负责人", "老师", "同志", "人"})


def unnamed(question: Question, text: str) -> bool:
    """Whether a question asks for a name and the text names nobody: 两家企业供餐, XXX医生团队.

    Args:
        text: the passage that would answer, with its neighbours.
    """
    match = _NAME_ASKED.search(question.folded)
    if match is None or "提案" in question.folded[match.start() - 2 : match.end() + 2]:
        return False
    if re.search(r"[x×*某]{2,}", fold(text)):
        return True
    return not (_NAMED_PERSON if match["what"] in _PERSONS else _NAMED_FIRM).search(text)


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
        if not told.search(known):
            return name
    return ""
