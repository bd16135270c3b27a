"""Building: what is reused, what is made anew, what is kept, and when there is nothing to do."""

import subprocess
import sys
from dataclasses import replace
from types import SimpleNamespace

import pytest

from index import BuildFailed, HashEmbedder, IndexMissing, IndexStale, Query, open_index, publish

pytestmark = pytest.mark.usefixtures("quick_build")


class Counting(HashEmbedder):
    """Remembers what it was asked to embed."""

    def __init__(self, dimension=256):
        super().__init__(dimension)
        self.texts = []

    def embed_passages(self, texts, progress=None):
        self.texts += texts
        return super().embed_passages(texts, progress)


def with_changed_sentence(made_up, old, new):
    """Put another wording of the same length at the same place."""
    assert len(old) == len(new)
    changed = next(passage for passage in made_up.passages if old in passage.text)
    document = next(item for item in made_up.documents if item.id == changed.document_id)
    fresh = replace(changed, id="changed-" + changed.id[:8], text=changed.text.replace(old, new, 1))
    text = document.text[: changed.start] + fresh.text + document.text[changed.end :]
    return replace(
        made_up,
        documents=tuple(replace(item, text=text) if item is document else item for item in made_up.documents),
        passages=tuple(fresh if item is changed else item for item in made_up.passages),
    ), fresh


def test_the_report_counts(small, tmp_path):
    report = small.build(tmp_path)
    assert (report.documents, report.clauses, report.passages) == (12, 96, 96)
    assert (report.embedded, report.reused, report.nothing_to_do) == (96, 0, False)


def test_building_again_does_nothing(small, tmp_path):
    first = small.build(tmp_path)
    counting = Counting()
    again = small.build(tmp_path, counting)
    assert (again.nothing_to_do, again.snapshot, counting.texts) == (True, first.snapshot, [])


def test_only_what_changed_is_embedded_and_served_new(small, tmp_path):
    small.build(tmp_path)
    changed, fresh = with_changed_sentence(small, "万元激励", "万圆奖赏")
    counting = Counting()
    report = changed.build(tmp_path, counting)
    assert (report.embedded, report.reused) == (1, 95)
    assert counting.texts == [f"{fresh.context}\n{fresh.text}"]
    index = open_index(tmp_path, HashEmbedder())
    hit = index.search(Query(text=fresh.text, limit=1))[0]
    assert hit.passage == fresh
    assert all("万圆奖赏" in item.text for item in index.passages if item.clause_id == fresh.clause_id)


def test_a_removed_document_is_gone(small, tmp_path):
    small.build(tmp_path)
    kept = replace(
        small,
        documents=small.documents[1:],
        clauses=tuple(item for item in small.clauses if item.document_id != "made-up-0"),
        passages=tuple(item for item in small.passages if item.document_id != "made-up-0"),
    )
    kept.build(tmp_path)
    hits = open_index(tmp_path, HashEmbedder()).search(Query(text=small.passages[0].text, limit=50))
    assert "made-up-0" not in {hit.passage.document_id for hit in hits}


def test_force_embeds_everything_anew(small, tmp_path):
    small.build(tmp_path)
    assert small.build(tmp_path, force=True).embedded == 96


def test_another_model_embeds_everything_anew(small, tmp_path):
    small.build(tmp_path)
    with pytest.raises(IndexStale, match="jiangbu build"):
        open_index(tmp_path, HashEmbedder(128))
    assert small.build(tmp_path, HashEmbedder(128)).embedded == 96
    assert open_index(tmp_path, HashEmbedder(128)).manifest.dimension == 128


def test_another_format_is_stale_and_built_anew(small, tmp_path):
    small.build(tmp_path)
    path = publish.current_snapshot(tmp_path) / "manifest.json"
    path.write_text(path.read_text().replace('"format": ', '"format": 9'))
    with pytest.raises(IndexStale, match="jiangbu build"):
        open_index(tmp_path, HashEmbedder())
    assert not small.build(tmp_path).nothing_to_do


def test_one_previous_snapshot_is_kept(small, tmp_path):
    names = [small.build(tmp_path, force=True).snapshot for _ in range(3)]
    left = sorted(path.name for path in publish.snapshots_folder(tmp_path).iterdir())
    assert left == sorted(names[1:])


def test_a_snapshot_that_is_being_read_stays(small, tmp_path):
    small.build(tmp_path)
    index = open_index(tmp_path, HashEmbedder())
    for _ in range(2):
        small.build(tmp_path, force=True)
    assert not index.is_current()
    assert index.search(Query(text=small.passages[0].text, limit=1))[0].passage == small.passages[0]
    index.close()
    small.build(tmp_path, force=True)
    assert not index.directory.exists()


def test_no_index_names_the_command(tmp_path):
    with pytest.raises(IndexMissing, match="jiangbu build"):
        open_index(tmp_path, HashEmbedder())


def test_too_little_space_is_refused_and_the_old_index_serves(small, tmp_path, monkeypatch):
    small.build(tmp_path)
    monkeypatch.setattr(publish.shutil, "disk_usage", lambda path: SimpleNamespace(free=3 * publish.MB))
    with pytest.raises(BuildFailed, match="3 MB are free"):
        small.build(tmp_path, force=True)
    assert open_index(tmp_path, HashEmbedder()).is_current()


def test_importing_the_package_loads_nothing_heavy():
    code = "import index, sys; print(sorted({'numpy', 'chromadb', 'torch', 'jieba', 'bm25s'} & set(sys.modules)))"
    child = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert child.stdout.strip() == "[]"
