"""Build groups of the checking model against what is answered wrongly: python -m training.mined OUT STORE.

A question with the figures, or sentences, that both models hold to be likeliest and that do not answer it,
beside the one that does where there is one. More than half of the questions have no answer: what is found for
those is what the checking model is for. Written as ``training.marked`` writes its groups; the models must be
there.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Sequence
from pathlib import Path

from policyqa.asked import Asked
from policyqa.findings import Finding
from policyqa.pairs import pair_text, tidy_question
from policyqa.ranking import in_their_words
from policyqa.reader import FIGURE_WANTS, options
from policyqa.score import default_scorer
from policyqa.settings import Settings
from training.build import CORPUS_GOLD, DATA, is_kept, test_sources, training_sources, write
from training.groups import Group, Item, Source, names_where, rows_of
from training.marked import answering

FOUND = 10
"""How many of the likeliest are looked at."""
WRONG = 3
"""How many that do not answer are taken: those that the checking model is surest of."""
UNANSWERED = 0.55
"""Of the questions the share that nothing answers."""


class Adversary(Source):
    """Groups of what both models would answer wrongly."""

    def __init__(self, store: Path) -> None:
        super().__init__(store, Settings(reader="on"))
        self._scorer = default_scorer(True)

    def sampled(self, files: Sequence[Path], sources: frozenset[str], count: int, seed: int) -> list[Group]:
        """Groups of some questions that name a place or a year, drawn at random."""
        rows = [
            row
            for row in rows_of(files, sources)
            if names_where(str(row["question"]), self._assistant.places())
        ]
        random.Random(seed).shuffle(rows)
        without = [row for row in rows if row["status"] != "answered"][: int(count * UNANSWERED)]
        answered = [row for row in rows if row["status"] == "answered"][: count - len(without)]
        return [group for row in [*without, *answered] if (group := self._group(row))]

    def _group(self, row: dict[str, object]) -> Group | None:
        asked, candidates = self._assistant.candidates(str(row["question"]))
        question = asked.question
        if question.parts:
            return None
        answers = [a for a in row.get("answers", []) if isinstance(a, dict)]  # type: ignore[attr-defined]
        here = answering(str(row["source"]), answers)
        shorts = ["".join(str(a["short"]).split()) for a in answers]
        right: list[Finding] = []
        wrong: list[Finding] = []
        for found in options(asked, candidates, self._scorer, FOUND):
            if question.want not in FIGURE_WANTS:
                (right if here(found.candidate.hit.passage) else wrong).append(found)
            elif found.figure is not None:
                said = "".join(found.figure.text.split())
                same = any(said in short or short in said for short in shorts)
                if same and here(found.candidate.hit.passage):
                    right.append(found)
                elif not same:
                    wrong.append(found)
        if answers and len({f.figure.text if f.figure else "" for f in right}) != 1:
            return None
        items = [_item(asked, found, True) for found in right[:1]]
        items += [_item(asked, found, False) for found in self._surest(asked, wrong)]
        if not items:
            return None
        return Group(str(row["id"]), tidy_question(question.text, question.asked_on), tuple(items))

    def _surest(self, asked: Asked, wrong: Sequence[Finding]) -> list[Finding]:
        """Those of the wrong ones that the checking model is surest of."""
        if asked.check is None or not wrong:
            return list(wrong[:WRONG])
        said = in_their_words(asked, asked.question.text, [found.candidate for found in wrong])
        items = [_item(asked, found, False) for found in wrong]
        marks = asked.check(
            tidy_question(said, asked.question.asked_on, asked.places), [item.read() for item in items]
        )
        ranked = sorted(zip(marks, wrong, strict=True), key=lambda one: -one[0])
        return [found for _, found in ranked[:WRONG]]


def _item(asked: Asked, found: Finding, answers: bool) -> Item:
    text, begin = pair_text(found.candidate.evidence, asked.told_in(found.candidate.hit.passage.document.id))
    figure = found.figure
    mark = (begin + figure.start, begin + figure.end) if figure else (begin, len(text))
    return Item(text, begin, answers, mark=mark)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("store", type=Path)
    parser.add_argument("--count", type=int, default=1700, help="of questions")
    arguments = parser.parse_args()
    sources = training_sources(arguments.store, test_sources(CORPUS_GOLD))
    adversary = Adversary(arguments.store)
    files = sorted(DATA.glob("*.jsonl"))
    trained = frozenset(s for s in sources if not is_kept(s))
    written = adversary.sampled(files, trained, arguments.count, seed=11)
    kept = adversary.sampled(files, sources - trained, arguments.count // 20, seed=12)
    places = set(adversary.places())
    adversary.close()
    print(len(written), "groups,", len(kept), "kept", file=sys.stderr)
    write(arguments.out, {"written": written, "kept": kept, "selfmade": []}, places)


if __name__ == "__main__":
    main()
