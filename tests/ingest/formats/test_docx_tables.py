"""Tables in Word documents: data, layout, forms, metadata."""

from __future__ import annotations

from pathlib import Path

import pytest
from office_samples import add_table
from word_samples import lines, saved

from ingest.formats.docx import read
from ingest.parse import parse

docx = pytest.importorskip("docx")


def test_tables_become_sentences_with_their_title_and_unit(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("改造情况见下表，请予审阅。")
    document.add_paragraph("表1 2021—2023年老旧小区改造情况表")
    document.add_paragraph("单位：万元")
    rows = [
        ["年度", "小区数（个）", "投资", "投资"],
        ["", "", "总额", "其中：区级"],
        ["2022年", "15", "3200", "900"],
        ["2023年", "18", "4,100.5", "—"],
    ]
    table = add_table(document, rows)
    table.cell(0, 0).merge(table.cell(1, 0))
    table.cell(0, 1).merge(table.cell(1, 1))
    table.cell(0, 2).merge(table.cell(0, 3)).text = "投资"
    document.add_paragraph("下一步继续推进。")
    assert lines(saved(document, tmp_path)) == [
        "改造情况见下表，请予审阅。",
        "表1 2021—2023年老旧小区改造情况表",
        "2021—2023年老旧小区改造情况，2022年：小区数15个，投资总额3200万元，投资其中区级900万元。",
        "2021—2023年老旧小区改造情况，2023年：小区数18个，投资总额4,100.5万元。",
        "下一步继续推进。",
    ]


def test_merged_cells_hold_in_every_row(tmp_path: Path) -> None:
    document = docx.Document()
    rows = [
        ["区县", "年份", "床位（张）"],
        ["松垭区", "2022年", "3140"],
        ["", "2023年", "3560"],
        ["合计", "", "6700"],
    ]
    table = add_table(document, rows)
    table.cell(1, 0).merge(table.cell(2, 0)).text = "松垭区"
    table.cell(3, 0).merge(table.cell(3, 1)).text = "合计"
    assert lines(saved(document, tmp_path)) == [
        "松垭区，2022年：床位3140张。",
        "松垭区，2023年：床位3560张。",
        "合计：床位6700张。",
    ]


def test_layout_tables_are_no_data(tmp_path: Path) -> None:
    document = docx.Document()
    table = add_table(document, [["松垭区民政局", "文件"], ["松垭区财政局", ""]])
    table.cell(0, 1).merge(table.cell(1, 1)).text = "文 件"
    add_table(document, [["松垭民规〔2022〕2号", "签发人：章某"]])
    document.add_paragraph("关于印发《建设补助办法》的通知")
    raw = read(saved(document, tmp_path))
    found, _ = parse(raw.text, "a.docx")
    assert found.issuers == ("松垭区民政局", "松垭区财政局")
    assert found.document_number == "松垭民规〔2022〕2号"
    assert "松垭民规〔2022〕2号\u3000签发人：章某" in raw.text


def test_a_form_with_the_letter_in_a_cell(tmp_path: Path) -> None:
    document = docx.Document()
    table = add_table(document, [["提案标题", "关于养老服务的提案"], ["办理意见", ""]])
    cell = table.cell(1, 1)
    cell.text = "尹可期委员："
    for number in range(4):
        cell.add_paragraph(
            f"2023年新增养老床位42{number}张，年末全区养老机构21家，床位3560张，占全市的28.2%。"
        )
    found = lines(saved(document, tmp_path))
    assert found[0] == "提案标题：关于养老服务的提案"
    assert found[1:3] == ["办理意见：", "尹可期委员："]
    assert len(found) == 7


def test_a_table_of_metadata_is_read_as_the_head(tmp_path: Path) -> None:
    document = docx.Document()
    rows = [
        ["索引号", "0012", "发文机关", "松垭区民政局"],
        ["成文日期", "2024年5月17日", "发布日期", "2024年6月3日"],
    ]
    add_table(document, rows)
    document.add_paragraph("关于区政协十五届三次会议第118号提案的答复")
    document.add_paragraph("尹可期委员：")
    document.add_paragraph("您提出的《关于养老的提案》（第118号）收悉，现答复如下。")
    found, _ = parse(read(saved(document, tmp_path)).text, "a.docx")
    assert found.issuers == ("松垭区民政局",)
    assert str(found.published_on) == "2024-06-03"
    assert str(found.signed_on) == "2024-05-17"
