"""What is promised, listed by letter."""

from __future__ import annotations

from datetime import date

import pytest

from policyqa.commitments import MOST, PARTLY, listed, speaker
from policyqa.ground import checked
from policyqa.question import understand
from policyqa.schema import Document, Passage

TODAY = date(2025, 3, 1)


@pytest.mark.parametrize(
    ("question", "who"),
    [
        ("南川区经信委下一步打算怎么做？", "南川区经信委"),
        ("松垭区教育局接下来有哪些安排", "松垭区教育局"),
        ("民政局2024年有哪些打算？", "民政局"),
        ("第035号提案的答复里下一步有什么措施", "第035号提案"),
        ("南川区经信委在招商方面下一步有什么打算？", ""),
        ("松垭区下一步打算新建几个公园？", ""),
        ("市教育局下一步新建几所学校", ""),
        ("下一步怎么办", ""),
    ],
)
def test_who_asks_for_all_that_is_planned(question: str, who: str) -> None:
    assert speaker(understand(question, TODAY)) == who


def _letter(name: str, day: date, promises: list[str]) -> tuple[Document, list[Passage]]:
    body = "".join(promises)
    document = Document(name, f"{name}.txt", body, title=f"{name}的答复", issuers=("甲局",), signed_on=day)
    passages, at = [], 0
    for promise in promises:
        end = at + len(promise)
        section = ("三、下一步打算（奖励30万元）",)
        passages.append(Passage(f"{name}:{at}", document, at, end, section, role="commitment"))
        at = end
    return document, passages


def test_promises_are_listed_by_letter_the_newest_first() -> None:
    old, of_old = _letter("旧", date(2023, 5, 1), ["我们将新建2个公园。"])
    new, of_new = _letter("新", date(2024, 5, 1), [f"我们将办好第{n}件事。" for n in range(MOST + 1)])
    known = {old.id: of_old, new.id: of_new}
    question = understand("甲局下一步有什么打算", TODAY)
    answer = listed(question, [old, new], lambda i: known[i])
    assert answer is not None
    assert answer.text.index("《新的答复》") < answer.text.index("《旧的答复》")
    assert PARTLY in answer.text
    assert len(answer.citations) == MOST + 1
    assert "30万元" not in answer.text, "a heading is no quote"
    assert checked(answer) == answer
    assert listed(question, [old], lambda i: []) is None
