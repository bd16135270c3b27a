"""A committee named only to say whose working group is meant: 技术委员会下面的工作组, 全国TC WG秘书处."""

import re

GAP_MAX = 6  # characters between 标委会 and the 工作组 under it
_LISTS = re.compile(r"[、,，和及与或/+＋]|TC|SC|WG|委员会")
_EACH = re.compile(r"各|分别|都|以及|(?:TC|技术委员会)\W{0,3}(?:SC|分技术委员会)\W{0,3}(?:WG|工作组)")


def is_under(between: str, text: str) -> bool:
    """Whether of two organs the second is under the first, by what stands between them.

    Args:
        between: The words between the two mentions.
        text: The whole question; blanks alone part the entries of a list, too.

    >>> is_under("下面的", "全国TC下面的WG"), is_under(" ", "全国TC WG秘书处"), is_under(" ", "TC SC WG各多少")
    (True, True, False)
    >>> is_under("、", "TC、SC秘书处")
    False
    """
    if len(between) > GAP_MAX or _LISTS.search(between):
        return False
    return bool(between.strip()) or not between or not _EACH.search(text)
