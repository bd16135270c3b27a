"""Clauses that answer → the verbatim stretches to quote: sentences, list heads with items, rows with their heads."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from assistant.texts import Texts, is_list_head
from corpus.records import Clause, Passage, PolicyDocument
from corpus.sentences import split_sentences
from corpus.tables import read_row_heads

WHOLE_CLAUSE_MAX = 240  # characters; a clause of up to this length is quoted whole
WHOLE_SENTENCE_MAX = 200
BLOCK_MAX = 900  # characters of a list's items; of a longer list only the best are quoted
ITEMS_MAX = 10
KEEP_SHARE = 0.6  # a sentence is quoted beside the best one when it scores this share of it
SENTENCES_MAX = 3

Scorer = Callable[[str], float]


@dataclass(frozen=True, kw_only=True)
class Quote:
    """A verbatim stretch of a document, with the clause it stands in."""

    document: PolicyDocument
    clause: Clause
    start: int
    end: int

    @property
    def text(self) -> str:
        """The words, as stored."""
        return self.document.text[self.start : self.end]


def quote_clause(
    texts: Texts, clause: Clause, passage: Passage, score: Scorer, *, whole_list: bool = False
) -> list[Quote]:
    """Quote what answers in a clause.

    Args:
        texts: The documents.
        clause: The clause that answers best.
        passage: The part of it that was found; of a long clause only this part is quoted from.
        score: How well a verbatim sentence answers; only ratios matter.
        whole_list: Whether the question asks for all items of a list.

    Returns:
        Quotes in the order of the text: a list head with its items, an item with its head, a row with
        the rows that name its columns and category, or the sentences that answer.
    """
    text = texts.text(clause)
    if "\t" in text:
        return quote_row(texts, clause)
    items = texts.items_of(clause)
    if items and (whole_list or _is_announced(texts, clause, passage, score)):
        return _quote_list(texts, clause, items, score)
    head = texts.head_of(clause)
    if head is not None and whole_list:
        return _quote_list(texts, head, texts.items_of(head), score)
    own = _quote_sentences(texts, clause, passage, score)
    return [_opening(texts, head), *own] if head is not None else own


def _whole(texts: Texts, clause: Clause) -> Quote:
    return Quote(document=texts.documents[clause.document_id], clause=clause, start=clause.start, end=clause.end)


def _quote_list(texts: Texts, head: Clause, items: list[Clause], score: Scorer) -> list[Quote]:
    """Head and items, each its own quote; of a long list, the items that score best."""
    if len(items) > ITEMS_MAX or sum(item.end - item.start for item in items) > BLOCK_MAX:
        best = sorted(items, key=lambda item: (-score(texts.text(item)), item.start))[:SENTENCES_MAX]
        items = sorted(best, key=lambda item: item.start)
    return [_opening(texts, head), *(_whole(texts, item) for item in items)]


def _is_announced(texts: Texts, head: Clause, passage: Passage, score: Scorer) -> bool:
    """Whether the sentence that announces the items is what was found, and not another of the same paragraph."""
    text = texts.text(head)
    inside = range(passage.start - head.start, passage.end - head.start)
    spans = [span for span in split_sentences(text) if span.end - 1 in inside]
    best = max(spans, key=lambda span: score(text[span.start : span.end]), default=None)
    return best is None or head.start + best.end == _opening(texts, head).end


def _opening(texts: Texts, head: Clause) -> Quote:
    """Of a list head the sentence that announces the items, its last one as a rule."""
    text = texts.text(head)
    spans = split_sentences(text)
    last = next((span for span in reversed(spans) if is_list_head(text[span.start : span.end])), spans[-1])
    document = texts.documents[head.document_id]
    return Quote(document=document, clause=head, start=head.start + last.start, end=head.start + last.end)


def _quote_sentences(texts: Texts, clause: Clause, passage: Passage, score: Scorer) -> list[Quote]:
    text = texts.text(clause)
    if len(text) <= WHOLE_CLAUSE_MAX:
        return [_whole(texts, clause)]
    inside = range(passage.start - clause.start, passage.end - clause.start)
    spans = [span for span in split_sentences(text) if span.start in inside or span.end - 1 in inside]
    scores = [score(text[span.start : span.end]) for span in spans]
    best = max(scores, default=0.0)
    chosen = sorted(range(len(spans)), key=lambda place: (-scores[place], place))[:SENTENCES_MAX]
    chosen = sorted(place for place in chosen if scores[place] >= KEEP_SHARE * best)
    document = texts.documents[clause.document_id]
    quotes: list[Quote] = []
    for place in chosen:
        start, end = clause.start + spans[place].start, clause.start + spans[place].end
        if quotes and not document.text[quotes[-1].end : start].strip():
            start = quotes.pop().start  # neighbours are one quote
        quotes.append(Quote(document=document, clause=clause, start=start, end=end))
    return quotes


def quote_limb(
    texts: Texts, clause: Clause, start: int, end: int, *, leans: bool, with_head: bool = True
) -> list[Quote]:
    """Quote a limb with the sentence it stands in, and the head of the list that it is an item of.

    A short sentence is quoted whole; of a long one the limb, from the sentence's start when it `leans`
    on what stands before it. A row comes with the rows that name its columns.
    """
    text = texts.text(clause)
    if "\t" in text:
        return quote_row(texts, clause)
    document = texts.documents[clause.document_id]
    for span in split_sentences(text):
        first, last = clause.start + span.start, clause.start + span.end
        if first <= start < last:
            if last - first <= WHOLE_SENTENCE_MAX:
                start, end = first, last
            elif leans:
                start = first
    head = texts.head_of(clause) if with_head else None
    own = Quote(document=document, clause=clause, start=start, end=end)
    return [_opening(texts, head), own] if head is not None else [own]


def quote_row(texts: Texts, clause: Clause) -> list[Quote]:
    """A table row, after the rows above it that print the cells it takes over."""
    table = [
        one for one in texts.of(clause.document_id) if _table_of(one) == _table_of(clause) and one.start < clause.start
    ]
    carried, columns = _heads_of(clause)
    above: set[str] = set()
    for head, value in carried:
        at = columns.index(head) if head in columns else None
        for row in reversed(table):
            cells = texts.text(row).split("\t")
            if value in cells if at is None or at >= len(cells) else cells[at].strip() == value:
                above.add(row.id)
                break
    quotes = [*(_whole(texts, row) for row in table if row.id in above), _whole(texts, clause)]
    return [_trimmed(quote, quote.document) for quote in quotes]


def _trimmed(quote: Quote, document: PolicyDocument) -> Quote:
    text = quote.text
    start = quote.start + len(text) - len(text.lstrip())
    return Quote(document=document, clause=quote.clause, start=start, end=quote.end - (len(text) - len(text.rstrip())))


def _table_of(clause: Clause) -> str:
    return re.sub(r"r\d+(?:~\d+)?$", "", clause.id)


def _heads_of(clause: Clause) -> tuple[list[tuple[str, str]], list[str]]:
    """The cells that a row takes from rows above it, as (column head, cell), and its column heads."""
    return read_row_heads(clause.heads[-1] if clause.heads else "")


def read_row(texts: Texts, clause: Clause) -> str:
    """A row as people read it: each cell behind its column head; a carried cell says that it is.

    Cells without a head, where head and row have different counts, stand alone.
    """
    cells = [cell.strip() for cell in texts.text(clause).split("\t")]
    taken_over, columns = _heads_of(clause)
    carried = [f"{head}：{cell}（合并单元格，见上方行）" for head, cell in taken_over]
    if len(columns) == len(cells):
        own = [f"{head}：{cell}" for head, cell in zip(columns, cells, strict=True) if cell]
    else:
        own = [cell for cell in cells if cell]
    return "；".join([*carried, *own])
