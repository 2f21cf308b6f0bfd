"""Days and figures of another step than a question asks for: of a plan that was given up, of the signing."""

from __future__ import annotations

import re

from policyqa.question import Question
from policyqa.schema import Figure

_PLANNED = re.compile(r"(?:计划|预计|拟|力争|争取)[^，。；]{0,8}$")
# 哪天上线的 asks for what was done, 哪天上线 may ask for a plan.
_HAPPENED = re.compile(r"(?:哪一?天|什么时[候间]|何时|哪年|几月|啥时候?)[^，。？]{1,10}的[？?]?$")
# 由原计划的2024年底调整为2025年6月: what it was changed to is no more planned.
_ORIGINALLY = re.compile(
    r"(?:原计划|原定|原拟|原预计)(?![^，。；]*(?:[调改推延增减提]|变更|压缩)[㐀-鿿]{0,2}[为到至成])[^，。；]{0,12}$"
)


def given_up(question: Question, figure: Figure, folded: str) -> bool:
    """Whether a figure or day is of a plan, 原计划10月上线, and the question is about what happened."""
    before = folded[: figure.start]
    if _HAPPENED.search(question.folded) and _PLANNED.search(before):
        return True
    planned = re.search("原|计划|目标|预计|推迟|延[后期]", question.folded) is not None
    return not planned and _ORIGINALLY.search(before) is not None


_PAPER_ASKED = re.compile(
    r"答复|复函|回复|函|文件|公文|通知|印发|发布|公布|公开|落款|成文|签|出台|写的|发的|报告"
)


def signing_day(question: Question, figure: Figure, folded: str, role: str) -> bool:
    """Whether a date is that of the document itself and the question asks for that of something else.

    Args:
        folded: the passage in which it stands, of its own line where it is signed; ``role`` of it.
    """
    alone = len(folded) <= figure.end - figure.start + _BESIDE_DAY
    asked = _PAPER_ASKED.search(question.folded) is None and not question.numbers
    return question.want == "date" and role == "tail" and alone and asked


_BESIDE_DAY = 16
"""How much may stand beside the day that a letter was signed, in characters: the agency."""


_BEGUN = re.compile("开工|动工|开建|奠基")
_ENDED = re.compile("完工|竣工|建成|投用|启用|通车|开[馆园业通放]|投入(?:使用|运[行营])|投[运产]")
_ISSUED = re.compile("印发|发布|出台|公布|下发")
_IN_FORCE = re.compile("施行|实施|生效|执行")
_UNTIL_ASKED = re.compile(r"截止|截至什么|到期|到(?:什么时候|哪[天年月]|几[月号])|结束|为止")
_DAY_ASKED = re.compile("哪一?天|几号(?!线|楼|文|提案|建议)|几月几[日号]")
_SINCE = re.compile(r"\d[日月年]?起(?![诉草点步])")
_OTHER_DAY = ((_BEGUN, _ENDED), (_ENDED, _BEGUN), (_ISSUED, _IN_FORCE), (_IN_FORCE, _ISSUED))


def other_day(question: Question, figure: Figure, text: str) -> bool:
    """Whether a date is that of another step than the question asks for: 开工, where it is that of 开馆.

    Args:
        text: the passage in which it stands.
    """
    if question.want != "date":
        return False
    if _DAY_ASKED.search(question.folded) and not re.search("[月日号节]", text[figure.start : figure.end]):
        return True  # 哪天 is not told by 2023年
    if _UNTIL_ASKED.search(question.folded) and _SINCE.search(text[figure.start : figure.end + 4]):
        return True  # 2008年12月1日起收费 says not until when
    start = max(text.rfind(mark, 0, figure.start) for mark in "，。；：、,;") + 1
    ends = [at for mark in "，。；：、,;" if (at := text.find(mark, figure.end)) >= 0]
    clause = text[start : min(ends, default=len(text))]
    return any(
        asked.search(question.folded)
        and not other.search(question.folded)
        and other.search(clause)
        and not asked.search(clause)
        for asked, other in _OTHER_DAY
    )
