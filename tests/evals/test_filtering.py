"""`--filter`: by key or by a part of id or question; several all have to let a case pass."""

from pathlib import Path

import pytest

from evals.filtering import FilterError, read_filter
from evals.loading import load_suite, packaged_sources
from evals.probes import probes_of
from tests.evals.made_up import SOURCES, case, paid, suite_of

CASES = (
    case("ca-1", "玉兰标准奖多少", persona="hotline", gold=paid(8, document="yulan")),
    case("ca-2", "海棠标准奖多少", gold=paid(30, document="haitang")),
    case("cb-1", "两地哪里多", "award_compare", gold=paid(38, document="haitang", documents=["haitang", "yulan"])),
    case("n-1", "牡丹呢", "not_found"),
    {
        "id": "t-1",
        "turns": [{"question": "谁报", "gold": {"status": "not_found"}}, {"question": "那玉兰呢", "gold": paid(8)}],
    },
    {"id": "r-1", "question": "谁可以报", "document": "yulan", "anchor": "花农自愿"},
)


@pytest.mark.parametrize(
    ("given", "passed"),
    [
        ("id=ca-*", ["ca-1", "ca-2"]),
        ("id=ca-1,n-1", ["ca-1", "n-1"]),
        ("id=t-1", ["t-1/1", "t-1/2"]),
        ("id=t-1/2", ["t-1/2"]),
        ("id=CA-1", []),
        ("type=award_compare, not_found", ["cb-1", "n-1"]),
        ("type=follow_up", ["t-1/1", "t-1/2"]),
        ("type=award", []),
        ("persona=hotline", ["ca-1"]),
        ("region=玉兰", ["ca-1", "cb-1", "r-1"]),
        ("region=东临省海棠市", ["ca-2", "cb-1"]),
        ("document=haitang", ["ca-2", "cb-1"]),
        ("document=hai", []),
        ("status=not_found", ["n-1", "t-1/1"]),
        ("玉兰", ["ca-1", "t-1/2"]),
        ("ca-", ["ca-1", "ca-2"]),
        ("谁", ["t-1/1", "r-1"]),
    ],
)
def test_a_filter_lets_pass_what_it_names(tmp_path: Path, given: str, passed: list[str]) -> None:
    filter_ = read_filter(given)
    probes = probes_of(suite_of(tmp_path, *CASES))
    assert [one.id for one in probes if filter_.lets_pass(one, SOURCES)] == passed


def test_the_figures_of_a_document_pass_by_its_name() -> None:
    sources = packaged_sources()
    probes = probes_of(load_suite("extraction"))
    filter_ = read_filter("document=weihai-2020")
    found = [one for one in probes if filter_.lets_pass(one, sources)]
    assert len(found) > 20 and {one.describe(sources).documents for one in found} == {("weihai-2020",)}
    assert found[-1].id == "weihai-2020@beyond"
    assert [
        one for one in probes if read_filter("persona=evaluator").lets_pass(one, sources) and one.case is None
    ] == []


@pytest.mark.parametrize("given", ["colour=red", "type=", "type= , ", "", "  ", "region=,"])
def test_a_filter_that_cannot_be_read_lists_the_keys(given: str) -> None:
    with pytest.raises(FilterError, match="不认识的筛选条件.*id、type、persona、region、document、status"):
        read_filter(given)


def test_a_filter_remembers_how_it_was_given() -> None:
    assert read_filter("type= award_calc ,aggregate").given == "type= award_calc ,aggregate"
    assert read_filter("type= award_calc ,aggregate").values == ("award_calc", "aggregate")
