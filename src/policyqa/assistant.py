"""The façade: open a store, ask it, search it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from policyqa.answering import Answerer
from policyqa.asked import Asked
from policyqa.convert import in_unit_asked
from policyqa.embed import SentenceEmbeddings
from policyqa.errors import UsageError
from policyqa.findings import Candidate
from policyqa.followup import chosen, place_of, readings
from policyqa.ground import checked
from policyqa.lookup import CANDIDATES
from policyqa.pair_encoder import pair_reader
from policyqa.question import with_years
from policyqa.question_editor import question_editor
from policyqa.schema import Answer, Document, Hit, Passage, Turn
from policyqa.score import default_scorer
from policyqa.settings import Settings
from policyqa.spoken import in_writing
from policyqa.store import Store
from policyqa.suggest import suggestions


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that could not be read: why and what to do, and when (ISO 8601, UTC)."""

    source: str
    error: str
    when: str


READ_ON = 0.7
"""An answer less sure than that gives way to what a question is read to ask of a document as such."""
PLAIN = 0.9
"""How sure an answer to a follow-up must be, that no other meaning of it is tried."""


class Assistant:
    """Answers questions from one store. Safe to use from several threads.

    ``today`` is what 今年 in a question means; it is a function so that a server that runs for
    months stays right.
    """

    def __init__(
        self,
        store: Store,
        settings: Settings,
        today: Callable[[], date] = date.today,
        say: Callable[[str], None] = lambda _: None,
    ) -> None:
        self._store = store
        self._settings = settings
        self._today = today
        pairs = pair_reader(settings, store.embeddings, say)
        scorer = default_scorer(pairs is not None)
        wanted = settings.answer_threshold
        threshold = scorer.threshold if wanted is None else wanted
        editor = question_editor(settings, store.embeddings, say)
        self._answerer = Answerer(store, scorer, pairs, threshold, today, editor)
        self._guard = threading.Lock()
        self._suggested: tuple[str, list[str]] | None = None

    @classmethod
    def open(
        cls,
        store_dir: Path | str | None = None,
        settings: Settings | None = None,
        today: Callable[[], date] = date.today,
        say: Callable[[str], None] = lambda _: None,
    ) -> Assistant:
        """Open a store; the embedding model loads with the first question, or by ``warm``.

        Raises:
            StoreMissing, StoreVersionError, StoreModelMismatch, StoreError: see ``Store``.
        """
        settings = settings or Settings()
        folder = Path(store_dir) if store_dir is not None else settings.store
        return cls(Store(folder, SentenceEmbeddings.from_settings(settings, say), say), settings, today, say)

    def close(self) -> None:
        self._store.close()

    @property
    def threshold(self) -> float:
        """The confidence under which it declines."""
        return self._answerer.threshold

    @property
    def ready(self) -> bool:
        """Whether the model is loaded, so that a question is answered at once."""
        return self._answerer.ready

    def with_threshold(self, threshold: float) -> Assistant:
        """The same store asked with another threshold; closing one closes both."""
        settings = self._settings.model_copy(update={"answer_threshold": threshold})
        return Assistant(self._store, settings, self._today)

    def warm(self) -> None:
        """Load the model now."""
        self._store.embeddings.warm()
        if self._answerer.pairs is not None:
            self._answerer.pairs.warm()
        if self._answerer.editor is not None:
            self._answerer.editor.warm()
        self._answerer.directory()
        self._answerer.ready = True
        self._try_suggestions()

    def ask(
        self,
        question: str,
        history: Sequence[Turn] = (),
        issuer: str | None = None,
        year: int | None = None,
    ) -> Answer:
        """Answer a question from the documents, or say that they do not answer it.

        Args:
            history: the conversation so far, oldest first.
            issuer: only documents of issuers with this name or abbreviation.
            year: only documents dated in this year.

        Raises:
            UsageError: the question is empty or too long.
        """
        begun = time.monotonic()
        text = in_writing(self._accepted(question))
        directory = self._answerer.directory()
        meant = [text]
        if history:
            *earlier, text = (in_writing(said) for said in _picked(text, history))
            answered_for = [place_of(turn.answer) for turn in history]
            places, editor = directory.all_places, self._answerer.editor
            meant = readings(text, earlier, places, self._today(), answered_for, editor)
        result = self._answered(question, meant[0], history, issuer, year, edited=True)
        for other in meant[1:]:
            sure = result.confidence if result.status == "answered" else 0.0
            if sure < PLAIN:
                again = self._answered(question, other, history, issuer, year)
                result = again if again.status == "answered" and again.confidence > sure else result
        return replace(result, question=question.strip(), seconds=round(time.monotonic() - begun, 4))

    def _answered(
        self,
        question: str,
        text: str,
        history: Sequence[Turn],
        issuer: str | None,
        year: int | None,
        edited: bool = False,
    ) -> Answer:
        """The checked answer to a question that was made whole from what was asked before it.

        Args:
            edited: the text reads as one question; by rules a follow-up is set behind what it leans on.
        """
        directory = self._answerer.directory()
        said = self._answerer.said(question, text, history, directory)
        text = text[-self._settings.max_question :]
        counted: tuple[str, ...] = ()
        result = self._answerer.about_last(question, history)
        if result is None:
            result, counted = self._answerer.from_catalog(text, directory, issuer, year)
        if result is None:
            result = self._answerer.first_of_list(text, directory, issuer, year)
        if result is None:
            result = self._answerer.compared(text, directory, issuer, year, edited)
        if result is None:
            result = self._answerer.single(text, directory, issuer, year, said=said)
        if result.status == "not_found" or result.confidence < READ_ON:
            read, found = self._answerer.as_read(question, text, history, directory, issuer, year)
            if read is not None and read.status == "answered":
                result, counted = read, found
        return checked(in_unit_asked(text, result), counted)

    def search(
        self, query: str, k: int = 10, issuer: str | None = None, year: int | None = None
    ) -> list[Hit]:
        """The passages that fit a query best, best first; at most ``k``.

        Raises:
            UsageError: the query is empty or too long, or k is not positive.
        """
        if k < 1:
            raise UsageError(f"k 至少是 1，不能是 {k}", "改成 1 或更大的数")
        _, candidates = self._answerer.candidates(self._accepted(query), max(CANDIDATES, k), issuer, year)
        return [candidate.hit for candidate in candidates[:k]]

    def candidates(self, question: str) -> tuple[Asked, list[Candidate]]:
        """The ranked candidates of a question with all their features, for fitting and for looking."""
        return self._answerer.candidates(in_writing(self._accepted(question)))

    def document(self, document_id: str) -> Document | None:
        """The document of that id, or None."""
        return self._store.catalog.document(document_id)

    def passages_of(self, document_id: str) -> list[Passage]:
        """All passages of a document in reading order."""
        return self._store.catalog.passages_of(document_id)

    def id_of(self, source: str) -> str:
        """The id of the document with this source.

        Raises:
            UsageError: there is none.
        """
        for head in self._answerer.directory().heads:
            if head["source"] == source:
                return str(head["id"])
        raise UsageError(f"没有文件 {source!r}", "先看清单：policyqa documents list")

    def places(self) -> frozenset[str]:
        """The places that the issuers stand for, without suffix."""
        return self._answerer.directory().places

    def documents(self) -> list[Document]:
        """All documents, by source."""
        return list(self._store.catalog.documents())

    def issuers(self) -> list[str]:
        """The issuers of the documents, for a filter."""
        return sorted(self._answerer.directory().issuers)

    def years(self) -> list[int]:
        """The years of the documents, newest first."""
        return sorted({h["year"] for h in self._answerer.directory().heads if h["year"]}, reverse=True)

    def counts(self) -> tuple[int, int]:
        """How many documents and passages there are."""
        return self._store.catalog.counts()

    def failures(self) -> list[Failure]:
        """The files that the last ingest could not read; their last good versions still answer."""
        rows = self._store.catalog.sources()
        return [Failure(row.source, row.error, row.read_at) for row in rows if row.error]

    def suggestions(self, count: int = 6) -> list[str]:
        """Example questions that the documents answer; after ``warm``, only those it answers."""
        with self._store.index() as index:
            name = index.name
        with self._guard:
            if self._suggested is not None and self._suggested[0] == name:
                return list(self._suggested[1][:count])
        return suggestions(self._store.catalog, count)

    def _try_suggestions(self) -> None:
        with self._store.index() as index:
            name = index.name
        sure = [q for q in suggestions(self._store.catalog, 16) if self.ask(q).status == "answered"]
        with self._guard:
            self._suggested = (name, sure)

    # --- how -------------------------------------------------------------------------------

    def _accepted(self, question: str) -> str:
        text = question.strip()
        if not text:
            raise UsageError("问题是空的", "请写出问题，例如：2023年新增了多少家企业？")
        if len(text) > self._settings.max_question:
            raise UsageError(
                f"问题有 {len(text)} 个字，最多 {self._settings.max_question} 个",
                "请缩短，或调高 POLICYQA_MAX_QUESTION",
            )
        return with_years(text)


def _picked(question: str, history: Sequence[Turn]) -> list[str]:
    """The questions of a conversation in order, 第二个呢 replaced by the choice that it picks."""
    said = [*(turn.question for turn in history), question]
    offers = ["", *(turn.answer.text for turn in history)]
    return [chosen(one, offer) or one for one, offer in zip(said, offers, strict=True)]
