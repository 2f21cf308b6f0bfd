"""Where in the body the facts of a letter stand that are read from several places at once.

Number, session, kind and proposers may stand in the title, in the opening or in the 称谓; each is
looked for in that order, and what cannot be pointed at is not located.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ingest.proposals import TERM
from policyqa.schema import DocumentType, Proposal, Span
from policyqa.text import fold

# The noun itself; where a letter has none, the body that it was put to says the kind.
_KIND_WORDS = {
    "proposal": ("提案", "政协"),
    "suggestion": ("建议", "人大", "代表"),
    "motion": ("议案",),
}


@dataclass(frozen=True, slots=True)
class Region:
    """A stretch of the body without its blanks, so that words broken over lines are found."""

    text: str
    offsets: tuple[int, ...]

    @classmethod
    def of(cls, body: str, span: Span | None) -> Region:
        kept = [i for i in range(span.start, span.end) if not body[i].isspace()] if span else []
        return cls(fold("".join(body[i] for i in kept)), tuple(kept))

    def search(self, pattern: str | re.Pattern[str]) -> Span | None:
        """The first match, as a stretch of the body."""
        match = re.search(pattern, self.text)
        return self._span(match.start(), match.end()) if match and match.group() else None

    def cover(self, names: Iterable[str]) -> Span | None:
        """From the first to the last of some names; None when one of them is not there."""
        found = [(at, at + len(n)) for name in names if (at := self.text.find(n := fold(name))) >= 0]
        wanted = len(tuple(names)) if isinstance(names, Sequence) else len(found)
        if not found or len(found) < wanted:
            return None
        return self._span(min(start for start, _ in found), max(end for _, end in found))

    def _span(self, start: int, end: int) -> Span:
        return Span(self.offsets[start], self.offsets[end - 1] + 1)


def locate_proposals(
    proposals: Sequence[Proposal], title: Region, opening: Region, addressee: Region
) -> dict[str, Span]:
    """Where number, session, kind and proposers of each proposal stand; the second ones end in ``_1``."""
    located: dict[str, Span] = {}
    regions = (title, opening, addressee)
    for index, proposal in enumerate(proposals):
        suffix = f"_{index}" if index else ""
        if proposal.number:
            number = rf"(?<![a-z\d]){re.escape(fold(proposal.number))}(?!\d)"
            _add(located, f"proposal_number{suffix}", (r.search(number) for r in regions))
        if proposal.title:
            _add(located, f"proposal_title{suffix}", [title.search(re.escape(fold(proposal.title)))])
        if proposal.proposers:
            people = [region.cover(proposal.proposers) for region in (addressee, opening, title)]
            _add(located, f"proposers{suffix}", people)
    if proposals:
        if proposals[0].term is not None:
            _add(located, "proposal_session", (r.search(TERM) for r in (title, opening)))
        words = _KIND_WORDS[proposals[0].kind]
        _add(located, "proposal_kind", (r.search(word) for word in words for r in regions))
    return located


def locate_type(kind: DocumentType, patterns: Iterable[str], title: Region, opening: Region) -> Span | None:
    """The words that say what type the document is of: in the title, else in the opening."""
    if kind == "other":
        return None
    for region in (title, opening):
        for pattern in patterns:
            if span := region.search(pattern):
                return span
    return None


def _add(located: dict[str, Span], name: str, spans: Iterable[Span | None]) -> None:
    span = next((span for span in spans if span is not None), None)
    if span is not None:
        located[name] = span
