"""Sentences and their offsets."""

import re
from dataclasses import dataclass

# A full stop ends a sentence unless it closes a quotation that goes on; a semicolon ends a limb.
_SENTENCE = re.compile(r"[^。！？\n]+(?:[。！？]+[”’）)》]*|\n|$)")
_LIMB = re.compile(r"[^；;。！？\n]+(?:[；;。！？]+[”’）)》]*|\n|$)")


@dataclass(frozen=True)
class Span:
    """A half-open stretch of a text, without white space at its ends."""

    start: int
    end: int


def split_sentences(text: str, *, limbs: bool = False) -> list[Span]:
    """Cut a text into sentences, or into the limbs that semicolons part.

    >>> [(span.start, span.end) for span in split_sentences("甲给予一万元；乙给予二万元。丙除外。")]
    [(0, 14), (14, 18)]
    >>> len(split_sentences("甲给予一万元；乙给予二万元。丙除外。", limbs=True))
    3
    """
    spans = []
    for found in (_LIMB if limbs else _SENTENCE).finditer(text):
        piece = found.group()
        start = found.start() + len(piece) - len(piece.lstrip())
        end = found.end() - (len(piece) - len(piece.rstrip()))
        if start < end:
            spans.append(Span(start, end))
    return spans
