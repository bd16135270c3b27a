"""A document whose title and text are hostile, and hostile questions and remarks: only ever text, at every door."""

import base64
import csv
import io
import json
import re
import time
import zipfile

import openpyxl
import pytest

from tests.assistant.whole_service import HOSTILE_TITLE

ASKED = "连云港主导制定国家标准奖励多少"
MARKUP = ["<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "![x](http://evil.test/a.png)", "=1+1"]
LIVE = re.compile(r"(?<!\\)\]\(|<(?!https?:)[A-Za-z/!]")  # a link or image of Markdown, a tag
FOREIGN = re.compile(r"""(?:src|href|action|url)\s*[=(]\s*["']?(?:https?:|javascript:|//)""", re.IGNORECASE)


@pytest.fixture(autouse=True)
def alive(whole):
    """Whatever a test did: the next question of somebody else is answered right."""
    yield
    assert whole.serves()


def test_the_json_keeps_every_word_and_no_browser_takes_it_for_a_page(whole):
    reply = whole.client().post("/api/ask", json={"question": ASKED})
    [cited] = reply.json()["citations"]
    assert cited["title"] == HOSTILE_TITLE and "<script>" in cited["quote"]
    assert reply.headers["content-type"] == "application/json"
    assert reply.headers["x-content-type-options"] == "nosniff"
    assert reply.headers["content-security-policy"].startswith("default-src 'none'")


@pytest.mark.parametrize("stream", [False, True])
def test_chat_clients_that_show_markdown_get_no_live_link_image_or_tag(whole, stream):
    messages = [{"role": "user", "content": ASKED}]
    reply = whole.client().post(
        "/v1/chat/completions", json={"model": "jiangbu", "messages": messages, "stream": stream}
    )
    if stream:
        sent = [json.loads(line[6:]) for line in reply.text.splitlines() if line.startswith("data: {")]
        said = "".join(chunk["choices"][0]["delta"].get("content", "") for chunk in sent)
    else:
        said = reply.json()["choices"][0]["message"]["content"]
    assert "47万元" in said and "alert(2)" in said
    assert LIVE.findall(said) == []


@pytest.mark.parametrize(
    ("tool", "arguments"), [("ask", {"question": ASKED}), ("read_document", {"document_id": "hostile-2024"})]
)
def test_agents_get_no_live_markup_as_text(whole, tool, arguments):
    call = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": tool, "arguments": arguments}}
    accepted = {"accept": "application/json, text/event-stream", "mcp-protocol-version": "2025-06-18"}
    result = whole.client().post("/gradio_api/mcp", json=call, headers=accepted).json()["result"]
    assert "47万元" in result["content"][0]["text"]
    assert LIVE.findall(result["content"][0]["text"]) == []


def exported(whole, form: str, question: str = ASKED, title: str = ""):
    body = {"format": form, "title": title, "turns": [{"question": question}]}
    return whole.client().post("/api/export", json=body)


@pytest.mark.parametrize("hostile", MARKUP)
def test_a_markdown_file_holds_text_alone(whole, hostile):
    reply = exported(whole, "md", f"{hostile}{ASKED}", hostile)
    assert reply.headers["content-disposition"].startswith("attachment")
    assert "47万元" in reply.text and LIVE.findall(reply.text) == []


@pytest.mark.parametrize("hostile", MARKUP)
def test_a_word_file_holds_text_alone_and_refers_to_no_host(whole, hostile):
    archive = zipfile.ZipFile(io.BytesIO(exported(whole, "docx", f"{hostile}{ASKED}", hostile).content))
    document = archive.read("word/document.xml").decode()
    assert "47万元" in document and "&lt;script&gt;alert(2)" in document
    assert not any(tag in document for tag in ("<w:hyperlink", "<w:fldSimple", "<w:instrText", "<script"))
    references = "".join(archive.read(name).decode() for name in archive.namelist() if name.endswith(".rels"))
    assert "evil.test" not in references and "External" not in references


def test_the_page_of_the_document_has_no_tag_of_its_text(whole):
    page = whole.client().get("/documents/hostile-2024?start=0&end=30")
    assert page.status_code == 200 and "&lt;script&gt;" in page.text
    assert re.findall(r"<(?:script|img|a [^>]*evil)", page.text) == [] and FOREIGN.findall(page.text) == []
    assert "script-src" not in page.headers["content-security-policy"]  # default-src 'none' holds for scripts


@pytest.mark.parametrize("path", ["/api/documents", "/api/documents/hostile-2024", "/api/lint", "/api/facts"])
def test_lists_are_json(whole, path):
    reply = whole.client().get(path)
    assert (reply.status_code, reply.headers["content-type"]) == (200, "application/json")
    assert reply.headers["x-content-type-options"] == "nosniff"


def test_the_text_of_the_document_is_plain_text(whole):
    reply = whole.client().get("/api/documents/hostile-2024/text.txt")
    assert "<script>" in reply.text and reply.headers["content-type"].startswith("text/plain")


def test_no_cell_of_a_table_is_a_formula(whole):
    wanted = {"document": "hostile-2024"}
    text = whole.client().get("/api/facts.csv", params=wanted).content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [row["文件"] for row in rows] == [f"'{HOSTILE_TITLE}"] * len(rows) and len(rows) == 2
    assert {row["文号"] for row in rows} == {"'=1+1"}
    assert [cell for row in rows for cell in row.values() if cell.startswith(("=", "+", "-", "@", "\t", "\r"))] == []
    sheet = openpyxl.load_workbook(io.BytesIO(whole.client().get("/api/facts.xlsx", params=wanted).content)).active
    assert [cell.coordinate for row in sheet for cell in row if cell.data_type == "f" or cell.hyperlink] == []


@pytest.mark.parametrize("hostile", MARKUP)
def test_a_hostile_question_is_answered_without_its_markup(whole, hostile):
    answer = whole.client().post("/api/ask", json={"question": f"{hostile}萧山主导制定国家标准奖励多少"}).json()
    assert LIVE.findall(answer["answer"]) == [] and "alert" not in answer["answer"]


def test_a_remark_reaches_staff_as_text_without_hidden_characters(whole):
    hostile = "<script>alert(1)</script>\x1b[31m\x00\u202e![x](http://evil.test)"
    shown = "<script>alert(1)</script>[31m![x](http://evil.test)"
    remark = {"question": hostile, "answer": hostile, "status": "answered", "verdict": "wrong", "reason": hostile}
    ticket = whole.client().post("/api/feedback", json=remark).json()["ticket"]
    reply = whole.client("wang").get("/api/feedback?verdict=wrong&limit=1")
    [kept] = reply.json()["items"]
    assert kept["ticket"] == ticket and reply.headers["content-type"] == "application/json"
    assert {kept[name] for name in ("question", "answer", "reason")} == {shown}


@pytest.mark.parametrize(
    ("name", "city"),
    [("../../../../escaped.txt", "镇江市"), ("..\\..\\escaped.md", "常州市"), ("/etc/cron.d/escaped.txt", "泰州市")],
)
def test_a_file_that_staff_send_is_stored_nowhere_but_in_the_library(whole, name, city):
    before = {path for path in whole.home.parent.rglob("*") if path.is_file()}
    content = base64.b64encode(f"{city}标准化细则\n第一条 主导制定国家标准的，奖励9万元。\n".encode())
    body = {"files": [{"name": name, "content_base64": content.decode()}]}
    job = _ended(whole, whole.client("wang").post("/api/documents", json=body).json())
    assert set(whole.home.parent.rglob("*.md")) <= before  # it waits for a reviewer, in the store
    job = _ended(whole, whole.client("gao").post(f"/api/uploads/{job['upload']}/accept", json={}).json())
    assert whole.leaks(json.dumps(job)) == []
    added = {path for path in whole.home.parent.rglob("*") if path.is_file()} - before
    assert {path.parent for path in added if path.suffix == ".md"} == {whole.home / "corpus" / "documents"}
    assert [path for path in added if "escaped" in path.name or not path.is_relative_to(whole.home)] == []


def _ended(whole, job):
    """The job's last state, which has to be a good one."""
    ended = time.monotonic() + 10.0
    while job["state"] not in ("done", "failed") and time.monotonic() < ended:
        time.sleep(0.02)
        job = whole.client("wang").get(f"/api/jobs/{job['id']}").json()
    assert job["state"] == "done", job
    return job
