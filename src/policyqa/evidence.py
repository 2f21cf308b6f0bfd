"""A passage made ready for comparing with questions: its figures, its periods, its place.

What a sentence leaves unsaid is taken from where it stands: the year from earlier sentences of the
paragraph, from the headings or the title; the place from the issuer or the title.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from policyqa.dated import dated
from policyqa.dates import find_dates
from policyqa.figures import find_figures
from policyqa.indicators import describe
from policyqa.periods import Period, find_periods, resolve
from policyqa.places import home
from policyqa.schema import Document, Figure, Passage
from policyqa.tables import row_figures, table_at
from policyqa.text import fold

_LONGEST = 2000
"""Characters that are read for figures at once; no sentence is that long."""
_NOISE = re.compile(r"[^㐀-鿿a-z0-9.%]+")


@dataclass(frozen=True, slots=True)
class Evidence:
    """A passage with what reading needs.

    ``bare`` is its folded text without marks; ``context`` the same of issuer, title, topic and
    headings. ``years`` are those its own words name, ``inherited`` those of what stands above it,
    ``dated`` the letter's year. ``places`` are the issuer's, else the title's. ``before`` is the end of
    what stands in front of it in its paragraph, bare: a decision often follows the request that it answers.
    ``leading`` is what leads it in, bare: without it, 其中… or 分县区看… does not say of what.
    """

    passage: Passage
    folded: str
    bare: str
    context: str
    figures: tuple[Figure, ...]
    dates: tuple[Figure, ...]
    periods: tuple[Period, ...]
    years: tuple[int, ...]
    inherited: tuple[int, ...]
    dated: int | None
    places: tuple[str, ...]
    before: str = ""
    leading: str = ""


def bare(text: str) -> str:
    """Folded text without marks and blanks, so that “专精特新”中小企业 reads 专精特新中小企业."""
    return _NOISE.sub("", fold(text))


@lru_cache(maxsize=20_000)
def gather(passage: Passage) -> Evidence:
    """Make a passage ready; remembered, for the same passages come up again and again."""
    document = passage.document
    text = passage.text
    reference = reference_of(document)
    inherited = _inherited(passage, reference)
    periods = resolve(find_periods(text, reference), reference, inherited.years if inherited else ())
    figures = read_figures(passage) if passage.figures is None else passage.figures
    return Evidence(
        passage=passage,
        folded=fold(text),
        bare=bare(text),
        context=bare(context_of(passage)),
        figures=figures,
        dates=tuple(find_dates(text)),
        periods=tuple(periods),
        years=tuple(sorted({y for p in periods if p.target or not p.compared for y in p.years})),
        inherited=inherited.years if inherited else (),
        dated=reference.year if reference else None,
        places=home(document),
        before=bare(before_in_paragraph(passage)[-160:]),
        leading=bare(leading(passage)),
    )


def read_figures(passage: Passage) -> tuple[Figure, ...]:
    """The figures of a passage with their period: what ingest writes into the catalog.

    The one source of figure records: asking takes them from the catalog, and reads them with this
    where there is none.
    """
    document, text = passage.document, passage.text
    reference = reference_of(document)
    inherited = _inherited(passage, reference)
    if table := table_at(document, passage.start):
        return tuple(dated(text, row_figures(table, text), reference, inherited, in_table=True))
    figures: list[Figure] = []
    for start, end in _pieces(text):
        piece = text[start:end]
        for figure in dated(piece, describe(piece, find_figures(piece)), reference, inherited):
            figures.append(replace(figure, start=figure.start + start, end=figure.end + start))
    return tuple(figures)


def _pieces(text: str) -> list[tuple[int, int]]:
    """The whole of a sentence; a line without an end, as of a broken table, in pieces at its marks."""
    pieces = []
    start = 0
    while len(text) - start > _LONGEST:
        end = max(text.rfind(mark, start, start + _LONGEST) for mark in "，；、。, \u3000|") + 1
        end = end if end > start else start + _LONGEST
        pieces.append((start, end))
        start = end
    return [*pieces, (start, len(text))]


_HELD = re.compile(r"((?:19|20)\d\d)\s?年\s?(\d{1,2})\s?月\s?\d{1,2}\s?日")
_OPENING = 300
_HEAD_LINES = 60
"""How much of a document's beginning says what it is, in characters."""
"""How much of the beginning of minutes may say when the meeting was, in characters."""


def reference_of(document: Document) -> date | None:
    """The day that relative periods of a document are resolved by: its date, else its title's year.

    A government work report of year N is given in N and looks back on N-1; a summary or bulletin
    on year N appears after it.
    """
    if document.dated is not None:
        return document.dated
    if "纪要" in document.title + document.body[:_HEAD_LINES] and (
        held := _HELD.search(document.body[:_OPENING])
    ):
        return date(int(held[1]), min(int(held[2]), 12), 1)
    found = re.search(r"((?:19|20)\d\d)年", fold(document.title))
    if found is None:
        return None
    year = int(found[1])
    return date(year, 3, 1) if "政府工作报告" in document.title else date(year + 1, 1, 31)


def year_of_report(document: Document) -> int | None:
    """The year of a government work report; None of other documents."""
    given = reference_of(document) if "政府工作报告" in document.title else None
    return given.year if given is not None else None


def context_of(passage: Passage) -> str:
    """What stands around a passage: issuer, title, topic, headings."""
    document = passage.document
    topics = [proposal.title for proposal in document.proposals]
    table = table_at(document, passage.start)
    of_table = (table.title, *table.headings) if table else ()
    return " ".join([document.issuer, document.title, *topics, *passage.section, *of_table])


def before_in_paragraph(passage: Passage) -> str:
    """What stands in front of a passage on its line, or the line that leads in the list it is an item of."""
    body = passage.document.body
    before = body[body.rfind("\n", 0, passage.start) + 1 : passage.start]
    return before if before.strip() else lead_of(passage)


def lead_of(passage: Passage) -> str:
    """The line that leads in the list that a passage is a line of, 各县区床位如下：; empty when none does."""
    document = passage.document
    start = document.body.rfind("\n", 0, passage.start) + 1
    if document.body[start : passage.start].strip() or passage.role in ("head", "tail"):
        return ""
    lead = lead_in(document.body, start)
    return "" if document.addressee and document.addressee in lead else lead


# 其中砻桥区3100个 · 分县区看，… · 按属地分，… · 各地为：…: what is counted stands in the sentence before.
_CONTINUES = re.compile(
    r"[（(]?(?:其中|其余|余下|剩余|具体(?:为|是|看|来看|如下)|(?:分|按|从)[^，。；：\d]{1,8}?(?:看|来看|分|计|划分|统计|分布)[，：]"
    r"|分(?:县区|区县|区|县|地区|行业|类别?|季度|年度|项)|各?(?:县区|区县|县市区|地|区|县)(?:分别)?[：为]|[两三四五六]地|分别[为是]|前者|后者|两者)"
)
_LONGEST_LEAD = 60
"""Characters of the sentence before that are taken for what leads a sentence in."""


def leading(passage: Passage) -> str:
    """What leads a passage in: the line above a list, or the sentence before one that goes on (其中…)."""
    if lead := lead_of(passage):
        return lead
    if passage.role in ("head", "tail") or not _CONTINUES.match(passage.text.lstrip()):
        return ""
    before = [piece for piece in re.split("[。；！？\n]", before_in_paragraph(passage)) if piece.strip()]
    return before[-1].strip()[:_LONGEST_LEAD] + "：" if before else ""


_LONGEST_ITEM = 60
"""Characters of a line of a list under a line that leads it in."""
_MOST_ITEMS = 12


def lead_in(body: str, start: int) -> str:
    """The line that leads in a list of short lines, for the item beginning at ``start``; else empty.

    >>> body = "各县区床位如下：\\n松烟县　1745张\\n洮坪区　3615张\\n"
    >>> lead_in(body, body.index("洮坪"))
    '各县区床位如下：'
    """
    end = body.find("\n", start)
    if (end if end >= 0 else len(body)) - start > _LONGEST_ITEM:
        return ""
    for _ in range(_MOST_ITEMS):
        above = body.rfind("\n", 0, max(start - 1, 0)) + 1
        line = body[above : start - 1].strip() if start else ""
        if line.endswith(("：", ":")) and 4 <= len(line) <= _LONGEST_ITEM:
            return line
        if not line or len(line) > _LONGEST_ITEM or line.endswith("。"):
            return ""
        start = above
    return ""


def inherited_period(passage: Passage) -> str | None:
    """The wording of the period that holds where a passage begins, when its paragraph does not say."""
    period = _inherited(passage, reference_of(passage.document))
    return period.text if period is not None else None


def _in_aside(text: str, period: Period) -> bool:
    """Whether a period stands in brackets behind a figure: 保有量3.21万辆（2023年底为2.68万辆）."""
    opened = max(text.rfind(mark, 0, period.start) for mark in "（(")
    closed = max(text.rfind(mark, 0, period.start) for mark in "）)")
    return opened > closed and re.search(r"\d", text[max(0, opened - 8) : opened]) is not None


def _deadline(text: str, period: Period) -> bool:
    """Whether a period is only a day by which something is due: 限期今年6月底前完成."""
    return text.startswith("前", period.end) and period.part != ""


# 2022年安排1.36亿元。经测算，若扩大到全市，每年需增加1900万元: of no year.
_SUPPOSES = re.compile(r"(?:经|据|按)?(?:初步)?(?:测算|估算)|(?:如果|假如|假设|若)(?!干)")


def _aimed_at(text: str, period: Period) -> bool:
    """Whether a period is that of an aim: 规划确定的2025年达到0.85名, 2025年目标."""
    clause = re.split("[，。；：]", text[: period.start])[-1] + re.split("[，。；：]", text[period.end :])[0]
    return re.search("目标|规划|力争|达到|提高|实现", clause) is not None


_PLANS_ON = re.compile(r"计划|[将拟]|力争|争取|目标|预计|打算|确保|达到|再|到[^，。；]{0,6}[底末]|完成|实现")
_LOOKS_BACK = re.compile("回顾|总结|完成情况|执行情况")


def _inherited(passage: Passage, reference: date | None) -> Period | None:
    """The period that holds where the passage begins: of its paragraph, its headings, the title."""
    document = passage.document
    found: Period | None = None
    # From without inwards: 当年 in a paragraph is the year of the bulletin's title.
    table = table_at(document, passage.start)
    above = (table.title,) if table else ()
    before = "" if _SUPPOSES.match(passage.text.lstrip()) else before_in_paragraph(passage)
    for text in (document.title, *passage.section, *above, before):
        periods = resolve(find_periods(text, reference), reference, found.years if found else ())
        named = [
            p
            for p in periods
            if p.years and not p.compared and not _in_aside(text, p) and not _deadline(text, p)
        ]
        if text is before and reference and not _PLANS_ON.search(passage.text):
            # What is aimed at in a year to come holds for no fact of the next sentence.
            named = [p for p in named if p.years[0] <= reference.year or not _aimed_at(text, p)]
        if text is document.title:
            # 第2023号 and the year of a plan are no period of the figures; a report's year is.
            named = [p for p in named if re.search(r"(总结|情况|[简公通月季]报|(?<!工作)报告|通知)", text)]
        if text is document.title or (text in passage.section and _LOOKS_BACK.search(text)):
            # 2023年工作总结和2024年打算: what is planned stands under a heading of its own.
            named = named[:1]
        found = _leading(text, named) if named else found
    return found


def _leading(text: str, named: Sequence[Period]) -> Period:
    """The period that goes on to hold: the last one, or the first of a last sentence that goes back in time.

    截至2025年5月底，躺睡学生5.83万人；2024年秋季为3.15万人。分县区看 goes on with 2025.
    2024年客运量4380万人次，2023年是4539万人次，2019年是7920万人次。票款收入3860万元 is of 2024.
    """
    at = len(named) - 1
    while at and named[at - 1].years[-1] > named[at].years[-1]:
        if re.search("[。！？\n]", text[named[at - 1].end : named[at].start]):
            break
        at -= 1
    return named[at]
