"""Evaluation: gold questions are asked, and what was answered is judged. The figures: ``measures``."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from policyqa.assistant import Assistant
from policyqa.errors import UsageError
from policyqa.gold import Gold, cited, is_right, matches_part
from policyqa.ground import unproved
from policyqa.retrieval import found_in
from policyqa.schema import Answer, Turn

SEARCHED = 20
"""How many passages are looked at for the measures of retrieval."""


@dataclass(frozen=True, slots=True)
class Result:
    """A gold question with what was answered.

    ``right``: the text holds every piece, or it declines as it should. ``proved``: right, and a
    citation is (part of) the evidence or holds the answer in the same words. ``short_right``: the
    bare answer holds every piece. ``first_cited``: right, and the first citation is the evidence.
    ``quoted``: some citation is the evidence, whatever the text says.

    ``offered`` is what it would have said had it never declined, where that was asked for.
    ``ranks`` is what a search for the question found, for the measures of retrieval: per place the
    piece of evidence that stands there, or the passage's id. ``unproved`` are figures of the answer that
    none of its quotes holds; there should never be any.
    """

    gold: Gold
    answer: Answer
    right: bool
    proved: bool
    short_right: bool
    first_cited: bool
    quoted: bool = False
    offered: Answer | None = None
    ranks: tuple[str, ...] | None = None
    unproved: tuple[str, ...] = ()

    @property
    def kind(self) -> str:
        """Under which kind it is reported: the trap of a question that nothing answers, else its kind."""
        return self.gold.trap or ("follow_up" if self.gold.history else self.gold.kind)


def judge(gold: Gold, answer: Answer) -> Result:
    """Compare an answer with its gold question."""
    right = is_right(gold, answer)
    if gold.status == "not_found" or answer.status == "not_found":
        return Result(gold, answer, right, right, right, right, right)
    evidence = any(cited(gold, c) for c in answer.citations)
    # The same fact may stand in two letters: a quote that holds every piece proves it as well.
    quotes = "\n".join(c.quote for c in answer.citations)
    holds = bool(gold.parts) and all(matches_part(part, quotes) for part in gold.parts)
    return Result(
        gold,
        answer,
        right,
        proved=right and (evidence or holds),
        short_right=right and all(matches_part(part, answer.short) for part in gold.parts),
        first_cited=right and bool(answer.citations) and cited(gold, answer.citations[0]),
        quoted=evidence,
    )


def run(
    assistant: Assistant,
    gold: Sequence[Gold],
    done: Callable[[int], None] = lambda _: None,
    retrieval: bool = False,
    offers: bool = False,
) -> list[Result]:
    """Ask every gold question, follow-ups after the questions before them.

    Args:
        retrieval: search for each question too, for ``Result.ranks``. Follow-ups and questions about
            the catalog are left out: the one does not stand alone, the other is not searched for.
        offers: ask what was declined once more without a threshold, for ``Result.offered``.
    """
    documents = assistant.counts()[0]
    frank = assistant.with_threshold(0.0) if offers else None
    results = []
    for question in gold:
        history: list[Turn] = []
        for earlier in question.history:
            history.append(Turn(earlier, assistant.ask(earlier, history)))
        result = judge(question, assistant.ask(question.question, history))
        unheld = unproved(result.answer, counted(result.answer.text, documents))
        result = replace(result, unproved=tuple(figure.text for figure in unheld))
        if frank is not None:
            said = result.answer
            result = replace(
                result,
                offered=frank.ask(question.question, history) if said.status == "not_found" else said,
            )
        if retrieval and question.evidence and not question.history and question.kind != "metadata":
            hits = assistant.search(question.question, SEARCHED)
            result = replace(result, ranks=found_in(question, [hit.passage for hit in hits]))
        results.append(result)
        done(1)
    return results


_COUNTED = re.compile(r"共(?P<all>\d+)件（按目录统计，收录(?P<held>\d+)份文件）")
_LISTED = re.compile(r"(?m)^\d+\. ")
_REST = re.compile(r"其余(?P<rest>\d+)件未列出")
_DATED = re.compile(r"在收录的(?P<held>\d+)份文件中按日期查得")


def counted(text: str, documents: int) -> list[str]:
    """The figures of a text that were counted in the catalog and are right, as (部分) quotes.

    How many were found must be how many are listed or left out, and how many documents there are must
    be ``documents``; otherwise they prove nothing.

    >>> counted("共2件（按目录统计，收录67份文件）：\\n1. 甲\\n2. 乙", 67)
    ['2件', '67份']
    >>> counted("共3件（按目录统计，收录67份文件）：\\n1. 甲\\n2. 乙", 67)
    ['67份']
    """
    found = []
    if match := _COUNTED.search(text):
        rest = _REST.search(text)
        left_out = int(rest["rest"]) if rest else 0
        if int(match["all"]) == len(_LISTED.findall(text)) + left_out:
            found += [f"{match['all']}件"] + ([f"{left_out}件"] if left_out else [])
    match = match or _DATED.search(text)
    if match and int(match["held"]) == documents:
        found.append(f"{match['held']}份")
    return found


def result_row(result: Result) -> dict[str, Any]:
    """One result as plain data: a line of the details file, which ``comparison`` reads again."""
    answer, gold = result.answer, result.gold
    return {
        "id": gold.id,
        "kind": gold.kind,
        "trap": gold.trap,
        "split": gold.split,
        "history": list(gold.history),
        "question": gold.question,
        "answerable": gold.status == "answered",
        "expected": [part[0] for part in gold.parts] or gold.status,
        "status": answer.status,
        "short": answer.short,
        "text": answer.text,
        "citations": [{"source": c.document.source, "quote": c.quote} for c in answer.citations],
        "right": result.right,
        "right_and_cited": result.proved,
        "short_right": result.short_right,
        "first_citation_right": result.first_cited,
        "quote_right": result.quoted,
        "confidence": round(answer.confidence, 4),
        "seconds": answer.seconds,
        "ranks": None if result.ranks is None else list(result.ranks),
        "unproved": list(result.unproved),
    }


def write_details(results: Iterable[Result], file: Path) -> None:
    """Write a line of JSON a result.

    Raises:
        UsageError: the file cannot be written.
    """
    rows = (json.dumps(result_row(r), ensure_ascii=False) for r in results)
    write_file(file, "\n".join(rows) + "\n")


def write_file(file: Path, text: str) -> None:
    """Write what a user asked for into the file that they named.

    Raises:
        UsageError: it cannot be written.
    """
    try:
        file.write_text(text, encoding="utf-8")
    except OSError as error:
        raise UsageError(f"写不进 {file}：{error.strerror or error}", "换一个可以写入的文件") from error


def failed_gates(figures: dict[str, Any], gate: Path) -> list[str]:
    """The gates that measures do not pass, in words.

    A gate file is JSON: ``{"right_and_cited": {"min": 0.9}, "wrongly_declined": {"max": 0.05}}``. What
    could not be measured, for there was no such question, passes.

    Raises:
        UsageError: the file cannot be read, or names a measure that does not exist.
    """
    try:
        gates = json.loads(gate.read_text("utf-8"))
        limits = [(name, limit["min" if "min" in limit else "max"], limit) for name, limit in gates.items()]
    except (OSError, ValueError, AttributeError, TypeError, KeyError) as error:
        raise UsageError(
            f"读不了限值文件 {gate}：{error}",
            '请给出写有限值的 JSON 文件，例如 {"right_and_cited": {"min": 0.9}}',
        ) from error
    failed = []
    for name, _, limit in limits:
        if name not in figures or isinstance(figures[name], dict):
            known = ", ".join(k for k, v in figures.items() if not isinstance(v, dict))
            raise UsageError(f"限值文件里的 {name!r} 不是评测指标", f"可用的指标：{known}")
        value = figures[name]
        if value is None:
            continue
        if "min" in limit and value < limit["min"]:
            failed.append(f"{name} 为 {value}，低于 {limit['min']}")
        if "max" in limit and value > limit["max"]:
            failed.append(f"{name} 为 {value}，高于 {limit['max']}")
    return failed
