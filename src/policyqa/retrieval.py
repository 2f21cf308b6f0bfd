"""Measures of retrieval, by ir-measures: how far up a search shows the evidence of a question.

What is to be found are the pieces of evidence of a gold question, each once: a piece that lies across
two passages is found with the first of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib.util import find_spec

from policyqa.errors import UsageError
from policyqa.evidence import bare
from policyqa.gold import Gold
from policyqa.schema import Passage

NAMES = {
    "recall_at_1": "R@1", "recall_at_5": "R@5", "recall_at_10": "R@10", "recall_at_20": "R@20",
    "mrr_at_10": "RR@10", "ndcg_at_10": "nDCG@10",
}  # fmt: skip
"""Our names of the measures, and those of ir-measures."""

_PIECE = "evidence-"


def available() -> bool:
    """Whether ir-measures is installed."""
    return find_spec("ir_measures") is not None


def found_in(gold: Gold, passages: Sequence[Passage]) -> tuple[str, ...]:
    """What stands at each place of a search: a piece of evidence, or the id of some other passage."""
    ranks: list[str] = []
    for passage in passages:
        text = bare(passage.text)
        piece = next(
            (
                f"{_PIECE}{number}"
                for number, (source, quote) in enumerate(gold.evidence)
                if f"{_PIECE}{number}" not in ranks
                and source == passage.document.source
                and text
                and (bare(quote) in text or text in bare(quote))
            ),
            passage.id,
        )
        ranks.append(piece)
    return tuple(ranks)


def measured(searches: Mapping[str, tuple[int, Sequence[str]]]) -> dict[str, dict[str, float]]:
    """The measures of each search.

    Args:
        searches: by the question's id, how many pieces of evidence there are and what ``found_in`` gave.

    Returns:
        By the question's id: ``{"recall_at_5": 1.0, …}``, the names of ``NAMES``.

    Raises:
        UsageError: ir-measures is not installed.
    """
    try:
        import ir_measures
    except ImportError as error:
        raise UsageError("检索指标需要 ir-measures", "请安装：pip install 'policyqa[report]'") from error
    wanted = {ir_measures.parse_measure(theirs): ours for ours, theirs in NAMES.items()}
    sought = [
        ir_measures.Qrel(question, f"{_PIECE}{number}", 1)
        for question, (pieces, _) in searches.items()
        for number in range(pieces)
    ]
    run = [
        ir_measures.ScoredDoc(question, place, -float(rank))
        for question, (_, ranks) in searches.items()
        for rank, place in enumerate(dict.fromkeys(ranks))
    ]
    found = {question: dict.fromkeys(NAMES, 0.0) for question in searches}
    for metric in ir_measures.iter_calc(list(wanted), sought, run):
        found[metric.query_id][wanted[metric.measure]] = metric.value
    return found
