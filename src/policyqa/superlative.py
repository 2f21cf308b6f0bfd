"""Which district has most, or what all counties have: answered from one list, rows of a table or names side
by side in a sentence.

砚洲区3620张、澄埠区3040张、鹤坪县2530张 and a bulletin's table of its districts are complete lists of
one document; searching for each district by itself would mix documents and miss districts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from policyqa.asked import Asked, covered
from policyqa.compose import cite, source_note
from policyqa.compute import Operand, computed, magnitude_of, operand, written
from policyqa.evidence import bare, gather, lead_of
from policyqa.findings import Candidate
from policyqa.numerals import to_number
from policyqa.places import WHICH_PLACE
from policyqa.plans import BOTH_ENDS, DOWN, UP
from policyqa.question import understand
from policyqa.schema import Answer, Figure, Passage, Table
from policyqa.stated_end import NO_PLACE, PLACE, stated_end
from policyqa.tables import cells_of, table_at, unit_of
from policyqa.text import fold
from policyqa.units import PERCENT, canonical
from policyqa.worked_out import worked_out

_MOST = re.compile(r"最(?:多|高|大|快|好|长|强)|排第一|居首|第一")
_LEAST = re.compile(r"最(?:少|低|小|慢|差|短|弱)|垫底|倒数第一|末位")
# Words that ask for the place and its rank and say nothing of what is counted.
_ASKING = re.compile(
    r"(?:[一二两三四五六七八九十几\d]+个|各个?|全市|全县|全区)(?:区县|县区|县市区|乡镇|镇街|[区县乡镇])?(?:里面?|中|当中|之中)?(?:的)?"
    r"|(?:区县|县区|县市区|乡镇|镇街)(?:里面?|中|当中)?|[增涨降升装建]得?(?=最)|装的|最[㐀-鿿]|[，,]?(?:[是有]?多[少大快高长]|几[㐀-鿿]{1,2}|分别|各)[？?。]?$|里面?|当中|排第一|居首|垫底|第一|末位"
)
# GDP增速最快的县区: the place is asked for without 哪个.
_NAMED_LAST = re.compile(
    r"最[㐀-鿿]的(?:是)?(?:区县|县区|县市区|区|县|乡镇|镇街|地方)(?:是|呢)?(?:哪一?[个里])?[？?]?$"
)
# 最多的区和最少的县差几个 · 哪个县最低，比最高的低几个点
_BOTH_ENDS = re.compile(
    rf"(?:{UP}.*?{DOWN}|{DOWN}.*?{UP})[^，。？]{{0,6}}?(?:相?差|差距|[多少高低大小快慢](?:了|出)?)(?:是|有)?(?:多少|几)"
)
# 三县市现有桩谁最少 · 几个县区里漏损率最高的是哪个
_WHO = re.compile(
    r"(?:区县|县区|县市区|县市|乡镇|[区县市镇])(?:[^，。？]{0,12}谁(?=[㐀-鿿]{0,2}最)|(?:里面?|中|当中)[^，。？]{2,16}最[㐀-鿿]的?[是为]?哪)"
)
_COUNTIES = re.compile(r"[两三四五六七八]个?县(?:\(?市\)?)?(?![市区(])")
# 三个县的公厕加起来多少座
_SUM = re.compile(r"加起来|加[在到]?一[起块]|一共|总共|合计|共计|总和")
_HOW_MANY = re.compile(
    r"(?P<count>[两三四五六七八九十\d]+)个?(?:区县|县区|县\(?市\)?区|县\(?市\)?|[区县])(?![域级里])"
)
_BEHIND_ENDS = re.compile(rf"(?:{UP}|{DOWN})的?[^，。？]{{0,3}}[和跟与同比，,].*$")
_OF_PLACES = re.compile(r"哪|最[㐀-鿿]的?(?:那个)?(?:区县|县区|县市区|区|县|乡镇|镇街|地方)")
_PLACE_NAME = re.compile(rf"^(?:其中|全市|分别是|为|中)?{PLACE}")
_IN_TURN = re.compile(r"(?:依次|分别)[是为有]?(?P<name>[㐀-鿿]{2,8})$")
LOOKED_AT = 12
"""In how many of the best passages lists are looked for."""
FEWEST = 3
"""How many districts a list names at least."""
COVERED = 0.6
"""The least share of what the question is about that a list must be about."""


@dataclass(frozen=True, slots=True)
class _List:
    """Districts with a figure each, and the passages that prove it; ``fit`` says how well it answers."""

    operands: tuple[Operand, ...]
    passages: tuple[Passage, ...]
    fit: float


Ends = Literal["most", "least", "ends", "spread", "sum"]
"""Which end of a list is asked for: the first, the last, both, or how far they are apart; or what all of it
comes to."""


_ENDS_BEFORE = re.compile(r"最[㐀-鿿]的?(?:[^，。？]{0,6}的)?(?:是|为|在|属)?$")
# 哪个区最多, of nothing
_OF_NOTHING = re.compile(
    r"(?:(?:(?:19|20)?\d\d|[去今前])年)?(?:[㐀-鿿]{2,3}[市县]?)?哪(?:一?个)?(?:区县|县区|区|县|乡镇|镇|地方|市)(?:的|是)*最[㐀-鿿]的?[呢啊？?]*"
)


def asked_for(text: str) -> Ends | None:
    """Whether a question asks which district has most or least (哪个县区增速最慢), or how far apart."""
    folded = fold(text)
    if _OF_NOTHING.fullmatch(folded):
        return None
    if _BOTH_ENDS.search(folded) and _OF_PLACES.search(folded):
        return "spread"
    if _COUNTIES.search(folded) and _SUM.search(folded) and not re.search(r"哪|最|比(?!例|重)", folded):
        return "sum"
    which = WHICH_PLACE.search(folded) or _WHO.search(folded)
    named = _NAMED_LAST.search(folded)
    if (which is None and named is None) or re.search(r"比(?!例|重|率)", folded):
        return None
    start = which.start() if which is not None else 0
    # 登记犬只最少的是哪个县
    if said_before := _ENDS_BEFORE.search(folded[:start]):
        start = said_before.start()
    if BOTH_ENDS.search(folded, start):
        return "ends"
    if _MOST.search(folded, start):
        return "most"
    return "least" if _LEAST.search(folded, start) else None


def answer(
    text: str,
    operation: Ends,
    asked: Asked,
    candidates: Sequence[Candidate],
    passages_of: Callable[[str], Sequence[Passage]],
) -> Answer | None:
    """The district with most or least in the best list among some passages; None when there is no list.

    Args:
        passages_of: gives all passages of a document.
    """
    about = _about(asked)
    lists = []
    for candidate in candidates[:LOOKED_AT]:
        features = candidate.features
        if features["period"] <= -1.0 or features["place"] <= -1.0:
            continue
        table = table_at(candidate.hit.passage.document, candidate.hit.passage.start)
        if table is not None:
            found = _in_table(fold(text), about, candidate, table, passages_of)
        else:
            found = (
                _in_lines(fold(text), about, candidate, passages_of)
                or _in_rows(fold(text), about, candidate, passages_of)
                or _in_sentence(fold(text), about, candidate)
            )
        if found is not None:
            lists.append(found)
    best = max(lists, key=lambda one: one.fit, default=None)
    first: list[Operand] = []
    if best is None or best.fit < COVERED:
        if operation == "sum":
            return _remaining(text, about, candidates)
        return _stated(text, operation, about, candidates)
    if operation == "spread":
        first, said, short = _spread(best.operands)
    elif operation == "sum":
        first, (short, said) = list(best.operands), computed("sum", best.operands) or ("", "")
        said = said and "、".join(o.label for o in first) + said
    elif result := computed(operation, best.operands):
        named, said = result
        first = [o for o in best.operands if o.label in re.split("[、；]", named)]
        short = f"{named}；{'、'.join(dict.fromkeys(o.figure.text for o in first))}"
        if operation == "ends" and _APART.search(text) and len(first) == 2:
            ranked = sorted(first, key=lambda o: -canonical(o.figure.value, o.figure.unit)[0])
            if between := computed("difference", ranked):
                short, said = f"{short}；{between[0]}", f"{said}{between[1]}"
    if not first or not said:
        return None
    # The row that wins is the first proof.
    ordered = sorted(best.passages, key=lambda p: not any(o.label in p.text for o in first))
    citations = [cite(passage) for passage in ordered]
    note = source_note(best.passages[0].document)
    return Answer(
        text, "answered", f"{said}（{note}）", short, tuple(citations),
        confidence=round(min(0.95, 0.3 + 0.6 * best.fit), 4),
    )  # fmt: skip


# 哪个最多、哪个最少，差几天
_APART = re.compile("相?差了?(?:多少|几)|差距")
# 开工86个，其中甲区41个、乙区22个，其余在三个县
_REMAINING = re.compile(r"其余[^，。；\d]{0,4}[两三四五六]个?县")


def _remaining(text: str, about: Asked, candidates: Sequence[Candidate]) -> Answer | None:
    """What the counties have together, by a sentence that says 其余在三县 behind the districts."""
    for candidate in candidates[:LOOKED_AT]:
        evidence = candidate.evidence
        features = candidate.features
        match = _REMAINING.search(evidence.folded)
        if match is None or features["period"] <= -1.0 or features["place"] <= -1.0:
            continue
        if (
            covered(about.terms, (evidence.bare, 1.0), (evidence.before, 1.0), (evidence.context, 0.9))
            < COVERED
        ):
            continue
        begin = evidence.folded.rfind("其中", 0, match.start())
        parts = [f for f in evidence.figures if begin <= f.start < match.start() and _label(f)]
        wholes = [f for f in evidence.figures if f.end <= begin and parts and f.unit == parts[0].unit]
        if begin < 0 or not wholes or any(f.unit != parts[0].unit for f in parts):
            continue
        told = sum((canonical(f.value, f.unit)[0] for f in parts), Decimal(0))
        # 86个，完工79个；其中甲区41个: behind a semicolon the parts are of what the sentence begins with.
        larger = [f for f in wholes if canonical(f.value, f.unit)[0] > told]
        if larger:
            whole = larger[0 if evidence.folded[begin - 1] in "；。" else -1]
            value = canonical(whole.value, whole.unit)[0] - told
            result = written(value, canonical(whole.value, whole.unit)[1], magnitude_of(whole.text))
            equation = " − ".join(f.text for f in (whole, *parts))
            found = worked_out(about, candidate, (whole, *parts), equation, result)
            return replace(found, question=text)
    return None


def _stated(text: str, operation: Ends, about: Asked, candidates: Sequence[Candidate]) -> Answer | None:
    """The district that a sentence itself calls the first or last; None when none does."""
    if operation not in ("most", "least"):
        return None
    ratio = bool(_RATIO_ASKED.search(fold(text)))
    for candidate in candidates[:LOOKED_AT]:
        if candidate.features["period"] <= -1.0 or candidate.features["place"] <= -1.0:
            continue
        found = stated_end(about, operation, candidate.evidence, ratio)
        if found is None or found.fit < COVERED:
            continue
        passage = candidate.hit.passage
        short = "；".join(piece for piece in (found.name, found.figure.text if found.figure else "") if piece)
        said = re.sub(r"\s+", "", passage.text).rstrip("。；")
        return Answer(
            text, "answered", f"{said}（{source_note(passage.document)}）。", short, (cite(passage),),
            confidence=round(min(0.95, 0.3 + 0.6 * found.fit), 4),
        )  # fmt: skip
    return None


def _spread(operands: Sequence[Operand]) -> tuple[list[Operand], str, str]:
    """The first and last of a list, how far apart they are, and that in short; none if it has none."""
    ordered = sorted(operands, key=lambda o: canonical(o.figure.value, o.figure.unit)[0])
    ends = [ordered[-1], ordered[0]]
    result = computed("difference", ends)
    if result is None:
        return [], "", ""
    each = (f"{o.label}{o.figure.text}" for o in ends)
    return ends, result[1], "；".join([result[0], *each])


def _about(asked: Asked) -> Asked:
    """The question as one for the figure itself: without 哪个县区 and 最慢."""
    question = asked.question
    rest = _ASKING.sub("", WHICH_PLACE.sub("", _BEHIND_ENDS.sub("", _SUM.sub("", question.folded))))
    for place in (*asked.places, *asked.strangers):
        rest = re.sub(rf"{re.escape(place)}[省市区县]?", "", rest)
    names = (*asked.places, *asked.strangers)
    alone = understand(f"{rest}多少", question.asked_on, names) if question.asked_on else question
    weights = {t: asked.terms.get(t, 0.5) for t in alone.terms}
    return replace(asked, question=alone, terms=weights)


_FILLER = re.compile("[为是有达共]{0,2}")


def _label(figure: Figure) -> str:
    """The district that a figure's own words begin with; empty when they name none."""
    lead = figure.lead
    if _FILLER.fullmatch(lead):
        # 汐口县撤并最多，为9家
        lead = re.split("[；。]", fold(figure.inherited).rstrip("，"))[-1].rpartition("，")[2]
    if after := _IN_TURN.search(lead):  # 六地托位数依次为苇塘区3260个
        lead = after["name"]
    match = _PLACE_NAME.match(lead)
    if match is None or NO_PLACE.search(match["name"]) or lead.startswith("合计", match.end()):
        return ""
    return match["name"]


def _in_sentence(text: str, asked: Asked, candidate: Candidate) -> _List | None:
    evidence = candidate.evidence
    by_place: dict[tuple[str, int], dict[str, Figure]] = {}
    district, at, end = "", 0, 0
    for figure in evidence.figures:
        name = _label(figure)
        goes_on = district and not name and not re.search("[；。]", evidence.folded[end : figure.start])
        # 甲区56所中开放47所: the second figure is of the district as well.
        district, at, end = name or (district if goes_on else ""), at + 1 if goes_on else 0, figure.end
        # 增得最快 is no matter of how much there is.
        if district and (figure.unit == PERCENT or not _RATIO_ASKED.search(text)):
            by_place.setdefault((figure.unit, at), {}).setdefault(district, figure)
    named = max(by_place.values(), key=lambda found: (len(found), _own(asked, found)), default={})
    own, before = evidence.bare, evidence.before
    # …累计142家；“小巨人”累计11家，其中甲区5家、乙区3家: of what stands in the last part alone.
    part = evidence.folded.rfind("；", 0, min((f.start for f in named.values()), default=0))
    if part > 0:
        own, before = bare(evidence.folded[part:]), ""
    fit = covered(asked.terms, (own, 1.0), (before, 1.0), (evidence.context, 0.9))
    return _listed(text, {name: f.text for name, f in named.items()}, [candidate.hit.passage], fit)


def _own(asked: Asked, found: Mapping[str, Figure]) -> float:
    """How much of what is asked stands right before the figures of a list, beside the districts' names."""
    said = {bare(f.lead).replace(bare(name), "") for name, f in found.items()}
    return max((covered(asked.terms, (one, 1.0)) for one in said), default=0.0)


def _in_lines(
    text: str, asked: Asked, candidate: Candidate, passages_of: Callable[[str], Sequence[Passage]]
) -> _List | None:
    """The lines of a list below one that leads it in, each beginning with a district: 松烟县　1745张　…"""
    own = candidate.hit.passage
    lead = lead_of(own)
    if not lead:
        return None
    ratio = bool(_RATIO_ASKED.search(text))
    written: dict[str, str] = {}
    used = []
    for row in passages_of(own.document.id):
        name = _PLACE_NAME.match(fold(row.text)) if lead_of(row) == lead else None
        if name is None or NO_PLACE.search(name["name"]):
            continue
        figure = next((f for f in gather(row).figures if (f.unit == PERCENT) == ratio), None)
        if figure is not None and name["name"] not in written:
            written[name["name"]] = re.sub(r"^\D+", "", figure.text)
            used.append(row)
    evidence = candidate.evidence
    fit = covered(asked.terms, (evidence.bare, 1.0), (evidence.before, 1.0), (evidence.context, 0.9))
    return _listed(text, written, used, fit)


_ROW = re.compile(r"^(?P<name>[㐀-鿿]{2,8}?[区县市镇乡道])：")


def _in_rows(
    text: str, asked: Asked, candidate: Candidate, passages_of: Callable[[str], Sequence[Passage]]
) -> _List | None:
    """The rows of a sheet, each a sentence that begins with a district: 松垭区：优良天数327天，…"""
    own = candidate.hit.passage
    if not _ROW.match(fold(own.text)):
        return None
    ratio = bool(_RATIO_ASKED.search(text))
    able = [f for f in candidate.evidence.figures if f.name and (f.unit == PERCENT) == ratio]
    best = max(able, key=lambda f: (covered(asked.terms, (bare(f.name), 1.0)), -f.start), default=None)
    if best is None:
        return None
    written: dict[str, str] = {}
    used = []
    for row in passages_of(own.document.id):
        name = _ROW.match(fold(row.text))
        if name is None or NO_PLACE.search(name["name"]) or name["name"] in written:
            continue
        same = (f for f in gather(row).figures if (f.name, f.aspect) == (best.name, best.aspect))
        figure = next(same, None)
        if figure is not None:
            written[name["name"]] = figure.text
            used.append(row)
    evidence = candidate.evidence
    fit = covered(asked.terms, (bare(best.name), 1.0), (evidence.context, 0.9))
    return _listed(text, written, used, fit)


_RATIO_ASKED = re.compile(r"增[速幅长]|率|占比|比重|[增涨降升]得?最?[快慢]|最[快慢]")


def _in_table(
    text: str,
    asked: Asked,
    candidate: Candidate,
    table: Table,
    passages_of: Callable[[str], Sequence[Passage]],
) -> _List | None:
    """The column that fits best, over all rows that a district names."""
    own = candidate.hit.passage
    starts = {row.start for row in table.rows}
    rows = [p for p in passages_of(own.document.id) if p.start in starts]
    rows = [row for row in rows if len(cells_of(row.text)) == len(table.headings)]
    head = replace(own, id=f"{own.id}+h", start=table.heading.start, end=table.heading.end, figures=None)
    best: _List | None = None
    for column in range(1, len(table.headings)):
        written: dict[str, str] = {}
        used = []
        for row in rows:
            start = cells_of(row.text)[column].start
            figure = next((f for f in gather(row).figures if f.scope and f.start == start), None)
            if figure is not None:
                written[figure.scope] = figure.text + unit_of(table, row.text, start)
                used.append(row)
        heading = bare(table.headings[column])
        around = covered(asked.terms, (heading, 1.0), (candidate.evidence.context, 0.9))
        # GDP增速 is the column 增速 beside 地区生产总值: its kind decides, then its words.
        alike = bool(re.search(r"增[速幅长]|占比|比重|率|%", heading)) == bool(_RATIO_ASKED.search(text))
        fit = 0.5 * (around + covered(asked.terms, (heading, 1.0))) + (0.3 if alike else -0.6)
        found = _listed(text, written, [*used, head], fit)
        if found is not None and (best is None or found.fit > best.fit):
            best = found
    return best


def _listed(text: str, written: dict[str, str], passages: Sequence[Passage], fit: float) -> _List | None:
    few = len(written) < FEWEST
    # 三县（市）谁最少: no districts of the city.
    if _COUNTIES.search(text):
        written = {name: said for name, said in written.items() if not name.endswith("区")}
    # 甲、乙、丙哪个地方最多: among these alone.
    among = {name: said for name, said in written.items() if fold(name)[:-1] in text}
    chosen = among if len(among) > 1 else written
    # 五个县市区里哪个最快: four of them are not all.
    count = _HOW_MANY.search(text) if chosen is written else None
    if count is not None and to_number(count["count"]) != len(chosen):
        return None
    operands = [o for name, said in chosen.items() if (o := operand(name, said)) is not None]
    if few or len(operands) < max(2, len(chosen)):
        return None
    return _List(tuple(operands), tuple(passages), fit)
