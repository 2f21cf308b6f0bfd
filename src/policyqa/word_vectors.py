"""How near two words are in meaning: 血汗钱 and 工资, 病人 and 患者, by vectors that are shipped.

The vectors (``training.word_vectors``) are a file of the package, read on first use. Without it, or with a
damaged one, no two words are near, and everything else works.
"""

from __future__ import annotations

import logging
import zipfile
from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from policyqa.question import words

if TYPE_CHECKING:
    import numpy as np

FILE = Path(__file__).parent / "word_vectors.npz"
NEAR = 0.5
"""From which cosine on a word is taken for another one; one in 1,000 words drawn at random is as near."""

_log = logging.getLogger(__name__)


class Like(NamedTuple):
    """The word of a text that is nearest to another word, and its cosine; empty and 0 when none is near."""

    word: str
    cosine: float


NONE = Like("", 0.0)


class _Vectors(NamedTuple):
    number: dict[str, int]
    rows: np.ndarray[Any, Any]
    """int8; only the direction of a row counts."""


def write(path: Path, names: Sequence[str], vectors: np.ndarray[Any, Any]) -> None:
    """Write the vectors of words, a row each, in one byte a number."""
    import numpy as np

    widest = np.abs(vectors).max(1, keepdims=True) + 1e-9
    rows = np.round(vectors / widest * 127).astype(np.int8)
    np.savez_compressed(path, rows=rows, names=np.frombuffer("\n".join(names).encode(), dtype=np.uint8))


def words_known() -> int:
    """How many words have a vector; 0 without the file, or when it is damaged."""
    vectors = _vectors()
    return len(vectors.number) if vectors else 0


@cache
def _vectors() -> _Vectors | None:
    import numpy as np

    try:
        with np.load(FILE) as read:
            names = read["names"].tobytes().decode().split("\n")
            rows = read["rows"]
        if len(names) != len(rows):
            raise ValueError(f"{len(names)} words, {len(rows)} vectors")
    except (OSError, EOFError, ValueError, KeyError, zipfile.BadZipFile) as error:
        _log.warning(
            "%s cannot be read (%s); answers are found without it. Install policyqa again.", FILE, error
        )
        return None
    return _Vectors({name: n for n, name in enumerate(names)}, rows)


@lru_cache(maxsize=5_000)
def _known_words(text: str) -> tuple[str, ...]:
    vectors = _vectors()
    if vectors is None:
        return ()
    return tuple(w for w in dict.fromkeys(words(text)) if len(w) > 1 and w in vectors.number)


@lru_cache(maxsize=20_000)
def likest(word: str, text: str) -> Like:
    """The word of a folded text that is nearest to another word, from ``NEAR`` on.

    >>> likest("血汗钱", "追回工资3740万元").word
    '工资'
    >>> likest("血汗钱", "新建公园3个")
    Like(word='', cosine=0.0)
    """
    import numpy as np

    vectors = _vectors()
    found = _known_words(text) if vectors and word in vectors.number else ()
    if vectors is None or not found:
        return NONE
    rows = vectors.rows[[vectors.number[w] for w in (word, *found)]].astype(np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    cosines = rows[1:] @ rows[0]
    best = int(cosines.argmax())
    return Like(found[best], float(cosines[best])) if cosines[best] >= NEAR else NONE
