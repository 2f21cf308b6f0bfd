"""Search quality on CMRC 2018's trial part: python -m benchmarks.search_cmrc CMRC.json.

Each of the 256 paragraphs is a passage; each of the 1,002 questions has one right paragraph. It runs
the product's own index and fusion: lexical alone, dense alone, fused. CMRC 2018 (Cui et al., EMNLP
2019) is CC BY-SA 4.0 and not included.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Callable
from pathlib import Path

from policyqa import index_build
from policyqa.embed import SentenceEmbeddings
from policyqa.index import Entry, Index
from policyqa.search import coverage, fused, term_weights

K = 20


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("cmrc", type=Path)
    arguments = parser.parse_args()
    data = json.loads(arguments.cmrc.read_text("utf-8"))["data"]
    paragraphs = {p["id"]: p["context"] for article in data for p in article["paragraphs"]}
    asked = [(q["question"], p["id"]) for a in data for p in a["paragraphs"] for q in p["qas"]]
    embeddings = SentenceEmbeddings()
    vectors = embeddings.encode(list(paragraphs.values()), "passage")
    questions = embeddings.encode([question for question, _ in asked], "query")
    with tempfile.TemporaryDirectory() as folder:
        rows = [Entry(i, i, t, v) for (i, t), v in zip(paragraphs.items(), vectors, strict=True)]
        index = Index(index_build.build(Path(folder), embeddings.identity, {r.id: "" for r in rows}, rows))
        vector_of = {question: v.tolist() for (question, _), v in zip(asked, questions, strict=True)}

        def dense(question: str) -> list[str]:
            return [i for i, _ in index.dense(vector_of[question], K)]

        def lexical(question: str) -> list[str]:
            return [i for i, _ in index.lexical(question, K)]

        def both(weight: float | None) -> Callable[[str], list[str]]:
            def order(question: str) -> list[str]:
                ids = list(dict.fromkeys(dense(question) + lexical(question)))
                cosines = index.similarities(vector_of[question], ids)
                weights = term_weights(question, index.document_frequency, len(paragraphs))
                overlap = [coverage(weights, paragraphs[i]) for i in ids]
                options = {} if weight is None else {"weight": weight}
                scores = fused([cosines[i] for i in ids], overlap, **options)
                return [i for _, i in sorted(zip(scores, ids, strict=True), reverse=True)]

            return order

        print(f"{'':24}{'recall@1':>10}{'recall@5':>10}{'MRR@10':>10}")
        lanes = {
            "lexical": lexical,
            "dense": dense,
            "fused (as in search)": both(None),
            "fused, half and half": both(0.5),
        }
        for name, order in lanes.items():
            ranks = []
            for question, right in asked:
                found = order(question)
                ranks.append(found.index(right) if right in found else 10**6)
            first = sum(r < 1 for r in ranks) / len(ranks)
            five = sum(r < 5 for r in ranks) / len(ranks)
            mrr = sum(1 / (r + 1) for r in ranks if r < 10) / len(ranks)
            print(f"{name:24}{100 * first:10.1f}{100 * five:10.1f}{100 * mrr:10.1f}")
        index.close()


if __name__ == "__main__":
    main()
