"""The command `jiangbu`: data on stdout, the rest on stderr, 0 done, 1 failed, 2 wrong use, and never a traceback."""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from assistant import doctor
from assistant.cli import main
from index import build, child
from index.embed import DEFAULT_MODEL
from index.errors import ModelMissing
from index.exported import find_model
from index.tokenize import load_full
from tests.assistant.conftest import CrowdedEmbedder
from tests.assistant.policies import POLICIES

Run = Callable[..., Result]

LIUZHOU = """柳州市标准化激励细则
第一条 主导制定国家标准的，每项激励43万元。
第二条 申请由市市场监管局受理。
第三条 本细则自2025年2月1日起施行，有效期至2027年1月31日。
"""
ANSWER_FIELDS = {
    "id": (str, type(None)),
    "question": str,
    "status": str,
    "answer": str,
    "amounts": list,
    "citations": list,
    "warnings": list,
    "calculation": list,
    "clarification": (dict, type(None)),
    "as_of": str,
    "elapsed_ms": float,
    "engine": str,
}
CITATION_FIELDS = {
    "marker": int,
    "document": str,
    "title": str,
    "region": str,
    "locator": str,
    "quote": str,
    "start": int,
    "end": int,
}


def check_fields(record: dict[str, object], fields: dict[str, type | tuple[type, ...]]) -> None:
    """The promised fields are there and of their types; more may be."""
    assert set(fields) <= set(record)
    assert {name: record[name] for name, type_ in fields.items() if not isinstance(record[name], type_)} == {}


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch, documents) -> None:
    """The made-up policies as the packaged ones, a model of our own, and builds in this process alone."""
    monkeypatch.setattr("corpus.library.packaged_documents", lambda: list(documents.values()))
    monkeypatch.setattr("assistant.service.embedder_of", lambda settings, prepare: CrowdedEmbedder())
    steps = {"write": child.write_store, "check": lambda snapshot: None}
    monkeypatch.setattr(child, "run_step", lambda step, snapshot, passages: steps[step](snapshot))
    monkeypatch.setattr(build, "load_full", lru_cache(load_full))


def no_traceback(result: Result) -> Result:
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exc_info
    assert "Traceback" not in result.output
    return result


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home of its own, with nothing in it."""
    return tmp_path / "home"


@pytest.fixture
def run(quick, home: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run `jiangbu` with a home of its own."""
    monkeypatch.setenv("JIANGBU_HOME", str(home))

    def invoke(*arguments: str, stdin: bytes = b"") -> Result:
        return no_traceback(CliRunner().invoke(main, list(arguments), input=stdin))

    return invoke


@pytest.fixture
def built(run: Run, home: Path, answering_home: Path) -> Run:
    """Run `jiangbu` where the made-up policies are indexed already."""
    shutil.copytree(answering_home / "index", home / "index")
    return run


NATIONAL_STANDARD = "萧山区主导制定国家标准奖励多少"


# —— ask


def test_an_answer_is_given_with_its_warnings_and_places(built):
    result = built("ask", NATIONAL_STANDARD, "--as-of", "2027-01-01")
    assert result.exit_code == 0
    assert "31万元" in result.stdout
    assert "⚠ " in result.stdout
    assert "[1] 浙江省杭州市萧山区 · 萧山区标准化工作激励办法 · 第三条" in result.stdout
    assert result.stderr == ""


@pytest.mark.parametrize(
    ("question", "status"),
    [(NATIONAL_STANDARD, "answered"), ("国家标准奖励多少", "needs_clarification"), ("深圳奖励多少", "not_found")],
)
def test_json_is_one_answer_with_the_promised_fields(built, question, status):
    result = built("ask", question, "--json", "--as-of", "2026-11-21")
    assert (result.exit_code, result.stderr) == (0, "")
    answer = json.loads(result.stdout)
    check_fields(answer, ANSWER_FIELDS)
    assert (answer["status"], answer["as_of"], answer["question"]) == (status, "2026-11-21", question)
    for citation in answer["citations"]:
        check_fields(citation, CITATION_FIELDS)
    for warning in answer["warnings"]:
        check_fields(warning, {"code": str, "message": str})
    if answer["clarification"]:
        check_fields(answer["clarification"], {"missing": list, "options": list})


def test_day_and_region_are_taken_from_the_options(built):
    result = built("ask", "牵头制定国家标准奖励多少", "--region", "苏州", "--as-of", "2023-02-28", "--json")
    answer = json.loads(result.stdout)
    assert ({citation["document"] for citation in answer["citations"]}, answer["warnings"]) == ({"suzhou-2020"}, [])


def test_the_first_question_builds_the_index_and_says_so_beside_the_answer(run, home):
    result = run("ask", NATIONAL_STANDARD, "--json")
    assert result.exit_code == 0
    assert json.loads(result.stdout)["status"] == "answered"
    assert (home / "index" / "current").exists()


@pytest.mark.parametrize("question", ["", "   ", "？？？", "问" * 501])
def test_a_question_that_cannot_be_read_is_wrong_use(built, question):
    result = built("ask", question, "--json")
    assert (result.exit_code, json.loads(result.stdout)["status"]) == (2, "error")


@pytest.mark.parametrize(
    "arguments",
    [
        ("ask",),
        ("ask", "问", "--batch", "-"),
        ("ask", "问", "--as-of", "2026-02-30"),
        ("ask", "问", "--as-of", "昨天"),
        ("ask", "--batch", "no-such-file.jsonl"),
        ("ask", "问", "--region", "长" * 61),
        ("ask", "问", "--unknown"),
        ("no-such-command",),
        ("add",),
        ("add", "no-such-file.txt"),
        ("add", "."),
        ("remove",),
        ("serve", "--port", "70000"),
    ],
)
def test_wrong_use_exits_with_2_and_says_why(built, arguments):
    result = built(*arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert len(result.stderr.strip()) > 10


def test_half_a_character_in_an_argument_does_no_harm(built):
    """What a shell passes in another encoding arrives with halves of characters."""
    result = built("ask", NATIONAL_STANDARD + "\udcff", "--region", "\udcff", "--json")
    assert (result.exit_code, json.loads(result.stdout)["status"]) == (0, "answered")


def test_a_setting_that_does_not_exist_is_wrong_use(built, monkeypatch):
    monkeypatch.setenv("JIANGBU_BATCH_WORKER", "2")
    result = built("ask", NATIONAL_STANDARD)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "batch_workers" in result.stderr


# —— batch


def test_a_batch_gives_an_answer_a_line_in_order_and_exits_with_0(built, tmp_path):
    file = tmp_path / "questions.jsonl"
    lines = [{"id": f"q{n}", "question": q} for n, q in enumerate([NATIONAL_STANDARD, "深圳奖励多少", "？"] * 5)]
    file.write_text("\ufeff" + "\n".join(map(json.dumps, lines)) + "\n\n{bad\n", encoding="utf-8")
    result = built("ask", "--batch", str(file))
    assert (result.exit_code, result.stderr) == (0, "")
    answers = [json.loads(line) for line in result.stdout.splitlines()]
    assert [answer["id"] for answer in answers] == [*(line["id"] for line in lines), None]
    assert [answer["status"] for answer in answers] == ["answered", "not_found", "error"] * 5 + ["error"]
    for answer in answers:
        check_fields(answer, ANSWER_FIELDS)


def test_a_batch_reads_standard_input_and_gives_what_asking_one_by_one_gives(built):
    line = json.dumps({"question": NATIONAL_STANDARD, "as_of": "2026-11-21"}).encode()
    one = json.loads(built("ask", NATIONAL_STANDARD, "--as-of", "2026-11-21", "--json").stdout)
    many = json.loads(built("ask", "--batch", "-", stdin=line).stdout)
    assert {**one, "elapsed_ms": 0} == {**many, "elapsed_ms": 0}


def test_an_empty_batch_gives_nothing(built):
    result = built("ask", "--batch", "-", stdin=b"")
    assert (result.exit_code, result.stdout) == (0, "")


def test_history_in_a_batch_is_one_conversation(built):
    line = {"question": "那行业标准呢", "history": ["烟台牵头制定国家标准奖励多少"]}
    answer = json.loads(built("ask", "--batch", "-", stdin=json.dumps(line).encode()).stdout)
    assert "16万元" in answer["answer"]


# —— documents


def test_documents_are_listed_for_people_and_as_json(built):
    listed = built("documents")
    assert (listed.exit_code, len(listed.stdout.splitlines())) == (0, len(POLICIES))
    records = [json.loads(line) for line in built("documents", "--json").stdout.splitlines()]
    assert {record["id"] for record in records} == set(POLICIES)
    assert all("text" not in record and record["characters"] > 50 for record in records)
    [suzhou] = [record for record in records if record["id"] == "suzhou-2020"]
    assert (suzhou["region"], suzhou["in_force_from"], suzhou["in_force_until"], suzhou["status"]) == (
        "江苏省苏州市",
        "2020-03-01",
        "2023-02-28",
        "issued",
    )


# —— facts, lint


def test_facts_are_listed_for_people_as_json_and_as_a_table(built):
    lines = built("facts", "--region", "烟台").stdout.splitlines()
    assert len(lines) == 2
    assert "牵头制定国家标准" in lines[0] and "27万元" in lines[0]
    [fact] = map(
        json.loads, built("facts", "--document", "yantai-undated", "--text", "行业标准", "--json").stdout.splitlines()
    )
    assert (fact["yuan"], fact["locator"]) == ("160000", "一、奖励（二）")
    assert len(built("facts", "--region", "烟台", "--csv").stdout.splitlines()) == 3


def test_no_facts_is_nothing_on_stdout_and_no_failure(built):
    result = built("facts", "--text", "火星")
    assert (result.stdout, result.exit_code) == ("", 0)
    assert result.stderr


def test_json_and_a_table_at_once_is_wrong_use(built):
    assert built("facts", "--json", "--csv").exit_code == 2


def test_lint_counts_what_was_read_and_lists_what_looks_wrong(built, tmp_path):
    counted = built("lint")
    assert counted.exit_code == 0
    file = tmp_path / "liuzhou.txt"
    file.write_text(LIUZHOU.replace("每项激励43万元", "分别激励43万元、9万元、5元"), encoding="utf-8")
    assert built("add", str(file)).exit_code == 0
    found = [json.loads(line) for line in built("lint", "--json").stdout.splitlines()]
    assert "counts_differ" in {one["code"] for one in found if one["region"].endswith("柳州市")}


def test_an_added_policy_is_answered_from_and_a_removed_one_no_more(built, tmp_path):
    file = tmp_path / "柳州.txt"
    file.write_text(LIUZHOU, encoding="gb18030")
    question = ("ask", "柳州主导制定国家标准激励多少", "--json", "--as-of", "2026-11-21")
    assert json.loads(built(*question).stdout)["status"] == "not_found"

    added = built("add", str(file), "--json")
    assert added.exit_code == 0
    [record] = [json.loads(line) for line in added.stdout.splitlines()]
    assert (record["region"], record["in_force_until"]) == ("广西壮族自治区柳州市", "2027-01-31")

    answer = json.loads(built(*question).stdout)
    assert (answer["status"], answer["citations"][0]["document"]) == ("answered", record["id"])
    assert "43万元" in answer["citations"][0]["quote"]
    assert record["id"] in built("documents").stdout

    again = built("add", str(file))
    assert (again.exit_code, again.stdout) == (0, "")
    assert again.stderr.strip()

    removed = built("remove", record["id"])
    assert (removed.exit_code, removed.stdout) == (0, "")
    assert json.loads(built(*question).stdout)["status"] == "not_found"
    assert record["id"] not in built("documents").stdout


def test_a_packaged_policy_can_be_removed_and_the_index_follows(built):
    assert built("remove", "xiaoshan-2024").exit_code == 0
    assert json.loads(built("ask", NATIONAL_STANDARD, "--json").stdout)["status"] == "not_found"
    assert "xiaoshan-2024" not in built("documents").stdout


def test_what_the_user_states_wins_over_the_text(built, tmp_path):
    file = tmp_path / "policy.md"
    file.write_text(LIUZHOU, encoding="utf-8")
    added = built(
        "add", str(file), "--json", "--id", "own-1", "--region", "全国", "--in-force-until", "2030-12-31", "--draft"
    )
    record = json.loads(added.stdout)
    assert (record["id"], record["region"], record["in_force_until"], record["status"]) == (
        "own-1",
        "全国",
        "2030-12-31",
        "draft",
    )


@pytest.mark.parametrize(
    ("name", "content", "options"),
    [
        ("empty.txt", b"", ()),
        ("blank.txt", b" \n\t\n", ()),
        ("binary.txt", bytes(range(256)), ()),
        ("policy.exe", LIUZHOU.encode(), ()),
        ("front.txt", b"---\nregion: [\n---\n" + LIUZHOU.encode(), ()),
        ("policy.txt", LIUZHOU.encode(), ("--region", "没有这个地方")),
        ("policy.txt", LIUZHOU.encode(), ("--id", "../escape")),
        ("policy.txt", LIUZHOU.encode(), ("--id", "xiaoshan-2024")),
    ],
)
def test_a_file_that_cannot_be_taken_changes_nothing(built, home, tmp_path, name, content, options):
    file = tmp_path / name
    file.write_bytes(content)
    before = (home / "index" / "current").read_text()
    result = built("add", str(file), *options)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "Next:" in result.stderr or "下一步" in result.stderr
    assert (home / "index" / "current").read_text() == before
    assert len(built("documents").stdout.splitlines()) == len(POLICIES)


def test_of_several_files_with_a_bad_one_none_is_taken(built, tmp_path):
    good, bad = tmp_path / "good.txt", tmp_path / "bad.txt"
    good.write_text(LIUZHOU, encoding="utf-8")
    bad.write_bytes(b"")
    assert built("add", str(good), str(bad)).exit_code == 1
    assert len(built("documents").stdout.splitlines()) == len(POLICIES)


def test_removing_what_is_not_there_fails_and_says_what_to_do(built):
    result = built("remove", "no-such-document")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "jiangbu documents" in result.stderr


# —— build and the index


def test_building_twice_says_at_once_that_there_is_nothing_to_do(run):
    first, second = run("build"), run("build")
    assert [(result.exit_code, result.stdout) for result in (first, second)] == [(0, ""), (0, "")]
    assert "7 份文件" in first.stderr
    assert "没有变化" in second.stderr
    assert "索引已建立" in run("build", "--force").stderr


def test_a_damaged_index_is_refused_with_what_mends_it(built, home):
    [snapshot] = (home / "index" / "snapshots").iterdir()
    (snapshot / "vectors.npy").write_bytes(b"broken")
    result = built("ask", NATIONAL_STANDARD)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "jiangbu build" in result.stderr
    assert built("build", "--force").exit_code == 0
    assert built("ask", NATIONAL_STANDARD).exit_code == 0


def test_an_index_of_another_model_is_refused_with_what_mends_it(built, monkeypatch):
    class Other(CrowdedEmbedder):
        def __init__(self) -> None:
            super().__init__()
            self.model_id = "other"

    monkeypatch.setattr("assistant.service.embedder_of", lambda settings, prepare: Other())
    result = built("ask", NATIONAL_STANDARD)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "jiangbu build" in result.stderr
    assert built("build").exit_code == 0
    assert built("ask", NATIONAL_STANDARD).exit_code == 0


def test_a_pointer_to_a_snapshot_that_is_gone_is_mended_or_said(built, home):
    shutil.rmtree(next((home / "index" / "snapshots").iterdir()))
    result = built("ask", NATIONAL_STANDARD)
    assert result.exit_code in (0, 1)
    assert result.exit_code == 0 or "jiangbu build" in result.stderr


def test_a_missing_model_is_said(run, monkeypatch):
    def missing(settings: object, prepare: bool) -> None:
        raise ModelMissing("Cannot load the model. Next: run `jiangbu setup`.")

    monkeypatch.setattr("assistant.service.embedder_of", missing)
    result = run("ask", NATIONAL_STANDARD)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "jiangbu setup" in result.stderr


def test_a_home_that_is_a_file_is_said(run, home):
    home.write_text("not a folder")
    result = run("build")
    assert (result.exit_code, result.stdout) == (1, "")


# —— doctor, help


def test_the_doctor_says_what_is_missing_and_what_mends_it(run, monkeypatch):
    monkeypatch.setattr("sys.prefix", "/nowhere")
    result = run("doctor")
    assert result.exit_code == 1
    assert "jiangbu setup" in result.stdout
    assert "jiangbu build" in result.stdout


def test_the_doctor_exits_with_0_only_where_nothing_required_is_missing(run, monkeypatch):
    for ok, code in ((True, 0), (False, 1)):
        check = doctor.Check(name="x", ok=ok, detail="d", remedy="r")
        monkeypatch.setattr("assistant.doctor.examine", lambda settings, check=check: [check])
        assert run("doctor").exit_code == code


def commands(group: click.Group, path: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    """The path of every command."""
    found = [path]
    for name, command in group.commands.items():
        found += commands(command, (*path, name)) if isinstance(command, click.Group) else [(*path, name)]
    return found


@pytest.mark.parametrize("command", commands(main), ids=" ".join)
def test_every_command_explains_itself_in_chinese(run, command):
    result = run(*command, "--help")
    assert result.exit_code == 0
    assert any("\u4e00" <= character <= "\u9fff" for character in result.stdout.split("Options:")[0])


def test_asking_for_help_loads_no_heavy_library():
    script = (
        "import sys; from click.testing import CliRunner; from assistant.cli import main;"
        "CliRunner().invoke(main, ['ask', '--help']);"
        "heavy = {'torch', 'chromadb', 'onnxruntime', 'langchain_core', 'gradio'};"
        "print(sorted(heavy & set(sys.modules)))"
    )
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=True)
    assert ran.stdout.strip() == "[]"


# —— with the real model


@pytest.fixture
def real_run(documents, home, monkeypatch) -> Run:
    """Run `jiangbu` over the made-up policies with the exported default model."""
    try:
        find_model(DEFAULT_MODEL, home)
    except ModelMissing as error:
        pytest.skip(f"the default model is not exported here: {error}")
    monkeypatch.setattr("corpus.library.packaged_documents", lambda: list(documents.values()))
    monkeypatch.setenv("JIANGBU_HOME", str(home))
    return lambda *arguments: no_traceback(CliRunner().invoke(main, list(arguments)))


def test_with_the_real_model_a_build_answers_and_satisfies_the_doctor(real_run):
    assert real_run("build").exit_code == 0
    answer = json.loads(real_run("ask", NATIONAL_STANDARD, "--json").stdout)
    assert answer["citations"][0]["locator"] == "第三条"
    result = real_run("doctor")
    assert "✓ 索引：7 份文件" in result.stdout
    assert "✓ 向量模型" in result.stdout


def test_a_document_changed_by_hand_is_noticed(run, home):
    """The index follows `add` and `remove`; a file put in place by hand is refused loudly, with the command."""
    assert run("ask", NATIONAL_STANDARD).exit_code == 0
    own = home / "corpus" / "documents"
    own.mkdir(parents=True)
    (own / "by-hand.md").write_text("---\nid: by-hand\n---\n第一条 手写。\n", encoding="utf-8")
    refused = run("ask", NATIONAL_STANDARD)
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert "jiangbu build" in refused.stderr


def test_serving_says_where_the_page_is(monkeypatch, built):
    """A machine without a browser opens nothing by itself; port 0 is told as the port that was taken."""
    taken = []
    monkeypatch.setattr("assistant.serving.run_server", lambda _, listener: taken.append(listener.getsockname()[1]))
    result = built("serve", "--port", "0")
    assert result.exit_code == 0 and taken[0] > 0
    assert f"http://127.0.0.1:{taken[0]}/" in result.stderr and result.stdout == ""
