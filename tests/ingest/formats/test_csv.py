"""Tables in text files: encodings, delimiters, quotes, and what stands around the rows."""

from __future__ import annotations

import codecs
import csv
import io
from pathlib import Path

import pytest
from hostile import damaged, read_or_refused
from hypothesis import given
from hypothesis import strategies as st

from ingest.formats.csv import MAX_BYTES, find_delimiter, read, rows_of
from policyqa.errors import UnreadableFile

ROWS = [
    ["2023年枫渡县停车设施情况表（样例，虚构）", "", "", ""],
    ["单位：个", "", "", ""],
    ["区域", "小区数", "泊位数", "备注"],
    ["城东", "18", "7,000", ""],
    ["城西", "12", "3,100", "含路侧\n泊位"],
    ["合计", "30", "10,100", ""],
    ["注：截至2023年12月31日。", "", "", ""],
]
SENTENCES = """2023年枫渡县停车设施情况表（样例，虚构）

2023年枫渡县停车设施情况（样例，虚构），城东：小区数18个，泊位数7,000个。
2023年枫渡县停车设施情况（样例，虚构），城西：小区数12个，泊位数3,100个，备注：含路侧；泊位。
2023年枫渡县停车设施情况（样例，虚构），合计：小区数30个，泊位数10,100个。
注：截至2023年12月31日。
"""


def written(rows: list[list[str]], delimiter: str = ",", quoting: int = csv.QUOTE_MINIMAL) -> str:
    target = io.StringIO()
    csv.writer(target, delimiter=delimiter, quoting=quoting, lineterminator="\r\n").writerows(rows)  # type: ignore[arg-type]
    return target.getvalue()


def saved(folder: Path, data: bytes, name: str = "a.csv") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
@pytest.mark.parametrize("quoting", [csv.QUOTE_MINIMAL, csv.QUOTE_ALL])
def test_encoding_delimiter_and_quotes_are_found_out(
    tmp_path: Path, encoding: str, delimiter: str, quoting: int
) -> None:
    raw = read(saved(tmp_path, written(ROWS, delimiter, quoting).encode(encoding)))
    assert raw.text == SENTENCES
    assert raw.how == f"csv, {encoding}"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('sep=;\n区域;泊位\n城东;"1,800"\n城西;900\n', "城东：泊位1,800。\n城西：泊位900。"),
        ('代码,名称,人数（人）\n="0231",城东,20\n="0232",城西,30\n', "0231"),
        ("区域，泊位（个）\n城东，18\n城西，20\n", "城东：泊位18个。\n城西：泊位20个。"),
        # a quote that does not close takes its own line only
        ('区域,泊位（个）\n"城东,18\n城西,20\n', "城西：泊位20个。"),
        ('区域,泊位（个）,备注\n城东,18,5" 管\n城西,20,"无"\n', "城西：泊位20个"),
        ("区域,泊位（个）\r城东,18\r城西,20\r", "城西：泊位20个。"),
        ("本表为样例。\n\n区域,泊位（个）\n城东,18\n\n\n合计,18\n", "样例。\n\n城东：泊位18个。\n合计："),
        ("只有一列\n没有表格\n", "只有一列\n没有表格"),
    ],
)  # fmt: skip
def test_files_of_many_shapes(tmp_path: Path, text: str, says: str) -> None:
    assert says in read(saved(tmp_path, text.encode())).text


def test_commas_inside_cells_are_no_delimiters() -> None:
    assert find_delimiter("项目;投资\n甲,乙;1,200\n丙,丁;3,400\n") == ";"


# What a cell may hold: no lone carriage return, which ends a line, and no zero byte.
CELL = st.text(st.sampled_from('城东18,;\t|"\n 。个（'), max_size=6)


@given(st.lists(st.lists(CELL, min_size=2, max_size=4), min_size=1, max_size=6), st.sampled_from(",\t;|"))
def test_rows_come_back_as_they_were_written(rows: list[list[str]], delimiter: str) -> None:
    text = written(rows, delimiter).replace("\r\n", "\n")
    assert [row for row in rows_of(text, delimiter) if row] == rows


@pytest.mark.parametrize("data", [b"\x00\x01\x02" * 50, b"\xff\xfe\x00\xd8" * 20])
def test_binary_data_is_refused(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(UnreadableFile) as refused:
        read(saved(tmp_path, data))
    assert refused.value.hint


def test_a_file_beyond_all_measure_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    with path.open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    with pytest.raises(UnreadableFile, match="50 MB"):
        read(path)


@pytest.mark.parametrize(
    "data",
    [
        b"," * 2_000_000,
        b'"' * 300_001,
        b'"' + "城".encode() * 300_000,
        b"a,b\n" * 260_000,
        codecs.BOM_UTF16_LE + b"\x2c\x00" * 300_000,
    ],
    ids=["commas", "quotes", "open quote", "many rows", "utf-16 commas"],
)
def test_hostile_tables_are_read_or_refused(tmp_path: Path, data: bytes) -> None:
    read_or_refused(read, tmp_path / "a.csv", data)


def test_damaged_tables_are_read_or_refused(tmp_path: Path) -> None:
    for data in damaged(written(ROWS).encode("gb18030"), 80):
        read_or_refused(read, tmp_path / "a.csv", data)
