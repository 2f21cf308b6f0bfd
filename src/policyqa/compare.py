"""Questions that compare: the same indicator of several years, districts or sides.

``plan`` takes such a question apart into single questions, each answered by itself from the
documents; ``policyqa.compared`` puts the answers together.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from policyqa.comparing_words import FROM_TO, plain, plainly
from policyqa.compute import Operation
from policyqa.periods import Period, find_periods
from policyqa.places import SUFFIX
from policyqa.plans import BOTH_ENDS, By, Comparison, Known, Part, comparison
from policyqa.question import with_years
from policyqa.schema import Answer
from policyqa.sides import sides_of
from policyqa.text import fold

_OPERATIONS: tuple[tuple[Operation, re.Pattern[str]], ...] = (
    ("ends", BOTH_ENDS),
    ("least", re.compile(r"(?P<l>[少低小慢短])还是[^，。？]{1,12}(?P=l)|哪[^，。？]{0,16}?(?:最少|最低|最小|最慢|更少|更低|更小|(?<![减缺多])少(?=[，？]|$)|低(?=[，？]|$))|谁[^，。？]{0,12}?(?:(?<!多)少|低|小|慢)(?=[，？\s]|$)")),
    ("most", re.compile(r"(?P<m>[多高大快长])还是[^，。？]{1,12}(?P=m)|哪[^，。？]{0,16}?(?:最|更|多(?=[，？]|$)|高(?=[，？]|$)|大(?=[，？]|$)|快(?=[，？]|$))|排名|排序|从高到低|谁(?:最|更|[^，。？]{0,12}?(?:多|高|大|快)(?=[，？\s]|$))")),
    ("ratio", re.compile(r"(?:几|多少)倍|倍数")),
    ("mean", re.compile(r"平均(?:每年|每个?区县?|下来)|年均(?!浓度)")),
    ("sum", re.compile(r"合计|一共|总共|加起来|加总|总和|[加合](?:在|到)?一(?:起|块儿?)|合起来|共计")),
    ("growth", re.compile(r"(?:增长|下降|上升)了?(?:多少|几|百分之几)(?!家|个(?!百分)|户|人|亿|万|项|件|所|台|辆|元)|增幅|增速|涨幅|降幅|增长率")),
    ("difference", re.compile(r"相差|差距|差[别异](?=[，。？?]|$)|差了?(?:多少|几)|(?:多|少|高|低|贵|便宜|长|短|快|慢|早|晚)(?:了|出)?(?:多少|几)|(?:(?<!新)净?增加?|净?减少?|提高|降低)了?(?:多少|几)|变化(?:了)?(?:多少|多大)|(?:涨|升|降|跌|提|减|加|快|慢|(?<!增)长|缩短|压缩|延长)了?(?:多少|几)|比[^，。？]{1,20}[多少](?!少)[㐀-鿿]{1,2}了?(?:多少|几)|[多少](?!少)[㐀-鿿]{1,2}了(?:多少|几)")),
)  # fmt: skip
_JOINT = re.compile(
    r"^[\s，、和与及跟同加到至比较对相的,]*(?:[多少高低大小快慢]?还是|以及|还有|相比|对比|再到|又)?[\s，、]*$"
)
_TOGETHER = re.compile(
    r"分别|依次|各(?![区县地类位种项级方科])|离|距|又是|各自|相比|对比|比(?!例|重|较好|率)|较(?=\d|上)|变化|以及|合计|一共|总共|加起来|总和|平均"
)
_WHICH_PLACE = re.compile(
    r"(?:哪一?个|哪些|各个?|每个)(?:区县|县区|县市区|区市县|区|县|地方)(?!域|级)(?:的)?|[两三四五六七八九十几]个区?县(?=分别|各)|[两三四五六七八九十几]个?(?:区县|县区|县市区|区|县)(?:里|中|当中|之中)(?=[^？]*(?:哪|谁|最))|哪[里边儿](?=的?.{0,12}(?:最|更))"
)
_WHICH_YEAR = re.compile(
    r"哪一?年(?=.{0,16}(?:最|更))|历年|逐年|各年(?:度)?|每一?年(?=[^，。]{0,14}(?:分别|各|都|是多少|情况))|近几年|这几年"
)
_SPAN = re.compile(
    r"(?P<from>(?:19|20)\d\d)年?[到至—~→-](?P<to>(?:19|20)\d\d)年?(?:这?[两三四五六]年)?(?:之?间|期间|里)?"
)
_RELATIVE = re.compile(r"去年|上一?年|前年|今年|明年|本年|目前|近")
_LAST_YEAR = re.compile(r"(?:比|较|同)(?:上一?年|去年|前一年|一年前|上年度)(?:同期)?")
_AGAINST = re.compile(r"^(?P<what>[^，。？；]{0,30}?)(?:比|较|是|为|相当于|同|跟|和|与|距离?|离)$")


def plan(text: str, today: date, named: Sequence[str], known: Known) -> Comparison | None:
    """How to answer a question by comparing, or None when it is a single one.

    Args:
        named: the stems of the known places that it names.
        known: what else there is to compare with, for 哪个区最多 and 历年.
    """
    if _POLICY_CHANGED.search(text):
        return None
    text, both_ends = plainly(with_years(text), named)
    operation = _operation(text)
    # 增速23年、24年分别第几: each its own, nothing to compute.
    if operation in ("growth", "difference") and _EACH_CHANGE.search(text):
        operation = None
    if found := _against_year(text, operation):
        return found
    periods = [
        p
        for p in find_periods(text, today)
        if len(p.years) == 1
        and not _RELATIVE.search(p.text)
        and text[p.start - 1 : p.start] not in ("（", "(")
    ]
    periods = list({(p.years, p.part): p for p in periods}.values())
    spots = _place_spots(text, named, known.places)
    # 栖川的优良天数，松垭区比桐浦区多几天: the city is where they lie, not one of them.
    lower = [s for s in spots if any(s[2] in name or name in s[2] for name in known.places)]
    spots = lower if len(lower) > 1 else spots
    if share := _share(text, spots):
        return share
    if (both_ends or operation in ("difference", "growth")) and (match := FROM_TO.search(text)):
        # 养老床位2021年底到2024年底净增多少: what there was at either end.
        before, tail = text[: match.start()], text[match.end() :]
        # 22到24年底: the years of now.
        full = [re.sub(r"^(?=\d\d(?:\D|$))", "20", match[name]) for name in ("from", "to")]
        names = [re.sub(r"(?<=\d{4})(?=$|[底末初])", "年", name) for name in full]
        parts = [Part(name, plain(f"{before}{name}{tail}")) for name in names]
        return comparison("period", parts, operation, stated=True)
    if operation in ("sum", "mean") and (match := FROM_TO.search(text)):
        return _year_by_year(text, match, operation)
    if operation in ("difference", "growth", "ratio"):
        # 松垭区的充电桩比枫渡县多多少, 2023年新增学位是2022年的几倍: what is compared stands between.
        options: tuple[tuple[By, list[tuple[int, int, str]]], ...] = (
            ("place", spots),
            ("period", [(p.start, p.end, p.text) for p in periods]),
        )
        for by, spans in options:
            if len(spans) == 2 and (match := _AGAINST.match(text[spans[0][1] : spans[1][0]])):
                return _against(text, by, spans, match["what"], operation, named)
    gaps = [text[a[1] : b[0]].strip() for a, b in pairwise(spots)]
    added = bool(gaps) and operation is None and all(gap in ("加", "加上") for gap in gaps)
    operation = "sum" if added else operation
    if len(spots) > 1 and (added or _listed(text, [(s, e) for s, e, _ in spots])):
        return _by_place(text, spots, operation, named)
    # 24年底几家，24年新增几家 asks two things of one year.
    same_year = len({p.years for p in periods}) == 1 and not all(p.part for p in periods)
    if len(periods) > 1 and not same_year and _listed(text, [(p.start, p.end) for p in periods]):
        return _by_period(text, periods, operation)
    if group := _of_group(text, operation, known.places):
        return group
    slot = _WHICH_PLACE.search(text)
    if (
        slot
        and not any(name in spot or spot in name for _, _, spot in spots for name in known.places)
        and (_figures_asked(text))
    ):
        parts = [Part(p, plain(text[: slot.start()] + p + text[slot.end() :])) for p in known.places]
        return comparison("place", parts, operation, stated=True)
    slot = _WHICH_YEAR.search(text)
    if both_ends and not periods:
        return None  # 这几年从多少提到多少: one sentence may say so
    if slot and _figures_asked(text[: slot.start()] + text[slot.end() :] if "几" in slot.group() else text):
        years = known.years
        # 2021到2023三年哪一年最多: of these
        if span := _SPAN.search(text[: slot.start()]):
            years = tuple(range(int(span["to"]), int(span["from"]) - 1, -1))
            text = text[: span.start()] + text[span.end() :]
            slot = _WHICH_YEAR.search(text) or slot
        parts = [Part(f"{y}年", plain(f"{text[: slot.start()]}{y}年{text[slot.end() :]}")) for y in years]
        return comparison("period", parts, operation, stated=False)
    slot = _LAST_YEAR.search(text)
    if slot and operation in ("difference", "growth") and not re.search(r"多少|几", text[: slot.start()]):
        return _with_last_year(text, slot, periods, operation, today)
    if now := _than_year(text, periods, operation):
        return now
    return sides_of(text, named)


# 电动船比2020年底多了几条: what there is now, and what there was then.
_THAN_YEAR = re.compile(
    r"[，,]?(?:比|较|跟|和|与|同)(?:到)?(?P<year>(?:19|20)\d\d年[底末初]?)(?:的)?(?:相比|比)?[，,]?"
)


def _than_year(text: str, periods: Sequence[Period], operation: Operation | None) -> Comparison | None:
    match = _THAN_YEAR.search(text)
    if match is None or len(periods) != 1 or operation not in ("difference", "growth", "ratio"):
        return None
    before, tail = text[: match.start()], text[match.end() :]
    if re.search("多少|几", before) or len(before) < 4:
        return None
    parts = [Part("现在", plain(before + tail)), Part(match["year"], plain(f"{before}{match['year']}{tail}"))]
    return comparison("period", parts, operation, stated=True)


# 助餐政策有什么变化: no figures tell
_POLICY_CHANGED = re.compile(
    r"(?:政策|办法|做法|规定|条件|流程|说法|态度)[^，。？\d]{0,4}(?:什么|哪些|啥|何)变化"
)
_EACH_CHANGE = re.compile(
    r"第几|(?:增[速幅]|[涨降]幅|增长率)[^，。]*(?:分别|各是|各为|各多少)|(?:分别|各)[^，。]{0,4}(?:增|提高|下降|上升|[涨降减])[^差]*$"
)
# 2024年改了多少户，比2021年多多少: the first clause is asked of both years.
_AGAINST_YEAR = re.compile(
    r"^(?P<before>[^，。？]*?)(?P<year>(?:19|20)\d\d年[底末初]?)(?P<after>[^，。？]*(?:多少|几)[^，。？]*)[，,]\s*(?:比|较|同|跟)"
    r"(?P<other>(?:19|20)\d\d年[底末初]?)(?:相比)?(?P<ask>[^，。？]{1,10}(?:多少|几)[^，。？]*)"
)


def _against_year(text: str, operation: Operation | None) -> Comparison | None:
    match = _AGAINST_YEAR.search(text)
    if match is None or operation not in ("difference", "growth", "ratio"):
        return None
    aim = _AIM.match(match["ask"])  # 跟2025年目标差多少间: the target is of its year alone
    own = {"year": "", "other": aim.group() if aim else ""}
    parts = [
        Part(match[name], f"{match['before']}{match[name]}{more}{match['after']}？")
        for name, more in own.items()
    ]
    return comparison("period", parts, operation, stated=True)


_MOST_YEARS = 6
"""How many years are added up."""


def _year_by_year(text: str, span: re.Match[str], operation: Operation) -> Comparison | None:
    """2022到2024三年一共新增多少: of each year, where no document says it of all."""
    first, last = (int(re.sub(r"^(?=\d\d(?:\D|$))", "20", span[name])[:4]) for name in ("from", "to"))
    if not 0 < last - first < _MOST_YEARS or re.search("[底末初月]", span.group()):
        return None  # what there is at the end of each has no sum
    tail = re.sub(r"^年?(?:这?[两三四五六]年)?(?:间|期间|里)?", "", text[span.end() :])
    parts = [Part(f"{y}年", plain(f"{text[: span.start()]}{y}年{tail}")) for y in range(first, last + 1)]
    return comparison("period", parts, operation, stated=True)


# 2024年下半年一共来了多少游客, where a document tells of each quarter
_QUARTERS = {"上半年": "一二", "下半年": "三四", "前三季度": "一二三"}
_PART_OF_YEAR = re.compile("|".join(_QUARTERS))
_NO_SUM = re.compile(r"[年月]?[末底]|余额|累计|现有|在[册岗校读园]|率|比|平均|均|最|增[速幅]|第几|排名")


def quarters(text: str, want: str) -> Comparison | None:
    """The quarters of a half year whose figures add up to what is asked; None where they do not."""
    match = _PART_OF_YEAR.search(text)
    if match is None or want not in ("figure", "money") or _NO_SUM.search(text):
        return None
    parts = [
        Part(f"{name}季度", plain(f"{text[: match.start()]}{name}季度{text[match.end() :]}"))
        for name in _QUARTERS[match.group()]
    ]
    return comparison("period", parts, "sum")


def tells_half(text: str, answer: Answer) -> bool:
    """Whether an answer speaks of the half year that a question asks for."""
    match = _PART_OF_YEAR.search(text)
    quotes = "".join(citation.quote for citation in answer.citations)
    return match is not None and answer.status == "answered" and match.group() in answer.text + quotes


_NUMBERS = {"两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6}
_GROUP = re.compile(rf"(?P<count>[{''.join(_NUMBERS)}2-6])个(?P<kind>[区县])(?![县区域级])")


def _of_group(text: str, operation: Operation | None, districts: Sequence[str]) -> Comparison | None:
    """三个县加起来多少: of all counties, where there are as many as said."""
    match = _GROUP.search(text)
    if match is None or operation != "sum" or not _figures_asked(text):
        return None
    count = _NUMBERS.get(match["count"]) or int(match["count"])
    named = [name for name in districts if name.endswith(match["kind"])]
    if len(named) != count:
        return None
    parts = [Part(name, plain(text[: match.start()] + name + text[match.end() :])) for name in named]
    return comparison("place", parts, operation, stated=True)


# 榆舫区2024年末人口占全市几成 · 旧改资金里专项债占百分之几
_SHARE_ASKED = r"(?:几成|百分之几|百分之多少|多大?比例|多少比例|比例|比重|多少(?=[，。？?]|$))(?:是多少|有多少|多少)?[？?]?$"
_OF_WHOLE = re.compile(
    rf"^(?P<part>[^，。？]{{4,40}}?)占(?:了|到)?全(?P<whole>[㐀-鿿]{{1,4}}?)的?{_SHARE_ASKED}"
)
_OF_SUM = re.compile(
    rf"^(?P<place>[^，。？]{{2,12}}(?:19|20)\d\d年[底末]?)(?P<part>[^，。？]{{2,12}}?)占(?:了|到)?(?P<whole>总[㐀-鿿]{{1,8}}?)的?{_SHARE_ASKED}"
)
_OF_KIND = re.compile(
    rf"^(?P<whole>[^，。？]{{4,30}}?)(?:里头?|里面|中|当中|之中)(?P<part>[^，。？]{{2,12}}?)占(?:了|到)?的?{_SHARE_ASKED}"
)


def _share(text: str, spots: Sequence[tuple[int, int, str]]) -> Comparison | None:
    """A part and its whole, where their share is asked for; None when the whole is not named."""
    if match := _OF_WHOLE.search(text):
        inside = [spot for spot in spots if spot[1] <= match.end("part")]
        if not inside:
            return None
        start, end, name = inside[-1]
        larger = match["whole"] if len(match["whole"]) > 1 else f"全{match['whole']}"
        parts = [
            Part(name, match["part"]),
            Part(larger, text[:start] + larger + text[end : match.end("part")]),
        ]
        by: By = "place"
    elif match := _OF_SUM.search(text):
        whole = match["whole"]
        parts = [Part(match["part"], match["place"] + match["part"]), Part(whole, match["place"] + whole)]
        by = "side"
    elif match := _OF_KIND.search(text):
        parts = [Part(match["part"], match["whole"] + match["part"]), Part("总数", match["whole"] + "总数")]
        by = "side"
    else:
        return None
    asked = [Part(part.label, f"{re.sub('的$', '', part.question)}是多少？") for part in parts]
    return comparison(by, asked, "share", stated=True)


def _operation(text: str) -> Operation | None:
    folded = fold(text)
    return next((name for name, pattern in _OPERATIONS if pattern.search(folded)), None)


_BEST = re.compile(r"最?(?:好|差|强|优秀?|先进|落后)(?:的?是哪|[？?]?$)")


def _figures_asked(text: str) -> bool:
    if _BEST.search(text) and not re.search(r"多少|几|数|率|比|量|额", text):
        return False  # 哪个区最好: no figure says it
    return re.search(r"多少|几(?!个区|个县)|最|排名|排序|更[多少高低大小快]", text) is not None


def _place_spots(text: str, named: Sequence[str], districts: Sequence[str]) -> list[tuple[int, int, str]]:
    """Where a text names places, each once: start, end, the name with its suffix.

    Args:
        districts: names of places that others are no part of.
    """
    spots: list[tuple[int, int, str]] = []
    folded = fold(text)
    for stem in named:
        for match in re.finditer(rf"{re.escape(stem)}{SUFFIX}?", folded):
            spots.append((match.start(), match.end(), text[match.start() : match.end()]))
            break
    spots.sort()
    # 栖禾白苎两县: as many as there are names, beside each other
    if spots and re.match(r"[两二三四五]个?(?:区县|县区|县市区|[区县市地])", text[spots[-1][1] :]):
        return spots
    # 栖川市松垭区 is one place: the larger one goes with the smaller one after it.
    return [
        spot
        for spot, following in zip(spots, [*spots[1:], None], strict=False)
        if following is None or spot[1] != following[0] or _is_district(spot[2], districts)
    ]


def _is_district(spot: str, districts: Sequence[str]) -> bool:
    return any(name in spot or spot in name for name in districts)


def _listed(text: str, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether names stand side by side (甲和乙), each with its own ask, or with 分别, 各, 比 about them."""
    gaps = [text[a[1] : b[0]] for a, b in pairwise(spans)]
    return all(_JOINT.match(gap) or _asks(gap) for gap in gaps) and (
        any(_asks(gap) for gap in gaps)
        or _TOGETHER.search(text) is not None
        or _operation(text) is not None
        or not text[spans[-1][1] :].strip(" 的呢？?")  # 在园人数2022年和2023年
    )


def _asks(gap: str) -> bool:
    """Whether a stretch between two names asks for the first: 是多少，到; 安排多少，."""
    return re.search(r"(多少|几[㐀-鿿]?|安排|计划|完成|怎么样)[^，；。]{0,10}[，；,\s]", gap) is not None


def _by_place(
    text: str, spots: Sequence[tuple[int, int, str]], operation: Operation | None, named: Sequence[str]
) -> Comparison | None:
    # 桐濑、云汊、禾塬三县: how many they are is no part of the last one's name.
    text = text[: spots[-1][1]] + re.sub(
        r"^[两二三四五六七八九](?:个?(?:区县|县区|县市区|县市|[区县市])|地|家)", "", text[spots[-1][1] :]
    )
    before, tail = text[: spots[0][0]], text[spots[-1][1] :]
    parts = [
        Part(name, plain(_placed(before, name, question[len(before) + len(name) :], tail, named)))
        for name, question in _single(spots, text)
    ]
    return comparison("place", parts, operation, stated=operation == "sum")


_NO_MEASURE = re.compile(
    r"的?(?:(?:分别|各)(?:是|有)?多少|相?差[别异距]?(?:是|有)?(?:多少|几[㐀-鿿]{0,3})?|对比|相?比)?"
)


def _placed(before: str, name: str, rest: str, tail: str, named: Sequence[str]) -> str:
    """A question on one district, which stands before what is asked of it, behind its city.

    Of 大川2024年满意率甲区和乙区差别: 大川甲区2024年满意率.

    Args:
        before: what stands before the districts; ``rest`` what is asked of this one; ``tail`` what
            stands behind them all.
    """
    if re.search("多少|几|[，。？]", before) or not _NO_MEASURE.fullmatch(re.split("[，。？? ]", tail)[0]):
        return f"{before}{name}{rest}"
    city = max((m.end() for n in named for m in re.finditer(rf"{re.escape(n)}[省市]?", before)), default=0)
    return f"{before[:city]}{name}{before[city:]}{rest}"


_AIM = re.compile("的?(?:规划)?(?:目标|任务|计划)(?!完成)")


def _by_period(text: str, periods: Sequence[Period], operation: Operation | None) -> Comparison | None:
    spans = [(p.start, p.end, p.text) for p in periods]
    parts = []
    for name, question in _single(spans, text):
        # 2023年有多少间，跟2025年目标差多少: the target is of its year alone.
        if (aim := _AIM.match(text, text.find(name) + len(name))) and aim.group() not in question:
            question = question.replace(name, name + aim.group(), 1)
        # 2023、2024年各多少: 年 stands behind the last only.
        named = re.sub(r"(?<=^\d{4})$", "年", name)
        parts.append(
            Part(
                re.sub(r"^\s*(?:截至|截止|到|至)?\s*", "", named),
                plain(question.replace(name, named, 1) if named != name else question),
            )
        )
    # 2023年比2022年增加多少: a document may say so itself.
    stated = operation in ("difference", "growth", "ratio")
    return comparison("period", parts, operation, stated)


def _against(
    text: str,
    by: By,
    spans: Sequence[tuple[int, int, str]],
    what: str,
    operation: Operation,
    named: Sequence[str],
) -> Comparison | None:
    before, tail = text[: spans[0][0]], re.sub(r"^的", "", text[spans[1][1] :])
    # 2023年离2025年目标差多少: the target is of the second alone.
    target = re.match(r"目标|规划|计划|要求|任务", tail) if by == "period" else None
    own = ["", target.group() if target else ""]
    tail = tail[len(own[1]) :]
    questions = [
        _placed(before, name, f"{more}{what}{tail}", tail, named)
        if by == "place"
        else f"{before}{name}{more}{what}{tail}"
        for (_, _, name), more in zip(spans, own, strict=True)
    ]
    parts = [Part(name, plain(q)) for (_, _, name), q in zip(spans, questions, strict=True)]
    return comparison(by, parts, operation, stated=by == "period")


def _single(spans: Sequence[tuple[int, int, str]], text: str) -> list[tuple[str, str]]:
    """Each name with the question about it alone: what stands before all, the name, its own ask."""
    before, tail = text[: spans[0][0]], text[spans[-1][1] :]
    found = []
    for (_, end, name), following in zip(spans, [*spans[1:], None], strict=False):
        gap = text[end : following[0]] if following else tail
        own = tail if _JOINT.match(gap) else gap
        found.append((name, f"{before}{name}{own}"))
    return found


def _with_last_year(
    text: str, slot: re.Match[str], periods: Sequence[Period], operation: Operation, today: date
) -> Comparison | None:
    """2023年比上年增加多少: of 2023 and of 2022."""
    year = periods[0].years[0] if periods else today.year - 1 if "去年" in slot.group() else None
    if year is None:
        return None
    rest = text[: slot.start()] + text[slot.end() :]
    shown = periods[0].text if periods else ""
    parts = []
    for one in (year, year - 1):
        worded = rest.replace(shown, f"{one}年", 1) if shown else f"{one}年{rest}"
        parts.append(Part(f"{one}年", plain(worded)))
    return comparison("period", parts, operation, stated=True)
