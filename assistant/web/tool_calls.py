"""The tools for agents: what each takes, what it gives, and the call behind it. All of them only read."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from assistant.claim_file import ClaimEntry, ClaimFileError, read_claim
from assistant.estimating import EstimateReport
from assistant.ledger_filter import FactFilter, describe_facts, select_facts
from assistant.records import MAX_QUESTION_CHARACTERS, Answer, Citation, Question, Record
from assistant.service import today
from assistant.standing import Standing, standing_of
from assistant.web import words
from assistant.web.fact_records import FactRecord
from assistant.web.intake import MAX_HISTORY_SENT, bounded_history, clean_text
from assistant.web.service import Service

CLAUSES_MAX, FACTS_MAX, LENGTH_MAX = 20, 50, 8000
Words = Annotated[str, StringConstraints(min_length=1, max_length=MAX_QUESTION_CHARACTERS)]


class ToolRefused(ValueError):
    """A call that cannot be done as asked; the message says what to do, in Chinese."""


class Arguments(BaseModel):
    """What a tool takes: closed to arguments it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class AskArguments(Arguments):
    """A question."""

    question: Words = Field(description="问题，至多 500 字，如：龙港市主导制定国家标准奖励多少")
    history: tuple[str, ...] = Field(
        default=(), max_length=MAX_HISTORY_SENT, description="提问者此前的问题，由旧到新；只用最近 20 个"
    )
    region: str | None = Field(default=None, max_length=60, description="地区，问题里没有写时才需要")
    as_of: date | None = Field(default=None, description="判断日期，如 2026-11-21；不写就是今天")


class SearchArguments(Arguments):
    """Words to look for."""

    text: Words = Field(description="要找的内容，一句话或几个词")
    limit: int = Field(default=8, ge=1, le=CLAUSES_MAX, description="至多给几条")


class FactArguments(Arguments):
    """Which facts; what is not given leaves all."""

    region: str = Field(default="", max_length=60, description="地区，如 威海市；省名包括省内各地")
    text: str = Field(default="", max_length=200, description="含有的词，空格分开，须全部含有")
    document: str = Field(default="", max_length=200, description="文件编号，如 longgang-2023")
    standard: str = Field(default="", max_length=40, description="标准类别，如 国家标准")
    role: str = Field(default="", max_length=40, description="身份：主导、参与")
    limit: int = Field(default=20, ge=1, le=FACTS_MAX, description="至多给几条")


class ReadArguments(Arguments):
    """Which part of a document."""

    document_id: str = Field(min_length=1, max_length=200, description="文件编号，如 longgang-2023")
    start: int = Field(default=0, ge=0, le=10**9, description="从第几个字起（从 0 数）")
    length: int = Field(default=LENGTH_MAX, ge=1, le=LENGTH_MAX, description="读多少字")


class Clauses(Record):
    """Clauses, the best first."""

    clauses: tuple[Citation, ...]


class Facts(Record):
    """Facts, and how many there are in all."""

    total: int
    facts: tuple[FactRecord, ...]


class Reading(Record):
    """A stretch of a document: `text` is `start:end` of its `total` characters."""

    id: str
    title: str
    region: str
    document_number: str | None
    standing: Standing
    text: str
    start: int
    end: int
    total: int


@dataclass(frozen=True, kw_only=True)
class Tool:
    """A tool: its name, the forms of its arguments and its result, and the call."""

    name: str
    takes: type[BaseModel]
    gives: type[BaseModel]
    run: Callable[[Any], BaseModel]

    def call(self, arguments: Mapping[str, Any]) -> BaseModel:
        """Check the arguments and run.

        Raises:
            ToolRefused: The arguments are not of the form, or there is nothing to do with them.
        """
        try:
            if self.takes is ClaimEntry:
                return self.run(read_claim(dict(arguments)))
            return self.run(self.takes.model_validate_json(json.dumps(arguments), strict=True))
        except ValidationError as error:
            faults = "；".join(dict.fromkeys(_fault(problem) for problem in error.errors()[:5]))
            raise ToolRefused(words.TOOL_BAD_ARGUMENTS.format(faults=faults)) from error
        except ClaimFileError as error:
            raise ToolRefused(words.TOOL_BAD_CLAIM.format(message=error)) from error


def make_tools(service: Service) -> tuple[Tool, ...]:
    """The tools over a service."""

    def ask(given: AskArguments) -> Answer:
        asked = clean_text(given.question)
        if not asked:
            raise ToolRefused(words.TOOL_BAD_ARGUMENTS.format(faults=_EMPTY.format(field="question")))
        region = clean_text(given.region or "") or None
        return service.answer(
            Question(question=asked, history=bounded_history(given.history), region=region, as_of=given.as_of)
        )

    def search(given: SearchArguments) -> Clauses:
        return Clauses(clauses=tuple(service.search(clean_text(given.text), given.limit)))

    def find(given: FactArguments) -> Facts:
        view, day = service.ledger(), today()
        found = select_facts(view, FactFilter(**given.model_dump(exclude={"limit"})), day)
        told = describe_facts(view, found[: given.limit], day)
        return Facts(total=len(found), facts=tuple(FactRecord.model_validate(fact) for fact in told))

    def read(given: ReadArguments) -> Reading:
        return _read(service, given)

    return (
        Tool(name="ask", takes=AskArguments, gives=Answer, run=ask),
        Tool(name="search_clauses", takes=SearchArguments, gives=Clauses, run=search),
        Tool(name="find_facts", takes=FactArguments, gives=Facts, run=find),
        Tool(name="estimate_claim", takes=ClaimEntry, gives=EstimateReport, run=service.estimate),
        Tool(name="read_document", takes=ReadArguments, gives=Reading, run=read),
    )


def _read(service: Service, given: ReadArguments) -> Reading:
    document = service.document(given.document_id) if given.document_id.isprintable() else None
    if document is None:
        raise ToolRefused(words.TOOL_NO_DOCUMENT)
    text = str(document["text"])
    if given.start >= len(text):
        raise ToolRefused(words.TOOL_BEYOND.format(total=len(text)))
    end = min(len(text), given.start + given.length)
    return Reading(
        id=str(document["id"]),
        title=str(document["title"]),
        region=str(document.get("region", "")),
        document_number=document.get("document_number"),
        standing=standing_of(document, today()),
        text=text[given.start : end],
        start=given.start,
        end=end,
        total=len(text),
    )


_EMPTY = words.TOOL_FAULTS["string_too_short"]


def _fault(problem: Any) -> str:  # noqa: ANN401 - pydantic's error record
    field = ".".join(str(part)[:40] for part in problem["loc"]) or "arguments"
    return words.TOOL_FAULTS.get(problem["type"], words.TOOL_FAULT).format(field=field, **(problem.get("ctx") or {}))
