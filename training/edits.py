"""The questions that the question editing model is trained on, as tags of characters.

``training/edits/d*.jsonl`` hold questions with the single questions that they are taken apart into,
``f*.jsonl`` follow-ups with what they are when made whole. Both were written so that only characters are
deleted; which ones is worked out here: in as few runs as possible.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from policyqa.question import words
from policyqa.question_editor import DROPPED, GAP, SHARED, TASKS, bare

EDITS = Path(__file__).parent / "edits"
IGNORED = -100
"""Tag of a character that stands in some of the parts: it is not learned."""


@dataclass(frozen=True, slots=True)
class Edit:
    """One example. ``followed``: how many characters of ``text`` belong to the question before.

    Of a question taken apart ``task`` is its number and ``tags`` one for each character; of a follow-up
    ``task`` is None, ``tags`` 1 for what is kept, and ``at`` the character before which it is put.
    """

    text: str
    followed: int
    tags: tuple[int, ...]
    task: int | None = None
    at: int = 0


def kept(text: str, piece: str) -> list[int] | None:
    """Which characters of a text make a piece of it, in as few runs as possible; None when it is none.

    Runs that begin or end within a word are avoided, within a number almost always.

    >>> kept("多多少", "多少"), kept("甲和乙差多少", "甲多少"), kept("甲", "乙")
    ([1, 2], [0, 4, 5], None)
    >>> kept("2023年比2022年多几家", "2022年几家")
    [6, 7, 8, 9, 10, 12, 13]
    """
    if not piece:
        return []
    cut = _cuts(text)
    # best[i]: the least cost with the last character so far at i, and which ones.
    best: dict[int, tuple[float, tuple[int, ...]]] = {}
    for number, wanted in enumerate(piece):
        now: dict[int, tuple[float, tuple[int, ...]]] = {}
        nearest: tuple[float, tuple[int, ...]] | None = None
        for i, character in enumerate(text):
            if i and (i - 1) in best:
                cost, chosen = best[i - 1]
                if nearest is None or cost + cut[i] <= nearest[0]:
                    nearest = (cost + cut[i], chosen)
            if character != wanted:
                continue
            if number == 0:
                now[i] = (1 + cut[i], (i,))
                continue
            options = [(nearest[0] + 1 + cut[i], nearest[1])] if nearest else []
            if i - 1 in best:
                options.append(best[i - 1])
            if options:
                cost, chosen = min(options, key=lambda option: option[0])
                now[i] = (cost, (*chosen, i))
        best = now
    ended = [(cost + cut[chosen[-1] + 1], chosen) for cost, chosen in best.values()]
    return list(min(ended, key=lambda one: one[0])[1]) if ended else None


@lru_cache(maxsize=256)
def _cuts(text: str) -> tuple[float, ...]:
    """What it costs to cut a text before each of its characters, and at its end: most within a number."""
    costs = [0.0] * (len(text) + 1)
    at = 0
    for word in words(text):
        at = text.index(word, at)
        for inside in range(at + 1, at + len(word)):
            costs[inside] = _IN_WORD
        at += len(word)
    for number in re.finditer(r"\d+", text):
        for inside in range(number.start() + 1, number.end()):
            costs[inside] = _IN_NUMBER
    return tuple(costs)


_IN_WORD, _IN_NUMBER = 0.3, 5.0


def apart(row: Mapping[str, Any]) -> Edit | None:
    """The tags of a question that is taken apart; None when its parts are not made by deleting alone."""
    text = bare(row["question"])
    task = TASKS.index(row["operation"])
    if not row["parts"]:
        return Edit(text, 0, (DROPPED,) * len(text), task)
    held = [kept(text, bare(part["question"])) for part in row["parts"]]
    if any(one is None for one in held):
        return None
    sets = [set(one or ()) for one in held]
    first = []
    for number, own in enumerate(sets):
        only = own - set().union(*(other for i, other in enumerate(sets) if i != number))
        if not only:
            return None
        first.append((min(only), number))
    tag_of = {number: tag for tag, (_, number) in enumerate(sorted(first), 2)}
    tags = []
    for i in range(len(text)):
        holding = [number for number, own in enumerate(sets) if i in own]
        many = SHARED if len(holding) == len(sets) else IGNORED
        tags.append(DROPPED if not holding else tag_of[holding[0]] if len(holding) == 1 else many)
    return Edit(text, 0, tuple(tags), task)


def whole(row: Mapping[str, Any]) -> Edit | None:
    """Which characters a follow-up and the question before it keep; None when it is not made so."""
    before, question, made = bare(row["before"]), bare(row["question"]), bare(row["whole"])
    of = lru_cache(maxsize=None)(kept)
    found: tuple[float, int, list[int]] | None = None
    for at in range(len(before) + 1):
        for first in range(_beginning(before[:at], made) + 1):
            rest = len(made) - first
            for last in range(
                max(0, rest - len(question)), min(rest, _beginning(before[at:][::-1], made[::-1])) + 1
            ):
                end = len(made) - last
                pieces = (
                    of(before[:at], made[:first]),
                    of(question, made[first:end]),
                    of(before[at:], made[end:]),
                )
                if any(piece is None for piece in pieces):
                    continue
                head, own, tail = (piece or [] for piece in pieces)
                # In few runs, as much as can be from the follow-up, which is put where something was kept.
                cost = _runs(head) + _runs(own) + _runs(tail) - 0.02 * len(own)
                cost += 0.1 if head and head[-1] != at - 1 else 0.0
                if found is None or cost < found[0]:
                    places = [*head, *(at + i for i in tail), *(len(before) + 1 + i for i in own)]
                    found = (cost, at if head or tail else len(before), places)
    if found is None:
        return None
    text = f"{before}{GAP}{question}"
    held = set(found[2])
    return Edit(text, len(before) + 1, tuple(int(i in held) for i in range(len(text))), None, found[1])


def _beginning(text: str, made: str) -> int:
    """How much of ``made``, from its beginning, characters of ``text`` in their order can make."""
    count = 0
    for character in text:
        if count < len(made) and character == made[count]:
            count += 1
    return count


def _runs(places: Sequence[int]) -> int:
    return sum(i == 0 or places[i] != places[i - 1] + 1 for i in range(len(places)))


def rows(pattern: str) -> Iterator[dict[str, Any]]:
    """The examples of the files that a pattern names, in their order."""
    for file in sorted(EDITS.glob(pattern)):
        for line in file.read_text("utf-8").splitlines():
            yield json.loads(line)


def single(questions: Path, count: int, seed: int) -> list[Edit]:
    """Single questions of the reading model's training files: nothing to be taken apart."""
    texts = []
    for file in sorted(questions.glob("*.jsonl")):
        texts += [bare(json.loads(line)["question"]) for line in file.read_text("utf-8").splitlines()]
    chosen = random.Random(seed).sample(sorted(set(texts)), min(count, len(set(texts))))
    return [Edit(text, 0, (DROPPED,) * len(text), 0) for text in chosen]
