"""Lists that belong together by position: the i-th name and the i-th figure.

甲、乙、丙产值分别增长a、b、c · A、B标准分别由a、b提高到c、d · 一、二、三级站每年补助a、b、c: each figure gets
the name at its place. Years that are paired the same way need a reference date and are read by
``policyqa.evidence``, with ``runs`` of here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from policyqa.aspects import GROWTH, REACHED
from policyqa.schema import Figure

# 取得中级、高级证书的各奖2000元、3000元
RESPECTIVELY = re.compile(r"分别|依次|各(?=[㐀-鿿]{0,3}(?:\d|$))")
_RANKED = re.compile(r"分列|分居|依次")
_CLAUSE_END = "，；。：！？\n"
_BETWEEN = re.compile(r"\s*(?:[、和,及与]|以及)?\s*")
# 分别增长15.6%、11.2%和下降3.7%
_TURNED = re.compile(r"\s*(?:[、和,及与]|以及)\s*(?:同比)?(?:增长|下降|上升|回落|提高|增加|减少)\s*")
# From the old values to the new ones: 由50元、100元[分别提高到]60元、150元
_TO = re.compile(r"(?:分别|依次)?[㐀-鿿]{0,5}?(?:到|至|为|成)")
_FROM = re.compile(r"(?:由|从)$")
# 2022、2023两年 · 2021年、2022年底 · 2021-2023年
_YEAR = r"(?:19|20)\d\d\s?(?:学年|年度|年)?(?:底|末|初)?"
_YEARS = re.compile(
    rf"(?P<from>{_YEAR})[-~至到](?P<to>{_YEAR})|{_YEAR}(?:(?:[、和与及]|以及)\s?{_YEAR})+(?:[两三四五]个?年)?"
)
_TURN = re.compile(r"(?:增长|下降|上升|回落|提高|增加|减少)$")
_VERB = re.compile(r"(?:增长|下降|上升|回落|提高|增加|减少)")
_GREW = re.compile(r"(?:同比|比上年)?(?:增长|下降|上升|回落|提高)")
_NUMERAL = re.compile(r"[一二三四五六七八九十]")
_OF_A_KIND = re.compile(rf"(?P<of>.*?)(?P<numeral>{_NUMERAL.pattern})")
_KIND = re.compile("[级等类档次产批期]")
# 一、二、三等奖: the prizes, not 等 at the end of a list
_RANKED_KIND = re.compile(rf"{_NUMERAL.pattern}[、和与]{_NUMERAL.pattern}等[级奖次功]?")
_LETTER = re.compile(r"(?<![a-z0-9])[a-e]$")
# 自理、半失能、失能老年人每人每月: whom all of them are.
_WHOM = re.compile(r"(?<=[㐀-鿿]{2})(?:老年人|老人|人员|人才|儿童|学生|居民|家庭|职工|企业|机构|学校)")
_AGE = re.compile(r"\d+(?:[-~至到]\d+)?(?:周?岁|年|人|个|层|平方米|分)?(?:及|\(含\))?(?:以上|以下|以内)?")
_AND = r"[和与]|以及"
_REACH = 400
"""How much in front of a figure can say what it is, in characters."""


TWINS = {
    "城乡": ("城镇", "农村"), "新旧": ("新", "旧"), "新老": ("新", "老"), "男女": ("男", "女"),
    "进出口": ("进口", "出口"),
}  # fmt: skip
"""Two names in one word, in their order."""


def runs(text: str, figures: Sequence[Figure]) -> list[list[int]]:
    """The lists of figures that follow one another with nothing but 、 or 和 between them, two at least."""
    found: list[list[int]] = []
    for index, figure in enumerate(figures):
        before = figures[found[-1][-1]] if found else None
        gap = text[before.end : figure.start] if before else ""
        if before and (_BETWEEN.fullmatch(gap) or (before.unit == figure.unit and _TURNED.fullmatch(gap))):
            found[-1].append(index)
        else:
            found.append([index])
    return [run for run in found if len(run) > 1]


def clause_start(text: str, at: int) -> int:
    """Where the clause that holds an offset begins."""
    return max(text.rfind(mark, 0, at) for mark in _CLAUSE_END) + 1


def pair_names(text: str, figures: list[Figure]) -> list[Figure]:
    """The figures of a sentence, those of a list named by the list of names before it.

    Args:
        text: the folded sentence.
    """
    result = list(figures)
    names: list[str] = []
    shared = ""
    done: set[int] = set()
    lists = runs(text, figures)
    for number, run in enumerate(lists):
        first = figures[run[0]].start
        _same_change(result, run)
        if run[0] in done:
            continue
        # 由a、b[分别提高到]c、d: the second list has the names of the first.
        follower = lists[number + 1] if number + 1 < len(lists) else []
        gap = text[figures[run[-1]].end : figures[follower[0]].start] if follower else ""
        pairs = [run]
        if len(follower) == len(run) and _TO.fullmatch(gap):
            pairs.append(follower)
        last = figures[pairs[-1][0]].start
        start = clause_start(text, first)
        marks = list(RESPECTIVELY.finditer(text, start, last))
        subject = text[start : min(first, marks[0].start() if marks else first)]
        verb = text[marks[0].end() : first] if marks and marks[0].end() <= first else ""
        subject, old = _without_from(subject)
        verb = old + verb
        found = _years(text, start, subject, len(run)) or _named(subject, len(run))
        # 甲、乙、丙分列前三，为a、b、c
        ranked = start > 0 and _RANKED.search(_clause_before(text, start)) is not None
        before = clause_start(text, start - 1) if start else 0
        listed = any(before <= figures[i].start < start for i in done)
        if found is None and len(subject) <= 4 and (marks or old or ranked) and start and not listed:
            found = _named(_clause_before(text, start), len(run))  # 甲、乙标准，由a、b提高到c、d
        if found is None and marks and (quoted := _quoted(text[:start], len(run))):
            found = quoted, subject
        if found is not None and (marks or _alike(figures, run)):
            names, shared = found
            names, tail = _of_one_place(names), shared
        elif not marks and not (len(names) == len(run) and _GREW.fullmatch(subject)):
            continue
        elif len(names) == len(run):
            tail = (
                (subject or shared) if marks else shared + subject
            )  # names of an earlier list: …分别为331天、325天，PM2.5浓度分别为31、33
        elif len(known := [i for i, f in enumerate(figures) if f.end <= marks[0].start()]) >= len(run):
            # 招聘教师268人，其中幼儿园教师62人，分别比上年增加54人、17人: the figures before are the list.
            names = [figures[i].indicator.replace("▯", "") for i in known[-len(run) :]]
            tail = subject
        else:
            continue
        for each, link in zip(pairs, ("", gap), strict=False):
            done.update(each)
            verb = link or verb
            _name(result, each, names, tail, verb, text[max(0, start - _REACH) : start])
    return result


def _name(
    result: list[Figure], run: Sequence[int], names: Sequence[str], tail: str, verb: str, inherited: str
) -> None:
    """Name the figures of a run; what kind of figure the first one is holds for all of its unit."""
    first = result[run[0]]
    for position, index in enumerate(run):
        figure = result[index]
        aspect = first.aspect if figure.unit == first.unit else figure.aspect
        if not REACHED.search(verb):
            if figure.unit in ("%", "倍") and GROWTH.search(verb):
                aspect = "growth"
            elif re.search(r"(增加|减少|净增|提高|下降|多|少)", verb) and aspect == "level":
                aspect = "change"
        said = tail + verb
        if position and (turned := _TURN.search(figure.lead)):
            said = _VERB.sub(turned.group(), said)  # 分别增长15.6%和下降3.7%
        result[index] = replace(
            figure,
            indicator=f"{names[position]}{said}▯",
            inherited=inherited,
            aspect=aspect,
        )


# 枫渡县小学、初中: both are of the county
_PLACE_FIRST = re.compile("[㐀-鿿]{2}[区县市](?=[㐀-鿿]{2})")
_OF_PLACE = re.compile("[区县市镇乡]")


def _of_one_place(names: Sequence[str]) -> list[str]:
    """The names of a list, all with the place that the first begins with, where no other has one."""
    first = _PLACE_FIRST.match(names[0])
    if first is None or any(_OF_PLACE.search(name) for name in names[1:]):
        return list(names)
    return [names[0], *(first.group() + name for name in names[1:])]


def _same_change(result: list[Figure], run: Sequence[int]) -> None:
    """增加护士46名、51名: what holds for the first holds for the bare ones behind it."""
    first = result[run[0]]
    for index in run[1:]:
        figure = result[index]
        if first.aspect == "change" and figure.aspect == "level" and figure.unit == first.unit:
            result[index] = replace(figure, aspect="change")


def _without_from(subject: str) -> tuple[str, str]:
    """A subject without 由 at its end, and that word."""
    match = _FROM.search(subject)
    return (subject[: match.start()], match.group()) if match else (subject, "")


def _clause_before(text: str, start: int) -> str:
    return text[clause_start(text, start - 1) : start - 1]


def _alike(figures: Sequence[Figure], run: Sequence[int]) -> bool:
    return len({figures[i].unit for i in run}) == 1


def _named(subject: str, count: int) -> tuple[list[str], str] | None:
    """The names of a list of ``count`` and what they have in common, or None when there are not so many.

    >>> _named("甲业、乙业、丙业等主导产业增加值", 3)
    (['甲业', '乙业', '丙业'], '主导产业增加值')
    >>> _named("城乡低保标准", 2)
    (['城镇', '农村'], '低保标准')
    >>> _named("一、二、三级服务站每年补助", 3)
    (['一', '二', '三'], '级服务站每年补助')
    >>> _named("市级大赛一、二、三等奖", 3)
    (['市级大赛一', '市级大赛二', '市级大赛三'], '等奖')
    """
    subject = re.sub(r"^.*?(?:其中|，)", "", subject)
    head, _, tail = subject.partition("等")
    if tail and not _RANKED_KIND.search(subject):
        parts = _split(head, r"[、和与及]")
        # 水、电等单位出资和居民出资: the two are what stands behind 等, and what stands behind 和.
        if len(_split(tail, _AND)) == count == len(_split(subject, _AND)):
            return _common_end(_split(subject, _AND))
        if len(parts) == count:
            return parts, re.sub(r"^[一二三四五六七八九十\d]+[个类项大]", "", tail)
    for marks in (r"、", r"[、和与]|及(?!以)", r"[和与]|以及"):
        parts = _split(subject, marks)
        if len(parts) == count:
            return _common_end(parts)
    # 城乡低保标准: two names in one.
    twin = next((t for t in TWINS if t in subject), None) if count == 2 else None
    return (list(TWINS[twin]), subject.replace(twin, "", 1)) if twin else None


_QUOTED = re.compile(r"[\"“][^\"“”，。；]{1,16}[\"”](?:[、和与及]?[\"“][^\"“”，。；]{1,16}[\"”])+")


def _quoted(text: str, count: int) -> list[str]:
    """The last names in quotation marks that stand in a row, if there are so many: "甲贷""乙贷"两款产品."""
    rows = _QUOTED.findall(text)
    names = re.findall(r"[\"“]([^\"“”，。；]{1,16})[\"”]", rows[-1]) if rows else []
    return names if len(names) == count else []


def _years(text: str, start: int, subject: str, count: int) -> tuple[list[str], str] | None:
    """The years of a list of ``count``, in the subject of a clause or at the head of the one before it."""
    before = _clause_before(text, start) if start and text[start - 1] == "，" else ""
    for place, rest in ((subject, ""), (before, subject)):
        for match in _YEARS.finditer(place):
            found = [int(year) for year in re.findall(r"(?:19|20)\d\d", match.group())]
            years = list(range(found[0], found[1] + 1)) if match["from"] else found
            if len(years) == count and (not rest or match.end() == len(place)):
                end = "底" if re.search("[底末]", match.group()) else ""
                return [f"{year}年{end}" for year in years], place[match.end() :] + rest
    return None


def _split(text: str, marks: str) -> list[str]:
    return [part for piece in re.split(marks, text) if (part := piece.strip())]


def _common_end(parts: list[str]) -> tuple[list[str], str]:
    """Names, and what stands behind the last one and is said of all: 城市、农村|低保标准."""
    *others, last = parts
    if not others:
        return parts, ""
    # 重度一、二、三级限额: what stands before the first numeral holds for all.
    first, *between = others
    kinds = _OF_A_KIND.fullmatch(first)
    if kinds and all(map(_NUMERAL.fullmatch, [*between, last[0]])):
        names = [kinds["of"] + n for n in (kinds["numeral"], *between, last[0])]
        if not kinds["of"] or _KIND.match(last[1:]):
            return names, last[1:]
    # 考核分A、B、C三档 · A、B、C级: the letters have their kind in common.
    lettered = _LETTER.search(others[0]) and all(_LETTER.fullmatch(p) for p in others[1:])
    if lettered and (kind := re.match(rf"[a-e](?:{_NUMERAL.pattern})?(?=[类级档等])", last)):
        return [*others, last[0]], last[kind.end() :]
    if all(_AGE.fullmatch(p) for p in others) and (match := _AGE.match(last)):
        return [*others, match.group()], last[match.end() :]
    # 茶油、蔬菜、脆李三大产业产值: the number of names ends the last one.
    if counted := re.search(
        r"(?<!^)[一二两三四五六七八九十\d]+(?:[个类项大档级等种批地]|区县|区|县)(?=[㐀-鿿]|$)", last
    ):
        return [*others, last[: counted.start()]], last[counted.end() :]
    longest = max(map(len, others))
    if (whom := _WHOM.search(last)) and whom.start() <= longest and not others[0].endswith(whom.group()):
        return [*others, last[: whom.start()]], last[whom.start() :]
    # 寄宿生、非寄宿生补助 · 医院、卫生院床位: the last name ends as the others do.
    for size in range(min(map(len, others)), 0, -1):
        ends = {p[-size:] for p in others}
        if len(ends) == 1 and (at := last.find(end := ends.pop())) >= 0 and (at or size > 1):
            return [*others, last[: at + len(end)]], last[at + len(end) :]
    # 初中、小学学位: what the last name has beyond the length of the others is common to all.
    usual = max(map(len, others))
    return ([*others, last[:usual]], last[usual:]) if len(last) > usual + 1 else (parts, "")
