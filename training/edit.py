"""Train the question editing model: python -m training.edit OUT [--epochs 12] [--held 0].

Only matrices of low rank and the heads are trained, on the default embedding model
(``policyqa.question_editor``). The loss adds four parts: what is to be done with the parts, which part each
character belongs to, which characters of a follow-up and the question before it are kept, and where the
follow-up is put.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from torch.nn import functional

from policyqa.embed import SentenceEmbeddings
from policyqa.pair_encoder import checksum
from policyqa.question_editor import TASKS, build, collate, joined, tagged
from training import edits
from training.build import DATA
from training.edits import IGNORED, Edit

LAYERS, RANK = 8, 8
BATCH = 24
SINGLE = 1500
"""How many single questions are set beside those that are taken apart."""
KINDS = ("apart", "single", "whole")
COMMON = 12
"""How often a character stands in the examples that gets an embedding of its own."""


def batch_of(examples: Sequence[Edit], tokenizer: Any, known: dict[str, int]) -> tuple[Any, ...]:
    """A batch with its targets: tags, tasks, what is kept, where it is put; ``IGNORED`` where not asked."""
    batch = collate([e.text for e in examples], [e.followed for e in examples], tokenizer, known)
    shape = batch["mask"].shape
    tags = torch.full(shape, IGNORED)
    kept = torch.full(shape, float(IGNORED))
    tasks = torch.full(shape[:1], IGNORED)
    at = torch.full(shape[:1], IGNORED)
    for row, example in enumerate(examples):
        own = torch.tensor(example.tags)
        if example.task is None:
            kept[row, : len(own)] = own.float()
            at[row] = example.at
        else:
            tasks[row] = example.task
            if example.task:
                tags[row, : len(own)] = own
    return batch, tags, tasks, kept, at


def loss_of(model: Any, examples: Sequence[Edit], tokenizer: Any, known: dict[str, int]) -> torch.Tensor:
    """The loss of a batch, the four parts added."""
    batch, tags, tasks, kept, at = batch_of(examples, tokenizer, known)
    tag, task, keep, put = model(batch)
    loss = torch.zeros(())
    if (tasks != IGNORED).any():
        loss = loss + functional.cross_entropy(task, tasks, ignore_index=IGNORED)
    if (tags != IGNORED).any():
        loss = loss + 3 * functional.cross_entropy(tag.flatten(0, 1), tags.flatten(), ignore_index=IGNORED)
    if (inside := kept != IGNORED).any():
        loss = loss + 3 * functional.binary_cross_entropy_with_logits(keep[inside], kept[inside])
        rows = at != IGNORED
        loss = loss + 0.5 * functional.cross_entropy(
            put[rows].masked_fill(~batch["mask"][rows], -1e4), at[rows]
        )
    return loss


@torch.inference_mode()
def measure(model: Any, examples: Sequence[Edit], tokenizer: Any, known: dict[str, int], show: int) -> str:
    """The shares of examples that are taken apart, left whole, and made whole just as they should be."""
    model.eval()
    counts: Counter[str] = Counter()
    missed = []
    for example in examples:
        batch = collate([example.text], [example.followed], tokenizer, known)
        tag, task, keep, put = (one[0] for one in model(batch))
        if example.task is None:
            before, question = example.text[: example.followed - 1], example.text[example.followed :]
            got = joined(before, question, (keep > 0).tolist(), int(put[: example.followed].argmax()))
            right = joined(before, question, [t == 1 for t in example.tags], example.at)
            name = "whole"
        else:
            name = "apart" if example.task else "single"
            told = TASKS[int(task.argmax())]
            got = (told, tagged(example.text, tag.argmax(-1).tolist())[0] if int(task.argmax()) else ())
            right = (TASKS[example.task], tagged(example.text, [max(0, t) for t in example.tags])[0])
            counts["task"] += name == "apart" and got[0] == right[0]
            counts["parts"] += name == "apart" and got[1] == right[1]
        counts[name] += 1
        counts[f"{name} right"] += got == right
        if got != right:
            missed.append((example.text, got, right))
    for text, got, right in missed[:show]:
        print("  ", text, "|", got, "|", right)
    shares = [f"{n} {counts[f'{n} right'] / max(1, counts[n]):.3f} of {counts[n]}" for n in KINDS]
    shares += [f"{n} {counts[n] / max(1, counts['apart']):.3f}" for n in ("task", "parts")]
    return "; ".join(shares)


def batches_of(examples: list[Edit]) -> list[list[Edit]]:
    """The examples in random batches of like length: padding is work that nobody needs."""
    random.shuffle(examples)
    batches = []
    for at in range(0, len(examples), 24 * BATCH):
        part = sorted(examples[at : at + 24 * BATCH], key=lambda example: len(example.text))
        batches += [part[i : i + BATCH] for i in range(0, len(part), BATCH)]
    random.shuffle(batches)
    return batches


def save(model: Any, known: dict[str, int], out: Path) -> None:
    """Write what was trained, in fp16."""
    from safetensors.torch import save_file

    trained = {name for name, parameter in model.named_parameters() if parameter.requires_grad}
    state = {
        name: tensor.to(torch.float16).contiguous()
        for name, tensor in model.state_dict().items()
        if name in trained
    }
    about = {
        "layers": LAYERS, "rank": RANK, "characters": "".join(sorted(known, key=known.__getitem__)),
        "checksum": checksum(state),
    }  # fmt: skip
    save_file(state, out, metadata={"policyqa": json.dumps(about, ensure_ascii=False)})


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("out", type=Path)
    parser.add_argument("--epochs", type=int, default=12)
    parser.add_argument(
        "--held", type=float, default=0.0, help="share of the examples that is only measured on"
    )
    parser.add_argument("--show", type=int, default=0, help="how many of the missed ones are shown")
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    random.seed(arguments.seed)
    torch.manual_seed(arguments.seed)
    examples = [*map(edits.apart, edits.rows("d*.jsonl")), *map(edits.whole, edits.rows("f*.jsonl"))]
    usable = [example for example in examples if example is not None]
    print(f"{len(usable)} of {len(examples)} examples", file=sys.stderr)
    usable += edits.single(DATA, SINGLE, arguments.seed)
    random.shuffle(usable)
    held = usable[: int(arguments.held * len(usable))]
    learned = usable[len(held) :]
    counted = Counter(character for example in usable for character in example.text)
    known = {c: n for n, c in enumerate(sorted(c for c, times in counted.items() if times >= COMMON), 2)}
    transformer = SentenceEmbeddings().transformer()
    model = build(transformer[0].auto_model, LAYERS, RANK, len(known), trained=False)
    low = [p for n, p in model.named_parameters() if p.requires_grad and n.startswith("encoder.")]
    heads = [p for n, p in model.named_parameters() if p.requires_grad and not n.startswith("encoder.")]
    optimizer = torch.optim.AdamW([{"params": low}, {"params": heads}], lr=1e-3, weight_decay=0.01)
    batches = len(batches_of(learned))
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, [1e-3, 2e-3], total_steps=arguments.epochs * batches, pct_start=0.15
    )
    begun = time.monotonic()
    for epoch in range(1, arguments.epochs + 1):
        model.train()
        total = 0.0
        for part in batches_of(learned):
            loss = loss_of(model, part, transformer.tokenizer, known)
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_([*low, *heads], 1.0)
            optimizer.step()
            schedule.step()
            total += loss.item()
        line = f"epoch {epoch}: loss {total / batches:.3f}, {time.monotonic() - begun:.0f} s"
        if held and epoch % 4 == 0:
            line += "; " + measure(model, held, transformer.tokenizer, known, 0)
        print(line, file=sys.stderr, flush=True)
        save(model, known, arguments.out)
    if held:
        print(measure(model, held, transformer.tokenizer, known, arguments.show), file=sys.stderr)


if __name__ == "__main__":
    main()
