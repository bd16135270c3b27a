"""What claims come to: every case of tests/cases/claims.yaml, through the whole of `Assistant.estimate`.

The expectations were read from the policies' words.
"""

import re
import time
from collections import Counter
from collections.abc import Callable, Iterator
from decimal import Decimal

import pytest
import yaml

from assistant import messages
from assistant.answer import Assistant
from assistant.claim_file import ACHIEVEMENTS_MAX, ClaimEntry, ClaimFileError, parse_claim, read_claim
from assistant.claims import Operation
from assistant.estimating import EstimateReport
from corpus.records import PolicyDocument
from index import open_index
from tests.assistant.claim_policies import CASES, DAY, POLICIES, Case
from tests.assistant.conftest import CrowdedEmbedder, publish, read_policy

Estimated = Callable[[Case], EstimateReport]
# Why a line cannot be told → the words that have to stand in its note; where the program has a sentence, its own.
WHY = {
    "base": messages.NEEDS["base"].partition("{about}")[2],
    "interest": messages.NEEDS["interest"].partition("{about}")[0],
    "co_leads": messages.NEEDS["co_leads"],
    "rank": messages.NEEDS["rank"],
    "no_split_rule": messages.LACKS["no_split_rule"],
    "no_top_up": messages.LACKS["no_top_up"],
    "not_twice": messages.LACKS["not_twice"],
    "beyond": messages.CLAIM_BEYOND.partition("“")[0],
    "no_award": messages.CLAIM_NO_AWARD.partition("{what}”")[2],
    "choose": messages.WHICH_FOR.partition("{about}”")[2].partition("{")[0],
    "agreement": "约定",
}
LIMIT_S = 10.0  # it takes half a second
EXPRESSION = re.compile(r"\d+(?:\.\d+)?|min|max|[-+*/(),]")


@pytest.fixture(scope="module")
def claim_documents() -> dict[str, PolicyDocument]:
    """The policies of the cases, by id."""
    return {document_id: read_policy(text, document_id) for document_id, text in POLICIES.items()}


@pytest.fixture(scope="module")
def estimator(
    claim_documents: dict[str, PolicyDocument], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Assistant]:
    """The assistant over one index of them all."""
    home = tmp_path_factory.mktemp("claims")
    publish(home, claim_documents)
    index = open_index(home, CrowdedEmbedder())
    yield Assistant(index)
    index.close()


@pytest.fixture(scope="module")
def estimated(estimator: Assistant) -> Estimated:
    """The report on a case, worked out once."""
    reports: dict[str, EstimateReport] = {}

    def report_of(case: Case) -> EstimateReport:
        if case.name not in reports:
            reports[case.name] = estimator.estimate(claim_of(case), DAY)
        return reports[case.name]

    return report_of


def claim_of(case: Case) -> ClaimEntry:
    """The claim of a case, read from text as a user would write it."""
    return parse_claim(yaml.safe_dump(case.claim, allow_unicode=True))


def tidy(step: str) -> str:
    """An expression with its numbers written one way: blanks and needless zeros do not tell steps apart.

    >>> tidy("360000 * 0.30 = 108000.00"), tidy("min(10, 2)")
    ('360000*0.3=108000', 'min(10,2)')
    """
    sides = [EXPRESSION.findall(side) for side in step.split("=")]
    return "=".join("".join(_number(part) for part in side) for side in sides)


def _number(part: str) -> str:
    return f"{Decimal(part).normalize():f}" if part[0].isdigit() else part


each_case = pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
with_total = pytest.mark.parametrize(
    "case", [case for case in CASES if case.total != "undetermined"], ids=lambda case: case.name
)
without_total = pytest.mark.parametrize(
    "case", [case for case in CASES if case.total == "undetermined"], ids=lambda case: case.name
)


@with_total
def test_the_total_is_what_the_policy_gives(case: Case, estimated: Estimated) -> None:
    report = estimated(case)
    assert report.total is not None, report.text
    assert report.status == "answered"
    found = (report.total.yuan, report.total.kind, report.total.low)
    assert found == (case.total, case.kind, case.low), report.text


@without_total
def test_what_cannot_be_told_is_named_and_has_no_total(case: Case, estimated: Estimated) -> None:
    report = estimated(case)
    assert (report.status, report.total) == ("undetermined", None), report.text
    unsure = [number for number, line in enumerate(report.lines, start=1) if line.total is None]
    assert unsure == [case.line], report.text
    assert case.why is not None
    line = report.lines[unsure[0] - 1]
    assert WHY[case.why] in line.note, line.note
    assert line.note in report.text
    assert (line.clarification is not None) == (case.why == "choose")


@pytest.mark.parametrize("case", [case for case in CASES if case.steps], ids=lambda case: case.name)
def test_every_expected_step_is_shown(case: Case, estimated: Estimated) -> None:
    report = estimated(case)
    shown = {tidy(f"{step.expression} = {step.yuan:f}") for step in report.calculation}
    assert {tidy(step) for step in case.steps} - shown == set(), shown


@each_case
def test_every_shown_step_can_be_followed(case: Case, estimated: Estimated) -> None:
    """Whoever reworks an expression by hand comes to the step's result, to the fen."""
    for step in estimated(case).calculation:
        assert abs(worth(step.expression) - step.yuan) <= Decimal("0.005"), step


def worth(expression: str) -> Decimal:
    """The value of an expression of a step; a difference is never below nothing.

    >>> worth("min(1030000, 1000000)"), worth("2 * 3 + 4"), worth("1 - 5")
    (Decimal('1000000'), Decimal('10'), Decimal('0'))
    """
    if found := re.fullmatch(r"(min|max)\((.*)\)", expression):
        return {"min": min, "max": max}[found[1]](Decimal(one) for one in found[2].split(","))
    if " + " in expression:
        return sum((worth(one) for one in expression.split(" + ")), Decimal(0))
    if " - " in expression:
        high, low = expression.split(" - ")
        return max(worth(high) - worth(low), Decimal(0))
    value = Decimal(1)
    for sign, number in re.findall(r"(^|[*/]) ?([\d.]+)", expression):
        value = value / Decimal(number) if sign == "/" else value * Decimal(number)
    return value


@each_case
def test_every_quote_is_verbatim_at_its_place(
    case: Case, estimated: Estimated, claim_documents: dict[str, PolicyDocument]
) -> None:
    report = estimated(case)
    for citation in report.citations:
        document = claim_documents[citation.document]
        assert document.text[citation.start : citation.end] == citation.quote
        assert citation.document == case.policy
    markers = [citation.marker for citation in report.citations]
    assert markers == list(range(1, len(markers) + 1))
    assert {step.citation for step in report.calculation} <= {*markers, None}
    assert bool(report.total) <= bool(report.citations)


@pytest.mark.parametrize("case", [case for case in CASES if case.cites], ids=lambda case: case.name)
def test_the_clauses_that_decide_are_quoted(case: Case, estimated: Estimated) -> None:
    quoted = [citation.locator for citation in estimated(case).citations]
    assert [place for place in case.cites if not any(one.startswith(place) for one in quoted)] == [], quoted


@pytest.mark.parametrize(
    "case", [case for case in CASES if case.counted or case.says or case.warns is not None], ids=lambda case: case.name
)
def test_counts_conditions_and_warnings(case: Case, estimated: Estimated) -> None:
    report = estimated(case)
    if case.counted:
        assert tuple(line.counted for line in report.lines) == case.counted
    if case.warns is not None:
        assert tuple(warning.code for warning in report.warnings) == case.warns
    assert case.says in report.text


@each_case
def test_a_report_survives_its_json(case: Case, estimated: Estimated) -> None:
    report = estimated(case)
    again = EstimateReport.model_validate_json(report.model_dump_json())
    assert again == report
    assert again.as_of == (claim_of(case).as_of or DAY)
    assert [line.what for line in again.lines] == [one["what"] for one in case.claim["achievements"]]


@each_case
def test_lines_and_total_agree(case: Case, estimated: Estimated) -> None:
    """A total is there just where every line has one, and it is never more than they come to together."""
    report = estimated(case)
    sums = [line.total.yuan for line in report.lines if line.total is not None]
    assert (report.total is not None) == (len(sums) == len(report.lines))
    if report.total is not None:
        assert 0 <= report.total.yuan <= sum(sums)


# —— what the index decides of a claim


def claim_in(region: str, *what: str) -> ClaimEntry:
    return read_claim({"region": region, "achievements": [{"what": one} for one in what]})


@pytest.mark.parametrize("region", ["火星市", "浙江省", "威海市", "丽水市和洛阳市", "  "])
def test_a_region_without_awards_is_refused_with_those_there_are(estimator: Assistant, region: str) -> None:
    with pytest.raises(ClaimFileError, match=f"“{region}”.*浙江省丽水市"):
        estimator.estimate(claim_in(region, "主导制定国家标准"), DAY)


@pytest.mark.parametrize("region", ["丽水市", "丽水", "浙江省丽水市"])
def test_a_region_is_known_by_its_short_and_its_full_name(estimator: Assistant, region: str) -> None:
    report = estimator.estimate(claim_in(region, "主导制定国家标准"), DAY)
    assert (report.region, report.documents) == ("浙江省丽水市", ("lishui-2024",))


def test_two_things_in_one_entry_are_refused(estimator: Assistant) -> None:
    with pytest.raises(ClaimFileError, match="不止一件事"):
        estimator.estimate(claim_in("丽水市", "主导制定国家标准和行业标准"), DAY)


@pytest.mark.parametrize("what", ["主导制定国家标准2项", "三家并列主导制定国家标准", "主导制定国家标准，已领20万元"])
def test_nothing_that_an_entry_says_is_dropped(estimator: Assistant, what: str) -> None:
    try:
        report = estimator.estimate(claim_in("丽水市", what), DAY)
    except ClaimFileError:
        return
    assert report.total is None or report.total.yuan != 360_000


def test_a_hundred_achievements_are_worked_out_in_time(estimator: Assistant) -> None:
    began = time.perf_counter()
    report = estimator.estimate(claim_in("丽水市", *["主导制定国家标准"] * ACHIEVEMENTS_MAX), DAY)
    assert time.perf_counter() - began < LIMIT_S
    assert len(report.lines) == ACHIEVEMENTS_MAX
    assert report.total is not None and report.total.yuan == 1_000_000


def test_no_step_is_nameless() -> None:
    assert {operation.value for operation in Operation} <= messages.STEP_NAMES.keys()


def test_cases_are_many_and_named_apart() -> None:
    assert len(CASES) >= 60
    assert [name for name, count in Counter(case.name for case in CASES).items() if count > 1] == []
    assert {case.policy for case in CASES} == POLICIES.keys()


def test_cases_say_what_they_need_to() -> None:
    """A case that says too little would pass by saying nothing."""
    for case in CASES:
        told = case.kind is not None if case.total != "undetermined" else case.line is not None and case.why in WHY
        assert told and case.because, case.name
        assert (case.low is not None) == (case.kind == "range"), case.name
