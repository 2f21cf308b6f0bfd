"""The index of a store: vectors in Chroma, words in tantivy. With ``index_build`` their only home.

An index is derived from the catalog and immutable: a *generation* is built in a folder of its own,
checked in a child process, and becomes live when the file ``CURRENT`` names it::

    store/index/gen-0007/chroma/ tantivy/ passages.txt generation.json
    store/CURRENT                          the line "gen-0007"

A reader keeps a shared lock on its generation, so that it is not removed under its feet.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from policyqa.errors import StoreError
from policyqa.text import grams

if TYPE_CHECKING:
    import numpy as np

CURRENT = "CURRENT"
FORMAT = "2"
COLLECTION = "passages"
_AGAIN = "重建索引：python -m ingest"
_CHECK_SECONDS = 600


@dataclass(frozen=True, slots=True)
class Description:
    """What a generation says of itself in generation.json.

    ``content`` is the catalog's fingerprint at the time; ``model`` the identity of the vectors' model;
    ``hidden`` the number of passages taken out since it was last built anew.
    """

    format: str
    model: str
    content: str
    passages: int
    hidden: int = 0


@dataclass(frozen=True, slots=True)
class Entry:
    """One passage to index: the text whose words are indexed, and its vector."""

    id: str
    document_id: str
    text: str
    vector: np.ndarray[Any, Any]


class Index:
    """A generation opened for reading. Close it when done; it is immutable."""

    def __init__(self, folder: Path) -> None:
        import chromadb
        import tantivy
        from chromadb.config import Settings

        self.name = folder.name
        self.folder = folder
        self.description = describe(folder)
        self._lock = _hold(folder)
        try:
            self._client = chromadb.PersistentClient(
                str(folder / "chroma"), Settings(anonymized_telemetry=False)
            )
            self._collection = self._client.get_collection(COLLECTION, embedding_function=None)
            self._words = tantivy.Index.open(str(folder / "tantivy"))
            self._searcher = self._words.searcher()
        except Exception as error:  # Chroma raises its Rust core's errors as plain exceptions.
            self._lock.close()
            raise StoreError(
                f"索引 {folder} 打不开：{error}",
                "重建索引：python -m ingest（不用重新计算向量）",
            ) from error

    def close(self) -> None:
        self._client.close()  # type: ignore[attr-defined]
        self._lock.close()

    def counts(self) -> tuple[int, int]:
        """Rows in Chroma and in tantivy; both equal the catalog's passages when all is well."""
        return self._collection.count(), self._searcher.num_docs

    def dense(
        self, vector: Sequence[float], k: int, documents: Sequence[str] | None = None
    ) -> list[tuple[str, float]]:
        """The k passages nearest to a vector with their cosine, best first.

        ``documents`` limits the search to passages of these documents.
        """
        import numpy as np

        if documents is not None and not documents:
            return []
        where: Any = {"document": {"$in": list(documents)}} if documents is not None else None
        found = self._collection.query(
            query_embeddings=np.asarray([vector], dtype=np.float32),
            n_results=min(k, max(1, self.description.passages)),
            where=where,
            include=["distances"],
        )
        distances = found["distances"]
        assert distances is not None
        return [(i, 1.0 - d) for i, d in zip(found["ids"][0], distances[0], strict=True)]

    def lexical(self, text: str, k: int, documents: Sequence[str] | None = None) -> list[tuple[str, float]]:
        """The k passages with the highest BM25 score over characters and character pairs."""
        import tantivy
        from tantivy import Occur, Query

        terms = dict.fromkeys(grams(text))
        if not terms or (documents is not None and not documents):
            return []
        schema = self._words.schema
        query = Query.boolean_query(
            [(Occur.Should, Query.term_query(schema, "words", term)) for term in terms]
        )
        if documents is not None:
            only = tantivy.Query.term_set_query(schema, "document", list(documents))
            query = Query.boolean_query(
                [(Occur.Must, query), (Occur.Must, Query.const_score_query(only, 0.0))]
            )
        result = self._searcher.search(query, k)
        return [(self._searcher.doc(address)["id"][0], score) for score, address in result.hits]

    def similarities(self, vector: Sequence[float], ids: Sequence[str]) -> dict[str, float]:
        """The cosine of a vector to each of these passages that the index holds."""
        import numpy as np

        found = self._collection.get(ids=list(ids), include=["embeddings"])
        vectors = found["embeddings"]
        if vectors is None or not len(vectors):
            return {}
        scores = np.asarray(vectors, dtype=np.float32) @ np.asarray(vector, dtype=np.float32)
        return dict(zip(found["ids"], map(float, scores), strict=True))

    def document_frequency(self, term: str) -> int:
        """In how many passages a character, character pair, word or number stands."""
        return int(self._searcher.doc_freq("words", term))


def describe(folder: Path) -> Description:
    """The description of a generation.

    Raises:
        StoreError: it is missing, unreadable or of another format.
    """
    try:
        description = Description(**json.loads((folder / "generation.json").read_text("utf-8")))
    except (OSError, ValueError, TypeError) as error:
        raise StoreError(f"索引 {folder} 不完整：{error}", _AGAIN) from error
    if description.format != FORMAT:
        raise StoreError(
            f"索引 {folder} 的格式是 {description.format}，应为 {FORMAT}",
            _AGAIN,
        )
    return description


def fingerprint(hashes: Mapping[str, str]) -> str:
    """The fingerprint of passages, given the hash of each one's text by its id."""
    digest = hashlib.sha256()
    for passage, content_hash in hashes.items():
        digest.update(f"{passage} {content_hash}\n".encode())
    return digest.hexdigest()


def indexed(folder: Path) -> dict[str, str]:
    """The hash of each passage's text that a generation was made from, by passage id.

    Raises:
        StoreError: the list is missing or not the one of its description.
    """
    try:
        lines = (folder / "passages.txt").read_text("utf-8").splitlines()
        hashes = dict(line.split(" ", 1) for line in lines)
    except (OSError, ValueError) as error:
        raise StoreError(f"索引 {folder} 不完整：{error}", _AGAIN) from error
    if fingerprint(hashes) != describe(folder).content:
        raise StoreError(f"索引 {folder} 的段落清单已损坏", _AGAIN)
    return hashes


def current(store: Path) -> Path | None:
    """The folder of the live generation, or None when there is none."""
    try:
        name = (store / CURRENT).read_text("utf-8").strip()
    except OSError:
        return None
    folder = store / "index" / name
    return folder if re.fullmatch(r"gen-\d+", name) and folder.is_dir() else None


def check(folder: Path, probes: Sequence[Entry]) -> None:
    """Check a generation from inside: counts agree and probes find themselves.

    Raises:
        StoreError: they do not.
    """
    index = Index(folder)
    try:
        expected = index.description.passages
        dense, lexical = index.counts()
        if not dense == lexical == expected:
            raise StoreError(
                f"索引 {folder} 里有 {dense} 个向量、{lexical} 段文字，应有 {expected} 个段落",
                _AGAIN,
            )
        for probe in probes:
            # A passage with the same wording elsewhere may come first; it is as near.
            found = index.dense(probe.vector.tolist(), 10)
            if not any(i == probe.id or score > 0.9999 for i, score in found):
                raise StoreError(
                    f"索引 {folder} 用段落 {probe.id} 自己的向量找不到它",
                    _AGAIN,
                )
    finally:
        index.close()


def check_in_child(folder: Path, probes: Sequence[Entry]) -> None:
    """``check`` in a process of its own, which sees only what reached the disk.

    A broken HNSW file can end the process that opens it; that must not be the one that ingests.
    """
    rows = [{"id": p.id, "document_id": p.document_id, "vector": p.vector.tolist()} for p in probes]
    try:
        result = subprocess.run(
            [sys.executable, "-m", "policyqa.index", str(folder)],
            input=json.dumps(rows),
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            env={**os.environ, "PYTHONIOENCODING": "utf-8"},
            check=False,
            timeout=_CHECK_SECONDS,
        )
    except subprocess.TimeoutExpired as error:
        raise StoreError(
            f"索引 {folder} 检查了 {_CHECK_SECONDS} 秒还没有结束", "等机器空闲时再收录一次：python -m ingest"
        ) from error
    if result.returncode != 0:
        reason = (result.stderr.strip().splitlines() or [f"检查程序意外结束，状态 {result.returncode}"])[-1]
        raise StoreError(f"新索引 {folder} 没有通过检查：{reason}", "再收录一次：python -m ingest")


def make_current(store: Path, folder: Path) -> None:
    """Make a generation the live one, atomically and durably.

    Raises:
        StoreError: the disk does not take it; the one that was live stays.
    """
    try:
        _swap(store, folder)
    except OSError as error:
        raise StoreError(
            f"索引 {folder} 不能启用：{error.strerror or error}",
            "检查磁盘空间和权限后再运行一次；原来的索引照常回答",
        ) from error


def _swap(store: Path, folder: Path) -> None:
    for path in folder.rglob("*"):
        if path.is_file():
            with path.open("rb") as file:
                os.fsync(file.fileno())
    part = store / f"{CURRENT}.part"
    with part.open("w", encoding="utf-8") as file:
        file.write(folder.name + "\n")
        file.flush()
        os.fsync(file.fileno())
    part.replace(store / CURRENT)
    descriptor = os.open(store, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def remove_unused(store: Path) -> list[str]:
    """Remove generations that are not live and that no reader holds; returns their names."""
    live = current(store)
    removed = []
    for folder in sorted((store / "index").glob("gen-*")):
        if live is not None and folder.name == live.name:
            continue
        try:
            with (folder / "in-use").open("a") as file:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(folder, ignore_errors=True)
                removed.append(folder.name)
        except OSError:
            continue
    return removed


def _hold(folder: Path) -> IO[str]:
    try:
        file = (folder / "in-use").open("a")
    except OSError:
        # A store on a read-only disk is not pruned either.
        file = (folder / "generation.json").open("r")
    fcntl.flock(file, fcntl.LOCK_SH)
    return file


if __name__ == "__main__":
    import numpy as _np

    _rows = json.loads(sys.stdin.read())
    try:
        check(
            Path(sys.argv[1]),
            [
                Entry(r["id"], r["document_id"], "", _np.asarray(r["vector"], dtype=_np.float32))
                for r in _rows
            ],
        )
    except StoreError as _error:
        print(_error, file=sys.stderr)
        sys.exit(1)
