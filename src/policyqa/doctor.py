"""What is wrong with a store, and what to do about it."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from policyqa import index as index_module
from policyqa import intents
from policyqa.catalog import Catalog
from policyqa.embed import SentenceEmbeddings
from policyqa.errors import PolicyQAError
from policyqa.likeness import alike
from policyqa.pair_encoder import pair_reader
from policyqa.question_editor import question_editor
from policyqa.settings import Settings
from policyqa.shown import local_time
from policyqa.store import content_digest
from policyqa.unread import unread_line
from policyqa.word_vectors import FILE, words_known

NAMES = {
    "catalog": "目录",
    "model": "向量模型",
    "reading model": "阅读模型",
    "question model": "问句模型",
    "word vectors": "词向量",
    "intents": "函件问法模型",
    "index": "索引",
    "files": "文件",
    "near duplicates": "相近文件",
    "ingest": "收录",
}
"""What each check is called where people read it."""

_TOLD = 20
"""Pairs of near-duplicates that are named."""


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at; ``hint`` is what to do when it is not well."""

    name: str
    ok: bool
    detail: str
    hint: str = ""


def examine(folder: Path) -> Iterator[Check]:
    """Look at catalog, index, model and last ingests in turn."""
    try:
        catalog = Catalog.of(folder)
    except PolicyQAError as error:
        yield Check("catalog", False, error.message, error.hint)
        return
    documents, passages = catalog.counts()
    yield Check("catalog", documents > 0, f"{documents} 份文件，{passages} 个段落",
                "" if documents else "先收录文件：python -m ingest FOLDER")  # fmt: skip
    yield _model(folder)
    yield _reader()
    yield _editor()
    yield _words()
    yield _intents()
    yield _index(folder, catalog, passages)
    failed = [row for row in catalog.sources() if row.error]
    told = "".join(f"\n      {row.source}：{unread_line(row.error)}" for row in failed)
    hint = "改好或移走这些文件，再收录一次" if failed else ""
    yield Check("files", not failed, f"{len(failed)} 个未能读取{told}" if failed else "全部能读取", hint)
    yield _near_duplicates(catalog)
    runs = catalog.last_runs(1)
    cut = bool(runs) and runs[0]["finished"] is None
    detail = f"最近一次变动 {local_time(runs[0]['started'])}" if runs else "还没有收录过"
    hint = "再运行一次：python -m ingest" if cut else ""
    yield Check("ingest", not cut, detail + ("，中途断了" if cut else ""), hint)
    catalog.close()


def _near_duplicates(catalog: Catalog) -> Check:
    """Documents that say nearly the same: worth a look, but nothing wrong with the store."""
    pairs = alike([(source, whole) for _, source, whole in catalog.sketches()])
    if not pairs:
        return Check("near duplicates", True, "没有")
    told = "".join(
        f"\n      {one} 与 {other}（{math.floor(value * 100)}%）" for one, other, value in pairs[:_TOLD]
    )
    more = f"\n      另有 {len(pairs) - _TOLD} 对" if len(pairs) > _TOLD else ""
    return Check("near duplicates", True, f"{len(pairs)} 对{told}{more}",
                 "不该用来回答的，用 policyqa documents remove 移除")  # fmt: skip


def _model(folder: Path) -> Check:
    embeddings = SentenceEmbeddings.from_settings(Settings())
    try:
        embeddings.warm()
    except PolicyQAError as error:
        return Check("model", False, error.message, error.hint)
    live = index_module.current(folder)
    try:
        model = index_module.describe(live).model if live else embeddings.identity
    except PolicyQAError:
        model = embeddings.identity
    if model != embeddings.identity:
        return Check("model", False, f"文件库是用 {model} 建的，不是 {embeddings.identity}",
                     f"python -m ingest --store {folder}")  # fmt: skip
    return Check("model", True, f"{embeddings.identity}，{embeddings.dimension} 维")


def _reader() -> Check:
    """The reading model: answers come without it, but worse."""
    settings = Settings()
    told: list[str] = []
    try:
        reader = pair_reader(settings, SentenceEmbeddings.from_settings(settings), told.append)
    except PolicyQAError as error:
        return Check("reading model", False, error.message, error.hint)
    if told:
        return Check("reading model", False, told[0], "重新安装 policyqa")
    return Check("reading model", True, "未启用" if reader is None else reader.file.name)


def _editor() -> Check:
    """The question editing model: without it rules alone take questions apart and make follow-ups whole."""
    settings = Settings()
    told: list[str] = []
    editor = question_editor(settings, SentenceEmbeddings.from_settings(settings), told.append)
    if told:
        return Check("question model", False, told[0], "重新安装 policyqa")
    return Check("question model", True, "未启用" if editor is None else editor.file.name)


def _intents() -> Check:
    """The model of intents: letters are asked about in fewer words without it."""
    if not intents.known():
        return Check("intents", False, f"缺少或已损坏：{intents.FILE.name}", "重新安装 policyqa")
    return Check("intents", True, intents.FILE.name)


def _words() -> Check:
    """The word vectors: questions in everyday words are answered worse without them."""
    known = words_known()
    if not known:
        return Check("word vectors", False, f"缺少或已损坏：{FILE.name}", "重新安装 policyqa")
    return Check("word vectors", True, f"{known} 个词")


def _index(folder: Path, catalog: Catalog, passages: int) -> Check:
    live = index_module.current(folder)
    again = f"python -m ingest --store {folder}"
    if live is None:
        return Check("index", False, "没有可用的索引", again)
    try:
        description = index_module.describe(live)
        index_module.check_in_child(live, [])
    except PolicyQAError as error:
        return Check("index", False, error.message, again)
    if description.content != content_digest(catalog):
        return Check("index", False, f"{live.name} 落后于目录", again)
    return Check("index", True, f"{live.name}，{passages} 个段落")
