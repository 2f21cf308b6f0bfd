"""What a question takes for granted, and what of a sentence is beside it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import pytest

from policyqa.beside import (
    no_price,
    of_before,
    of_one_district,
    of_several,
    of_the_case,
    only_added,
    only_changed,
    only_reached,
    opposed,
    other_name,
    other_side,
    other_site,
    other_tier,
    other_way,
    part_of_sum,
    per_head,
)
from policyqa.dates import find_dates
from policyqa.figures import find_figures
from policyqa.indicators import describe
from policyqa.other_day import given_up, other_day, signing_day
from policyqa.period_fit import other_part
from policyqa.plan_fit import figure_plan_fit
from policyqa.positions import pair_names
from policyqa.premise import foretold, no_grounds, not_yet, planned_only, unsupported
from policyqa.question import Question, understand
from policyqa.schema import Document, Figure
from policyqa.speaker import asker_says
from policyqa.text import fold

TODAY = date(2026, 3, 1)


@pytest.mark.parametrize(
    ("question", "left"),
    [
        ("考核得B档的补助多少", ["2万元"]),
        ("考核得c档的补助多少", ["1万元"]),
        ("补助多少", ["3万元", "2万元", "1万元"]),
        ("A档和B档各补助多少", ["3万元", "2万元", "1万元"]),
        ("D档补助多少", ["3万元", "2万元", "1万元"]),
    ],
)
def test_the_figure_of_another_tier_is_beside_the_question(question: str, left: list[str]) -> None:
    sentence = "补助按考核结果分A、B、C三档，分别为3万元、2万元、1万元"
    figures = pair_names(fold(sentence), find_figures(sentence))
    asked = understand(question, TODAY)
    assert [f.text for f in figures if not other_tier(asked, f, figures)] == left


def test_the_sum_of_several_places_is_not_that_of_one() -> None:
    sentence = "甲区、乙区、丙县合计3060个；三县中丁县340个。"
    together, alone = find_figures(sentence)
    assert of_several(("甲",), together)
    assert not of_several(("甲", "乙", "丙"), together)
    assert not of_several(("戊",), together), "of none of them"
    assert not of_several(("丁",), alone)


def test_what_was_done_in_a_later_year_is_not_known_yet() -> None:
    plan = Document("p", "p", "", signed_on=date(2024, 4, 15))
    assert foretold(understand("2025年底实际建成多少个？", TODAY), plan)
    assert not foretold(understand("2025年要建多少个？", TODAY), plan)
    assert not foretold(understand("2023年底实际建成多少个？", TODAY), plan)


def test_the_day_of_signing_is_no_other_day() -> None:
    (day,) = find_dates("2024年6月14日")
    assert signing_day(understand("专属医院什么时候开工", TODAY), day, "2024年6月14日", "tail")
    assert not signing_day(understand("专属医院什么时候开工", TODAY), day, "2024年6月14日", "body")
    assert not signing_day(understand("这份答复是什么时候写的", TODAY), day, "2024年6月14日", "tail")
    invited = "欢迎您在柚子采收季（10月下旬至11月）到直播间现场指导，上述意见如有不妥，请您批评指正。"
    season = next(iter(find_dates(invited)))
    assert not signing_day(understand("柚子采收季是几月份", TODAY), season, invited, "tail")


@pytest.mark.parametrize(
    ("question", "left"),
    [
        ("大桥收费到什么时候截止", ["20年", "2028年11月30日"]),
        ("大桥什么时候开始收费", ["2008年12月1日", "20年", "2028年11月30日"]),
    ],
)
def test_since_when_is_not_until_when(question: str, left: list[str]) -> None:
    sentence = "大桥2008年12月1日起收费，收费期限20年，至2028年11月30日止"
    asked = understand(question, TODAY)
    found = [f for f in find_dates(sentence) if not other_day(asked, f, fold(sentence))]
    assert [re.sub("[起止至]", "", f.text) for f in found] == left


@pytest.mark.parametrize(
    ("question", "left"),
    [
        ("新馆什么时候开工", ["2022年3月"]),
        ("新馆什么时候开馆", ["2023年底"]),
        ("新馆哪年建成", ["2023年底"]),
        ("新馆什么时候开工、什么时候建成", ["2022年3月", "2023年底"]),
        ("新馆的方案哪天定的", ["2022年3月"]),
    ],
)
def test_the_day_of_another_step_is_beside_the_question(question: str, left: list[str]) -> None:
    sentence = "市博物馆新馆2022年3月动工，计划2023年底开馆"
    asked = understand(question, TODAY)
    assert [f.text for f in find_dates(sentence) if not other_day(asked, f, fold(sentence))] == left


@pytest.mark.parametrize(
    ("question", "sentence", "left"),
    [
        ("甲级的奖多少", "经评定为甲级、乙级、丙级的，分别一次性奖励20万元、10万元、5万元。", ["20万元"]),
        ("技师奖多少", "取得中级、高级、技师证书的，一次性各奖2000元、3000元、5000元。", ["5000元"]),
        ("大专的补贴能领几个月", "补贴最长36个月，其中大专毕业生、高级工最长24个月。", ["36个月", "24个月"]),
        ("托大班的每人补多少", "每孩每月补300元（托小班、乳儿班）或200元（托大班、混龄班）。", ["200元"]),
    ],
)  # fmt: skip
def test_the_figure_with_another_name_is_beside_the_question(
    question: str, sentence: str, left: list[str]
) -> None:
    figures = find_figures(sentence)
    asked = understand(question, TODAY)
    assert [f.text for f in figures if not other_name(asked, f, figures)] == left


@pytest.mark.parametrize(
    ("question", "sentence", "left"),
    [
        ("末班车改到几点", "您建议延长至23:00，全部延长条件不具备，但107路延至22:30。", ["22:30"]),
        ("委员建议延到几点", "您建议延长至23:00，全部延长条件不具备，但107路延至22:30。", ["23:00", "22:30"]),
        ("末班车改到几点", "您建议延长至23:00，我局予以采纳。", ["23:00"]),
    ],
)
def test_what_the_asker_wants_is_no_fact(question: str, sentence: str, left: list[str]) -> None:
    asked = understand(question, TODAY)
    assert [f.text for f in find_dates(sentence) if not asker_says(asked, f, fold(sentence))] == left


def test_what_a_proposal_points_out_is_no_figure_of_the_agency() -> None:
    sentence = "（一）提案指出“加工转化率不足20%”。经统计，为34.5%。"
    asked = understand("农业局说加工转化率多少", TODAY)
    assert [f.text for f in find_figures(sentence) if not asker_says(asked, f, fold(sentence))] == ["34.5%"]


def test_a_ticket_costs_no_millions() -> None:
    takings, ticket = find_figures("石窟门票收入511万元，每人30元。")
    asked = understand("石窟门票多少钱", TODAY)
    assert no_price(asked, takings)
    assert not no_price(asked, ticket)
    assert not no_price(understand("石窟门票收入多少钱", TODAY), takings)


@pytest.mark.parametrize(
    ("said", "other"),
    [
        ("2021年全市儿科门急诊168.3万人次", True),
        ("市第一人民医院儿科门急诊12.3万人次", False),
        ("市一院儿科门急诊12.3万人次", False),
        ("市第二人民医院儿科门急诊12.3万人次", True),
    ],
)
def test_a_numbered_institution_must_be_named(said: str, other: bool) -> None:
    assert other_site(understand("市第一人民医院2021年儿科门急诊多少人次", TODAY), said) is other
    assert not other_site(understand("2021年儿科门急诊多少人次", TODAY), said)


def test_for_what_something_is_given_is_not_what_is_given() -> None:
    sentence = "对设备投资300万元以上的技改项目，按设备投资额的10%给予奖补，单个项目最高120万元。"
    asked = understand("技改设备投了500万能奖补多少钱", TODAY)
    left = [f.text for f in find_figures(sentence) if not of_the_case(asked, f, fold(sentence))]
    assert left == ["10%", "最高120万元"]


@pytest.mark.parametrize(
    ("question", "sentence", "left"),
    [
        ("三个县加起来登记了多少只", "全市3.78万只，其中甲县0.3万只，三县共0.87万只。", ["0.87万只"]),
        ("更新渡船12艘，全补下来多少钱", "每艘最高补助18万元，全市安排216万元。", ["216万元"]),
        ("更新渡船每艘补多少钱", "每艘最高补助18万元，全市安排216万元。", ["18万元", "216万元"]),
    ],
)
def test_one_of_several_is_no_sum(question: str, sentence: str, left: list[str]) -> None:
    asked = understand(question, TODAY)
    found = [f.text for f in find_figures(sentence) if not part_of_sum(asked, f, fold(sentence))]
    assert found == left


def test_the_first_plan_is_not_what_happened() -> None:
    sentence = "平台原计划2023年10月上线，因招标延后至2024年3月上线。"
    asked = understand("平台到底哪天上线的", TODAY)
    days = find_dates(sentence)
    assert [d.text for d in days if not given_up(asked, d, fold(sentence))] == ["2024年3月"]
    assert not given_up(understand("平台原计划哪天上线", TODAY), days[0], fold(sentence))
    sentence = "平台计划于2023年10月上线。"
    (day,) = find_dates(sentence)
    assert given_up(understand("平台哪天上线的", TODAY), day, fold(sentence))
    assert not given_up(understand("平台哪天上线", TODAY), day, fold(sentence))


@pytest.mark.parametrize(
    ("beside", "question", "sentence", "left"),
    [
        (only_added, "2022年底有多少个助餐点", "2022年新增助餐点58个，年底共有165个。", ["165个"]),
        (
            only_added,
            "2022年底新增了多少个助餐点",
            "2022年新增助餐点58个，年底共有165个。",
            ["58个", "165个"],
        ),
        (only_changed, "午餐2023年以前一餐几块", "午餐每餐9元，自2023年起各上调1元。", ["9元"]),
        (only_changed, "午餐一餐涨了几块", "午餐每餐9元，自2023年起各上调1元。", ["9元", "1元"]),
        (only_reached, "间隔缩短了几分钟", "间隔由25分钟缩短到15分钟，缩短10分钟。", ["25分钟", "10分钟"]),
        (only_reached, "间隔缩短到几分钟", "间隔缩短到15分钟。", ["15分钟"]),
        (of_before, "班社还剩几个", "现存班社9个，比2010年的22个减少13个。", ["9个", "13个"]),
        (of_before, "班社2010年有几个", "现存班社9个，比2010年的22个减少13个。", ["9个", "22个", "13个"]),
        (other_way, "门诊量比上年少了多少", "门诊量较上年下降5.2%，占比提高4.1个百分点。", ["5.2%"]),
        (other_way, "占比比上年提高了多少", "门诊量较上年下降5.2%，占比提高4.1个百分点。", ["4.1个百分点"]),
        (other_way, "门诊量增长多少", "门诊量较上年下降5.2%。", ["5.2%"]),
        (per_head, "2024年GDP多少元", "人均地区生产总值69575元，全市生产总值2186亿元。", ["2186亿元"]),
        (per_head, "2024年人均GDP多少元", "人均地区生产总值69575元。", ["69575元"]),
    ],
)
def test_figures_beside_what_is_asked(
    beside: Callable[[Question, Figure], bool], question: str, sentence: str, left: list[str]
) -> None:
    asked = understand(question, TODAY)
    figures = describe(sentence, find_figures(sentence))
    assert [f.text for f in figures if not beside(asked, f)] == left


def test_what_was_asked_for_and_refused_did_not_happen() -> None:
    text = "课后服务系自愿参加的服务性收费项目，该项建议暂不采纳。"
    assert unsupported(understand("为什么取消了课后服务收费", TODAY), text) == "停止或取消"
    assert not unsupported(understand("取消课后服务收费的建议为什么没采纳", TODAY), text)


@pytest.mark.parametrize(
    ("question", "sentence", "without"),
    [
        ("2023年粮食产量为什么下降", "全年粮食总产量186.3万吨，下降0.6%。", True),
        ("2023年粮食产量为什么下降", "受夏季干旱影响，全年粮食总产量下降0.6%。", False),
        ("2023年粮食产量下降多少", "全年粮食总产量186.3万吨，下降0.6%。", False),
        ("为什么不提高补助", "我县去年林业补助支出已达2740万元，财政吃紧，今年不提高。", False),
        ("为啥不建直播基地", "我区的瓶颈主要不在直播间，而在分选、预冷。", False),
        ("为啥不建直播基地", "全区有直播基地3个。", True),
        ("夜班车为啥只加两条", "代表们要求增加到10条，夜间平均仅4.3人，因此今年只增加2条。", False),
    ],
)
def test_what_only_states_a_matter_gives_no_grounds(question: str, sentence: str, without: bool) -> None:
    assert no_grounds(understand(question, TODAY), sentence) is without


@pytest.mark.parametrize(
    ("question", "kept"),
    [("2026年助浴站有几个", False), ("2024年助浴站有几个", True), ("2026年助浴补助多少钱", True)],
)
def test_a_letter_does_not_count_what_there_is_in_a_later_year(question: str, kept: bool) -> None:
    letter = Document("d", "d.txt", "", document_type="reply", signed_on=date(2025, 6, 12))
    figure = find_figures("取得证书的156人")[0]
    assert not_yet(understand(question, TODAY), letter, figure) != kept


@pytest.mark.parametrize(
    ("question", "left"),
    [
        ("82岁的老人一顿补几块", ["2元", "4元", "6元"]),
        ("特困老人一顿补几块", ["6元"]),
    ],
)
def test_what_a_tier_gives_is_told_by_its_limit(question: str, left: list[str]) -> None:
    sentence = "本市户籍60—79周岁老年人每餐补2元，80周岁及以上每餐补4元，特困、低保老年人每餐补6元"
    figures = [f for f in describe(sentence, find_figures(sentence)) if f.unit == "元"]
    every = describe(sentence, find_figures(sentence))
    kept = [f.text for f in figures if not other_name(understand(question, TODAY), f, every)]
    assert set(kept) >= set(left)


def test_years_of_service_may_be_said_in_characters() -> None:
    sentence = "对连续从业满3年、满5年的护理员，分别给予3000元、6000元奖励"
    figures = pair_names(fold(sentence), describe(sentence, find_figures(sentence)))
    asked = understand("做满五年的护理员奖多少", TODAY)
    assert "6000元" in [f.text for f in figures if not other_name(asked, f, figures)]


def test_what_a_member_claims_is_no_other_name() -> None:
    sentence = "代表反映护理员缺口200人，经核定，实际缺口86人"
    figures = describe(sentence, find_figures(sentence))
    assert not other_name(understand("护理员核定下来缺多少人", TODAY), figures[1], figures)


def test_what_is_not_of_a_kind_is_not_told_by_the_kind() -> None:
    (figure,) = describe("其中新能源公交车356辆", find_figures("其中新能源公交车356辆"))
    assert other_side(understand("还有多少辆非新能源公交车", TODAY), figure)
    assert not other_side(understand("有多少辆新能源公交车", TODAY), figure)


def test_what_a_plan_was_changed_to_is_not_given_up() -> None:
    sentence = "会议同意将通水时间由原计划的2024年底调整为2025年6月"
    days = find_dates(sentence)
    asked = understand("改到什么时候通水了", TODAY)
    assert [d.text for d in days if not given_up(asked, d, fold(sentence))] == ["2025年6月"]


def test_a_plan_that_is_asked_for_may_lie_ahead() -> None:
    letter = Document("p", "p", "", document_type="reply", signed_on=date(2024, 4, 15))
    (figure,) = describe("力争将观鸟屋增至15处", find_figures("力争将观鸟屋增至15处"))
    assert not foretold(understand("打算到2024年底让多少所学校开饭", TODAY), letter)
    assert not not_yet(understand("到2025年打算有几处观鸟屋", TODAY), letter, figure)
    assert not_yet(understand("2025年一共有几处观鸟屋", TODAY), letter, figure)


@pytest.mark.parametrize(
    ("question", "text", "event"),
    [
        ("人民币为什么贬了值", "保持人民币不贬值是完全正确的", "减少或下降"),
        ("重工业产值为什么大涨", "由于正在调整中，今年的产值预计比去年下降5%", "上涨或增加"),
        ("重工业产值为什么大涨", "由于需求旺盛，产值比去年增长5%", ""),
    ],
)
def test_an_event_that_no_text_speaks_of_has_no_reason(question: str, text: str, event: str) -> None:
    assert unsupported(understand(question, TODAY), text) == event


def test_what_asker_demands_is_not_what_there_is() -> None:
    sentence = "提案人的诉求：全区专精特新企业只有70余家，半数以上租赁厂房"
    (figure, *_) = find_figures(sentence)
    assert asker_says(understand("专精特新企业有几家", TODAY), figure, fold(sentence))


def test_what_came_of_a_plan_is_not_told_by_the_plan() -> None:
    (figure,) = describe("2023年目标为12000人次", find_figures("2023年目标为12000人次"))
    fit = figure_plan_fit(understand("2023年培训目标一万二，实际做了多少人次", TODAY), figure, "", "body")
    assert planned_only(understand("2023年培训目标一万二，实际做了多少人次", TODAY), fit)
    assert figure_plan_fit(understand("2023年培训目标多少人次", TODAY), figure, "", "body") > 0


def test_a_named_programme_is_no_plan() -> None:
    sentence = "去年通过“科技副总”计划选派高校教师56人到企业兼职"
    (figure,) = describe(sentence, find_figures(sentence))
    assert figure_plan_fit(understand("派了多少个大学老师到企业", TODAY), figure, "", "body") == 0.0


def test_the_whole_year_is_not_told_by_half_of_it() -> None:
    (figure,) = describe("上半年零售总额38.9亿元", find_figures("上半年零售总额38.9亿元"))
    assert other_part(understand("2021年全年零售总额是多少", TODAY), figure)
    assert not other_part(understand("2021年上半年零售总额是多少", TODAY), figure)


def test_what_there_is_now_is_not_told_by_a_plan() -> None:
    for text in ("蜂群现在总共多少群", "蜂群建档几成了", "一共有多少群"):
        assert planned_only(understand(text, TODAY), -1.0)
    assert not planned_only(understand("票价多少钱", TODAY), -1.0)


def test_a_total_is_not_told_by_what_was_added() -> None:
    sentence = "2023年，全市新增学位18900个，其中甲区6120个"
    figures = describe(sentence, find_figures(sentence))
    asked = understand("甲区2023年底学位总数多少", TODAY)
    assert only_added(asked, figures[1])
    assert not only_added(understand("甲区2023年新增学位多少", TODAY), figures[1])


def test_the_whole_city_is_not_told_by_one_district() -> None:
    sentence = "截至2022年底，全区农村公路总里程2063公里"
    (figure,) = [f for f in describe(sentence, find_figures(sentence)) if f.unit == "公里"]
    assert of_one_district(understand("全市农村公路加一起22年底多少公里", TODAY), figure)
    assert not of_one_district(understand("全区农村公路22年底多少公里", TODAY), figure)


def test_a_plan_that_is_not_wanted_is_not_asked_for() -> None:
    (figure,) = describe("到2024年底，床位力争达到3760张", find_figures("到2024年底，床位力争达到3760张"))
    asked = understand("2024年底真正落地的床位几张，不要那个计划数", TODAY)
    assert planned_only(asked, figure_plan_fit(asked, figure, "", "body"))


def test_one_pollutant_is_not_told_by_another() -> None:
    (figure,) = describe("PM2.5年均浓度30微克/立方米", find_figures("PM2.5年均浓度30微克/立方米"))
    assert opposed(understand("24年臭氧浓度几微克", TODAY), figure)
    assert not opposed(understand("24年PM2.5浓度几微克", TODAY), figure)
