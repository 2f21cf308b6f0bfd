"""Sections: how they nest and end, headings run into text, roles."""
# Tables of cases read better in one line each.
# ruff: noqa: E501

from __future__ import annotations

import pytest

from ingest.sections import role_of_heading
from policyqa.schema import Document, Role


def parsed(main: str) -> Document:
    from ingest.parse import parse

    return parse("乙区教育局\n关于第035号提案的答复函\n\n李某委员：\n\n" + main, "a.txt")[0]


def paths(main: str) -> list[tuple[str, ...]]:
    return [section.path for section in parsed(main).sections]


@pytest.mark.parametrize(
    ("title", "role"),
    [
        ("二、下一步工作思路及措施", "commitment"),
        ("三、下一步打算", "commitment"),
        ("四、今后工作安排", "commitment"),
        ("五、2025年工作要点", "commitment"),
        ("五、2024年目标", "commitment"),
        ("后续工作", "commitment"),
        ("【后续】", "commitment"),
        ("四、往后怎么做", "commitment"),
        ("五、接着要办的", "commitment"),
        ("三、2024年重点任务", "commitment"),
        ("（五）今年安排", "commitment"),
        ("四、下半年重点", "commitment"),
        ("【提案人的诉求】", "claim"),
        ("一、提案人的诉求", "claim"),
        ("（一）诉求一", "claim"),
        ("您的建议", "claim"),
        ("【办理意见】", None),
        ("一、工作开展情况", None),
        ("一、2024年目标完成情况", None),
        ("二、2024年重点任务完成情况", None),
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


def test_a_last_paragraph_that_looks_ahead_for_the_whole_letter_is_of_no_section() -> None:
    from ingest.parse import parse

    text = "乙区教育局\n\n李某委员：\n\n一、用地方面\n\n全年供应36亩。\n\n二、用工方面\n\n缺工1870人。\n\n下一步，我局将公布清单。\n"
    found = {passage.text: passage.section for passage in parse(text, "a.txt")[1]}
    assert found["缺工1870人。"] == ("二、用工方面",)
    assert found["下一步，我局将公布清单。"] == ()
    # With one section only it is that section's.
    alone = text.replace("一、用地方面\n\n全年供应36亩。\n\n", "")
    found = {passage.text: passage.section for passage in parse(alone, "a.txt")[1]}
    assert found["下一步，我局将公布清单。"] == ("二、用工方面",)
