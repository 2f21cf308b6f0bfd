"""The part of a sentence that an answer shows around a figure, and when its period is put in front."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from policyqa.compose import clause_of, nearest_of
from policyqa.evidence import gather, read_figures
from policyqa.findings import Candidate
from policyqa.schema import Document, Hit, Passage


def clause(body: str, text: str) -> str:
    """The clause shown for the figure of that wording in the last sentence of a body."""
    start = body.rfind("。", 0, len(body) - 1) + 1
    passage = Passage("d:0", Document("d", "a.txt", body, signed_on=date(2024, 5, 17)), start, len(body))
    (figure,) = [f for f in read_figures(passage) if f.text == text]
    return clause_of(passage.text, figure)


@pytest.mark.parametrize(
    ("body", "text", "shown"),
    [
        # the year of the sentence or of the one before it belongs to what was done
        ("2023年，新建改建12处，投入资金860万元。", "860万元", "2023年，投入资金860万元"),
        ("2022年工作有进展。新建提灌站9座。", "9座", "2022年，新建提灌站9座"),
        (
            "截至2023年底，建成充电桩281个，其中直流桩104个，全年新增118个。",
            "118个",
            "2023年，其中直流桩104个，全年新增118个",
        ),
        # a row's name says whose cell it is
        ("枫渡县：优良天数345天，比上年增加4天。", "345天", "枫渡县优良天数345天"),
        ("枫渡县：床位120张，护理型床位占比81%。", "81%", "枫渡县护理型床位占比81%"),
        # but not to what a rule gives
        ("养老机构21家（公办6家、民办15家）、床位3560张。", "21家", "养老机构21家"),
        ("养老机构21家（公办6家、民办15家）、床位3560张。", "6家", "养老机构21家（公办6家、民办15家）"),
        ("企业当年获得认定的，单户每年最高30万元。", "最高30万元", "单户每年最高30万元"),
        ("去年开了座谈会。对首次认定的企业奖励50万元。", "50万元", "对首次认定的企业奖励50万元"),
        ("至2025年12月建设的，直流桩按每千瓦300元。", "300元", "直流桩按每千瓦300元"),
        # a rate that a sentence gives for its own year keeps it
        ("2023年，我县低保标准为每人每月620元。", "620元", "2023年，我县低保标准为每人每月620元"),
    ],
)
def test_a_period_is_said_only_where_it_belongs(body: str, text: str, shown: str) -> None:
    assert clause(body, text) == shown


def test_any_sentence_is_nearer_to_a_declined_question_than_the_date_of_a_letter() -> None:
    body = "截至2024年底，助浴点71个。2025年5月12日"
    document = Document("d", "d.txt", body)
    day = Passage("d:15", document, body.index("2025"), len(body), role="tail")
    sentence = Passage("d:0", document, 0, body.index("2025"))
    found = [Candidate(Hit(p, 1.0), gather(p), {"place": 0.0}, 1.0) for p in (day, sentence)]
    elsewhere = replace(found[1], features={"place": -1.0})
    shown = nearest_of([*found, elsewhere])
    assert [c.hit.passage.role for c in shown] == ["body", "tail", "body"]
    assert shown[-1].features["place"] == -1.0
