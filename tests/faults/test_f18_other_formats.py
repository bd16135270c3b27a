"""F18: an index or a store of another release: what is derived is made anew beside the old one, what is not is
refused untouched."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from assistant.messages import WHAT_FAILED
from assistant.store import FILE_NAME, open_store
from index import Embedder, publish
from index.snapshot import FORMAT, MANIFEST
from tests.faults.figures import Figures
from tests.faults.homes import check_index
from tests.faults.program import Starter, said_well, serving

pytestmark = pytest.mark.fault

OTHERS = {
    "an earlier format": {"format": FORMAT - 1},
    "a later format": {"format": FORMAT + 1, "zzz": 1},
    "another model": {"model_id": "another@0123456789ab"},
    "another store of vectors": {"terms_sha256": "0" * 64},
}


def rewrite(snapshot: Path, fields: dict[str, object]) -> bytes:
    """Make a snapshot look as another release would have made it; its manifest as it is now."""
    file = snapshot / MANIFEST
    content = json.dumps(json.loads(file.read_text("utf-8")) | fields).encode()
    file.write_bytes(content)
    return content


@pytest.mark.parametrize(
    "other", [pytest.param("an earlier format", marks=pytest.mark.sample), "a later format", "another model"]
)
def test_an_index_of_another_release(
    other: str, home: Path, server_starter: Starter, embedder: Embedder, figures: Figures
) -> None:
    old = publish.current_snapshot(home)
    content = rewrite(old, OTHERS[other])
    said_well(
        server_starter.run(home, "ask", "萧山区主导制定国家标准奖励多少"), WHAT_FAILED["IndexStale"], "jiangbu build"
    )
    with serving(server_starter, home) as server:
        assert server.wrong() == []
    new = check_index(home, embedder)
    assert new.snapshot != old.name
    assert (old / MANIFEST).read_bytes() == content  # beside the new one, for whoever goes back
    figures.tell("F18", f"an index of {other}: built anew beside it", tried=1, survived=1, seconds=[server.ready_s])


def test_words_cut_otherwise_make_another_index(home: Path, starter: Starter, embedder: Embedder) -> None:
    old = publish.current_name(home)
    rewrite(publish.current_snapshot(home), OTHERS["another store of vectors"])
    built = starter.run(home, "build")
    assert built.status == 0, built.told()
    assert check_index(home, embedder).snapshot != old


@pytest.mark.sample
def test_a_store_of_a_later_release_is_refused_and_left_alone(
    home: Path, server_starter: Starter, figures: Figures
) -> None:
    with closing(open_store(home)):
        pass
    with closing(sqlite3.connect(home / FILE_NAME)) as raw, raw:
        raw.execute("UPDATE alembic_version SET version_num = '9999_later'")
        before = raw.execute("SELECT name, sql FROM sqlite_master ORDER BY name").fetchall()
    said_well(server_starter.run(home, "serve", "--port", "0"))
    with closing(sqlite3.connect(home / FILE_NAME)) as raw:
        assert raw.execute("SELECT version_num FROM alembic_version").fetchall() == [("9999_later",)]
        assert raw.execute("SELECT name, sql FROM sqlite_master ORDER BY name").fetchall() == before
    figures.tell("F18", "a store of a later release: refused, left alone", tried=1, survived=1)
