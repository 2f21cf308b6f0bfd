"""Follow-up questions made whole by what was asked before."""

from __future__ import annotations

from datetime import date

import pytest

from policyqa.followup import chosen, place_of, whole
from policyqa.schema import Answer, Citation, Document

PLACES = frozenset({"甲山", "乙水", "大川", "槐渚", "芦垣"})


@pytest.mark.parametrize(
    ("before", "question", "expected"),
    [
        ("甲山区2023年新增学位多少个？", "那2022年呢？", "甲山区2022年新增学位多少个？"),
        ("甲山区80岁老人每餐补几块？", "甲山区助餐点2023年底多少个？", "甲山区助餐点2023年底多少个？"),
        ("甲山区2023年秋季学期参与率是多少？", "那2024年春季学期呢？", "甲山区2024年春季学期参与率是多少？"),
        ("甲山区2023年秋季参与率是多少？", "那2024年呢？", "甲山区2024年参与率是多少？"),
        ("甲山区2023年新增学位多少个？", "乙水区呢？", "乙水区2023年新增学位多少个？"),
        ("大川全市2023年新增学位多少个？", "甲山区呢？", "甲山区2023年新增学位多少个？"),
        ("甲山区2022年底有多少个站？", "第二年呢？", "甲山区2023年底有多少个站？"),
        ("甲山区2023年新培育企业多少家？", "累计呢？", "甲山区2023年企业，累计多少家？"),
        ("大川市2024年接待游客多少人次？", "那旅游收入呢？", "大川市2024年接待游客，旅游收入多少？"),
        ("大川市助餐点各县区分布", "哪个县助餐点最少？", "大川市哪个县助餐点最少？"),
        ("甲山区三级站每年补助多少？", "一级站呢？", "甲山区一级站每年补助多少？"),
        ("大川2022年底全市撂荒耕地多少？", "甲山区占多少？", "甲山区2022年底撂荒耕地多少？"),
        ("甲山区工业企业2023年净增几家？", "一共有多少家？", "甲山区2023年工业企业，一共有多少家？"),
        (
            "甲山区2022年6月底装了多少台电梯？",
            "其中上半年新装的是多少？",
            "甲山区装电梯，其中2022年上半年新装的是多少？",
        ),
        ("甲山区电梯六层以上补多少？", "五层的呢？", "甲山区电梯五层补多少？"),
        ("甲山区80岁以上老人每餐补多少？", "60到79岁的呢？", "甲山区老人每餐补，60到79岁的多少？"),
        ("甲山区给狗办证首年多少钱？", "第二年开始每年交多少？", "甲山区给狗办证，第二年开始每年交多少？"),
        ("甲山区签约项目多少个？", "那开工项目呢", "甲山区开工项目多少个？"),
        ("甲山区专用道一共多长", "主要在哪几条路", "甲山区专用道，主要在哪几条路"),
        ("甲山区2020年水质几类？", "2021上半年呢", "甲山区2021上半年水质几类？"),
        ("甲山区2023年利润是多少？", "比上年增长了多少？", "甲山区2023年利润，比上年增长了多少？"),
        ("甲山区2023年利润是多少？", "增长了多少", "甲山区2023年利润，增长了多少"),
        ("甲山区2023年新增学位多少个？", "比乙水区少多少个？", "甲山区2023年新增学位比乙水区少多少个？"),
        ("甲山区2023年缴费多少钱？", "财政补多少？", "甲山区2023年缴费，财政补多少？"),
        ("有多少家？", "甲山区2023年新培育的专精特新企业", "甲山区2023年新培育的专精特新企业多少家？"),
        # what asked for a date or a reason leaves no ask behind
        ("甲山区引水管啥时候通水的？", "这条管子投了多少钱？", "甲山区引水管通水，这条管子投了多少钱？"),
        ("甲山区2024年底充电桩总数", "其中当年新增多少？", "甲山区2024年底充电桩总数，其中当年新增多少？"),
        (
            "甲山区公交客运量2023年恢复到几成？",
            "2019年是多少人次？",
            "甲山区公交客运量恢复到，2019年是多少人次？",
        ),
        ("大川2024年接待游客多少万人次？", "乙水区接待游客多少万人次", "2024年乙水区接待游客多少万人次"),
        ("甲山区2021年排口还剩几个？", "2023年要整治多少排口？", "甲山区排口，2023年要整治多少排口？"),
        (
            "大川2023年底电梯累计多少台？",
            "那槐渚区比芦垣区多几台？",
            "2023年底电梯累计，槐渚区比芦垣区多几台？",
        ),
        # what asks for the place takes none over
        ("甲山区2023年新增学位多少个？", "2024年哪个区县优良天数最多？", "2024年哪个区县优良天数最多？"),
        ("甲山区2023年利润是多少？", "乙水区2024年养老站有多少个床位？", "乙水区2024年养老站有多少个床位？"),
    ],
)
def test_a_follow_up_is_made_whole(before: str, question: str, expected: str) -> None:
    assert whole(question, [before], PLACES, date(2026, 3, 1)) == expected


def test_follow_ups_build_on_one_another() -> None:
    earlier = ["甲山区2023年底公交车有多少辆？", "乙水区呢？"]
    assert whole("那2021年底呢？", earlier, PLACES, date(2026, 3, 1)) == "乙水区2021年底公交车有多少辆？"


@pytest.mark.parametrize(
    ("earlier", "question", "expected"),
    [
        (
            ["甲山区2023年新增学位多少个？", "乙水区呢？"],
            "两个区差多少？",
            "甲山区和乙水区2023年新增学位相差多少个？",
        ),
        (
            ["甲山区2022年新增学位是多少个？", "那2023年呢？"],
            "两年一共多少？",
            "甲山区2022年和2023年新增学位一共多少个？",
        ),
        (["甲山区2023年新增学位多少个？"], "两个区差多少？", "甲山区2023年新增学位，两个区差多少？"),
    ],
)
def test_two_answers_are_compared(earlier: list[str], question: str, expected: str) -> None:
    assert whole(question, earlier, PLACES, date(2026, 3, 1)) == expected


@pytest.mark.parametrize(
    ("earlier", "answered_for", "question", "expected"),
    [
        (["新设学校多少所？"], ["甲山区"], "2022年新设了多少所？", "甲山区新设学校，2022年新设了多少所？"),
        (["2023年新培育企业多少家？"], ["甲山区"], "那2022年呢？", "甲山区2022年新培育企业多少家？"),
        (["2023年新培育企业多少家？"], ["甲山区"], "乙水区呢？", "乙水区2023年新培育企业多少家？"),
        (["2023年新培育企业多少家？"], [""], "那2022年呢？", "2022年新培育企业多少家？"),
        (["乙水区2023年利润多少？"], ["甲山区"], "那2022年呢？", "乙水区2022年利润多少？"),
        # What the first answer was for holds on, also over one that was declined.
        (["2023年利润多少？", "2022年呢？"], ["甲山区", ""], "2021年呢？", "甲山区2021年利润多少？"),
    ],
)
def test_a_follow_up_stays_with_the_place_that_was_answered_for(
    earlier: list[str], answered_for: list[str], question: str, expected: str
) -> None:
    assert whole(question, earlier, PLACES, date(2026, 3, 1), answered_for) == expected


@pytest.mark.parametrize(
    ("issuers", "place"),
    [
        ([("大川市甲山区教育局",)], "甲山区"),
        ([("大川市甲山区教育局",), ("甲山区民政局", "甲山区财政局")], "甲山区"),
        ([("甲山区教育局",), ("乙水区教育局",)], ""),
        ([("甲山区教育局", "大川市教育局")], ""),
        ([("甲山区教育局",), ()], ""),
        ([("国家税务总局",)], ""),
        ([()], ""),
        ([], ""),
    ],
)
def test_the_place_of_an_answer_is_that_of_all_it_cites(issuers: list[tuple[str, ...]], place: str) -> None:
    cited = tuple(
        Citation(Document(str(number), "a.txt", "一句。", issuers=names), (), "一句。", 0, 3)
        for number, names in enumerate(issuers)
    )
    assert place_of(Answer("问", "answered", "答", citations=cited)) == place


OFFER = "您是想问：\n1. 甲山区有多少家企业？\n2. 乙水区有多少家企业？"


@pytest.mark.parametrize("question", ["第二个呢", "2", "第2个", "选二", "那第二个呢？"])
def test_a_choice_of_an_offer_is_picked(question: str) -> None:
    assert chosen(question, OFFER) == "乙水区有多少家企业？"


@pytest.mark.parametrize("question", ["第五个呢", "那2022年呢", "二级站呢", "为什么"])
def test_what_picks_nothing(question: str) -> None:
    assert chosen(question, OFFER) is None
