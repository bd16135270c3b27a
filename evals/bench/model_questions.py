"""The questions of the comparison with a language model: some of the suites', chosen by program, and some of free talk.

The choice is the same on every machine: cases stand in the order of a digest of their ids, and are taken in turn from
every type and persona, so that the first few of the list are spread like the whole.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from assistant.llm.assisted import ENTANGLED_CHARACTERS, ENTANGLED_CLAUSES
from evals.cases import TalkCase
from evals.loading import load_file, load_suite
from evals.probes import AnswerProbe, probes_of

SUITES = ("answers", "claims", "conversation", "refusal", "robustness")
FREE = Path(__file__).with_name("free_language.jsonl")  # no suite: nothing is held to it
COUNT = 60
# So many of 60: what the rules engine leaves open is where a model could help, so it has more than its share.
SHARES = {"unanswered": 20, "plain": 16, "claim": 8, "entangled": 8, "turn": 8}
FREE_TALK = "free"


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A question with its gold, and the lot that it was chosen for."""

    lot: str
    suite: str
    probe: AnswerProbe

    @property
    def stratum(self) -> tuple[str, str]:
        """What lots are spread over."""
        return self.probe.type, getattr(self.probe.case, "persona", "")

    @property
    def order(self) -> str:
        """A place in line that says nothing about the question."""
        return sha256(self.probe.id.encode()).hexdigest()


def chosen_questions(count: int = COUNT) -> list[Asked]:
    """So many questions of the suites, lots and strata mixed."""
    lots = {lot: list(_spread(_of_lot(lot))) for lot in SHARES}
    taken: list[Asked] = []
    used = dict.fromkeys(SHARES, 0)
    while len(taken) < count and any(lots.values()):
        lot = max((one for one in SHARES if lots[one]), key=lambda one: SHARES[one] * (len(taken) + 1) - used[one] * 60)
        used[lot] += 1
        taken.append(lots[lot].pop(0))
    return taken


def free_questions() -> list[Asked]:
    """Questions in plain talk, in words that no document has."""
    return [
        Asked(lot=FREE_TALK, suite=FREE_TALK, probe=probe)
        for probe in probes_of(load_file(FREE))
        if isinstance(probe, AnswerProbe)
    ]


def _of_lot(lot: str) -> list[Asked]:
    """The probes of a lot, one of each case."""
    found: dict[str, Asked] = {}
    for suite in SUITES:
        for probe in probes_of(load_suite(suite)):
            if isinstance(probe, AnswerProbe) and _lot_of(probe) == lot:
                asked = Asked(lot=lot, suite=suite, probe=probe)
                kept = found.setdefault(probe.case.id, asked)
                found[probe.case.id] = min(kept, asked, key=lambda one: one.order)
    return list(found.values())


def _lot_of(probe: AnswerProbe) -> str:
    asked = probe.question.question
    if probe.question.history:
        return "turn"
    if isinstance(probe.case, TalkCase):
        return ""  # its first turn: one of a later turn stands for the talk
    if probe.gold.status != "answered":
        return "unanswered"
    if len(asked) >= ENTANGLED_CHARACTERS and len(re.findall("[，。；？！,;?!]", asked)) >= ENTANGLED_CLAUSES:
        return "entangled"
    return "claim" if probe.type == "award_calc" else "plain"


def _spread(lot: Iterable[Asked]) -> Iterator[Asked]:
    """One of each stratum, then a second of each, and so on."""
    strata: dict[tuple[str, str], list[Asked]] = {}
    for one in sorted(lot, key=lambda one: one.order):
        strata.setdefault(one.stratum, []).append(one)
    rounds = max(map(len, strata.values()), default=0)
    for number in range(rounds):
        yield from _row(list(strata.values()), number)


def _row(strata: Sequence[Sequence[Asked]], number: int) -> Iterator[Asked]:
    yield from (stratum[number] for stratum in strata if number < len(stratum))
