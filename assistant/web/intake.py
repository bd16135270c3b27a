"""What comes in from outside, made safe to work with: strict JSON, clean text, a bounded question."""

import json
import unicodedata
from collections.abc import Sequence
from typing import Any

from pydantic import ValidationError

from assistant.page.wording import REFUSALS
from assistant.records import MAX_HISTORY_QUESTIONS, MAX_QUESTION_CHARACTERS, Question

MAX_DEPTH = 32
MAX_HISTORY_SENT = 200  # more than this is not a talk; between this and 20 the oldest are left out
MAX_REGION_CHARACTERS = 60
STATUS_OF = {
    "bad_host": 400,
    "not_json": 400,
    "login_needed": 401,
    "wrong_login": 401,
    "wrong_token": 401,
    "cross_origin": 403,
    "not_allowed": 403,
    "closed": 403,
    "no_document": 404,
    "no_model": 404,
    "no_job": 404,
    "not_found": 404,
    "no_ticket": 404,
    "no_reviewed": 404,
    "no_talk": 404,
    "no_report": 404,
    "no_upload": 404,
    "wrong_method": 405,
    "too_slow": 408,
    "already_settled": 409,
    "upload_settled": 409,
    "uploads_full": 409,
    "too_much_kept": 409,
    "too_large": 413,
    "not_json_type": 415,
    "too_many_logins": 429,
    "too_many_requests": 429,
    "failed": 500,
    "queue_full": 503,
    "jobs_full": 503,
    "switched_off": 503,
    "log_fails": 503,
    "busy": 429,  # Gradio's page puts its own English words in place of a 503's
}  # every other code is 422


class Refusal(Exception):
    """A request that is not taken; its words are in `wording.REFUSALS`."""

    def __init__(self, code: str, detail: str = "", *, status: int | None = None) -> None:
        super().__init__(code, detail)
        self.code = code
        self.detail = detail
        self.status = status or STATUS_OF.get(code, 422)

    def body(self) -> dict[str, dict[str, str]]:
        """The reply: `{"error": {"code", "message", "hint"}}`."""
        message, hint = REFUSALS[self.code]
        return {"error": {"code": self.code, "message": message + self.detail, "hint": hint}}


def strict_json(body: bytes) -> object:
    """Read UTF-8 JSON as the standard has it: no NaN, no twice-given key, no half characters, not too deep.

    Raises:
        Refusal: It is not that.
    """
    try:
        value: object = json.loads(
            body.decode("utf-8"),
            parse_constant=_refuse_constant,
            parse_float=_finite,
            object_pairs_hook=_unique,
        )
    except (ValueError, RecursionError) as error:
        raise Refusal("not_json") from error
    _check(value, MAX_DEPTH)
    return value


def read_question(body: bytes) -> Question:
    """The question in a request body, its text cleaned and its history bounded.

    Raises:
        Refusal: A field is missing, of the wrong type, or too long.
    """
    try:
        question = Question.model_validate_json(body, strict=True)
    except ValidationError as error:
        fields = {".".join(map(str, problem["loc"][:1])) or "JSON" for problem in error.errors()}
        raise Refusal("bad_field", "、".join(sorted(fields))) from error
    if len(question.history) > MAX_HISTORY_SENT:
        raise Refusal("history_too_long")
    asked = clean_text(question.question)
    if len(asked) > MAX_QUESTION_CHARACTERS:
        raise Refusal("question_too_long")
    region = clean_text(question.region) if question.region is not None else None
    history = bounded_history(question.history)
    return question.model_copy(update={"question": asked, "history": history, "region": region or None})


def bounded_history(questions: Sequence[str]) -> tuple[str, ...]:
    """The last twenty questions that say something, each cut to the length a question may have."""
    cleaned = (clean_text(question)[:MAX_QUESTION_CHARACTERS] for question in questions)
    return tuple(question for question in cleaned if question)[-MAX_HISTORY_QUESTIONS:]


def clean_text(text: str) -> str:
    r"""Text without control, bidirectional, zero-width and tag characters, nor outer white space.

    >>> clean_text(" 国\u200b标\x00奖\x1b励\u202e\n多少 ")
    '国标奖励\n多少'
    """
    return "".join(
        character
        for character in text.replace("\r\n", "\n")
        if character in "\n\t" or unicodedata.category(character) not in ("Cc", "Cf", "Cs")
    ).strip()


def _refuse_constant(name: str) -> float:
    raise Refusal("not_finite", f"（{name}）")


def _finite(digits: str) -> float:
    number = float(digits)
    if number in (float("inf"), float("-inf")):
        raise Refusal("not_finite")
    return number


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a key is given twice")
    return found


def _check(value: object, depth: int) -> None:
    if depth < 0:
        raise Refusal("too_deep")
    if isinstance(value, str):
        try:
            value.encode("utf-8")
        except UnicodeEncodeError as error:
            raise Refusal("bad_character") from error
    elif isinstance(value, dict):
        for key, inner in value.items():
            _check(key, depth)
            _check(inner, depth - 1)
    elif isinstance(value, list):
        for inner in value:
            _check(inner, depth - 1)
