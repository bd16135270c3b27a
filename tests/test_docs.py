"""README and docs say what the program is today: settings, commands, targets, links, dependencies, terms."""

import importlib
import re
import tomllib
from pathlib import Path

import click
import pytest

from assistant.config import PREFIX, Settings

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md"))]
PACKAGES = ("corpus", "index", "assistant", "evals")


def rows(text: str) -> list[list[str]]:
    """The cells of all table rows whose first cell has a name in backticks, or whose second one has."""
    lines = [line for line in text.splitlines() if re.match(r"\| [^-|]", line)]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def names(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


def shown(value: object) -> str:
    return "（不设）" if value is None else f"`{value}`"


def settings_table() -> str:
    lines = ["| 设置 | 环境变量 | 默认 | 允许 | 作用 |", "| --- | --- | --- | --- | --- |"]
    for name, field in Settings.model_fields.items():
        extra = field.json_schema_extra
        allowed = extra["allowed"] if isinstance(extra, dict) else ""
        cells = (f"`{name}`", f"`{PREFIX}{name.upper()}`", shown(field.default), allowed, field.description)
        lines.append(f"| {' | '.join(map(str, cells))} |")
    return "\n".join(lines)


def test_readme_has_the_settings_as_they_are() -> None:
    table = re.search(r"<!-- settings: [^\n]*-->\n(.*?)\n?<!-- /settings -->", README, re.DOTALL)
    assert table is not None, "README has lost the marks around its table of settings"
    assert table[1].strip() == settings_table(), f"put this between the marks in README:\n{settings_table()}"


def test_every_setting_is_used() -> None:
    """A setting that no module asks for is a promise that nobody keeps."""
    code = "\n".join(
        file.read_text(encoding="utf-8")
        for package in PACKAGES
        for file in (ROOT / package).rglob("*.py")
        if file.name not in ("config.py", "doctor.py")
    )
    assert [name for name in Settings.model_fields if not re.search(rf"\.{name}\b", code)] == []


def test_readme_has_every_command_and_no_other() -> None:
    group = importlib.import_module("assistant.cli").main
    assert isinstance(group, click.Group)
    section = README.split("\n## 命令\n", 1)[1].split("\n## ", 1)[0]
    documented = {match[1] for row in rows(section) if (match := re.match(r"`jiangbu (\w+)", row[0]))}
    context = click.Context(group)
    commands = {name: group.get_command(context, name) for name in group.list_commands(context)}
    assert documented == {name for name, command in commands.items() if command and not command.hidden}


def test_readme_has_every_make_target() -> None:
    targets = re.findall(r"^([a-z]+):.*## ", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert len(targets) >= 9
    assert [target for target in targets if not re.search(rf"`{target}`|make {target}\b", README)] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_and_paths_lead_somewhere(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    links = [link.split("#")[0] for link in re.findall(r"\]\(([^)\s]+)\)", text) if "://" not in link]
    lost = [link for link in links if link and not (page.parent / link).exists()]
    # `assistant/web/*` and `evals/*` are patterns; models/ and snapshots/ lie in the user's home.
    paths = [
        name for name in names(text) if re.fullmatch(r"(?:corpus|index|assistant|evals|tests|docs)/[\w*./-]*", name)
    ]
    lost += [name for name in paths if not any(ROOT.glob(name.rstrip("/")))]
    assert lost == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_nothing_is_left_to_do_in_the_docs(page: Path) -> None:
    assert re.findall(r"TODO|FIXME|XXX", page.read_text(encoding="utf-8")) == []


def test_every_dependency_says_why_it_is_here() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    page = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    for section, wanted in [
        ("The program", project["dependencies"]),
        ("Where a language model judges (`[judge]`)", project["optional-dependencies"]["judge"]),
        ("A model to try with (`[live]`)", project["optional-dependencies"]["live"]),
        ("Scans (`[scan]`)", project["optional-dependencies"]["scan"]),
        ("Fuzzing with guidance (`[fuzz]`)", project["optional-dependencies"]["fuzz"]),
        ("Development only (`[dev]`)", project["optional-dependencies"]["dev"]),
    ]:
        text = page.split(f"## {section}\n", 1)[1].split("\n## ", 1)[0]
        documented = [names(row[0])[0] for row in rows(text) if names(row[0])]
        declared = [re.split(r"[<>=!~\[; ]", line, maxsplit=1)[0] for line in wanted]
        assert sorted(documented) == sorted(declared), section


def test_glossary_names_what_the_code_calls_it() -> None:
    page = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8").split("\n## Reserved", 1)[0]
    code = "\n".join(file.read_text(encoding="utf-8") for p in PACKAGES for file in (ROOT / p).rglob("*.py"))
    identifiers = [name for row in rows(page) for name in names(row[1])]
    assert len(identifiers) >= 15
    assert [name for name in identifiers if not re.search(rf"\b{name}\b", code)] == []
