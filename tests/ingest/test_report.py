"""What an ingest tells the clerk when it is done."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from fakes import FakeEmbeddings
from storing import NEWS, write

from ingest.__main__ import _NAMED, _report, _run
from ingest.pipeline import Summary, ingest
from ingest.progress import Progress
from policyqa.errors import UsageError

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


def test_a_name_cannot_steer_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    hostile = Summary(
        added=["a\x1b[2J\n移除 b.txt"], failed=[{"source": "c\r\u202etxt.exe", "error": "is x\x9b"}]
    )
    lines = told(capsys, hostile)
    assert lines[0] == r"新增 a\x1b[2J\n移除 b.txt"
    assert lines[1].startswith(r"未能读取 c\r\u202etxt.exe：")
    assert lines[1].endswith(r"（is x\x9b）")
    _report(hostile, False, True, Progress(), set())
    assert capsys.readouterr().out == "新增\ta\\x1b[2J\\n移除 b.txt\n"


def test_a_folder_that_was_not_pruned_is_told_once(capsys: pytest.CaptureFixture[str]) -> None:
    before: set[tuple[str, str]] = set()
    for expected in (1, 0):
        _report(Summary(not_pruned=["/共享"]), False, False, Progress(), before)
        said = capsys.readouterr().err
        assert said.count("没有清理 /共享") == said.count("policyqa documents remove") == expected


def test_a_followed_folder_does_not_tell_the_same_failure_twice(capsys: pytest.CaptureFixture[str]) -> None:
    before: set[tuple[str, str]] = set()
    for expected in (1, 0):
        _report(SUMMARY, False, False, Progress(), before)
        assert capsys.readouterr().err.count("锁.pdf") == expected


@pytest.mark.usefixtures("quick_check")
def test_a_folder_that_is_missing_is_told_and_the_others_go_on(
    folder: Path, store: Path, model: FakeEmbeddings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path / "other" / "丁.txt", NEWS)
    ingest([tmp_path / "other"], store, model)
    shutil.rmtree(folder)
    for prune in (False, True):
        refused = _run(None, store, prune, True, False, False, Progress())
        assert refused is prune
        first, last = capsys.readouterr().err.splitlines()
        assert first.startswith(f"没有文件夹 {folder.resolve()}，")
        assert last.startswith("将新增 0，更新 0，移除 0，未变 1，")
    shutil.rmtree(tmp_path / "other")
    with pytest.raises(UsageError, match=f"没有文件夹 {folder.resolve()}、"):
        _run(None, store, True, True, False, False, Progress())
