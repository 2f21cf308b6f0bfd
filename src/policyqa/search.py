"""Search: dense, lexical and exact lanes → candidates → a fused order.

The dense lane decides; the words of the question decide among its neighbours (over the whole
collection they hurt, see docs/log.md). A document or proposal number leads straight to its document.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from policyqa.directory import Directory
from policyqa.evidence import context_of
from policyqa.index import Index
from policyqa.places import agencies_in, places_in, places_of
from policyqa.question import Question, coded_numbers_in, yearless_numbers_in
from policyqa.schema import Hit
from policyqa.store import Store
from policyqa.synonyms import written_out
from policyqa.text import grams

DENSE = 80
"""Candidates taken from the dense lane."""
LEXICAL = 40
"""Candidates taken from the lexical lane."""
REAL = 10
"""Hits kept of documents that are not invented, however many invented ones lie nearer."""
LEXICAL_WEIGHT = 0.2
"""Weight of the words among the candidates; the rest is the dense score. Both are z-scored."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What a question and its filters limit the search to.

    ``documents`` is a hard limit (filters); ``named`` are documents that the question names by
    number; ``near`` those of the places and agencies it names; ``real`` those that are not invented,
    when it names nothing and invented ones lie beside them. ``strangers`` are places that no document is of,
    though some may speak of them; ``unknown`` document numbers that no document bears or names.
    ``about`` are the few that hold a rare word of the question, or that the answer before cites.
    ``absent`` are numbers of proposals that only letters of other places bear.
    ``elsewhere`` are issuers like the agency named, where those of the place named have no document.
    """

    documents: tuple[str, ...] | None = None
    named: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    real: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    issuers: tuple[str, ...] = ()
    strangers: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    elsewhere: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    about: tuple[str, ...] = ()


ABOUT = 12
"""How many passages are kept of the few documents that a question is about."""
_CODE = 8
"""How much of what stands before an unknown number's bracket is told again, in characters."""


def _frame_first(places: tuple[str, ...], folded: str) -> tuple[str, ...]:
    """Places with that in front in which another one is looked at: 砚塘区GDP在瑶泾排第几 is of 砚塘.

    >>> _frame_first(("砚塘", "瑶泾"), "砚塘区gdp在瑶泾排第几")
    ('瑶泾', '砚塘')
    """
    frame = [
        p
        for p in places
        if re.search(
            rf"[在占]全?{re.escape(p)}[省市区县]?(?:全市)?(?:的?(?:排|居|列|位|第|里|中|各))", folded
        )
    ]
    return (*frame, *(p for p in places if p not in frame)) if frame and len(frame) < len(places) else places


def scope_of(question: Question, directory: Directory, issuer: str | None, year: int | None) -> Scope:
    """What the question names, and what the filters allow."""
    documents = directory.limited(issuer, year)
    places = _frame_first(places_in(question.folded, directory.places), question.folded)
    issuers = agencies_in(question.folded, directory.issuers)
    elsewhere: tuple[str, ...] = ()
    if places:
        local = tuple(i for i in issuers if set(places_of(i)) & set(places))
        if not local:
            # 珩渡交通局, where only 砚沂 has one
            longest = "|".join(re.escape(p) for p in sorted(places, key=len, reverse=True))
            rest = re.sub(rf"(?:{longest})[省市区县]?", " ", question.folded)
            elsewhere = issuers or agencies_in(rest, directory.issuers)
            # The city's agency answers for a district too.
            speaking = set(directory.mentioning(places[-1]))
            if any(h["issuer"] in elsewhere and h["id"] in speaking for h in directory.heads):
                elsewhere = ()
        issuers = local or issuers
    coded = coded_numbers_in(question.folded)
    named = list(question.titled) or [i for code, key in coded for i in directory.under(code, key)]
    plain = [n for n in question.numbers if all(n != key for _, key in coded)]
    named = named or [
        i for code, n in yearless_numbers_in(question.folded) for i in directory.with_code(code, n)
    ]
    if not named:
        # Beside a document's number, 第133号 is a proposal that it answers.
        named = [i for number in plain for i in _with_number(number, question.folded, directory)]
    named = named or directory.of_member(question.folded)
    unknown = () if named else tuple(f"{code[-_CODE:]}{key}号" for code, key in coded)
    near = [
        head["id"]
        for head in directory.heads
        if set(directory.homes[head["id"]]) & set(places) or (head["issuer"] and head["issuer"] in issuers)
    ]
    if issuers and places:
        near = [h["id"] for h in directory.heads if h["issuer"] in issuers] or near
    strangers = directory.strangers_in(question.folded)
    about = [i for s in strangers for i in directory.spoken.get(s) or directory.mentioning(s)]
    # A town of the city named beside it: the city's documents that speak of it.
    near = [i for i in about if i in set(near)] or about or near
    if documents is not None:
        allowed = set(documents)
        named, near = [i for i in named if i in allowed], [i for i in near if i in allowed]
    # 58号 may be many letters' number; the place or agency named beside it decides.
    # 有两件第118号提案，各是谁提的: of each
    several = len(plain) == 1 and len(named) > 1 and _OF_EACH.search(question.folded) is not None
    if not several and named and near and set(named) & set(near):
        named = [i for i in named if i in set(near)]
    elif not several and (own := [i for i in named if set(directory.homes[i]) & set(places)]):
        named = own  # 漪川卫健委0217号: of the place, though its agency is not known by that name
    elif not several and len(plain) == 1 and not coded:
        # 0076号农村供水提案: of all letters with that number the one on this.
        named = directory.about(named, [t for t in question.terms if not _FORM.search(t)])
    absent: tuple[str, ...] = ()
    # 22号纪要 is no number of a proposal.
    if named and places and not coded and re.search(r"提案|建议|议案", question.folded):
        around = {*places, *(d[:-1] for place in places for d in directory.districts_of(place))}
        own = [i for i in named if not (homes := set(directory.homes[i])) or homes & around]
        if not own:
            # 汜岚056号, where only another city has a no. 56
            named, absent = [], tuple(plain)
    real = () if named or near else directory.real
    if documents is not None:
        real = tuple(i for i in real if i in set(documents))
    named = list(dict.fromkeys(named))
    return Scope(
        documents, tuple(named), tuple(near), real, places, issuers, strangers, unknown, elsewhere, absent
    )


_OF_EACH = re.compile(r"[两三四几]件|一件[^。？]{1,12}一件|(?:各|分别)(?:自|是)")
_FORM = re.compile(
    "提案|建议|议案|答复|复函|回复|办理|结果|委员|代表|联系人|联系|文号|日期|类别|意见|文件|\\d"
)
_OF_PROPOSAL = r"\s?号\s?(?:政协|委员|人大|代表)?(?:提案|建议|议案)"


def _with_number(number: str, folded: str, directory: Directory) -> list[str]:
    """Ids of the documents that a number means: of 63号提案 those that answer one of that number, if any."""
    proposal = re.search(rf"(?<!\d)0*{re.escape(number)}{_OF_PROPOSAL}", folded)
    answering = directory.answering(number) if proposal else []
    return answering or directory.with_number(number)


def search(
    question: Question,
    vector: Sequence[float],
    store: Store,
    scope: Scope,
    k: int,
) -> list[Hit]:
    """The passages nearest to a question, best first; at most ``k``."""
    with store.index() as index:
        lanes = _lanes(question, vector, index, scope)
        if not lanes:
            return []
        dense = index.similarities(vector, list(lanes))
        frequency = index.document_frequency
        total = index.description.passages
        passages = store.catalog.passages(list(lanes))
        asked = dict.fromkeys((question.folded, written_out(question.folded)))
        weights = [term_weights(text, frequency, total) for text in asked]
    found = [p for p in passages if p.id in dense]
    similarity = [dense[p.id] for p in found]
    texts = [context_of(p) + " " + p.text for p in found]
    overlap = [max(coverage(own, text) for own in weights) for text in texts]
    scores = fused(similarity, overlap)
    hits = [
        Hit(passage, score, tuple(sorted(lanes[passage.id])))
        for passage, score in zip(found, scores, strict=True)
    ]
    if scope.named:
        named = set(scope.named)
        hits = [
            Hit(h.passage, h.score + 5, (*h.lanes, "exact")) if h.passage.document.id in named else h
            for h in hits
        ]
    hits.sort(key=lambda hit: -hit.score)
    real = set(scope.real)
    # Of a district that no document is issued by, what the documents that speak of it say.
    about = {*scope.about, *(scope.near if scope.strangers else ())}
    kept = [h for h in hits if h.passage.document.id in real][: min(REAL, k)]
    kept += [h for h in hits if h.passage.document.id in about and h not in kept][: min(ABOUT, k - len(kept))]
    ids = {h.passage.id for h in kept}
    rest = [h for h in hits if h.passage.id not in ids][: k - len(kept)]
    return sorted(kept + rest, key=lambda hit: -hit.score)


def _lanes(question: Question, vector: Sequence[float], index: Index, scope: Scope) -> dict[str, set[str]]:
    lanes: dict[str, set[str]] = {}

    def add(lane: str, found: Sequence[tuple[str, float]]) -> None:
        for passage_id, _ in found:
            lanes.setdefault(passage_id, set()).add(lane)

    add("dense", index.dense(vector, DENSE, scope.documents))
    for text in dict.fromkeys((question.text, written_out(question.text))):
        add("lexical", index.lexical(text, LEXICAL, scope.documents))
    if scope.named:
        add("dense", index.dense(vector, DENSE, scope.named))
    elif scope.near:
        # Neighbours of the place asked about may lie behind those of other places.
        add("dense", index.dense(vector, DENSE // 2, scope.near))
    elif scope.real:
        add("dense", index.dense(vector, REAL, scope.real))
    if scope.about:
        add("dense", index.dense(vector, ABOUT, scope.about))
    return lanes


def term_weights(text: str, frequency: Callable[[str], int], total: int) -> dict[str, float]:
    """Weights of a question's characters and character pairs: rare ones count more.

    Args:
        frequency: in how many passages a gram stands; ``total`` is how many there are.
    """
    return {gram: math.log((total + 1) / (frequency(gram) + 0.5)) for gram in dict.fromkeys(grams(text))}


def coverage(weights: dict[str, float], text: str) -> float:
    """The share of the weights whose grams stand in a text, 0..1."""
    whole = sum(weights.values())
    if not whole:
        return 0.0
    present = set(grams(text))
    return sum(w for gram, w in weights.items() if gram in present) / whole


def fused(
    similarity: Sequence[float], overlap: Sequence[float], weight: float = LEXICAL_WEIGHT
) -> list[float]:
    """One score for each candidate from both lanes: standard scores, weighed.

    Args:
        similarity: cosines; ``overlap`` the share of the question's characters in each.
        weight: of the overlap.
    """
    return [(1 - weight) * d + weight * w for d, w in zip(_z(similarity), _z(overlap), strict=True)]


def _z(values: Sequence[float]) -> list[float]:
    """Standard scores; all zero when the values do not differ."""
    mean = sum(values) / len(values)
    spread = math.sqrt(sum((v - mean) ** 2 for v in values) / len(values))
    return [(v - mean) / spread if spread else 0.0 for v in values]


def may_be_name(name: str, frequency: Callable[[str], int]) -> bool:
    """Whether every two characters of a name stand together somewhere, some of them in few passages only."""
    found = [frequency(name[i : i + 2]) for i in range(len(name) - 1)]
    return min(found) > 0 and min(found) <= SELDOM


SELDOM = 100
"""In how many passages, with their titles, the rarest two characters of a name stand together at most."""


def of_those(scope: Scope, told: Mapping[str, frozenset[str]]) -> Scope:
    """A scope with the documents near to the question that hold its rare words, where some do."""
    about = list(dict.fromkeys(i for ids in told.values() for i in sorted(ids)))
    both = tuple(i for i in scope.near if i in set(about)) if scope.near else tuple(about)
    return replace(scope, near=both, about=(*scope.about, *both)) if both else scope
