"""Figures of official Chinese: where they stand, what they measure, and when two are equal.

``find_figures`` reads one sentence: 36家, 近4000万元, 28.3%、2.3倍, 第6位, 百分之七点五, 二十余家.
What is counted stands around the figure: ``indicator`` is the wording of its own piece of the
sentence, ``inherited`` what earlier pieces of the same sentence say. Lists whose parts belong
together by position (A、B、C分别增长a、b、c) are resolved.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from policyqa.aspects import aspect_of
from policyqa.numerals import to_number
from policyqa.positions import pair_names
from policyqa.schema import Figure
from policyqa.text import close_gaps, fold
from policyqa.units import INDEX, PERCENT, PROPORTION, RANK, TIMES, UNIT, canonical

# 4523000 · 4,523,000 · 2 860
_ARABIC = r"\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?(?!\d)|\d{1,3}(?:[ \u3000]\d{3})+(?![\d年])|\d++(?:\.\d++)?"
# No number is longer; a page of numerals must not be tried from each of them to its end.
_HAN = r"[一二三四五六七八九十百千万亿零〇两廿壹贰叁肆伍陆柒捌玖拾佰仟]{1,24}(?:点[一二三四五六七八九零〇]+)?"
_MANY = r"[余多来]"
# 签约91.4万人 is no 约91.4万人.
_BEFORE = r"(?:将近|接近|近|大约|约为|(?<![签履违节集预邀])约|超过|超|逾|突破|不到|不足|不少于|不低于|不超过|不高于|至少|最高|最多|高达|仅有|仅|达到|达)"
_AFTER = r"(?:左右|以上|以内|以下|上下)"

# 28.3% · 4000万元 · 1.28亿元 · 20余家 · 三百二十余人 · 10—15家 · 2,860元
_PLAIN = re.compile(
    rf"(?P<before>{_BEFORE})?\s*(?P<minus>(?:^|(?<=[长降幅速率为达和、，：]))-)?"
    rf"(?P<number>(?:{_ARABIC})\s?(?:[十百千](?!分点))?[万亿]{{0,2}}|{_HAN})(?:(?P<sign>[%‰])(?=\s?[-~至到]\s?\d))?"
    rf"(?:(?P<many>{_MANY})(?P<magnitude>[十百千]?[万亿]{{0,2}}))?"
    rf"(?:\s?[-~至到]\s?(?P<high>(?:{_ARABIC})[十百千]?[万亿]{{0,2}}|{_HAN}))?"
    rf"\s?(?P<unit>{UNIT.pattern})(?P<many2>{_MANY}(?![㐀-鿿]))?"
    rf"(?P<after>{_AFTER})?"
)
# 百分之七点五 · 百分之二十至三十
_PERCENT = re.compile(
    rf"(?P<before>{_BEFORE})?(?P<per>百|千|万)分之(?P<number>{_HAN}|{_ARABIC})(?P<many>{_MANY})?"
    rf"(?:[至到-](?:百分之)?(?P<high>{_HAN}|{_ARABIC}))?(?P<after>{_AFTER})?"
)
_PER = {"百": Decimal(1), "千": Decimal("0.1"), "万": Decimal("0.01")}
# 增长5.3， · 占社零总额的13.5，: the sign is lost.
_LOST_SIGN = re.compile(
    r"(?:增长|下降|上升|占[㐀-鿿]{0,12}|占比|比重)[为达约的]?(?P<number>\d{1,3}\.\d{1,2})(?=[，。；、)]|$)"
)
# 城乡收入比为1.89 · 利用系数由2015年的0.561提高到2021年的0.612: what has no unit.
_OF_YEAR = r"(?:(?:(?:19|20)\d\d年|上年|去年)[底末]?的)?"
_INDEX = re.compile(
    rf"(?:{INDEX})" + r"[^，。；：\d]{0,8}?(?:[由从]" + _OF_YEAR + r")?(?P<number>\d{1,4}\.\d{1,4})"
    r"(?:[㐀-鿿]{1,3}[到至为]" + _OF_YEAR + r"(?P<now>\d{1,4}\.\d{1,4}))?(?=[，。；、)]|$)"
)
# 石枰镇：床位120，学生数1,345。 A row of a table whose headings name no unit: the number has none.
_ROW = re.compile(r"^[^：]{1,80}：(?=[^：]+$)")
_ROW_NUMBER = re.compile(
    rf"(?<=[㐀-鿿)])(?<!年)(?<!电话)(?<!手机)(?<!邮编)(?<!编号)(?<!序号)(?<!号码)(?<!代码)(?<!年份)(?<!年度)(?P<number>{_ARABIC})(?=[，。；]|$)"
)
# 三分之二 · 四分之一
_FRACTION = re.compile(
    rf"(?P<before>{_BEFORE})?(?P<number>[二三四五六七八九十]+分之[一二三四五六七八九]+)(?P<after>{_AFTER})?"
)
# 护理员与失能老人之比为1：4.6 · 按4∶6分担; not 20：30
_PROPORTION = re.compile(
    r"(?:比[例重]?|按|配[备置比]|分[担摊]|[负承]担|配套)[^，。；：\d]{0,10}(?P<one>\d{1,3}(?:\.\d+)?)：(?P<other>\d{1,4}(?:\.\d+)?)(?![\d：.])"
    r"|(?<=[为至到])(?P<one3>\d\.\d{1,2})：(?P<other3>1)(?![\d：.])"
    r"|(?<![\d：.])(?P<one2>\d{1,3}(?:\.\d+)?)：(?P<other2>\d{1,4}(?:\.\d+)?)的?(?=比例|分[担摊]|[负承]担|配[备置比套])"
)
# 翻番 · 翻了一番 · 翻两番
_DOUBLED = re.compile(r"翻了?(?P<times>[一两二三四])?番")
# 列全市第6位 · 居全国第五 · 排名首位 · 前三名 · 第一
_RANK = re.compile(
    r"第\s?(?P<number>[一二三四五六七八九十]{1,3}|\d{1,3})\s?(?P<unit>位|名)"
    r"|(?<=[列居排名市省国县区位])第\s?(?P<number2>[一二三四五六七八九十]{1,3}|\d{1,3})(?![个届次批期轮季条章号产代阶步])"
    r"|(?P<first>首位|榜首|第一位)|(?P<last>末位|倒数第[一二三四五])"
    r"|前(?P<top>[一二三四五六七八九十]|\d{1,3})(?:位|名|强|列)"
)
# Numbers with a sense of their own: dates, document and proposal numbers, times, names in quotes.
_NOT_FIGURES = re.compile(
    r"[12]\d{3}\s?(?:[-~至/]\s?[12]?\d{2,4})?\s?年(?:度|代|底|末|初|期)?|[〇零一二三四五六七八九]{4}年|\d{1,2}\s?月(?:\s?\d{1,2}\s?日)?(?:份|底|末|初)?"
    r"|(?<!\d)\d{1,2}日(?!均|常|产)|\([12]\d{3}\)\s?第?\d+\s?号|第\s?[a-z]{0,4}\d{1,20}\s?号|(?<!\d)\d++(?:\.\d++)?(?:：\d++(?:\.\d++)?)+|第?[一二三四五六七八九十\d]{1,4}届"
    r"|第?[一二三四五六七八九十\d]{1,4}次(?:全体)?会议|第[一二三四五六七八九十\d]{1,6}(?:条|章|款|季度|产业|期|批|轮|阶段|次|届|代)"
    r"|近[一二两三四五六七八九十\d]+年(?![级期])|[一二两三四五六七八九十]年(?:滚动|行动|攻坚)|[一二三四]季度|[一二三四五六七八九十\d]{1,2}月(?:份|底|末|中旬|上旬|下旬)?(?![㐀-鿿]*供)|\"[\d/+]+\"|pm\s?2\.5|pm\s?10|a级|5g|4g"
    # 23时40分 is a time, no 40分
    r"|(?<!\d)(?:[01]?\d|2[0-4])[时点][0-5]?\d分(?!钟)"
    # 023-71421234, but not 3000-5000万元
    r"|(?<!\d)(?:0\d{2,3}-\d{4,8}|\d{3}-\d{7,8})(?!\d)"
    rf"|(?<!\d)\d{{7,}}+(?![\d.]|\s?{_MANY}?[十百千]?[万亿]{{0,2}}(?:{UNIT.pattern}))"
    r"|(?<![\d.])\d{1,2}\s?[.、]\s?(?![\d])|一[是要]|二[是要]|三[是要]|四[是要]|五[是要]|其[一二三四]|十[二三四]五|十五五"
    r"|前[一二三四五六]年|(?<=[㐀-鿿])[一二]期(?=[、等工项扩改])|一集群|一部分|一[方面般些定直样同起旦旁并体系致次性站式对一带路码卡网门]|一刻钟|万一|统一|唯一|之一|同一|单一|第一[书时线]|三农|三公|两会|两不愁|双减|三级医院|二级医院|千方百计|一分为二"
    r"|(?:家|个|所|户|项|人)(?:左右)?[均]"
)
# 每月300元(托小班、乳儿班)或200元(托大班、混龄班): whose it is, in brackets behind it.
_LABEL = re.compile(r"\([㐀-鿿][㐀-鿿、]{0,15}\)")
_REACH = 400
"""How much in front of a figure can say what it is, in characters: lines of tables can be endless."""
_CLAUSE_END = "，；。：！？\n"
_PIECE_END = _CLAUSE_END + "、（）()"


@dataclass(frozen=True, slots=True)
class _Raw:
    start: int
    end: int
    value: Decimal
    unit: str
    before: str
    after: str
    high: Decimal | None = None
    rank: bool = False


# 增长4·3%: the decimal point as it was printed once; no day, 3·15
_MIDDLE_POINT = re.compile(r"(?<=\d)·(?=\d{1,2}%)")


def find_figures(sentence: str) -> list[Figure]:
    """The figures of a sentence in order, without their period (see ``policyqa.periods``)."""
    closed, offsets = close_gaps(sentence)
    text = _MIDDLE_POINT.sub(".", fold(closed))
    raws = _joined_limits(_share_units(text, _raw_figures(text)))
    figures = pair_names(text, [_figure(closed, text, raws, i) for i in range(len(raws))])
    if closed == sentence:
        return figures
    return [
        replace(
            f,
            start=(start := offsets[f.start]),
            end=(end := offsets[f.end - 1] + 1),
            text=sentence[start:end],
        )
        for f in figures
    ]


def _raw_figures(text: str) -> list[_Raw]:
    taken: list[tuple[int, int]] = []
    found: list[_Raw] = []

    def free(start: int, end: int) -> bool:
        return all(end <= s or start >= e for s, e in taken)

    def take(raw: _Raw) -> None:
        taken.append((raw.start, raw.end))
        found.append(raw)

    for match in _PERCENT.finditer(text):
        value = to_number(match["number"])
        if value is not None:
            factor = _PER[match["per"]]
            high = to_number(match["high"]) if match["high"] else None
            take(
                _Raw(match.start(), match.end(), value * factor, PERCENT, match["before"] or "",
                     (match["many"] or "") + (match["after"] or ""), high)
            )  # fmt: skip
    for match in _FRACTION.finditer(text):
        below, above = (to_number(part) for part in match["number"].split("分之"))
        if below and above and free(match.start(), match.end()):
            take(
                _Raw(
                    match.start(),
                    match.end(),
                    above / below * 100,
                    PERCENT,
                    match["before"] or "",
                    match["after"] or "",
                )
            )
    for match in _PROPORTION.finditer(text):
        of = next(of for of in ("", "2", "3") if match[f"one{of}"])
        first, second = f"one{of}", f"other{of}"
        one, other = to_number(match[first]), to_number(match[second])
        if one and other:
            take(_Raw(match.start(first), match.end(second), round(one / other, 6), PROPORTION, "", ""))
    for match in _DOUBLED.finditer(text):
        times = to_number(match["times"] or "一") or Decimal(1)
        take(_Raw(match.start(), match.end(), Decimal(2) ** int(times), TIMES, "", ""))
    for match in _RANK.finditer(text):
        if not free(match.start(), match.end()):
            continue
        number = match["number"] or match["number2"] or match["top"] or ("1" if match["first"] else "0")
        value = to_number(number)
        if value is not None:
            take(_Raw(match.start(), match.end(), value, RANK, "", "", rank=True))
    blocked = [m.span() for m in _NOT_FIGURES.finditer(text)]
    taken.extend(blocked)
    for match in _PLAIN.finditer(text):
        start, end = match.start("minus") if match["minus"] else match.start("number"), match.end()
        if text[start - 1 : start] in ("几", "数") and match["number"][0] in "十百千万亿":
            continue  # 几十家: no number of its own
        if not free(start, match.end("number")):
            continue
        value = to_number(match["number"] + (match["magnitude"] or ""))
        if value is None or _idle(match):
            continue
        value = -value if match["minus"] else value
        high = to_number(match["high"]) if match["high"] else None
        scale = re.search(r"[十百千万亿]+$", match["high"]) if match["high"] else None
        if scale and match["number"][-1].isdigit():
            value = to_number(match["number"] + scale.group()) or value  # 3至5万元
        before = match["before"] or ""
        if before in ("达到", "达"):
            before = ""
        # The approximation word belongs to the figure: 近4000万元.
        begin = match.start("before") if before else start
        after = (match["many"] or "") + (match["many2"] or "") + (match["after"] or "")
        # 26位专家 are people; 位 alone is the unit of ranks.
        unit = "人" if match["unit"] == RANK else match["unit"]
        take(_Raw(begin, end, value, unit, before, after, high))
    for match in _LOST_SIGN.finditer(text):
        value = to_number(match["number"])
        if value is not None and free(*match.span("number")):
            take(_Raw(*match.span("number"), value, PERCENT, "", ""))
    for match in _INDEX.finditer(text):
        for name in ("number", "now"):
            value = to_number(match[name] or "")
            if value is not None and free(*match.span(name)):
                take(_Raw(*match.span(name), value, "", "", ""))
    if row := _ROW.match(text):
        for match in _ROW_NUMBER.finditer(text, row.end()):
            value = to_number(match["number"])
            if value is not None and free(*match.span("number")):
                take(_Raw(*match.span("number"), value, "", "", ""))
    return sorted(found, key=lambda raw: raw.start)


def _idle(match: re.Match[str]) -> bool:
    """Chinese numerals that count nothing: 一个, 两个方面, 一批, 一年一度, 万亩 without a number."""
    number, unit = match["number"], match["unit"]
    if number[0].isdigit():
        return False
    if re.fullmatch(r"[十百千万亿]+", number) and not match["many"]:
        return number != "十"
    if number in ("一", "两") and unit in (
        "个",
        "种",
        "批",
        "项",
        "次",
        "条",
        "年",
        "类",
        "对",
        "级",
        "线",
        "点",
        "路",
        "步",
        "站",
        "日",
        "天",
        "场",
        "轮",
        "位",
        "件",
        "片",
        "块",
        "套",
        "门",
        "层",
        "期",
        "分",
        "代",
    ):
        return True
    return unit in ("级", "线", "分", "点", "代", "步", "路", "类", "里", "两", "钱", "站", "首", "对", "班")


def _joined_limits(raws: Sequence[_Raw]) -> list[_Raw]:
    """A lower and an upper limit side by side as one range: 50元以上200元以下."""
    joined: list[_Raw] = []
    for raw in raws:
        low = joined[-1] if joined else None
        if (
            low
            and low.end == raw.start
            and (low.after, raw.after) == ("以上", "以下")
            and low.unit == raw.unit
        ):
            joined[-1] = replace(low, end=raw.end, high=raw.value, after="")
        else:
            joined.append(raw)
    return joined


def _share_units(text: str, raws: Sequence[_Raw]) -> list[_Raw]:
    """Bare numbers of a list take the unit of its end: 31、33、25、32微克/立方米."""
    whole = list(raws)
    for raw in raws:
        at = raw.start
        while match := re.search(r"(?<![\d.])(\d+(?:\.\d+)?[万亿]?)[、和]$", text[:at]):
            start, end = match.start(1), match.end(1)
            if any(r.start < end and start < r.end for r in whole):
                break
            value = to_number(match[1])
            if value is None:
                break
            whole.append(_Raw(start, end, value, raw.unit, "", ""))
            at = start
    return sorted(whole, key=lambda raw: raw.start)


def _figure(sentence: str, text: str, raws: Sequence[_Raw], index: int) -> Figure:
    raw = raws[index]
    # The piece of the sentence that the figure stands in, between marks and other figures.
    left = max(raws[index - 1].end if index else 0, _last(text, _PIECE_END, raw.start) + 1)
    if text[raw.start : raw.start + 1] and left > raw.start:
        left = raw.start
    next_start = raws[index + 1].start if index + 1 < len(raws) else len(text)
    right = min(_first(text, _PIECE_END, raw.end), next_start)
    if (label := _LABEL.match(text, raw.end)) and label.end() <= next_start:
        right = label.end()
    lead, trail = sentence[left : raw.start], sentence[raw.end : right]
    clause = max(_last(text, _CLAUSE_END, raw.start) + 1, 0)
    context = text[clause : raw.start]
    ratio = raw.unit in ("成", "‰")
    value, unit = canonical(raw.value, raw.unit) if ratio else (raw.value, raw.unit)
    return Figure(
        text=sentence[raw.start : raw.end],
        start=raw.start,
        end=raw.end,
        value=value,
        unit=unit,
        aspect=aspect_of(text[left : raw.start], context, raw.unit, raw.rank),
        approximation=raw.before + raw.after,
        indicator=f"{lead}▯{trail}",
        inherited=sentence[max(0, left - _REACH) : left],
        high=raw.high,
    )


def _last(text: str, marks: str, end: int) -> int:
    return max(text.rfind(mark, 0, end) for mark in marks)


def _first(text: str, marks: str, start: int) -> int:
    found = [at for mark in marks if (at := text.find(mark, start)) >= 0]
    return min(found, default=len(text))


def same_figure(one: str, other: str) -> bool:
    """Whether two written figures are equal: 1.28亿元 = 12800万元, 12% = 12.0%, 第六位 = 第6位.

    Approximation words must agree in kind only when both have one; units must be the same.

    >>> same_figure("452.3万元", "4,523,000元"), same_figure("36家", "36个"), same_figure("第六位", "第6位")
    (True, False, True)
    """
    a, b = figure_of(one), figure_of(other)
    if a is None or b is None:
        return fold(one).strip() == fold(other).strip()
    return canonical(a.value, a.unit) == canonical(b.value, b.unit) and a.high == b.high


def figure_of(text: str) -> Figure | None:
    """The one figure that a short text consists of, or None when it holds none or several."""
    found = find_figures(text.strip())
    return found[0] if len(found) == 1 else None
