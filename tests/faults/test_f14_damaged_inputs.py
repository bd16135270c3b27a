"""F14: what the program is to start from is damaged: it says which file and what is wrong, and half of it is never
loaded."""

from collections.abc import Callable
from pathlib import Path

import pytest

from corpus import packaged_documents
from index import Embedder
from tests.faults.figures import Figures
from tests.faults.homes import check_index
from tests.faults.program import Starter, said_well

pytestmark = pytest.mark.fault

Damage = Callable[[Path], object]


def own(home: Path, name: str = "yantai-undated") -> Path:
    """A stored document of the home."""
    return home / "corpus" / "documents" / f"{name}.md"


def _replace(old: str, new: str) -> Damage:
    def damage(home: Path) -> None:
        text = own(home).read_text("utf-8")
        assert old in text
        own(home).write_text(text.replace(old, new, 1), "utf-8")

    return damage


DOCUMENTS: dict[str, Damage] = {
    "empty": lambda home: own(home).write_text(""),
    "cut in its front matter": lambda home: own(home).write_text(own(home).read_text("utf-8")[:60], "utf-8"),
    "not UTF-8": lambda home: own(home).write_bytes("---\nid: 烟台\n---\n".encode("gb18030")),
    "an unknown key": _replace("title:", "zzz: 1\ntitle:"),
    "a key less": _replace("title:", "# title:"),
    "a date that is none": _replace("published: null", "published: 2023-02-30"),
    "an unknown kind": _replace("kind: ", "kind: zzz "),
    "front matter that is a list": lambda home: own(home).write_text("---\n- a\n---\n正文\n", "utf-8"),
    "YAML that runs code": _replace("title:", "zzz: !!python/object/apply:os.getcwd []\ntitle:"),
    "an id twice": lambda home: own(home, "copy").write_text(own(home).read_text("utf-8"), "utf-8"),
    "a folder of that name": lambda home: own(home, "folder").mkdir(),
    "a link to nothing": lambda home: own(home, "link").symlink_to(home / "nothing"),
}
SETTINGS: dict[str, str] = {
    "an unknown setting": "prot = 7861\n",
    "a value out of bounds": "port = 70000\n",
    "a negative number": "audit_days = -1\n",
    "no TOML": "port = \n",
}


@pytest.mark.parametrize("damage", DOCUMENTS)
def test_a_damaged_document(damage: str, home: Path, starter: Starter, embedder: Embedder, figures: Figures) -> None:
    DOCUMENTS[damage](home)
    started = starter.run(home, "build")
    said_well(started)
    name = "yantai-undated" if damage not in ("a folder of that name", "a link to nothing") else "documents"
    assert name in started.told()
    assert not check_index(home, embedder).has_added  # the one from before, whole
    figures.tell("F14", f"a document with {damage}: refused by name", tried=1, survived=1)


@pytest.mark.sample
@pytest.mark.parametrize("damage", ["empty", "an unknown key"])
def test_a_server_does_not_start_from_it(damage: str, home: Path, starter: Starter, figures: Figures) -> None:
    DOCUMENTS[damage](home)
    said_well(starter.run(home, "serve", "--port", "0"), "yantai-undated")
    figures.tell("F14", f"a document with {damage}: no server starts from it", tried=1, survived=1)


@pytest.mark.sample
@pytest.mark.parametrize("fault", SETTINGS)
def test_a_wrong_setting(fault: str, home: Path, starter: Starter, figures: Figures) -> None:
    (home / "jiangbu.toml").write_text(SETTINGS[fault], "utf-8")
    for arguments in (("build",), ("serve",), ("ask", "萧山区主导制定国家标准奖励多少")):
        said_well(starter.run(home, *arguments), "jiangbu.toml")
    figures.tell("F14", f"settings with {fault}: refused by name", tried=3, survived=3)


def test_no_documents_at_all(home: Path, starter: Starter, embedder: Embedder, figures: Figures) -> None:
    for file in (home / "corpus" / "documents").glob("*.md"):
        file.unlink()
    removed = home / "corpus" / "removed.txt"
    removed.write_text("".join(f"{document.id}\n" for document in packaged_documents()), "utf-8")
    said_well(starter.run(home, "build"))
    check_index(home, embedder)
    figures.tell("F14", "no documents: refused", tried=1, survived=1)
