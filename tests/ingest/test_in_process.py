"""Which files are read in the ingest's own process: short plain texts, and those within seconds."""

from __future__ import annotations

import multiprocessing
import time
from pathlib import Path

import pytest
from fakes import FakeEmbeddings
from storing import LETTERS, NEWS, write

from ingest import pipeline
from ingest.pipeline import ingest
from ingest.reading import Task, read_task
from ingest.recognise import kind_of

CORPUS = Path(__file__).parents[2] / "corpus"
SAMPLES = CORPUS / "samples"

NASTY = (
    "十万", "百", "零", "一、", "（", "1", "1,", "1.", "5%", "2023年", "年", " ", "　", "\n", "\t",
    "〔2024〕", "号", "第1号", "关于", "关于的答复", "、", "，", "：", "甲区、", "区", "局", "委员会",
    "亿元", "12所，", "《", "|a", "-", "年度 户数\n", "a,b\n", "1\t2\n", "附件：", "抄送：",
    "分别为1、2、", "1月2日", "××", "[](", "<b>",
)  # fmt: skip
"""What patterns of numbers, heads, tables and tails begin with, to be repeated without an end."""


MOST_SECONDS = 8.0
"""Of the processor; three times what the worst takes."""


@pytest.fixture
def apart(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files that are read in other processes, as they are handed out."""
    from ingest import workers

    handed: list[str] = []
    read_apart = workers.read_apart

    def told(tasks: list[Task], processes: int, seconds: float) -> object:
        handed.extend(task.source for task in tasks)
        return read_apart(tasks, processes, seconds)

    monkeypatch.setattr(workers, "read_apart", told)
    return handed


@pytest.mark.usefixtures("quick_check")
def test_short_texts_are_read_here(
    folder: Path, empty_store: Path, model: FakeEmbeddings, apart: list[str]
) -> None:
    write(folder / "空.txt", "")
    assert sorted(ingest([folder], empty_store, model).added) == sorted(LETTERS)
    assert apart == []
    assert not multiprocessing.active_children()


@pytest.mark.usefixtures("quick_check")
def test_what_is_another_format_under_the_ending_of_a_text_is_read_apart(
    folder: Path, empty_store: Path, model: FakeEmbeddings, apart: list[str]
) -> None:
    (folder / "正文.txt").write_bytes(b"PK\x03\x04" + bytes(200))
    summary = ingest([folder], empty_store, model)
    assert "正文.txt" in apart
    assert [failure["source"] for failure in summary.failed] == ["正文.txt"]


@pytest.mark.parametrize("ending", ["doc", "docx", "html", "ofd", "pdf", "xlsx"])
def test_no_sample_of_another_format_passes_for_a_text(ending: str, tmp_path: Path) -> None:
    samples = list(SAMPLES.glob(f"*.{ending}"))
    assert samples
    for sample in samples:
        # Short enough, whatever is left of it.
        (tmp_path / "正文.txt").write_bytes(sample.read_bytes()[: pipeline._SMALL])
        assert not pipeline._is_small(tmp_path / "正文.txt"), sample.name


def test_a_long_text_is_not_read_here(tmp_path: Path) -> None:
    write(tmp_path / "a.txt", NEWS * (pipeline._SMALL // len(NEWS.encode())))
    assert pipeline._is_small(tmp_path / "a.txt")
    write(tmp_path / "a.txt", NEWS * (pipeline._SMALL // len(NEWS.encode()) + 1))
    assert not pipeline._is_small(tmp_path / "a.txt")


def test_the_worst_short_texts_are_understood_within_seconds(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    slow = {}
    for piece in NASTY:
        write(
            path,
            ("甲区教育局\n\n" + piece * pipeline._SMALL)
            .encode()[: pipeline._SMALL]
            .decode("utf-8", "ignore"),
        )
        assert kind_of(path) == ".txt", piece
        begun = time.process_time()
        (_,) = read_task(Task("/r", "a.txt", path, ""))
        if (seconds := time.process_time() - begun) > MOST_SECONDS:
            slow[piece] = seconds
    assert slow == {}
