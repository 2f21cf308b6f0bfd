"""What is asked: years, places, agencies, numbers of documents, the kind of answer, the words.

``understand`` turns a question into a ``Question``; nothing here looks at documents.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from itertools import pairwise

from policyqa.periods import SHORT_YEAR, Period, find_periods, resolve
from policyqa.places import SUFFIX
from policyqa.question_parts import split_parts
from policyqa.schema import Aspect
from policyqa.stop_words import STOP_WORDS
from policyqa.synonyms import expand
from policyqa.text import fold
from policyqa.units import UNIT
from policyqa.wants import Want, aspect_asked, unit_asked, wanted


@dataclass(frozen=True, slots=True)
class Question:
    """A question understood.

    ``terms`` are the words that say what it is about, in order; ``unit`` the counting word asked
    for ("家" of 多少家), empty when none; ``years`` those that the asked period covers; ``numbers``
    the document or proposal numbers named, normalised; ``asked_on`` the day that 今年 is meant by; ``titled`` the ids of documents that the question
    names by their title (``policyqa.reports``); ``told_in`` the years of which letters were that say it
    (2022年说的), where no other year is asked about.
    """

    text: str
    folded: str
    want: Want = "text"
    terms: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    periods: tuple[Period, ...] = ()
    aspect: Aspect | None = None
    unit: str = ""
    numbers: tuple[str, ...] = ()
    whole_city: bool = False
    parts: tuple[str, ...] = ()
    asked_on: date | None = None
    titled: tuple[str, ...] = ()
    told_in: tuple[int, ...] = ()


# 〔2024〕58号 · 58号函 · 第035号 · 035号提案 · BH035
_DOCUMENT_NUMBER = re.compile(r"(?P<word>[㐀-鿿]{0,12})\((?P<year>\d{4})\)\s?第?(?P<number>\d{1,5})\s?号")
_NUMBER = re.compile(
    r"(?:第\s?)?(?P<number>(?:[a-z]{1,4})?\d{1,17})\s?号(?!楼|线|店|机)|(?:编号|提案号|建议号)[是为：]?\s?(?P<bare>(?:[a-z]{1,4})?\d{1,17})"
)

_QUESTION_WORDS = re.compile(
    r"(多少|几何|什么时候|什么|哪些|哪个|哪家|哪位|哪几|哪一|哪里|哪儿|为什么|为何|怎么样|怎么|怎样|如何|是否|有没有|能不能|能否|是不是|可不可以|请问|想问|想知道|我想|了解一下|查一下|帮我|告诉我|麻烦|一下|分别|各自|各|到底|究竟|大概|大约|情况|的话|来着|呢|吗|吧|啊|呀|嘛|么|为啥|啥时候|啥|咋样|咋|几多|哪天|哪年|哪边|哪件|哪封|哪份|哪批|哪类|哪种|哪些|哪|多大|多高|多久|多长|多重|多远|多不多|能不能|肯不肯|认不认|会不会|好不好|行不行|设不设|(?P<twice>[㐀-鿿])不(?P=twice)|有没|是不是|怎么说|怎么讲|怎么办|说了|里头|里面|那会儿|这份|那份|那封|那件|这件|那个|这个|原来|最后|一共|总共|自己|咱们|咱|到底|第几|几(?=[㐀-鿿])|谁|何时|何)"
)


# 占全市多少, 占砚浦全市的几成: of the whole a share is asked, not the figure of the whole.
_OF_WHOLE = re.compile(r"占(?:了|到)?[㐀-鿿]{0,4}全[市省国]")


def understand(text: str, today: date, names: Sequence[str] = ()) -> Question:
    """Understand a question.

    Args:
        today: what 今年 and 去年 in the question mean.
        names: of places in it, which stay whole when it is cut into words.
    """
    folded = with_years(spelled_out(fold(text).strip()))
    # 目前有几位 asks for the newest there is, whatever the day.
    found = [p for p in find_periods(folded, today) if not p.text.endswith(("目前", "现在"))]
    # 三季度受理多少件（2024年）: the year may be said behind what is of it.
    named = tuple(sorted({year for p in found if not p.compared for year in p.years}))
    behind = bool(found) and not found[0].years and len(named) == 1
    # 三季度受理多少件, without a year: the newest there is.
    periods = tuple(resolve(found, today if named else None, named if behind else ()))
    want = wanted(folded)
    unit = unit_asked(folded, want)
    question = Question(
        text=text,
        asked_on=today,
        folded=folded,
        want=want,
        years=_years(folded, periods),
        periods=periods,
        aspect=aspect_asked(folded),
        unit=unit,
        numbers=numbers_in(folded),
        whole_city=re.search(r"全(市|省|国)", _OF_WHOLE.sub("", folded)) is not None,
        terms=content_terms(folded, names),
        told_in=tuple(sorted({y for p in periods if _TOLD_IN.match(folded, p.end) for y in p.years})),
    )
    return replace(question, parts=split_parts(text))


# 2023比2022多多少, 2024GDP: a year without 年; no amount (2023万元), no number (第2023号, (2023)12).
_BARE_YEAR = re.compile(
    r"(?<![\d.．〔\[(（【［第号])(?P<year>19[5-9]\d|20[0-4]\d)"
    rf"(?![\d.．％%年、]|[十百千万亿余]|[-—–~～]\s?\d|\s?(?:学年|年度|年|号|至|到|个|{UNIT.pattern})|[^，。？\d年]{{0,3}}号)"
)


# 二二年, 二一年: 2022, 2021; not 二三年时间
_DIGITS = "〇一二三四五六七八九零"
_HAN_YEAR = re.compile(
    rf"(?<![{_DIGITS}十百千万两第])二([〇零一二三四五六])年(?![级期来内间]|多(?![少几])|时间|以[来上])"
)


# 2023年底是几家，按24年公报倒推: how it is to be found is no part of what is asked.
_HOW = re.compile(
    r"(?<=[㐀-鿿])[，,\s（(]+(?:请|可以|能不能)?(?:按|照|根据|从|用)?[^，。？（）()]{0,14}(?:倒推|推算|反推|倒算|估算)(?:一下|出来|的)?[）)]?(?=[？?]?$)"
)


def with_years(text: str) -> str:
    """A question with its years written out: 年 behind bare ones, four digits for 23年.

    >>> with_years("补贴2023比2022多了多少亿"), with_years("在园人数2022和2023")
    ('补贴2023年比2022年多了多少亿', '在园人数2022年和2023年')
    >>> with_years("投资2023万元的是哪个项目"), with_years("2021、2022年各多少")
    ('投资2023万元的是哪个项目', '2021、2022年各多少')
    >>> with_years("23年底比22年多几个")
    '2023年底比2022年多几个'
    >>> with_years("三季度多少件(2024)"), with_years("卫函(2024)12号")
    ('三季度多少件(2024年)', '卫函(2024)12号')
    >>> with_years("二二年利用率多少"), with_years("干了二三年时间")
    ('2022年利用率多少', '干了二三年时间')
    """
    text = _HOW.sub("", text)
    text = re.sub(r"\((20[0-4]\d)\)(?!\s?第?\d)", r"(\1年)", text)
    text = _HAN_YEAR.sub(lambda m: f"202{_DIGITS.index(m[1]) % 10}年", text)
    return _BARE_YEAR.sub(r"\g<year>年", re.sub(SHORT_YEAR, r"20\g<short>年", text))


# 去年(2023): the year in brackets is what is meant.
_SPELLED_OUT = re.compile(
    r"(?:前年|去年|今年|上年)(?P<between>[^\d，。？()（）]{0,14})[(（]\s?(?P<year>(?:19|20)?\d\d)(?:年度?[底末初]?)?\s?[)）]"
)


def spelled_out(text: str) -> str:
    """A question whose 去年 has its year in brackets, with that year.

    >>> spelled_out("去年（2024）多少家"), spelled_out("去年多少家")
    ('2024年多少家', '去年多少家')
    """
    return _SPELLED_OUT.sub(_spelled, text)


def _spelled(match: re.Match[str]) -> str:
    year = match["year"] if len(match["year"]) == 4 else f"20{match['year']}"
    return f"{year}年{match['between']}"


# 2022年说的…有几户, （2023年答复口径）
_TOLD_IN = re.compile(
    r"(?:那|的)?(?:时候)?(?:说|报|讲|公布|答复|回复|复函|来函)(?:的|时|里|中|口径)|的?(?:那[份封件])?(?:再次|首次)?(?:答复|回复|复函)(?:[中里]|口径|[)）]|和|与|比)"
)
_TARGET = re.compile(r"的?(?:年度|中期)?(?:目标|任务|指标|计划|预算)")


def _years(folded: str, periods: Sequence[Period]) -> tuple[int, ...]:
    """The years asked about; those of a target (2023年底的目标) when there are no others."""
    stated = [p for p in periods if not p.compared]
    asked = stated or [p for p in periods if _TARGET.match(folded, p.end)]
    return tuple(sorted({year for period in asked for year in period.years}))


# Words that name a kind of thing or that something was done, and no topic: 有多少家企业 · 新培育了多少家.
_ANY = frozenset(("企业", "公司", "单位", "项目", "资金", "数量", "人数", "总数", "金额", "比例", "情况", "数据", "数字", "目前", "全部", "一共", "全区", "全市", "全县", "我区", "我们", "增长", "累计", "新增", "培育", "认定", "建成", "建设", "新建", "完成", "实现", "达到", "发放", "引进", "增加", "减少", "开展", "组织", "办理", "处理", "补助", "补贴", "奖励", "标准", "政策", "费用", "投入", "安排", "惠及", "解决", "支持"))  # fmt: skip


# 任务完成没有 · 这个归哪个部门管: no more than that something is asked about.
_NO_SUBJECT = _ANY | {
    "任务",
    "目标",
    "指标",
    "工作",
    "事情",
    "问题",
    "部门",
    "负责",
    "落实",
    "现在",
    "最近",
    "效果",
    "进展",
    "结果",
    "委员",
    "满意",
    "电话",
    "联系电话",
    "联系人",
    "联系方式",
    "进度",
    "开工",
    "完工",
    "能完工",
    "建好",
    "能建好",
    "办好",
    "弄好",
    "办得",
}


def is_general(term: str) -> bool:
    """Whether a word names a kind of thing of which much may be said: 企业, 项目, not 茶园."""
    return term in _ANY


# What is counted is named, as in 生了多少娃.
_COUNTED = re.compile(rf"(?:多少|几)[万亿]?(?:{UNIT.pattern})?+(?!钱|块|[了呢啊吗的]|百分|左右)[㐀-鿿]")


_SITE = "站桥路河湖园馆塔寺厂港村校院"


# What a single character says of itself: what is done, what is counted, nothing of a subject.
_SINGLE = re.compile(
    r"(?![的了还要再能会就都把被给从到在那这才又也比前后来去有没是不很太已将可以补发用花装办修建交收看做占跑领拿出付买卖开关投评招种养住坐吃"
    r"年月日个家户人名区县市省岁层级第其某各每元块里中上下内外和与及跟同等多少几谁哪说搞干弄定改报批审设增减升降涨跌大小高低新老旧])[㐀-鿿]"
)


def _coined(folded: str, places: Sequence[str]) -> bool:
    """Whether a question has two single characters beside each other that say something: 躺睡, which no
    dictionary has.

    >>> _coined("芷垣躺睡比例要达到多少", ("芷垣",)), _coined("芷垣补多少钱", ("芷垣",))
    (True, False)
    """
    cut = _cut(_content(folded, places), places)
    return any(_SINGLE.fullmatch(a) and _SINGLE.fullmatch(b) for a, b in pairwise(cut))


def is_vague(question: Question, places: Sequence[str] = ()) -> bool:
    """Whether a question does not say what it is about: 有多少家？ · 2023年增长多少？ · 任务完成没有？

    Args:
        places: that it names; a figure, or whether something is done, needs more than a place.
    """
    if question.numbers:
        return False
    # 汐桥站 is more than the place 汐桥.
    if any(re.search(rf"{re.escape(place)}[{_SITE}]", question.folded) for place in places):
        return False
    if _coined(question.folded, places):
        return False
    said = [term for term in question.terms if not any(place in term for place in places)]
    if question.want in ("figure", "money", "ratio", "rank"):
        return all(term in _ANY for term in said) and not (places and _COUNTED.search(question.folded))
    return all(term in _NO_SUBJECT for term in said)


def coded_numbers_in(folded: str) -> tuple[tuple[str, str], ...]:
    """The document numbers of a text with the characters before them: the agency's code, and what else stands there.

    >>> coded_numbers_in(fold("按南川经信委函〔2024〕58号办理"))
    (('按南川经信委函', '(2024)58'),)
    >>> coded_numbers_in(fold("枫教函〔2023〕15号、〔2024〕18号"))
    (('枫教函', '(2023)15'), ('枫教函', '(2024)18'))
    """
    found: list[tuple[str, str]] = []
    for match in _DOCUMENT_NUMBER.finditer(folded):
        # 枫教函字(2023)15号、(2024)18号: of one agency
        word = match["word"] if match["word"] not in ("", "和", "与", "及") else found[-1][0] if found else ""
        if word:
            found.append((word, f"({match['year']}){int(match['number'])}"))
    return tuple(found)


# 樾农函76号: a code that ends as those of letters do, without the year in brackets.
_YEARLESS = re.compile(
    r"(?P<word>[㐀-鿿]{1,10}(?:[函字发复办通规纪建提教文]|会办|意见))第?(?P<number>\d{1,5})号(?!提案|建议|议案|文件精神)"
)


def yearless_numbers_in(folded: str) -> tuple[tuple[str, str], ...]:
    """The document numbers of a text that leave the year out, with the characters before the number.

    >>> yearless_numbers_in("请问樾农函76号是回给谁的"), yearless_numbers_in("第76号提案")
    ((('请问樾农函', '76'),), ())
    """
    return tuple((m["word"], str(int(m["number"]))) for m in _YEARLESS.finditer(folded))


def numbers_in(folded: str) -> tuple[str, ...]:
    """Document numbers as "〔year〕number" and proposal numbers, as ``normal_number`` writes them.

    >>> numbers_in(fold("南川经信委函[2024]58号")), numbers_in(fold("第035号提案和BH012号"))
    (('(2024)58',), ('35', 'bh012'))
    """
    found = []
    rest = folded
    for match in _DOCUMENT_NUMBER.finditer(folded):
        found.append(f"({match['year']}){int(match['number'])}")
        rest = rest.replace(match.group(), " ")
    found += [normal_number(match["number"] or match["bare"]) for match in _NUMBER.finditer(rest)]
    return tuple(dict.fromkeys(found))


def normal_number(text: str) -> str:
    """A proposal number for comparing: an integer where it is one, else folded.

    >>> normal_number("035"), normal_number("ＢＨ035")
    ('35', 'bh035')
    """
    folded = fold(text).strip()
    return str(int(folded)) if folded.isdigit() else folded


@cache
def _segmenter() -> object:
    import rjieba

    return rjieba


def words(text: str) -> list[str]:
    """The words of a Chinese text, by rjieba."""
    return list(_segmenter().cut(text))  # type: ignore[attr-defined]


def is_word(text: str) -> bool:
    """Whether a dictionary has a word: 求助, not 户理, which only the word splitter takes for one."""
    return bool(_segmenter().has_word(text))  # type: ignore[attr-defined]


def does_something(text: str) -> bool:
    """Whether a text is a verb or an adverb by the dictionary, and so no name: 已经, 集聚, 管控.

    >>> does_something("已经"), does_something("汐桥"), does_something("石桥")
    (True, False, False)
    """
    return is_word(text) and [kind for _, kind in _segmenter().tag(text)] in (["d"], ["v"], ["vn"])  # type: ignore[attr-defined]


# 还要, 比前, 又能: words that say nothing of the subject; no document holding them must not count.
_FUNCTION = re.compile(r"[的了还要再能会就都把被给从到在那这才又也比前后来去有没是不很太已将可以]+")


# 一亩补多少, 每台多少钱: for how many is no word of what for.
_APIECE = re.compile("[一每][亩台户个人张次套件辆家头只株桌天月年平度床份]")


def content_terms(folded: str, names: Sequence[str] = ()) -> tuple[str, ...]:
    """The words that say what a question is about: without question words, periods and fillers.

    Args:
        names: of places, which no dictionary has: 珩渡托位 is 珩渡 and 托位, not 珩 and 渡托位.
    """
    terms = []
    for word in _cut(_content(folded, names), names):
        if (
            not word
            or word in STOP_WORDS
            or (len(word) == 1 and not word.isdigit())
            or _FUNCTION.fullmatch(word)
            or _APIECE.fullmatch(word)
        ):
            continue
        terms.append(word)
    return tuple(dict.fromkeys(terms))


def _cut(text: str, names: Sequence[str]) -> list[str]:
    """The words of a text whose places are set apart: 枳山县 stays whole, which no dictionary has."""
    found: list[str] = []
    for run in text.split():
        whole = len(run) > 2 and any(run.startswith(name) and len(run) <= len(name) + 2 for name in names)
        found += [run] if whole else [word for word in words(run) if word.strip()]
    return found


def joined_words(folded: str, names: Sequence[str] = ()) -> tuple[str, ...]:
    """Two or three words in a row as one: the name of a scheme may be cut, 岫才 and 安居.

    >>> "岫才安居" in joined_words(fold("岫才安居补多少"))
    True
    """
    found = []
    for run in _content(folded, names).split():
        cut = words(run)
        found += ["".join(cut[i : i + n]) for n in (2, 3) for i in range(len(cut) - n + 1)]
    return tuple(dict.fromkeys(name for name in found if 3 <= len(name) <= _LONGEST_NAME))


_LONGEST_NAME = 8


def _content(folded: str, names: Sequence[str]) -> str:
    """A question without its document number, periods, question words and marks; names set apart."""
    # Its number leads to a document by itself.
    text = re.sub(rf"[㐀-鿿]{{0,{_CODE}}}\(\d{{4}}\)\s?第?\d{{1,5}}\s?号", " ", folded)
    if names:
        longest = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
        text = re.sub(rf"(?:{longest})(?:{SUFFIX}|镇(?![街上里])|乡(?![镇村下里])|街道)?", r" \g<0> ", text)
    for period in find_periods(text, None):
        text = text[: period.start] + " " * (period.end - period.start) + text[period.end :]
    text = _MEASURED.sub(" ", text)
    text = _QUESTION_WORDS.sub(" ", text)
    return re.sub(r"[^㐀-鿿a-z0-9.]+", " ", text)


# 几家小巨人, no 家小; 卫健委说的
_MEASURED = re.compile(
    r"(?:几|多少)[家户名所座台辆件张条处项个只](?=[大小中新老旧民公外国优高])|(?<=[局委办厅])说的?(?=[㐀-鿿])"
)


_CODE = 7
"""Longest agency code before a document number's bracket, in characters: 珩发改能源."""


def expanded_terms(term: str) -> tuple[str, ...]:
    """A term and the other names that the field has for it."""
    return expand(term)
