"""Train the reading model: python -m training.train GROUPS_DIR OUT [--layers 8].

Two stages: self-made groups, then written ones. A step is a few groups; the loss adds four parts:
which passage of a group answers (softmax), whether each answers at all (logistic), where the
answer begins and ends, and which figure of the sentence it is (softmax). A checkpoint is written
every few minutes; the same command goes on from it.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

from policyqa.embed import SentenceEmbeddings
from policyqa.pair_encoder import PairReader, build, checksum
from policyqa.processor import products
from training.groups import Group, figures_of, load_groups
from training.measure import measured
from training.vary import vary

GROUPS_A_STEP = 6
SAVE_SECONDS = 300
MEASURE_STEPS = 400
"""After how many steps some questions on documents kept from training are tried, for the curve."""
MEASURED = 100
"""How many of them."""
CHUNKS = 4
"""Into how many batches of like length the pairs of a step are cut."""
TOKENS = 192
"""Longest pair in training; few are longer, and long ones cost most."""


@dataclass(frozen=True, slots=True)
class Stage:
    """One pass over some groups, several times."""

    name: str
    epochs: int
    rate: float
    negatives: int
    groups: int


def batches(groups: Sequence[Group], seed: int) -> Iterator[list[Group]]:
    """Groups of like length together, in a shuffled order of batches."""
    chooser = random.Random(seed)
    order = list(range(len(groups)))
    chooser.shuffle(order)
    window = GROUPS_A_STEP * 40
    ready: list[list[Group]] = []
    for at in range(0, len(order), window):
        part = sorted(
            (groups[i] for i in order[at : at + window]), key=lambda g: sum(len(i.text) for i in g.items)
        )
        ready += [part[i : i + GROUPS_A_STEP] for i in range(0, len(part), GROUPS_A_STEP)]
    chooser.shuffle(ready)
    yield from ready


def fewer(group: Group, negatives: int) -> Group:
    """A group with at most so many passages that do not answer, the nearest ones."""
    right = [i for i in group.items if i.answers]
    wrong = [i for i in group.items if not i.answers]
    return Group(group.id, group.question, tuple(right + wrong[:negatives]))


def _forward(model: Any, ids: torch.Tensor, mask: torch.Tensor) -> tuple[torch.Tensor, list[torch.Tensor]]:
    """The scores of all pairs, and each pair's span logits without padding.

    Pairs of like length go through the model together: padded to the longest of the step, two
    fifths of the work would be padding.
    """
    lengths = mask.sum(1)
    order = lengths.argsort()
    scores: list[torch.Tensor] = [torch.empty(())] * len(order)
    spans: list[torch.Tensor] = [torch.empty(())] * len(order)
    for part in order.chunk(CHUNKS):
        longest = int(lengths[part].max())
        with products():
            own_scores, own_spans = model(ids[part, :longest], mask[part, :longest])
        own_scores, own_spans = own_scores.float(), own_spans.float()
        for row, at in enumerate(part.tolist()):
            scores[at], spans[at] = own_scores[row], own_spans[row]
    return torch.stack(scores), spans


def loss_of(model: Any, tokenizer: Any, batch: Sequence[Group]) -> torch.Tensor:
    """The loss of some groups."""
    questions = [g.question for g in batch for _ in g.items]
    items = [i for g in batch for i in g.items]
    encoded = tokenizer(
        questions, [i.read() for i in items], truncation="only_second", max_length=TOKENS,
        padding=True, return_offsets_mapping=True, return_tensors="pt",
    )  # fmt: skip
    scores, spans = _forward(model, encoded["input_ids"], encoded["attention_mask"])
    labels = torch.tensor([float(i.answers) for i in items])
    # Few pairs answer; weighed so that both sides count.
    weight = torch.where(labels > 0, 3.0, 1.0)
    total = torch.nn.functional.binary_cross_entropy_with_logits(scores, labels, weight=weight)
    at = 0
    ranked, counted = torch.zeros(()), 0
    for group in batch:
        own = slice(at, at + len(group.items))
        at += len(group.items)
        if labels[own].any() and not labels[own].all():
            right = torch.logsumexp(scores[own].masked_fill(labels[own] == 0, -1e9), 0)
            ranked = ranked + torch.logsumexp(scores[own], 0) - right
            counted += 1
    if counted:
        total = total + ranked / counted
    located, counted = torch.zeros(()), 0
    picked, choices = torch.zeros(()), 0
    for row, item in enumerate(items):
        if not item.spans:
            continue
        second = [s == 1 for s in encoded.sequence_ids(row)]
        offsets = encoded["offset_mapping"][row].tolist()
        inside = torch.tensor(
            [s and o[1] > item.begin and o[1] > o[0] for s, o in zip(second, offsets, strict=True)]
        )
        first, last = set(), set()
        for start, end in item.spans:
            first |= {t for t, (a, b) in enumerate(offsets) if inside[t] and a <= start < b}
            last |= {t for t, (a, b) in enumerate(offsets) if inside[t] and a < end <= b}
        if not first or not last:
            continue
        own_spans = spans[row]
        outside = ~inside[: len(own_spans), None]
        logits = torch.log_softmax(own_spans.masked_fill(outside, -1e9), 0)
        located = (
            located
            - torch.logsumexp(logits[sorted(first), 0], 0)
            - torch.logsumexp(logits[sorted(last), 1], 0)
        )
        counted += 1
        # The figures of the sentence against each other, as the answerer compares them.
        figures, right = figures_of(item)
        if not right:
            continue
        tokens = [_tokens(offsets, inside, start, end) for start, end in figures]
        if any(one is None for one in tokens):
            continue
        odds = torch.stack([logits[one[0], 0] + logits[one[1], 1] for one in tokens if one])
        picked = picked + torch.logsumexp(odds, 0) - torch.logsumexp(odds[right], 0)
        choices += 1
    if choices:
        total = total + 0.5 * picked / choices
    return total + 0.5 * located / counted if counted else total


def _tokens(
    offsets: Sequence[Sequence[int]], inside: torch.Tensor, start: int, end: int
) -> tuple[int, int] | None:
    """The tokens that hold the first and the last character of a span; None when it was cut off."""
    first = [t for t, (a, b) in enumerate(offsets) if inside[t] and a <= start < b]
    last = [t for t, (a, b) in enumerate(offsets) if inside[t] and a < end <= b]
    return (first[0], last[0]) if first and last else None


def start_model(layers: int, embeddings: SentenceEmbeddings) -> tuple[Any, Any]:
    """A model whose layers are the lowest of the encoder, and the tokenizer."""
    transformer = embeddings.transformer()
    encoder = transformer[0].auto_model
    model = build(encoder.embeddings, layers)
    # Dropping the top layers keeps more of an encoder than dropping others (docs/log.md).
    for own, source in zip(model.encoder.layer, encoder.encoder.layer, strict=False):
        own.load_state_dict(source.state_dict())
    return model, transformer.tokenizer


def train(data: Path, out: Path, layers: int, stages: Sequence[Stage], init: Path | None = None) -> None:
    """Train, or go on with, a model; writes ``reader.safetensors`` and ``curve.jsonl`` into ``out``.

    Args:
        init: a reading model to start from, instead of the encoder's layers.
    """
    torch.manual_seed(0)
    out.mkdir(parents=True, exist_ok=True)
    embeddings = SentenceEmbeddings()
    model, tokenizer = start_model(layers, embeddings)
    if init is not None:
        from safetensors.torch import load_file

        model.load_state_dict(load_file(init), strict=False)
    plan: list[tuple[Stage, list[Group]]] = []
    for stage in stages:
        groups = [fewer(g, stage.negatives) for g in load_groups(data / f"{stage.name}.jsonl")]
        plan.append((stage, groups[: stage.groups]))
    places = (data / "places.txt").read_text("utf-8").split()
    total = sum(stage.epochs * -(-len(groups) // GROUPS_A_STEP) for stage, groups in plan)
    kept = load_groups(data / "kept.jsonl")[:MEASURED]
    optimizer = torch.optim.AdamW(model.parameters(), lr=1.0, weight_decay=0.01)
    done = 0
    checkpoint = out / "checkpoint.pt"
    if checkpoint.is_file():
        saved = torch.load(checkpoint, weights_only=True)
        model.load_state_dict(saved["model"])
        optimizer.load_state_dict(saved["optimizer"])
        done = saved["done"]
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    step, last_save, smooth = 0, time.monotonic(), 0.0
    begun = last_save
    model.train()
    with Progress(*columns) as bars, (out / "curve.jsonl").open("a") as curve:
        task = bars.add_task("training", total=total, completed=done)
        for stage, groups in plan:
            steps = stage.epochs * -(-len(groups) // GROUPS_A_STEP)
            for epoch in range(stage.epochs):
                for number, batch in enumerate(batches(groups, seed=epoch)):
                    step += 1
                    if step <= done:
                        continue
                    along = (epoch * -(-len(groups) // GROUPS_A_STEP) + number) / steps
                    rate = stage.rate * min(1.0, along / 0.06 + 0.02) * (1 - along)
                    for part in optimizer.param_groups:
                        part["lr"] = rate
                    # Dropout and variations depend on the step alone: a run that was cut goes on the same.
                    torch.manual_seed(step)
                    chooser = random.Random(step)
                    loss = loss_of(model, tokenizer, [vary(g, places, chooser) for g in batch])
                    loss.backward()
                    torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
                    optimizer.step()
                    optimizer.zero_grad()
                    value = float(loss.detach())
                    smooth = value if not smooth else 0.98 * smooth + 0.02 * value
                    bars.update(task, completed=step, description=f"{stage.name} loss {smooth:.3f}")
                    if step % 10 == 0:
                        curve.write(
                            json.dumps(
                                {
                                    "step": step,
                                    "stage": stage.name,
                                    "loss": round(smooth, 4),
                                    "seconds": round(time.monotonic() - begun),
                                }
                            )
                            + "\n"
                        )
                        curve.flush()
                    if step % MEASURE_STEPS == 0:
                        export(model, layers, out / "measured.safetensors")
                        reader = PairReader(out / "measured.safetensors", embeddings.transformer)
                        curve.write(json.dumps({"step": step, **measured(reader, kept)}) + "\n")
                        curve.flush()
                    if time.monotonic() - last_save > SAVE_SECONDS:
                        _checkpoint(checkpoint, model, optimizer, step)
                        last_save = time.monotonic()
            export(model, layers, out / f"{stage.name}.safetensors")
        _checkpoint(checkpoint, model, optimizer, step)
    export(model, layers, out / "reader.safetensors")


def _checkpoint(file: Path, model: Any, optimizer: Any, done: int) -> None:
    part = file.with_suffix(".part")
    torch.save({"model": model.state_dict(), "optimizer": optimizer.state_dict(), "done": done}, part)
    part.replace(file)


def export(model: Any, layers: int, file: Path) -> None:
    """Write the layers and heads in fp16; the word embeddings are not part of it."""
    from safetensors.torch import save_file

    state = {name: tensor.to(torch.float16).contiguous() for name, tensor in model.state_dict().items()}
    about = {"layers": layers, "checksum": checksum(state)}
    save_file(state, file, metadata={"policyqa": json.dumps(about)})


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--layers", type=int, default=8)
    parser.add_argument("--selfmade-epochs", type=int, default=1)
    parser.add_argument("--written-epochs", type=int, default=2)
    parser.add_argument("--rate", type=float, default=1.5e-4)
    parser.add_argument("--selfmade-groups", type=int, default=6800)
    parser.add_argument("--written-groups", type=int, default=10**9)
    parser.add_argument("--init", type=Path, help="a reading model to start from")
    arguments = parser.parse_args()
    stages = [
        Stage("selfmade", arguments.selfmade_epochs, arguments.rate, 3, arguments.selfmade_groups),
        Stage("written", arguments.written_epochs, arguments.rate * 0.7, 3, arguments.written_groups),
    ]
    stages = [s for s in stages if s.epochs]
    train(arguments.data, arguments.out, arguments.layers, stages, arguments.init)


if __name__ == "__main__":
    main()
