"""What of a story is over: the parts that were paid for before, and those that are set apart from what is asked."""

import re
from collections.abc import Sequence

from assistant.figures import StatedSum
from assistant.stated import Stated, Story, Wanted, had_before, is_raised

TELLS_BEFORE, TELLS_AFTER = 12, 6  # characters beside a thing in which it may be said that it was paid
_TELLS_PAST = re.compile(
    r"(?:前年|去年|先前|以前|之前|此前|曾|早先|原来|\d{4}年)[^，。；]{0,24}(?:拿|领|得|评|获|凭)|(?:已|已经)(?:拿|领|获|评)|(?:拿|领|得|评|获)过"
)

_TELLS_FIRST = re.compile(
    "先(?:拿|领|获|得|评|有)|(?:前年|去年|先前|以前|之前|此前|早先)[^，。；,;]{0,12}(?:拿|领|获|得|评)"
)
_LATER = re.compile(
    r"(?:现在|今年|如今|这次|后来|今)[^，。；,;]{0,8}?又?(?:得|获|拿|评|入选|升|取得)了?(?P<what>[^，。；,;？?]{2,20})"
)
_LETTERED = re.compile("(?P<which>[A-Z甲乙丙丁])(?:产品|项目|工程|企业|公司|厂)")


def tells_of_several(story: Story) -> bool:
    """A产品去年省级、今年国家级，B产品…: products that have each a past of their own."""
    return story.upgrade and len({found["which"] for found in _LETTERED.finditer(story.text)}) > 1


def not_understood(story: Story) -> str:
    """The words of a later award that a claim after an earlier one hangs on and that no concept tells; else empty.

    先拿省优质工程奖，现在同一工程又得了鲁班奖，还能补多少: of 鲁班奖 the vocabulary has no name.
    """
    later = _LATER.search(story.text)
    if story.wanted is not Wanted.LEFT or len(story.parts) > 1 or later is None:
        return ""
    named = any(part.end > later.start() for part in story.parts)
    return later["what"] if _TELLS_FIRST.search(story.text, 0, later.start()) and not named else ""


def is_past(part: Stated, story: Story) -> bool:
    """Whether what was received was for this part, so that it is not claimed again."""
    received = [one for one in story.sums if one.role == "received"]
    future = (story.wanted is Wanted.LEFT or story.upgrade or story.same_project) and not story.says_total
    if not future or len(story.parts) < 2:
        return False
    if story.upgrade and len(story.parts) == 2 and is_raised(*story.parts):
        return part is (had_before(story.text, story.parts) or story.parts[0])
    told = story.text[max(0, part.start - TELLS_BEFORE) : part.end + TELLS_AFTER]
    tells = _TELLS_PAST.search(told) and part is not story.parts[-1]
    return bool(tells) or is_apart(part, story) or any(part is _paid_for(one, story.parts) for one in received)


def is_apart(part: Stated, story: Story) -> bool:
    """除了上面那4项国标的，还能再拿多少: a part that is set apart from what may still be had."""
    before = story.text[max(0, part.start - TELLS_BEFORE) : part.start]
    return story.wanted is Wanted.LEFT and re.search("除(?:了|去)?[^，。；]{0,8}$", before) is not None


def _paid_for(received: StatedSum, parts: Sequence[Stated]) -> Stated:
    """The thing that a sum received was for: the last one named before it, else the first."""
    before = [part for part in parts if part.start <= received.start]
    return max(before, key=lambda part: part.start, default=parts[0])
