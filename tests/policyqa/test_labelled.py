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
        ("approved", "经办：物业科　丁一（0000-5529011）　审签：副局长　皇甫白", "副局长　皇甫白"),
        ("chair", "主持：市政协副主席　丁一白\n记录：提案委干部　乙小满", "市政协副主席　丁一白"),
        ("chair", "9月24日下午，副市长东方白在三楼第二会议室主持召开专题会议。", "副市长东方白"),
        ("recorder", "主持：市政协副主席　丁一白\n记录：提案委干部　乙小满", "提案委干部　乙小满"),
        ("recorder", "会议由市政府办公室丁念初记录。", "市政府办公室丁念初"),
        (
            "absent",
            "请假：丁志遥（因病）、市残联（未到会）\n列席：市委督查室　乙故",
            "丁志遥（因病）、市残联（未到会）",
        ),
        ("sitting_in", "市政协常委纪白、市人大代表边白列席。", "市政协常委纪白、市人大代表边白"),
        ("explained", "答：《细则》（某人社规〔2025〕2号）2025年4月28日印发。", "某人社规〔2025〕2号"),
        ("repealed", "本通知自2025年3月1日起施行。林更〔2024〕6号文同时废止。", "林更〔2024〕6号"),
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
