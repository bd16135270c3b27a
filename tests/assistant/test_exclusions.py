"""A case that a policy says it does not pay for is answered with the sentence that says so, and with no sum."""

from collections.abc import Callable

import pytest

from assistant.compose import Composer
from assistant.exclusions import Exclusions
from assistant.texts import Texts
from tests.assistant.conftest import MONEY
from tests.assistant.policies import DAY

TextsOf = Callable[[str], Texts]

POLICY = """某市标准化激励办法
第一条 主导制定国家标准的，每项奖励37万元。
第二条 {sentence}
第三条 本办法自2025年1月1日起施行。
"""
SENTENCE = "对复评、续展等情形，不予奖励。"


def said(texts: Texts, question: str) -> tuple[bool, Composer]:
    """Whether an exclusion answers a question, and what is said."""
    composer = Composer(texts, DAY)
    found = Exclusions(texts, texts.documents).say(question, texts.documents.values(), composer)
    return found, composer


def cases_of(texts_of: TextsOf, sentence: str, *asked: str) -> list[str]:
    texts = texts_of(POLICY.format(sentence=sentence))
    return [case for case in asked if said(texts, f"我们的{case}，奖励多少")[0]]


@pytest.mark.parametrize(
    "sentence",
    [
        SENTENCE,
        "对复评、续展的，不再奖励。",
        "对于复评和续展情况，一律不予资助。",
        "对复评及续展项目均不给予补助。",
        "对复评或续展行为，不支持。",
    ],
)
def test_each_case_of_the_sentence_is_one(texts_of: TextsOf, sentence: str) -> None:
    assert cases_of(texts_of, sentence, "复评", "续展", "换证", "国家标准") == ["复评", "续展"]


@pytest.mark.parametrize(
    "sentence",
    [
        "对复评、续展等情形，另行奖励。",
        "对复评的企业，奖励减半。",
        "复评由市市场监管局组织，不收取费用。",
        "对弄虚作假的单位，取消复评资格，并追回奖励。",
    ],
)
def test_a_sentence_that_denies_no_award_excludes_nothing(texts_of: TextsOf, sentence: str) -> None:
    assert cases_of(texts_of, sentence, "复评", "续展") == []


def test_the_sentence_is_quoted_word_for_word_and_nothing_else(texts_of: TextsOf) -> None:
    texts = texts_of(POLICY.format(sentence=f"奖励资金由市财政安排。{SENTENCE}"))
    found, composer = said(texts, "4A企业复评奖励多少")
    [citation] = composer.citations()
    assert found and citation.quote.strip() == SENTENCE
    assert texts.documents["made-up"].text[citation.start : citation.end] == citation.quote
    assert citation.locator == "第二条" and "复评" in composer.text() and "[1]" in composer.text()
    assert composer.amounts() == () and MONEY.findall(composer.text()) == []


def test_a_question_that_names_no_such_case_is_left_to_others(texts_of: TextsOf) -> None:
    found, composer = said(texts_of(POLICY.format(sentence=SENTENCE)), "主导制定国家标准奖励多少")
    assert (found, composer.text(), composer.citations()) == (False, "", ())


def test_a_case_typed_in_traditional_characters_is_the_same(texts_of: TextsOf) -> None:
    assert said(texts_of(POLICY.format(sentence=SENTENCE)), "複評獎勵多少")[0]


def test_a_document_that_is_not_asked_about_excludes_nothing(texts_of: TextsOf) -> None:
    texts = texts_of(POLICY.format(sentence=SENTENCE))
    composer = Composer(texts, DAY)
    assert not Exclusions(texts, texts.documents).say("复评奖励多少", [], composer)
    assert not Exclusions(texts, []).say("复评奖励多少", texts.documents.values(), composer)
    assert composer.text() == ""
