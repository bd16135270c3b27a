"""The concepts of the field as questions and documents name them, read from `vocabulary.toml`."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from corpus.folding import fold

_NUMBERED = frozenset({"TC", "SC", "WG", "GB/T"})  # their number may follow at once: TC28, GB/T1.1


@dataclass(frozen=True)
class Concept:
    """Something that a question can ask about, and the pattern by which a clause mentions it."""

    name: str
    kind: str
    ask: tuple[str, ...]
    pattern: re.Pattern[str]

    def is_in(self, text: str) -> bool:
        """Whether a folded text mentions the concept."""
        return self.pattern.search(text) is not None


@dataclass(frozen=True)
class Found:
    """A concept found in a question, with the place of the words that name it."""

    concept: Concept
    start: int
    end: int


@cache
def concepts() -> tuple[Concept, ...]:
    """All concepts, in the order of the file."""
    with (files("assistant") / "vocabulary.toml").open("rb") as file:
        entries = tomllib.load(file)["concept"]
    return tuple(
        Concept(
            name=entry["name"],
            kind=entry["kind"],
            ask=tuple(fold(form) for form in entry["ask"]),
            pattern=re.compile("|".join(entry.get("text", map(re.escape, entry["ask"]))), re.IGNORECASE),
        )
        for entry in entries
    )


@cache
def _asking() -> tuple[re.Pattern[str], dict[str, Concept]]:
    owner = {form: concept for concept in reversed(concepts()) for form in concept.ask}
    forms = sorted(owner, key=len, reverse=True)
    return re.compile("|".join(map(_bounded, forms))), owner


def _bounded(form: str) -> str:
    """A form in Latin letters or digits ends where they end: TC is not in ETC."""
    if not form.isascii():
        return re.escape(form)
    after = "A-Z" if form in _NUMBERED else "A-Z0-9"
    return rf"(?<![A-Z0-9]){re.escape(form)}(?![{after}])"


def find_concepts(folded: str) -> list[Found]:
    """The concepts a folded question names, longest form first at each place, each concept once.

    >>> [found.concept.name for found in find_concepts(fold("承担全国TC秘书处"))]
    ['国家级', '技术委员会', '秘书处']
    """
    pattern, owner = _asking()
    found: dict[str, Found] = {}
    for match in pattern.finditer(folded):
        concept = owner[match.group()]
        found.setdefault(concept.name, Found(concept, match.start(), match.end()))
    return list(found.values())
