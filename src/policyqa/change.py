"""What something was and what it became, where one sentence gives both values; and by how much it changed.

造价由1.8亿元升到2.7亿元 says how much it rose without naming the figure, 牵引绳不超过1.5米（旧规定为2米） how
much shorter it must be.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from policyqa.asked import Asked, Weights, covered
from policyqa.compute import Operand, computed
from policyqa.evidence import Evidence, bare
from policyqa.findings import Candidate
from policyqa.match import figure_features
from policyqa.question import Question
from policyqa.schema import Answer, Figure
from policyqa.text import fold
from policyqa.units import PERCENT, POINTS, canonical, compatible
from policyqa.worked_out import COUNTED, READ, sentences_about, worked_out

# 涨了几千万 · 2025年要加几个 · 提高多少 · 比老规定便宜多少: not 新增多少, 多少倍 or 涨到多少
_ASKED = re.compile(
    r"(?:(?<!新)增加?|提高|上升|[涨升加]|扩大|减少?|下降|降低|[降缩]|压缩|压减|[砍减]掉|核减|削减|延长|缩短|变化|便宜|省|[多少](?=了)|[比较][^，。？]{2,16}?[多少高低长短快慢差贵])(?:了|出)?(?:多少|几)(?!倍|成|[㐀-鿿]{0,2}(?:岁|点钟))"
)
_THAN = re.compile(r"比(?P<other>[^，。？]{2,16}?)(?:[多少高低长短快慢贵]|便宜)")
_EARLIER = re.compile(r"原|[旧老]|以[前往]|之前|过去|上[年次月]|[去前]年|同期|\d年|规定|调整|提标|现行")
_TIMES = re.compile(
    r"(?:是|为)[^，。？]{0,12}(?:原来|以前|过去|[旧老]|之前|上年|去年)[^，。？]{0,8}的?(?:几|多少)倍"
)
_TURNS = (
    r"(?:增加?|增长|扩[大充展]?|提[高升]|上升|升|涨|[上下]调|调整?|延长|放[宽大]|拓展"
    r"|减少?|下降|降低?|压[减缩降]|核减|削减|调减|缩[短小减]?|变|改|发展|回[落升])"
)
_TO = re.compile(rf"{_TURNS}(?:到|至|为|成)了?(?:目前的?|现在的?|(?:19|20)\d\d年底?的?|今年的?)?$")
# 占37.8%，上年为31.2%: the later one is said first
_THEN = r"(?:上一?年|去年|上年同期|上年度|(?:19|20)\d\d年底?)(?:同期)?"
_FROM = re.compile(rf"^[，,（(](?:而)?{_THEN}(?:为|是)?$|^[，,（(]?[比较]{_THEN}的$")
# 0.45元，比原上限0.60元下降 · 2.16万元（去年为1.98万元） · 12天，原来是25天 · 1.5米（旧规定为2米）
_FORMER = re.compile(
    r"[^，；。（(]{0,6}[，（(](?:[比较])?(?:原(?:来|先|定|有)?|[旧老](?:规定|办法|标准|版)?|此前|以前|过去|调整前)[^，；。（()）\d]{0,8}"
)
# 首年200元，次年起100元；旧规定首年500元，次年起300元
_OLD_RULE = re.compile(r"[；，。（(](?P<old>[旧老原](?:规定|办法|标准|规)|原来|调整前)(?:是|为)?")
_WAY = re.compile(r"增|多|减|少|升|降|涨|高|低|缩|扩|净")


def answer(asked: Asked, candidates: Sequence[Candidate]) -> Answer | None:
    """The change as a computed answer; None when none is asked, or no sentence gives both values."""
    question = asked.question
    match = _ASKED.search(question.folded)
    times = _TIMES.search(question.folded)
    if (match is None and times is None) or question.want not in (*COUNTED, "ratio"):
        return None
    if (than := _THAN.search(question.folded)) and not _EARLIER.search(than["other"]):
        return None  # 比市里的标准高多少: of two, not of before and after
    said = (times or match).group()  # type: ignore[union-attr]
    terms = {t: w for t, w in asked.terms.items() if t not in said}
    for candidate in sentences_about(candidates, terms):
        evidence = candidate.evidence
        found = [
            (old, new)
            for old, new in changes(evidence)
            if not (_named(new, evidence.figures) and new.start > old.start)
            and _of_what_is_asked(question, old, new, bool(times))
            and _of_its_own(asked, candidate, old, new, terms)
        ]
        pair = _nearest(found, terms)
        if pair is None:
            continue
        old, new = pair
        ends = [new, old] if times else sorted(pair, key=lambda f: -canonical(f.value, f.unit)[0])
        result = computed("ratio" if times else "difference", [Operand("", figure) for figure in ends])
        if result is not None:
            equation = f"{ends[0].text} {'÷' if times else '−'} {ends[1].text}"
            return worked_out(asked, candidate, pair, equation, result[0])
    return None


def changes(evidence: Evidence) -> list[tuple[Figure, Figure]]:
    """The old and new values that a sentence sets against each other."""
    found = []
    for one, other in pairwise(evidence.figures):
        between = evidence.folded[one.end : other.start]
        if turned(one, other, evidence.folded):
            found.append((one, other))
        elif alike(one, other) and (_FORMER.fullmatch(between) or _FROM.search(between)):
            found.append((other, one))
    return found or _by_label(evidence)


def _by_label(evidence: Evidence) -> list[tuple[Figure, Figure]]:
    """The values of an old rule beside those of the new one that are called the same."""
    match = _OLD_RULE.search(evidence.folded)
    if match is None:
        return []
    now = [f for f in evidence.figures if f.end <= match.start()]
    then = [f for f in evidence.figures if f.start >= match.end()]
    return [
        (old, new)
        for old in then
        for new in now
        # 旧规定首年500元: 首年 is what it is called beside the new 首年登记费.
        if alike(old, new)
        and len(label := bare(_lead(old).rpartition(match["old"])[2])) > 1
        and label in bare(_lead(new))
    ]


def _lead(figure: Figure) -> str:
    return fold(figure.lead)


def _nearest(pairs: Sequence[tuple[Figure, Figure]], terms: dict[str, float]) -> tuple[Figure, Figure] | None:
    """The pair whose own words are those of the question; None where two are as near."""
    if len(pairs) < 2:
        return pairs[0] if pairs else None
    near = [
        covered(terms, (bare(fold(f"{new.indicator}{old.indicator}{old.inherited[-20:]}")), 1.0))
        for old, new in pairs
    ]
    best = max(near)
    return pairs[near.index(best)] if near.count(best) == 1 else None


def _of_what_is_asked(question: Question, before: Figure, after: Figure, times: bool) -> bool:
    """Whether two values are of the unit and years asked for: 2021年 and 2024年 tell nothing of 2024年."""
    unit = canonical(Decimal(1), question.unit)[1] if question.unit and not times else ""
    own = canonical(after.value, after.unit)[1]
    # 占比涨了几个点: no number of villages.
    if unit and not compatible(unit, after.unit) and not (unit == POINTS and own == PERCENT):
        return False
    if not after.unit and not any(term in fold(after.name) for term in question.terms):
        return False  # 收入比由1.94缩小到1.90 is no number of people
    told = {*before.years, *after.years}
    asked = set(question.years)
    return not asked or not told or asked == told or (len(asked) == 1 and told == asked | {min(asked) - 1})


def _of_its_own(asked: Asked, candidate: Candidate, before: Figure, after: Figure, terms: Weights) -> bool:
    """Whether two values are of the place asked about, and of what is asked by a word of their own.

    桐浦区优良天数由316天增加到325天 tells nothing of another district, 利润31.6亿元，比上年的33.5亿元 nothing
    of the investment that its sentence speaks of; the reading model may know better.
    """
    evidence = candidate.evidence
    if any(figure_features(asked, evidence, f)["f_place"] <= -0.6 for f in (before, after)):
        return False
    named = {t: w for t, w in terms.items() if t not in asked.places}
    words = bare(fold(f"{after.inherited[-20:]}{after.indicator}{before.inherited[-20:]}{before.indicator}"))
    sure = candidate.features.get("pair", 0.0) >= READ
    return sure or not named or covered(named, (words, 1.0)) > 0


def turned(before: Figure, after: Figure, text: str) -> bool:
    """Whether one value became the other, as a sentence says: 由A升到B, 现有A，2025年增至B."""
    between = text[before.end : after.start]
    return alike(before, after) and _TO.search(between) is not None and not re.search("[。；]", between)


def alike(before: Figure, after: Figure) -> bool:
    """Whether two values are different ones of one unit, neither a range."""
    plain = before.high is None and after.high is None and before.value != after.value
    return plain and canonical(before.value, before.unit)[1] == canonical(after.value, after.unit)[1]


def _named(after: Figure, figures: Sequence[Figure]) -> bool:
    """Whether the sentence goes on to say by how much: …增加到38种，增加6种."""
    following = next((f for f in figures if f.start >= after.end), None)
    return following is not None and _WAY.search(_lead(following)) is not None
