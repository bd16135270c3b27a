"""The number lock: no figure leaves the assistant that is not in a cited quote, a step of the calculation, or the
asker's own words.

Sums, percentages, dates, days and counts are figures; ordinals (第2位), the markers of citations, the numbers of a list
and the names of documents and their places are not.
"""

import re
from collections.abc import Iterable
from decimal import Decimal

from assistant.records import Answer
from corpus.awards.numerals import AmountError, read_number
from corpus.folding import fold

_MULTIPLIERS = {
    "亿": Decimal(10) ** 8,
    "千万": Decimal(10) ** 7,
    "百万": Decimal(10) ** 6,
    "万": Decimal(10) ** 4,
    "千": Decimal(1000),
}
_FIGURE = re.compile(r"(?P<n>\d[\d,]*(?:\.\d+)?)\s*(?P<u>千万|百万|亿|万|千(?=元)|%)?")
_WRITTEN = re.compile(
    r"(?P<n>[一二两三四五六七八九十百千]+)(?P<u>千万|百万|亿|万)?(?P<w>元|个?工作日|日内|天|个月|年内)"
)
_PERCENT_WRITTEN = re.compile(r"百分之(?P<n>[一二三四五六七八九十百]+)")
_NO_FIGURE = re.compile(
    r"\[\d+\]|^\d+\. |第\s?\d+\s?(?:位|项|名|条|款|段|至第\d+位)|第\d+至第\d+位|《[^》]*》[^，。；：\n]*|"
    r"[（(]?共 ?\d+ ?份文件|等\d+份文件|jiangbu [a-z]+|[A-Z]+/?[A-Z]*\s?\d+(?:\.\d+)?(?:-\d+)?|[1-5]A|行\d+|附件\d+",
    re.MULTILINE,
)


def unsupported(answer: Answer, history: Iterable[str], sources: Iterable[str]) -> list[str]:
    """The figures of an answer that nothing supports, as they stand in its text; empty for a sound answer.

    Args:
        answer: Finished.
        history: What the asker said before.
        sources: What else a figure may come from: the dates of the cited documents, the day of judgement.
    """
    known = [*(citation.quote for citation in answer.citations), *sources]
    allowed = {value for text in known for value in _printed(text)}
    allowed |= {value for text in (answer.question, *history) for value in _values(text)}
    for step in answer.calculation:
        allowed |= {step.yuan, *_values(step.expression)}
    allowed |= {value * 100 for value in allowed if value <= 10}  # 0.5 in a step is 50%
    said = "\n".join((answer.answer, *(warning.message for warning in answer.warnings)))
    for quote in sorted((citation.quote for citation in answer.citations), key=len, reverse=True):
        said = said.replace(quote, " ")
    own = _NO_FIGURE.sub(" ", fold(said))
    wrong = [found.group() for found in _FIGURE.finditer(own) if _value(found) not in allowed]
    wrong += [f"{amount.yuan:f}" for amount in answer.amounts if amount.yuan not in allowed]
    return wrong


def _values(text: str) -> set[Decimal]:
    """The figures of a text: sums in yuan, percentages as they are printed, other numbers as they are."""
    folded = fold(text)
    values = {_value(found) for found in _FIGURE.finditer(folded)}
    for found in (*_WRITTEN.finditer(folded), *_PERCENT_WRITTEN.finditer(folded)):
        unit = found.groupdict().get("u")
        values.add(_read(found["n"]) * _MULTIPLIERS.get(unit or "", Decimal(1)))
    return values


def _printed(text: str) -> set[Decimal]:
    """The figures of a printed text; a bare number in a list or a table may stand for 万元."""
    squeezed = re.sub(r"\s", "", text)
    values = _values(squeezed)
    return values | {value * 10_000 for value in values}


def _value(found: re.Match[str]) -> Decimal:
    number = Decimal(found["n"].replace(",", ""))
    return number * _MULTIPLIERS.get(found["u"] or "", Decimal(1))


def _read(text: str) -> Decimal:
    try:
        return read_number(text)
    except AmountError:
        return Decimal(-1)
