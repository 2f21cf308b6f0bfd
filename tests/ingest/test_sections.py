"""Sections: numbering styles, headings run into text, roles."""
# Tables of cases read better in one line each.
# ruff: noqa: E501

from __future__ import annotations

import pytest

from ingest.sections import is_heading, numbering, role_of_heading
from policyqa.schema import Document, Role


def parsed(main: str) -> Document:
    from ingest.parse import parse

    return parse("乙区教育局\n关于第035号提案的答复函\n\n李某委员：\n\n" + main, "a.txt")[0]


def paths(main: str) -> list[tuple[str, ...]]:
    return [section.path for section in parsed(main).sections]


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
    ("title", "role"),
    [
        ("二、下一步工作思路及措施", "commitment"),
        ("三、下一步打算", "commitment"),
        ("四、今后工作安排", "commitment"),
        ("五、2025年工作要点", "commitment"),
        ("五、2024年目标", "commitment"),
        ("后续工作", "commitment"),
        ("【提案人的诉求】", "claim"),
        ("一、提案人的诉求", "claim"),
        ("（一）诉求一", "claim"),
        ("您的建议", "claim"),
        ("【办理意见】", None),
        ("一、工作开展情况", None),
        ("一、2024年目标完成情况", None),
        ("二、关于提案建议的办理意见", None),
        ("（一）财政全额出资的请求", None),
        ("二、关于您提出的几项建议", None),
        ("三、关于设立专项资金的建议", None),
    ],
)
def test_a_heading_says_whose_words_follow(title: str, role: Role | None) -> None:
    assert role_of_heading(title) == role


def test_headings_nest_by_their_numbering() -> None:
    main = "一、甲\n\n（一）乙\n\n1.丙\n\n全年新增36家。\n\n（二）丁\n\n全年新增37家。\n\n二、戊\n\n全年新增38家。\n"
    assert paths(main) == [
        ("一、甲",),
        ("一、甲", "（一）乙"),
        ("一、甲", "（一）乙", "1.丙"),
        ("一、甲", "（二）丁"),
        ("二、戊",),
    ]


def test_a_missing_blank_line_before_a_heading_does_not_hide_it() -> None:
    assert paths("一、甲\n全年新增36家。\n二、乙\n全年新增37家。\n") == [("一、甲",), ("二、乙",)]


def test_a_heading_run_into_the_paragraph_before_it_is_found() -> None:
    main = "1、总量。全年新增36家。2、结构。路内6180个。\n"
    assert paths(main) == [("1、总量",), ("2、结构",)]


def test_headings_that_are_run_into_their_own_text_keep_their_name_only() -> None:
    assert paths("（一）抓产业。全年新增36家。\n（二）抓企业。全年新增37家。\n") == [
        ("（一）抓产业",),
        ("（二）抓企业",),
    ]


def test_articles_stand_below_chapters_and_their_items_below_them() -> None:
    main = (
        "第一章 总则\n第一条 为规范管护，制定本办法。\n第二条 申请须同时符合：\n（一）消防手续齐全；\n（二）未被列入名单。\n"
        "第三条 每亩15元。\n第二章 附则\n第四条 自2023年3月1日起施行。\n"
    )
    assert paths(main) == [
        ("第一章 总则",),
        ("第一章 总则", "第一条"),
        ("第一章 总则", "第二条"),
        ("第一章 总则", "第二条", "（二）未被列入名单"),
        ("第一章 总则", "第三条"),
        ("第二章 附则",),
        ("第二章 附则", "第四条"),
    ]


def test_a_sentence_that_speaks_of_an_article_begins_none() -> None:
    assert paths("第一条 申请须公示。第三条认定奖励免申即享。\n第二条 自印发之日起施行。\n") == [
        ("第一条",),
        ("第二条",),
    ]


def test_sections_cover_their_text_and_lie_inside_the_body() -> None:
    document = parsed(
        "一、甲\n\n（一）乙\n\n全年新增36家。\n\n二、丙\n\n全年新增37家。\n\n乙区教育局\n2024年6月14日\n"
    )
    outer, inner, second = document.sections
    assert document.body[outer.start : outer.end].startswith("一、甲")
    assert (inner.start > outer.start, inner.end) == (True, outer.end)
    assert second.start == outer.end
    assert "36家" in document.body[inner.start : inner.end]
    assert "37家" in document.body[second.start : second.end]
    assert "2024年6月14日" not in document.body[second.start : second.end]


def test_an_item_behind_a_counted_heading_closes_it() -> None:
    assert paths("其一，学位问题。1.学位不足的学校有3所。\n全年新增36家企业。\n") == [("其一，学位问题",)]
