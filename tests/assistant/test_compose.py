"""How an answer is put together: ceilings explained once, what the asker believes first, no numbers of clauses."""

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal

import pytest

from assistant.compose import Composer
from assistant.messages import CEILING, CEILING_NOTE
from assistant.quotes import Quote
from assistant.records import Amount
from assistant.sums import say_yuan
from assistant.texts import Texts
from tests.assistant.module_policies import DAY, Hear, hearing, sums

TextsOf = Callable[[str], Texts]
XIANGTAN = """湘潭市标准化激励细则
第一条 主导制定国际标准、国家标准、行业标准的，每项分别给予不超过63万元、36万元、19万元的激励。
第二条 良好行为评价达到AAAA级的企业，奖励8万元；达到AAA级的，奖励5万元。
第三条 主导制定团体标准的，每项奖励3万元。
第四条 同一单位每年获得的奖励总额不超过90万元。
第五条 本细则自2025年1月1日起施行，有效期至2028年12月31日。
"""
PLAIN = """湘潭市标准化激励细则
{clauses}
"""


@pytest.fixture(scope="module")
def hear(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hear]:
    with hearing(tmp_path_factory.mktemp("compose"), {"xiangtan-2025": XIANGTAN}) as heard:
        yield heard


@pytest.fixture
def composer(texts_of: TextsOf) -> Composer:
    return Composer(texts_of(XIANGTAN), DAY)


# —— ceilings


@pytest.mark.parametrize("count", [1, 2, 3])
def test_that_a_sum_is_a_ceiling_is_explained_with_the_first_only(composer: Composer, count: int) -> None:
    ceilings = [CEILING.format(sum=f"{number}万元") for number in range(1, count + 1)]
    for ceiling in ceilings:
        composer.say(f"激励：{ceiling}。")
    first, *rest = composer.text().split("\n\n")
    assert first == f"激励：不超过1万元{CEILING_NOTE}。"
    assert rest == [f"激励：不超过{number}万元。" for number in range(2, count + 1)]


def test_two_ceilings_of_one_paragraph_are_explained_once(composer: Composer) -> None:
    composer.say(f"{CEILING.format(sum='2万元')}，{CEILING.format(sum='1万元')}")
    assert composer.text() == f"不超过2万元{CEILING_NOTE}，不超过1万元"


@pytest.mark.parametrize(
    ("question", "paid", "notes"),
    [
        ("湘潭主导制定国标激励多少", [36], 1),
        ("湘潭主导制定国际标准、国标、行标分别激励多少", [63, 36, 19], 1),
        ("湘潭主导制定国标2项，一共多少", [72], 1),
        ("湘潭4A良好行为奖励多少", [8], 0),
    ],
)
def test_an_answer_explains_ceilings_once_and_sums_never(
    hear: Hear, question: str, paid: list[float], notes: int
) -> None:
    [answer] = hear(question)
    assert (sums(answer), answer.answer.count(CEILING_NOTE)) == (paid, notes)
    assert all(f"不超过{yuan}万元" in answer.answer for yuan in paid if notes)


# —— what the asker believes


def judged(composer: Composer, stated: Sequence[int], believed: Sequence[int], *, asks: bool = True) -> str:
    composer.say("所问：见下。")
    for yuan in stated:
        composer.amount(Amount(yuan=Decimal(yuan), kind="exact", label=say_yuan(Decimal(yuan))))
    composer.judge([Decimal(yuan) for yuan in believed], asks=asks)
    return composer.text().removesuffix("所问：见下。")


@pytest.mark.parametrize(
    ("stated", "believed", "first"),
    [
        ([80_000], [80_000], "是的。"),
        ([80_000], [79_999], "不是79,999元。"),
        ([80_000], [100_000], "不是10万元。"),
        ([80_000], [100_000, 100_000], "不是10万元。"),
        ([80_000], [80_000, 100_000], "不是10万元。"),
        ([80_000], [100_000, 120_000], "不是10万元、12万元。"),
        ([80_000, 50_000], [80_000], ""),
        ([80_000, 50_000], [60_000], "不是6万元。"),
        ([80_000], [], ""),
        ([], [80_000], ""),
    ],
)
def test_an_answer_begins_with_whether_the_sum_believed_in_is_right(
    composer: Composer, stated: list[int], believed: list[int], first: str
) -> None:
    assert judged(composer, stated, believed) == first


@pytest.mark.parametrize(("believed", "first"), [(80_000, ""), (100_000, "不是10万元。")])
def test_a_right_sum_that_was_not_asked_about_is_passed_over(composer: Composer, believed: int, first: str) -> None:
    assert judged(composer, [80_000], [believed], asks=False) == first


def test_a_word_that_leads_begins_the_first_paragraph(composer: Composer) -> None:
    composer.say("甲")
    composer.say("乙")
    composer.lead("是的。")
    assert composer.text() == "是的。甲\n\n乙"


def test_a_word_that_leads_stands_alone_where_nothing_else_is_said(composer: Composer) -> None:
    composer.lead("是的。")
    assert composer.text() == "是的。"


@pytest.mark.parametrize(
    ("question", "first", "paid"),
    [
        ("湘潭4A良好行为是奖励8万元吧", "是的。", [8]),
        ("湘潭4A良好行为是奖励8万元对不对", "是的。", [8]),
        ("湘潭4A良好行为是奖励10万元吧", "不是10万元。", [8]),
        ("湘潭4A良好行为是不是奖励8万元", "是的。", [8]),
        ("湘潭4A良好行为是不是奖励8.1万元", "不是8.1万元。", [8]),
        ("听说湘潭4A良好行为奖励10万元，到底奖励多少", "不是10万元。", [8]),
        ("湘潭主导制定团标3项，是一共9万元吧", "是的。", [9]),
        ("湘潭主导制定团标3项，是一共10万元吧", "不是10万元。", [9]),
    ],
)
def test_a_sum_that_is_asked_about_is_answered_first(hear: Hear, question: str, first: str, paid: list[float]) -> None:
    [answer] = hear(question)
    assert (answer.answer.startswith(first), sums(answer)) == (True, paid)


# Two sums said of two things: that one of them is right of one of them confirms neither.
TWO_BELIEVED = "湘潭是不是3A良好行为给8万？有人跟我说4A给5万"


@pytest.mark.parametrize("question", ["湘潭4A良好行为奖励多少", "湘潭主导制定团标3项，一共多少", TWO_BELIEVED])
def test_a_question_that_believes_nothing_is_told_neither(hear: Hear, question: str) -> None:
    [answer] = hear(question)
    assert not answer.answer.startswith(("是的", "不是"))


# —— numbers of clauses


def quoted(texts: Texts, at: int = 0, skip: int = 0) -> Composer:
    """An answer that quotes a clause, some of its first characters left out."""
    clause = texts.of("made-up")[at]
    composer = Composer(texts, DAY)
    document = texts.documents["made-up"]
    composer.quote([Quote(document=document, clause=clause, start=clause.start + skip, end=clause.end)], opening="：")
    return composer


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("第三条 ", "审核结果公示六天。"),
        ("第十二条", "审核结果公示六天。"),
        ("（三）", "审核结果公示六天。"),
        ("三、", "审核结果公示六天。"),
        ("3. ", "审核结果公示六天。"),
        ("3、", "审核结果公示六天。"),
        ("③", "审核结果公示六天。"),
        ("", "审核结果公示六天。"),
        ("", "1.5倍以内的部分照付。"),
        ("", "第三方出具的报告有效。"),
    ],
)
def test_the_number_of_a_clause_is_left_out_of_the_text_and_kept_in_the_citation(
    texts_of: TextsOf, number: str, words: str
) -> None:
    texts = texts_of(PLAIN.format(clauses=f"{number}{words}"))
    at = next(at for at, clause in enumerate(texts.of("made-up")) if words in texts.text(clause))
    composer = quoted(texts, at)
    [citation] = composer.citations()
    assert composer.text() == f"：“{words}”[1]"
    assert citation.quote == texts.text(texts.of("made-up")[at])
    assert citation.quote.startswith(number.strip()) and citation.quote.endswith(words)


def test_a_quote_from_the_middle_of_a_clause_loses_nothing(texts_of: TextsOf) -> None:
    texts = texts_of(PLAIN.format(clauses="第三条 依照第二条 的情形，审核结果公示六天。"))
    at = next(at for at, clause in enumerate(texts.of("made-up")) if "六天" in texts.text(clause))
    assert quoted(texts, at, skip=len("第三条 依照")).text() == "：“第二条 的情形，审核结果公示六天。”[1]"


def test_the_citations_of_an_answer_keep_the_numbers_that_its_text_drops(hear: Hear) -> None:
    [answer] = hear("湘潭4A良好行为奖励多少")
    [citation] = answer.citations
    assert citation.quote.startswith("第二条 良好行为") and citation.locator == "第二条"
    assert "“良好行为" in answer.answer and "“第二条" not in answer.answer
