"""Figures of a text: the value, what it is, whether it is a ceiling, and where it stands."""

from fractions import Fraction

import pytest

from evals.printed import Figure, read_figures, read_sums


def values(figures: list[Figure], sort: str) -> list[Fraction]:
    return [one.value for one in figures if one.sort == sort]


@pytest.mark.parametrize(
    ("text", "yuan"),
    [
        ("奖 50 万元", [500000]),
        ("五十万元", [500000]),
        ("壹拾万元整", [100000]),
        ("0.8万", [8000]),
        ("5千元", [5000]),
        ("1,500元", [1500]),
        ("1亿2000万元", [120000000]),
        ("3万5000元", [35000]),
        ("3万5千", [35000]),
        ("十二万八", [128000]),
        ("8000块", [8000]),
        ("31个W", [310000]),
        ("50、30、20万元", [500000, 300000, 200000]),
        ("30—50万元", [300000, 500000]),
        ("二十至三十万元", [200000, 300000]),
        ("5万人，第3条，2023年", []),
        ("12万元（大写：壹拾贰万元整）", [120000]),
    ],
)
def test_sums_are_read_in_yuan(text: str, yuan: list[int]) -> None:
    assert values(read_figures(text), "money") == yuan


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("30%", Fraction(3, 10)),
        ("百分之三十", Fraction(3, 10)),
        ("三分之一", Fraction(1, 3)),
        ("2/3", Fraction(2, 3)),
        ("减半", Fraction(1, 2)),
        ("全额", Fraction(1)),
        ("打八折", Fraction(4, 5)),
        ("三成", Fraction(3, 10)),
        ("1.5倍", Fraction(3, 2)),
    ],
)
def test_shares_are_exact(text: str, share: Fraction) -> None:
    assert values(read_figures(text), "share") == [share]


@pytest.mark.parametrize(
    ("text", "ceilings"),
    [
        ("给予不超过50万元资助", [True]),
        ("最高给予50万元", [True]),
        ("上限为50万元", [True]),
        ("50万元以内", [True]),
        ("给予50万元资助", [False]),
        ("不超过费用的50%，给予20万元", [False]),
        ("最高50万元、30万元，另给5万元", [True, True, False]),
        ("最高20万元/家、15万元/家", [True, True]),
        ("最高50万元；其余30万元", [True, False]),
    ],
)
def test_a_ceiling_is_told_from_a_sum(text: str, ceilings: list[bool]) -> None:
    assert [one.is_cap for one in read_sums(text)] == ceilings


def test_an_approximate_sum_is_told() -> None:
    assert [(one.value, one.is_about) for one in read_sums("50余万元，20万元")] == [(500000, True), (200000, False)]


def test_the_number_of_a_clause_is_no_figure() -> None:
    assert values(read_figures("第三条（二）奖2项，见第1位"), "number") == [2, 1]
    assert values(read_figures("3、奖2项"), "number") == [2]


def test_a_bare_cell_has_the_unit_of_its_column() -> None:
    assert values(read_figures("15", "万元"), "money") == values(read_figures("最高15", "万元"), "money") == [150000]
    assert values(read_figures("第15名", "万元"), "money") == []


def test_a_figure_stands_where_it_was_read() -> None:
    text = "甲：给予 5 0 万 元，\n乙：给予２０％。"
    assert [text[one.start : one.end] for one in read_figures(text)] == ["5 0 万 元", "２０％"]
