"""Faults of finding: a channel that is dead, weights that are lost, documents that are shut out or let in."""

from collections.abc import Callable, Sequence

from assistant.answer import Assistant
from assistant.ranking import Ranked, Ranker
from assistant.reading import Reading
from assistant.scope import Scope
from corpus.records import PolicyDocument, Region
from evals.mutants.mutant import Mutant, Stage
from evals.mutants.patching import Patch

Rank = Callable[..., list[Ranked]]
Allowed = Callable[[Assistant, Reading, Scope], Sequence[PolicyDocument]]


def _retrieval(name: str, breaks: str, target: str, broken: Callable[..., object]) -> Mutant:
    patches = (Patch(target=target, broken=broken),)
    return Mutant(name=name, stage=Stage.RETRIEVAL, breaks=breaks, patches=patches)


def _reversed(rank: Rank) -> Rank:
    def call(self: Ranker, *arguments: object) -> list[Ranked]:
        return rank(self, *arguments)[::-1]

    return call


def _without_the_nation(allowed: Allowed) -> Allowed:
    def call(self: Assistant, reading: Reading, scope: Scope) -> Sequence[PolicyDocument]:
        return [document for document in allowed(self, reading, scope) if document.region != Region()]

    return call


MUTANTS = (
    _retrieval("ranking_reversed", "The worst comes first.", "assistant.ranking:Ranker.rank", _reversed),
    _retrieval(
        "words_dead",
        "Nothing is found by words, only by meaning.",
        "index.search:Index._rank_lexical",
        lambda _: lambda self, query, rows: [],
    ),
    _retrieval(
        "vectors_dead",
        "Nothing is found by meaning, only by words.",
        "index.search:Index._embed",
        lambda _: lambda self, query: None,
    ),
    _retrieval(
        "filter_off",
        "The documents of other places are searched, too.",
        "assistant.answer:Assistant._allowed",
        lambda _: lambda self, reading, scope: self._documents,
    ),
    _retrieval(
        "nation_shut_out",
        "National documents are never found.",
        "assistant.answer:Assistant._allowed",
        _without_the_nation,
    ),
)
