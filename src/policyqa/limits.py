"""Ranges and limits that make a condition: 75分（含）—90分, 六层及以下, 不足30分钟, 满一年.

A graded rule gives each grade its amount. A question that says where it stands (打了85分) is
answered by the amount of the grade that holds its value.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from policyqa.figures import find_figures
from policyqa.numerals import to_number
from policyqa.schema import Figure
from policyqa.text import fold
from policyqa.units import canonical

# In front of a value it is the least, or less than it is meant.
_LEAST = r"(?:满|不少于|不低于|不小于|至少|达到|达|最低)"
_OVER = r"(?:超过|超出|超|高于|大于|多于|突破|逾)"
_MOST = r"(?:不超过|不高于|不大于|不多于|未超过|最高|最多|至多)"
_UNDER = r"(?:不足|不满|不够|未满|未达到?|不到|低于|少于|小于|达不到)"
_FRONT = re.compile(rf"(?:(?P<most>{_MOST})|(?P<under>{_UNDER})|(?P<least>{_LEAST})|(?P<over>{_OVER}))了?$")
# 以上（含本数） · （含）以上 · 及以上 · (不含)以下
_BACK = re.compile(
    r"(?:\((?P<ex>不含)[㐀-鿿]{0,3}\)|\(?含[㐀-鿿]{0,2}\)?)?(?:及|或|含|\(含\))?(?P<word>以上|以下|以内|之内|以外|起)?"
    r"(?P<ex2>\(不含)?"
)
_INCLUDED = re.compile(r"\(含[㐀-鿿]{0,3}\)")
_TO = re.compile(r"(?P<in>\(含[㐀-鿿]{0,3}\))?\s*[-~至到]\s*")
_SCALE = {"周岁": (1, "岁"), "小时": (60, "分钟"), "年": (12, "个月"), "周年": (12, "个月"), "日": (1, "天")}
_DIGITS = "一二三四五六七八九"
_ENDS = re.compile(r"[；。\n]")
_APART = Decimal("0.000001")
"""By how much 不足30分钟 is taken to be less than 30, as a share."""


@dataclass(frozen=True, slots=True)
class Limit:
    """A stretch of values that stands at ``start:end`` of a text; None is no bound."""

    start: int
    end: int
    unit: str
    low: Decimal | None = None
    high: Decimal | None = None
    low_in: bool = True
    high_in: bool = True

    def holds(self, value: Decimal) -> bool:
        """Whether a value lies inside."""
        if self.low is not None and (value < self.low or (value == self.low and not self.low_in)):
            return False
        return self.high is None or value < self.high or (value == self.high and self.high_in)


@lru_cache(maxsize=4096)
def limits_in(text: str) -> tuple[Limit, ...]:
    """The ranges and limits of a text, in order.

    >>> [(str(l.low), str(l.high), l.high_in) for l in limits_in("75分（含）—90分 5万元")]
    [('75', '90', False)]
    """
    folded = fold(text)
    figures = find_figures(text)
    found: list[Limit] = []
    skip = -1
    for index, figure in enumerate(figures):
        if index == skip:
            continue
        following = figures[index + 1] if index + 1 < len(figures) else None
        value, unit = _measured(figure.value, figure.unit)
        if following is not None and _measured(following.value, following.unit)[1] == unit:
            between = _TO.fullmatch(folded, figure.end, following.start)
            if between and value < _measured(following.value, following.unit)[0]:
                skip = index + 1
                after = _INCLUDED.match(folded, following.end)
                # 75分（含）—90分: where one end is said to be in, the other is not.
                marked = bool(between["in"] or after)
                found.append(
                    Limit(
                        figure.start, after.end() if after else following.end, unit, value,
                        _measured(following.value, following.unit)[0],
                        bool(between["in"]) or not marked, bool(after) or not marked,
                    )
                )  # fmt: skip
                continue
        limit = _single(folded, figure, value, unit)
        if limit is not None:
            found.append(limit)
    return tuple(found)


def _single(folded: str, figure: Figure, value: Decimal, unit: str) -> Limit | None:
    if figure.high is not None:
        return Limit(figure.start, figure.end, unit, value, _measured(figure.high, figure.unit)[0])
    # The word may belong to the figure (不足30分钟) or stand before or behind it (满30分钟, 六层及以下).
    plain = figure.text
    number = re.search(r"[\d一二三四五六七八九十百千万两]", fold(plain))
    front = fold(plain[: number.start()]) if number else ""
    front = folded[max(0, figure.start - 4) : figure.start] + front
    inner = re.search(r"以上|以下|以内", plain)
    back = _BACK.match(folded, figure.end)
    word = inner.group() if inner else back["word"] if back else ""
    excluded = re.match(r"\(不含", folded[figure.end :]) if inner else back and (back["ex"] or back["ex2"])
    end = back.end() if back and word and not inner else figure.end
    if word in ("以上", "以外", "起"):
        return Limit(figure.start, end, unit, low=value, low_in=not excluded)
    if word in ("以下", "以内", "之内"):
        return Limit(figure.start, end, unit, high=value, high_in=not excluded)
    match = _FRONT.search(front)
    if match is None:
        return None
    if match["most"] or match["under"]:
        return Limit(figure.start, figure.end, unit, high=value, high_in=bool(match["most"]))
    return Limit(figure.start, figure.end, unit, low=value, low_in=bool(match["least"]))


def _measured(value: Decimal, unit: str) -> tuple[Decimal, str]:
    """A value in the unit that conditions are compared in: an hour is sixty minutes."""
    value, unit = canonical(value, unit)
    factor, base = _SCALE.get(unit, (1, unit))
    return value * factor, base


@lru_cache(maxsize=256)
def values_in(question: str) -> tuple[tuple[Decimal, str], ...]:
    """The values that a question says something stands at, each with its unit: 85分, 20万的车, 不到80%.

    >>> [(str(v), u) for v, u in values_in("换20万的新能源车，区里补多少？")]
    [('200000', '元')]
    """
    folded = fold(question)
    found = []
    for figure in find_figures(question):
        if figure.aspect == "rank":
            continue
        value, unit = _measured(figure.value, figure.unit)
        if figure.high is not None and re.search("[到至~-]", fold(figure.text)):
            continue  # 60到64岁 are all of them
        if figure.high is not None:
            found.append(((value + _measured(figure.high, figure.unit)[0]) / 2, unit))
            continue
        if about := re.match(rf"([{_DIGITS}])([{_DIGITS}])(?![{_DIGITS}十百千万])", fold(figure.text)):
            # 四五层 is no forty-five of them.
            one, two = (_DIGITS.index(digit) + 1 for digit in about.groups())
            if two == one + 1:
                found.append((_measured(Decimal(one + two) / 2, figure.unit)[0], unit))
                continue
        limit = _single(folded, figure, value, unit)
        if limit is not None and limit.high is not None and not (limit.high_in and "以" in figure.text):
            value -= abs(value) * _APART
        elif limit is not None and limit.low is not None and not limit.low_in:
            value += abs(value) * _APART
        found.append((value, unit))
    # 20万的车: money is said without its unit; 百岁老人 are a hundred years old.
    for match in re.finditer(r"(?<![\d.])(\d+(?:\.\d+)?)万(?:块钱?)?(?=的|左右|买|以|，|。|？|$)", folded):
        found.append((Decimal(match[1]) * 10000, "元"))
    # 正好100平, 60个平方: an area is said without its 米.
    for match in re.finditer(r"(?<![\d.])(\d+(?:\.\d+)?)个?(?:平方?|方)(?![米均公千向面案])", folded):
        found.append((Decimal(match[1]), "平方米"))
    if "百岁" in folded:
        found.append((Decimal(100), "岁"))
    return (*found, *((age, "岁") for age in _ages_in(folded)))


# 八十多的老人, 过了九十, 年过半百, 七旬老人: an age is said without its unit.
_AGE = re.compile(
    r"(?:年过|过了|上了|年满)(?P<past>[三四五六七八九]十|[3-9]0|[五六七八九]旬|半百)(?![岁周\d%家个万亿元天年月名])"
    r"|(?P<some>[三四五六七八九]十|[3-9]0)(?P<many>多|好几|来|出头)(?=的?老|的人|[，。？]|$)|(?P<ten>[五六七八九])旬(?=的?老)"
)


def _ages_in(folded: str) -> list[Decimal]:
    """The ages that a question names without 岁."""
    found = []
    for match in _AGE.finditer(folded):
        said = match["past"] or match["some"] or f"{match['ten']}旬"
        age = to_number({"半百": "五十"}.get(said, said.replace("旬", "十"))) or 0
        found.append(Decimal(age) + (5 if match["many"] in ("多", "好几") else 1))
    return found


def passage_limit_fit(question: str, text: str) -> float:
    """Whether a text names the stretch that the question's value lies in: 1 yes, −1 others, 0 none."""
    values = values_in(question)
    if not values:
        return 0.0
    return _fit(values, limits_in(text))


def figure_limit_fit(question: str, text: str, figure: Figure) -> float:
    """Whether the condition that a figure stands under holds for the question's value: 1, −1, or 0 for none.

    0.3 where it holds and a narrower one of the text does too: 满3年 for one who has 满5年 beside it.

    The condition is that of the figure's own name where it has one (paired by position), else the
    nearest in front of it in its sentence, or one in brackets behind it. A figure that is itself an
    end of a condition is no amount: −1.
    """
    values = values_in(question)
    if not values:
        return 0.0
    units = {unit for _, unit in values}
    limits = [limit for limit in limits_in(text) if limit.unit in units]
    own = [limit for limit in limits if limit.start < figure.end and figure.start < limit.end]
    if own:
        return -1.0 if re.match(r"\(|的|及|，|：|-|~|至", fold(text[own[0].end : own[0].end + 1])) else 0.0
    named = [limit for limit in limits_in(figure.lead) if limit.unit in units]
    if not named:
        named = [x for x in limits if x.start == figure.end + 1 and fold(text[figure.end]) == "("]
    if not named:
        named = [x for x in limits if x.end <= figure.start and not _ENDS.search(text, x.end, figure.start)]
    fit = _fit(values, named[-1:])
    if fit > 0 and any(_narrower(other, named[-1]) and _fit(values, [other]) > 0 for other in limits):
        return 0.3
    return fit


def _narrower(one: Limit, other: Limit) -> bool:
    """Whether two limits are open on the same side and the first one lets less in."""
    if one.high is None and other.high is None and one.low is not None and other.low is not None:
        return one.unit == other.unit and one.low > other.low
    if one.low is None and other.low is None and one.high is not None and other.high is not None:
        return one.unit == other.unit and one.high < other.high
    return False


def _fit(values: Sequence[tuple[Decimal, str]], limits: Sequence[Limit]) -> float:
    same = [(value, limit) for value, unit in values for limit in limits if limit.unit == unit]
    if not same:
        return 0.0
    return 1.0 if any(limit.holds(value) for value, limit in same) else -1.0


# 最多按多大面积算, 封顶多少 · 至少要几个人, 超过多少才能申请
_MOST_ASKED = re.compile(
    r"(?:最多|顶多|至多|封顶|上限|最高|顶格)[^，。？]{0,10}(?:多少|几|多[大长久高])|(?:多少|几[㐀-鿿]{0,2})(?:封顶|为限)"
)
_LEAST_ASKED = re.compile(
    r"(?:至少|起码|最少|不低于|不少于|门槛)[^，。？]{0,10}(?:多少|几|多[大长久高])"
    r"|(?:超过|满|达到?|不低于)(?:多少|几)[^，。？]{0,6}(?:才|可以|方可|就能|以上)"
)
_NO_MOST = re.compile(r"以上|不少于|不低于|不小于|至少|超过|逾|满|起$")
_NO_LEAST = re.compile(r"以下|以内|不超过|不高于|不多于|最高|最多|至多|上限|封顶|限额")


def other_bound(folded: str, figure: Figure) -> bool:
    """Whether a figure bounds on the other side: 500平方米以上 is not the most that counts.

    Args:
        folded: the question's text.
    """
    most, least = _MOST_ASKED.search(folded), _LEAST_ASKED.search(folded)
    said = fold(figure.approximation + figure.lead[-4:])
    if most is not None and least is None:
        return bool(_NO_MOST.search(said)) and not _NO_LEAST.search(said)
    if least is not None and most is None:
        return bool(_NO_LEAST.search(said)) and not _NO_MOST.search(said)
    return False
