"""The second reading by program: finds what is wrong with a gold, and is silent where nothing is."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from evals.cases import FigureCase, QuestionCase, WordingCase
from evals.checking import Doubt, check_suite, find_repeats
from evals.expressions import read_expression
from evals.loading import SUITES, Header, Sources, Suite, load_file, load_suite, packaged_sources
from tests.evals.made_up import case, paid, policy, write

GUIHUA = (
    "第一条 主导制定桂花标准的，每项给予不超过20万元奖励；参与制定的，每项给予5万元奖励。\n"
    "第二条 修订桂花标准的，减半给予奖励。\n"
    "第三条 同一单位当年总额不超过30万元。\n"
    "第四条 申请材料公示十日，谢绝转让。\n"
)
MOLI = "第一条 主导制定茉莉标准的，每项给予8万元奖励。\n"
DOCUMENTS = (
    replace(policy("guihua", "桂花市", GUIHUA), in_force_until=date(2025, 12, 31)),
    policy("moli", "茉莉市", MOLI),
)
SOURCES = Sources(DOCUMENTS)
LED, JOINED, REVISED = "主导制定桂花标准的", "参与制定的，每项给予", "修订桂花标准的"
MOLI_LED = "主导制定茉莉标准的"
IN_TIME = "2025-06-01"


def gold(*yuan: int, **fields: Any) -> dict[str, Any]:
    """A gold that is whole but for what a test changes."""
    return paid(*yuan, **{"document": "guihua", "quote": [LED], "why": "第一条", **fields})


def doubts(folder: Path, *cases: dict[str, Any], name: str = "refusal") -> list[Doubt]:
    """What is doubted of a suite; under the project's own name unless another is given."""
    return check_suite(load_file(write(folder / f"{name}.jsonl", cases)), SOURCES)


def told(found: list[Doubt]) -> list[tuple[str, str]]:
    return [(doubt.code, doubt.severity) for doubt in found]


SOUND: list[dict[str, Any]] = [
    case("printed", gold=gold(200000), as_of=IN_TIME),
    case("ceiling", gold=gold(200000, kind="cap", how="200000"), as_of=IN_TIME),
    case("exact", gold=gold(50000, kind="exact", quote=[JOINED]), as_of=IN_TIME),
    case("half", gold=gold(100000, how="200000 * 0.5", quote=[LED, REVISED]), as_of=IN_TIME),
    case("percent", gold=gold(100000, how="200000 * 50 / 100", quote=[LED, REVISED]), as_of=IN_TIME),
    case("told", "三家并列，各得多少？", gold=gold("66666.67", how="200000 / 3"), as_of=IN_TIME),
    case("before", "我们呢？", gold=gold("100000", how="200000 / 2"), as_of=IN_TIME, history=["俩单位怎么分？"]),
    case("expired", gold=gold(200000, warn=["expired"]), as_of="2026-01-01"),
    case(
        "words",
        "谁来办？",
        "procedure",
        {**gold(), "must": [["10日", "十天"]], "quote": ["申请材料公示十日"]},
        as_of=IN_TIME,
    ),
    case("both", "桂花和茉莉比呢？", "award_compare", as_of=IN_TIME)
    | {"gold": gold(200000, 80000, documents=["guihua", "moli"], quote=[LED, MOLI_LED])},
    case("refused", gold={"status": "not_found", "why": "没有"}, as_of="2020-01-01"),
]


@pytest.mark.parametrize("line", SOUND, ids=[line["id"] for line in SOUND])
def test_a_sound_case_is_not_doubted(tmp_path: Path, line: dict[str, Any]) -> None:
    assert doubts(tmp_path, line) == []


UNSOUND: list[tuple[str, str, dict[str, Any]]] = [
    ("underived", "fault", gold(190000)),
    ("underived", "fault", gold(210000, how="210000")),
    ("underived", "fault", gold(100000, how="200000 * 0.4", quote=[LED, REVISED])),
    ("underived", "fault", gold(80000, how="200000 * 0.4", quote=[LED, REVISED])),
    ("underived", "fault", gold(200000, how="200000 +")),
    ("underived", "fault", gold("66666.67", how="200000 / 3")),
    ("far", "note", gold(50000, how="50000", quote=[REVISED])),
    ("kind", "fault", gold(200000, kind="exact")),
    ("kind", "fault", gold(50000, kind="cap", quote=[JOINED])),
    ("no_why", "fault", gold(200000, why="")),
    ("no_quote", "fault", gold(200000, quote=[], how="200000")),
    ("long_quote", "note", gold(200000, quote=[LED + "，每项给予不超过20万元奖励"])),
    ("must_not_in_gold", "fault", gold(200000, must_not=["20万元"])),
    ("must_not_in_gold", "fault", gold(must=[["公示十日"]], must_not=["公示"], quote=["申请材料公示十日"])),
    ("must_not_in_gold", "note", gold(must_not=["谢绝转让"], quote=["申请材料公示十日"])),
    ("must_nowhere", "note", gold(must=["20日"], quote=["申请材料公示十日"])),
    ("warn", "fault", gold(200000, warn=["draft"])),
]


@pytest.mark.parametrize(("code", "severity", "unsound"), UNSOUND)
def test_an_unsound_case_is_doubted(tmp_path: Path, code: str, severity: str, unsound: dict[str, Any]) -> None:
    found = doubts(tmp_path, case("a", "桂花怎么奖？", gold=unsound, as_of=IN_TIME))
    assert (code, severity) in told(found)
    assert {doubt.case for doubt in found} == {"a"}


@pytest.mark.parametrize(
    ("day", "warn", "expected"),
    [
        ("2025-12-31", [], []),
        ("2026-01-01", [], [("warn", "note")]),
        ("2026-01-01", ["expired"], []),
        ("2025-12-31", ["expired"], [("warn", "fault")]),
        ("2023-12-31", [], [("date", "fault")]),
    ],
)
def test_the_day_the_document_and_the_warning_agree(
    tmp_path: Path, day: str, warn: list[str], expected: list[tuple[str, str]]
) -> None:
    assert told(doubts(tmp_path, case("a", gold=gold(200000, warn=warn), as_of=day))) == expected


def test_a_comparison_rests_on_all_places_that_it_names(tmp_path: Path) -> None:
    line = case("a", "桂花和茉莉比呢？", "award_compare", gold(200000, how="200000"), as_of=IN_TIME)
    assert told(doubts(tmp_path, line)) == [("places", "fault")]


def test_each_turn_and_each_claim_is_read(tmp_path: Path) -> None:
    talk = {
        "id": "talk",
        "as_of": IN_TIME,
        "turns": [
            {"question": "桂花主导制定奖多少？三家呢？", "gold": gold(200000)},
            {"question": "那每家呢？", "gold": gold("66666.67", how="200000 / 3")},
            {"question": "四家呢？", "gold": gold(60000, how="200000 / 4")},
        ],
    }
    claim = {"region": "桂花市", "as_of": IN_TIME, "achievements": [{"what": "主导制定桂花标准", "count": 2}]}
    right = {
        "id": "right",
        "claim": claim,
        "gold": gold(300000, how="min(2 * 200000, 300000)", quote=[LED, "当年总额"]),
    }
    wrong = {**right, "id": "wrong", "gold": {**right["gold"], "yuan": [310000]}}
    found = doubts(tmp_path, talk, right, wrong)
    assert [(one.case, one.code) for one in found] == [
        ("talk/3", "underived"),
        ("wrong", "underived"),
        ("wrong", "twice"),
    ]


def test_the_same_question_is_found_in_every_form(tmp_path: Path) -> None:
    lines = [
        case("a", "桂花怎么奖？"),
        case("b", "桂花 怎么奖？"),
        case("c", "桂花怎么奖？", history=["您好"]),
        case("d", "桂花怎么奖？", as_of=IN_TIME),
        {"id": "e", "type": "procedure", "wordings": ["桂花怎么奖？", "怎么奖桂花？"], "gold": {"status": "not_found"}},
    ]
    suite = load_file(write(tmp_path / "a.jsonl", lines))
    assert [doubt.case for doubt in find_repeats([suite])] == ["b", "e/1"]
    other = load_file(write(tmp_path / "b.jsonl", [case("z", "怎么奖桂花？")]))
    (found,) = (doubt for doubt in find_repeats([suite, other]) if doubt.case == "z")
    assert "a e/2" in found.message


def test_of_a_users_suite_less_is_asked(tmp_path: Path) -> None:
    """Whoever writes only a sum is told what is missing, and not refused."""
    line = case("a", gold={"status": "answered", "yuan": [123]})
    assert told(doubts(tmp_path, line, name="mine")) == [
        ("no_why", "note"),
        ("no_quote", "note"),
        ("underived", "note"),
    ]
    assert {doubt.is_fault for doubt in doubts(tmp_path, line)} == {True}


@pytest.mark.parametrize(
    ("fact", "expected"),
    [
        ({"yuan": "200000", "kind": "cap"}, []),
        ({"yuan": "20000", "kind": "cap"}, ["underived"]),
        ({"yuan": "200000", "kind": "exact"}, ["kind"]),
    ],
)
def test_a_figure_read_by_hand_is_the_one_at_its_place(fact: dict[str, Any], expected: list[str]) -> None:
    at = GUIHUA.index("20万元")
    figure = FigureCase(id="f", type="award", document="guihua", at=(at, at + 4), facts=(fact,))
    suite = Suite(header=Header(suite="extraction", version=1), file="extraction/*.yaml", sha256="", cases=(figure,))
    assert [doubt.code for doubt in check_suite(suite, SOURCES)] == expected


@pytest.fixture(scope="module")
def own() -> tuple[Sources, list[Suite]]:
    """The project's suites."""
    sources = packaged_sources()
    return sources, [load_suite(name) for name in SUITES]


def test_the_projects_suites_hold_no_fault(own: tuple[Sources, list[Suite]]) -> None:
    sources, suites = own
    found = [doubt for suite in suites for doubt in check_suite(suite, sources)] + find_repeats(suites)
    assert [f"{doubt.case} {doubt.code}: {doubt.message}" for doubt in found if doubt.is_fault] == []


def _off_by_one_yuan(one: QuestionCase | WordingCase) -> dict[str, Any]:
    return {"yuan": (one.gold.yuan[0] + 1, *one.gold.yuan[1:])}


def _a_tenth_more(one: QuestionCase | WordingCase) -> dict[str, Any]:
    """The sum and its expression, in step."""
    yuan = one.gold.yuan[0] * Decimal("1.1")
    return {"yuan": (yuan, *one.gold.yuan[1:]), "how": (f"{yuan:f}", *one.gold.how[1:])}


def _the_other_kind(one: QuestionCase | WordingCase) -> dict[str, Any]:
    return {"kind": "cap" if one.gold.kind == "exact" else "exact"}


def _is_bare(one: QuestionCase | WordingCase) -> bool:
    return one.gold.kind is not None and all(read_expression(how).is_bare for how in one.gold.how)


@pytest.mark.parametrize(
    ("change", "applies", "least"),
    [
        (_off_by_one_yuan, lambda one: True, Fraction(1)),
        (_a_tenth_more, lambda one: True, Fraction(19, 20)),
        (_the_other_kind, _is_bare, Fraction(19, 20)),
    ],
)
def test_a_gold_that_is_broken_on_purpose_is_found(
    own: tuple[Sources, list[Suite]],
    change: Callable[[Any], dict[str, Any]],
    applies: Callable[[Any], bool],
    least: Fraction,
) -> None:
    """How sharp the reading is: of the project's own sums, each changed in one way."""
    sources, suites = own
    broken = found = 0
    for suite in suites:
        forms = [one for one in suite.cases if isinstance(one, QuestionCase | WordingCase)]
        cases = [one for one in forms if one.gold.yuan and one.gold.how and applies(one)]
        changed = [one.model_copy(update={"gold": one.gold.model_copy(update=change(one))}) for one in cases]
        hits = check_suite(replace(suite, cases=tuple(changed)), sources)
        broken += len(changed)
        found += len({doubt.case for doubt in hits if doubt.is_fault and doubt.code in ("underived", "kind")})
    assert broken > 200
    assert found >= least * broken
