"""What two opposite figures of one sentence come to."""

from __future__ import annotations

import pytest
from one_sentence import computed_from, proved_short

from policyqa.balance import answer


@pytest.mark.parametrize(
    ("text", "sentence", "short"),
    [
        ("2024年助餐点净增几个？", "助餐点2024年新设37个、停办11个，年末实有196个。", "26个"),
        (
            "大桥2022年收支差多少？",
            "大桥2022年通行费收入1.34亿元，支出（含还本、养护）1.29亿元。",
            "0.05亿元",
        ),
        ("2024年外贸顺差多少亿元？", "2024年外贸出口168.5亿元，进口46.3亿元。", "122.2亿元"),
        (
            "2024年外贸顺差多少亿元？",
            "2024年外贸总额213.9亿元，其中出口168.3亿元，增长2.2%；进口45.6亿元，下降13.4%。",
            "122.7亿元",
        ),
        (
            "专精特新企业2024年净增几家？",
            "新认定专精特新企业52家，复核未通过退出14家，年末213家；新增小巨人企业4家。",
            "38家",
        ),
        ("规上企业2024年净增多少家？", "年末规上企业683家，全年新升规61家、退出23家。", "38家"),
        ("全年自然增长人口多少？", "全年出生人口1.53万人，死亡人口1.98万人。", "0.45万人"),
        ("全年自然减少人口多少？", "全年出生人口1.53万人，出生率6.2‰；死亡人口1.98万人。", "0.45万人"),
    ],
)
def test_the_balance_follows_from_both_sides(text: str, sentence: str, short: str) -> None:
    assert proved_short(answer, text, sentence) == short


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("2024年助餐点新设几个？", "助餐点2024年新设37个、停办11个。"),  # no balance is asked
        ("2024年助餐点净增几个？", "助餐点2024年新设37个，年末实有196个。"),  # one side alone
        ("2024年助餐点净增几个？", "助餐点2024年新设37个、停办床位11张。"),  # of another unit
        ("2024年外贸顺差多少亿元？", "2024年外贸出口增长8.5%，进口下降3.1%。"),  # rates have no balance
        ("2024年助餐点净增几个？", "助餐点停办11个；新设充电桩37个。"),  # of different things
        ("自然增长率多少？", "全年出生人口1.53万人，死亡人口1.98万人。"),  # a rate is asked
        ("2024年路灯净增几盏？", "助餐点2024年新设37个、停办11个。"),  # of something else
    ],
)
def test_nothing_else_is_computed(text: str, sentence: str) -> None:
    assert computed_from(answer, text, sentence) is None
