"""The report: what it says first, what it shows of a wrong answer, that it runs nothing and stays small."""

from dataclasses import replace
from decimal import Decimal

import pytest

from evals.comparing import standings_of
from evals.reporting import TrendPoint
from tests.evals.made_up import (
    DAY,
    NOT_FOUND,
    amount,
    case,
    cited,
    config,
    paid,
    place,
    run_of,
    says,
)
from tests.evals.reporting.pages import Page, page_of, troubles

EVIL = "<script>alert(1)</script>{{7*7}}{% raw %}\"'><img src=x onerror=alert(2)>&amp;</style></details>"
MIB = 1024 * 1024
WRONG_SUM = case("sum", gold=paid(30, quote=["每项奖励三十贝"], why="第五条"))
TOLD_WRONG = {"问题sum": says("每项99元[1]", "99") | {"citations": [cited("参与制定的，每项奖励五贝")]}}


@pytest.fixture
def right(tmp_path):
    """A run of one question, answered right."""
    return run_of(tmp_path, {}, case("a"))


@pytest.fixture
def wrong(tmp_path):
    """A run of two questions, of which one states a wrong sum; a search would have found the clause."""
    run = run_of(tmp_path, TOLD_WRONG, WRONG_SUM, case("fine"))
    found = (*place("每项奖励三十贝").values(), "第五条")
    return replace(run, rows=(replace(run.rows[0], retrieved=(found,)), *run.rows[1:]))


def test_a_run_without_a_baseline_says_so_first(right):
    page = Page(page_of(right))
    assert "没有可比的基线" in page.text
    assert page.all("section", class_="no_baseline")
    assert "100% 1 / 1 题，95% 区间 20.7–100.0%" in page.text
    assert "没有答错的题" in page.text


def test_a_run_as_good_as_its_baseline_holds(right):
    page = Page(page_of(right, standings_of(right)))
    assert page.all("section", class_="holds")
    assert "没有退步：与基线相比，没有一题由对变错。" in page.text


def test_what_became_worse_is_counted_in_the_verdict(wrong):
    before = [replace(one, is_right=True, broken=(), wrong_amounts=()) for one in standings_of(wrong)]
    page = Page(page_of(wrong, before))
    assert page.all("section", class_="regression")
    assert "有退步：与基线相比，1 题由对变错。" in page.text
    assert "−1 +0 由对变错 1 题" in page.text


def test_a_suite_below_its_threshold_is_named_with_both_figures(wrong):
    page = Page(page_of(wrong, **{"made-up": Decimal(95)}))
    assert page.all("section", class_="below")
    assert "低于下限：made-up 答对 50.0%，下限 95%。" in page.text


def test_the_number_of_wrong_sums_stands_first_among_the_tiles(wrong, right):
    page = Page(page_of(wrong))
    tiles = [one for one in page.all("div") if "tile" in (one.get("class") or "").split()]
    assert "tile-bad" in (tiles[0]["class"] or "")
    assert "金额有误 1 题 给出了不该给的金额" in page.text
    assert "没有一题给出不该给的金额" in Page(page_of(right)).text


def test_a_part_of_a_suite_is_said_to_be_one(right):
    part = replace(right, config=config(filters=("id=a*",)), stale=3)
    text = Page(page_of(part)).text
    assert "只问了一部分题（--filter id=a*）" in text and "3 题的问题在运行之后改过" in text


def test_a_wrong_answer_shows_question_gold_answer_quote_and_what_a_search_found(wrong):
    page = Page(page_of(wrong))
    for told in (
        "问题sum",
        "金额 30元",
        "条款片段 每项奖励三十贝",
        "第五条",
        "99元 定额（不该给）",
        "每项99元[1]",
        "给出了不该给的金额：99元",
        "金额与标准答案不符",
        "没有引用标准条款",
        "参与制定的，每项奖励五贝",
        "东临省海棠市《海棠市花卉标准奖励细则》 第五条 标准条款 每项奖励三十贝",
        "题 sum · made-up · 查金额 · 评测",
    ):
        assert told in page.text, told


def test_steps_warnings_and_history_are_shown(tmp_path):
    step = {"step": "两项", "expression": "30 * 2", "yuan": "60", "citation": 1}
    warning = {"code": "expired", "message": "已于去年失效"}
    told = {"那两项呢": says("共60元[1]", "60") | {"calculation": [step], "warnings": [warning]}}
    asked = case("h", "那两项呢", gold=paid(50), history=["海棠市奖多少？"])
    text = Page(page_of(run_of(tmp_path, told, asked))).text
    assert "此前问过：海棠市奖多少？" in text
    assert "两项： 30 * 2 = 60元 [1]" in text.replace("：30", "： 30")
    assert "已失效：已于去年失效" in text


def test_wrong_sums_come_before_answers_withheld_and_those_before_the_rest(tmp_path):
    told = {
        "问题b": RuntimeError("broken"),
        "问题c": says("每项5元", "5"),
    }
    cases = [case("a", gold=paid(7)), case("b", gold=paid(7)), case("c", gold=paid(7))]
    page = page_of(run_of(tmp_path, told, *cases))
    worst = page[page.index('id="worst"') :]
    assert worst.index("made-up · c") < worst.index("made-up · b") < worst.index("made-up · a")
    assert "拒绝作答 1 题" in Page(page).text


def test_texts_of_questions_documents_and_answers_are_never_markup(tmp_path):
    answer = says(EVIL, "99") | {
        "amounts": [amount("99").model_copy(update={"label": EVIL})],
        "warnings": [{"code": EVIL, "message": EVIL}],
        "calculation": [{"step": EVIL, "expression": EVIL, "yuan": "1", "citation": None}],
        "citations": [cited("第五条").model_copy(update={"quote": EVIL, "title": EVIL, "locator": EVIL})],
    }
    hostile = case("x", EVIL, gold=paid(30, must=[EVIL], why=EVIL), history=[EVIL])
    run = run_of(tmp_path, {EVIL: answer}, hostile)
    told = replace(
        run, config=run.config.model_copy(update={"machine": EVIL, "git_revision": EVIL, "filters": (EVIL,)})
    )
    before = [replace(one, is_right=True) for one in standings_of(run_of(tmp_path, {EVIL: NOT_FOUND}, hostile))]
    html = page_of(told, before)
    page = Page(html)
    assert troubles(page) == []
    assert page.text.count("{{7*7}}") >= 12 and "alert(1)" in page.text and ">49<" not in html
    assert html.count("</style>") == 1


def test_nothing_is_asked_of_the_network_and_nothing_runs(wrong):
    html = page_of(wrong, standings_of(wrong))
    page = Page(html)
    assert troubles(page) == []
    assert "http" not in html.replace("http-equiv", "")
    assert "default-src 'none'" in html and "url(" not in html and "@import" not in html


def test_characters_that_disorder_a_page_are_replaced(tmp_path):
    run = run_of(tmp_path, {}, case("n", "奖\x00多\u202e少", gold=paid(1)))
    assert "奖\ufffd多\ufffd少" in page_of(run)


def test_both_answers_stand_side_by_side_with_their_words_marked(tmp_path):
    asked = case("d", gold=paid(25))
    before = standings_of(run_of(tmp_path, {"问题d": says("奖励25万元", "25")}, asked))
    html = page_of(run_of(tmp_path, {"问题d": says("奖励30万元", "30")}, asked), before)
    assert "奖励<del>25</del>万元" in html and "奖励<ins>30</ins>万元" in html
    assert "应答：回答；金额：25元" in Page(html).text


def test_a_baseline_has_no_answers_and_the_page_says_how_to_see_both(wrong):
    before = [replace(one, is_right=True, row=None) for one in standings_of(wrong)]
    page = Page(page_of(wrong, before))
    assert "基线只存判定，不存回答" in page.text and not page.all("del")
    assert "jiangbu eval compare 旧的运行编号 run-1" in page.text


def test_what_was_not_compared_is_listed(wrong):
    first, second = standings_of(wrong)
    before = [replace(first, put="other"), replace(second, probe="lost")]
    text = Page(page_of(wrong, before)).text
    assert "问题改过的题： made-up sum" in text
    assert "新增的题： made-up fine" in text and "不见了的题： made-up lost" in text


def test_rounds_that_differ_are_told(tmp_path):
    run = run_of(tmp_path, {"问题u": says("每项30元", "30")}, case("u", gold=paid(30)), repeat=2)
    [row] = run.rows
    changed = replace(row.rounds[1].outcome, back=row.rounds[1].outcome.back | {"answer": "别的"})
    unsteady = replace(run, rows=(replace(row, rounds=(row.rounds[0], replace(row.rounds[1], outcome=changed))),))
    assert "问 2 遍，前后不一 1 题" in Page(page_of(unsteady)).text


def test_the_line_over_runs_needs_two_and_ends_with_this_one(wrong):
    assert not Page(page_of(wrong)).all("svg", class_="trend")
    earlier = TrendPoint(run="r0", started=config().started, right=9, n=10, wrong_amounts=0)
    page = Page(page_of(wrong, trend=[earlier]))
    assert page.all("svg", class_="trend") and len(page.all("circle")) == 2
    assert "本次 50.0% 1/2 1" in page.text and "90.0% 9/10 0" in page.text


def test_a_run_of_a_part_is_on_no_line(wrong):
    earlier = TrendPoint(run="r0", started=config().started, right=9, n=10, wrong_amounts=0)
    part = replace(wrong, config=config(filters=("id=x",)))
    assert not Page(page_of(part, trend=[earlier])).all("svg", class_="trend")


def test_the_command_to_run_it_again_is_quoted_for_a_shell(right):
    again = config(filters=("region=威 海; rm",), repeat=3, as_of=DAY)
    text = Page(page_of(replace(right, config=again))).text
    assert "jiangbu eval run made-up.jsonl --filter 'region=威 海; rm' --repeat 3 --as-of 2026-11-21" in text


def test_twenty_thousand_answers_of_which_many_are_long_make_a_page_under_five_megabytes(tmp_path):
    long = "奖<" * 3000
    quote = cited("第五条").model_copy(update={"quote": long, "title": long, "locator": long})
    answer = says(long, *map(str, range(40))) | {
        "citations": [quote.model_copy(update={"marker": number}) for number in range(1, 20)],
        "calculation": [{"step": long, "expression": long, "yuan": "1", "citation": 1}] * 20,
        "warnings": [{"code": "expired", "message": long}] * 20,
    }
    asked = case("x", long, gold=paid(1, must=[long], why=long), history=[long] * 10)
    run = run_of(tmp_path, {long: answer}, asked, case("y", gold=paid(1)))
    rows = [
        replace(row, probe=replace(row.probe, id=f"{row.id}{number}"))
        for row, count in zip(run.rows, (120, 19_880), strict=True)
        for number in range(count)
    ]
    many = replace(run, rows=tuple(rows))
    before = [replace(one, is_right=True) for one in standings_of(many)]
    html = page_of(many, before)
    assert len(html.encode("utf-8")) < 5 * MIB
    text = Page(html).text
    assert "另有 19,940 题，见 JSON" in text and "另有 19,960 题，见 JSON" in text
