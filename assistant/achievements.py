"""A part of a story and the facts that pay for it → an achievement of the calculator, with what was stated of it."""

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from assistant.claims import Achievement, Claim, Rule
from assistant.claims.scope import is_limit, of_kind, top_up_rule, touches
from assistant.figures import StatedSum, base_classes
from assistant.naming import name_award
from assistant.stated import Stated, Story, Wanted
from corpus.awards import AwardFact

_FOR_SEVERAL = re.compile(
    r"[\d一二两三四五六七八九十]+(?:项|个|件|种)(?:（含[^）]*）)?(?:及其?)?以上"
)  # one sum for all of them


def achievements_of(part: Stated, facts: tuple[AwardFact, ...], story: Story) -> list[Achievement]:
    """What a part of a story makes of the facts that pay for it: one achievement, or one for each cost that fits."""
    bases = _bases_of(part, story)
    co_leads = story.co_leads if part.shared else 0
    rated = any(fact.amount.rate is not None and fact.amount.yuan is None for fact in facts)
    at_once = any(_FOR_SEVERAL.search(fact.subject) for fact in facts)
    one = Achievement(
        name=name_award(facts[0]),
        facts=facts,
        count=1 if at_once else part.count * (story.of_them or 1 if co_leads else 1),
        rank=part.rank,
        co_leads=co_leads,
        part=story.part,
        base_rate=story.interest,
        cost=None if rated or not bases else bases[-1].yuan,
        stage=story.stage,
        years=story.years,
        project="1" if story.same_project or story.upgrade else "",
        words=story.text,
    )
    fitting = _fitting(bases, facts, one.count) if rated else ()
    if len(fitting) == one.count > 1:  # two projects, of which one cost 25万, the other 10万
        one = replace(one, count=1)
    return [replace(one, base=base.yuan) for base in fitting] or [one]


def _bases_of(part: Stated, story: Story) -> list[StatedSum]:
    """The costs told of a part: of several, those behind it and before the next."""
    bases = [one for one in story.sums if one.role == "base"]
    parts = [one.start for one in story.parts]
    if len(bases) < 2 or len(parts) < 2:
        return bases
    after = min((start for start in parts if start > part.start), default=len(story.text))
    return [one for one in bases if part.start <= one.start < after] or bases


def of_one_project(achievements: list[Achievement]) -> list[Achievement]:
    """同一产品的国家级、省级领跑者，另有4A证书: where some are for the same thing, the others are of no one project."""
    items = [of_kind(one.facts[0].labels, "item") for one in achievements]
    alike = [bool(own) and items.count(own) > 1 for own in items]
    if not any(alike) or all(alike):
        return achievements
    return [one if same else replace(one, project="") for one, same in zip(achievements, alike, strict=True)]


def _fitting(bases: Sequence[StatedSum], facts: Sequence[AwardFact], count: int) -> Sequence[StatedSum]:
    """Of the sums stated, those of the sort that the rate is taken of; of several, one for each thing that was done,
    or else those whose words it names."""
    named = "".join(fact.amount.base for fact in facts)
    sorts = base_classes(named) or frozenset({"cost"})
    alike = [base for base in bases if base_classes(base.words) & sorts]
    if len(alike) == count:
        return alike
    words = "".join(fact.amount.base + fact.subject for fact in facts)
    own = [base for base in alike if any(base.words[i : i + 2] in words for i in range(len(base.words) - 1))]
    return own or alike[-1:] or [base for base in bases if not base_classes(base.words)][-1:]


def claim_of(
    achievements: list[Achievement],
    story: Story,
    rules: Sequence[Rule],
    received: Decimal,
    past: Sequence[Stated],
    *,
    same: bool = False,
) -> Claim:
    """What was received counts against what is paid for the same thing, which `same` says, or else against limits."""
    facts = [fact for one in achievements for fact in one.facts]
    if story.wanted is Wanted.STAFF or (story.upgrade and story.says_total and len(achievements) > 1):
        return Claim(achievements=tuple(achievements))
    limited = any(is_limit(rule) and touches(rule, fact) for rule in rules for fact in facts)
    tops_up = any(top_up_rule(fact, rules) for fact in facts)
    of_another = bool(past) and story.wanted is Wanted.LEFT and not tops_up  # 国标的已领，行标还能领多少
    for_the_same = same or story.upgrade or story.same_project or not (limited or of_another)
    if received and for_the_same and len(achievements) == 1:
        return Claim(achievements=(replace(achievements[0], received=received),))
    return Claim(achievements=tuple(achievements), received=received)
