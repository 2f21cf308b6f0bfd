"""Gold questions: what is asked, what a right answer holds, and what proves it.

One JSON object a line::

    {"id": "a1", "question": "…多少家？", "status": "answered", "kind": "figure", "split": "tune",
     "parts": [["36家"]], "evidence": [{"source": "nanchuan-2024-58.txt", "quote": "…36家…"}]}

``parts`` are the pieces that a right answer must hold, each with its accepted wordings; ``history``
the questions asked before in the conversation; ``trap`` why nothing answers a ``not_found`` question.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from policyqa.errors import UsageError
from policyqa.evidence import bare
from policyqa.figures import figure_of, find_figures, same_figure
from policyqa.schema import Answer, Citation, Passage


@dataclass(frozen=True, slots=True)
class Gold:
    """A gold question; see the module's docstring."""

    id: str
    question: str
    status: str
    kind: str = "other"
    split: str = ""
    parts: tuple[tuple[str, ...], ...] = ()
    evidence: tuple[tuple[str, str], ...] = ()
    history: tuple[str, ...] = ()
    trap: str = ""


def load_gold(path: Path) -> list[Gold]:
    """Read a gold file.

    Raises:
        UsageError: it is missing, or a line is not a gold question; with the line's number.
    """
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(
            f"读不了题目文件 {path}：{error}", "请给出 UTF-8 编码、每行一个 JSON 对象的文件"
        ) from error
    found = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            found.append(_gold(json.loads(line)))
        except (ValueError, KeyError, TypeError) as error:
            raise UsageError(
                f"{path} 第 {number} 行不是一道题目：{error}",
                '至少要有 "id"、"question"、"status"，请补上',
            ) from error
    return found


def _gold(row: dict[str, Any]) -> Gold:
    if row["status"] not in ("answered", "not_found"):
        raise ValueError(f'status 是 {row["status"]!r}，应为 "answered" 或 "not_found"')
    return Gold(
        id=str(row["id"]),
        question=row["question"],
        status=row["status"],
        kind=row.get("kind", "other"),
        split=row.get("split", ""),
        parts=tuple(tuple(part) for part in row.get("parts", ())),
        evidence=tuple((e["source"], e["quote"]) for e in row.get("evidence", ())),
        history=tuple(row.get("history", ())),
        trap=row.get("trap", ""),
    )


def supports(gold: Gold, passage: Passage) -> bool:
    """Whether a passage is (part of) a question's evidence."""
    text = bare(passage.text)
    return bool(text) and any(
        source == passage.document.source and (bare(quote) in text or text in bare(quote))
        for source, quote in gold.evidence
    )


def cited(gold: Gold, citation: Citation) -> bool:
    """Whether a citation proves a gold answer: its evidence, or the same answer elsewhere.

    Another document that holds every piece in one quote is a proof too: the same fact may stand
    in two letters.
    """
    quote = bare(citation.quote)
    for source, evidence in gold.evidence:
        known = bare(evidence)
        if source == citation.document.source and (known in quote or quote in known):
            return True
    return False


def matches_part(part: Sequence[str], text: str) -> bool:
    """Whether a text holds one of the accepted wordings of a piece.

    Figures are compared by value and unit, so that 1.28亿元 is 12800万元 and 6 is no part of 36;
    other wordings are looked for without marks and blanks.
    """
    # Without its marks 第14、79号 would read 1479号.
    whole = bare(_LISTED_NUMBERS.sub("和", text))
    figures = None
    for wording in part:
        figure = figure_of(wording)
        if figure is None:
            if _stands(bare(wording), whole):
                return True
            continue
        figures = find_figures(text) if figures is None else figures
        if any(same_figure(wording, found.text) for found in figures):
            return True
        # A figure that is no figure in the running text (壹拾万元整, 一台9000元).
        if _stands(bare(wording), whole):
            return True
    return False


_LISTED_NUMBERS = re.compile(r"(?<=\d)[、，；;\s]+(?=\d)")


def _stands(wording: str, text: str) -> bool:
    """Whether a wording stands in a text, not as a part of a longer number."""
    at = text.find(wording)
    while wording and at >= 0:
        before, after = text[at - 1 : at], text[at + len(wording) : at + len(wording) + 1]
        cut = (wording[0].isdigit() and (before.isdigit() or before == ".")) or (
            wording[-1].isdigit() and (after.isdigit() or after == ".")
        )
        if not cut:
            return True
        at = text.find(wording, at + 1)
    return False


def is_right(gold: Gold, answer: Answer) -> bool:
    """Whether an answer's text holds every piece; for ``not_found`` whether it declines."""
    if gold.status == "not_found" or answer.status == "not_found":
        return gold.status == answer.status
    said = f"{answer.short}\n{answer.text}"
    return all(matches_part(part, said) for part in gold.parts)
