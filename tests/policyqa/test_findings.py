"""Documents that disagree about one figure."""

from __future__ import annotations

from datetime import date

import pytest

from policyqa.evidence import gather
from policyqa.findings import (
    Candidate,
    Finding,
    Said,
    disagreeing,
    later,
    of_another_year,
    replaced,
    said_in,
    whole_list,
)
from policyqa.schema import Answer, Citation, Document, Hit, Passage, Role


def _candidate(text: str, issuer: str = "甲山区工业和信息化局", role: Role = "body") -> Candidate:
    document = Document(text, text, text, issuers=(issuer,), signed_on=date(2024, 6, 1))
    passage = Passage(f"{text}:0", document, 0, len(text), role=role)
    return Candidate(Hit(passage, 1.0), gather(passage), {}, 1.0)


def _finding(text: str) -> Finding:
    candidate = _candidate(text)
    return Finding(candidate, candidate.evidence.figures[0], {}, 0.9)


BEST = "截至2023年底，全区建成公共充电桩281个。"


def test_another_value_of_another_document_is_found() -> None:
    other = "2023年底，全区建成公共充电桩306个，其中快充桩112个。"
    found = disagreeing(_finding(BEST), [_candidate(BEST), _candidate(other, "甲山区发展和改革委员会")])
    assert [f.figure.text for f in found if f.figure] == ["306个"]


@pytest.mark.parametrize(
    ("other", "issuer", "role"),
    [
        ("2023年底，全区建成公共充电桩281个。", "甲山区发展和改革委员会", "body"),
        ("2022年底，全区建成公共充电桩306个。", "甲山区发展和改革委员会", "body"),
        ("2023年上半年，全区建成公共充电桩306个。", "甲山区发展和改革委员会", "body"),
        ("2023年底，全区建成公共充电桩306个。", "乙水县发展和改革委员会", "body"),
        ("2023年底，全区建成公共停车场306个。", "甲山区发展和改革委员会", "body"),
        ("2023年底，全区建成公共充电桩增长30%。", "甲山区发展和改革委员会", "body"),
        ("力争2023年底全区建成公共充电桩400个。", "甲山区发展和改革委员会", "body"),
        ("2023年底，全区建成公共充电桩306个。", "甲山区发展和改革委员会", "claim"),
        ("2023年底，全市建成公共充电桩2481个。", "甲山区发展和改革委员会", "body"),
    ],
)
def test_what_is_another_figure_contradicts_nothing(other: str, issuer: str, role: Role) -> None:
    assert disagreeing(_finding(BEST), [_candidate(other, issuer, role)]) == []


LIST = "2022年，茶油、蔬菜、脆李产值分别为8.6亿元、5.9亿元和3.2亿元，增长4.7%，面积12.5万亩。"


@pytest.mark.parametrize("index", [0, 1, 2])
def test_who_asks_for_each_of_a_list_is_given_all(index: int) -> None:
    candidate = _candidate(LIST)
    found = whole_list(Finding(candidate, candidate.evidence.figures[index], {}, 0.9))
    assert [f.figure.text for f in found if f.figure] == ["8.6亿元", "5.9亿元", "3.2亿元"]


@pytest.mark.parametrize("index", [3, 4])
def test_a_figure_outside_the_list_stays_alone(index: int) -> None:
    candidate = _candidate(LIST)
    best = Finding(candidate, candidate.evidence.figures[index], {}, 0.9)
    assert whole_list(best) == [best]


def _given(candidate: Candidate, short: str) -> Said:
    passage = candidate.hit.passage
    citation = Citation(passage.document, (), passage.text, passage.start, passage.end)
    return said_in(Answer("", "answered", passage.text, short, (citation,)))


MEALS = "2023年满意度测评中，自办食堂88.5分、配送餐79.2分。"


def test_a_figure_that_was_given_is_known_by_sentence_and_wording() -> None:
    candidate = _candidate(MEALS)
    first, second = candidate.evidence.figures
    said = _given(candidate, "88.5分")
    assert said.documents == {candidate.hit.passage.document.id}
    assert said.gave(candidate, first)
    assert not said.gave(candidate, second)
    assert not said.gave(_candidate("去年自办食堂88.5分。"), first)


def test_what_was_given_may_be_given_when_its_own_name_is_asked_for() -> None:
    candidate = _candidate(MEALS)
    said = _given(candidate, "88.5分")
    first = candidate.evidence.figures[0]
    assert not Said(said.documents, said.figures, frozenset({"食堂"})).gave(candidate, first)
    assert Said(said.documents, said.figures, frozenset({"配送"})).gave(candidate, first)


@pytest.mark.parametrize(
    ("others", "text"),
    [
        (("2024年底，全区建成公共充电桩306个。", "2025年底，全区建成公共充电桩352个。"), "352个"),
        (("2022年底，全区建成公共充电桩166个。",), None),
        (("2024年底，全区建成公共充电桩281个。",), None),
        (("2024年底，全区建成公共停车场306个。",), None),
        (("力争2024年底全区建成公共充电桩400个。",), None),
    ],
)
def test_the_newest_value_of_a_figure(others: tuple[str, ...], text: str | None) -> None:
    found = later(_finding(BEST), [_candidate(other) for other in (BEST, *others)])
    assert (found.figure.text if found and found.figure else None) == text


BY_YEAR = "2022年、2023年底，全区公共充电桩分别为166个、281个。"


def test_the_newest_value_may_stand_in_the_same_document() -> None:
    candidate = _candidate(BY_YEAR)
    older, newer = candidate.evidence.figures
    assert of_another_year(older, newer, candidate.evidence)
    found = later(Finding(candidate, older, {}, 0.9), [candidate])
    assert found is not None
    assert found.figure == newer
    assert later(Finding(candidate, newer, {}, 0.9), [candidate]) is None


def test_figures_of_other_things_are_not_of_another_year() -> None:
    candidate = _candidate("2022年公共充电桩166个，2023年公交车281辆、公共停车场21个。")
    piles, *others = candidate.evidence.figures
    assert not any(of_another_year(piles, other, candidate.evidence) for other in others)


def _of_year(text: str, year: int) -> Candidate:
    document = Document(text, text, text, issuers=("甲山区民政局",), signed_on=date(year, 6, 1))
    passage = Passage(f"{text}:0", document, 0, len(text))
    return Candidate(Hit(passage, 1.0), gather(passage), {}, 1.0)


@pytest.mark.parametrize(
    ("text", "year", "short"),
    [
        ("70至79周岁每餐补贴由2元提高到3元，80周岁及以上由3元提高到4元。", 2025, "4元"),
        ("70至79周岁每餐补贴由2元提高到3元，80周岁及以上由3元提高到4元。", 2022, None),  # of before
        ("70至79周岁每餐补贴由3元提高到4元。", 2025, None),  # of others
        ("80周岁及以上拟由3元提高到4元。", 2025, None),  # planned
        ("80周岁及以上由2元提高到4元。", 2025, None),  # of another value
    ],
)
def test_a_later_document_says_what_took_the_place_of_a_value(
    text: str, year: int, short: str | None
) -> None:
    best = _of_year("80周岁及以上每餐补贴3元。", 2023)
    figure = next(f for f in best.evidence.figures if f.text == "3元")
    found = replaced(Finding(best, figure, {}, 0.9), [best, _of_year(text, year)])
    assert (found.figure.text if found and found.figure else None) == short
