"""`/api/evaluations`: who may see the runs, what is listed, and that only a run's own report is ever served."""

import json
import os

import pytest

from assistant.web.evaluations import evaluations_router
from tests.assistant.http_service import code_of, served

RUN = "20261122T013000.123-answers"
REPORT = "<!doctype html><title>报告</title>"
CONFIG = {"started": "2026-11-22T01:30:00Z", "suites": [{"name": "answers"}], "filters": [], "engine": "rules"}
SUMMARY = {"right": 540, "n": 551, "wrong_amounts": 2, "verdict": "holds", "figures": {}}


def keep(runs, name=RUN, config=CONFIG, summary=SUMMARY, report=REPORT):
    """A run's folder; what is None it does not have."""
    folder = runs / name
    folder.mkdir(parents=True)
    for file, held in (("config.json", config), ("summary.json", summary)):
        if held is not None:
            (folder / file).write_text(held if isinstance(held, str) else json.dumps(held), "utf-8")
    if report is not None:
        (folder / "report.html").write_text(report, "utf-8")
    return folder


@pytest.fixture
def runs(tmp_path):
    return tmp_path / "evals" / "runs"


@pytest.fixture
def service(tmp_path, runs):
    with served(tmp_path / "home", evaluations_router(runs)) as made:
        yield made


@pytest.mark.parametrize("path", ["/api/evaluations", f"/api/evaluations/{RUN}/report.html"])
def test_only_staff_and_administrators_see_runs(service, runs, path):
    keep(runs)
    assert code_of(service.client().get(path)) == (401, "login_needed")
    assert [service.client(who).get(path).status_code for who in ("wang", "gao")] == [200, 200]


def test_a_run_is_listed_with_its_figures(service, runs):
    keep(runs)
    assert service.client("wang").get("/api/evaluations").json() == {
        "items": [
            {
                "id": RUN,
                "started": "2026-11-22T01:30:00Z",
                "suites": ["answers"],
                "filters": [],
                "engine": "rules",
                "right": 540,
                "n": 551,
                "wrong_amounts": 2,
                "verdict": "holds",
                "has_report": True,
            }
        ],
        "total": 1,
    }


def test_the_latest_runs_come_first_and_all_are_counted(service, runs):
    names = [f"2026112{day}T000000.000-answers" for day in (1, 3, 2)]
    for name in names:
        keep(runs, name)
    told = service.client("wang").get("/api/evaluations?limit=2").json()
    assert ([one["id"] for one in told["items"]], told["total"]) == ([names[1], names[2]], 3)
    assert code_of(service.client("wang").get("/api/evaluations?limit=0")) == (422, "bad_field")


def test_without_any_run_the_list_is_empty(service):
    assert service.client("wang").get("/api/evaluations").json() == {"items": [], "total": 0}


@pytest.mark.parametrize("summary", [None, "{", "[]", {"right": "x"}, {"verdict": "<b>"}])
def test_a_run_without_sound_figures_is_listed_without_any(service, runs, summary):
    keep(runs, summary=summary)
    [one] = service.client("wang").get("/api/evaluations").json()["items"]
    assert (one["right"], one["n"], one["wrong_amounts"], one["verdict"]) == (None, None, None, None)


@pytest.mark.parametrize("config", [None, "{", {"started": "yesterday"}])
def test_a_run_without_sound_settings_is_left_out_and_logged(service, runs, config, caplog):
    keep(runs, config=config)
    assert service.client("wang").get("/api/evaluations").json()["items"] == []
    assert RUN in caplog.text


def test_a_run_that_is_being_written_is_not_listed(service, runs):
    keep(runs, f".partial-{RUN}")
    assert service.client("wang").get("/api/evaluations").json()["items"] == []
    assert code_of(service.client("wang").get(f"/api/evaluations/.partial-{RUN}/report.html")) == (404, "no_report")


def test_the_report_is_the_file_and_may_do_nothing_but_be_read_in_our_page(service, runs):
    keep(runs)
    reply = service.client("wang").get(f"/api/evaluations/{RUN}/report.html")
    assert reply.text == REPORT and reply.headers["content-type"] == "text/html; charset=utf-8"
    policy = [part.strip() for part in reply.headers["content-security-policy"].split(";")]
    assert {"sandbox", "default-src 'none'", "style-src 'unsafe-inline'", "frame-ancestors 'self'"} <= set(policy)
    assert "script" not in reply.headers["content-security-policy"]
    assert reply.headers["x-frame-options"] == "SAMEORIGIN" and reply.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    "path", ["/", "/api/evaluations", "/docs", f"/api/evaluations/{RUN}/report.html/x", "/api/me", "/documents/a"]
)
def test_nothing_else_may_be_framed(service, runs, path):
    reply = service.client("wang").get(path)
    assert reply.headers["x-frame-options"] == "DENY"
    assert "frame-ancestors 'none'" in reply.headers["content-security-policy"]


TRICKS = (
    "..",
    "../..",
    "..%2f..",
    "%2e%2e%2f%2e%2e%2fsecret",
    "..%5c..%5csecret",
    "%2fetc",
    "/etc",
    "//etc",
    f"{RUN}%00",
    f"{RUN}%0a",
    f"{RUN}%2f..%2f{RUN}",
    f"./{RUN}/../secret",
    f"{RUN[:-1]}*",
    "secret",
    "latest",
    "a" * 5000,
    "%ff%fe",
    "",
)


@pytest.mark.parametrize("name", TRICKS)
def test_no_name_leads_anywhere_else(service, runs, name):
    keep(runs)
    keep(runs.parent, "secret", report="secret")
    (runs / "report.html").write_text("secret")
    (runs.parent / "report.html").write_text("secret")
    reply = service.client("wang").get(f"/api/evaluations/{name}/report.html")
    assert reply.status_code in (404, 422) and "secret" not in reply.text


def test_links_and_other_things_are_not_followed(service, runs, tmp_path):
    outside = keep(tmp_path, "outside", report="secret")
    runs.mkdir(parents=True)
    (runs / RUN).symlink_to(outside)
    other = "20261122T020000.000-answers"
    keep(runs, other, report=None)
    (runs / other / "report.html").symlink_to(outside / "report.html")
    third = "20261122T030000.000-answers"
    keep(runs, third, report=None)
    os.mkfifo(runs / third / "report.html")
    fourth = "20261122T040000.000-answers"
    keep(runs, fourth, report=None)
    (runs / fourth / "report.html").mkdir()
    for name in (RUN, other, third, fourth):
        reply = service.client("wang").get(f"/api/evaluations/{name}/report.html")
        assert code_of(reply) == (404, "no_report"), name
    items = service.client("wang").get("/api/evaluations").json()["items"]
    assert [(one["id"], one["has_report"]) for one in items] == [(fourth, False), (third, False), (other, False)]


def test_a_service_without_a_folder_has_no_runs(tmp_path):
    with served(tmp_path, evaluations_router(None)) as made:
        assert made.client("wang").get("/api/evaluations").json()["items"] == []
        assert code_of(made.client("wang").get(f"/api/evaluations/{RUN}/report.html")) == (404, "no_report")
