"""policyqa's search as a LangChain retriever, for chains built elsewhere. The home of LangChain documents."""

from __future__ import annotations

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document as LangChainDocument
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict

from policyqa.assistant import Assistant
from policyqa.schema import Hit


class PolicyRetriever(BaseRetriever):
    """Returns passages as LangChain documents; metadata carries where each stands.

    Attributes:
        assistant: an opened assistant.
        k: how many passages.
        issuer, year: only documents of this issuer, dated in this year.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    assistant: Assistant
    k: int = 10
    issuer: str | None = None
    year: int | None = None

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun
    ) -> list[LangChainDocument]:
        hits = self.assistant.search(query, self.k, self.issuer, self.year)
        return [as_langchain(hit) for hit in hits]


def as_langchain(hit: Hit) -> LangChainDocument:
    """A hit as a LangChain document."""
    passage = hit.passage
    document = passage.document
    return LangChainDocument(
        page_content=passage.text,
        metadata={
            "source": document.source,
            "title": document.title,
            "issuer": document.issuer,
            "document_number": document.document_number,
            "section": "／".join(passage.section),
            "start": passage.start,
            "end": passage.end,
            "score": hit.score,
        },
    )
