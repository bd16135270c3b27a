"""Things that a question names only to say that they were not done: 没有参与行标, 国标0项, 试点没通过验收."""

import re

from assistant.asking import words

# 除了国标1项，行标也主导了: besides, not without.
_BESIDES = re.compile("除了?[^。；，,]{1,20}[\\d一二两三四五六七八九十][^。；，,]{0,8}[，,][^。；]*?(?:也|还|另|又)")
_NOT_DONE = re.compile(
    r"\s?[0零〇] ?[项个件]|(?:都|也)?没(?:有|做|参)|"
    r"[^，。；,;、]{0,10}?(?:没有?|未|没能)(?:能)?(?:通过|验收|评上|拿到|获批?|得到|做成|立项|发布|报成)(?!之?前|以前|的|时)"
)


def is_denied(plain: str, start: int, end: int) -> bool:
    """Whether what stands at a place of a reworded question is said not to have been done.

    >>> text = "没有参与行标，只主导国标1项"
    >>> is_denied(text, 4, 6), is_denied(text, 10, 12)
    (True, False)
    """
    if _NOT_DONE.match(plain, end):
        return True
    denied = words("negated").search(plain[:start])
    return denied is not None and not (denied.group().startswith("除") and _BESIDES.match(plain, denied.start()))
