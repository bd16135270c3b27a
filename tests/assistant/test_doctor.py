"""What `jiangbu doctor` finds, and what it advises."""

import json
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import pytest

from assistant import doctor
from assistant.config import Settings
from assistant.doctor import Check, examine, is_sound, render
from index import DEFAULT_MODEL, model_folder
from index.records import IndexManifest
from index.snapshot import FORMAT, file_marks

MANIFEST = IndexManifest(
    format=FORMAT,
    model_id="m@1",
    dimension=512,
    corpus_sha256="ab" * 32,
    terms_sha256="",
    documents=3,
    clauses=40,
    passages=50,
    chromadb_version="1.5.9",
    created="2026-01-02T03:04:05Z",
    files={},
)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home, and no model beside the installed package."""
    monkeypatch.setattr("sys.prefix", str(tmp_path / "prefix"))
    return tmp_path / "home"


def put(file: Path, content: Any) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")


def publish(home: Path, manifest: Any = None) -> Path:
    """A snapshot; `manifest` replaces the right one."""
    snapshot = home / "index" / "snapshots" / "one"
    put(snapshot / "vectors.npy", "vectors")
    put(snapshot / "chroma" / "chroma.sqlite3", "store")
    right = replace(MANIFEST, files=file_marks(snapshot))
    put(snapshot / "manifest.json", asdict(right) if manifest is None else manifest)
    put(home / "index" / "current", "one\n")
    return snapshot


def find(name: str, settings: Settings) -> Check:
    return next(check for check in examine(settings) if check.name.startswith(name))


def test_on_a_fresh_machine_model_and_index_are_missing_and_the_remedy_is_a_command(home: Path) -> None:
    missing = {check.name: check.remedy for check in examine(Settings(home=home)) if check.required and not check.ok}
    assert missing == {"向量模型": "运行 jiangbu setup", "索引": "运行 jiangbu build"}
    assert not home.exists()  # looking leaves no trace


def test_exported_model_is_found_with_its_dimension(home: Path) -> None:
    put(home / "models" / model_folder("a/b") / "manifest.json", {"dimension": 384})
    check = find("向量模型", Settings(home=home, embedding_model="a/b"))
    assert (check.ok, "384" in check.detail, "许可" in check.detail) == (True, True, False)


@pytest.mark.parametrize("exported", [True, False])
def test_default_model_is_always_shown_to_be_for_research_only(home: Path, exported: bool) -> None:
    assert Settings().embedding_model == DEFAULT_MODEL
    if exported:
        put(home / "models" / model_folder(DEFAULT_MODEL) / "manifest.json", {"dimension": 512})
    check = find("向量模型", Settings(home=home))
    assert (check.ok, "仅供研究" in check.detail) == (exported, True)


def test_embedding_service_says_where_texts_go_and_keeps_the_key(home: Path) -> None:
    settings = Settings.model_validate(
        {"home": home, "embedding_base_url": "https://vectors.example/v1", "embedding_api_key": "sk-secret"}
    )
    shown = render(examine(settings))
    assert "https://vectors.example/v1" in shown
    assert "sk-secret" not in shown


def test_language_model_says_where_questions_go_and_keeps_the_key(home: Path) -> None:
    stated = {"home": home, "llm_model": "m", "llm_base_url": "https://words.example/v1", "llm_api_key": "sk-secret"}
    check = find("语言模型", Settings.model_validate(stated))
    assert check.ok and "https://words.example/v1" in check.detail and "sk-secret" not in check.detail
    homeless = find("语言模型", Settings(home=home, llm_model="m"))
    assert not homeless.ok and not homeless.required and "JIANGBU_LLM_BASE_URL" in homeless.remedy


def test_index_shows_model_corpus_counts_and_day(home: Path) -> None:
    publish(home)
    check = find("索引", Settings(home=home))
    assert check.ok
    assert [
        part for part in ("m@1", "abababababab", "3 份", "40 条", "50 个", "2026-01-02") if part not in check.detail
    ] == []


@pytest.mark.parametrize(("exported", "fits"), [("m@1", True), ("m@2", False)])
def test_index_made_with_another_model_is_a_finding(home: Path, exported: str, fits: bool) -> None:
    publish(home)
    put(home / "models" / model_folder("a/b") / "manifest.json", {"dimension": 384, "model_id": exported})
    check = find("索引", Settings(home=home, embedding_model="a/b"))
    assert (check.ok, "jiangbu build" in check.remedy) == (fits, True)


@pytest.mark.parametrize("manifest", ["", "[]", "{", {"model_id": "m"}])
def test_damaged_index_is_a_finding_and_no_traceback(home: Path, manifest: Any) -> None:
    publish(home, manifest)
    check = find("索引", Settings(home=home))
    assert (check.ok, check.remedy) == (False, "运行 jiangbu build --force")


def test_changed_file_of_the_index_is_named(home: Path) -> None:
    put(publish(home) / "vectors.npy", "other")
    check = find("索引", Settings(home=home))
    assert (check.ok, "vectors.npy" in check.detail) == (False, True)


def test_pointer_to_a_snapshot_that_is_gone_is_a_finding(home: Path) -> None:
    put(home / "index" / "current", "gone\n")
    assert not find("索引", Settings(home=home)).ok


def test_home_below_a_file_cannot_be_written(tmp_path: Path) -> None:
    put(tmp_path / "file", "x")
    check = find("主文件夹", Settings(home=tmp_path / "file" / "home"))
    assert (check.ok, "JIANGBU_HOME" in check.remedy) == (False, True)


def test_full_disk_is_a_finding(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "NEEDED_BYTES", 10**18)
    assert not find("主文件夹", Settings(home=home)).ok


def test_package_that_is_missing_is_named(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.metadata.requires", lambda _: ["no-such-package>=1", "pytest>=9; extra == 'dev'"])
    check = find("软件包", Settings(home=home))
    assert (check.ok, check.detail) == (False, "缺少 no-such-package")


def test_missing_browser_is_said_but_does_not_fail(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda _: None)
    check = find("Chromium", Settings(home=home))
    assert (check.ok, check.required, is_sound([check])) == (False, False, True)


def test_rendering_marks_each_finding_and_adds_the_remedy_where_needed() -> None:
    checks = [
        Check(name="甲", ok=True, detail="好", remedy="不必"),
        Check(name="乙", ok=False, detail="坏", remedy="修"),
        Check(name="丙", ok=False, detail="无", required=False),
    ]
    assert render(checks) == "✓ 甲：好\n✗ 乙：坏\n    → 修\n– 丙：无"
    assert not is_sound(checks)
