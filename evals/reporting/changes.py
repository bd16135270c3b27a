"""A comparison as the report shows it: what changed, with both answers side by side and their words marked."""

from collections.abc import Sequence
from dataclasses import dataclass

from evals import words
from evals.comparing import Change, Comparison, Piece, Standing, diff_words
from evals.reporting import wording
from evals.reporting.rows import Bounded, back_line, gold_lines
from evals.reporting.said import broken_sentences, said_text
from evals.reporting.written import clip

WRONG_MAX, OTHER_MAX, IDS_MAX = 40, 20, 20  # shown of a sort
TEXT_MAX = 1500  # characters of a question and of an answer


@dataclass(frozen=True, kw_only=True)
class Side:
    """One side: status and sums in a line, and its text in pieces, of which those marked are not on the other side."""

    line: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, kw_only=True)
class ShownChange:
    """One probe before and after; `before` is None where only a verdict was kept, as in a baseline."""

    suite: str
    id: str
    question: str
    broken: tuple[str, ...]
    gold: tuple[tuple[str, str], ...]
    before: Side | None
    after: Side


@dataclass(frozen=True, kw_only=True)
class ShownSort:
    """All changes of a sort, the first of them in full."""

    name: str  # for the style sheet and links
    title: str
    count: int
    changes: Bounded[ShownChange]


@dataclass(frozen=True, kw_only=True)
class ShownComparison:
    """The changes by sort, worst first; what was not compared, by id."""

    n: int
    p_value: float | None
    is_certain: bool
    has_texts: bool  # whether the older side has answers, too
    sorts: tuple[ShownSort, ...]
    left_out: tuple[tuple[str, Bounded[str]], ...]


def show_comparison(comparison: Comparison) -> ShownComparison:
    """The changes for people."""
    sorts = (
        ("wrong", words.NEWLY_WRONG, comparison.newly_wrong, WRONG_MAX),
        ("false", words.NEWLY_FALSE, comparison.newly_false, WRONG_MAX),
        ("right", words.NEWLY_RIGHT, comparison.newly_right, OTHER_MAX),
        ("reworded", words.REWORDED, comparison.reworded, OTHER_MAX),
    )
    left_out = (
        (wording.ADDED, comparison.added),
        (wording.GONE, comparison.gone),
        (wording.PUT_OTHERWISE, [change.after for change in comparison.put_otherwise]),
    )
    changes = [change for _, _, some, _ in sorts for change in some]
    return ShownComparison(
        n=comparison.n,
        p_value=comparison.p_value,
        is_certain=comparison.is_certain,
        has_texts=any(change.before.row is not None for change in changes),
        sorts=tuple(_sort(name, title, some, limit) for name, title, some, limit in sorts),
        left_out=tuple((title, _ids(standings)) for title, standings in left_out if standings),
    )


def _sort(name: str, title: str, changes: Sequence[Change], limit: int) -> ShownSort:
    ordered = sorted(changes, key=lambda change: not change.after.wrong_amounts)
    shown = tuple(map(_change, ordered[:limit]))
    more = len(changes) - len(shown)
    return ShownSort(name=name, title=title, count=len(changes), changes=Bounded(shown=shown, more=more))


def _ids(standings: Sequence[Standing]) -> Bounded[str]:
    shown = tuple(f"{clip(one.suite, 60)} {clip(one.probe, 200)}" for one in standings[:IDS_MAX])
    return Bounded(shown=shown, more=len(standings) - len(shown))


def _change(change: Change) -> ShownChange:
    before, after = change.before.row, change.after.row
    old, new = ("" if row is None else clip(said_text(row), TEXT_MAX) for row in (before, after))
    pieces = diff_words(old, new) if before is not None and old != new else [Piece(text=new, side="")]
    return ShownChange(
        suite=clip(change.after.suite, 60),
        id=clip(change.after.probe, 200),
        question="" if after is None else clip(after.described.question, TEXT_MAX),
        broken=() if after is None else tuple(broken_sentences(after)),
        gold=() if after is None else tuple(gold_lines(after.described.gold)),
        before=None if before is None else Side(line=back_line(before), pieces=_pieces_of("before", pieces)),
        after=Side(line="" if after is None else back_line(after), pieces=_pieces_of("after", pieces)),
    )


def _pieces_of(side: str, pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    return tuple(one for one in pieces if one.side in ("", side))
