"""A question that the question editing model took apart, as a comparison of its parts.

``policyqa.compare`` does the same by rules, which know what a model cannot: all districts of a city, the year
before, the two halves of 城乡. The model knows the many ways in which people set one thing against another.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from datetime import date

from policyqa.compute import Operation
from policyqa.periods import find_periods
from policyqa.plans import By, Comparison, Part, Wish, comparison
from policyqa.question import with_years
from policyqa.question_editor import Apart, QuestionEditor
from policyqa.text import fold

SURE = 0.7
"""How sure the model must be of what is to be done with the parts."""
CLEAR = 0.7
"""How sure it must be of where the question is taken apart."""
_ASKS = re.compile(r"多少|几|哪|谁|什么|啥|何|怎|吗|为啥|多大|多高|多久|是否|没有|与否")
_UNIT_ASKED = re.compile(r"(?:多少|几)[㐀-鿿]{1,3}$")
_AIM = re.compile(r"计划|目标|任务|原定|预期|预计|规划|年初定|承诺|要求")
_DONE = re.compile(r"实际|完成|建成|达到|做到|实现|已|到位")
_OF_TWO = ("difference", "share", "ratio", "growth")
_STATED: tuple[Operation, ...] = ("sum", "mean", "share")


def decomposed(text: str, editor: QuestionEditor, today: date, places: Collection[str]) -> Comparison | None:
    """How a question is answered by its parts, as the model takes it apart; None for one question.

    Args:
        places: the stems of the places that it names.
    """
    read = editor.apart(with_years(text))
    if read.task == "none" or read.sure < SURE or read.clear < CLEAR or len(read.parts) < 2:
        return None
    if read.task in _OF_TWO and len(read.parts) != 2:
        return None
    by = _by(read.labels, today, places)
    operation: Operation | None = None if read.task == "list" else read.task
    parts = [
        Part(_label(label), asking(part, read.parts), wish)
        for label, part, wish in zip(read.labels, read.parts, _wishes(read), strict=True)
    ]
    timed = by == "period" and operation in ("difference", "growth", "ratio")
    told = by == "side" and operation is None  # one sentence may tell all that is asked for
    return comparison(by, parts, operation, timed or told or operation in _STATED)


def asking(part: str, parts: Sequence[str]) -> str:
    """A part as a question: with the unit that another part asks for, where it asks for nothing itself.

    >>> asking("松垭新增学位", ["松垭新增学位", "雁汀新增学位多少个"])
    '松垭新增学位多少个？'
    """
    if _ASKS.search(part):
        return f"{part}？"
    units = (match.group() for other in parts if (match := _UNIT_ASKED.search(other)))
    return f"{part}{next(units, '是多少')}？"


def _by(labels: Sequence[str], today: date, places: Collection[str]) -> By:
    """What the parts are told apart by: years, districts or else sides."""
    if all(_only_periods(label, today) for label in labels):
        return "period"
    if all(any(place in fold(label) for place in places) and len(label) < 8 for label in labels):
        return "place"
    return "side"


def _only_periods(label: str, today: date) -> bool:
    found = [p for p in find_periods(label, today) if len(p.years) == 1]
    rest = label
    for period in found:
        rest = rest.replace(period.text, "")
    return bool(found) and len(rest.strip("的底末，")) < 2


def _label(text: str) -> str:
    return text.strip("的，、和与跟比是")


def _wishes(read: Apart) -> list[Wish]:
    """Which parts want what was planned, where another wants what was done."""
    aims = [_AIM.search(label) is not None and _DONE.search(label) is None for label in read.labels]
    if read.task == "difference" and any(aims) and not all(aims):
        return ["plan" if aim else "fact" for aim in aims]
    return [None] * len(read.labels)
