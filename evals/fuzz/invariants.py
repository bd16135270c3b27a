"""What holds for every input. Each check raises `Broken` with what it saw, or whatever the program itself raises."""

import json
import re
import time
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from decimal import Decimal

from assistant.records import Answer
from corpus import CorpusError, Derived, PolicyDocument, derive
from corpus.anomaly import Anomaly
from corpus.awards import AmountKind, AwardFact, AwardRule, Reject
from corpus.awards.numerals import AmountError, read_money, read_number, read_ratio
from corpus.describe import Given
from corpus.intake import read_text
from corpus.records import Kind, Passage
from evals.fuzz.inputs import said_number
from evals.fuzz.slow import slow_yuan

DOCUMENT_WITHIN_S = 5.0  # a policy of a page takes some hundredths
ANSWER_WITHIN_S = 5.0  # an answer takes some hundredths
STATUSES = ("answered", "needs_clarification", "not_found", "error")
_TORN = re.compile(r"[\d.]$"), re.compile(r"\d[\d.]*(?:百|千)?[万亿千元]")
_MENTION = re.compile(r"(?<![\d.])\d+(?:\.\d+)?(?:万元|千元|亿元|元)(?![素件器化])")
_NO_AWARD = re.compile(
    r"^(?:（含[^）]*）)?(?:以上|以下|及以|基础|的?\d|减|折|的)|(?:低于|少于|小于|高于|大于|达到?|超过|满|由|从)$"
)
_SAID = re.compile(r"(?<![\d.,])(?P<n>\d[\d,]*(?:\.\d+)?)\s*(?P<u>亿|千万|百万|万|千)?元|(?P<p>\d+(?:\.\d+)?)%")


class Broken(AssertionError):
    """Something that has to hold for every input does not hold for this one."""


def insist(holds: object, *seen: object) -> None:
    """Raise `Broken` with what was seen unless something holds."""
    if not holds:
        raise Broken(" | ".join(str(one)[:300] for one in seen))


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Insist that a block ends in time."""
    began = time.process_time()
    yield
    spent = time.process_time() - began
    insist(spent <= seconds, f"took {spent:.1f} s of processor time, not {seconds}")


def check_numeral(text: str) -> None:
    """Whatever stands there is read as one thing, the same in two ways, or refused by name."""
    for unit in ("", "万元"):
        try:
            yuan = read_money(text, unit=unit)
        except AmountError:
            continue
        insist(yuan == slow_yuan(text, unit), "another sum", repr(text), yuan, slow_yuan(text, unit))
    for read in (read_number, read_ratio):
        try:
            number = read(text)
        except AmountError:
            continue
        insist(number.is_finite() and number >= 0, "no number", repr(text), number)


def check_number_said(number: int) -> None:
    """A number written out is read back."""
    insist(read_money(said_number(number) + "元") == number, "not read back", number, said_number(number))


def check_policy(text: str) -> None:
    """A file that is taken in is read without a fault, each figure at its place and of its size, none dropped."""
    text = text.encode("utf-8", "ignore").decode()  # a file is bytes: half a surrogate pair cannot come in
    with within(DOCUMENT_WITHIN_S):
        try:
            documents = read_text(text, source="fuzz.txt", given=Given(id="fuzz")).documents
        except CorpusError:  # refused, by name
            return
        derived = derive(documents)
    for document in documents:
        _check_clauses(document, derived)
        for fact in derived.ledger.facts:
            if fact.document_id == document.id:
                _check_fact(document.text, fact, derived)
        _check_nothing_dropped(document, derived)


def _check_clauses(document: PolicyDocument, derived: Derived) -> None:
    own = [clause for clause in derived.clauses if clause.document_id == document.id]
    insist(len({clause.id for clause in own}) == len(own), "two clauses of one id")
    end = 0
    for clause in own:
        insist(end <= clause.start < clause.end <= len(document.text), "clause out of place", clause)
        end = clause.end
    places = {clause.id: clause for clause in own}
    ledger = derived.ledger
    placed: list[AwardFact | AwardRule | Reject | Passage] = [
        *ledger.facts,
        *ledger.rules,
        *ledger.rejects,
        *derived.passages,
    ]
    for one in placed:
        if one.document_id == document.id:
            clause = places[one.clause_id]
            insist(clause.start <= one.start < one.end <= clause.end, "not within its clause", one)


def _check_fact(text: str, fact: AwardFact, derived: Derived) -> None:
    insist(fact.start <= fact.figure_start < fact.figure_end <= fact.end, "figure out of its quote", fact)
    printed, amount = text[fact.figure_start : fact.figure_end], fact.amount
    ahead, behind = text[fact.start : fact.figure_start].rstrip(" "), text[fact.figure_end :]
    behind = behind if printed[-1:] in "元%" else re.sub(r"^\d.*", "1元", behind, flags=re.DOTALL)
    torn = _TORN[0].search(ahead[-1:]) and not ahead.endswith("..") or _TORN[1].match(behind)
    insist(not torn, "a piece of a figure", f"{ahead[-12:]}[{printed}]{behind[:12]}", amount)
    insist(set(fact.rests_on) <= {one.id for one in derived.ledger.facts}, "rests on nothing", fact)
    for sum_ in (amount.yuan, amount.low, amount.ceiling):
        insist(sum_ is None or sum_.is_finite() and sum_ >= 0, "no sum", fact)
    plain = amount.kind in (AmountKind.EXACT, AmountKind.CAP) and amount.rate is None and not fact.rests_on
    if not plain or fact.construct == "table" or re.search("[最不封上年每/]|至|到|以", printed):
        return
    if re.search("[元万亿千]", printed):
        insist(slow_yuan(printed) == amount.yuan, "another sum", repr(printed), amount.yuan, slow_yuan(printed))
    else:
        insist(
            amount.yuan in [slow_yuan(printed, unit) for unit in ("元", "千元", "万元", "百万元", "亿元")],
            printed,
            amount,
        )


def _check_nothing_dropped(document: PolicyDocument, derived: Derived) -> None:
    ledger = derived.ledger
    if document.kind is not Kind.AWARD_POLICY:
        return
    found: list[AwardFact | AwardRule | Reject | Anomaly] = [
        *ledger.facts,
        *ledger.rules,
        *ledger.rejects,
        *ledger.anomalies,
    ]
    told = [(one.start, one.end) for one in found if one.document_id == document.id]
    for clause in derived.clauses:
        if clause.document_id != document.id:
            continue
        for mention in _MENTION.finditer(document.text, clause.start, clause.end):
            around = document.text[mention.end() : mention.end() + 12], document.text[: mention.start()][-8:]
            if any(_NO_AWARD.search(one) for one in around):
                continue
            seen = any(start < mention.end() and mention.start() < end for start, end in told)
            insist(seen, "money dropped in silence", f"{around[1]}[{mention.group()}]{around[0]}")


def check_answer(answer: Answer, documents: Mapping[str, PolicyDocument], known: str) -> None:
    """An answer of a known status, its quotes verbatim, each sum in it printed in a quote or reckoned in a step.

    Args:
        answer: As the assistant gave it.
        documents: By id.
        known: What the asker said, question and talk: an answer may say a sum again to deny it.
    """
    insist(answer.status in STATUSES and answer.answer.strip(), "no answer", answer.status)
    for citation in answer.citations:
        stored = documents[citation.document].text[citation.start : citation.end]
        insist(stored == citation.quote, "not verbatim", citation)
    hidden = [one for one in answer.answer if unicodedata.category(one) in ("Cc", "Cs") and one not in "\n\t"]
    insist(not hidden, "hidden characters", [hex(ord(one)) for one in hidden])
    json.loads(answer.model_dump_json(), parse_constant=lambda name: insist(False, "no JSON", name))
    reckoned = {step.yuan for step in answer.calculation} | {amount.yuan for amount in answer.amounts}
    reckoned |= {Decimal(term) for step in answer.calculation for term in re.findall(r"\d+(?:\.\d+)?", step.expression)}
    allowed = reckoned | _shares(reckoned) | set(_sums(known))
    own = [value for value in _sums(answer.answer) if value not in allowed]
    own = [value for value in own if not any(_is_printed(value, one.quote) for one in answer.citations)]
    insist(not own, "a sum without a source", own, answer.answer)
    stepped = {step.yuan for step in answer.calculation}
    for amount in answer.amounts:
        printed = any(_is_printed(amount.yuan, one.quote) for one in answer.citations)
        # Nothing is left below a limit: a step says so; no clause grants 0 yuan.
        insist(amount.yuan in stepped or amount.yuan > 0 and printed, "an amount without a source", amount)


def _sums(text: str) -> list[Decimal]:
    plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", text))
    return [_value(found) for found in _SAID.finditer(plain)]


def _value(found: re.Match[str]) -> Decimal:
    sizes = {"": 1, "千": 10**3, "万": 10**4, "百万": 10**6, "千万": 10**7, "亿": 10**8}
    if found["p"]:
        return Decimal(found["p"]) / 100
    return Decimal(found["n"].replace(",", "")) * sizes[found["u"] or ""]


def _shares(terms: set[Decimal]) -> set[Decimal]:
    return {term / 100 for term in terms}


def _is_printed(yuan: Decimal, quote: str) -> bool:
    """Whether a quote prints a sum: with its unit, as a bare number of a list or table, or in characters."""
    if yuan in _sums(quote):
        return True
    plain = re.sub(r"\s|(?<=\d)[,，](?=\d{3})", "", unicodedata.normalize("NFKC", quote))
    bare = {Decimal(number) for number in re.findall(r"\d+(?:\.\d+)?", plain)}
    if any(yuan == number * size for number in bare for size in (1, 10**3, 10**4, 10**6, 10**8)):
        return True
    runs = re.findall("[零〇一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟\\d]+元?", plain)
    return any(slow_yuan(run, "元") == yuan for run in runs)
