"""The pulse for everybody, the figures for Prometheus on this machine or an administrator."""

import pytest
from prometheus_client.parser import text_string_to_metric_families

from assistant.store.feedback import Remark
from assistant.web.health import Metrics, health_router, is_sound
from index.errors import IndexDamaged
from tests.assistant.http_service import code_of, served


def version():
    return "snapshot-1"


def damaged():
    raise IndexDamaged("vectors are cut short")


@pytest.fixture
def metrics():
    return Metrics()


@pytest.fixture
def service(tmp_path, metrics):
    asked = {"version": version}
    sound = lambda: is_sound(made.store, asked["version"])  # noqa: E731 - the service is made with it
    with served(tmp_path, health_router(metrics, lambda: sound())) as made:
        made.asked = asked
        metrics.watch_store(made.store)
        yield made


def figures(text):
    """Samples by name and labels."""
    return {
        (sample.name, *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def test_the_pulse_says_one_word_to_everybody(service):
    assert service.client().get("/healthz").json() == {"status": "ok"}


def test_an_unusable_index_is_seen_and_not_explained(service):
    service.asked["version"] = damaged
    reply = service.client().get("/healthz")
    assert (reply.status_code, reply.json()) == (200, {"status": "degraded"})


def test_a_log_that_loses_entries_is_seen(service):
    service.store.audit.background.close()
    service.store.note_unanswered(Remark(verdict="unanswered", question="问", answer="", status="not_found"))
    assert service.client().get("/healthz").json() == {"status": "degraded"}


def test_answers_and_refusals_are_counted(metrics):
    metrics.answered("api", "answered", 0.02)
    metrics.answered("api", "answered", 0.2)
    metrics.answered("page", "not_found", 0.3)
    metrics.refused("too_many_requests")
    read = figures(metrics.text().decode())
    assert read["jiangbu_answers_total", "api", "answered"] == 2
    assert read["jiangbu_answers_total", "page", "not_found"] == 1
    assert read["jiangbu_answer_seconds_bucket", "api", "0.025"] == 1
    assert read["jiangbu_answer_seconds_sum", "api"] == pytest.approx(0.22)
    assert read["jiangbu_refusals_total", "too_many_requests"] == 1


def test_two_services_count_apart(metrics):
    metrics.refused("closed")
    assert ("jiangbu_refusals_total", "closed") not in figures(Metrics().text().decode())


def test_the_stores_figures_are_asked_for_when_they_are_read(service, metrics):
    service.store.feedback.add(Remark(verdict="up", question="问", answer="答", status="answered"))
    read = figures(metrics.text().decode())
    assert (read["jiangbu_feedback_open",], read["jiangbu_audit_lost",], read["jiangbu_audit_queue",]) == (1, 0, 0)


def test_a_store_that_fails_does_not_take_the_figures_with_it(service, metrics, monkeypatch, tmp_path):
    metrics.refused("closed")
    service.store.database.close()
    monkeypatch.setattr(service.store.database, "_engine", broken_engine(tmp_path))
    read = figures(metrics.text().decode())
    assert read["jiangbu_feedback_open",] != read["jiangbu_feedback_open",]  # NaN
    assert read["jiangbu_refusals_total", "closed"] == 1


def broken_engine(folder):
    from sqlalchemy import create_engine

    return create_engine(f"sqlite:///{folder}/no/such/folder.sqlite")


@pytest.mark.parametrize(
    ("who", "peer", "headers", "expected"),
    [
        ("", "127.0.0.1", {}, 200),
        ("", "::1", {}, 200),
        ("gao", "192.0.2.7", {}, 200),
        ("", "192.0.2.7", {}, (403, "not_allowed")),
        ("wang", "192.0.2.7", {}, (403, "not_allowed")),
        ("", "127.0.0.1", {"X-Forwarded-For": "192.0.2.7"}, (403, "not_allowed")),
        ("", "192.0.2.7", {"X-Forwarded-For": "127.0.0.1"}, (403, "not_allowed")),
    ],
)
def test_the_figures_are_for_this_machine_and_administrators(service, who, peer, headers, expected):
    reply = service.client(who, peer=peer).get("/metrics", headers=headers)
    assert (200 if reply.status_code == 200 else code_of(reply)) == expected
    if reply.status_code == 200:
        assert reply.headers["content-type"].startswith("text/plain")
        assert "jiangbu_audit_lost 0.0" in reply.text
