"""Importing a module does nothing else: reads no variable, writes no file, connects nowhere, loads little."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("corpus", "index", "assistant", "evals")
HEAVY = ("torch", "sentence_transformers", "transformers", "gradio", "chromadb", "langchain")

# Imports the modules in turn and prints what each did besides. What os does counts when one of our modules asks,
# through the standard library's mappings or not; open files, connections and child processes whoever asks.
WATCH = """
import importlib, json, os, sys
from pathlib import Path

root, modules = sys.argv[1], sys.argv[2:]
deeds, current = [], ""
BETWEEN = ("os.py", "<frozen os>", "_collections_abc.py", "<frozen _collections_abc>")
OURS = ("os.putenv", "os.unsetenv", "os.mkdir", "os.remove", "os.rename")
ANYBODY = ("subprocess.Popen", "socket.connect", "socket.getaddrinfo")

def ours():
    frame = sys._getframe(2)
    while frame and Path(frame.f_code.co_filename).name in BETWEEN:
        frame = frame.f_back
    name = frame.f_code.co_filename if frame else ""
    return name.startswith(root) and "site-packages" not in name

def watch(event, args):
    if event == "open" and isinstance(args[1], str) and set(args[1]) & set("wax+"):
        if not str(args[0]).startswith("/dev/"):
            deeds.append(f"{current} writes {args[0]}")
    elif event in ANYBODY or (event in OURS and ours()):
        deeds.append(f"{current}: {event} {args[0]}")

class Watched(os._Environ):
    def __getitem__(self, key):
        if ours():
            deeds.append(f"{current} reads the variable {key}")
        return super().__getitem__(key)

    def __iter__(self):
        if ours():
            deeds.append(f"{current} reads all variables")
        return super().__iter__()

os.environ.__class__ = Watched
sys.addaudithook(watch)
for name in modules:
    current = name
    importlib.import_module(name)
print(json.dumps(deeds))
"""


def in_a_clean_home(home: Path, *arguments: str) -> str:
    """What a Python process prints that has an empty home and next to nothing in its environment."""
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(home),
        "TMPDIR": str(home),
        "PYTHONPATH": str(ROOT),
    }
    done = subprocess.run(
        [sys.executable, "-B", *arguments],
        cwd=home,
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def watched(home: Path, root: Path, *modules: str) -> list[str]:
    deeds: list[str] = json.loads(in_a_clean_home(home, "-c", WATCH, str(root), *modules).splitlines()[-1])
    return deeds


def test_imports_do_nothing_else(tmp_path: Path) -> None:
    files = sorted(file for package in PACKAGES for file in (ROOT / package).rglob("*.py"))
    names = [".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__") for file in files]
    assert watched(tmp_path, ROOT, *(name for name in names if not name.endswith("__main__"))) == []
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("line", "deed"),
    [
        ("os.environ.get('A')", "reads the variable A"),
        ("os.getenv('A')", "reads the variable A"),
        ("dict(os.environ)", "reads all variables"),
        ("os.environ['A'] = '1'", "os.putenv"),
        ("open('kept', 'w')", "writes kept"),
        ("os.mkdir('made')", "os.mkdir made"),
        ("subprocess.run(['true'])", "subprocess.Popen"),
        ("socket.getaddrinfo('localhost', 80)", "socket.getaddrinfo"),
    ],
)
def test_the_watch_sees_what_it_is_for(tmp_path: Path, line: str, deed: str) -> None:
    (tmp_path / "noisy.py").write_text(f"import os, socket, subprocess\n{line}\n", encoding="utf-8")
    code = f"import sys; sys.path.insert(0, {str(tmp_path)!r})\n{WATCH}"
    deeds = json.loads(in_a_clean_home(tmp_path, "-c", code, str(tmp_path), "noisy").splitlines()[-1])
    assert any(deed in seen for seen in deeds), deeds


@pytest.mark.parametrize("module", ["assistant.config", "assistant.answer", "assistant.cli", "assistant.doctor"])
def test_light_modules_load_nothing_heavy(tmp_path: Path, module: str) -> None:
    script = f"import json, sys, {module}; print(json.dumps(sorted(set(sys.modules) & set({HEAVY!r}))))"
    assert json.loads(in_a_clean_home(tmp_path, "-c", script)) == []
