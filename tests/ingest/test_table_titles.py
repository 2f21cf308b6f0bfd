"""A head line that ends in 表 is a title; 代表 is none."""

from __future__ import annotations

import pytest

from ingest.head import TITLE_END


@pytest.mark.parametrize("line", ["2023年农村公路建设情况统计表", "各区县优良天数一览表（2024年）"])
def test_a_table_has_a_title(line: str) -> None:
    assert TITLE_END.search(line)


@pytest.mark.parametrize("line", ["李德勇等8名代表", "附表", "现予发表"])
def test_other_words_in_table_are_no_titles(line: str) -> None:
    assert not TITLE_END.search(line)
