"""Whatever goes wrong is told in Chinese, with the next step: every error that is raised for users.

Reasons why a file is not read have a test of their own, ``test_unread_reasons``.
"""

from __future__ import annotations

import ast
import importlib
import inspect
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from fakes import FakeEmbeddings
from storing import live

import ingest
import policyqa
import ui
from policyqa import errors
from policyqa.catalog import FILE_NAME, Catalog
from policyqa.cli import _earlier
from policyqa.embed import SentenceEmbeddings
from policyqa.errors import ModelError, PolicyQAError, StoreError, UsageError
from policyqa.evaluate import write_file
from policyqa.index import make_current
from policyqa.pair_encoder import pair_reader
from policyqa.settings import Settings
from policyqa.store import Store, writing

CHINESE = re.compile("[一-龥]")
RAISED = {
    name
    for name, value in vars(errors).items()
    if inspect.isclass(value) and issubclass(value, PolicyQAError) and name != "UnreadableFile"
}


def test_each_error_says_what_is_wrong_and_what_to_do_in_chinese() -> None:
    found = list(_raised())
    assert len(found) > 40
    assert [
        where for where, message, hint in found if not (CHINESE.search(message) and CHINESE.search(hint))
    ] == []


def test_what_is_said_meanwhile_is_chinese() -> None:
    found = list(_said())
    assert len(found) > 15
    assert [
        f"{where}: {text}"
        for where, text in found
        if re.search("[A-Za-z]", text) and not CHINESE.search(text)
    ] == []


def _calls() -> Iterator[tuple[str, str, ast.Call]]:
    """Where, in which module, and the call."""
    for package in (policyqa, ingest, ui):
        root = Path(package.__path__[0])
        for path in sorted(root.rglob("*.py")):
            calls = [n for n in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(n, ast.Call)]
            name = ".".join((package.__name__, *path.relative_to(root).with_suffix("").parts))
            for call in calls:
                yield f"{package.__name__}/{path.relative_to(root)}:{call.lineno}", name, call


def _raised() -> Iterator[tuple[str, str, str]]:
    for where, name, call in _calls():
        if ast.unparse(call.func).split(".")[-1] in RAISED:
            texts = [_text(argument, name) for argument in call.args]
            yield where, texts[0], texts[1] if len(texts) > 1 else ""


def _said() -> Iterator[tuple[str, str]]:
    for where, name, call in _calls():
        if ast.unparse(call.func).split(".")[-1] in ("say", "_say") and (text := _text(call.args[0], name)):
            yield where, text


def _text(node: ast.expr, module: str) -> str:
    """What an expression surely says; of several that it may say, only what they share counts."""
    if isinstance(node, ast.Constant):
        return str(node.value)
    if isinstance(node, ast.JoinedStr):
        return "".join(_text(part, module) for part in node.values)
    if isinstance(node, ast.BinOp):
        return _text(node.left, module) + _text(node.right, module)
    if isinstance(node, ast.IfExp):
        texts = [_text(node.body, module), _text(node.orelse, module)]
        return texts[0] if all(CHINESE.search(text) for text in texts) else ""
    if isinstance(node, ast.Name) and node.id.isupper():
        return str(getattr(importlib.import_module(module), node.id))
    return ""


# --- what users meet, by what is wrong on the disk ------------------------------------------------------


def told_in_chinese(error: PolicyQAError) -> str:
    assert CHINESE.search(error.message)
    assert CHINESE.search(error.hint)
    return str(error)


def test_a_catalog_that_breaks_while_it_is_open_is_told(store: Path) -> None:
    catalog = Catalog.of(store)
    size = (store / FILE_NAME).stat().st_size
    catalog.close()
    with (store / FILE_NAME).open("r+b") as file:
        file.seek(8192)
        file.write(b"\xff" * (size - 8192))
    with pytest.raises(StoreError) as met:
        list(Catalog.of(store).documents())
    assert str(store / FILE_NAME) in told_in_chinese(met.value)


def test_a_file_that_is_no_catalog_is_told(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_bytes(b"not a database at all" * 100)
    with pytest.raises(StoreError, match="不能使用") as met:
        Catalog.of(tmp_path)
    assert str(tmp_path) in told_in_chinese(met.value)


def test_a_broken_index_that_cannot_be_rebuilt_is_told(store: Path, model: FakeEmbeddings) -> None:
    shutil.rmtree(live(store) / "tantivy")
    said: list[str] = []
    catalog = Catalog.of(store)
    for document in list(catalog.documents()):
        catalog.remove_document(document.id)
    catalog.close()
    with pytest.raises(StoreError) as met:
        Store(store, model, said.append)
    told_in_chinese(met.value)
    assert said
    assert all(line.startswith("正在由目录重建索引：索引") for line in said)


def test_a_folder_that_cannot_be_written_to_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(StoreError, match="写不进去") as met, writing(tmp_path / "file" / "store"):
        pass
    told_in_chinese(met.value)


def test_a_disk_that_does_not_take_a_new_index_is_told(store: Path) -> None:
    (store / "CURRENT.part").mkdir()  # in the way of the file that would name it
    with pytest.raises(StoreError, match="不能启用") as met:
        make_current(store, live(store))
    assert "原来的索引照常回答" in told_in_chinese(met.value)


def test_a_file_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="写不进") as met:
        write_file(tmp_path / "nowhere" / "a.html", "x")
    told_in_chinese(met.value)


@pytest.mark.parametrize("history", ["多少家？", [1], [{"answer": "x"}]])
def test_questions_before_that_are_none_are_told(history: object) -> None:
    with pytest.raises(UsageError, match="history") as met:
        _earlier({"history": history})
    told_in_chinese(met.value)


def test_questions_before_are_texts_or_objects() -> None:
    assert _earlier({"history": ["甲？", {"question": "乙？"}]}) == ["甲？", "乙？"]
    assert _earlier({}) == []


def test_a_damaged_model_is_told(tmp_path: Path) -> None:
    (tmp_path / "model").mkdir()
    (tmp_path / "model" / "config.json").write_text("{")
    embeddings = SentenceEmbeddings(str(tmp_path / "model"))
    with pytest.raises(ModelError, match="无法载入") as met:
        embeddings.warm()
    assert str(tmp_path / "model") in told_in_chinese(met.value)


def test_a_damaged_reading_model_is_told(tmp_path: Path) -> None:
    (tmp_path / "reader.safetensors").write_bytes(b"x" * 100)
    settings = Settings(reader=str(tmp_path / "reader.safetensors"))
    with pytest.raises(ModelError, match="不能使用") as met:
        pair_reader(settings, SentenceEmbeddings.from_settings(settings))
    told_in_chinese(met.value)


def test_a_setting_that_cannot_be_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POLICYQA_THREADS", "many")
    with pytest.raises(UsageError, match="POLICYQA_THREADS 的值 'many'") as met:
        Settings()
    told_in_chinese(met.value)
