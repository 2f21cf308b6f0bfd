"""Features of a figure: conditions, aims that stand before it, the part of the year, old values."""

from __future__ import annotations

from datetime import date

import pytest

from policyqa.asked import Asked
from policyqa.evidence import gather
from policyqa.excluded import excluded_by
from policyqa.match import figure_features, nothing_counted
from policyqa.period_fit import figure_part_fit, other_part
from policyqa.plan_fit import figure_plan_fit
from policyqa.question import understand
from policyqa.schema import Document, Passage

TODAY = date(2025, 6, 1)


def features(question: str, sentence: str, feature: str) -> dict[str, float]:
    """A feature of every figure of a sentence, by the figure's wording."""
    document = Document("d", "a.txt", sentence, signed_on=date(2024, 5, 17))
    evidence = gather(Passage("d:0", document, 0, len(sentence)))
    asked = Asked(understand(question, TODAY), {}, {})
    return {f.text: figure_features(asked, evidence, f)[feature] for f in evidence.figures}


def test_all_old_values_of_a_list_are_old() -> None:
    old = features(
        "津贴现在是多少元？", "三个年龄段的津贴由50元、100元、300元分别提高到60元、150元、500元。", "f_from"
    )
    assert {text for text, value in old.items() if value} == {"50元", "100元", "300元"}


def test_a_value_that_another_takes_the_place_of() -> None:
    sentence = "服务费上限每度0.6元，2025年4月1日起下调为0.5元。"
    assert features("服务费上限现在是多少？", sentence, "f_from") == {"0.6元": 1.0, "0.5元": 0.0}
    assert features("服务费下调前是多少？", sentence, "f_from") == {"0.6元": 0.0, "0.5元": 1.0}
    assert features("服务费是多少？", sentence, "f_from") == {"0.6元": 0.0, "0.5元": 0.0}
    sentence = "2023年底登记犬只3.41万只；截至2024年4月底为3.78万只。"
    assert features("登记犬只有多少只了？", sentence, "f_from") == {"3.41万只": 1.0, "3.78万只": 0.0}


def test_the_condition_that_holds_is_preferred() -> None:
    fits = features("住八层补多少元？", "六层及以下每部补助15万元，七层及以上每部补助18万元。", "f_range")
    assert (fits["15万元"], fits["18万元"]) == (-1.0, 1.0)


def test_an_aim_holds_for_the_list_behind_it() -> None:
    sentence = "我们的目标是2024年新建12个、年底总数113个。"
    assert features("2024年底建成了多少个？", sentence, "f_plan")["113个"] < 0


@pytest.mark.parametrize(
    "sentence", ["目标是新建12个，目前已建成9个。", "力争新建12个；全区现有9个。", "新建12个，现有9个。"]
)
def test_what_is_done_is_no_aim(sentence: str) -> None:
    assert features("现在有多少个？", sentence, "f_plan")["9个"] == 0.0


def test_the_month_asked_decides_between_dates() -> None:
    sentence = "今年前4个月又建成5个，截至4月底达到106个，到2024年底达到113个。"
    fits = features("截至2024年4月底有多少个？", sentence, "f_when")
    assert fits["106个"] == 1.0
    assert fits["113个"] == -1.0
    assert set(features("2024年有多少个？", sentence, "f_when").values()) == {0.0}


def test_a_month_of_this_year_is_that_month() -> None:
    sentence = "今年4月底达到106个，去年底有101个。"
    assert features("2024年4月底有多少个？", sentence, "f_when")["106个"] == 1.0
    assert features("2023年底有多少个？", sentence, "f_when")["101个"] == 1.0


def test_the_functions_take_a_figure_without_period() -> None:
    (figure,) = gather(Passage("d:0", Document("d", "a.txt", "共36家"), 0, 4)).figures
    question = understand("2024年上半年有多少家？", TODAY)
    assert figure_part_fit(question, figure) <= 0
    assert figure_plan_fit(question, figure, "", "body") == 0.0


def test_a_share_of_something_is_not_how_much_of_it_there_is() -> None:
    sentence = "老人52.7万人，占常住人口的22.8%。"
    assert features("年末常住人口多少？", sentence, "f_unit")["22.8%"] == -1.0
    assert features("老人占常住人口多少？", sentence, "f_unit")["22.8%"] > -1.0


@pytest.mark.parametrize(
    ("question", "sentence", "other"),
    [
        ("2022年下半年罚了多少件？", "2022年上半年查处1865件。", True),
        ("2024年三季度受理多少件？", "2024年前三季度受理75万件。", True),
        ("2024年三季度受理多少件？", "2024年第三季度受理26万件。", False),
        ("2024年受理多少件？", "2024年前三季度受理75万件。", False),
        ("2024年3月一共受理多少件？", "2024年一季度累计受理16.74万件。", True),
        ("2024年6月受理多少件？", "2024年1—6月累计受理38万件。", True),
        ("2024年3月以来受理多少件？", "2024年一季度累计受理16.74万件。", False),
        ("截至2024年6月底受理多少件？", "2024年上半年受理38万件。", False),
        ("2024年第一季度受理多少件？", "2024年全市受理75万件。", True),
        ("2024年受理多少件？", "2024年全市受理75万件。", False),
        ("2025年全年受理多少件？", "今年一季度受理16.74万件。", True),
        ("2025年一季度受理多少件？", "今年一季度受理16.74万件。", False),
    ],
)
def test_one_half_or_quarter_is_not_another(question: str, sentence: str, other: bool) -> None:
    document = Document("d", "d.txt", sentence, signed_on=date(2025, 1, 10))
    [figure] = gather(Passage("d:0", document, 0, len(sentence))).figures
    assert other_part(understand(question, date(2026, 1, 1)), figure) is other


@pytest.mark.parametrize(
    ("question", "plan"),
    [("2020年发展资金多少？", -0.4), ("2020年发展资金实际多少？", -1.0), ("2020年发展资金预算是多少？", 0.3)],
)
def test_money_set_aside_is_between_plan_and_fact(question: str, plan: float) -> None:
    sentence = "2020年市级安排发展资金420万元。"
    [figure] = gather(Passage("d:0", Document("d", "d.txt", sentence), 0, len(sentence))).figures
    assert figure_plan_fit(understand(question, date(2026, 1, 1)), figure, "", "body") == plan


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        ("鹄湾区有多少茶园？", True),
        ("鹄湾区有多少食堂？", False),
        ("鹄湾区几个人？", False),
        ("多少钱一餐？", False),
    ],
)
def test_what_is_counted_must_be_named(question: str, missing: bool) -> None:
    sentence = "长者食堂鹄湾区38个、石萦区43个。"
    evidence = gather(Passage("d:0", Document("d", "d.txt", sentence), 0, len(sentence)))
    understood = understand(question, date(2026, 1, 1), ("鹄湾",))
    assert nothing_counted(Asked(understood, dict.fromkeys(understood.terms, 0.5), {}), evidence) is missing


def test_what_one_pays_for_each_is_no_share() -> None:
    sentence = "每亩保费60元，财政补贴70%、农户自负30%。"
    assert features("农户自己一亩掏多少？", sentence, "f_unit")["30%"] == -1.0
    assert features("农户自己掏多少？", sentence, "f_unit")["30%"] > -1.0


def test_what_was_done_in_a_year_is_not_all_until_its_end() -> None:
    sentence = "截至2024年底，全市累计加装电梯742部；2024年计划180部，实际完成203部。"
    fits = features("2024年装了多少部电梯？", sentence, "f_aspect")
    assert fits["742部"] < 0 < fits["203部"]
    assert features("2024年底装了多少部电梯？", sentence, "f_aspect")["742部"] >= 0


def test_an_index_answers_what_asks_for_it_alone() -> None:
    sentence = "灌溉水利用系数由2015年的0.561提高到2021年的0.612，灌区15处。"
    assert features("灌溉水利用系数是多少？", sentence, "f_unit")["0.612"] > 0
    assert features("灌区有多少处？", sentence, "f_unit")["0.612"] <= -1.0


def test_what_is_done_among_promises_is_a_fact() -> None:
    sentence = "2023年计划改造候车亭140座，截至5月底已完成63座，其余年底前完工。"
    document = Document("d", "a.txt", sentence, signed_on=date(2023, 6, 28))
    evidence = gather(Passage("d:0", document, 0, len(sentence), role="commitment"))
    question = understand("2023年5月底完成了多少座？", TODAY)
    fits = {f.text: figure_plan_fit(question, f, "", "commitment") for f in evidence.figures}
    assert fits["63座"] == 0.0
    assert fits["140座"] <= -1.0


@pytest.mark.parametrize(
    ("question", "sentence", "nothing"),
    [
        ("一座厕所一个月用掉多少纸钱？", "每座月均费用1150元。", False),
        ("公交平均隔几分钟一班了？", "平均发车间隔7.8分钟。", False),
        ("创业最多能贷几万块？", "担保贷款个人最高20万元。", False),
        ("全市有多少茶园？", "食堂428家。", True),
    ],
)
def test_money_and_how_often_are_nothing_that_is_counted(question: str, sentence: str, nothing: bool) -> None:
    document = Document("d", "d.txt", sentence)
    asked = Asked(understand(question, TODAY), {"茶园": 1.0, "纸钱": 1.0, "一班": 1.0, "万块": 1.0}, {})
    assert nothing_counted(asked, gather(Passage("d:0", document, 0, len(sentence)))) is nothing


def test_the_year_of_the_letter_that_says_it_is_no_year_of_the_figure() -> None:
    sentence = "2023年农户6300户。"  # the letter is of 2024
    assert features("2024年答复里说的农户有几户", sentence, "f_period") == {"6300户": 0.5}
    assert features("2024年农户有几户", sentence, "f_period") == {"6300户": -1.0}


def test_what_the_question_says_itself_answers_nothing() -> None:
    sentence = "今年计划安排七百多万人就业。"
    document = Document("d", "a.txt", sentence, signed_on=date(2024, 5, 17))
    evidence = gather(Passage("d:0", document, 0, len(sentence)))
    for question, out in (("安排七百多万人就业，其中女的多少人", True), ("安排多少人就业", False)):
        asked = Asked(understand(question, TODAY), {}, {})
        (figure,) = evidence.figures
        assert excluded_by(asked, figure, figure_features(asked, evidence, figure), evidence) is out


def test_a_number_is_repeated_whatever_it_is_counted_in() -> None:
    sentence = "全年共批准中外合资企业七百四十一个。"
    echo = features("批的那741家合资企业，合同外资多少", sentence, "f_echo")
    assert echo == {"七百四十一个": 1.0}
