"""A follow-up's story with what the question before it stated: 那要是三家并列呢, 芜湖呢, 四家."""

import re
from collections.abc import Sequence
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
_SUMMED_NUMBER = re.compile(
    "(?P<n>[两二三四五六2-6])(?:样|项|个|件|笔|种|块|份)(?:的|都|补助|奖励|资助|上限|最多|钱){0,2}"
    "(?:合计|一共|总共|共计|加起来|加一|合起来|加在|总计|共|相加|一起)"
)
_MORE_OR_FEWER = re.compile(
    r"(?:(?:再|又|还|另外?)(?:加|添|多|来|有|进来|加入|增加)了?(?:上|进来?)?|多(?:了|出))(?P<more>[一二两三四五六七八九\d])家"
    r"|(?:少|减|减少|退出?|撤|走|去掉|不算)了?(?P<fewer>[一二两三四五六七八九\d])家"
)
_UNITS = re.compile(r"(?<![第每另])(?P<n>[二两三四五六七八九十\d]{1,2})家")
BARE_MAX = 4  # characters beside a sum that only answers a question: 一共60万


def follow(earlier: Story, current: Story) -> Story:
    """那要是三家并列呢: a follow-up keeps what the earlier question stated and it does not state anew."""
    named = tuple(part for part in current.parts if part.names) or current.parts  # 两位工程师各当一个 is no other thing
    parts = tuple(_completed(part, _last_alike(part, earlier.parts)) if earlier.parts else part for part in named)
    before = told_so_far(earlier, current)
    if not parts:
        parts = _taken_over(earlier, current, before)
    elif current.rest and len(earlier.parts) == 1:
        parts = (replace(earlier.parts[0], count=current.rest, counted=True), *parts)
    if added := _added_to(earlier, current, before):
        parts, current = (*added, *parts), replace(current, says_total=True)
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


def told_so_far(earlier: Story, current: Story) -> tuple[Stated, ...]:
    """The things told of before a question, each once; not those that it replaces (换成, 说错了, 12个呢)."""
    told = list(earlier.before)
    if not says("instead", current.text):
        told += earlier.parts
    kept: list[Stated] = []
    for part in told:
        kept = [one for one in kept if _thing(one) != _thing(part)]  # with its latest number
        kept.append(part)
    return tuple(kept)


def _thing(part: Stated) -> tuple[object, ...]:
    """What makes a thing told of the same as another: its names, and its words where names do not say enough."""
    drafted = any(kind in ("standard", "organ") for kind, _ in part.names)
    return (part.names, part.rank, "" if drafted else part.text)


def _taken_over(earlier: Story, current: Story, before: Sequence[Stated]) -> tuple[Stated, ...]:
    """What a follow-up that names nothing of its own is about."""
    if current.says_total and len(before) > 1:
        return _those_meant(current, before)
    if current.wanted is Wanted.GAP and len(before) > 1:
        return tuple(before[-2:])
    if len(earlier.parts) == 1:
        return (replace(earlier.parts[0], count=current.loose_count or earlier.parts[0].count),)
    loose = Stated(text=current.text, count=current.loose_count or 1)
    return earlier.parts or ((loose,) if current.loose_count else ())


def _those_meant(current: Story, before: Sequence[Stated]) -> tuple[Stated, ...]:
    """Of the things told of before those to be added: all, or as many as it says; none where that is unclear."""
    number = _number_of_sums(current.text)
    own = [part for part in before if not part.of_other]
    for those in (before, own):
        if number in (0, len(those), sum(part.count for part in those)) and (number or len(those) > 1):
            return tuple(those)
    return ()


def _added_to(earlier: Story, current: Story, before: Sequence[Stated]) -> tuple[Stated, ...]:
    """The things told of before to which a follow-up adds what it names; none where it names something else."""
    if told := those_before(current):
        return tuple(before[-told:]) if len(before) >= told else ()
    if not current.parts:
        return ()
    if says("adds", current.text):
        return earlier.parts
    besides = says("besides", current.text) and not says("instead", current.text) and not current.adds_budgets
    if not (current.says_total and besides) or len(current.parts) > 1:
        return ()
    number = _number_of_sums(current.text)
    if not number:
        return earlier.parts
    return tuple(before[1 - number :]) if 1 < number <= len(before) + 1 else ()


def _number_of_sums(text: str) -> int:
    """How many awards are to be added: 三样合计, 这两笔一共; 0 where it does not say."""
    found = _SUMMED_NUMBER.search(text)
    return int(read_number(found["n"].replace("两", "二"))) if found else 0


def those_before(story: Story) -> int:
    """How many things told of before a story counts among its own: 这两样都成了，另外还有…; 0 for none."""
    found = _THOSE.search(story.text)
    count = int(read_number(found["n"].replace("两", "二"))) if found else 0
    return count if story.parts and count > len(story.parts) else 0


def _joint_leaders_told(earlier: Story, current: Story) -> int:
    """The joint leaders of a follow-up: its own, those it answers with (四家), else those told of before.

    Of a change that cannot be read it is known only that there are some, so that their number is asked for.
    """
    names_thing = any(kind in THINGS for part in current.parts for kind, _ in part.names)
    if current.co_leads > 1 or names_thing or says("alone", current.text):
        return current.co_leads
    if changed := _MORE_OR_FEWER.search(current.text):
        number = int(read_number((changed["more"] or changed["fewer"] or "1").replace("两", "二")))
        now = earlier.co_leads + (number if changed["more"] else -number)
        return now if earlier.co_leads > 1 and now > 1 else 1
    if earlier.co_leads and (told := _UNITS.search(current.text)):
        return int(read_number(told["n"].replace("两", "二")))
    answer = _BARE_NUMBER.fullmatch(current.text.strip("。！ ")) if earlier.co_leads == 1 else None
    return int(read_number(answer["n"].replace("两", "二"))) if answer else earlier.co_leads or current.co_leads


def _sums_told(earlier: Story, current: Story) -> tuple[StatedSum, ...]:
    """The sums of a follow-up: its own, of which a bare one answers what was asked for; else the cost told before."""
    if not current.sums:
        return tuple(one for one in earlier.sums if one.role == "base")
    bare = not current.parts and len(current.text) - sum(one.end - one.start for one in current.sums) <= BARE_MAX
    return tuple(replace(one, role="base") if bare and one.role == "other" else one for one in current.sums)


def _last_alike(part: Stated, before: Sequence[Stated]) -> Stated:
    """The thing told of before that a new one takes its names from: the last of its sort, else the last."""
    sorts = {kind for kind, _ in part.names} & set(THINGS)
    alike = [one for one in before if sorts & {kind for kind, _ in one.names}]
    return [*before, *alike][-1]


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
