"""Routes whose bodies and parameters are checked strictly, and refused in our words.

Models of bodies derive from `Body`: closed to unknown fields, no silent conversion, text cleaned of control
characters. FastAPI's own refusal would name the code's internals.
"""

from collections.abc import Callable, Coroutine
from datetime import date
from typing import Annotated, Any

from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints

from assistant.web.intake import Refusal, clean_text

Clean = Annotated[str, AfterValidator(clean_text)]
Day = Annotated[
    str, StringConstraints(pattern=r"^\d{4}-\d{2}-\d{2}$"), AfterValidator(lambda day: str(date.fromisoformat(day)))
]


class Body(BaseModel):
    """What a request may hold, and nothing besides."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class StrictRoute(APIRoute):
    """Gives `bad_field` with the names of the fields that are wrong."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The handler that FastAPI asks for."""
        handle = super().get_route_handler()

        async def handle_strictly(request: Request) -> Response:
            try:
                return await handle(request)
            except RequestValidationError as error:
                fields = {str(problem["loc"][1]) if len(problem["loc"]) > 1 else "JSON" for problem in error.errors()}
                raise Refusal("bad_field", "、".join(sorted(fields))[:200]) from error

        return handle_strictly
