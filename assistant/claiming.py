"""A story, or a list of achievements → a claim: for each thing done, the facts of the ledger that pay for it.

Where the ledger has nothing for one of them, or several awards that the asker has to choose among, that is the result.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from assistant import award_search
from assistant.achievements import achievements_of, claim_of, of_one_project
from assistant.asked_parts import asked_of, asks_each, done_otherwise, things_of, without
from assistant.asking import words
from assistant.award_question import general_words
from assistant.award_search import AwardSearch, Beyond
from assistant.beside import AwardsOnTop
from assistant.choices import differing
from assistant.claims import Achievement, Claim, Rule, estimate
from assistant.claims.scope import of_kind, rank_shares
from assistant.claims.single import INTEREST
from assistant.nearness import most_meant
from assistant.paid_elsewhere import paid_for_the_same
from assistant.past import is_apart, is_past
from assistant.reading import Reading
from assistant.stated import Stated, Story, Wanted, alike_in_count
from assistant.texts import Texts
from corpus.awards import AwardFact
from corpus.awards.labelling import without_names
from corpus.awards.normalize import normalize
from corpus.awards.numerals import read_number
from corpus.ledger import Ledger
from corpus.records import PolicyDocument
from corpus.sentences import split_sentences

_PASSED = "合格"


@dataclass(frozen=True, kw_only=True)
class Nothing:
    """A thing done that the documents pay nothing for, or nothing at its rank."""

    text: str
    beyond: tuple[Beyond, ...] = ()
    rank: int = 0


@dataclass(frozen=True, kw_only=True)
class Several:
    """A thing done for which several awards fit; they differ in one kind."""

    text: str
    kind: str
    options: tuple[str, ...]
    facts: tuple[AwardFact, ...]


@dataclass(frozen=True, kw_only=True)
class Found:
    """A claim that can be worked out, with the rules of its documents."""

    claim: Claim
    rules: tuple[Rule, ...]
    nothing: tuple[Nothing, ...] = ()


class ClaimSearch:
    """Turns what is stated into claims over one index's ledger."""

    def __init__(self, texts: Texts, awards: AwardSearch, ledger: Ledger) -> None:
        self._texts = texts
        self._awards = awards
        self._rules: dict[str, list[Rule]] = defaultdict(list)
        self._on_top = AwardsOnTop(texts, ledger)
        self._facts = {fact.id: fact for fact in ledger.facts}
        in_clause: dict[str, list[AwardFact]] = defaultdict(list)
        for fact in ledger.facts:
            in_clause[fact.clause_id].append(fact)
        for rule in ledger.rules:
            beside = in_clause.get(rule.clause_id, [])
            before = [fact.id for fact in beside if fact.figure_start < rule.start]
            text = texts.documents[rule.document_id].text
            self._rules[rule.document_id].append(
                Rule(
                    rule=rule,
                    words=normalize(text[rule.start : rule.end]).text,
                    sentence=normalize(self._sentence(rule.clause_id, rule.start)).text,
                    paragraph_has_awards=bool(beside),
                    awards_before=before[-1] if before else "",
                )
            )

    def rules_of(self, document_ids: Iterable[str]) -> tuple[Rule, ...]:
        """The rules of some documents, with their words."""
        return tuple(rule for id_ in dict.fromkeys(document_ids) for rule in self._rules[id_])

    def fact(self, fact_id: str) -> AwardFact | None:
        """A fact by its id; None when there is none."""
        return self._facts.get(fact_id)

    def find(self, reading: Reading, story: Story, documents: Sequence[PolicyDocument]) -> Found | Nothing | Several:
        """The claim that a story makes.

        Args:
            reading: The question as a whole: its regions and, of a single achievement, what it asks for.
            story: What it states.
            documents: Those that may pay.
        """
        if story.wanted is Wanted.GAP:
            story = replace(story, parts=alike_in_count(story.parts))
        past = [part for part in story.parts if is_past(part, story)]
        parts = [part for part in story.parts if part not in past] or list(story.parts)
        parts = self._by_rank(parts, reading, story, documents)
        paid = self._each_of(parts, reading, story, documents)
        if paid:
            parts = []
        nothing: list[Nothing] = []
        for part in parts or ([] if paid else [Stated(text=reading.text, count=story.loose_count or 1)]):
            found = self.award_for(part, reading, documents, story)
            if isinstance(found, Several):
                return found
            if isinstance(found, Nothing):
                if not found.beyond:
                    return found
                nothing.append(found)
                continue
            told = next((one for one in paid if one[1] == found and not (one[0].counted and part.counted)), None)
            if told is not None and (told[0].rank == part.rank or 0 in (told[0].rank, part.rank)):
                count, rank = max(told[0].count, part.count), max(told[0].rank, part.rank)
                paid[paid.index(told)] = (replace(told[0], count=count, rank=rank), found)  # the same, told again
            else:
                paid.append((part, found))
        if story.says_total:
            got = [fact for _, facts in paid for fact in facts]
            paid += [(Stated(text=fact.subject), (fact,)) for fact in self._on_top.told(story.text, got)]
        achievements = [one for part, found in paid for one in achievements_of(part, found, story)]
        if not achievements:
            return nothing[0]
        achievements = of_one_project(achievements)
        rules = self.rules_of(fact.document_id for one in achievements for fact in one.facts)
        before = past or ([story.before[-1]] if story.upgrade and story.before else [])
        received = self._received(before, story, reading, documents, rules)
        same = paid_for_the_same(story, past, documents[0].region)
        claim = claim_of(achievements, story, rules, received, past, same=same)
        return Found(claim=claim, rules=rules, nothing=tuple(nothing))

    def _by_rank(
        self, parts: list[Stated], reading: Reading, story: Story, documents: Sequence[PolicyDocument]
    ) -> list[Stated]:
        """三家总共: one part for each of the first drafters, where what is paid hangs on the rank."""
        if not story.units or len(parts) != 1 or parts[0].rank > 1:
            return parts
        names = tuple((kind, name) for kind, name in parts[0].names if kind != "role")
        ranked = [replace(parts[0], rank=rank, names=names) for rank in range(1, story.units + 1)]
        found = self.award_for(ranked[0], reading, documents, replace(story, parts=tuple(ranked)))
        if isinstance(found, Nothing | Several):
            return parts
        rules = self.rules_of(fact.document_id for fact in found)
        hangs = any(len(fact.ranks) > 1 or rank_shares(fact, rules) for fact in found)
        return ranked if hangs else parts

    def look_up(self, reading: Reading, story: Story, documents: Sequence[PolicyDocument]) -> award_search.Found:
        """The awards to list, where nothing has to be worked out: of a follow-up, of each of its parts."""
        if not reading.follows or not story.parts:
            return self._one_by_one(self._awards.find(reading, documents), reading, story, documents)
        found = [self._awards.find_behind(asked_of(part, reading, story), documents) for part in story.parts]
        facts = dict.fromkeys(fact for one in found for fact in one.facts)
        beyond = tuple(one for every in found for one in every.beyond)
        return award_search.Found(facts=tuple(facts), beyond=beyond, rank=max(one.rank for one in found))

    def _one_by_one(
        self, found: award_search.Found, reading: Reading, story: Story, documents: Sequence[PolicyDocument]
    ) -> award_search.Found:
        """中国质量奖和它的提名奖分别多少: with the award for each thing named, where each has just one, and else with
        the names of those that have none."""
        if len(story.parts) < 2 or found.beyond:
            return found
        each = [self.award_for(part, reading, documents, story) for part in story.parts]
        paid = [() if isinstance(one, Nothing) else one.facts if isinstance(one, Several) else one for one in each]
        single = dict.fromkeys(facts[0] for facts in paid if len(facts) == 1)
        if asks_each(story) and len(single) == len(each) and set(found.facts) < set(single):
            return replace(found, facts=tuple(single))
        if story.wanted is Wanted.EACH and done_otherwise(story.parts) and any(paid):
            found = replace(found, facts=tuple(dict.fromkeys(fact for facts in paid for fact in facts)))
        if not found.facts:
            return found  # and that is told
        labels = {label for fact in found.facts for label in fact.labels}
        missing = (
            "".join(things_of(part))
            for part, one in zip(story.parts, each, strict=True)
            if isinstance(one, Nothing) and not one.beyond and not labels.issuperset(things_of(part))
        )
        return replace(found, missing=tuple(dict.fromkeys(missing)))

    def _received(
        self,
        past: Sequence[Stated],
        story: Story,
        reading: Reading,
        documents: Sequence[PolicyDocument],
        rules: Sequence[Rule],
    ) -> Decimal:
        """What was received before: as stated, else what the ledger pays for the earlier award."""
        stated = sum((one.yuan for one in story.sums if one.role == "received"), Decimal(0))
        same = len(past) == 1 and (story.upgrade or story.same_project)
        if stated or not (same or all(is_apart(part, story) for part in past)):
            return stated
        achievements: list[Achievement] = []
        for part in past:
            found = self.award_for(part, reading, documents, replace(story, parts=(part, *story.parts)))
            if isinstance(found, Nothing | Several):
                return stated
            achievements += achievements_of(part, found, replace(story, sums=()))
        total = estimate(Claim(achievements=tuple(achievements)), rules).total
        return total.yuan if total else stated

    def _each_of(
        self, parts: Sequence[Stated], reading: Reading, story: Story, documents: Sequence[PolicyDocument]
    ) -> list[tuple[Stated, tuple[AwardFact, ...]]]:
        """两笔合计 of one thing named once: its several awards, where the question's words tell just so many."""
        told = words("sums_of").search(story.text)
        if len(parts) != 1 or told is None:
            return []
        facts = self._awards.find_each(asked_of(parts[0], reading, story), documents)
        several = len(facts) == int(read_number(told["n"].replace("两", "二")))
        return [(replace(parts[0], text=fact.subject), (fact,)) for fact in facts] if several else []

    def award_for(
        self, part: Stated, reading: Reading, documents: Sequence[PolicyDocument], story: Story, budget: str = ""
    ) -> tuple[AwardFact, ...] | Nothing | Several:
        """The one award that pays for a thing done; else that there is none, or the several to choose from."""
        asked = asked_of(part, reading, story)
        if budget:
            asked = replace(asked, budget=budget)
        found = self._awards.find_asked(asked, documents)
        if not (found.facts or found.beyond) and asked.groups.get("grade") == (_PASSED,):
            found = self._awards.find_asked(without(asked, "grade"), documents)  # 验收合格 says no more than passed
        if not (found.facts or found.beyond) and "role" in asked.groups and not asked.rank:
            ranked = self._awards.find_asked(without(asked, "role"), documents).facts
            if ranked and all(len(fact.ranks) > 1 for fact in ranked):
                options = tuple(f"第{rank}位" for rank in sorted({rank for fact in ranked for rank in fact.ranks}))
                return Several(text=part.text, kind="rank", options=options, facts=ranked)
        if asked.rank > 1 and len(story.parts) > 1 and "standard" in asked.groups and not (found.facts or found.beyond):
            found = self._awards.for_the_first(asked, documents)
        graded = all(of_kind(fact.labels, "grade") for fact in found.facts)
        if not found.facts or (
            graded and len(found.facts) == 1 and "grade" not in asked.groups and len(story.parts) > 1
        ):
            return Nothing(text=part.text, beyond=found.beyond, rank=asked.rank)
        names = [name for every in asked.groups.values() for name in every]
        return self.one_award(_of_sort(found.facts, story), part.text, names)

    def one_award(self, facts: Sequence[AwardFact], text: str, names: Sequence[str]) -> tuple[AwardFact, ...] | Several:
        """The one award among facts that fit: its parts from several budgets together; else what has to be chosen."""
        if len({fact.document_id for fact in facts}) > 1:
            titles = tuple(dict.fromkeys(self._texts.documents[fact.document_id].short_title for fact in facts))
            return Several(text=text, kind="document", options=titles, facts=tuple(facts))
        if len(facts) == 1:
            return (facts[0],)
        budgets = {fact.budget for fact in facts}
        alike = len({fact.labels for fact in facts}) == 1
        if alike and len(budgets) == len(facts) and "" not in budgets:
            return tuple(facts)
        meant = most_meant(facts, general_words(without_names(text)), names)
        if len(meant) < len(facts):
            return self.one_award(meant, text, names)
        plain = [fact for fact in facts if not of_kind(fact.labels, "grade")]
        if len(plain) == 1 and not of_kind(names, "grade"):
            return (plain[0],)  # the prize itself, not its 提名奖
        same = {(fact.amount.kind, fact.amount.yuan, fact.amount.rate) for fact in facts}
        if len(same) == 1:
            return (facts[0],)
        kind, options = differing(facts)
        return Several(text=text, kind=kind, options=options, facts=tuple(facts))

    def _sentence(self, clause_id: str, start: int) -> str:
        clause = self._texts.clauses[clause_id]
        text = self._texts.text(clause)
        for span in split_sentences(text):
            if span.start <= start - clause.start < span.end:
                return text[span.start : span.end]
        return text


def _of_sort(facts: Sequence[AwardFact], story: Story) -> Sequence[AwardFact]:
    """Of several awards, where the asker states an interest rate, those that are taken of one."""
    interest = [fact for fact in facts if INTEREST.search(fact.amount.base)]
    meant = story.interest is not None or re.search("利息|贴息|利率", story.text) is not None
    return interest if interest and meant else facts
