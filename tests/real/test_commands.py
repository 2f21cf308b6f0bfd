"""The commands on the whole corpus with the real model: the contract that others script against."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from storing import LETTERS, NEWS, write

from policyqa import cli
from policyqa.catalog import Catalog

pytestmark = pytest.mark.model

POLICYQA = ("-m", "policyqa.cli")
INGEST = ("-m", "ingest")


def run(*arguments: object, stdin: str = "") -> tuple[int, list[dict[str, Any]], str]:
    """Exit status, standard output as JSON lines (and nothing else), standard error."""
    done = subprocess.run(
        [sys.executable, *map(str, arguments)],
        input=stdin,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=dict(os.environ),
        check=False,
        timeout=300,
    )
    assert "Traceback" not in done.stderr, done.stderr
    return done.returncode, [json.loads(line) for line in done.stdout.splitlines()], done.stderr


def _proved(row: dict[str, Any], store: Path) -> None:
    """Every citation of an answer is an exact slice of its document's body."""
    catalog = Catalog.of(store)
    for citation in row["citations"]:
        document = catalog.document(citation["document"]["id"])
        assert document is not None
        assert document.body[citation["start"] : citation["end"]] == citation["quote"] != ""


def test_ask_answers_with_its_proof(real_store: Path) -> None:
    question = "南川2023年新培育市级专精特新中小企业多少家？"
    status, rows, _ = run(*POLICYQA, "ask", question, "--store", real_store, "--json")
    assert status == 0
    (row,) = rows
    assert set(row) >= {
        "question",
        "status",
        "text",
        "short",
        "citations",
        "nearest",
        "confidence",
        "seconds",
    }
    assert (row["question"], row["status"], row["short"]) == (question, "answered", "36家")
    assert 0 <= row["confidence"] <= 1
    assert row["seconds"] > 0
    assert row["citations"][0]["source"] == "nanchuan-2024-58.txt"
    _proved(row, real_store)


def test_a_batch_gives_a_line_for_every_line(real_store: Path, tmp_path: Path) -> None:
    lines = [
        json.dumps({"id": 7, "question": "南川2023年累计有多少家专精特新中小企业？"}),
        json.dumps("南川规上工业企业利润增速列全市第几？"),
        "",
        "this is not JSON",
        json.dumps({"id": "e", "question": ""}),
        json.dumps({"id": "b", "question": "   "}),
        json.dumps({"id": "l", "question": "多" * 10_000}),
        json.dumps({"id": "n"}),
        json.dumps({"id": "x", "question": 36}),
        json.dumps([1, 2]),
        json.dumps(
            {"id": "h", "question": "累计呢？", "history": ["南川2023年新培育专精特新中小企业多少家？"]}
        ),
        json.dumps({"id": "i", "question": "2023年新增养老床位多少张？", "issuer": "松垭区民政局"}),
        json.dumps({"id": "y", "question": "新增养老床位多少张？", "year": 1999}),
        json.dumps({"id": "u", "question": "火星基地有多少名宇航员？"}),
    ]
    file = tmp_path / "questions.jsonl"
    file.write_text("\n".join(lines) + "\n", "utf-8")
    status, rows, err = run(*POLICYQA, "ask", "--batch", file, "--store", real_store, "--json")
    assert status == 1, "some lines were refused"
    assert len(rows) == len(lines) - 1, "one for every line that is not blank"
    first, second, not_json, empty, blank, long, none, number, array, follow, issuer, year, unknown = rows
    assert (first["id"], first["short"]) == (7, "79家")
    assert second["short"] == "第6位"
    for row in (not_json, empty, blank, long, none, number, array):
        assert row["error"]
        assert "status" not in row
    assert [row["id"] for row in (empty, blank, long)] == ["e", "b", "l"]
    assert "10000" in long["error"]
    assert "79家" in follow["text"]
    assert issuer["short"] == "420张"
    assert all(c["document"]["issuer"] == "松垭区民政局" for c in issuer["citations"])
    assert (year["status"], year["citations"], year["nearest"]) == ("not_found", [], [])
    assert unknown["status"] == "not_found"
    assert unknown["nearest"]
    for row in rows:
        if row.get("status") == "answered":
            assert row["citations"]
            _proved(row, real_store)
    assert err.count("错误") == 7


def test_a_batch_may_come_on_standard_input(real_store: Path) -> None:
    lines = '{"id": 1, "query": "商业价值信用贷"}\n{"id": 2, "query": "养老床位", "k": 1}\n'
    arguments = ("search", "--batch", "-", "--store", real_store, "--json", "-k", "2")
    status, rows, _ = run(*POLICYQA, *arguments, stdin=lines)
    assert status == 0
    assert [(row["id"], len(row["hits"])) for row in rows] == [(1, 2), (2, 1)]
    assert "商业价值信用贷" in rows[0]["hits"][0]["text"]


def test_search_prints_a_hit_a_line_best_first(real_store: Path) -> None:
    status, rows, _ = run(*POLICYQA, "search", "高标准农田", "--store", real_store, "--json", "-k", "5")
    assert status == 0
    assert len(rows) == 5
    assert all(set(row) >= {"source", "text", "score"} for row in rows)
    scores = [row["score"] for row in rows]
    assert scores == sorted(scores, reverse=True)
    assert any("高标准农田" in row["text"] for row in rows)


@pytest.mark.parametrize(
    "arguments",
    [("ask", ""), ("ask", " 　"), ("ask", "多" * 10_000), ("search", ""), ("search", "养老", "-k", "0")],
    ids=["ask nothing", "ask blanks", "ask 10,000 characters", "search nothing", "search for none"],
)
def test_a_question_that_is_none_is_wrong_usage(
    arguments: tuple[str, ...],
    real_store: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(sys, "argv", ["policyqa", *arguments, "--store", str(real_store), "--json"])
    with pytest.raises(SystemExit) as left:
        cli.main()
    assert left.value.code == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "错误" in captured.err


def test_evaluate_measures_and_keeps_the_gate(real_store: Path, tmp_path: Path) -> None:
    gold = tmp_path / "gold.jsonl"
    evidence = [{"source": "nanchuan-2024-58.txt", "quote": "新培育市级“专精特新”中小企业36家，累计达79家"}]
    rows = [
        {"id": "a", "question": "南川2023年新培育市级专精特新中小企业多少家？", "status": "answered",
         "kind": "figure", "parts": [["36家"]], "evidence": evidence},
        {"id": "b", "question": "火星基地有多少名宇航员？", "status": "not_found", "trap": "unreported"},
    ]  # fmt: skip
    gold.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), "utf-8")
    gate, details = tmp_path / "gate.json", tmp_path / "details.jsonl"
    gate.write_text('{"right_and_cited": {"min": 0.5}, "unanswerable": {"min": 5}}')
    arguments = ("evaluate", gold, "--store", real_store, "--json", "--gate", gate, "--details", details)
    status, (report,), err = run(*POLICYQA, *arguments)
    assert status == 1, "a gate is not met"
    assert "unanswerable" in err
    assert "right_and_cited" not in err
    measures = report["all"]
    assert (measures["questions"], measures["answerable"], measures["unanswerable"]) == (2, 1, 1)
    assert (measures["right"], measures["right_and_cited"], measures["declined"]) == (1, 1, 1)
    assert set(report["kinds"]) == {"figure", "unreported"}
    written = [json.loads(line) for line in details.read_text("utf-8").splitlines()]
    assert [row["id"] for row in written] == ["a", "b"]


def test_the_doctor_finds_a_healthy_store_healthy(real_store: Path) -> None:
    status, rows, _ = run(*POLICYQA, "doctor", "--store", real_store, "--json")
    assert status == 0
    assert {row["check"] for row in rows} >= {"catalog", "model", "index", "files", "ingest"}
    assert all(row["ok"] for row in rows)


def test_ingest_prints_its_summary_and_nothing_else(folder: Path, tmp_path: Path) -> None:
    store = tmp_path / "new store"
    (folder / "bad.xyz").write_bytes(b"\x7fELF\x02\x01")
    status, (summary,), err = run(*INGEST, folder, "--store", store, "--json")
    assert status == 1, "one file failed"
    assert sorted(summary["added"]) == sorted(LETTERS)
    assert [failure["source"] for failure in summary["failed"]] == ["bad.xyz"]
    assert summary["passages"] > 10
    assert "bad.xyz" in err
    (folder / "bad.xyz").unlink()
    write(folder / "new.txt", NEWS)
    (folder / "甲.txt").unlink()
    # Without a path, the folders ingested before.
    status, (summary,), _ = run(*INGEST, "--store", store, "--prune", "--json")
    assert status == 0
    assert summary["added"] == ["new.txt"]
    assert sorted(summary["removed"]) == ["bad.xyz", "甲.txt"]
    assert sorted(summary["unchanged"]) == ["sub/丙.txt", "乙.txt"]
