"""The tools of the agent: what the rules engine itself stands on, read only, each result short.

What a document says comes back marked as data. Nothing that a tool gives reaches the user by way of the model: the
frame that the model fills holds the user's words, and the rules engine answers it.
"""

from collections.abc import Callable, Iterable
from datetime import date
from itertools import islice

from langchain_core.tools import BaseTool, StructuredTool, ToolException
from pydantic import BaseModel, ConfigDict, Field

from assistant.answer import Assistant
from assistant.claim_file import AchievementEntry, ClaimEntry
from assistant.ledger_view import LedgerView
from assistant.llm import wording
from assistant.naming import name_award
from assistant.sums import say_amount
from corpus.records import Region

CLAUSES_MAX, CLAUSE_CHARACTERS = 3, 160
FACTS_MAX, DOCUMENTS_MAX, ITEMS_MAX = 8, 12, 10
NEIGHBOUR_CHARACTERS = 80


class _Arguments(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class SearchArguments(_Arguments):
    """Words to look for."""

    text: str = Field(min_length=1, max_length=200, description="要找的词")


class ClauseArguments(_Arguments):
    """A clause."""

    clause: str = Field(min_length=1, max_length=200, description="search_clauses 给出的编号")


class FactArguments(_Arguments):
    """Which facts."""

    region: str = Field(default="", max_length=60, description="地区")
    text: str = Field(default="", max_length=60, description="含有的词，空格分开")


class RegionArguments(_Arguments):
    """A region, or none."""

    region: str = Field(default="", max_length=60, description="地区；不写就是全部")


class EstimateArguments(_Arguments):
    """What was done, and where."""

    region: str = Field(min_length=2, max_length=60, description="地区")
    done: list[str] = Field(min_length=1, max_length=ITEMS_MAX, description="做成的事，一件一条")


def make_tools(assistant: Assistant, today: date) -> list[BaseTool]:
    """The tools over one assistant, as of one day."""
    texts = assistant.texts
    view = LedgerView(assistant.ledger, texts.documents.values())

    def search_clauses(text: str) -> str:
        found = dict.fromkeys(one.passage.clause_id for one in assistant.find_passages(text))
        return _data(_clause_line(assistant, clause_id) for clause_id in list(found)[:CLAUSES_MAX])

    def read_clause(clause: str) -> str:
        if clause not in texts.clauses:
            raise ToolException(wording.NO_CLAUSE)
        one = texts.clauses[clause]
        document = texts.documents[one.document_id]
        before = document.text[max(0, one.start - NEIGHBOUR_CHARACTERS) : one.start]
        after = document.text[one.end : one.end + NEIGHBOUR_CHARACTERS]
        return _data([before, document.text[one.start : one.end][: CLAUSE_CHARACTERS * 3], after])

    def find_facts(region: str = "", text: str = "") -> str:
        found = view.select(region=region or None, text=text or None)
        lines = (f"{view.document_of(one).region.name} {name_award(one)} {say_amount(one.amount)}" for one in found)
        return _data(islice(lines, FACTS_MAX))

    def estimate_claim(region: str, done: list[str]) -> str:
        try:
            claim = ClaimEntry(region=region, achievements=tuple(AchievementEntry(what=what[:200]) for what in done))
            return assistant.estimate(claim, today).text
        except ValueError as error:  # a claim that is not of the form, too
            raise ToolException(str(error)[:200]) from error

    def list_documents(region: str = "") -> str:
        found = [one for one in texts.documents.values() if region in one.region.name]
        return _data(f"{one.region.name} {one.short_title}" for one in found[:DOCUMENTS_MAX])

    def list_regions(region: str = "") -> str:
        names = sorted({one.region.name for one in texts.documents.values()} - {Region().name})
        return "、".join(name for name in names if region in name) or wording.NOTHING_HERE

    return [
        _tool(search_clauses, SearchArguments),
        _tool(read_clause, ClauseArguments),
        _tool(find_facts, FactArguments),
        _tool(estimate_claim, EstimateArguments),
        _tool(list_documents, RegionArguments),
        _tool(list_regions, RegionArguments),
    ]


def _clause_line(assistant: Assistant, clause_id: str) -> str:
    clause = assistant.texts.clauses[clause_id]
    document = assistant.texts.documents[clause.document_id]
    text = document.text[clause.start : clause.end][:CLAUSE_CHARACTERS]
    return f"{clause_id} {document.region.name} {clause.locator} {text}"


def _data(lines: Iterable[str]) -> str:
    """Lines of documents, marked as such."""
    told = wording.inert("\n".join(lines))
    return f"<资料>\n{told}\n</资料>" if told.strip() else wording.NOTHING_HERE


def _tool(run: Callable[..., str], takes: type[BaseModel]) -> BaseTool:
    name = run.__name__
    return StructuredTool.from_function(
        run,
        name=name,
        description=wording.AGENT_TOOLS[name],
        args_schema=takes,
        handle_tool_error=True,
        handle_validation_error=wording.BAD_ARGUMENTS,
    )
