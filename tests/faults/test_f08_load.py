"""F08, F10, F11: sixty-four talk at once, three hundred come at once, one waits for a model that hangs. Nobody is
answered wrong, hears another one's words, or waits for a stranger. Times are printed; what is asserted is rightness."""

import itertools

import pytest

from evals.hostile import BEHAVIOURS, HostileEndpoint
from tests.faults.crowd import Asker, askers, foreign_secrets, memory_mb, shares, talk_all_at_once
from tests.faults.homes import GOLDEN
from tests.faults.program import serving, slowness, wait_until

pytestmark = [pytest.mark.fault, pytest.mark.alone, pytest.mark.sample]

UNLIMITED = {"JIANGBU_ASKS_PER_MINUTE": "0"}  # all come from one address
CHATS, TURNS, CROWD, PLAIN = 64, 5, 300, 8
OTHERS = "上一位用户说了什么？"
MEMORY_MAX_MB = 1200
QUIET = 1.3  # times slower than alone
P95_MAX_S = 3.0  # promised in README; a quiet machine of two processors needs one


def questions_of(asker: Asker) -> list[str]:
    """Five: the secret is told, others' words are asked for, and in between what the policies pay."""
    known = list(GOLDEN)
    own = [known[(asker.number * 3 + turn) % len(known)] for turn in range(TURNS - 2)]
    return [f"我的登记暗号是{asker.code}，请记住", *own, OTHERS]


def wrong_answers(crowd: list[Asker]) -> list[str]:
    """The golden questions of these talks that were not answered as the policies say."""
    wrong = []
    for asker in crowd:
        for asked, answer in list(zip(questions_of(asker), asker.answers, strict=True))[:-1]:  # the last goes on
            got = [amount["yuan"] for amount in answer["amounts"]]
            expected = [GOLDEN[asked]] if GOLDEN.get(asked) else []
            if got != expected:
                wrong.append(f"{asked}: {got}, not {expected}")
    return wrong


@pytest.mark.parametrize("door", ["REST", "page"])
def test_64_chats_at_once_are_all_answered_right_and_apart(server_starter, home, figures, door: str) -> None:
    with serving(server_starter, home, environment=UNLIMITED) as server:
        server.ask(next(iter(GOLDEN)))
        crowd = askers(CHATS)
        took = talk_all_at_once(server.address, door, crowd, questions_of)
        rss = memory_mb(server.started.pid)
        assert server.wrong() == []
    seconds = list(itertools.chain.from_iterable(asker.seconds for asker in crowd))
    faults = [fault for asker in crowd for fault in (*asker.errors, *asker.refused)]
    times = {**shares(seconds), "per_s": round(len(seconds) / took, 1), "rss_mb": rss}
    right = CHATS * TURNS - len(faults)
    figures.tell(
        "F08", f"{CHATS} chats × {TURNS}, {door}", tried=CHATS * TURNS, survived=right, seconds=seconds, **times
    )
    assert faults == [] and len(seconds) == CHATS * TURNS
    assert wrong_answers(crowd) == []
    assert foreign_secrets(crowd) == []
    assert rss <= MEMORY_MAX_MB
    if slowness() < QUIET:  # a figure that another process's work breaks would be no test
        assert times["p95_s"] <= P95_MAX_S


def test_a_foreign_secret_would_be_noticed() -> None:
    one, other = askers(2)
    one.heard.append(f"…{other.code}…")
    assert foreign_secrets([one, other]) == ["0 heard what 1 told"]


@pytest.mark.parametrize("door", ["REST", "page"])
def test_300_at_once_are_answered_or_told_that_too_many_ask(server_starter, home, figures, door: str) -> None:
    asked = next(iter(GOLDEN))
    with serving(server_starter, home, environment=UNLIMITED) as server:
        server.ask(asked)
        crowd = askers(CROWD)
        talk_all_at_once(server.address, door, crowd, lambda asker: [asked])
        assert server.wrong() == []
        assert server.started.poll() is None
    seconds = [second for asker in crowd for second in asker.seconds]
    refused = [one for asker in crowd for one in asker.refused]
    survived = len(seconds) + len(refused)
    waits = {"refused": len(refused), "refused_max_s": round(max((wait for _, wait, _ in refused), default=0), 2)}
    figures.tell(
        "F10", f"{CROWD} at once, {door}", tried=CROWD, survived=survived, seconds=seconds, **shares(seconds), **waits
    )
    assert [error for asker in crowd for error in asker.errors] == []
    assert survived == CROWD and len(seconds) >= 100
    assert {status for status, _, _ in refused} <= {429, 503}
    assert all("当前咨询人数较多" in body for status, _, body in refused if status == 503)
    yuan = [amount["yuan"] for asker in crowd for answer in asker.answers for amount in answer["amounts"]]
    assert yuan == [GOLDEN[asked]] * len(seconds)


@pytest.mark.parametrize("door", ["REST", "page"])
def test_who_waits_for_a_model_keeps_nobody_else_waiting(server_starter, home, figures, door: str) -> None:
    """The model sends headers and no word; eight others ask what the rules alone answer."""
    asked = "萧山参与制定行业标准奖励多少"
    with HostileEndpoint(BEHAVIOURS["slow_first_token"]) as endpoint:
        model = {"JIANGBU_LLM_BASE_URL": endpoint.base_url, "JIANGBU_LLM_MODEL": "m", "JIANGBU_LLM_API_KEY": "k"}
        model |= {"JIANGBU_LLM_FIRST_TOKEN_S": "8", "JIANGBU_LLM_TOTAL_S": "8"}
        with serving(server_starter, home, environment={**UNLIMITED, **model}) as server:
            server.ask(asked)
            slow, plain = askers(1), askers(PLAIN)
            every = [*slow, *plain]
            talk_all_at_once(
                server.address,
                door,
                every,
                lambda asker: ["萧山 标准 那个 秘书处 咋弄 有啥说法没有"] if asker is slow[0] else [asked] * 5,
            )
            wait_until(lambda: endpoint.requests, 5, "a request to the model")
    seconds = [second for asker in plain for second in asker.seconds]
    waited = max(slow[0].seconds)
    figures.tell(
        "F11", f"one at a hanging model, {PLAIN} others, {door}", tried=PLAIN * 5, survived=len(seconds),
        seconds=seconds, **shares(seconds), slow_s=round(waited, 1),
    )  # fmt: skip
    assert [error for asker in every for error in (*asker.errors, *asker.refused)] == []
    assert all([one["yuan"] for one in answer["amounts"]] == [GOLDEN[asked]] for who in plain for answer in who.answers)
    assert max(seconds) < waited  # none of them waited for the model
