"""Where a document that is sent in repeats a stored one with other figures: what a reviewer has to look at first.

Two clauses are the same but for their figures where nothing else is left of a difference once every figure is taken
out. Two awards are the same where their labels and words are, in documents of one region.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.sums import say_amount
from corpus.awards import AwardFact
from corpus.folding import fold
from corpus.records import Clause, PolicyDocument
from corpus.structure import read_clauses

CLAUSE_MIN = 12  # characters beside the figures; shorter clauses are alike by chance
NEAR_SHARE = 0.6  # of the clauses that a near copy has in common with its model
CONFLICTS_MAX = 100
_FIGURE = re.compile(
    r"(?:[0-9][0-9,.]*|[一二两三四五六七八九十百千零〇]+)(?:[万亿千]?元|[万亿%]|个?工作日|[日年月天项家])?"
)
_LABEL = re.compile(r"^(?:第[^条]{1,6}条|[（(][^（）()]{1,3}[）)]|[0-9一二三四五六七八九十]+[、.．])")


@dataclass(frozen=True, kw_only=True)
class Conflict:
    """A clause, or an award, that differs from a stored one in its figures alone."""

    document: str  # the stored one
    title: str
    locator: str
    theirs: str  # figures of the stored one
    ours: str
    here: str  # locator in the document that was sent


@dataclass(frozen=True, kw_only=True)
class NearCopy:
    """A stored document most of whose clauses the one that was sent repeats; `share` from 0 to 1."""

    document: str
    title: str
    share: float


@dataclass(frozen=True, kw_only=True)
class Likeness:
    """How a document is like the stored ones."""

    near: tuple[NearCopy, ...]
    conflicts: tuple[Conflict, ...]


@dataclass(frozen=True)
class _Shape:
    """A clause with its figures taken out."""

    document: PolicyDocument
    clause: Clause
    figures: tuple[str, ...]


class StoredClauses:
    """The clauses of the stored documents, to be compared with others."""

    def __init__(self, documents: Iterable[PolicyDocument], facts: Sequence[AwardFact] = ()) -> None:
        self._documents = {document.id: document for document in documents}
        self._by_shape: dict[str, list[_Shape]] = {}
        for document in self._documents.values():
            for shape, found in _shapes(document):
                self._by_shape.setdefault(shape, []).append(found)
        self._awards: dict[tuple[object, ...], list[AwardFact]] = {}
        for fact in facts:
            if fact.document_id not in self._documents:
                continue  # the index still has what the library no longer has
            self._awards.setdefault(_award_key(fact), []).append(fact)

    def compare(self, document: PolicyDocument, facts: Sequence[AwardFact]) -> Likeness:
        """How a document, with the awards read in it, is like the stored ones; itself aside."""
        conflicts: dict[tuple[str, str, str, str], Conflict] = {}
        shared: dict[str, int] = {}
        total = 0
        for shape, own in _shapes(document):
            total += 1
            alike = [one for one in self._by_shape.get(shape, ()) if one.document.id != document.id]
            for one in {one.document.id for one in alike}:
                shared[one] = shared.get(one, 0) + 1
            for other in alike:
                if own.figures != other.figures:
                    _note(conflicts, _differing(own, other))
        for fact in facts:
            for conflict in self._award_conflicts(document, fact):
                _note(conflicts, conflict)
        near = [
            NearCopy(document=one, title=self._documents[one].short_title, share=round(count / total, 2))
            for one, count in sorted(shared.items(), key=lambda pair: -pair[1])
            if count / total >= NEAR_SHARE
        ]
        # Policies of other places say the same with sums of their own; that is news in a copy alone.
        copied = {one.document for one in near}
        told = [
            one
            for one in conflicts.values()
            if one.document in copied or self._documents[one.document].region == document.region
        ]
        return Likeness(near=tuple(near), conflicts=tuple(told[:CONFLICTS_MAX]))

    def _award_conflicts(self, document: PolicyDocument, fact: AwardFact) -> Iterable[Conflict]:
        for other in self._awards.get(_award_key(fact), ()):
            theirs = self._documents[other.document_id]
            if theirs.id != document.id and theirs.region == document.region and other.amount != fact.amount:
                yield Conflict(
                    document=theirs.id,
                    title=theirs.short_title,
                    locator=other.locator,
                    theirs=say_amount(other.amount),
                    ours=say_amount(fact.amount),
                    here=fact.locator,
                )


def _note(conflicts: dict[tuple[str, str, str, str], Conflict], one: Conflict) -> None:
    """One conflict a pair of places and figures: a clause and the award in it say the same."""
    figures = (one.theirs.replace(" ", ""), one.ours.replace(" ", ""))
    conflicts.setdefault((one.document, one.locator, *figures), one)


def _differing(own: _Shape, other: _Shape) -> Conflict:
    pairs = [(a, b) for a, b in zip(other.figures, own.figures, strict=False) if a != b]
    return Conflict(
        document=other.document.id,
        title=other.document.short_title,
        locator=other.clause.locator,
        theirs="、".join(a for a, _ in pairs),
        ours="、".join(b for _, b in pairs),
        here=own.clause.locator,
    )


def _shapes(document: PolicyDocument) -> Iterable[tuple[str, _Shape]]:
    for clause in read_clauses(document):
        text = _LABEL.sub("", "".join(fold(document.text[clause.start : clause.end]).split()))
        shape = _FIGURE.sub("#", text)
        if len(shape) >= CLAUSE_MIN:
            yield shape, _Shape(document, clause, tuple(_FIGURE.findall(text)))


def _award_key(fact: AwardFact) -> tuple[object, ...]:
    subject = "".join(fold(fact.subject).split())
    return (subject, fact.labels, fact.budget, fact.who, fact.ranks, fact.yearly, fact.amount.kind)
