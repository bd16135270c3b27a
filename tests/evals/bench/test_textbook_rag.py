"""The textbook chain beside ours: what it asks, what is kept of it, how its words are judged."""

import json

import pytest
from pydantic import SecretStr

from assistant.llm import Endpoint
from evals.bench.textbook_rag import cite, judge_text, textbook_part
from evals.hostile import BEHAVIOURS, HostileEndpoint
from evals.hostile.protocol import words
from evals.places import Place
from tests.evals.bench.one_question import BOUNDS, GOLD, TEXT, asked, sources


@pytest.mark.parametrize(
    ("text", "right", "figures", "wrong"),
    [
        ("主导的奖励30万元[1]。", True, True, ()),
        ("主导的奖励三十万元，参与的5万元。", True, True, ()),
        ("奖励5万元。", False, False, ()),
        ("奖励30万元，每年至多80万元。", False, False, ("800000.00",)),
        ("不知道。", False, False, ()),
        ("", False, False, ()),
    ],
)
def test_a_text_is_right_with_the_gold_sum_and_no_strange_one(
    text: str, right: bool, figures: bool, wrong: tuple[str, ...]
) -> None:
    chunk = cite(1, Place("haitang", 0, len(TEXT)), sources())
    judged = judge_text(text, asked(GOLD), [chunk], sources())
    assert (judged["right"], judged["figures"], judged["wrong"]) == (right, figures, wrong)


def test_a_chunk_is_a_citation_and_may_be_pointed_to() -> None:
    start = TEXT.index("第六条")
    chunks = [cite(1, Place("haitang", start, len(TEXT)), sources()), cite(2, Place("haitang", 0, start), sources())]
    at = judge_text("30万元[资料2]", asked(GOLD), chunks, sources())
    beside = judge_text("30万元[1]", asked(GOLD), chunks, sources())
    lost = judge_text("30万元[1]", asked(GOLD), chunks[:1], sources())
    assert [(one["cited"], one["marked"], one["right"]) for one in (at, beside, lost)] == [
        (True, True, True),
        (True, False, True),
        (False, False, False),
    ]


def test_where_there_is_no_answer_any_sum_is_wrong() -> None:
    one = asked({"status": "not_found"}, "玉兰标准奖多少")
    told = judge_text("奖励30万元。", one, [], sources())
    silent = judge_text("资料里没有。", one, [], sources())
    assert (told["right"], told["wrong"], silent["right"]) == (False, ("300000.00",), True)


def test_the_chain_puts_chunks_and_question_to_the_model_and_keeps_its_words() -> None:
    with HostileEndpoint(lambda _: words("奖励30万元[1]。")) as endpoint:
        at = Endpoint(model="m", base_url=endpoint.base_url, api_key=SecretStr(""))
        part = textbook_part(lambda _: [Place("haitang", 0, len(TEXT))], sources(), at, BOUNDS)
        found = part.ask(asked(GOLD))
    judged_otherwise = found.model_copy(update={"right": False, "marked": False, "wrong": ("5.00",)})
    assert part.judge_anew(asked(GOLD), judged_otherwise) == found  # without asking again
    assert (found.text, found.right, found.prompt_tokens, found.why) == ("奖励30万元[1]。", True, 100, "")
    assert found.first_token_s is not None and 0 < found.first_token_s <= found.seconds
    [message] = json.loads(endpoint.requests[0].body)["messages"]
    assert TEXT.strip() in message["content"] and "主导海棠标准奖多少" in message["content"]


@pytest.mark.parametrize(("behaviour", "why"), [("down", "down"), ("server_error", "down"), ("limited", "limited")])
def test_a_chain_without_a_model_says_nothing(behaviour: str, why: str) -> None:
    with HostileEndpoint(BEHAVIOURS[behaviour]) as endpoint:
        at = Endpoint(model="m", base_url=endpoint.base_url, api_key=SecretStr(""))
        found = textbook_part(lambda _: [], sources(), at, BOUNDS).ask(asked(GOLD))
    assert (found.status, found.right, found.why) == ("error", False, why)
