"""What is wrong with a store, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from policyqa import index as index_module
from policyqa.catalog import Catalog
from policyqa.embed import SentenceEmbeddings
from policyqa.errors import PolicyQAError
from policyqa.likeness import alike
from policyqa.pair_encoder import pair_reader
from policyqa.settings import Settings
from policyqa.store import content_digest

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
    yield Check("catalog", documents > 0, f"{documents} documents, {passages} passages",
                "" if documents else "python -m ingest FOLDER")  # fmt: skip
    yield _model(folder)
    yield _reader()
    yield _index(folder, catalog, passages)
    failed = [row for row in catalog.sources() if row.error]
    told = "; ".join(f"{row.source}: {row.error}" for row in failed)
    hint = "mend or remove these files and ingest again" if failed else ""
    yield Check("files", not failed, told or "all files were read", hint)
    yield _near_duplicates(catalog)
    runs = catalog.last_runs(1)
    cut = bool(runs) and runs[0]["finished"] is None
    detail = f"last change {runs[0]['started']}" if runs else "never ingested"
    yield Check(
        "ingest", not cut, detail + (", cut off" if cut else ""), "run the ingest again" if cut else ""
    )
    catalog.close()


def _near_duplicates(catalog: Catalog) -> Check:
    """Documents that say nearly the same: worth a look, but nothing wrong with the store."""
    pairs = alike([(source, whole) for _, source, whole in catalog.sketches()])
    if not pairs:
        return Check("near duplicates", True, "none")
    told = "; ".join(f"{one} ≈ {other} ({value:.2f})" for one, other, value in pairs[:_TOLD])
    more = f"; and {len(pairs) - _TOLD} more" if len(pairs) > _TOLD else ""
    return Check("near duplicates", True, f"{len(pairs)} pairs: {told}{more}",
                 "policyqa documents remove what should not answer")  # fmt: skip


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
        return Check("model", False, f"the store was made with {model}, not {embeddings.identity}",
                     f"python -m ingest --store {folder}")  # fmt: skip
    return Check("model", True, f"{embeddings.identity}, {embeddings.dimension} dimensions")


def _reader() -> Check:
    """The reading model: answers come without it, but worse."""
    settings = Settings()
    told: list[str] = []
    try:
        reader = pair_reader(settings, SentenceEmbeddings.from_settings(settings), told.append)
    except PolicyQAError as error:
        return Check("reading model", False, error.message, error.hint)
    if told:
        return Check("reading model", False, told[0], "install policyqa again")
    return Check("reading model", True, "off" if reader is None else reader.file.name)


def _index(folder: Path, catalog: Catalog, passages: int) -> Check:
    live = index_module.current(folder)
    again = f"python -m ingest --store {folder}"
    if live is None:
        return Check("index", False, "there is no live index", again)
    try:
        description = index_module.describe(live)
        index_module.check_in_child(live, [])
    except PolicyQAError as error:
        return Check("index", False, error.message, again)
    if description.content != content_digest(catalog):
        return Check("index", False, f"{live.name} is behind the catalog", again)
    return Check("index", True, f"{live.name}, {passages} passages")
