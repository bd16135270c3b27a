"""One achievement → what it comes to: the printed sum, then every rule that changes it, one step each."""

import re
from collections.abc import Sequence
from decimal import Decimal

from assistant.claims.counting import counts_at_most
from assistant.claims.records import (
    Achievement,
    ClaimStep,
    Lack,
    Line,
    Missing,
    Money,
    Operation,
    Rule,
    add,
    to_fen,
)
from assistant.claims.scope import (
    cumulative_limit,
    rank_shares,
    split_rule,
    top_up_rule,
    under_cost,
    words_share,
)
from assistant.claims.stages import stage_rule
from corpus.awards import AmountKind, AwardFact, RuleKind
from corpus.awards.labelling import ranks_of

_FIRST_HIGH = "先获得高"  # 先高后低的，不再奖励
INTEREST = re.compile(r"利率|LPR|利息率", re.IGNORECASE)


def reckon(achievement: Achievement, rules: Sequence[Rule]) -> Line:
    """Work out one achievement.

    Args:
        achievement: With the fact that pays for it; several facts are several budgets, which add up.
        rules: Of the documents of those facts.
    """
    steps: list[ClaimStep] = []
    paid: list[Money] = []
    for fact in achievement.facts:
        own = [rule for rule in rules if rule.rule.document_id == fact.document_id]
        money = _pay(achievement, fact, own, steps)
        if isinstance(money, Missing):
            return Line(achievement=achievement, each=None, total=None, steps=tuple(steps), missing=(money,))
        paid.append(money)
    each = add(paid)
    if len(paid) > 1:
        terms = " + ".join(f"{one.yuan:f}" for one in paid)
        on_top = next((rule for rule in rules if rule.rule.kind is RuleKind.ON_TOP), None)
        steps.append(_step(Operation.BUDGETS, achievement.name, terms, each, on_top or achievement.facts[0]))
    if achievement.received and not cumulative_limit(achievement, rules):
        left = _topped_up(achievement, each, rules, steps)
        if isinstance(left, Missing):
            return Line(achievement=achievement, each=None, total=None, steps=tuple(steps), missing=(left,))
        each = left
    counted, limit = counts_at_most(achievement, rules)
    total = Money(yuan=each.yuan * counted, kind=each.kind, low=None if each.low is None else each.low * counted)
    if achievement.count > 1 or limit:
        expression = f"{each.yuan:f} * {counted}"
        steps.append(_step(Operation.COUNT, achievement.name, expression, total, limit or achievement.facts[0]))
    if achievement.years > 1 and all(fact.yearly for fact in achievement.facts):
        low = None if total.low is None else total.low * achievement.years
        total = Money(yuan=total.yuan * achievement.years, kind=total.kind, low=low)
        expression = f"{total.yuan / achievement.years:f} * {achievement.years}"
        steps.append(_step(Operation.YEARS, achievement.name, expression, total, achievement.facts[0]))
    return Line(achievement=achievement, each=each, total=total, steps=tuple(steps), counted=counted)


def _pay(achievement: Achievement, fact: AwardFact, rules: Sequence[Rule], steps: list[ClaimStep]) -> Money | Missing:
    money = _printed(achievement, fact, steps)
    if isinstance(money, Missing):
        return money
    for change in (_share_of_rank, _share_of_words, _split, _instalment, _under_cost, _budget):
        changed = change(achievement, fact, money, rules, steps)
        if isinstance(changed, Missing):
            return changed
        money = changed
    return money


def _printed(achievement: Achievement, fact: AwardFact, steps: list[ClaimStep]) -> Money | Missing:
    amount = fact.amount
    if amount.kind is not AmountKind.RATE or amount.yuan is not None:
        kind = AmountKind.EXACT if amount.kind is AmountKind.RATE else amount.kind
        money = Money(yuan=amount.yuan or Decimal(0), kind=kind, low=amount.low)
        expression = f"{money.yuan:f}"
        if amount.rate:  # 同类标准的20%, 20万元的1.5倍
            expression = f"{to_fen(money.yuan / amount.rate):f} * {amount.rate:f}"
        name = f"{achievement.name}（{fact.budget}）" if fact.budget else achievement.name
        steps.append(_step(Operation.AWARD, name, expression, money, fact))
        return money
    rate = amount.rate or Decimal(0)
    if achievement.base is None:
        return Missing(lack=Lack.BASE, about=amount.base, source=fact)
    factors = [achievement.base, rate]
    if INTEREST.search(amount.base):
        if achievement.base_rate is None:
            return Missing(lack=Lack.INTEREST, about=amount.base, source=fact)
        factors.insert(1, achievement.base_rate)
    product = Decimal(1)
    for factor in factors:
        product *= factor
    money = Money(yuan=to_fen(product))
    steps.append(_step(Operation.RATE, amount.base, " * ".join(f"{one:f}" for one in factors), money, fact))
    if amount.ceiling is not None:
        money = _capped(money, amount.ceiling, fact, steps)
    return money


def _capped(money: Money, ceiling: Decimal, source: AwardFact | Rule, steps: list[ClaimStep]) -> Money:
    capped = money.at_most(ceiling)
    steps.append(_step(Operation.CEILING, "", f"min({money.yuan:f}, {ceiling:f})", capped, source))
    return capped


def _share_of_rank(
    achievement: Achievement, fact: AwardFact, money: Money, rules: Sequence[Rule], steps: list[ClaimStep]
) -> Money | Missing:
    """第2位按70%: by the rule beside the sum; a rank that none of them names gets nothing that could be told."""
    shares = rank_shares(fact, rules)
    if not shares:
        return money
    if not achievement.rank:
        return Missing(lack=Lack.RANK, about=achievement.name, source=fact)
    for rule, rate in shares:
        if achievement.rank in ranks_of(rule.words):
            shared = money.times(rate)
            steps.append(_step(Operation.SHARE, "", f"{money.yuan:f} * {rate:f}", shared, rule))
            return shared
    return Missing(lack=Lack.NO_SHARE, about=achievement.name, source=shares[-1][0])


def _share_of_words(
    achievement: Achievement, fact: AwardFact, money: Money, rules: Sequence[Rule], steps: list[ClaimStep]
) -> Money:
    """建设单位和施工总承包单位各50%: by the rule whose words the applicant uses."""
    rule = words_share(achievement, fact, rules)
    if rule is None or rule.rule.rate is None:
        return money
    shared = money.times(rule.rule.rate)
    steps.append(_step(Operation.SHARE, "", f"{money.yuan:f} * {rule.rule.rate:f}", shared, rule))
    return shared


def _split(
    achievement: Achievement, fact: AwardFact, money: Money, rules: Sequence[Rule], steps: list[ClaimStep]
) -> Money | Missing:
    """Among joint leaders: evenly where the rule says so, by their own agreement where it leaves it to them."""
    leads = "主导" in fact.labels or "参与" not in fact.labels
    if not leads or (achievement.co_leads == 0 and achievement.part is None):
        return money
    rule = split_rule(fact, rules)
    if rule is None:
        return Missing(lack=Lack.NO_SPLIT_RULE, about=achievement.name, source=fact)
    if achievement.part is not None and rule.rule.kind is not RuleKind.CO_LEAD:
        shared = money.times(achievement.part)
        steps.append(_step(Operation.PART, "", f"{money.yuan:f} * {achievement.part:f}", shared, rule))
        return shared
    if rule.rule.kind is not RuleKind.CO_LEAD:
        return Missing(lack=Lack.PART, about=achievement.name, source=rule)
    if achievement.co_leads < 2:
        return Missing(lack=Lack.CO_LEADS, about=achievement.name, source=fact)
    low = None if money.low is None else to_fen(money.low / achievement.co_leads)
    shared = Money(yuan=to_fen(money.yuan / achievement.co_leads), kind=money.kind, low=low)
    steps.append(_step(Operation.SPLIT, "", f"{money.yuan:f} / {achievement.co_leads}", shared, rule))
    return shared


def _instalment(
    achievement: Achievement, fact: AwardFact, money: Money, rules: Sequence[Rule], steps: list[ClaimStep]
) -> Money:
    rule = stage_rule(achievement, fact, rules)
    if rule is None or rule.rule.rate is None:
        return money
    paid = money.times(rule.rule.rate)
    steps.append(_step(Operation.INSTALMENT, "", f"{money.yuan:f} * {rule.rule.rate:f}", paid, rule))
    return paid


def _under_cost(
    achievement: Achievement, fact: AwardFact, money: Money, rules: Sequence[Rule], steps: list[ClaimStep]
) -> Money:
    """不超过实际发生的费用: where what was spent is stated; where it is not, the caller names the condition."""
    rule = under_cost(fact, rules)
    if rule is None or achievement.cost is None:
        return money
    return _capped(money, achievement.cost, rule, steps)


def _budget(
    achievement: Achievement, fact: AwardFact, money: Money, rules: Sequence[Rule], steps: list[ClaimStep]
) -> Money | Missing:
    """The part that one budget bears, where the awards of several are not printed apart."""
    if not achievement.budget or fact.budget:
        return money
    rule = next((one for one in rules if one.rule.kind is RuleKind.BUDGET_SHARE and one.rule.rate is not None), None)
    if rule is None or rule.rule.rate is None:
        return Missing(lack=Lack.NO_BUDGET_RULE, about=achievement.name, source=fact)
    rate = rule.rule.rate / (1 + rule.rule.rate)
    borne = money.times(rate)
    steps.append(_step(Operation.BUDGET_SHARE, "", f"{money.yuan:f} * {rate:f}", borne, rule))
    return borne


def _topped_up(achievement: Achievement, each: Money, rules: Sequence[Rule], steps: list[ClaimStep]) -> Money | Missing:
    """After a lower award: the difference, or the whole, where a rule says so; else it cannot be told."""
    rule = top_up_rule(achievement.facts[0], rules)
    if rule is None:
        once = next((one for one in rules if one.rule.kind is RuleKind.NON_CUMULATION), None)
        lack = Lack.NOT_TWICE if once else Lack.NO_TOP_UP
        return Missing(lack=lack, about=achievement.name, source=once or achievement.facts[0])
    if rule.rule.kind is RuleKind.EACH_IN_FULL and not (
        achievement.received > each.yuan and _FIRST_HIGH in rule.sentence
    ):
        steps.append(_step(Operation.IN_FULL, achievement.name, f"{each.yuan:f}", each, rule))
        return each
    left = each.less(achievement.received)
    if not left.yuan:  # nothing is paid twice
        own = [one for one in rules if one.rule.kind is RuleKind.NON_CUMULATION and not one.paragraph_has_awards]
        rule = next(iter([*(one for one in own if one.rule.clause_id == rule.rule.clause_id), *own]), rule)
    steps.append(_step(Operation.TOP_UP, achievement.name, f"{each.yuan:f} - {achievement.received:f}", left, rule))
    return left


def _step(
    operation: Operation, about: str, expression: str, result: Money, source: AwardFact | Rule | None
) -> ClaimStep:
    return ClaimStep(operation=operation, about=about, expression=expression, result=result, source=source)
