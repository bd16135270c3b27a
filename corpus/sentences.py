"""Sentences and their offsets."""

import re
from dataclasses import dataclass

# A bracket after the full stop belongs to the sentence before it: it names who is responsible, or notes something.
# A bracketed number begins the item after it instead.
_NOTE = r"(?:（(?![一二三四五六七八九十百\d]{1,4}）)(?:[^（）。；\n]|（[^（）。；\n]{1,40}）){2,160}）)?"
# A full stop ends a sentence unless it closes a quotation that goes on; a semicolon ends a limb.
_SENTENCE = re.compile(rf"[^。！？\n]+(?:[。！？]+[”’）)》]*{_NOTE}|\n|$)")
_LIMB = re.compile(rf"[^；;。！？\n]+(?:[；;。！？]+[”’）)》]*{_NOTE}|\n|$)")


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
    >>> [(span.start, span.end) for span in split_sentences("推行甲。（某局负责）推行乙。（二）推行丙。")]
    [(0, 10), (10, 14), (14, 21)]
    """
    spans = []
    for found in (_LIMB if limbs else _SENTENCE).finditer(text):
        piece = found.group()
        start = found.start() + len(piece) - len(piece.lstrip())
        end = found.end() - (len(piece) - len(piece.rstrip()))
        if start < end:
            spans.append(Span(start, end))
    return spans
