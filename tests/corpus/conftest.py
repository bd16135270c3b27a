"""A document factory for the tests of corpus; the texts are made up, the field names are the record's."""

from collections.abc import Callable

import pytest

from corpus.records import Clause, Kind, PolicyDocument, Region, Status
from corpus.structure import read_clauses

MakeDocument = Callable[..., PolicyDocument]


@pytest.fixture
def make_document() -> MakeDocument:
    """A document with the given text, and any other field stated by name."""

    def make(text: str, **fields: object) -> PolicyDocument:
        values: dict[str, object] = {
            "id": "yunling-2025",
            "title": "云岭市标准化奖励办法",
            "region": Region(province="云岭省", city="云岭市"),
            "issuer": None,
            "document_number": None,
            "published": None,
            "in_force_from": None,
            "in_force_until": None,
            "status": Status.ISSUED,
            "kind": Kind.AWARD_POLICY,
            "repeals": (),
            "source": "made-up.txt",
            "text": text,
        }
        return PolicyDocument(**{**values, **fields})  # type: ignore[arg-type]  # values of many types by name

    return make


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
