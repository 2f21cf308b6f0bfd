"""Units of official figures: what a number may be followed by, and which units measure the same."""

from __future__ import annotations

import re
from decimal import Decimal

# Longest first inside each group; folded writing (％ is %).
_MONEY = r"(?:人民币)?(?:元|美元|港元|欧元|日元|港币|美金)(?:/[㐀-鿿a-z]{1,6}(?:·[㐀-鿿]{1,3})?)?"
_RATIO = r"个?百分点|%|‰|倍|成(?!立|都|为|功|员|果|效|本|立|长|熟|人|型|交|品|渝|绩|就|套|建)"
_COMPOUND = (
    r"微克/立方米|毫克/立方米|毫克/升|立方米/日|吨/日|公斤/亩|千克/亩|平方米/人|人/平方公里|张/千人|人/户"
    r"|平方公里|平方千米|立方米|平方米|平米|千瓦时|千伏安|兆瓦时|吉瓦时|标准煤|标准箱|标箱|毫克|微克"
)
_COUNT = (
    r"人次|户次|家次|台次|辆次|架次|班次|场次|车次|件次|批次|艘次|航次|剂次|项次|标台|床日|人天|人年|车公里|台套|台(?:/)?套"
    r"|秒|公里|千米|厘米|毫米|公顷|公斤|千克|千瓦|兆瓦|吉瓦|千伏|摄氏度|分钟|小时|工作日|个工作日|个月|个学位|个床位|个车位|个泊位|个百分点"
    r"|名次|位次|家|户|人|名|位(?!数|置|于|列|次|一体)|个|项|件|条|辆|台|套|所|座|处|间|栋|幢|盏|张|册|篇|份|次|场|期|床|部|艘|架|只|头|羽|株|棵|尾|亩|米|吨"
    r"|克|升|度|天|日|年|周岁|岁|周|级|类|种|批|支|队|对|组|班|届|镇|村|乡|街道|孔|眼|口|笔|宗|例|起|卷|枚|块|片|根|箱|桶|瓶|袋|门|节|课时|学时"
    r"|站|线|路|道(?![路德理具口教])|桩|点|厅|室|户籍|单|分|版|集|首|幅|轮|趟|步|代|层|扇|匹|把(?![㐀-鿿])|群(?!众|体|团|组|里|主|聊|发)|窝|捆|颗|粒|棚|顶|副|双|担|斤|里"
)
UNIT = re.compile(rf"{_RATIO}|{_COMPOUND}|{_MONEY}|{_COUNT}")

PERCENT = "%"
POINTS = "百分点"
TIMES = "倍"
RANK = "位"
PROPORTION = "比"
"""The unit of 1：4.6 and 4∶6, which are told as they are written."""
MONEY = "元"

INDEX = "系数|指数|收入比|[床生师车桩医护]比|容积率|得分|评分|总分|ph值"
"""What is told by a number without a unit: 城乡收入比1.89."""

_SAME = {
    "平米": "平方米", "个百分点": POINTS, "名": "人", "千米": "公里", "千克": "公斤", "人民币元": "元", "個": "个",
    "美金": "美元", "港币": "港元", "个工作日": "工作日", "千瓦时": "千瓦时", "标箱": "标准箱",
}  # fmt: skip
_SCALE: dict[str, tuple[Decimal, str]] = {
    "成": (Decimal(10), PERCENT),
    "‰": (Decimal("0.1"), PERCENT),
    "斤": (Decimal("0.5"), "公斤"),
    "公顷": (Decimal(15), "亩"),
}


def canonical(value: Decimal, unit: str) -> tuple[Decimal, str]:
    """A value in the unit that like units are compared in: 三成 is 30 %, 2公顷 is 30亩.

    >>> canonical(Decimal(3), "成"), canonical(Decimal(2), "个百分点")
    ((Decimal('30'), '%'), (Decimal('2'), '百分点'))
    """
    unit = _SAME.get(unit, unit)
    if unit in _SCALE:
        factor, base = _SCALE[unit]
        return value * factor, base
    return value, unit


# 户数 · 总人数 · 优良天数, not 岗位数 and 学生数.
_COUNTED = re.compile(r"(?:人次|[户人家个件台张套辆所座处项条栋部天次例宗起亩株头只艘架间名])(?=数$)")


def counted(heading: str) -> str:
    """The unit that the name of a column counts in; empty when it names none.

    >>> counted("优良天数"), counted("总户数"), counted("学生数"), counted("户数占比")
    ('天', '户', '', '')
    """
    match = _COUNTED.search(heading)
    return match.group() if match else ""


# Counting words that documents and askers use for one another.
_COUNTERS = frozenset("个家户项所处座件条人台辆套次场只种类张道例起宗块根幢栋间部口艘架支片盏棵株头批段名位")


# What is asked in one of a group may be given in another: 几家企业 and 218户, 几天 and 7个工作日.
_LIKE = (
    frozenset({"家", "户", "个", "所", "处", "座", "间"}),
    frozenset({"天", "日", "工作日"}),
    frozenset({"台", "部", "辆", "架"}),
    frozenset({"幢", "栋", "座"}),
    frozenset({"件", "起", "宗", "例"}),
    frozenset({"项", "条", "件"}),
    frozenset({"次", "场", "趟", "期"}),
    frozenset({"千瓦", "兆瓦", "吉瓦"}),
    frozenset({"根", "个"}),
    frozenset({"块", "个"}),
)


def compatible(asked: str, found: str) -> bool:
    """Whether a figure in unit ``found`` can answer a question that asks in unit ``asked``.

    Counting words are loose in speech: 多少个企业 asks for 家. Money, shares and measures are not.

    >>> compatible("家", "户"), compatible("天", "个工作日"), compatible("家", "人")
    (True, True, False)
    """
    _, asked = canonical(Decimal(1), asked)
    _, found = canonical(Decimal(1), found)
    if asked == found:
        return True
    if asked in found or found in asked:
        # 人 and 人次, 元 and 元/亩 are close but not the same.
        return (asked != "元" and found != "元") or found.startswith("元/")
    return (asked == "个" and found in _COUNTERS) or any(asked in g and found in g for g in _LIKE)
