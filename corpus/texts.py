"""The invented documents as they were written: plain text, the one source of every other format."""

from __future__ import annotations

from pathlib import Path

HERE = Path(__file__).parent
SAMPLES = HERE / "samples"
"""What is ingested, half of it in office formats."""
SOURCES = HERE / "sources"
"""The texts of those in office formats."""


def originals() -> list[Path]:
    """The plain texts of all samples, by name."""
    return sorted([*SAMPLES.glob("*.txt"), *SOURCES.glob("*.txt")], key=lambda path: path.name)


def letter(name: str) -> str:
    """The text of a sample by its name without ending."""
    from ingest.formats.text import read

    path = SAMPLES / f"{name}.txt"
    return read(path if path.is_file() else SOURCES / f"{name}.txt").text
