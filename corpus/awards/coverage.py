"""Money in award documents that no fact, rule or reject covers: nothing may be dropped in silence."""

import re
from collections.abc import Iterator, Sequence

from corpus.anomaly import Anomaly, AnomalyCode, anomaly_in
from corpus.awards.facts import Extraction
from corpus.awards.normalize import normalize
from corpus.awards.phrases import lex
from corpus.records import Clause, Kind, PolicyDocument

LEX_MAX = 1900  # characters lexed at once; a clause is longer only where conversion lost its breaks
_SUMS = frozenset({"MONEY", "RANGE", "BROKEN", "OF_SUM", "RAISED"})
_GIVEN = re.compile(r"(?:给予|奖励|补助|资助|补贴|奖补|激励|扶持)$")  # 奖励20万元以上 is no threshold
_SPLIT = re.compile(r"[。；\n]")


def money_mentions(document: PolicyDocument, clause: Clause) -> Iterator[tuple[int, int]]:
    """The places of all sums of money in a clause, but those that are a threshold (收入1亿元以上)."""
    text = document.text[clause.start : clause.end]
    start = 0
    for end in [*(match.end() for match in _SPLIT.finditer(text)), len(text)]:
        plain = normalize(text[start:end], clause.start + start)
        for at in range(0, len(plain.text), LEX_MAX):
            for token in lex(plain.text[at : at + LEX_MAX]):
                first = at + (token.start_pos or 0)
                if token.type in _SUMS or token.type == "THRESHOLD" and _GIVEN.search(plain.text[:first]):
                    yield plain.original(first, first + len(token))
        start = end


def find_uncovered(document: PolicyDocument, clauses: Sequence[Clause], extraction: Extraction) -> list[Anomaly]:
    """The sums of an award document that nothing covers; one of another kind without awards has none."""
    if not extraction.facts and document.kind is not Kind.AWARD_POLICY:
        return []
    covered = [(fact.figure_start, fact.figure_end) for fact in extraction.facts]
    covered += [figure for rule in extraction.rules for figure in rule.figures]
    covered += [(reject.start, reject.end) for reject in extraction.rejects]
    found: list[Anomaly] = []
    for clause in clauses:
        for start, end in money_mentions(document, clause):
            if not any(first < end and start < last for first, last in covered):
                detail = f"“{document.text[start:end]}”没有对应的奖补事项或规则"
                found.append(anomaly_in(clause, AnomalyCode.UNCOVERED, (start, end), detail))
    return found
