"""Words of questions that state something, read from `asking.toml`."""

import re
import tomllib
from functools import cache
from importlib.resources import files


@cache
def words(name: str) -> re.Pattern[str]:
    """The pattern of one entry: any of its alternatives.

    >>> words("total").sub("", "三项合计多少")
    '三项多少'
    """
    return re.compile("|".join(_entries()[name]))


def says(name: str, text: str) -> bool:
    """Whether a reworded text holds words of one entry.

    >>> says("total", "三项合计多少")
    True
    """
    return words(name).search(text) is not None


@cache
def _entries() -> dict[str, list[str]]:
    return tomllib.loads((files("assistant") / "asking.toml").read_text("utf-8"))
