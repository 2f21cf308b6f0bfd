"""What an ingest tells the clerk when it is done."""

from __future__ import annotations

import pytest

from ingest.__main__ import _NAMED, _report
from ingest.pipeline import Summary
from ingest.progress import Progress

SUMMARY = Summary(
    added=["新.txt"],
    removed=["旧.txt"],
    failed=[{"source": "锁.pdf", "error": "is protected by a password → save a copy without password"}],
    near_duplicates=[{"sources": ["甲.txt", "乙.txt"], "similarity": 0.998}],
    passages=7,
)


def told(capsys: pytest.CaptureFixture[str], summary: Summary, dry: bool = False) -> list[str]:
    _report(summary, False, dry, Progress(), set())
    return capsys.readouterr().err.splitlines()


def test_what_was_done_is_named_with_reasons_and_next_steps(capsys: pytest.CaptureFixture[str]) -> None:
    assert told(capsys, SUMMARY) == [
        "新增 新.txt",
        "移除 旧.txt",
        "内容相近（99%），请核对是否都要保留：甲.txt 与 乙.txt",
        "未能读取 锁.pdf：文件有密码保护。另存一份不带密码的再收录。（is protected by a password）",
        "已新增 1，更新 0，移除 1，未变 0，未能读取 1；库中共有 7 个段落，用时 0.0 秒",
    ]


def test_of_many_files_only_some_are_named(capsys: pytest.CaptureFixture[str]) -> None:
    lines = told(capsys, Summary(added=[f"{n}.txt" for n in range(_NAMED + 5)]))
    assert len(lines) == _NAMED + 2
    assert lines[_NAMED] == "新增 …… 另有 5 个"


def test_a_plan_goes_to_standard_output(capsys: pytest.CaptureFixture[str]) -> None:
    _report(SUMMARY, False, True, Progress(), set())
    said = capsys.readouterr()
    assert said.out == "新增\t新.txt\n移除\t旧.txt\n"
    assert said.err.splitlines()[-1].startswith("将新增 1，")


def test_a_followed_folder_does_not_tell_the_same_failure_twice(capsys: pytest.CaptureFixture[str]) -> None:
    before: set[tuple[str, str]] = set()
    for expected in (1, 0):
        _report(SUMMARY, False, False, Progress(), before)
        assert capsys.readouterr().err.count("锁.pdf") == expected
