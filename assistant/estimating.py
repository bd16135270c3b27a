"""A claim file → what it comes to. The one function behind the command, the tool and the REST call.

Each achievement is read like a question of its own and finds its facts in the ledger; the calculator does the sums;
what is not found or not told is named, and then there is no total.
"""

import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Literal

from assistant import messages
from assistant.award_search import Beyond
from assistant.claim_answer import ClaimAnswer
from assistant.claim_file import AchievementEntry, ClaimEntry, ClaimFileError
from assistant.claiming import ClaimSearch, Found, Nothing, Several
from assistant.claims import Achievement, Claim, Estimate, Line, Money, estimate
from assistant.compose import Composer
from assistant.reading import Reading, read_question, visible
from assistant.records import Citation, Clarification, Record, Step, Warning_, Yuan
from assistant.stated import Stated, Story, Wanted, read_story
from assistant.sums import plain, say_money
from corpus.awards import AmountKind, AwardFact
from corpus.records import PolicyDocument, Region

_RAISED_FROM = re.compile(r"[，,（(]?(?:由|从|自)[^，。；（）]{1,10}?(?=升|晋)")  # 由省级升上来: told by `received`


class EstimateSum(Record):
    """A sum, and whether it is fixed, a ceiling or a range from `low`."""

    yuan: Yuan
    kind: Literal["exact", "cap", "range", "rate"]
    low: Yuan | None = None


class EstimateLine(Record):
    """What one achievement comes to; `each` and `total` are None where it cannot be told, and `note` says why."""

    what: str
    facts: tuple[str, ...]
    counted: int
    each: EstimateSum | None
    total: EstimateSum | None
    note: str = ""
    clarification: Clarification | None = None


class EstimateReport(Record):
    """What a claim comes to, with its proof. `total` is None where a line is undetermined."""

    region: str
    documents: tuple[str, ...]
    status: Literal["answered", "undetermined"]
    total: EstimateSum | None
    lines: tuple[EstimateLine, ...]
    calculation: tuple[Step, ...]
    citations: tuple[Citation, ...]
    warnings: tuple[Warning_, ...]
    text: str
    as_of: date
    elapsed_ms: float


class Estimator:
    """Works out claim files over one index."""

    def __init__(self, search: ClaimSearch, say: ClaimAnswer) -> None:
        self._search = search
        self._say = say

    def estimate(
        self,
        claim: ClaimEntry,
        region: Region,
        documents: Sequence[PolicyDocument],
        composer: Composer,
        day: date,
    ) -> EstimateReport:
        """Work out a claim.

        Args:
            claim: As written down.
            region: The region that it names.
            documents: Those that may pay.
            composer: Begun for this claim.
            day: The day of judgement.
        """
        began = time.perf_counter()
        found = [self._find(entry, region, documents) for entry in claim.achievements]
        paid = [one for one in found if isinstance(one, Achievement)]
        rules = self._search.rules_of(fact.document_id for one in paid for fact in one.facts)
        worked = estimate(Claim(achievements=tuple(paid), received=claim.received), rules)
        whole = len(paid) == len(found) and worked.total is not None
        lines = _lines(claim, found, worked)
        if whole:
            story = Story(text="", parts=(), wanted=Wanted.LEFT if claim.received else Wanted.EACH_AND_TOTAL)
            claimed = Claim(achievements=tuple(paid), received=claim.received)
            self._say.say(Found(claim=claimed, rules=rules), worked, story, composer)
        else:
            composer.say("\n".join([messages.CLAIM_UNDETERMINED, *_said(lines)]))
            for one in paid:
                for fact in one.facts:
                    self._say.cite(fact, composer)
        return EstimateReport(
            region=region.name,
            documents=tuple(dict.fromkeys(fact.document_id for one in paid for fact in one.facts)),
            status="answered" if whole else "undetermined",
            total=_sum(worked.total) if whole and worked.total else None,
            lines=lines,
            calculation=composer.steps(),
            citations=composer.citations(),
            warnings=composer.warnings(),
            text=composer.text(),
            as_of=day,
            elapsed_ms=round((time.perf_counter() - began) * 1000, 1),
        )

    def _find(
        self, entry: AchievementEntry, region: Region, documents: Sequence[PolicyDocument]
    ) -> Achievement | Nothing | Several:
        what = visible(entry.what)
        if entry.fact:
            return self._named(entry, documents)
        told = _RAISED_FROM.sub("", what) if entry.received else what
        story = replace(read_story(told), interest=entry.interest)
        reading: Reading = replace(read_question(told, [region]), regions=(region,))
        part = Stated(text=told) if len(story.parts) != 1 else story.parts[0]
        part = replace(part, rank=entry.rank or part.rank)
        if not _agrees(entry, part, story):
            raise ClaimFileError(messages.CLAIM_SAID_IN_WHAT.format(what=what[:40]))
        if len(story.parts) > 1:
            raise ClaimFileError(messages.CLAIM_ONE_THING.format(what=what[:40]))
        facts = self._search.award_for(part, reading, documents, story, budget=entry.budget)
        if isinstance(facts, Nothing | Several):
            return facts
        return _achievement(entry, part, facts, co_leads=entry.co_leads or story.co_leads)

    def _named(self, entry: AchievementEntry, documents: Sequence[PolicyDocument]) -> Achievement | Nothing:
        """The fact that the entry names by its id, whatever its words."""
        fact, what = self._search.fact(entry.fact), visible(entry.what)
        if fact is None or fact.document_id not in {document.id for document in documents}:
            raise ClaimFileError(messages.CLAIM_NO_FACT.format(what=what[:40]))
        if entry.rank and fact.ranks and entry.rank not in fact.ranks:
            return Nothing(text=what, beyond=(Beyond(fact=fact, ranks=fact.ranks),), rank=entry.rank)
        return _achievement(entry, Stated(text=what, rank=entry.rank), (fact,), co_leads=entry.co_leads)


def _agrees(entry: AchievementEntry, part: Stated, story: Story) -> bool:
    """Whether the numbers in an entry's words are those of its other fields: 两种产品 with a count of 2."""
    counts = {part.count} if part.counted else {story.loose_count} - {0}
    sums = {one.yuan for one in story.sums}
    return (
        counts <= {entry.count}
        and story.co_leads in (0, 1, entry.co_leads)
        and sums <= {entry.base, entry.cost, entry.received}
    )


def _achievement(entry: AchievementEntry, part: Stated, facts: tuple[AwardFact, ...], *, co_leads: int) -> Achievement:
    return Achievement(
        name=visible(entry.what),
        facts=facts,
        count=entry.count,
        rank=part.rank,
        co_leads=co_leads,
        part=entry.share,
        base=entry.base,
        base_rate=entry.interest,
        cost=entry.cost,
        received=entry.received,
        stage=entry.stage,
        budget=entry.budget,
        project=entry.project,
        words=visible(entry.what),
    )


def _lines(
    claim: ClaimEntry, found: Sequence[Achievement | Nothing | Several], worked: Estimate
) -> tuple[EstimateLine, ...]:
    reckoned = iter(worked.lines)
    return tuple(_line(entry, one, reckoned) for entry, one in zip(claim.achievements, found, strict=True))


def _line(entry: AchievementEntry, one: Achievement | Nothing | Several, reckoned: Iterator[Line]) -> EstimateLine:
    what = visible(entry.what)
    if isinstance(one, Nothing):
        template = messages.CLAIM_BEYOND if one.beyond else messages.CLAIM_NO_AWARD
        note = template.format(what=what, rank=one.rank)
        return EstimateLine(what=what, facts=(), counted=0, each=None, total=None, note=note)
    if isinstance(one, Several):
        kind = messages.KIND_NAMES.get(one.kind, messages.KIND_NAMES["item"])
        note = messages.WHICH_FOR.format(about=what, kind=kind, options="、".join(one.options))
        choices = Clarification(missing=(one.kind,), options=one.options)
        return EstimateLine(what=what, facts=(), counted=0, each=None, total=None, note=note, clarification=choices)
    line = next(reckoned)  # in the order of the achievements that were found
    note = "；".join(messages.say_missing(one.lack.value, one.about) for one in line.missing)
    return EstimateLine(
        what=what,
        facts=tuple(fact.id for fact in one.facts),
        counted=line.counted,
        each=_sum(line.each) if line.each else None,
        total=_sum(line.total) if line.total else None,
        note=note,
    )


def _said(lines: Sequence[EstimateLine]) -> list[str]:
    return [
        messages.CLAIM_LINE.format(number=number, what=line.what, sum=line.note or _say(line.total))
        for number, line in enumerate(lines, start=1)
    ]


def _say(total: EstimateSum | None) -> str:
    return say_money(Money(yuan=total.yuan, kind=AmountKind(total.kind), low=total.low)) if total else ""


def _sum(money: Money) -> EstimateSum:
    return EstimateSum.model_validate(
        {"yuan": plain(money.yuan), "kind": money.kind.value, "low": None if money.low is None else plain(money.low)}
    )
