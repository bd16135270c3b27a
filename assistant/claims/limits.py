"""Several achievements → one sum: what counts once, what each limit leaves. No limit ever raises a total."""

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from assistant.claims.counting import categories_at_most, number_limit
from assistant.claims.records import Claim, ClaimStep, Line, Money, Operation, Rule, add, to_fen
from assistant.claims.scope import (
    cumulative_limit,
    exclusive,
    for_one_project,
    is_limit,
    of_kind,
    touches,
)
from corpus.awards import AmountKind, RuleKind

_ONE_CLASS_OF_UNIT = re.compile("同一(?:家|个)?(?:企业|单位|组织|机构|主体|法人)[、，和的]{0,2}同[类种]")
Sums = dict[int, Money]  # what each line still comes to, by its place


def _rank(line: Line) -> tuple[Decimal, bool, str]:
    """By sum, a fixed one before a ceiling, then by the award: the order in which things are named decides nothing."""
    total = line.total or Money(yuan=Decimal(0))
    return total.yuan, total.kind is AmountKind.EXACT, line.achievement.facts[0].id


def counted_together(lines: Sequence[Line], rules: Sequence[Rule], steps: list[ClaimStep]) -> list[Line]:
    """每类不超过5项, over several entries for the same award: those that pay most count first."""
    kept = list(lines)
    for facts in dict.fromkeys(line.achievement.facts for line in lines):
        own = [at for at, line in enumerate(kept) if line.achievement.facts == facts and line.each is not None]
        limit = number_limit(kept[own[0]].achievement, rules) if len(own) > 1 else None
        if limit is None:
            continue
        left, rule = limit
        for at in sorted(own, key=lambda at: _rank(kept[at]), reverse=True):
            line = kept[at]
            counted = min(line.counted, left)
            left -= counted
            if counted < line.counted and line.each is not None:
                total = Money(yuan=line.each.yuan * counted, kind=line.each.kind)
                steps.append(_step(Operation.COUNT, f"{line.each.yuan:f} * {counted}", total, rule))
                kept[at] = replace(line, counted=counted, total=total)
    return kept


def highest_of_projects(lines: Sequence[Line], rules: Sequence[Rule], steps: list[ClaimStep]) -> list[Line]:
    """Of several awards for one project, or for one unit, only the highest is paid, where a rule says so."""
    kept = list(lines)
    for project in dict.fromkeys(line.achievement.project for line in lines if line.achievement.project):
        for rule in rules:
            own = [line for line in kept if line.achievement.project == project and for_one_project(rule, line)]
            kept = _only_highest(kept, own, rule, steps)
    for rule in rules:
        own = [line for line in kept if exclusive(rule, line.achievement.facts)]
        kept = _only_highest(kept, own, rule, steps)
        for own in _of_one_class(rule, kept):
            kept = _only_highest(kept, own, rule, steps)
    return kept


def _of_one_class(rule: Rule, lines: Sequence[Line]) -> list[list[Line]]:
    """同一单位、同类项目只享受最高一次: the awards for the same honour of the same level, at several grades."""
    if rule.rule.kind is not RuleKind.HIGHEST_ONLY or not _ONE_CLASS_OF_UNIT.search(rule.words):
        return []
    classes: dict[frozenset[str], list[Line]] = {}
    for line in lines:
        fact = line.achievement.facts[0]
        if fact.document_id == rule.rule.document_id and line.total and of_kind(fact.labels, "item"):
            honour = frozenset(fact.labels) - of_kind(fact.labels, "grade")
            classes.setdefault(honour, []).append(line)
    grades = {honour: {one.achievement.facts[0].labels for one in own} for honour, own in classes.items()}
    return [own for honour, own in classes.items() if len(grades[honour]) > 1]


def _only_highest(lines: list[Line], own: Sequence[Line], rule: Rule, steps: list[ClaimStep]) -> list[Line]:
    if len(own) < 2:
        return lines
    best = max(own, key=_rank)
    if best.total is not None:
        terms = ", ".join(f"{line.total.yuan:f}" for line in own if line.total)
        steps.append(_step(Operation.HIGHEST, f"max({terms})", best.total, rule))
    return [line for line in lines if line is best or not any(line is one for one in own)]


def best_categories(lines: Sequence[Line], rules: Sequence[Rule], steps: list[ClaimStep]) -> list[Line]:
    """Of more kinds of awards than one applicant may claim, those that pay most."""
    found = categories_at_most(rules)
    if found is None:
        return list(lines)
    most, rule = found
    by_kind: dict[str, Decimal] = {}
    for line in lines:
        kind = line.achievement.facts[0].clause_id
        by_kind[kind] = by_kind.get(kind, Decimal(0)) + (line.total.yuan if line.total else Decimal(0))
    if len(by_kind) <= most:
        return list(lines)
    chosen = sorted(by_kind, key=lambda kind: (-by_kind[kind], kind))[:most]
    kept = [line for line in lines if line.achievement.facts[0].clause_id in chosen]
    sums = [line.total for line in kept if line.total]
    steps.append(_step(Operation.HIGHEST, " + ".join(f"{one.yuan:f}" for one in sums), add(sums), rule))
    return kept


def limited(
    lines: Sequence[Line], claim: Claim, rules: Sequence[Rule], steps: list[ClaimStep]
) -> tuple[Money, list[Rule]]:
    """The total of some lines under all limits that touch them; narrow limits first.

    Where a limit bites, what it cuts off is taken first from lines that other limits touch, too, so that as much as
    may be had is left. What was received before counts against every limit that touches any line.
    """
    sums: Sums = {at: line.total for at, line in enumerate(lines) if line.total is not None}
    if len(sums) > 1:
        steps.append(_step(Operation.SUM, " + ".join(f"{m.yuan:f}" for m in sums.values()), add(sums.values()), None))
    found = _limits(lines, rules)
    bound: frozenset[int] = frozenset()
    for rule, members in found:
        total = add([sums[at] for at in sorted(members)])
        limit = _limit_of(rule, [lines[at] for at in members])
        received = claim.received + _received_under(rule, [lines[at] for at in members], rules)
        left = to_fen(max(limit - received, Decimal(0)))
        if received:
            steps.append(_step(Operation.LEFT, f"{limit:f} - {received:f}", Money(yuan=left), rule))
        if total.yuan <= left:
            continue
        bounded = total.at_most(left)
        steps.append(_step(Operation.LIMIT, f"min({total.yuan:f}, {left:f})", bounded, rule))
        _cut(sums, members, total.yuan - left, [own for other, own in found if other is not rule])
        bound = members
    outside = [sums[at] for at in sorted(set(sums) - bound)]
    total = add(sums.values())
    if bound and outside:
        inside = add([sums[at] for at in sorted(bound)])
        terms = " + ".join(f"{money.yuan:f}" for money in (inside, *outside))
        steps.append(_step(Operation.SUM, terms, total, None))
    return total, [rule for rule, _ in found]


def _limit_of(rule: Rule, lines: Sequence[Line]) -> Decimal:
    """A limit's sum; a yearly one holds for each of the years that are claimed together."""
    yearly = rule.rule.kind is RuleKind.YEARLY_LIMIT
    years = max((line.achievement.years for line in lines), default=1) if yearly else 1
    return (rule.rule.yuan or Decimal(0)) * years


def _received_under(rule: Rule, lines: Sequence[Line], rules: Sequence[Rule]) -> Decimal:
    """What was received before of the awards themselves, where this limit is the one that adds up the years."""
    own = [line.achievement for line in lines]
    return sum((one.received for one in own if cumulative_limit(one, rules) is rule), Decimal(0))


def _cut(sums: Sums, members: frozenset[int], excess: Decimal, others: Sequence[frozenset[int]]) -> None:
    """Take an excess off the members of a limit; those that more limits touch first."""
    touched = {at: sum(at in own for own in others) for at in members}
    for at in sorted(members, key=lambda at: (-touched[at], at)):
        taken = min(sums[at].yuan, excess)
        if taken:
            sums[at] = Money(yuan=sums[at].yuan - taken, kind=AmountKind.CAP)
            excess -= taken


def _limits(lines: Sequence[Line], rules: Sequence[Rule]) -> list[tuple[Rule, frozenset[int]]]:
    """The limits that touch lines, with those lines, the narrowest first; a raised limit replaces the one it raises."""
    found: list[tuple[Rule, frozenset[int]]] = []
    for rule in rules:
        if not is_limit(rule):
            continue
        members = frozenset(
            at
            for at, line in enumerate(lines)
            if line.total and any(touches(rule, fact) for fact in line.achievement.facts)
        )
        if not members:
            continue
        if found and _raises(rule, found[-1][0]):
            found[-1] = (rule, found[-1][1] | members)
        else:
            found.append((rule, members))
    return sorted(found, key=lambda one: (len(one[1]), one[0].rule.yuan or Decimal(0)))


def _raises(rule: Rule, before: Rule) -> bool:
    """…不超过50万元（制定国际标准的不超过100万元）: whoever has one of those has the higher limit for all."""
    same = rule.rule.clause_id == before.rule.clause_id and rule.sentence == before.sentence
    higher = (rule.rule.yuan or Decimal(0)) > (before.rule.yuan or Decimal(0))
    named = of_kind(rule.rule.labels, "standard") - of_kind(before.rule.labels, "standard")
    return same and higher and bool(named)


def _step(operation: Operation, expression: str, result: Money, source: Rule | None) -> ClaimStep:
    return ClaimStep(operation=operation, about="", expression=expression, result=result, source=source)
