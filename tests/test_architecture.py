"""The shape that `docs/architecture.md` promises: who imports whom, one door per library, sizes, places."""

import ast
import fnmatch
import os
import re
import sys
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("corpus", "index", "assistant", "evals")
IGNORED = {".git", ".venv", "build", "dist", "results"}  # and every cache: .pytest_cache, __pycache__ …
MAX_FILE_LINES = 300
MAX_FUNCTION_LINES = 60
SHARED_RUN = 20  # Chinese characters in a row that only a document may have
EMPTY_NAMES = {"utils", "helpers", "helper", "common", "misc", "manager", "info"}
PART_OF = {  # what a library stands on and hands out itself comes with it
    "starlette": "fastapi",
    "gradio_client": "gradio",
    "markupsafe": "jinja2",
    "transformers": "sentence_transformers",
    "huggingface_hub": "sentence_transformers",
}
# torch.onnx and onnxruntime.quantization ask for onnx when they run, init_chat_model for
# langchain-openai.
# Parts of the package that users have no command for; what they need besides comes with the group `dev`.
FOR_DEVELOPERS = ("evals/bench/", "evals/mutants/", "evals/fuzz/", "evals/screens.py")
JUDGING = "evals/judging_model.py"  # needs the group `judge`
SCANNING = ("corpus/conversion/ocr.py", "corpus/conversion/scan.py")  # need the group `scan`
SERVING = "evals/live/"  # needs the group `live`
NEEDED_UNSEEN = {"onnx", "langchain-openai"}
MACHINE_PATH = re.compile(r"(?<![\w.~$}/])/(?:home|root|work|Users|opt|mnt|srv)/\w")


def project_files() -> Iterator[Path]:
    """Every file of the project but the documents, caches and what is built."""
    for folder, folders, files in os.walk(ROOT):
        folders[:] = [
            name for name in folders if name not in IGNORED and not re.search(r"cache|\.egg-info$|hypothesis", name)
        ]
        if Path(folder) == ROOT / "corpus":
            folders.remove("documents")
        yield from (Path(folder, name) for name in files)


def package_modules() -> list[Path]:
    return sorted(file for package in PACKAGES for file in (ROOT / package).rglob("*.py"))


def name_of(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


@cache
def tree_of(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"), filename=str(file))


def imports_of(file: Path) -> set[str]:
    """Top-level names of all that a file imports, wherever in the file it does so."""
    found: set[str] = set()
    for node in ast.walk(tree_of(file)):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add(file.relative_to(ROOT).parts[0] if node.level else (node.module or "").split(".")[0])
        elif isinstance(node, ast.Call) and ast.unparse(node.func) in (
            "import_module",
            "importlib.import_module",
        ):
            found |= {
                a.value.split(".")[0] for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str)
            }
    return found


def table_after(heading: str) -> list[tuple[list[str], list[str]]]:
    """The names in backticks in the first two columns of the table below a heading of that page."""
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    section = page.split(f"## {heading}\n", 1)[1].split("\n## ", 1)[0]
    rows = [line.split("|")[1:3] for line in section.splitlines() if line.startswith("| `")]
    return [(re.findall(r"`([^`]+)`", left), re.findall(r"`([^`]+)`", right)) for left, right in rows]


def test_import_rule() -> None:
    allowed = {left[0]: {left[0], *right} for left, right in table_after("Who may import whom")}
    assert set(allowed) == set(PACKAGES)
    own = {*PACKAGES, "tests"}
    wrong = [
        f"{name_of(file)} imports {', '.join(sorted(extra))}"
        for file in package_modules()
        if (extra := (imports_of(file) & own) - allowed[file.relative_to(ROOT).parts[0]])
    ]
    assert wrong == []


def test_nobody_imports_evals_and_the_order_has_no_way_back() -> None:
    """The table itself may not be loosened into a circle."""
    order = list(PACKAGES)
    for left, right in table_after("Who may import whom"):
        assert all(order.index(name) < order.index(left[0]) for name in right), left


def test_one_door_per_library() -> None:
    doors = table_after("One door per library")
    assert len(doors) >= 9
    wrong = [
        f"{name_of(file)} imports {library}, which belongs to {', '.join(places)}"
        for file in package_modules()
        for libraries, places in doors
        for library in sorted(imports_of(file) & set(libraries))
        if not any(fnmatch.fnmatch(name_of(file), place) for place in places)
    ]
    assert wrong == []


def test_every_door_is_used() -> None:
    """A door that nobody goes through, or a file that moved, leaves a stale line in the page."""
    stale = [
        f"{library}: {place}"
        for libraries, places in table_after("One door per library")
        for library in libraries
        for place in places
        if library == libraries[0]
        and not any(
            fnmatch.fnmatch(name_of(file), place) and imports_of(file) & set(libraries) for file in package_modules()
        )
    ]
    assert stale == []


def test_what_is_imported_is_declared_and_what_is_declared_is_imported() -> None:
    """An import that only works because another package happens to bring it breaks on the day it stops."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = {
        group: {re.split(r"[<>=!~\[; ]", line, maxsplit=1)[0].lower() for line in lines}
        for group, lines in {"": project["dependencies"], **project["optional-dependencies"]}.items()
    }
    carriers = packages_distributions()

    def distributions(files: Iterable[Path]) -> set[str]:
        modules = {name for file in files for name in imports_of(file)} - set(PACKAGES) - {"tests", "conftest"}
        foreign = {name for name in modules if name and name not in sys.stdlib_module_names}
        foreign = {PART_OF.get(name, name) for name in foreign}
        return {re.sub(r"[-_.]+", "-", carriers.get(name, [name])[0]).lower() for name in foreign}

    program = distributions(
        file
        for file in package_modules()
        if not name_of(file).startswith((*FOR_DEVELOPERS, JUDGING, SERVING, *SCANNING))
    )
    judging = distributions([ROOT / JUDGING])
    scanning = distributions(ROOT / name for name in SCANNING)
    everything = distributions([*package_modules(), *(ROOT / "tests").rglob("*.py")])
    assert program - declared[""] == set(), "imported by the program, not in [project] dependencies"
    assert judging - declared[""] - declared["judge"] == set(), "imported by the judge, not in its group"
    assert scanning - declared[""] == declared["scan"], "imported for scans, and declared in their group"
    assert declared["scan"] - declared["dev"] == set(), "scans are tested, so their group is a part of dev"
    assert declared["judge"] - declared["dev"] == set(), "the judge is tested, so its group is a part of dev"
    optional = declared["live"] | declared["fuzz"]
    assert everything - declared[""] - declared["dev"] - optional == set(), "imported, not declared at all"
    assert declared[""] - program == set(NEEDED_UNSEEN), "declared, imported by nobody"


def test_files_are_short() -> None:
    sizes = {name_of(file): len(file.read_text(encoding="utf-8").splitlines()) for file in package_modules()}
    assert {name: size for name, size in sizes.items() if size > MAX_FILE_LINES} == {}


def test_functions_are_short() -> None:
    long = [
        f"{name_of(file)}:{node.lineno} {node.name}"
        for file in package_modules()
        for node in ast.walk(tree_of(file))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or node.lineno) - node.lineno >= MAX_FUNCTION_LINES
    ]
    assert long == []


def test_modules_say_what_they_are_for() -> None:
    silent = [
        name_of(file) for file in package_modules() if tree_of(file).body and not ast.get_docstring(tree_of(file))
    ]
    assert silent == []


def test_file_names_say_what_is_in_them() -> None:
    assert [name_of(file) for file in package_modules() if file.stem in EMPTY_NAMES] == []


def test_tests_are_no_packages() -> None:
    """One `__init__.py` below tests, and `import corpus` finds tests/corpus instead of the package."""
    assert [name_of(file) for file in (ROOT / "tests").rglob("__init__.py")] == []


def test_onnxruntime_is_told_not_to_report_home() -> None:
    """Version 1.31 makes a device id and an upload queue in the home at import, unless told not to before."""
    wrong = [
        name_of(file)
        for file in package_modules()
        if "onnxruntime" in imports_of(file) and "ORT_DISABLE_TELEMETRY" not in file.read_text(encoding="utf-8")
    ]
    assert wrong == []


def test_no_path_of_a_machine() -> None:
    found = []
    for file in project_files():
        text = file.read_text(encoding="utf-8", errors="ignore")
        found += [f"{name_of(file)}: {text[m.start() : m.start() + 40]!r}" for m in MACHINE_PATH.finditer(text)]
    assert found == []


def chinese(text: str) -> str:
    return re.sub(r"[^\u4e00-\u9fff]", "", text)


def test_wording_of_policies_lives_in_the_documents_alone() -> None:
    documents = sorted((ROOT / "corpus" / "documents").glob("*.md"))
    assert documents, "corpus/documents holds no documents"
    runs = {
        text[at : at + SHARED_RUN]
        for text in (chinese(document.read_text(encoding="utf-8")) for document in documents)
        for at in range(len(text) - SHARED_RUN + 1)
    }
    shared = []
    for file in project_files():
        # Line by line: a list of terms, one a line, is no wording.
        for number, line in enumerate(file.read_text(encoding="utf-8", errors="ignore").splitlines(), 1):
            text = chinese(line)
            if any(text[at : at + SHARED_RUN] in runs for at in range(len(text) - SHARED_RUN + 1)):
                shared.append(f"{name_of(file)}:{number} {text}")
    assert shared == []
