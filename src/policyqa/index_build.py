"""Writing generations of the index: built anew from the catalog, or copied from the live one and changed."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

from policyqa.errors import StoreError
from policyqa.index import COLLECTION, FORMAT, Description, Entry, describe, fingerprint
from policyqa.text import grams

# Chroma takes at most 5,461 rows in one call.
_ADD = 2000
# Chroma writes its graph to the disk after so many rows; what came later is replayed by every reader
# that opens it, at 1 to 2 ms a row.
_SYNC = 5000
# A copy of a generation is changed in place of building anew while it is mostly the same; rows taken
# out of the graph only hide, and too many of them cost recall.
_MAX_CHANGED = 0.2
# A wide search beam makes the nearest neighbours exact in practice at this size.
_HNSW = {"space": "cosine", "ef_construction": 200, "max_neighbors": 32, "ef_search": 400}


def build(
    store: Path,
    model: str,
    hashes: Mapping[str, str],
    entries: Iterable[Entry],
    done: Callable[[int], None] = lambda _: None,
) -> Path:
    """Write a new generation beside the live one and return its folder; it is not live yet.

    Args:
        model: identity of the embedding model of the vectors.
        hashes: the hash of every passage's text by its id, as in the catalog.
        entries: the passages, one for each hash.
        done: called with the number of passages written in each step.

    Raises:
        StoreError: it cannot be written, for want of space for example.
    """
    with _new_folder(store) as folder:
        count = _write(folder, entries, len(hashes), done)
        _finish(folder, Description(FORMAT, model, fingerprint(hashes), count), hashes)
    return folder


def changed(
    store: Path,
    live: Path,
    hashes: Mapping[str, str],
    gone: Sequence[str],
    entries: Sequence[Entry],
    done: Callable[[int], None] = lambda _: None,
) -> Path | None:
    """Write a new generation as a copy of the live one without some passages and with others.

    Args:
        hashes: as for ``build``.
        gone: ids of passages to take out; those whose text changed are in ``entries`` too.

    Returns:
        Its folder, not live yet; None when so much has changed that it should be built anew.

    Raises:
        StoreError: it cannot be written, or the live one is broken.
    """
    old = describe(live)
    passages = len(hashes)
    hidden = old.hidden + len(gone)
    if hidden > passages * _MAX_CHANGED or len(entries) > passages * _MAX_CHANGED:
        return None
    with _new_folder(store) as folder:
        for part in ("chroma", "tantivy"):
            shutil.copytree(live / part, folder / part, ignore=shutil.ignore_patterns("*.lock"))
        _change_vectors(folder / "chroma", gone, entries, done)
        _change_words(folder / "tantivy", gone, entries)
        _finish(folder, Description(FORMAT, old.model, fingerprint(hashes), passages, hidden), hashes)
    return folder


@contextmanager
def _new_folder(store: Path) -> Iterator[Path]:
    folder = store / "index" / f"gen-{_next_number(store):04d}"
    try:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        yield folder
    except Exception as error:  # Chroma raises its Rust core's errors as plain exceptions.
        shutil.rmtree(folder, ignore_errors=True)
        if isinstance(error, StoreError):
            raise
        raise StoreError(
            f"索引 {folder} 写不进去：{error}",
            "腾出磁盘空间后再运行一次；原来的索引照常回答",
        ) from error


def _finish(folder: Path, description: Description, hashes: Mapping[str, str]) -> None:
    lines = (f"{passage} {content_hash}\n" for passage, content_hash in hashes.items())
    (folder / "passages.txt").write_text("".join(lines), encoding="utf-8")
    text = json.dumps(asdict(description))
    (folder / "generation.json").write_text(text + "\n", encoding="utf-8")


def _write(folder: Path, entries: Iterable[Entry], total: int, done: Callable[[int], None]) -> int:
    import chromadb
    import tantivy
    from chromadb.config import Settings

    client = chromadb.PersistentClient(str(folder / "chroma"), Settings(anonymized_telemetry=False))
    # The last group ends where Chroma writes to the disk, but for a handful of rows.
    group = max(2, total // -(-max(total, 1) // _SYNC))
    configuration: Any = {"hnsw": {**_HNSW, "sync_threshold": group}}
    collection = client.create_collection(COLLECTION, embedding_function=None, configuration=configuration)
    schema = (
        tantivy.SchemaBuilder()
        .add_text_field("id", stored=True, tokenizer_name="raw")
        .add_text_field("document", stored=False, tokenizer_name="raw")
        .add_text_field("words", stored=False, tokenizer_name="whitespace")
        .build()
    )
    (folder / "tantivy").mkdir()
    writer = tantivy.Index(schema, path=str(folder / "tantivy")).writer(heap_size=64_000_000, num_threads=1)
    count = 0
    for batch in _batches(entries, group):
        _add_vectors(collection, batch)
        for entry in batch:
            writer.add_document(_words(entry))
        count += len(batch)
        done(len(batch))
    writer.commit()
    writer.wait_merging_threads()
    client.close()  # type: ignore[attr-defined]
    return count


def _change_vectors(
    folder: Path, gone: Sequence[str], entries: Sequence[Entry], done: Callable[[int], None]
) -> None:
    import chromadb
    from chromadb.config import Settings

    client = chromadb.PersistentClient(str(folder), Settings(anonymized_telemetry=False))
    # Whatever is changed goes to the disk; the new threshold holds once the client is opened again.
    lowest: Any = {"hnsw": {"sync_threshold": 2}}
    client.get_collection(COLLECTION, embedding_function=None).modify(configuration=lowest)
    client.close()  # type: ignore[attr-defined]
    client = chromadb.PersistentClient(str(folder), Settings(anonymized_telemetry=False))
    collection = client.get_collection(COLLECTION, embedding_function=None)
    for at in range(0, len(gone), _ADD):
        collection.delete(ids=list(gone[at : at + _ADD]))
    for at in range(0, len(entries), _ADD):
        _add_vectors(collection, entries[at : at + _ADD])
        done(len(entries[at : at + _ADD]))
    client.close()  # type: ignore[attr-defined]


def _change_words(folder: Path, gone: Sequence[str], entries: Sequence[Entry]) -> None:
    import tantivy

    writer = tantivy.Index.open(str(folder)).writer(heap_size=64_000_000, num_threads=1)
    for passage in gone:
        writer.delete_documents_by_term("id", passage)
    for entry in entries:
        writer.add_document(_words(entry))
    writer.commit()
    writer.wait_merging_threads()


def _add_vectors(collection: Any, batch: Sequence[Entry]) -> None:
    collection.add(
        ids=[e.id for e in batch],
        embeddings=[e.vector for e in batch],
        metadatas=[{"document": e.document_id} for e in batch],
    )


def _words(entry: Entry) -> Any:
    import tantivy

    return tantivy.Document(id=entry.id, document=entry.document_id, words=" ".join(grams(entry.text)))


def _batches(entries: Iterable[Entry], group: int) -> Iterator[list[Entry]]:
    """Batches of at most 2,000, none of them across a multiple of ``group``."""
    batch: list[Entry] = []
    for count, entry in enumerate(entries, start=1):
        batch.append(entry)
        if len(batch) == _ADD or count % group == 0:
            yield batch
            batch = []
    if batch:
        yield batch


def _next_number(store: Path) -> int:
    names = [folder.name for folder in (store / "index").glob("gen-*")]
    return max((int(name.removeprefix("gen-")) for name in names if name[4:].isdigit()), default=0) + 1
