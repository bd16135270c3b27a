"""A follow-up's story with what the question before it stated: 那要是三家并列呢, 芜湖呢, 四家."""

import re
from dataclasses import replace

from assistant.asking import says
from assistant.figures import StatedSum
from assistant.mentions import THINGS
from assistant.stated import Stated, Story, Wanted
from corpus.awards.numerals import read_number

_BARE_NUMBER = re.compile(r"(?:一共|总共|共|是|有)?(?P<n>[一二两三四五六七八九十\d]{1,3})(?:家|个)?(?:单位|企业)?")
_THOSE = re.compile(
    "(?:这|那|前面|上面|刚才)(?:的|说的)?(?P<n>[两二三四2-4])(?:样|项|个|件|笔|种)(?!人|单位|[一-龥]{0,6}(?:试点|标准|证书|项目|是|都是))"
)
BARE_MAX = 4  # characters beside a sum that only answers a question: 一共60万


def follow(earlier: Story, current: Story) -> Story:
    """那要是三家并列呢: a follow-up keeps what the earlier question stated and it does not state anew."""
    named = tuple(part for part in current.parts if part.names) or current.parts  # 两位工程师各当一个 is no other thing
    parts = tuple(_completed(part, earlier.parts[-1]) if earlier.parts else part for part in named)
    before = (*earlier.before, *earlier.parts)
    if not parts:
        loose = Stated(text=current.text, count=current.loose_count or 1)
        if current.says_total and len(before) > 1:
            parts = before
        elif current.wanted is Wanted.GAP and len(before) > 1:
            parts = before[-2:]
        elif len(earlier.parts) == 1:
            parts = (replace(earlier.parts[0], count=current.loose_count or earlier.parts[0].count),)
        else:
            parts = earlier.parts or ((loose,) if current.loose_count else ())
    if says("adds", current.text) and current.parts:
        parts, current = (*earlier.parts, *parts), replace(current, says_total=True)
    if (told := those_before(current)) and len(before) >= told:
        parts, current = (*before[-told:], *parts), replace(current, says_total=True)
    if current.wanted is Wanted.GAP and len(current.parts) == 1 and earlier.parts:
        parts = (earlier.parts[-1], *parts)  # 4A的比这个多几万
    goes_on = not current.parts and current.wanted is Wanted.TOTAL  # 芜湖呢: the same is wanted
    return replace(
        current,
        parts=parts,
        before=before,
        wanted=earlier.wanted if goes_on else current.wanted,
        says_total=current.says_total or (goes_on and earlier.says_total),
        co_leads=_joint_leaders_told(earlier, current),
        sums=_sums_told(earlier, current),
        interest=current.interest or earlier.interest,
    )


def those_before(story: Story) -> int:
    """How many things told of before a story counts among its own: 这两样都成了，另外还有…; 0 for none."""
    found = _THOSE.search(story.text)
    count = int(read_number(found["n"].replace("两", "二"))) if found else 0
    return count if story.parts and count > len(story.parts) else 0


def _joint_leaders_told(earlier: Story, current: Story) -> int:
    """The joint leaders of a follow-up: its own, those it answers with (四家), else those told of before."""
    names_thing = any(kind in THINGS for part in current.parts for kind, _ in part.names)
    if current.co_leads or names_thing or says("alone", current.text):
        return current.co_leads
    answer = _BARE_NUMBER.fullmatch(current.text.strip("。！ ")) if earlier.co_leads == 1 else None
    return int(read_number(answer["n"].replace("两", "二"))) if answer else earlier.co_leads


def _sums_told(earlier: Story, current: Story) -> tuple[StatedSum, ...]:
    """The sums of a follow-up: its own, of which a bare one answers what was asked for; else the cost told before."""
    if not current.sums:
        return tuple(one for one in earlier.sums if one.role == "base")
    bare = not current.parts and len(current.text) - sum(one.end - one.start for one in current.sums) <= BARE_MAX
    return tuple(replace(one, role="base") if bare and one.role == "other" else one for one in current.sums)


def _completed(part: Stated, before: Stated) -> Stated:
    """A part of a follow-up with the names that the part before it had and it does not name anew."""
    kinds = {kind for kind, _ in part.names}
    if "item" in kinds:
        return part
    if not part.counted and part.count == 1:
        part = replace(part, count=before.count)
    if "organ" in kinds:
        kinds |= {"standard", "item", "role", "act", "grade"}
    if "standard" in kinds:
        kinds |= set(THINGS)
    taken = tuple((kind, name) for kind, name in before.names if kind not in kinds)
    if part.rank and "role" not in kinds:
        taken = tuple((kind, name) for kind, name in taken if kind != "role")
    return replace(part, names=(*part.names, *taken))
