"""Records survive the file, and records that cannot be indexed are refused by name."""

from dataclasses import replace

import pytest

from index import BuildFailed
from index.pack import CorpusRecords, check_records, pack, unpack


def records_of(made_up, **changes):
    fields = {"documents": made_up.documents, "clauses": made_up.clauses, "passages": made_up.passages}
    return CorpusRecords(**(fields | changes))


def test_records_come_back_equal(small):
    records = records_of(small)
    assert unpack(pack(records)) == records


def test_equal_records_give_equal_bytes(small):
    assert pack(records_of(small)) == pack(unpack(pack(records_of(small))))


def test_no_passages_is_refused(small):
    with pytest.raises(BuildFailed, match="no passages"):
        check_records(records_of(small, passages=()))


def test_an_id_that_stands_twice_is_refused(small):
    with pytest.raises(BuildFailed, match="made-up-0 stands twice"):
        check_records(records_of(small, documents=small.documents + small.documents[:1]))


def test_a_passage_that_is_not_the_text_at_its_place_is_refused(small):
    wrong = replace(small.passages[0], start=small.passages[0].start + 1)
    with pytest.raises(BuildFailed, match="made-up-0, chars 1–"):
        check_records(records_of(small, passages=(wrong, *small.passages[1:])))


def test_half_a_character_is_refused(small):
    wrong = replace(small.documents[0], title="细则\ud800")
    with pytest.raises(BuildFailed, match="lone surrogate"):
        pack(records_of(small, documents=(wrong, *small.documents[1:])))
