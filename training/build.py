"""Build the training groups: python -m training.build OUT STORE [STORE …].

Written into OUT: ``written.jsonl`` and ``selfmade.jsonl`` to train on, ``kept.jsonl`` with the
questions on documents that are kept from training (``training.groups.held_out``), ``places.txt``
with the places that the documents speak of. The documents of the test halves are left out
everywhere: reports of even years, and the documents of test questions in corpus/gold/corpus.jsonl; those
of corpus/gold/more.jsonl are kept too.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Mapping, Sequence, Set
from functools import cache
from pathlib import Path

from policyqa.catalog import Catalog
from policyqa.evidence import Evidence, gather
from policyqa.gold import load_gold
from training.groups import Group, Miner, held_out
from training.selfmade import Maker

DATA = Path(__file__).parent / "data"
CORPUS_GOLD = Path("corpus/gold/corpus.jsonl")
GOLD_ONLY = Path("corpus/gold/more.jsonl")
"""Gold questions on documents in training/documents that are never trained on."""
NEGATIVES = 6


def test_sources(gold: Path) -> set[str]:
    """The documents that test questions are about."""
    return {source for g in load_gold(gold) if g.split == "test" for source, _ in g.evidence}


@cache
def gold_only_sources() -> frozenset[str]:
    """The documents of ``GOLD_ONLY``."""
    return frozenset(source for g in load_gold(GOLD_ONLY) for source, _ in g.evidence)


def is_kept(source: str) -> bool:
    """Whether a document is kept from training, to fit the weights that join the model on."""
    return held_out(source) or source in gold_only_sources()


def training_sources(store: Path, forbidden: Set[str]) -> frozenset[str]:
    """The documents of a store that may be trained on."""
    catalog = Catalog.of(store)
    found = {h["source"] for h in catalog.heads()}
    catalog.close()
    return frozenset(s for s in found - forbidden if not is_test_report(s))


def is_test_report(source: str) -> bool:
    """Whether a source is a work report of the test half, such as ``1998.txt``."""
    year = source.removesuffix(".txt")
    return year.isdigit() and int(year) % 2 == 0


def evidence_of(store: Path, sources: frozenset[str]) -> list[Evidence]:
    """All passages of some documents, made ready."""
    catalog = Catalog.of(store)
    ids = [h["id"] for h in catalog.heads() if h["source"] in sources]
    found = [gather(p) for i in ids for p in catalog.passages_of(i)]
    catalog.close()
    return found


def write(out: Path, files: Mapping[str, Sequence[Group]], places: Set[str]) -> None:
    """Write groups, a file each by its name, and the places that may be exchanged in them."""
    out.mkdir(parents=True, exist_ok=True)
    for name, groups in files.items():
        text = "\n".join(g.as_json() for g in groups) + "\n"
        (out / f"{name}.jsonl").write_text(text, encoding="utf-8")
        pairs = sum(len(g.items) for g in groups)
        print(name, len(groups), "groups", pairs, "pairs", file=sys.stderr)
    (out / "places.txt").write_text("\n".join(sorted(places)) + "\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("stores", type=Path, nargs="+")
    arguments = parser.parse_args()
    forbidden = test_sources(CORPUS_GOLD)
    written: list[Group] = []
    kept: list[Group] = []
    ready: list[Evidence] = []
    places: set[str] = set()
    for store in arguments.stores:
        sources = training_sources(store, forbidden)
        trained = frozenset(s for s in sources if not is_kept(s))
        print(store, len(trained), "documents,", len(sources - trained), "kept", file=sys.stderr)
        miner = Miner(store, NEGATIVES, seed=1)
        written += miner.groups(sorted(DATA.glob("*.jsonl")), trained)
        kept += miner.groups(sorted(DATA.glob("*.jsonl")), sources - trained)
        places |= miner.places()
        miner.close()
        ready += evidence_of(store, trained)
    made = list(Maker(ready, NEGATIVES - 1, seed=2).groups())
    for groups in (made, kept):
        random.Random(3).shuffle(groups)
    write(arguments.out, {"written": written, "kept": kept, "selfmade": made}, places)


if __name__ == "__main__":
    main()
