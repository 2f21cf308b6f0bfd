"""Answers, hits and documents as plain data: what scripts read from --json."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal

from policyqa import output
from policyqa.schema import Answer, Citation, Document, Figure, Hit, Passage, Proposal, Section

DOCUMENT = Document(
    id="d1",
    source="samples/甲.txt",
    body="新培育36家。",
    title="关于第035号提案的答复函",
    document_type="reply",
    issuers=("乙区经信委", "乙区财政局"),
    document_number="乙经信委函〔2024〕58号",
    proposals=(Proposal("035", "proposal", "关于…的建议", 15, 3, ("李某", "王某")),),
    addressee="李某委员",
    signed_on=date(2024, 6, 14),
    sections=(Section(("一、工作",), 0, 7),),
)
PASSAGE = Passage("d1:0", DOCUMENT, 0, 7, ("一、工作",), "body", 0)
CITATION = Citation(DOCUMENT, ("一、工作",), "新培育36家。", 0, 7)


def test_an_answer_is_an_object_of_the_contract() -> None:
    answer = Answer("多少家？", "answered", "新培育36家", "36家", (CITATION,), (), 0.91234567, 0.12)
    row = output.answer(answer)
    assert row["status"] == "answered"
    assert row["text"] == "新培育36家"
    assert row["short"] == "36家"
    assert row["confidence"] == 0.9123
    assert row["seconds"] == 0.12
    (citation,) = row["citations"]
    assert citation["quote"] == DOCUMENT.body[citation["start"] : citation["end"]]
    assert citation["section"] == ["一、工作"]
    assert citation["document"]["id"] == "d1"
    assert citation["source"] == "samples/甲.txt"
    assert citation["document"]["signed_on"] == "2024-06-14"


def test_a_refusal_shows_the_nearest_hits() -> None:
    row = output.answer(Answer("多少家？", "not_found", "没有", nearest=(Hit(PASSAGE, 1.5, ("dense",)),)))
    assert row["status"] == "not_found"
    assert [hit["text"] for hit in row["nearest"]] == ["新培育36家。"]
    assert row["citations"] == []


def test_a_hit_says_where_it_stands() -> None:
    row = output.hit(Hit(PASSAGE, 0.123456789, ("dense", "lexical")))
    assert (row["source"], row["text"], row["start"], row["end"]) == ("samples/甲.txt", "新培育36家。", 0, 7)
    assert row["score"] == 0.123457
    assert row["lanes"] == ["dense", "lexical"]


def test_absent_fields_are_empty_or_null() -> None:
    row = output.document_head(Document("d2", "b.txt", ""))
    assert row["signed_on"] is None
    assert row["published_on"] is None
    assert row["issuers"] == []
    assert row["title"] == ""


def test_a_whole_document_has_its_body_and_sections() -> None:
    row = output.document_whole(DOCUMENT)
    assert row["body"] == DOCUMENT.body
    assert row["issuers"] == ["乙区经信委", "乙区财政局"]
    assert row["proposals"][0]["proposers"] == ["李某", "王某"]
    assert row["sections"][0]["path"] == ["一、工作"]


def test_everything_can_be_printed_as_json() -> None:
    answer = Answer("多少家？", "answered", "36家", "36家", (CITATION,), (Hit(PASSAGE, 1.0),), 0.5, 0.1)
    for row in (output.answer(answer), output.document_whole(replace(DOCUMENT, signed_on=None))):
        assert json.loads(json.dumps(row, ensure_ascii=False)) == row


def test_a_citation_and_a_hit_say_the_page() -> None:
    paged = replace(DOCUMENT, pages=(0, 3))
    assert output.citation(replace(CITATION, document=paged, start=3))["page"] == 2
    assert output.hit(Hit(replace(PASSAGE, document=paged), 1.0))["page"] == 1
    assert output.citation(CITATION)["page"] is None


def test_a_figure_is_an_object_with_its_sentence() -> None:
    figure = Figure(
        "近36家", 3, 7, Decimal(36), "家", "new", "近", name="企业", period="2023年", years=(2023,),
        part=True, scope="全区",
    )  # fmt: skip
    row = output.figure_record(replace(PASSAGE, start=0), figure)
    assert json.loads(json.dumps(row)) == row
    assert (row["value"], row["indicator"], row["part"], row["scope"]) == ("36", "企业", True, "全区")
    assert row["sentence"] == PASSAGE.text
    assert output.figure_line(figure) == "新增　企业　近36家　2023年　全区　其中"
