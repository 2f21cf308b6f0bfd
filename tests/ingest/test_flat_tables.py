"""Tables flattened to lines: their rows, and what is none."""

from __future__ import annotations

import pytest

from ingest.flat_tables import find_tables
from ingest.lines import split_lines

TABLE = "区域　白天　夜间\n一类区　首小时4　每次3\n二类区　首小时2　每次2\n"


def rows(text: str) -> list[str]:
    return [text[row.start : row.end] for table in find_tables(split_lines(text)) for row in table.rows]


def test_a_row_may_have_one_word_for_all_columns() -> None:
    assert rows(TABLE + "三类区　暂不收费\n四类区　首小时1　每次1\n")[2:] == [
        "三类区　暂不收费",
        "四类区　首小时1　每次1",
    ]


@pytest.mark.parametrize(
    "line",
    [
        "三类区　暂不收费，由镇街管理。",
        "三类区　3",
        "大型车按小型车的1.5倍收取。",
        "\n乙区城管局　乙区财政局",
    ],
)
def test_a_line_below_a_table_that_is_no_row(line: str) -> None:
    assert len(rows(TABLE + line + "\n")) == 2


def test_one_row_and_a_word_are_no_table() -> None:
    assert rows("区域　白天　夜间\n一类区　首小时4　每次3\n三类区　暂不收费\n") == []
