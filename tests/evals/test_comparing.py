"""Two sides of a comparison: what counts as better, worse, other words, or nothing to compare."""

from dataclasses import replace
from pathlib import Path

import pytest

from evals.chance import uneven, wilson
from evals.comparing import Comparison, Standing, compare, diff_words, mcnemar, standings_of
from tests.evals.made_up import EIGHT, RIGHT, THIRTY, case, run_of, says, stood


def ids(comparison: Comparison, name: str) -> list[str]:
    return [getattr(one, "after", one).probe for one in getattr(comparison, name)]


SORTS = ("newly_right", "newly_wrong", "newly_false", "reworded", "put_otherwise", "added", "gone")


@pytest.mark.parametrize(
    ("before", "after", "sort", "is_regression"),
    [
        (stood("a"), stood("a"), None, False),
        (stood("a", False), stood("a", False), None, False),
        (stood("a", False), stood("a"), "newly_right", False),
        (stood("a"), stood("a", False), "newly_wrong", True),
        (stood("a"), stood("a", False, wrong_amounts=("5",)), "newly_wrong", True),
        (stood("a", False), stood("a", False, wrong_amounts=("5",)), "newly_false", True),
        (stood("a", False, wrong_amounts=("5",)), stood("a", False, wrong_amounts=("5", "6")), "newly_false", True),
        (stood("a", False, wrong_amounts=("5", "6")), stood("a", False, wrong_amounts=("5",)), None, False),
        (stood("a"), stood("a", wrong_amounts=("5",)), "newly_false", True),
        (stood("a"), stood("a", wrong_amounts=("5",), said="other"), "newly_false", True),
        (stood("a", False), stood("a", False, wrong_amounts=("5",), said="other"), "newly_false", True),
        (stood("a"), stood("a", said="other"), "reworded", False),
        (stood("a", False), stood("a", False, said="other"), "reworded", False),
        (stood("a"), stood("a", False, put="other"), "put_otherwise", False),
        (None, stood("a", False), "added", False),
        (stood("a"), None, "gone", True),
        (stood("a", False), None, "gone", False),
    ],
)
def test_a_probe_is_told_under_one_heading(
    before: Standing | None, after: Standing | None, sort: str | None, is_regression: bool
) -> None:
    other = stood("z")
    found = compare([one for one in (before, other) if one], [one for one in (after, other) if one])
    assert {name: ids(found, name) for name in SORTS if ids(found, name)} == ({sort: ["a"]} if sort else {})
    assert found.is_regression is is_regression
    assert found.n == 1 + (before is not None and after is not None and before.put == after.put)


def test_what_a_part_of_a_suite_lacks_is_no_loss() -> None:
    whole = [stood("a"), stood("b")]
    part = compare(whole, [stood("b")], is_part=True)
    assert part.gone == () and not part.is_regression
    assert compare(whole, [stood("b", False)], is_part=True).is_regression


def test_a_suite_that_was_not_run_is_not_gone() -> None:
    found = compare([stood("a"), stood("a", suite="other")], [stood("a")])
    assert found.gone == () and found.n == 1


def test_the_same_id_in_two_suites_is_two_probes() -> None:
    found = compare([stood("a"), stood("a", suite="t")], [stood("a"), stood("a", False, suite="t")])
    assert [change.after.key for change in found.newly_wrong] == [("t", "a")]


@pytest.mark.parametrize(
    ("newly_right", "newly_wrong", "p_value"),
    [
        (0, 0, None),
        (5, 0, None),
        (3, 2, None),
        (6, 0, 2 / 2**6),
        (0, 6, 2 / 2**6),
        (5, 1, 2 * (1 + 6) / 2**6),
        (3, 3, 1.0),
        (8, 1, 2 * (1 + 9) / 2**9),
        (2, 10, 2 * (1 + 12 + 66) / 2**12),
        (10, 3, 2 * (1 + 13 + 78 + 286) / 2**13),
        (40, 40, 1.0),
    ],
)
def test_mcnemar_is_exact_and_two_sided(newly_right: int, newly_wrong: int, p_value: float | None) -> None:
    """Worked out by hand: twice the tail of the binomial distribution with even odds."""
    assert mcnemar(newly_right, newly_wrong) == (None if p_value is None else pytest.approx(p_value, rel=1e-9))


def test_a_difference_is_certain_below_five_percent() -> None:
    sides = [
        ([stood(str(n), n >= right) for n in range(9)], [stood(str(n), n < right) for n in range(9)])
        for right in (8, 7)
    ]
    certain, uncertain = (compare(before, after) for before, after in sides)
    assert (len(certain.newly_right), len(certain.newly_wrong), certain.is_certain) == (8, 1, True)
    assert (len(uncertain.newly_right), len(uncertain.newly_wrong), uncertain.is_certain) == (7, 2, False)
    assert uncertain.p_value == pytest.approx(2 * (1 + 9 + 36) / 2**9)
    assert not compare(sides[0][0], sides[0][0]).is_certain


def test_an_interval_is_wilson_s() -> None:
    """By the formula of 1927, for 8 of 10 and for all of 20."""
    z = 1.959963984540054
    middle, reach = (0.8 + z * z / 20) / (1 + z * z / 10), z * (0.8 * 0.2 / 10 + z * z / 400) ** 0.5 / (1 + z * z / 10)
    assert wilson(8, 10) == pytest.approx((100 * (middle - reach), 100 * (middle + reach)))
    assert wilson(20, 20) == pytest.approx((100 * 20 / (20 + z * z), 100))
    assert wilson(0, 20)[0] == pytest.approx(0, abs=1e-9)
    assert uneven(1, 1) == 1


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("奖励20万元[1]。", "奖励25万元[1]。"),
        ("", "没有找到"),
        ("第五条\n每项 奖励", ""),
        ("甲\u2028乙  丙\t", "甲乙\n\n丙"),
        ("主导制定国家标准的，每项奖励30万元；参与的减半", "参与制定国家标准的，减半；主导的每项奖励31万元"),
        ("<b>30</b> & 8", "<i>30</i> & 5"),
    ],
)
def test_a_word_diff_has_both_texts_in_it(before: str, after: str) -> None:
    pieces = diff_words(before, after)
    assert "".join(one.text for one in pieces if one.side != "after") == before
    assert "".join(one.text for one in pieces if one.side != "before") == after
    assert all(one.text for one in pieces) and {one.side for one in pieces} <= {"", "before", "after"}


def test_equal_texts_have_no_difference() -> None:
    assert [one.side for one in diff_words("奖励20万元", "奖励20万元")] == [""]
    assert diff_words("", "") == []


def test_a_row_stands_as_its_worst_round(tmp_path: Path) -> None:
    run = run_of(tmp_path, RIGHT | {"乙": says("三十", "30", "5")}, THIRTY, EIGHT)
    first, second = standings_of(run)
    assert (first.key, first.is_right, first.broken, first.wrong_amounts) == (("made-up", "a"), True, (), ())
    assert (second.is_right, second.broken, second.wrong_amounts) == (False, ("amounts",), ("30.00", "5.00"))
    assert second.status == "answered" and second.row is run.rows[1]


def test_a_change_of_words_is_seen_and_a_change_of_time_is_not(tmp_path: Path) -> None:
    cases = (case("a", "甲"), case("b", "乙"))
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
    before = standings_of(run_of(tmp_path / "one", {"甲": says("没有", status="not_found")}, *cases))
    after = standings_of(run_of(tmp_path / "two", {"甲": says("查无", status="not_found")}, *cases))
    assert ids(compare(before, after), "reworded") == ["a"]
    assert compare(before, before).reworded == ()
    assert compare(before, [replace(one, row=None) for one in before]).n == 2
