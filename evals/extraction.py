"""The ledger against a hand-read one: precision, recall and rejects, by document and by construct.

`evals/cases/ledger/<document>.yaml` was written from the documents by people reading them, without looking at
what the program says; `evals/cases/ledger/README.md` tells the format. A fact is right when it stands at the
same figure, with the same sum, the same kind and the same labels, and its words tell it from its neighbours.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import yaml

from corpus import packaged_documents, read_clauses
from corpus.awards import AmountKind, AwardFact, Extraction, extract_awards
from corpus.awards.normalize import normalize
from corpus.records import PolicyDocument

LEDGER = Path(__file__).parent / "cases" / "ledger"
RULED = "rule"
ALIASES = {"rank_share": "share"}


@dataclass
class Report:
    """What was compared: counts of facts, and a line for each difference."""

    right: Counter[str] = field(default_factory=Counter)  # by construct
    wrong: Counter[str] = field(default_factory=Counter)
    missed: int = 0
    gold: int = 0
    rejects: int = 0
    rules_right: int = 0
    rules_gold: int = 0
    differences: list[str] = field(default_factory=list)

    @property
    def precision(self) -> Fraction | None:
        """Share of the extracted facts that the gold ledger has; None without any."""
        told = self.right.total() + self.wrong.total()
        return Fraction(self.right.total(), told) if told else None

    @property
    def recall(self) -> Fraction | None:
        """Share of the gold facts that were extracted; None without any."""
        return Fraction(self.gold - self.missed, self.gold) if self.gold else None


def load_ledgers() -> list[dict[str, Any]]:
    """The gold ledgers, by document: its id, and what is read of each of its sums."""
    return [yaml.safe_load(path.read_text("utf-8")) for path in sorted(LEDGER.glob("*.yaml"))]


def compare_documents() -> dict[str, Report]:
    """Compare every document that has a gold ledger."""
    documents = {document.id: document for document in packaged_documents()}
    reports = {}
    for gold in load_ledgers():
        document = documents[gold["document"]]
        reports[document.id] = compare(document, extract_awards(document, read_clauses(document)), gold["entries"])
    return reports


def compare(document: PolicyDocument, extraction: Extraction, entries: list[dict[str, Any]]) -> Report:
    """Compare what was extracted from a document with its gold entries."""
    report = Report(rejects=len(extraction.rejects))
    facts: dict[tuple[int, int], list[AwardFact]] = {}
    for fact in extraction.facts:
        facts.setdefault((fact.figure_start, fact.figure_end), []).append(fact)
    for entry in entries:
        at = (entry["at"][0], entry["at"][1])
        if "facts" in entry:
            _compare_figure(document, entry["facts"], facts.pop(at, []), at, report)
        elif RULED in entry:
            _compare_rule(document, entry, extraction, at, report)
    for at, unexpected in facts.items():
        for fact in unexpected:
            report.wrong[fact.construct] += 1
            report.differences.append(f"+ {_where(document, at)}: not in the gold ledger: {describe(fact)}")
    return report


def _compare_figure(
    document: PolicyDocument, gold: list[dict[str, Any]], found: list[AwardFact], at: tuple[int, int], report: Report
) -> None:
    used: set[str] = set()
    report.gold += len(gold)
    for one in gold:
        fact = next((fact for fact in found if agrees(fact, one)), None)
        if fact is None:
            report.missed += 1
            got = "; ".join(describe(fact) for fact in found) or "nothing"
            report.differences.append(f"- {_where(document, at)}: {_describe_gold(one)} | got {got}")
        elif fact.id not in used:
            used.add(fact.id)
            report.right[fact.construct] += 1
    for fact in found:
        if fact.id not in used and not any(agrees(fact, one) for one in gold):
            report.wrong[fact.construct] += 1
        elif is_joint(fact) and not set(fact.labels) <= {name for one in gold for name in one.get("labels", ())}:
            report.differences.append(f"j {_where(document, at)}: labels that no gold fact has: {describe(fact)}")


def _compare_rule(
    document: PolicyDocument, entry: dict[str, Any], extraction: Extraction, at: tuple[int, int], report: Report
) -> None:
    report.rules_gold += 1
    near = [rule for rule in extraction.rules if rule.start < at[1] and at[0] < rule.end]
    if any(rule.kind.value == ALIASES.get(entry[RULED], entry[RULED]) for rule in near):
        report.rules_right += 1
    else:
        got = ", ".join(rule.kind.value for rule in near) or "nothing"
        report.differences.append(f"r {_where(document, at)}: {entry[RULED]} | got {got}")


def agrees(fact: AwardFact, gold: dict[str, Any]) -> bool:
    """Whether a fact says what a gold fact says."""
    if fact.amount.kind.value != gold["kind"]:
        return False
    if "yuan" in gold and fact.amount.yuan != Decimal(str(gold["yuan"])):
        return False
    if (
        "rate" in gold
        and fact.amount.kind is AmountKind.RATE
        and abs(_rate(gold["rate"]) - (fact.amount.rate or 0)) > Decimal("0.0001")
    ):
        return False
    if "low" in gold and fact.amount.low != Decimal(str(gold["low"])):
        return False
    words = normalize(fact.subject + fact.context + fact.amount.base).text
    labels = set(gold.get("labels", ()))
    same = labels == set(fact.labels) or (is_joint(fact) and labels <= set(fact.labels))
    return same and all(normalize(word).text in words for word in gold.get("words", ()))


def is_joint(fact: AwardFact) -> bool:
    """Whether one fact is for several things that its words list: the gold ledger has one for each."""
    return re.search("[、或和及]", fact.subject) is not None


def _rate(text: object) -> Decimal:
    share = Fraction(str(text))
    return Decimal(share.numerator) / Decimal(share.denominator)


def _where(document: PolicyDocument, at: tuple[int, int]) -> str:
    return f"{document.id} {at[0]}-{at[1]} {document.text[at[0] : at[1]]}"


def describe(fact: AwardFact) -> str:
    """One line that tells a fact."""
    return f"{fact.amount.yuan} {fact.amount.kind.value} {'、'.join(fact.labels)} ({fact.subject[:40]})"


def _describe_gold(gold: dict[str, Any]) -> str:
    return f"{gold.get('yuan')} {gold['kind']} {'、'.join(gold.get('labels', ()))} {gold.get('words', '')}"


def lines_of(reports: dict[str, Report]) -> Iterator[str]:
    """The report as a table, with the sum of all documents last."""
    total = Report()
    yield f"{'document':34} {'gold':>5} {'facts':>5} {'precision':>9} {'recall':>7} {'rejects':>7} {'rules':>8}"
    for name, report in reports.items():
        yield _line(name, report)
        for key in ("missed", "gold", "rejects", "rules_right", "rules_gold"):
            setattr(total, key, getattr(total, key) + getattr(report, key))
        total.right += report.right
        total.wrong += report.wrong
    yield _line("all", total)
    for construct in sorted(total.right | total.wrong):
        right, wrong = total.right[construct], total.wrong[construct]
        yield f"  {construct:32} {right + wrong:11} {right / (right + wrong):9.3f}"


def _line(name: str, report: Report) -> str:
    told = report.right.total() + report.wrong.total()
    precision, recall = (
        f"{float(share):.3f}" if share is not None else "-" for share in (report.precision, report.recall)
    )
    rules = f"{report.rules_right}/{report.rules_gold}"
    return f"{name:34} {report.gold:5} {told:5} {precision:>9} {recall:>7} {report.rejects:7} {rules:>8}"


def main() -> None:
    """Print the report; differences first with -v."""
    import sys

    reports = compare_documents()
    if "-v" in sys.argv[1:]:
        sys.stdout.writelines(f"{line}\n" for report in reports.values() for line in report.differences)
    sys.stdout.writelines(f"{line}\n" for line in lines_of(reports))


if __name__ == "__main__":
    main()
