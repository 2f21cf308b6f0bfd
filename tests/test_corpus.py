"""The samples in office formats say what their plain texts say, and are made the same each time."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from corpus.check import differences
from corpus.plan import PLAN, Made
from corpus.texts import SAMPLES, SOURCES, originals
from ingest.sources import find_files


@pytest.mark.parametrize("made", PLAN, ids=lambda made: made.file)
def test_the_text_of_a_sample_comes_back(made: Made) -> None:
    assert differences(made, SAMPLES / made.file) == []


def test_a_difference_is_found(tmp_path: Path) -> None:
    made, other = (
        next(m for m in PLAN if m.name == name) for name in ("yanting-wlw-2025-7", "fengdu-wlj-2024-tongji")
    )
    assert differences(made, SAMPLES / other.file)
    changed = tmp_path / made.file
    text = (SAMPLES / made.file).read_text("utf-8")
    changed.write_text(text.replace("2024年", "2023年", 1), "utf-8")
    assert differences(made, changed)


@pytest.mark.parametrize(
    "made",
    [next(m for m in PLAN if m.suffix == suffix) for suffix in (".docx", ".pdf", ".html", ".xlsx", ".ofd")],
    ids=lambda made: made.file,
)
def test_the_same_text_gives_the_same_file(made: Made) -> None:
    assert made.bytes() == made.bytes()


def test_half_of_the_samples_are_in_office_formats_and_each_is_ingested_once() -> None:
    assert len(PLAN) * 2 == len(originals())
    assert {m.name for m in PLAN} == {path.stem for path in SOURCES.iterdir()}
    files, _ = find_files([SAMPLES.parent])
    ingested = [Path(f.source) for f in files if f.source.startswith("samples/")]
    assert sorted(p.stem for p in ingested) == sorted(p.stem for p in originals())
    assert len(files) == len(ingested) + 1, "the real letter beside"
    kinds = Counter(p.suffix for p in ingested)
    assert {".txt", ".docx", ".doc", ".pdf", ".html", ".xlsx", ".ofd"} == {*kinds}


def test_the_samples_are_small() -> None:
    assert sum(path.stat().st_size for path in SAMPLES.iterdir()) < 5_000_000
