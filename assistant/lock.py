"""The number lock: no figure leaves the assistant that is not in a cited quote, a step of the calculation, or the
asker's own words.

Sums, percentages, dates, days and counts are figures; ordinals (第2位), the markers of citations, the numbers of a list
and the names of documents and their places are not.
"""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import NamedTuple

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
RATIO_MAX = 10  # a term of a step up to this may be a ratio: 0.5 is said as 50%
_FIGURE = re.compile(r"(?P<n>\d[\d,]*(?:\.\d+)?)\s*(?P<u>千万|百万|亿|万|千(?=元)|%)?(?P<e>元)?")
_WRITTEN = re.compile(
    r"(?P<n>[一二两三四五六七八九十百千]+)(?P<u>千万|百万|亿|万)?(?P<w>元|个?工作日|日内|天|个月|年内)"
)
_PERCENT_WRITTEN = re.compile(r"百分之(?P<n>[一二三四五六七八九十百]+)")
_COUNTS = re.compile(r"\s*(?:个|日|天|月|年|项|家|名|位|条|款|人|次|件|级|类|届|期|周|分钟|小时|号)")
_ENDS = r"(?![\d.]|\s*(?:万|元|亿|千元|%))"  # behind a number that is part of a name and no figure
_NO_FIGURE = re.compile(
    r"\[\d+\]|^\d+\. |第\s?\d+\s?(?:位|项|名|条|款|段|至第\d+位)|第\d+至第\d+位|"
    rf"《[^》]*》(?:(?:[^，。；：、\n\d]|\d+{_ENDS})*(?=[，。；：、\n]|$))?|"  # a title, and the place in it
    rf"[（(]?共 ?\d+ ?份文件|等\d+份文件|jiangbu [a-z]+|[A-Z]+/?[A-Z]*\s?\d+(?:\.\d+)?(?:-\d+)?{_ENDS}|[1-5]A|"
    rf"(?:· ?|附件)行?\d+{_ENDS}",
    re.MULTILINE,
)


class _Figure(NamedTuple):
    """A figure and what it is of: money in yuan, a percentage, or a number of something."""

    sort: str
    value: Decimal


def unsupported(answer: Answer, history: Iterable[str], sources: Iterable[str]) -> list[str]:
    """The figures of an answer that nothing supports, as they stand in its text; empty for a sound answer.

    Args:
        answer: Finished.
        history: What the asker said before.
        sources: What else a figure may come from: the dates of the cited documents, the day of judgement.
    """
    known = [*(citation.quote for citation in answer.citations), *sources, answer.question, *history]
    allowed = {figure for text in known for figure in _printed(text)}
    for step in answer.calculation:
        allowed |= _of_step(step.yuan, step.expression)
    said = "\n".join((answer.answer, *(warning.message for warning in answer.warnings)))
    for quote in sorted((citation.quote for citation in answer.citations), key=len, reverse=True):
        said = said.replace(quote, " ")
    own = _NO_FIGURE.sub(" ", fold(said))
    wrong = [text for text, figure in _figures(own) if figure not in allowed]
    wrong += [f"{one.yuan:f}" for one in answer.amounts if _Figure("money", one.yuan) not in allowed]
    return wrong


def printed_figures(text: str) -> set[tuple[str, Decimal]]:
    """The figures of a text, as pairs of sort and value, written in digits or in characters.

    >>> sorted(printed_figures("三天内付10万元"))
    [('money', Decimal('100000')), ('number', Decimal('3'))]
    """
    squeezed = re.sub(r"\s", "", fold(text))
    return {(figure.sort, figure.value) for _, figure in _figures(squeezed)}


def _figures(folded: str) -> Iterator[tuple[str, _Figure]]:
    """The figures of a folded text with their words."""
    for found in _FIGURE.finditer(folded):
        value = Decimal(found["n"].replace(",", "")) * _MULTIPLIERS.get(found["u"] or "", Decimal(1))
        sort = "percent" if found["u"] == "%" else "money" if found["u"] or found["e"] else "number"
        yield found.group().strip().removesuffix("元"), _Figure(sort, value)
    for found in _WRITTEN.finditer(folded):
        sort = "money" if found["w"] == "元" else "number"
        yield found.group(), _Figure(sort, _read(found["n"]) * _MULTIPLIERS.get(found["u"] or "", Decimal(1)))
    for found in _PERCENT_WRITTEN.finditer(folded):
        yield found.group(), _Figure("percent", _read(found["n"]))


def _printed(text: str) -> set[_Figure]:
    """The figures of a printed text; a bare number in a list or a table that counts nothing may stand for a sum."""
    squeezed = re.sub(r"\s", "", fold(text))
    figures = {figure for _, figure in _figures(squeezed)}
    for found in _FIGURE.finditer(squeezed):
        if not (found["u"] or found["e"] or _COUNTS.match(squeezed, found.end())):
            value = Decimal(found["n"].replace(",", ""))
            figures |= {_Figure("money", value), _Figure("money", value * 10_000)}
    return figures


def _of_step(yuan: Decimal, expression: str) -> set[_Figure]:
    """The figures of a step: its result, and its terms, which may be sums, counts or ratios."""
    terms = {figure.value for _, figure in _figures(expression)}
    allowed = {_Figure("money", yuan)} | {_Figure(sort, term) for sort in ("money", "number") for term in terms}
    return allowed | {_Figure("percent", term * 100) for term in terms if term <= RATIO_MAX}


def _read(text: str) -> Decimal:
    try:
        return read_number(text)
    except AmountError:
        return Decimal(-1)
