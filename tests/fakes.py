"""A quick stand-in for the embedding model: hashed characters and character pairs.

Texts that share characters have near vectors, equal texts equal ones, and the same text the same
vector in every process. ``encoded`` counts what it was asked for.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from langchain_core.embeddings import Embeddings

from policyqa.text import grams


class FakeEmbeddings(Embeddings):
    """The interface of ``policyqa.embed.SentenceEmbeddings``, without a model."""

    dimension = 96

    def __init__(self, identity: str = "fake/1") -> None:
        self.identity = identity
        self.encoded = 0

    def encode(
        self,
        texts: Sequence[str],
        prompt: str = "passage",
        done: Callable[[int], None] = lambda _: None,
    ) -> np.ndarray[Any, np.dtype[np.float32]]:
        self.encoded += len(texts)
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for row, text in enumerate(texts):
            # The first place keeps texts without any word apart from zero.
            vectors[row, 0] = 0.1
            for gram in grams(text):
                vectors[row, 1 + zlib.crc32((self.identity + gram).encode()) % (self.dimension - 1)] += 1
            vectors[row] /= np.linalg.norm(vectors[row])
            done(1)
        return vectors

    def warm(self) -> None:
        pass

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        return [list(map(float, row)) for row in self.encode(texts)]

    def embed_query(self, text: str) -> list[float]:
        return [float(x) for x in self.encode([text], "query")[0]]
