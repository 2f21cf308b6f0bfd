"""When something computed from one sentence is the answer: instead of what was read, or without it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from policyqa import applied, average, balance, bill, change, due, earlier, ends, kinds, portion, rest, share
from policyqa.asked import Asked
from policyqa.compute import COMPUTED
from policyqa.findings import NOTHING_SAID, Candidate, Said
from policyqa.schema import Answer

_INSTEAD = (
    applied.answer,
    bill.answer,
    portion.answer,
    balance.answer,
    change.answer,
    rest.all_but,
    average.answer,
)
"""What is computed instead of a figure of the same sentence: 60元 is not what a farmer pays of it."""
_SEVERAL = (kinds.answer, ends.answer)
"""What gives several figures of one sentence, or their sum, instead of one of them."""
_COMPUTED = (rest.answer, earlier.answer, share.answer)
"""What is computed where nothing is stated."""


def computed_instead(
    asked: Asked, candidates: Sequence[Candidate], read: Answer, said: Said = NOTHING_SAID
) -> Answer:
    """The answer computed from one sentence where that is what is asked for, else what was read."""
    # The standard alone, or what is added, would be a wrong answer, of whichever of both sentences.
    if said is NOTHING_SAID and (found := due.answer(asked, candidates, read)) is not None:
        return found
    for way in _INSTEAD:
        if way is applied.answer and said is not NOTHING_SAID:
            continue  # the quantity may be of the question before: 设5亿元的基金行不行
        found = way(asked, candidates)
        if found is None:
            continue
        # 比上年末减少1.4万人 is no 自然减少: whatever else was read, it is not called so.
        other = way is balance.answer and not balance.is_named(asked, read.text)
        if read.status == "not_found" or other or _same_proof(found, read):
            return found
    # 抽检1260套，合格1222套: neither is how many are 不合格.
    found = rest.answer(asked, candidates) if rest.not_done(asked.question) else None
    told = found and _same_proof(found, read) and f"{read.short} − " in found.text if read.citations else None
    if found is not None and (read.status == "not_found" or told):
        return found
    for way in _SEVERAL:
        found = way(asked, candidates)
        if found is None:
            continue
        if read.status == "not_found":
            return found
        if _same_proof(found, read) and _tells_more(found, read):
            return replace(found, confidence=max(found.confidence, read.confidence))
    if read.status == "answered":
        return read
    return next((found for way in _COMPUTED if (found := way(asked, candidates)) is not None), read)


def _tells_more(found: Answer, read: Answer) -> bool:
    """Whether what was found of several kinds says more than what was read: a sum, other figures, more."""
    own, known = found.short.split("；"), read.short.split("；")
    return COMPUTED in found.text or (len(own) >= len(known) and not set(own) <= set(known))


def _same_proof(one: Answer, other: Answer) -> bool:
    """Whether two answers cite one passage first."""
    a, b = one.citations[0], other.citations[0]
    return (a.document.id, a.start) == (b.document.id, b.start)
