"""The ledger against a hand-read one, figure by figure.

`evals/cases/extraction/<document>.yaml` was written from the documents by people reading them, without looking at
what the program says; the README beside it tells the format. A figure is right when the ledger has at its place an
award for each that people read there, with the same sum, kind and labels, and no other.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from corpus.awards import AmountKind, AwardFact
from corpus.awards.normalize import normalize
from corpus.ledger import Ledger
from evals.cases import FigureCase
from evals.scoring import Verdict

ALIASES = {"rank_share": "share"}
RATE_NEAR = Decimal("0.0001")  # a printed share and the ratio of a fraction: 1/3 has no end


@dataclass(frozen=True, kw_only=True)
class ReadFact:
    """A fact of the ledger as far as it is compared, in plain JSON; sums as text."""

    kind: str
    yuan: str | None
    low: str | None
    rate: str | None
    labels: tuple[str, ...]
    subject: str
    told: str  # all its words, normalised
    construct: str

    @classmethod
    def of(cls, fact: AwardFact) -> "ReadFact":
        """The compared part of a fact."""
        amount = fact.amount
        return cls(
            kind=amount.kind.value,
            yuan=_text(amount.yuan),
            low=_text(amount.low),
            rate=_text(amount.rate),
            labels=fact.labels,
            subject=fact.subject,
            told=normalize(fact.subject + fact.context + amount.base).text,
            construct=fact.construct,
        )

    def is_joint(self) -> bool:
        """Whether it is for several things that its words list: the hand-read ledger has one for each."""
        return re.search("[、或和及]", self.subject) is not None


def look_up(ledger: Ledger, case: FigureCase) -> dict[str, Any]:
    """What the ledger has at a figure: awards, and the kinds of the rules there."""
    here = [fact for fact in ledger.facts if fact.document_id == case.document and _at(fact) == case.at]
    start, end = case.at
    rules = {r.kind.value for r in ledger.rules if r.document_id == case.document and r.start < end and start < r.end}
    return {"facts": [asdict(ReadFact.of(fact)) for fact in here], "rules": sorted(rules)}


def look_beyond(ledger: Ledger, document: str, known: Iterable[tuple[int, int]]) -> dict[str, Any]:
    """The awards that the ledger has at no figure that people read."""
    places = set(known)
    beyond = [fact for fact in ledger.facts if fact.document_id == document and _at(fact) not in places]
    return {"facts": [asdict(ReadFact.of(fact)) for fact in beyond], "rules": []}


def judge_figure(case: FigureCase, back: dict[str, Any]) -> Verdict:
    """Compare what the ledger has at a figure with what was read there."""
    found = _read(back)
    if case.type == "rule":
        return Verdict(kept={"rule": ALIASES.get(case.rule, case.rule) in back["rules"]})
    if case.type == "reject":
        return Verdict(kept={"refused": not found}, wrong_amounts=_sums(found))
    wrong = [fact for fact in found if not any(agrees(fact, gold) for gold in case.facts)]
    missed = [gold for gold in case.facts if not any(agrees(fact, gold) for fact in found)]
    kept = {"read": not missed, "no_other": not wrong, "labels": not _has_foreign_label(found, case.facts)}
    told = {"facts": Decimal(len(found)), "right": Decimal(len(found) - len(wrong))}
    gold_counts = {"gold": Decimal(len(case.facts)), "missed": Decimal(len(missed))}
    return Verdict(kept=kept, wrong_amounts=_sums(wrong), measured=told | gold_counts)


def judge_beyond(back: dict[str, Any]) -> Verdict:
    """Where people read no award there may be none."""
    found = _read(back)
    measured = {"facts": Decimal(len(found)), "right": Decimal(0)}
    return Verdict(kept={"no_other": not found}, wrong_amounts=_sums(found), measured=measured)


def agrees(fact: ReadFact, gold: dict[str, Any]) -> bool:
    """Whether a fact says what a hand-read one says."""
    if (
        fact.kind != gold["kind"]
        or not _same_sum(fact.low, gold.get("low"))
        or not _same_sum(fact.yuan, gold.get("yuan"))
    ):
        return False
    if (
        fact.kind == AmountKind.RATE
        and "rate" in gold
        and abs(_rate(gold["rate"]) - Decimal(fact.rate or 0)) > RATE_NEAR
    ):
        return False
    labels = set(gold.get("labels", ()))
    same = labels == set(fact.labels) or (fact.is_joint() and labels <= set(fact.labels))
    return same and all(normalize(word).text in fact.told for word in gold.get("words", ()))


def _has_foreign_label(found: Sequence[ReadFact], gold: Sequence[dict[str, Any]]) -> bool:
    """Whether a fact for several things has a label that none of the things read by hand has."""
    known = {name for one in gold for name in one.get("labels", ())}
    return any(fact.is_joint() and not set(fact.labels) <= known for fact in found)


def _read(back: dict[str, Any]) -> list[ReadFact]:
    return [ReadFact(**(fields | {"labels": tuple(fields["labels"])})) for fields in back["facts"]]


def _sums(facts: Iterable[ReadFact]) -> tuple[Decimal, ...]:
    return tuple(Decimal(fact.yuan) for fact in facts if fact.yuan is not None)


def _at(fact: AwardFact) -> tuple[int, int]:
    return fact.figure_start, fact.figure_end


def _same_sum(found: str | None, gold: object) -> bool:
    """A sum that the hand-read ledger leaves out is not compared."""
    return gold is None or (found is not None and Decimal(found) == Decimal(str(gold)))


def _rate(text: object) -> Decimal:
    share = Fraction(str(text))
    return Decimal(share.numerator) / Decimal(share.denominator)


def _text(number: Decimal | None) -> str | None:
    return None if number is None else f"{number:f}"
