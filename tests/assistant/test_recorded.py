"""What the doors use: answers are logged, counted, joined by a reviewed one, and given even when the store fails."""

from datetime import date
from decimal import Decimal

import pytest
from fastapi import APIRouter
from prometheus_client.parser import text_string_to_metric_families

from assistant.claim_file import AchievementEntry, ClaimEntry, ClaimFileError
from assistant.estimating import EstimateReport, EstimateSum
from assistant.records import Question
from assistant.store import StoreError, open_store
from assistant.store.feedback import Remark, Settlement
from assistant.web.access import Caller
from assistant.web.ask import ask_router
from assistant.web.health import Metrics
from assistant.web.recorded import RecordedService, asked_by
from index.errors import IndexDamaged
from tests.assistant.http_service import served
from tests.assistant.test_page_fakes import HEAD, QUOTE, FakeService, citation

STAFF = Caller(name="wang", role="staff", client="192.0.2.7", account_id=1)
PUBLIC = Caller(client="192.0.2.8")
CLAIM = ClaimEntry(region="云岭市", achievements=(AchievementEntry(what="牵头国家标准，电话13800138000"),))


class Estimating(FakeService):
    """The fake that can work a claim out."""

    def estimate(self, claim):
        return EstimateReport(
            region="云岭市",
            documents=("yunling-2025",),
            status="answered",
            total=EstimateSum(yuan=Decimal("300000.50"), kind="exact"),
            lines=(),
            calculation=(),
            citations=(citation(1, "yunling-2025", QUOTE, "第七条"),),
            warnings=(),
            text="可得",
            as_of=date(2026, 11, 21),
            elapsed_ms=1.0,
        )


@pytest.fixture
def store(tmp_path):
    made = open_store(tmp_path)
    yield made
    made.close()


@pytest.fixture
def metrics():
    return Metrics()


@pytest.fixture
def service(store, metrics):
    return RecordedService(Estimating(), store, metrics)


def ask(service, question, caller=PUBLIC, **fields):
    with asked_by(caller):
        return service.answer(Question(question=question, **fields))


def logged(store):
    assert store.audit.flush(5)
    return store.audit.recent(9)


def counted(metrics):
    families = text_string_to_metric_families(metrics.text().decode())
    samples = (sample for family in families for sample in family.samples)
    return {tuple(one.labels.values()): one.value for one in samples if one.name == "jiangbu_answers_total"}


def test_an_answer_is_logged_with_what_it_rests_on(service, store):
    answer = ask(service.for_door("openai"), "国标奖励？我是13800138000", STAFF, region="云岭市")
    [row] = logged(store)
    assert (row.question, row.region, row.door, row.caller) == ("国标奖励？我是〔手机号〕", "云岭市", "openai", "wang")
    assert row.figures == [{"yuan": "300000", "kind": "cap"}]
    assert row.citations == [{"document": "yunling-2025", "start": len(HEAD), "end": len(HEAD + QUOTE)}]
    assert (row.status, row.engine, row.index_version) == ("answered", "rules", "made-up")
    assert row.client == store.audit.hash_client("192.0.2.7")
    assert row.elapsed_ms > 0
    assert answer == FakeService().answer(Question(question="国标奖励？我是13800138000", region="云岭市"))


def test_who_leaves_while_a_model_is_at_work_had_the_answer_that_was_shown(store, metrics):
    class InSteps(Estimating):
        def answer_in_steps(self, question):
            yield self.answer(question), False
            yield self.answer(question).model_copy(update={"engine": "llm"}), True

    with asked_by(PUBLIC):
        steps = RecordedService(InSteps(), store, metrics).answer_in_steps(Question(question="国标奖励？"))
        _, counts = next(steps)
        assert (counts, logged(store)) == (False, [])
        steps.close()
    [row] = logged(store)
    assert (row.question, row.status, row.engine) == ("国标奖励？", "answered", "rules")


def test_an_estimate_is_logged_as_a_question(service, store):
    report = service.for_door("mcp").estimate(CLAIM)
    [row] = logged(store)
    assert row.question == "测算（云岭市）：牵头国家标准，电话〔手机号〕"
    assert (row.door, row.client, row.figures) == ("mcp", "", [{"yuan": "300000.50", "kind": "exact"}])
    assert (row.status, len(row.citations), report.text) == ("answered", 1, "可得")


def test_answers_are_counted_by_door_and_status(service, metrics):
    for question in ("奖励", "奖励", "没有的"):
        ask(service.for_door("page"), question)
    service.estimate(CLAIM)
    expected = {("page", "answered"): 2, ("page", "not_found"): 1, ("api", "answered"): 1}
    assert counted(metrics) == expected


def test_what_the_public_gets_no_answer_to_waits_for_staff(service, store):
    for _ in range(2):
        ask(service, "没有的事", history=("先问13800138000",), region="云岭市", as_of=date(2026, 1, 2))
    assert store.audit.flush(5)
    [kept] = store.feedback.page()
    assert (kept.verdict, kept.question, kept.status, kept.times) == ("unanswered", "没有的事", "not_found", 2)
    assert (kept.history, kept.region, kept.as_of) == (["先问〔手机号〕"], "云岭市", date(2026, 1, 2))


def test_what_was_answered_or_asked_back_and_what_staff_asks_does_not(service, store):
    ask(service, "奖励")
    ask(service, "在哪里？")
    ask(service, "没有的事", STAFF)
    assert store.audit.flush(5)
    assert store.feedback.page() == []


def review(store, question):
    asked = Remark(verdict="wrong", question=question, answer="", status="not_found")
    ticket = store.feedback.find(store.feedback.add(asked))
    store.settle(ticket, Settlement(settled_as="reviewed", note="", by="wang"), answer="人工的答复")


def test_a_reviewed_answer_stands_beside_the_programs_own(service, store):
    review(store, "没有的事？")
    answer = ask(service, " 没有的事 ")
    assert (answer.reviewed.answer, answer.reviewed.reviewer) == ("人工的答复", "wang")
    assert (answer.status, answer.answer) == ("not_found", "已收录的文件中没有这项规定。")
    assert store.audit.flush(5)
    assert store.feedback.count_open() == 0
    assert ask(service, "没有的另一件事").reviewed is None


def test_a_reviewed_answer_is_not_given_to_a_question_that_may_rest_on_others(service, store):
    review(store, "没有的事？")
    assert ask(service, "没有的事？", history=("行标多少？",)).reviewed is None


def test_what_fails_is_logged_counted_and_raised(service, store, metrics):
    with pytest.raises(RuntimeError):
        ask(service, "坏的")
    with pytest.raises(ClaimFileError):
        RecordedService(FakeService(), store, metrics).estimate(CLAIM)
    assert [(row.question[:2], row.status, row.index_version) for row in logged(store)] == [
        ("测算", "failed", ""),
        ("坏的", "failed", ""),
    ]
    assert counted(metrics) == {("api", "failed"): 2}


def test_the_answer_is_given_when_the_store_fails(service, store, monkeypatch):
    def refuse():
        raise StoreError("the disk is full")

    monkeypatch.setattr(store.database, "reading", refuse)
    monkeypatch.setattr(store.database, "writing", refuse)
    assert ask(service, "奖励").status == "answered"
    assert ask(service, "没有的事").status == "not_found"
    assert store.audit.flush(5)
    assert store.audit.lost == 4  # the purge at start, two entries, one ticket


def test_an_index_that_is_damaged_after_the_answer_leaves_the_answer(service, store, monkeypatch):
    def damaged(self):
        raise IndexDamaged("cut short")

    monkeypatch.setattr(FakeService, "version", damaged)
    assert ask(service, "奖励").status == "answered"
    assert logged(store)[0].index_version == ""


def test_a_question_of_any_length_is_logged_bounded_and_no_number_is_cut_open(service, store):
    ask(service, "长" * 1_995 + "13800138000" + "长" * 60_000)
    question = logged(store)[0].question
    assert len(question) == 2_000
    assert question.endswith("长〔手机号〕")


def test_everything_else_is_passed_on(service):
    inner = FakeService()
    assert service.search("奖", 1) == inner.search("奖", 1)
    assert service.document("old-2019") == inner.document("old-2019")
    assert (service.regions(), service.version(), service.documents()) == (("云岭市", "海棠区"), "made-up", ())
    assert list(service.ledger().select()) == []


def test_over_http_the_caller_is_the_one_who_was_recognised(tmp_path):
    router = APIRouter()
    with served(tmp_path, router) as made:
        recorded = RecordedService(FakeService(), made.store, Metrics(), "api")
        made.app.router.routes[:0] = ask_router(recorded.answer).routes
        made.client("wang").post("/api/ask", json={"question": "奖励"})
        made.client().post("/api/ask", json={"question": "没有的事"})
        rows = logged(made.store)
        assert [(row.caller, row.status) for row in rows] == [("", "not_found"), ("wang", "answered")]
        assert {row.client for row in rows} == {made.store.audit.hash_client("192.0.2.7")}
        assert made.store.feedback.count_open() == 1
