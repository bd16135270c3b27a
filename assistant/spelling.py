"""Words typed by their sound → the words meant: 技术委原会, 领跑着, 国镖. Only for reading."""

from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.resources import files

from corpus.pinyin import sound
from corpus.vocabulary import concepts

NAME_MIN = 3  # characters of a name that may be known by sound alone
NAME_MAX = 9
SAME_MIN = 0.5  # share of a name's characters that have to be typed right


@cache
def _lines() -> list[str]:
    lines = (files("assistant") / "spelling.txt").read_text("utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def short_words() -> list[str]:
    """The short words of the field that are often typed by their sound."""
    return [word for line in _lines() if not line.startswith("never:") for word in line.split()]


@cache
def _lexicon() -> tuple[dict[tuple[str, ...], str], frozenset[str]]:
    """Words by their sounds, and the pairs that are never taken for one."""
    never = frozenset(word for line in _lines() if line.startswith("never:") for word in line[6:].split())
    short = short_words()
    named = (concept for concept in concepts() if concept.kind not in ("level", "other"))
    names = [form for concept in named for form in concept.ask if _is_name(form)]
    by_sound: dict[tuple[str, ...], str] = {}
    for word in (*short, *names):
        by_sound.setdefault(tuple(map(sound, word)), word)
    return by_sound, never | frozenset(short) | frozenset(names)


def _is_name(form: str) -> bool:
    return NAME_MIN <= len(form) <= NAME_MAX and all("一" <= character <= "龥" for character in form)


@lru_cache(maxsize=1024)
def correct(folded: str) -> str:
    """A folded text with words typed by their sound put right; of the same length.

    >>> correct("承担技术委原会的奖厉"), correct("指定单位")
    ('承担技术委员会的奖励', '指定单位')
    """
    characters = list(folded)
    for start, word in _slips(folded):
        characters[start : start + len(word)] = word
    return "".join(characters)


def _slips(folded: str) -> Iterator[tuple[int, str]]:
    by_sound, known = _lexicon()
    sounds = [sound(character) if "一" <= character <= "龥" else "" for character in folded]
    at = 0
    while at < len(folded):
        for length in range(NAME_MAX, 1, -1):
            typed = folded[at : at + length]
            word = by_sound.get(tuple(sounds[at : at + length])) if len(typed) == length else None
            if word is None:
                continue
            if typed in known:
                at += length - 1
                break
            same = sum(one == other for one, other in zip(typed, word, strict=True))
            if same >= SAME_MIN * length:
                yield at, word
                at += length - 1
                break
        at += 1
