"""Award facts: what each clause grants to whom, read from the text by program, with its proof."""

from corpus.awards.extract import extract_awards
from corpus.awards.facts import Amount, AmountKind, AwardFact, AwardRule, Extraction, Reject, RuleKind

__all__ = [
    "Amount",
    "AmountKind",
    "AwardFact",
    "AwardRule",
    "Extraction",
    "Reject",
    "RuleKind",
    "extract_awards",
]
