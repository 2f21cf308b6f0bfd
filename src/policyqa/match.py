"""How well a passage, and a figure in it, fits a question: named features, each about one thing.

Features are numbers between -1 and 1; ``policyqa.score`` weighs them. Nothing here knows a document.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from policyqa.asked import Asked, covered, meant, worst_missing
from policyqa.belonging import ASIDE, governing, issuer_fit, place_fit
from policyqa.dates import DATE_UNIT
from policyqa.evidence import Evidence, bare
from policyqa.figures import find_figures
from policyqa.limits import figure_limit_fit, passage_limit_fit
from policyqa.period_fit import (
    figure_part_fit,
    part_fit,
    parts_spoken_of,
    passage_period_fit,
    period_fit,
    told_in_fit,
)
from policyqa.places import districts_in
from policyqa.plan_fit import PLAN, figure_plan_fit, plan_fit, target_said
from policyqa.question import Question, is_general, is_word
from policyqa.schema import Aspect, Figure
from policyqa.tables import table_at
from policyqa.text import fold
from policyqa.units import INDEX, PROPORTION, UNIT, canonical, compatible

DECISION = re.compile(
    r"(不宜|暂不|不予|未予|不能|无法|难以|条件不成熟|不具备|不赞成|不同意|同意|采纳|已列入|可以|不得|不再|暂缓|不搞|不纳入|不属于|没有|未作|未|可|应当|允许|支持)"
)
REASON = re.compile(
    r"(因为|由于|因|考虑到|鉴于|理由|原因|主要是|所以|受.{1,20}影响|为了|为避免|超出|不具备|难以|不符|需要|根据|按照|一是|测算|易|会造成|导致|问题是|有关)"
)
_AGENCY_WORD = re.compile(r"(局|委|办公室|部门|中心|公司|政府|管委会|办事处|银行|集团|单位)")
_DATE_WORD = re.compile(
    r"(\d{4}年|\d{1,2}月|\d{1,2}日|年底|月底|季度|上旬|中旬|下旬|上半年|下半年|以前|之前|起)"
)
_PERSON_WORD = re.compile(
    r"(主任|局长|区长|县长|市长|书记|委员|代表|科长|同志|老师|负责人|[㐀-鿿]{2,3}(?:等\d+名)|联系人)"
)


EXCLUDES = re.compile(
    r"哪[^，。？]{0,16}(?:不能|不可以|不得|不给|不予|不让|不准|不享受|享受不了|领不了|拿不到|不算|不属于|不纳入|不列入|不补|除外)"
)
"""Who is left out is asked for, what must not be done."""
_EXCLUDED = re.compile(
    r"不予|不得|不能|不适用|不享受|不在|不属于|不计入|不纳入|不列入|不作|不给|不可|除外|禁止|严禁|不含|不包括|不受理|不重复|未[^，。]{1,20}的"
)


_STOCK = re.compile(r"有(?:多少|几|好多)")


def stock_asked(question: Question) -> bool:
    """Whether a question asks how much there is, not how much was added: 有多少辆 · 2023年底几所."""
    at_end = any(p.part in ("底", "末", "年末", "年底") for p in question.periods if not p.compared)
    return question.aspect is None and (at_end or _STOCK.search(question.folded) is not None)


# 2024年装了多少部: in that year, not until its end.
_DONE = re.compile(r"(?<![有到剩占])了(?:多少|几)")
_AT_END = re.compile(r"^(?:截至|截止|至|到)|[底末]$")


def _until_end(question: Question, figure: Figure) -> bool:
    """Whether a figure is of all until the end of a year, and it is asked what was done in the year."""
    parts = [p.part for p in question.periods if not p.compared]
    in_year = question.aspect is None and len(question.years) == 1 and parts == [""]
    cumulative = figure.aspect == "cumulative" and _AT_END.search(figure.period) is not None
    return in_year and cumulative and _DONE.search(question.folded) is not None


_UNTIL_END = -0.8
"""How well such a figure fits, as an aspect."""


def aspect_fit(asked: Aspect | None, found: Aspect, stock: bool = False, target: bool = False) -> float:
    """Whether new, cumulative, growth, share, rank or change is what was asked.

    Args:
        stock: the question asks how much there is: what was added or is a ``target`` is no answer.
    """
    if asked is None:
        if stock and (target or found == "new"):
            return -0.8
        if stock and found == "cumulative":
            return 0.6
        return {"level": 0.1, "cumulative": 0.1, "new": 0.0}.get(found, -0.5)
    if asked == found:
        return 1.0
    near = {
        ("cumulative", "level"), ("level", "cumulative"), ("new", "level"), ("change", "new"),
        ("new", "change"), ("growth", "change"), ("change", "growth"), ("share", "level"),
    }  # fmt: skip
    return 0.1 if (asked, found) in near else -1.0


_INDEX_NAME = re.compile(INDEX)


_FOREIGN = frozenset({"美元", "港元", "欧元", "日元", "英镑"})
_YUAN_ASKED = re.compile("人民币|(?:多少|几)[百千万亿]*(?:元|块|毛)")


def unit_fit(question: Question, figure: Figure) -> float:
    """Whether the figure's unit can answer: 1 the unit asked for, 0.5 none was asked, -1 not."""
    if question.want == "date":
        return 1.0 if figure.unit == DATE_UNIT else -1.0
    if figure.unit == PROPORTION:
        return 0.8 if question.want == "ratio" and _PROPORTION_ASKED.search(question.folded) else -1.0
    if index := _INDEX_NAME.search(fold(figure.name) + figure.lead) if not figure.unit else None:
        return 0.8 if index.group() in question.folded else -1.0 if question.unit else 0.0
    if not figure.unit:  # a table's number whose heading names no unit
        return -1.0 if question.want in ("ratio", "money") else 0.3
    if question.unit:
        if question.unit == figure.unit:
            return 1.0
        # 进出口总额多少: in whichever currency, unless 多少元 is asked
        if question.unit == "元" and figure.unit in _FOREIGN and not _YUAN_ASKED.search(question.folded):
            return 0.6
        if question.want == "ratio" and figure.unit in ("%", "倍", "百分点", "个百分点"):
            return 0.8
        if question.want == "ratio" and figure.aspect == "change":
            return 0.2
        if figure.unit == "个" and figure.value % 1:
            return -1.0  # 每千人口托位4.61个 counts no 机构
        if question.want == "ratio" and _RATE_NAME.search(figure.lead):
            return 0.6  # 万人成讼率78.5件
        return 0.7 if compatible(question.unit, figure.unit) else -1.0
    if question.want == "figure":
        if "产量" in question.folded and figure.unit in _NOT_PRODUCED:
            return -1.0
        share = figure.aspect == "share" and "占" in figure.lead
        if share and not re.search("[占比率成]", question.folded):
            return -1.0  # 占常住人口的22.8% is no 常住人口
        if figure.unit == "%" and _PAID_EACH.search(question.folded):
            return -1.0
        if figure.unit in _DURATIONS:
            return -0.6
        return (
            0.3 if figure.unit not in ("%", "百分点", "个百分点", "倍") and figure.aspect != "rank" else -0.3
        )
    return 0.0


# 有多少茶园, 几个老师: what is counted is named behind the number asked for.
_COUNTED_NAME = re.compile(
    rf"(?<!百分之)(?:多少|(?<!哪)几)[百千万亿]{{0,2}}+(?:{UNIT.pattern})?+(?!钱|块|一|[㐀-鿿]钱|[回出进上下过起][来去])"
    r"(?:[㐀-鿿]{2,4}的)?(?P<name>[㐀-鿿]{2,})"
)


def nothing_counted(asked: Asked, evidence: Evidence) -> bool:
    """Whether what a question counts is named nowhere around a passage: 有多少茶园, in a list of canteens."""
    match = _COUNTED_NAME.search(asked.question.folded)
    term = next((t for t in asked.terms if match and match["name"].startswith(t)), "")
    if not is_word(term) or asked.terms[term] < _TELLING or is_general(term):
        return False
    said = evidence.bare + evidence.leading + evidence.before + evidence.context
    return meant(term, said + asked.told_in(evidence.passage.document.id)) < _IN_PART


_IN_PART = 0.25
"""What a word is present less than where at most one of its characters stands there."""
_TELLING = 0.3
"""How rare what is counted must be at least for its absence to tell anything."""
_PROPORTION_ASKED = re.compile(r"(?<!占)比(?:例|(?=是|为|多少|[，。？?]|$))|配比|几比几")
_NOT_PRODUCED = frozenset({"群", "户", "家", "人", "亩", "所", "元", "个"})
"""Units that no output is told in."""
# 农户自己一亩掏多少: an amount, no share
_PAID_EACH = re.compile(
    r"[一每][㐀-鿿]{1,2}[^，。？]{0,4}[掏出补交缴花付给拿奖罚][^，。？]{0,3}(?:多少|几)(?!成|个?百分)"
)
_RATE_NAME = re.compile(r"率[为是达约]?$")
_DURATIONS = frozenset(
    {"年", "天", "日", "岁", "周", "个月", "小时", "分钟", "周岁", "点", "期", "轮", "届", "次"}
)


def want_fit(question: Question, evidence: Evidence) -> float:
    """Whether the passage holds the kind of thing that is wanted."""
    text = evidence.folded
    want = question.want
    if want in ("figure", "money", "ratio", "rank"):
        return 1.0 if any(unit_fit(question, f) > 0 for f in evidence.figures) else -1.0
    pattern = {
        "yesno": DECISION, "reason": REASON, "agency": _AGENCY_WORD, "date": _DATE_WORD,
        "who": _PERSON_WORD, "contact": re.compile(r"(电话|联系)"), "commitment": PLAN,
    }.get(want)  # fmt: skip
    if want in ("list", "yesno") and EXCLUDES.search(question.folded):
        return 1.0 if _EXCLUDED.search(text) else -1.0
    if pattern is None:
        return 0.0
    return 0.6 if pattern.search(text) else -0.6


LED_IN = 0.7
"""What a word is worth that stands in the sentence that leads in the figure's own."""
NAMED = 0.9
"""What a word of a figure's indicator is worth that does not stand in its own clause."""


def figure_terms(asked: Asked, figure: Figure, evidence: Evidence) -> tuple[float, float]:
    """How much of the question stands around the figure, and how much around it is not asked.

    Its own piece of the sentence counts most, earlier pieces less, the rest and the context least.
    """
    own = bare(figure.indicator.replace("▯", ""))
    inherited = bare(figure.inherited[-60:])
    cover = covered(
        asked.terms,
        (own, 1.0),
        (bare(figure.name), NAMED),  # 新培育…36家，累计达79家: the name stands a clause before
        (inherited, 0.75),
        (evidence.leading, LED_IN),
        (evidence.bare, 0.5),
        (evidence.context + asked.told_in(evidence.passage.document.id), 0.45),
    )
    question = asked.question
    known = bare(question.text)
    pieces = [own[i : i + 2] for i in range(len(own) - 1)]
    extra = sum(piece not in known for piece in pieces) / len(pieces) if pieces else 0.5
    return cover, extra


SOMETHING = 0.3
"""The least share of what is asked, places aside, that a cell's column, row or table must be about."""


def other_column(asked: Asked, figure: Figure, evidence: Evidence) -> bool:
    """Whether a figure of a table is of something else than is asked: 常住人口 where 出生人口 is.

    The row names the district that is asked about whatever the columns hold.
    """
    return _off_table(asked, evidence, figure.indicator.replace("▯", "") + figure.name)


def other_table(asked: Asked, evidence: Evidence) -> bool:
    """Whether a passage is the row of a table that has no column, row or title of what is asked."""
    table = table_at(evidence.passage.document, evidence.passage.start)
    return table is not None and _off_table(asked, evidence, " ".join([*table.headings, evidence.folded]))


def _off_table(asked: Asked, evidence: Evidence, said: str) -> bool:
    document = evidence.passage.document
    table = table_at(document, evidence.passage.start)
    if table is None:
        return False
    places = (*asked.places, *asked.strangers)
    # 圩区 is what the word splitter leaves of 澜圩区.
    terms = {t: w for t, w in asked.terms.items() if not any(p in t or t[:-1] in p for p in places)}
    topics = (p.title for p in document.proposals)
    around = bare(" ".join([document.title, *topics, *evidence.passage.section, table.title]))
    return bool(terms) and covered(terms, (bare(said), 1.0), (around, 1.0)) < SOMETHING


_LIMIT = re.compile(r"(最高|最多|顶多|上限|封顶|不超过|至多|限额|最低|最少|至少|下限|不低于|不少于)")
_BEFORE_ASKED = re.compile(
    r"(原来|之前|此前|从多少|由多少|原先|以前|改前|调整前|(?:下调|上调|提高|降低?|涨|调整?)(?:之)?前)"
)
_NOW_ASKED = re.compile(r"现在|目前|有(?:多少|几)[㐀-鿿]?了|如今|最新|现行|当前|眼下")
# 上限每千瓦时0.6元，2025年4月1日起下调为0.5元
_BECOMES = re.compile(
    r"[，,；;]截[至止](?:今年|\d{4}年)?\d{1,2}月[底末]?[^，。；\d]{0,3}(?:为|达到?|有|增[至到])$|"
    r"[，,；][^，。；\d]{0,6}(?:\d{4}年)?[^，。；]{0,12}?(?:起|后|开始)[^，。；\d]{0,6}?(?:下调|上调|提高|提升|降低?|涨|调整|增加|减)(?:到|至|为)[^，。；\d]{0,4}$"
)


def _superseded(text: str, figure: Figure, figures: Sequence[Figure]) -> bool:
    """Whether a later clause gives the value that takes a figure's place from some day on."""
    following = next((f for f in figures if f.start >= figure.end and f.unit == figure.unit), None)
    return following is not None and _BECOMES.match(text[figure.end : following.start]) is not None


def _supersedes(text: str, figure: Figure, figures: Sequence[Figure]) -> bool:
    """Whether a figure takes the place of one in an earlier clause."""
    return any(_superseded(text, f, figures) for f in figures if f.end <= figure.start) and (
        not _superseded(text, figure, figures)
    )


def _from(question: Question, figure: Figure, evidence: Evidence) -> float:
    """1 for the old value of a change (由32降至30: the 32), unless that is asked for."""
    end = figure.end
    for other in evidence.figures:
        # 由50元、100元、300元提高到…: old values in a list are all old.
        if other.start >= end and re.fullmatch(r"[、和,]?", evidence.folded[end : other.start]):
            end = other.end
    if _superseded(evidence.folded, figure, evidence.figures):
        if _NOW_ASKED.search(question.folded):
            return 1.0
    elif _BEFORE_ASKED.search(question.folded) and _supersedes(evidence.folded, figure, evidence.figures):
        return 1.0
    after = evidence.folded[end : end + 14]
    lead = figure.indicator.split("▯")[0]
    old = re.search(r"(由|从)[^，。；]{0,24}$", lead) is not None and re.search(
        r"^[^，。；]{0,10}?(到|至|为|成)(?!期|少)", after
    )
    # 由2022年的1.87亿元增至2023年的2.13亿元, asked of 2022.
    own_year = figure.years == question.years and any(str(y) in lead[-16:] for y in question.years)
    return 1.0 if old and not own_year and not _BEFORE_ASKED.search(question.folded) else 0.0


def _echoes(question: Question, figure: Figure) -> bool:
    """Whether the figure only repeats one of the question."""
    if figure.unit == DATE_UNIT:
        return fold(figure.text) in question.folded
    return any(
        canonical(f.value, f.unit) == canonical(figure.value, figure.unit)
        # 那741家合资企业, where a report counts 七百四十一个
        or (f.value == figure.value and {f.unit, figure.unit} <= _COUNTS)
        for f in find_figures(question.text)
    )


_COUNTS = frozenset(("家", "个", "户", "件", "所", "项", "处", "座", "部", "台"))


def passage_features(asked: Asked, evidence: Evidence, dense: float, overlap: float) -> dict[str, float]:
    """The features of a passage.

    Args:
        dense: its cosine to the question less that of the nearest; ``overlap`` the share of the
            question's character pairs in it and its context.
    """
    question = asked.question
    passage = evidence.passage
    periods = [p.part for p in question.periods]
    context = evidence.context + asked.told_in(passage.document.id)
    return {
        "dense": dense * 10,
        "overlap": overlap,
        "terms": covered(asked.terms, (evidence.bare, 1.0)),
        "terms_in_context": covered(
            asked.terms, (evidence.bare, 1.0), (evidence.leading, 0.9), (context, 0.9)
        ),
        "before": covered(asked.terms, (evidence.before, 1.0)),
        "decides": (
            covered(asked.terms, (evidence.before, 1.0))
            if question.want in ("yesno", "reason", "text", "commitment") and DECISION.search(evidence.folded)
            else 0.0
        ),
        "missing": worst_missing(asked.terms, evidence.bare + evidence.leading + context),
        "period": told_in_fit(question, evidence, passage_period_fit(question.years, evidence)),
        "part": part_fit(periods, parts_spoken_of(evidence)) if question.years else 0.0,
        "place": place_fit(asked, evidence, evidence.folded),
        "issuer": issuer_fit(asked, evidence),
        "want": want_fit(question, evidence),
        "plan": plan_fit(question, evidence.folded, passage.role),
        "range": passage_limit_fit(question.text, passage.text),
        "claim": 1.0 if passage.role == "claim" else 0.0,
        "outside": 1.0 if passage.role in ("head", "tail") else 0.0,
        "length": min(len(evidence.bare), 200) / 200,
    }


_DISTRICT = re.compile(r"(?!全|各|本|我|其)[㐀-鿿]{1,6}[区县市旗](?!级)")


def _figure_place_fit(asked: Asked, evidence: Evidence, figure: Figure, near: str) -> float:
    """``place_fit`` of a figure; the row of a district is that district's, known as a place or not."""
    if not asked.places and not asked.strangers:
        return 0.0
    if figure.unit == DATE_UNIT:
        # 我市2023年11月在砚湖区启动试点: where it began is not whose day it is.
        own = (*asked.strangers, *asked.places[-1:])
        if not any(place in evidence.folded for place in own):
            near = "" if own[0] in evidence.places else near
        elif len(districts_in(evidence.folded)) < 2:
            near = evidence.folded
    # A row of a table, or a line that begins with its district: 松垭区：地区生产总值486亿元.
    line = bool(figure.scope) and evidence.folded.startswith(f"{fold(figure.scope)}：")
    row = figure.scope if line or table_at(evidence.passage.document, evidence.passage.start) else ""
    if _DISTRICT.fullmatch(row) and fold(row)[:-1] not in asked.question.folded + "".join(evidence.places):
        return -1.0
    return place_fit(asked, evidence, governing(asked, figure) + near)


# 栖梧区1900套、汀兰区1000套、沅桥县300套，租金为市场价的60%: the rent is of all of them.
_PLACES_LISTED = re.compile(
    r"\d[^，。；、\d]{0,6}、[^，。；、\d]{1,6}[区县市镇乡][^，。；、\d]{0,4}\d[\d.]*[^，。；、\d]{0,8}，"
)
_REACH = 80
"""How far before a figure such a list is looked for, in characters."""


def _behind_list(inherited: str) -> str:
    """What stands before a figure, from behind the last list of districts with a figure each."""
    tail = inherited[-_REACH:]
    ends = [match.end() for match in _PLACES_LISTED.finditer(tail)]
    return tail[ends[-1] :] if ends else inherited


def figure_features(asked: Asked, evidence: Evidence, figure: Figure) -> dict[str, float]:
    """The features of a figure in its passage."""
    question = asked.question
    cover, extra = figure_terms(asked, figure, evidence)
    near = bare(_behind_list(ASIDE.sub("", figure.inherited))[-16:] + figure.indicator.replace("▯", ""))
    own = figure.indicator.replace("▯", "")
    target = target_said(figure, evidence)
    return {
        "f_terms": cover,
        "f_extra": extra,
        "f_own": covered(asked.terms, (bare(own), 1.0)),
        "f_unit": unit_fit(question, figure),
        "f_aspect": _UNTIL_END
        if _until_end(question, figure)
        else aspect_fit(question.aspect, figure.aspect, stock_asked(question), bool(target)),
        "f_period": told_in_fit(
            question, evidence, period_fit(question.years, figure.years, (), evidence.dated)
        ),
        "f_place": _figure_place_fit(asked, evidence, figure, near),
        "f_plan": figure_plan_fit(question, figure, target, evidence.passage.role),
        "f_when": figure_part_fit(question, figure),
        "f_from": _from(question, figure, evidence),
        "f_echo": 1.0 if _echoes(question, figure) else 0.0,
        "f_cap": 1.0 if _LIMIT.search(question.folded) and _LIMIT.search(own) else 0.0,
        "f_range": figure_limit_fit(question.text, evidence.passage.text, figure),
        "f_alone": float(sum(other.unit == figure.unit for other in evidence.figures) == 1),
        "f_part": 1.0 if "其中" in own and "其中" not in question.folded else 0.0,
    }
