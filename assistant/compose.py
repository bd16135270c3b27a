"""Quotes → the answer that people and programs read: text with markers, citations, warnings."""

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from assistant import messages
from assistant.quotes import Quote, read_row
from assistant.records import Amount, Citation, Step, Warning_
from assistant.standing_words import warn_standing
from assistant.sums import say_yuan
from assistant.texts import Texts
from assistant.validity_answer import state_repeal
from corpus.records import PolicyDocument
from corpus.validity import Standing, standing_on

CITATIONS_MAX = 12
_NUMBER = re.compile(
    r"^\s*(?:第[一二三四五六七八九十百]+条|[（(][一二三四五六七八九十\d]+[)）]|[一二三四五六七八九十]+、|\d+[.．、](?!\d)|[①-⑳])\s*"
)
SOURCE_ANOMALY = "source_anomaly"
UPLOADED = "uploaded"


class Composer:
    """Collects the paragraphs of one answer; a stretch quoted twice keeps one marker."""

    def __init__(self, texts: Texts, day: date) -> None:
        self._texts = texts
        self._day = day
        self._paragraphs: list[str] = []
        self._cited: list[Quote] = []
        self._printed: list[Quote] = []
        self._doubts: list[str] = []
        self._amounts: list[Amount] = []
        self._steps: list[Step] = []
        self._reserved: set[str] = set()  # sentences that the figures do not reckon with

    @property
    def is_full(self) -> bool:
        """Whether no further citation fits."""
        return len(self._cited) >= CITATIONS_MAX

    def clauses(self) -> set[str]:
        """The clauses quoted so far."""
        return {quote.clause.id for quote in self._printed}

    def say(self, sentence: str) -> None:
        """Add a paragraph of our own words."""
        self._paragraphs.append(sentence)

    def reserve(self, sentence: str, quote: Quote) -> None:
        """State once that some words of the source are not reckoned with; then nothing is simply as was said."""
        if sentence not in self._reserved:
            self._reserved.add(sentence)
            self._paragraphs[:1] = [one.removeprefix(messages.AS_SAID) for one in self._paragraphs[:1]]
            self.say(sentence)
            self.quote([quote])

    def lead(self, sentence: str) -> None:
        """Begin the answer with a word on what the asker believes."""
        if sentence == messages.AS_SAID and self._reserved:
            return
        self._paragraphs[:1] = [sentence + "".join(self._paragraphs[:1])]

    def judge(self, believed: Sequence[Decimal], *, asks: bool) -> None:
        """Begin with whether the sum that the asker believes in, and asks about, is the one that answers."""
        stated = [amount.yuan for amount in self._amounts]
        wrong = list(dict.fromkeys(yuan for yuan in believed if yuan not in stated))
        if stated and wrong:
            self.lead(messages.NOT_AS_SAID.format(said="、".join(map(say_yuan, wrong))))
        elif asks and believed and len(stated) == 1:
            self.lead(messages.AS_SAID)

    def quote(self, quotes: Sequence[Quote], opening: str = "") -> None:
        """Add a paragraph that gives the words of some quotes from one document, each with its marker."""
        if all(quote in self._printed for quote in quotes):
            return
        where = place(quotes[-1])
        lead = opening or (messages.MORE_FROM if self._printed else messages.ACCORDING_TO).format(where=where)
        rows = [quote for quote in quotes if "\t" in self._texts.text(quote.clause)]
        said = []
        for quote in quotes:
            marker = self._marker(quote)
            if quote not in rows:
                said.append(f"“{_without_number(quote)}”[{marker}]")
            elif quote is rows[-1]:
                markers = "".join(f"[{self._marker(row)}]" for row in rows)
                said.append(f"{read_row(self._texts, quote.clause)}{markers}")
        self._paragraphs.append(lead + "\n".join(said))
        self._printed += [quote for quote in quotes if quote not in self._printed]

    def mark(self, quotes: Sequence[Quote]) -> str:
        """Cite some quotes and return their markers, for a sentence of our own that rests on them."""
        numbers = dict.fromkeys(self._marker(quote) for quote in quotes)
        return "".join(f"[{number}]" for number in numbers)

    def number(self, quote: Quote) -> int:
        """The marker of a quote as a number."""
        return self._marker(quote)

    def amount(self, amount: Amount) -> None:
        """Add a figure that answers; the same figure for the same thing counts once."""
        if amount not in self._amounts:
            self._amounts.append(amount)

    def step(self, step: Step) -> None:
        """Add a step of a calculation."""
        self._steps.append(step)

    def doubt(self, message: str) -> None:
        """Warn of something in the source that looks misprinted."""
        if message not in self._doubts:
            self._doubts.append(message)

    def amounts(self) -> tuple[Amount, ...]:
        """The figures that answer."""
        return tuple(self._amounts)

    def steps(self) -> tuple[Step, ...]:
        """The steps of the calculation."""
        return tuple(self._steps)

    def _marker(self, quote: Quote) -> int:
        if quote not in self._cited:
            self._cited.append(quote)
        return self._cited.index(quote) + 1

    def sources(self) -> list[str]:
        """What beside the quotes a figure may come from.

        Titles, places and dates of the documents cited or named, table rows read out, what looks misprinted.
        """
        said = "\n".join((self.text(), *(warning.message for warning in self.warnings())))
        cited = [quote.document for quote in self._cited]
        named = [document for document in self._texts.documents.values() if document.short_title in said]
        documents = dict.fromkeys([*cited, *named])
        days = [
            messages.say_date(day)
            for document in documents
            for day in (document.published, document.in_force_from, document.in_force_until, _superseded_from(document))
            if day is not None
        ]
        names = [f"{document.title} {document.document_number or ''} {document.source}" for document in documents]
        names += [f"{one.superseded.title} {one.superseded.by}" for one in documents if one.superseded]
        rows = [read_row(self._texts, q.clause) for q in self._cited if "\t" in self._texts.text(q.clause)]
        return [*days, *names, *rows, *self._doubts, *(quote.clause.locator for quote in self._cited)]

    def text(self) -> str:
        """The answer's text; that a sum is a ceiling is explained once."""
        whole = "\n\n".join(self._paragraphs)
        first, note, rest = whole.partition(messages.CEILING_NOTE)
        return first + note + rest.replace(messages.CEILING_NOTE, "")

    def citations(self) -> tuple[Citation, ...]:
        """The citations, by marker."""
        return tuple(cite(quote, marker) for marker, quote in enumerate(self._cited, start=1))

    def warnings(self) -> tuple[Warning_, ...]:
        """What to beware of in the documents cited: where each stands, which were uploaded, what looks misprinted."""
        documents = dict.fromkeys(quote.document for quote in self._cited)
        standing = [warning for document in documents if (warning := self._warn(document))]
        standing += [tell_upload(document) for document in documents if document.uploaded]
        return (*standing, *(Warning_(code=SOURCE_ANOMALY, message=message) for message in self._doubts))

    def _warn(self, document: PolicyDocument) -> Warning_ | None:
        if repealed := state_repeal(document, self._day, self._texts.documents.values()):
            return Warning_(code=Standing.EXPIRED.value, message=repealed)
        return warn(document, self._day)


def _superseded_from(document: PolicyDocument) -> date | None:
    return None if document.superseded is None else document.superseded.since


def tell_upload(document: PolicyDocument) -> Warning_:
    """That a document did not come with the program, nor from who runs it."""
    message = messages.UPLOADED.format(title=document.short_title, source=document.source)
    return Warning_(code=UPLOADED, message=message)


def cite(quote: Quote, marker: int) -> Citation:
    """A quote as the citation that programs read."""
    return Citation(
        marker=marker,
        document=quote.document.id,
        title=quote.document.title,
        region=quote.document.region.name,
        locator=quote.clause.locator,
        quote=quote.text,
        start=quote.start,
        end=quote.end,
    )


def _without_number(quote: Quote) -> str:
    """The words of a quote; the number of its clause is said before it."""
    return _NUMBER.sub("", quote.text) if quote.start == quote.clause.start else quote.text


def place(quote: Quote) -> str:
    """Where a quote stands, for people: region, title, locator."""
    document = quote.document
    region = "" if any(part in document.short_title for part in document.region.parts[-1:]) else document.region.name
    region = "" if region == "全国" else region
    return f"{region}《{document.short_title}》{quote.clause.locator}"


def warn(document: PolicyDocument, day: date) -> Warning_ | None:
    """The warning that a document's standing on a day calls for."""
    standing = standing_on(document, day)
    message = warn_standing(standing, document.short_title, day, document.in_force_from, document.in_force_until)
    return None if message is None or standing is Standing.IN_FORCE else Warning_(code=standing.value, message=message)
