"""Levels that questions name by a place: 龙港市级 is 龙港's own, which is a county; 威海市试点 names no level."""

from collections.abc import Iterable

from corpus.records import Region
from corpus.regions import Mention, find_regions
from corpus.vocabulary import Concept, Found, concepts

_HONOURS = ("级", "贡献奖", "质量奖", "地方标准", "地标")


def level_of(region: Region) -> str:
    """The level of a place's own honours and committees; empty for a municipality, which is told by its name.

    >>> level_of(Region(province="浙江省", city="温州市", county="龙港市"))
    '县级'
    """
    if (region.province or "").endswith("市") and not region.county:
        return ""
    return "县级" if region.county else "市级" if region.city else "省级"


def settle_levels(mentions: Iterable[Found], text: str) -> list[Found]:
    """The mentions of a text, where a level that is written with a place's name is that of the place.

    Args:
        mentions: Of concepts, as the vocabulary finds them.
        text: In which they stand.
    """
    found = list(mentions)
    if not any(one.concept.kind == "level" for one in found):
        return found
    places = find_regions(text)
    settled = (_settle(one, text, places) for one in found)
    return [one for one in settled if one is not None]


def _settle(one: Found, text: str, places: Iterable[Mention]) -> Found | None:
    place = next((place for place in places if place.start < one.start < place.end), None)
    if one.concept.kind != "level" or place is None:
        return one
    if not text[one.start : one.end].endswith(_HONOURS):
        return None
    level = level_of(place.regions[0])
    return Found(_by_name()[level], one.start, one.end) if level else one


def _by_name() -> dict[str, Concept]:
    return {concept.name: concept for concept in concepts()}
