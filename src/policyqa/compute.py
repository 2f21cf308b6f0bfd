"""Arithmetic over cited figures: sums, differences, ratios, growth, means.

A result is worded as an equation that can be computed again from what it names —
``36家 + 41家 = 77家（由以上数字计算）`` — and ``results`` does so: grounding accepts a computed
figure only when its operands are cited and the arithmetic holds.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from policyqa.figures import figure_of
from policyqa.numerals import to_number
from policyqa.schema import Figure
from policyqa.units import PERCENT, POINTS, RANK, TIMES, canonical

Operation = Literal["sum", "difference", "ratio", "share", "growth", "mean", "each", "most", "least", "ends"]
COMPUTED = "（由以上数字计算）"
"""What every computed figure is marked with."""


_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Operand:
    """A cited figure with the name it has in the comparison (a year, a district)."""

    label: str
    figure: Figure


def operand(label: str, written: str) -> Operand | None:
    """An operand of a figure as written; None when it is not exactly one plain figure.

    The number of a table whose heading names no unit is one, too.
    """
    figure = figure_of(written)
    if figure is None and _NUMBER.fullmatch(written):
        figure = Figure(written, 0, len(written), Decimal(written.replace(",", "")), "")
    if figure is None or figure.high is not None or figure.unit == RANK:
        return None
    return Operand(label, figure)


def computed(operation: Operation, operands: Sequence[Operand]) -> tuple[str, str] | None:
    """The bare result and the sentence that shows how it comes about; None when it cannot be computed.

    The operands are in the order asked: for a difference and a growth the one that is measured
    first, then what it is measured against.
    """
    if operation == "each":
        return _each(*operands) if len(operands) == 2 else None
    if len(operands) < 2 or len({canonical(Decimal(1), o.figure.unit)[1] for o in operands}) > 1:
        return None
    if operation == "ends":
        return _ends(operands)
    if operation in ("most", "least"):
        return _first(operands, most=operation == "most")
    if operation == "sum":
        return _summed(operands)
    if operation == "mean":
        return _mean(operands)
    if len(operands) != 2:
        return None
    if operation == "difference":
        return _difference(*operands)
    if operation == "share":
        return _share(*operands)
    return _ratio(*operands) if operation == "ratio" else _growth(*operands)


def _first(operands: Sequence[Operand], most: bool) -> tuple[str, str]:
    ordered = sorted(operands, key=_value, reverse=most)
    named = _named_first(ordered)
    ranking = ("＞" if most else "＜").join(f"{o.label}{o.figure.text}" for o in ordered)
    return named, f"{_end(operands, most)}的是{named}：{ranking}{COMPUTED}。"


def _ends(operands: Sequence[Operand]) -> tuple[str, str]:
    ordered = sorted(operands, key=_value, reverse=True)
    first, last = _named_first(ordered), _named_first(ordered[::-1])
    ranking = "＞".join(f"{o.label}{o.figure.text}" for o in ordered)
    said = f"{_end(operands, most=True)}的是{first}，{_end(operands, most=False)}的是{last}"
    return f"{first}；{last}", f"{said}：{ranking}{COMPUTED}。"


def _named_first(ordered: Sequence[Operand]) -> str:
    """The names of all that are as much as the first."""
    return "、".join(o.label for o in ordered if _value(o) == _value(ordered[0]))


def _end(operands: Sequence[Operand], most: bool) -> str:
    shares = operands[0].figure.unit == PERCENT
    return ("最高" if shares else "最多") if most else ("最低" if shares else "最少")


def _summed(operands: Sequence[Operand]) -> tuple[str, str] | None:
    unit = operands[0].figure.unit
    if unit in (PERCENT, TIMES, POINTS):
        return None  # shares of different wholes have no sum
    result = _result(sum((_value(o) for o in operands), Decimal(0)), operands)
    return result, f"合计：{' + '.join(o.figure.text for o in operands)} = {result}{COMPUTED}。"


def _mean(operands: Sequence[Operand]) -> tuple[str, str]:
    count = len(operands)
    value = sum((_value(o) for o in operands), Decimal(0)) / count
    result = _result(value, operands)
    terms = " + ".join(o.figure.text for o in operands)
    return result, f"平均：({terms}) ÷ {count} = {result}{COMPUTED}。"


def _difference(one: Operand, other: Operand) -> tuple[str, str]:
    more, less = (one, other) if _value(one) >= _value(other) else (other, one)
    points = one.figure.unit == PERCENT
    value = _value(more) - _value(less)
    result = f"{plain(value)}个百分点" if points else _result(value, (one, other))
    equation = f"{more.figure.text} − {less.figure.text} = {result}"
    word = "多" if _value(one) > _value(other) else "少" if _value(one) < _value(other) else "相差"
    if points:
        word = {"多": "高", "少": "低"}.get(word, word)
    mark = "：" if one.figure.unit else "，即"  # 195：1105 would be a proportion
    return result, f"{one.label}比{other.label}{word}{result}{mark}{equation}{COMPUTED}。"


def _ratio(one: Operand, other: Operand) -> tuple[str, str] | None:
    if not _value(other):
        return None
    result = f"{_about((one, other))}{plain(_value(one) / _value(other), 2)}倍"
    equation = f"{one.figure.text} ÷ {other.figure.text} = {result}"
    return result, f"{one.label}是{other.label}的{result}：{equation}{COMPUTED}。"


def _each(amount: Operand, among: Operand) -> tuple[str, str] | None:
    """What falls to each of those that an amount is shared among: 2732万元 ÷ 6830户 = 4000元."""
    unit = amount.figure.unit
    if unit in (PERCENT, TIMES, POINTS) or among.figure.unit in (PERCENT, TIMES, POINTS) or not _value(among):
        return None
    value = _value(amount) / _value(among)
    of = canonical(Decimal(1), unit)[1]
    magnitude = "亿" if value >= 10**8 else "万" if value >= 10**4 else ""
    result = f"{_about((amount, among))}{_rounded(value, magnitude)}{magnitude}{of}"
    equation = f"{amount.figure.text} ÷ {among.figure.text} = {result}"
    return result, f"平均：{equation}{COMPUTED}。"


def _rounded(value: Decimal, magnitude: str) -> str:
    """An average as one says it: to two decimals, a large one that does not come out even without any."""
    scaled = value / (to_number("1" + magnitude) or 1) if magnitude else value
    even = scaled == scaled.quantize(Decimal("0.01"))
    return plain(scaled, 0 if scaled >= 100 and not even else 2)


def _share(part: Operand, whole: Operand) -> tuple[str, str] | None:
    if part.figure.unit in (PERCENT, TIMES, POINTS) or not 0 < _value(part) <= _value(whole):
        return None
    result = f"{_about((part, whole))}{plain(_value(part) / _value(whole) * 100, 1)}%"
    equation = f"{part.figure.text} ÷ {whole.figure.text} = {result}"
    return result, f"{part.label}占{whole.label}的{result}：{equation}{COMPUTED}。"


def _growth(one: Operand, other: Operand) -> tuple[str, str] | None:
    if one.figure.unit == PERCENT:
        return _difference(one, other)
    if _value(other) <= 0:
        return None
    value = (_value(one) - _value(other)) / _value(other) * 100
    result = f"{_about((one, other))}{plain(abs(value), 1)}%"
    more, less = (one, other) if value >= 0 else (other, one)
    equation = f"({more.figure.text} − {less.figure.text}) ÷ {other.figure.text} = {result}"
    word = "增长" if value >= 0 else "下降"
    return result, f"{one.label}比{other.label}{word}{result}：{equation}{COMPUTED}。"


def _value(item: Operand) -> Decimal:
    return canonical(item.figure.value, item.figure.unit)[0]


def _about(operands: Sequence[Operand]) -> str:
    return "约" if any(o.figure.approximation for o in operands) else ""


def _result(value: Decimal, operands: Sequence[Operand]) -> str:
    first = operands[0].figure
    magnitude = magnitude_of(first.text)
    _, unit = canonical(first.value, first.unit)
    return _about(operands) + written(value, unit, magnitude)


def magnitude_of(text: str) -> str:
    """The magnitude that a written figure has: 亿 of 1.28亿元, nothing of 36家.

    >>> magnitude_of("近4000万元"), magnitude_of("36家")
    ('万', '')
    """
    match = re.search(r"(?<=[\d余多])[万亿]+", text)
    return match.group() if match else ""


def written(value: Decimal, unit: str, magnitude: str = "") -> str:
    """A value with its unit, in a magnitude.

    >>> written(Decimal(12800000), "元", "万"), written(Decimal("77.0"), "家")
    ('1280万元', '77家')
    """
    factor = to_number("1" + magnitude) if magnitude else None
    return f"{plain(value / factor if factor else value, 4)}{magnitude}{unit}"


def plain(value: Decimal, places: int = 4) -> str:
    """A number without needless zeros, rounded half up.

    >>> plain(Decimal("13.8888"), 1), plain(Decimal("36.0")), plain(Decimal(1200))
    ('13.9', '36', '1200')
    """
    rounded = value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    text = f"{rounded:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


# --- computing again ----------------------------------------------------------------------------

_EQUATION = re.compile(
    r"(?P<left>(?:\([^()=]+\)|[^()=：，。\s]+)(?: [+−÷×] [^()=：，。\s]+)*) = (?P<result>[^=（，。\s]+)"
    + re.escape(COMPUTED)
)


def results(text: str, known: Sequence[Figure], given: Sequence[Figure] = ()) -> list[Figure]:
    """The computed figures of a text that hold: each operand is known, and the arithmetic is right.

    What one equation gave may be computed with in the next: 1000元 × 20% = 200元, 1000元 + 200元 = 1200元.

    Args:
        given: the quantities of the question, which a standard may be applied to, 200元 × 120千瓦, or which a
            whole may be less by, 860个 − 320个. Such an operand is no fact of a document; it is told with the
            result of the equation that it stands in.

    >>> known = [f for f in map(figure_of, ("36家", "41家")) if f]
    >>> [f.text for f in results("36家 + 41家 = 77家" + COMPUTED, known)]
    ['77家']
    >>> results("36家 + 41家 = 78家" + COMPUTED, known)
    []
    """
    found = []
    keys = {_key(f) for f in known}
    said = {_key(f) for f in given}
    for match in _EQUATION.finditer(text):
        result = figure_of(match["result"])
        operands = [figure_of(piece) for piece in _pieces(match["left"])]
        asked = [f for f in operands if f is not None and _key(f) not in keys]
        if asked and not (re.search("[×−]", match["left"]) and len(asked) == 1 and _key(asked[0]) in said):
            continue
        value = _evaluated(match["left"])
        if result is None or value is None or not _agrees(value, result, match, operands):
            continue
        found += [result, *asked]
        keys.add(_key(result))
    return found


def _key(figure: Figure) -> tuple[Decimal, str]:
    value, unit = canonical(figure.value, figure.unit)
    return value.normalize(), unit


def _pieces(left: str) -> list[str]:
    return [piece.strip("() ") for piece in re.split(r" [+−÷×] ", left)]


def _evaluated(left: str) -> Decimal | None:
    """The value of the left side of an equation; None when a piece is no number."""
    if match := re.fullmatch(r"\((.+)\) ÷ (\S+)", left):
        above, below = _evaluated(match[1]), _piece_value(match[2])
    elif match := re.fullmatch(r"(\S+) ÷ (\S+)", left):
        above, below = _piece_value(match[1]), _piece_value(match[2])
    elif match := re.fullmatch(r"(\S+) × (\S+)", left):
        of, by = figure_of(match[1]), figure_of(match[2])
        if of is None or by is None:
            return None
        (whole, _), (factor, unit) = canonical(of.value, of.unit), canonical(by.value, by.unit)
        return whole * factor / (100 if unit == PERCENT else 1)
    else:
        tokens = re.split(r" ([+−]) ", left)
        total = _piece_value(tokens[0])
        for sign, piece in zip(tokens[1::2], tokens[2::2], strict=True):
            value = _piece_value(piece)
            if total is None or value is None:
                return None
            total = total + value if sign == "+" else total - value
        return total
    return above / below if above is not None and below else None


def _piece_value(piece: str) -> Decimal | None:
    figure = figure_of(piece)
    if figure is not None:
        return canonical(figure.value, figure.unit)[0]
    return Decimal(piece) if re.fullmatch(r"\d+", piece) else None


def _agrees(
    value: Decimal, result: Figure, equation: re.Match[str], operands: Sequence[Figure | None]
) -> bool:
    """Whether a result is the value as far as it is written, in the unit that the operation gives."""
    text = equation["result"]
    divided = "÷" in equation["left"]
    units = {canonical(Decimal(1), f.unit)[1] for f in operands if f is not None}
    own, unit = canonical(result.value, result.unit)
    if divided and len(units) == 2 and (first := operands[0]) is not None:
        units = {canonical(Decimal(1), first.unit)[1]}  # 2732万元 ÷ 6830户 = 4000元
    if "×" in equation["left"] and (amount := operands[0]) is not None:
        # 60元 × 20% = 12元 · 60元 × 三成 = 18元 · 1500元/亩 × 20亩 = 3万元
        units = {canonical(Decimal(1), amount.unit)[1].partition("/")[0]}
    if units == {PERCENT, POINTS} and not divided:
        units = {PERCENT}  # 28.4% − 2.1个百分点 = 26.3%
    if len(units) != 1:
        return False
    of = units.pop()
    divided = divided or unit in (TIMES, PERCENT)
    if unit == PERCENT and of != PERCENT:
        value *= 100
    elif not (unit == of or (divided and unit == TIMES) or (of == PERCENT and unit == POINTS)):
        return False
    digits = re.search(r"\.(\d+)", text)
    step = Decimal(1).scaleb(-len(digits[1]) if digits else 0)
    factor = to_number("1" + magnitude_of(text)) if magnitude_of(text) else None
    # What is written to one decimal may be off by half of it.
    return abs(value - own) <= step * (factor or 1) / 2
