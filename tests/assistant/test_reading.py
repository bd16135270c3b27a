"""What a question asks, as far as it can be told: regions, concepts, levels, intents, and what it takes over."""

import pytest

from assistant.intents import Intent, read_intents
from assistant.reading import Reading, is_follow_up, read_conversation, read_question, visible
from assistant.scope import find_scope
from corpus.folding import fold
from corpus.records import Region

XIAOSHAN = Region(province="浙江省", city="杭州市", county="萧山区")
SUZHOU = Region(province="江苏省", city="苏州市")
QINGDAO = Region(province="山东省", city="青岛市")
YANTAI = Region(province="山东省", city="烟台市")
KNOWN = (XIAOSHAN, SUZHOU, QINGDAO, YANTAI)


def names(reading: Reading) -> set[str]:
    """The names of the concepts that a question was read to name."""
    return {concept.name for concept in reading.concepts}


def read(*questions: str) -> Reading:
    return read_conversation(questions, KNOWN)


@pytest.mark.parametrize(
    ("question", "regions"),
    [
        ("萧山区主导制定国家标准奖励多少", [XIAOSHAN]),
        ("我厂在萧山，国标给多少", [XIAOSHAN]),
        ("杭州萧山的企业", [XIAOSHAN]),
        ("山东烟台牵头国家标准", [YANTAI]),
        ("苏州和青岛哪个多", [SUZHOU, QINGDAO]),
        ("青岛市崂山区的企业能领吗", [Region(province="山东省", city="青岛市", county="崂山区")]),
        ("山东省有哪些奖励", [Region(province="山东省")]),
        ("主导制定国家标准奖励多少", []),
        ("评审专家要具备友好态度吗", []),  # 友好区 is a county, 友好 a word
    ],
)
def test_regions_are_read_at_any_level_and_by_short_names(question, regions):
    assert list(read_question(question, KNOWN).regions) == regions


def test_the_region_stated_beside_a_question_counts_only_where_it_names_none():
    assert read_question("国家标准奖励多少", KNOWN, "烟台市").regions == (YANTAI,)
    assert read_question("苏州国家标准奖励多少", KNOWN, "烟台市").regions == (SUZHOU,)
    assert read_conversation(["苏州国家标准奖励多少", "那行业标准呢"], KNOWN, "烟台市").regions == (SUZHOU,)
    assert read_conversation(["国家标准奖励多少"], KNOWN, "没有这个地方").regions == ()


@pytest.mark.parametrize(
    ("question", "concepts"),
    [
        ("主导制定国家标准奖励多少", {"主导", "制定", "国家标准"}),
        ("参编行标", {"参与", "行业标准"}),
        ("牵头修订团标", {"主导", "修订", "团体标准"}),
        ("地标、企标各多少", {"地方标准", "企业标准"}),
        ("承担全国TC秘书处", {"国家级", "技术委员会", "秘书处"}),
        ("承担全国ＳＣ秘书处", {"国家级", "分技术委员会", "秘书处"}),
        ("全国分标委秘书处", {"国家级", "分技术委员会", "秘书处"}),
        ("ETC通道", set()),  # TC is not in ETC
        ("拿了AAAA级", {"4A"}),
        ("拿了五A级", {"5A"}),
        ("获中国标准创新贡献奖二等奖", {"国家级", "创新贡献奖", "二等奖"}),
        ("國家標準", {"国家标准"}),
        ("今天天气怎么样", set()),
    ],
)
def test_concepts_are_found_in_jargon_widths_and_traditional_characters(question, concepts):
    assert names(read_question(question, KNOWN)) == concepts


@pytest.mark.parametrize("written", ["GB/T 1.1", "ＧＢ／Ｔ　１．１", "gb/t1.1", "GB/T1.1-2020"])
def test_a_standards_number_says_whose_standard_it_is(written):
    # The number follows GB/T at once as often as behind a space; only the latter used to be recognised.
    assert names(read_question(f"主导制定{written}", KNOWN)) == {"主导", "制定", "国家标准"}


@pytest.mark.parametrize("written", ["TC28", "SAC/TC28", "TC 28"])
def test_a_committees_number_leaves_it_a_committee(written):
    assert "技术委员会" in names(read_question(f"承担{written}秘书处", KNOWN))


@pytest.mark.parametrize(
    ("question", "kept", "gone"),
    [
        ("不是国家标准，是行业标准", "行业标准", "国家标准"),
        ("并非国家标准而是行业标准", "行业标准", "国家标准"),
        ("非国家标准的团体标准", "团体标准", "国家标准"),
        ("除国家标准外，地方标准给多少", "地方标准", "国家标准"),
        ("制定国家标准，不含修订", "制定", "修订"),
    ],
)
def test_what_is_negated_is_not_asked_for(question, kept, gone):
    found = names(read_question(question, KNOWN))
    assert kept in found
    assert gone not in found


@pytest.mark.parametrize(
    ("question", "levels", "regions"),
    [
        ("苏州市主持制定苏州市地方标准", ("苏州市",), (SUZHOU,)),
        ("苏州主持江苏省地方标准", ("江苏省",), (SUZHOU,)),
        ("青岛承担山东省级技术委员会秘书处", ("山东省",), (QINGDAO,)),
        ("青岛承担山东省专业标准化技术委员会秘书处", ("山东省",), (QINGDAO,)),
        ("苏州市主持制定国家标准", (), (SUZHOU,)),
        ("山东省青岛市国家标准奖励", (), (QINGDAO,)),
    ],
)
def test_a_region_before_a_standard_or_committee_says_its_level(question, levels, regions):
    reading = read_question(question, KNOWN)
    assert (reading.levels, reading.regions) == (levels, regions)


@pytest.mark.parametrize(
    ("question", "intents"),
    [
        ("主导国家标准奖励多少钱", {Intent.AMOUNT}),
        ("申请截止到几月几号", {Intent.DEADLINE}),
        ("公示多少天", {Intent.DURATION}),
        ("几名专家评审", {Intent.COUNT}),
        ("归谁管", {Intent.WHO}),
        ("要交什么材料", {Intent.MATERIALS}),
        ("骗取资金会怎么处理", {Intent.CONSEQUENCE}),
        ("主导单位是指什么", {Intent.DEFINITION}),
        ("这个办法还有效吗", {Intent.VALIDITY}),
        ("萧山区", set()),
    ],
)
def test_the_sort_of_thing_asked_for_is_told(question, intents):
    assert read_intents(fold(question)) == intents


def test_a_number_of_days_or_people_is_no_question_for_money():
    assert Intent.AMOUNT not in read_intents(fold("奖励公示多少天"))
    assert Intent.AMOUNT not in read_intents(fold("奖励评审几个人"))
    assert Intent.AMOUNT in read_intents(fold("奖励几万"))


def test_the_validity_asked_for_is_a_documents_only_where_it_is_one():
    assert read_question("萧山的办法还有效吗", KNOWN).asks_validity
    assert not read_question("首席标准官聘书到期怎么续", KNOWN).asks_validity
    assert not read_question("萧山国家标准奖励多少", KNOWN).asks_validity


def test_a_follow_up_keeps_region_role_act_and_intent_and_replaces_the_standard():
    reading = read("萧山区主导制定国家标准奖励多少", "那行业标准呢")
    assert reading.regions == (XIAOSHAN,)
    assert names(reading) == {"主导", "制定", "行业标准"}
    assert reading.has(Intent.AMOUNT)


@pytest.mark.parametrize(
    ("follow_up", "concepts"),
    [
        ("如果是修订呢", {"主导", "修订", "国家标准"}),
        ("参与的呢", {"参与", "制定", "国家标准"}),
        ("那地标呢？", {"主导", "制定", "地方标准"}),
    ],
)
def test_a_follow_up_replaces_only_the_kind_it_names(follow_up, concepts):
    assert names(read("萧山区主导制定国家标准奖励多少", follow_up)) == concepts


def test_another_region_replaces_the_region_and_nothing_else():
    reading = read("萧山区主导制定国家标准奖励多少", "换成烟台")
    assert reading.regions == (YANTAI,)
    assert names(reading) == {"主导", "制定", "国家标准"}


def test_a_grade_is_replaced_by_a_grade():
    assert names(read("萧山良好行为AAAA级奖励多少", "那3A呢")) == {"标准化良好行为", "3A"}


def test_another_item_drops_the_grade_and_the_level_of_the_one_before():
    reading = read("苏州获得创新贡献奖一等奖奖励多少", "那标准化试点呢")
    assert names(reading) == {"试点示范"}


def test_what_is_carried_goes_through_several_turns():
    reading = read("萧山区主导制定国家标准奖励多少", "行业标准呢", "那参与呢")
    assert names(reading) == {"参与", "制定", "行业标准"}
    assert reading.regions == (XIAOSHAN,)


def test_a_new_topic_drops_everything_but_the_region():
    reading = read("萧山区主导制定国家标准奖励多少", "骗取奖励资金被查出来以后企业会怎样被处理和追究")
    assert names(reading) == set()
    assert reading.carried == ""
    assert reading.intents == {Intent.CONSEQUENCE}
    assert reading.regions == (XIAOSHAN,)


def test_a_question_that_stands_alone_is_no_follow_up():
    assert not is_follow_up(read_question("主导制定国家标准奖励多少", KNOWN))
    assert is_follow_up(read_question("那行业标准呢", KNOWN))
    assert is_follow_up(read_question("要材料吗", KNOWN))


def test_a_conversation_without_questions_is_refused():
    with pytest.raises(ValueError, match="without questions"):
        read_conversation([], KNOWN)


@pytest.mark.parametrize(
    "hidden", ["\u200b", "\u200d", "\u2060", "\ufeff", "\u202e", "\u2066", "\x00", "\x1b", "\ud800", "\U000e0049"]
)
def test_invisible_characters_change_nothing_of_the_reading(hidden):
    spoiled = hidden.join("萧山国家标准奖励")
    assert visible(spoiled) == "萧山国家标准奖励"
    assert read_question(spoiled, KNOWN) == read_question("萧山国家标准奖励", KNOWN)


def test_reading_leaves_the_question_as_it_was_asked():
    assert read_question("萧山ＡＡＡＡ級", KNOWN).text == "萧山ＡＡＡＡ級"


def test_a_district_is_answered_by_its_city_and_a_province_by_what_lies_in_it(documents):
    every = list(documents.values())
    district = find_scope(read_question("青岛市崂山区的奖励", KNOWN), every)
    assert {document.id for document in district.own} == {"qingdao-2026", "qingdao-2022"}
    province = find_scope(read_question("山东省的奖励", KNOWN), every)
    assert (province.own, {document.region for document in province.below}) == ((), {QINGDAO, YANTAI})
    sibling = find_scope(read_question("杭州市西湖区的奖励", KNOWN), every)
    assert (sibling.own, sibling.below) == ((), ())
    assert sibling.missing == (Region(province="浙江省", city="杭州市", county="西湖区"),)
