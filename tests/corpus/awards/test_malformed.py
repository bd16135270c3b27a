"""What cannot be told is refused with its reason, and once it is put right it is read."""

from decimal import Decimal

import pytest

from corpus.awards.malformed import COUNTS_DIFFER, LABELS, NO_BASE, NO_OBJECT, NO_UNIT, TOO_LONG, TORN, UNREADABLE
from tests.corpus.awards.made_up import extract, extract_table, yuan_of

SAMPLES = [(why, sample) for why, (_, samples) in LABELS.items() for sample in samples]
MORE = [
    (COUNTS_DIFFER, "获评甲级、乙级、丙级示范单位的，分别给予8万元、6万元奖励。"),
    (COUNTS_DIFFER, "对主导、参与制定国家标准的单位分别奖励30万元、20万元、10万元。"),
    (NO_UNIT, "主导制定团体标准的，给予一次性奖励6。"),
    (UNREADABLE, "主导制定团体标准的，奖励2O万元。"),
    (UNREADABLE, "主导制定团体标准的，分别奖励I0万元。"),
    (NO_OBJECT, "一次性给予6万元奖励。"),
    (NO_BASE, "参与修订地方标准的，按主导单位奖励额的40%给予奖励。"),
]
# The same sentences with what was wrong put right, and the sums that they then grant.
CORRECTED = [
    (COUNTS_DIFFER, "获得甲等荣誉、乙等荣誉、丙等荣誉的单位，分别奖励9万元、6万元、3万元。", (90000, 60000, 30000)),
    (COUNTS_DIFFER, "对主办、协办单位分别奖励9万元、6万元。", (90000, 60000)),
    (COUNTS_DIFFER, "获评甲级、乙级示范单位的，分别给予8万元、6万元奖励。", (80000, 60000)),
    (NO_UNIT, "对通过现场核验的企业给予50万元的奖励。", (500000,)),
    (NO_UNIT, "主导制定团体标准的，给予一次性奖励6万元。", (60000,)),
    (UNREADABLE, "对通过现场核验的企业给予1.5万元奖励。", (15000,)),
    (UNREADABLE, "对通过核验的企业补助10万元。", (100000,)),
    (TORN, "对通过核验的企业奖励9万元。对通过核验的市级、区级实验室分别奖励9万元、6万元。", (90000, 90000, 60000)),
    (NO_OBJECT, "对通过核验的企业，给予9万元奖励。", (90000,)),
    (TOO_LONG, "对通过核验的企业给予9万元奖励。", (90000,)),
    (NO_BASE, "主导制定地方标准的奖励10万元；参与修订的，按主导制定奖励额的40%给予奖励。", (100000, 40000)),
]


@pytest.mark.parametrize(("why", "text"), SAMPLES + MORE)
def test_what_cannot_be_told_is_refused_with_its_reason(why: str, text: str) -> None:
    assert [reject.label for reject in extract(text).rejects] == [why]


@pytest.mark.parametrize(("why", "text"), SAMPLES + MORE)
def test_nothing_is_guessed_where_something_is_refused(why: str, text: str) -> None:
    found = extract(text)
    for reject in found.rejects:
        inside = [fact for fact in found.facts if reject.start < fact.figure_end and fact.figure_start < reject.end]
        assert inside == [], why
    if why != TORN:  # a torn sentence stands behind a whole one, which is read
        assert found.facts == ()


@pytest.mark.parametrize(("why", "text"), SAMPLES + MORE)
def test_a_refusal_marks_the_words_it_is_about(why: str, text: str) -> None:
    (reject,) = extract(text).rejects
    assert 0 <= reject.start < reject.end <= len(text)
    assert any(character.isdigit() for character in text[reject.start : reject.end]), why


@pytest.mark.parametrize(("why", "text", "sums"), CORRECTED)
def test_what_is_put_right_is_read(why: str, text: str, sums: tuple[int, ...]) -> None:
    found = extract(text)
    assert yuan_of(found) == [Decimal(value) for value in sums]
    assert found.rejects == ()


def test_every_reason_has_samples_and_says_why_in_chinese() -> None:
    assert {why for why, _, _ in CORRECTED} == LABELS.keys()
    for said, samples in LABELS.values():
        assert samples and said and not said.isascii()


def test_a_cell_without_a_unit_anywhere_is_refused() -> None:
    found = extract_table(("项目", "奖励标准"), ("主导制定团体标准", "15"))
    assert [reject.label for reject in found.rejects] == [NO_UNIT]
    assert found.facts == ()


def test_one_bad_sentence_leaves_its_neighbours_alone() -> None:
    found = extract("主导制定国际标准的奖励80万元；获评甲级、乙级单位的，分别奖励9、6；主导制定团体标准的奖励2万元。")
    assert yuan_of(found) == [Decimal(800000), Decimal(20000)]
    assert [reject.label for reject in found.rejects] == [NO_UNIT]
