"""Sentences that set amounts, cut into limbs: what each mentions itself and what it takes over."""

import pytest

from assistant.limbs import Limb, award_limbs
from assistant.texts import Texts

HEAD = "海宁市标准化激励办法\n第一条 为激励标准化工作，制定本办法。\n"


@pytest.fixture
def limbs_of(texts_of):
    """The award limbs of a made-up policy, by the words they begin with."""

    def found(text: str) -> tuple[Texts, list[Limb]]:
        texts = texts_of(HEAD + text)
        return texts, award_limbs(texts, "made-up")

    return found


def words(texts: Texts, limb: Limb) -> str:
    return texts.documents["made-up"].text[limb.start : limb.end]


def test_semicolons_part_limbs_and_each_stands_at_its_place(limbs_of):
    texts, limbs = limbs_of("第二条 主导国家标准的，奖励31万元；参与的，奖励12万元；主导行业标准的，奖励18万元。")
    assert [words(texts, limb) for limb in limbs] == [
        "第二条 主导国家标准的，奖励31万元；",
        "参与的，奖励12万元；",
        "主导行业标准的，奖励18万元。",
    ]


def test_a_limb_takes_over_the_kinds_it_leaves_out_and_no_other(limbs_of):
    _, limbs = limbs_of("第二条 主导制定国家标准的，奖励31万元；参与的，奖励12万元；主导行业标准的，奖励18万元。")
    assert limbs[1].own >= {"参与"} and not limbs[1].own & {"主导", "制定", "国家标准"}
    assert limbs[1].inherited >= {"国家标准", "制定"} and "主导" not in limbs[1].inherited
    assert "国家标准" not in limbs[2].own | limbs[2].inherited
    assert "参与" not in limbs[2].own | limbs[2].inherited


def test_nothing_is_taken_over_from_another_clause(limbs_of):
    _, limbs = limbs_of("第二条 主导国家标准的，奖励31万元。\n第三条 参与的，奖励12万元。")
    assert limbs[1].inherited == frozenset()


def test_an_item_takes_over_from_its_list_head(limbs_of):
    _, limbs = limbs_of("第二条 对主导制定国家标准的单位：\n（一）首次的，奖励31万元；\n（二）再次的，奖励15万元。")
    assert [limb.inherited >= {"主导", "制定", "国家标准"} for limb in limbs] == [True, True]


@pytest.mark.parametrize(
    "limit",
    [
        "同一单位年度奖励累计不超过210万元。",
        "每家企业每年最多90万元。",
        "奖励总额不超过200万元。",
        "同一个单位当年所得奖励以70万元为限。",
    ],
)
def test_a_yearly_limit_is_no_award(limbs_of, limit):
    texts, limbs = limbs_of(f"第二条 主导国家标准的，奖励31万元。\n第三条 {limit}")
    assert [words(texts, limb) for limb in limbs if not limb.is_limit] == ["第二条 主导国家标准的，奖励31万元。"]


def test_a_sentence_without_an_amount_is_no_limb(limbs_of):
    assert limbs_of("第二条 主导国家标准的单位优先。")[1] == []


@pytest.mark.parametrize("share", ["按前述数额的50%奖励", "奖励减半", "奖励前述数额的三分之一"])
def test_a_share_of_another_award_is_an_amount(limbs_of, share):
    _, limbs = limbs_of(f"第二条 主导国家标准的，奖励31万元；主导修订的，{share}。")
    assert limbs[1].own >= {"修订", "主导"}
    assert "国家标准" in limbs[1].inherited


def test_a_row_takes_over_the_category_printed_above_it(limbs_of):
    rows = "类别\t对象\t数额（万元）\n标准化试点\t国家级\t22\n\t省级\t11\n秘书处\t全国\t52\n\t省级\t17\n"
    texts, limbs = limbs_of(f"第二条 奖励见下表：\n{rows}")
    assert [(words(texts, limb), sorted((limb.own | limb.inherited) & {"试点示范", "秘书处"})) for limb in limbs] == [
        ("标准化试点\t国家级\t22", ["试点示范"]),
        ("省级\t11", ["试点示范"]),
        ("秘书处\t全国\t52", ["秘书处"]),
        ("省级\t17", ["秘书处"]),
    ]


def test_a_limb_that_names_no_role_is_for_every_role_but_one_that_names_one_is_not(limbs_of):
    from assistant.limbs import kinds_by_name
    from corpus.vocabulary import concepts

    lead = next(concept for concept in concepts() if concept.name == "主导")
    honour = next(concept for concept in concepts() if concept.name == "质量奖")
    _, limbs = limbs_of("第二条 发布国家标准的，奖励31万元。\n第三条 参与行业标准的，奖励5万元。")
    kinds = kinds_by_name()
    assert limbs[0].covers(lead, kinds)
    assert not limbs[1].covers(lead, kinds)
    assert not limbs[0].covers(honour, kinds)
