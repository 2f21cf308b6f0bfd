"""The folders that a store is filled from: those that were given as folders.

A single file has its folder as root, too, but the other files of that folder were not asked for.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from pathlib import Path

from ingest.sources import SourceFile, is_there
from policyqa.catalog import FILE_NAME, Catalog

_SINGLE = "folders_of_single_files"
"""The fact of the catalog that lists the roots of which only single files were ever given."""


def note_folders(
    catalog: Catalog, files: Sequence[SourceFile], roots: Sequence[str], known: Collection[str]
) -> None:
    """Remember which roots were not given as folders.

    Args:
        known: the roots of the catalog before these files.
    """
    before = _single(catalog)
    single = (before | {file.root for file in files if file.named} - set(known)) - set(roots)
    if single != before:
        catalog.set_fact(_SINGLE, json.dumps(sorted(single), ensure_ascii=False))


def known_folders(store: Path) -> tuple[list[Path], list[str]]:
    """The folders given to earlier ingests that are there, and those with documents that are not.

    Raises:
        StoreError: the store cannot be used.
    """
    if not (store / FILE_NAME).is_file():
        return [], []
    catalog = Catalog.of(store)
    rows, single = catalog.sources(), _single(catalog)
    catalog.close()
    roots = {row.root for row in rows} - single
    there = {root for root in roots if is_there(Path(root))}
    missing = {row.root for row in rows if row.document_id} - single - there
    return sorted(map(Path, there)), sorted(missing)


def _single(catalog: Catalog) -> set[str]:
    return set(json.loads(catalog.fact(_SINGLE) or "[]"))
