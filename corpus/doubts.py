"""Lines of a scan that were not read for sure → the places in the stored texts that they make doubtful.

Cleaning joins lines and mends spaces, so a line is looked for without white space. A line with a figure that stands
nowhere (its words were put together otherwise) makes the texts doubtful as a whole: a wrong figure may be in them.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence

from corpus.conversion.records import Unsure
from corpus.records import Doubt

_FIGURE = re.compile("[0-9０-９一二三四五六七八九十百千万亿]")
SHORTEST = 2  # characters; a single one stands everywhere


def find_doubts(texts: Sequence[str], unsure: Iterable[Unsure], dropped: Iterable[str] = ()) -> list[tuple[Doubt, ...]]:
    """The doubtful places of each text that came out of one file, in order; at one place the least confident.

    Args:
        texts: The stored texts of the file's documents.
        unsure: Its doubtful lines.
        dropped: What was taken out as debris, page numbers and the like.

    >>> find_doubts(["奖励 10\\n万元"], [Unsure(text="励10 万", confidence=0.5, page=1)])
    [(Doubt(start=1, end=7, confidence=0.5),)]
    """
    bare = [_Bare(text) for text in texts]
    gone = {"".join(piece.split()) for piece in dropped}
    for line in unsure:
        wanted = "".join(line.text.split())
        if not wanted or wanted in gone:
            continue
        held = [text.mark(wanted, line.confidence) for text in bare]
        if not any(held) and _FIGURE.search(wanted):
            for text in bare:
                text.mark_whole(line.confidence)
    return [text.doubts() for text in bare]


def least_confident(doubts: Sequence[Doubt], start: int, end: int) -> Doubt | None:
    """The least confident of the doubts, in order, that touch a place; None where none does."""
    before = doubts[: bisect_left(doubts, end, key=lambda one: one.start)]
    return min((one for one in before if one.end > start), key=lambda one: one.confidence, default=None)


class _Bare:
    """A text without white space, with the way back to the places in the text."""

    def __init__(self, text: str) -> None:
        self._places = [at for at, one in enumerate(text) if not one.isspace()]
        self._text = "".join(text[at] for at in self._places)
        self._found: dict[tuple[int, int], float] = {}

    def mark(self, wanted: str, confidence: float) -> bool:
        """Mark every place where a line stands; whether there is one."""
        at = self._text.find(wanted) if len(wanted) >= SHORTEST or wanted == self._text else -1
        was_found = at >= 0
        while at >= 0:
            self._add(at, at + len(wanted), confidence)
            at = self._text.find(wanted, at + 1)
        return was_found

    def mark_whole(self, confidence: float) -> None:
        if self._text:
            self._add(0, len(self._text), confidence)

    def doubts(self) -> tuple[Doubt, ...]:
        return tuple(Doubt(start=start, end=end, confidence=low) for (start, end), low in sorted(self._found.items()))

    def _add(self, start: int, end: int, confidence: float) -> None:
        span = (self._places[start], self._places[end - 1] + 1)
        self._found[span] = min(confidence, self._found.get(span, 1.0))
