"""The value of an earlier year, computed from a later one and the change since."""

from __future__ import annotations

import pytest
from one_sentence import computed_from, proved_short

from policyqa.earlier import answer


@pytest.mark.parametrize(
    ("text", "sentence", "short"),
    [
        ("2023年过夜游客占比多少？", "2024年过夜游客占比28.4%，比2023年提高2.1个百分点。", "26.3%"),
        ("2022年公交补贴多少亿元？", "2023年公交补贴2.87亿元，比2022年多3100万元。", "2.56亿元"),
        ("2023年助餐点有几个？", "2024年末助餐点386个，比上年增加127个。", "259个"),
        ("2023年底公共充电桩多少个？", "2024年末公共充电桩4870个，当年新增1750个。", "3120个"),
        ("2023年地质灾害隐患几处？", "2024年地质灾害隐患615处，比上年减少47处。", "662处"),
        ("2022年环境案件几起？", "2023年环境案件58起，罚款693万元，比2022年少11起、少84万元。", "69起"),
        (
            "2022年环境案件罚款多少？",
            "2023年环境案件58起，罚款693万元，比2022年少11起、少84万元。",
            "777万元",
        ),
        (
            "2022年优良天数比例多少？",
            "2023年浓度27微克，优良天数比例91.8%，较2022年分别下降2微克、上升1.4个百分点。",
            "90.4%",
        ),
        ("2023年末工业企业几家？", "2024年工业企业742家，净增41家。", "701家"),
        (
            "2021年暴雨平均退水多少小时？",
            "2023年“7·22”暴雨平均退水时间2.6小时，比2021年“8·09”暴雨缩短1.9小时。",
            "4.5小时",
        ),
        ("2024年二季度超期几件？", "2024年三季度超期3707件，较二季度减少612件。", "4319件"),
        (
            "全省人均体育场地面积多少？",
            "人均体育场地面积2.74平方米，比上年增加0.13平方米，但仍比全省平均水平低0.21平方米。",
            "2.95平方米",
        ),
    ],
)
def test_the_earlier_value_follows(text: str, sentence: str, short: str) -> None:
    assert proved_short(answer, text, sentence) == short


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("2022年助餐点有几个？", "2024年末助餐点386个，比上年增加127个。"),  # of another year
        ("2023年助餐点有几个？", "2024年末助餐点386个，增长12%。"),  # a rate needs more than a sum
        ("2023年助餐点有几个？", "2024年末养老床位386个，比上年增加127个。"),  # of something else
        ("2023年助餐点增加了几个？", "2024年末助餐点386个，比上年增加127个。"),  # the change itself is asked
        ("2023年助餐点有几个？", "2024年建成助餐点386个，当年新增127个。"),  # no stock at a year's end
        ("2023年床位有多少张？", "2024年新增床位300张，比上年多50张。"),  # those that were new
        ("2022年学校午餐覆盖率多少？", "2023年学校午餐14.9万人，比2022年多3.2万人。"),  # no rate
        ("2023年助餐点有几个？", "2024年末助餐点386个；全市比上年增加127个床位。"),  # not behind the value
        ("2024年一季度超期几件？", "2024年三季度超期3707件，较二季度减少612件。"),  # of another quarter
        ("2024年超期几件？", "2024年三季度超期3707件，较二季度减少612件。"),  # of a quarter, not the year
        ("全国人均体育场地面积多少？", "人均体育场地面积2.74平方米，比全省平均水平低0.21平方米。"),
    ],
)
def test_nothing_else_is_computed(text: str, sentence: str) -> None:
    assert computed_from(answer, text, sentence) is None
