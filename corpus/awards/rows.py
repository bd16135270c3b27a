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
from corpus.tables import align_cells, is_amount, is_dash, is_ditto, read_row_heads

_UNIT = re.compile(r"（(?:单位：)?(?:人民币)?([千万亿]?元)|单位：(?:人民币)?([千万亿]?元)|([千万亿]元)")
_MONEY_HEAD = re.compile(r"元|金额|奖励|补助|资助|补贴|标准|额度|资金|扶持|奖补")
_NO_MONEY_HEAD = re.compile(r"序号|编号|年度|年份|数量|个数|名额|电话|日期|备注|条件|材料|比例")
_NUMBER = r"\d+(?:\.\d+)?|[一二两三四五六七八九十百]+(?=[千万亿]|元)"
_CELL = re.compile(
    rf"(?:每(?P<each>[一-龥]{{1,2}}?))?(?:一次性)?(?:给予|奖励|补助|资助|补贴)?"
    rf"(?P<cap>(?:最高|至多|最多|上限)(?:不超过|不高于|为)?|不超过|不高于|≤)?约?"
    rf"(?P<low>{_NUMBER})(?:(?P<unit_low>[千万亿]?元?)[-~至](?P<high>{_NUMBER}))?(?P<unit>[千万亿]?元?)"
    r"(?P<per>(?:/每?|每)[^/（）\d]{1,4})?(?P<end>（[^（）\d]{1,8}）|以内|封顶)?"
)
_CAP_END = re.compile("上限|以内|封顶|最高")
# A column of sums, where a cell that is no sum and no dash is refused; 奖励条件 and 补助对象 are none.
_SUM_HEAD = re.compile("元|金额|奖励|补助|资助|补贴|奖补|额度")
_NO_SUM_HEAD = re.compile(
    "条件|对象|项目|事项|类别|类型|名称|等级|内容|依据|方式|范围|说明|要求|单位(?!：)|政策|措施|办法|条款"
)
_SHARE = re.compile(r"%|[\d一二两三四五六七八九十双加翻]倍|[一二三四五六七八九]成$|分之|减半|折半|一半")
_ODD_SUM = re.compile(r"\d[^，。；]*[万元]|^\d[\d.+、/-]*$")
_OF_COLUMN = ("act", "role", "grade")  # what a column may say of all its sums: 主导（万元）
_BUDGET = re.compile(r"国家|省级?|市级?|[县区]级?|镇级?")
_BUDGETS = {"国": "国家级", "省": "省级", "市": "市级", "县": "县级", "区": "县级", "镇": "镇级"}
_PARTED = re.compile(r"^(?:市级?|[县区]级?|省级?|国家)")


def read_row(document: PolicyDocument, clause: Clause, reader: ClauseReader) -> Found:
    """Read one table row; a cell that holds a sentence is read as a clause."""
    found = Found()
    cells = list(_cells(document, clause))
    words = [text for head, text, _ in cells if not (_is_empty(text) or _is_sum(head, text))]
    carried, _ = read_row_heads(clause.heads[-1] if clause.heads else "")
    category = [normalize(text).text for _, text in carried]
    # A cell merged sideways stands in each of its columns; its words count once.
    subject = " · ".join(dict.fromkeys([*category, *(normalize(word).text for word in words)]))
    for head, text, start in cells:
        if not _is_sum(head, text):
            continue
        plain = normalize(text, start)
        parsed = _CELL.fullmatch(plain.text)
        first, last = plain.original(0, len(plain.text))
        if parsed is None:
            read = _is_money(head, text) and _read_sentence(document, clause, reader, start, len(text), found)
            if not read and _is_untold(head, text):
                why = malformed.NO_BASE if _SHARE.search(plain.text) else malformed.UNREADABLE
                found.rejects.append(_reject(clause, why, first, last))
            continue
        unit = _unit_of(parsed["unit"], head, clause)
        if not unit:
            found.rejects.append(_reject(clause, malformed.NO_UNIT, first, last))
            continue
        amount = _amount(parsed, unit)
        if amount is None or not subject:
            found.rejects.append(_reject(clause, malformed.NO_OBJECT, first, last))
            continue
        found.facts.append(_fact(document, clause, subject, head, parsed, amount, (first, last)))
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


def _is_empty(cell: str) -> bool:
    """Whether a cell says nothing of its own: blank, a dash, or 同上, whose category is carried."""
    plain = normalize(cell).text
    return not plain or is_dash(plain) or is_ditto(plain)


def _is_sum(head: str, text: str) -> bool:
    return _is_money(head, text) or _is_untold(head, text)


def _is_untold(head: str, text: str) -> bool:
    """Whether a cell in a column of sums has money in it that it does not tell: 同上, 减半, 10+5万元."""
    plain, column = normalize(text).text, normalize(head).text
    if not _SUM_HEAD.search(column) or _NO_SUM_HEAD.search(column) or _NO_MONEY_HEAD.search(column):
        return False
    return is_ditto(plain) or _SHARE.search(plain) is not None or _ODD_SUM.search(plain) is not None


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
        low = read_money(parsed["low"], unit=parsed["unit_low"] or unit)
        high = read_money(parsed["high"], unit=unit) if parsed["high"] else None
    except AmountError:
        return None
    if high is not None:
        return Amount(kind=AmountKind.RANGE, yuan=high, low=low)
    capped = parsed["cap"] or _CAP_END.search(parsed["end"] or "")
    return Amount(kind=AmountKind.CAP if capped else AmountKind.EXACT, yuan=low)


def _fact(
    document: PolicyDocument,
    clause: Clause,
    subject: str,
    head: str,
    cell: re.Match[str],
    amount: Amount,
    figure: tuple[int, int],
) -> AwardFact:
    capped = re.search("最高|上限|不超过", head) is not None and amount.kind is AmountKind.EXACT
    plain_head = normalize(head).text
    budget, per = _PARTED.search(plain_head), _per_of(cell, plain_head, subject)
    labels, column = label(subject), label(plain_head)
    if said := {kind: column[kind] for kind in _OF_COLUMN if kind in column and kind not in labels}:
        labels, subject = labels | said, f"{subject} · {re.sub('（.*?）', '', plain_head)}"
    return AwardFact(
        id=f"{document.id}@{figure[0]}",
        document_id=document.id,
        clause_id=clause.id,
        locator=clause.locator,
        subject=subject,
        context=" ".join([*(normalize(one).text for one in clause.heads[:-1]), head]),
        labels=names_of(labels),
        inherited=(),
        amount=replace(amount, kind=AmountKind.CAP) if capped else amount,
        noun=next(iter(re.findall("奖励|补助|资助|补贴|奖补", head)), ""),
        who=who_of(subject),
        per=per,
        once="一次性" in head + cell.group(),
        yearly=re.search("每年|[/·]年", plain_head + cell.group()) is not None,
        budget=_BUDGETS[budget.group()[0]] if budget else "",
        ranks=ranks_of(subject),
        conditions=(),
        construct="table",
        start=clause.start + _indent(document, clause),
        end=clause.end,
        figure_start=figure[0],
        figure_end=figure[1],
    )


def _per_of(cell: re.Match[str], head: str, subject: str) -> str:
    """Per what a cell is paid: as it says itself (10万元/项, 每家10万元), else its head (万元/项), else its row."""
    own = f"/{cell['each']}" if cell["each"] else (cell["per"] or "").replace("每", "/").replace("//", "/")
    of_head = re.search(r"元(/[^/（）]{1,4})", head)
    per = per_of(own, of_head.group(1) if of_head else "", head, subject)
    return re.sub("·?年$", "", per) or per


def _indent(document: PolicyDocument, clause: Clause) -> int:
    text = document.text[clause.start : clause.end]
    return len(text) - len(text.lstrip())


def _read_sentence(
    document: PolicyDocument, clause: Clause, reader: ClauseReader, start: int, length: int, found: Found
) -> bool:
    """Read a cell as a clause; whether anything came of it."""
    cell = replace(clause, start=start, end=start + length)
    inner = reader.read(cell)
    found.facts.extend(inner.facts)
    found.rules.extend(inner.rules)
    found.rejects.extend(inner.rejects)
    return bool(inner.facts or inner.rules or inner.rejects)


def _reject(clause: Clause, why: str, start: int, end: int) -> Reject:
    return Reject(
        document_id=clause.document_id, clause_id=clause.id, locator=clause.locator, label=why, start=start, end=end
    )
