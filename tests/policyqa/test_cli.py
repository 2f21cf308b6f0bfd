"""The commands as others call them: exit status, standard output, bad input. No model is needed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import typer
from fakes import FakeEmbeddings
from storing import LETTERS, write

from ingest.__main__ import main as ingest_main
from ingest.pipeline import ingest
from policyqa import cli
from policyqa.catalog import Catalog
from policyqa.store import Store

POLICYQA = ("-m", "policyqa.cli")
Call = Callable[..., tuple[int, str, str]]


class Run:
    """A finished command: ``rows`` is its standard output as JSON lines, and nothing else."""

    def __init__(self, *arguments: object, stdin: str = "", **variables: str) -> None:
        done = subprocess.run(
            [sys.executable, *map(str, arguments)],
            input=stdin,
            capture_output=True,
            text=True,
            encoding="utf-8",
            env={**os.environ, **variables},
            check=False,
            timeout=300,
        )
        self.status, self.out, self.err = done.returncode, done.stdout, done.stderr

    @property
    def rows(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.out.splitlines()]


def test_the_command_is_installed() -> None:
    done = subprocess.run(
        [Path(sys.executable).parent / "policyqa", "--help"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0
    assert all(name in done.stdout for name in ("ask", "search", "documents", "evaluate", "doctor"))


@pytest.fixture
def call(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Call:
    """Calls ``policyqa`` in this process, which is quicker; gives its status, output and errors."""

    def run(*arguments: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["policyqa", *map(str, arguments)])
        status = 0
        try:
            cli.main()
        except SystemExit as left:
            status = int(left.code or 0)
        captured = capsys.readouterr()
        return status, captured.out, captured.err

    return run


@pytest.fixture
def call_ingest(
    quick_check: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Call:
    """Calls ``python -m ingest`` in this process."""

    def run(*arguments: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["ingest", *map(str, arguments)])
        with pytest.raises(SystemExit) as left:
            typer.run(ingest_main)
        captured = capsys.readouterr()
        return int(left.value.code or 0), captured.out, captured.err

    return run


@pytest.mark.parametrize(
    "arguments",
    [
        ("ask",),
        ("ask", "多少家？", "--batch", "questions.jsonl"),
        ("ask", "--nonsense"),
        ("ask", "多少家？", "--year", "last"),
        ("search",),
        ("search", "养老", "-k", "many"),
        ("evaluate",),
        ("evaluate", "nowhere.jsonl"),
        ("documents", "show"),
        ("documents", "nonsense"),
        ("documents", "show", "no-such-id", "--store", "STORE"),
        ("documents", "remove", "no-such-id", "--store", "STORE"),
        ("nonsense",),
    ],
    ids=" ".join,
)
def test_wrong_usage_ends_with_2_and_says_so_on_standard_error(
    arguments: tuple[str, ...], store: Path, call: Call
) -> None:
    status, out, err = call(*(store if a == "STORE" else a for a in arguments))
    assert status == 2
    assert out == ""
    assert err.strip()
    assert "Traceback" not in err


@pytest.mark.parametrize(
    "arguments",
    [
        ("ask", "多少家？"),
        ("search", "养老"),
        ("documents",),
        ("documents", "list"),
        ("documents", "show", "x"),
        ("documents", "remove", "x"),
    ],
    ids=" ".join,
)
def test_a_missing_store_ends_with_1_and_says_how_to_make_one(
    arguments: tuple[str, ...], tmp_path: Path, call: Call
) -> None:
    status, out, err = call(*arguments, "--store", tmp_path / "none")
    assert status == 1
    assert out == ""
    assert "python -m ingest" in err
    assert "Traceback" not in err
    assert not (tmp_path / "none").exists()


def test_the_store_may_be_named_by_the_variable(
    store: Path, tmp_path: Path, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("POLICYQA_STORE", str(store))
    assert len(call("documents", "list", "--json")[1].splitlines()) == 3
    monkeypatch.setenv("POLICYQA_STORE", str(tmp_path / "none"))
    assert call("documents", "list")[0] == 1


def test_a_store_of_another_model_ends_with_1_and_says_what_to_do(store: Path, call: Call) -> None:
    status, out, err = call("ask", "养老床位多少张？", "--store", store)
    assert (status, out) == (1, "")
    assert "fake/1" in err
    assert "python -m ingest" in err


# --- documents ---------------------------------------------------------------------------------


def test_documents_are_listed_one_object_a_line(store: Path) -> None:
    run = Run(*POLICYQA, "documents", "list", "--store", store, "--json")
    assert run.status == 0
    assert sorted(row["source"] for row in run.rows) == sorted(LETTERS)
    first = next(row for row in run.rows if row["source"] == "甲.txt")
    assert first["document_number"] == "乙教函〔2024〕8号"
    assert first["issuers"] == ["乙区教育局"]
    assert first["signed_on"] == "2024-06-14"


def test_documents_alone_lists_them(store: Path, call: Call) -> None:
    listed = call("documents", "list", "--store", store)
    assert call("documents", "--store", store) == listed
    assert listed[1].count("\n") == 3


@pytest.mark.usefixtures("quick_check")
def test_the_list_tells_which_files_could_not_be_read_and_where_more_is_told(
    folder: Path, store: Path, model: FakeEmbeddings, call: Call
) -> None:
    assert call("documents", "--store", store)[2] == "", "all were read"
    (folder / "片\x1b[2J.pptx").write_bytes(b"PK\x03\x04" + b"ppt/" + bytes(200))
    write(folder / "乙.txt", "")
    ingest([folder], store, model)
    status, out, err = call("documents", "--store", store)
    assert (status, out.count("\n")) == (0, 3)
    assert err.splitlines() == [
        "2 个文件未能读取：",
        "  乙.txt：文件里没有文字。换成完整的文件，或重新扫描。（仍用上一次读好的内容）",
        "  片\\x1b[2J.pptx：演示文稿不能读取。另存为 .pdf。",
        "全部文件和详细原因见 policyqa doctor；改好后再收录一次：python -m ingest",
    ]
    told = call("documents", "list", "--store", store, "--json")
    assert [json.loads(line)["source"] for line in told[1].splitlines()] == ["sub/丙.txt", "乙.txt", "甲.txt"]
    assert told[2] == err


@pytest.mark.usefixtures("quick_check")
def test_of_many_files_that_could_not_be_read_some_are_listed(
    folder: Path, store: Path, model: FakeEmbeddings, call: Call
) -> None:
    for number in range(23):
        write(folder / f"空{number}.txt", "")
    ingest([folder], store, model)
    lines = call("documents", "--store", store)[2].splitlines()
    assert len(lines) == 23
    assert lines[-2] == "  …… 另有 3 个"


def test_output_is_utf8_whatever_the_locale(store: Path) -> None:
    run = Run(*POLICYQA, "documents", "list", "--store", store, LC_ALL="C", LANG="C")
    assert run.status == 0
    assert "乙区教育局" in run.out


@pytest.mark.parametrize("by", ["id", "source"])
def test_a_document_is_shown_whole(by: str, store: Path, call: Call) -> None:
    document = next(d for d in Catalog.of(store).documents() if d.source == "sub/丙.txt")
    status, out, _ = call("documents", "show", getattr(document, by), "--store", store, "--json")
    assert status == 0
    row = json.loads(out)
    assert row["body"] == document.body
    assert row["id"] == document.id


def test_a_document_is_shown_with_its_figures(store: Path, call: Call) -> None:
    row = json.loads(call("documents", "show", "甲.txt", "--store", store, "--json")[1])
    assert [(f["indicator"], f["text"], f["aspect"], f["years"]) for f in row["figures"]] == [
        ("学校", "12所", "new", [2023]),
        ("学校", "79所", "cumulative", [2023]),
    ]
    assert all(row["body"][f["start"] : f["end"]] == f["text"] for f in row["figures"])
    out = call("documents", "show", "甲.txt", "--store", store)[1]
    assert "新增　学校　12所　2023年" in out


@pytest.mark.usefixtures("quick_check")
def test_a_document_is_shown_with_its_sources_notices_and_history(
    folder: Path, store: Path, model: FakeEmbeddings, call: Call
) -> None:
    later = LETTERS["甲.txt"].replace("累计79所", "累计82所").replace("6月14日", "9月2日")
    write(folder / "新甲.doc", later)  # the reader notes the wrong ending
    ingest([folder], store, model)
    row = json.loads(call("documents", "show", "新甲.doc", "--store", store, "--json")[1])
    assert [(s["source"], s["state"]) for s in row["sources"]] == [
        ("新甲.doc", "current"),
        ("甲.txt", "superseded"),
    ]
    assert all(s["read_at"] and not s["error"] for s in row["sources"])
    (notice,) = row["sources"][0]["notices"]
    (past,) = row["history"]
    assert (past["source"], past["signed_on"]) == ("甲.txt", "2024-06-14")
    assert "累计79所" in past["body"]
    assert "累计82所" in row["body"]
    assert past["replaced_at"]
    out = call("documents", "show", "新甲.doc", "--store", store)[1]
    assert "来源：甲.txt（旧版本）" in out
    assert f"注意：{notice}" in out
    assert "历史：甲.txt（2024-06-14）" in out
    assert f"被替换，校验值 {past['file_hash'][:12]}" in out
    write(folder / "新甲.doc", "")
    ingest([folder], store, model)
    out = call("documents", "show", "新甲.doc", "--store", store)[1]
    assert "最近一次未能读取：" in out
    assert "累计82所" in out, "the last good version stays"


@pytest.mark.usefixtures("quick_check")
def test_a_document_is_removed_from_catalog_and_index(store: Path, call: Call) -> None:
    status, out, err = call("documents", "remove", "乙.txt", "--store", store)
    assert (status, out) == (0, "")
    assert "乙.txt" in err
    assert sorted(d.source for d in Catalog.of(store).documents()) == ["sub/丙.txt", "甲.txt"]
    with Store(store, FakeEmbeddings()) as opened, opened.index() as index:
        assert index.counts() == (opened.catalog.counts()[1],) * 2


# --- doctor ------------------------------------------------------------------------------------


def test_the_doctor_of_a_missing_store_says_what_to_do(tmp_path: Path, call: Call) -> None:
    status, out, _ = call("doctor", "--store", tmp_path / "none", "--json")
    assert status == 1
    (row,) = (json.loads(line) for line in out.splitlines())
    assert (row["check"], row["ok"]) == ("catalog", False)
    assert "python -m ingest" in row["next"]


# --- evaluate ----------------------------------------------------------------------------------


def test_a_bad_gold_line_is_named(tmp_path: Path, call: Call) -> None:
    file = tmp_path / "gold.jsonl"
    file.write_text('{"id": "a", "question": "多少？", "status": "not_found"}\nnonsense\n', "utf-8")
    status, out, err = call("evaluate", file)
    assert (status, out) == (2, "")
    assert "第 2 行" in err


def test_a_split_without_questions_is_wrong_usage(tmp_path: Path, call: Call) -> None:
    file = tmp_path / "gold.jsonl"
    file.write_text('{"id": "a", "question": "多少？", "status": "not_found", "split": "tune"}\n', "utf-8")
    status, _, err = call("evaluate", file, "--split", "test")
    assert status == 2
    assert "test" in err


# --- ingest ------------------------------------------------------------------------------------


def test_ingesting_a_missing_folder_is_wrong_usage(tmp_path: Path, call_ingest: Call) -> None:
    status, out, err = call_ingest(tmp_path / "nowhere", "--store", tmp_path / "store", "--json")
    assert (status, out) == (2, "")
    assert "nowhere" in err
    assert not (tmp_path / "store").exists()


def test_a_dry_run_prints_what_would_be_done(folder: Path, tmp_path: Path, call_ingest: Call) -> None:
    status, out, _ = call_ingest(folder, "--store", tmp_path / "store", "--dry-run", "--json")
    assert status == 0
    assert sorted(json.loads(out)["added"]) == sorted(LETTERS)
    assert not (tmp_path / "store").exists()


def test_files_that_cannot_be_read_are_told_and_end_with_1(tmp_path: Path, call_ingest: Call) -> None:
    write(tmp_path / "in" / "empty.txt", "")
    (tmp_path / "in" / "unknown.xyz").write_bytes(b"\x7fELF\x02\x01")
    status, out, err = call_ingest(tmp_path / "in", "--store", tmp_path / "store", "--json")
    assert status == 1
    row = json.loads(out)
    assert set(row) >= {"added", "updated", "unchanged", "removed", "failed", "passages", "seconds"}
    assert sorted(failure["source"] for failure in row["failed"]) == ["empty.txt", "unknown.xyz"]
    assert all(failure["error"] for failure in row["failed"])
    assert row["added"] == []
    assert "unknown.xyz" in err


def test_without_a_path_and_a_store_ingest_says_what_to_name(
    tmp_path: Path, call_ingest: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    status, out, err = call_ingest("--store", "store")
    assert (status, out) == (2, "")
    assert "FOLDER" in err


# --- what a command costs ----------------------------------------------------------------------

HEAVY = ("torch", "sentence_transformers", "transformers", "chromadb", "tantivy", "gradio", "langchain")


@pytest.mark.parametrize(
    ("module", "free_of"),
    [
        ("policyqa.cli", (*HEAVY, "numpy", "sqlalchemy", "langchain_core")),
        ("policyqa.catalog", (*HEAVY, "numpy")),
        ("policyqa.index", HEAVY),
        ("policyqa.embed", ("torch", "sentence_transformers", "chromadb", "gradio")),
        ("policyqa.assistant", ("torch", "sentence_transformers", "chromadb", "gradio")),
        ("ingest.parse", (*HEAVY, "numpy", "sqlalchemy")),
    ],
)
def test_importing_a_module_loads_nothing_heavy(module: str, free_of: tuple[str, ...]) -> None:
    run = Run("-c", f"import sys, {module}; print(*[m for m in {free_of!r} if m in sys.modules])")
    assert run.status == 0
    assert run.out.split() == []


def test_listing_documents_does_not_load_the_model(store: Path) -> None:
    script = (
        "import sys; from policyqa import cli\n"
        f"sys.argv = ['policyqa', 'documents', 'list', '--store', {str(store)!r}]\n"
        "try: cli.main()\n"
        "except SystemExit: pass\n"
        f"print(*[m for m in {HEAVY!r} if m in sys.modules], file=sys.stderr)\n"
    )
    assert Run("-c", script).err.split() == []
