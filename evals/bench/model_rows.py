"""What came of one question in one part of the comparison: a line each, kept as it comes, so that a run can go on."""

import json
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from assistant.records import Question

UNREACHED = "down"  # says nothing about a model


class Row(BaseModel):
    """One question, one part. Seconds, tokens; None where there is nothing to tell."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    part: str  # rules, assisted, textbook, or hostile:<behaviour>
    under: str  # what it was measured under: the model and the digests of its prompts
    id: str
    asked: str  # digest of the question, so that no answer is taken for one to another question
    lot: str
    status: str
    right: bool  # by the rules of the suites, or those that a text alone can be held to
    broken: tuple[str, ...] = ()
    figures: bool | None = None  # whether the sums are those of the gold, where it has any
    cited: bool | None = None  # whether a clause of the gold is among the sources
    marked: bool | None = None  # textbook: whether it is among those that the text points to
    wrong: tuple[str, ...] = ()  # figures that reach the user and should not
    added: tuple[str, ...] = ()  # of these, what the model brought: the rules engine alone does not say it
    follows: bool | None = None  # where a question is suggested: whether asking it gives the right answer
    suggested: str = ""
    engine: str = ""
    task: str = ""  # what the model was asked, if anything
    outcome: str = ""
    why: str = ""
    reasons: tuple[str, ...] = ()
    calls: int = 0
    prompt_tokens: int = 0
    reply_tokens: int = 0
    first_token_s: float | None = None
    seconds: float = 0.0
    text: str = ""

    @property
    def key(self) -> tuple[str, str, str, str]:
        """What it is found again by."""
        return self.part, self.under, self.id, self.asked


class Kept:
    """Rows in a file, one a line, or in memory alone."""

    def __init__(self, file: Path | None = None) -> None:
        self._file = file
        self._rows = {row.key: row for row in _read(file)} if file is not None else {}

    def find(self, part: str, under: str, question: Question) -> Row | None:
        """The row of a question, if it was asked before under the same and the model could be reached."""
        found = self._rows.get((part, under, question.id or "", digest_of(question)))
        return None if found is not None and found.why == UNREACHED else found

    def add(self, row: Row) -> Row:
        """Keep a row; it is on disk when this returns."""
        self._rows[row.key] = row
        if self._file is not None:
            with self._file.open("a", encoding="utf-8") as lines:
                lines.write(row.model_dump_json() + "\n")
        return row


def digest_of(question: Question) -> str:
    """A digest of what is asked."""
    return sha256(question.model_dump_json().encode("utf-8", "replace")).hexdigest()[:16]


def write_rows(rows: Iterable[Row]) -> str:
    """Rows for programs."""
    return json.dumps([row.model_dump(mode="json") for row in rows], ensure_ascii=False, indent=1)


def _read(file: Path) -> Iterator[Row]:
    """The rows of a file; a line that a killed run left torn is asked for again."""
    if not file.is_file():
        return
    for line in file.read_text(encoding="utf-8").splitlines():
        try:
            yield Row.model_validate_json(line)
        except ValidationError:
            continue
