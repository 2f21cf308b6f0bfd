"""Questions that set two sides of one matter against each other: kinds of a thing, target and outcome,
a part and its whole, an amount and what it is shared among.

``sides_of`` takes such a question apart, as ``policyqa.compare`` does for years and districts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from policyqa.beside import (
    OPPOSITES,
)
from policyqa.figures import find_figures
from policyqa.periods import find_periods
from policyqa.plans import EACH, Comparison, Part, Wish, comparison
from policyqa.positions import TWINS
from policyqa.question import words
from policyqa.units import UNIT

_CLAUSE = r"[^，。？；、]"
_OPPOSITES = tuple(
    frozenset(pair)
    for pair in (
        *OPPOSITES, ("实际", "预计"), ("实际", "计划"), ("实际", "目标"), ("完成", "计划"), ("男", "女"),
        ("新建", "改造"),
    )
)  # fmt: skip
_MORE = r"(?:多|少|高|低|大|小|快|慢|长|短|贵|便宜|久)"
_MANY = r"(?:多少|几[㐀-鿿]{0,2}|百分之几|多大)"
_WHICH_SIDE = re.compile(
    rf"^(?P<left>[^。？；]*?)(?:[和跟与同及]|、|还是)(?P<other>{_CLAUSE}{{1,10}}?)(?:两者|两种|两个|两类|之间|当中)?"
    rf"(?:，)?(?P<which>谁家?|哪(?:一?[个种类边家项样方头]|里|儿)?)(?:的)?(?P<tail>{_CLAUSE}{{0,12}}?{_MORE})(?=[，。？\s]|$)"
)
_AGAINST = re.compile(
    rf"^(?P<left>{_CLAUSE}*?)(?P<than>比|较|(?:离|距离?)|是)(?P<other>{_CLAUSE}{{1,12}}?)"
    rf"(?P<ask>(?:相差|差|多|少|高|低|大|快|慢|长|短|贵|便宜)(?:了|出)?[㐀-鿿]{{0,2}}?{_MANY}|的?(?:几|多少)倍)"
)
# 城乡收入差多少 · 城里人和农村人的收入差多少 · 城乡低保对象加起来多少人 · 城乡居民收入比
_TWIN_ASK = re.compile(
    rf"^(?P<before>{_CLAUSE}*?)(?:(?P<twin>{'|'.join(TWINS)})"
    r"|(?P<one>城里人?|城[镇市](?:居民)?|城区)[和与、跟同](?P<two>农村(?:居民|人)?|乡下人?|乡村))"
    rf"的?(?P<tail>{_CLAUSE}*?)(?:(?P<difference>(?:相差|差距(?:是|有)?|差)(?:了|出)?[㐀-鿿]{{0,2}}?{_MANY})"
    rf"|(?P<sum>(?:加起来|加在一起|合计|一共|总共)[是有]?{_MANY})|(?P<ratio>之?比[是为]?(?:多少|几)|[是有]?(?:几|多少)倍|比$))"
)
# 投资比计划少多少 · 超额多少个 · 前8个月完成全年计划的几成 · 计划完成率
_AIM = r"(?:原|年初|全年|年度|当年)?(?:计划|目标|任务|预算)"
_THAN_PLAN = re.compile(
    rf"^(?P<left>{_CLAUSE}{{4,}}?)(?:(?P<difference>[比较]{_AIM}数?的?(?:少|多|低|高|超|差)(?:了|出)?{_MANY}|超额(?:了|完成)?{_MANY}|[，,]?超(?:过|出|额)?了?{_AIM}数?了?{_MANY})"
    rf"|(?P<share>完成了?{_AIM}的?(?:几成|百分之几|百分之多少|多大?比例|多少(?!个|家|户|人|亿|万|元))|{_AIM}完成率))"
)
_SO_FAR = re.compile(r"前[\d一二三四五六七八九十]{1,2}个月|上半年|前三季度|[到截]至?\d{1,2}月[底末]")
# 票款加财政补贴合计多少亿
_ADDED = re.compile(
    rf"^(?P<left>{_CLAUSE}*?)加上?(?P<other>{_CLAUSE}{{2,10}}?)(?:一共|总共|合计|共计|合起来|加起来|总数)(?:是|有|为|达)?(?P<ask>{_MANY}{_CLAUSE}*)$"
)
_SHARE = re.compile(
    rf"(?P<part>{_CLAUSE}{{2,40}}?)占(?:了|到|全部)?(?P<whole>{_CLAUSE}{{1,12}}?)的?"
    r"(?:几成|百分之?几|百分之多少|多大(?:比例|比重)|多少比例|比例|比重|(?P<bare>多少$))"
)
_BEFORE = re.compile(r"原来|以前|之前|过去|上年|去年|同期|上次|它|这个")
# 目标完成没 · 超了多少 · 离目标还差多少 · 计划150部，实际建成几部
_TARGET = re.compile(r"目标|计划|任务(?!书)|原定|预期|预计|承诺|答应")
_REACHED = re.compile(
    r"(?:完成|实现|达到|达成|达标|做到|兑现|超额|超过)(?:了)?(?:没有?|吗|情况)|超(?:额|了|出|过)?了?(?:多少|几)"
    rf"|还?(?:差|缺)(?:了)?[㐀-鿿]{{0,1}}{_MANY}(?:[万亿]{{0,2}}(?:{UNIT.pattern})(?=[，。？]|$))?|实际(?:上)?[㐀-鿿]{{0,4}}{_MANY}|没完成|完不成"
)
_TARGET_WORDS = re.compile(
    r"(?:的?年度|年底|的)?(?:这个)?(?:目标|计划数?|任务数?|原定|预期|原本|承诺|答应)(?:是|为|的|数|要)?|最后|结果|到底|到头来|(?:完成|实现|达到|达成|做到|兑现|超额)(?:了)?(?:没有?|吗|情况)?[么呢]?$"
)
# 差多少钱，按2024年的 · 加起来多少，2024
_YEAR_LAST = re.compile(r"[，,]\s*(?:按|以|就)?((?:19|20)\d\d)年?(?:的|算)?$")
_NOISE = re.compile(r"(?:大概|大约|估算|请问|一下|究竟|到底)")


def sides_of(text: str, names: Sequence[str] = ()) -> Comparison | None:
    """How to answer a question on two sides of one matter, or None when it is none.

    Args:
        names: the places that it names; they belong to both sides.
    """
    plain = _NOISE.sub("", re.sub(r"[（(][^）)]*[）)]", "", text)).strip("？?。 ")
    plain, when = _period_first(_YEAR_LAST.sub(r"，\1年", plain))
    for read in (
        _plan_and_fact,
        _than_plan,
        _against_target,
        _twins,
        _added,
        _which_side,
        _shared_out,
        _share,
        _against,
    ):
        found = read(plain, when, names)
        if found is not None:
            return found
    return None


def _period_first(text: str) -> tuple[str, str]:
    """A question without a period that is said after it, and that period: 占百分之几，2024年."""
    periods = find_periods(text, None)
    last = periods[-1] if periods else None
    if last is None or not last.years or text[last.end :].strip(" 底末呢的"):
        return text, ""
    if len(periods) > 1 or not re.search(r"[，,\s]$", text[: last.start]):
        return text, ""
    return text[: last.start].rstrip("，, "), text[last.start :].rstrip("呢的 ")


def _part(label: str, question: str, when: str, wish: Wish = None, ask: str = "是多少") -> Part:
    question = re.sub(r"\s+", "", question).strip("，的")
    asked = question if re.search(r"多少|几", question) else question + ask
    return Part(label, f"{when}{asked}？", wish)


_WHY = re.compile("为什么|为啥|为何|原因|怎么没|咋没")


def _against_target(text: str, when: str, _: Sequence[str]) -> Comparison | None:
    """新增就业3.6万的目标完成没: what was aimed at, and what came of it."""
    if _WHY.search(text):
        return None  # 为啥没完成任务
    if not (_TARGET.search(text) and _REACHED.search(text)) or len(re.findall(r"完成率|率", text)) > 0:
        return None
    first = re.split(r"[，,。；]", text)[0]
    for figure in sorted(find_figures(first), key=lambda f: -f.start):
        if not re.search(r"率|比", first[max(0, figure.start - 3) : figure.start]):
            first = first[: figure.start] + first[figure.end :]
    # 目标1600, 3.6万的目标: a bare number is the target's.
    first = re.sub(r"(?<=目标|计划|任务|新增|新建)\d[\d.,]*[万千亿]?(?![年月日\d])", "", first)
    first = re.sub(
        r"(?:突破|达到|超过)?\d[\d.,]*[万千亿]?(?=的?(?:这个)?(?:年度)?(?:目标|任务|计划))", "", first
    )
    base = _TARGET_WORDS.sub("", _REACHED.sub("", first)).strip(" 的是为")
    counted = re.search(r"几([㐀-鿿]{1,2}?)(?=$|[，？]|百)", text)
    unit = counted[1] if counted else ""
    if len(base) < 4:
        return None
    ask = f"几{unit}" if unit else "多少"
    parts = [
        _part("实际", f"{base}{ask}", when, "fact"),
        _part("目标", f"{base}计划{ask}", when, "plan"),
    ]
    return comparison("side", parts, "difference")


def _twins(text: str, when: str, _: Sequence[str]) -> Comparison | None:
    match = _TWIN_ASK.search(text)
    if match is None:
        return None
    both = TWINS[match["twin"] or "城乡"]
    parts = [_part(side, match["before"] + side + match["tail"], when) for side in both]
    operation = next(name for name in ("difference", "sum", "ratio") if match[name])
    return comparison("side", parts, operation)  # type: ignore[arg-type]


def _added(text: str, when: str, names: Sequence[str]) -> Comparison | None:
    match = _ADDED.search(text)
    if match is None:
        return None
    before, one, _ = _counterpart(match["left"], match["other"], names, last=True)
    if not one:
        return None
    parts = [_part(side, f"{before}{side}{match['ask']}", when) for side in (one, match["other"])]
    return comparison("side", parts, "sum", stated=True)


# 2023年公厕新建计划与实际完成数是否一致 · 苎麻面积定的目标跟实际数比，完成没
_PLAN_AND_FACT = re.compile(
    rf"^(?P<left>{_CLAUSE}{{4,}}?)(?:定的?|原定|年初)?(?:的)?(?:计划|目标|任务)(?:数|是)?(?:与|和|跟|同)(?:[㐀-鿿]{{0,8}})?实际(?:上)?(?:完成|建成|做到)?(?:的)?(?:数字?|情况|结果)?"
    r"(?:(?:是否|是不是)?(?:一致|一样|相符)吗?|相?差(?:了)?(?:多少|几[㐀-鿿]{0,2})|(?:相|对)?比(?:如何|怎么样)?|(?:各|分别)(?:是|为)?(?:多少|几[㐀-鿿]{0,2}))"
)


def _plan_and_fact(text: str, when: str, _: Sequence[str]) -> Comparison | None:
    match = _PLAN_AND_FACT.search(text)
    if match is None:
        return None
    left = match["left"].strip("的，")
    parts = [_part("实际", f"{left}实际完成", when, "fact"), _part("目标", f"{left}计划", when, "plan")]
    return comparison("side", parts, "difference")


def _than_plan(text: str, when: str, names: Sequence[str]) -> Comparison | None:
    """投资比计划少多少: what was done, and what was planned for it."""
    match = _THAN_PLAN.search(text)
    if match is None:
        return None
    left = match["left"].strip("的，")
    about = re.sub(rf"(?:{'|'.join(map(re.escape, names)) or '-'})[省市区县]?|\d+年?度?", "", left)
    if len(about.strip("的，")) < 2:
        return None  # 2024年的计划完成率: of what is not said
    # 2024年改了多少公里，超计划多少
    counted = re.search(r"(?:多少|几)([㐀-鿿]{0,3})$", left)
    left, ask = (left[: counted.start()], f"多少{counted[1]}") if counted else (left, "是多少")
    parts = [
        _part("实际", f"{left}实际", when, "fact", ask),
        _part("目标", f"{_SO_FAR.sub('', left)}计划", when, "plan", ask),
    ]
    share = match["share"] is not None
    return comparison("side", parts, "share" if share else "difference", stated=share)


def _which_side(text: str, when: str, names: Sequence[str]) -> Comparison | None:
    match = _WHICH_SIDE.search(text)
    if match is None:
        return None
    other, _, attribute = match["other"].partition("的")
    before, one, after = _counterpart(match["left"], other, names, last=True)
    if not one:
        return None
    least = re.search(r"(?:少|低|小|慢|短|便宜)$", match["tail"]) is not None
    tail = attribute + after + re.sub(rf"最?更?{_MORE}$", "", match["tail"])
    asked = _asked_besides(text[match.end() :])
    parts = [_part(side, before + side + tail, when, ask=asked) for side in (one, other)]
    return comparison("side", parts, "least" if least else "most")


def _asked_besides(rest: str) -> str:
    """The unit that is asked for behind 谁多: 差几户 → 几户."""
    match = re.search(r"(?:差|多|少|高|低)了?(几[㐀-鿿]{1,2}|多少[㐀-鿿]{0,2})", rest)
    return match[1] if match else "是多少"


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
    before, one, after = _counterpart(match["left"], other, names, last=False)
    if not one:
        return None
    unit = re.search(r"几[㐀-鿿]{1,2}|多少[㐀-鿿]{0,2}", match["ask"])
    ask = unit.group() if unit and "倍" not in match["ask"] and "点" not in unit.group() else "是多少"
    parts = [_part(side, before + side + (after or attribute), when, ask=ask) for side in (one, other)]
    wishes = {"实际": "fact", "预计": "plan", "计划": "plan", "目标": "plan"}
    parts = [Part(p.label, p.question, wishes.get(p.label)) for p in parts]  # type: ignore[arg-type]
    return comparison("side", parts, "ratio" if "倍" in match["ask"] else "difference")


# 比农村居民收入高多少: the measure is of both.
_MEASURE_LAST = re.compile(
    r"(?<=[㐀-鿿]{2})(?:人均)?(?:可支配)?(?:收入|支出|产值|产量|面积|占比|覆盖率|满意率|增速|补[贴助]|标准|价格|人数|床位数?)$"
)
_YEAR_INSIDE = re.compile(r"(?<=[㐀-鿿])(?:19|20)\d\d年[底末]?(?=[㐀-鿿])")


def _counterpart(left: str, other: str, names: Sequence[str], last: bool) -> tuple[str, str, str]:
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


def _share(text: str, when: str, names: Sequence[str]) -> Comparison | None:
    match = _SHARE.search(text)
    if match is None:
        return None
    part = re.sub(r"(?:有|是)?(?:多少|几[㐀-鿿])$", "", match["part"].strip("，的"))
    whole = re.sub(r"^全部(?=[㐀-鿿])", "", match["whole"])
    if match["bare"] and not any(name in whole for name in names):
        return None  # 占比多少, 占了多少
    own = [name for name in names if name in part and name not in whole]
    if own and re.search(rf"全[省市区县]|{'|'.join(map(re.escape, names))}", whole):
        # 乙水区的产值占甲山全市: the same of the larger place.
        of_whole = re.sub(rf"{re.escape(own[-1])}[省市区县]?", whole, part, count=1)
    else:
        of_whole = _frame(match["part"], names) + whole
    parts = [_part(part, part, when), _part(whole, of_whole, when)]
    return comparison("side", parts, "share", stated=True)


def _frame(text: str, names: Iterable[str]) -> str:
    """The places and periods that a text names, in its order: what holds for the whole as for the part."""
    spans = [(p.start, p.end) for p in find_periods(text, None) if p.years]
    for name in names:
        if (match := re.search(rf"{re.escape(name)}(?:省|市|区|县)?", text)) is not None:
            spans.append(match.span())
    return "".join(text[start:end] for start, end in sorted(spans))


def _shared_out(text: str, when: str, _: Sequence[str]) -> Comparison | None:
    """适老化改造平均每户花多少: an amount, and how many it is shared among."""
    match = EACH.search(text)
    if match is None:
        return None
    unit = match["unit"]
    amount = text[: match.start()] + text[match.end() :]
    among = re.split(r"[，,]", text[: match.start()])[0]
    counted = among if len(among) >= 4 else amount
    parts = [
        _part("总数", amount, when),
        _part(
            f"{unit}数", re.sub(r"(?:花|用|补|拿)?了?(?:多少|几).*$", "", counted), when, ask=f"有多少{unit}"
        ),
    ]
    return comparison("side", parts, "each", stated=True)
