"""Measure reading models on the documents kept from training: python -m training.measure GROUPS_DIR READER….

Prints one JSON object a model: share of questions whose answering passage comes first and its mean
reciprocal rank, share of short answers met exactly and their character F1, share of sentences of several
figures in which the right one is picked, how well the best score of a group tells answerable from
unanswerable (area under the curve), and milliseconds a pair.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from policyqa.embed import SentenceEmbeddings
from policyqa.pair_encoder import PairReader, Reading
from training.groups import Group, figures_of, load_groups


def character_f1(said: str, wanted: str) -> float:
    """The F1 of the characters two texts share, 0..1.

    >>> character_f1("36家", "36家企业")
    0.75
    """
    shared = sum((Counter(said) & Counter(wanted)).values())
    return 2 * shared / (len(said) + len(wanted)) if shared else 0.0


def area(good: Sequence[float], bad: Sequence[float]) -> float:
    """The share of pairs of a good and a bad one in which the good one is higher; ties count half.

    It is nan where there are none.

    >>> area([2.0, 1.0], [0.0, 1.0])
    0.875
    """
    if not good or not bad:
        return float("nan")  # nothing to tell apart
    won = sum((g > b) + 0.5 * (g == b) for g in good for b in bad)
    return won / (len(good) * len(bad))


def measured(reader: PairReader, groups: Sequence[Group]) -> dict[str, float]:
    """The measures of one model over some groups."""
    first = ranks = exact = shared = picked = 0.0
    located = answerable = pairs = choices = 0
    best: dict[bool, list[float]] = {True: [], False: []}
    begun = time.perf_counter()
    for group in groups:
        readings = reader.read(group.question, [(i.read(), i.begin) for i in group.items])
        pairs += len(readings)
        order = sorted(range(len(readings)), key=lambda n: -readings[n].score)
        right = [n for n in order if group.items[n].answers]
        best[bool(right)].append(readings[order[0]].score)
        if not right:
            continue
        answerable += 1
        rank = order.index(right[0]) + 1
        first += rank == 1
        ranks += 1 / rank
        item = group.items[right[0]]
        if item.spans:
            located += 1
            said = _said(item.text, item.begin, readings[right[0]])
            wanted = [item.text[a:b] for a, b in item.spans]
            exact += said in wanted
            shared += max(character_f1(said, one) for one in wanted)
        figures, meant = figures_of(item)
        if meant:
            choices += 1
            odds = [readings[right[0]].of(a - item.begin, b - item.begin) for a, b in figures]
            picked += odds.index(max(odds)) in meant
    seconds = time.perf_counter() - begun
    return {
        "questions": len(groups),
        "right_first": round(first / answerable, 4),
        "mrr": round(ranks / answerable, 4),
        "short_exact": round(exact / located, 4) if located else 0.0,
        "short_f1": round(shared / located, 4) if located else 0.0,
        "figure_picked": round(picked / choices, 4) if choices else 0.0,
        "auc": round(area(best[True], best[False]), 4),
        "ms_a_pair": round(1000 * seconds / pairs, 2),
    }


def _said(text: str, begin: int, reading: Reading) -> str:
    return text[begin:][slice(*reading.span)] if reading.span else ""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("readers", type=Path, nargs="+")
    parser.add_argument("--every", type=int, default=1, help="of the questions, one in so many")
    arguments = parser.parse_args()
    groups = load_groups(arguments.data / "kept.jsonl")
    embeddings = SentenceEmbeddings()
    for file in arguments.readers:
        reader = PairReader(file, embeddings.transformer)
        reader.warm()
        print(json.dumps({"reader": file.name, **measured(reader, groups[:: arguments.every])}), flush=True)


if __name__ == "__main__":
    main()
