"""Train the model that tells what of a document a question asks for: python -m training.intents OUT.

From ``training/intents/*.jsonl`` and, as examples that ask for nothing of the kind, questions of
``training/data``. Prints how often it is right on each file when trained on the others, then trains on all.
A multinomial logistic function (scikit-learn) over ``policyqa.intents.features``.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from policyqa.embed import SentenceEmbeddings
from policyqa.intents import CATALOG, NOTHING, asked_for, features, write
from policyqa.letter_fields import FIELDS
from policyqa.question import content_terms
from policyqa.settings import Settings
from policyqa.synonyms import written_out
from policyqa.text import fold

WRITTEN = Path(__file__).parent / "intents"
DATA = Path(__file__).parent / "data"
NAMES = (*(field.name for field in FIELDS), *CATALOG)
OTHERS = 3000
"""How many ordinary questions are added, which ask for nothing of a document as such."""
OWN = 0.45
"""Of the questions that have a word the share that ask for documents as such, for it to be one of asking."""
C = 120.0
"""How little the weights are held down."""

Array = np.ndarray[Any, Any]


def examples() -> list[tuple[str, str, frozenset[str]]]:
    """The questions: which file they are of, the text, what is asked for."""
    found = []
    for file in sorted(WRITTEN.glob("*.jsonl")):
        for line in file.read_text("utf-8").splitlines():
            row = json.loads(line)
            found.append((file.stem, str(row["question"]), frozenset(row["ask"]) & frozenset(NAMES)))
    others = [
        str(row["question"])
        for file in sorted(DATA.glob("[u-z]*.jsonl"))
        for row in map(json.loads, file.read_text("utf-8").splitlines())
        if row["kind"] not in ("who", "agency", "date", "title")
    ]
    return found + [("", question, frozenset()) for question in random.Random(0).sample(others, OTHERS)]


def fitted(x: Array, asked: Sequence[frozenset[str]]) -> tuple[list[str], Array, Array]:
    """The intents, weights with a column for each, and biases; who asks for two is an example of both."""
    from sklearn.linear_model import LogisticRegression

    told = [(row, name) for row, names in enumerate(asked) for name in sorted(names or {NOTHING})]
    model = LogisticRegression(C=C, max_iter=400).fit(x[[row for row, _ in told]], [name for _, name in told])
    return list(model.classes_), model.coef_.T, model.intercept_


def asking_words(rows: Sequence[tuple[str, str, frozenset[str]]]) -> list[str]:
    """The words with which people ask for documents as such (库里, 挨个, 回过) and for little else."""
    among: Counter[str] = Counter()
    elsewhere: Counter[str] = Counter()
    for _, text, asked in rows:
        (among if asked & set(CATALOG) else elsewhere).update(set(content_terms(fold(text))))
    return sorted(t for t, n in among.items() if n >= 2 and n / (n + elsewhere[t]) >= OWN)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    arguments = parser.parse_args()
    rows = examples()
    embeddings = SentenceEmbeddings.from_settings(Settings())
    vectors = embeddings.encode([written_out(text) for _, text, _ in rows], "query")
    x = np.stack([features(text, vector) for (_, text, _), vector in zip(rows, vectors, strict=True)])
    asked = [one for _, _, one in rows]
    files = sorted({file for file, _, _ in rows if file})
    right = wrong = silent = counted = idle = alarms = 0
    for file in files:
        rest = [i for i, row in enumerate(rows) if row[0] != file]
        write(arguments.out, *fitted(x[rest], [asked[i] for i in rest]), [])
        for i in (i for i, row in enumerate(rows) if row[0] == file):
            found = frozenset(asked_for(rows[i][1], vectors[i], arguments.out))
            counted += bool(asked[i])
            idle += not asked[i]
            right += bool(asked[i]) and found == asked[i]
            silent += bool(asked[i]) and not found
            wrong += bool(asked[i]) and bool(found - asked[i])
            alarms += not asked[i] and bool(found)
    print(
        f"{counted} that ask: {right / counted:.3f} right, {silent / counted:.3f} silent, "
        f"{wrong / counted:.3f} with another; {idle} that do not: {alarms / idle:.3f} taken for one",
        file=sys.stderr,
    )
    write(arguments.out, *fitted(x, asked), asking_words(rows))


if __name__ == "__main__":
    main()
