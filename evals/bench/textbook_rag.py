"""The chain of the LangChain tutorials, whole: chunks in Chroma, the nearest few, a prompt, a chat model, its words.

Measured beside ours on the same questions, with the same embedding model and the same chat model. It is given what
tutorials leave out and what helps it: earlier questions of a talk, the titles of the documents, temperature zero.
Only its words can be judged, so less is asked of it: no status, no warnings, no ceiling told from a fixed sum; its
sums may be any of the gold clauses, if the right ones are among them; any chunk that was found counts as cited.
"""

import re
import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from langchain_core.prompts import ChatPromptTemplate
from langchain_core.runnables import Runnable
from langchain_openai import ChatOpenAI
from pydantic import SecretStr

from assistant.llm import Bounds, Endpoint
from assistant.llm.endpoint import NO_KEY, RUNAWAY, fault_of
from assistant.llm.prompts import HASH_DIGITS
from assistant.records import Citation
from evals.bench.model_asking import Part
from evals.bench.model_figures import expected_sums, sums_in
from evals.bench.model_questions import Asked
from evals.bench.model_rows import Row, digest_of
from evals.bench.rankings import LabelledQuestion, Ranking
from evals.loading import Sources
from evals.places import Place
from evals.scoring import RULES, Attempt, Said

TEXTBOOK = "textbook"
PROMPT = Path(__file__).parent.parent / "prompts" / "textbook.md"
CHUNKS = 4  # of 500 characters: what the tutorials take, some 1,400 tokens
TEXT_RULES = ("must", "must_not", "citation")  # what a text and its sources can be held to
_MARKER = re.compile(r"[\[【［](?:资料|编号)?\s*(\d)[\]】］]")


@dataclass
class _Reply:
    """What came of one call."""

    text: str = ""
    first_token_s: float | None = None
    seconds: float = 0.0
    why: str = ""
    tokens: dict[str, int] = field(default_factory=dict)


def textbook_part(ranking: Ranking, sources: Sources, endpoint: Endpoint, bounds: Bounds) -> Part:
    """The chain over a ranking of chunks and the model of an endpoint."""
    chain = ChatPromptTemplate.from_messages([("user", PROMPT.read_text("utf-8"))]) | _open_model(endpoint, bounds)
    under = f"{endpoint.model} {sha256(PROMPT.read_bytes()).hexdigest()[:HASH_DIGITS]}"

    def find(asked: Asked) -> list[Citation]:
        found = ranking(LabelledQuestion(id=asked.probe.id, question=_said(asked), history=(), gold=()))[:CHUNKS]
        return [cite(number, place, sources) for number, place in enumerate(found, start=1)]

    def ask(asked: Asked) -> Row:
        chunks = find(asked)
        context = "\n\n".join(f"[{one.marker}]《{one.title}》\n{one.quote}" for one in chunks)
        reply = _call(chain, {"context": context, "question": _said(asked)}, bounds)
        judged = judge_text(reply.text, asked, chunks, sources)
        return Row(
            part=TEXTBOOK,
            under=under,
            id=asked.probe.id,
            asked=digest_of(asked.probe.question),
            lot=asked.lot,
            status="answered" if reply.text else "error",
            engine=TEXTBOOK,
            task=TEXTBOOK,
            outcome="fallen_back" if reply.why else "used",
            why=reply.why,
            calls=1,
            prompt_tokens=reply.tokens.get("input_tokens", 0),
            reply_tokens=reply.tokens.get("output_tokens", 0),
            first_token_s=reply.first_token_s,
            seconds=reply.seconds,
            text=reply.text,
            **judged,
        )

    def judge_anew(asked: Asked, kept: Row) -> Row:
        return kept.model_copy(update=judge_text(kept.text, asked, find(asked), sources))

    return Part(name=TEXTBOOK, under=under, ask=ask, judge_anew=judge_anew)


def _said(asked: Asked) -> str:
    """The question after those before it."""
    return "\n".join((*asked.probe.question.history, asked.probe.question.question))


def cite(number: int, place: Place, sources: Sources) -> Citation:
    """A chunk as a source."""
    document = sources.documents[place.document]
    return Citation(
        marker=number,
        document=place.document,
        title=document.title,
        region=document.region.name,
        locator="",
        quote=document.text[place.start : place.end],
        start=place.start,
        end=place.end,
    )


def judge_text(text: str, asked: Asked, chunks: Sequence[Citation], sources: Sources) -> dict[str, Any]:
    """What can be told of a text and its sources: the fields of a row about what is right."""
    gold, question = asked.probe.gold, asked.probe.question
    stated = sums_in(text)
    wrong = sorted(stated - expected_sums(gold, question, sources))
    said = Said(
        status=gold.status,
        text=text,
        amounts=tuple((one, "exact") for one in sorted(stated)),
        citations=tuple(chunks),
        warnings=(),
        markers_used=frozenset(int(number) for number in _MARKER.findall(text)),
    )
    attempt = Attempt(type=asked.probe.type, gold=gold, said=said, sources=sources)
    kept = {name: held for name in TEXT_RULES if (held := RULES[name](attempt)) is not None}
    figures = set(attempt.wanted) <= stated and not wrong if gold.yuan else None
    broken = [name for name, held in kept.items() if not held]
    broken += ["amounts"] if figures is False or wrong else []
    pointed = tuple(one for one in chunks if one.marker in said.markers_used)
    marked = Attempt(type=attempt.type, gold=gold, said=replace(said, citations=pointed), sources=sources)
    told = tuple(f"{one:f}" for one in wrong)
    return {
        "right": bool(text) and not broken,
        "broken": tuple(broken),
        "figures": figures,
        "cited": kept.get("citation"),
        "marked": RULES["citation"](marked),
        "wrong": told,
        "added": told,
    }


def _call(chain: Runnable[Any, Any], asked: dict[str, str], bounds: Bounds) -> _Reply:
    """One reply, streamed; what came before it broke off is what a user would have seen."""
    began, reply, whole = time.perf_counter(), _Reply(), None
    try:
        for piece in chain.stream(asked):
            reply.seconds = time.perf_counter() - began
            if piece.text and reply.first_token_s is None:
                reply.first_token_s = reply.seconds
            whole = piece if whole is None else whole + piece
            if reply.seconds > bounds.total_s:
                raise TimeoutError
    except Exception as error:  # noqa: BLE001 - what endpoints and their libraries raise has no end; told as a fault
        reply.why = fault_of(error)
    reply.seconds = time.perf_counter() - began
    if whole is not None:
        reply.text, reply.tokens = whole.text.strip(), dict(whole.usage_metadata or {})
    return reply


def _open_model(endpoint: Endpoint, bounds: Bounds) -> ChatOpenAI:
    return ChatOpenAI(
        model=endpoint.model,
        base_url=endpoint.base_url,
        api_key=SecretStr(endpoint.api_key.get_secret_value() or NO_KEY),
        timeout=bounds.total_s,
        temperature=0,
        max_retries=0,
        stream_usage=True,
        use_responses_api=False,
        extra_body={"max_tokens": bounds.reply_tokens, "stop": [RUNAWAY]},
    )
