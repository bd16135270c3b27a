"""An embedder that embeds each question once, since all mutants are asked the same."""

from collections.abc import Sequence

from index import Embedder
from index.embed import Progress, Vectors


class RememberingEmbedder:
    """Another embedder, with the vectors of all questions so far; no mutant breaks how text becomes a vector."""

    def __init__(self, embedder: Embedder) -> None:
        self.model_id = embedder.model_id
        self.dimension = embedder.dimension
        self._embedder = embedder
        self._known: dict[str, Vectors] = {}

    def embed_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """Return float32[n, dimension], rows of unit length, in input order; nothing is remembered."""
        return self._embedder.embed_passages(texts, progress)

    def embed_query(self, text: str) -> Vectors:
        """Return float32[dimension], of unit length."""
        if text not in self._known:
            self._known[text] = self._embedder.embed_query(text)
        return self._known[text]
