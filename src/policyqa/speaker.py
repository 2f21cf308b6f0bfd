"""Whose word a figure is: what the asker of a letter wants or claims, or what the agency says."""

from __future__ import annotations

import re

from policyqa.question import Question
from policyqa.schema import Figure

# 您建议统一延长至23：00，经分析…
_ASKER_SAYS = re.compile(
    r"(?:^|[，；。：)])(?:第\d+号)?(?:您|你们?|提案人?|委员|代表|建议)们?(?:在?(?:提案|建议)?[中里]|还)?所?(?:建议|提出|希望|要求|反映|提到|呼吁|称|指出|认为|引(?:用|述)?|述|(?=[“\"]))[^，；。]*$"
    # 提案人的诉求：全区只有70余家，半数以上租赁厂房
    r"|(?:提案人?|委员|代表|来信人|网友)们?的?(?:诉求|主张|反映)(?:是|为)?：[^。；]*$"
)
_ASKER_MEANT = re.compile("建议|提[出的了到]|要求|希望|反映|呼吁|(?<![局委厅办门方])[说称]|委员|代表")
_TAKEN_UP = re.compile(r"^[^。；]{0,40}?(?:采纳|同意|照办|落实|可行|属实)")


def asker_says(question: Question, figure: Figure, folded: str) -> bool:
    """Whether a figure is what the asker of a letter wants or claims, and that is not what is asked for."""
    return (
        _ASKER_SAYS.search(folded[: figure.start]) is not None
        and _ASKER_MEANT.search(question.folded) is None
        and _TAKEN_UP.search(folded[figure.end :]) is None
    )


# 提案要建多少: the asker's word alone is asked for
_ASKER_ALONE = re.compile(
    r"(?:提案人?|委员们?|代表们?)(?:里|中|所)?(?:说|想|要求?|希望|建议|提(?:的|出的?)?|主张|写|认为|称)[^，。？]*(?:多少|几)"
)
_AGENCY_TOO = re.compile(r"局|委(?!员)|部门|实际|答复|核实|监测|采纳|同意|落实|现在|目前")


def agency_says(question: Question, figure: Figure, folded: str, role: str) -> bool:
    """Whether only what the asker of a letter wants or claims is asked for, and a figure is not that.

    Args:
        folded: the sentence of the figure; ``role`` of its passage.
    """
    asked = _ASKER_ALONE.search(question.folded) is not None and not _AGENCY_TOO.search(question.folded)
    return asked and role != "claim" and _ASKER_SAYS.search(folded[: figure.start]) is None
