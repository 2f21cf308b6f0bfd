"""The class of a letter's handling, said in its sentences."""

import pytest

from policyqa.classes import said_class
from policyqa.schema import Document, Proposal

JOINT = "某局关于市政协九届三次会议第0027、0093、0188号提案的合并答复"


@pytest.mark.parametrize(
    ("body", "numbers", "said"),
    [
        ("本件办理等级为B。", ("95",), "B类"),
        ("该提案评定为A类（所提问题已经解决）。", ("56",), "A类"),
        ("办理类别建议为B类。", ("77",), "B类"),
        ("本件由C类改为B类。", ("132",), "B类"),
        ("文号：某函【2021】74号　原办理类别：C　现调整为：B", ("K12",), "B类"),
        ("首次答复为B类，本次仍按B类。", ("127",), "B类"),
        ("我局去年以29号文答复，办理类别为C类。\n本次办理类别调整为A类。", ("118",), "A类"),
        ("第031号为B类，第098号为A类，第177号为A类。", ("098",), "A类"),
        ("办理类别：A（第0012、0107号）　B（第0163号）", ("0163",), "B类"),
        ("■第133号《关于支持研发机构的提案》（B类）", ("133",), "B类"),
        ("办复类别依次为A类、A类、C类。", ("0188",), "C类"),
        ("办复类别依次为A类、A类、C类。", ("0027", "0188"), "第27号A类、第188号C类"),
    ],
)
def test_class_said_in_a_sentence(body: str, numbers: tuple[str, ...], said: str) -> None:
    document = Document(
        "d", "d.txt", body, title=JOINT, proposals=tuple(Proposal(number=number) for number in numbers)
    )
    found = said_class(document)
    assert found is not None
    assert found[0] == said
    assert said[-2] in body[found[1].start : found[1].end]


@pytest.mark.parametrize("body", ["A类人才补贴10万元。", "按A类、B类、C类分级管理。", "办理结果另行告知。"])
def test_other_classes_are_not_a_letters(body: str) -> None:
    assert said_class(Document("d", "d.txt", body)) is None
