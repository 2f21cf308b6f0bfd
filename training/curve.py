"""Draw the curves of a training run: python -m training.curve OUT/curve.jsonl PICTURE.svg.

Above the loss of each stage, below what the questions kept from training say: the share with the
answering passage first, of short answers met exactly, and of right figures picked among several.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path


def draw(rows: list[dict[str, float | str]], picture: Path) -> None:
    """Draw the rows of ``curve.jsonl`` into an SVG or PNG file."""
    import matplotlib

    matplotlib.use("svg")
    from matplotlib import pyplot

    matplotlib.rcParams["svg.hashsalt"] = "policyqa"  # the same rows, the same file
    figure, (above, below) = pyplot.subplots(2, 1, sharex=True, figsize=(8, 6), height_ratios=(3, 2))
    for stage in dict.fromkeys(row["stage"] for row in rows if "stage" in row):
        own = [row for row in rows if row.get("stage") == stage]
        above.plot([r["step"] for r in own], [r["loss"] for r in own], label=f"{stage} groups")
    above.set_ylabel("loss (running mean)")
    above.legend(frameon=False)
    tried = [row for row in rows if "right_first" in row]
    for name, label in (
        ("right_first", "answering passage first"),
        ("short_exact", "short answer exact"),
        ("figure_picked", "right figure picked"),
    ):
        below.plot([r["step"] for r in tried], [r.get(name) for r in tried], marker="o", label=label)
    below.set_ylim(0, 1)
    below.set_ylabel("share, kept questions")
    below.set_xlabel("step")
    below.legend(frameon=False, loc="lower right")
    for axes in (above, below):
        axes.grid(alpha=0.25)
        axes.spines[["top", "right"]].set_visible(False)
    figure.tight_layout()
    figure.savefig(picture, metadata={"Date": None} if picture.suffix == ".svg" else None)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("curve", type=Path)
    parser.add_argument("picture", type=Path)
    arguments = parser.parse_args()
    lines = arguments.curve.read_text("utf-8").splitlines()
    draw([json.loads(line) for line in lines], arguments.picture)


if __name__ == "__main__":
    main()
