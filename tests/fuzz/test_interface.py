"""Requests made from the interface's own description, sound and unsound: only replies that it describes, and no 500."""

import contextlib
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable

from tests.assistant.whole_service import CANARY, Whole

schemathesis = pytest.importorskip("schemathesis", reason="schemathesis is not installed: pip install -e '.[dev]'")
EXAMPLES = 8  # of each call, for each sort of requests and each caller
LEFT_OUT = ("/metrics",)  # for Prometheus, no JSON
CALLERS = ("", "wang", "gao")  # nobody, staff, administrator
bounded = settings(
    max_examples=EXAMPLES,
    deadline=None,
    database=None,
    derandomize=True,
    phases=(Phase.generate,),
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture(scope="module")
def described(whole: Whole):
    return schemathesis.openapi.from_dict(whole.client().get("/openapi.json").json())


def operations(described) -> Iterator:
    for result in described.get_all_operations():
        operation = result.ok()
        if operation.path not in LEFT_OUT:
            yield operation


def broken_replies(operation, mode, client, whole: Whole, may_see: tuple[str, ...]) -> list[str]:
    """Send made-up requests to one call; what its replies do that the description does not say."""
    from schemathesis.checks import CHECKS, load_all_checks

    load_all_checks()
    names = ("not_a_server_error", "status_code_conformance", "content_type_conformance", "response_schema_conformance")
    checks = CHECKS.get_by_names(names)
    broken: dict[str, str] = {}

    @bounded
    @given(case=operation.as_strategy(generation_mode=mode))
    def send(case) -> None:
        kwargs = case.as_transport_kwargs(base_url="http://127.0.0.1")
        sent = {
            key: kwargs[key] for key in ("method", "url", "params", "json", "cookies") if kwargs.get(key) is not None
        }
        content = {} if "json" in sent else {"content": kwargs.get("data")}
        headers = {key: value for key, value in (kwargs.get("headers") or {}).items() if key.lower() != "user-agent"}
        reply = client.request(**sent, **content, headers=headers)
        assert [leak for leak in whole.leaks(reply.text) if leak not in may_see] == []
        try:
            case.validate_response(reply, checks=checks)
        except BaseExceptionGroup as error:
            kind = f"{operation.method.upper()} {operation.path} {reply.status_code}"
            broken.setdefault(kind, f"{kind}: {str(error)[:500]} {sent} {reply.text[:300]}")

    with contextlib.suppress(Unsatisfiable):  # a call without parameters can be given no wrong ones
        send()
    return list(broken.values())


@pytest.mark.parametrize("who", CALLERS)
@pytest.mark.parametrize("mode", ["POSITIVE", "NEGATIVE"])
def test_every_call_replies_as_it_is_described(whole: Whole, described, mode: str, who: str) -> None:
    broken: list[str] = []
    tried = 0
    may_see = (CANARY,) if who else ()  # staff read the tickets and talks that it stands in
    for operation in operations(described):
        mode_ = getattr(schemathesis.GenerationMode, mode)
        broken += broken_replies(operation, mode_, whole.client(who), whole, may_see)
        tried += 1
    assert tried >= 15
    assert broken == [], "\n\n".join(broken)
    assert whole.serves()
