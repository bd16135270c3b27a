"""`jiangbu ask --batch`: questions a line → answers a line, in the order of the input, never aborting."""

import json
import logging
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from itertools import islice

from pydantic import ValidationError

from assistant import messages
from assistant.records import MAX_QUESTION_CHARACTERS, Answer, Question

LINE_MAX_BYTES = 2 * 1024 * 1024
WINDOW = 64  # lines read ahead for each worker
_LOG = logging.getLogger(__name__)


def answer_lines(
    lines: Iterable[bytes], answer: Callable[[Question], Answer], *, today: date, workers: int
) -> Iterator[Answer]:
    """Answer each line of a JSONL file; blank lines are skipped, a bad line gives an answer that says so."""
    numbered = ((number, line) for number, line in enumerate(lines, start=1) if line.strip())

    def one(item: tuple[int, bytes]) -> Answer:
        number, line = item
        question = read_line(line, number, today)
        return question if isinstance(question, Answer) else answer_safely(question, answer, today)

    with ThreadPoolExecutor(max_workers=workers) as pool:
        while window := list(islice(numbered, WINDOW * workers)):
            yield from pool.map(one, window)


def read_line(line: bytes, number: int, today: date) -> Question | Answer:
    """Read one line as a question, or as the answer that says why it is none."""
    try:
        if len(line) > LINE_MAX_BYTES:
            raise ValueError(messages.LINE_TOO_LONG.format(limit=LINE_MAX_BYTES // 1024))
        fields = json.loads(line.decode("utf-8-sig"))
        if not isinstance(fields, dict):
            raise ValueError(messages.NOT_AN_OBJECT)
        if fields.get("as_of") == "":
            fields["as_of"] = None
        return Question.model_validate(fields)
    except ValidationError as error:
        faults = "；".join(f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}" for fault in error.errors()[:3])
        return failed_answer(messages.BAD_LINE.format(line=number, reason=faults), today, _id_of(line))
    except (ValueError, RecursionError) as error:  # JSON and UTF-8 errors are ValueErrors
        return failed_answer(messages.BAD_LINE.format(line=number, reason=str(error)[:200]), today, None)


def _id_of(line: bytes) -> str | None:
    given = json.loads(line.decode("utf-8-sig")).get("id")
    return given[:200] if isinstance(given, str) else None


def answer_safely(question: Question, answer: Callable[[Question], Answer], today: date) -> Answer:
    """Answer one question of many; a fault in one must not end the others, and is logged."""
    try:
        return answer(question)
    except Exception:  # noqa: BLE001 - the boundary of a batch: logged, and said in the answer
        _LOG.exception("cannot answer question %r", question.id)
        return failed_answer(messages.INTERNAL, question.as_of or today, question.id, question.question)


def failed_answer(message: str, day: date, question_id: str | None, question: str = "") -> Answer:
    """An answer with status error, writable as JSON whatever it repeats of a question that was not."""
    kept = None if question_id is None else _writable(question_id)
    asked = _writable(question)[:MAX_QUESTION_CHARACTERS]
    return Answer(id=kept, question=asked, status="error", answer=message, as_of=day, elapsed_ms=0.0)


def _writable(text: str) -> str:
    """The text with a question mark for each half of a character, which JSON can say and UTF-8 cannot."""
    return text.encode("utf-8", "replace").decode("utf-8")
