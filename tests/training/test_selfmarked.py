"""Groups of marked figures made by code from official prose."""

from __future__ import annotations

import re
from datetime import date

import pytest

from policyqa.evidence import Evidence, gather
from policyqa.schema import Document, Passage
from training.groups import Group
from training.selfmarked import FigureMaker

SENTENCES = (
    "2023年全市快递进港1460万件、快递出港420万件，快递业务收入3.2亿元。",
    "2022年全市快递进港1210万件、快递出港380万件，快递业务收入2.7亿元。",
    "截至2023年底，全市累计建成老年食堂79家，其中2023年新建老年食堂36家。",
    "2023年全市公路客运1460万人次，铁路客运318万人次，比上年都有增长。",
)


def _passages() -> list[Evidence]:
    text = "\n".join(SENTENCES)
    document = Document("d", "d.txt", text, issuers=("甲山市人民政府",), signed_on=date(2024, 6, 1))
    starts = [text.index(sentence) for sentence in SENTENCES]
    return [
        gather(Passage(f"d:{n}", document, start, start + len(sentence), ordinal=n))
        for n, (start, sentence) in enumerate(zip(starts, SENTENCES, strict=True))
    ]


@pytest.fixture(scope="module")
def groups() -> list[Group]:
    return [group for seed in range(40) for group in FigureMaker(_passages(), 3, seed).groups()]


def test_a_figure_answers_what_its_sentence_calls_it_by(groups: list[Group]) -> None:
    inbound = [g for g in groups if "进港" in g.question and any(i.answers for i in g.items)]
    assert inbound
    for group in inbound:
        right = [i.read() for i in group.items if i.answers]
        assert len(right) == 1
        assert "快递进港【" in right[0]
        assert any("快递出港【" in i.read() for i in group.items if not i.answers)


def test_the_same_of_another_year_answers_only_where_no_year_is_asked(groups: list[Group]) -> None:
    dated = [g for g in groups if "2023年" in g.question and "进港" in g.question]
    assert dated
    for group in dated:
        assert not any("1210万件】" in i.read() for i in group.items if i.answers)
    undated = [g for g in groups if "年" not in g.question and "快递进港" in g.question]
    assert undated
    for group in undated:
        wrong = [i.read() for i in group.items if not i.answers]
        assert not any("进港【" in text for text in wrong)


def test_a_stock_is_asked_for_without_the_words_of_its_text(groups: list[Group]) -> None:
    built = "累计建成老年食堂【"
    asked = {g.question for g in groups if any(i.answers and built in i.read() for i in g.items)}
    assert any("累计" in question for question in asked)
    assert any("累计" not in question and "建成" not in question for question in asked)


def test_nothing_answers_a_year_that_was_moved(groups: list[Group]) -> None:
    moved = [g for g in groups if not any(i.answers for i in g.items)]
    assert moved
    for group in moved:
        year = next(word for word in re.findall(r"20\d\d年", group.question))
        assert not any(f"：{year}" in item.read() for item in group.items)
