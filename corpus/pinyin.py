"""Chinese characters by their sound. The only door to pypinyin.

Its table of phrases takes a fifth of a second to load and is needed only where a character's sound hangs on its
neighbours (重庆); for comparing sounds the table of characters does.
"""

import os
import re
from functools import lru_cache


@lru_cache(maxsize=8192)
def sound(character: str) -> str:
    """The usual sound of one character without tone; the character itself where it has none.

    >>> sound("标"), sound("镖"), sound("A")
    ('biao', 'biao', 'A')
    """
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
    from pypinyin import lazy_pinyin

    return "".join(lazy_pinyin(character))


@lru_cache(maxsize=1024)
def sounds(character: str) -> tuple[str, ...]:
    """All sounds of one character without tones.

    >>> "hang" in sounds("行"), sounds("标")
    (True, ('biao',))
    """
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
    from pypinyin import Style, pinyin

    return tuple(dict.fromkeys(pinyin(character, style=Style.NORMAL, heteronym=True)[0]))


def spell(text: str, *, initials: bool = False) -> str:
    """Pinyin without tones, lower case; of each character's initial only, if asked.

    >>> spell("重庆"), spell("重庆", initials=True)
    ('chongqing', 'cq')
    """
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
    from pypinyin import Style, lazy_pinyin, load_phrases_dict
    from pypinyin.phrases_dict import phrases_dict

    known = {part: phrases_dict[part] for part in _parts(text) if part in phrases_dict}
    load_phrases_dict(known)
    style = Style.FIRST_LETTER if initials else Style.NORMAL
    return re.sub(r"[^a-z0-9]", "", "".join(lazy_pinyin(text, style=style, errors="ignore")).lower())


def _parts(text: str) -> set[str]:
    return {text[start:end] for start in range(len(text)) for end in range(start + 2, min(start + 8, len(text)) + 1)}
