"""Clauses → passages: the size that is searched, with the context that tells look-alikes apart.

A short clause is one passage. A long one is cut at sentence ends. Each passage carries region,
title, chapter, list head and, for a table row, its heads: the words a question uses and the clause
itself does not repeat.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256

from corpus.awards import AwardFact
from corpus.records import Clause, Passage, PolicyDocument
from corpus.sentences import Span, split_sentences

WHOLE_MAX = 240  # characters; a longer clause is cut
CUT_MAX = 200  # characters a cut passage aims at
PASSAGE_MAX = 400  # characters; a limb without any full stop or semicolon is cut here
HEAD_MAX = 60  # characters of a head that go into the context


def make_passages(document: PolicyDocument, clauses: list[Clause]) -> list[Passage]:
    """Make the passages of one document, in order; each lies within one clause."""
    return [
        _passage(document, clause, span)
        for clause in clauses
        for span in _cut(document.text[clause.start : clause.end], clause.start)
    ]


def make_fact_passages(
    document: PolicyDocument, clauses: Sequence[Clause], facts: Iterable[AwardFact]
) -> list[Passage]:
    """One passage for each award fact: the limb that grants it, with its own entry as context.

    A list of eight sums is one clause; as eight passages, each is found by its own entry's words.
    """
    known = {clause.id: clause for clause in clauses}
    passages = []
    for fact in facts:
        end = min(fact.end, fact.start + PASSAGE_MAX)
        context = f"{context_of(document, known[fact.clause_id])} {fact.subject}"
        text = document.text[fact.start : end]
        identity = "\x1f".join((fact.id, context, text))
        passages.append(
            Passage(
                id=sha256(identity.encode()).hexdigest()[:24],
                clause_id=fact.clause_id,
                document_id=document.id,
                start=fact.start,
                end=end,
                text=text,
                context=context,
            )
        )
    return passages


def _cut(text: str, offset: int) -> Iterator[Span]:
    if len(text) <= WHOLE_MAX or "\t" in text:
        yield Span(offset, offset + len(text))
        return
    sentences = [
        limb
        for sentence in split_sentences(text)
        for limb in (_limbs(text, sentence) if sentence.end - sentence.start > CUT_MAX else [sentence])
    ]
    start = end = sentences[0].start
    for span in sentences:
        if end > start and span.end - start > CUT_MAX:
            yield Span(offset + start, offset + end)
            start = span.start
        end = span.end
    yield Span(offset + start, offset + end)


def _limbs(text: str, sentence: Span) -> list[Span]:
    return [
        Span(start, min(start + PASSAGE_MAX, sentence.start + limb.end))
        for limb in split_sentences(text[sentence.start : sentence.end], limbs=True)
        for start in range(sentence.start + limb.start, sentence.start + limb.end, PASSAGE_MAX)
    ]


def _passage(document: PolicyDocument, clause: Clause, span: Span) -> Passage:
    text = document.text[span.start : span.end]
    context = context_of(document, clause)
    identity = "\x1f".join((document.id, clause.id, str(span.start), str(span.end), context, text))
    return Passage(
        id=sha256(identity.encode()).hexdigest()[:24],
        clause_id=clause.id,
        document_id=document.id,
        start=span.start,
        end=span.end,
        text=text,
        context=context,
    )


def context_of(document: PolicyDocument, clause: Clause) -> str:
    """Region, title and heads of a clause, as one line."""
    region = "" if document.region.parts and document.region.parts[-1] in document.title else document.region.name
    heads = [re.sub(r"\s+", " ", head)[:HEAD_MAX].rstrip("：:。") for head in clause.heads]
    return " ".join(part for part in (region, document.title, *heads) if part)
