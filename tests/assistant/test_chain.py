"""The assistant as LangChain runnables gives the answers of the assistant, and context word for word."""

import asyncio

import pytest

from assistant.chain import CONTEXT_PASSAGES, AnsweringRetriever, retrieval_chain
from assistant.records import Answer, Question
from tests.assistant.policies import DAY

QUESTIONS = [
    "萧山区主导制定国家标准奖励多少",
    "青岛省级标准化试点扶持多少",
    "主导制定国家标准奖励多少",
    "萧山首席标准官奖励多少",
    "苏州市标准化专项扶持细则还有效吗",
    "？？？",
    "<script>alert(1)</script>",
]


def same(answer: Answer) -> Answer:
    return answer.model_copy(update={"elapsed_ms": 0.0})


@pytest.fixture(scope="module")
def chain(assistant):
    return retrieval_chain(assistant, DAY)


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_chain_gives_the_answer_of_the_assistant(chain, assistant, question):
    result = chain.invoke(question)
    assert set(result) == {"question", "context", "answer"}
    assert result["question"] == question
    assert same(result["answer"]) == same(assistant.answer(Question(question=question), DAY))


def test_the_fields_of_a_question_are_taken_as_well(chain, assistant):
    fields = {"id": "q", "question": "那行业标准呢", "history": ["烟台牵头制定国家标准奖励多少"], "as_of": "2026-11-21"}
    result = chain.invoke(fields)
    assert same(result["answer"]) == same(assistant.answer(Question.model_validate(fields), DAY))
    assert "16万元" in result["answer"].answer


def test_many_questions_and_waiting_for_them_give_the_same(chain):
    one_by_one = [same(chain.invoke(question)["answer"]) for question in QUESTIONS]
    assert [same(result["answer"]) for result in chain.batch(QUESTIONS)] == one_by_one
    assert same(asyncio.run(chain.ainvoke(QUESTIONS[0]))["answer"]) == one_by_one[0]


def test_what_is_no_question_is_refused(chain):
    with pytest.raises(ValueError, match="question"):
        chain.invoke({"question": 5})


@pytest.mark.parametrize("question", QUESTIONS[:5])
def test_the_context_is_the_documents_word_for_word(chain, assistant, question):
    context = chain.invoke(question)["context"]
    assert 1 <= len(context) <= CONTEXT_PASSAGES
    assert len({document.id for document in context}) == len(context)
    for document in context:
        stored = assistant.texts.documents[document.metadata["document"]]
        place = slice(document.metadata["start"], document.metadata["end"])
        assert stored.text[place] == document.page_content
        assert (document.metadata["title"], document.metadata["region"]) == (stored.title, stored.region.name)


@pytest.mark.parametrize(
    "question", ["萧山区主导制定国家标准奖励多少", "萧山承担全国SC秘书处奖励多少", "厦门设首席标准官奖励多少"]
)
def test_what_an_answer_rests_on_is_the_first_of_the_context(chain, question):
    result = chain.invoke(question)
    first = result["context"][0].metadata
    cited = result["answer"].citations[-1]
    assert first["document"] == cited.document
    assert first["start"] < cited.end
    assert cited.start < first["end"]


def test_a_retriever_gives_as_many_as_it_is_told_and_nothing_for_an_unreadable_question(assistant):
    assert len(AnsweringRetriever(assistant=assistant, limit=2).invoke("萧山奖励多少")) == 2
    for unreadable in ("", "？？？", "问" * 501):
        assert AnsweringRetriever(assistant=assistant).invoke(unreadable) == []
    for limit in (0, 1_000):
        with pytest.raises(ValueError, match="limit"):
            AnsweringRetriever(assistant=assistant, limit=limit)


def test_a_question_about_one_region_is_given_no_other_regions_passages(assistant):
    context = AnsweringRetriever(assistant=assistant, limit=50).invoke("烟台牵头制定国家标准奖励多少")
    assert {document.metadata["region"] for document in context} <= {"山东省烟台市", "全国"}
