"""Passages to an index, and questions to the passages that may answer them.

Importing this package loads nothing; each name below is fetched when it is first used.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from index.build import build_index
    from index.embed import DEFAULT_MODEL, Embedder, HashEmbedder, open_embedder
    from index.endpoint import EndpointEmbedder
    from index.errors import (
        BuildBusy,
        BuildFailed,
        EmbeddingFailed,
        IndexDamaged,
        IndexingError,
        IndexMissing,
        IndexStale,
        ModelDamaged,
        ModelMissing,
        StoreUnavailable,
    )
    from index.exported import OnnxEmbedder, find_model, model_folder
    from index.model import prepare_model
    from index.opening import open_index
    from index.publish import sweep_snapshots
    from index.records import BuildReport, Hit, IndexManifest, Query
    from index.search import Index

_MODULES = {
    "build": ("build_index",),
    "embed": ("DEFAULT_MODEL", "Embedder", "HashEmbedder", "open_embedder"),
    "endpoint": ("EndpointEmbedder",),
    "errors": (
        "BuildBusy",
        "BuildFailed",
        "EmbeddingFailed",
        "IndexDamaged",
        "IndexMissing",
        "IndexStale",
        "IndexingError",
        "ModelDamaged",
        "ModelMissing",
        "StoreUnavailable",
    ),
    "exported": ("OnnxEmbedder", "find_model", "model_folder"),
    "model": ("prepare_model",),
    "opening": ("open_index",),
    "publish": ("sweep_snapshots",),
    "records": ("BuildReport", "Hit", "IndexManifest", "Query"),
    "search": ("Index",),
}
_HOME_OF = {name: module for module, names in _MODULES.items() for name in names}

__all__ = [
    "DEFAULT_MODEL",
    "BuildBusy",
    "BuildFailed",
    "BuildReport",
    "Embedder",
    "EmbeddingFailed",
    "EndpointEmbedder",
    "HashEmbedder",
    "Hit",
    "Index",
    "IndexDamaged",
    "IndexManifest",
    "IndexMissing",
    "IndexStale",
    "IndexingError",
    "ModelDamaged",
    "ModelMissing",
    "OnnxEmbedder",
    "Query",
    "StoreUnavailable",
    "build_index",
    "find_model",
    "model_folder",
    "open_embedder",
    "open_index",
    "prepare_model",
    "sweep_snapshots",
]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - whatever the name stands for
    if name not in _HOME_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOME_OF[name]}"), name)
