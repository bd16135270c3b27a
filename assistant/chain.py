"""The assistant as LangChain runnables, for those who compose their own: a retriever, a chain, a tool.

`jiangbu ask` goes the same way without LangChain, whose import alone takes most of a second; a test holds
both to the same answers. This file and `index/retriever.py` are the only ones that import LangChain.
"""

from datetime import date
from typing import Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from langchain_core.runnables import Runnable, RunnableLambda, RunnableParallel
from langchain_core.tools import BaseTool, StructuredTool, ToolException
from pydantic import ConfigDict, Field, ValidationError

from assistant import messages
from assistant.answer import Assistant
from assistant.claim_file import ClaimEntry, ClaimFileError, say_fault
from assistant.ranking import Ranked
from assistant.records import Answer, Question
from index.retriever import to_document

CONTEXT_PASSAGES = 8


class AnsweringRetriever(BaseRetriever):
    """Gives the passages that the assistant itself would answer from, best first."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    assistant: Assistant
    limit: int = Field(default=CONTEXT_PASSAGES, ge=1, le=80)

    def _get_relevant_documents(self, query: str, *, run_manager: CallbackManagerForRetrieverRun) -> list[Document]:
        *history, question = query.split("\n")  # one question a line, the last one asked
        return [self._document(one) for one in self.assistant.find_passages(question, history)[: self.limit]]

    def _document(self, one: Ranked) -> Document:
        passage, texts = one.passage, self.assistant.texts
        document, clause = texts.documents[passage.document_id], texts.clauses[passage.clause_id]
        return to_document(passage, document, clause, one.score)


def estimate_tool(assistant: Assistant, today: date) -> BaseTool:
    """The calculator as a tool for agents: a claim in, what it comes to out, as `jiangbu estimate` gives it.

    Args:
        assistant: Works it out; no language model is involved.
        today: The day of judgement for claims without one.
    """

    def estimate_claim(**claim: Any) -> dict[str, Any]:  # noqa: ANN401 - the fields of ClaimEntry
        try:
            return assistant.estimate(ClaimEntry.model_validate(claim), today).model_dump(mode="json")
        except ClaimFileError as error:
            raise ToolException(str(error)) from error

    return StructuredTool.from_function(
        estimate_claim,
        name="estimate_claim",
        description=messages.ESTIMATE_TOOL,
        args_schema=ClaimEntry,
        handle_tool_error=True,
        handle_validation_error=_say_wrong_form,
    )


def _say_wrong_form(error: Exception) -> str:
    """The first fault of a claim of another form, for the agent that wrote it."""
    return say_fault(error) if isinstance(error, ValidationError) else str(error)


def retrieval_chain(assistant: Assistant, today: date, *, limit: int = CONTEXT_PASSAGES) -> Runnable[Any, Any]:
    """The retrieval chain: a question in, `{"question", "context", "answer"}` out.

    Args:
        assistant: Answers; no language model is involved.
        today: The day of judgement for questions without one.
        limit: How many passages `context` holds.

    Returns:
        A runnable over a question (text, or the fields of `Question`); `answer` is an `Answer`.
    """
    retriever = AnsweringRetriever(assistant=assistant, limit=limit)

    def read(asked: str | dict[str, Any]) -> Question:
        return Question(question=asked) if isinstance(asked, str) else Question.model_validate(asked)

    def answer(question: Question) -> Answer:
        return assistant.answer(question, today)

    def text_of(question: Question) -> str:
        return question.question

    def last_of(question: Question) -> str:
        return "\n".join([*question.history, question.question])

    steps: Runnable[Question, dict[str, Any]] = RunnableParallel(
        question=RunnableLambda(text_of),
        context=RunnableLambda(last_of) | retriever,
        answer=RunnableLambda(answer),
    )
    return RunnableLambda(read) | steps
