"""What is left of a whole, computed from one sentence."""

from __future__ import annotations

import pytest
from one_sentence import computed_from, proved_short

from policyqa.rest import all_but, answer


@pytest.mark.parametrize(
    ("text", "sentence", "short"),
    [
        ("没通过的申报有几项？", "收到申报318项，通过247项，拨付2.38亿元。", "71项"),
        ("没投产的茶园多少万亩？", "全县茶园面积12.4万亩，其中投产茶园10.1万亩。", "2.3万亩"),
        ("拖欠的账款还剩多少亿元？", "拖欠账款4.62亿元，全年清偿3.95亿元。", "0.67亿元"),
        ("茶园里还不能采的有几万亩？", "全县茶园31.7万亩，其中可采茶园27.4万亩。", "4.3万亩"),
        (
            "砚西区还有几处积水点没整治？",
            "排查积水点64处，其中砚东区29处、砚西区14处；完成整治47处，其中砚东区23处、砚西区8处。",
            "6处",
        ),
        ("山茶油抽检不合格几批次？", "抽检山茶油212批次，合格204批次。", "8批次"),
        (
            "还有多少护理员没拿到职业技能等级证书？",
            "共有养老护理员796人，其中持有职业技能等级证书的512人。",
            "284人",
        ),
        ("还有多少辆公交车不是新能源的？", "公交车1163辆中新能源车1008辆。", "155辆"),
        ("管网还有多少公里没换？", "计划更新管网1260公里，已完成742公里；户表11.8万户。", "518公里"),
        ("路内泊位取消320个后还剩几个泊位？", "古城现有路内泊位860个，周边停车楼泊位610个。", "540个"),
        ("公厕投入区县出多少万元？", "公厕投入3860万元，其中市级1540万元，其余由区县承担。", "2320万元"),
        (
            "运营成本里航运公司自己贴了多少万元？",
            "运营成本2380万元，经营收入716万元，其中票款412万元，财政补贴1350万元，其余由航运公司自行承担。",
            "314万元",
        ),
        ("外贸进口多少亿元？", "外贸进出口总额214.8亿元，下降3.6%，其中出口168.5亿元。", "46.3亿元"),
    ],
)
def test_what_is_left_follows_from_whole_and_part(text: str, sentence: str, short: str) -> None:
    assert proved_short(answer, text, sentence) == short


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("通过的申报有几项？", "收到申报318项，通过247项。"),  # not what is left
        ("民办养老机构几家？", "养老机构共98家，其中公办41家。"),  # there may be others
        ("没通过的申报有几项？", "通过申报247项。"),  # no whole
        (
            "旧改除了中央资金和专项债，别的还有几亿元？",
            "旧改总投资4.9亿元，其中专项债1.8亿元。",
        ),  # a part is missing
        ("没通过的申报有几项？", "投资318万元，通过申报247项。"),  # of another unit
        ("没通过的申报有几项？", "申报增长12%，通过率8%。"),  # shares
        ("没通过的路灯有几盏？", "收到申报318项，通过247项。"),  # of something else
    ],
)
def test_nothing_else_is_computed(text: str, sentence: str) -> None:
    assert computed_from(answer, text, sentence) is None


@pytest.mark.parametrize(
    ("text", "sentence", "short"),
    [
        (
            "旧改除了中央资金和专项债，别的还有几亿元？",
            "旧改总投资4.9亿元，其中中央资金1.37亿元、专项债券1.8亿元。",
            "1.73亿元",
        ),
        (
            "涉犬警情除掉扰民和伤人还剩多少起？",
            "涉犬警情3862起，其中犬吠扰民2391起、犬只伤人647起。",
            "824起",
        ),
        ("2024年票款以外的经营收入是多少？", "经营收入716万元，其中票款412万元。", "304万元"),
        (
            "闲置校舍刨去改养老的和鉴定不合格的还剩几处？",
            "闲置校舍83处，已改作养老用途12处；另有29处房屋安全鉴定不合格。",
            "42处",
        ),
        ("犬只伤人警情城区以外有多少起？", "接报犬只伤人警情618起，其中城区402起。", "216起"),
    ],
)
def test_what_a_whole_holds_beside_its_parts(text: str, sentence: str, short: str) -> None:
    assert proved_short(all_but, text, sentence) == short
    assert computed_from(answer, text, sentence) is None
