"""Two sides of one matter: kinds, target and outcome, part and whole, an amount shared out."""

from __future__ import annotations

import pytest

from policyqa.sides import sides_of


@pytest.mark.parametrize(
    ("text", "operation", "parts"),
    [
        ("甲山喘息服务，短住和上门哪个用得多？", "most",
         ["甲山喘息服务，短住用得是多少？", "甲山喘息服务，上门用得是多少？"]),
        ("甲山区城乡居民收入差多少元，2024年", "difference",
         ["2024年甲山区城镇居民收入是多少？", "2024年甲山区农村居民收入是多少？"]),
        ("甲山区城里人和农村人一年收入差多少钱，按2024年的", "difference",
         ["2024年甲山区城镇一年收入是多少？", "2024年甲山区农村一年收入是多少？"]),
        ("城镇居民比农村居民2024年收入多多少元", "difference",
         ["2024年城镇居民收入多少？", "2024年农村居民收入多少？"]),
        ("甲山区2023年公厕新建计划与实际完成数是否一致？", "difference",
         ["甲山区2023年公厕新建实际完成是多少？", "甲山区2023年公厕新建计划是多少？"]),
        ("甲山区加装电梯2024年超计划多少部", "difference",
         ["甲山区加装电梯2024年实际是多少？", "甲山区加装电梯2024年计划是多少？"]),
        ("甲山区城乡低保对象加起来多少人", "sum",
         ["甲山区城镇低保对象是多少？", "甲山区农村低保对象是多少？"]),
        ("甲山区城乡居民收入比是多少", "ratio",
         ["甲山区城镇居民收入是多少？", "甲山区农村居民收入是多少？"]),
        ("甲山区2023年公园投资比计划少多少", "difference",
         ["甲山区2023年公园投资实际是多少？", "甲山区2023年公园投资计划是多少？"]),
        ("甲山区2024年新增车位前8个月完成全年计划的几成", "share",
         ["甲山区2024年新增车位前8个月实际是多少？", "甲山区2024年新增车位计划是多少？"]),
        ("甲山小学一年级实际入学比预计多几人？", "difference",
         ["甲山小学一年级实际入学几人？", "甲山小学一年级预计入学几人？"]),
        ("甲山农民技能培训六楼的系数是三楼的几倍", "ratio",
         ["甲山农民技能培训六楼的系数是多少？", "甲山农民技能培训三楼的系数是多少？"]),
        ("甲山区2024年农业用水占总用水量几成？", "share",
         ["甲山区2024年农业用水是多少？", "甲山区2024年总用水量是多少？"]),
        ("乙水区的产值占甲山全市百分之几，2024年", "share",
         ["2024年乙水区的产值是多少？", "2024年甲山全市的产值是多少？"]),
        ("甲山区公交2024年票款加财政补贴合计多少亿元", "sum",
         ["甲山区公交2024年票款多少亿元？", "甲山区公交2024年财政补贴多少亿元？"]),
        ("2024年乙水区的菱角面积占甲山全市大概多少", "share",
         ["2024年乙水区的菱角面积是多少？", "2024年甲山全市的菱角面积是多少？"]),
        ("甲山区适老化改造平均每户花多少钱？", "each",
         ["甲山区适老化改造花多少钱？", "甲山区适老化改造有多少户？"]),
        ("甲山区2024年新增就业3.6万的目标完成没？", "difference",
         ["甲山区2024年新增就业多少？", "甲山区2024年新增就业计划多少？"]),
        ("甲山区2024年加梯计划150部，实际建成几部，完成没？", "difference",
         ["甲山区2024年加梯几部？", "甲山区2024年加梯计划几部？"]),
    ],
)  # fmt: skip
def test_a_question_on_two_sides_is_taken_apart(text: str, operation: str, parts: list[str]) -> None:
    found = sides_of(text, ["甲山", "乙水"])
    assert found is not None
    assert (found.operation, [part.question for part in found.parts]) == (operation, parts)


@pytest.mark.parametrize(
    "text",
    [
        "甲山区2024年新增学位多少个？",
        "甲山区一般工业固废综合利用率2024年是多少？",
        "甲山区2024年的计划完成率是多少？",
        "甲山区校车比原来多几辆？",
        "甲山区和乙水区的答复是谁写的？",
        "甲山区老年人占比多少？",
    ],
)
def test_other_questions_have_no_sides(text: str) -> None:
    assert sides_of(text, ["甲山", "乙水"]) is None


def test_target_and_outcome_want_a_plan_and_a_fact() -> None:
    found = sides_of("甲山区充电桩2024年目标1600个，最后超了多少？")
    assert found is not None
    assert [(part.label, part.wish) for part in found.parts] == [("实际", "fact"), ("目标", "plan")]


def test_the_most_of_a_list_of_kinds() -> None:
    found = sides_of("2006年中央投科技、教育、卫生、文化四样，哪样增幅最大")
    assert found is not None
    assert found.operation == "most"
    assert [part.label for part in found.parts] == ["科技", "教育", "卫生", "文化"]
    assert [part.question for part in found.parts][2] == "2006年中央投卫生增幅是多少？"
