"""The files of the corpus as they are read, each once: recognising a scan takes seconds."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from ingest.formats import RawText, read_file


@cache
def corpus_file(path: Path) -> RawText:
    return read_file(path)
