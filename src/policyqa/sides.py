"""Questions that set two sides of one matter against each other: kinds of a thing, target and outcome,
a part and its whole, an amount and what it is shared among.

``sides_of`` takes such a question apart, as ``policyqa.compare`` does for years and districts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from policyqa.apart import APART, CLAUSE, MANY, MORE, counterpart, side
from policyqa.compute import Operation
from policyqa.figures import find_figures
from policyqa.periods import find_periods
from policyqa.plans import EACH, Comparison, comparison
from policyqa.positions import TWINS
from policyqa.units import UNIT

_WHICH_SIDE = re.compile(
    rf"^(?P<left>[^。？；]*?)(?:[和跟与同及]|、|还是)(?P<other>{CLAUSE}{{1,10}}?)(?:两者|两种|两个|两类|之间|当中)?"
    rf"(?:，)?(?P<which>谁家?|哪(?:一?[个种类边家项样方头]|里|儿)?)(?:的)?(?P<tail>{CLAUSE}{{0,12}}?{MORE})(?=[，。？\s]|$)"
)
# 城乡收入差多少 · 城里人和农村人的收入差多少 · 城乡低保对象加起来多少人 · 城乡居民收入比
_TWIN_ASK = re.compile(
    rf"^(?P<before>{CLAUSE}*?)(?:(?P<twin>{'|'.join(TWINS)})"
    r"|(?P<one>城里人?|城[镇市](?:居民)?|城区)[和与、跟同](?P<two>农村(?:居民|人)?|乡下人?|乡村))"
    rf"的?(?P<tail>{CLAUSE}*?)(?:(?P<difference>(?:相差|差距(?:是|有)?|差)(?:了|出)?[㐀-鿿]{{0,2}}?{MANY})"
    rf"|(?P<sum>(?:加起来|加在一起|合计|一共|总共)[是有]?{MANY})|(?P<ratio>之?比[是为]?(?:多少|几)|[是有]?(?:几|多少)倍|比$))"
)
# 投资比计划少多少 · 超额多少个 · 前8个月完成全年计划的几成 · 计划完成率
_AIM = r"(?:原|年初|全年|年度|当年)?(?:计划|目标|任务|预算)"
_THAN_PLAN = re.compile(
    rf"^(?P<left>{CLAUSE}{{4,}}?)(?:(?P<difference>[比较]{_AIM}数?的?(?:少|多|低|高|超|差)(?:了|出)?{MANY}|超额(?:了|完成)?{MANY}|[，,]?超(?:过|出|额)?了?{_AIM}数?了?{MANY})"
    rf"|(?P<share>完成了?{_AIM}的?(?:几成|百分之几|百分之多少|多大?比例|多少(?!个|家|户|人|亿|万|元))|{_AIM}完成率))"
)
_SO_FAR = re.compile(r"前[\d一二三四五六七八九十]{1,2}个月|上半年|前三季度|[到截]至?\d{1,2}月[底末]")
# 票款加财政补贴合计多少亿
_ADDED = re.compile(
    rf"^(?P<left>{CLAUSE}*?)加上?(?P<other>{CLAUSE}{{2,10}}?)(?:一共|总共|合计|共计|合起来|加起来|总数)(?:是|有|为|达)?(?P<ask>{MANY}{CLAUSE}*)$"
)
_SHARE = re.compile(
    rf"(?P<part>{CLAUSE}{{2,40}}?)占(?:了|到|全部)?(?P<whole>{CLAUSE}{{1,12}}?)的?"
    r"(?:几成|百分之?几|百分之多少|多大(?:比例|比重)|多少比例|比例|比重|(?P<bare>多少$))"
)
_BEFORE = re.compile(r"原来|以前|之前|过去|上年|去年|同期|上次|它|这个")
# 目标完成没 · 超了多少 · 离目标还差多少 · 计划150部，实际建成几部
_TARGET = re.compile(r"目标|计划|任务(?!书)|原定|预期|预计|承诺|答应")
_REACHED = re.compile(
    r"(?:完成|实现|达到|达成|达标|做到|兑现|超额|超过)(?:了)?(?:没有?|吗|情况)|超(?:额|了|出|过)?了?(?:多少|几)"
    rf"|还?(?:差|缺)(?:了)?[㐀-鿿]{{0,1}}{MANY}(?:[万亿]{{0,2}}(?:{UNIT.pattern})(?=[，。？]|$))?|实际(?:上)?[㐀-鿿]{{0,4}}{MANY}|(?:年底|最后|到头来)?(?:做到|完成|达到|实现)了?{MANY}|没完成|完不成"
)
_WHETHER = re.compile(r"(?:超额)?(?:完成|实现|达到|达成)(?:了)?(?:目标|任务|计划)了?(?:没有?|吗)[么呢]?")
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
        _which_of_list,
        _which_side,
        _shared_out,
        _share,
        *APART,
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


_WHY = re.compile("为什么|为啥|为何|原因|怎么没|咋没")


def _against_target(text: str, when: str, _: Sequence[str]) -> Comparison | None:
    """新增就业3.6万的目标完成没: what was aimed at, and what came of it."""
    if _WHY.search(text):
        return None  # 为啥没完成任务
    if not (_TARGET.search(text) and _REACHED.search(text)) or re.search("完成率|达标率|兑现率", text):
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
    first = _WHETHER.sub("", first)
    base = _TARGET_WORDS.sub("", _REACHED.sub("", first)).strip(" 的是为")
    base = re.sub(r"(?:多少|几)[㐀-鿿]{0,2}$", "", base)
    # 签约率，2023年目标是多少、年底做到多少: of the year said behind it
    if not when and not any(p.years for p in find_periods(base, None)):
        named = {p.years: p.text for p in find_periods(text, None) if p.years and p.text[:2].isdigit()}
        when = next(iter(named.values())) if len(named) == 1 else ""
    counted = re.search(r"几([㐀-鿿]{1,2}?)(?=$|[，？]|百)", text)
    unit = counted[1] if counted else ""
    if len(base) < 4:
        return None
    ask = f"几{unit}" if unit else "多少"
    parts = [
        side("实际", f"{base}{ask}", when, "fact"),
        side("目标", f"{base}计划{ask}", when, "plan"),
    ]
    return comparison("side", parts, "difference")


def _twins(text: str, when: str, _: Sequence[str]) -> Comparison | None:
    match = _TWIN_ASK.search(text)
    if match is None:
        return None
    both = TWINS[match["twin"] or "城乡"]
    parts = [side(name, match["before"] + name + match["tail"], when) for name in both]
    operation = next(name for name in ("difference", "sum", "ratio") if match[name])
    return comparison("side", parts, operation)  # type: ignore[arg-type]


def _added(text: str, when: str, names: Sequence[str]) -> Comparison | None:
    match = _ADDED.search(text)
    if match is None:
        return None
    before, one, _ = counterpart(match["left"], match["other"], names, last=True)
    if not one:
        return None
    parts = [side(name, f"{before}{name}{match['ask']}", when) for name in (one, match["other"])]
    return comparison("side", parts, "sum", stated=True)


# 2023年公厕新建计划与实际完成数是否一致 · 苎麻面积定的目标跟实际数比，完成没
_PLAN_AND_FACT = re.compile(
    rf"^(?P<left>{CLAUSE}{{4,}}?)(?:定的?|原定|年初)?(?:的)?(?:计划|目标|任务)(?:数|是)?(?:与|和|跟|同)(?:[㐀-鿿]{{0,8}})?实际(?:上)?(?:完成|建成|做到)?(?:的)?(?:数字?|情况|结果)?"
    r"(?:(?:是否|是不是)?(?:一致|一样|相符)吗?|相?差(?:了)?(?:多少|几[㐀-鿿]{0,2})|(?:相|对)?比(?:如何|怎么样)?|(?:各|分别)(?:是|为)?(?:多少|几[㐀-鿿]{0,2}))"
)


def _plan_and_fact(text: str, when: str, _: Sequence[str]) -> Comparison | None:
    match = _PLAN_AND_FACT.search(text)
    if match is None:
        return None
    left = match["left"].strip("的，")
    parts = [side("实际", f"{left}实际完成", when, "fact"), side("目标", f"{left}计划", when, "plan")]
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
        side("实际", f"{left}实际", when, "fact", ask),
        side("目标", f"{_SO_FAR.sub('', left)}计划", when, "plan", ask),
    ]
    share = match["share"] is not None
    return comparison("side", parts, "share" if share else "difference", stated=share)


# 科技、教育、卫生、文化四样，哪样增幅最大
_WHICH_OF_LIST = re.compile(
    rf"^(?P<head>[^，。？；、]*)(?P<items>[㐀-鿿]{{2}}(?:、[㐀-鿿]{{2,6}}?){{1,5}}(?:[和及与][㐀-鿿]{{2,6}}?)?)"
    rf"(?:这?[两三四五六七](?:样|项|类|种|个|块|方面)|等)(?:里头?|中|之中)?[，,]?哪(?:一?[样项类种个块]|方面)(?:的)?(?P<tail>{CLAUSE}{{0,12}}?{MORE})(?=[，。？\s]|$)"
)


def _which_of_list(text: str, when: str, _: Sequence[str]) -> Comparison | None:
    match = _WHICH_OF_LIST.search(text)
    if match is None:
        return None
    tail, operation = _measured_by(match["tail"])
    names = re.split("[、和及与]", match["items"])
    parts = [side(name, match["head"] + name + tail, when) for name in names]
    return comparison("side", parts, operation)


def _measured_by(tail: str) -> tuple[str, Operation]:
    """What of several is looked at, and whether the most or the least of it is asked for.

    >>> _measured_by("增幅最大"), _measured_by("涨得慢")
    (('增幅', 'most'), ('增速', 'least'))
    """
    least = re.search(r"(?:少|低|小|慢|短|便宜)$", tail) is not None
    # 谁涨得快: how fast is a rate
    measure = re.sub(r"(?:实际)?(?:增长?|涨|升)得$", "增速", re.sub(rf"最?更?{MORE}$", "", tail))
    return measure, "least" if least else "most"


def _which_side(text: str, when: str, names: Sequence[str]) -> Comparison | None:
    match = _WHICH_SIDE.search(text)
    if match is None:
        return None
    other, _, attribute = match["other"].partition("的")
    before, one, after = counterpart(match["left"], other, names, last=True)
    if not one:
        return None
    measure, operation = _measured_by(match["tail"])
    tail = attribute + after + measure
    asked = _asked_besides(text[match.end() :])
    parts = [side(name, before + name + tail, when, ask=asked) for name in (one, other)]
    return comparison("side", parts, operation)


def _asked_besides(rest: str) -> str:
    """The unit that is asked for behind 谁多: 差几户 → 几户."""
    match = re.search(r"(?:差|多|少|高|低)了?(几[㐀-鿿]{1,2}|多少[㐀-鿿]{0,2})", rest)
    return match[1] if match else "是多少"


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
    parts = [side(part, part, when), side(whole, of_whole, when)]
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
        side("总数", amount, when),
        side(
            f"{unit}数", re.sub(r"(?:花|用|补|拿)?了?(?:多少|几).*$", "", counted), when, ask=f"有多少{unit}"
        ),
    ]
    return comparison("side", parts, "each", stated=True)
