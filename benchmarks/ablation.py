"""What each part brings: python -m benchmarks.ablation STORE [--gold FILE] [--split tune] [--part NAME …].

The same questions with one part switched off at a time. Weights are not fitted anew, so that a part's
figure is what its loss costs the product as it is; a system built without it would make up for some.
Confidence shifts when a part is missing, so beside the fixed threshold each row is shown at the
threshold at which it declines as many of the unanswerable questions as the whole does.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np

from policyqa import Assistant, compare, operands, reader, search
from policyqa import assistant as facade
from policyqa.answering import Answerer
from policyqa.evaluate import Result, run
from policyqa.gold import load_gold
from policyqa.index import Index
from policyqa.measures import Level, levels, measures
from policyqa.score import Linear, Scorer
from policyqa.settings import Settings

STEPS = 100
"""Thresholds tried between 0 and 1."""


def _without(scorer: Scorer, *names: str) -> Scorer:
    """The scorer with no weight on some features."""

    def kept(linear: Linear) -> Linear:
        return Linear(linear.bias, {n: w for n, w in linear.weights.items() if n not in names})

    return replace(
        scorer,
        passage=kept(scorer.passage),
        joined=kept(scorer.joined),
        figure=kept(scorer.figure),
        figure_sure=scorer.figure_sure.without(*names),
        passage_sure=scorer.passage_sure.without(*names),
    )


@contextmanager
def _features(asking: Assistant, *names: str) -> Iterator[None]:
    """Features off: neither a weight nor the rule that another year or place is never an answer."""
    original = reader.contradicted
    harmless = dict.fromkeys(names, 0.0)
    with ExitStack() as stack:
        scorer = _without(asking._answerer.scorer, *names)
        stack.enter_context(patch.object(facade, "default_scorer", lambda with_reader: scorer))
        stack.enter_context(patch.object(asking._answerer, "scorer", scorer))
        stack.enter_context(
            patch.object(
                reader,
                "contradicted",
                lambda f: original({**f, **{n: v for n, v in harmless.items() if n in f}}),
            )
        )
        yield


@contextmanager
def _words_lane(asking: Assistant) -> Iterator[None]:
    with patch.object(Index, "lexical", lambda *_: []), patch.object(search, "fused", _dense_alone):
        yield


def _dense_alone(similarity: Sequence[float], overlap: Sequence[float]) -> list[float]:
    return list(similarity)


@contextmanager
def _dense_lane(asking: Assistant) -> Iterator[None]:
    def none(_: Index, vector: Sequence[float], ids: Sequence[str]) -> dict[str, float]:
        return dict.fromkeys(ids, 0.0)

    with (
        patch.object(Index, "dense", lambda *_: []),
        patch.object(Index, "similarities", none),
        _features(asking, "dense", "cos"),
    ):
        yield


@contextmanager
def _context(asking: Assistant) -> Iterator[None]:
    """Vectors of the sentences alone, without issuer, topic and heading in front."""
    passages = [p for d in asking.documents() for p in asking.passages_of(d.id)]
    vectors = asking._answerer.store.embeddings.encode([p.text for p in passages], "passage")
    place = {p.id: number for number, p in enumerate(passages)}
    owner = np.array([p.document.id for p in passages])

    def dense(
        _: Index, vector: Sequence[float], k: int, documents: Sequence[str] | None = None
    ) -> list[tuple[str, float]]:
        scores = vectors @ np.asarray(vector, dtype=np.float32)
        if documents is not None:
            scores = np.where(np.isin(owner, list(documents)), scores, -2)
        best = np.argsort(-scores)[:k]
        return [(passages[i].id, float(scores[i])) for i in best if scores[i] > -2]

    def similarities(_: Index, vector: Sequence[float], ids: Sequence[str]) -> dict[str, float]:
        asked = np.asarray(vector, dtype=np.float32)
        return {i: float(vectors[place[i]] @ asked) for i in ids if i in place}

    with patch.object(Index, "dense", dense), patch.object(Index, "similarities", similarities):
        yield


def _method(name: str, result: Any, of: type = Answerer) -> Callable[[Assistant], Any]:
    """A way to an answer that gives nothing instead."""
    return lambda asking: patch.object(of, name, lambda *_: result)


PARTS: dict[str, Callable[[Assistant], Any]] = {
    "words lane": _words_lane,
    "dense lane": _dense_lane,
    "context in the embedded text": _context,
    "feature: period": lambda a: _features(a, "period", "part", "f_period"),
    "feature: place, issuer": lambda a: _features(a, "place", "issuer", "f_place"),
    "feature: aspect": lambda a: _features(a, "f_aspect"),
    "feature: unit, kind wanted": lambda a: _features(a, "want", "f_unit"),
    "feature: plan or fact": lambda a: _features(a, "plan", "f_plan"),
    "figures (sentences answer)": lambda a: patch.object(reader, "FIGURE_WANTS", ()),
    "follow-ups made whole": lambda a: patch.object(facade, "whole", lambda text, *_: text),
    "comparisons": _method("compared", None),
    "figures of a comparison together": lambda a: patch.object(operands, "_bond", lambda *_: 0.0),
    "two sides of one matter": lambda a: patch.object(compare, "sides_of", lambda *_: None),
    "first of a list": _method("first_of_list", None),
    "names that few documents hold": _method("told_by_few", {}, search.Directory),
    "answers from the catalog": _method("from_catalog", (None, ())),
    "fields of the letterhead": _method("_from_head", None),
}
"""Each part with what switches it off for an assistant."""

_SEARCHED = ("words lane", "dense lane", "context in the embedded text")
"""Parts for which the search is measured too."""


def line(name: str, results: Sequence[Result], declined: float) -> str:
    """A row: without a threshold, at the product's, and at the one that declines as much."""
    found = measures(results)
    curve = levels(results, STEPS)
    alike: Level | None = next((x for x in curve if (x.declined or 0) >= declined), None)
    recall = found["recall_at_5"]
    cells = [
        f"{100 * curve[0].right:.1f}",
        f"{100 * found['right_and_cited']:.1f}",
        f"{100 * found['wrongly_answered']:.1f}",
        f"{100 * found['declined']:.1f}",
        f"{100 * alike.right:.1f}" if alike else "–",
        f"{100 * alike.wrong:.1f}" if alike else "–",
        f"{100 * recall:.1f}" if recall is not None else "",
    ]
    return f"| {name} | " + " | ".join(cells) + " |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("store", type=Path)
    parser.add_argument("--gold", type=Path, default=Path("corpus/gold/corpus.jsonl"))
    parser.add_argument("--split", default="tune", help="tune, test, or an empty text for all")
    parser.add_argument("--part", action="append", choices=[*PARTS], help="only these parts")
    parser.add_argument("--every", type=int, default=1, help="of the questions, one in so many")
    arguments = parser.parse_args()
    gold = [g for g in load_gold(arguments.gold) if arguments.split in ("", g.split)][:: arguments.every]
    asking = Assistant.open(arguments.store, Settings())
    asking.warm()
    print(f"{len(gold)} questions, threshold {asking.threshold}\n")
    columns = (
        "right, T=0",
        "right and cited",
        "wrong",
        "declined",
        "right, declining alike",
        "wrong, so",
        "R@5",
    )
    print("| without | " + " | ".join(columns) + " |")
    print("|---|---|---|---|---|---|---|---|", flush=True)
    whole = run(asking, gold, retrieval=True, offers=True)
    declined = measures(whole)["declined"] or 0.0
    print(line("(nothing)", whole, declined), flush=True)
    for name in arguments.part or PARTS:
        with PARTS[name](asking):
            results = run(asking, gold, retrieval=name in _SEARCHED, offers=True)
        print(line(name, results, declined), flush=True)
    asking.close()


if __name__ == "__main__":
    main()
