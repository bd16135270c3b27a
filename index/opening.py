"""From a home folder to an index that can be searched, or to the reason why not and what mends it."""

from pathlib import Path

from index import publish
from index.embed import Embedder
from index.errors import IndexDamaged
from index.search import Index
from index.snapshot import check_whole, damaged, read_manifest, stale


def open_index(home: Path, embedder: Embedder) -> Index:
    """Open the published index under `home`.

    Raises:
        IndexMissing: None has been built.
        IndexStale: It was made with another model, dimension or format.
        IndexDamaged: Its files are not as they were when it was published.
    """
    directory = publish.current_snapshot(home)
    try:
        return _open_snapshot(home, directory, embedder)
    except IndexDamaged:
        if publish.current_name(home) == directory.name:
            raise
        return open_index(home, embedder)  # it was replaced and removed while we were reading it


def _open_snapshot(home: Path, directory: Path, embedder: Embedder) -> Index:
    manifest = read_manifest(directory)
    if manifest.model_id != embedder.model_id:
        raise stale(directory, f'model "{manifest.model_id}", the settings say "{embedder.model_id}"')
    check_whole(directory, manifest)
    try:
        return Index(home, directory, manifest, embedder)
    except (OSError, ValueError, KeyError, TypeError, IndexError) as error:
        raise damaged(directory, f"its records cannot be read ({type(error).__name__}: {error})") from error
