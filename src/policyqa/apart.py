"""Questions by how much two things lie apart: 甲比乙贵多少, 甲和乙差多少, 甲多还是乙多.

What is set against what stands in the words beside the comparison; the rest of the question is of both.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from policyqa.beside import OPPOSITES
from policyqa.periods import find_periods
from policyqa.places import SUFFIX
from policyqa.plans import Comparison, Part, Wish, comparison
from policyqa.question import words

CLAUSE = r"[^，。？；、]"
_OPPOSITES = tuple(
    frozenset(pair)
    for pair in (
        *OPPOSITES, ("实际", "预计"), ("实际", "计划"), ("实际", "目标"), ("完成", "计划"), ("男", "女"),
        ("新建", "改造"),
    )
)  # fmt: skip
MORE = r"(?:多|少|高|低|大|小|快|慢|长|短|贵|便宜|久)"
MANY = r"(?:多少|几[㐀-鿿]{0,2}|百分之几|多大)"
_AGAINST = re.compile(
    rf"^(?P<left>{CLAUSE}*?)(?P<than>比|较|(?:离|距离?)|是)(?P<other>{CLAUSE}{{1,12}}?)"
    rf"(?P<ask>(?:相差|差|多|少|高|低|大|快|慢|长|短|贵|便宜)(?:了|出)?[㐀-鿿]{{0,2}}?{MANY}|的?(?:几|多少)倍)"
)


def side(label: str, question: str, when: str, wish: Wish = None, ask: str = "是多少") -> Part:
    question = re.sub(r"\s+", "", question).strip("，的")
    asked = question if re.search(r"多少|几", question) else question + ask
    return Part(label, f"{when}{asked}？", wish)


def _against(text: str, when: str, names: Sequence[str]) -> Comparison | None:
    match = _AGAINST.search(text)
    if match is None or (match["than"] == "是" and "倍" not in match["ask"]):
        return None
    # 城镇居民比农村居民2024年收入多多少: of when holds for both.
    if (inside := _YEAR_INSIDE.search(match["other"])) and not when:
        moved = text.replace(inside.group(), "", 1)
        return _against(moved, inside.group().strip(), names)
    if find_periods(match["other"], None) or re.fullmatch(
        r"(?:原来|以前|之前|过去|上年|去年|同期|上次|它|这个)", match["other"]
    ):
        return None
    other, _, attribute = match["other"].partition("的")
    if not attribute and (measure := _MEASURE_LAST.search(other)):
        other, attribute = other[: measure.start()], measure.group()
    before, one, after = counterpart(match["left"], other, names, last=False)
    if not one:
        return None
    unit = re.search(r"几[㐀-鿿]{1,2}|多少[㐀-鿿]{0,2}", match["ask"])
    ask = unit.group() if unit and "倍" not in match["ask"] and "点" not in unit.group() else "是多少"
    parts = [side(name, before + name + (after or attribute), when, ask=ask) for name in (one, other)]
    wishes = {"实际": "fact", "预计": "plan", "计划": "plan", "目标": "plan"}
    parts = [Part(p.label, p.question, wishes.get(p.label)) for p in parts]  # type: ignore[arg-type]
    return comparison("side", parts, "ratio" if "倍" in match["ask"] else "difference")


# 比农村居民收入高多少: the measure is of both.
_MEASURE_LAST = re.compile(
    r"(?<=[㐀-鿿]{2})(?:人均)?(?:可支配)?(?:收入|支出|产值|产量|面积|占比|覆盖率|满意率|增速|补[贴助]|标准|价格|人数|床位数?)$"
)
_YEAR_INSIDE = re.compile(r"(?<=[㐀-鿿])(?:19|20)\d\d年[底末]?(?=[㐀-鿿])")


def counterpart(left: str, other: str, names: Sequence[str], last: bool) -> tuple[str, str, str]:
    """What stands before, what is set against ``other``, and what stands behind it; empty when nothing is.

    Args:
        last: the counterpart stands right in front (甲和乙谁多); else anywhere (甲的收入比乙高多少).
    """
    tokens = words(left.rstrip("的 "))
    starts = [sum(map(len, tokens[:at])) for at in range(len(tokens) + 1)]
    left = "".join(tokens)
    best: tuple[float, int, int] | None = None
    for i in range(len(tokens)):
        for j in range(i + 1, len(tokens) + 1):
            piece = left[starts[i] : starts[j]]
            if (
                (last and j < len(tokens))
                or any(name in piece for name in names)
                or re.search(r"\d年|[，的\s]", piece)
                or (piece.startswith("年") and left[: starts[i]][-1:].isdigit())
            ):
                continue
            if abs(len(piece) - len(other)) > 3:
                continue
            worth = _likeness(piece, other)
            if not worth and not last:
                continue
            worth -= 0.3 * abs(len(piece) - len(other))
            if best is None or worth > best[0]:
                best = (worth, starts[i], starts[j])
    if best is None:
        return left, "", ""
    return left[: best[1]], left[best[1] : best[2]], left[best[2] :]


def _likeness(one: str, other: str) -> float:
    """How much two words look like two of a kind: 六楼 and 三楼, 城镇 and 农村."""
    if any(one in pair and other in pair for pair in _OPPOSITES):
        return 3.0
    shared = sum(character in other for character in set(one))
    return shared + (1.0 if one[-1:] == other[-1:] else 0.0)


_LAST_CLAUSE = rf"^(?P<frame>(?:[^。？；]*[，,])?)(?P<one>{CLAUSE}{{0,24}}?)"
_AT_MOST = r"(?:最[多高少]|至少|一共|总共|能|要|会|还|每一?[年月人亩台户天次]|的)*"
_DONE = r"[交补付花拿给收缴领奖拨罚建种产]"
# 月卡，一类区比二类区路外停车场最多贵多少 · 买20万的车，电车比油车多补多少钱
_THAN = re.compile(
    rf"{_LAST_CLAUSE}比(?P<other>{CLAUSE}{{1,18}}?){_AT_MOST}"
    rf"(?:相差|差|{MORE})(?:了|出)?(?P<done>{_DONE}?)(?P<many>(?:多少|几)[㐀-鿿]{{0,3}}|多大)$"
)
# 新建的和改建的最高能差多少钱
_BETWEEN = re.compile(
    rf"{_LAST_CLAUSE}[和跟与同](?P<other>{CLAUSE}{{1,14}}?){_AT_MOST}(?:相差|差距|差)(?:了|出|是|有)?(?P<done>)(?P<many>(?:多少|几)[㐀-鿿]{{0,3}}|多大)$"
)
# 财政补的多还是个人交的多，多多少
_OR = re.compile(
    rf"{_LAST_CLAUSE}(?:更)?(?P<more>{MORE})还是(?P<other>{CLAUSE}{{1,14}}?)(?:更)?(?P=more)"
    rf"[，,]?(?:分别|各|相?差|{MORE})*(?:了|出|是)?(?P<many>(?:多少|几)[㐀-鿿]{{0,3}})$"
)
_WHOLE = re.compile(r"(?P<whole>全[市省国区县])(?:平均)?(?:水平|数|值)?")
_LONG_AGO = re.compile(
    r"原|以前|之前|过去|上[年月次]|去年|前年|同期|它|这个|旧的?|老(?!人|年)|预算|概算|预期"
)


def _than(text: str, when: str, names: Sequence[str]) -> Comparison | None:
    match = _THAN.search(text)
    if match is None or find_periods(match["other"], None) or _LONG_AGO.match(match["other"]):
        return None
    return _set_apart(match, when, names)


def _between(text: str, when: str, names: Sequence[str]) -> Comparison | None:
    match = _BETWEEN.search(text)
    if match is None or find_periods(match["other"], None) or not match["one"]:
        return None
    return _set_apart(match, when, names)


def _set_apart(match: re.Match[str], when: str, names: Sequence[str]) -> Comparison | None:
    """Two sides and what is between them: 电车 and 油车, of 补多少钱 each."""
    frame, one, other = match["frame"].rstrip("，,"), match["one"], match["other"]
    ask = match["done"] + match["many"]
    ask = "是多少" if "点" in ask or ask == "多大" else ask
    if whole := _WHOLE.fullmatch(other):
        return _than_whole(frame + one, whole["whole"], when, names, ask)
    tail = ""
    between = match.re is _BETWEEN  # 新建的和改建的: both end so
    one = one.rstrip("的") if between else one
    if one.endswith("的") and "的" not in other:
        # 低保户自己掏的比监测对象少多少
        one, *rest = words(one.rstrip("的"))
        tail = "".join(rest)
    elif one:
        before, found, after = counterpart(other, one, names, last=False)
        if found and not before and after:
            other, tail = found, after  # 一类区, 二类区 of 路外停车场
        elif not found and not frame:
            # 养老站建设补助新建的比改建的: what stands in front is of both
            before, found, after = counterpart(one, other, names, last=True)
            if not found:
                return None
            if between and not _likeness(found, other):
                *more, last = words(found)  # 补助新建 of 建设补助新建的和闲置房改的
                before, found = before + "".join(more), last
            frame, one = before, found
    if len(frame + one) < 2:
        return None
    own = "，".join(piece for piece in (frame, one + tail) if piece)
    against = "，".join(piece for piece in (frame if one else _of(frame, names), other + tail) if piece)
    parts = [side(one or frame, own, when, ask=ask), side(other, against, when, ask=ask)]
    return comparison("side", parts, "difference")


def _of(frame: str, names: Sequence[str]) -> str:
    """What a question is about without the place that has it: 甲县给学生的午餐补助 → 学生的午餐补助."""
    return re.sub(f"{_any_of(names)}给?", "", frame) if names else frame


def _any_of(names: Sequence[str]) -> str:
    """A pattern of some places with their suffix, the longest first."""
    longest = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    return rf"(?:{longest}){SUFFIX}?"


def _than_whole(own: str, whole: str, when: str, names: Sequence[str], ask: str) -> Comparison | None:
    """覆盖率比全市低多少: the same of the larger place."""
    larger = re.sub(_any_of(names), whole, own, count=1) if names else own
    if larger == own:
        return None
    ask = "是多少" if ask.startswith("多少") and len(ask) == 2 else ask
    parts = [side("本地", own, when, ask=ask), side(whole, larger, when, ask=ask)]
    return comparison("side", parts, "difference")


def _or(text: str, when: str, names: Sequence[str]) -> Comparison | None:
    match = _OR.search(text)
    if match is None or find_periods(match["other"], None):
        return None
    frame, one, other = match["frame"].rstrip("，,"), match["one"].rstrip("的"), match["other"].rstrip("的")
    before, found, after = counterpart(one, other, names, last=True)
    if not found or after:
        return None
    least = match["more"] in ("少", "低", "小", "慢", "短", "便宜")
    parts = [
        side(name, "，".join(p for p in (frame, before + name) if p), when, ask=match["many"])
        for name in (found, other)
    ]
    return comparison("side", parts, "least" if least else "most")


APART = (_against, _than, _between, _or)
"""The ways to read such a question, each tried in turn: text, period said last, names of places."""
