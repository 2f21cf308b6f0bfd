"""Which files an ingest is about."""

from __future__ import annotations

import codecs
import errno
import hashlib
import os
from pathlib import Path
from typing import Any

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


@pytest.mark.parametrize(
    "written",
    [
        "说明*\ngold/*\n".encode("gb18030"),
        codecs.BOM_UTF8 + "说明*\ngold/*\n".encode(),
        "说明*\r\ngold/*\r\n".encode("utf-16"),
    ],
)
def test_the_ignore_file_may_be_in_any_encoding(tmp_path: Path, written: bytes) -> None:
    _touch(tmp_path, "a.txt", "说明.txt", "gold/q.txt")
    (tmp_path / IGNORE_FILE).write_bytes(written)
    assert _sources(tmp_path) == ["a.txt"]


def test_an_ignore_file_of_no_known_encoding_is_wrong_usage(tmp_path: Path) -> None:
    (tmp_path / IGNORE_FILE).write_bytes(b"\x80\xff\xff\n" * 3)
    with pytest.raises(UsageError, match=r"policyqaignore.*编码"):
        find_files([tmp_path])


def _closed(monkeypatch: pytest.MonkeyPatch, *folders: Path) -> None:
    """Folders that cannot be listed, also for the user who may everything."""
    scandir = os.scandir

    def refuse(path: Any) -> Any:
        if path in folders:
            raise PermissionError(errno.EACCES, "Permission denied", path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)


def test_a_folder_that_cannot_be_listed_is_told_and_the_others_go_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _touch(tmp_path, "a.txt", "sub/deep/b.txt", "sub/c.txt", "z.txt")
    _closed(monkeypatch, tmp_path / "sub" / "deep")
    files, _ = find_files([tmp_path])
    assert [f.source for f in files] == ["a.txt", "sub/c.txt", "sub/deep/", "z.txt"]
    (closed,) = [f for f in files if f.error]
    assert closed.error.startswith("cannot be opened: Permission denied")
    assert closed.shown == str(tmp_path.resolve() / "sub" / "deep")
    assert closed.stands_for(closed.root, "sub/deep/b.txt")
    assert not closed.stands_for(closed.root, "sub/deeper.txt")
    assert not closed.stands_for("elsewhere", "sub/deep/b.txt")


def test_a_root_that_cannot_be_listed_stands_for_everything_in_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _closed(monkeypatch, tmp_path)
    (closed,) = find_files([tmp_path])[0]
    assert closed.shown == str(tmp_path.resolve())
    assert closed.stands_for(closed.root, "any.txt")


def test_a_closed_folder_that_is_left_out_is_not_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _touch(tmp_path, "a.txt", "gold/q.txt", "lost+found/x", ".git/y")
    (tmp_path / IGNORE_FILE).write_text("gold/*\n", "utf-8")
    _closed(monkeypatch, tmp_path / "gold", tmp_path / "lost+found", tmp_path / ".git")
    assert _sources(tmp_path) == ["a.txt"]


def test_what_cannot_be_looked_at_does_not_end_the_walk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _touch(tmp_path, "a.txt", "b.txt")

    def refuse(*_: Any) -> bool:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(Path, "is_file", refuse)
    (closed,) = find_files([tmp_path])[0]
    assert closed.error.startswith("cannot be opened: Permission denied")
    assert closed.shown == str(tmp_path.resolve())
    monkeypatch.setattr(Path, "exists", refuse)
    with pytest.raises(UsageError, match="没有文件或文件夹"):
        find_files([tmp_path])


def _put(folder: Path, name: bytes) -> Path:
    path = Path(os.fsdecode(os.fsencode(folder) + b"/" + name))
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(b"x")
    return path


def test_names_that_are_not_utf8_are_read_as_gb18030_or_escaped(tmp_path: Path) -> None:
    _touch(tmp_path, "答复.txt")
    paths = {
        "文件夹/报告.txt": _put(tmp_path, "文件夹/报告.txt".encode("gb18030")),
        r"\xb4\xf0\xb8\xb4.txt": _put(tmp_path, "答复.txt".encode("gb18030")),
        r"\xff.txt": _put(tmp_path, b"\xff.txt"),
        "答复.txt": tmp_path / "答复.txt",
    }
    files, _ = find_files([tmp_path])
    assert {f.source: f.path for f in files} == {s: p.resolve() for s, p in paths.items()}
    for source, path in paths.items():
        if "/" not in source:
            assert _sources(path) == [source], "named by itself it is the same source"


def test_a_folder_whose_name_is_not_utf8_can_be_a_root(tmp_path: Path) -> None:
    path = _put(tmp_path, "文件夹/a.txt".encode("gb18030"))
    (file,), (root,) = find_files([path.parent])
    assert root == file.root
    root.encode()
    assert file.path.read_bytes() == b"x"


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
