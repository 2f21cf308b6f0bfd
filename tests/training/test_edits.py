"""The examples of the question editing model: which characters are kept, of all files that come along."""

from __future__ import annotations

import pytest

from policyqa.question_editor import GAP, TASKS, joined, tagged
from training import edits
from training.build import DATA


def test_parts_are_told_apart_by_what_only_they_have() -> None:
    edit = edits.apart(
        {
            "question": "甲区2023年比2022年多几家？",
            "operation": "difference",
            "parts": [{"question": "甲区2023年几家"}, {"question": "甲区2022年几家"}],
        }
    )
    assert edit is not None
    assert tagged(edit.text, edit.tags) == (("甲区2023年几家", "甲区2022年几家"), ("2023年", "2022年"))
    assert TASKS[edit.task or 0] == "difference"


def test_what_stands_in_some_of_the_parts_is_not_learned() -> None:
    row = {
        "question": "甲乙丙各几家",
        "operation": "list",
        "parts": [{"question": "甲几家"}, {"question": "乙各几家"}, {"question": "丙各几家"}],
    }
    edit = edits.apart(row)
    assert edit is not None
    assert edit.tags[3] == edits.IGNORED


@pytest.mark.parametrize(
    "parts",
    [
        [{"question": "甲有几家"}, {"question": "乙几家"}],  # 有 stands nowhere
        [{"question": "甲几家"}, {"question": "几家"}],  # nothing of its own
    ],
)
def test_parts_that_are_not_made_by_deleting_alone_are_left_out(parts: list[dict[str, str]]) -> None:
    assert edits.apart({"question": "甲和乙几家", "operation": "list", "parts": parts}) is None


@pytest.mark.parametrize(
    ("before", "question", "whole"),
    [
        ("甲山的118号提案是谁提的？", "那乙水的118号呢", "乙水的118号提案是谁提的"),
        ("甲山2022年改造了几个小区？", "装了多少电梯", "甲山2022年改造小区装了多少电梯"),
        ("甲山2022年改造了几个小区？", "乙局的电话是多少", "乙局的电话是多少"),
    ],
)
def test_a_follow_up_made_whole_keeps_just_that(before: str, question: str, whole: str) -> None:
    edit = edits.whole({"before": before, "question": question, "whole": whole})
    assert edit is not None
    first, _, second = edit.text.partition(GAP)
    assert joined(first, second, [tag == 1 for tag in edit.tags], edit.at) == whole
    assert edit.followed == len(first) + 1


def test_a_follow_up_with_words_of_neither_is_left_out() -> None:
    assert edits.whole({"before": "甲几家", "question": "乙呢", "whole": "乙有几家"}) is None


def test_nearly_all_that_come_along_can_be_learned() -> None:
    rows = [*edits.rows("d*.jsonl"), *edits.rows("f*.jsonl")]
    assert len({row["id"] for row in rows}) == len(rows) > 4000
    sample = rows[::20]
    made = [edits.whole(row) if "before" in row else edits.apart(row) for row in sample]
    assert sum(edit is None for edit in made) <= 2


def test_single_questions_are_one() -> None:
    some = edits.single(DATA, 5, 0)
    assert len(some) == 5
    assert all(edit.task == 0 and not any(edit.tags) for edit in some)
