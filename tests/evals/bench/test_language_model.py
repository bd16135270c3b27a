"""The comparison with a language model: its choice of questions, its own reading of figures, its rows and tables."""

from collections import Counter
from pathlib import Path

import pytest
from pydantic import SecretStr

from assistant.llm import Endpoint
from assistant.llm.rewording import Units
from assistant.records import Answer, Clarification, Question
from evals.bench.language_model import main
from evals.bench.model_asking import Desk, Recording, assisted_part, hostile_part, rules_part
from evals.bench.model_figures import expected_sums, foreign_numbers, sums_in
from evals.bench.model_questions import FREE, SHARES, Asked, chosen_questions, free_questions
from evals.bench.model_rows import Kept, Row, digest_of
from evals.bench.model_tables import write_tables
from evals.checking import check_suite
from evals.hostile import BEHAVIOURS, HostileEndpoint
from evals.hostile.protocol import words
from evals.loading import Sources, load_file, packaged_sources
from index import Index
from tests.evals.bench.one_question import BOUNDS, DAY, GOLD, asked, sources


def answer(text: str, **fields: object) -> Answer:
    return Answer.model_validate(
        {
            "id": None,
            "question": "奖多少",
            "status": "answered",
            "answer": text,
            "as_of": DAY,
            "elapsed_ms": 1.0,
            **fields,
        }
    )


def row(part: str = "assisted", **fields: object) -> Row:
    plain = {"under": "m 1 2", "id": "q-1", "asked": "d", "lot": "plain", "status": "answered", "right": True}
    return Row.model_validate({**plain, "part": part, **fields})


# —— the questions


def test_sixty_questions_are_chosen_in_their_shares() -> None:
    chosen = chosen_questions()
    assert Counter(one.lot for one in chosen) == SHARES
    assert len({one.probe.case.id for one in chosen}) == 60
    assert {one.probe.gold.status for one in chosen} == {"answered", "needs_clarification", "not_found"}
    assert {getattr(one.probe.case, "persona", "") for one in chosen} == {"enterprise", "hotline", "evaluator"}
    assert all(one.probe.question.history for one in chosen if one.lot == "turn")


def test_fewer_are_the_first_of_them_and_mixed() -> None:
    chosen = [one.probe.id for one in chosen_questions()]
    assert [one.probe.id for one in chosen_questions(12)] == chosen[:12]
    assert len({one.lot for one in chosen_questions(12)}) == len(SHARES)


def test_the_golds_of_free_talk_stand_in_the_documents() -> None:
    assert len(free_questions()) == 12
    assert [str(doubt) for doubt in check_suite(load_file(FREE), packaged_sources())] == []


# —— figures


@pytest.mark.parametrize(
    ("brought", "found"),
    [
        ("奖励1000万元", ["1000万"]),
        ("奖励壹仟万元", ["壹仟万"]),
        ("奖励￥８８８８", ["８８８８"]),
        ("奖励①②③万", ["①②③万"]),
        ("奖励ⅩⅩ万", ["ⅩⅩ万"]),
        ("每家五十", ["五十"]),
        ("奖励廿万", ["廿万"]),
        ("jiang li 100 wan", ["100"]),
        ("奖一万", ["一万"]),
        ("奖参万", ["参万"]),
        ("一并附上，是哪一个", []),
        ("参与的是什么队伍", []),
        ("您说的三家", []),
    ],
)
def test_a_number_that_neither_rules_nor_asker_wrote_is_seen(brought: str, found: list[str]) -> None:
    ruled = answer("奖励30万元[1]\n\n根据第五条：“三十万元”[1]")
    shown = answer(f"您好：\n\n奖励30万元[1]\n\n{brought}\n\n根据第五条：“三十万元”[1]")
    assert foreign_numbers(shown, [ruled], Question(question="三家一起，奖多少")) == found


def test_numbers_in_what_is_suggested_count_too() -> None:
    ruled = answer("哪里？", status="needs_clarification", clarification=Clarification(missing=(), options=("2区",)))
    options = Clarification(missing=(), options=("7项奖多少", "2区"))
    shown = answer("哪里？", suggestions=("7项奖多少",), clarification=options)
    assert foreign_numbers(shown, [ruled], Question(question="奖多少")) == ["7", "7"]
    assert foreign_numbers(shown, [ruled], Question(question="7项，奖多少")) == []


def test_a_text_may_hold_the_sums_of_its_gold_clauses_and_the_askers() -> None:
    one = asked(GOLD, "花了2万元，主导海棠标准奖多少")
    expected = expected_sums(one.probe.gold, one.probe.question, sources())
    assert expected == {300000, 50000, 20000}  # not those of the next clause
    assert sums_in("共80万元，或80.00万") == {800000}


# —— rows


def test_kept_rows_are_found_again_under_the_same_model_prompts_and_question(tmp_path: Path) -> None:
    file = tmp_path / "rows.jsonl"
    question = asked(GOLD).probe.question
    kept = Kept(file)
    assert kept.find("assisted", "m 1 2", question) is None
    kept.add(row(asked=digest_of(question), text="甲"))
    file.write_text(file.read_text("utf-8") + '{"part": "assisted", "und', "utf-8")  # killed while it wrote
    again = Kept(file)
    found = again.find("assisted", "m 1 2", question)
    assert found is not None and found.text == "甲"
    assert again.find("assisted", "m 1 3", question) is None
    again.add(row("textbook", under="m 3", asked=digest_of(question), why="down"))
    assert again.find("textbook", "m 3", question) is None  # nobody was there to be measured
    assert again.find("textbook", "m 1 2", question) is None
    assert again.find("assisted", "m 1 2", question.model_copy(update={"question": "别的"})) is None


# —— the assistant, whole


@pytest.fixture(scope="module")
def desk(packaged_index: Index) -> Desk:
    return Desk(assistant=Recording(packaged_index), sources=Sources(packaged_index.documents))


def first_of(lot: str) -> Asked:
    return next(one for one in chosen_questions() if one.lot == lot)


@pytest.mark.parametrize("lot", ["plain", "unanswered", "entangled"])
def test_lies_bring_no_figure_and_lose_nothing(desk: Desk, lot: str) -> None:
    one = first_of(lot)
    alone = rules_part(desk).ask(one)
    with hostile_part(desk, "lies_in_every_figure") as part:
        lied = part.ask(one)
    assert (lied.outcome, lied.why, lied.added) == ("fallen_back", "rejected", ())
    assert (lied.text, lied.right, lied.engine) == (alone.text, alone.right, "rules")


def test_figures_are_seen_where_the_checks_are_off(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """A meter that always shows nought would prove nothing."""
    monkeypatch.setattr(Units, "faults_of", lambda *_: [])
    one = first_of("plain")
    count = len(Units.of(desk.assistant.answer(one.probe.question, DAY).answer).texts)
    with HostileEndpoint(lambda _: words("\n".join(["奖励一千万元"] * count))) as endpoint:
        at = Endpoint(model="m", base_url=endpoint.base_url, api_key=SecretStr(""))
        found = assisted_part(desk, at, BOUNDS).ask(one)
    assert found.engine == "llm"
    assert "一千万" in found.added


def test_what_an_honest_model_did_is_in_the_row(desk: Desk) -> None:
    one = free_questions()[8]  # 临沂的牵头写全国都得守的规矩
    meant = {one.probe.question.question: "临沂主导国家标准制定奖励多少"}
    with HostileEndpoint(BEHAVIOURS["echo"], meant) as endpoint:
        at = Endpoint(model="m", base_url=endpoint.base_url, api_key=SecretStr(""))
        found = assisted_part(desk, at, BOUNDS).ask(one)
    assert (found.task, found.outcome, found.calls, found.prompt_tokens) == ("understand", "used", 1, 100)
    assert (found.suggested, found.follows, found.right) == ("临沂主导国家标准制定奖励多少", True, False)
    assert found.added == ()


# —— tables and command


def test_tables_tell_shares_seconds_and_what_the_model_brought() -> None:
    rows = [
        row("rules", seconds=0.01, figures=True),
        row("rules", id="q-2", seconds=0.03, right=False, figures=False, wrong=("5.00",)),
        row(task="reword", outcome="used", calls=1, prompt_tokens=300, reply_tokens=20, first_token_s=2.0, seconds=4.0),
        row(id="q-2", task="reword", outcome="fallen_back", why="rejected", calls=2, prompt_tokens=500, right=False),
        row(id="f-1", lot="free", task="understand", outcome="used", calls=1, follows=True, right=False),
        row("textbook", wrong=("7.00", "8.00"), added=("7.00", "8.00"), right=False, cited=True, marked=False),
        row("hostile:leaks_prompt", task="reword", outcome="fallen_back", why="rejected", right=False),
    ]
    told = write_tables(rows)
    assert "| 2 题题集里的题，答对 | 1/2 (50%) | 1/2 (50%) | 0/1 (0%) |" in told
    assert "| 1 题口语，答对 | — | 0/1 (0%) | — |" in told
    assert "| — | 1 / 1 | — |" in told
    assert "金额完全正确 | 1/2 (50%) | — | — |" in told
    assert "| 全部题：到达用户的错误数字（题数） | 1 (1) | 0 (0) | 2 (1) |" in told
    assert "| 　其中由模型带来（题数） | 0 (0) | 0 (0) | 2 (1) |" in told
    assert "| 组织文字 | 2 | 1 (50%) | 0 (0%) | 0 (0%) | 1 (50%) | 未过核对 1 |" in told
    assert "| `leaks_prompt` | 1 | 0 (0) | 1 | 0 (0%) | 0 (0%) | 0 (0%) | 1 (100%) | 未过核对 1 |" in told


def test_without_an_endpoint_the_rest_is_run_and_said(
    packaged_index: Index, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("evals.bench.language_model.ASSAULTS", ("leaks_prompt",))
    monkeypatch.setattr("evals.bench.language_model.free_questions", lambda: [])
    monkeypatch.setattr("evals.bench.language_model.show_progress", lambda: None)  # other tests read the log
    for name in ("JIANGBU_LLM_MODEL", "JIANGBU_LLM_BASE_URL", "OPENAI_BASE_URL"):
        monkeypatch.delenv(name, raising=False)
    assert main(["--questions", "2"]) == 0
    out, err = capsys.readouterr()
    assert "| `leaks_prompt` | 2 | 0 (0) | 0 |" in out
    assert "assisted, textbook left out" in err
