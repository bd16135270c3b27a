"""The body of an error reply. Under /v1 it has what OpenAI's clients look for as well."""

from pydantic import Field, ValidationError

from assistant.records import Record
from assistant.web.intake import Refusal

OPENAI = "/v1/"
_TYPES = {401: "authentication_error", 403: "permission_error", 429: "rate_limit_error"}


class ErrorDetails(Record):
    """What went wrong, and what to do about it."""

    code: str = Field(description="供程序判断的代码，不会改名")
    message: str = Field(description="哪里不对")
    hint: str = Field(description="怎样改正")


class ErrorReply(Record):
    """Every error of this service."""

    error: ErrorDetails


class OpenAIErrorDetails(ErrorDetails):
    """With the fields of OpenAI's errors."""

    type: str
    param: str | None = Field(description="有问题的字段")


class OpenAIErrorReply(Record):
    """Every error under /v1."""

    error: OpenAIErrorDetails


class BadParameter(Refusal):
    """A refusal that names the field at fault."""

    def __init__(self, code: str, param: str, detail: str = "", *, status: int | None = None) -> None:
        super().__init__(code, detail, status=status)
        self.param = param


def error_body(refusal: Refusal, path: str) -> dict[str, dict[str, str | None]]:
    """The reply to a request to `path` that was refused."""
    error: dict[str, str | None] = {**refusal.body()["error"]}
    if path.startswith(OPENAI):
        kind = "server_error" if refusal.status >= 500 else _TYPES.get(refusal.status, "invalid_request_error")
        error |= {"type": kind, "param": refusal.param if isinstance(refusal, BadParameter) else None}
    return {"error": error}


def bad_places(error: ValidationError) -> list[str]:
    """The innermost fields at fault, in order, such as `turns.0.question`; there is at least one."""
    places = list(dict.fromkeys(".".join(map(str, problem["loc"])) or "JSON" for problem in error.errors()))
    return [place for place in places if not any(other.startswith(f"{place}.") for other in places)]
