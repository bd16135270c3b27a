"""What each part of a question asks for: its own names, and those that it takes over from its neighbours."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from assistant.asking import says
from assistant.award_question import Asked, other_words, read_asked
from assistant.grouping import CLASS
from assistant.mentions import THINGS
from assistant.reading import Reading, read_question
from assistant.stated import Stated, Story, Wanted

_NAMED = ("level", "standard", "organ", "item", "seat")  # what a thing is called by, where it has no award


def asked_of(part: Stated, reading: Reading, story: Story) -> Asked:
    """What one part of a question asks for: of several parts, and of a follow-up, just the names that it has or takes
    over; of a single one, all that the question says."""
    if len(story.parts) < 2 and not reading.follows:
        asked = read_asked(reading)
        if part.rank:
            asked = _at_rank(asked, part.rank)
        if story.co_leads and "role" not in asked.groups:
            roles = tuple(name for kind, name in part.names if kind == "role")
            asked = replace(asked, groups={**asked.groups, "role": roles}) if roles else asked
        if story.upgrade and not any(kind in THINGS for kind, _ in part.names):
            asked = replace(asked, words=tuple(other_words(read_question(_without_past(story), ()))))
    else:
        asked = _asked_of_part(part, reading, [one.text for one in story.parts if one is not part])
    return replace(asked, budget="") if story.adds_budgets else asked


def _at_rank(asked: Asked, rank: int) -> Asked:
    """What is asked for at a rank: a rank among drafters says the role, where none is named."""
    groups = dict(asked.groups)
    if "standard" in groups:
        groups.setdefault("role", ("主导" if rank == 1 else "参与",))
    return replace(asked, rank=rank, groups=groups)


def _without_past(story: Story) -> str:
    """The story without the clauses that tell what was received before."""
    ends = [0, *(stop.end() for stop in re.finditer(r"[，。；,;]", story.text)), len(story.text)]
    received = [one.start for one in story.sums if one.role == "received"]
    kept = [
        story.text[start:end] for start, end in pairwise(ends) if not any(start <= place < end for place in received)
    ]
    return "".join(kept)


def _asked_of_part(part: Stated, reading: Reading, others: Sequence[str]) -> Asked:
    own = read_question(part.text, ())
    asked = read_asked(replace(own, regions=reading.regions))
    if not any(kind in THINGS for kind, _ in part.names):
        shared = (CLASS.sub(" ", word).strip() for word in other_words(reading))  # of classes, the part's own only
        classes = CLASS.findall(part.text)  # A类、B类: what they are classes of is told once, with the first
        says_of_what = bool(asked.words) and not classes  # else that is told with another part
        common = [word for word in " ".join(shared).split() if not says_of_what or not any(word in o for o in others)]
        own_words = (*classes, *asked.words, *common)
        asked = replace(asked, words=tuple(dict.fromkeys(own_words)))
    groups: dict[str, tuple[str, ...]] = {}
    for kind, name in part.names:
        groups[kind] = (name,)
    if part.rank and "role" not in groups and "standard" in groups:
        groups["role"] = ("主导" if part.rank == 1 else "参与",)
    whole = read_asked(reading)  # 个人呢, 各奖项呢: said of no part
    return replace(
        asked,
        groups={kind: names for kind, names in groups.items() if kind not in whole.every},
        rank=part.rank or asked.rank,
        levels=own.levels,
        budget=asked.budget or whole.budget,
        personal=asked.personal or whole.personal,
        public=asked.public or whole.public,
        helps=asked.helps or whole.helps,
    )


def without(asked: Asked, kind: str) -> Asked:
    return replace(asked, groups={one: names for one, names in asked.groups.items() if one != kind})


def asks_each(story: Story) -> bool:
    """Whether several things are asked about one by one: 各多少; 4A给5万、3A给10万，是吗."""
    doubts = any(one.role == "premise" for one in story.sums) or says("doubts", story.text)
    each_with_a_sum = doubts and len(story.sums) == len(story.parts)
    return len(story.parts) > 1 and (story.wanted is Wanted.EACH or each_with_a_sum)


def done_otherwise(parts: Sequence[Stated]) -> bool:
    """参与修订国际标准，主导制定国家标准: of the whole nobody could tell who did what to which."""
    done = {tuple(name for kind, name in part.names if kind in ("role", "act")) for part in parts}
    return len(done) > 1 and len({tuple(things_of(part)) for part in parts}) == len(parts)


def things_of(part: Stated) -> list[str]:
    """What a part names, with its level, which the names of most standards tell: 省级, 领跑者."""
    told = any(kind == "standard" and name != "地方标准" for kind, name in part.names)
    return [name for kind, name in part.names if kind in _NAMED and not (told and kind == "level")]
