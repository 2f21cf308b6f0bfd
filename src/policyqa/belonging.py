"""Whose figure or sentence it is: the place and the issuer that a question names, and those of a passage."""

from __future__ import annotations

import re
from functools import lru_cache

from policyqa.asked import Asked
from policyqa.evidence import Evidence
from policyqa.places import districts_in, home, names_places, places_in
from policyqa.schema import Document, Figure
from policyqa.text import fold


def _other_kind(name: str, asked: str, said: str) -> bool:
    """Whether a text speaks of another place of that name only: 砚塘区 where 砚塘县 is asked about."""
    own = re.search(f"{re.escape(name)}([区县])", asked)
    told = re.findall(f"{re.escape(name)}([区县市]?)", said)
    return own is not None and bool(told) and all(kind and kind != own[1] for kind in told)


_RULE = 0.2
"""How well what a city gives each one fits a question on a case in one of its districts."""
_APIECE = re.compile(r"每(?:人|月|年|户|亩|只|餐|次|台|部|生|天|日|套|个|位)|补[助贴]标准|收费标准")
_TOTAL = re.compile(r"一共|总共|合计|累计|多少(?:人|户|家|个|所|处)|几(?:人|户|家|个|所|处)")


def place_fit(asked: Asked, evidence: Evidence, near: str) -> float:
    """Whether a figure's place is the one asked about: 1 yes, -1 another one, 0 none asked.

    Args:
        near: the words around the figure, or the whole passage.
    """
    question = asked.question
    near = ASIDE.sub("", near)
    named = places_in(near, asked.known_places)
    around = evidence.context + evidence.before
    if zone := next((z for z in _ZONES if z.search(question.folded)), None):
        at_home = not asked.places or asked.places[-1] in evidence.places
        if not (zone.search(around + evidence.leading) or zone.search(evidence.folded)):
            return -1.0
        if at_home and zone.search(near):
            return 1.0
    if any(_other_kind(name, question.folded, near) for name in (*asked.strangers, *asked.places[-1:])):
        return -1.0
    if asked.strangers:
        homes = evidence.places
        elsewhere = bool(asked.places and homes) and asked.places[-1] not in homes
        # 汜岚市二院新院区: another city's document, though it speaks of a place of that name
        if elsewhere and not any(place in fold(evidence.passage.document.body) for place in asked.places):
            return -1.0
        if any(s in near for s in asked.strangers):
            return -0.6 if _TOGETHER.search(near) else 1.0
        beside = names_places(_without(near, homes), frozenset())
        if not beside and any(
            _around(s, evidence) or (not named and _in_passing(s, evidence)) for s in asked.strangers
        ):
            return _SUBJECT
        # A letter on a town's road names the town once.
        body = fold(evidence.passage.document.body)
        return -0.5 if any(s + end in body for s in asked.strangers for end in _TOWN) else -1.0
    if not asked.places:
        return 0.0 if not named or question.whole_city else -0.1
    wanted = asked.places[-1]
    others = [p for p in named if p != wanted and p not in evidence.places]
    if wanted in named:
        return 1.0 if not others else 0.8
    level = next((c for c in "省市区县" if wanted + c in around), "")
    whole = _WHOLE.search(near)
    larger = level != "" and whole is not None and "县区市省国".find(whole[1]) > "县区市省国".find(level)
    if wanted not in evidence.places:
        # A city's letter on one of its counties: the title or the words before name it.
        about = _around(wanted, evidence) or wanted == subject_of(
            evidence.passage.document, asked.known_places
        )
        about = about or _in_passing(wanted, evidence)
        if about and not others and not larger:
            return _SUBJECT
        # 瑶泾砚塘区上班每月补多少: what the city gives each holds in its districts.
        of_city = any(place in evidence.places for place in asked.places[:-1]) and not others
        return _RULE if of_city and _APIECE.search(near) and not _TOTAL.search(question.folded) else -1.0
    if wanted != evidence.places[-1]:
        if question.whole_city:
            return 0.8 if whole is not None and whole[1] == "市" else -1.0
        return -0.4  # the city asked about, a district's letter
    if others:
        return -0.6
    if larger and not question.whole_city and len(near) < 60:
        return -0.4
    own = whole is not None and whole[1] == level
    if not own and level in "省市" and subject_of(evidence.passage.document, asked.known_places):
        return -0.4  # the city asked about, its letter on a county
    return 0.9


# 高新区 is a place of its own within its city, though no district.
_ZONES = tuple(
    re.compile(zone)
    for zone in (
        "高新(?:技术产业开发)?(?:园|区)",
        "经(?:济(?:技术)?)?开(?:发)?区",
        "保税(?:港|物流)?区",
        "旅游度假区",
    )
)


def _without(text: str, homes: tuple[str, ...]) -> str:
    """A text without the names of the places that its document is of."""
    for place in homes:
        text = re.sub(rf"{re.escape(place)}[省市区县]?", "", text)
    return text


def _around(place: str, evidence: Evidence) -> bool:
    """Whether what stands around a sentence says that it is of a place.

    Of 其中砚湖区66个、…；行政村覆盖率39.2% the rate is not 砚湖区's: a place that has a figure of its own has
    no other.
    """
    if place not in evidence.context + evidence.before:
        return False
    if place in evidence.folded and not _in_passing(place, evidence):
        return False
    counted = re.search(rf"{re.escape(place)}[省市区县镇乡]?\d", evidence.before) is not None
    return place in evidence.context or not counted


ASIDE = re.compile(r"[(（][^()（）]{0,24}[)）]")
# 列全市第6位 says where something ranks, not whose figure it is.
_WHOLE = re.compile(r"[全我](市|省|国|区|县)(?!.{0,6}第)")
# 岚屏、沛阳、栖石三县共富余2970个: of all of them.
_TOGETHER = re.compile(
    r"[㐀-鿿][、和与及][㐀-鿿]{2,6}?(?:[两二三四五六七八九]?[区县地市镇乡]|等地)?"
    r"(?:一共|总共|合计|共计|共)(?!同|享|建|识)"
)


_JOINS, _JOINED_BY = re.compile("[、和与及]$"), re.compile("[省市区县镇乡]?[、和与及]")
_ALL_OF_THEM = re.compile("各(?!类|项|种|级)|全[市省区县]|合计|共计|一共")
_LIST_OF_PLACES = re.compile(r"分别|依次|各(?!类|项|种|级)|全[市省区县]|合计|共计|一共")


def governing(asked: Asked, figure: Figure) -> str:
    """The place asked about, where it is the last one named before a figure in its part of the sentence.

    Of 禾塬县有校车46辆，线路31条，每天接送学生2310人；… all three figures are 禾塬's.
    """
    before = re.split("[；。]", fold(figure.inherited + figure.lead))[-1]
    for place in (*asked.strangers, *asked.places[-1:]):
        at = before.rfind(place)
        behind = before[max(0, at + len(place)) :]
        # 枫渡县小学、初中分别不超过300元、340元: a list of schools, not of districts.
        among = _JOINS.search(before[:at]) or _JOINED_BY.match(behind)
        listed = _LIST_OF_PLACES if among else _ALL_OF_THEM
        if at < 0 or _LIST_OF_PLACES.search(before[:at]) or listed.search(behind):
            continue
        # 栖石县城南园和芷桥区柳荫园两所预计…: what follows a list without figures holds for all of it.
        joint = re.match(r"[^，。；：\d]{0,12}[、和与及]", behind) is not None
        joint = joint and not re.search(r"\d.*[、和与及]", behind)
        if joint or not names_places(behind, asked.known_places):
            return place
    return ""


def _in_passing(place: str, evidence: Evidence) -> bool:
    """Whether a sentence names a place that no figure of it is marked with, so that it may hold for all.

    Of 榆舫、芷桥依次为287部、168部 the total in front is of neither.
    """
    if place not in evidence.folded:
        return False
    # 集中在笏山县（1.96万亩）: a figure in brackets is of the name before them.
    bracketed = re.compile(rf"{re.escape(place)}[省市区县镇乡]?\($")
    return not any(
        place in figure.indicator + figure.name or bracketed.search(fold(figure.inherited))
        for figure in evidence.figures
    )


_TOWN = ("镇", "乡", "街道")
_SUBJECT = 0.6
"""How well a passage fits a place that the title, a heading or the words before it name."""


def subject_of(document: Document, known: frozenset[str]) -> str:
    """The known place, not the issuer's, that a document speaks of far more than of others; or empty."""
    return _most_named(document.body, home(document), known)


@lru_cache(maxsize=20_000)
def _most_named(body: str, own: tuple[str, ...], known: frozenset[str]) -> str:
    text = fold(body)
    counts = sorted(((text.count(p), p) for p in known if p not in own), reverse=True)
    most, place = counts[0] if counts else (0, "")
    # What is below a city takes nothing from it: 笕州市, of which two districts are named.
    others = districts_in(text) if f"{place}市" not in text else {}
    next_most = max((count for name, count in others.items() if name not in (place, *own)), default=0)
    next_most = max(next_most, counts[1][0] if len(counts) > 1 else 0)
    return place if most >= 3 and most >= 3 * next_most else ""


def issuer_fit(asked: Asked, evidence: Evidence) -> float:
    """Whether the letter is of an issuer that the question names."""
    if not asked.issuers:
        return 0.0
    return 1.0 if evidence.passage.document.issuer in asked.issuers else -1.0
