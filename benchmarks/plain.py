"""The plain way on the same questions: python -m benchmarks.plain STORE [--gold FILE] [--split tune].

LangChain's recursive splitter (500 characters, 50 shared), the same embedding model with its prompts,
Chroma's nearest four, and as answer the best passage's best sentence. It is given what it lacks: the texts
of the store, for no loader of LangChain reads all these formats, and our cutting of sentences.
It never declines; --least COSINE lets it decline what is not near enough. Judged as the product is.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from policyqa import Assistant
from policyqa.e5 import ensure_model
from policyqa.evaluate import Result, judge
from policyqa.evidence import bare
from policyqa.gold import Gold, load_gold
from policyqa.measures import measures
from policyqa.schema import Answer, Citation, Document
from policyqa.settings import Settings
from policyqa.text import sentences

SIZE, SHARED, NEAREST = 500, 50, 4


class Plain:
    """Documents split, embedded and kept in Chroma; asks it and answers with one sentence."""

    def __init__(self, documents: Sequence[Document]) -> None:
        from langchain_chroma import Chroma
        from langchain_core.documents import Document as Whole
        from langchain_huggingface import HuggingFaceEmbeddings
        from langchain_text_splitters import RecursiveCharacterTextSplitter

        self._documents = {d.source: d for d in documents}
        self.embeddings = HuggingFaceEmbeddings(
            model_name=str(ensure_model(Settings().cache)),
            encode_kwargs={"prompt_name": "passage", "normalize_embeddings": True},
            query_encode_kwargs={"prompt_name": "query", "normalize_embeddings": True},
        )
        splitter = RecursiveCharacterTextSplitter(chunk_size=SIZE, chunk_overlap=SHARED, add_start_index=True)
        parts = splitter.split_documents([Whole(d.body, metadata={"source": d.source}) for d in documents])
        self.passages = len(parts)
        self._chroma = Chroma.from_documents(
            parts, self.embeddings, collection_metadata={"hnsw:space": "cosine"}
        )

    def ask(self, question: str, least: float) -> tuple[Answer, list[str]]:
        """The answer, and the texts of the nearest passages."""
        begun = time.monotonic()
        found = self._chroma.similarity_search(question, NEAREST)
        best = found[0]
        text, start = best.page_content, best.metadata["start_index"]
        spans = sentences(text)
        vectors = np.asarray(self.embeddings.embed_documents([text[s.start : s.end] for s in spans]))
        cosines = vectors @ np.asarray(self.embeddings.embed_query(question))
        top = spans[int(cosines.argmax())]
        said = text[top.start : top.end]
        document = self._documents[best.metadata["source"]]
        citation = Citation(document, (), said, start + top.start, start + top.end)
        sure = float(cosines.max())
        texts = [f.page_content for f in found]
        seconds = time.monotonic() - begun
        if sure < least:
            return Answer(question, "not_found", "没有找到", confidence=sure, seconds=seconds), texts
        return Answer(question, "answered", said, said, (citation,), (), sure, seconds), texts


def holds(gold: Gold, texts: Sequence[str]) -> bool:
    """Whether every piece of evidence of a question stands in some text."""
    known = [bare(text) for text in texts]
    return all(any(bare(quote) in text for text in known) for _, quote in gold.evidence)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("store", type=Path)
    parser.add_argument("--gold", type=Path, default=Path("corpus/gold/corpus.jsonl"))
    parser.add_argument("--split", default="tune", help="tune, test, or an empty text for all")
    parser.add_argument("--least", type=float, default=0.0, help="decline under this cosine")
    arguments = parser.parse_args()
    gold = [g for g in load_gold(arguments.gold) if arguments.split in ("", g.split)]
    assistant = Assistant.open(arguments.store)
    documents = assistant.documents()
    assistant.close()
    plain = Plain(documents)
    results: list[Result] = []
    within = []
    for question in gold:
        answer, texts = plain.ask(question.question, arguments.least)
        results.append(judge(question, answer))
        if question.evidence and not question.history and question.kind != "metadata":
            within.append(holds(question, texts))
    found = measures(results)
    print(f"{len(documents)} documents, {plain.passages} passages, {len(gold)} questions")
    for name in ("right", "right_and_cited", "wrongly_answered", "wrongly_declined", "declined"):
        print(f"{name:24}{100 * (found[name] or 0):6.1f} %   {found['interval'][name]}")
    print(f"{'all evidence in top 4':24}{100 * sum(within) / max(1, len(within)):6.1f} %")
    print(f"{'seconds p50, p95':24}{found['seconds_p50']:.3f} {found['seconds_p95']:.3f}")


if __name__ == "__main__":
    main()
