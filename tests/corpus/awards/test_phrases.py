"""Any run of award words is read or refused: what the grammar has no place for ends no build."""

from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.awards.malformed import UNREADABLE
from corpus.awards.normalize import normalize
from corpus.awards.phrases import find_phrases
from tests.corpus.awards.made_up import extract

WORDS = [
    *(
        "分别",
        "各自",
        "给予",
        "奖励",
        "一次性",
        "最高",
        "不超过",
        "不低于",
        "以内",
        "每项",
        "/项",
        "每年",
        "按",
        "的",
        "为",
    ),
    *(
        "、",
        "和",
        "及",
        "以及",
        "，",
        "与",
        "或",
        "20%",
        "一半",
        "1:1",
        "10万元",
        "5",
        "3.5万",
        "50元",
        "l.5万元",
        "3万美元",
    ),
    *(
        "10万元至20万元",
        "100（50）万元",
        "1亿元以上",
        "3家",
        "第2位",
        "总额",
        "差额",
        "上限",
        "（上限）",
        "主导",
        "国家标准",
    ),
]


@given(st.lists(st.sampled_from(WORDS), min_size=2, max_size=14).map("".join))
@settings(max_examples=300, deadline=None)
def test_any_run_of_award_words_is_read_or_refused(text: str) -> None:
    plain = normalize(text).text
    for phrase in find_phrases(plain):
        assert phrase.figures
        assert all(phrase.start <= figure.start < figure.end <= phrase.end for figure in phrase.figures)
    extract(f"主导制定国家标准的，{text}。")


def test_figures_in_an_order_that_the_grammar_does_not_know_are_refused() -> None:
    found = extract("主导制定国家标准、行业标准的，给予10万元分别、6万元奖励。")
    assert found.facts == ()
    assert [reject.label for reject in found.rejects] == [UNREADABLE]


def test_a_word_that_leads_to_no_figure_ends_the_phrase() -> None:
    found = extract("主导制定国家标准的，给予10万元、最高荣誉称号。")
    assert [fact.amount.yuan for fact in found.facts] == [100_000]
    assert UNREADABLE not in {reject.label for reject in found.rejects}
