"""One row of a table → its award facts: the heads say what a cell means, the row's words what it is for.

A merged category stands on its first row only and is taken over; an empty cell is unknown and yields nothing.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from corpus.awards import malformed
from corpus.awards.facts import Amount, AmountKind, AwardFact, Reject
from corpus.awards.labelling import label, names_of, ranks_of
from corpus.awards.normalize import normalize
from corpus.awards.numerals import AmountError, read_money
from corpus.awards.particulars import per_of, who_of
from corpus.awards.reader import ClauseReader, Found
from corpus.records import Clause, PolicyDocument
from corpus.tables import align_cells, is_amount, read_row_heads

_UNIT = re.compile(r"（(?:单位：)?(?:人民币)?([千万亿]?元)|单位：(?:人民币)?([千万亿]?元)|([千万亿]元)")
_MONEY_HEAD = re.compile(r"元|金额|奖励|补助|资助|补贴|标准|额度|资金|扶持|奖补")
_NO_MONEY_HEAD = re.compile(r"序号|编号|年度|年份|数量|个数|名额|电话|日期|备注|条件|材料|比例")
_CELL = re.compile(
    r"(?P<cap>最高|不超过|不高于|上限)?(?P<low>\d+(?:\.\d+)?)(?:[-~至](?P<high>\d+(?:\.\d+)?))?(?P<unit>[千万亿]?元?)(?P<per>/.{1,3})?"
)
_BUDGET = re.compile(r"国家|省级?|市级?|[县区]级?|镇级?")
_BUDGETS = {"国": "国家级", "省": "省级", "市": "市级", "县": "县级", "区": "县级", "镇": "镇级"}
_PARTED = re.compile(r"^(?:市级?|[县区]级?|省级?|国家)")


def read_row(document: PolicyDocument, clause: Clause, reader: ClauseReader) -> Found:
    """Read one table row; a cell that holds a sentence is read as a clause."""
    found = Found()
    cells = list(_cells(document, clause))
    words = [text for head, text, start in cells if text and not _is_money(head, text)]
    carried, _ = read_row_heads(clause.heads[-1] if clause.heads else "")
    category = [normalize(text).text for _, text in carried]
    subject = " · ".join([*category, *(normalize(word).text for word in words)])
    for head, text, start in cells:
        if not _is_money(head, text):
            continue
        plain = normalize(text, start)
        parsed = _CELL.fullmatch(plain.text)
        if parsed is None:
            _read_sentence(document, clause, reader, start, len(text), found)
            continue
        unit = _unit_of(parsed["unit"], head, clause)
        first, last = plain.original(0, len(plain.text))
        if not unit:
            found.rejects.append(_reject(clause, malformed.NO_UNIT, first, last))
            continue
        amount = _amount(parsed, unit)
        if amount is None or not subject:
            found.rejects.append(_reject(clause, malformed.NO_OBJECT, first, last))
            continue
        found.facts.append(_fact(document, clause, subject, head, plain.text, amount, (first, last)))
    return found


def _cells(document: PolicyDocument, clause: Clause) -> Iterator[tuple[str, str, int]]:
    """Column head, text and place of each cell of a row."""
    text = document.text[clause.start : clause.end]
    _, columns = read_row_heads(clause.heads[-1] if clause.heads else "")
    printed, at = [], clause.start
    for raw in text.split("\t"):
        stripped = raw.strip()
        printed.append((stripped, at + (raw.find(stripped) if stripped else 0)))
        at += len(raw) + 1
    aligned = align_cells([cell for cell, _ in printed], len(columns))
    heads = columns if len(columns) == len(aligned) else [""] * len(aligned)
    places = iter([place for cell, place in printed if cell])
    for head, cell in zip(heads, aligned, strict=True):
        yield head, cell, next(places) if cell else clause.start


def _is_money(head: str, text: str) -> bool:
    plain = normalize(text).text
    if not plain or _NO_MONEY_HEAD.search(head):
        return False
    if is_amount(plain) or _CELL.fullmatch(plain):
        return bool(_MONEY_HEAD.search(head) or re.search("元|万", plain))
    return re.search(r"\d[\d.]*(?:万|千)?元|\d万", plain) is not None


def _unit_of(own: str, head: str, clause: Clause) -> str:
    if own:
        return own
    for text in (head, *reversed(clause.heads)):
        if found := _UNIT.search(normalize(text).text):
            return next(group for group in found.groups() if group)
    return ""


def _amount(parsed: re.Match[str], unit: str) -> Amount | None:
    try:
        low = read_money(parsed["low"], unit=unit)
        high = read_money(parsed["high"], unit=unit) if parsed["high"] else None
    except AmountError:
        return None
    if high is not None:
        return Amount(kind=AmountKind.RANGE, yuan=high, low=low)
    return Amount(kind=AmountKind.CAP if parsed["cap"] else AmountKind.EXACT, yuan=low)


def _fact(
    document: PolicyDocument,
    clause: Clause,
    subject: str,
    head: str,
    cell: str,
    amount: Amount,
    figure: tuple[int, int],
) -> AwardFact:
    capped = re.search("最高|上限|不超过", head) is not None and amount.kind is AmountKind.EXACT
    budget = _PARTED.search(normalize(head).text)
    return AwardFact(
        id=f"{document.id}@{figure[0]}",
        document_id=document.id,
        clause_id=clause.id,
        locator=clause.locator,
        subject=subject,
        context=" ".join([*(normalize(one).text for one in clause.heads[:-1]), head]),
        labels=names_of(label(subject)),
        inherited=(),
        amount=replace(amount, kind=AmountKind.CAP) if capped else amount,
        noun=next(iter(re.findall("奖励|补助|资助|补贴|奖补", head)), ""),
        who=who_of(subject),
        per=per_of(cell[cell.find("/") :] if "/" in cell else "", head, subject),
        once="一次性" in head,
        yearly="每年" in head or "/年" in head + cell,
        budget=_BUDGETS[budget.group()[0]] if budget else "",
        ranks=ranks_of(subject),
        conditions=(),
        construct="table",
        start=clause.start + _indent(document, clause),
        end=clause.end,
        figure_start=figure[0],
        figure_end=figure[1],
    )


def _indent(document: PolicyDocument, clause: Clause) -> int:
    text = document.text[clause.start : clause.end]
    return len(text) - len(text.lstrip())


def _read_sentence(
    document: PolicyDocument, clause: Clause, reader: ClauseReader, start: int, length: int, found: Found
) -> None:
    cell = replace(clause, start=start, end=start + length)
    inner = reader.read(cell)
    found.facts.extend(inner.facts)
    found.rules.extend(inner.rules)
    found.rejects.extend(inner.rejects)


def _reject(clause: Clause, why: str, start: int, end: int) -> Reject:
    return Reject(
        document_id=clause.document_id, clause_id=clause.id, locator=clause.locator, label=why, start=start, end=end
    )
