"""From a file's text to its document: pages, how sure the reading is, redactions, where facts stand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.formats import RawText
from ingest.parse import clean, clean_pages, parse

FIRST = (
    "\n\n乙区经信委\n关于第035号提案的\n答 复 函\n李某委员：\n"
    "您提出的《关于某事的提案》（第035号）&nbsp;收悉。\n"
)
SECOND = "2023年\u200b新培育36家，涉及XX镇2家。\n乙区经信委\n2024年6月14日\n（本文有删减）\n责任编辑：XX\n"


def test_pages_and_confidence_come_from_the_reading() -> None:
    raw = RawText(FIRST + SECOND, pages=(0, len(FIRST)), confidence=0.91)
    document, passages = parse(raw, "甲.pdf")
    assert document.confidence == 0.91
    assert document.body[document.pages[1] :].startswith("2023年新培育36家")
    assert {p.text: p.page for p in passages}["2023年新培育36家，涉及XX镇2家。"] == 2
    assert [p.page for p in passages if "收悉" in p.text] == [1]


def test_a_text_without_pages_has_none() -> None:
    document, passages = parse(FIRST + SECOND, "甲.txt")
    assert (document.pages, document.confidence) == ((), None)
    assert {p.page for p in passages} == {None}


@given(st.lists(st.text(alphabet="甲\n &nbsp;\u200b\u00a0乙", max_size=12), min_size=1, max_size=6))
def test_page_offsets_follow_what_cleaning_takes_out(pieces: list[str]) -> None:
    starts = [sum(len(p) for p in pieces[:i]) for i in range(len(pieces))]
    body, pages = clean_pages("".join(pieces), starts)
    assert len(pages) == len(pieces)
    assert list(pages) == sorted(pages)
    assert all(0 <= page <= len(body) for page in pages)
    bounds = [*pages, len(body)]
    for piece, start, end in zip(pieces, pages, bounds[1:], strict=True):
        assert body[start:end].strip("\n") == clean(piece).strip("\n")


def test_facts_read_from_several_places_are_located() -> None:
    document, _ = parse(FIRST + SECOND, "甲.txt")
    found = {name: document.body[span.start : span.end] for name, span in document.located.items()}
    assert found["proposal_number"] == "035"
    assert found["proposal_kind"] == "提案"
    assert found["proposers"] == "李某"
    assert found["document_type"] == "答 复"
    assert "proposal_session" not in found


@pytest.mark.parametrize(
    ("addressee", "opening", "title"),
    [
        ("尊敬的网友", "您好！您的留言《家庭医生怎么签》（留言编号：MS0417）已收悉。", "家庭医生怎么签"),
        ("尊敬的网友", "您通过网站反映的“充电桩太少、收费不透明”问题，我局收悉。", "充电桩太少、收费不透明"),
        ("网友", "您反映“公交少、等车久”的留言已收到，现回复如下：", "公交少、等车久"),
        ("尊敬的来信人", "您的来信收悉。您提到“没人管”，已核实。", ""),
    ],
)
def test_a_letter_that_answers_a_message_has_its_title_and_no_proposal(
    addressee: str, opening: str, title: str
) -> None:
    document, passages = parse(
        f"{addressee}：\n\n{opening}\n\n全年新增36家。\n\n乙区经信委\n2024年6月14日\n", "a.txt"
    )
    assert (document.title, document.proposals) == (title, ())
    assert "".join(p.text for p in passages if p.role == "body").startswith(opening)
    if title:
        assert document.body[document.located["title"].start : document.located["title"].end] == title


def test_the_message_of_a_member_is_a_proposal() -> None:
    document, _ = parse("李某委员：\n\n您反映的“充电桩太少”的问题（第035号提案）收悉。\n", "a.txt")
    assert [proposal.number for proposal in document.proposals] == ["035"]


@pytest.mark.parametrize(
    ("text", "redacted"),
    [
        ("由XX医生负责。", ["XX"]),
        ("位于××路，李**反映。", ["××", "**"]),
        ("某某小区。（本文有删减）", ["某某", "（本文有删减）"]),
        ("留言编号MS2023XX0417。", ["XX"]),
        ("新增XXL号服装、EXX公司。", []),
        ("2×4米，XY两种。", []),
        ("由X X同志和X X X医生负责，住× ×路。", ["X X", "X X X", "× ×"]),
        ("联系人：王某，电话138****5678、139××××1234、023-7142XXXX。", ["某", "****", "××××", "XXXX"]),
        ("李*明委员、王*代表、罗某某反映。", ["*", "*", "某某"]),
        ("＊＊小区、○○村。", ["＊＊", "○○"]),
        ("二〇〇八年某公司在某些镇，增长率*。\n***\n* * *", []),
    ],
)
def test_what_was_blotted_out_is_noted(text: str, redacted: list[str]) -> None:
    document, _ = parse(text, "甲.txt")
    assert [document.body[s.start : s.end] for s in document.redactions] == redacted


def test_a_web_page_that_hides_its_editor_redacts_nothing_of_the_letter() -> None:
    document, _ = parse(FIRST + SECOND, "甲.txt")
    assert [document.body[s.start : s.end] for s in document.redactions] == ["某", "XX", "（本文有删减）"]


def test_a_class_that_stands_in_a_sentence_is_the_letters() -> None:
    text = (
        "甲市教育局\n关于市政协五届三次会议第056号提案的答复\n李白石委员：\n"
        "您提出的《关于增加学位的提案》（第056号）收悉。现答复如下：\n"
        "一、今年新增学位1200个。\n二、此件评定为B类（正在解决）。感谢您的关心。\n甲市教育局\n2024年6月14日\n"
    )
    document, _ = parse(text, "a.txt")
    assert document.outcome == "B"
    span = document.located["outcome"]
    assert "评定为B类" in document.body[span.start : span.end]


def test_each_proposer_of_a_joint_letter_named_with_the_number() -> None:
    text = (
        "甲市科学技术局\n关于市政协五届三次会议第14、79号提案的合并答复\n"
        "第14号提案人李白石、第79号提案人九三学社甲市委：\n"
        "你们提出的两件提案收悉。现合并答复如下：\n一、今年认定企业36家。\n甲市科学技术局\n2024年6月14日\n"
    )
    document, _ = parse(text, "a.txt")
    assert [(p.number, p.proposers) for p in document.proposals] == [
        ("14", ("李白石",)),
        ("79", ("九三学社甲市委",)),
    ]
