"""The number lock: a figure that is in no quote, no step and no word of the asker does not leave the assistant."""

import logging
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from assistant import messages
from assistant.draft import Draft
from assistant.lock import unsupported
from assistant.records import Amount, Answer, Citation, Question, Step, Warning_
from tests.assistant.policies import DAY

QUOTE = "第三条 主导制定国家标准的，每项奖励31万元；参与制定的，按其中的40%奖励，结果公示6个工作日。"
TABLE_ROW = "标准化试点\t国家级项目\t22"
QUESTION = "主导制定国家标准奖多少，听说是73万元？"


def answer_of(text: str, quote: str = QUOTE, question: str = QUESTION, **fields: Any) -> Answer:
    """A finished answer with our own words before a quote."""
    cited = {"document": "made-up", "title": "某市标准激励办法", "region": "某市", "locator": "第三条"}
    citation = Citation(marker=1, quote=quote, start=0, end=len(quote), **cited)
    made = {"id": None, "question": question, "status": "answered", "as_of": DAY, "elapsed_ms": 0.0, **fields}
    return Answer(answer=f"{text}[1]\n\n“{quote}”[1]", citations=(citation,), **made)


def wrong(text: str, history: tuple[str, ...] = (), sources: tuple[str, ...] = (), **fields: Any) -> list[str]:
    return unsupported(answer_of(text, **fields), history, sources)


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("可得32万元", "32万"),
        ("可得31元", "31"),
        ("可得310,001元", "310,001"),
        ("可得3.1万元", "3.1万"),
        ("按45%折算", "45%"),
        ("公示7个工作日", "7"),
        ("公示８天", "8"),
        ("于2031年10月17日截止", "2031"),
        ("共13家单位", "13"),
        ("可得九十九万元", "九十九万元"),
        ("公示七个工作日", "七个工作日"),
        ("按百分之八十折算", "百分之八十"),
        ("按《某市标准激励办法》第三条奖励99万元", "99万"),
        ("由银行99万元支付", "99万"),
        ("LPR 3.45%", "3.45%"),
        ("GB 88万元", "88万"),
        ("附件88万元", "88万"),
        ("可得31亿元", "31亿"),
        ("可得600元", "600"),
        ("可得6万元", "6万"),
    ],
)
def test_a_figure_of_no_source_is_found(text: str, figure: str) -> None:
    assert figure in wrong(text)


@pytest.mark.parametrize(
    "text",
    [
        *["可得31万元", "可得310,000元", "可得３１万元", "按40%奖励", "公示6个工作日"],
        *["每项都奖，没有数字", "排名第2位的不奖", "见第15条", "1. 条文规定的金额"],
    ],
)
def test_what_a_quote_prints_and_ordinals_may_be_said(text: str) -> None:
    assert wrong(text) == []


def test_a_bare_number_of_a_table_may_be_said_with_its_unit() -> None:
    assert wrong("国家级项目：22万元", quote=TABLE_ROW) == []
    assert wrong("国家级项目：23万元", quote=TABLE_ROW) == ["23万"]


@pytest.mark.parametrize(
    ("quote", "text"),
    [
        ("每项奖励五十万元。", "可得50万元"),
        ("按百分之三十五给予。", "按35%折算"),
        ("公示期为十五个工作日。", "公示15个工作日"),
        ("每项奖励十二 万元。", "可得12万元"),
    ],
)
def test_a_chinese_numeral_of_a_quote_supports_its_arabic_form_and_no_other(quote: str, text: str) -> None:
    assert wrong(text, quote=quote) == []
    assert wrong("可得87万元，按71%折算，公示97天", quote=quote) == ["87万", "71%", "97"]


@pytest.mark.parametrize("said", ["73万元", "七十三万元", "730000元", "７３万元", "730,000元"])
def test_the_askers_own_sum_may_be_repeated(said: str) -> None:
    assert wrong("与您所说的73万元不同", question=f"听说是{said}？") == []
    assert wrong("与您所说的73万元不同", question="那呢", history=(f"听说是{said}？",)) == []
    assert wrong("与您所说的74万元不同", question=f"听说是{said}？") == ["74万"]


def test_a_step_supports_its_terms_and_its_result() -> None:
    steps = (Step(step="按数量", expression="310000 * 3", yuan=Decimal(930_000), citation=1),)
    assert wrong("31万元×3＝93万元", calculation=steps) == []
    assert wrong("31万元×3＝94万元", calculation=steps) == ["94万"]
    half = (Step(step="按名次", expression="310000 * 0.85", yuan=Decimal(263_500), citation=1),)
    assert wrong("按85%折算：26.35万元", calculation=half) == []
    assert wrong("按85%折算：26.35万元") == ["85%", "26.35万"]


def test_an_amount_for_programs_is_held_as_the_text_is() -> None:
    assert wrong("", amounts=(Amount(yuan=Decimal(310_000), kind="exact", label="合计"),)) == []
    assert wrong("", amounts=(Amount(yuan=Decimal(320_000), kind="exact", label="合计"),)) == ["320000"]


def test_a_date_of_a_document_is_a_source_and_a_warning_is_held_too() -> None:
    warning = Warning_(code="expired", message="有效期至2029年11月23日，已失效。")
    assert wrong("", warnings=(warning,)) == ["2029", "11", "23"]
    assert wrong("", warnings=(warning,), sources=("2029年11月23日",)) == []


# —— at the door


def test_a_draft_with_a_foreign_figure_is_withheld_and_logged(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR, logger="assistant.draft"):
        answer = Draft(Question(id="q7", question=QUESTION), DAY).finish("not_found", "可得99万元。")
    assert (answer.id, answer.status, answer.answer) == ("q7", "error", messages.WITHHELD)
    assert (answer.amounts, answer.citations, answer.calculation, answer.warnings) == ((), (), (), ())
    [record] = caplog.records
    assert "99万" in record.getMessage() and QUESTION in record.getMessage()


def test_the_day_of_judgement_and_the_words_of_the_question_need_no_quote(caplog: pytest.LogCaptureFixture) -> None:
    draft = Draft(Question(question=QUESTION, as_of=date(2033, 8, 9)), date(2033, 8, 9))
    said = "截至2033年8月9日，与您所说的73万元不同。"
    assert (draft.finish("not_found", said).answer, caplog.records) == (said, [])


@pytest.mark.parametrize(
    ("template", "question"),
    [
        ("AWARD_LINE", "萧山区主导制定国家标准奖励多少"),
        ("CLAIM_TOTAL", "萧山区主导制定国家标准1项、行业标准1项，一共奖励多少"),
        ("ACCORDING_TO", "萧山评审结果公示几天"),
        ("CLAIM_HOW", "萧山区主导制定国家标准1项、行业标准1项，一共奖励多少"),
        ("ASK_BUREAU", "萧山首席标准官奖励多少"),
    ],
)
def test_a_template_that_names_a_figure_of_its_own_is_caught(
    ask: Any, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, template: str, question: str
) -> None:
    assert ask(question).status in ("answered", "not_found")
    monkeypatch.setattr(messages, template, f"另给88.5万元。{getattr(messages, template)}")
    withheld = ask(question)
    assert (withheld.status, withheld.answer) == ("error", messages.WITHHELD)
    assert "88.5" not in withheld.model_dump_json()
    assert "88.5万" in caplog.text
