"""Expressions of gold sums: exact, and nothing but four operations, min and max."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.expressions import LENGTH_MAX, ExpressionError, fen_of, read_expression


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("500000", Fraction(500000)),
        ("1 + 2 * 3", Fraction(7)),
        ("(1 + 2) * 3", Fraction(9)),
        ("7 - 2 - 1", Fraction(4)),
        ("0.1 + 0.2", Fraction(3, 10)),
        ("500000 / 3", Fraction(500000, 3)),
        ("min(3 * 8, 20, 30) + max(1, 2)", Fraction(22)),
    ],
)
def test_it_is_reckoned_exactly(text: str, value: Fraction) -> None:
    assert read_expression(text).value == value


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1 +",
        "(1",
        "2 ** 9",
        "7 // 2",
        "7 % 2",
        "-5",
        "1_000",
        "1e9",
        "0x10",
        "min(1)",
        "min()",
        "min(1, 2)(3)",
        "min",
        "max(*(1, 2))",
        "(1, 2)",
        "1 in (1, 2)",
        "a + 1",
        "__import__('os')",
        "'1' * 2",
        "1 / 0",
        "1 / (2 - 2)",
        "５",
        "1\n+ 1",
        "(" * 150,
        "1 + " * LENGTH_MAX + "1",
    ],
)
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(ExpressionError, match="Next: "):
        read_expression(text)


def test_operands_stand_in_the_order_in_which_they_are_written() -> None:
    read = read_expression("min(2 * 300000 * 0.5, 1000000)")
    assert read.operands == (2, 300000, Fraction(1, 2), 1000000)
    assert not read.is_bare
    assert read_expression("300000").is_bare


@given(st.integers(0, 10**12), st.integers(1, 999))
def test_a_sum_is_rounded_half_up_to_the_fen(yuan: int, parts: int) -> None:
    share = fen_of(read_expression(f"{yuan} / {parts}").value)
    assert share == share.quantize(Decimal("0.01"))
    assert -Fraction(1, 200) < Fraction(share) - Fraction(yuan, parts) <= Fraction(1, 200)
