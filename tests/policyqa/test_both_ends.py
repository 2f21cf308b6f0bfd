"""The years of an earlier and a later value in one sentence."""

from __future__ import annotations

import pytest

from policyqa.evidence import read_figures
from policyqa.schema import Document, Passage


def _years(text: str) -> list[tuple[str, tuple[int, ...]]]:
    document = Document("d", "d.txt", text, title="2003年政府工作报告")
    found = read_figures(Passage("p", document, 0, len(text), ()))
    return [(figure.text, figure.years) for figure in found if figure.unit != "年"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "公路由1997年的123万公里增加到2002年的176万公里，其中高速公路由4771公里增加到2.52万公里。",
            [("123万公里", (1997,)), ("176万公里", (2002,)), ("4771公里", (1997,)), ("2.52万公里", (2002,))],
        ),
        (
            "一九七八年到一九八二年，医院床位由185万张增加到205万张。",
            [("185万张", (1978,)), ("205万张", (1982,))],
        ),
        ("过去五年，农村贫困人口由4960万人减少到2820万人。", [("4960万人", (1998,)), ("2820万人", (2002,))]),
        ("2002年，床位由185万张增加到205万张。", [("185万张", (2002,)), ("205万张", (2002,))]),
    ],
)
def test_each_end_has_its_year(text: str, expected: list[tuple[str, tuple[int, ...]]]) -> None:
    assert _years(text) == expected
