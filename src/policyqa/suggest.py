"""Example questions that the documents answer, made from their own sentences."""

from __future__ import annotations

import re
from collections.abc import Sequence

from policyqa.catalog import Catalog
from policyqa.evidence import gather
from policyqa.places import places_of
from policyqa.schema import Passage

_SUBJECT = re.compile(
    r"^(?:新培育|新认定|新增|新建|新获批?|全年新增)?(?![及以其的了和与并等为达到在])[㐀-鿿a-zA-Z“”\"]{4,18}(?<![的了为达到在由从])$"
)


def suggestions(catalog: Catalog, count: int) -> list[str]:
    """Up to ``count`` questions, one a document, of documents spread over the collection.

    The question names what the document says right before a figure, with its year and place.
    """
    heads = [h for h in catalog.heads() if h["document_type"] in ("reply", "report")]
    step = max(1, len(heads) // (count * 2))
    found: list[str] = []
    for head in [*heads[::step], *heads]:
        if len(found) >= count:
            break
        question = next((q for p in catalog.passages_of(head["id"]) if (q := _question_of(p))), None)
        if question and question not in found:
            found.append(question)
    return found[:count]


def choices(passages: Sequence[Passage], unit: str, count: int = 5) -> list[tuple[str, Passage]]:
    """What a question too vague to answer may have meant: questions that passages answer.

    Args:
        passages: the nearest ones, nearest first.
        unit: only figures in this unit (家 of 有多少家); empty for any.
    """
    found: dict[str, Passage] = {}
    for passage in passages:
        question = _question_of(passage, unit)
        if question is not None:
            found.setdefault(question, passage)
    return list(found.items())[:count]


def _question_of(passage: Passage, unit: str = "") -> str | None:
    if passage.role != "body":
        return None
    evidence = gather(passage)
    if not evidence.places or len(evidence.years) != 1:
        return None
    for figure in evidence.figures:
        lead, _, trail = figure.indicator.partition("▯")
        lead = re.sub(r"^(?:19|20)\d\d年(?:全年|底|末)?|^(?:全区|全县|全市|我区|我县|我市)", "", lead.strip())
        plain = figure.unit in ("家", "个", "所", "公里", "户", "人", "张", "万亩", "辆")
        if unit and figure.unit != unit:
            continue
        if plain and not trail.strip() and _SUBJECT.match(lead) and not figure.approximation:
            place = places_of(passage.document.issuers[0])[-1]
            return f"{place}{figure.years[0]}年{lead}多少{figure.unit}？" if figure.years else None
    return None
