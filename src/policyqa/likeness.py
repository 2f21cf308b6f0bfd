"""How alike two texts are: a MinHash sketch of a text's five-character pieces.

The share of equal places of two sketches estimates the Jaccard similarity of the two sets of pieces,
within some 0.03.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from policyqa.text import fold

if TYPE_CHECKING:
    import numpy as np

PIECE = 5
PLACES = 128
ALIKE = 0.9
"""From here on two documents are reported as nearly the same."""

# Sixteen bands of eight places: texts alike by 0.9 share a band with probability 0.9999.
_BAND = 8


def letters(text: str) -> str:
    """The letters and digits of a text, folded: what two copies of a letter share.

    >>> letters("乙教函〔2024〕 8号。\\n")
    '乙教函20248号'
    """
    return re.sub(r"[\W_]+", "", fold(text))


def sketch(wording: str) -> bytes:
    """The sketch of a text as ``letters`` gives it; empty for a text of fewer than five letters."""
    import numpy as np

    codes = np.frombuffer(wording.encode("utf-32-le"), dtype="<u4").astype(np.uint64)
    if len(codes) < PIECE:
        return b""
    pieces = np.zeros(len(codes) - PIECE + 1, dtype=np.uint64)
    for at in range(PIECE):
        pieces = pieces * np.uint64(1_000_003) + codes[at : at + len(pieces)]
    pieces = np.unique(pieces)
    factors, offsets = _mixing()
    lowest = [((pieces * f + o) >> np.uint64(32)).min() for f, o in zip(factors, offsets, strict=True)]
    return np.asarray(lowest, dtype="<u4").tobytes()


@cache
def _mixing() -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    import numpy as np

    random = np.random.Generator(np.random.PCG64(20240614))
    factors = random.integers(1, 2**63, PLACES, dtype=np.uint64) * np.uint64(2) + np.uint64(1)
    return factors, random.integers(0, 2**63, PLACES, dtype=np.uint64)


def similarity(one: bytes, other: bytes) -> float:
    """The estimated similarity of two sketched texts, 0..1; 0 when either has no sketch."""
    import numpy as np

    if not one or not other:
        return 0.0
    equal = np.frombuffer(one, dtype="<u4") == np.frombuffer(other, dtype="<u4")
    return float(equal.mean())


def alike(sketches: Sequence[tuple[str, bytes]]) -> list[tuple[str, str, float]]:
    """The pairs of names whose sketches are alike by 0.9 or more, with their similarity."""
    bands: dict[tuple[int, bytes], list[int]] = {}
    width = _BAND * 4
    for number, (_, whole) in enumerate(sketches):
        for at in range(0, len(whole), width):
            bands.setdefault((at, whole[at : at + width]), []).append(number)
    pairs = {
        (one, other)
        for group in bands.values()
        for place, one in enumerate(group)
        for other in group[place + 1 :]
    }
    found = []
    for one, other in sorted(pairs):
        value = similarity(sketches[one][1], sketches[other][1])
        if value >= ALIKE:
            found.append((sketches[one][0], sketches[other][0], round(value, 2)))
    return found
