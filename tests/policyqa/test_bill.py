"""What several cost together, from a count and a price of one sentence."""

from __future__ import annotations

import pytest
from one_sentence import computed_from, proved_short

from policyqa.bill import answer


@pytest.mark.parametrize(
    ("text", "sentence", "short"),
    [
        ("更新渡船12艘，全补下来得多少钱？", "年底前更新渡船12艘，每艘补助18万元。", "216万元"),
        ("电动游船总共要花多少钱？", "同意购置电动游船4艘，单价约380万元。", "约1520万元"),
        ("买4条电动游船总共要花多少钱？", "同意购置电动游船4艘，单价约380万元。", "约1520万元"),
    ],
)
def test_all_of_them_cost_as_much_as_each_times_their_number(text: str, sentence: str, short: str) -> None:
    assert proved_short(answer, text, sentence) == short


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("电动游船每艘多少钱？", "同意购置电动游船4艘，单价约380万元。"),  # the price itself
        ("买6艘电动游船总共要花多少钱？", "同意购置电动游船4艘，单价约380万元。"),  # another number
        ("电动游船总共要花多少钱？", "购置电动游船4艘，单价约380万元，总投资1600万元。"),  # told
        ("渡船一共补多少钱？", "更新渡船12艘、码头3处，每辆补助18万元。"),  # of what is not plain
        ("渡船一共补多少钱？", "更新渡船12艘；每艘补助18万元。"),  # may be of others
    ],
)
def test_nothing_is_multiplied_where_that_is_not_plain(text: str, sentence: str) -> None:
    assert computed_from(answer, text, sentence) is None
