"""The real model: exported once a session, close to the full one, and run without torch."""

import subprocess
import sys
from importlib.metadata import PackageNotFoundError, distribution

import numpy as np
import pytest

from index import (
    DEFAULT_MODEL,
    EmbeddingFailed,
    ModelDamaged,
    ModelMissing,
    OnnxEmbedder,
    model_source,
    prepare_model,
)

FOLDER = "moka-ai--m3e-small"


@pytest.fixture(scope="session")
def model_dir(request):
    """The exported default model, kept in pytest's cache between sessions."""
    try:
        distribution(model_source.WHEEL)
    except PackageNotFoundError:
        pytest.skip(f"the package {model_source.WHEEL} is not installed")
    target = request.config.cache.mkdir("jiangbu-models") / FOLDER
    if not (target / "manifest.json").is_file():
        prepare_model(DEFAULT_MODEL, target)
    return target


@pytest.fixture(scope="module")
def embedder(model_dir):
    return OnnxEmbedder(model_dir)


def test_the_manifest_says_what_it_is(embedder):
    assert embedder.model_id == f"{DEFAULT_MODEL}@{model_source.DEFAULT_SHA256[:12]}/int8"
    assert (embedder.dimension, embedder.max_tokens) == (512, 512)


def test_a_passage_has_the_same_vector_whatever_stands_beside_it(embedder):
    texts = ["泵阀企业牵头写了一份国标", "茶" * 900, "冷链物流"]
    together = embedder.embed_passages(texts)
    assert np.allclose(np.linalg.norm(together, axis=1), 1, atol=1e-5)
    for row, text in enumerate(texts):
        assert np.array_equal(embedder.embed_query(text), together[row])


def test_an_empty_text_is_refused(embedder):
    with pytest.raises(EmbeddingFailed, match="empty"):
        embedder.embed_query("  ")


@pytest.mark.parametrize(
    ("question", "field"), [("照顾老年人", "养老服务"), ("停放汽车", "智慧停车"), ("泡茶", "茶叶")]
)
def test_meaning_is_found_without_a_common_word(embedder, question, field):
    fields = ("泵阀", "茶叶", "养老服务", "冷链物流", "印刷包装", "智慧停车", "民宿")
    assert fields[int((embedder.embed_passages(fields) @ embedder.embed_query(question)).argmax())] == field


def test_answering_loads_neither_torch_nor_langchain(small, embedder, model_dir, tmp_path):
    small.build(tmp_path, embedder)
    code = (
        "import sys; from pathlib import Path; from index import OnnxEmbedder, Query, open_index;"
        "index = open_index(Path(sys.argv[1]), OnnxEmbedder(Path(sys.argv[2])));"
        "assert index.search(Query(text='茶叶', limit=3));"
        "heavy = {'torch', 'transformers', 'sentence_transformers', 'langchain', 'langchain_core', 'gradio'};"
        "print(sorted(heavy & set(sys.modules)))"
    )
    command = [sys.executable, "-c", code, str(tmp_path), str(model_dir)]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip() == "[]"


def test_other_weights_under_the_default_name_are_refused(tmp_path, monkeypatch, model_dir):
    monkeypatch.setattr(model_source, "DEFAULT_SHA256", "0" * 64)
    with pytest.raises(ModelDamaged, match="expected 0000"):
        prepare_model(DEFAULT_MODEL, tmp_path / "models" / FOLDER)
    assert not (tmp_path / "models" / FOLDER).exists()


def test_a_model_that_is_not_here_says_how_to_get_it(tmp_path):
    with pytest.raises(ModelMissing, match="hf download nobody/no-such-model"):
        prepare_model("nobody/no-such-model", tmp_path / "models" / "none")
