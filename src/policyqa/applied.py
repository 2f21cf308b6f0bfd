"""A standard applied to a case: the question gives a quantity, a sentence what there is for each of it.

直流桩每千瓦200元 tells what 120千瓦 come to, 设备投资500万元以上的，按8%补助 what 800万元 do, and of
社区食堂每个8万元，验收合格后付七成 follows what is paid first.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from policyqa.asked import Asked, Weights, presence
from policyqa.compute import written
from policyqa.figures import find_figures
from policyqa.findings import Candidate
from policyqa.quantities import alike, quantities
from policyqa.schema import Answer, Figure
from policyqa.text import fold
from policyqa.units import MONEY, PERCENT, UNIT, canonical
from policyqa.worked_out import COUNTED, sentences_about, worked_out

_VERBS = r"补助?|省|贴|奖励?|给|拿到?|领到?|得到?|发|享受|退|返|减|免|赔|报销?|交|缴|掏|付|出|收|罚|花|值|要"
# 能补多少 · 先拿到多少建设补助 · 要交几块 · 一共多少钱; not 发了多少, which was paid
_ASKED = re.compile(rf"(?:{_VERBS})(?!了)[^，。？\d]{{0,8}}(?:多少|几|好多)|多少(?:钱|元|补[助贴]|奖)|几个钱")
_PAID = re.compile(rf"(?:{_VERBS}|拨|兑[现付]|支出|安排|投入?)了")
# 三年发放补贴多少, 全市1890户支出多少: what was spent on all, a fact
_SPENT_ON_ALL = re.compile(r"发放|兑[付现]|支出|拨付|总额|全[市县区]")
_RATE_ASKED = re.compile(
    r"百分之|比例|几成|成数|占比|几个点|多少个?点|多少个?百分|标准是|封顶|最高|上限|最多"
)
_GETS = re.compile(r"补|奖|贴|拿|领|得|给|享受|返")
_PAYS = re.compile(r"[交缴掏罚]")
_GIVEN = re.compile(r"补|奖|贴|资助|津贴|扶持|返还|支持|救助|补偿")
_COST = re.compile(r"保费|保额|收费|成本|造价|投资|均价|单价|收入|缴|罚|价格|售|产值|利润|工资|收取")
# 每千瓦200元 · 每满1年每月补助15元 · 每加工一吨干茶奖1200元; not 每高一层加0.1元, 每10亩
_EACH = re.compile(rf"每(?![增多高超隔])[㐀-鿿]{{0,4}}?[一1]?(?P<unit>{UNIT.pattern})")
# 按8%补助 · 按投资额的25%给予奖补 · 补助30%
_BY = re.compile(r"(?:按照?|给予|予以)(?P<base>[^，。；：\d]{0,14})$")
_GRANTED = re.compile(r"^的?(?:比例|标准|额度)?[^，。；：\d]{0,6}?(?:补|奖|贴|资助|扶持|返|退|减)")
_GRANTS = re.compile(r"(?:补[助贴]?|奖[励补]?|资助|返还|减免)(?P<base>[^，。；：\d]{0,10}?的?)$")
_SPENT = re.compile(r"投[资入]|购[置买]|价|费用?|支出|发票|设备")
_SPENDS = re.compile(r"投|买|购|花|建|装|改造|设备")
_LESS_THAN_ALL = re.compile(r"增量|新增|增长|增加|部分|差额|超出|超过的|净|利息|利率|贴息|税|地方")
_CAP = re.compile(r"最高|最多|不超过|不高于|上限|封顶|限额|至多")
_CAPPED = re.compile(r"^(?:封顶|为限|为上限|的?上限)")
# 其中市级, 提高到: of a part or a special case, where the sentence has a standard for all
_BESIDE = re.compile(r"提高|[市县区省]级|中央")
# 另奖, 之后每小时, 原每亩: no standard for a whole case of today
_NOT_ALONE = re.compile(
    r"上浮|下浮|另|再(?![生造就])|额外|加[发补奖]|其中|原(?![料种])|过去|以前|旧|首|之后|以后|[后继]续"
)
_TO = re.compile(r"(?:提高|上调|调整?|增加?|涨|下调|降低?|上升|改)(?:到|至|为|成)(?:每[㐀-鿿]{1,10})?$")
_IN_TURN = re.compile(r"分别|依次|各(?=补|奖|给|为)|逐年|梯级|递[增减]|按[\d：:∶]+|部分")
_FROM = re.compile(r"以上|起|超过?|逾|不少于|不低于|至少|满$|达到?$")
_UNDER = re.compile(r"以下|以内|不足|不到|不超过|不高于")
_KINDS = ("岁", "周岁", "层", "级")
"""What a number of is a kind of case, nothing to be multiplied: 82岁的老人, 六层楼."""
_TWO = re.compile(r"两[个台部座辆张户家人亩所间套]")
SUBJECT = 0.9
"""What a word that stands with a standard before counts for one."""
_TIMES = ("年", "个月", "月", "天", "日", "周")
_ALTOGETHER = re.compile(r"共|合计|加起来|总|累计")
# 按工作年限每年20元, 每服一年兵役59元
_SERVICE = re.compile(r"年限|工龄|教龄|每(?:满|服|工作|干|任|从[业事教]|当)")
_ONE_PARTY = ("人", "户", "家", "名")
"""Who asks for himself is one of these: 每人每年 needs no 一个人 in the question."""
# 验收合格后付七成 · 开工后拨付50%
_STAGE = re.compile(r"(?P<when>[㐀-鿿]{2,12}?)[后时的]?先?(?:拨付?|付|支付|发放?|兑付|给付|预拨)$")
_APPLIED = "原文没有直接给出这个数，按其中的标准和问题给的数："


@dataclass(frozen=True, slots=True)
class _Rate:
    """What there is for each unit, or the share of an amount; ``lead`` is what it is said of, folded."""

    figure: Figure
    lead: str
    units: tuple[str, ...]
    base: str = ""


def answer(asked: Asked, candidates: Sequence[Candidate]) -> Answer | None:
    """What a quantity of the question comes to; None when it gives none, or no standard is plainly for it."""
    question = asked.question
    text = question.folded
    money = question.want in COUNTED and question.unit in ("", MONEY)
    if not money or not _ASKED.search(text) or _RATE_ASKED.search(text):
        return None
    given = [q for q in quantities(text) if q.value > 1 and q.unit not in _KINDS]
    if len(given) > 1 or _TWO.search(text) or _PAID.search(_said_of_asking(text)):
        return None  # 10个60千瓦的桩: what is to be multiplied is not plain
    if given and _SPENT_ON_ALL.search(text):
        return None
    terms = _terms(asked.terms, text, given)
    for candidate in sentences_about(candidates, terms):
        if candidate.hit.passage.role == "claim":
            continue
        for quantity in given:
            rates = _rates(candidate, quantity, text)
            if rates is None:
                return None
            if rates:
                return _applied(asked, candidate, quantity, rates, terms)
        if not given and (found := _stage(asked, candidate, terms)):
            return found
    return None


def _said_of_asking(text: str) -> str:
    """The words right in front of 多少, which say whether something was paid already."""
    match = re.search(r"([^，。？]{0,6})(?:多少|几|好多)", text)
    return match[1] if match else ""


def _terms(terms: Weights, text: str, given: Sequence[Figure]) -> Weights:
    """The words of a question that say what the standard must be for; 万能 of 150万能补多少 is none."""
    for figure in given:
        text = text.replace(figure.text.removesuffix(MONEY), " ")
    return {
        t: w
        for t, w in terms.items()
        if t in text and not re.fullmatch(rf"[能可先会共]*(?:{_VERBS}|能先)[能可先会共]*", t)
    }


def _rates(candidate: Candidate, quantity: Figure, asked: str) -> list[_Rate] | None:
    """The standards of a sentence that are for the unit of a quantity; None when one is not plain."""
    found: list[_Rate] = []
    evidence = candidate.evidence
    text = evidence.folded
    at = 0
    units: tuple[str, ...] = ()
    for figure in evidence.figures:
        begin = max(at, *(text.rfind(mark, 0, figure.start) + 1 for mark in "；。"))
        lead = text[begin : figure.start]
        if begin > at:
            units = ()
        if quantity.unit == MONEY and figure.unit == PERCENT and figure.high is None:
            base = _base(text, begin, figure)
            if base is not None and _of(base or lead, asked):
                found.append(_Rate(figure, lead, (MONEY,), base))
                at = figure.end
            continue
        own = _each(figure, text[_clause(text, figure.start) : figure.start]) or units
        plain = figure.unit.partition("/")[0] == MONEY and figure.high is None and not _capped(figure, text)
        if not plain or not own or not any(alike(quantity, unit) for unit in own):
            continue
        between = text[found[-1].figure.end : figure.start] if found else "；"
        if _TO.search(between) and not re.search("[；。]", between):
            if "，" in between:
                return None  # 每亩200元，山区的提高到300元: for whom is not plain
            lead = found.pop().lead + lead  # 由每亩200元提高到300元
        found.append(_Rate(figure, lead, own))
        units, at = own, figure.end
    return found


def _clause(text: str, end: int) -> int:
    return max(text.rfind(mark, 0, end) for mark in "，；：。、()") + 1


def _each(figure: Figure, lead: str) -> tuple[str, ...]:
    """For each of what a figure is: 每人每年4800元, 1500元/亩."""
    divided = figure.unit.partition("/")[2]
    if divided:
        return tuple(divided.split("·"))
    return tuple(match["unit"] for match in _EACH.finditer(lead))


def _base(text: str, begin: int, figure: Figure) -> str | None:
    """What a share is given of, empty where the sentence does not say; None when it is no grant."""
    lead, trail = text[begin : figure.start], text[figure.end :]
    match = _BY.search(lead)
    if match is not None and not _GRANTED.match(trail) and not _GIVEN.search(match["base"]):
        return None
    match = match or _GRANTS.search(lead)
    return match["base"] if match is not None else None


def _of(base: str, asked: str) -> bool:
    """Whether the amount of a question is what a share is given of: 买了800万设备 and 设备投资."""
    if any(word not in asked for word in _LESS_THAN_ALL.findall(base)):
        return False
    runs = re.findall("[㐀-鿿]+", re.sub("金额|总额|实际|[额的总]", "", base))
    named = any(run[i : i + 2] in asked for run in runs for i in range(len(run) - 1))
    return named or (_SPENT.search(base) is not None and _SPENDS.search(asked) is not None)


def _capped(figure: Figure, text: str) -> bool:
    """Whether a figure is the most there is: 最高300万元, 单个场站不超过50万元, 3万元封顶."""
    lead = text[_clause(text, figure.start) : figure.start]
    return bool(_CAP.search(figure.approximation) or _CAP.search(lead) or _CAPPED.match(text[figure.end :]))


def _applied(
    asked: Asked, candidate: Candidate, quantity: Figure, rates: Sequence[_Rate], terms: Weights
) -> Answer | None:
    """What a quantity comes to by the one standard that is for what is asked."""
    text, question = candidate.evidence.folded, asked.question.folded
    if _PAYS.search(question) and not _GETS.search(question):
        # 每人资助287元、自付123元: who pays is not helped
        rates = [rate for rate in rates if not _GIVEN.search(rate.lead[_clause(rate.lead, len(rate.lead)) :])]
    rate = _meant(candidate, quantity, rates, terms, question)
    if rate is None or not _fits(rate, quantity, question):
        return None
    per, unit = canonical(rate.figure.value, rate.figure.unit)
    amount, _ = canonical(quantity.value, quantity.unit)
    value = per * amount / 100 if unit == PERCENT else per * amount
    figures, caps = candidate.evidence.figures, []
    end = min((at for mark in "；。" if (at := text.find(mark, rate.figure.end)) >= 0), default=len(text))
    for figure in figures:
        if not _capped(figure, text):
            continue
        if figure.unit == MONEY and value > canonical(figure.value, figure.unit)[0]:
            if not rate.figure.end <= figure.start < end:
                if _of_another(figure, rate.figure, candidate):
                    continue
                return None  # whether it holds for this standard is not plain
            caps.append(figure)
        elif figure.start > rate.figure.start and _exceeded(quantity, figure):
            return None  # 最多按30年算
    stated = any(
        f.unit == MONEY and f.value == value and not f.approximation and not _capped(f, text) for f in figures
    )
    if stated or _limited_after(candidate, value):
        return None
    pieces = (quantity, rate.figure) if unit == PERCENT else (rate.figure, quantity)
    equation = " × ".join(piece.text for piece in pieces)
    told = worked_out(
        asked,
        candidate,
        (rate.figure, *caps[:1]),
        equation,
        written(value, MONEY, _magnitude(value)),
        _APPLIED,
    )
    if not caps:
        return told
    most = re.sub(rf"^(?:{_CAP.pattern})", "", caps[0].text)
    return replace(told, text=f"{told.text}\n这超过了上限，只能按上限算：{most}。", short=most)


def _of_another(cap: Figure, standard: Figure, candidate: Candidate) -> bool:
    """Whether a limit stands behind a standard of its own: …；购机的按机价的30%补贴，单台不超过1.5万元."""
    text, figures = candidate.evidence.folded, candidate.evidence.figures
    begin = max(text.rfind(mark, 0, cap.start) for mark in "；。") + 1
    own = [
        f for f in figures if begin <= f.start < cap.start and f.unit.partition("/")[0] in (PERCENT, MONEY)
    ]
    return standard.start < begin and bool(own)


def _exceeded(quantity: Figure, most: Figure) -> bool:
    """Whether a quantity is more than counts: 35年 where 最多按30年算."""
    same = most.unit != MONEY and alike(quantity, most.unit)
    return same and canonical(quantity.value, quantity.unit)[0] > canonical(most.value, most.unit)[0]


def _meant(
    candidate: Candidate, quantity: Figure, rates: Sequence[_Rate], terms: Weights, asked: str
) -> _Rate | None:
    """The standard whose words and bounds are those of the case; None when more than one may be meant."""
    ranked: list[tuple[tuple[float, bool, Decimal], _Rate]] = []
    for rate in rates:
        bound = _bound(candidate, rate, quantity)
        if bound is not None:
            # 国有历史建筑按30%补助，私有的按60%: the first words are of both, a little less of the second.
            before = "".join(other.lead for other in rates if other.figure.start < rate.figure.start)
            own = sum(
                w if presence(t, rate.lead) >= 0.9 else SUBJECT * w * (presence(t, before) >= 0.9)
                for t, w in terms.items()
            )
            ranked.append(((round(own, 6), not _BESIDE.search(rate.lead), bound), rate))
    ranked.sort(key=lambda one: one[0], reverse=True)
    if not ranked:
        return None
    (_, _, least), best = ranked[0]
    later = [other for _, other in ranked[1:] if other.figure.start > best.figure.start]
    others = [other for other in later if _named(other, asked) - _named(best, asked)]
    equal = len(ranked) > 1 and ranked[0][0] == ranked[1][0]
    if equal or others:
        # 种一季的每亩200元、两季的每亩350元: the first has the subject of both.
        called = [rate for _, rate in ranked if (case := _case(rate)) and case in asked]
        if len(called) != 1 or (others and called != others):
            return None
        best = called[0]
    # A higher step that the case reaches as well may leave the subject to the one before.
    return None if any(bound > least for (_, _, bound), _ in ranked) else best


def _named(rate: _Rate, asked: str) -> set[str]:
    """The pairs of characters of a standard's words that stand in the question."""
    said = re.sub(_EACH, " ", rate.lead)
    runs = re.findall("[㐀-鿿]+", said)
    return {run[i : i + 2] for run in runs for i in range(len(run) - 1) if run[i : i + 2] in asked}


def _case(rate: _Rate) -> str:
    """For whom or what a standard is, by the words of its own: 脱贫户 of 脱贫户每只补助200元."""
    said = re.sub(rf"{_EACH.pattern}|{_VERBS}|[对按给的助予贴励]|标准|^[；，、]", "", rate.lead)
    return said if re.fullmatch("[㐀-鿿]{2,8}", said) else ""


def _bound(candidate: Candidate, rate: _Rate, quantity: Figure) -> Decimal | None:
    """The quantity from which a standard holds, 0 without one; None when it does not hold for the case."""
    text = candidate.evidence.folded
    amount, unit = canonical(quantity.value, quantity.unit)
    begin, least = rate.figure.start - len(rate.lead), Decimal(0)
    for figure in candidate.evidence.figures:
        value, of = canonical(figure.value, figure.unit)
        if not begin <= figure.start < rate.figure.start or of != unit or _capped(figure, text):
            continue
        lead, trail = text[max(0, figure.start - 3) : figure.start], text[figure.end : figure.end + 3]
        bounds = figure.approximation + lead + trail
        if figure.high is not None:
            if not value <= amount <= canonical(figure.high, figure.unit)[0]:
                return None
            least = max(least, value)
        elif _UNDER.search(bounds):
            if amount >= value:
                return None
        elif _FROM.search(figure.approximation + trail) or _FROM.search(lead):
            if amount < value:
                return None
            least = max(least, value)
    return least


def _fits(rate: _Rate, quantity: Figure, asked: str) -> bool:
    """Whether a standard is of the kind asked for: given or charged, for the time that the question names."""
    lead = rate.lead[_clause(rate.lead, len(rate.lead)) :]
    besides = "另" in asked  # asks for what there is besides
    if _IN_TURN.search(rate.lead) or (_NOT_ALONE.search(lead) and not besides) or rate.figure.approximation:
        return False
    if _GETS.search(asked) and _COST.search(lead) and not _GIVEN.search(lead) and rate.figure.unit != PERCENT:
        return False
    if _PAYS.search(asked) and not _GETS.search(asked) and _GIVEN.search(lead):
        return False
    if quantity.unit in _TIMES and not _ALTOGETHER.search(asked) and not _SERVICE.search(rate.lead):
        return False  # 干满三年能奖多少: each year's amount need not add up
    for unit in rate.units:
        each = re.search(rf"(?:每|一个?|(?<!\d)1){re.escape(unit)}", asked) is not None
        if alike(quantity, unit):
            if each:
                return False  # 一亩补多少 asks for the standard itself
        elif not each and unit not in _ONE_PARTY:
            return False
    return True


def _limited_after(candidate: Candidate, value: Decimal) -> bool:
    """Whether the next sentence names a limit below a value; it may hold for the one before."""
    passage = candidate.hit.passage
    body = fold(passage.document.body[passage.end : passage.end + 60])
    following = re.split("[。；\n]", body)[0]
    return any(
        _capped(figure, following) and figure.unit == MONEY and figure.value < value
        for figure in find_figures(following)
    )


def _magnitude(value: Decimal) -> str:
    """The magnitude in which a sum is told whole: 2.4万元, 500元."""
    if value >= 10**8 and value % 10**4 == 0:
        return "亿"
    return "万" if value >= 10**4 else ""


def _stage(asked: Asked, candidate: Candidate, terms: Weights) -> Answer | None:
    """What is paid of an amount at the stage that the question names: 验收合格后付七成."""
    text = candidate.evidence.folded
    figures = candidate.evidence.figures
    for rate in figures:
        match = _STAGE.search(text[_clause(text, rate.start) : rate.start]) if rate.unit == PERCENT else None
        if match is None or not any(len(t) > 1 and t in match["when"] for t in terms):
            continue
        amounts: list[tuple[float, Figure]] = []
        at = 0
        for figure in figures:
            if figure.end > rate.start:
                break
            if figure.unit == MONEY and figure.high is None and not _capped(figure, text):
                lead = text[max(at, _clause(text, figure.start)) : figure.start]
                amounts.append((sum(w for t, w in terms.items() if presence(t, lead) >= 0.9), figure))
                at = figure.end
        amounts.sort(key=lambda one: -one[0])
        if not amounts or (len(amounts) > 1 and amounts[0][0] == amounts[1][0]):
            return None
        amount = amounts[0][1]
        value = amount.value * rate.value / 100
        result = written(value, MONEY, _magnitude(value))
        equation = f"{amount.text} × {rate.text}"
        return worked_out(asked, candidate, (amount, rate), equation, result)
    return None
