"""Faults of the calculator: rules that are forgotten, sums that are worked out wrong."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from decimal import ROUND_DOWN, Decimal

from assistant.claiming import ClaimSearch
from assistant.claims import Achievement, Claim, Estimate, Line, Money, Rule
from assistant.claims.records import FEN
from corpus.awards import RuleKind
from evals.mutants.mutant import Mutant, Stage
from evals.mutants.patching import Patch

RulesOf = Callable[[ClaimSearch, Iterable[str]], tuple[Rule, ...]]
Reckon = Callable[[Claim, Sequence[Rule]], Estimate]
Add = Callable[[Iterable[Money]], Money]
Rank = Callable[[Line], tuple[Decimal, bool, str]]


def _forgets(*kinds: RuleKind) -> Callable[[RulesOf], RulesOf]:
    def broken(rules_of: RulesOf) -> RulesOf:
        def call(self: ClaimSearch, document_ids: Iterable[str]) -> tuple[Rule, ...]:
            return tuple(rule for rule in rules_of(self, document_ids) if rule.rule.kind not in kinds)

        return call

    return broken


def _forgotten(name: str, what: str, *kinds: RuleKind) -> Mutant:
    return Mutant(
        name=f"{name}_forgotten",
        stage=Stage.CALCULATOR,
        breaks=f"{what} is not applied.",
        patches=(Patch(target="assistant.claiming:ClaimSearch.rules_of", broken=_forgets(*kinds)),),
    )


def _claiming(change: Callable[[Claim], Claim]) -> Callable[[Reckon], Reckon]:
    return lambda estimate: lambda claim, rules: estimate(change(claim), rules)


def _each(change: Callable[[Achievement], Achievement]) -> Callable[[Reckon], Reckon]:
    return _claiming(lambda claim: replace(claim, achievements=tuple(map(change, claim.achievements))))


def _nothing_received(claim: Claim) -> Claim:
    none = Decimal(0)
    return Claim(achievements=tuple(replace(one, received=none) for one in claim.achievements), received=none)


def _short(add: Add) -> Add:
    def call(sums: Iterable[Money]) -> Money:
        listed = list(sums)
        return add(listed[:-1] if len(listed) > 1 else listed)

    return call


def _lowest(rank: Rank) -> Rank:
    def call(line: Line) -> tuple[Decimal, bool, str]:
        yuan, is_fixed, id_ = rank(line)
        return -yuan, is_fixed, id_

    return call


def _rounded_down(_: Callable[[Decimal], Decimal]) -> Callable[[Decimal], Decimal]:
    return lambda yuan: yuan.quantize(FEN, ROUND_DOWN).normalize() + 0


def _six_digits(_: Callable[[Decimal], Decimal]) -> Callable[[Decimal], Decimal]:
    return lambda yuan: Decimal(f"{float(yuan):g}")


def _reckoning(name: str, breaks: str, broken: Callable[[Reckon], Reckon]) -> Mutant:
    return Mutant(
        name=name,
        stage=Stage.CALCULATOR,
        breaks=breaks,
        patches=(Patch(target="assistant.claims.estimate:estimate", broken=broken),),
    )


def _miscounting(name: str, breaks: str, target: str, broken: Callable[..., object]) -> Mutant:
    patches = (Patch(target=f"assistant.claims.{target}", broken=broken),)
    return Mutant(name=name, stage=Stage.CALCULATOR, breaks=breaks, patches=patches, unlocked=True)


MUTANTS = (
    _forgotten("yearly_limit", "A yearly limit (每年不超过)", RuleKind.YEARLY_LIMIT),
    _forgotten("total_limit", "A limit over several years (累计不超过)", RuleKind.TOTAL_LIMIT),
    _forgotten("count_limit", "A limit of number (每类不超过5项)", RuleKind.COUNT_LIMIT),
    _forgotten("even_split", "The even split among joint leaders", RuleKind.CO_LEAD),
    _forgotten(
        "highest_only",
        "That of several awards for one thing only the highest is paid",
        RuleKind.HIGHEST_ONLY,
        RuleKind.NON_CUMULATION,
        RuleKind.ONCE_PER_PROJECT,
    ),
    _forgotten("cost_ceiling", "That no more is paid than was spent", RuleKind.COST_CEILING),
    _forgotten("share", "A share by rank or by part (第2位按70%)", RuleKind.SHARE),
    _forgotten("top_up", "That after a lower award the difference is paid", RuleKind.TOP_UP, RuleKind.EACH_IN_FULL),
    _forgotten("burden_sharing", "That the city and the county bear an award together", RuleKind.BUDGET_SHARE),
    _forgotten("use_of_funds", "What part may go to people", RuleKind.USE_OF_FUNDS),
    _forgotten("instalment", "That an award is paid in instalments", RuleKind.INSTALMENT),
    _reckoning("received_ignored", "What was received before does not count.", _claiming(_nothing_received)),
    _reckoning(
        "joint_leaders_ignored",
        "The number of joint leaders does not count.",
        _each(lambda one: replace(one, co_leads=0, part=None)),
    ),
    _reckoning("years_ignored", "The number of years does not count.", _each(lambda one: replace(one, years=1))),
    _reckoning("count_ignored", "The number of items does not count.", _each(lambda one: replace(one, count=1))),
    _reckoning("rank_ignored", "The place among the drafters does not count.", _each(lambda one: replace(one, rank=0))),
    _miscounting("sum_short", "A sum leaves out its last item.", "records:add", _short),
    _miscounting("lowest_paid", "Of awards of which the highest is paid, the lowest is.", "limits:_rank", _lowest),
    _miscounting(
        "rounded_down", "A share that does not divide evenly is rounded down.", "records:to_fen", _rounded_down
    ),
    _miscounting("six_digits", "Sums go through a float of six digits.", "records:to_fen", _six_digits),
    _miscounting(
        "ceiling_passed",
        "A ceiling or a limit is looked at and does not bite.",
        "records:Money.at_most",
        lambda _: lambda self, _limit: self,
    ),
)
