"""Gold questions: reading them, and comparing answers with them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from corpus_files import corpus_file

from policyqa.errors import UsageError
from policyqa.gold import Gold, cited, is_right, load_gold, matches_part, supports
from policyqa.schema import Answer, Citation, Document, Passage

BODY = "2023年，新培育市级“专精特新”中小企业36家，累计达79家。"
DOCUMENT = Document("d1", "samples/a.txt", BODY)


@pytest.mark.parametrize(
    ("part", "text"),
    [
        (["36家"], "新培育36家"),
        (["36家"], "新培育36 家。"),
        (["36家"], "新培育３６家"),
        (["1.28亿元"], "发放贷款12800万元"),
        (["12%"], "增长12.0%"),
        (["第6位", "第六位"], "列全市第六位"),
        (["第6位"], "列全市第六位"),
        (["首位"], "居全市首位"),
        (["壹拾万元"], "奖励壹拾万元整"),
        (["9000元"], "一台9000元"),
        (["采纳"], "予以采纳"),
        (["专精特新中小企业"], "“专精特新”中小企业"),
        (["李德勇"], "李德勇委员"),
        (["2024年6月14日"], "2024年6月14日"),
        (["南川经信委函〔2024〕58号"], "南川经信委函[2024]58号"),
        (["35号", "第035号"], "第035号"),
    ],
)
def test_a_text_that_holds_a_wording_matches(part: list[str], text: str) -> None:
    assert matches_part(part, text)


@pytest.mark.parametrize(
    ("part", "text"),
    [
        (["6家"], "新培育36家"),
        (["36家"], "新培育36户"),
        (["36家"], "新培育136家"),
        (["36家"], ""),
        (["5.4亿元"], "投资15.4亿元"),
        (["3"], "36"),
        (["12%"], "增长12个百分点"),
        (["采纳"], "不宜"),
        ([""], "任何文字"),
        ([], "任何文字"),
    ],
)
def test_a_text_that_holds_none_does_not(part: list[str], text: str) -> None:
    assert not matches_part(part, text)


@pytest.mark.parametrize(
    ("status", "parts", "answer", "right"),
    [
        ("answered", [["36家"]], Answer("q", "answered", "新培育36家", "36家"), True),
        ("answered", [["36家"]], Answer("q", "answered", "见引文", "36家"), True),
        ("answered", [["36家"], ["79家"]], Answer("q", "answered", "新培育36家", "36家"), False),
        ("answered", [["36家"], ["79家"]], Answer("q", "answered", "36家，累计79家", ""), True),
        ("answered", [["36家"]], Answer("q", "not_found", "没有，最接近的是36家"), False),
        ("not_found", [], Answer("q", "not_found", "没有"), True),
        ("not_found", [], Answer("q", "answered", "36家", "36家"), False),
    ],
)
def test_an_answer_is_right_when_it_holds_every_piece_or_rightly_declines(
    status: str, parts: list[list[str]], answer: Answer, right: bool
) -> None:
    gold = Gold("a1", "q", status, parts=tuple(tuple(part) for part in parts))
    assert is_right(gold, answer) is right


def test_a_citation_proves_when_it_holds_or_is_part_of_the_evidence() -> None:
    gold = Gold("a1", "q", "answered", evidence=(("samples/a.txt", "专精特新中小企业36家"),))
    whole = Citation(DOCUMENT, (), BODY, 0, len(BODY))
    assert cited(gold, whole)
    other = Document("d2", "samples/b.txt", BODY)
    assert not cited(gold, Citation(other, (), BODY, 0, len(BODY)))
    assert not cited(gold, Citation(DOCUMENT, (), "累计达79家", BODY.index("累计"), BODY.index("。")))


def test_a_passage_supports_when_it_holds_the_evidence_of_its_source() -> None:
    gold = Gold("a1", "q", "answered", evidence=(("samples/a.txt", "36家"),))
    assert supports(gold, Passage("d1:0", DOCUMENT, 0, len(BODY)))
    assert not supports(gold, Passage("d2:0", Document("d2", "samples/b.txt", BODY), 0, len(BODY)))


def test_a_gold_file_is_read_line_by_line(tmp_path: Path) -> None:
    file = tmp_path / "gold.jsonl"
    rows = [
        {"id": 1, "question": "多少家？", "status": "answered", "kind": "figure", "split": "test",
         "parts": [["36家", "三十六家"]], "evidence": [{"source": "a.txt", "quote": "36家"}],
         "history": ["前一问？"]},
        {"id": "x", "question": "多少？", "status": "not_found", "trap": "other_year"},
    ]  # fmt: skip
    file.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows) + "\n\n", "utf-8")
    first, second = load_gold(file)
    assert first == Gold(
        id="1",
        question="多少家？",
        status="answered",
        kind="figure",
        split="test",
        parts=(("36家", "三十六家"),),
        evidence=(("a.txt", "36家"),),
        history=("前一问？",),
    )
    assert (second.id, second.status, second.trap) == ("x", "not_found", "other_year")


@pytest.mark.parametrize(
    "line",
    [
        "not json",
        '{"id": "a"}',
        '{"id": "a", "question": "q", "status": "maybe"}',
        "[]",
        '{"id": "a", "question": "q", "status": "answered", "evidence": [{"source": "a"}]}',
    ],
)
def test_a_bad_line_is_named_by_its_number(tmp_path: Path, line: str) -> None:
    file = tmp_path / "gold.jsonl"
    file.write_text('{"id": "a", "question": "q", "status": "not_found"}\n' + line + "\n", "utf-8")
    with pytest.raises(UsageError, match="第 2 行"):
        load_gold(file)


def test_a_missing_gold_file_is_wrong_usage(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"nothing\.jsonl"):
        load_gold(tmp_path / "nothing.jsonl")


def test_a_gold_file_that_is_not_utf8_is_wrong_usage(tmp_path: Path) -> None:
    file = tmp_path / "gold.jsonl"
    file.write_bytes("多少家？".encode("gb18030"))
    with pytest.raises(UsageError, match=r"gold\.jsonl"):
        load_gold(file)


@pytest.mark.parametrize("name", ["corpus.jsonl", "work_reports.jsonl"])
def test_the_gold_questions_of_the_project_are_whole(name: str) -> None:
    root = Path(__file__).parents[2]
    questions = load_gold(root / "corpus" / "gold" / name)
    assert len(questions) > 200
    assert len({q.id for q in questions}) == len(questions)
    for question in questions:
        assert question.question.strip()
        assert bool(question.parts) == (question.status == "answered"), question.id
        assert question.evidence or question.status == "not_found", question.id
        assert question.split in ("tune", "test"), question.id


def test_the_evidence_of_the_gold_questions_stands_in_the_corpus() -> None:
    from policyqa.evidence import bare

    corpus = Path(__file__).parents[2] / "corpus"
    texts: dict[str, str] = {}
    for question in load_gold(corpus / "gold" / "corpus.jsonl"):
        for source, quote in question.evidence:
            if source not in texts:
                texts[source] = bare(corpus_file(corpus / source).text)
            assert bare(quote) in texts[source], (question.id, quote)
