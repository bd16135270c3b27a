"""What was said in a row as text, and what is wrong with it in words."""

from collections.abc import Mapping
from typing import Any

from evals import words
from evals.reporting import wording
from evals.reporting.written import money
from evals.runs import Row

PLACES_MAX = 5


def said_text(row: Row) -> str:
    """The answer of the worst round as text; of a search the places found, of the ledger its awards, one a line."""
    back = row.worst.outcome.back
    if text := back.get("answer") or back.get("text") or back.get("refused"):
        return str(text)
    if "places" in back:
        return "\n".join(f"{document} {locator}" for document, _, _, locator in back["places"][:PLACES_MAX])
    if "facts" in back:
        return "\n".join(map(fact_line, back["facts"])) or wording.NO_FACTS
    return wording.NO_TEXT


def fact_line(fact: Mapping[str, Any]) -> str:
    """An award of the ledger, or of the hand-read one, in a line."""
    kind = words.AMOUNT_KINDS.get(str(fact.get("kind")), str(fact.get("kind", "")))
    figure = money(fact["yuan"]) if fact.get("yuan") is not None else str(fact.get("rate") or "")
    about = "、".join(map(str, fact.get("labels") or fact.get("words") or ()))
    return " ".join(part for part in (kind, figure, about) if part)


def broken_sentences(row: Row) -> list[str]:
    """What is wrong: the sums that should not be there, and a sentence for each rule that is broken."""
    verdict = row.worst.verdict
    expected, actual = (words.STATUSES.get(one, one) for one in (verdict.expected, verdict.actual))
    sums = "、".join(map(money, dict.fromkeys(verdict.wrong_amounts)))
    told = [wording.STATED_WRONG.format(sums=sums)] if sums else []
    return told + [wording.BROKEN.get(name, name).format(expected=expected, actual=actual) for name in verdict.broken]


def is_faulty(row: Row) -> bool:
    """Whether there is anything wrong; an answer can keep every rule and still state a sum that nobody asked for."""
    return not row.is_right or row.states_wrong_amount


def is_withheld(row: Row) -> bool:
    """Whether the program gave no answer in one of the rounds."""
    return any(one.verdict.is_withheld for one in row.rounds)
