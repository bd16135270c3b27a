"""Where an answer stands: from a snippet of a few characters to its place in a stored document.

Snippets are compared without white space, as line breaks differ between a source and its stored form.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

SNIPPET_MAX = 19  # characters: enough to find a place by; a run of 20 is wording, see tests/test_architecture.py


@dataclass(frozen=True)
class Place:
    """A half-open stretch of a document's stored text."""

    document: str
    start: int
    end: int

    def overlaps(self, other: "Place") -> bool:
        """Whether two places share a character.

        >>> Place("a", 0, 5).overlaps(Place("a", 4, 9)), Place("a", 0, 5).overlaps(Place("a", 5, 9))
        (True, False)
        """
        return self.document == other.document and self.start < other.end and other.start < self.end


def squeeze(text: str) -> str:
    """The text without white space.

    >>> squeeze("GB/T 1.1\\n第三条")
    'GB/T1.1第三条'
    """
    return re.sub(r"\s+", "", text)


def find_snippet(document: str, text: str, snippet: str) -> list[Place]:
    """All places where a snippet stands in a document's text, white space ignored.

    Args:
        document: The document's id.
        text: Its stored text.
        snippet: What to look for; an empty one stands nowhere.

    >>> find_snippet("a", "第三\\n条 奖金", "三条奖")
    [Place(document='a', start=1, end=6)]
    """
    characters = squeeze(snippet)
    if not characters:
        return []
    pattern = r"\s*".join(map(re.escape, characters))
    return [Place(document, found.start(), found.end()) for found in re.finditer(pattern, text)]


def overlap_any(place: Place, others: Iterable[Place]) -> bool:
    """Whether a place shares a character with one of the others."""
    return any(place.overlaps(other) for other in others)
