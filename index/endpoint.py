"""Embeddings from an OpenAI-compatible endpoint, for those who set `openai:<model>` and a base url.

The only file here that imports httpx. Nothing is sent anywhere unless that setting is made.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np

from index.deadline import Deadline, DeadlinePassed
from index.embed import Progress, Vectors, unit_rows
from index.errors import EmbeddingFailed

BATCH = 64


class EndpointEmbedder:
    """Vectors from `POST <base_url>/embeddings`; the key goes into the header and into no message."""

    def __init__(self, model: str, base_url: str, key: str = "", *, timeout_s: float = 20.0) -> None:
        self.model = model
        self.base_url = base_url.rstrip("/")
        self.model_id = f"openai:{model}@{self.base_url}"
        self._key = key
        self._timeout_s = timeout_s
        self._deadline = Deadline(timeout_s)
        self._dimension: int | None = None

    @property
    def dimension(self) -> int:
        """Length of the vectors; asks the endpoint once when no text has been embedded yet."""
        if self._dimension is None:
            self.embed_query("标准")
        assert self._dimension is not None
        return self._dimension

    def embed_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """Return float32[n, dimension], rows of unit length, in input order.

        Raises:
            EmbeddingFailed: The endpoint refused, did not answer in time, or answered nonsense.
        """
        batches = []
        for start in range(0, len(texts), BATCH):
            batch = texts[start : start + BATCH]
            batches.append(self._request(batch))
            if progress is not None:
                progress(len(batch))
        if len({part.shape[1] for part in batches}) > 1:
            raise self._failure("its vectors differ in length from request to request")
        self._dimension = int(batches[0].shape[1])
        return unit_rows(np.vstack(batches), texts)

    def embed_query(self, text: str) -> Vectors:
        """Return float32[dimension], of unit length."""
        vector: Vectors = self.embed_passages([text])[0]
        return vector

    def _request(self, texts: Sequence[str]) -> Vectors:
        try:
            answer = self._deadline.call(lambda: self._post(list(texts)))
        except DeadlinePassed as error:
            raise self._failure(str(error)) from error
        return self._read(answer, len(texts))

    def _post(self, texts: list[str]) -> Any:  # noqa: ANN401 - a foreign JSON value, checked by _read
        import httpx

        headers = {"Authorization": f"Bearer {self._key}"} if self._key else {}
        body = {"model": self.model, "input": texts, "encoding_format": "float"}
        try:
            response = httpx.post(f"{self.base_url}/embeddings", json=body, headers=headers, timeout=self._timeout_s)
            if response.status_code != 200:
                raise self._failure(f"it answered with HTTP status {response.status_code}")
            return response.json()
        except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
            raise self._failure(f"{type(error).__name__}: {error}") from error

    def _read(self, answer: Any, count: int) -> Vectors:  # noqa: ANN401 - see _post
        try:
            rows = sorted(answer["data"], key=lambda row: row["index"])
            vectors = np.array([row["embedding"] for row in rows], dtype=np.float32)
        except (KeyError, TypeError, ValueError) as error:
            raise self._failure("the answer is not a list of embeddings") from error
        if vectors.ndim != 2 or len(vectors) != count or vectors.shape[1] == 0:
            raise self._failure(f"it returned vectors of shape {vectors.shape} for {count} texts")
        return vectors

    def _failure(self, reason: str) -> EmbeddingFailed:
        return EmbeddingFailed(
            f'Cannot get embeddings of "{self.model}" from {self.base_url}: {reason}. '
            "Next: check the address, the key and the model's name, or go back to the local model."
        )
