"""An award question → the limbs that answer it: about everything the question names, with an amount in them.

What a question names has to be in the limb itself or taken over by it; a neighbour in the list, another role
or another region never stands in. This module finds the words of the rule; it does no sum.
"""

from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property

from assistant.limbs import Limb, award_limbs, kinds_by_name
from assistant.ranking import Ranker, bigrams
from assistant.reading import Reading
from assistant.texts import Texts
from corpus.vocabulary import Concept
from corpus.records import PolicyDocument

UNNAMED_MIN = 0.25  # share of the question's words that a limb must hold when the question names no concept


class AwardSearch:
    """Finds limbs in the documents of one index; those of a document are read once."""

    def __init__(self, texts: Texts, ranker: Ranker) -> None:
        self._texts = texts
        self._ranker = ranker
        self._limbs: dict[str, list[Limb]] = {}

    @cached_property
    def _kinds(self) -> dict[str, str]:
        return kinds_by_name()

    def find(self, reading: Reading, documents: Iterable[PolicyDocument]) -> list[Limb]:
        """The limbs that answer, those that share most words with the question first."""
        named = required_concepts(reading)
        groups: dict[str, list[Concept]] = defaultdict(list)
        for concept in named:
            groups[concept.kind].append(concept)
        limbs = [
            limb
            for document in documents
            for limb in self._of(document)
            if not limb.is_limit and self._fits(limb, groups, reading)
        ]
        covered = {c.name for c in named for limb in limbs if limb.covers(c, self._kinds)}
        if len(covered) < len(named):
            return []
        pairs = bigrams((*reading.essence, reading.carried))
        if not named:
            limbs = [limb for limb in limbs if self._ranker.share(pairs, limb.folded) >= UNNAMED_MIN]
        return sorted(limbs, key=lambda limb: (-self._closeness(limb, named, pairs), limb.clause.id, limb.start))

    def find_limits(self, reading: Reading, documents: Iterable[PolicyDocument]) -> list[Limb]:
        """The limbs that limit the sum of several awards, those closest to the question first."""
        named = required_concepts(reading)
        pairs = bigrams((*reading.essence, reading.carried))
        limits = [limb for document in documents for limb in self._of(document) if limb.is_limit]
        return sorted(limits, key=lambda limb: (-self._closeness(limb, named, pairs), limb.clause.id, limb.start))

    def _of(self, document: PolicyDocument) -> list[Limb]:
        if document.id not in self._limbs:
            self._limbs[document.id] = award_limbs(self._texts, document.id)
        return self._limbs[document.id]

    def _fits(self, limb: Limb, groups: dict[str, list[Concept]], reading: Reading) -> bool:
        """Of each kind that the question names, the limb is about at least one; and it is of the level named."""
        if not all(any(limb.covers(concept, self._kinds) for concept in group) for group in groups.values()):
            return False
        return all(_names_level(limb, level) for level in reading.levels)

    def _closeness(self, limb: Limb, named: list[Concept], pairs: frozenset[str]) -> float:
        said = sum(concept.name in limb.own for concept in named)
        taken = sum(concept.name in limb.inherited for concept in named)
        return said + 0.5 * taken + self._ranker.share(pairs, limb.folded)


def required_concepts(reading: Reading) -> list[Concept]:
    """The concepts that a rule has to be about to answer the question.

    领跑者 says 企业标准 already; an honour or a meeting is not awarded by kind of committee.
    """
    names = {concept.name for concept in reading.concepts}
    has_item = any(concept.kind == "item" for concept in reading.concepts)
    return [
        concept
        for concept in reading.concepts
        if concept.kind not in ("other", "topic")
        and not (concept.name == "企业标准" and "领跑者" in names)
        and not (concept.kind == "organ" and has_item)
    ]


def _names_level(limb: Limb, level: str) -> bool:
    bare = level.rstrip("省市区县") or level
    generic = {"省": "省级", "市": "市级", "区": "区级", "县": "县级"}.get(level[-1])
    return bare in limb.folded or (generic is not None and generic in limb.folded)
