"""A committee that is named only to say whose working group is meant is not asked about; one in a list is."""

from collections.abc import Iterator

import pytest

from assistant.award_question import read_asked
from assistant.organs import GAP_MAX, is_under
from assistant.reading import read_question
from tests.assistant.module_policies import Hear, hearing, places, sums


@pytest.fixture(scope="module")
def hear(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hear]:
    with hearing(tmp_path_factory.mktemp("organs")) as heard:
        yield heard


@pytest.mark.parametrize("between", ["", "的", "下面的", "下设的", "下属", "里的", "里头那个", " 下的 "])
def test_what_is_between_says_that_it_is_under(between: str) -> None:
    assert is_under(between, f"全国TC{between}WG秘书处多少")


@pytest.mark.parametrize("between", ["、", ",", "，", "和", "及", "与", "或", "/", "+", " 和 ", "的秘书处和", "以及"])
def test_a_list_is_of_equals(between: str) -> None:
    assert not is_under(between, f"全国TC{between}WG秘书处多少")


@pytest.mark.parametrize("third", ["TC", "SC", "技术委员会"])
def test_a_third_organ_between_them_parts_them(third: str) -> None:
    assert not is_under(third, f"全国TC{third}WG秘书处多少")


def test_what_stands_far_away_is_not_under() -> None:
    near, far = "里" * GAP_MAX, "里" * (GAP_MAX + 1)
    assert (is_under(near, f"TC{near}WG"), is_under(far, f"TC{far}WG")) == (True, False)


@pytest.mark.parametrize("asks", ["各多少", "分别多少", "都多少", "以及会议多少"])
def test_blanks_alone_part_the_entries_of_a_list(asks: str) -> None:
    assert is_under(" ", "全国TC WG秘书处多少")
    assert not is_under(" ", f"全国TC WG秘书处{asks}")
    assert is_under("下面的", f"全国TC下面的WG秘书处{asks}")


@pytest.mark.parametrize("text", ["TC SC WG秘书处多少", "TC、SC、WG 秘书处多少", "技术委员会 分技术委员会 工作组多少"])
def test_all_three_in_a_row_are_a_list(text: str) -> None:
    assert not is_under(" ", text)


@pytest.mark.parametrize(
    ("question", "paid"),
    [
        ("襄阳承担全国标准化技术委员会下面的工作组秘书处奖多少", [6]),
        ("襄阳承担全国TC WG秘书处奖多少", [6]),
        ("襄阳承担全国标准化工作组秘书处奖多少", [6]),
        ("襄阳承担全国标准化技术委员会秘书处奖多少", [13]),
        ("襄阳承担全国TC、WG秘书处各奖多少", [13, 6]),
        ("襄阳全国技术委员会秘书处和全国工作组秘书处分别奖多少", [13, 6]),
    ],
)
def test_the_award_is_of_the_organ_that_is_meant(hear: Hear, question: str, paid: list[float]) -> None:
    [answer] = hear(question)
    assert (answer.status, sums(answer)) == ("answered", paid)
    assert places(answer) == [("襄阳市", "第四条")]


@pytest.mark.parametrize("organ", ["工作组", "工作组WG", "TC", "SC", "WG", "技术委员会", "分技术委员会"])
@pytest.mark.parametrize(
    ("whose", "level"), [("国际标准化", "国际级"), ("国家标准化", "国家级"), ("全国标准化", "国家级")]
)
def test_an_organ_of_standardization_has_the_level_that_stands_before_it(organ: str, whose: str, level: str) -> None:
    asked = read_asked(read_question(f"承担{whose}{organ}的活儿有多少补助", ()))
    assert asked.groups["level"] == (level,)
