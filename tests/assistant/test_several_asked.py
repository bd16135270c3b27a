"""Several things asked at once: a follow-up of two questions, a rule of several places, several documents' validity."""

from collections.abc import Iterator

import pytest

from assistant.compound import take_apart
from assistant.messages import CLAIM_UNKNOWN_PART, PART_NOT_FOUND
from tests.assistant.module_policies import Hear, hearing, places, sums

FIRST, FIFTH, SECOND = "第九条", "第五条", "二、领取办法（二）"
RULES = {"襄阳": ("襄阳市", FIRST, "9个"), "遵义": ("遵义市", FIFTH, "15个"), "柳州": ("柳州市", SECOND, "20个")}
ENDS = {"襄阳": "2028年12月31日", "遵义": "2025年2月28日", "柳州": "2028年12月31日"}
TITLES = {"襄阳": "襄阳市标准化工作奖励办法", "遵义": "遵义市标准化扶持细则", "柳州": "柳州市标准化奖补规定"}


@pytest.fixture(scope="module")
def hear(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hear]:
    with hearing(tmp_path_factory.mktemp("several")) as heard:
        yield heard


# —— things named one beside the other


@pytest.mark.parametrize(
    ("question", "paid"),
    [
        ("襄阳国家级领跑者和省级领跑者分别多少", [12, 8]),
        ("襄阳参与制定国标和评上省级领跑者各多少", [9, 8]),
        ("襄阳承担全国TC秘书处和评上国家级领跑者分别多少", [13, 12]),
        ("襄阳主导国标给9万，参与国标给28万，是吗", [28, 9]),
        ("襄阳主导制定国际标准、参与制定国家标准分别多少", [58, 9]),
        ("襄阳是不是国家级领跑者给8万？有人跟我说省级领跑者给12万", [12, 8]),
    ],
)
def test_of_things_asked_one_by_one_each_is_told(hear: Hear, question: str, paid: list[float]) -> None:
    [answer] = hear(question)
    assert (answer.status, sorted(sums(answer))) == ("answered", sorted(paid))


@pytest.mark.parametrize(
    ("question", "paid", "missing"),
    [
        ("襄阳参与制定国标和地方标准各多少", [9], "地方标准"),
        ("襄阳评上省级领跑者和质量奖分别多少", [8], "质量奖"),
        ("襄阳参与制定国标、地方标准给多少", [9], "地方标准"),
    ],
)
def test_the_one_without_an_award_is_named_as_missing(
    hear: Hear, question: str, paid: list[float], missing: str
) -> None:
    [answer] = hear(question)
    assert (answer.status, sums(answer)) == ("answered", paid)
    assert PART_NOT_FOUND.format(topic=missing) in answer.answer


@pytest.mark.parametrize(
    ("question", "paid", "missing"),
    [
        ("襄阳一个国家级领跑者、一个市级领跑者，合计20万是不", [12], "市级领跑者"),
        ("襄阳主导制定国标一项、主导制定企业标准一项，两项加起来多少", [28], "企业标准"),
    ],
)
def test_of_a_total_what_is_paid_is_told_by_itself(hear: Hear, question: str, paid: list[float], missing: str) -> None:
    [answer] = hear(question)
    assert (answer.status, sums(answer)) == ("answered", paid)
    assert CLAIM_UNKNOWN_PART.format(about=missing) in answer.answer


@pytest.mark.parametrize(
    "question",
    [
        "襄阳主导制定国标2项、企业标准1项，一共多少",
        "襄阳主导国标1项、第二位的企业标准1项，一共多少",
        "襄阳去年拿过国标的奖，今年主导企业标准1项，还能拿多少",
    ],
)
def test_what_would_have_to_be_reckoned_is_not(hear: Hear, question: str) -> None:
    [answer] = hear(question)
    assert (answer.status, sums(answer)) == ("not_found", [])


@pytest.mark.parametrize("question", ["襄阳国家级领跑者和省级领跑者分别多少", "襄阳主导国标和行标各多少"])
def test_nothing_is_missing_where_each_has_its_award(hear: Hear, question: str) -> None:
    [answer] = hear(question)
    assert len(sums(answer)) == 2
    assert "没有找到" not in answer.answer


# —— follow-ups of two questions


@pytest.mark.parametrize(
    ("follow_up", "parts"),
    [
        ("良好呢？市级的又是多少", ["良好呢？", "市级的又是多少"]),
        ("省级呢？4A的呢？", ["省级呢？", "4A的呢？"]),
        ("省级多少？市级几万？县级呢？", ["省级多少？", "市级几万？", "县级呢？"]),
        ("省级呢？一共多少？", ["省级呢？一共多少？"]),
        ("我们评上了。省级多少", ["我们评上了。省级多少"]),
        ("省级呢？", ["省级呢？"]),
    ],
)
def test_each_short_question_of_a_talk_is_a_part(follow_up: str, parts: list[str]) -> None:
    assert take_apart(follow_up, in_talk=True) == parts


def test_without_a_talk_they_stay_together() -> None:
    assert take_apart("良好呢？市级的又是多少") == ["良好呢？市级的又是多少"]


@pytest.mark.parametrize(
    ("first", "follow_up", "paid", "quoted"),
    [
        ("襄阳国家级领跑者奖多少", "省级呢？良好行为4A的又是多少", [8, 4], [FIFTH, "第六条"]),
        ("襄阳省级领跑者奖多少", "国家级呢？承担全国TC秘书处的又是多少", [12, 13], [FIFTH, "第四条"]),
        ("襄阳参与制定国标奖多少", "参与国际标准的呢？评上省级领跑者的又是多少", [19, 8], ["第一条", FIFTH]),
    ],
)
def test_a_follow_up_of_two_questions_has_both_answers(
    hear: Hear, first: str, follow_up: str, paid: list[float], quoted: list[str]
) -> None:
    _, answer = hear(first, follow_up)
    assert (answer.question, answer.status, sums(answer)) == (follow_up, "answered", paid)
    assert places(answer) == [("襄阳市", place) for place in quoted]


def test_two_places_of_a_follow_up_have_each_its_own_sum(hear: Hear) -> None:
    _, answer = hear("襄阳承担全国TC秘书处奖多少", "遵义呢？柳州国家级试点市级财政又是多少")
    assert sums(answer) == [24, 18]
    assert [region for region, _ in places(answer)] == ["遵义市", "柳州市"]


# —— a rule of several places


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("襄阳和柳州评审结果公示多少个工作日", ["襄阳", "柳州"]),
        ("遵义和襄阳的评审结果公示几天", ["遵义", "襄阳"]),
        ("襄阳、遵义、柳州的评审结果分别公示几天", ["襄阳", "遵义", "柳州"]),
        ("柳州的评审结果公示几天", ["柳州"]),
    ],
)
def test_each_place_is_answered_by_its_own_clause(hear: Hear, question: str, asked: list[str]) -> None:
    [answer] = hear(question)
    assert answer.status == "answered"
    assert places(answer) == [RULES[one][:2] for one in asked]
    said = [one for one, (_, _, days) in RULES.items() if f"公示{days}工作日" in answer.answer]
    assert sorted(said) == sorted(asked)


def test_a_place_without_documents_is_said_to_have_none(hear: Hear) -> None:
    [answer] = hear("襄阳和昆明的评审结果公示几天")
    assert places(answer) == [RULES["襄阳"][:2]]
    assert "没有收录云南省昆明市" in answer.answer


# —— validity


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("襄阳、遵义的奖励办法现在还有效吗", ["襄阳", "遵义"]),
        ("遵义和柳州的标准化政策是否有效", ["遵义", "柳州"]),
        ("遵义、柳州、襄阳的政策有效期分别到什么时候", ["遵义", "柳州", "襄阳"]),
        ("《襄阳市标准化工作奖励办法》和《遵义市标准化扶持细则》还有效吗", ["襄阳", "遵义"]),
        ("《遵义市标准化扶持细则》过期了吗", ["遵义"]),
        ("柳州的奖补规定现在还有效吗", ["柳州"]),
    ],
)
def test_of_each_document_asked_the_end_is_told_and_quoted(hear: Hear, question: str, asked: list[str]) -> None:
    [answer] = hear(question)
    assert [region for region, _ in places(answer)] == [f"{one}市" for one in asked]
    for one, title in TITLES.items():
        state = "已失效" if one == "遵义" else "在有效期内"
        assert (f"《{title}》{state}" in answer.answer) == (one in asked)
    assert all(ENDS[one] in citation.quote for one, citation in zip(asked, answer.citations, strict=True))
