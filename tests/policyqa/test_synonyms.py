"""Words that mean the same, and words that say nothing."""

from __future__ import annotations

import pytest

from policyqa.stop_words import STOP_WORDS
from policyqa.synonyms import expand


@pytest.mark.parametrize(
    ("term", "other"),
    [
        ("规上", "规模以上"),
        ("规模以上", "规上"),
        ("社零", "社会消费品零售总额"),
        ("技改", "技术改造"),
        ("高企", "高新技术企业"),
        ("经信委", "经济和信息化委员会"),
        ("充电桩", "充电设施"),
        ("翻新", "改造"),
    ],
)
def test_a_term_has_its_other_names(term: str, other: str) -> None:
    assert other in expand(term)


def test_a_term_comes_first_among_its_names_and_only_once() -> None:
    names = expand("改造")
    assert names[0] == "改造"
    assert len(set(names)) == len(names)


def test_a_term_without_other_names_is_alone() -> None:
    assert expand("页岩气") == ("页岩气",)


@pytest.mark.parametrize("word", ["页岩气", "养老", "企业", "投资", "学位", "电梯"])
def test_words_of_a_topic_are_no_stop_words(word: str) -> None:
    assert word not in STOP_WORDS
