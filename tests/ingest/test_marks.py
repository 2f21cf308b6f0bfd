"""Lines that consist of marks alone, and what head, proposals, tail and sections make of new styles."""
# Tables of cases read better in one line each.
# ruff: noqa: E501

from __future__ import annotations

from datetime import date

import pytest

from ingest.agencies import agencies
from ingest.head import read_head
from ingest.lines import split_lines
from ingest.marks import read_marks
from ingest.parse import parse

LETTER = "\n李某委员：\n您提出的《关于某事的提案》收悉。现答复如下：\n全年新增36家。\n"


@pytest.mark.parametrize(
    ("line", "marks"),
    [
        ("〔A类·主动公开〕　　桐水建复〔2024〕8号", ["outcome", "", "document_number"]),
        ("（办理类别：A类    桐自然资提〔2023〕9号）", ["outcome", "document_number"]),
        ("（主办：区民政局　会办：区财政局、区城管局）", ["lead_unit", "co_units"]),
        ("（桐民规〔2024〕2号，桐浦市民政局、桐浦市财政局2024年5月30日印发）", ["document_number", "issuer", "printed_on", "issuer"]),
        ("（2023年4月6日市人民政府第21次常务会议通过，桐政规〔2023〕5号印发）", ["signed_on", "adopter", "document_number"]),
        ("（桐邮案〔2024〕6号，市商务局会签）", ["document_number", "co_units"]),
        ("办理结果：B（原为C）", ["outcome"]),
        ("桐水提〔2024〕5号（再）", ["document_number", ""]),
        ("桐浦区教育局", None),
        ("关于第35号提案的答复", None),
        ("（试行）", None),
        ("2024年5月30日", None),
        ("一、工作情况", None),
    ],
)  # fmt: skip
def test_a_line_of_marks_is_known_part_by_part(line: str, marks: list[str] | None) -> None:
    parts = read_marks(line, agencies)
    assert (None if parts is None else [part.mark for part in parts]) == marks


@pytest.mark.parametrize(
    ("head", "issuers", "number", "day"),
    [
        ("桐浦市文化旅游局（桐浦市文物局）\n桐文旅函〔2024〕7号\n关于第41号提案的答复" + LETTER, ("桐浦市文化旅游局（桐浦市文物局）",), "桐文旅函〔2024〕7号", None),
        ("桐浦市公寓管理办法\n（2023年4月6日市人民政府第21次常务会议通过，桐政规〔2023〕5号印发）\n第一条　为规范管理，制定本办法。", ("桐浦市人民政府",), "桐政规〔2023〕5号", date(2023, 4, 6)),
        ("桐浦区奖补细则\n（桐商发〔2024〕6号，桐浦区商务局、桐浦区财政局2024年3月1日联合印发）\n第一条　为规范资金，制定本细则。", ("桐浦区商务局", "桐浦区财政局"), "桐商发〔2024〕6号", date(2024, 3, 1)),
        ("桐浦县2023年统计公报[1]\n桐浦县统计局　国家统计局桐浦调查队\n2024年3月9日\n一、综合\n地区生产总值增长5%。", ("桐浦县统计局", "国家统计局桐浦调查队"), "", date(2024, 3, 9)),
    ],
)  # fmt: skip
def test_issuer_number_and_date_stand_in_many_places(
    head: str, issuers: tuple[str, ...], number: str, day: date | None
) -> None:
    document, _ = parse(head, "x.txt")
    assert (document.issuers, document.document_number, document.dated) == (issuers, number, day)
    assert "[1]" not in document.title


def test_a_bracket_of_marks_is_no_part_of_the_title() -> None:
    head = read_head(split_lines("桐浦区教育局\n\n关于第35号提案的答复（A类，可公开）" + LETTER))
    assert (head.title, head.outcome) == ("关于第35号提案的答复", "A")


@pytest.mark.parametrize(
    ("title", "opening", "found"),
    [
        ("对区人大四次会议第12、35号建议的答复", "你们提出的“治理消防隐患”“规范楼道充电”两件建议，现答复如下：", [("12", "治理消防隐患"), ("35", "规范楼道充电")]),
        ("关于第47号提案《关于办好助餐的提案》的答复", "两位委员提出的问题很实在，现答复如下：", [("47", "关于办好助餐的提案")]),
        ("对第11号建议的答复", "您提出的关于加强市场监管的建议，我局办理完毕，答复如下。“由政府买单”的建议不采纳。", [("11", "关于加强市场监管的建议")]),
        ("关于第5号、第6号提案的答复", "《关于修路的提案》收悉，答复如下。", [("5", ""), ("6", "")]),
    ],
)  # fmt: skip
def test_each_number_gets_its_title(title: str, opening: str, found: list[tuple[str, str]]) -> None:
    document, _ = parse(f"{title}\n李某委员：\n{opening}\n", "x.txt")
    assert [(p.number, p.title) for p in document.proposals] == found


def test_remarks_and_contacts_below_do_not_hide_the_signature() -> None:
    text = f"关于第35号提案的答复{LETTER}\n桐浦区体育局\n2025年4月8日\n联系：群体科 倪某 000-5590716\n注：数据为初步统计数。\n"
    document, _ = parse(text, "x.txt")
    assert document.issuers == ("桐浦区体育局",)
    assert document.dated == date(2025, 4, 8)
    assert document.contact == "联系：群体科 倪某 000-5590716"


def test_headings_in_brackets_with_signs_and_counted() -> None:
    text = f"关于第35号提案的答复{LETTER}【现状】全区有食堂21个。\n★ 几条建议\n第一，成立消防站。采纳。\n第二，安装监控。部分采纳。\n"
    document, _ = parse(text, "x.txt")
    assert [section.path[-1] for section in document.sections] == [
        "【现状】",
        "★ 几条建议",
        "第一，成立消防站",
        "第二，安装监控",
    ]
