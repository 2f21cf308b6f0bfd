"""Which district has most or least where a sentence says so: 最慢的是石檀县（3.7%）, 禾阳县最低，为84.9%.

Such a sentence names the first or the last alone, so there is no list to order.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from policyqa.asked import Asked, covered
from policyqa.evidence import Evidence
from policyqa.schema import Figure
from policyqa.units import PERCENT

PLACE = r"(?P<name>[㐀-鿿]{2,5}?(?:开发区|经开区|高新区|新区|区|县|市|镇|乡|街道))"
"""What a district of a list is called, as a pattern."""
_UP = r"最(?:多|高|大|快|好|长|强)|首位|居首|(?<!倒数)第一(?!产业|季)"
_DOWN = r"最(?:少|低|小|慢|差|短|弱)|末位|垫底|倒数第一"
_OPENS = r"(?:^|[，。；：、(])(?:其中|分[^，。；：]{0,6}看|而|以)?"
_PATTERNS = {
    end: (
        # 增速最慢的是石檀县(3.7%)
        re.compile(rf"(?:{words})的(?:县区|区县|地方|地区|区|县)?[是为]{PLACE}"),
        # 禾阳县最低，为84.9% · 砚岭县29个，为全市最少
        re.compile(
            rf"{_OPENS}{PLACE}[^，。；：、]{{0,10}}[，,]?(?:数量|总数)?[居为]?(?:全[市省县区])?(?:{words})"
        ),
    )
    for end, words in (("most", _UP), ("least", _DOWN))
}
NO_PLACE = re.compile(
    r"^(?:其余|其他|全|我|本|各|每|两|三|四|五|六|七|八|九|十|数量)|(?:小|社|城|地|园|成|景|灌|片|校|厂|矿|牧|库)区$"
)
REACH = 12
"""How far from the name its figure stands, in characters."""


@dataclass(frozen=True, slots=True)
class StatedEnd:
    """The district that a sentence calls the first or last, with its figure, and how well it fits, 0..1."""

    name: str
    figure: Figure | None
    fit: float


def stated_end(
    asked: Asked, end: Literal["most", "least"], evidence: Evidence, ratio: bool
) -> StatedEnd | None:
    """What a sentence calls the first or last of what is asked about; None when it says nothing of that.

    Args:
        ratio: whether a rate is asked for.
    """
    text = evidence.folded
    for pattern in _PATTERNS[end]:
        for match in pattern.finditer(text):
            if NO_PLACE.search(match["name"]):
                continue
            begin = max(text.rfind(mark, 0, match.start() + 1) for mark in "。；") + 1
            said = text[begin : match.end()]
            whole = (evidence.bare, 0.8)
            fit = covered(asked.terms, (said, 1.0), whole, (evidence.before, 0.9), (evidence.context, 0.9))
            return StatedEnd(match["name"], _figure_at(evidence.figures, match, ratio), fit)
    return None


def _figure_at(figures: Sequence[Figure], match: re.Match[str], ratio: bool) -> Figure | None:
    """The figure right behind the name, or behind the word for the end."""
    near = [
        f
        for f in figures
        if match.start() <= f.start <= match.end() + REACH
        and f.start >= match.end("name")
        and (f.unit == PERCENT) == ratio
    ]
    return near[0] if near else None
