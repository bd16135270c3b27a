"""A claim → what it comes to, with every step. Pure: no clock, no file, no model."""

from collections.abc import Sequence

from assistant.claims.limits import best_categories, counted_together, highest_of_projects, limited
from assistant.claims.records import Claim, ClaimStep, Estimate, Rule
from assistant.claims.single import reckon


def estimate(claim: Claim, rules: Sequence[Rule]) -> Estimate:
    """Work out a claim.

    Args:
        claim: What is claimed, each achievement with the facts that pay for it.
        rules: All rules of the documents that those facts stand in.
    """
    lines = [reckon(achievement, rules) for achievement in claim.achievements]
    missing = tuple(one for line in lines for one in line.missing)
    if missing or not lines:
        return Estimate(lines=tuple(lines), total=None, missing=missing)
    steps: list[ClaimStep] = []
    kept = counted_together(lines, rules, steps)
    kept = highest_of_projects(kept, rules, steps)
    kept = best_categories(kept, rules, steps)
    total, looked = limited(kept, claim, rules, steps)
    return Estimate(lines=tuple(lines), total=total, steps=tuple(steps), limits=tuple(looked))
