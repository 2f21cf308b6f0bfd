"""The figures of several kinds, or their sum, from one sentence."""

from __future__ import annotations

import pytest
from one_sentence import computed_from, proved_short

from policyqa.kinds import answer

RENTS = "人才租房补贴博士每月1800元、硕士每月1000元、本科每月600元、大专每月400元。"


@pytest.mark.parametrize(
    ("text", "sentence", "short"),
    [
        (
            "助餐点建设补助中心厨房、社区食堂、配送点分别给多少？",
            "助餐点建设补助中心厨房每个20万元、社区食堂每个8万元、配送型助餐点每个2万元。",
            "20万元；8万元；2万元",
        ),
        ("人才租房补贴博士硕士本科每月各给多少？", RENTS, "1800元；1000元；600元"),
        ("人才租房补贴本科和博士各给多少？", RENTS, "600元；1800元"),  # in the order asked
        (
            "道路养护县道乡道村道各给多少？",
            "道路养护县道1万元、乡道5000元、村道3000元。",
            "1万元；5000元；3000元",
        ),
        (
            "盈利、持平、亏损食堂各几家？",
            "食堂盈利的58家，持平的71家，亏损的102家，亏损面44.2%。",
            "58家；71家；102家",
        ),
        ("水管员补助市县各担多少？", "水管员补助市级负担50元、县级负担100元。", "50元；100元"),
        (
            "公办托育和普惠民办每月最高收多少？",
            "公办托育机构每月不超过1800元，普惠民办机构每月不超过2400元。",
            "不超过1800元；不超过2400元",
        ),
        (
            "县道乡道村道各多少公里？",
            "县道、乡道、村道分别为930公里、2150公里、3740公里。",
            "930公里；2150公里；3740公里",
        ),
        (
            "家庭医生服务多少万人、签约率和重点人群签约率？",
            "家庭医生服务91.4万人，签约率31.9%，重点人群签约率76.2%。",
            "91.4万人；31.9%；76.2%",
        ),
    ],
)
def test_each_kind_is_given_its_figure(text: str, sentence: str, short: str) -> None:
    assert proved_short(answer, text, sentence) == short


@pytest.mark.parametrize(
    ("text", "sentence", "short"),
    [
        ("托育建设补助和运营补助一共兑付多少？", "托育兑付建设补助2168万元、运营补助843万元。", "3011万元"),
        (
            "河道治理截污管网加清淤花了多少亿？",
            "河道治理截污管网3.92亿元、清淤1.47亿元、生态修复0.88亿元。",
            "5.39亿元",
        ),
        ("外贸进口和出口一共多少亿元？", "进出口总额52.8亿元，其中出口44.1亿元、进口8.7亿元。", "52.8亿元"),
        ("城区助餐点加农村助餐点多少个？", "助餐点150个，其中城区87个、农村61个。", "148个"),
    ],
)
def test_their_sum_is_computed(text: str, sentence: str, short: str) -> None:
    assert proved_short(answer, text, sentence) == short


def test_a_sum_that_is_told_is_given_as_it_stands() -> None:
    sentence = "幼儿园64家，其中公办园25家、民办园39家。"
    assert proved_short(answer, "公办园和民办园一共多少家？", sentence) == "64家"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("人才租房补贴博士多少？", RENTS),  # one kind
        ("人才租房补贴博士、硕士和中专各给多少？", RENTS),  # one of them is not there
        ("人才租房补贴博士硕士中专各给多少？", RENTS),
        ("人才租房补贴博士和硕士差多少？", RENTS),  # a comparison
        ("人才租房补贴博士和硕士各多少，领多久？", RENTS),  # something else as well
        ("配送点补助和运营补助各多少？", "中心厨房每个补助20万元、社区食堂每个补助8万元。"),  # 补助 is both
        ("建设补助和运营补助各多少？", "甲区建设补助5万元、运营补助3万元，乙区建设补助4万元。"),  # of whom?
        ("公办园和民办园各收多少钱？", "公办园25家、民办园39家。"),  # of another unit
        ("县道和乡道养护一共多少钱？", "养护县道每公里1万元、乡道每公里5000元。"),  # for one each
    ],
)
def test_nothing_else_is_given(text: str, sentence: str) -> None:
    assert computed_from(answer, text, sentence) is None
