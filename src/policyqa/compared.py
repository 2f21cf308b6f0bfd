"""The answers to the parts of a comparison, put together: a table, what is computed, what is missing.

Nothing is merged: a row is one document's word.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from policyqa.compute import COMPUTED, Operand, computed, operand
from policyqa.evidence import reference_of
from policyqa.figures import figure_of
from policyqa.numerals import to_number
from policyqa.periods import find_periods
from policyqa.plans import Comparison, Part
from policyqa.schema import Answer, Citation, Hit, Passage
from policyqa.text import fold
from policyqa.units import UNIT, canonical

_COLUMN = {"period": "时间", "place": "区县", "side": "项目"}


def _years(comparison: Comparison) -> list[int]:
    """The years that the parts of a comparison are called by."""
    found = (re.search(r"(?:19|20)\d\d", part.label) for part in comparison.parts)
    return [int(match.group()) for match in found if match]


def states(comparison: Comparison, answer: Answer) -> bool:
    """Whether an answer to the whole question says outright what the comparison would compute."""
    if answer.status != "answered" or not answer.citations:
        return False
    quotes = [fold(c.quote) for c in answer.citations]
    quote = next((q for q in quotes if fold(answer.short) in q), quotes[0])
    if comparison.operation == "ends":
        return False
    if comparison.operation in ("most", "least"):
        # 桐浦区提升最快: a place and its rank in one sentence.
        named = any(fold(p.label) in quote or fold(p.label)[:-1] in quote for p in comparison.parts)
        return named and re.search(r"最|首位|第一|居首|末位", quote) is not None
    if comparison.operation == "share":
        before = quote.partition(fold(answer.short))[0]
        told = re.search(r"占|比[例重]|份额|率", quote) or not _STATED.search(before)
        return re.search("%|分之", fold(answer.short)) is not None and bool(told)
    if comparison.operation in ("sum", "mean") and comparison.by == "period":
        # 2021至2023年累计新增2.84万个: of all the years together.
        years = _years(comparison)
        ends = {str(min(years, default=0)), str(max(years, default=0))}
        if ends <= set(re.findall(r"(?<!\d)(?:19|20)\d\d", quote)) and _OF_ALL.search(quote) is not None:
            return True
        # 五年共利用外资, in a report of the year after
        said = re.split("[，。；]", quote.partition(fold(answer.short))[0])[-1]
        given = reference_of(answer.citations[0].document)
        counted = re.search(
            rf"(?<![㐀-鿿\d])(?P<count>[两二三四五六七八\d])年[㐀-鿿]{{0,20}}(?:{_OF_ALL.pattern})", said
        )
        as_many = counted is not None and to_number(counted["count"]) == len(years)
        return as_many and given is not None and given.year in (max(years), max(years) + 1)
    if comparison.operation == "sum" and comparison.by == "place":
        # 甲区、乙区合计3060个
        said = re.split("[，。；]", quote.partition(fold(answer.short))[0])[-1]
        return all(fold(p.label)[:2] in said for p in comparison.parts) and _OF_ALL.search(said) is not None
    if comparison.operation == "each":
        # 日均620份 says nothing of each car.
        label = comparison.parts[-1].label.removesuffix("数")
        unit = label.removeprefix("个") or label
        said = re.split("[，。；]", quote.partition(fold(answer.short))[0])[-1]
        by_unit = rf"|{re.escape(unit[0])}均|每一?{re.escape(unit[0])}" if unit else ""
        return re.search("平均" + by_unit, said) is not None
    # 产量39109万吨，比上年增产1199万吨: what was asked last is told last.
    short = fold(answer.short).split("；")[-1]
    years = _years(comparison)
    spoken_of = {year for period in find_periods(quote, None) for year in period.years}
    named = len(years) == 2 and set(years) <= spoken_of
    if comparison.operation == "ratio":
        return short.endswith("倍") and bool(years) and min(years) in spoken_of  # 是1997年的2.9倍
    if comparison.operation not in ("difference", "growth") or short not in quote:
        return False
    # 净增多少户 is not told by a rate; 到86年比78年涨了多少 may be.
    either = named and _EITHER.search(fold(answer.question)) is not None
    if comparison.operation == "difference" and short.endswith("%") and not either:
        return False
    if re.search("[位名]$", short) and not re.search("[位名次]", fold(answer.question)):
        return False  # 较2021年上升4位 is no number of places
    counted = _COUNTED.search(fold(answer.question))
    if comparison.operation == "difference" and counted and not short.endswith(counted["unit"]):
        return False  # 多几家 is not told by 托位比上年末多2730个
    # 比上年增加5家 says it of neighbouring years; of others a quote must name the year compared with.
    if len(years) == 2 and abs(years[0] - years[1]) != 1 and min(years) not in spoken_of:
        return False
    if len(years) == 2 and spoken_of and max(years) not in spoken_of:
        return False  # 截至2023年底…比2022年底提高0.57个 says nothing of 2024
    before = quote[: quote.rindex(short)]
    # 1982年同1978年相比，农民增加的收入达260亿元
    between = named and "比" in before and _ADDED.search(before) is not None
    return between or _STATED.search(before) is not None


def computes(comparison: Comparison, answer: Answer) -> bool:
    """Whether an answer to the whole question was computed from one sentence, of what is compared.

    Not 325天 − 316天, whose sentence has the year before, for 2024 beside 2022; not a share for a difference.
    """
    if answer.status != "answered" or COMPUTED not in answer.text:
        return False
    if comparison.operation == "difference" and " − " not in answer.text:
        return False
    quote = fold(" ".join(c.quote for c in answer.citations))
    if comparison.by == "period":
        years = _years(comparison)
        spoken_of = {year for period in find_periods(quote, None) for year in period.years}
        return len(years) != 2 or abs(years[0] - years[1]) == 1 or min(years) in spoken_of
    if comparison.by == "side":
        labels = [fold(part.label) for part in comparison.parts]
        return all(any(label[i : i + 2] in quote for i in range(len(label) - 1)) for label in labels)
    return True


def worked_out(comparison: Comparison, answer: Answer) -> bool:
    """Whether an answer tells what is to be computed over the parts, not only what each of them says."""
    if answer.status != "answered":
        return False
    named = any(answer.short.startswith(part.label) for part in comparison.parts)
    return comparison.operation is None or COMPUTED in answer.text or named


_ADDED = re.compile(r"(?:增加|减少|提高|下降|[多少增减])的?[^，。；\d]{0,6}$")
_EITHER = re.compile(r"(?:增长|下降|上升|[涨降跌升])了?多少(?=[，。？?]|$)")
_COUNTED = re.compile(rf"(?:多少|几)(?P<unit>(?!个|点|分|万|亿|[元块]){UNIT.pattern})")
_OF_ALL = re.compile(r"累计|合计|一?共|总|[两三四五六]年|年均|平均")
_SO_MANY_YEARS = re.compile(
    rf"(?<![㐀-鿿\d])(?P<count>[两二三四五六七八\d])年[㐀-鿿]{{0,3}}(?:{_OF_ALL.pattern})"
)
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
    result = _compute(question, comparison, rows)
    shown = sorted(rows, key=lambda row: row[0].label, reverse=True) if comparison.by == "period" else rows
    lines = [f"| {_COLUMN[comparison.by]} | 数字 | 原文 |", "|---|---|---|"]
    for part, answer in shown:
        lines.append(f"| {part.label} | {_cell(answer.short)} | {_cell(answer.text)} |")
    if result is not None:
        lines += ["", result[1]]
    missing = [p.label for p in comparison.parts if all(p is not part for part, _ in rows)]
    ranked = comparison.operation in ("most", "least", "ends") and comparison.by == "place"
    if ranked and len(rows) < MOST_FOUND * len(comparison.parts):
        text = "\n".join(
            [
                "只找到一部分，看不出谁最多、谁最少。",
                "",
                *lines[: len(rows) + 2],
                "",
                f"没有找到：{'、'.join(missing)}。",
            ]
        )
        sure = min(answer.confidence for _, answer in rows)
        return Answer(question, "not_found", text, nearest=_quoted(rows), confidence=sure)
    if result is not None and missing:
        # Not all were found: what is most among these may not be most of all.
        lines[-1] = "在查到数字的各项中，" + lines[-1]
    if missing:
        lines += ["", f"没有找到：{'、'.join(missing)}。"]
    if missing and comparison.operation in ("sum", "mean"):
        # Some of what is to be added up is no sum: it is shown, as what there is.
        text = "\n".join(["只找到一部分，无法相加。", "", *lines])
        sure = min(answer.confidence for _, answer in rows)
        return Answer(question, "not_found", text, nearest=_quoted(rows), confidence=sure)
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


MOST_FOUND = 0.5
"""Of which share of the districts there must be a figure before one of them is called the first."""
_NAMED = 3
"""How many districts a question names at most; of more it asks which of all have something."""


def _only(question: str, comparison: Comparison, part: Part, answer: Answer) -> Answer:
    """What is said when one part alone was found: half an answer is none, but it is shown.

    Which districts have something is asked of all districts and told of those that have it.
    """
    others = "、".join(p.label for p in comparison.parts if p is not part)
    found = f"{part.label}：{answer.text}"
    if comparison.operation is None and comparison.by == "place" and len(comparison.parts) > _NAMED:
        return Answer(
            question,
            "answered",
            f"{found}\n没有找到：{others}。",
            answer.short,
            answer.citations,
            confidence=answer.confidence,
        )
    passages = _quoted([(part, answer)])
    told = "只找到一部分" if comparison.operation is None else "只找到一部分，无法比较"
    text = f"{told}。没有找到：{others}。\n{found}"
    return Answer(question, "not_found", text, nearest=passages, confidence=answer.confidence)


def _quoted(rows: Sequence[tuple[Part, Answer]]) -> tuple[Hit, ...]:
    """What the rows cite, as passages to be shown."""
    return tuple(
        Hit(Passage(f"{c.document.id}:{c.start}", c.document, c.start, c.end, c.section), 0.0)
        for _, answer in rows
        for c in answer.citations
    )


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
    return rows if comparison.operation == "each" else _of_one_unit(rows)


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


_APART_ASKED = re.compile("相?差|差距")


def _apart(operands: Sequence[Operand]) -> tuple[str, str] | None:
    """By how much the largest and the smallest differ."""
    ranked = sorted(operands, key=lambda o: -canonical(o.figure.value, o.figure.unit)[0])
    return computed("difference", [ranked[0], ranked[-1]])


def _compute(
    question: str, comparison: Comparison, rows: Sequence[tuple[Part, Answer]]
) -> tuple[str, str] | None:
    operation = comparison.operation
    if operation is None:
        return None
    operands: list[Operand] = []
    for part, answer in rows:
        found = operand(part.label, answer.short)
        if found is None:
            return None
        operands.append(found)
    ranked = operation in ("most", "least", "ends") or (operation == "difference" and len(rows) > 2)
    if len(rows) < len(comparison.parts) and not ranked:
        return None  # a sum with a part missing would be a wrong sum
    if comparison.by == "period" and operation in ("difference", "growth", "ratio"):
        operands.sort(key=lambda o: o.label, reverse=True)
    result = computed(operation, operands)
    if result is None and operation == "difference" and len(operands) > 2:
        # 四区县里最多最少差多少所
        result = _apart(operands)
    elif result is not None and operation == "ends" and _APART_ASKED.search(question):
        between = _apart(operands)
        result = (f"{result[0]}；{between[0]}", f"{result[1]}\n{between[1]}") if between else result
    if result is not None and operation in ("most", "least") and len(operands) == 2:
        # Of two, by how much as well.
        first = result[0]
        operands.sort(key=lambda o: o.label != first)
        apart = computed("difference", operands)
        if apart is not None and len(operands) == len(comparison.parts):
            result = (f"{first}；{apart[0]}", f"{result[1]}\n{apart[1]}")
    # 前8个月完成全年计划的几成: of a part of the time nothing says whether it will be reached.
    if result is not None and operation != "share" and (reached := _reached(rows)):
        result = (f"{reached}；{result[0]}", f"{reached}。{result[1]}")
    return result


# 控制在30微克以下: less is better, and what is reached is not told by what is more.
_LESS_IS_BETTER = re.compile(r"以[下内]|不超过|不高于|控制|降|减|压|缩短|浓度|事故|死亡|失业|流失")


def _reached(rows: Sequence[tuple[Part, Answer]]) -> str:
    """Whether what was done reaches what was aimed at; empty when that is not asked or cannot be told."""
    by_wish = {part.wish: answer for part, answer in rows}
    done, aim = by_wish.get("fact"), by_wish.get("plan")
    if done is None or aim is None or any(_LESS_IS_BETTER.search(a.text + a.question) for a in (done, aim)):
        return ""
    figures = [figure_of(answer.short) for answer in (done, aim)]
    if figures[0] is None or figures[1] is None:
        return ""
    return "已达到目标" if figures[0].value >= figures[1].value else "没有达到目标"


def _cell(text: str) -> str:
    """A text for a cell of a table: on one line, without bars."""
    return re.sub(r"\s*\n\s*", "；", text.strip()).replace("|", "｜")
