"""Example questions that the documents answer, made from their own sentences."""

from __future__ import annotations

import re
from collections.abc import Sequence

from policyqa.catalog import Catalog
from policyqa.evidence import gather
from policyqa.schema import Passage

_SUBJECT = re.compile(
    r"(?!.*(?:[但将的了已仅再原其此这您我在于应居由占]|同期|目前|今年|去年|全年|提高|安排|目标|区县中|全部))"
    r"[㐀-鿿]{4,16}"
)
"""What can stand as the subject of a question: a name, not half a sentence."""
_COUNTED = frozenset({"家", "个", "所", "公里", "户", "人", "张", "万亩", "辆", "条", "座", "套"})


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
    if len(evidence.years) != 1:
        return None
    for figure in evidence.figures:
        if figure.unit not in _COUNTED or (unit and figure.unit != unit):
            continue
        if figure.part or figure.approximation or len(figure.years) != 1:
            continue
        name = re.sub(r"[“”\"]", "", figure.name)
        if not _SUBJECT.fullmatch(name):
            continue
        where = f"{''.join(evidence.places[-1:])}{figure.years[0]}年"
        if figure.aspect == "new":
            return f"{where}{'' if '新' in name[:4] else '新增'}{name}多少{figure.unit}？"
        if figure.aspect == "cumulative":
            return f"{where}{name}累计多少{figure.unit}？"
        if figure.aspect == "level":
            return f"{where}{name}有多少{figure.unit}？"
    return None
