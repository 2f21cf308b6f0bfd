"""What is due to a case: a standard, what is added to it for the case, and for how long it is paid.

硕士每月1000元 and 在槲岭县就业的，上浮20% tell together what a master gets there, 每月800元，最长36个月 what
it comes to in the end. Neither sentence has the figure, and the standard alone would be a wrong answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from policyqa.asked import Asked, covered, presence
from policyqa.compose import cite, clause_of, source_note
from policyqa.compute import COMPUTED, written
from policyqa.evidence import Evidence, gather
from policyqa.findings import Candidate
from policyqa.kinds import label_of
from policyqa.places import home
from policyqa.question import content_terms
from policyqa.schema import Answer, Figure, Passage
from policyqa.text import fold
from policyqa.units import MONEY, PERCENT, canonical
from policyqa.worked_out import COUNTED, SURE, behind, sentences_about, sentences_in

_ASKED = re.compile(r"多少|几[元块千百个万]|好多")
_MONEY_ASKED = re.compile(r"多少钱|几个钱|多少元|多少块")
# 会多给吗，多多少 · 上浮几成 · 另加多少: the addition itself
_OF_ADDITION = re.compile(
    r"[上下]浮|另[加外奖]|再[加补奖]|(?<!最)多[给补发拿领加](?!少)|额外|加成|加码|加几成|提高(?:多少|几)"
)
_ALTOGETHER = re.compile(r"一?共|总计|合计|总额|加起来|全部|到手|下来|总的?能?")
# 领满最长期限 · 拿满 · 全程: for as long as it is paid
_TO_THE_END = re.compile(r"一个?学期|[领拿享发补]满(?!\d)|最长|期限|到期|全程|全期|领[完足]|满期")
_FULL = re.compile(r"[领拿享补]满(?!\d)[^，。？]{0,6}(?:多少|几)")
_ADDED = re.compile(
    r"(?P<rise>上浮|再?提高)$|(?:另(?:外)?|再|额外)(?:给予?|行)?(?:增?加|补助?|补贴|奖励?|发放?|给予?)(?:补[助贴]|奖励|发)?(?:每[㐀-鿿])?$"
    r"|(?:加发|增发|增加(?:补[助贴]|奖励))(?:每[㐀-鿿])?$"
)
# 居民参保人员按上述标准的70%支付: a part of the standard in place of it.
_OF_WHOM = "(?:上述|前述|以上|同等|相应|职工|城镇职工|企业|[㐀-鿿]{2,4}人员)"
_SHARE = re.compile(
    rf"按照?{_OF_WHOM}?(?:补[助贴]|支付|待遇)?标准的$|标准(?:为|按|是){_OF_WHOM}(?:[补支待][㐀-鿿])?(?:标准)?的$"
)
# 绝育犬减半收取 · 残疾人减半
_HALVED = re.compile(
    r"(?:^|[，。；、：])(?:对)?(?P<case>[^，。；、：\d]{2,12}?)(?:的|一律|均|可)*(?P<half>减半)"
)
_HALF = "减半"
# 绝育犬只, 残疾人: who they are is told by the rest.
_KIND = re.compile(r"(?:犬只|[犬狗猫]|人员|人群|家庭|[户人者车]|学生|车辆)$")
_NO_MORE_THAN = re.compile(r"不超过|不突破|最高|以内|不得|可$|幅度")
_COMPARED = re.compile(r"[较比](?!例|重|率)|同比")
_ON_TOP = re.compile(
    r"(?:按|在|以)?(?:上述|前述|以上|原有?|相应|各档|各类|各项|现行)?(?:的?(?:补[助贴]|奖励)?(?:标准|基础)?上?)?(?:各档|每人|每月|每年|每[㐀-鿿]|分别|一律|均|可)*$"
)
_GENERAL = re.compile(
    "采用|选择|实施|进行|开展|加装|安装|新建|建设|属于|方式|工作|就业|上班|企业|项目|标准|补[贴助]|以上|人员|对象|单位|机构|符合|条件|给予"
    "|最[多高][能补奖给]?|一[台部个件辆]|[总一]共能?|装[完好]|实际|每?个?月|一个月|每年|能拿|能领|拿到|领到|到手|第[一二三四五六七八九十]+条"
)
_DISTRICT = re.compile(r"([㐀-鿿]{2,4}[县区市镇])")
_YEAR = re.compile(r"((?:19|20)\d\d)年")
_EACH = re.compile("每(?:[人户生餐部台]|个?月|年)?|给予|补[助贴]|[为按发是]")
_NO_STANDARD = re.compile(r"最高|不超过|封顶|上限|原|上一轮|以前|此前|过去|旧|其中|[市县区省]级|中央")
NAMED = 0.6
"""The least share of the words of a case that the question must name."""
LEAST = 0.4
"""The least share of the question's other words that stand in or around the standard."""
APART = 0.1
"""By how much the standard must fit better than another."""
_LONG = re.compile(r"学[期年]按|最长|不超过|期限|为期|发放|享受|连续|累计|补贴|补助|共")
_TIMES = {"月": ("个月", "月"), "年": ("年",)}
NEAREST = 5
"""Behind how many of the best passages additions are looked for besides."""
REACH = 420
"""How far behind a standard what is added to it may stand, in characters."""
_TOLD = "原文没有直接给出这个数，按其中的数字"


@dataclass(frozen=True, slots=True)
class _Addition:
    """What is added to a standard: an amount or a share of it, and for which ``case``, folded.

    ``instead``: the share is paid in place of the whole.
    """

    passage: Passage
    figure: Figure
    case: str
    instead: bool = False


def answer(asked: Asked, candidates: Sequence[Candidate], read: Answer) -> Answer | None:
    """What is due to the case that the question names; None when that is not plain.

    Args:
        read: what was read, whose figure is the standard where it is of the same document.
    """
    question = asked.question
    text = question.folded
    # 领满最长期限一共多少钱 asks for no date.
    money = (question.want in COUNTED and question.unit in ("", MONEY)) or _MONEY_ASKED.search(text)
    if not money or question.parts or not _ASKED.search(text) or _OF_ADDITION.search(text):
        return None
    to_the_end = _FULL.search(text) is not None or bool(_TO_THE_END.search(text) and _ALTOGETHER.search(text))
    told = [c.evidence for c in candidates]
    # Among many alike the sentence with the addition may not be found, the standard before it is.
    told += [e for c in candidates[:NEAREST] for e in behind(c.hit.passage, REACH)]
    additions = [a for a in _additions(told) if _is_meant(asked, a)]
    addition = _chosen(asked, additions)
    if addition is None and (additions or not to_the_end):
        return None
    if addition and addition.figure.text == _HALF:
        near = [gather(addition.passage)]
    else:
        near = (
            _in_front(addition.passage) if addition else [c.evidence for c in sentences_about(candidates, {})]
        )
    standard = _standard(asked, near, read, addition)
    if standard is None:
        return None
    evidence, figure = standard
    term = _term(evidence, figure) if to_the_end else None
    if to_the_end and term is None:
        return None
    return _told(asked, evidence, figure, addition, term)


def _additions(evidences: Sequence[Evidence]) -> Iterator[_Addition]:
    """All that some sentences add to a standard, with the case that it is for."""
    for evidence in evidences:
        text = evidence.folded
        if evidence.passage.role == "claim":
            continue
        for figure in evidence.figures:
            begin = max(text.rfind(mark, 0, figure.start) for mark in "；。") + 1
            lead = text[begin : figure.start]
            share = _SHARE.search(lead) if figure.unit == PERCENT else None
            match = share or _ADDED.search(lead)
            if match is None or figure.high is not None or _NO_MORE_THAN.search(figure.approximation):
                continue
            if share is None and (figure.unit == PERCENT) != bool(match["rise"]):
                continue
            if figure.unit != PERCENT and figure.unit.partition("/")[0] != MONEY:
                continue
            behind = re.split("[；。]", text[figure.end :])[0]
            if _NO_MORE_THAN.search(behind[:12]) or _NO_MORE_THAN.search(lead[-6:]):
                continue
            if _COMPARED.search(lead):
                continue  # 补助标准较上年提高10%
            clauses = lead[: match.start()].split("，")
            last = _ON_TOP.sub("", clauses[-1])
            case = last if len(last) > 1 else ""
            if len(clauses) > 1 and not last.endswith("的") and clauses[-2].endswith("的"):
                case = clauses[-2]
            case = re.sub(r"\([^()]*\)", "", case)
            if case and not re.search(r"\d", _YEAR.sub("", case)):
                yield _Addition(evidence.passage, figure, case, share is not None)
        for halved in _HALVED.finditer(text):
            half = Figure(_HALF, *halved.span("half"), Decimal(50), PERCENT)
            yield _Addition(evidence.passage, half, halved["case"], instead=True)


def _is_meant(asked: Asked, addition: _Addition) -> bool:
    """Whether the question names the case that something is added for."""
    own = fold(addition.passage.document.issuer + addition.passage.document.title)
    if addition.figure.text == _HALF:
        return _is_halved(addition.case, asked.question.folded)
    if any(name in asked.question.folded for name in _places(addition.case) if name[:-1] not in own):
        return True
    if any(place in addition.case and place not in own for place in (*asked.places, *asked.strangers)):
        return True
    years = {int(year) for year in _YEAR.findall(addition.case)}
    if years and (not years <= set(asked.question.years) or len(_YEAR.sub("", addition.case)) < 5):
        return years <= set(asked.question.years)
    terms = [t for t in content_terms(addition.case, asked.places) if len(t) > 1 and t not in own]
    terms = [t for t in terms if not _GENERAL.fullmatch(t)]
    named = sum(presence(t, asked.question.folded) >= 0.9 for t in terms)
    return bool(terms) and named >= NAMED * len(terms)


def _is_halved(case: str, asked: str) -> bool:
    """Whether a question names those who pay half: 绝育犬 by 绝育的狗, not by 没绝育的狗.

    >>> _is_halved("已绝育犬", "绝育的狗首年交多少"), _is_halved("绝育犬", "没绝育的狗首年交多少")
    (True, False)
    """
    kind = _KIND.sub("", case)
    words = [kind[at : at + 2] for at in range(len(kind) - 1)]
    named = [word for word in words if word in asked and not _GENERAL.fullmatch(word)]
    return bool(named) and not any(re.search(rf"[没未不][㐀-鿿]{{0,2}}?{word}", asked) for word in named)


def _places(case: str) -> list[str]:
    """The districts of a case, as they are written: 在砚溪县、禾岗县就业的."""
    return [match[1] for piece in re.split("[、和及与在到于]", case) if (match := _DISTRICT.match(piece))]


def _chosen(asked: Asked, additions: Sequence[_Addition]) -> _Addition | None:
    """The one addition that is meant, of the question's own place where several are; else None."""
    own = [a for a in additions if set(home(a.passage.document)) & set(asked.places)] or additions
    places = {(a.passage.document.id, a.passage.start + a.figure.start) for a in own}
    return own[0] if len(places) == 1 else None


def _standard(
    asked: Asked, evidences: Sequence[Evidence], read: Answer, addition: _Addition | None
) -> tuple[Evidence, Figure] | None:
    """The standard for the case; None when more than one may be meant."""
    left_out = (*asked.places, *asked.strangers, *(_places(addition.case) if addition else ()))
    terms = {
        t: w
        for t, w in asked.terms.items()
        if not (_GENERAL.fullmatch(t) or _TO_THE_END.search(t) or _ALTOGETHER.search(t))
        and not any(place in t for place in left_out)
        and not (addition and presence(t, addition.case) >= 0.9)
    }
    # 问：租房补贴多少钱？答：博士每月…: what it is of may stand anywhere around.
    around = "".join(evidence.bare for evidence in evidences) if addition else ""
    found: list[tuple[float, Evidence, Figure]] = []
    for evidence in evidences:
        said = evidence.bare + evidence.before + evidence.context
        if evidence.passage.role == "claim" or (terms and covered(terms, (said + around, 1.0)) < LEAST):
            continue
        for figure in evidence.figures:
            behind = (
                addition
                and addition.passage.id == evidence.passage.id
                and figure.start >= addition.figure.start
            )
            if behind or not _is_standard(figure, evidence.folded):
                continue
            label = _last_clause(label_of(figure, evidence))
            own = sum(w * presence(t, label) for t, w in terms.items()) + covered(terms, (said, 1.0))
            found.append((own + 10.0 * _was_read(read, evidence, figure), evidence, figure))
        if found and addition is None:
            break
    found.sort(key=lambda one: -one[0])
    if not found or any(f.value != found[0][2].value and s > found[0][0] - APART for s, _, f in found[1:]):
        return None
    return found[0][1:]


def _last_clause(label: str) -> str:
    """The words that a figure has for itself: 博士每月 of 租房补贴标准：博士每月."""
    clauses = [
        clause
        for clause in re.split("[：，、]|(?<=[准费贴助励价])[为是]", label)
        if len(_EACH.sub("", clause)) > 1
    ]
    return clauses[-1] if clauses else label


def _in_front(passage: Passage) -> list[Evidence]:
    """The sentences in front of one within reach, and it itself, nearest first."""
    before = sentences_in(passage, max(0, passage.start - REACH), passage.start)
    return [gather(passage), *reversed(before)]


def _is_standard(figure: Figure, text: str) -> bool:
    """Whether a figure is an amount of money that is given, no limit and no addition."""
    lead = text[max(text.rfind(mark, 0, figure.start) for mark in "，；。") + 1 : figure.start]
    plain = figure.unit.partition("/")[0] == MONEY and figure.high is None and not figure.part
    return plain and not _ADDED.search(lead) and not _NO_STANDARD.search(figure.approximation + lead)


def _was_read(read: Answer, evidence: Evidence, figure: Figure) -> bool:
    if read.status != "answered" or not read.citations or fold(read.short) != fold(figure.text):
        return False
    cited, passage = read.citations[0], evidence.passage
    return cited.document.id == passage.document.id and cited.start == passage.start


def _term(evidence: Evidence, standard: Figure) -> Figure | None:
    """For how long a standard is paid, in the unit of time that it is paid for: 每月…，最长36个月."""
    text = evidence.folded
    clause = text[max(text.rfind(mark, 0, standard.start) for mark in "；。") + 1 : standard.start]
    each = re.findall("每([年月])", clause) or re.findall("[年月]", standard.unit.partition("/")[2])
    for figure in evidence.figures if each else ():
        if figure.start < standard.end or figure.unit not in _TIMES[each[-1]] or figure.high is not None:
            continue
        lead = text[max(text.rfind(mark, 0, figure.start) for mark in "，；。、(") + 1 : figure.start]
        if _LONG.search(figure.approximation + lead):
            return figure if figure.value > 1 else None
    return None


def _told(
    asked: Asked,
    evidence: Evidence,
    standard: Figure,
    addition: _Addition | None,
    term: Figure | None,
) -> Answer:
    """The computed answer: what both sentences say, and each step as an equation of its own."""
    passage = evidence.passage
    value = canonical(standard.value, standard.unit)[0]
    known, passages, equations = standard.text, [passage], []
    said = [clause_of(passage.text, standard, term.end if term else None)]
    if addition is not None:
        more, text = canonical(addition.figure.value, addition.figure.unit)[0], addition.figure.text
        if addition.instead:
            value = value * more / 100
            share = "÷ 2" if text == _HALF else f"× {text}"
            equations.append(f"{known} {share} = {(known := _money(value))}")
        else:
            if addition.figure.unit == PERCENT:
                more = value * more / 100
                equations.append(f"{known} × {text} = {(text := _money(more))}")
            value += more
            equations.append(f"{known} + {text} = {(known := _money(value))}")
        said.append(_words_of(addition))
        if addition.passage.id != passage.id:
            passages.append(addition.passage)
    if term is not None:
        value *= term.value
        equations.append(f"{known} × {term.text} = {(known := _money(value))}")
    quoted = "；".join(dict.fromkeys(said))
    lines = [
        f"{quoted}（{source_note(passage.document)}）。",
        f"{_TOLD}：" + "；".join(f"{equation}{COMPUTED}" for equation in equations) + "。",
    ]
    citations = tuple(cite(p) for p in passages)
    return Answer(asked.question.text, "answered", "\n".join(lines), known, citations, confidence=SURE)


def _words_of(addition: _Addition) -> str:
    """What the document says of an addition, with the case that it is for: 在砚溪县就业的，标准上浮20%."""
    text, figure = addition.passage.text, addition.figure
    start = fold(text).rfind(addition.case, 0, figure.start)
    if start < 0:
        return clause_of(text, figure)
    return re.sub(r"\s+", "", text[start : figure.end])


def _money(value: Decimal) -> str:
    return written(value, MONEY, "万" if value >= 10**4 and value % 100 == 0 else "")
