"""An estimate → the answer: the figure first, then each step with its clause, then what it hangs on."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant import messages
from assistant.asking import says
from assistant.award_answer import AwardAnswer
from assistant.claiming import Found, Nothing
from assistant.claims import ClaimStep, Estimate, Line, Money, Operation, Rule
from assistant.claims.scope import under_cost
from assistant.compose import Composer
from assistant.naming import name_award
from assistant.nearness import shares_run
from assistant.records import Amount, Step
from assistant.stated import Story, Wanted
from assistant.sums import plain, say_expression, say_money, say_yuan
from corpus.awards import AmountKind, AwardFact, RuleKind

LIMITS_SAID_MAX = 2
_STEP_LINE = re.compile(r"[0-9]+\. ")


@dataclass(frozen=True, kw_only=True)
class _Result:
    """What is said to be the answer: a sentence's key, and the sums that count."""

    sentence: str
    money: Money
    label: str


class ClaimAnswer:
    """Says what a claim comes to, through a composer."""

    def __init__(self, award_answer: AwardAnswer) -> None:
        self._award_answer = award_answer

    def say(self, found: Found, worked: Estimate, story: Story, composer: Composer) -> bool:
        """State the result; False where no sum could be worked out."""
        if worked.total is None or self._adds_up_doubt(worked):
            return False  # 5元＋3万元: what looks misprinted is shown, and added to nothing
        extra: list[ClaimStep] = []
        results = self._results(found, worked, story, extra)
        if not results:
            return False
        steps = [*(step for line in worked.lines for step in line.steps), *worked.steps, *extra]
        self._say_results(results, worked.lines, story, composer)
        self._say_steps(steps, composer)
        hangs_on = self._say_conditions(worked, found, composer)
        for one in found.nothing:
            self._say_nothing(one, composer)
        paid = [fact for line in worked.lines for fact in line.achievement.facts]
        for quote_of in [*paid, *_sources(steps), *hangs_on]:
            composer.quote(self._award_answer.quotes_of(quote_of))
        for result in results:
            kind = "exact" if result.money.kind is AmountKind.EXACT else "cap"
            composer.amount(
                Amount.model_validate({"yuan": plain(result.money.yuan), "kind": kind, "label": result.label})
            )
        for line in worked.lines:
            for fact in line.achievement.facts:
                self._award_answer.doubt(fact, composer)
        return True

    def _adds_up_doubt(self, worked: Estimate) -> bool:
        several = len(worked.lines) > 1 or any(line.achievement.count > 1 for line in worked.lines)
        facts = (fact for line in worked.lines for fact in line.achievement.facts)
        return several and bool(self._award_answer.doubts(facts))

    def cite(self, fact: AwardFact, composer: Composer) -> None:
        """Quote the clause of an award."""
        composer.quote(self._award_answer.quotes_of(fact))
        self._award_answer.doubt(fact, composer)

    def share_of_stated(self, rules: Sequence[Rule], story: Story, composer: Composer) -> bool:
        """A share of a sum that the asker states, where a rule gives the share: 用于人员不得超过40%."""
        stated = [one for one in story.sums if one.role in ("base", "received", "other")]
        if not stated:
            return False
        base = next((one for one in stated if one.role != "received"), stated[0])
        for rule in rules:
            staff = rule.rule.kind is RuleKind.USE_OF_FUNDS and story.wanted is Wanted.STAFF
            bound = rule.rule.kind in _BOUNDS and rule.rule.yuan is None and shares_run(base.words, rule.words)
            borne = rule.rule.kind is RuleKind.BUDGET_SHARE and bool(story.budget) and not story.parts
            if rule.rule.rate is None or not (staff or bound or borne):
                continue
            rate = rule.rule.rate / (1 + rule.rule.rate) if borne else rule.rule.rate
            kind = AmountKind.EXACT if borne else AmountKind.CAP
            part = Money(yuan=Money(yuan=base.yuan).times(rate).yuan, kind=kind)
            operation = Operation.STAFF if staff else Operation.BUDGET_SHARE if borne else Operation.LIMIT
            expression = f"{base.yuan:f} * {rate:f}"
            steps = [ClaimStep(operation=operation, about="", expression=expression, result=part, source=rule)]
            received = sum((one.yuan for one in stated if one.role == "received" and one is not base), Decimal(0))
            if received:
                left = part.less(received)
                expression = f"{part.yuan:f} - {received:f}"
                steps.append(
                    ClaimStep(operation=Operation.LEFT, about="", expression=expression, result=left, source=rule)
                )
                part = left
            sentence = (
                "CLAIM_STAFF" if staff else "CLAIM_BUDGET" if borne else "CLAIM_LEFT" if received else "CLAIM_ONE"
            )
            label = messages.STEP_NAMES[operation.value]
            self._say_sums([_Result(sentence=sentence, money=part, label=label)], steps, story, composer)
            return True
        return False

    def _say_sums(
        self, results: Sequence["_Result"], steps: Sequence[ClaimStep], story: Story, composer: Composer
    ) -> None:
        self._say_results(results, (), story, composer)
        self._say_steps(steps, composer)
        for source in _sources(steps):
            composer.quote(self._award_answer.quotes_of(source))
        for result in results:
            kind = "exact" if result.money.kind is AmountKind.EXACT else "cap"
            composer.amount(
                Amount.model_validate({"yuan": plain(result.money.yuan), "kind": kind, "label": result.label})
            )

    def _results(self, found: Found, worked: Estimate, story: Story, extra: list[ClaimStep]) -> list[_Result]:
        total = worked.total or Money(yuan=Decimal(0))
        if says("most", story.text) and any(_is_choice(step) for step in worked.steps):
            total = Money(yuan=total.yuan, kind=AmountKind.CAP)  # the most that a choice of kinds can bring
        lines = [line for line in worked.lines if line.total is not None]
        if story.wanted is Wanted.GAP:
            gap = _gap(lines, extra)
            return [*map(_each, lines), *gap] if gap and says("each", story.text) else gap
        if story.wanted is Wanted.STAFF:
            return _share_of(total, found.rules, RuleKind.USE_OF_FUNDS, Operation.STAFF, "CLAIM_STAFF", extra)
        apart = all(fact.budget for line in lines for fact in line.achievement.facts)  # printed apart for each budget
        if story.budget and not apart:
            return _share_of(total, found.rules, RuleKind.BUDGET_SHARE, Operation.BUDGET_SHARE, "CLAIM_BUDGET", extra)
        if story.wanted is Wanted.LEFT:
            return [_Result(sentence="CLAIM_LEFT", money=total, label=messages.TOTAL_LABEL)]
        several = len(lines) > 1
        each = [_each(line) for line in lines]
        if story.wanted is Wanted.EACH_AND_TOTAL and several:
            return [*each, _Result(sentence="CLAIM_TOTAL", money=total, label=messages.TOTAL_LABEL)]
        if story.wanted is Wanted.EACH and several:
            return each
        if several or lines[0].achievement.count > 1:
            return [_Result(sentence="CLAIM_TOTAL", money=total, label=messages.TOTAL_LABEL)]
        shared = any(step.operation is Operation.SPLIT for step in lines[0].steps)
        return [_Result(sentence="CLAIM_OF_EACH" if shared else "CLAIM_ONE", money=total, label=_name(lines[0]))]

    def _say_results(
        self, results: Sequence["_Result"], lines: Sequence[Line], story: Story, composer: Composer
    ) -> None:
        said = []
        for result in results:
            template = getattr(messages, result.sentence)
            if not result.money.yuan and result.sentence in ("CLAIM_LEFT", "CLAIM_ONE", "CLAIM_OF_EACH"):
                template = messages.CLAIM_NONE_LEFT if result.sentence == "CLAIM_LEFT" else messages.CLAIM_NONE
            doubt = self._award_answer.doubts(fact for line in lines for fact in line.achievement.facts)
            said.append(template.format(sum=say_money(result.money) + doubt, about=result.label, who=story.budget))
        known = {one.money.yuan for one in results} | {line.each.yuan for line in lines if line.each}
        wrong = [one.yuan for one in story.sums if one.role == "premise" and one.yuan not in known]
        composer.say("\n".join(said))
        if wrong:
            composer.lead(messages.NOT_AS_SAID.format(said="、".join(map(say_yuan, dict.fromkeys(wrong)))))
        elif says("doubts", story.text) and [one.money.yuan for one in results] in [
            [one.yuan] for one in story.sums if one.role == "premise"
        ]:
            composer.lead(messages.AS_SAID)

    def _say_steps(self, steps: Sequence[ClaimStep], composer: Composer) -> None:
        lines = []
        for number, step in enumerate(steps, start=1):
            name = messages.STEP_NAMES[step.operation.value].format(about=step.about)
            about = f"{step.about}，" if step.about and step.operation in _NAMED else ""
            quotes = self._award_answer.quotes_of(step.source) if step.source is not None else []
            marker = composer.mark(quotes) if quotes else ""
            worked = " " in step.expression  # of an equation the right side is a plain sum
            reckoned = f"{say_expression(step.expression)}＝{say_yuan(step.result.yuan)}" if worked else ""
            lines.append(f"{number}. {about}{name}：{reckoned or say_money(step.result)}{marker}")
            composer.step(
                Step(
                    step=f"{about}{name}",
                    expression=step.expression,
                    yuan=plain(step.result.yuan),
                    citation=composer.number(quotes[-1]) if quotes else None,
                )
            )
        composer.say("\n".join([messages.CLAIM_HOW, *lines]))

    def _say_conditions(self, worked: Estimate, found: Found, composer: Composer) -> list[Rule]:
        """Say what the sum hangs on beside its steps, and return the rules that say so."""
        said: list[Rule] = []
        bites = {step.source.rule.id for step in worked.steps if isinstance(step.source, Rule)}
        for rule in worked.limits[:LIMITS_SAID_MAX]:
            if rule.rule.id not in bites:
                marker = composer.mark(self._award_answer.quotes_of(rule))
                limit = say_yuan(rule.rule.yuan or Decimal(0))
                whole = worked.total is None or worked.total.yuan <= (rule.rule.yuan or Decimal(0))
                within = messages.CLAIM_WITHIN if whole else messages.CLAIM_PART_WITHIN
                composer.say(within.format(limit=limit, marker=marker))
                said.append(rule)
        for line in worked.lines:
            cost = under_cost(line.achievement.facts[0], found.rules)
            if cost is not None and line.achievement.cost is None:
                marker = composer.mark(self._award_answer.quotes_of(cost))
                composer.say(messages.CLAIM_UNDER_COST.format(marker=marker))
                said.append(cost)
                break
        return said

    def _say_nothing(self, one: Nothing, composer: Composer) -> None:
        quotes = [quote for beyond in one.beyond[:1] for quote in self._award_answer.quotes_of(beyond.fact)]
        marker = composer.mark(quotes)
        about = name_award(one.beyond[0].fact)
        if one.beyond[0].ranks:
            composer.say(messages.CLAIM_NOTHING.format(about=about, rank=one.rank, marker=marker))
        else:
            composer.say(messages.CLAIM_NOT_FOR_REVISING.format(about=about, marker=marker))
        composer.quote(quotes)


_BOUNDS = frozenset({RuleKind.YEARLY_LIMIT, RuleKind.TOTAL_LIMIT})
_NAMED = frozenset({Operation.AWARD, Operation.COUNT, Operation.YEARS, Operation.BUDGETS})


def _is_choice(step: ClaimStep) -> bool:
    rule = step.source
    return step.operation is Operation.HIGHEST and isinstance(rule, Rule) and rule.rule.kind is RuleKind.COUNT_LIMIT


def _each(line: Line) -> _Result:
    return _Result(sentence="CLAIM_EACH", money=line.total or Money(yuan=Decimal(0)), label=_name(line))


def _name(line: Line) -> str:
    rank = f"（排名第{line.achievement.rank}位）" if line.achievement.rank else ""
    return f"{line.achievement.name}{rank}"


def _sources(steps: Sequence[ClaimStep]) -> list[AwardFact | Rule]:
    return [step.source for step in steps if step.source is not None]


def _gap(lines: Sequence[Line], extra: list[ClaimStep]) -> list[_Result]:
    sums = [line.total for line in lines if line.total is not None]
    if len(sums) != 2:
        return []
    high, low = sorted(sums, key=lambda one: -one.yuan)
    kind = AmountKind.CAP if AmountKind.EXACT not in {high.kind, low.kind} else high.kind
    gap = Money(yuan=high.yuan - low.yuan, kind=kind)
    extra.append(ClaimStep(operation=Operation.GAP, about="", expression=f"{high.yuan:f} - {low.yuan:f}", result=gap))
    return [_Result(sentence="CLAIM_GAP", money=gap, label=messages.GAP_LABEL)]


def _share_of(
    total: Money, rules: Sequence[Rule], kind: RuleKind, operation: Operation, sentence: str, extra: list[ClaimStep]
) -> list[_Result]:
    """The part of a sum that may go to people, or that one budget bears."""
    rule = next((one for one in rules if one.rule.kind is kind and one.rule.rate is not None), None)
    if rule is None or rule.rule.rate is None:
        return []
    rate = rule.rule.rate / (1 + rule.rule.rate) if kind is RuleKind.BUDGET_SHARE else rule.rule.rate
    part = total.times(rate)
    if kind is RuleKind.USE_OF_FUNDS:
        part = Money(yuan=part.yuan, kind=AmountKind.CAP)
    extra.append(
        ClaimStep(operation=operation, about="", expression=f"{total.yuan:f} * {rate:f}", result=part, source=rule)
    )
    return [_Result(sentence=sentence, money=part, label=messages.STEP_NAMES[operation.value])]


def without_steps(text: str, steps: int) -> str:
    """The text of an answer without the lines of its calculation, where they are the steps one for one.

    >>> without_steps("可得5元。\\n\\n计算：\\n1. 甲：2元\\n2. 乙：5元\\n\\n根据甲。", 2)
    '可得5元。\\n\\n根据甲。'
    """
    kept, taken_out = [], 0
    for paragraph in text.split("\n\n"):
        head, *lines = paragraph.split("\n")
        if head == messages.CLAIM_HOW and all(map(_STEP_LINE.match, lines)):
            taken_out += len(lines)
        else:
            kept.append(paragraph)
    return "\n\n".join(kept) if taken_out == steps else text
