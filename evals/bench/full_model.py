"""The embedding model in full precision, as sentence-transformers runs it: what the fast form is measured against.

Answering never loads this; it takes seconds to import and 700 MB.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np

from index.embed import Progress, Vectors, unit_rows

BATCH = 16


class FullEmbedder:
    """An `index.Embedder` over the float32 model."""

    def __init__(self, model: str) -> None:
        from index.model import load_transformer  # the one door to sentence-transformers
        from index.model_source import source_folder

        self._transformer: Any = load_transformer(source_folder(model))
        self.model_id = f"{model}/fp32"
        self.dimension = int(self._transformer.get_embedding_dimension() or 0)

    def embed_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """Return float32[n, dimension], rows of unit length, in input order."""
        vectors = np.empty((len(texts), self.dimension), dtype=np.float32)
        # Longest first: texts of like length share a batch, and little is padded.
        order = sorted(range(len(texts)), key=lambda row: -len(texts[row]))
        for start in range(0, len(order), BATCH):
            rows = order[start : start + BATCH]
            vectors[rows] = self._transformer.encode([texts[row] for row in rows], show_progress_bar=False)
            if progress is not None:
                progress(len(rows))
        return unit_rows(vectors, texts)

    def embed_query(self, text: str) -> Vectors:
        """Return float32[dimension], of unit length."""
        vector: Vectors = self.embed_passages([text])[0]
        return vector
