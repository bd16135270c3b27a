"""Quotes → the answer that people and programs read: text with markers, citations, warnings."""

from collections.abc import Sequence
from datetime import date

from assistant import messages
from assistant.quotes import Quote, read_row
from assistant.records import Citation, Warning_
from assistant.texts import Texts
from assistant.validity_answer import state_repeal
from corpus.records import PolicyDocument
from corpus.validity import Standing, standing_on

CITATIONS_MAX = 12


class Composer:
    """Collects the paragraphs of one answer; a stretch quoted twice keeps one marker."""

    def __init__(self, texts: Texts, day: date) -> None:
        self._texts = texts
        self._day = day
        self._paragraphs: list[str] = []
        self._cited: list[Quote] = []

    @property
    def is_full(self) -> bool:
        """Whether no further citation fits."""
        return len(self._cited) >= CITATIONS_MAX

    def say(self, sentence: str) -> None:
        """Add a paragraph of our own words."""
        self._paragraphs.append(sentence)

    def quote(self, quotes: Sequence[Quote], opening: str = "") -> None:
        """Add a paragraph that gives the words of some quotes from one document, each with its marker."""
        if all(quote in self._cited for quote in quotes):
            return
        where = place(quotes[-1])
        lead = opening or (messages.MORE_FROM if self._cited else messages.ACCORDING_TO).format(where=where)
        rows = [quote for quote in quotes if "\t" in self._texts.text(quote.clause)]
        said = []
        for quote in quotes:
            marker = self._marker(quote)
            if quote not in rows:
                said.append(f"“{quote.text}”[{marker}]")
            elif quote is rows[-1]:
                markers = "".join(f"[{self._marker(row)}]" for row in rows)
                said.append(f"{read_row(self._texts, quote.clause)}{markers}")
        self._paragraphs.append(lead + "\n".join(said))

    def _marker(self, quote: Quote) -> int:
        if quote not in self._cited:
            self._cited.append(quote)
        return self._cited.index(quote) + 1

    def text(self) -> str:
        """The answer's text."""
        return "\n\n".join(self._paragraphs)

    def citations(self) -> tuple[Citation, ...]:
        """The citations, by marker."""
        return tuple(cite(quote, marker) for marker, quote in enumerate(self._cited, start=1))

    def warnings(self) -> tuple[Warning_, ...]:
        """What to beware of in the documents cited, one warning a document."""
        documents = dict.fromkeys(quote.document for quote in self._cited)
        return tuple(warning for document in documents if (warning := self._warn(document)))

    def _warn(self, document: PolicyDocument) -> Warning_ | None:
        if repealed := state_repeal(document, self._day, self._texts.documents.values()):
            return Warning_(code=Standing.EXPIRED.value, message=repealed)
        return warn(document, self._day)


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


def place(quote: Quote) -> str:
    """Where a quote stands, for people: region, title, locator."""
    document = quote.document
    region = "" if any(part in document.short_title for part in document.region.parts[-1:]) else document.region.name
    region = "" if region == "全国" else region
    return f"{region}《{document.short_title}》{quote.clause.locator}"


def warn(document: PolicyDocument, day: date) -> Warning_ | None:
    """The warning that a document's standing on a day calls for."""
    standing = standing_on(document, day)
    message = messages.warn_standing(
        standing, document.short_title, day, document.in_force_from, document.in_force_until
    )
    return None if message is None or standing is Standing.IN_FORCE else Warning_(code=standing.value, message=message)
