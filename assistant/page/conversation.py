"""One question from the page to its turn, in a few pieces. The browser holds the talk; we keep nothing."""

import logging
import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from assistant.page.citation import Documents
from assistant.page.turn import answer_html, notice_html, partial_html, pending_html, turn_html
from assistant.page.wording import FAILED, TOO_LONG
from assistant.records import MAX_HISTORY_QUESTIONS, MAX_QUESTION_CHARACTERS, Answer, Question
from assistant.web.intake import MAX_REGION_CHARACTERS, bounded_history, clean_text

Answerer = Callable[[Question], Answer]
PIECES = 4
PIECE_CHARACTERS = 40  # a shorter piece is not worth a message of its own

logger = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class Update:
    """What changes on the page; `None` leaves a part as it is."""

    html: str
    history: list[str] | None = None
    box: str | None = None


def converse(
    question: object, region: object, history: object, *, answer: Answerer, documents: Documents
) -> Iterator[Update]:
    """Answer one question: at once that it was taken, then the text in pieces, then all of it.

    `question`, `region` and `history` come from the browser and may be anything.
    """
    asked = clean_text(question) if isinstance(question, str) else ""
    past = earlier_questions(history)
    turn = secrets.token_hex(4)
    if not asked:
        yield Update(html="", box="")
        return
    if len(asked) > MAX_QUESTION_CHARACTERS:
        yield Update(html=turn_html(turn, asked[:60] + "…", notice_html(TOO_LONG)), box=asked)
        return
    yield Update(html=turn_html(turn, asked, pending_html(), busy=True), box="")
    place = clean_text(region)[:MAX_REGION_CHARACTERS] if isinstance(region, str) else ""
    try:
        reply = answer(Question(question=asked, history=past, region=place or None))
        finished = answer_html(turn, reply, documents)
    except Exception:
        logger.exception("the page could not answer a question of %d characters", len(asked))
        yield Update(html=turn_html(turn, asked, notice_html(FAILED)))
        return
    for text in growing_text(reply.answer):
        yield Update(html=turn_html(turn, asked, partial_html(text), busy=True))
    now = [*past, asked][-MAX_HISTORY_QUESTIONS:]
    yield Update(html=turn_html(turn, asked, finished), history=now)


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
    [40, 80]
    """
    size = max(PIECE_CHARACTERS, -(-len(text) // PIECES))
    yield from (text[:end] for end in range(size, len(text), size))
