"""The directory of a store: what its documents are called by — numbers, issuers, places, members, names.

It is held in memory for one generation; questions are tied to documents by it (``policyqa.search``).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from policyqa.catalog import Catalog
from policyqa.evidence import year_of_report
from policyqa.places import PARTY, Spoken, agencies_in, home, home_of, places_in, unknown_places
from policyqa.provenance import is_invented
from policyqa.question import coded_numbers_in, does_something, is_word, normal_number, words
from policyqa.text import fold

FEW = 3
"""How many documents may hold a word that stands for what they are about."""


class Directory:
    """The heads of all documents in memory, for filters and the exact lane."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._mentions: dict[str, tuple[str, ...]] = {}
        self._told: dict[str, frozenset[str]] = {}
        self.heads = catalog.heads()
        self.issuers = tuple(dict.fromkeys(h["issuer"] for h in self.heads if h["issuer"]))
        self.homes: dict[str, tuple[str, ...]] = {}
        """The places that each document is of, by id."""
        self.districts = _districts([h["issuer"] or h["title"] for h in self.heads])
        """Districts and counties that documents are of, with suffix, those with most documents first."""
        self._numbers: dict[str, list[str]] = {}
        self._proposals: dict[str, list[str]] = {}
        self._people: dict[str, list[str]] = {}
        self._reports: dict[int, list[str]] = {}
        spoken = Spoken()
        self._codes: dict[str, str] = {}
        self._titles: dict[str, str] = {}
        real = []
        for document in catalog.documents():
            self.homes[document.id] = home(document)
            spoken.add(document.id, document.body)
            if not is_invented(document):
                real.append(document.id)
            self._titles[document.id] = " ".join([document.title, *(p.title for p in document.proposals)])
            if document.document_number:
                self._codes[document.id] = fold(document.document_number).partition("(")[0].strip()
            if (year := year_of_report(document)) is not None:
                self._reports.setdefault(year, []).append(document.id)
            for key in number_keys(document.document_number):
                self._numbers.setdefault(key, []).append(document.id)
            for proposal in document.proposals:
                if proposal.number:
                    number = normal_number(proposal.number)
                    self._numbers.setdefault(number, []).append(document.id)
                    self._proposals.setdefault(number, []).append(document.id)
                for person in proposal.proposers:
                    self._people.setdefault(fold(person), []).append(document.id)
        self._spoken = spoken
        # 已经镇政府同意: no town
        self.spoken = {place: ids for place, ids in spoken.places().items() if not does_something(place)}
        """Ids of the documents that speak of a district, county or town, by its name without suffix."""
        self.adopted = {**homes_by_sign(self.homes, self._codes), **adopted_homes(self.homes, self.spoken)}
        """The places of the documents that name none as their own."""
        self.homes |= self.adopted
        self.places = frozenset(place for home in self.homes.values() for place in home)
        self.all_places = self.places | frozenset(self.spoken)
        """The places that documents are of, and those that they speak of."""
        self.real = tuple(real) if len(real) < len(self.heads) else ()
        """Ids of the documents that are not invented; empty when none is invented."""

    def with_number(self, key: str) -> list[str]:
        """Ids of the documents with this document or proposal number."""
        return self._numbers.get(key, [])

    def with_code(self, code: str, number: str) -> list[str]:
        """Ids of the documents with this number and code, of whichever year: 樾农函, 76."""
        return [i for i in self.with_number(number) if _same_code(code, self._codes.get(i, ""))]

    def about(self, ids: Sequence[str], terms: Sequence[str]) -> list[str]:
        """The one of some documents whose titles hold most of the words; all where no single one does."""
        titles = {i: fold(self._titles.get(i, "")) for i in ids}
        held = {i: sum(len(t) for t in terms if len(t) > 1 and t in title) for i, title in titles.items()}
        most = max(held.values(), default=0)
        best = [i for i in held if held[i] == most]
        return best if len(best) == 1 else list(ids)

    def answering(self, number: str) -> list[str]:
        """Ids of the documents that answer the proposal or suggestion with this number."""
        return self._proposals.get(number, [])

    @property
    def report_years(self) -> set[int]:
        """The years of the government work reports."""
        return set(self._reports)

    def reports(self, year: int) -> tuple[str, ...]:
        """Ids of the government work reports of this year."""
        return tuple(self._reports.get(year, ()))

    def mentioning(self, name: str) -> tuple[str, ...]:
        """Ids of the documents that speak of a name."""
        if name not in self._mentions:
            self._mentions[name] = self._catalog.mentioning(name)
        return self._mentions[name]

    def told_by_few(self, terms: Sequence[str]) -> dict[str, frozenset[str]]:
        """The names that one to three documents hold, with the ids of those: of schemes, of works, of sites.

        A name stands in quotation marks, ends as sites do, or is a member's; other rare words say nothing
        of what a document is about.
        """
        for term in terms:
            if len(term) > 1 and term not in self._told:
                ids = self.mentioning(term)
                few = ids if 1 <= len(ids) <= FEW else ()
                self._told[term] = frozenset(i for i in few if self._is_name(term, i))
        found = {term: held for term in terms if (held := self._told.get(term))}
        # 才安居 is a piece of 岫才安居.
        return {t: held for t, held in found.items() if not any(t != other and t in other for other in found)}

    def _is_name(self, term: str, document_id: str) -> bool:
        if term in self._people:
            return True
        site = _SITE.fullmatch(term)
        if site and _is_proper(site["stem"]) and len(self.mentioning(site["stem"])) <= GENERIC:
            return True
        document = self._catalog.document(document_id)
        quoted = re.compile(rf"[“《〈「][^“”《》\n]{{0,16}}{re.escape(term)}[^“”《》\n]{{0,16}}[”》〉」]")
        return document is not None and quoted.search(document.body) is not None

    def strangers_in(self, folded: str) -> tuple[str, ...]:
        """The places that a question names and no document is of."""
        return unknown_places(folded, self.places, self.spoken)

    def names_in(self, folded: str) -> tuple[str, ...]:
        """The places that a question names, those that documents are of first."""
        return (*places_in(folded, self.places), *self.strangers_in(folded))

    def under(self, code: str, key: str) -> tuple[str, ...]:
        """Ids of the documents that a document number means: those that bear it, else those that name it.

        Args:
            code: what stands before the bracket, perhaps with other words before it: 按珩政办规.
            key: ``(2023)14``.
        """
        own = [i for i in self.with_number(key) if _same_code(code, self._codes.get(i, ""))]
        # 栖川市政府〔2024〕57号纪要, whose number has no code.
        bare = [i for i in self.with_number(key) if not self._codes.get(i)]
        own = own or [i for i in bare if any(place in code for place in self.homes[i])]
        if own:
            return tuple(own)
        number = key.partition(")")[2]
        return tuple(
            i
            for i in self.mentioning(f"{number}号")
            if (document := self._catalog.document(i)) is not None
            and any(k == key and _same_code(code, c) for c, k in coded_numbers_in(fold(document.body)))
        )

    def districts_of(self, place: str) -> tuple[str, ...]:
        """The districts, counties and cities below a place that its documents speak of, most named first."""
        own = {i for i, home in self.homes.items() if place in home}
        told = {stem: len(own & set(ids)) for stem, ids in self.spoken.items()}
        found = sorted((s for s, count in told.items() if count > 1 and s != place), key=lambda s: -told[s])
        return tuple(
            name for stem in found if (name := self._spoken.full(stem, own)).endswith(("区", "县", "市"))
        )

    def districts_around(self, names: Sequence[str]) -> tuple[str, ...]:
        """The districts that a question for one of several means: of the place it names, else all known."""
        around = (self.districts_of(name) for name in names if name in self.places)
        return next((found for found in around if len(found) > 1), self.districts)

    def of_person(self, folded: str, places: Sequence[str] = ()) -> list[str]:
        """Ids of the documents that reply to somebody whose name stands in a question.

        Args:
            places: that the question names; a party has branches in many.
        """
        named = [name for name in self._people if len(name) > 1 and name in folded]
        # 怀瑾 is no other member where 车怀瑾 is named.
        named = [name for name in named if not any(name != other and name in other for other in named)]
        found = [i for name in named for i in self._people[name]]
        for party in PARTY.findall(folded):
            branches = [i for name, ids in self._people.items() if name.startswith(party) for i in ids]
            found += [i for i in branches if not places or places[-1] in self.homes[i]]
        return list(dict.fromkeys(found))

    def persons_in(self, folded: str) -> list[str]:
        """The whole names of members that a question names; one of two characters may be any word."""
        return [name for name in self._people if _PERSON.fullmatch(name) and name in folded]

    def of_member(self, folded: str) -> list[str]:
        """Ids of the documents that reply to a member whom a question names as one: 虞某某委员建议的…."""
        found = [
            i
            for name, ids in self._people.items()
            if len(name) > 1 and name in folded and re.search(re.escape(name) + _AS_MEMBER, folded)
            for i in ids
        ]
        return list(dict.fromkeys(found))

    def limited(self, issuer: str | None, year: int | None) -> tuple[str, ...] | None:
        """Ids of the documents that pass the filters; None without filters."""
        if issuer is None and year is None:
            return None
        wanted = fold(issuer) if issuer else ""
        named = set(agencies_in(wanted, self.issuers)) if wanted else set()
        return tuple(
            head["id"]
            for head in self.heads
            if (not wanted or wanted in fold(head["issuer"]) or head["issuer"] in named)
            and (year is None or head["year"] == year)
        )


# 白芷洲, 漕仓广场, 石埠中学, 榆溪河: a proper name before what a site is.
_SITE = re.compile(
    r"(?P<stem>[㐀-鿿]{2,4})(?:洲|岛|湖|水库|古城|古镇|广场|公园|大桥|大道|码头|渡口|隧道|中学|小学|医院|体育馆|体育场|博物馆|图书馆|大剧院|书院|寺|塔|产业园|园区|社区|小区|[江河溪渠路桥村])"
)
GENERIC = 16
"""In how many documents what stands before it may stand at most."""


def _is_proper(stem: str) -> bool:
    """Whether what stands before 公园 or 河 may be a name: no word of the dictionary, nor 个, 有, 第.

    >>> _is_proper("榆溪"), _is_proper("体育"), _is_proper("建成")
    (True, False, False)
    """
    return not re.match("[个有中内所算座每各本该这那第两三几新旧]", stem) and not any(
        len(word) > 1 and is_word(word) for word in words(stem)
    )


_PERSON = re.compile(r"(?!.*(?:市|区|县|委|会|盟|党|社|联|局|组|界|部|支|处|厅|所))[㐀-鿿]{3,4}")
_AS_MEMBER = (
    r"(?:[、和][㐀-鿿]{2,4})*(?:等(?:\d+[名位])?|[两三四五六]位)?"
    r"(?:委员|代表|提的|提出|那[件份]|的?(?:提案|建议))"
)


def _districts(names: Sequence[str]) -> tuple[str, ...]:
    """The districts and counties that issuers or titles stand for, most frequent first."""
    found: dict[str, int] = {}
    for name in names:
        stems = home_of("", name)
        if stems and (match := re.search(rf"{re.escape(stems[-1])}(?:区|县)", fold(name))):
            found[match.group()] = found.get(match.group(), 0) + 1
    return tuple(sorted(found, key=lambda name: -found[name]))


def adopted_homes(
    homes: Mapping[str, tuple[str, ...]], spoken: Mapping[str, Sequence[str]]
) -> dict[str, tuple[str, ...]]:
    """The places of documents that are of none by themselves: of those that name the same districts.

    Args:
        homes: the places that each document is of, by id; empty for those looked for.
        spoken: the documents that speak of a place, by its name.

    >>> homes = {"a": ("栖川",), "b": ("栖川",), "c": ("岫溪",), "d": ()}
    >>> adopted_homes(homes, {"松垭": ("a", "b", "d"), "枫渡": ("a", "d"), "甲河": ("c", "d")})
    {'d': ('栖川',)}
    """
    shared: dict[str, Counter[tuple[str, ...]]] = {}
    for ids in spoken.values():
        known = {homes[i][:1] for i in ids if homes.get(i)}
        for lost in (i for i in ids if not homes.get(i)):
            shared.setdefault(lost, Counter()).update(known)
    found: dict[str, tuple[str, ...]] = {}
    for lost, places in shared.items():
        (place, most), *others = [*places.most_common(2), ((), 0)]
        if most >= SHARED and most > others[0][1]:
            found[lost] = place
    return found


def homes_by_sign(
    homes: Mapping[str, tuple[str, ...]], codes: Mapping[str, str]
) -> dict[str, tuple[str, ...]]:
    """The places of documents that are of none by themselves: of that whose sign their number begins with.

    Args:
        codes: the characters of each document's number before its bracket, by id.

    >>> homes = {"a": ("瑶泾",), "b": ("栖川",), "c": (), "d": ()}
    >>> homes_by_sign(homes, {"a": "瑶城管函", "b": "栖教函", "c": "瑶食安纪要", "d": "市府办函"})
    {'c': ('瑶泾',)}
    """
    signs: dict[str, set[tuple[str, ...]]] = {}
    for one, code in codes.items():
        if code and (own := homes.get(one, ())[:1]) and own[0][0] == code[0]:
            signs.setdefault(code[0], set()).add(own)
    lost = {one: signs.get(code[0], set()) for one, code in codes.items() if code and not homes.get(one)}
    return {one: next(iter(places)) for one, places in lost.items() if len(places) == 1}


SHARED = 2
"""How many districts a document without a place of its own has in common with those of the place it is of."""


def number_keys(document_number: str) -> list[str]:
    """Under which keys a document number is found: "(2024)58" and the bare "58".

    >>> number_keys("南川经信委函〔2024〕58号")
    ['(2024)58', '58']
    >>> number_keys("（2021）笕中法提复第4号")
    ['(2021)4', '4']
    """
    match = re.search(r"\((\d{4})\)\s?(?:[㐀-鿿]{0,12})?第?(\d+)", fold(document_number))
    return [f"({match[1]}){int(match[2])}", str(int(match[2]))] if match else []


def _same_code(asked: str, own: str) -> bool:
    """Whether the characters before a number's bracket are one agency's code, whatever words stand before it.

    >>> _same_code("按南川经信委函", "南川经信委函"), _same_code("经信委函", "南川经信委函")
    (True, True)
    >>> _same_code("府办", "南川经信委函"), _same_code("南川人社发", "南人社发")
    (False, True)
    """
    if not own:
        return False
    # 南川人社发 for 南人社发: the place in full instead of by its sign.
    signed = len(own) > 2 and own[0] in asked and asked.endswith(own[1:])
    return signed or asked.endswith(own) or (len(asked) > 1 and own.endswith(asked))
