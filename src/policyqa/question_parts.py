"""The single questions of one that asks for several things: 新增多少家，累计多少家 · 水、电、气各多少."""

from __future__ import annotations

import re

from policyqa.text import fold
from policyqa.units import UNIT
from policyqa.wants import ASKS

# 签约项目和开工项目各多少个: one thing asked of two.
_PARTS = re.compile(
    r"^(?P<head>.*?)(?P<one>(?<!\d)(?!(?:19|20)\d\d|\d\d年|[到至])[㐀-鿿a-zA-Z0-9\"“”]{2,14}?)(?:和|与|、|及|以及|跟|同)(?P<two>[㐀-鿿a-zA-Z0-9\"“”]{2,14}?)"
    r"(?:各自?|分别|都)(?P<ask>(?:是|有|为|占|新增|增长|下降|达到?|从|到|在|于|[产卖建装办收用花出交增减跌涨降开投拿补给]了?|[㐀-鿿]{1,2}[到至产收支出]?了?)?(?:多少|几|第几|排第几|是多少|怎么样|何时|什么时候|哪).*)$"
)
# 茶油、高山菜、脆李这三样产值各是多少: one thing asked of several.
_LISTED = re.compile(
    r"^(?P<head>.*?)(?P<items>[㐀-鿿a-z0-9\"“”]{2,10}(?:、[㐀-鿿a-z0-9\"“”]{2,10}?)+?(?:(?:和|与|以及|及)[㐀-鿿a-z0-9\"“”]{2,10}?)?)"
    r"(?:这[两三四五六几][样个项类种家处者]|等)(?P<of>的?[㐀-鿿]{0,8}?)(?:各自?|分别|都)"
    r"(?P<ask>(?:是|有|为|占|新增|增长|下降|达到?)?(?:多少|几|第几).*)$"
)


# 四川跟上海的人口自然增长率，到1978年分别压到千分之几了
_OF_TWO = re.compile(
    r"^(?P<one>[㐀-鿿]{2,6}?)[和跟与同、](?P<two>[㐀-鿿]{2,6}?)的(?P<of>[^，。？]{2,12})[，,](?P<when>[^，。？]{0,10}?)(?:各自?|分别)(?P<ask>[^，。？]*(?:多少|几).*)$"
)
# 三产增加值分别多少: without 分别 三产 is the third sector.
_SECTORS = re.compile(
    r"^(?P<head>.*?)(?:第?一、?二、?三次?产业?|[三3]次产业|三大产业|三产)(?P<of>的?[㐀-鿿\d]{0,14}?)(?:各自?|分别)"
    r"(?P<ask>(?:是|有|为|占|增长|下降|达到?)?(?:多少|几).*)$"
)
_AIM = re.compile(r"(.+?)((?:的?(?:目标|任务|计划|指标|预算)数?)?)$")


def split_parts(text: str) -> tuple[str, ...]:
    """The single questions of one that asks for several things, or nothing.

    >>> split_parts("签约项目和开工项目各多少个？")
    ('签约项目多少个？', '开工项目多少个？')
    >>> split_parts("助浴点和助浴车目标各是多少")
    ('助浴点目标是多少', '助浴车目标是多少')
    >>> split_parts("供水一体化中央、省里、专项债各出多少")
    ('供水一体化中央出多少', '省里出多少', '专项债出多少')
    >>> split_parts("夜间公交和常规线每公里补贴各多少")
    ('夜间公交每公里补贴多少', '常规线每公里补贴多少')
    >>> split_parts("2023年新增多少家，累计多少家？")
    ('2023年新增多少家', '累计多少家？')
    >>> split_parts("水上巴士现在几条线、总长、站点、多少船")
    ('水上巴士现在几条线', '总长多少', '站点多少', '多少船')
    >>> split_parts("24年常住人口、户籍人口、城镇化率")
    ('24年常住人口是多少', '户籍人口是多少', '城镇化率是多少')
    >>> split_parts("年底渡口渡船渡工各多少")
    ('年底渡口多少', '渡船多少', '渡工多少')
    >>> split_parts("公交有多少条线、多少辆车？")
    ('公交有多少条线', '多少辆车？')
    """
    text = text.strip()
    if sectors := _SECTORS.match(text):
        return tuple(f"{sectors['head']}第{n}产业{sectors['of']}{sectors['ask']}" for n in "一二三")
    pieces: list[str] = []
    for piece in re.split(r"[，,；;？?](?=.)|(?<=[㐀-鿿）)])\s+(?=[㐀-鿿])", text):
        listed = piece.split("、")
        # 多少条线、多少辆车 are two questions; 水、电、气各多少 is one.
        if len(listed) > 1 and ASKS.search(fold(listed[0])) and not _OF_EACH.search(piece):
            # 几条线、总长、站点、多少船: who has asked once only names what else he wants.
            listed = [p if ASKS.search(fold(p)) or not _NAME.fullmatch(p) else f"{p}多少" for p in listed]
        pieces += listed if all(ASKS.search(fold(p)) for p in listed) else [piece]
    pieces = [part for piece in pieces for part in _asked_twice(piece) if part]
    # 多少家，规上和省级龙头各几家: the list is of what was asked before.
    asked_so_far = [ASKS.search(fold(piece)) is not None for piece in pieces]
    pieces = [
        part
        for at, piece in enumerate(pieces)
        for part in (_of_all(piece) if any(asked_so_far[:at]) else _of_each(piece))
    ]
    pieces = [_worded(piece) if at else piece for at, piece in enumerate(pieces)]
    # 农民收入增长多少，城镇居民呢: what only says 呢 asks the same again.
    asking = [
        ASKS.search(fold(piece)) is not None or (at > 0 and re.search(r"呢[？?]?$", piece) is not None)
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
    if named := _NAMED.match(text):
        items = named["items"].split("、")
        # 养老、医疗、失业保险参保人数: what all have in common stands behind the last one.
        if len(items) > 2 and len(items[-1]) <= max(map(len, items[:-1])) + 1:
            return tuple(f"{named['head']}{item}{named['aim']}是多少" for item in items)
    if match := _OF_TWO.match(text):
        return tuple(
            f"{match[name]}的{match['of']}，{match['when']}{match['ask']}" for name in ("one", "two")
        )
    match = _LISTED.match(text)
    if match:
        items = re.split(r"、|和|与|以及|及", match["items"])
        return tuple(f"{match['head']}{item}{match['of']}{match['ask']}" for item in items)
    if alike := _COUNT_BOTH.match(text):
        return tuple(f"{alike['head']}{alike[name]}" for name in ("one", "two"))
    if several := _LAST_LIST.match(text):
        first, *others = [several["one"], *re.split("、|和|与|以及|及", several["more"].strip("、"))]
        return tuple(f"{name}{several['ask']}" for name in (f"{several['head']}{first}", *others))
    if several := _LIST_FIRST.match(text):
        names = re.split("、|和|与|以及|及", several["items"])
        frame, ask = several["frame"] or "", several["ask"]
        start = frame if len(frame) > 1 else ""
        return tuple(f"{start}{name}{ask}" for name in names)
    if several := _SEVERAL.match(text):
        names = [several["one"], *re.split("、|和|与|以及|及", several["more"].strip("、"))]
        return tuple(f"{name}{several['ask']}" for name in names)
    match = _PARTS.match(text)
    if match:
        # 助浴点和助浴车目标各是多少: the target of both.
        two, aim = _AIM.match(match["two"]).groups()  # type: ignore[union-attr]
        # 夜间公交和常规线每公里补贴各多少: the last one's measure is of both.
        measure = _OF_BOTH.search(two) or (None if "的" in match["one"] else _OF_SECOND.search(two))
        # GDP和财政收入: each its own
        own = re.search(rf"{_NUMBER_OF}$", match["one"])
        if not aim and not own and measure and not match["one"].endswith(measure["measure"]):
            two, aim = two[: measure.start()], measure.group()
        return tuple(f"{match['head']}{one}{aim}{match['ask']}" for one in (match["one"], two))
    return _two_measures(text)


_OF_BOTH = re.compile(
    r"(?<=[㐀-鿿]{2})的?(?:每[一]?[㐀-鿿]{1,3})?(?P<measure>补[贴助]|标准|收费|价格|票价|奖励|产量|产值|面积|收入|[增降]速|占比|满意率|办结率|覆盖率)$"
)
# 四川、上海的人口自然增长率分别降到了多少: the rate of both.
_OF_SECOND = re.compile(r"(?<=[㐀-鿿]{2})的(?P<measure>[㐀-鿿]{2,10}(?:率|数|量|额|值|收入|比重|占比))$")
_OF_EACH = re.compile("各|分别|一共|总共|合计")
_NAME = re.compile("[㐀-鿿]{2,6}")
# 参保人数和参保率: two measures of one thing, asked for by naming them.
_NUMBER_OF = (
    r"(?:[人户家个件台床村校园辆次倍]次?数|率|占比|比[例重]|金额|总[额数量值]|数量|面积|规模|投资额?|[增降]速|[增涨降]幅"
    r"|[产收][值量入]|支出|营收|利润|浓度|[单票均]?价格?|名次|排名|标准|[Pp][Mm](?:2\.5|10)|人口|里程|总长|长度|床位|学位|泊位|站点|[Gg][Dd][Pp])"
)
_TWO_MEASURES = re.compile(
    rf"^(?P<one>(?:(?!{ASKS.pattern})[^，,；;？?])+?{_NUMBER_OF}(?:[(（][^()（）]*[)）])?)(?:和|与|及|以及|、|跟|同)"
    rf"(?P<two>[㐀-鿿]{{0,6}}?{_NUMBER_OF})(?:各自?|分别|都)?(?:[是为有])?(?:多少|几何|怎么样|怎样|情况)?[？?]?$"
)


# 三季度响应率解决率满意率
_RATES = re.compile(
    r"^(?P<head>[^，。；？]*?)(?P<rates>(?:(?!比率|速率|利率)[㐀-鿿]{2}率[、和]?){2,})(?:各自?|分别)?(?:[是为])?(?:多少)?[？?]?$"
)


# 2025年的面积、产值、机采率目标
_MEASURES = re.compile(
    rf"^(?P<one>(?:(?!{ASKS.pattern})[^，,；;？?、])+?{_NUMBER_OF})(?P<more>(?:、[㐀-鿿]{{0,6}}?{_NUMBER_OF})+(?:(?:和|与|及|以及)[㐀-鿿]{{0,6}}?{_NUMBER_OF})?)"
    r"(?P<aim>(?:的?(?:目标|任务|计划)(?:数|值)?)?)(?:各自?|分别|都)?(?:[是为有])?(?:多少|几何|怎么样|怎样|情况)?[？?]?$"
)
# 中央、省里、专项债各出多少: what stands before the first is of all.
_SEVERAL = re.compile(
    r"^(?P<one>[^，,；;？?、\d]{2,24}|[^，,；;？?、]*年[^，,；;？?、\d]{2,20})(?P<more>(?:、[㐀-鿿a-z\"“”]{2,8}?)+(?:(?:、|和|与|以及|及)[㐀-鿿a-z\"“”]{2,8}?))"
    r"(?:各自?|分别)(?P<ask>[出占有是为花投给拿用补发]?(?:多少|几)[^，。？]{0,4})[？?]?$"
)
# 2005年定的新增就业、登记失业率、物价涨幅目标是多少
_NAMED = re.compile(
    r"^(?P<head>[^，,；;？?、]*?(?:年[底末初]?|的))(?P<items>[㐀-鿿a-zA-Z]{2,8}(?:、[㐀-鿿a-zA-Z]{2,8}?)+?)"
    r"(?P<aim>的?(?:目标|任务|计划|标准)?)(?:各自?|分别|都)?(?:是|为)(?:多少|几)[？?]?$"
)
# 授了多少个博士、硕士
_COUNT_BOTH = re.compile(
    rf"^(?P<head>.*(?:多少|几)(?:{UNIT.pattern})?)(?P<one>[㐀-鿿]{{1,5}}(?P<kind>[㐀-鿿]))(?:、|和|与|跟)(?P<two>[㐀-鿿]{{1,5}}(?P=kind))[？?]?$"
)
# 82年跟78年比，棉花、油料、糖料各增产多少
_LAST_LIST = re.compile(
    r"^(?P<head>[^；;？?、]*[，,])(?P<one>[㐀-鿿a-z\"“”]{2,10}?)(?P<more>(?:、[㐀-鿿a-z\"“”]{2,10}?)+(?:(?:、|和|与|以及|及)[㐀-鿿a-z\"“”]{2,10}?)?)"
    r"(?:各自?|分别)(?P<ask>[㐀-鿿]{0,3}?(?:多少|几)[^，。？]{0,4})[？?]?$"
)
# 国际标准、国标、行标，甲区企业每项各奖多少
_LIST_FIRST = re.compile(
    r"^(?P<items>[㐀-鿿a-zA-Z\"“”]{2,12}(?:、[㐀-鿿a-zA-Z\"“”]{2,12})+(?:(?:和|与|以及|及)[㐀-鿿a-zA-Z\"“”]{2,12})?)"
    r"[，,](?P<frame>[㐀-鿿]{2,14}?)?(?:每[项个家人户])?(?:各自?|分别)(?P<ask>[㐀-鿿]{0,3}?(?:多少|几)[^，。？]{0,4})[？?]?$"
)


def _two_measures(text: str) -> tuple[str, ...]:
    """The two questions of one that names two measures, or nothing.

    >>> _two_measures("2024年度参保人数和参保率"), _two_measures("农村和城镇收入")
    (('2024年度参保人数是多少', '参保率是多少'), ())
    >>> _two_measures("三季度响应率解决率满意率")
    ('三季度响应率是多少', '解决率是多少', '满意率是多少')
    >>> _two_measures("芡实的面积、产值、机采率目标")
    ('芡实的面积目标是多少', '产值目标是多少', '机采率目标是多少')
    """
    if rates := _RATES.match(text):
        first, *others = re.findall("[㐀-鿿]{2}率", rates["rates"])
        return tuple(f"{one}是多少" for one in (rates["head"] + first, *others))
    if several := _MEASURES.match(text):
        names = [several["one"], *re.split("、|和|与|以及|及", several["more"].strip("、"))]
        return tuple(f"{name}{several['aim']}是多少" for name in names)
    match = _TWO_MEASURES.match(text)
    return tuple(f"{match[name]}是多少" for name in ("one", "two")) if match else ()


# 放了多少贷款，利率: a measure alone asks how much it is.
_MEASURE = re.compile(
    r"[㐀-鿿()（）]{0,12}(?:率|占比|比例|比重|金额|总额|数量|人数|户数|面积|规模|投资额?|增速|增幅|浓度|票价|价格|单价|均价|工期|利率)"
)
# 城里农村各收多少
_TOWN_AND_LAND = re.compile(
    r"^(?P<head>.*?)(?P<one>城里|城区|城镇|城市)[、和与跟]?(?P<two>农村|乡村|乡下|村里)(?P<of>[^，。？多少几]{0,14}?)(?:各自?|分别)(?P<ask>[^，。？]*(?:多少|几).*)$"
)
# 渡口渡船渡工各多少
_ALIKE = re.compile(
    r"^(?P<head>.*?)(?P<names>(?P<kind>[㐀-鿿])[㐀-鿿](?:(?P=kind)[㐀-鿿]){1,3})(?:各自?|分别)(?P<ask>(?:是|有|为)?(?:多少|几).*)$"
)
_EACH_OF = re.compile(
    r"^(?P<head>.*?)(?P<one>[㐀-鿿](?P<kind>[㐀-鿿]))(?P<two>[㐀-鿿](?P=kind))(?:各自?|分别)(?P<ask>(?:是|有|为|占)?(?:多少|几).*)$"
)


def _worded(piece: str) -> str:
    """A piece that names a measure and asks nothing, as a question: 利率 → 利率是多少.

    >>> _worded("利率"), _worded("有证的占比？"), _worded("多少家")
    ('利率是多少', '有证的占比是多少', '多少家')
    """
    plain = piece.strip(" ？?")
    return f"{plain}是多少" if _MEASURE.fullmatch(plain) and not ASKS.search(fold(plain)) else piece


def _of_each(piece: str) -> list[str]:
    """A piece that asks of two kinds named without a mark between them, once for each.

    >>> _of_each("公办民办各多少"), _of_each("水电各多少")
    (['公办多少', '民办多少'], ['水电各多少'])
    """
    if alike := _ALIKE.match(piece):
        names = re.findall("..", alike["names"])
        return [f"{alike['head'] if not at else ''}{name}{alike['ask']}" for at, name in enumerate(names)]
    if lands := _TOWN_AND_LAND.match(piece):
        return [f"{lands['head']}{lands[k]}{lands['of']}{lands['ask']}" for k in ("one", "two")]
    match = _EACH_OF.match(piece)
    return [f"{match['head']}{match[k]}{match['ask']}" for k in ("one", "two")] if match else [piece]


# 规上和省级龙头各几家, 个人、医保基金、财政各出多少: all that the piece says are the names of a list.
_OF_ALL = re.compile(
    r"(?P<items>[㐀-鿿a-z0-9“”\"]{2,10}?(?:(?:、|和|与|以及|及)[㐀-鿿a-z0-9“”\"]{2,10}?)+)(?:各自?|分别)(?P<ask>[㐀-鿿]{0,3}?(?:多少|几).*)"
)
_BOTH = re.compile(r"(?P<one>[㐀-鿿]{2})(?P<two>[㐀-鿿]{2})(?:各自?|分别)(?P<ask>[㐀-鿿]?(?:多少|几).*)")


def _of_all(piece: str) -> list[str]:
    """A piece behind another that asks of a list of kinds, once for each.

    >>> _of_all("规上和省级龙头各几家"), _of_all("公立民营各多少")
    (['规上几家', '省级龙头几家'], ['公立多少', '民营多少'])
    """
    if (match := _OF_ALL.fullmatch(piece)) and not re.search(r"\d", match["items"]):
        return [f"{item}{match['ask']}" for item in re.split("、|和|与|以及|及", match["items"])]
    if match := _BOTH.fullmatch(piece):
        return [f"{match[name]}{match['ask']}" for name in ("one", "two")]
    return _of_each(piece)


# 一年多少钱谁掏: how much, and who.
_AND_WHO = re.compile(r"(?:多少钱?|几[块元])(?P<who>(?:由)?谁(?:来)?(?:掏|出|付|给|承担|负担|补|买单|出钱))")
_AMOUNT_ASKED = re.compile(rf"(?:多少|(?<![哪第这那])几)个?(?:项目|{UNIT.pattern}|钱|天|年|岁)")


# 养老多少托育多少: the same of two.
_BOTH_BARE = re.compile(r"(?P<one>[㐀-鿿\da-z]{2,16}?多少)(?P<two>[㐀-鿿]{2,6}?多少)[？?]?")


def _asked_twice(piece: str) -> list[str]:
    """A piece that asks for two amounts without a mark between them, cut behind the first.

    >>> _asked_twice("报了多少项过了多少项"), _asked_twice("总共几处多少张床")
    (['报了多少项', '过了多少项'], ['总共几处', '多少张床'])
    >>> _asked_twice("养老多少托育多少")
    ['养老多少', '托育多少']
    >>> _asked_twice("到23年底实缴多少投出多少")
    ['到23年底实缴多少', '投出多少']
    >>> _asked_twice("晚上几点到几点免费"), _asked_twice("多少家占多少")
    (['晚上几点到几点免费'], ['多少家占多少'])
    """
    folded = fold(piece)
    if len(folded) == len(piece) and (who := _AND_WHO.search(folded)):
        return [piece[: who.start("who")], piece[who.start("who") :]]
    if len(folded) == len(piece) and (bare := _BOTH_BARE.fullmatch(folded)):
        return [piece[: bare.end("one")], piece[bare.end("one") :]]
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
