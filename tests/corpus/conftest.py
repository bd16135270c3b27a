"""Fixtures for the tests of corpus: a document of one's own words, and its clauses by locator."""

from collections.abc import Callable

import pytest

from corpus.records import Clause, PolicyDocument
from corpus.structure import read_clauses
from tests.corpus.awards.made_up import document_of

MakeDocument = Callable[..., PolicyDocument]


@pytest.fixture
def make_document() -> MakeDocument:
    """A document with the given text, and any other field stated by name."""
    return document_of


@pytest.fixture
def locate_all(make_document: MakeDocument) -> Callable[..., dict[str, str]]:
    """Locator → text of every clause; a locator that stands twice fails the test."""

    def locate(text: str, **fields: object) -> dict[str, str]:
        document = make_document(text, **fields)
        clauses: list[Clause] = read_clauses(document)
        located = {clause.locator: text[clause.start : clause.end] for clause in clauses}
        assert len(located) == len(clauses), [clause.locator for clause in clauses]
        return located

    return locate
