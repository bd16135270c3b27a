"""The calculator: facts of the ledger and what an applicant states → sums, exact, with every step and its rule.

Pure: it reads nothing but its arguments. Choosing the facts and wording the result is done outside.
"""

from assistant.claims.estimate import estimate
from assistant.claims.records import (
    COUNT_MAX,
    YUAN_MAX,
    Achievement,
    Claim,
    ClaimStep,
    Estimate,
    Lack,
    Line,
    Missing,
    Money,
    Operation,
    Rule,
)

__all__ = [
    "COUNT_MAX",
    "YUAN_MAX",
    "Achievement",
    "Claim",
    "ClaimStep",
    "Estimate",
    "Lack",
    "Line",
    "Missing",
    "Money",
    "Operation",
    "Rule",
    "estimate",
]
