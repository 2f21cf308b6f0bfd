"""The quantities that a question itself gives: 建一个120千瓦直流桩能补多少, 买了800万设备能补多少."""

from __future__ import annotations

import re
from decimal import Decimal

from policyqa.figures import figure_of, find_figures
from policyqa.schema import Figure
from policyqa.text import fold
from policyqa.units import PERCENT, POINTS, RANK, TIMES, UNIT, canonical, compatible

# 买了800万设备 · 投了2个亿 · 三百万块钱: people leave 元 out.
_MONEY = re.compile(
    r"(?<![\d.第])(?P<number>\d+(?:\.\d+)?|[一二两三四五六七八九十百千]{1,6})\s?个?"
    r"(?P<magnitude>[百千]?[万亿])(?:块钱?)?+"
    rf"(?![\d多余来]|元|\s?(?:{UNIT.pattern}))"
)
_COINS = re.compile(r"(?P<number>\d+(?:\.\d+)?[百千]?)块钱")
# 三年级, 2年期 are kinds of things, 前3个, 第2个 places in an order.
_NAMES = re.compile(r"^[级期制生]")
_ORDERED = re.compile(r"[第前近每上下头]$")


def quantities(question: str) -> list[Figure]:
    """The plain amounts of a question in order, as figures of its folded text.

    None is a year, a date, a share, a rank, a range or a bound (60岁以上).

    >>> [f.text for f in quantities("建一个120千瓦直流桩能补多少")]
    ['120千瓦']
    >>> [f.text for f in quantities("2024年60岁以上的补多少")]
    []
    >>> [f.text for f in quantities("买了800万设备做技改能补多少")]
    ['800万元']
    """
    text = fold(question)
    matches = [match for pattern in (_MONEY, _COINS) for match in pattern.finditer(text)]
    money = [
        (m.start(), figure_of(f"{m['number']}{m.groupdict().get('magnitude') or ''}元")) for m in matches
    ]
    found = [
        (figure.start, figure)
        for figure in find_figures(text)
        if not any(figure.start < m.end() and m.start() < figure.end for m in matches)
    ]
    return [
        figure
        for at, figure in sorted(found + [(at, f) for at, f in money if f], key=lambda one: one[0])
        if figure.high is None
        and not figure.approximation
        and figure.unit not in ("", PERCENT, POINTS, RANK, TIMES)
        and not _NAMES.match(text[at + len(figure.text) :])
        and not _ORDERED.search(text[:at])
    ]


# 20个中级工, 3个老人
_PERSONS = re.compile(
    "^[㐀-鿿]{0,8}?(?:人|工|员|生|师|者|孩子?|娃|群众|学徒|司机)(?=$|[，、的一共总都全也均])"
)


def alike(quantity: Figure, unit: str) -> bool:
    """Whether a standard for a unit can be applied to a quantity: 每部 to 6台, not 每人 to 3个."""
    one, other = canonical(Decimal(1), quantity.unit)[1], canonical(Decimal(1), unit)[1]
    if one == other or {one, other} == {"度", "千瓦时"}:
        return True
    if one == "个" and other == "人":
        return _PERSONS.search(quantity.indicator.partition("▯")[2]) is not None
    apart = one not in other and other not in one and "人" not in one + other
    return apart and compatible(one, other)
