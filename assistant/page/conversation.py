"""One question from the page to its answer, in a few pieces. The browser holds the talk; we keep nothing of it."""

import logging
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from assistant.claim_answer import without_steps
from assistant.page.shown import Documents, show_answer
from assistant.page.validity import read_date
from assistant.page.wording import FAILED, MODEL_AT_WORK, TOO_LONG
from assistant.records import MAX_QUESTION_CHARACTERS, Answer, Question
from assistant.web.intake import MAX_REGION_CHARACTERS, bounded_history, clean_text

PIECES = 2
PIECE_CHARACTERS = 40  # a shorter piece is not worth a message of its own
MAX_TURN_CHARACTERS = 40

Update = dict[str, Any]  # {"turn", "state": "partial" | "done" | "refused", "text" or, when done, "answer"}

logger = logging.getLogger(__name__)


def converse(
    asked: object,
    *,
    answers: Callable[[Question], Iterator[tuple[Answer, bool]]],
    documents: Documents,
    suggest: Callable[[Answer], tuple[str, ...]],
) -> Iterator[Update]:
    """Answer one question of the page: the text in pieces, then all of it with its evidence.

    Args:
        asked: What the browser sent, which may be anything: `{"turn", "question", "history", "region", "as_of"}`.
        answers: Answers it: the answer that counts, marked True, and before it one to show meanwhile.
        documents: A document by its id.
        suggest: Questions that may follow.
    """
    fields = asked if isinstance(asked, dict) else {}
    turn = text_of(fields, "turn", MAX_TURN_CHARACTERS)
    question = text_of(fields, "question", MAX_QUESTION_CHARACTERS + 1)
    if not question:
        return
    if len(question) > MAX_QUESTION_CHARACTERS:
        yield {"turn": turn, "state": "refused", "text": TOO_LONG}
        return
    shown = ""
    try:
        for reply, counts in answers(read_fields(fields, question)):
            text = without_steps(reply.answer, len(reply.calculation))
            for beginning in () if shown else growing_text(text):
                yield {"turn": turn, "state": "partial", "text": beginning}
            shown = text
            if not counts:
                yield {"turn": turn, "state": "partial", "text": f"{text}\n\n{MODEL_AT_WORK}"}
        finished = show_answer(reply, documents, suggest(reply))
    except Exception:
        logger.exception("the page could not answer a question of %d characters", len(question))
        yield {"turn": turn, "state": "refused", "text": FAILED}
        return
    yield {"turn": turn, "state": "done", "answer": finished}


def read_fields(fields: Mapping[str, Any], question: str) -> Question:
    """The question with what of the rest can be believed."""
    return Question(
        question=question,
        history=earlier_questions(fields.get("history")),
        region=text_of(fields, "region", MAX_REGION_CHARACTERS) or None,
        as_of=read_date(fields.get("as_of")),
    )


def text_of(fields: Mapping[str, Any], name: str, limit: int) -> str:
    """A field's text, cleaned and cut; empty where it is no text."""
    value = fields.get(name)
    return clean_text(value)[:limit] if isinstance(value, str) else ""


def earlier_questions(history: object) -> tuple[str, ...]:
    """The user's own earlier questions out of what a browser sent: assistant turns are not taken.

    >>> earlier_questions(["甲", {"role": "user", "content": "乙"}, {"role": "assistant", "content": "丙"}, 3])
    ('甲', '乙')
    """
    questions: list[str] = []
    for turn in history if isinstance(history, list) else []:
        if isinstance(turn, dict) and turn.get("role") == "user":
            turn = turn.get("content")
        if isinstance(turn, str):
            questions.append(turn)
    return bounded_history(questions)


def growing_text(text: str) -> Iterator[str]:
    """The text's beginnings, a few of them, each longer than the last; a short text has none.

    >>> [len(beginning) for beginning in growing_text("字" * 100)]
    [50]
    """
    size = max(PIECE_CHARACTERS, -(-len(text) // PIECES))
    yield from (text[:end] for end in range(size, len(text), size))
