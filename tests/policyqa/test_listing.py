"""Enumerations: numbered in one sentence, on the lines below, and listed with 、."""

from policyqa.evidence import gather
from policyqa.listing import inline_items, listing_at
from policyqa.schema import Document, Passage


def items(body: str, text: str) -> list[str]:
    start = body.index(text)
    passage = Passage("d:0", Document("d", "d.txt", body), start, start + len(text))
    found = listing_at({"不予受理": 1.0}, gather(passage))
    return [body[i.start : i.end] for i in found.items] if found else []


def test_items_in_one_sentence() -> None:
    text = "有下列情形的不予受理：1.材料不全；2.超过期限；3.重复申请。"
    assert items(text, text) == ["1.材料不全；", "2.超过期限；", "3.重复申请。"]


def test_items_on_the_lines_below_and_no_further() -> None:
    body = "下列情形不予受理：\n（一）材料不全；\n（二）超过期限。\n本办法自印发之日起施行。"
    assert items(body, "下列情形不予受理：") == ["（一）材料不全；", "（二）超过期限。"]
    # Who finds an item is given the list that it belongs to.
    assert len(items(body, "（二）超过期限。")) == 2


def test_a_year_is_no_marker() -> None:
    assert items("2023年投入1.5亿元，2.3万户受益。", "2023年投入1.5亿元，2.3万户受益。") == []


def test_items_in_brackets() -> None:
    text = "甲类（桥、路、渠）优先；乙类（亭、廊）缓建。"
    span = inline_items({"乙类": 1.0}, text)
    assert span is not None
    assert text[span.start : span.end] == "亭、廊"
