"""Questions that compare: the same indicator of several years, districts or sides.

``plan`` takes such a question apart into single questions, each answered by itself from the
documents; ``combined`` puts the answers into a table, every row with its source, and lets
``policyqa.compute`` do what was asked with the figures. Nothing is merged: a row is one document's
word.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import Literal

from policyqa.compute import Operand, Operation, computed, operand
from policyqa.figures import figure_of
from policyqa.periods import Period, find_periods
from policyqa.schema import Answer, Citation, Hit, Passage
from policyqa.text import fold
from policyqa.units import canonical

By = Literal["period", "place", "side"]
MOST_PARTS = 8
"""How many single questions one comparison may become; each is a search of its own."""


@dataclass(frozen=True, slots=True)
class Part:
    """One row of a comparison: its name and the single question that fills it."""

    label: str
    question: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """A question taken apart. ``operation`` is what to compute over the rows, if anything.

    ``stated`` means that a document may well say it outright (比上年增加5家, 桐浦区最快): the whole
    question is asked first and the rows are computed only when that finds nothing.
    """

    by: By
    parts: tuple[Part, ...]
    operation: Operation | None = None
    stated: bool = False


@dataclass(frozen=True, slots=True)
class Known:
    """What the collection offers to compare: districts by their names, and years, newest first."""

    places: tuple[str, ...] = ()
    years: tuple[int, ...] = ()


_OPERATIONS: tuple[tuple[Operation, re.Pattern[str]], ...] = (
    ("least", re.compile(r"哪[^，。？]{0,16}?(?:最少|最低|最小|最慢|更少|更低|更小|(?<![减缺])少(?=[，？]|$)|低(?=[，？]|$))")),
    ("most", re.compile(r"哪[^，。？]{0,16}?(?:最|更|多(?=[，？]|$)|高(?=[，？]|$)|大(?=[，？]|$)|快(?=[，？]|$))|排名|排序|从高到低|谁(?:最|更)")),
    ("ratio", re.compile(r"(?:几|多少)倍|倍数")),
    ("mean", re.compile(r"平均(?:每年|每个?区县?|下来)|年均(?!浓度)")),
    ("sum", re.compile(r"合计|一共|总共|加起来|加总|总和|加在一起|共计")),
    ("growth", re.compile(r"(?:增长|下降|上升|涨|降)了?(?:多少|几|百分之几)(?!家|个(?!百分)|户|人|亿|万|项|件|所|台|辆|元)|增幅|增速|涨幅|降幅|增长率")),
    ("difference", re.compile(r"相差|差距|差了?(?:多少|几)|(?:多|少|高|低)(?:了|出)?(?:多少|几)|(?:增加|减少|提高|降低)了?(?:多少|几)|变化(?:了)?(?:多少|多大)")),
)  # fmt: skip
_JOINT = re.compile(r"^[\s，、和与及跟同到至比较对相的,]*(?:以及|还有|相比|对比|再到|又)?[\s，、]*$")
_TOGETHER = re.compile(
    r"分别|各(?![区县地类位种项级方科])|又是|各自|相比|对比|比(?!例|重|较好|率)|较(?=\d|上)|变化|以及|合计|一共|总共|加起来|总和|平均"
)
_WHICH_PLACE = re.compile(
    r"(?:哪一?个|哪些|各个?|每个)(?:区县|区市县|区|县|地方)(?!域|级)(?:的)?|[两三四五六七八九十几]个区?县(?=分别|各)|哪[里边儿](?=的?.{0,12}(?:最|更))"
)
_WHICH_YEAR = re.compile(
    r"哪一?年(?=.{0,16}(?:最|更))|历年|逐年|各年(?:度)?|每一?年(?=[^，。]{0,14}(?:分别|各|都|是多少|情况))|近几年|这几年"
)
_RELATIVE = re.compile(r"去年|上一?年|前年|今年|明年|本年|目前|近")
_LAST_YEAR = re.compile(r"(?:比|较|同)(?:上一?年|去年|前一年|上年度)(?:同期)?")
_AGAINST = re.compile(r"^(?P<what>[^，。？；]{0,30}?)(?:比|较|是|为|相当于|同|跟|和|与)$")
# What makes a comparison of an ask; without it the single question remains.
_WORDS = re.compile(
    r"分别|各自|各(?=是|有|为|多少|几|新|增|完|达|占|建|做)|又(?=是|有)|都(?=是|有|多少)|相比(?:较|之下)?|对比|合计|一共|总共|加起来|加总|总和|加在一起|共计"
    r"|哪(?:一?个|边|里|儿|家|些)?(?:区县|区|县|地方)?(?:的)?(?=[^，。？]{0,16}(?:多|少|高|低|大|小|快|慢)(?:[，？。]|$))|(?:更|最)(?:多|少|高|低|大|小|快|慢)|排名|排序|从高到低|平均(?:每年|每个?区县?|下来)|谁(?=更|最)"
)


def plan(text: str, today: date, named: Sequence[str], known: Known) -> Comparison | None:
    """How to answer a question by comparing, or None when it is a single one.

    Args:
        named: the stems of the known places that it names.
        known: what else there is to compare with, for 哪个区最多 and 历年.
    """
    operation = _operation(text)
    periods = [
        p
        for p in find_periods(text, today)
        if len(p.years) == 1
        and not _RELATIVE.search(p.text)
        and text[p.start - 1 : p.start] not in ("（", "(")
    ]
    periods = list({(p.years, p.part): p for p in periods}.values())
    spots = _place_spots(text, named)
    # 栖川的优良天数，松垭区比桐浦区多几天: the city is where they lie, not one of them.
    lower = [s for s in spots if any(s[2] in name or name in s[2] for name in known.places)]
    spots = lower if len(lower) > 1 else spots
    if operation in ("difference", "growth", "ratio"):
        # 松垭区的充电桩比枫渡县多多少, 2023年新增学位是2022年的几倍: what is compared stands between.
        options: tuple[tuple[By, list[tuple[int, int, str]]], ...] = (
            ("place", spots),
            ("period", [(p.start, p.end, p.text) for p in periods]),
        )
        for by, spans in options:
            if len(spans) == 2 and (match := _AGAINST.match(text[spans[0][1] : spans[1][0]])):
                return _against(text, by, spans, match["what"], operation)
    if len(spots) > 1 and _listed(text, [(s, e) for s, e, _ in spots]):
        return _by_place(text, spots, operation)
    if len(periods) > 1 and _listed(text, [(p.start, p.end) for p in periods]):
        return _by_period(text, periods, operation)
    slot = _WHICH_PLACE.search(text)
    if (
        slot
        and not any(name in spot or spot in name for _, _, spot in spots for name in known.places)
        and (_figures_asked(text))
    ):
        parts = [Part(p, _plain(text[: slot.start()] + p + text[slot.end() :])) for p in known.places]
        return _comparison("place", parts, operation, stated=True)
    slot = _WHICH_YEAR.search(text)
    if slot and _figures_asked(text):
        parts = [
            Part(f"{y}年", _plain(f"{text[: slot.start()]}{y}年{text[slot.end() :]}")) for y in known.years
        ]
        return _comparison("period", parts, operation, stated=False)
    slot = _LAST_YEAR.search(text)
    if slot and operation in ("difference", "growth") and not re.search(r"多少|几", text[: slot.start()]):
        return _with_last_year(text, slot, periods, operation, today)
    return None


def _operation(text: str) -> Operation | None:
    folded = fold(text)
    return next((name for name, pattern in _OPERATIONS if pattern.search(folded)), None)


def _figures_asked(text: str) -> bool:
    return re.search(r"多少|几(?!个区|个县)|最|排名|排序|更[多少高低大小快]", text) is not None


def _comparison(
    by: By, parts: Sequence[Part], operation: Operation | None, stated: bool = False
) -> Comparison | None:
    unique = list({p.label: p for p in parts}.values())[:MOST_PARTS]
    return Comparison(by, tuple(unique), operation, stated) if len(unique) > 1 else None


def _place_spots(text: str, named: Sequence[str]) -> list[tuple[int, int, str]]:
    """Where a text names places, each once: start, end, the name with its suffix."""
    spots: list[tuple[int, int, str]] = []
    folded = fold(text)
    for stem in named:
        for match in re.finditer(rf"{re.escape(stem)}(?:省|市|区|县)?", folded):
            spots.append((match.start(), match.end(), text[match.start() : match.end()]))
            break
    spots.sort()
    # 栖川市松垭区 is one place: the larger one goes with the smaller one after it.
    return [
        spot
        for spot, following in zip(spots, [*spots[1:], None], strict=False)
        if following is None or spot[1] != following[0]
    ]


def _listed(text: str, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether names stand side by side (甲和乙), each with its own ask, or with 分别, 各, 比 about them."""
    gaps = [text[a[1] : b[0]] for a, b in pairwise(spans)]
    return all(_JOINT.match(gap) or _asks(gap) for gap in gaps) and (
        any(_asks(gap) for gap in gaps) or _TOGETHER.search(text) is not None or _operation(text) is not None
    )


def _asks(gap: str) -> bool:
    """Whether a stretch between two names asks for the first: 是多少，到; 安排多少，."""
    return re.search(r"(多少|几[㐀-鿿]?|安排|计划|完成|怎么样)[^，；。]{0,10}[，；,]", gap) is not None


def _by_place(
    text: str, spots: Sequence[tuple[int, int, str]], operation: Operation | None
) -> Comparison | None:
    parts = [Part(name, _plain(q)) for name, q in _single([(s, e, n) for s, e, n in spots], text)]
    return _comparison("place", parts, operation)


def _by_period(text: str, periods: Sequence[Period], operation: Operation | None) -> Comparison | None:
    spans = [(p.start, p.end, p.text) for p in periods]
    parts = [Part(re.sub(r"^(?:截至|截止|到|至)\s*", "", n), _plain(q)) for n, q in _single(spans, text)]
    # 2023年比2022年增加多少: a document may say so itself.
    stated = operation in ("difference", "growth")
    return _comparison("period", parts, operation, stated)


def _against(
    text: str, by: By, spans: Sequence[tuple[int, int, str]], what: str, operation: Operation
) -> Comparison | None:
    before, tail = text[: spans[0][0]], re.sub(r"^的", "", text[spans[1][1] :])
    parts = [Part(name, _plain(f"{before}{name}{what}{tail}")) for _, _, name in spans]
    return _comparison(by, parts, operation, stated=by == "period")


def _single(spans: Sequence[tuple[int, int, str]], text: str) -> list[tuple[str, str]]:
    """Each name with the question about it alone: what stands before all, the name, its own ask."""
    before, tail = text[: spans[0][0]], text[spans[-1][1] :]
    found = []
    for (_, end, name), following in zip(spans, [*spans[1:], None], strict=False):
        gap = text[end : following[0]] if following else tail
        own = tail if _JOINT.match(gap) else gap
        found.append((name, f"{before}{name}{own}"))
    return found


def _with_last_year(
    text: str, slot: re.Match[str], periods: Sequence[Period], operation: Operation, today: date
) -> Comparison | None:
    """2023年比上年增加多少: of 2023 and of 2022."""
    year = periods[0].years[0] if periods else today.year - 1 if "去年" in slot.group() else None
    if year is None:
        return None
    rest = text[: slot.start()] + text[slot.end() :]
    shown = periods[0].text if periods else ""
    parts = []
    for one in (year, year - 1):
        worded = rest.replace(shown, f"{one}年", 1) if shown else f"{one}年{rest}"
        parts.append(Part(f"{one}年", _plain(worded)))
    return _comparison("period", parts, operation, stated=True)


def _plain(text: str) -> str:
    """A comparing question as a single one: without 分别, 哪个多; 多了多少 as 多少."""
    text = re.sub(r"[（(][^）)]*[）)]", "", text)
    text = re.sub(
        r"(?:相差|差距(?:是|有|为)?|差了?|(?:多|少|高|低)(?:了|出)?|(?:增加|减少|提高|降低|增长|下降|上升|变化|涨|降)了?)(?=多少|几|百分之几|多大)",
        "是", text,
    )  # fmt: skip
    text = re.sub(
        r"是?(?:几|多少)倍|(?:了)?百分之几|(?:增幅|增速|涨幅|降幅|增长率)(?:是|有|为)?多少", "是多少", text
    )
    text = _WORDS.sub("", text)
    text = re.sub(r"(?:的)?(?:多|(?<!多)少|高|低|大|小|快|慢)(?=[，？?]|$)", "", text)
    pieces = [piece for piece in re.split(r"[，,？?。；]", text) if piece.strip()]
    # A piece that only asks again (是多少) adds nothing once the one before it asks.
    kept: list[str] = []
    for piece in pieces:
        if kept and re.fullmatch(r"\s*(?:是|有|为)?(?:多少|几)[个家户人所]?\s*", piece):
            kept[-1] = kept[-1] if re.search(r"多少|几", kept[-1]) else kept[-1] + "是多少"
        elif (
            kept
            and re.search(r"多少|几", kept[-1])
            and re.fullmatch(r"\s*(?:是|有|为|哪)[㐀-鿿]{0,2}", piece)
        ):
            continue
        else:
            kept.append(piece.strip())
    whole = "，".join(kept)
    whole = re.sub(r"是(?:的)?是", "是", whole)
    return (whole if re.search(r"多少|几|第几|什么|谁|哪", whole) else whole + "是多少") + "？"


# --- putting the answers together ----------------------------------------------------------------

_COLUMN = {"period": "时间", "place": "区县", "side": "项目"}


def states(comparison: Comparison, answer: Answer) -> bool:
    """Whether an answer to the whole question says outright what the comparison would compute."""
    if answer.status != "answered" or not answer.citations:
        return False
    quote = fold(answer.citations[0].quote)
    if comparison.operation in ("most", "least"):
        # 桐浦区提升最快: a place and its rank in one sentence.
        named = any(fold(p.label) in quote or fold(p.label)[:-1] in quote for p in comparison.parts)
        return named and re.search(r"最|首位|第一|居首|末位", quote) is not None
    if comparison.operation not in ("difference", "growth") or fold(answer.short) not in quote:
        return False
    # 比上年增加5家 says it of neighbouring years; of others a quote must name the year compared with.
    years = [int(p.label[:4]) for p in comparison.parts if p.label[:4].isdigit()]
    if len(years) == 2 and abs(years[0] - years[1]) != 1 and str(min(years)) not in quote:
        return False
    return _STATED.search(quote[: quote.index(fold(answer.short))]) is not None


_STATED = re.compile(
    r"(?:(?<!新)增[长加幅速]?|减少?|提高|下?降|上升|升|涨|扩大|下跌|回落|多|少|差|高|低)[了为达约近出]*[^，。；\d]{0,3}$"
)


def combined(question: str, comparison: Comparison, answers: Sequence[Answer]) -> Answer | None:
    """One answer of the answers to the parts, or None when no part has one.

    A table of what each part says, newest year first; what the question wants computed; and what
    was not found.
    """
    rows = _rows(comparison, answers)
    if not rows:
        return None
    if len(rows) == 1:
        return _only(question, comparison, *rows[0])
    result = _compute(comparison, rows)
    shown = sorted(rows, key=lambda row: row[0].label, reverse=True) if comparison.by == "period" else rows
    lines = [f"| {_COLUMN[comparison.by]} | 数字 | 原文 |", "|---|---|---|"]
    for part, answer in shown:
        lines.append(f"| {part.label} | {_cell(answer.short)} | {_cell(answer.text)} |")
    if result is not None:
        lines += ["", result[1]]
    missing = [p.label for p in comparison.parts if all(p is not part for part, _ in rows)]
    if result is not None and missing:
        # Not all were found: what is most among these may not be most of all.
        lines[-1] = "在查到数字的各项中，" + lines[-1]
    if missing:
        lines += ["", f"没有找到：{'、'.join(missing)}。"]
    shorts = [answer.short for _, answer in shown]
    if result is not None:
        shorts.insert(0, result[0])
    citations: dict[tuple[str, int, int], Citation] = {}
    for _, answer in shown:
        for citation in answer.citations:
            citations.setdefault((citation.document.id, citation.start, citation.end), citation)
    return Answer(
        question,
        "answered",
        "\n".join(lines),
        "；".join(dict.fromkeys(shorts)),
        tuple(citations.values()),
        confidence=min(answer.confidence for _, answer in rows),
    )


def _only(question: str, comparison: Comparison, part: Part, answer: Answer) -> Answer:
    """What is said when one part alone was found: it, unless it was needed only to compute with."""
    others = "、".join(p.label for p in comparison.parts if p is not part)
    found = f"{part.label}：{answer.text}"
    if comparison.operation is None:
        return Answer(
            question,
            "answered",
            f"{found}\n没有找到：{others}。",
            answer.short,
            answer.citations,
            confidence=answer.confidence,
        )
    passages = tuple(
        Hit(Passage(f"{c.document.id}:{c.start}", c.document, c.start, c.end, c.section), 0.0)
        for c in answer.citations
    )
    text = f"只找到一部分，无法比较。没有找到：{others}。\n{found}"
    return Answer(question, "not_found", text, nearest=passages, confidence=answer.confidence)


ALONE = 0.5
"""The share of the threshold that one part of a comparison needs when the others support it."""


def supported(answers: Sequence[Answer], threshold: float) -> list[Answer]:
    """The answers that are sure enough, alone or by another that gives a figure of the same kind.

    One question asked of two years finds the same indicator twice: that makes each surer.
    """
    kept = []
    for answer in answers:
        others = [o for o in answers if o is not answer and _alike(answer, o)]
        beside = max((o.confidence for o in others), default=answer.confidence)
        sure = math.sqrt(answer.confidence * max(beside, answer.confidence))
        if answer.status != "answered" or sure >= threshold:
            kept.append(replace(answer, confidence=round(sure, 4)))
        else:
            kept.append(replace(answer, status="not_found"))
    return kept


def _alike(one: Answer, other: Answer) -> bool:
    """Whether two answers give a figure of one unit in similar words."""
    if one.status != "answered" or other.status != "answered":
        return False
    a, b = figure_of(one.short), figure_of(other.short)
    if a is None or b is None or canonical(a.value, a.unit)[1] != canonical(b.value, b.unit)[1]:
        return False
    mine, theirs = _pairs(one.text), _pairs(other.text)
    # 其中枫渡县2160个 says less than its sentence: 全市新增义务教育学位18900个, 其中…
    return len(mine & (theirs | _quoted(other))) >= ALIKE * len(mine) or len(
        theirs & (mine | _quoted(one))
    ) >= ALIKE * len(theirs)


ALIKE = 0.3
"""The share of the character pairs of the shorter statement that makes two alike."""


def _pairs(text: str) -> set[str]:
    words = re.sub(r"（[^（）]*）。?$|[^㐀-鿿]|年|月|底|截至", "", text)
    return {words[i : i + 2] for i in range(len(words) - 1)}


def _quoted(answer: Answer) -> set[str]:
    return _pairs(answer.citations[0].quote) if answer.citations else set()


def twins(comparison: Comparison, answers: Sequence[Answer]) -> list[tuple[int, Answer]]:
    """The parts whose answer is that of another part, which fits it better: their place, and that answer."""
    rows = {id(part): answer for part, answer in _rows(comparison, answers)}
    found = []
    for at, (part, answer) in enumerate(zip(comparison.parts, answers, strict=True)):
        if answer.status == "answered" and answer.citations and id(part) not in rows:
            same = next((o for o in rows.values() if o.short == answer.short), None)
            if same is not None:
                found.append((at, same))
    return found


def _rows(comparison: Comparison, answers: Sequence[Answer]) -> list[tuple[Part, Answer]]:
    """The parts that have an answer of their own.

    The same words cannot answer for two years or two districts: they stay with the surer one.
    """
    rows: list[tuple[Part, Answer]] = []
    for part, answer in zip(comparison.parts, answers, strict=True):
        if answer.status != "answered" or not answer.short or not answer.citations:
            continue
        proof = answer.citations[0]
        twin = next(
            (
                i
                for i, (_, other) in enumerate(rows)
                if other.short == answer.short
                and (other.citations[0].document.id, other.citations[0].start)
                == (proof.document.id, proof.start)
            ),
            None,
        )
        if twin is None:
            rows.append((part, answer))
        elif (_names(part, proof), answer.confidence) > (
            _names(rows[twin][0], proof),
            rows[twin][1].confidence,
        ):
            rows[twin] = (part, answer)
    return _of_one_unit(rows)


def _of_one_unit(rows: list[tuple[Part, Answer]]) -> list[tuple[Part, Answer]]:
    """The rows whose figure has the unit of the surest one: 1873幢 and 289台 are no two districts' same."""
    units = {}
    for at, (_, answer) in enumerate(rows):
        figure = figure_of(answer.short)
        if figure is not None:
            units[at] = canonical(figure.value, figure.unit)[1]
    if len(set(units.values())) < 2:
        return rows
    surest = max(units, key=lambda at: rows[at][1].confidence)
    return [row for at, row in enumerate(rows) if units.get(at, units[surest]) == units[surest]]


def _names(part: Part, proof: Citation) -> bool:
    """Whether a quote itself names the year or district of a part."""
    return fold(part.label)[: 4 if part.label[0].isdigit() else 2] in fold(proof.quote)


def _compute(comparison: Comparison, rows: Sequence[tuple[Part, Answer]]) -> tuple[str, str] | None:
    operation = comparison.operation
    if operation is None:
        return None
    operands: list[Operand] = []
    for part, answer in rows:
        found = operand(part.label, answer.short)
        if found is None:
            return None
        operands.append(found)
    if len(rows) < len(comparison.parts) and operation not in ("most", "least"):
        return None  # a sum with a part missing would be a wrong sum
    if comparison.by == "period" and operation in ("difference", "growth", "ratio"):
        operands.sort(key=lambda o: o.label, reverse=True)
    return computed(operation, operands)


def _cell(text: str) -> str:
    """A text for a cell of a table: on one line, without bars."""
    return re.sub(r"\s*\n\s*", "；", text.strip()).replace("|", "｜")
