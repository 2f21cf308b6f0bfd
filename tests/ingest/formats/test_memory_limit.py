"""A reading process takes less than 2 GB of memory, whatever the file, and fails with that reason."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from docx import Document
from hostile import repacked
from test_memory import MOST, drawn, long_table
from workbook_samples import Page, xlsx

from corpus.writers.ofd import OfdWriter
from ingest import workers
from ingest.reading import Task
from policyqa.unread import OTHERWISE, told

MANY = 300_000
"""Paragraphs, cells or elements of a hostile file."""

_READ = """
import json, resource, sys
from pathlib import Path
from ingest.reading import Task
from ingest.workers import read_apart

tasks = [Task("/r", name.rpartition("/")[2], Path(name), "") for name in sys.argv[1:]]
errors = {o.source: o.error for _, o in read_apart(tasks, 1, 300) if o is not None}
print(json.dumps([resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024, errors]))
"""
_LIMITED = """
import sys
from pathlib import Path
from ingest.reading import Task, read_task
from ingest.workers import _limit_memory

_limit_memory(int(sys.argv[2]))
for outcome in read_task(Task("/r", "a", Path(sys.argv[1]), "")):
    print(outcome.error)
"""


def _pieces(count: int = MANY) -> Iterator[str]:
    """Short texts that do not pack well, so that no limit on packing stops them."""
    chance = random.Random(5)
    for _ in range(count):
        yield f"{chance.getrandbits(80):x}"


def large_xlsx(path: Path) -> None:
    xlsx(path, Page([["镇街"]], "表"))
    rows = "".join(f'<row><c t="inlineStr"><is><t>{piece}</t></is></c></row>' for piece in _pieces())
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    sheet = f'<worksheet xmlns="{space}"><sheetData>{rows}</sheetData></worksheet>'
    path.write_bytes(repacked(path, {"xl/worksheets/sheet1.xml": sheet.encode()}))


def large_docx(path: Path) -> None:
    Document().save(str(path))
    paragraphs = "".join(f"<w:p><w:r><w:t>{piece}</w:t></w:r></w:p>" for piece in _pieces())
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    document = f'<w:document xmlns:w="{space}"><w:body>{paragraphs}</w:body></w:document>'
    path.write_bytes(repacked(path, {"word/document.xml": document.encode()}))


def large_html(path: Path) -> None:
    path.write_text("<html><body>" + "".join(f"<div><p>{p}</p><td>" for p in _pieces()), "utf-8")


def large_eml(path: Path) -> None:
    body = "\n".join(_pieces())
    path.write_text(f"From: a@b.cn\nTo: c@d.cn\nSubject: x\nMIME-Version: 1.0\n\n{body}\n", "utf-8")


def large_ofd(path: Path) -> None:
    writer = OfdWriter()
    for piece in _pieces(MANY // 3):
        writer.put(piece, 28, 100)
    writer.save(path)


KINDS = {
    "a.xlsx": large_xlsx,
    "a.docx": large_docx,
    "a.html": large_html,
    "a.csv": long_table,
    "a.eml": large_eml,
    "a.ofd": large_ofd,
    "a.pdf": drawn,
}


def read_apart(*paths: Path) -> tuple[int, dict[str, str]]:
    """The most memory that a reading process took, in bytes, and the error of each file."""
    ran = subprocess.run(
        [sys.executable, "-c", _READ, *map(str, paths)],
        capture_output=True, encoding="utf-8", timeout=600, check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr[-2000:]
    memory, errors = json.loads(ran.stdout)
    return memory, errors


def test_hostile_files_of_all_kinds_stay_below_two_gigabytes(tmp_path: Path) -> None:
    for name, make in KINDS.items():
        make(tmp_path / name)
    with zipfile.ZipFile(tmp_path / "all.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for name in KINDS:
            archive.write(tmp_path / name, name)
    memory, errors = read_apart(tmp_path / "all.zip")
    assert {*errors} == {"all.zip", *(f"all.zip/{name}" for name in KINDS)}
    assert memory < MOST, f"{memory:,} bytes, {errors}"
    print(f"{memory:,} bytes", errors)
    assert [error for error in errors.values() if error and told(error) == OTHERWISE] == []


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file whose reading takes 700 MB."""
    path = tmp_path_factory.mktemp("large") / "a.csv"
    long_table(path)
    return path


def test_a_file_that_takes_too_much_memory_costs_itself_only(
    table: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "good.txt").write_text("第三产业增长5%。", "utf-8")
    monkeypatch.setattr(workers, "MOST_MEMORY", 400 * 2**20)
    tasks = [Task("/r", name, path, "") for name, path in (("a", table), ("b", tmp_path / "good.txt"))]
    errors = {o.source: o.error for _, o in workers.read_apart(tasks, 1, 300) if o is not None}
    assert errors["a"].startswith("takes more memory than 400 MB to read")
    assert told(errors["a"])[0] == "读取它需要的内存过多"
    assert errors["b"] == ""


def test_memory_that_the_system_refuses_is_told_as_such(table: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", _LIMITED, str(table), str(400 * 2**20)],
        capture_output=True, encoding="utf-8", timeout=300, check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr[-2000:]
    assert ran.stdout.startswith("takes more memory than there is to read it")
    assert told(ran.stdout)[0] == "读取它需要的内存过多"
