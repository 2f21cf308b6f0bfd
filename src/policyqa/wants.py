"""What kind of answer a question wants, in which unit, and of which aspect: by the words that ask.

A question that asks nothing and only names a figure (榆舫区2024年高标准农田面积) is told by its last word.
"""

from __future__ import annotations

import re
from typing import Literal

from policyqa.schema import Aspect
from policyqa.units import PERCENT, RANK, UNIT

Want = Literal[
    "figure", "ratio", "rank", "money", "date", "who", "agency", "title", "number", "addressee", "contact",
    "co_units", "copied_to", "outcome", "list", "yesno", "reason", "commitment", "text",
]  # fmt: skip


_HOW_MANY = re.compile(
    r"(?:多少|(?<!哪)几|好多|多大|幾)(?:个多)?(?P<unit>"
    + UNIT.pattern
    + r")?|(?:数量|总数|人数|户数|规模|总量|家数)(?:是|有|为|达)?(?:多少|几何)?"
)
_RANK_ASKED = re.compile(
    r"第几|排名|位次|名次|排第|[排列居]几位|排多少[名位]|(?<=[省市县区国])几位(?![㐀-鿿])|名列|老几|排在|位列|位居"
)
_RATIO_ASKED = re.compile(
    r"(增长|增幅|增速|涨幅|降幅|下降|上升|提高|减少|回落|下滑|涨|降|跌|增加)了?(多少|几)(?=个?百分|倍|成|[呢啊呀吗]|[^㐀-鿿]|$)|增速|增幅|增长率|涨幅|降幅|幅度(?:是|有)?(?:多少|多大)"
    r"|[比率](?:是|为|有|达到?)?(?:多少|几)|占比|比例|比重|百分之几|百分之多少|几成|多少个?百分点|率(?:(?:19|20)?\d\d年(?:度|底|末)?)?(?:是|有|为|达)?(?:多少|怎么样|如何|多高)|多少倍|几倍|翻了几|几比几|(?:配|之|车桩|师生|医护|护患)比(?=多少|几|[，。？?]|$)|(?:多少|几)个点(?!位)|(?:(?<![㐀-鿿])占(?![地用道位着])[^，。？]{0,8}?|占(?:全|总|其|整|计划|了|gdp|生产总值|国内生产总值|财政)[^，。？]{0,8}?|(?<!各)占)(?:多少|几)了?(?=[，。？?]|$)"
    # 漏损率降到多少 · 师生比不低于多少 · 同意率要到多少才能立项
    r"|(?:[㐀-鿿]率(?!先|领|队)|[师生护床医班车桩]比(?![例重如较上去前\d]))(?:(?![差高低多少][了出])[^，。？的]){0,13}(?<![差高低多])(?<![^至]少)多少(?=[，。？?]|$|了|以[上下内]|才)"
)
_MONEY_ASKED = re.compile(
    r"几个钱|多少(?:亿|万)?(?:钱|资金|经费|投资|补贴|补助|奖金|贷款|消费(?!者|券)|产值|收入|税|国债|债券|利润|外资)|钱(?:一共|总共|合计|加起来|共)*(?:是|有)?多少|[赚挣赔亏]了?(?:多少|几)(?![家户个人])|(?:金额|总额|投资额|gdp|生产总值|社零|进出口额?|出口额?|进口额?|增加值(?!率)|欠款|账款|产值|利润|收入|资金|经费|投资|补助|贷款|余额|费用|营业额|销售额|零售额|奖励|预算|到位|产量值|工资|(?<!评)价格?|收费)[^，。？]{0,8}(?:是|有|为|达到?|了)?(?:多少|几)|花了?多少|投了?多少|拨了?多少|发放?了多少(?=[，。？?\s]|$|钱|元|万|亿|补|奖|津|资|贷|救|工|金|个?[百千万亿])|给多少|补多少|奖多少|要多少钱|多少(?:万|亿)?元"
    # 能贷几万, 补几百: a round number of nothing else is of money.
    r"|(?:[一每][家户人]|一个人|单户)[^，。？]{0,8}(?:拿|领|得|补|给|奖)[^，。？]{0,2}多少(?=[，。？?\s]|$)"
    r"|(?:补|给|奖|贷|罚|花|收|投|拿|领|发|赚|交|掏|报|退|减|免|付)[^，。？]{0,6}(?:几|多少)(?:[百千万]|十万|百万|千万)(?=[，。？?\s]|$)"
)
_WANTS: tuple[tuple[Want, re.Pattern[str]], ...] = (
    # 几点遛狗的那个提议采纳没: what stands at the end asks.
    ("yesno", re.compile(r"(?:采纳|同意|答应|批准|支持|受理|通过)了?(?:没有?|吗|不)[？?]?$")),
    ("reason", re.compile(r"怎么(?:一?回事|搞的)[？?]?$")),
    ("text", re.compile(r"(?:多久|多长时间)[？?]?$|(?:礼拜|星期|周)几")),
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
    # 要多少业主同意才行: a rule with its fractions, no count.
    (
        "text",
        re.compile(
            r"(?:要|得|须|需)[^，。？]{0,3}(?:多少|几成?)[㐀-鿿]{0,4}?(?:业主|住户|邻居|居民|人|户|代表|村民)们?的?(?:同意|点头|签字|赞成|表决)"
        ),
    ),
    ("rank", _RANK_ASKED),
    (
        "date",
        re.compile(
            r"(什么时候|何时|哪一?天|几月|哪年|哪一年|什么时间|几号(?!提案|建议|文|函)|日期|多久之前|截止时间|期限|到什么时候|几时|啥时候|时间是|有效期|(?<![增长降升涨跌高低多少快慢了])几点(?=钟|到|开|关|收|结束|上班|下班|以?前|之前|以?后|之后|能|才|至|发车|[，。？?]|$))"
        ),
    ),
    (
        "reason",
        re.compile(
            r"为什么|为何|原因|理由|怎么不|凭什么|因为什么|为啥|咋不|怎么(?:还|又|就|会|老是|一直|都|也)?没(?!有办法)"
            r"|(?<!该)怎么(?![办处解落安做弄样])[^，。？]{1,8}了[？?]?$"
        ),
    ),
    (
        "agency",
        re.compile(
            r"(哪个(?:部门|单位|局|委|机关|机构|科室|办)|哪家(?:单位|机构)|哪一?个?部门|什么部门|什么单位|谁负责|由谁|哪些(?:部门|单位)|谁主办|谁来管|谁牵头|归谁[管定]|找谁(?!联系)|谁发的|谁办)"
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
            r"([带要交备]什么(?:材料|手续|证件|东西)|哪些|哪几|有什么|什么措施|怎么做|如何|怎样|做了什么|有啥|哪三|哪两|分几|怎么|哪[一二三四五六两几]?(?:类|种|项|样|些|个|条|点|处|块))"
        ),
    ),
)

_ASPECTS: tuple[tuple[Aspect, re.Pattern[str]], ...] = (
    ("rank", _RANK_ASKED),
    ("share", re.compile(r"(占比|比重|占(?![地用道位着]).{0,12}(?:多少|几|比例)|份额)")),
    (
        "change",
        re.compile(
            r"(百分点|净增|净减|[增减][产收支]了?(?:多少|几)|比上年(?:增加|减少|多|少)了?(?:多少|几)(?:家|个|户|人|项|所|台|辆)"
            r"|(?<!占)比(?!例|重|率)[^，。？]{1,12}(?<!至)[多少高低](?:了|出)?(?:多少|几)(?!倍)"
            r"|(?:(?<![最至])[多少](?:了|出来?)|(?:比|较|和|跟|与|到(?!底)|至|之间|相)[^，。？]{0,24}(?<![之落误温])差了?)(?:多少|几)(?!钱))"
        ),
    ),
    (
        "growth",
        re.compile(
            r"(增长了?(?:多少|几)|增速|增幅|增长率|涨幅|降幅|幅度|下降了?(?:多少|几)|上升了?(?:多少|几)|[涨降跌](?:了(?:多少|几)|(?:多少|几)(?=[，。？?]|$))|下滑了?(?:多少|几)|同比)"
        ),
    ),
    (
        "new",
        re.compile(
            r"(新增|新培育|新认定|新建|新开|新签|新获|新引进|新设|新评|新增加|新登记|新注册|新发展|新投[用放]|新发[放现]|新批|新挂牌|新安装|新购|增加了?(?:多少|几)(?!个?百分|倍|成)[㐀-鿿]|新办|新改|新[㐀-鿿]{1,2}了?(?:多少|几)|当年|全年新)"
        ),
    ),
    (
        "cumulative",
        re.compile(
            r"(累计|攒|总共|一共|现有|目前有|总数|总量|共有|合计|现在有|到底有|存量|保有|总计|已有|现在.{0,10}(?:多少|几)|至今)"
        ),
    ),
)

_QUANTITY = re.compile(r"多少|(?<!哪)几|百分之|多[大高长久]|什么时候|何时|第几")
_PLAIN_YESNO = re.compile(r"吗[？?]?$|没有?[？?]?$|([㐀-鿿])[不没]\1|(?:什么|啥)(?:态度|意见)|谁说了算|谁定")


def wanted(folded: str) -> Want:
    """The kind of answer wanted: the first pattern that matches; no figure where only yes or no is asked."""
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
        if (
            name == "money"
            and _SIZE_ASKED.search(folded)
            and not re.search(r"多少(?:钱|元|[万亿]元)", folded)
        ):
            continue  # 农业水价综合改革面积是多少
        return name
    if not ASKS.search(folded):
        # 榆舫区2024年高标准农田面积: who is in a hurry names the figure and asks nothing.
        named = _BEHIND_NAME.sub("", folded)
        for name, pattern in _NAMED_ONLY:
            if pattern.search(named):
                return name
    return "text"


_COUNT_ASKED = re.compile(
    r"(?:多少|(?<!哪)几)(?:家|户|人|名|项|件|所|座|台|辆|处|批次?|次|个(?![亿万千百钱点多月]|[，。？?]|$))(?![㐀-鿿]{0,3}[钱款])"
)
_SIZE_ASKED = re.compile(r"(?:面积|人数|户数|里程|长度|个数|家数|户次|人次数?)(?:是|有|为|达到?)?(?:多少|几)")
_MONEY_NAMED = re.compile(r"多少(?:钱|元|资金|经费|投资|亿|万)|金额|总额|几(?:块|毛)|多少个?亿")
# 覆盖率2024年 · 面积（8月底）
_BEHIND_NAME = re.compile(
    r"(?:[，, ?？。呢]|(?:19|20)?\d\d年(?:度|底|末|[上下]半年)?|\d{1,2}月[底末份]?|[(（][^()（）]*[)）])+$"
)
_NAMED_ONLY: tuple[tuple[Want, re.Pattern[str]], ...] = (
    ("ratio", re.compile(r"(?:率|比例|比重|占比|增速|增幅|涨幅|降幅)$")),
    (
        "money",
        re.compile(
            r"(?:收入|投资|[总税差金]额|产值|资金|预算|经费|gdp|生产总值|工资|价格|[水电气票房菜]价|补贴|补助|奖励|费用?|成本|租金|押金|贷款|余额)$"
        ),
    ),
    (
        "figure",
        re.compile(
            r"(?:(?<![多少无参为])数|浓度|pm2\.5|(?<![质力能尽大商考海胆含])量|面积|规模|人口|里程|学位|床位|缺口|目标|任务)$"
        ),
    ),
)


def aspect_asked(folded: str) -> Aspect | None:
    """The aspect asked for; of new and cumulative the one named last: 新建了高标准农田，累计呢."""
    found = {name: match.start() for name, pattern in _ASPECTS if (match := pattern.search(folded))}
    if "new" in found and "cumulative" in found and found["new"] < found["cumulative"]:
        del found["new"]
    return next(iter(found), None)


def unit_asked(folded: str, want: Want) -> str:
    """The unit that the answer is to have, as figures write it: 家 of 多少家, 元 of 几毛; empty when open."""
    if want == "rank":
        return RANK
    if want == "ratio":
        return PERCENT
    if want == "money":
        return "元"
    if spoken := re.search(r"(?:多少|几)个(?P<unit>钟头|小时|人(?![大均]))", folded):
        return "人" if spoken["unit"] == "人" else "小时"
    match = re.search(
        r"(?:多少|几|好多|几多)(?:万|亿)?(块|毛|角(?!度|色)|平(?![㐀-鿿])|" + UNIT.pattern + r")", folded
    )
    if match is None and want == "figure" and _PERSONS.search(folded):
        return "人"
    if (
        match is None
        and want == "figure"
        and _POLLUTANT.search(folded)
        and not _NO_CONCENTRATION.search(folded)
    ):
        return "微克/立方米"
    if match is None or (match[1] == "块" and _PLATES.search(folded)):
        return match[1] if match else ""
    return _SPOKEN_UNITS.get(match[1], match[1])


# PM2.5是多少: a concentration, no days
_POLLUTANT = re.compile(r"pm2\.5|pm10|细颗粒物|可吸入颗粒物|臭氧")
_NO_CONCENTRATION = re.compile(r"[天率次项级倍]|百分|比例|占|站|车|项目|超标|几个")
# 有多少娃在学校吃饭; not 多少老人助餐点
_PERSONS = re.compile(
    r"(?:多少|好多|几多)(?:困难|留守|残疾|失能|下岗|农村|贫困|在校)?(?:娃娃?|孩子|学生|老人|老年人|老师|教师|职工|农民工?|医生|护士|游客|儿童|居民|村民|群众|残疾人)"
    r"(?=[在没未不拿有去来参上吃住享得被还能可就到受报签领坐需愿想从]|[，。？?]|$)"
)
# 站牌有多少块: no money
_PLATES = re.compile(
    "(?:[牌板屏碑匾砖]|电池|绿地|场地|地块)[^，。？]{0,8}(?:多少|几)块|(?:多少|几)块[^，。？]{0,6}(?:[牌板屏碑匾砖]|电池|绿地|场地|地块)"
)
_SPOKEN_UNITS = {"块": "元", "毛": "元", "角": "元", "点": "百分点", "位": "人", "名": "人", "平": "平方米"}


ASKS = re.compile(
    r"(多少|几|第几|哪|什么|谁|何时|为什么|为啥|啥|咋|怎么|多[大高低长远宽深重久快]|老几|吗|没有[？?]?$|是否)"
)
"""What makes a stretch of words a question."""
