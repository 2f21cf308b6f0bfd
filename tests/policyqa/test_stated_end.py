"""Which district a sentence itself calls the first or last."""

from __future__ import annotations

from datetime import date

import pytest

from policyqa.asked import Asked
from policyqa.evidence import gather
from policyqa.question import understand
from policyqa.schema import Document, Passage
from policyqa.stated_end import stated_end

GROWTH = "分地区看，甲河区521.7亿元、丙林县176.9亿元，增速最快的是乙水区（6.8%），最慢的是丙林县（3.7%）。"
WATER = "甲河区普及率超过97%，乙水县86.3%，丙林县最低，为84.9%。"
MEALS = "甲河区112个，数量居全市首位；丙林县29个，为全市最少。"


def _found(text: str, end: str, sentence: str, ratio: bool) -> tuple[str, str]:
    question = understand(text, date(2025, 6, 1))
    asked = Asked(question, dict.fromkeys(question.terms, 0.5), {})
    evidence = gather(Passage("p", Document("d", "d.txt", sentence, document_type="reply"), 0, len(sentence)))
    found = stated_end(asked, end, evidence, ratio)  # type: ignore[arg-type]
    return ("", "") if found is None else (found.name, found.figure.text if found.figure else "")


@pytest.mark.parametrize(
    ("text", "end", "sentence", "ratio", "found"),
    [
        ("增速最慢", "least", GROWTH, True, ("丙林县", "3.7%")),
        ("增速最快", "most", GROWTH, True, ("乙水区", "6.8%")),
        ("普及率最低", "least", WATER, True, ("丙林县", "84.9%")),
        ("普及率最高", "most", WATER, True, ("", "")),
        ("助餐点最多", "most", MEALS, False, ("甲河区", "112个")),
        ("助餐点最少", "least", MEALS, False, ("丙林县", "29个")),
        ("小区最多", "most", "老旧小区最多，为112个。", False, ("", "")),
    ],
)
def test_the_end_that_a_sentence_names(
    text: str, end: str, sentence: str, ratio: bool, found: tuple[str, str]
) -> None:
    assert _found(text, end, sentence, ratio) == found
