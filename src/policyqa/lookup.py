"""What every way to an answer needs: the store, the weights, the reading model, the day, the directory of the
generation that answers; and a question with its ranked candidates.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from policyqa.asked import Asked, split_badly, term_weights
from policyqa.directory import Directory
from policyqa.findings import NOTHING_SAID, Candidate, Said
from policyqa.pair_encoder import PairReader
from policyqa.papers_asked import Entry
from policyqa.question import Question, joined_words, understand
from policyqa.question_editor import QuestionEditor
from policyqa.ranking import rank
from policyqa.reports import report_named
from policyqa.schema import Document, Hit, Passage
from policyqa.score import Scorer
from policyqa.search import Scope, may_be_name, of_those, scope_of, search
from policyqa.search import term_weights as gram_weights
from policyqa.store import Store
from policyqa.synonyms import written_out
from policyqa.text import fold

CANDIDATES = 40
"""How many hits are ranked for one question."""


RARE = 0.6
"""How much a word weighs at least that may stand for the few documents that hold it."""


class Lookup:
    """Finds what may answer a question. Safe to use from several threads.

    Args:
        pairs: the reading model; None without one.
        threshold: the confidence under which it declines.
        today: what 今年 in a question means.
        editor: the question editing model; None without one.
    """

    def __init__(
        self,
        store: Store,
        scorer: Scorer,
        pairs: PairReader | None,
        threshold: float,
        today: Callable[[], date],
        editor: QuestionEditor | None = None,
    ) -> None:
        self.store = store
        self.scorer = scorer
        self.pairs = pairs
        self.editor = editor
        self.threshold = threshold
        self.ready = False
        """Whether the embedding model has answered once."""
        self._today = today
        self._guard = threading.Lock()
        self._directory: tuple[str, Directory] | None = None
        self._entries: tuple[str, tuple[Entry, ...]] | None = None

    def understood(self, text: str, directory: Directory) -> Question:
        names = directory.names_in(fold(text))
        of = report_named(text)
        titled = directory.reports(of.given.year) if of is not None else ()
        if of is None or not titled:
            return understand(text, self._today(), names)
        return replace(understand(of.rest, of.given, names), titled=titled)

    def directory(self) -> Directory:
        """The directory of the live generation; read again when an ingest has published another."""
        with self.store.index() as index:
            name = index.name
        with self._guard:
            if self._directory is None or self._directory[0] != name:
                self._directory = (name, Directory(self.store.catalog))
            return self._directory[1]

    def _vectors(self, texts: Sequence[str]) -> list[list[float]]:
        """The vectors of questions, their abbreviations written out."""
        found = self.store.embeddings.encode([written_out(text) for text in texts], "query")
        return [vector.tolist() for vector in found]

    def searched(
        self,
        question: Question,
        scope: Scope,
        directory: Directory,
        k: int,
        vector: Sequence[float] | None = None,
    ) -> tuple[Asked, list[tuple[Hit, float]]]:
        if vector is None:
            vector = self._vectors([question.text])[0]
        self.ready = True
        with self.store.index() as index:
            frequency, total = index.document_frequency, index.description.passages
            terms = term_weights(question, frequency, total)
            weights = gram_weights(question.folded, frequency, total)
            names = [n for n in joined_words(question.folded, scope.places) if may_be_name(n, frequency)]
        rare = [term for term, weight in terms.items() if RARE <= weight < 1.0 and not split_badly(term)]
        told = directory.told_by_few([*rare, *names, *directory.persons_in(question.folded)])
        hits = search(question, vector, self.store, of_those(scope, told), k)
        with self.store.index() as index:
            cosines = index.similarities(vector, [hit.passage.id for hit in hits]) if hits else {}
        asked = Asked(
            question,
            terms,
            weights,
            scope.places,
            scope.strangers,
            scope.issuers,
            directory.places,
            told,
            directory.adopted,
        )
        return asked, [(hit, cosines[hit.passage.id]) for hit in hits if hit.passage.id in cosines]

    def _ranked(
        self,
        text: str,
        directory: Directory,
        issuer: str | None,
        year: int | None,
        vector: Sequence[float] | None = None,
        count: int = CANDIDATES,
        said: Said = NOTHING_SAID,
    ) -> tuple[Asked, list[Candidate], Scope]:
        """A question with its ranked candidates, and in which documents they were looked for."""
        understood = self.understood(text, directory)
        scope = scope_of(understood, directory, issuer, year)
        if scope.documents is None:
            scope = replace(scope, about=tuple(sorted(said.documents)))
        asked, hits = self.searched(understood, scope, directory, count, vector)
        if self.pairs is not None:
            asked = replace(asked, check=self.pairs.check)
        return asked, rank(asked, hits, self.scorer, self.pairs), scope

    def candidates(
        self, text: str, count: int = CANDIDATES, issuer: str | None = None, year: int | None = None
    ) -> tuple[Asked, list[Candidate]]:
        """The ranked candidates of a question with all their features."""
        asked, ranked, _ = self._ranked(text, self.directory(), issuer, year, count=count)
        return asked, ranked

    def document(self, document_id: str) -> Document | None:
        """The document of that id, or None."""
        return self.store.catalog.document(document_id)

    def passages_of(self, document_id: str) -> list[Passage]:
        """All passages of a document in reading order."""
        return self.store.catalog.passages_of(document_id)
