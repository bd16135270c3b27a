"""What people say and how documents print it, read from `synonyms.txt`."""

import re
from functools import cache
from importlib.resources import files


@cache
def _entries() -> tuple[tuple[re.Pattern[str], tuple[str, ...]], ...]:
    lines = (files("assistant") / "synonyms.txt").read_text("utf-8").splitlines()
    pairs = (line.split(" = ", 1) for line in lines if " = " in line and not line.startswith("#"))
    return tuple((re.compile(said), tuple(printed.split())) for said, printed in pairs)


def printed_forms(folded: str) -> tuple[str, ...]:
    """The forms in which documents print what a folded question says.

    >>> "弄虚作假" in printed_forms("有人虚报材料")
    True
    """
    forms = (form for said, printed in _entries() if said.search(folded) for form in printed)
    return tuple(dict.fromkeys(forms))
