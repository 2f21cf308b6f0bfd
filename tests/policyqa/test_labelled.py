"""Labelled words of a document outside its known fields."""

import pytest

from policyqa.labelled import found, place, said
from policyqa.schema import Document


@pytest.mark.parametrize(
    ("name", "body", "value"),
    [
        ("index", "索引号：LS010-2024-00317｜发文机关：某局", "LS010-2024-00317"),
        ("index", "索引号 | 发文机关\n0093/2024-1 | 某委\n", "0093/2024-1"),
        ("phone", "政策咨询热线电话：000-0000268。", "000-0000268"),
        ("approved", "此答复已报县政府分管领导丁一白副县长审定。", "丁一白副县长"),
        (
            "repealed",
            "《关于护林补贴的通知》（林发〔2020〕3号）同时废止。",
            "《关于护林补贴的通知》（林发〔2020〕3号）",
        ),
    ],
)
def test_value_and_its_place(name: str, body: str, value: str) -> None:
    document = Document("d", "d.txt", body)
    assert said(document, name) == value
    assert value in body[place(document, name)[0].start : place(document, name)[0].end]


def test_what_is_not_said_is_not_found() -> None:
    document = Document("d", "d.txt", "热线很忙。索引见附件。")
    assert all(found(document, n) is None for n in ("index", "phone", "approved", "repealed", "message"))
