"""One row of a table of questions → a case, or all that keeps it from becoming one."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, TypeVar

from pydantic import ValidationError

from evals import case_words, words
from evals.cases import AnswerStatus, Gold, QuestionCase, QuestionType
from evals.tabular_cells import (
    CELL_MAX,
    KINDS,
    PERSONAS,
    STATUSES,
    TYPES,
    Head,
    Sums,
    choose,
    find_sums,
    read_day,
    read_history,
    read_id,
    read_list,
    read_must,
    read_sums,
    says_nothing_is_there,
)
from evals.tabular_clauses import LISTED_MAX, SHOWN_MAX, CellError, ClauseFinder, Clauses
from evals.tabular_rows import TableRow

_T = TypeVar("_T")


@dataclass(frozen=True, kw_only=True)
class Remark:
    """Something about one cell: its row as the spreadsheet numbers it, and its column by its head or letter."""

    file: str
    row: int
    column: str
    text: str

    def __str__(self) -> str:
        return case_words.TABLE_PLACE.format(file=self.file, row=self.row, column=self.column, text=self.text)


class RowReader:
    """Reads one row, cell by cell, so that all its faults are told at once."""

    def __init__(self, row: TableRow, file: str, finder: ClauseFinder) -> None:
        self._row = row
        self._file = file
        self._finder = finder
        self.faults: list[Remark] = []
        self.notes: list[Remark] = []

    def read(self) -> QuestionCase | None:
        """The case, or None with `faults`."""
        for letter in self._row.headless:
            self._refuse(letter, case_words.CELL_WITHOUT_HEAD)
        for head, cell in self._row.cells.items():
            if len(cell) > CELL_MAX:
                self._refuse(head, case_words.CELL_TOO_LONG.format(limit=CELL_MAX))
            if cell.startswith("="):
                self.notes.append(self._remark(head, case_words.NOTE_FORMULA))
        if Head.QUESTION not in self._row.cells:
            self._refuse(Head.QUESTION, case_words.CELL_MISSING)
        if self.faults:
            return None
        gold, fields, given = self._read_gold(), self._read_fields(), self._take(Head.TYPE, choose(TYPES))
        if self.faults or gold is None:
            return None
        self._note_gold(gold)
        type_ = given or _type_of(gold, bool(fields["history"]))
        return self._build(lambda: QuestionCase(**fields, type=type_, gold=gold))

    def refuse_twice(self, case: QuestionCase, other: int) -> None:
        """Another row has the id, or asks the same."""
        if Head.ID in self._row.cells:
            self._refuse(Head.ID, case_words.CELL_ID_TWICE.format(given=case.id, row=other))
        else:
            self._refuse(Head.QUESTION, case_words.CELL_ASKED_TWICE.format(row=other))

    def _note_gold(self, gold: Gold) -> None:
        if gold.status == "answered" and not (gold.yuan or gold.must or gold.quote):
            self.notes.append(self._remark(Head.ANSWER, case_words.NOTE_WEAK))
        if len(gold.yuan) > 1 and Head.SUM not in self._row.cells:
            listed = "、".join(f"{yuan:f}" for yuan in gold.yuan)
            self.notes.append(self._remark(Head.ANSWER, case_words.NOTE_SEVERAL_SUMS.format(sums=listed)))

    def _read_fields(self) -> dict[str, Any]:
        fields = {
            "persona": self._take(Head.PERSONA, choose(PERSONAS)) or "evaluator",
            "question": self._row.cells[Head.QUESTION],
            "history": self._take(Head.HISTORY, read_history) or (),
            "as_of": self._take(Head.DAY, read_day),
            "region": self._row.cells.get(Head.REGION),
        }
        given = self._take(Head.ID, read_id)
        return {"id": given or _id_of(fields), **fields}

    def _read_gold(self) -> Gold | None:
        answer = self._row.cells.get(Head.ANSWER, "")
        named = self._take(Head.DOCUMENT, self._finder.find_documents) or []
        clauses = self._take(Head.CLAUSE, lambda cell: self._finder.find_clauses(cell, named))
        if clauses is None:
            clauses = Clauses(documents=self._settle(named) if Head.CLAUSE not in self._row.cells else ())
        status = self._read_status(answer)
        sums = self._read_sums(answer, status)
        if self.faults:
            return None
        gold: dict[str, Any] = {
            "status": status,
            "yuan": sums.yuan,
            "kind": sums.kind,
            "document": clauses.documents[0] if clauses.documents else None,
            "documents": clauses.documents if len(clauses.documents) > 1 else (),
            "quote": clauses.quotes,
            "must": self._take(Head.MUST, read_must) or (),
            "must_not": self._take(Head.MUST_NOT, read_list) or (),
            "why": "\n".join(filter(None, (answer, self._row.cells.get(Head.WHY, "")))),
        }
        return self._build(lambda: Gold(**gold))

    def _settle(self, named: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
        """The documents that are named, where no quote tells which is meant."""
        for group in named:
            if len(group) > 1:
                given, listed = self._row.cells[Head.DOCUMENT][:SHOWN_MAX], "、".join(group[:LISTED_MAX])
                self._refuse(Head.DOCUMENT, case_words.CELL_DOCUMENTS.format(given=given, documents=listed))
        return tuple(dict.fromkeys(group[0] for group in named))

    def _read_status(self, answer: str) -> AnswerStatus:
        if (given := self._take(Head.STATUS, choose(STATUSES))) is not None:
            if given != "answered" and Head.CLAUSE in self._row.cells:
                self._refuse(Head.CLAUSE, case_words.CELL_QUOTE_STATUS.format(status=words.STATUSES[given]))
            return given
        says_more = not self._row.cells.keys().isdisjoint((Head.SUM, Head.CLAUSE, Head.MUST))
        return "not_found" if says_nothing_is_there(answer) and not says_more and not _has_sums(answer) else "answered"

    def _read_sums(self, answer: str, status: AnswerStatus) -> Sums:
        """From the column of sums, else from the expected answer; what kind they are by its own column first."""
        if status != "answered":
            if Head.SUM in self._row.cells:
                self._refuse(Head.SUM, case_words.CELL_SUM_STATUS.format(status=words.STATUSES[status]))
            return Sums()
        if Head.SUM in self._row.cells:
            sums = self._take(Head.SUM, read_sums) or Sums()
        else:
            sums = self._take(Head.ANSWER, find_sums) or Sums()
        kind = self._take(Head.KIND, choose(KINDS))
        if kind and not sums.yuan and not self.faults:
            self._refuse(Head.KIND, case_words.CELL_KIND_ALONE)
        if kind == "exact" and sums.kind == "cap":
            self._refuse(Head.KIND, case_words.CELL_KIND)
        return Sums(yuan=sums.yuan, kind=kind or sums.kind)

    def _take(self, head: Head, read: Callable[[str], _T]) -> _T | None:
        """What a cell holds; None where it is blank, or refused."""
        if head not in self._row.cells:
            return None
        try:
            return read(self._row.cells[head])
        except CellError as error:
            self._refuse(head, str(error))
            return None

    def _build(self, make: Callable[[], _T]) -> _T | None:
        try:
            return make()
        except ValidationError as error:
            self._refuse(Head.QUESTION, case_words.CELL_OTHER.format(reason=error.errors()[0]["msg"]))
            return None

    def _refuse(self, column: str, text: str) -> None:
        self.faults.append(self._remark(column, text))

    def _remark(self, column: str, text: str) -> Remark:
        return Remark(file=self._file, row=self._row.number, column=str(column), text=text)


def _has_sums(answer: str) -> bool:
    try:
        return bool(find_sums(answer).yuan)
    except CellError:
        return True


def _type_of(gold: Gold, has_history: bool) -> QuestionType:
    """The type of a case whose table names none."""
    if gold.status != "answered":
        return "not_found" if gold.status == "not_found" else "clarify"
    return "follow_up" if has_history else "award_lookup" if gold.yuan else "procedure"


def _id_of(fields: dict[str, Any]) -> str:
    """An id that stays when rows are moved: of what is asked, after what, of where and when."""
    asked = "\n".join(map(str, (*fields["history"], fields["question"], fields["as_of"], fields["region"])))
    return f"t-{sha256(asked.encode()).hexdigest()[:8]}"
