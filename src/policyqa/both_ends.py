"""The years of two values in 由A增加到B, where their clause does not say them.

公路由1997年的123万公里增加到2002年的176万公里，其中高速公路由4771公里增加到2.52万公里: 4771 is of 1997.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from policyqa.periods import find_periods
from policyqa.schema import Figure
from policyqa.units import canonical

_FROM = re.compile(r"[由从](?P<when>[^，。；由从]{0,12}?)的?$")
_TO = re.compile(
    r"(?:增加?|增长|扩大|提高|上升|升|涨|减少?|下降|降低?|缩小|缩短|压减|发展|变|调整)(?:到|至|为|成)(?:了)?(?P<when>[^，。；]{0,12}?)的?(?:约|近)?$"
)
_Years = tuple[int, ...]


def with_years_of_ends(text: str, figures: Sequence[Figure]) -> list[Figure]:
    """Figures of a sentence, the earlier and the later value each with its own year.

    The years are those of a pair before in the same sentence, or the ends of the stretch that holds for both.

    Args:
        text: the sentence as it stands.
        figures: with the periods that their clauses have.
    """
    result = list(figures)
    known: tuple[tuple[str, _Years], tuple[str, _Years]] | None = None
    for at in range(len(result) - 1):
        old, new = result[at], result[at + 1]
        begun = _FROM.search(old.lead)
        ended = _TO.search(new.lead)
        if not begun or not ended or text[old.end : new.start].find("，") >= 0:
            continue
        if canonical(old.value, old.unit)[1] != canonical(new.value, new.unit)[1]:
            continue
        own = [_year(begun["when"]), _year(ended["when"])]
        if own[0] and own[1]:
            known = ((f"{own[0]}年", (own[0],)), (f"{own[1]}年", (own[1],)))
        elif not own[0] and not own[1]:
            ends = known
            if len(new.years) > 1 and old.years == new.years:
                # 1978年到1982年，床位由185万张增加到205万张: the ends of the stretch
                first, last = old.years[0], old.years[-1]
                ends = ((f"{first}年", (first,)), (f"{last}年", (last,)))
            if ends is not None:
                result[at] = replace(old, period=ends[0][0], years=ends[0][1])
                result[at + 1] = replace(new, period=ends[1][0], years=ends[1][1])
    return result


def _year(text: str) -> int:
    """The one year that a few words name; 0 for none."""
    named = [p.years for p in find_periods(text, None) if len(p.years) == 1]
    return named[-1][0] if named else 0
