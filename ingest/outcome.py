"""The class a letter's handling is given: A, B or C, as its head or tail says."""

from __future__ import annotations

import re

_LABELLED = re.compile(
    r"(?:办复类别|办理结果|办理类别|办理分类|类别|办复结果)[^ABC\n]{0,12}([ABC])|^([ABC])\s*类?$|\s([ABC])类$"
)
# 办理结果：B（原为C）, behind the label
_CLASS = re.compile(r"[^ABC\n]{0,12}?([ABC]\d?)(?![A-Za-z\d])")
# 类别：由C类调整为B类
_CHANGED = re.compile(
    r"[由从原]\s*[A-E]\s*类?[^A-E\n]{0,4}(?:调整|改|变更|升|转)[^A-E\n]{0,3}([A-E])(?=\s*类|$)"
)


def read_outcome(text: str) -> str:
    """The class that a line gives, by its label or alone; empty when there is none.

    >>> read_outcome("办复类别：B"), read_outcome("A类"), read_outcome("B超")
    ('B', 'A', '')
    >>> read_outcome("类别：由C类调整为B类")
    'B'
    """
    match = _LABELLED.search(text)
    if match is None:
        return ""
    changed = _CHANGED.search(text)
    return changed[1] if changed else next(g for g in match.groups() if g)


def read_class(text: str) -> str:
    """The class in what stands behind a label; empty when there is none.

    >>> read_class("B（原为C）"), read_class("由C类调整为B类"), read_class("B1"), read_class("公开")
    ('B', 'B', 'B1', '')
    """
    match = _CHANGED.search(text) or _CLASS.match(text)
    return match[1] if match else ""
