"""An embedding model in the form that `index.model` leaves behind, run without torch or transformers.

Passages go through one at a time: int8 arithmetic takes its scale from the whole batch, and alone a passage
gets the same vector in every build, whatever stands beside it. That is also no slower.
"""

import hashlib
import json
import os
import sys
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from index.embed import Progress, Vectors, unit_rows
from index.errors import EmbeddingFailed, ModelDamaged, ModelMissing

if TYPE_CHECKING:
    from tokenizers import Tokenizer

WORKERS = 2


class OnnxEmbedder:
    """An exported sentence-transformers model; the session opens on first use."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        manifest = _read_manifest(directory)
        self.model_id: str = manifest["model_id"]
        self.dimension: int = manifest["dimension"]
        self.max_tokens: int = manifest["max_tokens"]
        self.query_instruction: str = manifest["query_instruction"]
        self._opening = threading.RLock()

    @cached_property
    def _tokenizer(self) -> "Tokenizer":
        from tokenizers import Tokenizer

        tokenizer = Tokenizer.from_file(str(self.directory / "tokenizer.json"))
        tokenizer.no_padding()
        tokenizer.enable_truncation(self.max_tokens)
        return tokenizer

    @cached_property
    def _session(self) -> Any:  # noqa: ANN401 - onnxruntime ships no types
        os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")  # read at import; else it keeps a device id
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1  # the worker threads below are the parallelism
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        path = str(self.directory / "model.onnx")
        return onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])

    def embed_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """Return float32[n, dimension], rows of unit length, in input order."""
        vectors = np.empty((len(texts), self.dimension), dtype=np.float32)
        # Longest first, so that the workers do not wait for one long text at the end.
        order = sorted(range(len(texts)), key=lambda row: -len(texts[row]))
        with ThreadPoolExecutor(WORKERS) as workers:
            for row, vector in zip(order, workers.map(lambda row: self._embed(texts[row]), order), strict=True):
                vectors[row] = vector
                if progress is not None:
                    progress(1)
        return unit_rows(vectors, texts)

    def embed_query(self, text: str) -> Vectors:
        """Return float32[dimension], of unit length."""
        vector: Vectors = unit_rows(self._embed(self.query_instruction + text)[None, :], [text])[0]
        return vector

    def _embed(self, text: str) -> Vectors:
        if not text.strip():
            raise EmbeddingFailed(
                "Cannot embed an empty text (OnnxEmbedder). Next: leave the passage out, or ask a question."
            )
        with self._opening:
            tokenizer, session = self._tokenizer, self._session
        ids = np.array([tokenizer.encode(text).ids], dtype=np.int64)
        vector: Vectors = session.run(None, {"input_ids": ids, "attention_mask": np.ones_like(ids)})[0][0]
        return vector


def _read_manifest(directory: Path) -> dict[str, Any]:
    path = directory / "manifest.json"
    try:
        manifest: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        size = (directory / "model.onnx").stat().st_size
        if size != manifest["model_bytes"] or not (directory / "tokenizer.json").is_file():
            raise ValueError(f"model.onnx has {size} bytes, the manifest says {manifest['model_bytes']}")
    except (OSError, ValueError, KeyError) as error:
        raise ModelDamaged(
            f"Cannot use the exported model in {directory}: {error}. "
            "Next: delete that folder and run `jiangbu build`, which exports it again."
        ) from error
    return manifest


def model_folder(model: str) -> str:
    """Return the folder name for a model's exported form.

    >>> model_folder("moka-ai/m3e-small")
    'moka-ai--m3e-small'
    """
    name = "".join(char if char.isalnum() or char in "._-" else "--" for char in model.strip("/"))
    return name if not Path(model).is_dir() else f"{name}-{hashlib.sha256(model.encode()).hexdigest()[:8]}"


def find_model(model: str, home: Path) -> Path:
    """Return the folder of the exported model: under `home` first, then beside the installed package.

    Raises:
        ModelMissing: It has not been exported yet.
    """
    places = [home / "models", Path(sys.prefix) / "share" / "jiangbu" / "models"]
    for place in places:
        if (place / model_folder(model) / "manifest.json").is_file():
            return place / model_folder(model)
    raise ModelMissing(
        f'Cannot find the exported embedding model "{model}" in {places[0]} or {places[1]}. '
        "Next: run `jiangbu build`, which exports it."
    )
