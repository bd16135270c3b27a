"""From cases to what is put: one probe for each question, on its day, after the questions before it, in order."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from evals.probes import AnswerProbe, ClaimProbe, Probe, RestProbe, probes_of
from tests.evals.made_up import SOURCES, case, cited, paid, place, says, suite_of, under_test

CLAIM = {"region": "海棠市", "achievements": [{"what": "主导制定海棠标准", "count": 2}]}
NOTHING = {"status": "not_found"}


def talk(*questions: str, **fields: Any) -> dict[str, Any]:
    return {"id": "t", "turns": [{"question": one, "gold": NOTHING} for one in questions], **fields}


def put(folder: Path, *cases: dict[str, Any], day: date | None = None, **header: Any) -> list[Probe]:
    return probes_of(suite_of(folder, *cases, **header), day)


def test_each_turn_is_asked_after_the_turns_before_it(tmp_path: Path) -> None:
    probes = put(tmp_path, talk("甲", "乙", "丙"))
    asked = [one.question for one in probes if isinstance(one, AnswerProbe)]
    assert [(one.id, one.question, one.history) for one in asked] == [
        ("t/1", "甲", ()),
        ("t/2", "乙", ("甲",)),
        ("t/3", "丙", ("甲", "乙")),
    ]
    assert [one.id for one in probes] == ["t/1", "t/2", "t/3"]


def test_each_turn_is_judged_by_its_own_gold(tmp_path: Path) -> None:
    [first, second] = put(
        tmp_path, {"id": "t", "turns": [{"question": "甲", "gold": paid(30)}, talk("乙")["turns"][0]]}
    )
    back = under_test({"甲": says("", "30"), "乙": says("", "30")})
    assert first.judge(first.put(back), SOURCES).is_right
    assert second.judge(second.put(back), SOURCES).broken == ("status", "amounts")


def test_wordings_are_asked_in_their_order_and_alone(tmp_path: Path) -> None:
    probes = put(tmp_path, {"id": "w", "type": "award_lookup", "wordings": ["甲", "乙", "丙"], "gold": NOTHING})
    asked = [(one.id, one.question.question, one.question.history) for one in probes if isinstance(one, AnswerProbe)]
    assert asked == [("w/1", "甲", ()), ("w/2", "乙", ()), ("w/3", "丙", ())]


def test_a_history_and_a_region_go_with_the_question(tmp_path: Path) -> None:
    [only] = put(tmp_path, case("a", "那呢", history=["甲", "乙"], region="海棠市"))
    assert isinstance(only, AnswerProbe)
    assert (only.question.history, only.question.region, only.question.id) == (("甲", "乙"), "海棠市", "a")


@pytest.mark.parametrize(
    ("own", "option", "header", "day"),
    [
        ("2021-01-01", "2022-02-02", "2023-03-03", "2021-01-01"),
        (None, "2022-02-02", "2023-03-03", "2022-02-02"),
        (None, None, "2023-03-03", "2023-03-03"),
        (None, None, None, "2026-11-21"),
    ],
)
def test_the_day_is_the_case_s_else_the_option_s_else_the_suite_s(
    tmp_path: Path, own: str | None, option: str | None, header: str | None, day: str
) -> None:
    dated = {"as_of": own} if own else {}
    claim = {"id": "c", "claim": CLAIM | dated, "gold": {"status": "undetermined"}}
    worded = {"id": "w", "type": "validity", "wordings": ["丁", "戊"], "gold": NOTHING, **dated}
    cases = (case("a", "甲", **dated), talk("乙", "丙", **dated), worded, claim)
    given = None if option is None else date.fromisoformat(option)
    days = [
        one.claim.as_of if isinstance(one, ClaimProbe) else one.question.as_of
        for one in put(tmp_path, *cases, day=given, **({"as_of": header} if header else {}))
        if isinstance(one, AnswerProbe | ClaimProbe)
    ]
    assert days == [date.fromisoformat(day)] * 6


def test_what_comes_back_is_plain_json_that_is_judged_like_the_answer(tmp_path: Path) -> None:
    gold = paid(30, document="haitang", quote=["奖励三十贝"])
    [only] = put(tmp_path, case("a", "甲", gold=gold))
    told = says("三十贝[1]", "30") | {"citations": [cited("每项奖励三十贝")]}
    back = only.put(under_test({"甲": told}))
    assert back["amounts"] == [{"yuan": "30", "kind": "exact", "label": ""}]
    assert only.judge(back, SOURCES).kept == {"status": True, "amounts": True, "citation": True, "verbatim": True}


def test_a_claim_is_worked_out_and_one_that_is_refused_tells_no_total(tmp_path: Path) -> None:
    cases = (
        {"id": "c", "claim": CLAIM, "gold": paid(60)},
        {"id": "d", "claim": CLAIM, "gold": {"status": "undetermined"}},
    )
    known, unknown = put(tmp_path, *cases)
    told = under_test({"主导制定海棠标准": says("合计60元", "60")})
    assert known.judge(known.put(told), SOURCES).is_right
    assert unknown.judge(unknown.put(told), SOURCES).wrong_amounts == (Decimal(60),)
    refused = unknown.put(under_test({}))
    assert refused == {"refused": "没有这样的成果"} and unknown.judge(refused, SOURCES).is_right
    assert known.judge(refused, SOURCES).broken == ("status", "amounts")


def test_a_search_gives_places_with_their_locator(tmp_path: Path) -> None:
    [only] = put(tmp_path, {"id": "r", "question": "谁报", "document": "yulan", "anchor": "花农自愿"})
    found = {"谁报": {"found": [place("第五条"), place("自愿申报", "yulan")]}}
    back = only.put(under_test(found))
    assert back["places"][0] == ["haitang", 0, 3, "第五条"]
    verdict = only.judge(back, SOURCES)
    assert verdict.is_right and verdict.measured["rank"] == 2
    assert only.judge(only.put(under_test({"谁报": {"found": []}})), SOURCES).broken == ("top_3",)


def test_a_probe_is_described_with_what_was_asked_before_and_where_its_answer_stands(tmp_path: Path) -> None:
    cases = (
        talk("甲", "乙"),
        case("a", "丙", gold=paid(8, doc="玉兰")),
        case("b", "丁", gold=paid(38, document="haitang", documents=["haitang", "yulan"])),
        {"id": "c", "claim": CLAIM, "gold": {"status": "undetermined"}},
    )
    _, second, part, several, claim = (one.describe(SOURCES) for one in put(tmp_path, *cases))
    assert (second.question, second.history, second.documents) == ("乙", ("甲",), ())
    assert second.gold == {"status": "not_found"}
    assert (part.documents, part.gold["yuan"]) == (("yulan",), ["8"])
    assert several.documents == ("haitang", "yulan")
    assert claim.question == "海棠市：主导制定海棠标准×2"


def test_the_rest_of_a_document_comes_after_its_figures() -> None:
    from evals.loading import load_suite

    suite = load_suite("extraction")
    rest = [one for one in probes_of(suite) if isinstance(one, RestProbe)]
    assert [one.document for one in rest] == list(dict.fromkeys(case.document for case in suite.cases))
    assert sum(len(one.known) for one in rest) == len(suite.cases)
    assert {one.type for one in rest} == {"beyond"} and rest[0].id == f"{rest[0].document}@beyond"
