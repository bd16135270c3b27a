"""Two runs, or a baseline and a run: what became right, what became wrong, what is said in other words."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from hashlib import sha256

from corpus.words import words_of
from evals.chance import uneven
from evals.runs import Row, Run, told

TELLING_MIN = 6  # changes both ways together, below which no exact McNemar test can be below 5 %
CERTAIN = 0.05


@dataclass(frozen=True, kw_only=True)
class Standing:
    """How one probe stands: in a run, or in a baseline, which keeps no texts."""

    suite: str
    probe: str
    put: str  # digest of what was put
    said: str  # digest of what came back
    is_right: bool
    broken: tuple[str, ...]
    wrong_amounts: tuple[str, ...]  # yuan
    status: str
    row: Row | None = None  # all of it, from a run

    @property
    def key(self) -> tuple[str, str]:
        """By which it is found on the other side."""
        return self.suite, self.probe

    @classmethod
    def of(cls, row: Row) -> "Standing":
        """How a row of a run stands: as its worst round."""
        worst = row.worst
        return cls(
            suite=row.suite,
            probe=row.id,
            put=worst.outcome.digest,
            said=sha256(told(worst.outcome.back).encode("utf-8", "replace")).hexdigest()[:16],
            is_right=row.is_right,
            broken=worst.verdict.broken,
            wrong_amounts=tuple(f"{yuan:f}" for yuan in worst.verdict.wrong_amounts),
            status=worst.verdict.actual,
            row=row,
        )


@dataclass(frozen=True, kw_only=True)
class Change:
    """One probe, before and after."""

    before: Standing
    after: Standing


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """All differences; `n` is the number of probes that both sides have, put alike."""

    n: int
    newly_right: tuple[Change, ...]
    newly_wrong: tuple[Change, ...]
    newly_false: tuple[Change, ...]  # wrong before as well, and now states a sum that it should not
    reworded: tuple[Change, ...]  # as right or wrong as before, in other words
    put_otherwise: tuple[Change, ...]  # another question under the same id: not compared
    added: tuple[Standing, ...]
    gone: tuple[Standing, ...]
    p_value: float | None  # McNemar, exact, two-sided; None where too few changed to tell anything

    @property
    def is_regression(self) -> bool:
        """Whether anything that was right is wrong, or gone, or a wrong sum is stated that was not before."""
        return bool(self.newly_wrong or self.newly_false or any(one.is_right for one in self.gone))

    @property
    def is_certain(self) -> bool:
        """Whether the difference of the shares is more than chance, at 5 %."""
        return self.p_value is not None and self.p_value < CERTAIN


def standings_of(run: Run) -> list[Standing]:
    """How the rows of a run stand."""
    return [Standing.of(row) for row in run.rows]


def compare(before: Iterable[Standing], after: Iterable[Standing], *, is_part: bool = False) -> Comparison:
    """Compare two sides.

    Args:
        before: The older side, or the baseline.
        after: The newer side.
        is_part: Whether the newer side was filtered: then what it has not is no loss.
    """
    old = {one.key: one for one in before}
    new = {one.key: one for one in after}
    suites = {one.suite for one in new.values()}
    both = [Change(before=old[key], after=one) for key, one in new.items() if key in old]
    alike = [one for one in both if one.before.put == one.after.put]
    right = [one for one in alike if one.after.is_right and not one.before.is_right]
    wrong = [one for one in alike if one.before.is_right and not one.after.is_right]
    same = [one for one in alike if one.before.is_right == one.after.is_right]
    false = [one for one in same if set(one.after.wrong_amounts) - set(one.before.wrong_amounts)]
    gone = () if is_part else tuple(one for one in old.values() if one.suite in suites and one.key not in new)
    return Comparison(
        n=len(alike),
        newly_right=tuple(right),
        newly_wrong=tuple(wrong),
        newly_false=tuple(false),
        reworded=tuple(one for one in same if one.before.said != one.after.said and one not in false),
        put_otherwise=tuple(one for one in both if one.before.put != one.after.put),
        added=tuple(one for key, one in new.items() if key not in old),
        gone=gone,
        p_value=mcnemar(len(right), len(wrong)),
    )


def mcnemar(newly_right: int, newly_wrong: int) -> float | None:
    """How likely a split as uneven as this is by chance, when either way is as likely (exact, two-sided).

    >>> mcnemar(3, 2) is None, mcnemar(10, 0)
    (True, 0.001953125)
    """
    if newly_right + newly_wrong < TELLING_MIN:
        return None
    return uneven(newly_right, newly_wrong)


@dataclass(frozen=True, kw_only=True)
class Piece:
    """A stretch of a text beside another: in both, only before, or only after."""

    text: str
    side: str  # "", "before" or "after"


def diff_words(before: str, after: str) -> list[Piece]:
    """Two texts as one, word by word.

    >>> [(one.text, one.side) for one in diff_words("奖励20万元", "奖励25万元")]
    [('奖励', ''), ('20', 'before'), ('25', 'after'), ('万元', '')]
    """
    old, new = words_of(before), words_of(after)
    pieces = []
    for sort, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if sort == "equal":
            pieces.append(Piece(text="".join(old[a:b]), side=""))
            continue
        sides = (("".join(old[a:b]), "before"), ("".join(new[c:d]), "after"))
        pieces += [Piece(text=text, side=side) for text, side in sides if text]
    return pieces
