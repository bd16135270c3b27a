"""One hostile input: what is asked, and what has to be seen beyond the oracle."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from assistant.records import Answer

ANSWERED = frozenset({"answered"})
ASKED_BACK = frozenset({"needs_clarification"})
REFUSED = frozenset({"not_found", "needs_clarification", "error"})


@dataclass(frozen=True, kw_only=True)
class Case:
    """A row of the list of hostile inputs, or one of its variants."""

    row: str  # of /design/reliability a.9: B05, N04, …
    question: str
    history: tuple[str, ...] = ()
    region: str | None = None
    as_of: date | None = None
    statuses: frozenset[str] = frozenset()  # empty: any
    yuan: frozenset[int] | None = None  # exactly these sums; None: whatever the oracle lets through
    says: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()
    wrong: str = ""  # why the program does not hold to this row yet
    like: str = ""  # a plain question with the same answer, citations and sums
    also: Callable[[Answer], bool] | None = field(default=None, compare=False)

    @property
    def name(self) -> str:
        """For the report of a test."""
        return f"{self.row}-{self.question[:24].encode('unicode_escape').decode()}"

    def check(self, answer: Answer) -> None:
        """Hold an answer to what the row says beyond the oracle."""
        sums = {int(amount.yuan) for amount in answer.amounts}
        assert not self.statuses or answer.status in self.statuses, (answer.status, answer.answer)
        assert self.yuan is None or sums == self.yuan, (sums, answer.answer)
        assert [word for word in self.says if word not in answer.answer] == [], answer.answer
        assert [word for word in self.lacks if word in answer.answer] == [], answer.answer
        assert self.also is None or self.also(answer), answer


def variants(row: str, *questions: str, **fields: object) -> list[Case]:
    """Several inputs of one row that have to be met alike."""
    return [Case(row=row, question=question, **fields) for question in questions]
