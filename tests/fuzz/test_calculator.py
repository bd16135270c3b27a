"""Ten thousand claims of made-up awards and rules: the calculator against a second one, written slowly in fractions."""

from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from random import Random

from assistant.claims import Claim, Estimate, Rule, estimate
from corpus.awards import AmountKind, RuleKind
from tests.assistant.claim_policies import STANDARDS, claimed, limit_of, rule_of

RUNS = 10_000
RATES = {1: "1", 2: "0.7", 3: "0.4"}
SHARES = tuple(
    rule_of(RuleKind.SHARE, f"第{rank}位的按{rate}给予", article=1, place=500 + rank, rate=Decimal(rate))
    for rank, rate in RATES.items()
)
CO_LEAD = rule_of(RuleKind.CO_LEAD, "并列的按单位数分之一给予")
TOP_UP = rule_of(RuleKind.TOP_UP, "升级的补足差额")
ONCE = rule_of(RuleKind.HIGHEST_ONLY, "同一项目就高奖励")


@dataclass(frozen=True)
class Made:
    """One claim in plain numbers: for each award its fen, and what is stated of it; and what limits them, in fen."""

    fen: tuple[int, ...]
    caps: tuple[bool, ...]
    counts: tuple[int, ...]
    leads: tuple[int, ...]
    received: tuple[int, ...]
    projects: tuple[str, ...]
    rank: int  # of the first award, which is shared by rank; 0: it is not
    general: int | None
    narrow: tuple[tuple[str, int], ...]
    before: int  # received in the year, against the limits

    def claim(self) -> tuple[Claim, list[Rule]]:
        """As the calculator takes it."""
        kinds = [AmountKind.CAP if cap else AmountKind.EXACT for cap in self.caps]
        plain = claimed(*(Decimal(fen) / 100 for fen in self.fen), kinds=kinds)
        told = [
            replace(one, count=count, co_leads=leads, received=Decimal(received) / 100, project=project)
            for one, count, leads, received, project in zip(
                plain, self.counts, self.leads, self.received, self.projects, strict=True
            )
        ]
        told[0] = replace(told[0], rank=self.rank)
        rules = [CO_LEAD, TOP_UP, ONCE, *(SHARES if self.rank else ())]
        rules += [limit_of(Decimal(most) / 100, kind) for kind, most in self.narrow]
        rules += [limit_of(Decimal(self.general) / 100)] if self.general is not None else []
        return Claim(achievements=tuple(told), received=Decimal(self.before) / 100), rules


def whole_fen(value: Fraction) -> int:
    """Half a fen counts as one."""
    return int(value + Fraction(1, 2))


def slow_total(made: Made) -> int:
    """The total in fen, each rule by its plain meaning."""
    paid: list[tuple[int, str, str]] = []  # fen, kind of standard, project
    for place, fen in enumerate(made.fen):
        one = Fraction(fen)
        if place == 0 and made.rank:
            one = Fraction(whole_fen(one * Fraction(RATES[made.rank])))
        if made.leads[place]:
            one = Fraction(whole_fen(one / made.leads[place]))
        one = max(one - made.received[place], Fraction(0))
        paid.append((int(one) * made.counts[place], STANDARDS[place % len(STANDARDS)], made.projects[place]))
    for project in {project for *_, project in paid if project}:
        own = [place for place, one in enumerate(paid) if one[2] == project]
        best = max(own, key=lambda place: (paid[place][0], not made.caps[place], f"made-up@{(place + 1) * 1000}"))
        paid = [one if place == best or one[2] != project else (0, *one[1:]) for place, one in enumerate(paid)]
    total = 0
    for kind in STANDARDS:
        of_kind = sum(fen for fen, own, _ in paid if own == kind)
        limit = dict(made.narrow).get(kind)
        total += of_kind if limit is None else min(of_kind, max(limit - made.before, 0))
    return total if made.general is None else min(total, max(made.general - made.before, 0))


def drawn(rng: Random) -> Made:
    """One claim."""
    count = rng.randrange(1, 6)
    most = rng.choice((10**3, 10**6, 10**9))
    kinds = rng.sample(STANDARDS, rng.randrange(3))
    return Made(
        fen=tuple(rng.sample(range(1, most + 10), count)),
        caps=tuple(rng.random() < 0.3 for _ in range(count)),
        counts=tuple(rng.choice((1, 1, 1, 2, 7)) for _ in range(count)),
        leads=tuple(rng.choice((0, 0, 2, 3, 7)) for _ in range(count)),
        received=tuple(rng.choice((0, 0, rng.randrange(most))) for _ in range(count)),
        projects=tuple(rng.choice(("", "", "甲", "乙")) for _ in range(count)),
        rank=rng.choice((0, 1, 2, 3)),
        general=rng.choice((None, rng.randrange(1, most * 3))),
        narrow=tuple((kind, rng.randrange(1, most * 2)) for kind in kinds),
        before=rng.choice((0, rng.randrange(most))),
    )


def fen_of(worked: Estimate) -> int:
    assert worked.total is not None, worked.missing
    assert worked.total.yuan * 100 == int(worked.total.yuan * 100)
    return int(worked.total.yuan * 100)


def test_10_000_claims_come_to_the_same_in_two_calculators() -> None:
    for seed in range(RUNS):
        made = drawn(Random(seed))
        claim, rules = made.claim()
        total = fen_of(estimate(claim, rules))
        assert total == slow_total(made), (seed, made)
        assert 0 <= total <= sum(fen * count for fen, count in zip(made.fen, made.counts, strict=True))


def test_the_order_of_rules_and_of_achievements_decides_nothing() -> None:
    for seed in range(1_000):
        rng = Random(seed)
        claim, rules = drawn(rng).claim()
        mixed = replace(claim, achievements=tuple(rng.sample(claim.achievements, len(claim.achievements))))
        assert fen_of(estimate(mixed, rng.sample(rules, len(rules)))) == fen_of(estimate(claim, rules)), seed


def test_a_greater_award_never_pays_less() -> None:
    """But where only the highest of a project is paid: that may be of a kind whose limit is nearer."""
    for seed in range(1_000):
        rng = Random(seed)
        made = drawn(rng)
        made = replace(made, projects=("",) * len(made.fen))
        place = rng.randrange(len(made.fen))
        more = tuple(fen + (rng.randrange(1, 10**6) if at == place else 0) for at, fen in enumerate(made.fen))
        totals = [fen_of(estimate(*one.claim())) for one in (made, replace(made, fen=more))]
        assert totals[0] <= totals[1], seed
