"""What we stand on: no release with a known weakness, each unmended one waived with a test, nothing that runs data."""

import ast
import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("corpus", "index", "assistant", "evals")
LISTED = tomllib.loads((ROOT / "docs" / "waivers.toml").read_text("utf-8"))
WITHIN_S = 120
# Chains that run what a text says, and readers that make objects out of data.
RUNS_DATA = (
    "langchain_experimental",
    "langchain_community",
    "langchain_core.load",
    "pickle",
    "dill",
    "shelve",
    "marshal",
)
RUNS_DATA += ("cloudpickle", "joblib", "jsonpickle", "numexpr", "chromadb.server", "chromadb.app")
RUNS_NAMES = {
    "SQLDatabaseChain",
    "PythonREPL",
    "PythonREPLTool",
    "PALChain",
    "LLMMathChain",
    "load_tools",
    "load_prompt",
}
RUNS_NAMES |= {"load_chain", "allow_dangerous_deserialization", "trust_remote_code", "RecursiveUrlLoader", "HttpClient"}
RUNS_CALLS = {"eval", "exec", "compile", "__import__"}
UNSAFE_YAML = {"load", "load_all", "full_load", "unsafe_load"}

# Builds an index of made-up policies, answers a question, works out a claim, and tells what was seen meanwhile.
WATCHED = """
import json, os, re, sys, tempfile
from pathlib import Path

seen = {"pickle.find_class": [], "socket.bind": [], "exec of data": []}

def watch(event, args):
    if event in ("pickle.find_class", "socket.bind"):
        seen[event].append(str(args[-2:]))

sys.addaudithook(watch)
from tests.assistant.conftest import CrowdedEmbedder, publish, read_policy
from tests.assistant.policies import DAY, XIAOSHAN
from assistant.answer import Assistant
from assistant.records import Question
from index import open_index

with tempfile.TemporaryDirectory() as home:
    publish(Path(home), {"xiaoshan-2024": read_policy(XIAOSHAN, "xiaoshan-2024")})
    index = open_index(Path(home), CrowdedEmbedder())
    answer = Assistant(index).answer(Question(question="萧山主导制定国家标准奖励多少"), DAY)
    # The vector store is native code, which no audit hook sees: what this process listens on is read from the system.
    folder = Path("/proc/self/fd")
    own = {os.readlink(one) for one in folder.iterdir() if one.is_symlink()} if folder.is_dir() else ()
    rows = [row.split() for kind in ("tcp", "tcp6") if (file := Path(f"/proc/self/net/{kind}")).exists()
            for row in file.read_text().splitlines()[1:]]
    listening = [row[1] for row in rows if row[3] == "0A" and f"socket:[{row[9]}]" in own]
    index.close()
loaded = [name for name in sys.modules if re.match(r"chromadb\\.(server|app)", name)]
print(json.dumps({**seen, "listening": listening, "loaded": loaded, "yuan": str(answer.amounts[0].yuan)}))
"""


@pytest.fixture(scope="module")
def watched() -> dict[str, object]:
    """What a build and an answer do, in a process of its own."""
    done = subprocess.run([sys.executable, "-c", WATCHED], cwd=ROOT, capture_output=True, text=True, timeout=WITHIN_S)
    assert done.returncode == 0, done.stderr[-2000:]
    seen = json.loads(done.stdout.splitlines()[-1])
    assert seen["yuan"] == "310000"  # it did answer
    return seen


def parts(release: str) -> tuple[int, ...]:
    """The numbers of a release, for comparing: 1.10.0 is after 1.9.

    >>> parts("1.10.0") > parts("1.9"), parts("2.13.0+cpu")
    (True, (2, 13, 0))
    """
    return tuple(int(number) for number in re.findall(r"\d+", re.match(r"[\d.]+", release + "0" * (not release))[0]))


@pytest.mark.parametrize("floor", LISTED["floor"], ids=lambda floor: floor["package"])
def test_nothing_installed_is_below_its_floor(floor: dict[str, str]) -> None:
    assert floor["because"]
    try:
        installed = version(floor["package"])
    except PackageNotFoundError:
        pytest.skip(f"{floor['package']} is not installed")
    assert parts(installed) >= parts(floor["version"]), f"{floor['package']} {installed}: {floor['because']}"


def test_releases_are_compared_by_their_numbers() -> None:
    assert (
        parts("1.10.0") > parts("1.9.9") and parts("0.0.9") < parts("0.0.22") and parts("7.1.0") == parts("7.1.0+cpu")
    )


@pytest.mark.parametrize("waiver", LISTED["waiver"], ids=lambda waiver: waiver["advisory"])
def test_each_waiver_is_for_what_is_installed_and_has_a_test(waiver: dict[str, str]) -> None:
    assert version(waiver["package"]) == waiver["version"], (
        "another release: look whether it mends this, and say so here"
    )
    assert waiver["reason"] and waiver["test"] in globals()


def test_the_four_of_chroma_are_listed() -> None:
    listed = {waiver["advisory"] for waiver in LISTED["waiver"] if waiver["package"] == "chromadb"}
    assert listed == {f"CVE-2026-{number}" for number in (45829, 45830, 45831, 45833)}


def test_no_chroma_server(watched) -> None:
    """Its weaknesses are all in its HTTP server: that is neither imported nor listened on."""
    assert (watched["loaded"], watched["listening"], watched["socket.bind"]) == ([], [], [])


def test_no_pickle(watched) -> None:
    """A pickle runs what is written in it: none is opened from building an index to answering."""
    assert watched["pickle.find_class"] == []


def modules() -> Iterator[tuple[str, ast.Module]]:
    for package in PACKAGES:
        for file in sorted((ROOT / package).rglob("*.py")):
            yield file.relative_to(ROOT).as_posix(), ast.parse(file.read_text("utf-8"))


def dangers_in(tree: ast.Module) -> Iterator[str]:
    """What of a module runs data: imports, names, calls."""
    for node in ast.walk(tree):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [node.module or "", *(f"{node.module}.{alias.name}" for alias in node.names)]
        yield from (name for name in names if name.startswith(RUNS_DATA))
        if isinstance(node, ast.keyword) and isinstance(node.value, ast.Constant) and node.value.value is False:
            continue  # trust_remote_code=False
        if isinstance(node, ast.Name | ast.Attribute | ast.alias | ast.keyword):
            name = {ast.Name: "id", ast.Attribute: "attr", ast.alias: "name", ast.keyword: "arg"}[type(node)]
            if getattr(node, name) in RUNS_NAMES:
                yield str(getattr(node, name))
        if isinstance(node, ast.Call):
            called = ast.unparse(node.func)
            if called in RUNS_CALLS or called in {f"yaml.{name}" for name in UNSAFE_YAML}:
                yield f"{called}(…)"


def test_nothing_of_ours_runs_data() -> None:
    found = {name: dangers for name, tree in modules() if (dangers := sorted(set(dangers_in(tree))))}
    assert found == {}


@pytest.mark.parametrize(
    "code",
    [
        "import pickle",
        "from langchain_core.load import loads",
        "from langchain_core import load",
        "from langchain_experimental.utilities import PythonREPL",
        "import yaml\nyaml.load(text)",
        "eval(text)",
        "model(trust_remote_code=True)",
        "chromadb.HttpClient(host='x')",
    ],
)
def test_the_guard_notices(code: str) -> None:
    assert list(dangers_in(ast.parse(code)))
