"""Build the groups of the checking model: python -m training.marked OUT STORE [STORE …].

A question for a figure with figures that are marked, each in its sentence: the one that is the answer,
others of the same sentence, and the likeliest ones of sentences that do not answer. Any other question with
sentences that are marked as a whole: those that answer, and the likeliest that do not. Written as
``training.build`` writes its groups, from the same documents; the reading model is not needed.
``selfmade.jsonl`` holds groups of ``training.selfmarked`` that set figures of a sentence against each other.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from policyqa.asked import Asked
from policyqa.content import can_answer
from policyqa.evidence import Evidence, bare, gather
from policyqa.findings import Candidate
from policyqa.match import figure_features
from policyqa.pairs import pair_text, tidy_question
from policyqa.reader import FIGURE_WANTS
from policyqa.schema import Figure, Passage
from policyqa.score import Scorer, default_scorer
from policyqa.settings import Settings
from training.build import CORPUS_GOLD, DATA, evidence_of, is_kept, test_sources, training_sources, write
from training.groups import Group, Item, Source, names_where
from training.selfmarked import FigureMaker

NEAREST = 14
"""In how many of the best passages figures are looked for."""
BESIDE = 2
"""How many other figures of the sentence that answers."""
ELSEWHERE = 3
"""How many figures of sentences that do not answer, the likeliest of each."""

Scored = tuple[float, Evidence, Figure]


class Marker(Source):
    """Groups of marked figures, for questions that ask for one, else of sentences; no model is read with."""

    def __init__(self, store: Path) -> None:
        super().__init__(store, Settings(reader="off"))
        self._scorer: Scorer = default_scorer(False)

    def _group(self, row: dict[str, object]) -> Group | None:
        text, source = str(row["question"]), str(row["source"])
        answers = [a for a in row.get("answers", []) if isinstance(a, dict)]  # type: ignore[attr-defined]
        asked, candidates = self._assistant.candidates(text)
        question = asked.question
        if question.parts:
            return None
        if not names_where(text, self._assistant.places()):
            candidates = [c for c in candidates if c.hit.passage.document.source == source]
        spoken = tidy_question(question.text, question.asked_on)
        if question.want not in FIGURE_WANTS:
            items = self._sentences(asked, candidates, source, answers)
            return Group(str(row["id"]), spoken, tuple(items)) if items else None
        right, beside, elsewhere = self._figures(asked, candidates[:NEAREST], source, answers)
        # Two wordings that are both held to be the answer: none is surely right.
        if answers and len({figure.text for _, _, figure in right}) != 1:
            return None
        rest = ELSEWHERE - 1 if beside and answers else ELSEWHERE
        chosen = [(*one, True) for one in right[:1]]
        chosen += [(*one, False) for one in (*_best(beside)[:BESIDE], *_best(elsewhere)[:rest])]
        items = [_item(asked, evidence, figure, answers) for _, evidence, figure, answers in chosen]
        if not items:
            return None
        return Group(str(row["id"]), spoken, tuple(items))

    def _sentences(
        self, asked: Asked, candidates: Sequence[Candidate], source: str, answers: Sequence[dict[str, object]]
    ) -> list[Item]:
        """The sentences that answer, at most two, and the likeliest that do not."""
        is_answer = answering(source, answers)
        able = [c.evidence for c in candidates if can_answer(asked.question, c.hit.passage)]
        own = self._assistant.passages_of(self._assistant.id_of(source)) if answers else ()
        right = [gather(p) for p in own if is_answer(p)][:2]
        if answers and not right:
            return []
        wrong = [e for e in able if not is_answer(e.passage)][:ELSEWHERE]
        return [_sentence(asked, e, True) for e in right] + [_sentence(asked, e, False) for e in wrong]

    def _figures(
        self, asked: Asked, candidates: Sequence[Candidate], source: str, answers: Sequence[dict[str, object]]
    ) -> tuple[list[Scored], list[Scored], list[Scored]]:
        """The figures that answer, those beside them, and the likeliest one of each other sentence."""
        is_answer = answering(source, answers)
        shorts = ["".join(str(a["short"]).split()) for a in answers]
        found = [(c.evidence, c.score) for c in candidates]

        if answers and not any(is_answer(evidence.passage) for evidence, _ in found):
            own = self._assistant.passages_of(self._assistant.id_of(source))
            found += [(evidence, 0.0) for evidence in map(gather, own) if is_answer(evidence.passage)]
        right: list[Scored] = []
        beside: list[Scored] = []
        elsewhere: list[Scored] = []
        for evidence, score in found:
            here = is_answer(evidence.passage)
            likeliest: list[Scored] = []
            figures = evidence.dates if asked.question.want == "date" else evidence.figures
            for figure in figures:
                features = figure_features(asked, evidence, figure)
                if features["f_unit"] <= -1.0:
                    continue
                one = (self._scorer.figure({**features, "passage": score}), evidence, figure)
                said = "".join(figure.text.split())
                if here:
                    (right if any(said in s or s in said for s in shorts) else beside).append(one)
                elif not any(said in s for s in shorts):
                    likeliest.append(one)
            elsewhere += _best(likeliest)[:1]
        return right, beside, elsewhere


def answering(source: str, answers: Sequence[dict[str, object]]) -> Callable[[Passage], bool]:
    """Tells whether a passage is one of the answering sentences of a document, or holds or is held by one."""
    known = [bare(str(a["sentence"])) for a in answers]

    def is_answer(passage: Passage) -> bool:
        own = bare(passage.text)
        here = passage.document.source == source
        return here and bool(own) and any(own in k or k in own for k in known)

    return is_answer


def _best(scored: Sequence[Scored]) -> list[Scored]:
    return sorted(scored, key=lambda one: -one[0])


def _item(asked: Asked, evidence: Evidence, figure: Figure, answers: bool) -> Item:
    text, begin = pair_text(evidence, asked.told_in(evidence.passage.document.id))
    return Item(text, begin, answers, mark=(begin + figure.start, begin + figure.end))


def _sentence(asked: Asked, evidence: Evidence, answers: bool) -> Item:
    text, begin = pair_text(evidence, asked.told_in(evidence.passage.document.id))
    return Item(text, begin, answers, mark=(begin, len(text)))


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
        ready += evidence_of(store, frozenset(s for s in sources if not is_kept(s)))
        marker = Marker(store)
        for groups, some in ((written, False), (kept, True)):
            wanted = {s for s in sources if is_kept(s) == some}
            groups += marker.groups(sorted(DATA.glob("*.jsonl")), wanted)
        places |= marker.places()
        marker.close()
        print(store, len(written), "groups,", len(kept), "kept", file=sys.stderr)
    made = [g for g in FigureMaker(ready, negatives=0, seed=4).groups() if len(g.items) > 2]
    for groups in (made, kept):
        random.Random(3).shuffle(groups)
    write(arguments.out, {"written": written, "kept": kept, "selfmade": made}, places)


if __name__ == "__main__":
    main()
