"""Searching a published index."""

import threading

import pytest

from index import EmbeddingFailed, HashEmbedder, Query, open_index
from index.retriever import PassageRetriever


@pytest.fixture(scope="module")
def opened(built_home):
    index = open_index(built_home, HashEmbedder())
    yield index
    index.close()


def test_a_passage_is_found_by_its_own_text_in_both_channels(opened):
    for passage in opened.passages[::9]:
        hit = opened.search(Query(text=passage.text, limit=1))[0]
        assert hit.passage == passage
        assert hit.lexical_rank == 1
        assert hit.dense_rank is not None


def test_a_standard_number_finds_its_clause(opened, small):
    passage = small.passages[40]
    number = passage.text[passage.text.index("GB/T") : passage.text.index("的，")]
    assert opened.search(Query(text=number, limit=1))[0].lexical_rank == 1
    assert number in opened.search(Query(text=number, limit=1))[0].passage.text


@pytest.mark.parametrize("chosen", [{"made-up-3"}, {"made-up-3", "made-up-7", "no-such"}])
def test_a_filter_by_document_holds_in_both_channels(opened, chosen):
    hits = opened.search(Query(text="牵头起草国家标准的激励", documents=frozenset(chosen), limit=50))
    assert len(hits) == 8 * len(chosen - {"no-such"})
    assert {hit.passage.document_id for hit in hits} == chosen - {"no-such"}


def test_unknown_documents_give_nothing(opened):
    assert opened.search(Query(text="标准", documents=frozenset({"no-such"}))) == []
    assert opened.search(Query(text="标准", documents=frozenset())) == []


def test_terms_are_searched_with_the_words(opened):
    plain = opened.search(Query(text="怎么", limit=50))
    assert all(hit.lexical_rank is None for hit in plain)
    helped = opened.search(Query(text="怎么", limit=50, terms=("海洋牧场",)))
    assert "海洋牧场" in next(hit for hit in helped if hit.lexical_rank == 1).passage.text


@pytest.mark.parametrize("limit", [0, 101, 10**9])
def test_the_limit_is_bounded(limit):
    with pytest.raises(ValueError, match="1 to 100"):
        Query(text="标准", limit=limit)


@pytest.mark.parametrize("text", ["", "   ", "\ud800", "\x00", "？！", "标" * 100_000, "𠮷野家", "a" * 5000])
def test_odd_questions_are_no_errors(opened, text):
    assert len(opened.search(Query(text=text, limit=5))) <= 5


def test_the_same_question_gives_the_same_hits_from_many_threads(opened):
    query = Query(text="茶叶领域修订团体标准给多少", limit=20)
    expected, found = opened.search(query), []
    threads = [threading.Thread(target=lambda: found.append(opened.search(query))) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [expected] * 16


def test_without_an_embedding_the_words_decide(built_home, small):
    class Down(HashEmbedder):
        def embed_query(self, text):
            raise EmbeddingFailed("the endpoint is down")

    index = open_index(built_home, Down())
    hit = index.search(Query(text=small.passages[3].text, limit=1))[0]
    assert (hit.passage, hit.dense_rank) == (small.passages[3], None)


def test_records_are_served_from_the_snapshot(opened, small):
    assert opened.documents == small.documents
    assert opened.clauses == small.clauses
    assert opened.passages == small.passages
    assert opened.document("made-up-2").title == small.documents[2].title
    assert opened.clause("made-up-2#1").document_id == "made-up-2"


def test_the_retriever_gives_langchain_documents(opened, small):
    passage = small.passages[20]
    found = PassageRetriever(index=opened, limit=3).invoke(passage.text)
    assert len(found) == 3
    assert found[0].page_content == passage.text
    assert found[0].metadata["document"] == passage.document_id
    assert found[0].metadata["locator"] == opened.clause(passage.clause_id).locator
    text = opened.document(passage.document_id).text
    assert text[found[0].metadata["start"] : found[0].metadata["end"]] == passage.text
