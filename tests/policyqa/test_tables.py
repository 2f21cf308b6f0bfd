"""Figures of table rows: value and unit from cell and heading, name, aspect, year and place from both."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from ingest.parse import parse
from policyqa.asked import Asked
from policyqa.evidence import gather, read_figures
from policyqa.findings import Candidate, Finding
from policyqa.match import figure_features, other_table
from policyqa.question import understand
from policyqa.reader import stated
from policyqa.schema import Document, Hit, Passage, Span, Table
from policyqa.tables import row_figures


def table(*headings: str) -> Table:
    return Table(headings, Span(0, 0), ())


@pytest.mark.parametrize(
    ("headings", "row", "expected"),
    [
        (
            ("年度", "小区数（个）", "投资（万元）"),
            "2023年　18　2600",
            [("小区数", "18", "个", "level", ""), ("投资", "26000000", "元", "level", "")],
        ),
        (
            ("区县", "优良天数（天）", "比上年"),
            "松垭区 | 331 | 增加4",
            [("优良天数", "331", "天", "level", "松垭区"), ("比上年", "4", "", "change", "松垭区")],
        ),
        (
            ("行业", "产值（亿元）", "增速（%）"),
            "纺织业　58.3　-5.7",
            [("纺织业产值", "5830000000", "元", "level", ""), ("纺织业产值增速", "-5.7", "%", "growth", "")],
        ),
        (
            ("指标", "2023年", "增幅"),
            "新增学位（个）　1710　－3.2%",
            [("新增学位", "1710", "个", "new", ""), ("新增学位增幅", "-3.2", "%", "growth", "")],
        ),
        (("区县", "优良天数"), "松垭区　345", [("优良天数", "345", "天", "level", "松垭区")]),
        (("区县", "2024年（个）"), "松垭区　2080", [("", "2080", "个", "level", "松垭区")]),
        (("区县", "学生数"), "松垭区　1345", [("学生数", "1345", "", "level", "松垭区")]),
        (("年度", "小区数"), "2023年　18　7000", []),
        (("区县", "建成年份"), "松垭区　2021", []),
        (("年度", "完成时间"), "2023年　2024", []),
    ],
)
def test_a_cell_is_read_with_its_heading_and_row(
    headings: tuple[str, ...], row: str, expected: list[tuple[str, ...]]
) -> None:
    found = row_figures(table(*headings), row)
    assert [
        (f.name, str(f.value.normalize().__format__("f")), f.unit, f.aspect, f.scope) for f in found
    ] == expected
    assert all(row[f.start : f.end] == f.text for f in found)


def test_the_year_of_a_cell_is_that_of_its_row_or_column() -> None:
    body = "年度　小区数（个）\n2022年　18\n2023年　26\n"
    rows = (Span(10, 18), Span(19, 27))
    document = Document(
        "d", "a.txt", body, signed_on=date(2024, 5, 1),
        tables=(Table(("年度", "小区数（个）"), Span(0, 9), rows),),
    )  # fmt: skip
    found = [read_figures(Passage(f"d:{r.start}", document, r.start, r.end)) for r in rows]
    assert [[(f.value, f.years, f.name) for f in figures] for figures in found] == [
        [(Decimal(18), (2022,), "小区数")],
        [(Decimal(26), (2023,), "小区数")],
    ]


def test_a_row_given_as_a_whole_is_said_with_its_headings() -> None:
    text = (
        "甲市水利局关于市政协六届二次会议第12号提案的答复\n李白石委员：\n您提出的提案收悉。现答复如下：\n"
        "一、供水情况。各县区情况见下表。\n县区　普及率　收缴率\n漪阳区　99.8%　96%\n楮亭区　99.1%　93%\n"
        "二、下一步打算。我们将继续改造。\n甲市水利局\n2024年6月14日\n"
    )
    _, passages = parse(text, "a.txt")
    row = next(p for p in passages if "漪阳区" in p.text)
    candidate = Candidate(Hit(row, 0.0), gather(row), {}, 0.0)
    question = understand("漪阳区供水怎么样", date(2025, 1, 1))
    answer = stated(question, [Finding(candidate, None, {}, 0.9)], 0.9)
    assert answer.text.startswith("漪阳区：普及率99.8%，收缴率96%（")
    asked = Asked(question, {"覆盖率": 1.0, "充电": 1.0}, {})
    assert other_table(asked, candidate.evidence)
    assert not other_table(replace(asked, terms={"收缴率": 1.0}), candidate.evidence)


def test_the_row_of_a_district_is_not_the_citys() -> None:
    text = (
        "甲川市2023年统计公报\n甲川市统计局\n2024年3月21日\n一、综合\n全年地区生产总值1217.9亿元。\n分县区情况如下：\n"
        "地区　常住人口（万人）　地区生产总值（亿元）\n鹭湾区　68.3　412.6\n云篁县　26.6　83.2\n"
        "二、农业\n粮食增产。\n"
    )
    _, passages = parse(text, "a.txt")
    evidence = gather(next(p for p in passages if "云篁县" in p.text))

    def fits(text: str) -> list[float]:
        question = understand(text, date(2025, 1, 1))
        asked = Asked(question, {}, {}, places=("甲川",), known_places=frozenset({"甲川"}))
        return [figure_features(asked, evidence, figure)["f_place"] for figure in evidence.figures]

    assert fits("甲川市2023年地区生产总值多少") == [-1.0, -1.0]
    assert min(fits("甲川市云篁县2023年地区生产总值多少")) > -0.6
