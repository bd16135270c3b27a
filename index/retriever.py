"""The index as a LangChain retriever, for those who compose their own chains.

The only file here that imports langchain_core (0.8 s), so import it where it is used.
"""

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict

from corpus.records import Clause, Passage, PolicyDocument
from index.records import Hit, Query
from index.search import Index


class PassageRetriever(BaseRetriever):
    """Gives passages as LangChain documents; `page_content` is the passage word for word."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    index: Index
    limit: int = 8
    documents: frozenset[str] | None = None

    def _get_relevant_documents(self, query: str, *, run_manager: CallbackManagerForRetrieverRun) -> list[Document]:
        hits = self.index.search(Query(text=query, documents=self.documents, limit=self.limit))
        return [self._document(hit) for hit in hits]

    def _document(self, hit: Hit) -> Document:
        passage = hit.passage
        document, clause = self.index.document(passage.document_id), self.index.clause(passage.clause_id)
        return to_document(passage, document, clause, hit.score)


def to_document(passage: Passage, document: PolicyDocument, clause: Clause, score: float) -> Document:
    """A passage as a LangChain document: its words verbatim, and where they stand."""
    return Document(
        id=passage.id,
        page_content=passage.text,
        metadata={
            "document": document.id,
            "title": document.title,
            "region": document.region.name,
            "locator": clause.locator,
            "start": passage.start,
            "end": passage.end,
            "score": score,
        },
    )
