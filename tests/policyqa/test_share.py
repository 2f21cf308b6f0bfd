"""What share a part has of its whole, computed from one sentence."""

from __future__ import annotations

import pytest
from one_sentence import computed_from, proved_short

from policyqa.share import answer

SCHOOLS = "分区县看，砚东区41所中开放36所，砚西区44所中开放27所。"
DOGS = "收容中心累计收容犬只5310只，其中社会领养1874只、无害化处理96只。"

CALLS = "全市接报涉犬警情2146起，同比下降11.7%，其中犬吠扰民1302起、犬只伤人387起、其他457起。"


@pytest.mark.parametrize(
    ("text", "sentence", "short"),
    [
        ("砚东区开放的学校占百分之几？", SCHOOLS, "87.8%"),
        ("砚西区开放的学校占几成？", SCHOOLS, "61.4%"),
        ("收容的犬只有几成被社会领养？", DOGS, "35.3%"),
        ("收容犬只的领养率是多少？", DOGS, "35.3%"),
        ("涉犬警情里犬只伤人占百分之几？", CALLS, "18%"),
        ("改造的场站里充电站占百分之几？", "公交场站36座，今年改造场站12座，其中充电站9座。", "75%"),
    ],
)
def test_the_share_follows_from_part_and_whole(text: str, sentence: str, short: str) -> None:
    assert proved_short(answer, text, sentence) == short


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("收容的犬只有几只被领养？", DOGS),  # no share
        ("收容犬只的免疫率是多少？", DOGS),  # of no part that is named
        ("砚东区开放的学校占百分之几？", "砚东区有学校41所，今年新开放36所。"),  # no part of it
        ("开放的学校占百分之几？", "学校41所，其中开放场地36处。"),  # of another unit
        ("领养的犬只占百分之几？", "收容犬只5310只，增长12%，其中领养增长8%。"),
    ],
)
def test_nothing_else_is_computed(text: str, sentence: str) -> None:
    assert computed_from(answer, text, sentence) is None
