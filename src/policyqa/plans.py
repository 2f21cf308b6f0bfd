"""A comparing question taken apart: its parts, each a single question, and what to compute over them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from policyqa.compute import Operation

By = Literal["period", "place", "side"]
Wish = Literal["plan", "fact"] | None
UP, DOWN = "(?:最[多高大快好长强重]|(?<!倒数)第一)", "(?:最[少低小慢差短弱后轻]|垫底|末位|倒数第一)"
BOTH_ENDS = re.compile(rf"(?:哪|谁)[^。？]*(?:{UP}[^。？]*{DOWN}|{DOWN}[^。？]*{UP})")
EACH = re.compile(
    r"平均(?:下来)?(?:每一?|一|到每一?)(?![年月天日季周])(?P<unit>[㐀-鿿]{1,2}?人?次?)(?=[能可要花用补拿发给得投摊有承是几多]|大概|约|合|[㐀-鿿]{0,10}(?:多少|几))"
)
"""A question for what falls to each of so many: 平均每户多少."""
"""What asks for the first and the last: 哪个县区最多，哪个最少 · 谁最少谁最多."""
MOST_PARTS = 8
"""How many single questions one comparison may become; each is a search of its own."""


@dataclass(frozen=True, slots=True)
class Part:
    """One row of a comparison: its name and the single question that fills it.

    ``wish`` says whether it wants what was planned or what was done, where that is what differs.
    """

    label: str
    question: str
    wish: Wish = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """A question taken apart. ``operation`` is what to compute over the rows, if anything.

    ``stated`` means that a document may well say it outright (比上年增加5家, 桐浦区最快): the whole
    question is asked first and the rows are computed only when that finds nothing.
    """

    by: By
    parts: tuple[Part, ...]
    operation: Operation | None = None
    stated: bool = False


@dataclass(frozen=True, slots=True)
class Known:
    """What the collection offers to compare: districts by their names, and years, newest first."""

    places: tuple[str, ...] = ()
    years: tuple[int, ...] = ()


def comparison(
    by: By, parts: Sequence[Part], operation: Operation | None, stated: bool = False
) -> Comparison | None:
    """A comparison of the parts that differ by name; None when that leaves fewer than two."""
    unique = list({p.label: p for p in parts}.values())[:MOST_PARTS]
    return Comparison(by, tuple(unique), operation, stated) if len(unique) > 1 else None
