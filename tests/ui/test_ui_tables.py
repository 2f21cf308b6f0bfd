"""Tables in answers as HTML."""

from __future__ import annotations

import pytest

from ui.tables import text_html

TABLE = "| 区县 | 数字 |\n|---|---|\n| 甲区 | 36家 |\n| 乙区 | <b>41家 |"


def test_a_table_stands_between_paragraphs() -> None:
    html = text_html(f"前文\n\n{TABLE}\n\n合计：36家 + 41家 = 77家。")
    assert html == (
        '<p class="pq-text">前文</p><div class="pq-table"><table><thead><tr><th scope="col">区县</th>'
        '<th scope="col">数字</th></tr></thead><tbody><tr><td>甲区</td><td>36家</td></tr>'
        "<tr><td>乙区</td><td>&lt;b&gt;41家</td></tr></tbody></table></div>"
        '<p class="pq-text">合计：36家 + 41家 = 77家。</p>'
    )


@pytest.mark.parametrize("length", range(len(TABLE) + 1))
def test_a_table_that_is_still_appearing_is_whole_html(length: int) -> None:
    html = text_html(TABLE[:length])
    for tag in ("table", "tr", "td", "p"):
        assert html.count(f"<{tag}>") + html.count(f"<{tag} ") == html.count(f"</{tag}>")
    assert "<b>" not in html
