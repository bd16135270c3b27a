"""Embedders: unit rows, in order, zero vectors refused; and which embedder a setting names."""

import json

import numpy as np
import pytest

from index import EmbeddingFailed, EndpointEmbedder, HashEmbedder, ModelDamaged, ModelMissing, open_embedder
from index.exported import OnnxEmbedder, find_model, model_folder


def test_hash_vectors_are_unit_rows_in_input_order():
    embedder = HashEmbedder()
    rows = embedder.embed_passages(["泵阀标准", "茶叶标准"])
    assert rows.dtype == np.float32
    assert np.allclose(np.linalg.norm(rows, axis=1), 1)
    assert np.array_equal(rows[1], embedder.embed_query("茶叶标准"))


def test_a_zero_vector_is_refused():
    with pytest.raises(EmbeddingFailed, match="zero or not finite"):
        HashEmbedder().embed_passages(["泵阀", ""])


def test_progress_is_told_of_every_passage():
    seen = []
    HashEmbedder().embed_passages(["甲", "乙", "丙"], seen.append)
    assert sum(seen) == 3


def test_a_missing_model_names_the_command(tmp_path):
    with pytest.raises(ModelMissing, match="jiangbu build"):
        find_model("nobody/none", tmp_path)


def test_a_cut_model_file_is_noticed(tmp_path):
    folder = tmp_path / "models" / model_folder("nobody/none")
    folder.mkdir(parents=True)
    (folder / "model.onnx").write_bytes(b"cut")
    (folder / "tokenizer.json").write_text("{}")
    (folder / "manifest.json").write_text(json.dumps({"model_bytes": 99}))
    with pytest.raises(ModelDamaged, match="3 bytes, the manifest says 99"):
        OnnxEmbedder(find_model("nobody/none", tmp_path))


def test_an_endpoint_needs_its_address(tmp_path):
    with pytest.raises(ModelMissing, match="base url"):
        open_embedder("openai:some-model", tmp_path)
    assert isinstance(open_embedder("openai:m", tmp_path, base_url="http://127.0.0.1:9/v1"), EndpointEmbedder)
