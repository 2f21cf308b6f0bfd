"""Which files an ingest is about."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from ingest.sources import IGNORE_FILE, file_hash, find_files
from policyqa.errors import UsageError


def _touch(root: Path, *names: str) -> None:
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name, "utf-8")


def _sources(*paths: Path) -> list[str]:
    return [file.source for file in find_files(paths)[0]]


def test_a_folder_is_walked_in_a_steady_order(tmp_path: Path) -> None:
    _touch(tmp_path, "b.txt", "a.txt", "sub/c.txt", "甲/乙.txt")
    assert _sources(tmp_path) == ["a.txt", "b.txt", "sub/c.txt", "甲/乙.txt"]


def test_hidden_and_lock_files_are_left_out(tmp_path: Path) -> None:
    _touch(tmp_path, "a.txt", ".hidden.txt", ".git/x.txt", "~$a.docx", "sub/.DS_Store", "sub/~$b.docx")
    _touch(tmp_path, "Thumbs.db", "sub/desktop.ini", "~WRL0001.tmp", "答复.pdf.crdownload")
    assert _sources(tmp_path) == ["a.txt"]


def test_the_ignore_file_leaves_out_by_name_and_by_path(tmp_path: Path) -> None:
    _touch(tmp_path, "a.txt", "README.md", "sub/README.md", "gold/q.txt", "gold/deep/r.txt", "golden.txt")
    (tmp_path / IGNORE_FILE).write_text("# comment\n\nREADME.md\n gold/* \n", "utf-8")
    assert _sources(tmp_path) == ["a.txt", "golden.txt"]


def test_a_single_file_has_its_folder_as_root(tmp_path: Path) -> None:
    _touch(tmp_path, "a.txt", "b.txt")
    files, roots = find_files([tmp_path / "a.txt"])
    assert [(f.root, f.source) for f in files] == [(str(tmp_path.resolve()), "a.txt")]
    assert roots == []


def test_a_file_named_twice_is_one(tmp_path: Path) -> None:
    _touch(tmp_path, "a.txt")
    assert _sources(tmp_path, tmp_path / "a.txt", tmp_path) == ["a.txt"]


def test_folders_are_roots_by_their_real_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _touch(tmp_path, "in/a.txt")
    monkeypatch.chdir(tmp_path)
    assert find_files([Path("in")])[1] == [str((tmp_path / "in").resolve())]


def test_a_missing_path_is_wrong_usage(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="nowhere"):
        find_files([tmp_path / "nowhere"])


def test_the_hash_is_of_the_bytes(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"abc")
    assert file_hash(tmp_path / "a.txt") == hashlib.sha256(b"abc").hexdigest()


def test_the_corpus_leaves_out_what_is_no_document() -> None:
    corpus = Path(__file__).parents[2] / "corpus"
    sources = _sources(corpus)
    assert "nanchuan-2024-58.txt" in sources
    assert not [s for s in sources if s.startswith("gold/") or s.endswith("README.md")]
