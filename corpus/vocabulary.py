"""The concepts of the field as questions and documents name them, read from `vocabulary.toml`."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from corpus.folding import fold

_NUMBERED = frozenset({"TC", "SC", "WG", "GB/T"})  # their number may follow at once: TC28, GB/T1.1


BARE_LEVEL = 2  # characters of a form that names a level and nothing else: 全国


@dataclass(frozen=True)
class Concept:
    """Something that a question can ask about, and the patterns by which a clause and one award mention it."""

    name: str
    kind: str
    ask: tuple[str, ...]
    pattern: re.Pattern[str]
    award: re.Pattern[str]
    not_before: str = ""  # words before which a form is part of another thing: 示范应用 is no 示范

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
    with (files("corpus") / "vocabulary.toml").open("rb") as file:
        entries = tomllib.load(file)["concept"]
    return tuple(
        Concept(
            name=entry["name"],
            kind=entry["kind"],
            ask=tuple(fold(form) for form in entry["ask"]),
            pattern=_any_of(_patterns(entry)),
            award=_any_of(entry.get("award") or _patterns(entry)),
            not_before=entry.get("not_before", ""),
        )
        for entry in entries
    )


def _patterns(entry: dict[str, list[str]]) -> list[str]:
    return entry.get("text") or [re.escape(form) for form in entry["ask"]]


def _any_of(patterns: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.IGNORECASE)


@cache
def _asking() -> tuple[re.Pattern[str], dict[str, Concept]]:
    owner = {form: concept for concept in reversed(concepts()) for form in concept.ask}
    forms = sorted(owner, key=len, reverse=True)
    bounded = (_bounded(form) + (f"(?!{after})" if (after := owner[form].not_before) else "") for form in forms)
    return re.compile("|".join(bounded)), owner


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
    found: dict[str, Found] = {}
    for one in find_mentions(folded):
        found.setdefault(one.concept.name, one)
    return list(found.values())


def find_mentions(folded: str) -> Iterator[Found]:
    """Every mention of a concept, in order, longest form first at each place.

    >>> [(one.concept.name, one.start) for one in find_mentions("国标一项，国标两项")]
    [('国家标准', 0), ('国家标准', 5)]
    """
    pattern, owner = _asking()
    at = 0
    while match := pattern.search(folded, at):
        concept = owner[match.group()]
        start, end = match.span()
        yield Found(concept, start, end)
        if concept.kind == "seat":  # SC委员 names an organ and a seat
            for first, last in ((start + 1, end), (start, end - 1)):
                for inner in pattern.finditer(folded, first, last):
                    yield Found(owner[inner.group()], inner.start(), inner.end())
        leads = concept.kind == "level" and end - start > BARE_LEVEL  # 国际SC names a level and an organ, 全国 a level
        at = start + 1 if leads else end
