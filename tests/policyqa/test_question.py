"""What is asked: kind of answer, unit, aspect, years, numbers, parts, words."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policyqa.question import (
    coded_numbers_in,
    content_terms,
    is_vague,
    normal_number,
    numbers_in,
    understand,
)
from policyqa.schema import Aspect
from policyqa.text import fold
from policyqa.wants import Want

TODAY = date(2024, 8, 1)


@pytest.mark.parametrize(
    ("question", "want"),
    [
        ("2023年新培育市级专精特新中小企业多少家？", "figure"),
        ("现有公交线路几条？", "figure"),
        ("学校数量是多少？", "figure"),
        ("多少名教师参加了培训？", "figure"),
        ("有几位专家参加？", "figure"),
        ("百岁老人目前有几位？", "figure"),
        ("养老专项一共几个钱？", "money"),
        ("规上工业企业利润增速列全市第几？", "rank"),
        ("在全市排名怎么样？", "rank"),
        ("增速排第几位？", "rank"),
        ("居全国几位？", "rank"),
        ("中医药产业增加值增长多少？", "ratio"),
        ("技改投资占比多少？", "ratio"),
        ("覆盖率是多少？", "ratio"),
        ("覆盖率2022年底是多少？", "ratio"),
        ("覆盖率2024年", "ratio"),
        ("漏损率要降到多少", "ratio"),
        ("师生比要求不低于多少", "ratio"),
        ("居民同意率至少多少才能立项", "ratio"),
        ("比上年提高几个百分点？", "ratio"),
        ("工业投资增速是多少？", "ratio"),
        ("产值翻了几番？", "ratio"),
        ("发放贷款多少万元？", "money"),
        ("一家企业最高奖励多少钱？", "money"),
        ("完成工业投资是多少？", "money"),
        ("投入了多少资金？", "money"),
        ("本办法什么时候施行？", "date"),
        ("哪一年建成？", "date"),
        ("有效期到什么时候？", "date"),
        ("截止时间是什么时候？", "date"),
        ("是谁提的提案？", "who"),
        ("哪位主任审签的？", "who"),
        ("哪个部门负责？", "agency"),
        ("由谁牵头？", "agency"),
        ("第035号提案的标题是什么？", "title"),
        ("文号是多少？", "number"),
        ("这份函答复谁的？", "addressee"),
        ("联系电话是多少？", "contact"),
        ("会同了哪些部门？", "co_units"),
        ("抄送给谁？", "copied_to"),
        ("办复类别是什么？", "outcome"),
        ("采取了哪些措施？", "list"),
        ("怎么申请补助？", "list"),
        ("是否同意新建学校？", "yesno"),
        ("这条建议采纳了吗？", "yesno"),
        ("为什么不提高标准？", "reason"),
        ("不采纳的理由呢？", "reason"),
        ("下一步有什么打算？", "commitment"),
        ("介绍一下园区", "text"),
    ],
)
def test_the_kind_of_answer_wanted(question: str, want: Want) -> None:
    assert understand(question, TODAY).want == want


@pytest.mark.parametrize(
    ("question", "aspect"),
    [
        ("2023年新培育多少家？", "new"),
        ("新增了多少个？", "new"),
        ("累计有多少家？", "cumulative"),
        ("现有多少个？", "cumulative"),
        ("总共多少？", "cumulative"),
        ("增长了多少？", "growth"),
        ("同比下降多少？", "growth"),
        ("增速是多少？", "growth"),
        ("占比多少？", "share"),
        ("占全市的比例是多少？", "share"),
        ("列第几？", "rank"),
        ("提高几个百分点？", "change"),
        ("净增多少户？", "change"),
        ("工业投资是多少？", None),
    ],
)
def test_the_aspect_asked_for(question: str, aspect: Aspect | None) -> None:
    assert understand(question, TODAY).aspect == aspect


@pytest.mark.parametrize(
    ("question", "unit"),
    [
        ("多少家企业？", "家"),
        ("几个项目？", "个"),
        ("多少名教师？", "人"),
        ("多少位教师？", "人"),
        ("几张床位？", "张"),
        ("多少平方米？", "平方米"),
        ("多少万亩？", "亩"),
        ("多少人次？", "人次"),
        ("每餐几块钱？", "元"),
        ("投资多少亿元？", "元"),
        ("占比多少？", "%"),
        ("排第几？", "位"),
        ("有多少？", ""),
        ("怎么申请？", ""),
    ],
)
def test_the_unit_asked_for(question: str, unit: str) -> None:
    assert understand(question, TODAY).unit == unit


@pytest.mark.parametrize(
    ("question", "years"),
    [
        ("2023年有多少家？", (2023,)),
        ("去年有多少家？", (2023,)),
        ("今年上半年有多少家？", (2024,)),
        ("2021年到2023年逐年多少？", (2021, 2022, 2023)),
        ("2022年和2023年各多少？", (2022, 2023)),
        ("2023年比2022年增长多少？", (2023,)),
        ("有多少家？", ()),
        ("三季度多少家（2023）？", (2023,)),
        ("三季度多少家？", ()),
        ("去年底甲山的饭堂多少个（2022年末）？", (2022,)),
    ],
)
def test_the_years_asked_about(question: str, years: tuple[int, ...]) -> None:
    assert understand(question, TODAY).years == years


@pytest.mark.parametrize(
    ("question", "numbers"),
    [
        ("南川经信委函〔2024〕58号是答复谁的？", ("(2024)58",)),
        ("南川经信委函[2024]58号", ("(2024)58",)),
        ("南川经信委函【2024】58号", ("(2024)58",)),
        ("南川经信委函（2024）58号", ("(2024)58",)),
        ("南川经信委函(2024)58号", ("(2024)58",)),
        ("南川经信委函［2024］58号", ("(2024)58",)),
        ("〔２０２４〕５８号", ("(2024)58",)),
        ("〔2024〕第58号", ("(2024)58",)),
        ("〔2024〕058号", ("(2024)58",)),
        ("58号函", ("58",)),
        ("第035号提案", ("35",)),
        ("035号提案", ("35",)),
        ("第24106号建议", ("24106",)),
        ("第２４１０６号", ("24106",)),
        ("BH035号提案", ("bh035",)),
        ("第ＢＨ０３５号", ("bh035",)),
        ("第20250118040114号提案", ("20250118040114",)),
        ("第72号、第105号提案", ("72", "105")),
        ("松垭经信委函〔2024〕33号和第64号提案", ("(2024)33", "64")),
        ("3号线什么时候通车", ()),
        ("5号楼", ()),
        ("2023年新增36家", ()),
    ],
)
def test_numbers_of_documents_and_proposals(question: str, numbers: tuple[str, ...]) -> None:
    assert understand(question, TODAY).numbers == numbers
    assert numbers_in(fold(question)) == numbers


@pytest.mark.parametrize(
    ("number", "normal"),
    [
        ("035", "35"),
        ("35", "35"),
        ("０３５", "35"),
        ("BH035", "bh035"),
        ("ＢＨ035", "bh035"),
        ("24106", "24106"),
    ],
)
def test_a_number_is_compared_without_its_leading_zeros(number: str, normal: str) -> None:
    assert normal_number(number) == normal


@pytest.mark.parametrize(
    ("question", "present", "absent"),
    [
        ("2023年新培育专精特新中小企业多少家？", {"中小企业", "培育"}, {"2023", "年", "多少", "家"}),
        ("请问松垭区的养老床位有多少张？", {"养老", "床位"}, {"请问", "的", "多少", "有"}),
        ("去年技改投资占比是多少？", {"技改", "投资"}, {"去年", "占比", "多少"}),
        ("为什么不采纳？", set(), {"为什么", "不"}),
    ],
)
def test_the_words_that_say_what_it_is_about(question: str, present: set[str], absent: set[str]) -> None:
    terms = set(content_terms(fold(question)))
    assert present <= terms
    assert not absent & terms


@pytest.mark.parametrize("question", ["全市有多少？", "全省排第几？", "全国呢？"])
def test_the_whole_city_is_noticed(question: str) -> None:
    assert understand(question, TODAY).whole_city


def test_a_district_is_not_the_whole_city() -> None:
    assert not understand("全区有多少？", TODAY).whole_city


@given(st.text(max_size=200))
def test_any_text_can_be_understood(text: str) -> None:
    question = understand(text, TODAY)
    assert question.text == text
    assert len(question.folded) <= len(text)


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("占全市多少？", "ratio"),
        ("女性占多少？", "ratio"),
        ("占计划几成？", "ratio"),
        ("占地多少？", "figure"),
        ("管护和维修各占多少？", "figure"),
        ("占位费最多收多少？", "figure"),
        ("全市排老几？", "rank"),
    ],
)
def test_shares_and_ranks_in_speech(text: str, want: Want) -> None:
    assert understand(text, TODAY).want == want


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("2025年底的目标是多少家？", (2025,)),
        ("2023年建成多少家，比2025年底的目标差多少？", (2023,)),
        ("比2022年多多少家？", ()),
    ],
)
def test_the_year_of_a_target_is_asked_about(text: str, years: tuple[int, ...]) -> None:
    assert understand(text, TODAY).years == years


def test_a_year_in_brackets_is_the_one_meant() -> None:
    assert understand("青石县去年（2023）产值多少？", date(2026, 1, 1)).years == (2023,)


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("2024年小学增加了多少学位？", "figure"),
        ("工业投资增加了多少？", "ratio"),
        ("工业投资增长多少呢？", "ratio"),
        ("利润率提高了多少个百分点？", "ratio"),
        ("减少了多少班次？", "figure"),
    ],
)
def test_how_many_of_a_thing_is_no_rate(text: str, want: Want) -> None:
    assert understand(text, date(2026, 1, 1)).want == want


def test_words_that_say_nothing_are_no_subject() -> None:
    assert "还要" not in content_terms(fold("今年还要加多少学位"))


def test_the_country_around_a_city_is_no_town_of_its_name() -> None:
    assert content_terms(fold("甲河乡下路灯坏了"), ("甲河",)) == ("甲河", "乡下", "路灯")
    assert content_terms(fold("甲河乡路灯坏了"), ("甲河",)) == ("甲河乡", "路灯")


@pytest.mark.parametrize(
    ("text", "want", "unit"),
    [
        ("2024年赔付了多少户？", "figure", "户"),
        ("2024年赔付了多少钱？", "money", "元"),
        ("一度电最高几毛？", "figure", "元"),
        ("榆舫区2024年高标准农田面积", "figure", ""),
        ("榆舫12345热线2025年二季度受理量", "figure", ""),
        ("榆舫区2024年底长者食堂数", "figure", ""),
        ("榆舫的教学质量", "text", ""),
        ("榆舫的经济总量在省里排多少名", "rank", "位"),
        ("珩渡2024年垃圾资源化利用率", "ratio", "%"),
        ("珩渡垃圾焚烧厂二期总投资", "money", "元"),
        ("改线多长？", "figure", ""),
        ("能引进五星酒店不", "yesno", ""),
        ("几点才能遛狗的那个建议采纳没？", "yesno", "百分点"),
        ("好多人说家里没水，怎么回事？", "reason", "人"),
        ("桑地怎么没人种了？", "reason", ""),
        ("厕所里的纸后来怎么停了？", "reason", ""),
        ("积水的问题怎么解决了？", "list", ""),
        ("记忆门诊礼拜几开？", "text", ""),
        ("几个乡镇等救护车要多久？", "text", "个"),
        ("办这个得带什么材料？", "list", ""),
    ],
)
def test_the_kind_of_answer_is_told_by_what_is_counted_or_named(text: str, want: Want, unit: str) -> None:
    question = understand(text, date(2026, 1, 1))
    assert (question.want, question.unit) == (want, unit)


def test_what_asks_twice_is_no_word_of_the_matter() -> None:
    assert "够不够" not in understand("公交票款和补贴够不够", TODAY).terms


def test_places_stay_whole_and_document_numbers_are_no_words() -> None:
    text = fold("按珩政办规〔2023〕14号，珩渡托位每个补多少")
    assert coded_numbers_in(text) == (("按珩政办规", "(2023)14"),)
    assert content_terms(text, ("珩渡",)) == ("托位",)


@pytest.mark.parametrize(
    ("text", "vague"),
    [
        ("去年任务完成没有", True), ("现在降了没有", True), ("这个归甲山哪个部门管", True),
        ("有多少家？", True), ("情况怎么样", True), ("委员满不满意", True),
        ("甲山的校车任务完成没有", False), ("甲山的噪声归哪个部门管", False), ("甲山有多少个充电桩", False),
        ("甲山有多少家？", True), ("甲山的比例是多少", True), ("甲山那个补贴多少", True),
        ("哪个区最多", True), ("他们现在一共有多少个了", True), ("这个什么时候能办好", True),
        ("甲山水厂什么时候开工", False), ("甲山躺睡比例要达到多少", False),
        ("甲山生了多少娃", False), ("联系电话多少", True), ("甲山站投多少钱", False),
    ],
)  # fmt: skip
def test_a_question_without_a_subject_is_vague(text: str, vague: bool) -> None:
    assert is_vague(understand(text, TODAY, ("甲山",)), ("甲山",)) is vague


def test_the_year_in_brackets_further_on_is_the_one_meant() -> None:
    assert understand("甲山今年适老改造（24年）到8月底完成多少", TODAY).years == (2024,)


@pytest.mark.parametrize("text", ["企业能贷几万", "一部电梯补几百", "给几十万"])
def test_a_round_number_of_nothing_else_is_money(text: str) -> None:
    assert understand(text, TODAY).want == "money"


def test_what_there_is_now_is_of_no_year() -> None:
    assert understand("截至目前百岁老人有几位？", date(2026, 3, 1)).years == ()
    assert understand("今年百岁老人有几位？", date(2026, 3, 1)).years == (2026,)


def test_by_how_much_more_than_something_else_asks_for_a_change() -> None:
    for text in ("比计划多几户", "比22年底少几家", "比全市高几个点"):
        assert understand(text, date(2026, 3, 1)).aspect == "change"
    assert understand("占比多少", date(2026, 3, 1)).aspect == "share"


@pytest.mark.parametrize(
    ("question", "want", "unit"),
    [
        ("末班车延到几点", "date", None),
        ("晚上几点到几点不收费？", "date", None),
        ("房地产开发投资跌了多少", "ratio", "%"),
        ("站牌总共有多少块了", "figure", "块"),
        ("一餐补几块", "figure", "元"),
        ("绩效评价打了几分", "figure", "分"),
        ("平均一个孩子的培训成本", "money", "元"),
    ],
)
def test_what_members_ask_in_passing(question: str, want: Want, unit: str | None) -> None:
    asked = understand(question, TODAY)
    assert asked.want == want
    assert unit is None or asked.unit == unit


@pytest.mark.parametrize(
    ("text", "want", "unit", "aspect"),
    [
        ("给头回贷款的老板设了几个办事窗口", "figure", "个", None),
        ("公共停车场前几个钟头不要钱", "figure", "小时", None),
        ("晚上平均一天还有几个人上公交", "figure", "人", None),
        ("研发经费2002年占GDP多少了", "ratio", "%", "share"),
        ("发给高寿老人的钱一共多少", "money", "元", "cumulative"),
        ("大点的工厂一共赚了多少", "money", "元", "cumulative"),
        ("旅游券实际带出来多少消费", "money", "元", None),
        ("老电梯大修，政府最多出多少", "figure", "", None),
        ("比去年多出多少", "figure", "", "change"),
    ],
)
def test_what_everyday_words_ask_for(text: str, want: Want, unit: str, aspect: Aspect | None) -> None:
    question = understand(text, TODAY)
    assert (question.want, question.unit, question.aspect) == (want, unit, aspect)


def test_how_long_a_loan_runs_is_no_year() -> None:
    assert understand("首套房公积金贷20年利率是几", TODAY).years == ()


def test_the_year_of_the_letter_that_says_it() -> None:
    assert understand("甲山2022年说的，农户有几户", TODAY).told_in == (2022,)
    assert understand("儿科床位有几张（2023年答复口径）", TODAY).told_in == (2023,)
    assert understand("2022年农户有几户", TODAY).told_in == ()


def test_a_measure_word_is_no_part_of_what_is_counted() -> None:
    assert content_terms("2023年新增几家小微企业") == ("小微", "企业")
    assert content_terms("有几所小学") == ("小学",)
    assert "卫健委" in content_terms("甲山卫健委说的床位数")
