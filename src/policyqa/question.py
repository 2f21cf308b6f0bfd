"""What is asked: years, places, agencies, numbers of documents, the kind of answer, the words.

``understand`` turns a question into a ``Question``; nothing here looks at documents.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Literal

from policyqa.periods import SHORT_YEAR, Period, find_periods, resolve
from policyqa.schema import Aspect
from policyqa.synonyms import STOP_WORDS, expand
from policyqa.text import fold
from policyqa.units import PERCENT, RANK, UNIT

Want = Literal[
    "figure", "ratio", "rank", "money", "date", "who", "agency", "title", "number", "addressee", "contact",
    "co_units", "copied_to", "outcome", "list", "yesno", "reason", "commitment", "text",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Question:
    """A question understood.

    ``terms`` are the words that say what it is about, in order; ``unit`` the counting word asked
    for ("家" of 多少家), empty when none; ``years`` those that the asked period covers; ``numbers``
    the document or proposal numbers named, normalised; ``asked_on`` the day that 今年 is meant by.
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


# 〔2024〕58号 · 58号函 · 第035号 · 035号提案 · BH035
_DOCUMENT_NUMBER = re.compile(r"(?P<word>[㐀-鿿]{0,12})\((?P<year>\d{4})\)\s?第?(?P<number>\d{1,5})\s?号")
_NUMBER = re.compile(
    r"(?:第\s?)?(?P<number>(?:[a-z]{1,4})?\d{1,17})\s?号(?!楼|线|店|机)|(?:编号|提案号|建议号)[是为：]?\s?(?P<bare>(?:[a-z]{1,4})?\d{1,17})"
)

_HOW_MANY = re.compile(
    r"(?:多少|(?<!哪)几|好多|多大|幾)(?:个多)?(?P<unit>"
    + UNIT.pattern
    + r")?|(?:数量|总数|人数|户数|规模|总量|家数)(?:是|有|为|达)?(?:多少|几何)?"
)
_RANK_ASKED = re.compile(
    r"第几|排名|位次|名次|排第|[排列居]几位|(?<!哪)几位(?![㐀-鿿])|名列|老几|排在|位列|位居"
)
_RATIO_ASKED = re.compile(
    r"(增长|增幅|增速|涨幅|降幅|下降|上升|提高|减少|回落|涨|降|增加)了?(多少|几)(?=个?百分|倍|成|[呢啊呀吗]|[^㐀-鿿]|$)|增速|增幅|增长率|涨幅|降幅|幅度(?:是|有)?(?:多少|多大)"
    r"|[比率](?:是|为|有|达到?)?(?:多少|几)|占比|比例|比重|百分之几|百分之多少|几成|多少个?百分点|率(?:是|有|为|达)?(?:多少|怎么样|如何|多高)|多少倍|几倍|翻了几|(?:多少|几)个点(?!位)|(?:(?<![㐀-鿿])占(?![地用道位着])[^，。？]{0,8}?|占(?:全|总|其|整|计划|了)[^，。？]{0,8}?|(?<!各)占)(?:多少|几)(?=[，。？?]|$)"
)
_MONEY_ASKED = re.compile(
    r"多少(?:钱|资金|经费|投资|补贴|补助|奖金|贷款)|(?:金额|总额|投资额|gdp|生产总值|社零|进出口额?|出口额?|进口额?|增加值(?!率)|欠款|账款|产值|利润|收入|资金|经费|投资|补助|贷款|余额|费用|营业额|销售额|零售额|奖励|预算|到位|产量值|工资|价格?|收费)[^，。？]{0,8}(?:是|有|为|达到?|了)?(?:多少|几)|花了?多少|投了?多少|拨了?多少|发放?了多少|给多少|补多少|奖多少|要多少钱|多少(?:万|亿)?元"
)
_WANTS: tuple[tuple[Want, re.Pattern[str]], ...] = (
    ("title", re.compile(r"(标题|题目|题名|叫什么|名称是|案由|提的是什么|提案是关于什么|什么提案)")),
    (
        "contact",
        re.compile(r"(联系电话|联系人|联系方式|电话(?:是|号码)|打(?:哪个|什么)电话|找谁联系|怎么联系)"),
    ),
    ("addressee", re.compile(r"(答复谁|答复给谁|答复哪位|回复谁|写给谁|给谁的|主送|发给谁|回复给谁)")),
    (
        "co_units",
        re.compile(
            r"(会同(?:哪些|哪几|了?哪)|会办单位|协办单位|哪些(?:部门|单位)(?:会办|协办|一起|共同)|和哪些(?:部门|单位)|跟哪些(?:部门|单位)|同哪些(?:部门|单位))"
        ),
    ),
    ("copied_to", re.compile(r"(抄送)")),
    (
        "outcome",
        re.compile(
            r"(办复类别|办理结果|办理类别|[ABC]类还是|哪一?类(?:答复|办理|件|(?=[，。？?]|$))|属于什么类|几类件|定为.{0,2}类)",
            re.I,
        ),
    ),
    ("number", re.compile(r"(文号|发文字号|多少号|几号(?:提案|建议|文|函)|提案号|建议号|编号)")),
    ("rank", _RANK_ASKED),
    (
        "date",
        re.compile(
            r"(什么时候|何时|哪一?天|几月|哪年|哪一年|什么时间|几号(?!提案|建议|文|函)|日期|多久之前|截止时间|期限|到什么时候|几时|啥时候|时间是|有效期)"
        ),
    ),
    ("reason", re.compile(r"(为什么|为何|原因|理由|怎么不|凭什么|因为什么|为啥|咋不)")),
    (
        "agency",
        re.compile(
            r"(哪个(?:部门|单位|局|委|机关|机构|科室|办)|哪家(?:单位|机构)|哪一?个?部门|什么部门|什么单位|谁负责|由谁|哪些(?:部门|单位)|谁主办|谁来管|谁牵头|归谁管|谁发的|谁办)"
        ),
    ),
    (
        "who",
        re.compile(
            r"(是谁|谁提|哪位|哪几位|哪些委员|哪个委员|哪些代表|哪位代表|谁审签|谁签|谁来|谁的|[被向让]谁)"
        ),
    ),
    ("ratio", _RATIO_ASKED),
    ("money", _MONEY_ASKED),
    # 补贴多少亿: what is counted in 亿 without a word for it is money.
    ("money", re.compile(r"(?:多少|几)个?亿(?=[，。？?呢啊呀吗]|$)")),
    ("figure", _HOW_MANY),
    ("figure", re.compile(r"多[长远宽深重](?![㐀-鿿]*期)")),
    ("commitment", re.compile(r"(下一步|下步|打算|今后|接下来|有什么计划|有何计划|有什么安排|目标是)")),
    (
        "yesno",
        re.compile(
            r"(是否|能否|可否|同意.{0,12}吗|采纳|吗[？?]?$|答应|没有?[？?]?$|([㐀-鿿])[不没]\2|(?:什么|啥)(?:态度|意见)$|同不|(?:能|可以|会|给|让|准)[^，。？多少几哪]{1,14}不[？?]?$|不同意|怎么(?:看|答复|回应)[的？?]?$)"
        ),
    ),
    (
        "list",
        re.compile(
            r"(哪些|哪几|有什么|什么措施|怎么做|如何|怎样|做了什么|有啥|哪三|哪两|分几|怎么|哪[一二三四五六两几]?(?:类|种|项|样|些|个|条|点|处|块))"
        ),
    ),
)

_ASPECTS: tuple[tuple[Aspect, re.Pattern[str]], ...] = (
    ("rank", _RANK_ASKED),
    ("share", re.compile(r"(占比|比重|占(?![地用道位着]).{0,12}(?:多少|几|比例)|份额)")),
    (
        "change",
        re.compile(
            r"(百分点|净增|净减|比上年(?:增加|减少|多|少)了?(?:多少|几)(?:家|个|户|人|项|所|台|辆)"
            r"|(?:[多少](?:了|出来?)|(?:比|较|和|跟|与|到(?!底)|至|之间|相)[^，。？]{0,24}(?<![之落误温])差了?)(?:多少|几)(?!钱))"
        ),
    ),
    (
        "growth",
        re.compile(
            r"(增长了?(?:多少|几)|增速|增幅|增长率|涨幅|降幅|幅度|下降了?(?:多少|几)|上升了?(?:多少|几)|涨了(?:多少|几)|降了(?:多少|几)|同比)"
        ),
    ),
    (
        "new",
        re.compile(
            r"(新增|新培育|新认定|新建|新开|新签|新获|新引进|新设|新评|新增加|增加了?(?:多少|几)(?!个?百分|倍|成)[㐀-鿿]|新办|新改|新[㐀-鿿]{1,2}了?(?:多少|几)|当年|全年新)"
        ),
    ),
    (
        "cumulative",
        re.compile(
            r"(累计|总共|一共|现有|目前有|总数|总量|共有|合计|现在有|到底有|存量|保有|总计|已有|现在.{0,10}(?:多少|几)|至今)"
        ),
    ),
)

_QUESTION_WORDS = re.compile(
    r"(多少|几何|什么时候|什么|哪些|哪个|哪家|哪位|哪几|哪一|哪里|哪儿|为什么|为何|怎么样|怎么|怎样|如何|是否|有没有|能不能|能否|是不是|可不可以|请问|想问|想知道|我想|了解一下|查一下|帮我|告诉我|麻烦|一下|分别|各自|各|到底|究竟|大概|大约|情况|的话|来着|呢|吗|吧|啊|呀|嘛|么|为啥|啥时候|啥|咋样|咋|几多|哪天|哪年|哪边|哪件|哪封|哪份|哪批|哪类|哪种|哪些|哪|多大|多高|多久|多长|多重|多远|多不多|能不能|肯不肯|认不认|会不会|好不好|行不行|设不设|有没|是不是|怎么说|怎么讲|怎么办|说了|里头|里面|那会儿|这份|那份|那封|那件|这件|那个|这个|原来|最后|一共|总共|自己|咱们|咱|到底|第几|几(?=[㐀-鿿])|谁|何时|何)"
)


def understand(text: str, today: date, names: Sequence[str] = ()) -> Question:
    """Understand a question.

    Args:
        today: what 今年 and 去年 in the question mean.
        names: of places in it, which stay whole when it is cut into words.
    """
    folded = with_years(_SPELLED_OUT.sub(r"\1年", fold(text).strip()))
    periods = tuple(resolve(find_periods(folded, today), today))
    want = _want(folded)
    unit = _unit(folded, want)
    question = Question(
        text=text,
        asked_on=today,
        folded=folded,
        want=want,
        years=_years(folded, periods),
        periods=periods,
        aspect=_aspect(folded),
        unit=unit,
        numbers=numbers_in(folded),
        whole_city=re.search(r"全(市|省|国)", folded) is not None,
        terms=content_terms(folded, names),
    )
    return replace(question, parts=split_parts(text))


# 2023比2022多多少, 2024GDP: a year without 年; no amount (2023万元), no number (第2023号, (2023)12).
_BARE_YEAR = re.compile(
    r"(?<![\d.．〔\[(（第号])(?P<year>19[5-9]\d|20[0-4]\d)"
    rf"(?![\d.．％%年、]|[十百千万亿余]|[-—–~～]\s?\d|\s?(?:学年|年度|年|号|至|到|个|{UNIT.pattern})|[^，。？\d年]{{0,3}}号)"
)


# 二二年, 二一年: 2022, 2021; not 二三年时间
_DIGITS = "〇一二三四五六七八九零"
_HAN_YEAR = re.compile(
    rf"(?<![{_DIGITS}十百千万两第])二([〇零一二三四五六])年(?![级期来内间多]|时间|以[来上])"
)


def with_years(text: str) -> str:
    """A question with its years written out: 年 behind bare ones, four digits for 23年.

    >>> with_years("补贴2023比2022多了多少亿"), with_years("在园人数2022和2023")
    ('补贴2023年比2022年多了多少亿', '在园人数2022年和2023年')
    >>> with_years("投资2023万元的是哪个项目"), with_years("2021、2022年各多少")
    ('投资2023万元的是哪个项目', '2021、2022年各多少')
    >>> with_years("23年底比22年多几个")
    '2023年底比2022年多几个'
    >>> with_years("二二年利用率多少"), with_years("干了二三年时间")
    ('2022年利用率多少', '干了二三年时间')
    """
    text = _HAN_YEAR.sub(lambda m: f"202{_DIGITS.index(m[1]) % 10}年", text)
    return _BARE_YEAR.sub(r"\g<year>年", re.sub(SHORT_YEAR, r"20\g<short>年", text))


# 去年(2023): the year in brackets is what is meant.
_SPELLED_OUT = re.compile(r"(?:前年|去年|今年|上年)\s?\(\s?((?:19|20)\d\d)年?\s?\)")
_TARGET = re.compile(r"的?(?:年度|中期)?(?:目标|任务|指标|计划|预算)")


def _years(folded: str, periods: Sequence[Period]) -> tuple[int, ...]:
    """The years asked about; those of a target (2023年底的目标) when there are no others."""
    stated = [p for p in periods if not p.compared]
    asked = stated or [p for p in periods if _TARGET.match(folded, p.end)]
    return tuple(sorted({year for period in asked for year in period.years}))


_QUANTITY = re.compile(r"多少|(?<!哪)几|百分之|多[大高长久]|什么时候|何时|第几")
_PLAIN_YESNO = re.compile(r"吗[？?]?$|没有?[？?]?$|([㐀-鿿])[不没]\1|(?:什么|啥)(?:态度|意见)|谁说了算|谁定")


def _want(folded: str) -> Want:
    """The kind of answer wanted: the first pattern that matches, but no figure where only yes or no is asked."""
    for name, pattern in _WANTS:
        if not pattern.search(folded):
            continue
        if (
            name in ("ratio", "money", "rank", "outcome", "title")
            and not _QUANTITY.search(folded)
            and (_PLAIN_YESNO.search(folded))
        ):
            continue
        if name == "money" and _COUNT_ASKED.search(folded) and not _MONEY_NAMED.search(folded):
            continue  # 赔付了多少户
        return name
    if not _ASKS.search(folded):
        # 榆舫区2024年高标准农田面积: who is in a hurry names the figure and asks nothing.
        for name, pattern in _NAMED_ONLY:
            if pattern.search(folded.rstrip("?？。呢 ")):
                return name
    return "text"


_COUNT_ASKED = re.compile(
    r"(?:多少|(?<!哪)几)(?:家|户|人|名|项|件|所|座|台|辆|处|批次?|次)(?![㐀-鿿]{0,3}[钱款])"
)
_MONEY_NAMED = re.compile(r"多少(?:钱|元|资金|经费|投资|亿|万)|金额|总额|几(?:块|毛)|多少个?亿")
_NAMED_ONLY: tuple[tuple[Want, re.Pattern[str]], ...] = (
    ("ratio", re.compile(r"(?:率|比例|比重|占比|增速|增幅|涨幅|降幅)$")),
    (
        "money",
        re.compile(
            r"(?:收入|投资|[总税差金]额|产值|资金|预算|经费|gdp|生产总值|工资|价格|水价|电价|补贴|补助|奖励|费用?|贷款|余额)$"
        ),
    ),
    (
        "figure",
        re.compile(
            r"(?:数量|[总人户件家次套亩台车床]数|(?:客运|货运|产|销|存|流|总|保有|用水|用电|发电|吞吐|降水|排放)量|面积|规模|人口|里程|学位|床位|缺口|目标|任务)$"
        ),
    ),
)


def _aspect(folded: str) -> Aspect | None:
    """The aspect asked for; of new and cumulative the one named last: 新建了高标准农田，累计呢."""
    found = {name: match.start() for name, pattern in _ASPECTS if (match := pattern.search(folded))}
    if "new" in found and "cumulative" in found and found["new"] < found["cumulative"]:
        del found["new"]
    return next(iter(found), None)


def _unit(folded: str, want: Want) -> str:
    if want == "rank":
        return RANK
    if want == "ratio":
        return PERCENT
    if want == "money":
        return "元"
    match = re.search(r"(?:多少|几|好多|几多)(?:万|亿)?(块|毛|角(?!度|色)|" + UNIT.pattern + r")", folded)
    return _SPOKEN_UNITS.get(match[1], match[1]) if match else ""


_SPOKEN_UNITS = {"块": "元", "毛": "元", "角": "元", "点": "百分点", "位": "人", "名": "人"}


# Words that name a kind of thing or that something was done, and no topic: 有多少家企业 · 新培育了多少家.
_ANY = frozenset(("企业", "公司", "单位", "项目", "资金", "数量", "人数", "总数", "金额", "比例", "情况", "数据", "数字", "目前", "全部", "一共", "全区", "全市", "全县", "我区", "我们", "增长", "累计", "新增", "培育", "认定", "建成", "建设", "新建", "完成", "实现", "达到", "发放", "引进", "增加", "减少", "开展", "组织", "办理", "处理", "补助", "补贴", "奖励", "标准", "政策", "费用", "投入", "安排", "惠及", "解决", "支持"))  # fmt: skip


def is_vague(question: Question) -> bool:
    """Whether a question asks for a figure and does not say of what: 有多少家？ · 2023年增长多少？"""
    return (
        question.want in ("figure", "money", "ratio", "rank")
        and not question.numbers
        and all(term in _ANY for term in question.terms)
    )


def coded_numbers_in(folded: str) -> tuple[tuple[str, str], ...]:
    """The document numbers of a text with the characters before them: the agency's code, and what else stands there.

    >>> coded_numbers_in(fold("按南川经信委函〔2024〕58号办理"))
    (('按南川经信委函', '(2024)58'),)
    """
    found = _DOCUMENT_NUMBER.finditer(folded)
    return tuple((m["word"], f"({m['year']}){int(m['number'])}") for m in found if m["word"])


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


# 还要, 比前, 又能: words that say nothing of the subject; no document holding them must not count.
_FUNCTION = re.compile(r"[的了还要再能会就都把被给从到在那这才又也比前后来去有没是不很太已将可以]+")


def content_terms(folded: str, names: Sequence[str] = ()) -> tuple[str, ...]:
    """The words that say what a question is about: without question words, periods and fillers.

    Args:
        names: of places, which no dictionary has: 珩渡托位 is 珩渡 and 托位, not 珩 and 渡托位.
    """
    # Its number leads to a document by itself.
    text = re.sub(rf"[㐀-鿿]{{0,{_CODE}}}\(\d{{4}}\)\s?第?\d{{1,5}}\s?号", " ", folded)
    if names:
        longest = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
        text = re.sub(rf"(?:{longest})(?:省|市|区|县|镇(?!街)|乡(?![镇村])|街道)?", r" \g<0> ", text)
    for period in find_periods(text, None):
        text = text[: period.start] + " " * (period.end - period.start) + text[period.end :]
    text = _QUESTION_WORDS.sub(" ", text)
    text = re.sub(r"[^㐀-鿿a-z0-9.]+", " ", text)
    terms = []
    for word in words(text):
        word = word.strip()
        if (
            not word
            or word in STOP_WORDS
            or (len(word) == 1 and not word.isdigit())
            or _FUNCTION.fullmatch(word)
        ):
            continue
        terms.append(word)
    return tuple(dict.fromkeys(terms))


_CODE = 7
"""Longest agency code before a document number's bracket, in characters: 珩发改能源."""

# 签约项目和开工项目各多少个: one thing asked of two.
_PARTS = re.compile(
    r"^(?P<head>.*?)(?P<one>(?<!\d)(?!(?:19|20)\d\d|\d\d年)[㐀-鿿a-z0-9\"“”]{2,14}?)(?:和|与|、|及|以及|跟|同)(?P<two>[㐀-鿿a-z0-9\"“”]{2,14}?)"
    r"(?:各自?|分别|都)(?P<ask>(?:是|有|为|占|新增|增长|下降|达到?|从|到|在|于)?(?:多少|几|第几|排第几|是多少|怎么样|何时|什么时候|哪).*)$"
)
# 茶油、高山菜、脆李这三样产值各是多少: one thing asked of several.
_LISTED = re.compile(
    r"^(?P<head>.*?)(?P<items>[㐀-鿿a-z0-9\"“”]{2,10}(?:、[㐀-鿿a-z0-9\"“”]{2,10}?)+?(?:(?:和|与|以及|及)[㐀-鿿a-z0-9\"“”]{2,10}?)?)"
    r"(?:这[两三四五六几][样个项类种家处者]|等)(?P<of>的?[㐀-鿿]{0,8}?)(?:各自?|分别|都)"
    r"(?P<ask>(?:是|有|为|占|新增|增长|下降|达到?)?(?:多少|几|第几).*)$"
)
_ASKS = re.compile(
    r"(多少|几|第几|哪|什么|谁|何时|为什么|为啥|啥|咋|怎么|多[大高低长远宽深重久快]|老几|吗|没有[？?]?$|是否)"
)


def split_parts(text: str) -> tuple[str, ...]:
    """The single questions of one that asks for several things, or nothing.

    >>> split_parts("签约项目和开工项目各多少个？")
    ('签约项目多少个？', '开工项目多少个？')
    >>> split_parts("2023年新增多少家，累计多少家？")
    ('2023年新增多少家', '累计多少家？')
    >>> split_parts("公交有多少条线、多少辆车？")
    ('公交有多少条线', '多少辆车？')
    """
    text = text.strip()
    pieces: list[str] = []
    for piece in re.split(r"[，,；;？?](?=.)", text):
        listed = piece.split("、")
        # 多少条线、多少辆车 are two questions; 水、电、气各多少 is one.
        pieces += listed if all(_ASKS.search(fold(p)) for p in listed) else [piece]
    pieces = [part for piece in pieces for part in _asked_twice(piece) if part]
    # 农民收入增长多少，城镇居民呢: what only says 呢 asks the same again.
    asking = [
        _ASKS.search(fold(piece)) is not None or (at > 0 and re.search(r"呢[？?]?$", piece) is not None)
        for at, piece in enumerate(pieces)
    ]
    if sum(asking) > 1:
        # What stands before the first question belongs to it: 2023年，松垭区有多少家，占多少？
        parts: list[str] = []
        waiting = ""
        for piece, asks in zip(pieces, asking, strict=True):
            if asks:
                parts.append(waiting + piece)
                waiting = ""
            else:
                waiting += piece + "，"
        return tuple(parts)
    match = _LISTED.match(text)
    if match:
        items = re.split(r"、|和|与|以及|及", match["items"])
        return tuple(f"{match['head']}{item}{match['of']}{match['ask']}" for item in items)
    match = _PARTS.match(text)
    if match:
        return tuple(f"{match['head']}{match[name]}{match['ask']}" for name in ("one", "two"))
    return ()


_AMOUNT_ASKED = re.compile(rf"(?:多少|(?<![哪第这那])几)个?(?:{UNIT.pattern}|钱|天|年|岁)")


def _asked_twice(piece: str) -> list[str]:
    """A piece that asks for two amounts without a mark between them, cut behind the first.

    >>> _asked_twice("报了多少项过了多少项"), _asked_twice("总共几处多少张床")
    (['报了多少项', '过了多少项'], ['总共几处', '多少张床'])
    >>> _asked_twice("晚上几点到几点免费"), _asked_twice("多少家占多少")
    (['晚上几点到几点免费'], ['多少家占多少'])
    """
    folded = fold(piece)
    asked = list(_AMOUNT_ASKED.finditer(folded))
    if len(asked) != 2 or len(folded) != len(piece):
        return [piece]
    gap = folded[asked[0].end() : asked[1].start()]
    if re.fullmatch(r"\s*(?:[到至~—-]|之间|各有?|分别有?|比|换|等于|[是为]|合|折合?)?\s*", gap) and not (
        gap == "" and asked[0].group() != asked[1].group()
    ):
        return [piece]
    at = asked[0].end()
    # 多少张床、多少人: the thing counted stands behind its unit.
    return [piece[:at], piece[at:]]


def expanded_terms(term: str) -> tuple[str, ...]:
    """A term and the other names that the field has for it."""
    return expand(term)
