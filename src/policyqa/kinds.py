"""The figures of several kinds of a thing, or their sum, where one sentence gives a figure for each.

中心厨房每个20万元、社区食堂每个8万元 tells both who asks 中心厨房、社区食堂分别给多少, and with their sum
who asks what both come to.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from policyqa.asked import Asked, presence
from policyqa.compute import Operand, computed
from policyqa.evidence import Evidence
from policyqa.excluded import contradicted
from policyqa.findings import Candidate, Finding
from policyqa.match import figure_features, unit_fit
from policyqa.question import content_terms, words
from policyqa.reader import stated
from policyqa.schema import Answer, Figure
from policyqa.synonyms import expand
from policyqa.text import fold
from policyqa.undone import of_each_only
from policyqa.units import PERCENT, UNIT, canonical
from policyqa.wants import ASKS
from policyqa.worked_out import COUNTED, SURE, sentences_about, worked_out

_SUM = re.compile(r"一共|总共|合计|共计|[加合](?:在|到)?一(?:起|块儿?)|[加合]起来|总和|加总")
_PLUS = re.compile(r"[㐀-鿿]{0,3}?加上?(?![装梯大强快固入工盟密速油])")
_EACH = re.compile(r"分别|各自?|依次")
# What is asked of the kinds is not what each has: which has more, by how much, what share.
_OTHERWISE = re.compile(
    r"谁|哪|差|倍|平均|占|比(?![例重率])|几成|最[多少高低大小]的|[多少高低增减升降]了?(?:多少|几)|总数?到了?(?:多少|几)|怎么|还有(?:多少|几)[㐀-鿿]{0,2}(?:没|未|不)"
)
_HOW_MANY = rf"(?:[是有为达]{{0,2}}(?:多少|几)[百千万亿]{{0,2}}(?:{UNIT.pattern})?)"
_AND = r"(?:、|，?(?:以及|还有|和|与|跟|及|同)|/)"
_RESIDUE = r"[㐀-鿿]{0,3}?"
"""What a kind's name has beside the words that the sentence has too: 配送点, where it says 配送型助餐点."""
_JOINED = re.compile(rf"[”\"]?{_RESIDUE}{_HOW_MANY}?[”\"]?{_AND}[“\"]?{_RESIDUE}")
_MORE_BEFORE = re.compile(rf"(?:{_AND}|、)[㐀-鿿]{{0,4}}$")
_MORE_BEHIND = re.compile(rf"[㐀-鿿]{{0,4}}?{_HOW_MANY}?{_AND}(?=[㐀-鿿])")
# What may stand between a name and its figure, where the name is all that the figure is called.
_OUTRIGHT = re.compile(r"[”\"]?(?:总数|人数)?(?:[是为达约仅]|达到|只有)?")
_LISTS = re.compile(rf"{_AND}|加|{_EACH.pattern}|{_SUM.pattern}")
# 市县各出多少
_LEVELS = re.compile(r"[省市区县]{2,3}(?=各|分别)")
_NUMBERED = re.compile(r"^[两二三四五六2-6]个?[㐀-鿿]")
_CUT = re.compile("[；。！？\n]")
_MOST = 6
"""How many kinds are asked for at once at most."""


@dataclass(frozen=True, slots=True)
class _Named:
    """A stretch of the question that is a name of a figure: its offsets, and what the sentence calls it."""

    figure: int
    start: int
    end: int
    name: str


def answer(asked: Asked, candidates: Sequence[Candidate]) -> Answer | None:
    """The figures of all kinds asked for, or their sum; None unless one sentence gives each of them."""
    question = asked.question
    text = _LEVELS.sub(lambda m: "、".join(f"{level}级" for level in m.group()), question.folded)
    summed = question.want == "text" and _SUM.search(text) is not None
    if not (question.want in COUNTED or summed) or len(question.periods) > 1 or _OTHERWISE.search(text):
        return None
    if not _LISTS.search(text):
        return None
    for candidate in sentences_about(candidates, asked.terms):
        evidence = candidate.evidence
        labels = [label_of(figure, evidence) for figure in evidence.figures]
        chain = _kinds(text, labels, evidence.figures)
        if not chain or not _whole(asked, text, chain, evidence):
            continue
        figures = [evidence.figures[kind.figure] for kind in chain]
        if not _fit(asked, candidate, chain, labels):
            continue
        if _sum_asked(text, chain):
            if any(of_each_only(question, figure, candidate.evidence.folded) for figure in figures):
                continue  # 20个人一共补多少: of each there is 1600元, and 1920元 of others
            result = computed("sum", [Operand("", figure) for figure in figures])
            apiece = any("每" in labels[kind.figure] for kind in chain) and "每" not in text
            if result is None or apiece:
                return None  # 县道每公里1万元、乡道每公里5000元 come to nothing
            if whole := _told(figures, evidence.figures):
                return stated(question, [Finding(candidate, whole, {}, SURE)], SURE)
            return worked_out(asked, candidate, figures, " + ".join(f.text for f in figures), result[0])
        return stated(question, [Finding(candidate, f, {}, SURE) for f in figures], SURE)
    return None


def label_of(figure: Figure, evidence: Evidence) -> str:
    """The words in front of a figure, from the one before it on; of a list paired by position, its name."""
    lead = fold(figure.lead)
    start = max((f.end for f in evidence.figures if f.end <= figure.start), default=0)
    before = evidence.folded[start : figure.start]
    if not before.endswith(lead):
        return lead
    return _CUT.split(before)[-1]


def _kinds(text: str, labels: Sequence[str], figures: Sequence[Figure]) -> list[_Named]:
    """The kinds that a question lists, each a name of another figure; nothing where it lists none."""
    named = [n for number, label in enumerate(labels) for n in _names(text, label, number)]
    said = "".join(labels)
    end = 0
    for word in words(text):
        end += len(word)
        # Another name stands for a word only where its own is nowhere: 博士 is no 硕士.
        others = expand(word)[1:] if len(word) > 1 and word not in said else ()
        named += [
            _Named(number, end - len(word), end, other)
            for number, label in enumerate(labels)
            for other in others
            if len(other) > 1 and other in label
        ]
    best: list[_Named] = []
    for chain in _chains(text, sorted(named, key=lambda n: n.start)):
        if len(chain) < 2 or _worth(chain, figures) <= _worth(best, figures) or not _apart(chain, labels):
            continue
        # A whole and its part are not added up.
        if not _sum_asked(text, chain) or len({figures[kind.figure].part for kind in chain}) == 1:
            best = chain
    return best


def _worth(chain: Sequence[_Named], figures: Sequence[Figure]) -> tuple[int, bool, int]:
    """How good a reading of the list is: many kinds, of one unit (not 亏损面44.2%), with long names."""
    units = {canonical(figures[kind.figure].value, figures[kind.figure].unit)[1] for kind in chain}
    return len(chain), len(units) == 1, sum(kind.end - kind.start for kind in chain)


def _names(text: str, label: str, number: int) -> Iterator[_Named]:
    """The stretches of a question that stand in a label."""
    reached = 0
    for start in range(len(text) - 1):
        end = start
        while end < len(text) and _IN_NAME.fullmatch(text[end]) and text[start : end + 1] in label:
            end += 1
        if end - start > 1 and end > reached:
            yield _Named(number, start, end, text[start:end])
            for cut in range(start + 1, end):  # 租房补贴博士 or 本科每月: the name may be less
                if cut - start > 1:
                    yield _Named(number, start, cut, text[start:cut])
                if end - cut > 1:
                    yield _Named(number, cut, end, text[cut:end])
        reached = max(reached, end)


_IN_NAME = re.compile(r"[㐀-鿿a-z0-9]")


def _chains(text: str, named: Sequence[_Named]) -> Iterator[list[_Named]]:
    """Every way to read names of different figures as one list."""
    open_chains = [[one] for one in named]
    while open_chains:
        chain = open_chains.pop()
        yield chain
        if len(chain) == _MOST:
            continue
        used = {one.figure for one in chain}
        open_chains += [
            [*chain, one]
            for one in named
            if one.start >= chain[-1].end and one.figure not in used and _goes_on(text, chain, one)
        ]


def _goes_on(text: str, chain: Sequence[_Named], one: _Named) -> bool:
    """Whether a name is the next of a list, set apart as the names before it are."""
    marked = len(chain) > 1 and chain[-2].end < chain[-1].start
    if len(chain) > 1 and marked != (chain[-1].end < one.start):
        return False
    return _listed(text, chain[-1], one)


def _listed(text: str, one: _Named, other: _Named) -> bool:
    """Whether two names follow one another as two of a list: 甲和乙, 博士硕士."""
    gap = text[one.end : other.start]
    if gap:
        return _JOINED.fullmatch(gap) is not None or _PLUS.fullmatch(text, one.end, other.start) is not None
    # Without a mark between them, two words may as well be one name: 公办学位.
    alike = one.end - one.start == other.end - other.start
    behind = text[other.end :]
    return alike and (_EACH.search(behind) is not None or _SUM.search(text) is not None)


def _apart(chain: Sequence[_Named], labels: Sequence[str]) -> bool:
    """Whether every name tells its figure from the others: 补助 does not, where all are called so."""
    return not any(
        one.name in labels[other.figure] and one.name not in other.name
        for one in chain
        for other in chain
        if one is not other
    )


def _whole(asked: Asked, text: str, chain: Sequence[_Named], evidence: Evidence) -> bool:
    """Whether the list is all that is asked for: no kind of it is missing, and nothing else is asked."""
    before, behind = text[: chain[0].start], _NUMBERED.sub("", text[chain[-1].end :])
    if _MORE_BEFORE.search(before) or _MORE_BEHIND.match(behind):
        return False
    within = text[chain[0].start : chain[-1].end]
    asks = len(ASKS.findall(before)) + len(ASKS.findall(behind))
    if asks > 1 or (asks and ASKS.search(within)):
        return False
    if text[chain[-2].end : chain[-1].start]:
        return True
    # 博士硕士大专各多少: what stands beside the list may be another kind, unless the sentence speaks of it.
    said = evidence.bare + evidence.before + evidence.context
    beside = [*content_terms(before, asked.places)[-1:], *content_terms(ASKS.split(behind)[0])[:1]]
    return all(presence(term, said) > 0.5 or any(place in term for place in asked.places) for term in beside)


def _fit(asked: Asked, candidate: Candidate, chain: Sequence[_Named], labels: Sequence[str]) -> bool:
    """Whether the figures are of what is asked, of one year, and no other figure has the same name."""
    evidence = candidate.evidence
    figures = [evidence.figures[kind.figure] for kind in chain]
    alike = len({canonical(figure.value, figure.unit)[1] for figure in figures}) == 1
    years = asked.question.years
    if len({figure.years for figure in figures}) > 1 or any(f.aspect in _CHANGES for f in figures):
        return False
    if len(years) > 1 and figures[0].years != years:
        return False  # of one of the years, or of nobody knows which
    features = [figure_features(asked, evidence, figure) for figure in figures]
    if any(contradicted(one) or one["f_period"] < _OTHER_YEAR for one in features):
        return False
    if alike and not all(
        asked.question.want == "text" or unit_fit(asked.question, f) > 0 or _rate(f, kind)
        for f, kind in zip(figures, chain, strict=True)
    ):
        return False
    if not alike and not all(_outright(kind, labels) for kind in chain):
        return False
    whole = _told(figures, evidence.figures)  # 进出口总额 is no other 出口
    return not any(
        kind.name in label and not all(k.name in label for k in chain)
        for number, label in enumerate(labels)
        for kind, figure in zip(chain, figures, strict=True)
        if number not in {k.figure for k in chain}
        and evidence.figures[number] != whole
        and canonical(evidence.figures[number].value, evidence.figures[number].unit)[1]
        == canonical(figure.value, figure.unit)[1]
    )


_OTHER_YEAR = -0.5
"""What a period fits less than where the text says nothing of the year asked for, and is of another."""
_CHANGES = ("growth", "change", "rank")


def _rate(figure: Figure, kind: _Named) -> bool:
    return figure.unit == PERCENT and kind.name.endswith(("率", "比", "比例", "比重"))


def _outright(kind: _Named, labels: Sequence[str]) -> bool:
    """Whether a name stands right before its figure: 签约率31.9%."""
    behind = labels[kind.figure].rpartition(kind.name)[2]
    return _OUTRIGHT.fullmatch(behind) is not None


def _sum_asked(text: str, chain: Sequence[_Named]) -> bool:
    """Whether the sum of the kinds is asked for, not each."""
    if _EACH.search(text):
        return False
    return _SUM.search(text) is not None or any(
        _PLUS.fullmatch(text, one.end, other.start) for one, other in pairwise(chain)
    )


def _told(parts: Sequence[Figure], figures: Sequence[Figure]) -> Figure | None:
    """The figure of the sentence that is the sum itself."""
    unit = canonical(parts[0].value, parts[0].unit)[1]
    whole = sum(canonical(part.value, part.unit)[0] for part in parts), unit
    return next((f for f in figures if canonical(f.value, f.unit) == whole and f.high is None), None)
