"""The record of something in a source that looks wrong; quoted as printed, never repaired."""

from dataclasses import dataclass
from enum import StrEnum

from corpus.records import Clause


class AnomalyCode(StrEnum):
    """What looks wrong, or what nothing covers."""

    LADDER = "ladder_inverts"  # a lower level or grade above a higher one
    UNIT = "unit_differs"  # 元 where the neighbours say 万元
    FAR_OFF = "far_off"  # a figure far off the same item in other documents
    DOUBLED = "doubled"  # a fragment that repeats
    NUMBERING = "numbering_repeats"  # two clauses of one number
    GAP = "series_gap"  # a case missing that all like series have
    TWO_FIGURES = "two_figures"  # one item with two figures
    UNSURE = "read_unsurely"  # a figure read off a scan, and not for sure
    UNCOVERED = "uncovered"  # money in an award document that no fact, rule or reject covers


# These make a figure doubtful, so that an answer warns of it; the others are for editors.
DOUBTFUL = frozenset({AnomalyCode.LADDER, AnomalyCode.UNIT, AnomalyCode.FAR_OFF, AnomalyCode.UNSURE})


@dataclass(frozen=True, kw_only=True)
class Anomaly:
    """One finding, at its place; `facts` are the ids of the facts that it casts doubt on."""

    code: AnomalyCode
    document_id: str
    clause_id: str
    locator: str
    start: int
    end: int
    detail: str  # for people, in Chinese: what was compared, with the figures as printed
    facts: tuple[str, ...] = ()


def anomaly_in(clause: Clause, code: AnomalyCode, place: tuple[int, int], detail: str) -> Anomaly:
    """An anomaly at a place (start, end) of a clause that is about no fact."""
    return Anomaly(
        code=code,
        document_id=clause.document_id,
        clause_id=clause.id,
        locator=clause.locator,
        start=place[0],
        end=place[1],
        detail=detail,
    )
