"""A standard applied to a case: the quantity of the question, the standard of one sentence."""

from __future__ import annotations

import pytest
from one_sentence import computed_from, proved_short

from policyqa.applied import answer
from policyqa.ground import checked

PILES = (
    "充电桩直流桩每千瓦200元，交流桩每千瓦60元，单个场站不超过50万元；"
    "设在乡镇以下的，直流桩提高到每千瓦260元。"
)
DOCTORS = "工作满10年的离岗村医，每月补助标准按工作年限每年20元计算。"
EQUIPMENT = "技改设备投资500万元以上的，按8%补助，最高300万元。"
TIERS = "技改设备投资200万元以上的，按5%补助；技改设备投资1000万元以上的，按10%补助。"
CANTEENS = "中心厨房每个20万元、社区食堂每个8万元：验收合格后付七成，运营满一年再付三成。"


@pytest.mark.parametrize(
    ("text", "sentence", "short"),
    [
        ("建一个120千瓦直流桩能补多少？", PILES, "2.4万元"),
        ("充电80万度，运营补助能拿多少？", "充电的运营补助标准为每千瓦时0.1元。", "8万元"),
        ("培训20个中级工一共补多少钱？", "中级工培训补助1920元/人。", "3.84万元"),
        ("参加培训20天，另外的生活费补贴一共多少？", "参加培训的另给予每人每天50元生活费补贴。", "1000元"),
        ("建一个40千瓦的交流桩补多少钱？", PILES, "2400元"),
        ("干了25年的离岗村医每月补多少钱？", DOCTORS, "500元"),
        ("种20亩油茶能补多少？", "新造油茶每亩补300元。", "6000元"),
        ("种2公顷油茶能补多少？", "新造油茶每亩补300元。", "9000元"),
        ("种20亩油茶能补多少？", "新造油茶补助1500元/亩。", "3万元"),
        ("种20亩油茶能补多少？", "新造油茶补助由每亩200元提高到300元。", "6000元"),
        ("复垦后种两季20亩能补多少？", "复垦后种一季的每亩200元、两季的每亩350元，都补助。", "7000元"),
        (
            "脱贫户换满50只蜂箱能补多少？",
            "新式活框蜂箱每只补助120元，每户最多补助50只；脱贫户每只补助200元。",
            "1万元",
        ),
        ("装6台电梯补多少万元？", "加装电梯每部补助15万元。", "90万元"),
        ("买了800万设备做技改能补多少？", EQUIPMENT, "64万元"),
        ("买了300万设备做技改能补多少？", TIERS, "15万元"),
        ("买了2000万设备做技改能补多少？", TIERS, "200万元"),
        ("社区食堂刚验收合格，能先拿多少补助？", CANTEENS, "5.6万元"),
        ("乡镇建一个120千瓦直流桩能补多少？", PILES, "3.12万元"),
        ("装一个60千瓦的超充桩补多少？", "新建公共快充桩每千瓦补150元，超充每千瓦补300元。", "1.8万元"),
        (
            "干了20年的村医退岗每月补多少？",
            "村医退岗补助由每服务一年每月15元提高到每服务一年每月20元。",
            "400元",
        ),
        ("三年能拿到产业资金共多少？", "每年注入产业资金15万元，连续三年。", "45万元"),
    ],
)
def test_a_standard_is_applied_to_what_the_question_gives(text: str, sentence: str, short: str) -> None:
    assert proved_short(answer, text, sentence) == short


def test_no_more_is_given_than_the_limit_of_the_same_sentence() -> None:
    found = computed_from(answer, "买了5000万设备做技改能补多少？", EQUIPMENT)
    assert found is not None
    assert found.short == "300万元"
    assert "5000万元 × 8% = 400万元" in found.text
    assert checked(found) == found


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("油茶一亩补多少？", "新造油茶每亩补300元。"),  # the standard itself is asked
        ("种20亩油茶，每亩补多少？", "新造油茶每亩补300元。"),
        ("2024年油茶补多少？", "新造油茶每亩补300元。"),  # a year is no quantity
        ("65岁以上的老人补多少？", "老人每岁补3元。"),  # nor is a bound
        ("20亩油茶补了多少？", "新造油茶每亩补300元。"),  # what was paid is no standard applied
        ("买了300万设备做技改能补多少？", EQUIPMENT),  # too little for it
        ("买了2000万设备做技改能补多少？", TIERS.replace("；技改设备", "；软件")),
        ("贷了100万买设备能补多少？", "购置设备的，按贷款利息的50%补助。"),  # a share of something else
        ("建120千瓦的桩能补多少？", "直流桩每千瓦200元，交流桩每千瓦60元。"),  # which of them is open
        ("种20亩油茶补多少？", "油茶每亩保费25元。"),  # what is paid, not what is given
        ("养20头牛补多少？", "养牛每头每年补500元。"),  # for how long is open
        ("停车停3小时要多少钱？", "停车首小时5元，之后每小时2元。"),  # not alike for each hour
        ("干了35年的村医每月补多少？", "村医每月每工作一年补20元，最多按30年算。"),  # more than counts
        ("二级园30个托位补多少？", "一级、二级园托位每个分别补500元、400元。"),
        ("种20亩油茶能补多少？", "油茶每亩补助200元，山区的提高到300元。"),  # where is not told
        (
            "种20亩油茶能补多少？",
            "油茶每亩补助200元，其中市级100元、县级100元，由市级另奖每亩50元，共计4000元。",
        ),
        ("建10个60千瓦的直流桩能补多少？", PILES),
        ("助餐点运营满三年能奖多少？", "助餐点运营每年奖2万元。"),  # each year's need not add up
        ("助餐点三年发放补贴共多少？", "助餐点每年补2万元。"),  # what was spent on all is a fact
        ("养3个孩子能补多少？", "养孩子每人补500元。"),  # of what there are 3 is not plain
        ("种20亩油茶能补多少？", "油茶每亩最高补300元。"),  # a limit is no standard
        (
            "食堂刚验收合格，能先拿多少补助？",
            CANTEENS.replace("社区食堂", "助餐食堂").replace("中心厨房", "中心食堂"),
        ),
    ],
)
def test_what_is_not_plain_is_not_computed(text: str, sentence: str) -> None:
    assert computed_from(answer, text, sentence) is None
