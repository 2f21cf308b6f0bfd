"""Train the word vectors: python -m training.word_vectors OUT.npz STORE [STORE …].

What word of a passage means the same as a word of the question (工资 for 血汗钱, 患者 for 病人), told by
static vectors of words: a linear map of the encoder's vector of the word, without the directions that all
words share, and a correction for each word, trained so that the sentence that answers holds, for each word of
the question, a nearer word than other sentences do (late interaction).

The questions are those of training/data on documents that the reading model is trained on; how well the
answering sentence is found among its document's is printed for those that are kept from training.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from policyqa.embed import SentenceEmbeddings
from policyqa.question import words
from policyqa.settings import Settings
from policyqa.synonyms import groups as synonym_groups
from policyqa.text import fold
from policyqa.word_vectors import write
from training.build import CORPUS_GOLD, DATA, evidence_of, is_kept, test_sources, training_sources

Array = np.ndarray[Any, Any]
WORD = re.compile(r"[㐀-鿿]{2,5}")
SHARED = 2
"""Directions that the vectors of all words share, and that are taken out."""
WIDTH = 96
BATCH = 24
NEGATIVES = 14
"""Other sentences of the same document, for each question; the rest of a batch counts as well."""
EPOCHS = 3
RATE = 5e-4


@dataclass(frozen=True, slots=True)
class Ask:
    """A question by its words, the document that answers it, and which of its sentences do."""

    words: list[int]
    source: str
    right: list[int]


def words_of(text: str) -> list[str]:
    """The words of two to five characters of a text.

    >>> words_of("2023年全市抽检合格率")
    ['全市', '抽检', '合格率']
    """
    return [w for w in words(fold(text)) if WORD.fullmatch(w)]


def vocabulary(texts: Sequence[Sequence[str]]) -> list[str]:
    """All words, those of the table of synonyms too."""
    found = {w for some in texts for w in some}
    found |= {w for group in synonym_groups() for w in group if WORD.fullmatch(w)}
    return sorted(found)


def plain(vectors: Array, width: int) -> Array:
    """Vectors of words, centred, without what all of them share; of length 1."""
    centred = vectors - vectors.mean(0)
    _, _, axes = np.linalg.svd(centred[::3], full_matrices=False)
    return _unit(centred @ axes[SHARED : SHARED + width].T)


def _unit(rows: Array) -> Array:
    return rows / (np.linalg.norm(rows, axis=1, keepdims=True) + 1e-9)


def trained(vectors: Array, asks: Sequence[Ask], sentences: dict[str, list[list[int]]], seed: int) -> Array:
    """Vectors of words after training; of length 1."""
    import torch
    import torch.nn.functional as nn

    torch.manual_seed(seed)
    rng = random.Random(seed)
    base = torch.tensor(plain(vectors, vectors.shape[1] - SHARED), dtype=torch.float32)
    frequency = Counter(w for some in sentences.values() for s in some for w in s)
    total = sum(map(len, sentences.values()))
    rarity = [np.log((total + 1) / (frequency[w] + 1)) / 8 for w in range(len(vectors))]
    axes = torch.nn.Parameter(torch.eye(base.shape[1])[:, :WIDTH].clone())
    own = torch.nn.Parameter(torch.zeros(len(vectors), WIDTH))
    weight = torch.nn.Parameter(torch.tensor(rarity, dtype=torch.float32))
    scale = torch.nn.Parameter(torch.tensor(8.0))
    optimizer = torch.optim.Adam(
        [{"params": [axes, own], "lr": RATE}, {"params": [weight, scale], "lr": 5e-3}]
    )
    steps = 0
    for epoch in range(EPOCHS):
        order = list(asks)
        rng.shuffle(order)
        losses = []
        for at in range(0, len(order), BATCH):
            batch = order[at : at + BATCH]
            texts: list[list[int]] = []
            owner: list[tuple[str, int]] = []
            for ask in batch:
                some = sentences[ask.source]
                others = [i for i in range(len(some)) if i not in ask.right]
                for i in (rng.choice(ask.right), *rng.sample(others, min(NEGATIVES, len(others)))):
                    texts.append(some[i])
                    owner.append((ask.source, i))
            inside, where, known = _padded(texts)
            vector = nn.normalize(base[known] @ axes + own[known], dim=-1)
            asked = torch.tensor([w for ask in batch for w in ask.words])
            to = torch.repeat_interleave(
                torch.arange(len(batch)), torch.tensor([len(a.words) for a in batch])
            )
            near = nn.normalize(base[asked] @ axes + own[asked], dim=-1) @ vector.T
            best = near[:, where.flatten()].view(len(asked), *where.shape).masked_fill(~inside, 0.0).amax(-1)
            told = weight[asked].clamp(min=0.0)[:, None] * torch.relu(best) ** 2
            score = torch.zeros(len(batch), len(texts)).index_add(0, to, told) * scale
            right = torch.tensor([[o == a.source and i in a.right for o, i in owner] for a in batch])
            whole = torch.logsumexp(score, 1)
            loss = (whole - torch.logsumexp(score.masked_fill(~right, -1e9), 1)).mean()
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            losses.append(float(loss.detach()))
            steps += 1
        print(
            f"epoch {epoch + 1}: loss {np.mean(losses):.4f} after {steps} steps", file=sys.stderr, flush=True
        )
    return nn.normalize(base @ axes + own, dim=-1).detach().numpy()


def _padded(texts: Sequence[Sequence[int]]) -> tuple[Any, Any, Any]:
    """Where texts have words, which of their distinct words stand there, and these."""
    import torch

    longest = max(map(len, texts))
    ids = torch.zeros(len(texts), longest, dtype=torch.long)
    inside = torch.zeros(len(texts), longest, dtype=torch.bool)
    for row, text in enumerate(texts):
        ids[row, : len(text)] = torch.tensor(text, dtype=torch.long)
        inside[row, : len(text)] = True
    known, where = torch.unique(ids, return_inverse=True)
    return inside, where, known


def found_first(vectors: Array | None, asks: Sequence[Ask], sentences: dict[str, list[list[int]]]) -> float:
    """How often (reciprocal rank) the answering sentence comes first in its document by its words alone.

    Args:
        vectors: none for words that must stand there themselves.
    """
    frequency = Counter(w for some in sentences.values() for s in some for w in set(s))
    total = sum(map(len, sentences.values()))
    ranks = []
    for ask in asks:
        score = []
        for text in sentences[ask.source]:
            if vectors is None:
                near = np.array([float(w in text) for w in ask.words])
            else:
                near = (vectors[ask.words] @ vectors[text].T).max(1) if text else np.zeros(len(ask.words))
            rare = [np.log((total + 1) / (frequency[w] + 1)) for w in ask.words]
            score.append(float((np.maximum(near, 0) ** 2 * rare).sum()))
        best = max(score[i] for i in ask.right)
        ranks.append(1 / (1 + sum(s > best for s in score)))
    return float(np.mean(ranks))


def told_apart(vectors: Array, number: dict[str, int]) -> float:
    """How often a word's other name, no character in common, is nearer than 500 words drawn at random."""
    rng = np.random.default_rng(0)
    others = vectors[rng.choice(len(vectors), 500, replace=False)]
    wins = [
        float((others @ vectors[number[a]] < vectors[number[a]] @ vectors[number[b]]).all())
        for group in synonym_groups()
        for a in group
        for b in group
        if a != b and a in number and b in number and not set(a) & set(b)
    ]
    return float(np.mean(wins))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("stores", type=Path, nargs="+")
    arguments = parser.parse_args()
    forbidden = test_sources(CORPUS_GOLD)
    texts: dict[str, list[str]] = {}
    for store in arguments.stores:
        for evidence in evidence_of(store, training_sources(store, forbidden)):
            texts.setdefault(evidence.passage.document.source, []).append(evidence.folded)
    rows = [
        json.loads(line)
        for file in sorted(DATA.glob("*.jsonl"))
        for line in file.read_text("utf-8").splitlines()
    ]
    rows = [row for row in rows if row.get("answers") and row["source"] in texts]
    # The words of kept documents have vectors too, but nothing is trained on them.
    asked = [words_of(row["question"]) for row in rows]
    names = vocabulary([*asked, *(words_of(text) for some in texts.values() for text in some)])
    number = {word: n for n, word in enumerate(names)}
    print(len(names), "words", file=sys.stderr, flush=True)
    sentences = {
        source: [[number[w] for w in dict.fromkeys(words_of(text)) if w in number] for text in some]
        for source, some in texts.items()
    }
    asks: list[Ask] = []
    kept: list[Ask] = []
    for row in rows:
        some = texts[row["source"]]
        wanted = [fold(answer["sentence"]) for answer in row["answers"]]
        right = [i for i, text in enumerate(some) if any(w in text or text in w for w in wanted)]
        ids = [number[w] for w in dict.fromkeys(words_of(row["question"])) if w in number]
        if right and ids and len(some) > 1:
            (kept if is_kept(row["source"]) else asks).append(Ask(ids, row["source"], right))
    print(len(asks), "questions,", len(kept), "kept", file=sys.stderr, flush=True)
    model = SentenceEmbeddings.from_settings(Settings())
    vectors = np.array(model.embed_documents(names), dtype=np.float32)
    done = trained(vectors, asks, sentences, seed=0)
    sample = random.Random(1).sample(kept, min(1500, len(kept)))
    print(f"words themselves: {found_first(None, sample, sentences):.3f}")
    for name, some_vectors in (("the encoder's", plain(vectors, WIDTH)), ("trained", done)):
        first = found_first(some_vectors, sample, sentences)
        print(
            f"{name}: reciprocal rank {first:.3f}, other names first {told_apart(some_vectors, number):.3f}"
        )
    write(arguments.out, names, done)


if __name__ == "__main__":
    main()
