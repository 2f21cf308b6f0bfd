"""Workbooks: each row a sentence with its headings, whatever program wrote the file."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from compound_files import compound
from hostile import damaged, damaged_parts, read_or_refused, repacked
from workbook_samples import Page, Shown, ods, xls, xlsx

from ingest.formats.xlsx import read
from ingest.workbook import MAX_CELLS
from policyqa.errors import UnreadableFile

BEDS = Page(
    [
        ["2023年松垭区各镇街养老服务设施情况表（样例，地名虚构）"],
        ["填报单位：松垭区民政局", None, None, None, None, "单位：个、张、万元"],
        ["序号", "镇街", "养老机构", None, "床位", None, "财政补助"],
        [None, None, "公办", "民办", "总数", "其中：护理型", None],
        [1, "石枰镇", 2, 3, 320, 120, (58.5, "0.0")],
        [2, "云岚镇", 1, 0, 80, 40, (12.0, "0.0")],
        ["合计", None, 3, 3, 400, 160, (70.5, "0.0")],
        ["注：数据截至2023年12月31日。"],
    ],
    merged=[(0, 0, 0, 6), (2, 2, 2, 3), (2, 4, 2, 5), (2, 0, 3, 0), (2, 1, 3, 1), (2, 6, 3, 6), (6, 0, 6, 1)],
)
OUTPUT = Page(
    [
        ["指标", "单位", "本期", "同比增长"],
        ["规模以上工业总产值", "亿元", 118.4, (0.076, "0.0%")],
        ["　其中：汽车制造", "亿元", 40.2, (-0.031, "0.0%")],
        [],
        ["用电量", "万千瓦时", 23000, (0.052, "0.0%")],
    ],
    name="2024年1—6月",
)
SHOWN = Shown(
    {
        (58.5, "0.0"): "58.5",
        (12.0, "0.0"): "12.0",
        (70.5, "0.0"): "70.5",
        (0.076, "0.0%"): "7.6%",
        (-0.031, "0.0%"): "-3.1%",
        (0.052, "0.0%"): "5.2%",
    }
)
SENTENCES = """2023年松垭区各镇街养老服务设施情况表（样例，地名虚构）

填报单位：松垭区民政局。
2023年松垭区各镇街养老服务设施情况（样例，地名虚构），石枰镇：养老机构公办2个，养老机构民办3个，床位总数320张，床位其中护理型120张，财政补助58.5万元。
2023年松垭区各镇街养老服务设施情况（样例，地名虚构），云岚镇：养老机构公办1个，养老机构民办0个，床位总数80张，床位其中护理型40张，财政补助12.0万元。
2023年松垭区各镇街养老服务设施情况（样例，地名虚构），合计：养老机构公办3个，养老机构民办3个，床位总数400张，床位其中护理型160张，财政补助70.5万元。
注：数据截至2023年12月31日。

2024年1—6月

2024年1—6月，规模以上工业总产值：本期为118.4亿元，同比增长7.6%。
2024年1—6月，规模以上工业总产值，其中汽车制造：本期为40.2亿元，同比下降3.1%。
2024年1—6月，用电量：本期为23000万千瓦时，同比增长5.2%。
"""

Writer = Callable[..., Path]
WRITERS = [(xlsx, "a.xlsx"), (xls, "a.xls"), (xls, "a.et"), (ods, "a.ods")]


@pytest.mark.parametrize(("write", "name"), WRITERS, ids=[name for _, name in WRITERS])
def test_every_kind_of_workbook_reads_alike(tmp_path: Path, write: Writer, name: str) -> None:
    more = {"shown": SHOWN} if write is ods else {}
    raw = read(write(tmp_path / name, BEDS, OUTPUT, **more))
    assert raw.text == SENTENCES
    assert raw.notices == ()


@pytest.mark.parametrize("write", [xlsx, xls])
def test_hidden_sheets_are_left_out_and_named(tmp_path: Path, write: Writer) -> None:
    raw = read(
        write(tmp_path / "a", OUTPUT, Page([["镇街", "床位（张）"], ["云岚镇", 8]], "底稿", hidden=True))
    )
    assert "云岚镇" not in raw.text
    assert raw.notices == ("隐藏的工作表未收入：底稿",)


@pytest.mark.model
@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("石枰镇护理型床位有多少张？", "120张"),
        ("云岚镇2023年财政补助多少万元？", "12.0万元"),
        ("2024年上半年汽车制造产值是多少？", "40.2亿元"),
        ("2024年1—6月用电量同比增长多少？", "5.2%"),
    ],
)
def test_a_figure_of_a_table_answers_by_its_row_and_headings(
    tmp_path: Path, question: str, answer: str
) -> None:
    from policyqa import read as answered

    text = read(xlsx(tmp_path / "a.xlsx", BEDS, OUTPUT)).text
    found = answered(question, [line for line in text.splitlines() if line])
    assert found.short == answer
    assert answer in found.citations[0].quote


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        # blank rows below the title, below the headings, between groups
        (
            [["停车设施情况表"], [], ["区域", "泊位（个）"], [], ["城东", 18], [], ["合计", 18]],
            "停车设施情况，城东：泊位18个。\n停车设施情况，合计：泊位18个。",
        ),
        # two tables one below the other
        (
            [["区域", "泊位（个）"], ["城东", 18], [], ["年度", "投资（万元）"], [2023, 40], [2024, 55]],
            "城东：泊位18个。\n\n2023年：投资40万元。\n2024年：投资55万元。",
        ),
        # a text before and after
        (
            [
                ["本表为样例，内容均为虚构。"],
                [],
                ["区域", "泊位（个）"],
                ["城东", 18],
                [],
                ["填表人：韩立峰"],
            ],
            "本表为样例，内容均为虚构。\n\n城东：泊位18个。\n填表人：韩立峰。",
        ),
        # groups named by a merged row, their values below
        (
            [["指标", "数值（万元）"], ["一、收入"], ["税收", 30], ["二、支出"], ["教育", 20]],
            "收入，税收：数值30万元。\n支出，教育：数值20万元。",
        ),
        # the unit in the number format, dates, whole numbers with separators
        (
            [["项目", "投资", "开工日期"], ["泵站", (1200, '#,##0"万元"'), (45292, 'yyyy"年"m"月"d"日"')]],
            "泵站：投资1,200万元，开工日期为2024年1月1日。",
        ),
    ],
)
@pytest.mark.parametrize("write", [xlsx, xls])
def test_sheets_of_many_shapes(
    tmp_path: Path, write: Writer, rows: list[list[str | int | None]], says: str
) -> None:
    merged = [
        (r, 0, r, max(map(len, rows)) - 1)
        for r, row in enumerate(rows)
        if len(row) == 1 and r < len(rows) - 1
    ]
    text = read(write(tmp_path / "a", Page(rows, merged=merged))).text
    assert text.strip().endswith(says)


def test_a_letter_in_a_cell_keeps_its_paragraphs(tmp_path: Path) -> None:
    letter = "您提出的建议收悉。" + "经研究，现答复如下：" + "我们将继续加强停车设施建设，方便群众出行。" * 12
    rows = [
        ["提案编号", "案由", "答复内容", "办理结果"],
        ["第035号", "关于停车的提案", f"{letter}\n2023年新增泊位120个。", "A类"],
        ["第036号", "关于养老的提案", "已电话答复。", "B类"],
    ]
    text = read(xlsx(tmp_path / "a.xlsx", Page(rows))).text
    assert "答复内容：\n您提出的建议收悉。" in text
    assert "\n2023年新增泊位120个。\n" in text
    assert "案由为关于停车的提案" in text
    assert "第036号" in text
    assert "答复内容为已电话答复" in text


def test_errors_and_formulas_without_results_are_told(tmp_path: Path) -> None:
    raw = read(
        xlsx(
            tmp_path / "a.xlsx",
            Page([["镇街", "床位（张）", "占比"], ["石枰镇", 120, "=B2/B3"], ["云岚镇", 80, 0.4]]),
        )
    )
    assert raw.notices == ("有 1 个公式没有存下结果，请用 Excel 或 WPS 打开后另存",)
    assert "石枰镇：床位120张。" in raw.text


# --- refused ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (compound({"EncryptedPackage": b"x", "EncryptionInfo": b"x"}), "password"),
        (compound({"WordDocument": b"x"}), "Excel"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\xff" * 600, "damaged"),
        (b"PK\x03\x04", "not a whole"),
        (b"hello", "no workbook"),
    ],
    ids=["password", "word", "torn", "cut", "text"],
)
def test_what_is_no_readable_workbook_is_refused(tmp_path: Path, data: bytes, says: str) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(data)
    with pytest.raises(UnreadableFile, match=says) as refused:
        read(path)
    assert refused.value.hint


def test_an_empty_workbook_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="without anything"):
        read(xlsx(tmp_path / "a.xlsx", Page([])))


@pytest.mark.parametrize(("write", "name"), WRITERS[:2] + WRITERS[3:], ids=["xlsx", "xls", "ods"])
def test_damaged_workbooks_are_read_or_refused(tmp_path: Path, write: Writer, name: str) -> None:
    more = {"shown": SHOWN} if write is ods else {}
    whole = write(tmp_path / name, BEDS, OUTPUT, **more).read_bytes()
    for data in damaged(whole, 60):
        read_or_refused(read, tmp_path / name, data)


@pytest.mark.parametrize(
    "part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml", "xl/_rels/workbook.xml.rels"]
)
def test_workbooks_with_a_damaged_part_are_read_or_refused(tmp_path: Path, part: str) -> None:
    path = xlsx(tmp_path / "a.xlsx", BEDS)
    for data in damaged_parts(path, part):
        read_or_refused(read, tmp_path / "b.xlsx", data)


_SHEET = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData>{}'
    "</worksheet>"
)
_FAR = '<row r="{0}"><c r="A{0}" t="str"><v>甲</v></c><c r="XFD{0}"><v>1</v></c></row>'
_LONG = '<row r="1"><c r="A1" t="inlineStr"><is><t>' + "字" * 31_000_000 + "</t></is></c></row>"


@pytest.mark.parametrize(
    ("sheet", "says"),
    [
        ('<!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet>&a;</worksheet>', "document type|entit"),
        (_SHEET.format('<row r="1">' + "<c><v>1</v></c>" * 400_000 + "</row>", ""), "more than|elements"),
        (
            _SHEET.format(
                "".join(_FAR.format(r) for r in range(1, 800)),
                '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>',
            ),
            "",
        ),
        (_SHEET.format(_LONG, ""), "times its size"),
    ],
    ids=["entities", "wide", "merged over everything", "one long text"],
)
def test_hostile_sheets_are_refused_or_read_small(tmp_path: Path, sheet: str, says: str) -> None:
    path = tmp_path / "b.xlsx"
    path.write_bytes(repacked(xlsx(tmp_path / "a.xlsx", BEDS), {"xl/worksheets/sheet1.xml": sheet.encode()}))
    if says:
        with pytest.raises(UnreadableFile, match=says):
            read(path)
    else:
        assert len(read(path).text) < 100_000


def test_a_workbook_of_too_many_cells_is_refused(tmp_path: Path) -> None:
    row = "".join(f"<c><v>{n}</v></c>" for n in range(1000))
    sheet = _SHEET.format(f"<row>{row}</row>" * (MAX_CELLS // 1000 + 1), "")
    path = tmp_path / "b.xlsx"
    path.write_bytes(repacked(xlsx(tmp_path / "a.xlsx", BEDS), {"xl/worksheets/sheet1.xml": sheet.encode()}))
    with pytest.raises(UnreadableFile, match="500000 cells"):
        read(path)


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "b.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<x/>")
        with archive.open("xl/worksheets/sheet1.xml", "w") as part:
            for _ in range(150):
                part.write(b" " * 1_000_000)
    with pytest.raises(UnreadableFile, match="times its size"):
        read(path)
