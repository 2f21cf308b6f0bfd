"""Check the training questions: python -m training.check STORE [STORE …].

Every answer must stand in its document as written: the sentence in the body, the short answer in the
sentence. No document of a test question may be a source. Exit status 1 when anything is wrong.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from policyqa.catalog import Catalog
from policyqa.evidence import bare
from training.build import CORPUS_GOLD, DATA, gold_only_sources, is_test_report, test_sources

TRAPS = (
    "wrong_year", "wrong_place", "wrong_scope", "wrong_aspect",
    "missing_field", "false_premise", "unreported",
)  # fmt: skip
"""What makes a question unanswerable, as in the gold files."""


def faults(row: Mapping[str, Any], body: str) -> Iterator[str]:
    """What is wrong with one question on a document whose bare body is ``body``."""
    answers = row.get("answers", [])
    if row["status"] == "answered" and not answers:
        yield "is answered by nothing"
    if row["status"] == "not_found" and (answers or row.get("trap") not in TRAPS):
        yield f"must have a trap of {', '.join(TRAPS)} and no answers, not {row.get('trap')!r}"
    for answer in answers:
        sentence, short = bare(answer["sentence"]), bare(answer["short"])
        if not sentence or sentence not in body:
            yield f"its sentence does not stand in the document: {answer['sentence']}"
        elif not short or short not in sentence:
            yield f"its short answer {answer['short']!r} does not stand in the sentence"


def bodies(stores: list[Path]) -> dict[str, str]:
    """The bare body of every document by its source."""
    found = {}
    for store in stores:
        catalog = Catalog.of(store)
        found |= {document.source: bare(document.body) for document in catalog.documents()}
        catalog.close()
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("stores", nargs="+", type=Path)
    arguments = parser.parse_args()
    known = bodies(arguments.stores)
    forbidden = test_sources(CORPUS_GOLD) | gold_only_sources()
    counts: Counter[str] = Counter()
    seen: set[str] = set()
    wrong = 0
    for file in sorted(DATA.glob("*.jsonl")):
        for number, line in enumerate(file.read_text("utf-8").splitlines(), 1):
            row = json.loads(line)
            source = row["source"]
            found = list(faults(row, known[source])) if source in known else [f"has no document {source}"]
            if source in forbidden or is_test_report(source):
                found.append(f"its document {source} is kept from training")
            if row["id"] in seen:
                found.append(f"its id {row['id']} stands twice")
            seen.add(row["id"])
            counts[row["status"]] += 1
            for fault in found:
                wrong += 1
                print(f"{file.name}:{number}: {row['question']}: {fault}")
    print(f"{counts['answered']} answered, {counts['not_found']} not_found, {wrong} faults", file=sys.stderr)
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
