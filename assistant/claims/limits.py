"""Several achievements → one sum: what counts once, what each limit leaves. No limit ever raises a total."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from assistant.claims.records import Claim, ClaimStep, Line, Money, Operation, Rule, add
from assistant.claims.scope import categories_at_most, exclusive, is_limit, of_kind, touches
from corpus.awards import AmountKind, RuleKind


def highest_of_projects(lines: Sequence[Line], rules: Sequence[Rule], steps: list[ClaimStep]) -> list[Line]:
    """Of several awards for one project only the highest is paid, where a rule says so."""
    once = (RuleKind.HIGHEST_ONLY, RuleKind.NON_CUMULATION, RuleKind.ONCE_PER_PROJECT)
    rule = next((one for kind in once for one in rules if one.rule.kind is kind), None)
    kept = list(lines)
    for project in dict.fromkeys(line.achievement.project for line in lines if line.achievement.project):
        own = [line for line in kept if line.achievement.project == project and line.total is not None]
        if rule is None or len(own) < 2:
            continue
        best = max(own, key=lambda line: line.total.yuan if line.total else Decimal(0))
        terms = ", ".join(f"{line.total.yuan:f}" for line in own if line.total)
        if best.total:
            steps.append(_step(Operation.HIGHEST, f"max({terms})", best.total, rule))
        kept = [line for line in kept if line not in own or line is best]
    for one in rules:
        own = [line for line in kept if line.total is not None and exclusive(one, line.achievement.facts)]
        if len(own) > 1:
            best = max(own, key=lambda line: line.total.yuan if line.total else Decimal(0))
            terms = ", ".join(f"{line.total.yuan:f}" for line in own if line.total)
            if best.total:
                steps.append(_step(Operation.HIGHEST, f"max({terms})", best.total, one))
            kept = [line for line in kept if line not in own or line is best]
    return kept


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
    chosen = sorted(by_kind, key=lambda kind: -by_kind[kind])[:most]
    kept = [line for line in lines if line.achievement.facts[0].clause_id in chosen]
    sums = [line.total for line in kept if line.total]
    most_of_all = Money(yuan=add(sums).yuan, kind=AmountKind.CAP)
    steps.append(_step(Operation.HIGHEST, " + ".join(f"{one.yuan:f}" for one in sums), most_of_all, rule))
    return [_as_ceiling(line) for line in kept]


def _as_ceiling(line: Line) -> Line:
    """Which kinds are applied for is the applicant's choice: the sum of the best ones is the most that may be had."""
    total = line.total and Money(yuan=line.total.yuan, kind=AmountKind.CAP)
    return replace(line, total=total)


def limited(
    lines: Sequence[Line], claim: Claim, rules: Sequence[Rule], steps: list[ClaimStep]
) -> tuple[Money, list[Rule]]:
    """The total of some lines under all limits that touch them; narrow limits first.

    What was received before counts against every limit that touches any line.
    """
    sums = {id(line): line.total for line in lines if line.total is not None}
    if len(sums) > 1:
        steps.append(_step(Operation.SUM, " + ".join(f"{m.yuan:f}" for m in sums.values()), add(sums.values()), None))
    found = _limits(lines, rules)
    looked: list[Rule] = []
    taken: list[tuple[frozenset[int], Money]] = []  # groups of lines that a narrower limit already bounds
    for rule, members in found:
        members, before = _united(members, taken)
        covered = frozenset().union(*(group for group, _ in before))
        total = add([*(money for _, money in before), *(sums[one] for one in members - covered)])
        limit = rule.rule.yuan or Decimal(0)
        looked.append(rule)
        left = max(limit - claim.received, Decimal(0))
        if claim.received:
            steps.append(_step(Operation.LEFT, f"{limit:f} - {claim.received:f}", Money(yuan=left), rule))
        bounded = total.at_most(left)
        if bounded != total:
            steps.append(_step(Operation.LIMIT, f"min({total.yuan:f}, {left:f})", bounded, rule))
            taken = [group for group in taken if group not in before] + [(members, bounded)]
    covered = frozenset().union(*(group for group, _ in taken))
    parts = [*(money for _, money in taken), *(money for key, money in sums.items() if key not in covered)]
    total = add(parts)
    if taken and len(parts) > 1:
        steps.append(_step(Operation.SUM, " + ".join(f"{money.yuan:f}" for money in parts), total, None))
    return total, looked


def _united(
    members: frozenset[int], taken: Sequence[tuple[frozenset[int], Money]]
) -> tuple[frozenset[int], list[tuple[frozenset[int], Money]]]:
    """Members of a limit, with the groups inside them that are already bounded; the narrowest limits come first,
    so that a group that only overlaps stays bounded by its own limit and is left to it."""
    inside = [group for group in taken if group[0] <= members]
    across = frozenset().union(*(group for group, _ in taken if not group <= members and group & members))
    return members - across, inside


def _limits(lines: Sequence[Line], rules: Sequence[Rule]) -> list[tuple[Rule, frozenset[int]]]:
    """The limits that touch lines, with those lines, the narrowest first; a raised limit replaces the one it raises."""
    found: list[tuple[Rule, frozenset[int]]] = []
    for rule in rules:
        if not is_limit(rule):
            continue
        members = frozenset(
            id(line) for line in lines if line.total and any(touches(rule, fact) for fact in line.achievement.facts)
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
