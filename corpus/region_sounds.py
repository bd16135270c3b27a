"""Region names typed by their sound (城箱区) or in Latin letters (Foshan) → mentions; only of regions with documents.

A slip can be told from a word only where few names are possible, so the whole gazetteer is never tried.
"""

import re
from collections.abc import Collection, Iterator
from functools import lru_cache

from corpus.pinyin import sound, spell
from corpus.records import Region
from corpus.regions import Mention, short_name

SAME_MIN = 0.5  # share of a name's characters that have to be typed right
_LATIN = re.compile(r"(?<![A-Za-z])[A-Za-z]{4,20}(?:'[a-z]{2,8})?(?![A-Za-z])")


def find_by_sound(text: str, known: Collection[Region]) -> list[Mention]:
    """The regions of `known`, or above them, whose name a text spells by its sound alone.

    >>> foshan = Region(province="广东省", city="佛山市")
    >>> [one.name for one in find_by_sound("弗山市和 Foshan City", [foshan])]
    ['弗山市', 'Foshan']
    >>> find_by_sound("扶善", [foshan])
    []
    """
    names = _names(frozenset(known))
    sounds = [sound(character) for character in text]
    found = list(_latin(text, frozenset(known)))
    for length in sorted({len(name) for name in names}, reverse=True):
        for at in range(len(text) - length + 1):
            typed = text[at : at + length]
            for name, region in names.items():
                if len(name) != length or any(one.start < at + length and at < one.end for one in found):
                    continue
                same = sum(one == other for one, other in zip(typed, name, strict=True))
                if SAME_MIN * length <= same < length and sounds[at : at + length] == list(map(sound, name)):
                    found.append(Mention(at, at + length, typed, (region,), True, True))
    return sorted(found, key=lambda one: one.start)


def _latin(text: str, known: frozenset[Region]) -> Iterator[Mention]:
    spelt = _spelt(known)
    for found in _LATIN.finditer(text):
        if region := spelt.get(found.group().replace("'", "").lower()):
            yield Mention(found.start(), found.end(), found.group(), (region,), True, True)


@lru_cache(maxsize=8)
def _names(known: frozenset[Region]) -> dict[str, Region]:
    """Full and short names of the regions and those above them."""
    named: dict[str, Region] = {}
    for region in sorted(known, key=lambda one: one.parts):
        for depth in range(1, len(region.parts) + 1):
            above = region if depth == len(region.parts) else _upper(region, depth)
            for name in (above.parts[-1], short_name(above.parts[-1])):
                named.setdefault(name, above)
    return named


def _upper(region: Region, depth: int) -> Region:
    return Region(province=region.province, city=region.city if depth > 1 else "")


@lru_cache(maxsize=8)
def _spelt(known: frozenset[Region]) -> dict[str, Region]:
    """Short names in pinyin; one that two regions share (Shanxi) is none."""
    spelt: dict[str, list[Region]] = {}
    for name, region in _names(known).items():
        own = spelt.setdefault(spell(name), [])
        if region not in own:
            own.append(region)
    return {name: regions[0] for name, regions in spelt.items() if len(regions) == 1}
