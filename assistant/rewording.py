"""A question in the words that the reading knows: other languages, numerals and shared endings, by `rewordings.txt`.

Only for reading: what is shown and quoted is never reworded.
"""

import re
from functools import cache, lru_cache
from importlib.resources import files

from assistant.spelling import correct
from corpus.folding import fold

_MARK = re.compile("(?<![列第排位])[①-⑳]")  # folding makes plain numbers of them, which would be counts
_ADDED = re.compile(r"[①-⑳]\s?(?:[+＋]\s?[①-⑳]\s?)+")


@cache
def _entries() -> tuple[tuple[re.Pattern[str], str], ...]:
    lines = (files("assistant") / "rewordings.txt").read_text("utf-8").splitlines()
    entries = (line for line in lines if (" = " in line or line.endswith(" =")) and not line.startswith("#"))
    pairs = (line.split(" = ", 1) if " = " in line else (line[:-2], "") for line in entries)
    return tuple((re.compile(said), meant) for said, meant in pairs)


@lru_cache(maxsize=512)  # one question is read by many readers, each of which asks for it
def reword(text: str) -> str:
    """The folded text in words that the reading knows.

    >>> reword("国际、国家标准各一项"), reword("two national standards")
    ('国际标准、国家标准各一项', '2 国家标准')
    """
    folded = correct(fold(_MARK.sub(" ", _ADDED.sub("合计", text))))
    for said, meant in _entries():
        folded = said.sub(meant, folded)
    return folded
