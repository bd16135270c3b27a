"""What a text names and what else it says: the ground on which the words of a model are checked."""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from corpus.folding import fold
from corpus.records import Region
from corpus.regions import find_regions
from corpus.vocabulary import Concept, find_mentions
from corpus.words import words_of

_GAP = "\n"  # stands where a name was, so that no word grows across it
_NO_WORD = re.compile(r"[\s，。：；、？！,.:;?!“”（）()]+")


@dataclass(frozen=True)
class Names:
    """The concepts and regions that a text names, and its other words."""

    concepts: frozenset[Concept]
    places: tuple[tuple[str, frozenset[Region]], ...]  # each name with the regions that it may be
    words: tuple[str, ...]


def names_in(text: str) -> Names:
    """What a text names.

    >>> found = names_in("您好，关于龙港的国家标准，规定如下：")
    >>> [concept.name for concept in found.concepts], found.words
    (['国家标准'], ('您好', '关于', '的', '规定', '如下'))
    """
    folded = fold(text)
    concepts, regions = list(find_mentions(folded)), find_regions(folded)
    letters = list(folded)
    spans = [(one.start, one.end) for one in concepts] + [(one.start, one.end) for one in regions]
    for start, end in spans:
        letters[start:end] = _GAP * (end - start)
    pieces = "".join(letters).split(_GAP)
    words = (word for piece in pieces for word in words_of(piece) if not _NO_WORD.fullmatch(word))
    return Names(
        frozenset(one.concept for one in concepts),
        tuple((one.name, frozenset(one.regions)) for one in regions),
        tuple(words),
    )


def strange_places(own: Names, given: Names) -> list[str]:
    """The names of places that can be none of those that another text names.

    >>> strange_places(names_in("龙港"), names_in("龙港市的企业")), strange_places(names_in("威海"), names_in("龙港市"))
    ([], ['威海'])
    """
    known = {region for _, regions in given.places for region in regions}
    return [name for name, regions in own.places if not regions & known]


@cache
def allowed_words(kind: str) -> frozenset[str]:
    """The words that a model may add: `linking` around an answer, `asking` in a question."""
    lists = tomllib.loads((files("assistant") / "llm" / "words.toml").read_text("utf-8"))
    return frozenset(part for word in lists[kind].split() for part in (word, *words_of(word)))


def strange_words(words: Iterable[str], kind: str, given: str = "") -> list[str]:
    """The words that are neither allowed nor part of a given text, which is folded.

    >>> strange_words(["规定", "翻倍"], "linking")
    ['翻倍']
    """
    allowed = allowed_words(kind)
    return [word for word in dict.fromkeys(words) if word not in allowed and (not given or word not in given)]
