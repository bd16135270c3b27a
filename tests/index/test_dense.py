"""The Chroma store: finds what an exhaustive comparison finds, filters, and two builds are alike."""

import subprocess
import sys

import numpy as np
import pytest

from index.dense import DenseIndex, write_dense
from index.exact import exact_search


@pytest.fixture(scope="module")
def vectors(small):
    random_ = np.random.default_rng(0)
    rows = random_.standard_normal((len(small.passages), 64)).astype(np.float32)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


@pytest.fixture(scope="module")
def dense(small, vectors, tmp_path_factory):
    directory = tmp_path_factory.mktemp("dense") / "index" / "snapshots" / "one" / "chroma"
    write_dense(directory, small.documents, small.passages, vectors)
    dense = DenseIndex(directory)
    yield dense
    dense.close()


def test_it_finds_what_comparing_with_all_finds(small, vectors, dense):
    for vector in vectors[::7]:
        expected = [small.passages[row].id for row in exact_search(vectors, vector, 10)]
        assert dense.search(vector, 10) == expected


def test_a_filter_by_document_holds(small, vectors, dense):
    chosen = frozenset({"made-up-3", "made-up-5"})
    found = dense.search(vectors[0], 50, chosen)
    expected = {passage.id for passage in small.passages if passage.document_id in chosen}
    assert set(found) == expected


def test_two_builds_answer_alike(small, vectors, dense, tmp_path):
    store = tmp_path / "index" / "snapshots" / "two" / "chroma"
    write_dense(store, small.documents, small.passages, vectors)
    again = DenseIndex(store)
    assert [again.search(row, 20) for row in vectors[:10]] == [dense.search(row, 20) for row in vectors[:10]]
    again.close()


def test_facts_of_the_document_stand_beside_the_vectors(small, dense):
    got = dense._collection().get(ids=[small.passages[0].id], include=["metadatas"])["metadatas"][0]
    assert got == {
        "document_id": "made-up-0",
        "region": "东临省海棠市",
        "kind": "award_policy",
        "in_force_from": 20210601,
        "in_force_until": 20260531,
    }


def test_the_private_copy_goes_with_its_reader_and_after_a_killed_one(small, vectors, dense, tmp_path):
    store = tmp_path / "index" / "snapshots" / "one" / "chroma"
    write_dense(store, small.documents, small.passages, vectors)
    readers = tmp_path / "index" / "readers"
    code = "import os, sys; from pathlib import Path; from index.private import PrivateCopy; "
    code += "copy = PrivateCopy(Path(sys.argv[1])); os.kill(os.getpid(), 9)"
    subprocess.run([sys.executable, "-c", code, str(store)], check=False)
    abandoned = list(readers.iterdir())
    assert len(abandoned) == 1
    again = DenseIndex(store)
    again.search(vectors[0], 1)
    assert len(list(readers.iterdir())) == 1
    assert not abandoned[0].exists()
    again.close()
    assert list(readers.iterdir()) == []


def test_without_a_writable_home_the_copy_lies_in_the_temporary_folder(small, vectors, tmp_path):
    store = tmp_path / "index" / "snapshots" / "one" / "chroma"
    write_dense(store, small.documents, small.passages, vectors)
    (tmp_path / "index" / "readers").write_text("in the way")
    again = DenseIndex(store)
    assert again.search(vectors[0], 1) == [small.passages[0].id]
    again.close()
