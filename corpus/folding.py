"""A folded copy of a text, for matching only: width, case, and traditional characters made alike.

Some clauses stand in traditional characters among simplified ones, and people type both. What is
quoted is never folded. The table of characters is OpenCC's; this is its only door.
"""

import unicodedata
from functools import cache
from importlib.resources import files


@cache
def _simplified() -> dict[int, str]:
    import opencc

    table = (files(opencc) / "dictionary" / "TSCharacters.txt").read_text("utf-8")
    pairs = (line.split("\t") for line in table.splitlines() if "\t" in line)
    return {ord(traditional): simplified.split()[0] for traditional, simplified in pairs}


def fold(text: str) -> str:
    """Fold a text for matching.

    >>> fold("ＡＡＡＡ级 tc１ 複審週期")
    'AAAA级 TC1 复审周期'
    """
    return unicodedata.normalize("NFKC", text).translate(_simplified()).upper()
