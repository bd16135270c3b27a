"""A clause's text → the same text as the grammar reads it, with the place of every character in the original.

White space is dropped (conversion leaves it inside words and numbers), width and traditional characters
are made alike, half-width punctuation becomes full-width. A fact found here marks the original words.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from corpus.folding import fold

_PUNCTUATION = str.maketrans(
    {",": "，", ";": "；", ":": "：", "(": "（", ")": "）", "﹪": "%", "％": "%", "～": "~", "—": "-", "–": "-"}
)
_CAPITALS = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟", "一二三四五六七八九十百千")
_CAPITAL_SUM = re.compile(r"[壹贰叁肆伍陆柒捌玖拾佰仟零]+(?=[万亿]?元|万)")
_SAID_AGAIN = re.compile(r"（大写[^（）]{1,20}）")  # 12万元（大写：壹拾贰万元整） is one sum
_DIGIT_AT_END = re.compile(r"^\d|\d\.?$")
_THOUSANDS = re.compile(r"(?<=\d)，(?=\d{3}(?!\d))")  # 100,000元: a comma within a number parts nothing


@dataclass(frozen=True)
class Normalized:
    """Normalised text; `places[i]` is the offset of character i in the original, in rising order."""

    text: str
    places: tuple[int, ...]

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The half-open stretch of the original that a non-empty stretch of the normalised text stands for."""
        return self.places[start], self.places[end - 1] + 1


def normalize(text: str, offset: int = 0) -> Normalized:
    """Normalise a text for reading.

    Args:
        text: As stored.
        offset: Added to every place, so that places point into the document.

    >>> normalize("给予 10 万元, 5 万元(一次性)").text
    '给予10万元，5万元（一次性）'
    >>> normalize("给予 10 万元").original(2, 6)
    (3, 8)
    """
    characters: list[str] = []
    places: list[int] = []
    for at, character in enumerate(text):
        if character.isspace() or unicodedata.category(character) == "Cf":
            continue
        for one in _fold_one(character):
            characters.append(one)
            places.append(offset + at)
    joined = "".join(characters)
    joined = _CAPITAL_SUM.sub(lambda match: match.group().translate(_CAPITALS), joined)
    dropped = {match.start() for match in _THOUSANDS.finditer(joined)}
    dropped |= {at for match in _SAID_AGAIN.finditer(joined) for at in range(*match.span())}
    if not dropped:
        return Normalized(joined, tuple(places))
    kept = [at for at in range(len(joined)) if at not in dropped]
    return Normalized("".join(joined[at] for at in kept), tuple(places[at] for at in kept))


@lru_cache(maxsize=65536)
def _fold_one(character: str) -> str:
    if "①" <= character <= "⑳":
        return character  # a label, not a digit
    folded = fold(character)
    if unicodedata.category(character) != "Nd" and not character.isascii() and _DIGIT_AT_END.search(folded):
        return character  # ㎡5元 is not m25元, nor ½万元 2万元, nor ⒈5万元 1.5万元
    return folded.translate(_PUNCTUATION)
