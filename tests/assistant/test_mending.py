"""A running assistant over an index that is damaged, gone or behind: it answers on, says so, and a start mends it."""

import os
import threading
from functools import lru_cache
from pathlib import Path

import pytest

from assistant import service
from assistant.collecting import add_files
from assistant.config import Settings
from assistant.records import Question
from assistant.service import LiveAssistant, build, open_or_build
from corpus import CorpusError, Library
from corpus.library import write_whole
from corpus.records import PolicyDocument
from index import BuildBusy, IndexDamaged, IndexStale, child, publish
from index import build as index_build
from index.errors import BuildFailed, IndexMissing
from index.tokenize import load_full
from tests.assistant.conftest import CrowdedEmbedder, read_policy
from tests.assistant.policies import DAY

ASKED = Question(question="萧山区主导制定国家标准奖励多少", as_of=DAY)
ADDED = """柳州市标准化激励细则
第一条 主导制定国家标准的，每项激励43万元。
第二条 本细则自2025年2月1日起施行。
"""


@pytest.fixture
def settings(monkeypatch: pytest.MonkeyPatch, documents, tmp_path: Path) -> Settings:
    """The made-up policies as the packaged ones, built in this process, looked after at every question."""
    monkeypatch.setattr("corpus.library.packaged_documents", lambda: list(documents.values()))
    monkeypatch.setattr(service, "embedder_of", lambda settings, prepare: CrowdedEmbedder())
    steps = {"write": child.write_store, "check": lambda snapshot: None}
    monkeypatch.setattr(child, "run_step", lambda step, snapshot, passages: steps[step](snapshot))
    monkeypatch.setattr(index_build, "load_full", lru_cache(load_full))
    monkeypatch.setattr(service, "LOOK_AGAIN_S", 0.0)
    monkeypatch.setattr(service, "CHECK_AGAIN_S", 0.0)
    made = Settings(home=tmp_path / "home")
    build(made, progress=False)
    return made


def answers_right(live: LiveAssistant) -> bool:
    return [f"{amount.yuan:f}" for amount in live.answer(ASKED).amounts] == ["310000"]


def test_damage_under_a_running_assistant_is_told_and_changes_no_answer(settings: Settings) -> None:
    live = LiveAssistant(settings)
    live.check()
    assert answers_right(live)
    snapshot = publish.current_snapshot(settings.home)
    os.truncate(snapshot / "vectors.npy", 4096)  # of a mapped file, the end would be the process's end
    assert answers_right(live)
    with pytest.raises(IndexDamaged, match=r"vectors\.npy"):
        live.check()
    build(settings, progress=False)
    live.check()
    assert answers_right(live)


def test_an_index_that_is_gone_is_told_and_answers_go_on(settings: Settings, caplog: pytest.LogCaptureFixture) -> None:
    live = LiveAssistant(settings)
    (settings.home / "index" / "current").unlink()
    assert answers_right(live) and answers_right(live)
    with pytest.raises(IndexMissing):
        live.check()
    assert caplog.text.count("jiangbu build --force") == 1  # said once, not at every question


def test_only_a_start_that_may_mend_builds_what_is_damaged(settings: Settings) -> None:
    (publish.current_snapshot(settings.home) / "ledger.sqlite").write_bytes(b"")
    with pytest.raises(IndexDamaged):
        open_or_build(settings)
    live = LiveAssistant(settings, mend=True)
    live.check()
    assert answers_right(live)


def test_documents_stored_before_a_kill_are_indexed_by_the_next_start(settings: Settings, tmp_path: Path) -> None:
    file = tmp_path / "liuzhou.txt"
    file.write_text(ADDED, "utf-8")
    Library(settings.home).add([read_policy(ADDED, "liuzhou-2025")])
    with pytest.raises(IndexStale):
        open_or_build(settings)
    live = LiveAssistant(settings, mend=True)
    assert live.document("liuzhou-2025") is not None


def test_what_cannot_be_indexed_does_not_stay(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "liuzhou.txt"
    file.write_text(ADDED, "utf-8")

    def full(home: Path, needed: int) -> None:
        raise BuildFailed("no room")

    monkeypatch.setattr(publish, "check_space", full)
    with pytest.raises(BuildFailed):
        add_files(settings, [file], {})
    assert "liuzhou-2025" not in Library(settings.home).ids()
    assert open_or_build(settings).is_current()


def test_of_several_documents_all_are_stored_or_none(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    library, written = Library(settings.home), []

    def second_fails(path: Path, content: str) -> None:
        written.append(path)
        if len(written) == 2:
            raise CorpusError("the disk is full")
        write_whole(path, content)

    monkeypatch.setattr("corpus.library.write_whole", second_fails)
    several = [read_policy(ADDED.replace("柳州", city), f"{city}-2025") for city in ("桂林", "梧州", "北海")]
    with pytest.raises(CorpusError, match="full"):
        library.add(several)
    assert not {one.id for one in several} & library.ids()


def test_documents_are_read_by_whoever_may_build(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """Read before the lock, older documents could be published after newer ones, what was removed among them."""
    held, read = [], Library.documents

    def watched(library: Library) -> list[PolicyDocument]:
        held.append(settings.home / "index" / "build.lock" in vars(publish._HELD).get("paths", ()))
        return read(library)

    monkeypatch.setattr(Library, "documents", watched)
    busy: list[Exception] = []

    def other() -> None:
        try:
            build(settings, progress=False)
        except BuildBusy as error:
            busy.append(error)

    with publish.build_lock(settings.home):
        build(settings, progress=False)
        thread = threading.Thread(target=other)
        thread.start()
        thread.join()
    assert held == [True] and len(busy) == 1  # the other did not get so far as to read
