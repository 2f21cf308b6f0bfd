"""Variations of groups keep offsets, keep what answers, and leave nothing that answers where they say so."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from training.groups import Group, Item
from training.vary import _alike, _missed, vary, years_in

QUESTION = "松垭区2023年新建了多少公里？"
CONTEXT = "松垭区交通局 2024年 ："
SENTENCE = "２０２３年松垭区新建49公里，比2021年多3公里。"
FIGURE = (len(CONTEXT) + 10, len(CONTEXT) + 14)
GROUP = Group(
    "g",
    QUESTION,
    (
        Item(CONTEXT + SENTENCE, len(CONTEXT), True, (FIGURE,)),
        Item("枫渡县交通局 2024年 ：2023年新建12公里。", 13, False),
    ),
)
PLACES = ("松垭", "枫渡")


@given(st.integers(0, 5000))
def test_offsets_and_answers_stay(seed: int) -> None:
    varied = vary(GROUP, PLACES, random.Random(seed))
    assert [len(i.text) for i in varied.items] == [len(i.text) for i in GROUP.items]
    assert [i.begin for i in varied.items] == [i.begin for i in GROUP.items]
    for start, end in varied.items[0].spans:
        assert varied.items[0].text[start:end] == "49公里"


@given(st.integers(0, 5000))
def test_names_and_years_are_exchanged_alike(seed: int) -> None:
    varied = _alike(GROUP, PLACES, random.Random(seed))
    answer, other = (item.text for item in varied.items)
    name_at = len(CONTEXT) + 5
    assert varied.question[:2] == answer[:2] == answer[name_at : name_at + 2]
    assert "松垭" not in answer
    assert "枫渡" not in other
    assert years_in(varied.question) <= years_in(answer)
    assert varied.items[0].answers
    assert varied.items[0].spans == (FIGURE,)


@given(st.integers(0, 5000))
def test_a_question_that_misses_is_answered_by_nothing(seed: int) -> None:
    varied = _missed(GROUP, PLACES, random.Random(seed))
    if varied is None:
        return
    assert not any(i.answers or i.spans for i in varied.items)
    texts = "".join(i.text for i in varied.items)
    assert varied.question[:2] not in texts or not years_in(varied.question) & years_in(texts)


def test_years_that_would_not_move_along_stay() -> None:
    group = Group("g", "98年新建多少公里？", (Item("1998年新建5公里。", 0, True, ((7, 10),)),))
    assert _alike(group, (), random.Random(1)) == group
    assert _missed(group, (), random.Random(1)) is None


def test_a_marked_figure_stays_marked() -> None:
    marked = Group("g", QUESTION, (Item(CONTEXT + SENTENCE, len(CONTEXT), True, mark=FIGURE),))
    for varied in (_alike(marked, PLACES, random.Random(1)), _missed(marked, PLACES, random.Random(1))):
        assert varied is not None
        assert "【49公里】" in varied.items[0].read()
