"""Text to unit vectors, for passages and for queries.

What an embedder is, the one for tests, and which one a setting names.
"""

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from index.errors import EmbeddingFailed, ModelMissing

Vectors = NDArray[np.float32]
Progress = Callable[[int], object]  # told how many more passages are done

DEFAULT_MODEL = "moka-ai/m3e-small"
ENDPOINT_PREFIX = "openai:"


class Embedder(Protocol):
    """Anything that turns text into unit vectors of one dimension."""

    @property
    def model_id(self) -> str:
        """Names the model and its form; vectors of different ids are never compared."""

    @property
    def dimension(self) -> int:
        """Length of the vectors."""

    def embed_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """Return float32[n, dimension], rows of unit length, in input order."""

    def embed_query(self, text: str) -> Vectors:
        """Return float32[dimension], of unit length."""


def unit_rows(vectors: Vectors, texts: Sequence[str]) -> Vectors:
    """Scale rows to length one.

    Raises:
        EmbeddingFailed: A row is zero or not finite; the store would accept it and never find it.
    """
    lengths = np.linalg.norm(vectors, axis=1)
    bad = np.flatnonzero(~np.isfinite(lengths) | (lengths < 1e-6))
    if bad.size:
        row = int(bad[0])
        raise EmbeddingFailed(
            f'Cannot embed "{texts[row][:40]}" (text {row} of {len(texts)}): its vector is zero or not finite. '
            "Next: remove the empty text, or try another embedding model."
        )
    scaled: Vectors = (vectors / lengths[:, None]).astype(np.float32)
    return scaled


class HashEmbedder:
    """Character bigrams hashed into a vector: for tests, no model, same result everywhere."""

    def __init__(self, dimension: int = 256) -> None:
        self.dimension = dimension
        self.model_id = f"hash-{dimension}"

    def embed_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """Return float32[n, dimension], rows of unit length, in input order."""
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for row, text in enumerate(texts):
            for start in range(len(text)):
                digest = hashlib.blake2b(text[start : start + 2].encode("utf-8", "replace"), digest_size=8)
                number = int.from_bytes(digest.digest(), "big")
                vectors[row, number % self.dimension] += 1.0 if number >> 63 else -1.0
            if progress is not None:
                progress(1)
        return unit_rows(vectors, texts)

    def embed_query(self, text: str) -> Vectors:
        """Return float32[dimension], of unit length."""
        vector: Vectors = self.embed_passages([text])[0]
        return vector


def open_embedder(model: str, home: Path, *, base_url: str = "", key: str = "") -> Embedder:
    """Return the embedder that a setting names.

    Args:
        model: A model id or folder, exported before by `prepare_model`; or `openai:<model>`.
        home: Where exported models are looked for first.
        base_url: Of the OpenAI-compatible endpoint, such as http://127.0.0.1:8000/v1.
        key: For the endpoint.

    Raises:
        ModelMissing: The model has not been exported, or an endpoint is named without its address.
    """
    if not model.startswith(ENDPOINT_PREFIX):
        from index.exported import OnnxEmbedder, find_model

        return OnnxEmbedder(find_model(model, home))
    from index.endpoint import EndpointEmbedder

    if not base_url:
        raise ModelMissing(
            f'Cannot use the embedding endpoint "{model}": no address is set. '
            "Next: set its base url, such as http://127.0.0.1:8000/v1."
        )
    return EndpointEmbedder(model.removeprefix(ENDPOINT_PREFIX), base_url, key)
