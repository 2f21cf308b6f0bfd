"""What of a document a question asks for, in whatever words: 抬头那串号 for its number, 归哪档 for its class.

A multinomial logistic model over the question's vector and its character n-grams (``training.intents``), a
file of the package that is read on first use. It is asked where the patterns of ``letter_fields`` and
``metadata`` find nothing and the text of the documents does not answer. Without the file, or with a damaged
one, patterns do.
"""

from __future__ import annotations

import logging
import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from policyqa.text import fold

if TYPE_CHECKING:
    import numpy as np

FILE = Path(__file__).parent / "intents.npz"
CATALOG = ("count", "list", "newest", "oldest", "list_issuers", "list_proposers")
"""What is asked of all documents; every other intent is the name of a field (``letter_fields.FIELDS``)."""
SURE = 0.45
"""From which probability on something is held to be asked for."""
SURE_ALONE = 0.8
"""The same of a question of few words, which leans on the one before: 那2022年呢 asks for none (0.45)."""
BESIDE = 0.3
"""From which probability on a second thing is, beside it."""
NOTHING = "none"
"""What is said of a question that asks for no document or field."""
HASHED = 4096
"""How many numbers the character n-grams are hashed into."""
_LONGEST = 3
_VECTOR = 3.0
"""What the vector weighs beside the n-grams, whose length is one."""

_log = logging.getLogger(__name__)


class _Model(NamedTuple):
    names: tuple[str, ...]
    weights: np.ndarray[Any, Any]
    """A row for each number of a question's features, a column for each intent."""
    bias: np.ndarray[Any, Any]
    asking: frozenset[str]


def features(text: str, vector: Sequence[float]) -> np.ndarray[Any, Any]:
    """What the model sees of a question: its vector, and its n-grams hashed; digits are all alike.

    Returns:
        float32, as long as the vector and ``HASHED`` together.
    """
    import numpy as np

    plain = re.sub(r"\d", "0", re.sub(r"[^㐀-鿿a-z0-9〔〕]+", " ", fold(text)))
    grams: Counter[int] = Counter()
    for size in range(1, _LONGEST + 1):
        for at in range(len(plain) - size + 1):
            grams[zlib.crc32(plain[at : at + size].encode()) % HASHED] += 1
    hashed = np.zeros(HASHED, dtype=np.float32)
    for number, count in grams.items():
        hashed[number] = min(count, 2)
    hashed /= max(float(np.linalg.norm(hashed)), 1e-6)
    own = np.asarray(vector, dtype=np.float32)
    return np.concatenate([own * _VECTOR, hashed])


def write(
    path: Path,
    names: Sequence[str],
    weights: np.ndarray[Any, Any],
    bias: np.ndarray[Any, Any],
    asking: Sequence[str] = (),
) -> None:
    """Write a model in half precision.

    Args:
        asking: words with which people ask for documents as such, and that no document is about.
    """
    import numpy as np

    np.savez_compressed(
        path,
        weights=weights.astype(np.float16),
        bias=bias.astype(np.float16),
        names=np.frombuffer("\n".join(names).encode(), dtype=np.uint8),
        asking=np.frombuffer("\n".join(asking).encode(), dtype=np.uint8),
    )


def _model(file: Path = FILE) -> _Model | None:
    """The model in a file, read again when it was written again; None without one."""
    return _read(file, file.stat().st_mtime if file.is_file() else 0.0)


@lru_cache(maxsize=1)
def _read(file: Path, _: float) -> _Model | None:
    import numpy as np

    try:
        with np.load(file) as stored:
            names = tuple(stored["names"].tobytes().decode().split("\n"))
            weights, bias = stored["weights"].astype(np.float32), stored["bias"].astype(np.float32)
            asking = frozenset(stored["asking"].tobytes().decode().split("\n"))
    except (OSError, ValueError, KeyError, zipfile.BadZipFile) as error:
        _log.warning(
            "the file of intents cannot be read (%s); letters are asked about by patterns alone", error
        )
        return None
    return _Model(names, weights, bias, asking) if weights.shape[1:] == bias.shape == (len(names),) else None


def known() -> int:
    """How many intents the shipped model tells apart; 0 without the file, or when it is damaged."""
    model = _model()
    return len(model.names) if model else 0


def asking_words() -> frozenset[str]:
    """Words with which people ask for documents as such: 库里, 挨个, 回过."""
    model = _model()
    return model.asking if model else frozenset()


def asked_for(text: str, vector: Sequence[float], file: Path = FILE, sure: float = SURE) -> list[str]:
    """The intents of a question, at most two, the surer first; none where it asks for no document or field.

    Args:
        vector: the question's, by the default embedding model.
        file: the model.
        sure: from which probability on the first is held to be asked for.
    """
    import numpy as np

    model = _model(file)
    if model is None:
        return []
    seen = features(text, vector)
    if len(seen) != len(model.weights):
        return []  # vectors of another model
    told = seen @ model.weights + model.bias
    told = np.exp(told - told.max())
    told /= told.sum()
    best, other = np.argsort(-told)[:2]
    if told[best] < sure or model.names[best] == NOTHING:
        return []
    both = told[other] >= BESIDE and model.names[other] != NOTHING
    return [model.names[best], model.names[other]] if both else [model.names[best]]
