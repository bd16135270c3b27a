"""The clauses of a document → its award facts, rules and rejects. Nothing guessed, nothing dropped."""

from collections.abc import Sequence

from corpus.awards.facts import AwardFact, AwardRule, Extraction, Reject
from corpus.awards.reader import ClauseReader
from corpus.awards.relative import resolve_rates
from corpus.awards.rows import read_row
from corpus.records import Clause, Kind, PolicyDocument


def extract_awards(document: PolicyDocument, clauses: Sequence[Clause]) -> Extraction:
    """Read the clauses of one document, in order."""
    reader = ClauseReader(document)
    facts: list[AwardFact] = []
    rules: list[AwardRule] = []
    rejects: list[Reject] = []
    for clause in clauses:
        is_row = "\t" in document.text[clause.start : clause.end]
        found = read_row(document, clause, reader) if is_row else reader.read(clause)
        facts += found.facts
        rules += found.rules
        rejects += found.rejects
    if not facts and document.kind is not Kind.AWARD_POLICY:  # rules where nothing is granted are none of ours
        rules = []
    return resolve_rates(Extraction(facts=tuple(facts), rules=tuple(rules), rejects=tuple(rejects)))
