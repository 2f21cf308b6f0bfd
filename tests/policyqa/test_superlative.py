"""Which district has most, from a table or a sentence that lists districts."""

from __future__ import annotations

from datetime import date

import pytest

from policyqa.asked import Asked
from policyqa.evidence import gather
from policyqa.findings import Candidate
from policyqa.ground import unproved
from policyqa.question import understand
from policyqa.schema import Answer, Document, Hit, Passage, Span, Table
from policyqa.superlative import answer, asked_for

TODAY = date(2025, 6, 1)
SENTENCE = "甲河区、乙水区、丙林县床位分别为3620张、3040张、2530张。"
ROWS = ("甲河区　436.2　5.2", "乙水区　358.5　6.1", "丙林县　168.6　4.3")
HEADINGS = ("县区", "地区生产总值（亿元）", "增速（%）")


@pytest.mark.parametrize(
    ("text", "operation"),
    [
        ("大川养老床位2023年哪个县区最多？", "most"),
        ("2023年大川三个县区里哪个GDP增得最快，多快", "most"),
        ("哪个乡镇茶园最少", "least"),
        ("大川哪里的床位最多", "most"),
        ("三个县里谁最高", "most"),
        ("大川床位最多的区和最少的县差几张", "spread"),
        ("大川哪个县治理率最低，比最高的低几个点", "spread"),
        ("大川床位哪个地方最多哪个最少", "ends"),
        ("大川三县市床位谁最少谁最多", "ends"),
        ("大川最多的年份和最少的年份差几张", None),
        ("哪个区最多", None),
        ("大川哪个县最好？", None),
        ("大川哪个县人最多？", "most"),
        ("哪一年床位最多", None),
        ("床位最少的是哪个县", "least"),
        ("增速最快的县区是哪个", "most"),
        ("甲河区哪一年床位最多", None),
        ("甲河区哪个部门答复最多", None),
        ("甲河区哪个行业产值最大", None),
        ("甲河区2024年哪个季度游客最多", None),
        ("哪类残疾人就业率最高", None),
        ("床位2023年比2021年，哪个县区加得最多", None),
        ("哪个县区有床位", None),
    ],
)
def test_what_asks_for_the_first_of_a_list(text: str, operation: str | None) -> None:
    assert asked_for(text) == operation


def _asked(text: str) -> Asked:
    question = understand(text, TODAY)
    return Asked(question, dict.fromkeys(question.terms, 0.5), {})


def _answer(text: str, document: Document, spans: list[Span]) -> Answer | None:
    passages = [Passage(f"d:{s.start}", document, s.start, s.end, ()) for s in spans]
    features = {"period": 0.0, "place": 0.0}
    candidates = [Candidate(Hit(p, 1.0), gather(p), features, 1.0) for p in passages[:1]]
    operation = asked_for(text)
    assert operation is not None
    return answer(text, operation, _asked(text), candidates, lambda _: passages)


def test_how_far_the_ends_of_a_list_are_apart() -> None:
    document = Document("d", "d.txt", SENTENCE, document_type="reply")
    found = _answer("床位最多的区和最少的县差几张", document, [Span(0, len(SENTENCE))])
    assert found is not None
    assert found.short == "1090张；甲河区3620张；丙林县2530张"
    assert "3620张 − 2530张 = 1090张" in found.text
    assert not unproved(found)


def test_of_a_sentence() -> None:
    document = Document("d", "d.txt", SENTENCE, document_type="reply")
    found = _answer("哪个县区床位最少", document, [Span(0, len(SENTENCE))])
    assert found is not None
    assert found.short == "丙林县；2530张"
    assert "丙林县2530张＜乙水区3040张＜甲河区3620张" in found.text
    assert not unproved(found)


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("哪个县区床位最多，哪个最少", "甲河区；丁石市；3620张、980张"),
        ("三县市床位谁最少谁最多", "丙林县；丁石市；2530张、980张"),
        ("哪个县区床位最少", "丁石市；980张"),
        ("哪个县区床位最多，哪个最少，差几张", "甲河区；丁石市；3620张、980张；2640张"),
    ],
)
def test_both_ends_of_a_list(text: str, short: str) -> None:
    sentence = (
        "各地床位依次为甲河区3620张、乙水区3040张、丙林县2530张、戊泉县1260张、丁石市980张；"
        "甲河区、乙水区合计6660张。"
    )
    document = Document("d", "d.txt", sentence, document_type="reply")
    found = _answer(text, document, [Span(0, len(sentence))])
    assert found is not None
    assert found.short == short
    assert not unproved(found)


def test_four_of_five_districts_are_not_all() -> None:
    document = Document("d", "d.txt", SENTENCE, document_type="reply")
    assert _answer("五个县区里哪个床位最多", document, [Span(0, len(SENTENCE))]) is None
    found = _answer("三个县区里哪个床位最多", document, [Span(0, len(SENTENCE))])
    assert found is not None
    assert found.short == "甲河区；3620张"


def test_what_all_counties_have() -> None:
    sentence = "各地床位依次为甲河区3620张、乙水区3040张、丙林县2530张、戊泉县1260张、丁石市980张。"
    document = Document("d", "d.txt", sentence, document_type="reply")
    found = _answer("三个县（市）的床位加起来多少张", document, [Span(0, len(sentence))])
    assert found is not None
    assert found.short == "4770张"
    assert "丙林县、戊泉县、丁石市合计：2530张 + 1260张 + 980张" in found.text
    assert not unproved(found)
    assert _answer("四个县的床位加起来多少张", document, [Span(0, len(sentence))]) is None


def test_what_is_left_of_the_whole_for_the_counties() -> None:
    sentence = "开工改造老旧小区86个，当年完工79个；其中甲河区41个、乙水区22个，其余在三个县。"
    document = Document("d", "d.txt", sentence, document_type="reply")
    found = _answer("老旧小区改造三个县一共几个", document, [Span(0, len(sentence))])
    assert found is not None
    assert found.short == "23个"
    assert "86个 − 41个 − 22个 = 23个" in found.text
    assert not unproved(found)


def test_a_list_behind_a_semicolon_is_of_what_stands_there() -> None:
    sentence = "省级企业累计142家；国家级小巨人累计11家，其中甲河区5家、乙水区3家、丙林县2家。"
    document = Document("d", "d.txt", sentence, document_type="reply")
    assert _answer("哪个县区省级企业最多", document, [Span(0, len(sentence))]) is None
    found = _answer("哪个县区小巨人最多", document, [Span(0, len(sentence))])
    assert found is not None
    assert found.short == "甲河区；5家"


def test_of_a_sentence_that_names_the_first_before_its_figure() -> None:
    text = "甲河区撤并最多，为9家；乙水区6家，丙林县5家，丁山县3家。"
    found = _answer(
        "敬老院哪个县区撤得最多", Document("d", "d.txt", "关于敬老院：" + text), [Span(6, 6 + len(text))]
    )
    assert found is None or found.short == "甲河区；9家"


def test_of_another_matter_there_is_none() -> None:
    document = Document("d", "d.txt", SENTENCE, document_type="reply")
    assert _answer("哪个县区茶园面积最大", document, [Span(0, len(SENTENCE))]) is None


def test_who_grew_fastest_is_not_who_has_most() -> None:
    document = Document("d", "d.txt", SENTENCE, document_type="reply")
    assert _answer("哪个县区床位增得最快", document, [Span(0, len(SENTENCE))]) is None


def test_among_those_that_are_named() -> None:
    document = Document("d", "d.txt", SENTENCE, document_type="reply")
    found = _answer("乙水、丙林哪个地方床位最多", document, [Span(0, len(SENTENCE))])
    assert found is not None
    assert found.short == "乙水区；3040张"


def test_two_districts_are_no_list() -> None:
    text = "甲河区床位3620张，乙水区床位3040张。"
    document = Document("d", "d.txt", text, document_type="reply")
    assert _answer("哪个县区床位最多", document, [Span(0, len(text))]) is None


@pytest.mark.parametrize(
    ("text", "short"),
    [("哪个县区GDP增速最慢", "丙林县；4.3%"), ("哪个县区地区生产总值最大", "甲河区；436.2亿元")],
)
def test_of_the_column_that_is_asked_for(text: str, short: str) -> None:
    heading = "　".join(HEADINGS)
    body = "\n".join([heading, *ROWS])
    rows, at = [], len(heading) + 1
    for row in ROWS:
        rows.append(Span(at, at + len(row)))
        at += len(row) + 1
    table = Table(HEADINGS, Span(0, len(heading)), tuple(rows))
    found = _answer(text, Document("d", "d.txt", body, tables=(table,)), rows)
    assert found is not None
    assert found.short == short
    assert found.citations[0].quote.startswith(short[:3])
    assert not unproved(found)


@pytest.mark.parametrize(
    ("text", "short"),
    [("2023年哪个区县优良天数最少？", "乙水区；316天"), ("哪个区县优良率最高？", "丙林县；94.5%")],
)
def test_of_rows_that_are_sentences(text: str, short: str) -> None:
    rows = [
        "甲河区：2023年优良天数327天，比上年增加5天，优良率89.6%。",
        "乙水区：2023年优良天数316天，比上年增加9天，优良率86.6%。",
        "丙林县：2023年优良天数345天，比上年增加4天，优良率94.5%。",
    ]
    body = "\n".join(rows)
    document = Document("d", "d.xlsx", body, document_type="report")
    found = _answer(text, document, [Span(body.index(r), body.index(r) + len(r)) for r in rows])
    assert found is not None
    assert found.short == short
    assert not unproved(found)


def test_the_second_figure_of_each_district_may_be_the_one_asked_for() -> None:
    text = "学校场地开放：甲河区56所中开放47所，乙水区41所中开放36所，丙林县34所中开放11所。"
    document = Document("d", "d.txt", text, document_type="reply")
    found = _answer("哪个区县开放的学校最少", document, [Span(0, len(text))])
    assert found is not None
    assert found.short == "丙林县；11所"
