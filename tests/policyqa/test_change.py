"""By how much something changed, from the two values that one sentence gives."""

from __future__ import annotations

import pytest
from one_sentence import computed_from, proved_short

from policyqa.change import answer


@pytest.mark.parametrize(
    ("text", "sentence", "short"),
    [
        ("望岭隧道造价涨了几千万？", "望岭隧道因地质条件复杂、造价由1.8亿元升到2.7亿元。", "0.9亿元"),
        ("噪声监测点2025年要加几个？", "市区布设噪声监测点18个，2025年增至26个。", "8个"),
        ("慢特病病种扩大了几种？", "慢特病病种由2023年的32种扩大到2024年的38种。", "6种"),
        ("2024年床位增加了几张？", "床位由2023年的32张增加到2024年的38张。", "6张"),
        ("办理时限压缩了几天？", "办理时限从20天压缩至12天。", "8天"),
        ("供水保证率提高了多少？", "供水保证率由88%提高到95%。", "7个百分点"),
        ("助浴点一年多了多少个？", "助浴点由46个增至71个。", "25个"),
        ("等待时间缩短了多少？", "平均等待时间由去年同期的18秒降至12秒。", "6秒"),
        ("牵引绳缩短了多少？", "遛犬须牵领，牵引绳不超过1.5米（旧规定为2米）。", "约0.5米"),
        (
            "登记费首年比老规定便宜多少？",
            "首年登记费200元，次年起100元；旧规定首年500元，次年起300元。",
            "300元",
        ),
        ("2023年产值比上年多几亿元？", "2023年产值11.7亿元，较上年的10.8亿元增长8.3%。", "0.9亿元"),
        ("运维补助新标准是老标准的几倍？", "运维补助由每处每年3000元提高到4800元。", "1.6倍"),
        ("免费供纸的公厕比2022年多了多少座？", "免费供纸的公厕由2022年的112座扩至151座。", "39座"),
    ],
)
def test_the_change_follows_from_both_values(text: str, sentence: str, short: str) -> None:
    assert proved_short(answer, text, sentence) == short


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("慢特病病种多少种？", "慢特病病种由32种扩大到38种。"),  # no change is asked
        ("慢特病病种扩大了几种？", "慢特病病种由32种扩大到38种，新增6种。"),  # it is told
        ("慢特病病种新增多少种？", "慢特病病种由32种扩大到38种。"),  # new ones may be others
        ("慢特病病种扩大了几种？", "慢特病病种32种；床位增至38张。"),  # of different things
        ("慢特病病种扩大了几种？", "慢特病病种32种，特药38种。"),  # nothing became anything
        ("慢特病病种扩大了几种？", "慢特病病种扩大，床位由32张增至38张。"),  # of another unit
        ("2024年床位增加了几张？", "床位由2021年的32张增加到2024年的38张。"),  # of more years than asked
        ("路灯增加了多少盏？", "慢特病病种由32种扩大到38种。"),  # of something else
    ],
)
def test_nothing_else_is_computed(text: str, sentence: str) -> None:
    assert computed_from(answer, text, sentence) is None
