"""Reading on CMRC 2018's trial part: python -m benchmarks.read_cmrc CMRC.json [--reader FILE|off].

Each question with its own paragraph, given to ``policyqa.read`` as a member's would be. Reported:
exact match and F1 of ``short`` as CMRC measures them (characters, marks aside; the best of the
reference answers), over all questions and over those that were answered. The reading model has seen
nothing of CMRC; this is a sign of generality, not an aim.
"""

from __future__ import annotations

import argparse
import json
import os
from collections import Counter
from pathlib import Path

from policyqa.evidence import bare


def f1(given: str, right: str) -> float:
    """Overlap of characters as CMRC counts it.

    >>> f1("36家", "36家"), f1("36家企业", "36家"), f1("", "36家")
    (1.0, 0.75, 0.0)
    """
    ours, theirs = bare(given), bare(right)
    shared = sum((Counter(ours) & Counter(theirs)).values())
    return 2 * shared / (len(ours) + len(theirs)) if shared else 0.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("cmrc", type=Path)
    parser.add_argument("--reader", help="as POLICYQA_READER")
    parser.add_argument("--every", type=int, default=1, help="of the questions, one in so many")
    arguments = parser.parse_args()
    if arguments.reader:
        os.environ["POLICYQA_READER"] = arguments.reader
    from policyqa import read

    data = json.loads(arguments.cmrc.read_text("utf-8"))["data"]
    asked = [
        (q["question"], p["context"], [a["text"] for a in q["answers"]])
        for article in data
        for p in article["paragraphs"]
        for q in p["qas"]
    ][:: arguments.every]
    exact, overlap, sentence, answered = [], [], [], []
    for question, paragraph, right in asked:
        answer = read(question, [paragraph])
        exact.append(max(float(bare(answer.short) == bare(r)) for r in right))
        overlap.append(max(f1(answer.short, r) for r in right))
        quotes = bare("".join(c.quote for c in answer.citations))
        sentence.append(float(any(bare(r) in quotes for r in right)))
        answered.append(answer.status == "answered")
    print(f"{len(asked)} questions, {sum(answered) / len(asked):.1%} answered")
    print(f"{'':14}{'exact':>8}{'F1':>8}{'quote holds it':>16}")
    for name, chosen in (("all", [True] * len(asked)), ("answered", answered)):
        rows = [r for r, c in zip(zip(exact, overlap, sentence, strict=True), chosen, strict=True) if c]
        means = [100 * sum(column) / max(1, len(rows)) for column in zip(*rows, strict=True)]
        print(f"{name:14}{means[0]:8.1f}{means[1]:8.1f}{means[2]:16.1f}" if means else name)


if __name__ == "__main__":
    main()
