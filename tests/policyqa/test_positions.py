"""Lists that belong together by position: the i-th name and the i-th figure."""

from __future__ import annotations

import pytest

from policyqa.figures import find_figures


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "2023年，新能源汽车配套、页岩气、中医药等主导产业增加值分别增长28.3%、30.4%、2.3倍",
            [("新能源汽车配套", "28.3%"), ("页岩气", "30.4%"), ("中医药", "2.3倍")],
        ),
        (
            "2021年、2022年底全区社区养老服务站分别为62个、78个",
            [("2021年", "62个"), ("2022年", "78个")],
        ),
        (
            "松垭区、桐浦区、枫渡县优良天数分别为331天、325天、350天，PM2.5年均浓度分别为31、33、25微克/立方米",
            [
                ("松垭区", "331天"),
                ("桐浦区", "325天"),
                ("枫渡县", "350天"),
                ("松垭区", "31"),
                ("桐浦区", "33"),
                ("枫渡县", "25微克/立方米"),
            ],
        ),
        (
            "其中县道、乡道、村道分别为312公里、586公里、1165公里",
            [("县道", "312公里"), ("乡道", "586公里"), ("村道", "1165公里")],
        ),
        (
            "茶油、蔬菜、脆李三大产业产值分别为8.6亿元、5.9亿元、3.2亿元，分别增长11.2%、6.4%、－4.7%",
            [
                ("茶油产业产值", "8.6亿元"),
                ("脆李产业产值", "3.2亿元"),
                ("茶油产业产值", "11.2%"),
                ("脆李产业产值", "－4.7%"),
            ],
        ),
        (
            "80—89周岁、90—99周岁、100周岁以上老人每月津贴，由50元、100元、300元分别提高到60元、150元、500元",
            [("80-89周岁老人每月津贴", "60元"), ("90-99周岁老人", "150元"), ("100周岁以上老人", "500元")],
        ),
        (
            "城市、农村低保分别由636元、515元提高到672元、546元",
            [("城市低保", "672元"), ("农村低保", "515元")],
        ),
        (
            "运行补助按考核结果分A、B、C三档，分别为3万元、2万元、1万元",
            [("a档", "3万元"), ("b档", "2万元"), ("c档", "1万元")],
        ),
        ("A、B、C级站分别补助5万元、3万元、1万元", [("a级站", "5万元"), ("c级站", "1万元")]),
        (
            "自理、半失能、失能老年人每人每月分别为100元、200元、350元",
            [("自理老年人", "100元"), ("失能老年人", "350元")],
        ),
        (
            "分为一类、二类、三类区域，停车费分别为每小时5元、3元、2元",
            [("二类区域", "3元"), ("三类区域", "2元")],
        ),
        (
            "推出“竹贷”“船贷”“菜贷”三款产品，分别投放1.14亿元、0.86亿元、2.03亿元，不良率分别为0.9%、1.6%、0.7%",
            [("船贷投放", "0.86亿元"), ("竹贷不良率", "0.9%"), ("菜贷不良率", "0.7%")],
        ),
        ("一、二、三级站每年补助12万元、8万元、5万元", [("一级站", "12万元"), ("三级站", "5万元")]),
        ("2021—2023年分别完成改造360户、480户、420户", [("2021年", "360户"), ("2023年", "420户")]),
        ("2022、2023两年各新建12个、17个", [("2022年", "12个"), ("2023年", "17个")]),
        ("医院、卫生院床位分别为820张、310张", [("医院床位", "820张"), ("卫生院床位", "310张")]),
        (
            "用水、用电等专营单位出资和居民出资分别为0.37亿元、0.11亿元",
            [("专营单位出资", "0.37亿元"), ("居民出资", "0.11亿元")],
        ),
        ("小学和初中分别提供学位3060个和1440个", [("小学", "3060个"), ("初中", "1440个")]),
        ("职工医保、居民医保依次为85.4%和70.6%", [("职工医保", "85.4%"), ("居民医保", "70.6%")]),
        (
            "招聘教师268人，其中幼儿园教师62人，分别比上年增加54人、17人",
            [("招聘教师", "54人"), ("幼儿园教师", "17人")],
        ),
    ],
)
def test_figures_after_respectively_get_the_name_at_their_place(
    sentence: str, expected: list[tuple[str, str]]
) -> None:
    found = [(f.indicator, f.text) for f in find_figures(sentence)]
    for name, text in expected:
        (indicator,) = [i for i, t in found if t == text]
        assert name in indicator
        assert not any(other in indicator for other, _ in expected if other != name)


def test_lists_of_different_things_are_not_paired_without_respectively() -> None:
    figures = find_figures("改造小区、学校12个、15所")
    assert "改造小区学校" not in figures[1].indicator
    assert "小区" not in figures[1].indicator


def test_a_change_holds_for_the_bare_figures_behind_it() -> None:
    assert [f.aspect for f in find_figures("每年分别增加护士46名、51名、38名")] == ["change"] * 3


def test_growth_after_respectively_is_growth_for_each() -> None:
    figures = find_figures("甲业、乙业、丙业增加值分别增长28.3%、30.4%、2.3倍")
    assert [f.aspect for f in figures] == ["growth"] * 3


def test_levels_after_respectively_raised_to_are_levels() -> None:
    figures = find_figures("职工、居民参保率分别提高到97%、96%")
    assert [f.aspect for f in figures] == ["level"] * 2


def test_a_list_of_names_that_does_not_match_in_number_is_left_alone() -> None:
    figures = find_figures("甲业、乙业分别增长28.3%、30.4%、2.3倍")
    assert all("甲业" not in f.indicator for f in figures[1:])


def test_two_names_in_one_word_are_a_list_of_two() -> None:
    found = find_figures("城乡低保标准分别为每人每月745元、610元")
    assert [(f.indicator[:2], f.text) for f in found] == [("城镇", "745元"), ("农村", "610元")]
