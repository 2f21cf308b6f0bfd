"""How fast questions are answered: python -m benchmarks.asking STORE [--gold FILE].

Each gold question is asked once on a warm assistant, alone. Reported beside a baseline in the same
process: embedding the question and taking the nearest twenty vectors with numpy, the least that any
dense retriever does.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from policyqa import Assistant
from policyqa.embed import SentenceEmbeddings
from policyqa.gold import load_gold
from policyqa.settings import Settings


def timed(work: Callable[[str], object], questions: Sequence[str]) -> list[float]:
    """Milliseconds that each question took."""
    found = []
    for question in questions:
        begun = time.perf_counter()
        work(question)
        found.append(1000 * (time.perf_counter() - begun))
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("store", type=Path)
    parser.add_argument("--gold", type=Path, default=Path("corpus/gold/corpus.jsonl"))
    parser.add_argument("--questions", type=int, default=200)
    arguments = parser.parse_args()
    questions = [g.question for g in load_gold(arguments.gold) if not g.history][: arguments.questions]

    begun = time.perf_counter()
    assistant = Assistant.open(arguments.store)
    assistant.ask(questions[0])
    first = time.perf_counter() - begun

    documents, passages = assistant.counts()
    embeddings = SentenceEmbeddings.from_settings(Settings())
    width = embeddings.encode(["宽"], "query").shape[1]
    # What the vectors are does not change how long comparing them takes.
    vectors = np.random.default_rng(0).standard_normal((passages, width), dtype=np.float32)

    def nearest(question: str) -> object:
        return np.argsort(-(vectors @ embeddings.encode([question], "query")[0]))[:20]

    asked, plain = timed(assistant.ask, questions), timed(nearest, questions)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{documents} documents, {passages} passages, {len(questions)} questions")
    print(f"open and first answer {first:.1f} s, peak memory {memory:.0f} MB")
    print(f"{'milliseconds':16}{'p50':>8}{'p95':>8}")
    for name, times in (("ask", asked), ("nearest twenty", plain)):
        print(f"{name:16}{statistics.median(times):8.0f}{np.percentile(times, 95):8.0f}")
    print(f"ratio of the medians {statistics.median(asked) / statistics.median(plain):.1f}")
    assistant.close()


if __name__ == "__main__":
    main()
