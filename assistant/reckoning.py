"""A question whose figure has to be worked out → its answer: found, reckoned, said; or what is missing, asked for."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from assistant import messages
from assistant.asked_parts import things_of
from assistant.asking import says
from assistant.award_answer import AwardAnswer
from assistant.claim_answer import ClaimAnswer
from assistant.claiming import ClaimSearch, Found, Nothing, Several
from assistant.claims import Lack, Missing, estimate
from assistant.claims.scope import is_limit
from assistant.compose import Composer
from assistant.draft import Draft
from assistant.following import follow, those_before
from assistant.intents import Intent
from assistant.past import is_past, not_understood, tells_of_several
from assistant.reading import Reading
from assistant.records import Answer, Clarification
from assistant.stated import Stated, Story, Wanted, read_story
from corpus.awards import AmountKind
from corpus.records import PolicyDocument, Region

_ASKS_RULE = re.compile(r"最高|最多|封顶|上限|顶格|比例|几成|百分|%|怎么|如何|怎样|标准是|依据|规定|条款|哪一条")
_ASKED_FOR = {
    Lack.BASE: "base",
    Lack.INTEREST: "interest",
    Lack.CO_LEADS: "co_leads",
    Lack.RANK: "rank",
    Lack.PART: "part",
}


def story_of(reading: Reading) -> Story:
    """What a question states, with what it takes over from those before it."""
    story = read_story(reading.text)
    if reading.earlier is None:
        return story
    earlier = story_of(reading.earlier)
    if reading.follows or those_before(story) or story.rest:
        return follow(earlier, story)
    return replace(story, before=(*earlier.before, *earlier.parts))


def story_asks(earlier: Reading | None) -> bool:
    """Whether the question before asked for a sum."""
    return earlier is not None and earlier.has(Intent.AMOUNT)


class Reckoner:
    """Answers claims of one index."""

    def __init__(self, search: ClaimSearch, award_answer: AwardAnswer) -> None:
        self._search = search
        self._award_answer = award_answer
        self._say = ClaimAnswer(award_answer)

    def answer(
        self, reading: Reading, story: Story, documents: Sequence[PolicyDocument], composer: Composer, draft: Draft
    ) -> Answer | None:
        """The answer to a claim; None where the question makes none, or the ledger holds nothing for it."""
        places = {document.region for document in documents}
        if not reading.regions or len(places) != 1 or not all(_is_within(one, places) for one in reading.regions):
            return None
        rules = self._search.rules_of(one.id for one in documents)
        if shared := self._say.share_of_stated(rules, story, composer):
            return draft.finish("answered", composer.text(), composer) if shared else None
        if says("whether_limited", reading.text) and any(is_limit(rule) for rule in rules):
            return None  # 有没有总的封顶: the limit itself is the answer
        if tells_of_several(story) or (story.says_total and not story.parts and not story.sums):
            return None  # 两张批件一共: of which awards, no word of the vocabulary tells
        if unread := not_understood(story):
            return self._not_all(unread, draft)
        found = self._search.find(reading, story, documents)
        if isinstance(found, Several):
            return self._ask_which(found, draft) if story.is_claim or found.kind == "rank" else None
        if not isinstance(found, Found):
            if not (story.is_claim and len(story.parts) > 1):
                return None
            return self._say_paid(found, reading, story, documents, composer, draft) or self._not_all(found.text, draft)
        parts = len(found.claim.achievements)
        more = parts == story.units > 1 or (story.says_total and parts > max(1, len(story.parts)))  # than it names
        if not (story.is_claim or more or self._needs_reckoning(found, reading)):
            return None
        return self._reckon(found, story, composer, draft)

    def _reckon(self, found: Found, story: Story, composer: Composer, draft: Draft) -> Answer | None:
        """What a claim comes to; of each budget on its own, where that is asked for."""
        budgets = _by_budget(found) if says("each_budget", story.text) else {}
        for budget, own in (budgets or {"": found}).items():
            worked = estimate(own.claim, own.rules)
            if worked.missing:
                return self._say_missing(worked.missing[0], composer, draft)
            if budget:
                composer.say(messages.OF_BUDGET.format(budget=budget))
            wanted = replace(story, wanted=Wanted.TOTAL) if budget else story
            if not self._say.say(own, worked, wanted, composer):
                return None
        return draft.finish("answered", composer.text(), composer)

    def _needs_reckoning(self, found: Found, reading: Reading) -> bool:
        """A share for the rank asked about; a rate of a cost that the asker would have to tell."""
        facts = [fact for one in found.claim.achievements for fact in one.facts]
        if any(fact.amount.kind is AmountKind.RATE and fact.amount.yuan is None for fact in facts):
            return _ASKS_RULE.search(reading.text) is None
        if len(facts) > 1:
            return False  # of several budgets: listed, unless their sum is asked for
        return any(len(line.steps) > 1 for line in estimate(found.claim, found.rules).lines)

    def _ask_which(self, several: Several, draft: Draft) -> Answer:
        kind = messages.KIND_NAMES.get(several.kind, messages.KIND_NAMES["item"])
        text = messages.WHICH_FOR.format(about=_short(several.text), kind=kind, options="、".join(several.options))
        return draft.finish(
            "needs_clarification",
            text,
            clarification=Clarification(missing=(several.kind,), options=several.options),
        )

    def _say_paid(
        self,
        wanting: Nothing,
        reading: Reading,
        story: Story,
        documents: Sequence[PolicyDocument],
        composer: Composer,
        draft: Draft,
    ) -> Answer | None:
        """What is paid for the others, where one of several things has no award: each by itself, and no total.

        Only of things done once, and named: a number, a cost or a rank would have to be reckoned with.
        """
        adds = story.wanted in (Wanted.TOTAL, Wanted.EACH, Wanted.EACH_AND_TOTAL)
        told = any(one.role in ("base", "received") for one in story.sums)
        if not adds or told or any(_is_reckoned(part) or is_past(part, story) for part in story.parts):
            return None
        found = [(part, self._search.award_for(part, reading, documents, story)) for part in story.parts]
        paid = [facts[0] for _, facts in found if isinstance(facts, tuple) and len(facts) == 1]
        without = [part for part, facts in found if isinstance(facts, Nothing)]
        if not paid or len(paid) + len(without) < len(found) or not all(things_of(part) for part in without):
            return None
        self._award_answer.say(list(dict.fromkeys(paid)), composer, reading, {}, claims=False)
        about = "、".join("".join(things_of(part)) for part in without)
        composer.say(messages.CLAIM_UNKNOWN_PART.format(about=about))
        return draft.finish("answered", composer.text(), composer)

    def _not_all(self, text: str, draft: Draft) -> Answer:
        said = messages.CLAIM_UNKNOWN_PART.format(about=_short(text))
        return draft.finish("not_found", f"{said}\n{messages.ASK_BUREAU}")

    def _say_missing(self, missing: Missing, composer: Composer, draft: Draft) -> Answer:
        quotes = self._award_answer.quotes_of(missing.source)
        if asked := _ASKED_FOR.get(missing.lack):
            about = missing.about or messages.BASE_UNNAMED
            composer.say(messages.NEEDS[asked].format(about=about) + composer.mark(quotes))
            composer.quote(quotes)
            return draft.finish(
                "needs_clarification",
                composer.text(),
                composer,
                clarification=Clarification(missing=(messages.LACK_NAMES[asked],), options=()),
            )
        composer.say(messages.LACKS[missing.lack.value] + composer.mark(quotes))
        composer.quote(quotes)
        composer.say(messages.ASK_BUREAU)
        status = "answered" if missing.lack is Lack.NOT_TWICE else "not_found"
        return draft.finish(status, composer.text(), composer)


def _by_budget(found: Found) -> dict[str, Found]:
    """What each of two budgets pays of a claim: 市级合计、县级合计各多少; nothing where the awards name no budget."""
    facts = [fact for one in found.claim.achievements for fact in one.facts]
    budgets = list(dict.fromkeys(fact.budget for fact in facts))
    if len(budgets) < 2 or "" in budgets:
        return {}
    claims = {}
    for budget in budgets:
        parts = ((one, tuple(fact for fact in one.facts if fact.budget == budget)) for one in found.claim.achievements)
        own = tuple(replace(one, facts=facts) for one, facts in parts if facts)
        claims[budget] = replace(found, claim=replace(found.claim, achievements=own))
    return claims


def _is_within(region: Region, places: Iterable[Region]) -> bool:
    return any(place.covers(region) or region.covers(place) for place in places)


def _short(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()[:40]


def _is_reckoned(part: Stated) -> bool:
    return part.count > 1 or part.rank > 0
