"""Versions of one policy: which takes whose place, from what day, and what is proposed."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from corpus.errors import DocumentConflict
from corpus.library import Library, packaged_documents
from corpus.records import PolicyDocument, Region, Status
from corpus.stored import read_document, write_document
from corpus.validity import Standing, standing_on
from corpus.versions import drop_missing, find_older, mark_versions, out_of_place, repealing, supersede

MakeDocument = Callable[..., PolicyDocument]
FIRST = date(2026, 4, 1)
BEFORE = date(2026, 3, 31)


@pytest.fixture
def older(make_document: MakeDocument) -> PolicyDocument:
    return make_document("第一条 甲。", id="old", in_force_from=date(2024, 1, 1), in_force_until=None)


@pytest.fixture
def newer(make_document: MakeDocument) -> PolicyDocument:
    made = make_document("第一条 乙。", id="new", in_force_from=FIRST, in_force_until=None)
    return supersede(made, ["old"], date(2026, 9, 9))


def test_a_newer_version_counts_from_its_first_day_on(older: PolicyDocument, newer: PolicyDocument) -> None:
    old, new = mark_versions([older, newer])
    assert (standing_on(old, BEFORE), standing_on(new, BEFORE)) == (Standing.IN_FORCE, Standing.NOT_YET)
    assert (standing_on(old, FIRST), standing_on(new, FIRST)) == (Standing.EXPIRED, Standing.IN_FORCE)
    assert old.superseded is not None and (old.superseded.by, old.superseded.title) == ("new", new.short_title)
    assert (out_of_place([old, new], BEFORE), out_of_place([old, new], FIRST)) == ({"new"}, {"old"})


@pytest.mark.parametrize(
    ("start", "published", "expected"),
    [(FIRST, date(2026, 1, 1), FIRST), (None, date(2026, 1, 1), date(2026, 1, 1)), (None, None, date(2026, 9, 9))],
)
def test_the_first_day_is_the_start_else_the_publication_else_the_day_of_acceptance(
    make_document: MakeDocument, start: date | None, published: date | None, expected: date
) -> None:
    made = make_document("第一条 乙。", in_force_from=start, published=published)
    assert supersede(made, ["old"], date(2026, 9, 9)).supersedes_from == expected


def test_what_is_unknown_of_an_older_version_stays_unknown_until_then(
    older: PolicyDocument, newer: PolicyDocument
) -> None:
    bare = replace(older, in_force_from=None, published=None)
    old, _ = mark_versions([bare, newer])
    assert (standing_on(old, BEFORE), standing_on(old, FIRST)) == (Standing.UNKNOWN, Standing.EXPIRED)


def test_a_draft_takes_nothing_s_place(older: PolicyDocument, newer: PolicyDocument) -> None:
    old, new = mark_versions([older, replace(newer, status=Status.DRAFT)])
    assert old.superseded is None and out_of_place([old], FIRST) == frozenset()
    assert find_older(replace(newer, supersedes=(), status=Status.DRAFT), [older]) == []
    assert new.id == "new"


@pytest.mark.parametrize(
    ("changed", "day", "hidden"),
    [
        ({}, BEFORE, set()),
        ({}, FIRST, {"old"}),
        ({"status": Status.DRAFT}, FIRST, set()),
        ({"in_force_from": None}, FIRST, set()),
        ({"region": Region(province="云南省")}, FIRST, set()),
        ({"repeals": ("另一办法",)}, FIRST, set()),
    ],
)
def test_what_another_one_repeals_is_out_of_place_from_that_one_s_first_day(
    older: PolicyDocument, newer: PolicyDocument, changed: dict[str, object], day: date, hidden: set[str]
) -> None:
    repealer = replace(newer, **{"supersedes": (), "repeals": (older.title,)} | changed)
    assert out_of_place([older, repealer], day) == hidden


def test_of_editions_with_one_title_the_earlier_repeals_no_later_one(
    older: PolicyDocument, newer: PolicyDocument
) -> None:
    both = (
        replace(older, repeals=(older.title,)),
        replace(newer, supersedes=(), title=older.title, repeals=(older.title,)),
    )
    assert [[one.id for one in repealing(document, both)] for document in both] == [["new"], []]
    assert out_of_place(both, FIRST) == {"old"}
    unknown = replace(both[0], in_force_from=None, published=None)
    assert out_of_place((unknown, both[1]), FIRST) == set()


def test_an_older_version_holds_again_where_the_newer_one_is_removed(
    tmp_path: Path, older: PolicyDocument, newer: PolicyDocument
) -> None:
    library = Library(tmp_path)
    library.add([older])
    library.add([newer])
    marked = {one.id: one for one in library.documents()}
    assert marked["old"].superseded is not None and marked["new"] == newer
    [left] = [one for one in drop_missing(marked.values(), {"new"}) if one.id == "old"]
    assert left.superseded is None
    library.remove("new")
    assert next(one for one in library.documents() if one.id == "old") == older


def test_a_packaged_document_is_superseded_without_being_written_to(
    tmp_path: Path, make_document: MakeDocument
) -> None:
    packaged = packaged_documents()[0]
    library = Library(tmp_path)
    library.add([supersede(make_document("第一条 新的一版。", id="newer"), [packaged.id], FIRST)])
    marked = next(one for one in library.documents() if one.id == packaged.id)
    assert marked.superseded is not None and marked.superseded.by == "newer"
    assert [path.name for path in tmp_path.rglob("*.md")] == ["newer.md"]


def test_what_is_not_there_cannot_be_superseded(tmp_path: Path, newer: PolicyDocument) -> None:
    with pytest.raises(DocumentConflict, match="'old'"):
        Library(tmp_path).add([newer])


def test_versions_are_stored_and_what_others_say_is_not(older: PolicyDocument, newer: PolicyDocument) -> None:
    old, new = mark_versions([older, replace(newer, uploaded=True)])
    assert read_document(write_document(new), "new") == new
    assert read_document(write_document(old), "old") == older
    assert "supersedes" not in write_document(older)


@pytest.mark.parametrize(
    ("title", "is_same"),
    [
        ("关于印发《云岭市标准化激励暂行办法》的通知", True),
        ("云岭市标准化激励办法（2026年修订）", True),
        ("云岭市标准化激励实施细则", False),
        ("办法", False),
    ],
)
def test_a_title_of_the_same_region_proposes_the_older_version(
    make_document: MakeDocument, title: str, is_same: bool
) -> None:
    stored = make_document("第一条 甲。", id="old", title="云岭市标准化激励办法")
    sent = make_document("第一条 乙。", id="new", title=title)
    assert [one.id for one in find_older(sent, [stored])] == (["old"] if is_same else [])
    assert find_older(replace(sent, text="第一条  甲。"), [stored]) == []
