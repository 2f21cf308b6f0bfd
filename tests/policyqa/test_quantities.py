"""The quantities that a question itself gives."""

from __future__ import annotations

import pytest

from policyqa.quantities import quantities


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("建一个120千瓦直流桩能补多少", ["120千瓦"]),
        ("买了800万设备能补多少", ["800万元"]),
        ("投了2个亿能奖多少", ["2亿元"]),
        ("三百万块钱的设备补多少", ["三百万元"]),
        ("500块钱的保费自己掏多少", ["500元"]),
        ("干了25年的村医补多少", ["25年"]),
        ("种20亩油茶补多少", ["20亩"]),
        ("2024年补多少", []),
        ("60岁以上的补多少", []),
        ("投100多万的民宿补几个点", []),
        ("三年级的学生补多少", []),
        ("前3名奖多少", []),
        ("第031号提案说补多少", []),
        ("占30%的补多少", []),
    ],
)
def test_plain_amounts_are_quantities(question: str, found: list[str]) -> None:
    assert [figure.text for figure in quantities(question)] == found
