"""Headings: numbering styles, their shape, and what the siblings in a run say of an item."""
# Tables of cases read better in one line each.
# ruff: noqa: E501

from __future__ import annotations

import pytest

from ingest.headings import is_heading, numbering
from ingest.parse import parse


def paths(main: str) -> list[tuple[str, ...]]:
    text = "乙区教育局\n关于第035号提案的答复函\n\n李某委员：\n\n" + main
    return [section.path for section in parse(text, "a.txt")[0].sections]


def headings(main: str) -> list[str]:
    return [path[-1] for path in paths(main)]


def section_of(main: str) -> dict[str, tuple[str, ...]]:
    text = "乙区教育局\n关于第035号提案的答复函\n\n李某委员：\n\n" + main
    return {passage.text: passage.section for passage in parse(text, "a.txt")[1]}


@pytest.mark.parametrize(
    ("text", "marker"),
    [
        ("第一章 总则", "第一章"),
        ("第一条 为规范", "第一条"),
        ("第十二条　", "第十二条"),
        ("一、工作", "一、"),
        ("十一、其他", "十一、"),
        ("（一）抓产业", "（一）"),
        ("(二)抓企业", "(二)"),
        ("1.产能", "1."),
        ("1．产能", "1．"),
        ("2、结构", "2、"),
        ("12. 其他", "12."),
        ("(1)摸底", "(1)"),
        ("（2）处置", "（2）"),
        ("①工业治理", "①"),
        ("⑩其他", "⑩"),
    ],
)
def test_every_numbering_style_is_known(text: str, marker: str) -> None:
    found = numbering(text)
    assert found is not None
    assert text[: found[1]].startswith(marker)


@pytest.mark.parametrize(
    "text",
    ["2.5亿元", "2023年", "一是抓产业", "第一", "第三产业", "（略）", "十五届", "36家", "1:00", "1.5倍"],
)
def test_what_is_no_numbering(text: str) -> None:
    assert numbering(text) is None


def test_levels_go_from_chapter_to_circled_number() -> None:
    order = ["第一章", "第一条", "一、", "（一）", "1.", "（1）", "①"]
    levels = [found[0] for text in order if (found := numbering(text))]
    assert levels == sorted(set(levels))


@pytest.mark.parametrize(
    ("text", "ends_line", "starts_line", "heading"),
    [
        ("一、工作开展情况", True, True, True),
        ("（一）积极融入国家重大战略。", False, True, True),
        ("（二）产业集群实现系统化发展。", False, False, True),
        ("1.规模。", False, True, True),
        ("①用电量与产值同步回升。", False, True, True),
        ("【办理意见】", True, True, True),
        ("关于队伍。", False, True, True),
        ("1.“三年内所有行政村建成公共充电桩”。", False, True, True),
        ("③对“取消限制”，不予采纳。", False, True, True),
        ("（一）2025年目标增长5%。", False, True, False),
        ("1.一般项目，按设备实际投资额的5%给予补助，单户最高80万元。", False, True, False),
        ("（一）专项资金申请表；（二）营业执照复印件；", False, True, False),
        ("第一条　为规范资金使用，制定本办法。", False, True, False),
        ("全年新增36家。", False, True, False),
        ("关于队伍。", False, False, False),
    ],
)
def test_a_heading_is_numbered_short_and_without_figures(
    text: str, ends_line: bool, starts_line: bool, heading: bool
) -> None:
    assert (is_heading(text, ends_line, starts_line) is not None) is heading


@pytest.mark.parametrize(
    "main",
    [
        # Items that hold nothing are a list, be they ever so short.
        "（一）乙局牵头，做好申报。\n（二）丙局负责征收。\n（三）丁局按时拨付。\n",
        # Conditions, the last of them with a full stop.
        "（一）有房屋证明；\n（二）手续齐全；\n（三）未被列入名单。\n名单由乙局公布。\n",
        # One item is short, the others are running text.
        "（一）各镇要做好宣传，5月初至少组织一次集中辅导，对首次申报的企业逐一提醒，不漏一户一企。\n（二）企业对材料的真实性负责。虚报的收回资金。\n（三）资金应专款专用，不得挪用。乙局将开展评价。\n",
        "1.指标按可比口径计算。\n2.利润为快报数，以年报为准，本期共有36家企业未报，按上期数据补齐，不影响增速。\n3.户数未扣除退库企业。\n",
    ],
)
def test_items_of_a_list_are_no_headings(main: str) -> None:
    assert headings("一、有关要求\n" + main + "二、附则\n本通知自印发之日起施行。\n") == [
        "一、有关要求",
        "二、附则",
    ]


def test_a_figure_makes_no_heading_an_item_where_its_siblings_are_headings() -> None:
    main = "（1）把补助由5%提高到8%。\n今年先提高到6%。\n（2）建设中试基地。\n已列入计划。\n（3）设立引导基金。\n已完成方案。\n"
    assert headings(main) == ["（1）把补助由5%提高到8%", "（2）建设中试基地", "（3）设立引导基金"]
    assert "（1）把补助由5%提高到8%。" in section_of(main)


def test_years_and_numbers_of_proposals_are_no_figures() -> None:
    main = "（一）2025年目标。净增35户。\n（二）关于第33号提案。同意。\n"
    assert headings(main) == ["（一）2025年目标", "（二）关于第33号提案"]


def test_facts_in_a_numbered_list_are_no_headings() -> None:
    assert headings("1.全年新增36家。累计79家。\n2.投资增长5%。总额12亿元。\n") == []


def test_a_name_with_its_text_on_the_line_needs_no_siblings() -> None:
    main = "（一）滨江路改造进度慢，总包单位三次更换项目经理，至今没有复工，责任单位乙局，已约谈三次仍未见效。\n（二）数据不实。上报9部，核查6部。\n（三）湖东街把已建成的2处口袋公园重复计入今年任务，予以扣分，并在全区通报，年底考核取消评优。\n"
    assert headings(main) == ["（二）数据不实"]


def test_what_stands_below_the_last_paragraph_is_of_no_section() -> None:
    main = "1、总量。全年新增36家。\n2、结构。路内6180个。\n关于停车，目前不具备条件。\n"
    found = section_of(main)
    assert found["路内6180个。"] == ("2、结构",)
    assert found["关于停车，目前不具备条件。"] == ()


def test_a_section_of_several_paragraphs_keeps_the_last_of_them() -> None:
    main = "1、总量。全年新增36家。\n其中国有9家。\n2、结构。路内6180个。\n路外有9000个。\n"
    assert section_of(main)["路外有9000个。"] == ("2、结构",)


def test_notes_below_the_text_are_of_no_section() -> None:
    found = section_of("一、预判\n预计增长5%左右。\n附注：\n1.利润为快报数。\n2.增速按可比口径计算。\n")
    assert found["预计增长5%左右。"] == ("一、预判",)
    assert found["1.利润为快报数。"] == found["2.增速按可比口径计算。"] == ()
