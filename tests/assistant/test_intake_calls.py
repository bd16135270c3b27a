"""Sending in, taking in and removing policies over HTTP: who may, what is refused, how far a job is, what a failure
leaves. What a reviewer sees and decides is in `test_uploads`."""

import base64
import threading
import time
from collections.abc import Callable
from contextlib import closing
from functools import lru_cache

import pytest

from assistant.config import Settings
from assistant.indexing import JOBS_KEPT, MAX_REMOVALS, MAX_WAITING, IndexJobs, JobsFull, Review, open_jobs
from assistant.records import Question
from assistant.reviewing import Decision
from assistant.service import LiveAssistant
from assistant.store import open_store
from assistant.web.intake_documents import clean_name, intake_documents_router
from assistant.web.uploads import uploads_router
from corpus import Library
from corpus.describe import Given
from corpus.intake import RawFile
from index import BuildBusy, build, child
from index.tokenize import load_full
from tests.assistant.conftest import CrowdedEmbedder
from tests.assistant.http_service import code_of, served
from tests.assistant.test_page_fakes import FakeService

LIUZHOU = """柳州市标准化激励细则
第一条 主导制定国家标准的，每项激励43万元。
第二条 申请由市市场监管局受理。
第三条 本细则自2025年2月1日起施行，有效期至2027年1月31日。
"""
WITHIN_S = 20.0


class LibraryService(FakeService):
    """Knows the documents of a library."""

    def __init__(self, library: Library) -> None:
        super().__init__()
        self.library = library

    def document(self, document_id: str) -> dict[str, object] | None:
        return next(({"id": one.id} for one in self.library.documents() if one.id == document_id), None)


class Rebuild:
    """Stands for the build: waits for a sign where it is told to, then does what it is given to do."""

    def __init__(self) -> None:
        self.go = threading.Event()
        self.go.set()
        self.act: Callable[[Callable[[int, int], None]], None] = lambda watch: watch(7, 7)
        self.times = 0

    def __call__(self, watch: Callable[[int, int], None]) -> None:
        self.times += 1
        assert self.go.wait(WITHIN_S)
        self.act(watch)


@pytest.fixture
def made_up(monkeypatch, documents):
    """The made-up policies as those that come with the program."""
    monkeypatch.setattr("corpus.library.packaged_documents", lambda: list(documents.values()))


@pytest.fixture
def rebuild():
    return Rebuild()


@pytest.fixture
def library(made_up, tmp_path):
    return Library(tmp_path)


@pytest.fixture
def service(library, rebuild, tmp_path):
    with closing(open_store(tmp_path)) as store:
        jobs = IndexJobs(library, rebuild)
        routers = intake_documents_router(jobs, LibraryService(library), store), uploads_router(jobs, store)
        with served(tmp_path, *routers) as made:
            yield made
            rebuild.go.set()


def sent(text: str | bytes = LIUZHOU, name: str = "柳州.txt", **stated: object) -> dict[str, object]:
    content = text.encode() if isinstance(text, str) else text
    files = [{"name": name, "content_base64": base64.b64encode(content).decode()}]
    return {"files": files, "stated": stated}


def ended(client, job) -> dict[str, object]:
    """The job's last state."""
    until = time.monotonic() + WITHIN_S
    while job["state"] not in ("done", "failed"):
        assert time.monotonic() < until
        time.sleep(0.01)
        job = client.get(f"/api/jobs/{job['id']}").json()
    return job


def read(client, body) -> dict[str, object]:
    """The job that read what was sent."""
    reply = client.post("/api/documents", json=body)
    assert reply.status_code == 202
    return ended(client, reply.json())


def added(service, body) -> dict[str, object]:
    """The job that took in what wang sent and shen accepted."""
    number = read(service.client("wang"), body)["upload"]
    reply = service.client("shen").post(f"/api/uploads/{number}/accept", json={})
    assert reply.status_code == 202
    return ended(service.client("shen"), reply.json())


def test_what_is_sent_waits_and_what_was_read_is_told(service, library, rebuild):
    job = read(service.client("wang"), sent())
    assert (job["state"], job["message"], job["upload"]) == ("done", "已送审，编号 1；经审核人收入后才用来回答。", 1)
    told = {"id": "liuzhou-2025", "title": "柳州市标准化激励细则", "clauses": 4, "facts": 1, "rejects": 0}
    assert job["documents"] == [told]
    assert ("liuzhou-2025" in library.ids(), rebuild.times) == (False, 0)


def test_what_a_reviewer_accepts_is_stored_and_indexed(service, library):
    job = added(service, sent())
    assert (job["state"], job["message"]) == ("done", "已收入编号 1 的 1 份文件。")
    assert (job["done"], job["total"]) == (7, 7)
    [stored] = [one for one in library.documents() if one.id == "liuzhou-2025"]
    assert (stored.source, stored.uploaded) == ("柳州.txt", True)


def test_who_took_what_in_and_out_is_logged(service, library, tmp_path):
    added(service, sent(name="../13800138000.txt"))
    client = service.client("gao")
    ended(client, client.delete("/api/documents/liuzhou-2025").json())
    with closing(open_store(tmp_path)) as store:
        wait_for(lambda: len(store.audit.recent(10)) == 3)
        told = [(row.caller, row.status, row.question) for row in reversed(store.audit.recent(10))]
    assert told == [
        ("wang", "send", "〔手机号〕.txt"),
        ("shen", "accept", "1（wang 送审）柳州市标准化激励细则："),
        ("gao", "remove", "liuzhou-2025"),
    ]


def wait_for(held: Callable[[], bool]) -> None:
    until = time.monotonic() + WITHIN_S
    while not held():
        assert time.monotonic() < until
        time.sleep(0.02)


def test_what_is_stated_wins_over_the_text(service, library):
    stated = {"region": "青岛市", "title": "所填题名", "in_force_until": "2030-12-31", "draft": True}
    added(service, sent(**stated))
    [stored] = [one for one in library.documents() if one.uploaded]
    assert (stored.title, stored.region.name, stored.status.value) == ("所填题名", "山东省青岛市", "draft")
    assert stored.in_force_until.isoformat() == "2030-12-31"


def test_the_public_adds_nothing_and_only_an_administrator_removes(service, library):
    assert code_of(service.client().post("/api/documents", json=sent())) == (401, "login_needed")
    assert code_of(service.client().get("/api/jobs/x")) == (401, "login_needed")
    own = library.documents()[0].id
    assert code_of(service.client("wang").delete(f"/api/documents/{own}")) == (403, "not_allowed")
    assert own in {one.id for one in library.documents()}


def test_an_administrator_removes_a_document(service, library, rebuild):
    gone = library.documents()[0]
    client = service.client("gao")
    reply = client.delete(f"/api/documents/{gone.id}")
    assert reply.status_code == 202
    job = ended(client, reply.json())
    assert (job["state"], job["message"]) == ("done", f"已移出：{gone.id} {gone.title}")
    assert (gone.id in {one.id for one in library.documents()}, rebuild.times) == (False, 1)
    assert code_of(client.delete(f"/api/documents/{gone.id}")) == (404, "no_document")


def busy(watch) -> None:
    raise BuildBusy("Cannot build the index: process 1 is building it.")


def broken(watch) -> None:
    raise ValueError("secret/path.py")


@pytest.mark.parametrize(("act", "said"), [(busy, "另一个进程正在建立索引"), (broken, "处理时程序出错")])
def test_a_build_that_fails_leaves_the_library_as_it_was(service, library, rebuild, act, said):
    before = library.documents()
    rebuild.act = act
    job = added(service, sent())
    assert (job["state"], job["documents"], rebuild.times) == ("failed", [], 1)
    assert job["message"].startswith(said) and job["message"].endswith("文库没有改动。")
    assert "secret" not in job["message"]
    assert library.documents() == before
    [waiting] = service.client("shen").get("/api/uploads?state=pending").json()["items"]
    assert (waiting["number"], waiting["settled_by"]) == (1, None)


def test_a_removal_holds_though_the_index_cannot_be_built(service, library, rebuild):
    """The documents were put back, and answered from again."""
    gone, rebuild.act = library.documents()[0].id, broken
    client = service.client("gao")
    job = ended(client, client.delete(f"/api/documents/{gone}").json())
    assert job["state"] == "failed" and "不再引用" in job["message"] and "文库没有改动" not in job["message"]
    assert gone not in library.ids()


def test_a_removal_waits_for_no_build(service, library, rebuild):
    rebuild.go.clear()
    client = service.client("gao")
    first, second = (one.id for one in library.documents()[:2])
    for one in (first, second):  # the build of the first hangs
        assert client.delete(f"/api/documents/{one}").status_code == 202
    assert not {first, second} & library.ids()


def test_text_that_is_there_already_needs_no_build(service, rebuild):
    added(service, sent())
    again = added(service, sent(name="别名.md"))
    assert (again["state"], again["documents"], rebuild.times) == ("done", [], 1)
    assert again["message"].endswith("没有新增。")


def test_a_file_that_is_no_text_fails_its_job_in_chinese(service, rebuild):
    job = read(service.client("wang"), sent(b"\x00\x01\x02"))
    assert (job["state"], job["upload"], rebuild.times) == ("failed", None, 0)
    assert "柳州.txt" in job["message"] and job["message"].endswith("文库没有改动。")


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (sent(name="a.exe"), "bad_file"),
        (sent(name="..\\"), "bad_file"),
        (sent(""), "bad_file"),
        ({"files": [{"name": "a.txt", "content_base64": "不是"}]}, "bad_file"),
        ({"files": [{"name": "a.txt", "content_base64": "QQ="}]}, "bad_file"),
        (sent(region="火星市"), "no_region"),
        (sent(published="2026-02-30"), "bad_field"),
        (sent(draft="true"), "bad_field"),
        (sent(document_id="x"), "bad_field"),
        ({"files": []}, "bad_field"),
        ({"files": [{"name": "a.txt", "content_base64": "QQ==", "path": "/etc"}]}, "bad_field"),
        ([], "bad_field"),
    ],
)
def test_what_cannot_be_taken_is_refused_at_once(service, rebuild, body, code):
    assert code_of(service.client("wang").post("/api/documents", json=body)) == (422, code)
    assert rebuild.times == 0


def test_a_name_is_data_and_opens_no_file(service, library, tmp_path):
    before = {path for path in tmp_path.rglob("*") if "corpus" not in path.parts}
    added(service, sent(name="../../逃出\u202e<b>.txt"))
    [stored] = [one for one in library.documents() if one.uploaded]
    assert stored.source == "逃出<b>.txt"
    assert {path for path in tmp_path.rglob("*") if "corpus" not in path.parts} == before
    assert [path.parent for path in tmp_path.rglob("*.md")] == [tmp_path / "corpus" / "documents"]


def test_a_long_name_keeps_its_ending():
    assert (len(clean_name("长" * 400 + ".md")), clean_name("长" * 400 + ".md")[-4:]) == (100, "长.md")


def test_one_job_at_a_time_and_no_more_wait_than_may(service, library, rebuild):
    rebuild.go.clear()
    client, keeper = service.client("wang"), service.client("gao")
    first, second = (one.id for one in library.documents()[:2])
    jobs = [keeper.delete(f"/api/documents/{first}").json()]
    wait_for(lambda: rebuild.times == 1)
    for number in range(MAX_WAITING):
        jobs.append(client.post("/api/documents", json=sent(f"{LIUZHOU}第四条 编号{number}。\n")).json())
    assert code_of(client.post("/api/documents", json=sent("柳州市另一细则\n第一条 甲。\n"))) == (503, "jobs_full")
    states = [client.get(f"/api/jobs/{job['id']}").json()["state"] for job in jobs]
    assert (states, rebuild.times) == (["indexing"] + ["waiting"] * MAX_WAITING, 1)
    jobs.append(keeper.delete(f"/api/documents/{second}").json())  # what has to go is not kept by what comes
    assert second not in library.ids()
    rebuild.go.set()
    assert {ended(client, job)["state"] for job in jobs} == {"done"}
    assert len({job["id"] for job in jobs}) == 2 + MAX_WAITING and all(len(job["id"]) >= 32 for job in jobs)


def test_removals_have_an_end_too(library, rebuild, monkeypatch):
    rebuild.go.clear()
    jobs, ids = IndexJobs(library, rebuild), [one.id for one in library.documents()]
    monkeypatch.setattr("assistant.indexing.MAX_WAITING", 1 - MAX_REMOVALS)
    jobs.remove(ids[0])
    wait_for(lambda: rebuild.times == 1)
    jobs.remove(ids[1])
    with pytest.raises(JobsFull):
        jobs.remove(ids[2])
    assert ids[2] in library.ids()
    rebuild.go.set()


def test_only_the_last_jobs_are_remembered(library, rebuild, tmp_path):
    with closing(open_store(tmp_path)) as store:
        jobs, made = IndexJobs(library, rebuild), []
        for _ in range(JOBS_KEPT + 1):
            made.append(jobs.accept(Decision(number=1, by="shen"), store.uploads))
            wait_for(lambda: jobs.find(made[-1].id).state == "failed")
        assert jobs.find(made[0].id) is None
        assert all(jobs.find(job.id) for job in made[1:])


def test_no_job_of_that_number(service):
    assert code_of(service.client("wang").get("/api/jobs/none")) == (404, "no_job")


def test_when_a_job_is_done_the_running_assistant_answers_from_it(made_up, monkeypatch, tmp_path):
    """The real build, in this process; the progress ends with all new passages embedded."""
    monkeypatch.setattr("assistant.service.embedder_of", lambda settings, prepare: CrowdedEmbedder())
    steps = {"write": child.write_store, "check": lambda snapshot: None}
    monkeypatch.setattr(child, "run_step", lambda step, snapshot, passages: steps[step](snapshot))
    monkeypatch.setattr(build, "load_full", lru_cache(load_full))
    settings = Settings(home=tmp_path)
    live = LiveAssistant(settings, progress=False)
    asked = Question(question="柳州市主导制定国家标准奖励多少")
    assert live.answer(asked).status == "not_found"
    jobs = open_jobs(settings, live.version)
    with closing(open_store(tmp_path)) as store:
        review = Review(uploads=store.uploads, facts=lambda: live.ledger().ledger.facts)
        followed(jobs, jobs.send([RawFile("柳州.txt", LIUZHOU.encode())], Given(), "wang", review))
        assert live.answer(asked).status == "not_found"
        now = followed(jobs, jobs.accept(Decision(number=1, by="shen"), store.uploads))
        assert now.done == now.total > 0
        answer = live.answer(asked)
        assert "43万元" in answer.answer
        assert [one.code for one in answer.warnings] == ["uploaded"] and "来源：用户上传" in answer.warnings[0].message


def followed(jobs: IndexJobs, job):
    """The job's last state, which has to be a good one."""
    until = time.monotonic() + 60
    while (now := jobs.find(job.id)) and now.state not in ("done", "failed") and time.monotonic() < until:
        time.sleep(0.05)
    assert now is not None and now.state == "done", now
    return now
