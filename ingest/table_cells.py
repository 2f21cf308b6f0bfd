"""The words of a table cell: its heading, its value, and the unit where it belongs.

小区数（个） with 18 is said 小区数18个; 同比增长（%） with -3.2 is said 同比下降3.2%.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from policyqa.text import fold
from policyqa.units import UNIT, counted

# Spellings that only tables use.
_SPELT = {
    "㎡": "平方米", "m²": "平方米", "m2": "平方米", "平米": "平方米", "平方": "平方米", "m³": "立方米",
    "m3": "立方米", "km²": "平方公里", "km2": "平方公里", "k㎡": "平方公里", "km": "公里", "hm²": "公顷",
    "t": "吨", "kw": "千瓦", "kwh": "千瓦时", "mw": "兆瓦", "人/次": "人次", "μg/m³": "微克/立方米",
    "mg/l": "毫克/升",
}  # fmt: skip
# 个 · 万元 · 万平方米 · 元/人·月 · 百万吨 · 万吨/日
_UNIT = re.compile(
    rf"(?P<magnitude>[十百千万亿]*)(?P<unit>{UNIT.pattern})(?:/[㐀-鿿a-z0-9²³]{{1,8}}(?:·[㐀-鿿]{{1,3}})?)?"
)
# 小区数（个） · 面积(万平方米) · 床位（张，年末） · 户数（单位：户）
_BRACKET = re.compile(r"^(?P<name>.*?)\s*[（(【\[](?P<inside>[^（()）】\]]{1,16})[)）】\]]\s*$")
# 投资额/万元 · 投资额：万元 · 投资额 万元
_BEHIND = re.compile(r"^(?P<name>.*[㐀-鿿)）])\s*(?:[/／：:,，]|\s)\s*(?P<inside>[^/／：:,，\s]{1,10})$")
# 增长% · 占比％
_PERCENT = re.compile(r"^(?P<name>.*[㐀-鿿])\s*(?P<inside>±?[%％‰])$")

# A number; 0231 and 13900001111 are codes.
_NUMBER = r"(?:\d{1,3}(?:[,，]\d{3})+|[1-9]\d{0,2}(?: \d{3})+|0|[1-9]\d{0,9})(?:\.\d+)?"
_BEFORE = "约|近|逾|超过?|达到?|不低于|不高于|不少于|不超过|不足|不到|至少"
# ≥90% · 约18 · 7,000 · ¥7,000.00 · 18—20 · 300万 · 20余家 · -3.2 · 8万元/户 · 18①
_VALUE = re.compile(
    rf"(?P<bound>[≥≤><])?\s*(?P<sign>[-+])?\s*(?P<before>{_BEFORE})?\s*(?P<currency>¥)?\s*"
    rf"(?P<number>{_NUMBER}(?:\s?[-~至]\s?{_NUMBER})?)\s*(?P<magnitude>[十百千万亿]*)(?P<many>[余多])?\s*"
    rf"(?P<unit>{UNIT.pattern})?(?P<per>/[㐀-鿿a-z]{{1,4}})?(?P<after>左右|以上|以下|以内)?(?P<mark>[*①-⑩])?"
)
_BOUNDS = {"≥": "不低于", "≤": "不高于", ">": "超过", "<": "不到"}
# 2023 as a heading or the first cell of a row is a year.
_BARE_YEAR = re.compile(r"(?:19[4-9]|20[0-9])\d")
# 2023年 · 2023年1—6月 · 一季度 · 上半年 · 6月 · 2024年6月14日 · 2024-06-14 · 上年同期
_PERIOD = re.compile(
    r"(?:\d{4}年(?:度|底|末|初)?)?"
    r"(?:第?[一二三四1-4]季度|[上下]半年|全年|\d{1,2}(?:[-~至]\d{1,2})?月份?(?:底|末)?(?:\d{1,2}日)?)?"
    r"|\d{4}年?[-~至]\d{4}年|\d{4}[-/]\d{1,2}(?:[-/]\d{1,2})?|\d{4}\.\d{1,2}\.\d{1,2}"
    r"|[本上去今前]年(?:同期|末|底)?|期末|期初|本期|本月|累计"
)
_EMPTY = re.compile(r"[-—–－―/／\\…·.*_、\s]*|#?N/A|NULL|None|nan", re.IGNORECASE)
_RELATIVE = ("%", "‰", "百分点", "个百分点", "倍")
_TICKED, _CROSSED = frozenset("√✓✔☑"), frozenset("×✗✘☒")
_REMARK = re.compile(r"^(?:备\s*注|说\s*明|附\s*注)$")
# 同比增长 · 占比 · 入住率, not 增长额 and 占地面积
_PERCENT_LIKE = re.compile(r"(?:增长|增速|增幅|涨幅|同比|环比)(?!.*[额量数值])|占(?!地|用)|比重|比例|率$")
# What a heading of change ends with, and the words that leave open which way it went.
_END = "(?:率|幅度?|额|量|数|情况)?$"
_CHANGE = re.compile(rf"(?:增长|增速|增幅|涨幅|上升|提升|提高|增加|增减|变化|变动|升降){_END}")
_EITHER_WAY = re.compile(rf"(?:增减|变化|变动|升降){_END}")
# 同比 · 比上年 · 与去年同期相比
_COMPARED = re.compile(r"(?:同比|环比|[比较同](?:上年|去年|上期)(?:同期)?|与(?:上年|去年)(?:同期)?相?比)$")
# 增加4 under 比上年（天）
_MOVED = re.compile(r"(?P<word>增加|减少|增长|下降|上升|提高|降低|回落|净增|净减)了?\s?(?=[\d约近])")
# The dimension that the name of a column asks for, where a note lists several units.
_HINTS: tuple[tuple[str, str], ...] = (
    (r"投资|资金|金额|产值|收入|支出|补助|补贴|税|利润|余额|贷款|经费|预算|价|费", "元"),
    (r"面积", "亩|平方米|平方公里|公顷"),
    (r"户数?$", "户"),
    (r"人[数口次]$", "人|人次"),
    (r"里程|长度", "公里|米|千米"),
    (r"床位", "张"),
    (r"[车泊]位", "个"),
    (r"机构|企业|公司|学校|医院|公办|民办", "家|所|个"),
    (r"项目|小区|站点?$|中心$|处所", "个|处|座"),
)  # fmt: skip


def tidy(cell: object) -> str:
    """A cell without needless blanks; None, as PDF readers give it, is empty. Line breaks stay."""
    text = "" if cell is None else str(cell)
    lines = (re.sub(r"[\s\u3000\u200b\ufeff]+", " ", line).strip() for line in text.splitlines())
    # 合　计 and 备 注 are words spread over their cell.
    return "\n".join(re.sub(r"^([㐀-鿿]) ([㐀-鿿])$", r"\1\2", line) for line in lines if line)


def is_empty(cell: str) -> bool:
    """Whether a cell says nothing: blank, a dash, a stroke."""
    return _EMPTY.fullmatch(cell) is not None


def is_number(cell: str) -> bool:
    """Whether a cell is a number, with or without a unit; years and dates are none.

    >>> [is_number(c) for c in ("18", "-3.2", "7,000", "18.5%", "近20", "18个", "2023年", "一季度")]
    [True, True, True, True, True, True, False, False]
    """
    return not is_period(cell) and _VALUE.fullmatch(fold(cell)) is not None


def is_bare_number(cell: str) -> bool:
    """Whether a cell is a number without a unit."""
    match = _VALUE.fullmatch(fold(cell))
    return match is not None and match["unit"] in (None, "%", "‰")


def is_year(cell: str) -> bool:
    """Whether a cell is a bare year: 2023."""
    return _BARE_YEAR.fullmatch(fold(cell)) is not None


def is_period(cell: str) -> bool:
    """Whether a cell is a stretch of time: 2023年, 一季度, 1—6月."""
    return bool(cell) and _PERIOD.fullmatch(fold(cell)) is not None


def read_unit(text: str) -> str:
    """The unit that a text is, in its usual spelling; empty when it is none.

    >>> [read_unit(t) for t in ("万元", "㎡", "万㎡", "元/人·月", "±%", "含临时工", "单位：户")]
    ['万元', '平方米', '万平方米', '元/人·月', '%', '', '户']
    """
    text = re.sub(r"^(?:计量)?单位[：:]\s*", "", text.strip())
    text = fold(text).lstrip("±").replace(" ", "")
    magnitude = re.match(r"[十百千万亿]*", text)
    start = magnitude.end() if magnitude else 0
    plain = text[:start] + _SPELT.get(text[start:], text[start:])
    if "/" in plain and plain not in _SPELT.values():
        above, _, below = plain.partition("/")
        plain = f"{above}/{_SPELT.get(below, below)}"
    return plain if _UNIT.fullmatch(plain) else ""


def split_unit(heading: str) -> tuple[str, str]:
    """The name and the unit of a heading.

    >>> split_unit("接待游客（万人次）"), split_unit("人数（含临时工）"), split_unit("床位（张，年末）")
    (('接待游客', '万人次'), ('人数（含临时工）', ''), ('床位（年末）', '张'))
    >>> split_unit("增长%"), split_unit("投资额/万元"), split_unit("公办/民办")
    (('增长', '%'), ('投资额', '万元'), ('公办/民办', ''))
    """
    for pattern in (_PERCENT, _BRACKET, _BEHIND):
        match = pattern.match(heading)
        if match is None:
            continue
        parts = re.split(r"[,，、；;\s]", match["inside"])
        units = [unit for part in parts if (unit := read_unit(part))]
        if len(units) == 1:
            rest = "，".join(part for part in parts if part and not read_unit(part))
            return (f"{match['name']}（{rest}）" if rest else match["name"].strip()), units[0]
    return heading, ""


# 单位：万元 · （计量单位：个、万元、%） · 金额单位：万元　编制日期：…
_UNIT_NOTE = re.compile(
    r"(?:计量|金额|数量|货币)?单位[：:]\s*(?P<units>[^：:\s）)】\]]{1,30}(?:[、，,]\s*[^：:\s）)】\]]{1,10})*)"
)


def noted_unit(text: str) -> str:
    """The units of a note such as 单位：万元, several joined by 、; empty when it notes none.

    >>> noted_unit("（单位：个、万元、%）"), noted_unit("填报单位：区教委"), noted_unit("表1（单位：户）")
    ('个、万元、%', '', '户')
    """
    for match in _UNIT_NOTE.finditer(text):
        units = [read_unit(part) for part in re.split(r"[、，,/；;]", match["units"]) if part.strip()]
        if units and all(units):
            return "、".join(units)
        if unit := read_unit(match["units"]):
            return unit
    return ""


def spread_unit(noted: str, names: Sequence[str]) -> list[str]:
    """The unit of each column that has none of its own, by a note above the table.

    Several units fit where there are as many columns; else a column gets the one unit that its
    name asks for, or none: no unit is better than a wrong one.

    >>> spread_unit("个、万元", ["项目数", "总投资"]), spread_unit("万元、%", ["收入", "支出", "增长"])
    (['个', '万元'], ['万元', '万元', '%'])
    >>> spread_unit("个、张、万元", ["养老机构公办", "床位总数", "财政补助"])
    ['个', '张', '万元']
    >>> spread_unit("个、户、万元", ["甲", "总投资"]), spread_unit("万元", ["资金", "增长率", "户数"])
    (['', '万元'], ['万元', '', ''])
    """
    units = noted.split("、") if noted else []
    if len(units) > 1 and len(units) == len(names):
        fits = [_fitting(name, units) for name in names]
        if all(found is None or unit in found for found, unit in zip(fits, units, strict=True)):
            return units
    return [_unit_for(name, units) for name in names]


def _unit_for(name: str, units: Sequence[str]) -> str:
    fitting = _fitting(name, units)
    if fitting is None:
        fitting = [unit for unit in units if unit not in _RELATIVE]
    return fitting[0] if len(fitting) == 1 else ""


def _fitting(name: str, units: Sequence[str]) -> list[str] | None:
    """The units that a column of this name can have; None when its name does not tell."""
    if asks_percent(name):
        return [unit for unit in units if unit in ("%", "‰")]
    told = False
    for pattern, dimension in _HINTS:
        if re.search(pattern, name):
            told = True
            found = [u for u in units if re.fullmatch(rf"[十百千万亿]*(?:{dimension})", u)]
            if found:
                return found
    return [] if told else None


def asks_percent(name: str) -> bool:
    """Whether a column's values are shares or rates, whatever unit the rest of the table has.

    >>> asks_percent("同比增长"), asks_percent("增长额"), asks_percent("占比"), asks_percent("占地面积")
    (True, False, True, False)
    """
    return _PERCENT_LIKE.search(name) is not None


def dated(name: str) -> str:
    """A heading or a row's name with a bare year written out: 2023 is 2023年."""
    return f"{name}年" if is_year(name) else name


def said(name: str, unit: str, cell: str) -> str:
    """What a cell says under its heading; empty when the cell is.

    >>> said("小区数", "个", "18"), said("总收入", "亿元", "约41.5"), said("2022年", "张", "3,140")
    ('小区数18个', '总收入约41.5亿元', '2022年为3,140张')
    >>> said("同比增长", "%", "-3.2"), said("比上年增减", "万元", "-120"), said("覆盖率", "%", "≥90")
    ('同比下降3.2%', '比上年减少120万元', '覆盖率不低于90%')
    >>> said("比上年", "天", "增加4"), said("增减", "%", "下降3.2")
    ('比上年增加4天', '下降3.2%')
    >>> said("责任单位", "", "区教委"), said("户数", "", "7000"), said("小区数", "个", "—")
    ('责任单位为区教委', '户数7000户', '')
    """
    if is_empty(cell):
        return ""
    if cell in _TICKED or cell in _CROSSED:
        return f"{name}：{'是' if cell in _TICKED else '否'}"
    if _REMARK.match(name):
        return f"备注：{_flat(cell)}" if cell != "无" else ""
    if (moved := _MOVED.match(fold(cell))) and _VALUE.fullmatch(fold(cell[moved.end() :])):
        return f"{_CHANGE.sub('', name)}{moved['word']}{said('', unit, cell[moved.end() :])}"
    match = None if is_period(cell) else _VALUE.fullmatch(fold(cell))
    if match is None:
        return _said_text(name, _flat(cell))
    number = cell[match.start("number") : match.end("number")]
    unit = unit or counted(name)
    own = (match["unit"] or "") + (match["per"] or "")
    if own:
        unit = cell[match.start("unit") : match.end("per") if match["per"] else match.end("unit")]
    elif match["currency"] and not unit:
        unit = "元"
    elif match["magnitude"]:
        unit = unit.lstrip("十百千万亿")
    sign = match["sign"] or ""
    if sign or _EITHER_WAY.search(name) or _COMPARED.search(name):
        name, sign = _direction(name, unit, sign)
    before = _BOUNDS.get(match["bound"] or "", match["before"] or "")
    value = f"{before}{sign}{number}{match['magnitude']}{match['many'] or ''}{unit}{match['after'] or ''}"
    # 2022年3140张 and PM2.5 35 would run two numbers into one.
    glue = "为" if re.search(r"[\dA-Za-z年月日度期初末底]$", name) else ""
    return f"{name}{glue}{value}"


def _direction(name: str, unit: str, sign: str) -> tuple[str, str]:
    """A heading of change with its value's sign put into words, and the sign that is left."""
    relative = unit in _RELATIVE or not unit
    word = ("下降" if relative else "减少") if sign == "-" else ("增长" if relative else "增加")
    if _COMPARED.search(name):
        return name + word, ""
    if _CHANGE.search(name) and (sign == "-" or _EITHER_WAY.search(name)):
        return _CHANGE.sub("", name) + word, ""
    return name, "" if sign == "+" else sign


def _said_text(name: str, text: str) -> str:
    if not name or text.startswith(name):
        return text
    long = len(text) > 40 or re.search(r"[。；：:]", text)
    return f"{name}：{text}" if long else f"{name}为{text}"


def _flat(cell: str) -> str:
    """A cell of several sentences as one, so that the sentence of its row is not cut."""
    lines = [line.rstrip("。；; ") for line in cell.split("\n")]
    return re.sub(r"[。；]\s*(?=\S)", "；", "；".join(line for line in lines if line)).rstrip("。；")
