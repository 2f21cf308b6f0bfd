"""No figure leaves without a quote that holds it."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policyqa.compute import COMPUTED
from policyqa.ground import checked, holds, ungrounded
from policyqa.schema import Answer, Citation, Document

QUOTE = "2023年新培育市级“专精特新”中小企业36家，累计达79家，发放贷款1.28亿元，增长12%，列全市第6位。"


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("36家", "新培育36家"),
        ("36家", "新培育３６家"),
        ("36家", "新培育 3 6 家"),
        ("三十六家", "新培育36家"),
        ("4,523,000元", "投资4523000元"),
        ("452.30万元", "投资452.3万元"),
        ("0.04523亿元", "投资452.3万元"),
        ("2公顷", "建成30亩"),
        ("0.8‰", "占比0.08%"),
        ("5个百分点", "提高5百分点"),
        ("12人", "专家12名"),
        ("10—15家", "新增10-15家"),
        ("约2.5公里（2.5公里 = 2500米）", "长约2.5公里"),
        ("3万亩（3万亩 = 2000公顷）", "建成3万亩"),
        ("4523000元", "投资4,523,000元"),
        ("4,523,000元", "投资452.3万元"),
        ("452.3万元", "投资4523000元"),
        ("12800万元", "信用贷1.28亿元"),
        ("12%", "增长12.0%"),
        ("12.0%", "增长12%"),
        ("12％", "增长12%"),
        ("百分之十二", "增长12%"),
        ("30%", "占三成"),
        ("第六位", "列全市第6位"),
        ("近4000万元", "资金近4000万元"),
        ("10万元", "奖励壹拾万元"),
        ("没有数字的话", "引文也没有"),
        ("2023年的事", "引文没有年份"),
    ],
)
def test_a_figure_equal_to_one_of_the_quote_is_grounded(text: str, quote: str) -> None:
    assert ungrounded(text, [quote]) == []


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("培育37家", ["37家"]),
        ("培育36户", ["36户"]),
        ("培育6家", ["6家"]),
        ("增长12个百分点", ["12个百分点"]),
        ("贷款1.28万元", ["1.28万元"]),
        ("贷款1.29亿元", ["1.29亿元"]),
        ("增长1.2%", ["1.2%"]),
        ("增长12‰", ["12‰"]),
        ("12—15家", ["12—15家"]),
        ("1.28亿元（1.28亿元 = 1.3亿元）", ["1.3亿元"]),
        ("36家 + 79家 = 115家", ["115家"]),
        ("36家 + 79家 = 116家（由以上数字计算）", ["116家"]),
        ("36家 + 80家 = 116家（由以上数字计算）", ["80家", "116家"]),
        ("36家 + 79家 = 115家（由以上数字计算）", []),
        ("115家：36家 + 79家 = 115家（由以上数字计算）", []),
        ("列全市第7位", ["第7位"]),
        ("培育36家，投资5亿元，增长3%", ["5亿元", "3%"]),
    ],
)
def test_a_figure_that_no_quote_holds_is_reported(text: str, missing: list[str]) -> None:
    assert [figure.text for figure in ungrounded(text, [QUOTE])] == missing


def test_each_quote_may_hold_a_part() -> None:
    assert ungrounded("36家，投资5亿元", ["36家", "投资5亿元"]) == []


def test_a_figure_echoed_from_the_question_is_not_grounded_by_it() -> None:
    answer = checked(_answer("是的，新培育100家", "100家", QUOTE, question="是不是新培育了100家？"))
    assert "100家" not in answer.text
    assert answer.short == ""


def _document(body: str) -> Document:
    return Document("d1", "a.txt", body)


def _answer(text: str, short: str, *quotes: str, question: str = "多少家？") -> Answer:
    document = _document("\n".join(quotes))
    citations = tuple(
        Citation(document, (), q, document.body.index(q), document.body.index(q) + len(q)) for q in quotes
    )
    return Answer(question, "answered", text, short, citations)


def test_a_grounded_answer_stays_as_it_is() -> None:
    answer = _answer("新培育36家", "36家", QUOTE)
    assert checked(answer) is answer


def test_an_ungrounded_text_is_replaced_by_its_quotes() -> None:
    answer = checked(_answer("新培育37家", "37家", QUOTE))
    assert answer.text == QUOTE
    assert answer.short == ""
    assert answer.status == "answered"


def test_an_ungrounded_short_answer_is_dropped_though_the_text_is_grounded() -> None:
    answer = checked(_answer("新培育36家", "100家", QUOTE))
    assert (answer.text, answer.short) == (QUOTE, "")


def test_a_refusal_needs_no_grounds() -> None:
    answer = Answer("多少？", "not_found", "没有找到，最接近的是37家")
    assert checked(answer) is answer


def test_a_quote_that_is_not_in_its_document_is_a_defect() -> None:
    wrong = Citation(_document("实际36家"), (), "实际37家", 0, 5)
    assert not holds(wrong)
    with pytest.raises(AssertionError):
        checked(Answer("多少？", "answered", "37家", "37家", (wrong,)))


def test_a_quote_holds_by_its_place_not_only_by_its_words() -> None:
    document = _document("36家。36家。")
    assert holds(Citation(document, (), "36家", 4, 7))
    assert not holds(Citation(document, (), "36家", 1, 4))


@given(st.integers(1, 10**9), st.sampled_from(["元", "家", "亩", "人次"]))
def test_a_figure_is_grounded_in_whatever_writing(number: int, unit: str) -> None:
    writings = [
        f"{number}{unit}",
        f"{number:,}{unit}",
        f"{number}.0{unit}",
        f"{Decimal(number) / 10000:f}万{unit}",
    ]
    writings.append(f"{number}{unit}".translate(str.maketrans("0123456789", "０１２３４５６７８９")))
    for said in writings:
        for quote in writings:
            assert ungrounded(f"合计{said}", [f"完成{quote}，其中"]) == [], (said, quote)
        assert ungrounded(f"合计{said}", [f"完成{number + 1}{unit}，其中"])


@given(st.integers(1, 9999), st.integers(1, 9999))
def test_what_the_question_says_is_no_ground(one: int, other: int) -> None:
    """A premise repeated in the answer must stand in a quote like any figure."""
    quote = f"新培育{one}家。"
    answer = checked(_answer(f"新培育{other}家", f"{other}家", quote, question=f"是不是新培育了{other}家？"))
    assert (answer.short == f"{other}家") == (one == other)


@pytest.mark.parametrize(
    ("text", "quotes", "missing"),
    [
        ("附件：2个：申请表；承诺书（关于申报的通知）", ["附件：1.申请表　2.承诺书"], []),
        ("附件：3个：申请表；承诺书（关于申报的通知）", ["附件：1.申请表　2.承诺书"], ["3个"]),
        ("附件：2个：申请表；名录（关于申报的通知）", ["附件：1.申请表　2.承诺书"], ["2个"]),
        ("合并的提案：2件：第031号；第112号", ["对第031、112号提案的合并答复"], []),
        ("合并的提案：2件：第031号；第113号", ["对第031、112号提案的合并答复"], ["2件"]),
    ],
)
def test_the_count_of_a_list_is_counted_again(text: str, quotes: list[str], missing: list[str]) -> None:
    assert [f.text for f in ungrounded(text, quotes)] == missing


def test_what_is_shared_out_is_computed_again() -> None:
    quotes = ["改造6830户，投入2732万元。"]
    assert not ungrounded(f"平均：2732万元 ÷ 6830户 = 0.4万元{COMPUTED}。", quotes)
    assert [f.text for f in ungrounded(f"平均：2732万元 ÷ 6830户 = 0.5万元{COMPUTED}。", quotes)] == [
        "0.5万元"
    ]
