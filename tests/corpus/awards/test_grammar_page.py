"""docs/award-grammar.md is held to the program: every clause in its tables is read as the page says.

The page has a short notation for facts, such as “主导 制定 国家标准 → 20万元, per 项”. What the program reads is put
into the same words, so that a difference shows as one.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from itertools import takewhile
from pathlib import Path

import pytest

from corpus.anomaly import AnomalyCode
from corpus.awards import Amount, AmountKind, AwardFact, Extraction, RuleKind
from corpus.awards.malformed import LABELS, TOO_LONG
from corpus.ledger import derive
from corpus.vocabulary import concepts
from tests.corpus.awards.made_up import document_of, extract, extract_document

PAGE = (Path(__file__).resolve().parents[3] / "docs" / "award-grammar.md").read_text(encoding="utf-8")
KIND_OF = {concept.name: concept.kind for concept in concepts()}
WAN = Decimal(10000)
NO_FIGURE = "—"
_PRINTED = re.compile(r"[\d.]+(?:万元|元|%)")


@dataclass(frozen=True)
class Said:
    """One fact as the page tells it: what it is for, and its sum with what is said about it."""

    labels: frozenset[str]
    ranks: tuple[int, ...]
    sum_: str


def table(first: str) -> list[list[str]]:
    """The rows of the page's table whose first column is called so."""
    _, below = PAGE.split(f"\n| {first} | ", 1)
    rows = takewhile(lambda line: line.startswith("|"), below.split("\n")[2:])
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in rows]


def name_in(cell: str) -> str:
    return cell.strip("`")


def said_by_page(notation: str) -> list[Said]:
    """The facts of a cell; a part without a figure is a remark."""
    said: list[Said] = []
    labels: dict[str, set[str]] = {}
    for part in re.split(r";\s", notation):
        if not re.search(r"\d", part):
            continue
        subject, _, sum_ = re.sub(r"\s+", " ", part).rpartition(" → ")
        ranks = tuple(int(rank) for rank in re.findall(r"rank (\d+)", subject))
        changed: dict[str, set[str]] = {"role": set()} if "no role" in subject else {}
        for name in re.sub(r"no role|rank \d+|,", " ", subject).split():
            changed.setdefault(KIND_OF[name], set()).add(name)
        labels = {**labels, **changed}
        said.append(Said(frozenset().union(*labels.values()), ranks, sum_))
    return said


def said_by_program(found: Extraction) -> list[Said]:
    known = {fact.id: fact for fact in found.facts}
    return [Said(frozenset(fact.labels), fact.ranks, sum_of(fact, known)) for fact in found.facts]


def sum_of(fact: AwardFact, known: dict[str, AwardFact]) -> str:
    text = worded(fact.amount)
    for base in fact.rests_on:
        text += f" ({percent(fact.amount.rate)} of {worded(known[base].amount)})"
    particulars = {
        f" of {fact.budget}": fact.budget,
        ", to a person": fact.who == "person",
        f", per {fact.per}": fact.per,
        ", once": fact.once,
        ", yearly": fact.yearly,
    }
    return text + "".join(words for words, holds in particulars.items() if holds)


def worded(amount: Amount) -> str:
    match amount.kind:
        case AmountKind.RATE:
            ceiling = f", at most {money(amount.ceiling)}" if amount.ceiling is not None else ""
            return f"{percent(amount.rate)} of {amount.base}{ceiling}"
        case AmountKind.CAP:
            return f"at most {money(amount.yuan)}"
        case AmountKind.RANGE:
            return f"{money(amount.low)} to {money(amount.yuan)}"
        case AmountKind.EXACT:
            return money(amount.yuan)


def money(yuan: Decimal | None) -> str:
    assert yuan is not None
    return f"{plain(yuan / WAN)}万元" if yuan >= WAN else f"{plain(yuan)}元"


def percent(rate: Decimal | None) -> str:
    assert rate is not None
    return f"{plain(rate * 100)}%"


def plain(number: Decimal) -> str:
    return f"{number.normalize():f}"


FORMS = table("form")
WRITTEN = [(printed, meant) for cell, meant in table("written") for printed in cell.split(", ")]
RULES = [(name_in(kind), clause, figures) for kind, _, clause, figures in table("kind")]
REFUSED = [(name_in(label), why, example) for label, why, example, _ in table("label")]
REFUSED_HERE = [(label, example) for label, _, example in REFUSED if "。" in example]


def test_the_tables_of_the_page_are_whole() -> None:
    """A table that cannot be found any more would leave nothing to test."""
    assert (len(FORMS) >= 23, len(WRITTEN) >= 18) == (True, True)
    assert {kind for kind, _, _ in RULES} == {kind.value for kind in RuleKind}
    assert {label for label, _, _ in REFUSED} == set(LABELS)
    assert {label for label, _ in REFUSED_HERE} == set(LABELS) - {TOO_LONG}
    assert {name_in(code) for code, _, _ in table("code")} == {code.value for code in AnomalyCode}


@pytest.mark.parametrize(("clause", "facts"), [row[1:] for row in FORMS], ids=[row[0] for row in FORMS])
def test_a_form_gives_the_facts_that_the_page_tells(clause: str, facts: str) -> None:
    found = extract(clause)
    assert said_by_program(found) == said_by_page(facts)
    assert found.rejects == ()


def test_a_heading_counts_for_what_stands_under_it() -> None:
    example = re.search(r"below “(.+?)”, the line “(.+?)” gives (.+?)\. What", PAGE, re.DOTALL)
    assert example is not None
    assert said_by_program(extract_document(f"{example[1]}\n{example[2]}\n")) == said_by_page(example[3])


def test_the_table_of_the_page_is_read() -> None:
    example = re.search(r"```\n([^`]+)```\n\nThis gives (.+?)\. The", PAGE, re.DOTALL)
    assert example is not None
    found = extract_document(example[1])
    assert said_by_program(found) == said_by_page(example[2])
    assert found.rejects == ()


@pytest.mark.parametrize(("printed", "meant"), WRITTEN)
def test_a_number_is_read_as_the_page_tells(printed: str, meant: str) -> None:
    if meant.endswith("%"):
        share = extract(f"主导制定团体标准的，奖励20万元；参与制定团体标准的，按上述奖励额的{printed}奖励。").facts[-1]
        assert (percent(share.amount.rate), len(share.rests_on)) == (meant, 1)
    else:
        assert [worded(fact.amount) for fact in extract(f"主导制定团体标准的，奖励{printed}。").facts] == [meant]


@pytest.mark.parametrize(("kind", "clause", "figures"), RULES)
def test_a_rule_is_kept_with_its_figures(kind: str, clause: str, figures: str) -> None:
    found = extract(clause)
    assert {rule.kind.value for rule in found.rules} == {kind}
    stated = [percent(rule.rate) if rule.yuan is None else money(rule.yuan) for rule in found.rules if rule.figures]
    assert stated == [clause[start:end] for rule in found.rules for start, end in rule.figures]
    assert (", ".join(stated) or NO_FIGURE) == figures


@pytest.mark.parametrize(("kind", "clause", "figures"), RULES)
def test_a_figure_beside_a_rule_is_an_award(kind: str, clause: str, figures: str) -> None:
    found = extract(clause)
    awards = [clause[fact.figure_start : fact.figure_end] for fact in found.facts]
    assert awards == [printed for printed in _PRINTED.findall(clause) if printed not in figures.split(", ")], kind
    assert found.rejects == ()


@pytest.mark.parametrize(("label", "example"), REFUSED_HERE)
def test_what_the_page_calls_refused_is_refused(label: str, example: str) -> None:
    """The last sentence is; what stands before it is read."""
    *whole, refused, _ = example.split("。")
    (reject,) = extract(example).rejects
    assert reject.label == label
    assert example[reject.start : reject.end] in refused
    assert len(extract(example).facts) == len(whole)


def test_a_sentence_is_refused_from_the_length_on_that_the_page_tells() -> None:
    (why,) = [why for label, why, _ in REFUSED if label == TOO_LONG]
    (limit,) = map(int, re.findall(r"more than (\d+) characters", why))
    sentence = "主导制定国家标准的，奖励30万元。".rjust(limit + 1, "推")  # the full stop is no part of it
    assert [money(fact.amount.yuan) for fact in extract(sentence).facts] == ["30万元"]
    assert [reject.label for reject in extract("推" + sentence).rejects] == [TOO_LONG]


def test_lint_looks_at_the_rows_of_tables() -> None:
    example = re.search(r"In this one, (\S+) is read:\n\n```\n([^`]+)```\n\nThe (\S+) is `uncovered`", PAGE)
    assert example is not None
    read, text, uncovered = example.groups()
    ledger = derive([document_of(text)]).ledger
    assert [money(fact.amount.yuan) for fact in ledger.facts] == [read]
    found = [one for one in ledger.anomalies if one.code is AnomalyCode.UNCOVERED]
    assert [text[one.start : one.end] for one in found] == [uncovered]
