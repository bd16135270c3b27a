"""What a question asks besides, and of which place: one part for each, with what they share."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from assistant.answer import Assistant
from assistant.evidence import LEANS_MAX, PARTS_MAX, EvidenceSearch, split_asked
from assistant.ranking import Ranker
from assistant.reading import read_conversation
from assistant.scope import find_scope
from corpus.records import PolicyDocument, Region
from index import open_index
from tests.assistant.conftest import Ask, CrowdedEmbedder

Parts = Callable[[str], list[tuple[str, list[str], list[str]]]]
NATIONAL = "《全国标准化服务机构信用评价规定》"


@pytest.fixture(scope="module")
def parts(assistant: Assistant, documents: dict[str, PolicyDocument], answering_home: Path) -> Iterator[Parts]:
    """The parts of a question: what is asked, of which places, from which documents of theirs or of the nation."""
    index = open_index(answering_home, CrowdedEmbedder())
    search = EvidenceSearch(assistant.texts, Ranker(index))
    policies = list(documents.values())
    known = {document.region for document in policies} - {Region()}

    def parted(question: str) -> list[tuple[str, list[str], list[str]]]:
        reading = read_conversation([question], known)
        own = search.parts(reading, find_scope(reading, policies), policies)
        return [
            (
                "".join(part.text.split()),
                [region.name[-3:] for region in part.regions],
                [document.id for document in (*scope.own, *scope.named)],
            )
            for part, scope in own
        ]

    yield parted
    index.close()


# —— several things asked


@pytest.mark.parametrize(
    "question",
    [
        "萧山评审结果公示几天",
        "萧山评审结果公示几天？",
        "萧山评审结果公示几天？谢谢。",
        "我们是一家泵阀企业。萧山评审结果公示几天？",
        "萧山主导制定国标奖励多少？",
    ],
)
def test_a_question_that_asks_one_thing_stays_as_it_is(question: str) -> None:
    assert split_asked(question) == [(question, "")]


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("萧山激励，公示几天，材料交给谁", ["萧山激励 公示几天", "萧山激励 材料交给谁"]),
        ("公示几天 材料交给谁", ["公示几天", "材料交给谁"]),
        ("材料交给谁，我们在萧山，公示几天", ["材料交给谁 我们在萧山", "我们在萧山 公示几天"]),
    ],
)
def test_pieces_of_one_sentence_share_what_asks_nothing(question: str, asked: list[str]) -> None:
    assert split_asked(question) == [(one, "") for one in asked]


def test_of_many_pieces_the_first_few_are_answered() -> None:
    pieces = ["公示几天", "材料交给谁", "几名专家", "由谁受理", "截止到几月"]
    for stop in "，？":
        assert [text for text, _ in split_asked(stop.join(pieces))] == pieces[:PARTS_MAX]


def test_what_a_sentence_only_tells_belongs_to_each_that_asks() -> None:
    asked = split_asked("我们在萧山做泵阀。材料最后应当交给哪个部门的哪个窗口？评审结果出来以后要在网站上公示几天？")
    assert asked == [
        ("我们在萧山做泵阀，材料最后应当交给哪个部门的哪个窗口", ""),
        ("我们在萧山做泵阀，评审结果出来以后要在网站上公示几天", ""),
    ]


@pytest.mark.parametrize(("length", "leans"), [(LEANS_MAX - 1, True), (LEANS_MAX, False)])
def test_a_short_sentence_goes_on_from_the_first_and_a_longer_one_stands_alone(length: int, leans: bool) -> None:
    first, second = "萧山的激励政策，公示几天", "公示之后由谁核准发放".ljust(length, "款")
    assert split_asked(f"{first}？{second}？")[1:] == [(second, first if leans else "")]


def test_marks_and_words_without_weight_do_not_make_a_sentence_long() -> None:
    first, second = "萧山的激励政策，公示几天", "那么，我们的，应该交给谁呢"
    assert split_asked(f"{first}？{second}？")[1:] == [(second, first)]


def test_a_sentence_that_goes_on_shares_what_the_first_says_and_not_what_it_asks(parts: Parts) -> None:
    assert [text for text, _, _ in parts("萧山的激励，公示几天？材料交给谁？")] == [
        "萧山的激励，公示几天",
        "萧山的激励材料交给谁",
    ]


def test_every_sentence_is_answered_by_its_own_clause(ask: Ask) -> None:
    answer = ask("萧山评审结果公示几天？企业标准实施台账的抽查比例到底是多少？这个激励办法最后由谁来负责解释？")
    assert {citation.locator for citation in answer.citations} == {"第九条", "第十一条", "第十二条"}


def test_each_of_two_things_is_answered_by_its_own_clause(ask: Ask) -> None:
    answer = ask("萧山评审结果公示几天？用假材料骗取奖励的会怎么处理？")
    assert {citation.locator for citation in answer.citations} == {"第九条", "第十条"}
    assert "6个工作日" in answer.answer and "追回" in answer.answer


# —— several places


def test_each_sentence_is_asked_of_its_own_place(parts: Parts) -> None:
    assert parts("萧山评审结果公示几天？烟台由谁受理？") == [
        ("萧山评审结果公示几天", ["萧山区"], ["xiaoshan-2024"]),
        ("烟台由谁受理", ["烟台市"], ["yantai-undated"]),
    ]


def test_a_sentence_of_two_places_is_asked_of_both(parts: Parts) -> None:
    assert [(text, places) for text, places, _ in parts("萧山公示几天？厦门和烟台由谁受理？")] == [
        ("萧山公示几天", ["萧山区"]),
        ("厦门和由谁受理", ["厦门市"]),
        ("烟台由谁受理", ["烟台市"]),
    ]


@pytest.mark.parametrize("question", ["厦门、烟台由谁受理？公示几天？", "厦门、烟台由谁受理，公示几天"])
def test_a_sentence_without_a_place_keeps_the_whole_for_each(parts: Parts, question: str) -> None:
    asked = parts(question)
    assert [places for _, places, _ in asked] == [["厦门市"], ["烟台市"]]
    assert all("由谁受理" in text and "公示几天" in text for text, _, _ in asked)


def test_a_sentence_that_asks_nothing_is_asked_of_no_place(parts: Parts) -> None:
    assert [text for text, _, _ in parts("您好。萧山公示几天？烟台由谁受理？谢谢。")] == [
        "萧山公示几天",
        "烟台由谁受理",
    ]


def test_a_national_document_is_asked_beside_places_only_where_it_is_named(parts: Parts) -> None:
    places = [["萧山区"], ["烟台市"]]
    assert [where for _, where, _ in parts("萧山和烟台公示几天")] == places
    asked = parts(f"萧山和烟台公示几天，{NATIONAL}里是几天")
    assert [where for _, where, _ in asked] == [*places, []]
    assert asked[-1][2] == ["guojia-2021"]


def test_each_place_is_answered_from_its_own_clause_only(ask: Ask) -> None:
    answer = ask("萧山评审结果公示几天？烟台由谁受理？")
    assert [(one.document, one.locator) for one in answer.citations] == [
        ("xiaoshan-2024", "第九条"),
        ("yantai-undated", "二、受理 · 第1段"),
    ]


def test_a_place_that_says_nothing_is_said_to(ask: Ask) -> None:
    answer = ask("萧山和烟台评审结果公示几天")
    assert {one.document for one in answer.citations} == {"xiaoshan-2024"}
    assert "烟台市" in answer.answer and "没有找到" in answer.answer
