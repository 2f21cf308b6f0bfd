"""Text to vectors: a sentence-transformers model behind LangChain's Embeddings.

The home module of sentence-transformers. Importing it is cheap; the model loads on first use,
which takes seconds.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from langchain_core.embeddings import Embeddings

from policyqa.errors import ModelError
from policyqa.processor import lighten, products
from policyqa.settings import DEFAULT_MODEL, Settings

if TYPE_CHECKING:
    import numpy as np
    from sentence_transformers import SentenceTransformer

BATCH_TOKENS = 2048
"""Tokens that go through the model together, with padding; more do not make it faster (docs/log.md)."""

KNOWN_PROMPTS = {
    # Models whose repositories do not say which prefixes they were trained with.
    "multilingual-e5": {"query": "query: ", "passage": "passage: "},
    "bge-small-zh": {"query": "为这个句子生成表示以用于检索相关文章：", "passage": ""},
    "bge-base-zh": {"query": "为这个句子生成表示以用于检索相关文章：", "passage": ""},
    "bge-large-zh": {"query": "为这个句子生成表示以用于检索相关文章：", "passage": ""},
}


def _batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Texts of like length together, for padding is work that nobody needs.

    >>> list(_batches([5, 2000, 4, 40]))
    [[2, 0, 3], [1]]
    """
    batch: list[int] = []
    for i in sorted(range(len(lengths)), key=lengths.__getitem__):
        if batch and (len(batch) + 1) * lengths[i] > BATCH_TOKENS:
            yield batch
            batch = []
        batch.append(i)
    if batch:
        yield batch


class SentenceEmbeddings(Embeddings):
    """Embeddings of one model; vectors have length 1, so that dot product is cosine.

    Args:
        name: ``policyqa-e5-small`` (offline, out of a package), or the name or folder of any
            sentence-transformers model.
        cache: folder in which the default model is unpacked.
        threads: for PyTorch; 0 leaves its own choice.
        say: called with a line when something takes long.
    """

    def __init__(
        self,
        name: str = DEFAULT_MODEL,
        cache: Path = Path("~/.cache/policyqa"),
        threads: int = 0,
        say: Callable[[str], None] = lambda _: None,
    ) -> None:
        self.name = name
        self._cache = cache
        self._threads = threads
        self._say = say
        self._lock = threading.Lock()

    @classmethod
    def from_settings(
        cls, settings: Settings, say: Callable[[str], None] = lambda _: None
    ) -> SentenceEmbeddings:
        return cls(settings.embedding_model, settings.cache, settings.threads, say)

    @cached_property
    def identity(self) -> str:
        """What vectors are filed under: two models never share an identity.

        For the default model its name and conversion; for a folder its path and the size and time
        of its weights, so that a retrained model in the same place counts as another one.
        """
        if self.name == DEFAULT_MODEL:
            from policyqa.e5 import FOLDER_NAME, SOURCE_SHA256

            return f"{self.name}/{FOLDER_NAME}/{SOURCE_SHA256[:8]}"
        folder = Path(self.name).expanduser()
        if not folder.is_dir():
            return self.name
        stamps = sorted(
            (path.name, path.stat().st_size, path.stat().st_mtime_ns)
            for path in folder.rglob("*")
            if path.suffix in {".safetensors", ".bin", ".json", ".onnx"}
        )
        import hashlib

        return f"{folder.resolve()}#{hashlib.sha256(repr(stamps).encode()).hexdigest()[:12]}"

    @cached_property
    def _model(self) -> SentenceTransformer:
        folder = Path(self.name).expanduser()
        offline = True
        if self.name == DEFAULT_MODEL:
            from policyqa.e5 import ensure_model

            folder = ensure_model(self._cache, self._say)
        elif folder.is_dir():
            pass
        elif self.name.startswith((".", "/", "~")):
            raise ModelError(
                f"没有向量模型的文件夹 {self.name}",
                "改正 POLICYQA_EMBEDDING_MODEL，或去掉它以使用自带的模型",
            )
        else:
            offline = False
        if offline:
            # Set before the import: the libraries read it once.
            os.environ.setdefault("HF_HUB_OFFLINE", "1")
        self._say("正在加载向量模型…")
        import torch
        from safetensors import SafetensorError
        from sentence_transformers import SentenceTransformer
        from transformers.utils import logging

        logging.disable_progress_bar()  # type: ignore[no-untyped-call]
        if self._threads:
            torch.set_num_threads(self._threads)
        options: dict[str, Any] = (
            {"model_kwargs": {"add_pooling_layer": False}} if self.name == DEFAULT_MODEL else {}
        )
        try:
            model = SentenceTransformer(
                str(folder) if offline else self.name, local_files_only=offline, **options
            )
        except (OSError, ValueError, SafetensorError) as error:
            raise ModelError(
                f"向量模型 {self.name} 无法载入：{error}",
                f"删除 {folder}，下次会重新解开"
                if self.name == DEFAULT_MODEL
                else "用 POLICYQA_EMBEDDING_MODEL 指定 sentence-transformers 模型的文件夹或名称",
            ) from error
        for part, prompts in KNOWN_PROMPTS.items():
            if part in self.name and not any(model.prompts.get(key) for key in prompts):
                model.prompts.update(prompts)
        lighten(model)
        return model

    def transformer(self) -> SentenceTransformer:
        """The loaded model, for what builds on its embeddings; it runs under ``processor.products``."""
        return self._model

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        size = self._model.get_embedding_dimension()
        if size is None:
            raise ModelError(
                f"向量模型 {self.name} 没有说明向量的长度", "用 POLICYQA_EMBEDDING_MODEL 换一个模型"
            )
        return size

    def encode(
        self,
        texts: Sequence[str],
        prompt: str = "passage",
        done: Callable[[int], None] = lambda _: None,
    ) -> np.ndarray[Any, np.dtype[np.float32]]:
        """Vectors of texts, shape (len(texts), dimension), float32, each of length 1.

        Args:
            prompt: ``"query"`` or ``"passage"``; the model's own prefix of that name is used.
            done: called after each batch with the number of texts done in it.
        """
        import numpy as np

        with self._lock:
            model = self._model
            prefix = model.prompts.get(prompt) or None
            vectors = np.empty((len(texts), self.dimension), dtype=np.float32)
            # Batches of our own, so that the caller can show progress and save what is done.
            for batch in _batches(self._lengths(texts)):
                with products():
                    vectors[batch] = model.encode(
                        [texts[i] for i in batch],
                        prompt=prefix,
                        batch_size=len(batch),
                        normalize_embeddings=True,
                        show_progress_bar=False,
                    )
                done(len(batch))
        return vectors

    def _lengths(self, texts: Sequence[str]) -> list[int]:
        """How many tokens each text has, less the model's own prefix."""
        if len(texts) <= 1:
            return [1] * len(texts)  # a question: no batches to make
        longest = self._model.max_seq_length or len(texts)
        encoded = self._model.tokenizer(list(texts), truncation=True, max_length=longest)
        return [len(ids) for ids in encoded["input_ids"]]

    def warm(self) -> None:
        """Load the model now, so that the first question does not wait for it."""
        self.encode(["预热"], "query")

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        return [list(map(float, row)) for row in self.encode(texts, "passage")]

    def embed_query(self, text: str) -> list[float]:
        return [float(x) for x in self.encode([text], "query")[0]]
