"""In what the awards differ that fit one thing done, and the names to choose from."""

from collections.abc import Sequence

from assistant.claims.scope import of_kind
from corpus.awards import AwardFact

CHOICES = ("role", "act", "standard", "level", "grade", "organ", "seat", "item")


def differing(facts: Sequence[AwardFact]) -> tuple[str, tuple[str, ...]]:
    """The first kind in which facts differ, and the names to choose from; else their own words."""
    for kind in CHOICES:
        names = [of_kind(fact.labels, kind) for fact in facts]
        options = tuple(sorted({name for own in names for name in own}))
        if len(options) > 1 and len({tuple(sorted(own)) for own in names}) > 1:
            return kind, options
    if len({fact.ranks for fact in facts}) > 1 and all(fact.ranks for fact in facts):
        return "rank", tuple(dict.fromkeys(_ranks(fact) for fact in facts))
    return "item", tuple(dict.fromkeys(fact.subject for fact in facts))


def _ranks(fact: AwardFact) -> str:
    return f"第{fact.ranks[0]}位" if len(fact.ranks) == 1 else f"第{fact.ranks[0]}至第{fact.ranks[-1]}位"
