"""The obvious reading, to compare ours with: a sum belongs to the words that stand before it in its sentence.

No list is aligned, no ellipsis filled in. It has our numerals and our labels, so that only the reading differs.
"""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from corpus.awards.labelling import label, names_of
from corpus.records import PolicyDocument
from evals.cases import FigureCase

_SUM = re.compile(r"(?P<number>\d+(?:\.\d+)?)\s*(?P<unit>万元|元)")
_BREAK = re.compile(r"[。；;\n]")
_ITEM = re.compile(r"[，,、]")
_UNITS = {"万元": Decimal(10_000), "元": Decimal(1)}


def read_neighbours(document: PolicyDocument) -> Iterator[tuple[int, int, Decimal, frozenset[str]]]:
    """Every sum of a document: where it stands, yuan, and the labels of the words before it."""
    for found in _SUM.finditer(document.text):
        sentence = _BREAK.split(document.text[: found.start()])[-1]
        labels = names_of(label(sentence)) or names_of(label(_ITEM.split(sentence)[-1]))
        if labels:
            yield (*found.span(), Decimal(found["number"]) * _UNITS[found["unit"]], frozenset(labels))


def count_neighbours(document: PolicyDocument, cases: Iterable[FigureCase]) -> tuple[int, int]:
    """How many sums the obvious reading gives for a document, and how many of them the gold ledger has so."""
    gold = [(case.at, fact) for case in cases for fact in case.facts]
    told = right = 0
    for start, end, yuan, labels in read_neighbours(document):
        told += 1
        right += any(
            at[0] < end
            and start < at[1]
            and Decimal(str(fact.get("yuan", 0))) == yuan
            and set(fact["labels"]) == labels
            for at, fact in gold
        )
    return told, right
