"""Build the training groups: python -m training.build STORE_OF_REPORTS STORE_OF_CORPUS OUT.

The documents of the test halves are left out everywhere: reports of even years, and the documents
of test questions in corpus/gold/corpus.jsonl.
"""

from __future__ import annotations

import argparse
import random
import sys
from pathlib import Path

from policyqa.catalog import Catalog
from policyqa.evidence import Evidence, gather
from policyqa.gold import load_gold
from training.groups import Group, Miner
from training.selfmade import Maker

DATA = Path(__file__).parent / "data"
NEGATIVES = 6


def test_sources(gold: Path) -> set[str]:
    """The documents that test questions are about."""
    return {source for g in load_gold(gold) if g.split == "test" for source, _ in g.evidence}


def training_sources(store: Path, forbidden: set[str]) -> frozenset[str]:
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


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("reports", type=Path)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("out", type=Path)
    arguments = parser.parse_args()
    forbidden = test_sources(Path("corpus/gold/corpus.jsonl"))
    arguments.out.mkdir(parents=True, exist_ok=True)
    written: list[Group] = []
    ready: list[Evidence] = []
    for store in (arguments.reports, arguments.corpus):
        sources = training_sources(store, forbidden)
        print(store, len(sources), "documents", file=sys.stderr)
        miner = Miner(store, NEGATIVES, seed=1)
        written += miner.groups(sorted(DATA.glob("*.jsonl")), sources)
        miner.close()
        ready += evidence_of(store, sources)
    made = list(Maker(ready, NEGATIVES - 1, seed=2).groups())
    random.Random(3).shuffle(made)
    for name, groups in (("written", written), ("selfmade", made)):
        text = "\n".join(g.as_json() for g in groups) + "\n"
        (arguments.out / f"{name}.jsonl").write_text(text, encoding="utf-8")
        pairs = sum(len(g.items) for g in groups)
        print(name, len(groups), "groups", pairs, "pairs", file=sys.stderr)


if __name__ == "__main__":
    main()
