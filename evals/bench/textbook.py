"""The retrieval chain of the LangChain tutorials, over the same documents and with the same embedding model.

Fixed-size chunks, one vector each, the nearest few: what most people build first, and what ours is
measured against. Nothing is tuned on either side of it: 500 characters with 50 of overlap, default
separators, no titles in the chunks. BM25 over the same chunks and the fusion of both are its usual
improvements.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from langchain_core.documents import Document
from langchain_core.embeddings import Embeddings

from corpus.records import PolicyDocument
from evals.bench.rankings import Ranking
from evals.metrics import DEPTH
from evals.places import Place
from index import Embedder
from index.fuse import reciprocal_rank_fusion
from index.lexical import LexicalIndex
from index.tokenize import load_full

CHUNK_CHARACTERS = 500
OVERLAP_CHARACTERS = 50


@dataclass(frozen=True, kw_only=True)
class TextbookRankings:
    """Three rankings over one set of chunks."""

    chunks: int
    dense: Ranking
    lexical: Ranking
    fused: Ranking


class _LangChainEmbeddings(Embeddings):
    """An embedder of ours in the form that LangChain asks for."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        return [[float(number) for number in row] for row in self._embedder.embed_passages(texts)]

    def embed_query(self, text: str) -> list[float]:
        return [float(number) for number in self._embedder.embed_query(text)]


def split_chunks(documents: Sequence[PolicyDocument]) -> list[Document]:
    """Cut documents into chunks that know where they start."""
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    splitter = RecursiveCharacterTextSplitter(
        chunk_size=CHUNK_CHARACTERS, chunk_overlap=OVERLAP_CHARACTERS, add_start_index=True
    )
    whole = [Document(page_content=document.text, metadata={"document": document.id}) for document in documents]
    return splitter.split_documents(whole)


def place_of_chunk(chunk: Document) -> Place:
    """Where a chunk stands in its document."""
    start = int(chunk.metadata["start_index"])
    return Place(chunk.metadata["document"], start, start + len(chunk.page_content))


def open_textbook(documents: Sequence[PolicyDocument], embedder: Embedder, folder: Path) -> TextbookRankings:
    """Embed the chunks into a Chroma store under `folder` and return the rankings over them."""
    from langchain_chroma import Chroma

    chunks = split_chunks(documents)
    places = [place_of_chunk(chunk) for chunk in chunks]
    row_of = {str(row): row for row in range(len(chunks))}
    store = Chroma("textbook", _LangChainEmbeddings(embedder), persist_directory=str(folder))
    store.add_documents(chunks, ids=list(row_of))
    tokenizer = load_full()
    lexical = LexicalIndex.build([tokenizer.cut(chunk.page_content) for chunk in chunks])

    def nearest(question: str, limit: int) -> list[int]:
        return [row_of[str(found.id)] for found in store.similarity_search(question, k=limit)]

    def by_words(question: str, limit: int) -> list[int]:
        return lexical.rank(tokenizer.cut(question), limit)

    def by_both(question: str) -> list[int]:
        rankings = [by_words(question, DEPTH), nearest(question, DEPTH)]
        return [row for row, _ in reciprocal_rank_fusion(rankings, [1.0, 1.0])[:DEPTH]]

    return TextbookRankings(
        chunks=len(chunks),
        dense=lambda asked: [places[row] for row in nearest(asked.question, DEPTH)],
        lexical=lambda asked: [places[row] for row in by_words(asked.question, DEPTH)],
        fused=lambda asked: [places[row] for row in by_both(asked.question)],
    )
