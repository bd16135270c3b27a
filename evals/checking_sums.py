"""Where the sums of a gold come from: printed in its clause, or worked out of figures that are printed or told."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from functools import cache

from assistant.claim_file import ClaimEntry
from corpus.records import Clause
from corpus.sentences import split_sentences
from corpus.structure import read_clauses
from evals.cases import ClaimGold, FigureCase, Gold
from evals.expressions import ExpressionError, fen_of, read_expression
from evals.loading import Sources
from evals.places import Place, overlap_any, squeeze
from evals.printed import Figure, read_figures

_UNIT = re.compile(r"[（(:：]\s*(亿元|万元|千元|元)|(万元|千元)")  # in the head of a column
_SPOKEN = {"俩": Fraction(2), "仨": Fraction(3), "双份": Fraction(2), "半": Fraction(1, 2)}
_HUNDRED = Fraction(100)  # some write 30% as 30 / 100
_SUM_MIN = 500  # yuan: what is smaller may be a count
_FREE = frozenset({Fraction(1)})  # a factor of one says nothing


@dataclass(frozen=True, kw_only=True)
class Origin:
    """Where one gold sum comes from."""

    yuan: Decimal
    fault: str = ""  # the expression cannot be read, or comes to another sum
    comes_to: Decimal | None = None
    unknown: tuple[Fraction, ...] = ()  # operands that stand nowhere
    far: tuple[Fraction, ...] = ()  # sums that the documents print, and no clause of a gold quote
    is_told: bool = True  # False: neither printed there nor worked out


class PrintedFigures:
    """The figures that documents print, clause by clause; read once."""

    def __init__(self, sources: Sources) -> None:
        self.sources = sources
        self.of_document = cache(self._of_document)
        self.limbs_of = cache(lambda id_: split_sentences(sources.documents[id_].text, limbs=True))

    def near(self, gold: Gold | ClaimGold) -> list[Figure]:
        """The figures of the clauses in which the gold quotes stand, or under whose heads they are."""
        return [figure for clause, figures in self._clauses_near(gold) for figure in figures]

    def beside(self, gold: Gold | ClaimGold) -> list[Figure]:
        """The figures that stand between the same full stops or semicolons as a gold quote."""
        return [figure for limb in dict.fromkeys(self.limbs(gold)) for figure in self.within(limb)]

    def limbs(self, gold: Gold | ClaimGold) -> Iterator[Place]:
        """The stretches between full stops or semicolons in which gold quotes stand."""
        for place in self.sources.places_of(gold):
            for span in self.limbs_of(place.document):
                limb = Place(place.document, span.start, span.end)
                if limb.overlaps(place):
                    yield limb

    def anywhere(self, gold: Gold | ClaimGold) -> list[Figure]:
        """The figures of all documents that the gold names; none where it names none."""
        ids = self.sources.candidates(gold) if gold.ids or gold.doc else ()
        return [figure for id_ in ids for _, figures in self.of_document(id_) for figure in figures]

    def within(self, here: Place) -> list[Figure]:
        """The figures that share a character with a place."""
        figures = (figure for _, figures in self.of_document(here.document) for figure in figures)
        return [one for one in figures if here.overlaps(Place(here.document, one.start, one.end))]

    def _clauses_near(self, gold: Gold | ClaimGold) -> Iterator[tuple[Clause, tuple[Figure, ...]]]:
        places = self.sources.places_of(gold)
        quotes = [squeeze(quote) for quote in gold.quote]
        for id_ in dict.fromkeys(place.document for place in places):
            for clause, figures in self.of_document(id_):
                here, heads = Place(id_, clause.start, clause.end), squeeze("".join(clause.heads))
                if overlap_any(here, places) or any(quote in heads for quote in quotes):
                    yield clause, figures

    def _of_document(self, id_: str) -> list[tuple[Clause, tuple[Figure, ...]]]:
        document = self.sources.documents[id_]
        return [
            (clause, tuple(_figures_of(document.text[clause.start : clause.end], clause)))
            for clause in read_clauses(document)
        ]


def find_origins(gold: Gold | ClaimGold, told: Iterable[str | Decimal | int], printed: PrintedFigures) -> list[Origin]:
    """Where each sum of a gold comes from.

    Args:
        gold: What is expected.
        told: The question and what was asked before, or the values of a claim.
        printed: The figures of the documents.
    """
    if not gold.yuan:
        return []
    near = _values(printed.near(gold))
    everywhere = _values(printed.anywhere(gold))
    given = _FREE | _told(told)
    return [
        _origin(yuan, gold.how[at] if gold.how else "", near=near, everywhere=everywhere, given=given)
        for at, yuan in enumerate(gold.yuan)
    ]


def values_of(claim: ClaimEntry) -> list[str | Decimal | int]:
    """All that a claim states."""
    entries = [entry.model_dump() for entry in claim.achievements]
    stated = [value for entry in entries for value in entry.values() if value is not None]
    return [*stated, claim.received]


def misread_facts(case: FigureCase, printed: PrintedFigures) -> tuple[list[str], list[str]]:
    """The sums of a hand-read figure that are not printed at its place, and those whose kind is not the printed one."""
    here = printed.within(Place(case.document, *case.at))
    absent, other_kind = [], []
    for fact in case.facts:
        given = {Fraction(str(fact[key])) for key in ("yuan", "rate") if fact.get(key) is not None}
        figures = [figure for figure in here if figure.value in given]
        if not figures:
            absent.append(str(fact.get("yuan") or fact.get("rate")))
        elif figures[0].sort == "money" and figures[0].is_cap != (fact["kind"] == "cap"):
            other_kind.append(str(fact["yuan"]))
    return absent, other_kind


def _origin(
    yuan: Decimal, how: str, *, near: set[Fraction], everywhere: set[Fraction], given: frozenset[Fraction]
) -> Origin:
    if not how:
        return Origin(yuan=yuan, is_told=Fraction(yuan) in near)
    try:
        expression = read_expression(how)
    except ExpressionError as error:
        return Origin(yuan=yuan, fault=str(error))
    if fen_of(expression.value) != fen_of(Fraction(yuan)):
        return Origin(yuan=yuan, comes_to=fen_of(expression.value))
    percents = {_HUNDRED, *(one * 100 for one in everywhere)} if _HUNDRED in expression.operands else set()
    missing = [one for one in dict.fromkeys(expression.operands) if one not in near | given | percents]
    return Origin(
        yuan=yuan,
        unknown=tuple(one for one in missing if one not in everywhere),
        far=tuple(one for one in missing if one in everywhere),
    )


def _values(figures: Iterable[Figure]) -> set[Fraction]:
    """What figures may stand for; 第500条 does not make 500 yuan a sum that is printed."""
    return {one.value for one in figures if one.sort != "number" or one.value < _SUM_MIN}


def _told(told: Iterable[str | Decimal | int]) -> frozenset[Fraction]:
    values: set[Fraction] = set()
    for one in told:
        if isinstance(one, str):
            values |= {figure.value for figure in read_figures(one)}
            values |= {value for word, value in _SPOKEN.items() if word in one}
        else:
            values.add(Fraction(one))
    return frozenset(values)


def _figures_of(text: str, clause: Clause) -> Iterator[Figure]:
    """The figures of a clause, cell by cell in a row of a table."""
    unit = _UNIT.search("".join(clause.heads)) if "\t" in text else None
    at = 0
    for cell in text.split("\t"):
        for figure in read_figures(cell, (unit[1] or unit[2]) if unit else ""):
            offset = clause.start + at
            yield replace(figure, start=figure.start + offset, end=figure.end + offset)
        at += len(cell) + 1
