"""One question in five wordings: how often all are right, which wording fails, and whether they agree.

A wording is right here when what it states is: status, amounts, words that must and must not be there. Kind,
citations and warnings are left to the count of answers that keep every rule.
"""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

from evals.asking import JudgedAnswer
from evals.cases import WORDINGS
from evals.report import align_columns
from evals.scoring import STATED

Group = tuple[JudgedAnswer, ...]


@dataclass(frozen=True, kw_only=True)
class WordingScore:
    """Counts over `n` questions; tuples are by wording, first to fifth."""

    n: int
    all_stated: int  # every wording states what the gold does
    all_right: int  # every wording keeps every rule
    stated: tuple[int, ...]
    right: tuple[int, ...]
    differing: int  # the wordings do not all state the same sums
    contradicting: int  # of these: two wordings both state sums, and different ones

    def as_json(self) -> dict[str, Any]:
        """The counts, by name."""
        return asdict(self)


def group_wordings(judged: Sequence[JudgedAnswer]) -> list[Group]:
    """The answers to each question together, from answers in the order of the wordings."""
    return [tuple(judged[at : at + WORDINGS]) for at in range(0, len(judged), WORDINGS)]


def score_wordings(groups: Iterable[Group]) -> WordingScore:
    """Count over the questions."""
    groups = list(groups)
    stated = [[one.verdict.keeps(STATED) for one in group] for group in groups]
    right = [[one.verdict.is_right for one in group] for group in groups]
    sums = [{_sums_of(one) for one in group} for group in groups]
    return WordingScore(
        n=len(groups),
        all_stated=sum(map(all, stated)),
        all_right=sum(map(all, right)),
        stated=tuple(map(sum, zip(*stated, strict=True))),
        right=tuple(map(sum, zip(*right, strict=True))),
        differing=sum(len(found) > 1 for found in sums),
        contradicting=sum(len(found - {frozenset()}) > 1 for found in sums),
    )


def _sums_of(one: JudgedAnswer) -> frozenset[Decimal]:
    return frozenset(amount.yuan for amount in one.answer.amounts)


def write_wordings(score: WordingScore) -> str:
    """The score as a table by wording, and a line on how they agree."""

    def row(name: str, stated: int, right: int) -> list[str]:
        return [name, *(f"{count}/{score.n}  {100 * count / score.n:5.1f} %" for count in (stated, right))]

    rows = [["wording", "states the gold", "keeps every rule"]]
    by_number = zip(score.stated, score.right, strict=True)
    rows += [row(str(number), *counts) for number, counts in enumerate(by_number, start=1)]
    rows.append(row("all five", score.all_stated, score.all_right))
    silent = score.differing - score.contradicting
    return (
        f"{align_columns(rows)}\nfigures differ between the wordings of {score.differing} of {score.n} questions: "
        f"{score.contradicting} times two of them state different ones, {silent} times some state none\n"
    )
