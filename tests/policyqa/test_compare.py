"""Comparing questions taken apart, and their answers put together."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from policyqa.compare import plan, quarters
from policyqa.compared import combined, computes, states
from policyqa.compute import COMPUTED
from policyqa.ground import checked
from policyqa.plans import Comparison, Known, Part
from policyqa.schema import Answer, Citation, Document

TODAY = date(2026, 3, 1)
KNOWN = Known(("甲山区", "乙水区", "丙林县"), (2025, 2024, 2023))
PLACES = ("大川", "甲山", "乙水", "丙林")


def _plan(text: str) -> Comparison | None:
    return plan(text, TODAY, [p for p in PLACES if p in text], KNOWN)


@pytest.mark.parametrize(
    ("text", "operation", "parts"),
    [
        ("甲山区新能源公交占比2022到2024怎么变", None,
         ["甲山区新能源公交占比2022年是多少？", "甲山区新能源公交占比2024年是多少？"]),
        ("甲山区2023年6月到2024年末助餐点数量怎么变的", None,
         ["甲山区2023年6月助餐点数量是多少？", "甲山区2024年末助餐点数量是多少？"]),
        ("甲山区助餐点新建数，2023和2024各多少哪年多", "most",
         ["甲山区助餐点新建数，2023年多少？", "甲山区助餐点新建数，2024年多少？"]),
        ("甲山区2023和2024新建助餐点哪年多", "most",
         ["甲山区2023年新建助餐点是多少？", "甲山区2024年新建助餐点是多少？"]),
        ("甲山区电动船比2020年底多了几条", "difference",
         ["甲山区电动船是几条？", "甲山区电动船2020年底是几条？"]),
        ("甲山区助餐点2024年4月底和年底各多少个", None,
         ["甲山区助餐点2024年4月底多少个？", "甲山区助餐点2024年底多少个？"]),
        ("甲山区芡实面积2022年和2024年比是多了还是少了，各多少", None,
         ["甲山区芡实面积2022年是多少？", "甲山区芡实面积2024年是多少？"]),
        ("甲山区贷款余额，2022年末和2023年底分别是多少？", None,
         ["甲山区贷款余额，2022年末是多少？", "甲山区贷款余额，2023年底是多少？"]),
        ("甲山区零售额2020年是多少，到2023年又是多少？", None,
         ["甲山区零售额2020年是多少？", "甲山区零售额到2023年是多少？"]),
        ("甲山同乙水2023年的研发强度分别是多少？", None,
         ["甲山2023年的研发强度是多少？", "乙水2023年的研发强度是多少？"]),
        ("2023年甲山和乙水哪边的到位资金多，各是多少？", "most",
         ["2023年甲山到位资金是多少？", "2023年乙水到位资金是多少？"]),
        ("甲山区和乙水区2023年新增学位合计多少个？", "sum",
         ["甲山区2023年新增学位多少个？", "乙水区2023年新增学位多少个？"]),
        ("2023年甲山区充电桩比乙水区多多少？", "difference",
         ["2023年甲山区充电桩是多少？", "2023年乙水区充电桩是多少？"]),
        ("甲山区2023年的到位资金是乙水区的几倍？", "ratio",
         ["甲山区2023年的到位资金是多少？", "乙水区2023年的到位资金是多少？"]),
        ("2023年比2022年新增企业多了多少家？", "difference",
         ["2023年新增企业是多少家？", "2022年新增企业是多少家？"]),
        ("甲山区2023年产值比上年增长多少？", "growth",
         ["甲山区2023年产值是多少？", "甲山区2022年产值是多少？"]),
        ("甲山区新增学位2023年是2022年的几倍？", "ratio",
         ["甲山区新增学位2023年是多少？", "甲山区新增学位2022年是多少？"]),
        ("大川的优良天数，甲山区比乙水区多几天？", "difference",
         ["大川的优良天数，甲山区是几天？", "大川的优良天数，乙水区是几天？"]),
        ("2022年和2023年甲山区新建养老站平均每年多少个？", "mean",
         ["2022年甲山区新建养老站多少个？", "2023年甲山区新建养老站多少个？"]),
        ("甲山区公交补贴2023年离2025年目标差几个百分点？", "difference",
         ["甲山区公交补贴2023年是百分之多少？", "甲山区公交补贴2025年目标是百分之多少？"]),
        ("甲山区养老床位2021年底到2024年底净增多少张？", "difference",
         ["甲山区养老床位2021年底是多少张？", "甲山区养老床位2024年底是多少张？"]),
        ("甲山区普惠园覆盖率2023年比2022年提高没，各多少？", None,
         ["甲山区普惠园覆盖率2023年是多少？", "甲山区普惠园覆盖率2022年是多少？"]),
        ("甲山区PM2.5 22、23两年各是多少？", None,
         ["甲山区PM2.5 2022年是多少？", "甲山区PM2.52023年是多少？"]),
        ("甲山区在园人数2022年和2023年", None,
         ["甲山区在园人数2022年是多少？", "甲山区在园人数2023年是多少？"]),
        ("甲山区公办园占比从2022到2024涨了几个点？", "difference",
         ["甲山区公办园占比2022年是百分之多少？", "甲山区公办园占比2024年是百分之多少？"]),
        ("甲山区空气优良率24年比23年升了几个点？", "difference",
         ["甲山区空气优良率2024年是百分之多少？", "甲山区空气优良率2023年是百分之多少？"]),
        ("甲山区农村公路2023年底比2020年底长了多少公里？", "difference",
         ["甲山区农村公路2023年底是多少公里？", "甲山区农村公路2020年底是多少公里？"]),
        ("甲山、乙水两区2023年生产总值加一块是多少？", "sum",
         ["甲山2023年生产总值是多少？", "乙水2023年生产总值是多少？"]),
        ("甲山区2024年末人口占全大川几成？", "share",
         ["甲山区2024年末人口是多少？", "大川2024年末人口是多少？"]),
        ("大川2024年旧改资金里专项债占百分之几？", "share",
         ["大川2024年旧改资金专项债是多少？", "大川2024年旧改资金总数是多少？"]),
        ("大川2024年农业用水占总用水几成？", "share",
         ["大川2024年农业用水是多少？", "大川2024年总用水是多少？"]),
        ("大川2023年比2022年多接收了多少退役士兵？", "difference",
         ["大川2023年接收了多少退役士兵？", "大川2022年接收了多少退役士兵？"]),
        ("大川运营补助2024年比22年多发多少万？", "difference",
         ["大川运营补助2024年发多少万？", "大川运营补助2022年发多少万？"]),
        ("城里人和农村人收入差多少钱，大川2024年", "difference",
         ["大川2024年城镇收入是多少？", "大川2024年农村收入是多少？"]),
        ("大川茭白从22年到24年多种了几万亩", "difference",
         ["大川茭白2022年种了几万亩？", "大川茭白2024年种了几万亩？"]),
        ("甲山区加乙水区一共欠了多少万元", "sum",
         ["甲山区欠了多少万元？", "乙水区欠了多少万元？"]),
        ("大川客流量：2019、2023、2024年依次是多少", None,
         ["大川客流量：2019年是多少？", "大川客流量：2023年是多少？", "大川客流量：2024年是多少？"]),
        ("甲山区比乙水区产值多多少（2024）", "difference",
         ["2024年甲山区产值是多少？", "2024年乙水区产值是多少？"]),
        ("大川2022到2024三年新增学位一共多少？", "sum",
         ["大川2022年新增学位多少？", "大川2023年新增学位多少？", "大川2024年新增学位多少？"]),
        ("大川护理型床位占比：2021、2023", None,
         ["大川护理型床位占比：2021年是多少？", "大川护理型床位占比：2023年是多少？"]),
        ("甲山区人均收入2022、2023年各多少元？", None,
         ["甲山区人均收入2022年多少元？", "甲山区人均收入2023年多少元？"]),
        ("甲山区公交客运量，2022年和2024年比一比", None,
         ["甲山区公交客运量，2022年是多少？", "甲山区公交客运量，2024年是多少？"]),
        ("甲山区学位2022年多还是2023年多，分别几个", "most",
         ["甲山区学位2022年是多少？", "甲山区学位2023年是多少？"]),
        ("甲山区贫困人口从2022年的多少减到2023年的多少？", None,
         ["甲山区贫困人口2022年是多少？", "甲山区贫困人口2023年是多少？"]),
        ("大川参与率，最高的和最低的区县分别是哪个？", "ends",
         ["大川参与率，甲山区是多少？", "大川参与率，乙水区是多少？", "大川参与率，丙林县是多少？"]),
        ("2022到2023年甲山区哪一年装电梯最多？", "most",
         ["甲山区2023年装电梯是多少？", "甲山区2022年装电梯是多少？"]),
        ("甲山区签约率，2023年目标是多少、年底做到多少？", "difference",
         ["2023年甲山区签约率多少？", "2023年甲山区签约率计划多少？"]),
        ("甲山区小规模学校23年秋和24年秋", None,
         ["甲山区小规模学校2023年秋是多少？", "甲山区小规模学校2024年秋是多少？"]),
        ("甲山区GDP增速在全市的位次，2023年跟2024年分别第几？", None,
         ["甲山区GDP增速在全市的位次，2023年第几？", "甲山区GDP增速在全市的位次，2024年第几？"]),
        ("大川床位哪个县区最多哪个最少？", "ends",
         ["大川床位甲山区是多少？", "大川床位乙水区是多少？", "大川床位丙林县是多少？"]),
        ("甲山、乙水、丙林三个县市2024年收入加起来多少亿？", "sum",
         ["甲山2024年收入多少亿？", "乙水2024年收入多少亿？", "丙林2024年收入多少亿？"]),
        ("甲山区供餐学校2022年底到2023年底从多少变成多少所？", None,
         ["甲山区供餐学校2022年底是多少所？", "甲山区供餐学校2023年底是多少所？"]),
        ("大川开放学校2022年底和2025年3月比", None,
         ["大川开放学校2022年底是多少？", "大川开放学校2025年3月是多少？"]),
        ("甲山区清淤投入2023和2024比", None,
         ["甲山区清淤投入2023年是多少？", "甲山区清淤投入2024年是多少？"]),
        ("大川2024年满意率甲山区和乙水区差别", "difference",
         ["大川甲山区2024年满意率是多少？", "大川乙水区2024年满意率是多少？"]),
        ("甲山区和乙水区去年（2024）GDP差多少", "difference",
         ["甲山区2024年GDP是多少？", "乙水区2024年GDP是多少？"]),
        ("甲山区农路2024年改了多少公里，超计划多少", "difference",
         ["甲山区农路2024年改了实际多少公里？", "甲山区农路2024年改了计划多少公里？"]),
        ("甲山区母婴室2023年有多少间，跟2025年目标差多少间？", "difference",
         ["甲山区母婴室2023年有多少间？", "甲山区母婴室2025年目标有多少间？"]),
        ("2024年游客量，甲山跟乙水谁多、多多少万人次？", "difference",
         ["2024年游客量，甲山是多少万人次？", "2024年游客量，乙水是多少万人次？"]),
        ("大川床位哪个县区最少？", "least",
         ["大川床位甲山区是多少？", "大川床位乙水区是多少？", "大川床位丙林县是多少？"]),
        ("哪个区新增学位最少？", "least",
         ["甲山区新增学位是多少？", "乙水区新增学位是多少？", "丙林县新增学位是多少？"]),
        ("甲山区历年公交车有多少辆？", None,
         ["甲山区2025年公交车有多少辆？", "甲山区2024年公交车有多少辆？", "甲山区2023年公交车有多少辆？"]),
    ],
)  # fmt: skip
def test_a_comparing_question_becomes_single_ones(text: str, operation: str | None, parts: list[str]) -> None:
    found = _plan(text)
    assert found is not None
    assert (found.operation, [p.question for p in found.parts]) == (operation, parts)


@pytest.mark.parametrize(
    "text",
    [
        "甲山区2023年新增企业多少家？",
        "2024年答复里说2023年新增了多少家？",
        "甲山区2021—2023年投入多少？",
        "2022年底甲山区公路有多少公里，在全市四个区县里排第几？",
        "2023年公交载了多少人次，回到疫情前（2019年）的几成了？",
        "2023年甲山区花了多少钱，比上年涨百分之几？",
        "甲山区教育局是怎么答复的？",
        "甲山区小巨人2024年底几家，2024年新增几家？",
        "下一步有哪些打算？",
    ],
)
def test_a_single_question_stays_one(text: str) -> None:
    assert _plan(text) is None


BODY = "2022年新增36家。2023年新增41家。其中没有说别的。"


def _said(quote: str, short: str, confidence: float = 0.9, body: str = "") -> Answer:
    body = body or BODY
    document = Document(body, "甲.txt", body)
    start = body.index(quote)
    citation = Citation(document, (), quote, start, start + len(quote))
    return Answer("", "answered", f"{quote[:-1]}（甲局）。", short, (citation,), confidence=confidence)


def _comparison(operation: str | None = None) -> Comparison:
    return Comparison("period", (Part("2022年", "?"), Part("2023年", "?")), operation)  # type: ignore[arg-type]


NONE = Answer("", "not_found", "没有")


def test_rows_are_cited_latest_first_and_computed() -> None:
    answers = [_said("2022年新增36家。", "36家", 0.8), _said("2023年新增41家。", "41家")]
    found = combined("多了多少？", _comparison("difference"), answers)
    assert found is not None
    assert found.short == "5家；41家；36家"
    lines = found.text.splitlines()
    assert lines[2].startswith("| 2023年 | 41家 | 2023年新增41家")
    assert lines[3].startswith("| 2022年 | 36家 |")
    assert f"2023年比2022年多5家：41家 − 36家 = 5家{COMPUTED}" in found.text
    assert [c.quote for c in found.citations] == ["2023年新增41家。", "2022年新增36家。"]
    assert found.confidence == 0.8
    assert checked(found) == found


def test_a_sum_with_a_part_missing_is_declined_and_shows_what_there_is() -> None:
    comparison = Comparison("period", (*_comparison().parts, Part("2021年", "?")), "sum")
    answers = [_said("2022年新增36家。", "36家"), _said("2023年新增41家。", "41家"), NONE]
    found = combined("合计多少？", comparison, answers)
    assert found is not None
    assert found.status == "not_found"
    assert COMPUTED not in found.text
    assert "没有找到：2021年。" in found.text
    assert [hit.passage.text for hit in found.nearest] == ["2022年新增36家。", "2023年新增41家。"]


def test_the_same_words_do_not_answer_for_two_years() -> None:
    one = _said("2023年新增41家。", "41家")
    for answers in ([one, one], [NONE, one]):
        found = combined("多少？", _comparison(), answers)
        assert found is not None
        assert found.status == "not_found"
        assert found.text.splitlines() == [
            "只找到一部分。没有找到：2022年。",
            "2023年：2023年新增41家（甲局）。",
        ]
    assert combined("多少？", _comparison(), [NONE, NONE]) is None


def test_one_part_alone_is_not_compared() -> None:
    found = combined("差多少？", _comparison("difference"), [NONE, _said("2023年新增41家。", "41家")])
    assert found is not None
    assert found.status == "not_found"
    assert "没有找到：2022年" in found.text
    assert found.nearest[0].passage.text == "2023年新增41家。"


def test_a_computed_figure_that_does_not_follow_is_not_said() -> None:
    answers = [_said("2022年新增36家。", "36家"), _said("2023年新增41家。", "41家")]
    found = combined("多了多少？", _comparison("difference"), answers)
    assert found is not None
    forged = Answer(
        found.question, found.status, found.text.replace("= 5家", "= 6家"), "6家", found.citations
    )
    assert checked(forged).short == ""


def test_what_a_document_states_need_not_be_computed() -> None:
    body = "乙水区增长最快，比上年增加5家。"
    citation = Citation(Document("b", "b.txt", body), (), body, 0, len(body))
    answer = Answer("", "answered", body, "5家", (citation,))
    places = Comparison("place", (Part("甲山区", "?"), Part("乙水区", "?")), "most", True)
    assert states(places, answer)
    assert states(_comparison("difference"), answer)
    assert states(_comparison("difference"), replace(answer, question="增加了几家"))
    assert not states(_comparison("difference"), replace(answer, question="增加了几张床"))
    assert not states(_comparison("difference"), _said("2023年新增41家。", "41家"))
    assert not states(places, NONE)


def test_what_is_stated_may_stand_in_a_later_quote() -> None:
    before, body = "其中小学35.4%。", "分区县看，乙水区最高，为56.8%。"
    citations = tuple(Citation(Document("b", "b.txt", t), (), t, 0, len(t)) for t in (before, body))
    answer = Answer("", "answered", body, "乙水区最高，为56.8%", citations)
    assert states(Comparison("place", (Part("甲山区", "?"), Part("乙水区", "?")), "most", True), answer)
    text = "有百分之二十四的国营工业企业亏损。"
    share = replace(answer, short="百分之二十四", citations=(replace(citations[0], quote=text),))
    assert states(Comparison("side", (Part("亏损", "?"), Part("总数", "?")), "share", True), share)


def test_a_change_against_another_year_than_asked_is_not_what_was_asked() -> None:
    body = "2023年产值87.8亿元，比上年增加5.1亿元。"
    citation = Citation(Document("b", "b.txt", body), (), body, 0, len(body))

    def said(short: str) -> Answer:
        return Answer("", "answered", body, short, (citation,))

    far = Comparison("period", (Part("2023年", "?"), Part("2020年", "?")), "difference", True)
    near = Comparison("period", (Part("2023年", "?"), Part("2022年", "?")), "difference", True)
    assert states(near, said("5.1亿元"))
    assert not states(near, said("87.8亿元"))
    assert not states(far, said("5.1亿元"))


def test_what_is_computed_from_one_sentence_is_of_what_is_compared() -> None:
    body = "优良天数由上年的316天增加到325天。"
    citation = Citation(Document("b", "b.txt", body), (), body, 0, len(body))

    def said(text: str) -> Answer:
        return Answer("", "answered", f"{text}（由以上数字计算）。", "9天", (citation,))

    def of(*years: int) -> Comparison:
        return Comparison("period", tuple(Part(f"{y}年", "?") for y in years), "difference", True)

    assert computes(of(2024, 2023), said("325天 − 316天 = 9天"))
    assert not computes(of(2024, 2022), said("325天 − 316天 = 9天"))
    assert not computes(of(2024, 2023), said("316天 ÷ 325天 = 97.2%"))
    sides = Comparison("side", (Part("市里规定", "?"), Part("实际发放", "?")), "difference")
    assert not computes(sides, said("325天 − 316天 = 9天"))


def _aimed(actual: str, aim: str) -> Answer:
    plan_ = Comparison("side", (Part("实际", "?", "fact"), Part("目标", "?", "plan")), "difference")
    answers = [
        _said(text, short, body=text) for text, short in ((f"实际{actual}。", actual), (f"目标{aim}。", aim))
    ]
    found = combined("目标完成没？", plan_, answers)
    assert found is not None
    return found


def test_whether_a_target_is_reached_is_said_first() -> None:
    assert _aimed("3.62万人", "3.6万人").short.startswith("已达到目标；0.02万人")
    assert _aimed("146部", "150部").short.startswith("没有达到目标；4部")
    assert checked(_aimed("146部", "150部")).short, "grounded"
    assert _aimed("31天", "30天以下").short.startswith("约1天"), "less may be better"


def test_of_two_the_difference_is_said_as_well() -> None:
    sides = Comparison("side", (Part("短住", "?"), Part("上门", "?")), "most")
    body = "短住174户。上门389户。"
    answers = [_said("短住174户。", "174户", body=body), _said("上门389户。", "389户", body=body)]
    found = combined("哪个多？", sides, answers)
    assert found is not None
    assert found.short == "上门；215户；174户；389户"
    assert checked(found).short == found.short


def test_an_average_that_is_stated_is_not_computed() -> None:
    shared = Comparison("side", (Part("总数", "?"), Part("户数", "?")), "each", stated=True)
    assert states(shared, _said("改造资金户均1.32万元。", "1.32万元", body="改造资金户均1.32万元。"))
    assert not states(shared, _said("投入2732万元。", "2732万元", body="投入2732万元。"))
    for label in ("个数", "数", ""):
        unnamed = Comparison("side", (Part("总数", "?"), Part(label, "?")), "each", stated=True)
        assert not states(unnamed, _said("投入2732万元。", "2732万元", body="投入2732万元。"))


def test_how_a_policy_changed_is_not_told_by_figures() -> None:
    assert _plan("甲山区2021年到2023年助餐政策有什么变化？") is None


def test_what_there_is_at_the_end_of_each_year_is_not_added_up() -> None:
    assert _plan("大川2022年底到2024年底一共多少张床？") is None


def test_what_a_document_says_of_all_the_years_need_not_be_added_up() -> None:
    plan = _plan("大川2021到2023三年总共添了多少学位？")
    assert plan is not None
    assert plan.stated
    body = "2021至2023年累计新增学位2.84万个。2023年累计新增学位8600个。"
    of_all, of_one = body.split("。")[:2]
    assert states(plan, _said(of_all, "2.84万个", body=body))
    assert not states(plan, _said(of_one, "8600个", body=body))


def test_a_half_year_is_the_sum_of_its_quarters() -> None:
    found = quarters("甲山2024年下半年一共来了多少游客", "figure")
    assert found is not None
    assert found.operation == "sum"
    assert [p.label for p in found.parts] == ["三季度", "四季度"]
    assert "四季度" in found.parts[1].question
    assert quarters("甲山2024年下半年末有多少游客", "figure") is None, "what there is has no sum"
    assert quarters("甲山2024年一共来了多少游客", "figure") is None
