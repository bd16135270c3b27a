"""Sentences that set amounts → the limbs an award question must be answered from.

`对主导制定的…；参与制定的…` has two limbs. A limb that does not name, say, the kind of standard takes it
over from the limb before it; one that names another kind does not.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from assistant.intents import Intent, holds
from assistant.texts import Texts
from corpus.vocabulary import Concept, concepts
from corpus.folding import fold
from corpus.records import Clause
from corpus.sentences import split_sentences

# What a limb may leave unsaid: a rule that names no role or act is for all of them.
_OPEN_KINDS = frozenset({"role", "act", "level", "other"})
_INHERITED_KINDS = frozenset({"standard", "item", "organ", "seat", "level", "act", "role"})


@dataclass(frozen=True, kw_only=True)
class Limb:
    """A limb that holds an amount, with what it takes over from those before it."""

    clause: Clause
    start: int
    end: int
    folded: str
    own: frozenset[str]  # names of the concepts it mentions
    inherited: frozenset[str]  # names of those it takes over, for kinds it does not mention itself
    is_limit: bool  # limits the sum of several awards, and is none itself

    def covers(self, concept: Concept, kinds: dict[str, str]) -> bool:
        """Whether the limb is about `concept`: mentions it, takes it over, or leaves its kind open."""
        if concept.name in self.own or concept.name in self.inherited:
            return True
        if concept.kind not in _OPEN_KINDS:
            return False
        return all(kinds[name] != concept.kind for name in self.own | self.inherited)


def award_limbs(texts: Texts, document_id: str) -> list[Limb]:
    """The limbs of one document that hold amounts."""
    return [limb for clause in texts.of(document_id) for limb in _limbs_of(texts, clause)]


def kinds_by_name() -> dict[str, str]:
    """The kind of each concept."""
    return {concept.name: concept.kind for concept in concepts()}


def _limbs_of(texts: Texts, clause: Clause) -> Iterable[Limb]:
    text = texts.text(clause)
    kinds = kinds_by_name()
    before: dict[str, frozenset[str]] = {}
    heads = fold(" ".join(clause.heads[-2:]))
    for kind, names in _by_kind(_mentioned(heads), kinds).items():
        before[kind] = names
    for span in split_sentences(text, limbs=True):
        folded = fold(text[span.start : span.end])
        own = _mentioned(folded)
        by_kind = _by_kind(own, kinds)
        inherited = frozenset(
            name for kind, names in before.items() if kind in _INHERITED_KINDS and kind not in by_kind for name in names
        )
        before |= by_kind
        if holds(Intent.AMOUNT, folded):
            yield Limb(
                clause=clause,
                start=clause.start + span.start,
                end=clause.start + span.end,
                folded=folded,
                own=own,
                inherited=inherited,
                is_limit=holds(Intent.LIMIT, folded),
            )


def _mentioned(folded: str) -> frozenset[str]:
    return frozenset(concept.name for concept in concepts() if concept.is_in(folded))


def _by_kind(names: frozenset[str], kinds: dict[str, str]) -> dict[str, frozenset[str]]:
    grouped: dict[str, set[str]] = {}
    for name in names:
        grouped.setdefault(kinds[name], set()).add(name)
    return {kind: frozenset(group) for kind, group in grouped.items()}
