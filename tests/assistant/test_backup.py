"""A backup holds what cannot be made again; restored, the same is answered; a bad one changes nothing."""

import hashlib
import json
import os
import stat
import zipfile
from contextlib import closing
from functools import lru_cache
from types import SimpleNamespace

import pytest
from click.testing import CliRunner

from assistant import service
from assistant.archive import MANIFEST_NAME, NotABackup, opened
from assistant.backup import BackupError, RestoreOptions, restore_backup, write_backup
from assistant.cli import main
from assistant.config import Settings, load_settings_at
from assistant.operator_words import NOT_A_BACKUP
from assistant.records import Question
from assistant.service import LiveAssistant
from assistant.store import FILE_NAME, open_store
from assistant.switch import Switch
from corpus import Library
from corpus.library import packaged_documents
from index import build, child
from index.tokenize import load_full
from tests.assistant.conftest import CrowdedEmbedder
from tests.assistant.policies import QINGDAO_OLD, XIAOSHAN
from tests.assistant.store.test_audit import entry

QUESTIONS = ("萧山主导制定国家标准奖励多少", "萧山区申请要交什么材料", "青岛牵头起草国家标准奖补多少", "苏州有什么奖励")
ENTRIES = 20


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    """Indexes are built in this process, by an embedder without a model."""
    steps = {"write": child.write_store, "check": lambda snapshot: None}
    monkeypatch.setattr(child, "run_step", lambda step, snapshot, passages: steps[step](snapshot))
    monkeypatch.setattr(build, "load_full", lru_cache(load_full))
    monkeypatch.setattr(service, "embedder_of", lambda settings, prepare: CrowdedEmbedder())
    for name in [one for one in os.environ if one.startswith("JIANGBU_")]:
        monkeypatch.delenv(name)


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """A home with two policies of its own, an account, a ticket, a log, settings and a closed door."""
    made = tmp_path_factory.mktemp("kept") / "home"
    library = Library(made)
    for text, name in ((XIAOSHAN, "xiaoshan-2024"), (QINGDAO_OLD, "qingdao-2022")):
        from tests.assistant.conftest import read_policy

        library.add([read_policy(text, name)])
    gone = "".join(f"{document.id}\n" for document in packaged_documents())  # one by one they take twenty seconds
    (made / "corpus" / "removed.txt").write_text(gone, encoding="utf-8")
    with closing(open_store(made)) as store:
        store.accounts.add("wang", "staff", "correct-horse")
        store.accounts.open_session(store.accounts.by_password("wang", "correct-horse"))
        for turn in range(ENTRIES):
            store.audit.write(entry(f"第{turn}问"))
    (made / "jiangbu.toml").write_text(
        '# 说明\nport = 7999\nllm_model = "模型"\nllm_api_key = "canary-a"\nhome = "/elsewhere"\n'
        'embedding_base_url = "http://u:canary-b@127.0.0.1/v1"\naudit_strict = true\n',
        encoding="utf-8",
    )
    Switch(made).turn_off(["api"], why="核对")
    return made


def settings_of(home):
    return Settings(home=home)


def backed_up(home, folder):
    file = folder / "kept.zip"
    write_backup(settings_of(home), file)
    return file


def build_index(home):
    service.build(load_settings_at(home), progress=False)


def answers(home):
    live = LiveAssistant(settings_of(home), progress=False)
    return [
        live.answer(Question(question=question)).model_dump(mode="json", exclude={"elapsed_ms"})
        for question in QUESTIONS
    ]


def content_of(folder):
    """Every file below a folder, by name, with what is in it."""
    return {
        file.relative_to(folder).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


def test_what_is_restored_answers_the_same_and_its_log_is_whole(home, tmp_path):
    build_index(home)
    before = answers(home)
    file = backed_up(home, tmp_path)
    target = tmp_path / "new" / "home"
    done = restore_backup(file, target, build_index, RestoreOptions(by="root"))
    assert answers(target) == before
    assert {one["status"] for one in before} == {"answered", "not_found"}
    assert (done.rows, done.aside) == (ENTRIES, None)
    assert Library(target).documents() == Library(home).documents()
    assert Switch(target).closed() == Switch(home).closed()
    with closing(open_store(target)) as store:
        report = store.audit.verify()
        assert (report.fault, report.rows) == ("", ENTRIES + 1)
        assert [(row.status, row.caller) for row in store.audit.recent(1)] == [("restored", "root")]
        assert store.accounts.by_password("wang", "correct-horse").name == "wang"
        with store.database.reading() as connection:
            assert connection.exec_driver_sql("SELECT count(*) FROM login").scalar() == 0
    assert stat.S_IMODE(target.stat().st_mode) == 0o700
    assert stat.S_IMODE((target / FILE_NAME).stat().st_mode) == 0o600


def test_a_backup_is_private_named_by_its_manifest_and_without_secrets(home, tmp_path):
    file = backed_up(home, tmp_path)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [one.name for one in tmp_path.iterdir()] == ["kept.zip"]
    with zipfile.ZipFile(file) as archive:
        manifest = json.loads(archive.read(MANIFEST_NAME))
        contents = {name: archive.read(name) for name in archive.namelist() if name != MANIFEST_NAME}
    listed = {one["name"]: (one["bytes"], one["sha256"]) for one in manifest["members"]}
    assert listed == {name: (len(read), hashlib.sha256(read).hexdigest()) for name, read in contents.items()}
    assert set(listed) >= {FILE_NAME, "audit.head", "off.json", "jiangbu.toml", "corpus/removed.txt"}
    assert contents["jiangbu.toml"].decode() == 'port = 7999\nllm_model = "模型"\naudit_strict = true\n'
    assert [name for name, read in contents.items() if b"canary" in read or b"correct-horse" in read] == []


def test_a_backup_is_taken_while_entries_are_written(home, tmp_path):
    with closing(open_store(home)) as store:
        for turn in range(400):
            store.audit.write(entry(f"同时{turn}"))
            if turn == 200:
                file = backed_up(home, tmp_path)
    restore_backup(file, tmp_path / "new", lambda folder: None)


def test_a_backup_that_cannot_be_made_leaves_nothing(home, tmp_path, monkeypatch):
    with pytest.raises(BackupError, match="没有"):
        write_backup(settings_of(home), tmp_path / "no" / "kept.zip")
    with pytest.raises(BackupError, match="pg_dump"):
        write_backup(Settings(home=home, database_url="postgresql+psycopg://u:p@127.0.0.1/x"), tmp_path / "kept.zip")
    with monkeypatch.context() as full:
        full.setattr("shutil.disk_usage", lambda folder: SimpleNamespace(free=10))
        with pytest.raises(BackupError, match="只剩 0 MB"):
            write_backup(settings_of(home), tmp_path / "kept.zip")

    def refuse(*_):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as full:
        full.setattr(os, "fsync", refuse)
        with pytest.raises(BackupError, match="No space left"):
            write_backup(settings_of(home), tmp_path / "kept.zip")
    assert [*tmp_path.iterdir()] == []
    (tmp_path / "kept.zip").touch()
    with pytest.raises(BackupError, match="已经存在"):
        write_backup(settings_of(home), tmp_path / "kept.zip")


def test_documents_that_change_all_the_time_are_not_copied_half(home, tmp_path, monkeypatch):
    told = iter(range(99))
    monkeypatch.setattr("assistant.backup._contents", lambda folder: {"corpus/removed.txt": str(next(told)).encode()})
    with pytest.raises(BackupError, match="一直在变"):
        write_backup(settings_of(home), tmp_path / "kept.zip")
    assert [*tmp_path.iterdir()] == []


def remade(file, change=lambda name, read: read, manifest=None, more=(), leave=()):
    """The same archive with other contents; the manifest stays unless another is given."""
    with zipfile.ZipFile(file) as archive:
        members = {name: change(name, archive.read(name)) for name in archive.namelist() if name not in leave}
    if manifest is not None:
        members[MANIFEST_NAME] = manifest(json.loads(members[MANIFEST_NAME]))
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, read in members.items():
            archive.writestr(name, read)
        for info, read in more:
            archive.writestr(info, read)


def listing(name, read):
    """A change of the manifest: one more member, rightly described."""

    def change(manifest):
        one = {"name": name, "bytes": len(read), "sha256": hashlib.sha256(read).hexdigest()}
        return json.dumps({**manifest, "members": [*manifest["members"], one]})

    return change


def linked(name):
    info = zipfile.ZipInfo(name)
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    return info


def declared(**changes):
    """A change of the manifest: the database is described otherwise."""

    def change(manifest):
        for one in manifest["members"]:
            if one["name"] == FILE_NAME:
                one.update(changes)
        return json.dumps(manifest)

    return change


LINK = b"/etc/passwd"
WHY = {  # of each damage; "names" of the others
    **dict.fromkeys(("cut", "cut in half", "empty", "no archive"), "unreadable"),
    **dict.fromkeys(("a byte of the database",), "content"),
    **dict.fromkeys(("a document changed", "larger than said", "huge"), "sizes"),
    **dict.fromkeys(("no manifest", "manifest no json", "manifest a list", "manifest deep"), "no_manifest"),
    **dict.fromkeys(("negative", "no number"), "no_manifest"),
    "manifest of a newer program": "format",
}
NAMES = ("../x", "/etc/x", "corpus/../../x", "corpus/./x", "corpus\\..\\x", "x.py", "corpus/a\nb", "corpus/")
DAMAGES = {
    "cut": lambda file: file.write_bytes(file.read_bytes()[:-200]),
    "cut in half": lambda file: file.write_bytes(file.read_bytes()[: file.stat().st_size // 2]),
    "empty": lambda file: file.write_bytes(b""),
    "no archive": lambda file: file.write_bytes(b"no archive" * 99),
    "a byte of the database": lambda file: remade(
        file, lambda name, read: read[:5000] + bytes([read[5000] ^ 1]) + read[5001:] if name == FILE_NAME else read
    ),
    "a document changed": lambda file: remade(file, lambda name, read: read + b"\n" if name.endswith(".md") else read),
    "no manifest": lambda file: remade(file, leave=(MANIFEST_NAME,)),
    "manifest no json": lambda file: remade(file, manifest=lambda told: "{"),
    "manifest a list": lambda file: remade(file, manifest=lambda told: "[]"),
    "manifest deep": lambda file: remade(file, manifest=lambda told: "[" * 100_000),
    "manifest of a newer program": lambda file: remade(file, manifest=lambda told: json.dumps({**told, "format": 2})),
    "a member not listed": lambda file: remade(file, more=[("corpus/documents/x.md", b"x")]),
    "a member missing": lambda file: remade(file, leave=("audit.head",)),
    "no database": lambda file: remade(
        file,
        leave=(FILE_NAME,),
        manifest=lambda told: json.dumps(
            {**told, "members": [one for one in told["members"] if one["name"] != FILE_NAME]}
        ),
    ),
    "twice": lambda file: remade(file, more=[("audit.head", b"{}")]),
    "larger than said": lambda file: remade(file, manifest=declared(bytes=10)),
    "negative": lambda file: remade(file, manifest=declared(bytes=-1)),
    "no number": lambda file: remade(file, manifest=declared(bytes=True)),
    "huge": lambda file: remade(file, manifest=declared(bytes=10**15)),
    **{
        f"name {name!r}": lambda file, name=name: remade(file, manifest=listing(name, b"x"), more=[(name, b"x")])
        for name in (
            "../x",
            "/etc/x",
            "corpus/../../x",
            "corpus/./x",
            "corpus\\..\\x",
            "x.py",
            "corpus/a\nb",
            "corpus/",
        )
    },
    "a link": lambda file: remade(
        file, manifest=listing("corpus/documents/x.md", LINK), more=[(linked("corpus/documents/x.md"), LINK)]
    ),
}


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("into", ["new", "old"])
def test_a_bad_archive_changes_nothing(home, tmp_path, damage, into):
    file = backed_up(home, tmp_path)
    DAMAGES[damage](file)
    target = tmp_path / "home"
    if into == "old":
        (target / "corpus").mkdir(parents=True)
        (target / "corpus" / "kept.txt").write_text("kept")
    before, beside = content_of(tmp_path), sorted(one.name for one in tmp_path.iterdir())
    with pytest.raises(BackupError, match=NOT_A_BACKUP[WHY.get(damage, "names")]):
        restore_backup(file, target, lambda folder: None, RestoreOptions(keep_aside=True))
    assert (content_of(tmp_path), sorted(one.name for one in tmp_path.iterdir())) == (before, beside)


def test_an_archive_put_together_anew_is_as_good(home, tmp_path):
    """What the damages above are refused for is the damage."""
    file = backed_up(home, tmp_path)
    remade(file)
    assert restore_backup(file, tmp_path / "new", lambda folder: None).members > 4


def test_a_bomb_is_not_unpacked_further_than_it_may_be(home, tmp_path):
    file = backed_up(home, tmp_path)
    bomb = b"\0" * 30_000_000
    remade(file, lambda name, read: bomb if name == FILE_NAME else read, manifest=declared(bytes=len(bomb)))
    folder = tmp_path / "unpacked"
    with pytest.raises(NotABackup, match="content"), opened(file) as archive:
        archive.unpack(folder)
    assert (folder / FILE_NAME).stat().st_size <= len(bomb)


@pytest.mark.parametrize("force", [False, True])
def test_a_home_with_something_in_it_is_kept_aside_or_left(home, tmp_path, force):
    file = backed_up(home, tmp_path)
    target = tmp_path / "home"
    target.mkdir()
    (target / "kept.txt").write_text("kept")
    if not force:
        with pytest.raises(BackupError, match="已有内容"):
            restore_backup(file, target, lambda folder: None)
        assert content_of(target).keys() == {"kept.txt"}
        return
    done = restore_backup(file, target, lambda folder: None, RestoreOptions(keep_aside=True))
    assert done.aside.name.startswith("home.before-")
    assert content_of(done.aside).keys() == {"kept.txt"}
    assert FILE_NAME in content_of(target)


def test_an_index_that_cannot_be_built_leaves_the_old_home(home, tmp_path):
    file = backed_up(home, tmp_path)
    target = tmp_path / "home"
    target.mkdir()
    (target / "kept.txt").write_text("kept")

    def fail(folder):
        raise RuntimeError("no model")

    with pytest.raises(RuntimeError, match="no model"):
        restore_backup(file, target, fail, RestoreOptions(keep_aside=True))
    assert sorted(one.name for one in tmp_path.iterdir()) == ["home", "kept.zip"]
    assert content_of(target).keys() == {"kept.txt"}


def test_a_log_that_was_cut_is_not_made_whole_by_a_backup(home, tmp_path):
    import shutil
    import sqlite3

    damaged = tmp_path / "damaged"
    shutil.copytree(home, damaged, ignore=shutil.ignore_patterns("index"))
    with closing(sqlite3.connect(damaged / FILE_NAME)) as raw:
        raw.execute(f"DELETE FROM audit WHERE seq > {ENTRIES - 2}")
        raw.commit()
    file = tmp_path / "kept.zip"
    assert write_backup(settings_of(damaged), file).fault == "cut"
    with pytest.raises(BackupError, match="核对不通过"):
        restore_backup(file, tmp_path / "new", lambda folder: None)
    assert not (tmp_path / "new").exists()
    restore_backup(file, tmp_path / "new", lambda folder: None, RestoreOptions(broken_log=True))
    with closing(open_store(tmp_path / "new")) as store:
        assert store.audit.verify().fault == "cut"


def test_the_commands_say_what_they_did(home, tmp_path, monkeypatch):
    monkeypatch.setenv("JIANGBU_HOME", str(home))
    run = CliRunner().invoke
    made = run(main, ["backup", str(tmp_path / "kept.zip")])
    assert (made.exit_code, "已备份到" in made.stderr, made.stdout) == (0, True, "")
    again = run(main, ["backup", str(tmp_path / "kept.zip")])
    assert (again.exit_code, "已经存在" in again.stderr) == (1, True)
    done = run(main, ["restore", str(tmp_path / "kept.zip"), "--to", str(tmp_path / "new")])
    assert (done.exit_code, "已恢复到" in done.stderr) == (0, True), done.stderr
    assert (tmp_path / "new" / "index" / "current").exists()
    refused = run(main, ["restore", str(tmp_path / "kept.zip"), "--to", str(tmp_path / "new")])
    assert (refused.exit_code, "已有内容" in refused.stderr) == (1, True)
    missing = run(main, ["restore", str(tmp_path / "no.zip"), "--to", str(tmp_path / "other")])
    assert (missing.exit_code, "不是完好的备份" in missing.stderr) == (1, True)
    assert not (tmp_path / "other").exists()
