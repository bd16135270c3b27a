"""README's promises and SECURITY.md name the tests that prove them: each of those is there, and is run by CI."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
_NAMED = re.compile(r"`(test_\w+)`")
_PROMISE = re.compile(r"^\| (P\d+) \| (.+?) \| (.+?) \|$", re.MULTILINE)


def promises() -> list[tuple[str, str, str]]:
    """Number, words and proofs of each promise."""
    return _PROMISE.findall((ROOT / "README.md").read_text("utf-8"))


@cache
def names_of_tests() -> frozenset[str]:
    """The names of all tests."""
    trees = (ast.parse(path.read_text("utf-8")) for path in (ROOT / "tests").rglob("test_*.py"))
    return frozenset(
        node.name
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test_")
    )


def test_every_promise_stands_in_order() -> None:
    assert [number for number, _, _ in promises()] == [f"P{number}" for number in range(1, 19)]


@pytest.mark.parametrize(("number", "proofs"), [(number, proofs) for number, _, proofs in promises()])
def test_a_promise_names_tests_that_are_there(number: str, proofs: str) -> None:
    named = set(_NAMED.findall(proofs))
    assert named, number
    assert named - names_of_tests() == set()


@pytest.mark.parametrize("page", ["SECURITY.md", "README.md"])
def test_a_page_names_no_test_that_is_gone(page: str) -> None:
    named = set(_NAMED.findall((ROOT / page).read_text("utf-8")))
    assert named and named - names_of_tests() == set()
