"""A store: its catalog, its live index, and the rules that keep the two together.

Readers open a store and follow its live generation; the one writer holds the lock file. A broken
or missing index is rebuilt from the catalog, without embedding again.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from policyqa import index as index_module
from policyqa import index_build
from policyqa.catalog import Catalog, PassageRow
from policyqa.embed import SentenceEmbeddings
from policyqa.errors import StoreError, StoreLocked, StoreMissing, StoreModelMismatch
from policyqa.index import Entry, Index

PROBES = 8


class Store:
    """A store opened for reading. ``close`` it, or use it as a context manager."""

    def __init__(
        self, folder: Path, embeddings: SentenceEmbeddings, say: Callable[[str], None] = lambda _: None
    ) -> None:
        """Open the store in ``folder``; rebuild its index when that is broken.

        Raises:
            StoreMissing: nothing was ingested yet.
            StoreVersionError: written by another version.
            StoreModelMismatch: its vectors are of another embedding model than ``embeddings``.
            StoreError: it cannot be read.
        """
        self.folder = folder
        self.embeddings = embeddings
        self._say = say
        self.catalog = Catalog.of(folder)
        self._guard = threading.Lock()
        self._users: dict[str, int] = {}
        self._index = self._open_index()

    def close(self) -> None:
        self._index.close()
        self.catalog.close()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _open_index(self) -> Index:
        for _attempt in range(3):
            live = index_module.current(self.folder)
            try:
                if live is None:
                    raise StoreError(f"文件库 {self.folder} 没有索引", "重建索引：python -m ingest")
                index = Index(live)
            except StoreError as error:
                if index_module.current(self.folder) != live:
                    continue  # it was replaced between reading CURRENT and opening
                self._rebuild(str(error))
                continue
            model = index.description.model
            if model != self.embeddings.identity:
                index.close()
                raise StoreModelMismatch(
                    f"文件库 {self.folder} 是用向量模型 {model} 建的，不是 {self.embeddings.identity}",
                    f"重新计算向量：python -m ingest --store {self.folder}，或改回原来的模型",
                )
            dense, lexical = index.counts()
            if not dense == lexical == index.description.passages:
                index.close()
                self._rebuild(f"索引 {live} 里有 {dense} 个向量、{lexical} 段文字")
                continue
            return index
        raise StoreError(
            f"文件库 {self.folder} 的索引打不开", f"重建索引：python -m ingest --store {self.folder}"
        )

    def _rebuild(self, reason: str) -> None:
        self._say(f"正在由目录重建索引：{reason}")
        model = self.embeddings.identity
        if not self.catalog.counts()[1]:
            raise StoreMissing(
                f"文件库 {self.folder} 里没有文件",
                f"先收录文件：python -m ingest corpus --store {self.folder}",
            )
        if self.catalog.missing_vectors(model):
            raise StoreModelMismatch(
                f"文件库 {self.folder} 里没有向量模型 {model} 的向量",
                f"计算向量：python -m ingest --store {self.folder}",
            )
        with writing(self.folder):
            if live := index_module.current(self.folder):
                (live / "generation.json").unlink(missing_ok=True)
            refresh_index(self.folder, self.catalog, model)

    @contextmanager
    def index(self) -> Iterator[Index]:
        """The live index, kept open while it is used; a newer generation is followed."""
        with self._guard:
            live = index_module.current(self.folder)
            if live is not None and live.name != self._index.name:
                old, self._index = self._index, self._open_index()
                if not self._users.get(old.name):
                    old.close()
            held = self._index
            self._users[held.name] = self._users.get(held.name, 0) + 1
        try:
            yield held
        finally:
            with self._guard:
                self._users[held.name] -= 1
                if held.name != self._index.name and not self._users[held.name]:
                    held.close()

    @property
    def generation(self) -> str:
        """The name of the generation in use."""
        return self._index.name


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Hold the store's lock for writing.

    Raises:
        StoreLocked: another process is writing.
        StoreError: the folder cannot be written to.
    """
    lock = FileLock(folder / "lock", timeout=0)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock.acquire()
    except Timeout as error:
        raise StoreLocked(f"另一个收录正在写入 {folder}", "等它结束后再运行一次") from error
    except OSError as error:
        raise StoreError(
            f"文件库 {folder} 写不进去：{error.strerror or error}",
            "检查权限和磁盘空间，或用 --store 换一个文件夹",
        ) from error
    try:
        yield
    finally:
        lock.release()


def content_digest(catalog: Catalog) -> str:
    """A fingerprint of all passages, by which an index is known to be up to date."""
    return index_module.fingerprint(catalog.passage_hashes())


def refresh_index(
    folder: Path, catalog: Catalog, model: str, done: Callable[[int], None] = lambda _: None
) -> bool:
    """Publish a new generation when the live one is not what the catalog says.

    The live one is copied and changed where it is mostly the same, else one is built anew. What is
    retired in the catalog goes for good once the new generation is live. The caller holds the lock
    and has put all vectors of ``model`` into the catalog.

    Returns:
        Whether a new generation was published.

    Raises:
        StoreError: the new generation failed its check or cannot be written; the live one stays.
    """
    hashes = catalog.passage_hashes()
    live = index_module.current(folder)
    if live is not None:
        try:
            description = index_module.describe(live)
            if (description.model, description.content) == (model, index_module.fingerprint(hashes)):
                return False
        except StoreError:
            live = None  # broken: build another
    built = _changed(folder, live, catalog, model, hashes, done) if live else None
    if built is None:
        built = index_build.build(folder, model, hashes, _entries(catalog, model), done)
        index_module.check_in_child(built, _probes(catalog, model, list(hashes)))
    index_module.make_current(folder, built)
    index_module.remove_unused(folder)
    return True


def _changed(
    folder: Path,
    live: Path,
    catalog: Catalog,
    model: str,
    hashes: dict[str, str],
    done: Callable[[int], None],
) -> Path | None:
    """The live generation copied, changed and checked; None when one should be built anew."""
    try:
        if index_module.describe(live).model != model:
            return None
        before = index_module.indexed(live)
        gone = [i for i, content_hash in before.items() if hashes.get(i) != content_hash]
        new = [i for i, content_hash in hashes.items() if before.get(i) != content_hash]
        if len(new) > len(hashes) // 2:
            return None
        entries = list(_with_vectors(catalog, model, list(catalog.passage_rows_of(new))))
        built = index_build.changed(folder, live, hashes, gone, entries, done)
        if built is not None:
            probes = _probes(catalog, model, list(hashes)) + entries[:PROBES]
            index_module.check_in_child(built, probes)
        return built
    except StoreError:
        return None  # the live one is damaged; building anew tells whether anything else is wrong


def _entries(catalog: Catalog, model: str) -> Iterator[Entry]:
    batch: list[PassageRow] = []
    for row in catalog.passage_rows():
        batch.append(row)
        if len(batch) == 1000:
            yield from _with_vectors(catalog, model, batch)
            batch = []
    yield from _with_vectors(catalog, model, batch)


def _with_vectors(catalog: Catalog, model: str, rows: list[PassageRow]) -> Iterator[Entry]:
    vectors = catalog.vectors(model, [row.hash for row in rows])
    for row in rows:
        yield Entry(row.id, row.document_id, row.embedded, vectors[row.hash])


def _probes(catalog: Catalog, model: str, ids: list[str]) -> list[Entry]:
    """A few passages spread over the catalog."""
    step = max(1, len(ids) // PROBES)
    return list(_with_vectors(catalog, model, list(catalog.passage_rows_of(ids[::step][:PROBES]))))


def drop_unused(folder: Path, catalog: Catalog) -> bool:
    """Forget what no generation needs; put off while a reader holds an older generation.

    Its hits are looked up in the catalog by their ids, so that they must still be there.

    Returns:
        Whether it was done; if not, the next ingest does it.
    """
    index_module.remove_unused(folder)
    live = index_module.current(folder)
    if any(live is None or kept.name != live.name for kept in (folder / "index").glob("gen-*")):
        return False
    catalog.drop_unused()
    return True
