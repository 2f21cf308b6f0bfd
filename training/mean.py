"""The weighted mean of two reading models: python -m training.mean ONE OTHER OUT [--share 0.6].

A model that was trained on goes on well on what is new and forgets a little; the mean of its weights and
those from which it started keeps both (docs/reader.md).
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path


def mean(one: Path, other: Path, out: Path, share: float) -> None:
    """Write a model whose weights are ``share`` of the other's and the rest of the one's, in fp16.

    Raises:
        ValueError: the two differ in their layers.
    """
    import torch
    from safetensors import safe_open
    from safetensors.torch import load_file, save_file

    from policyqa.pair_encoder import checksum

    first, second = load_file(one), load_file(other)
    if {n: t.shape for n, t in first.items()} != {n: t.shape for n, t in second.items()}:
        raise ValueError(f"{one} and {other} are not of the same layers")
    state = {
        name: (tensor.float() * (1 - share) + second[name].float() * share).to(torch.float16).contiguous()
        for name, tensor in first.items()
    }
    with safe_open(one, "pt") as stored:
        about = json.loads(stored.metadata()["policyqa"])
    about["checksum"] = checksum(state)
    save_file(state, out, metadata={"policyqa": json.dumps(about)})


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("one", type=Path)
    parser.add_argument("other", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--share", type=float, default=0.6, help="of the other")
    arguments = parser.parse_args()
    mean(arguments.one, arguments.other, arguments.out, arguments.share)


if __name__ == "__main__":
    main()
