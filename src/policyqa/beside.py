"""Figures that stand beside a question: of another name, tier, side, rate, day or site than it asks for."""

from __future__ import annotations

import re
from collections.abc import Sequence

from policyqa.aspects import REACHED
from policyqa.numerals import to_number
from policyqa.quantities import quantities
from policyqa.question import Question
from policyqa.schema import Figure
from policyqa.synonyms import expand
from policyqa.text import fold

# 没投产的茶园有多少亩 · 账款还剩多少: what is left, not what is done.
_REST_ASKED = re.compile(
    r"(?:没有?|未|尚未|还没)(?!法|能|办法)(?P<lacks>[㐀-鿿]{1,6})的|还[有剩][^，。？]{1,10}(?:没有?|未)(?!有)[㐀-鿿]{1,4}(?=[？?]?$)|还剩|剩下|剩余|余下|其余|还差|还欠|(?:以外|之外)的"
)
_REST_TOLD = re.compile(
    r"没|未|无|剩|其余|余下|余额|还有|还差|欠|缺|除|不|尚|非|待|仍|以外|之外|其他|其它|另|[只仅]有▯"
)
# 压减至9家, 全市共有在册渡口47处: so many are left as there are now, if 还剩 asks for no more.
_STILL = re.compile(r"还剩|剩下|剩余|余下")
_CUT_TO = re.compile(
    r"(?:减|降|缩|撤并?|并|压)[㐀-鿿]{0,2}(?:至|到|为|成)(?:\d{4}年[底末]?)?[^，。；\d]{0,6}$"
)
_THERE_IS = re.compile(r"在册|现[有存]|共有|保有|(?:截至|目前|年末)")
_DONE = re.compile(
    r"完成|整[治改]|清[偿理]|[偿归]还|支付|办结|化解|销号|拆除|兑现|拨付|竣工|建成(?!区)|改造|已(?!无)"
)


# 不合格几批次, beside 合格204批次
_NEGATED = re.compile(r"[不未](?P<of>合格|达标|满意|及格|通过)|非(?P<non>[㐀-鿿]{2,3})")


def other_side(question: Question, figure: Figure) -> bool:
    """Whether a question asks for what is left of something and a figure is of what is not.

    其中投产茶园10.1万亩 does not say how much is 没投产的, nor 合格204批次 how much is 不合格.
    """
    negated = _NEGATED.search(question.folded)
    of = negated["of"] or negated["non"] if negated else ""
    if of and re.search(rf"(?<![不未没非]){of}", fold(figure.indicator)):
        return True
    asked = _REST_ASKED.search(question.folded)
    if asked is None:
        return False
    told = fold(figure.indicator)
    # 剩下53个，岚东区6个、泊南区10个: what a sentence begins with holds for its list.
    if (first := _BEGINS.match(fold(figure.inherited))) is not None:
        told += first.group()
    if asked["lacks"] and asked["lacks"][0] not in fold(figure.inherited) + told:
        return False  # 没主的狗, where strays are told of: nothing is said of those that have one
    for term in question.terms:
        if term not in asked.group():
            told = told.replace(term, "")  # 欠账 of the question's own says nothing of what is left
    if _STILL.fullmatch(asked.group()):
        lead = fold(figure.inherited + figure.lead)
        stands = (
            figure.aspect in ("level", "cumulative") and _THERE_IS.search(lead) and not _DONE.search(lead)
        )
        if stands or _CUT_TO.search(lead):
            return False
    return _REST_TOLD.search(told) is None


_BEGINS = re.compile(
    r"(?:[^，。；\d]{0,8}[，：])?[，、]?(?:还?剩下?|剩余|其余|余下|尚有|仍有|尚未|未)[^，。；\d]{0,8}"
)


_RATE = re.compile(r"(?P<of>[㐀-鿿]{2})率")
_SAME_RATE = (
    frozenset({"合格", "达标"}), frozenset({"覆盖", "普惠", "普及"}), frozenset({"使用", "利用", "入住"}),
    frozenset({"就业", "落实"}), frozenset({"完成", "执行", "进度"}), frozenset({"增长", "增速"}),
)  # fmt: skip


# 覆盖率达标的有几个: a number of those with the rate
_OF_COUNT = re.compile(
    r"率[^，。？]{1,12}[的了](?:有|是|共|达)?(?:多少|几)|第几|排名|名次|位次|多久|哪[天年月]|什么时候|何时"
)


def other_rate(question: Question, figure: Figure) -> bool:
    """Whether a question asks for one rate and a figure is of another one: 签约率, 规范管理率.

    Rates that share a character, or are used for one another, count as one.
    """
    asked = _RATE.findall(question.folded)
    # 普及率哪个县最低: no kilometres.
    if asked and question.unit in ("", "%") and figure.unit not in {*_RATIOS, "‰", ""}:
        return _OF_COUNT.search(question.folded) is None
    told = _RATE.findall(fold(figure.inherited[-12:] + figure.lead))[-1:]
    if not asked or not told:
        return False
    # 出庭率, where it is called 出庭应诉率
    own = fold(figure.lead)
    return not any(
        one in own or set(one) & set(told[0]) or any({one, told[0]} <= same for same in _SAME_RATE)
        for one in asked
    )


def other_name(question: Question, figure: Figure, figures: Sequence[Figure]) -> bool:
    """Whether a question asks for the figure beside, by its name: 中医药, where this one is 页岩气's.

    Of 页岩气、中医药产业增加值分别增长30.4%、2.3倍 both say the same but for their names; a question that
    uses a word of one name and none of the other's means that one.
    """
    own = _whose(figure)
    if _of_condition(figure, figures) or (_LEFT.search(own) and _LEFT.search(question.folded)):
        return False
    for beside in figures:
        theirs = _whose(beside)
        if beside is figure or beside.aspect != figure.aspect or own == theirs or _CLAIMED.search(theirs):
            continue
        if beside.unit != figure.unit and not {beside.unit, figure.unit} <= _RATIOS:
            continue  # 每家奖励5万元（接待少于3000人次的收回奖励）
        if figure.years and figure.years == question.years and beside.years != figure.years:
            continue  # 今年…增长率降到1%，1985年要降到0.5%: the year tells them apart
        pairs = zip(reversed(own), reversed(theirs), strict=False)
        tail = next((at for at, (a, b) in enumerate(pairs) if a != b), min(len(own), len(theirs)))
        # 甲级 and 乙级 share more than what is said of both.
        tail -= tail > 0 and min(len(own), len(theirs)) - tail == 1 and not re.search(r"\d", own + theirs)
        mine, other = own[: len(own) - tail], theirs[: len(theirs) - tail]
        if tail and min(len(mine), len(other)) > 1 and _said(other, question) and not _said(mine, question):
            return True
    return False


_LEFT = re.compile("[未没剩]")
_CLAIMED = re.compile("(?:委员|代表|提案人?|网友)们?(?:反映|提出|认为|建议|所说|所称)")
# 80周岁及以上每餐补4元, 4万人次以上的奖励5万元
_CONDITION = re.compile(r"(?:\(含\)|及?以[上下内])?的?[㐀-鿿]{0,10}")


def _of_condition(figure: Figure, figures: Sequence[Figure]) -> bool:
    """Whether a figure is what a tier gives: another one stands before it as its condition, and
    ``policyqa.limits`` tells whether that is met."""
    words = figure.lead
    before = [f for f in figures if f.end <= figure.start - len(words) + 1 <= figure.start]
    nearest = max(before, key=lambda f: f.end, default=None)
    if nearest is None or not re.search("以[上下内]|(?:不足|未满|满|超过)$", nearest.text + words):
        return False
    return figure.start - nearest.end <= len(words) + 1 and _CONDITION.fullmatch(fold(words)) is not None


# 其中大专毕业生、高级工最长24个月: of both
_ALSO_OF = re.compile(r"(?:^|[，；。：])([^，；。：\d]*、)$")


def _whose(figure: Figure) -> str:
    """The words of a figure, with the names before its own in a list that has the figure in common."""
    also = _ALSO_OF.search(fold(figure.inherited))
    return (also[1] if also else "") + fold(figure.indicator).replace("▯", "")


# 甲区、乙区、丙区合计3060个
_TOGETHER = re.compile(
    r"(?P<names>[㐀-鿿]{2,4}[区县市镇乡]?(?:[、和及与][㐀-鿿]{2,4}[区县市镇乡]?)+)[两三四五六]?(?:地|区|县|市)?(?:合计|共计|总共|一共|加起来)[^，。；]{0,6}$"
)


def of_several(places: Sequence[str], figure: Figure) -> bool:
    """Whether a figure is the sum of several places and a question asks for one of them."""
    match = _TOGETHER.search(fold(figure.inherited + figure.lead))
    if match is None:
        return False
    names = re.split("[、和及与]", match["names"])
    asked = [name for name in names if any(place in name for place in places)]
    return 0 < len(asked) < len(names)


_SITE = re.compile(
    r"第(?P<which>[一二三四五六七八九十]{1,2})[㐀-鿿]{0,6}?(?P<kind>医院|中学|小学|幼儿园|处理厂|水厂|电厂|福利院|敬老院|大桥)"
)


def other_site(question: Question, said: str) -> bool:
    """Whether a question is about a numbered institution named nowhere: 第一人民医院, in a text on all.

    Args:
        said: the passage and what stands around it.
    """
    match = _SITE.search(question.folded)
    if match is None:
        return False
    # 市一院, 二中, 三小 are how they are called.
    which, kind = match["which"], match["kind"]
    return f"第{which}" not in said and f"{which}{kind[0]}" not in said and f"{which}{kind[-1]}" not in said


_GIVEN_ASKED = re.compile(r"补|奖|贴|资助|扶持|返还|领|拿")
# 对设备投资300万元以上的技改项目，按10%给予奖补
_CASE = re.compile(r"^的[㐀-鿿]{0,10}[，,]?(?:可|均|一律|分别|一次性)?(?:按|给予?|补|奖|每|享受|发放|减|免)")


def of_the_case(question: Question, figure: Figure, folded: str) -> bool:
    """Whether a question asks what is given and a figure says for whom or what it is: 投资300万元以上的，…"""
    asked = question.want == "money" and _GIVEN_ASKED.search(question.folded) is not None
    return asked and _CASE.search(folded[figure.end :]) is not None


_SUMMED = re.compile("加起来|合起来|加在一起|相加|加上")
_ALL_OF_IT = re.compile("一共|总共|合计|全[补奖发]|下来|加起来|拿满|领满")
_A_SUM = re.compile("共|总|合计|累计")


def part_of_sum(question: Question, figure: Figure, folded: str) -> bool:
    """Whether a question asks what several things come to and a figure is one of them, or for each of them.

    三个县加起来多少 is no figure that is not called a sum; 12艘一共补多少 is not 每艘18万元.
    """
    clause = re.split("[，；。：]", folded[: figure.start])[-1]
    if _SUMMED.search(question.folded):
        return _A_SUM.search(clause) is None
    if question.want != "money" or not _ALL_OF_IT.search(question.folded):
        return False
    given = {q.unit for q in quantities(question.folded) if q.value > 1}
    return any(f"每{unit}" in clause or figure.unit.endswith(f"/{unit}") for unit in given)


_STOCK_ASKED = re.compile(
    r"(?:[底末]|现在|目前)[^，。？新增]{0,4}(?:共|总共|一共)?(?:有|是)(?:多少|几)|(?:19|20)\d\d年[底末](?!前)"
)
_ADDED_ASKED = re.compile(r"(?<!特)新[增建开设认培招签引投改装评获入办]|净增|增[加长多]|[多增]了")
_ADDED_TOTAL = re.compile("总数|总量|累计|达到?")
_ONLY_ADDED = re.compile(r"(?:(?<![特更创])新(?!能源|兴)[㐀-鿿]{1,2}|净增|增加)[^，。；\d]{0,14}$")


def only_added(question: Question, figure: Figure) -> bool:
    """Whether a question asks how many there were at a time and a figure is of the new ones alone."""
    return (
        figure.aspect == "new"
        and _STOCK_ASKED.search(question.folded) is not None
        and _ADDED_ASKED.search(question.folded) is None
        and (
            _ONLY_ADDED.search(fold(figure.lead)) is not None
            or ("总数" in question.folded and not _ADDED_TOTAL.search(fold(figure.indicator)))
        )
    )


_CHANGE_ASKED = re.compile(
    r"增|减|[升降涨跌]|提[高升]|[上下]调|上浮|[多少高低快慢]了?(?:多少|几)|[比较](?!例|重|率)|变|差|幅|速|加|砍|压|缩|扩|净|同比|环比"
)
_LEVEL_ASKED = re.compile(r"多少|几|多[大高重长]|第几")
_MADE_MORE = re.compile(r"(?:各|再|又|均|都)?(?:上调|下调|加收)了?$")


def only_changed(question: Question, figure: Figure) -> bool:
    """Whether a figure is by how much a price was changed, 各上调1元, and the question is what it is."""
    return (
        _MADE_MORE.search(fold(figure.lead)) is not None
        and _LEVEL_ASKED.search(question.folded) is not None
        and _CHANGE_ASKED.search(question.folded) is None
    )


_CHANGED_BY = re.compile(
    r"(?:缩短|压缩|压减|延长|提前|推迟|缩小|扩大|精简|[上下]调|调[高低]|提[高升]|降低?|减少?|增加?|涨|升)了(?:多少|几)(?![百千万亿]?分之)"
)


def only_reached(question: Question, figure: Figure) -> bool:
    """Whether a question asks by how much something changed and a figure is what it came to: 缩短到15分钟."""
    return _CHANGED_BY.search(question.folded) is not None and REACHED.search(fold(figure.lead)) is not None


# 少了多少: not 较上年提高4.1个百分点
_WAYS = (
    (
        re.compile(r"(?:少|减少|下降|降低?|跌|下滑|回落|低|缩短|缩小)了(?:多少|几)"),
        re.compile(r"(?:增加|增长|提高|上升|扩大|增|升|涨|延长)了?[^，。；\d]{0,4}$"),
    ),
    (
        re.compile(r"(?:(?<!最)多|增加|增长|提高|上升|涨|高|扩大|延长)了(?:多少|几)"),
        re.compile(r"(?:减少|下降|降低|回落|下滑|缩小|缩短|减|降|跌)了?[^，。；\d]{0,4}$"),
    ),
)


def other_way(question: Question, figure: Figure) -> bool:
    """Whether a question asks how far something fell and a figure is of a rise, or the other way round."""
    lead = fold(figure.lead)
    return any(asked.search(question.folded) and told.search(lead) for asked, told in _WAYS)


# 比2010年的22个减少13个: the first is of 2010.
_OF_BEFORE = re.compile(
    r"(?:[比较由从]|相比)(?P<when>(?:19|20)\d\d年|上一?年|去年|[上前]一?[月季])[^，。；\d]{0,4}的$"
)


def of_before(question: Question, figure: Figure) -> bool:
    """Whether a figure is the earlier one that another is compared with, and no such time is named."""
    match = _OF_BEFORE.search(fold(figure.lead))
    if match is None:
        return False
    year = re.match(r"\d{4}", match["when"])
    if year is None:
        return not (question.years and question.years == figure.years)  # 上年的33.5亿元 is of the year asked
    return int(year.group()) not in question.years


_PER_HEAD = re.compile(r"人均(?:地区)?(?:国内)?(?:生产总值|gdp)")


def per_head(question: Question, figure: Figure) -> bool:
    """Whether a question asks for the product of a place and a figure is of each head."""
    told = _PER_HEAD.search(fold(figure.lead)) is not None
    return told and re.search(r"[人每]均|每人|一个人", question.folded) is None


_PRICE_ASKED = re.compile(
    "门票|票价|[水电气菜房药]价|单价|均价|月薪|工资|[一每][餐顿斤度方次趟](?!面|案|针|性)|停车(?![场楼位])|罚(?:多少|几)"
)
_SUM_ASKED = re.compile("总|合计|一共|多少个?[万亿]|收入|增收|[补发花收卖]了|投")
_NO_PRICE = 100_000
"""No ticket, meal or wage costs as many yuan."""


def no_price(question: Question, figure: Figure) -> bool:
    """Whether a question asks what one of something costs and a figure is a sum: 门票多少钱, 收入511万元."""
    return (
        question.unit == figure.unit == "元"
        and figure.value >= _NO_PRICE
        and _PRICE_ASKED.search(question.folded) is not None
        and _SUM_ASKED.search(question.folded) is None
    )


_TIER = re.compile(r"(?<![a-z0-9])(?P<which>[a-e]|[一二三四五六1-6])(?P<kind>[类级档等星])(?!别|型|似|于|人)")


def other_tier(question: Question, figure: Figure, figures: Sequence[Figure]) -> bool:
    """Whether a question asks for one tier and a figure is of another beside it: B档, where this is A档's."""
    asked = {m["which"] for m in _TIER.finditer(question.folded)}
    if len(asked) != 1:
        return False
    own = _tiers(figure)
    return bool(own) and not own & asked and any(_tiers(f) == asked for f in figures if f is not figure)


def _tiers(figure: Figure) -> set[str]:
    return {m["which"] for m in _TIER.finditer(fold(figure.indicator))}


OPPOSITES: tuple[tuple[str, str], ...] = (
    ("进口", "出口"), ("公办", "民办"), ("公立", "民营"), ("国有", "民营"), ("城镇", "农村"),
    ("城市", "农村"), ("城区", "城乡"), ("市区", "城乡"),
    ("小学", "初中"), ("初中", "高中"), ("小学", "高中"), ("上半年", "下半年"),
    ("线上", "线下"), ("出生", "死亡"), ("快充", "慢充"), ("机构", "居家"), ("住院", "门诊"),
    ("职工", "居民"), ("收入", "支出"), ("迁入", "迁出"), ("市级", "区级"), ("市级", "县级"),
    ("中央", "地方"), ("首次", "再次"), ("起付线", "限额"), ("起付线", "封顶线"),
    ("臭氧", "pm2.5"), ("臭氧", "pm10"), ("pm10", "pm2.5"),
)  # fmt: skip
"""Words for the two sides of one matter: what is said of one holds for the other least of all."""


def of_one_district(question: Question, figure: Figure) -> bool:
    """Whether a question is about the whole city and a figure is of a district: 全市加一起, 全区2063公里."""
    counted = question.want in ("figure", "money") and question.aspect != "share"
    return counted and "全市" in question.folded and figure.scope in ("全区", "全县", "我区", "我县")


def opposed(question: Question, figure: Figure) -> bool:
    """Whether a question asks for one side of a matter and a figure is of the other: 进口, 出口168.5亿元."""
    told = fold(figure.indicator + figure.name)
    # 2023年出口，进口多少: of a question that follows another the own words stand last.
    last = question.folded.rpartition("，")[2]
    for pair in OPPOSITES:
        asked = [side for side in pair if side in last] or [side for side in pair if side in question.folded]
        said = [side for side in pair if side in told]
        if len(asked) == 1 and len(said) == 1 and asked != said:
            return True
    return False


_RATIOS = frozenset({"%", "倍", "百分点", "个百分点", "成"})


def _said(name: str, question: Question) -> bool:
    # 满5年, asked as 满五年
    asked = question.folded + _HAN_NUMBER.sub(lambda m: str(to_number(m.group())), question.folded)
    return any(name[i : i + 2] in asked for i in range(len(name) - 1))


_HAN_NUMBER = re.compile(r"(?<![十百千])[一二三四五六七八九](?![十百千万])")


_INDEX_GROUPS = ("gdp", "社零", "固投")
"""Indicators of the economy by the name that ``policyqa.synonyms`` has their other names under."""


def other_index(question: Question, said: str) -> bool:
    """Whether a question asks for an indicator of the economy that a text does not speak of.

    Args:
        said: the sentence of a figure with what stands around it, folded.
    """
    asked = [names for names in map(expand, _INDEX_GROUPS) if any(n in question.folded for n in names)]
    if _INTENSITY.search(question.folded) and "强度" in said:
        return False
    return bool(asked) and not any(name in said for names in asked for name in names)


# 研发投入强度 is what is spent in a share of GDP.
_INTENSITY = re.compile("占(?:gdp|地区生产总值|生产总值)")
