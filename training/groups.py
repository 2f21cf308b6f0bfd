"""Training groups: a question with one passage that answers and several that do not.

Negatives are mined from search: what stands nearest and does not answer. A question that names no
year, place or agency may be answered by another document too, so its negatives come from its own
document alone.
"""

from __future__ import annotations

import hashlib
import json
import random
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence, Set
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from policyqa.assistant import Assistant
from policyqa.evidence import bare, gather
from policyqa.figures import find_figures
from policyqa.pairs import marked, pair_text, tidy_question
from policyqa.question import understand
from policyqa.schema import Passage
from policyqa.settings import Settings


@dataclass(frozen=True, slots=True)
class Item:
    """A passage of a group: its text with context, where the sentence begins, and the answer in it.

    ``spans`` are the accepted short answers as offsets into ``text``; empty when it does not answer.
    ``mark`` is the figure that is asked about, for the checking model: whether that one ``answers``.
    """

    text: str
    begin: int
    answers: bool
    spans: tuple[tuple[int, int], ...] = ()
    mark: tuple[int, int] | None = None

    def read(self) -> str:
        """The text as a model reads it: with its figure marked, where one is asked about."""
        return marked(self.text, *self.mark) if self.mark else self.text


@dataclass(frozen=True, slots=True)
class Group:
    """A question and its passages."""

    id: str
    question: str
    items: tuple[Item, ...]

    def as_json(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False)


def held_out(source: str) -> bool:
    """Whether a document is kept from training, to fit the weights that join the model: about one in six.

    Whole documents, not questions: where the model knows the document, it is surer than it will be on
    others, and weights fitted there trust it too much.
    """
    return hashlib.sha256(source.encode()).digest()[0] % 5 == 2


def load_groups(path: Path) -> list[Group]:
    """Read a file of groups."""
    groups = []
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        items = tuple(
            Item(
                i["text"],
                i["begin"],
                i["answers"],
                tuple(tuple(s) for s in i["spans"]),
                tuple(i["mark"]) if i.get("mark") else None,
            )
            for i in row["items"]
        )
        groups.append(Group(row["id"], row["question"], items))
    return groups


def names_where(question: str, places: frozenset[str]) -> bool:
    """Whether a question names a year or a place, so that other documents do not answer it by chance."""
    understood = understand(question, date(2000, 1, 1))
    explicit = any(any(c.isdigit() for c in p.text) or "一九" in p.text for p in understood.periods)
    return explicit or any(place in understood.folded for place in places)


def spans_of(text: str, begin: int, short: str) -> tuple[tuple[int, int], ...]:
    """Where a short answer stands in the sentence part of an item's text, blanks aside."""
    wanted = "".join(short.split())
    places = [i for i in range(begin, len(text)) if not text[i].isspace()]
    packed = "".join(text[i] for i in places)
    found = []
    at = packed.find(wanted)
    while wanted and at >= 0:
        found.append((places[at], places[at + len(wanted) - 1] + 1))
        at = packed.find(wanted, at + 1)
    return tuple(found)


def figures_of(item: Item) -> tuple[list[tuple[int, int]], list[int]]:
    """The figures of an item's sentence, as offsets into its text, and which of them are the short answer.

    None are right when the answer holds no figure, or several: then there is nothing to choose, as where
    all figures are written alike.
    """
    sentence = item.text[item.begin :]
    figures = find_figures(sentence) if item.spans else []
    spans = [(item.begin + f.start, item.begin + f.end) for f in figures]
    right = set()
    for start, end in item.spans:
        held = [n for n, (a, b) in enumerate(spans) if start <= a and b <= end]
        if len(held) != 1:
            return spans, []
        right |= set(held)
    return spans, sorted(right) if len({f.text for f in figures}) > 1 else []


def rows_of(files: Sequence[Path], sources: Set[str]) -> Iterator[dict[str, object]]:
    """The written questions in some files whose source is among ``sources``."""
    for file in files:
        for line in file.read_text("utf-8").splitlines():
            row: dict[str, object] = json.loads(line)
            if row["source"] in sources:
                yield row


class Source(ABC):
    """Makes groups of written questions from a store that holds their documents."""

    def __init__(self, store: Path, settings: Settings | None = None) -> None:
        self._assistant = Assistant.open(store, settings)

    def close(self) -> None:
        self._assistant.close()

    def places(self) -> frozenset[str]:
        """The places that the store's documents speak of."""
        return self._assistant.places()

    def groups(self, files: Sequence[Path], sources: Set[str]) -> Iterator[Group]:
        """Groups of the questions in some files whose source is among ``sources``."""
        for row in rows_of(files, sources):
            if group := self._group(row):
                yield group

    @abstractmethod
    def _group(self, row: dict[str, object]) -> Group | None:
        """The group of one question; None when it makes none."""


class Miner(Source):
    """Groups with the passages that answer and those nearest that do not."""

    def __init__(self, store: Path, negatives: int, seed: int) -> None:
        super().__init__(store)
        self._negatives = negatives
        self._random = random.Random(seed)
        self._pairs: dict[str, tuple[str, int]] = {}

    def _group(self, row: dict[str, object]) -> Group | None:
        question = str(row["question"])
        source = str(row["source"])
        answers = [a for a in row.get("answers", []) if isinstance(a, dict)]  # type: ignore[attr-defined]
        _, candidates = self._assistant.candidates(question)
        alone = not names_where(question, self._assistant.places())
        document = self._document(source)
        passages = [c.hit.passage for c in candidates]
        if alone:
            passages = [p for p in passages if p.document.source == source]
        own = self._assistant.passages_of(document)
        right, wrong = [], []
        for passage in own:
            item = self._item(passage, answers)
            if item.answers:
                right.append(item)
        if answers and not right:
            return None
        known = {bare(str(a["sentence"])) for a in answers}
        for passage in passages:
            text = bare(passage.text)
            if text and not any(text in k or k in text for k in known):
                wrong.append(self._item(passage, []))
        if len(wrong) < self._negatives:
            # Few neighbours: fill up with sentences of the same document.
            others = [p for p in own if p.role not in ("head", "tail") and bare(p.text) not in known]
            self._random.shuffle(others)
            wrong += [self._item(p, []) for p in others[: self._negatives - len(wrong)]]
        near, far = wrong[:6], wrong[6:]
        self._random.shuffle(far)
        chosen = (near + far)[: self._negatives]
        items = [*right[:2], *chosen]
        return Group(str(row["id"]), tidy_question(question), tuple(items)) if chosen else None

    def _document(self, source: str) -> str:
        return self._assistant.id_of(source)

    def _item(self, passage: Passage, answers: Sequence[dict[str, object]]) -> Item:
        if passage.id not in self._pairs:
            self._pairs[passage.id] = pair_text(gather(passage))
        text, begin = self._pairs[passage.id]
        own = bare(passage.text)
        spans: list[tuple[int, int]] = []
        for answer in answers:
            sentence = bare(str(answer["sentence"]))
            if own and (own in sentence or sentence in own):
                spans += spans_of(text, begin, str(answer["short"]))
        return Item(text, begin, bool(spans), tuple(dict.fromkeys(spans)))
