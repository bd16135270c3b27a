"""Faults of citing: places that are off, quotes that are not the document's words, the wrong clause, or none."""

from collections.abc import Callable

from assistant.compose import Composer
from assistant.quotes import Quote
from assistant.records import Citation
from evals.mutants.mutant import Mutant, Stage
from evals.mutants.patching import Patch

Cite = Callable[[Quote, int], Citation]


def _citing(name: str, breaks: str, change: Callable[[Citation, Quote], Citation]) -> Mutant:
    def broken(cite: Cite) -> Cite:
        return lambda quote, marker: change(cite(quote, marker), quote)

    patches = (Patch(target="assistant.compose:cite", broken=broken),)
    return Mutant(name=name, stage=Stage.CITATIONS, breaks=breaks, patches=patches, unlocked=True)


def _listing(name: str, breaks: str, count: int) -> Mutant:
    def broken(citations: Callable[[Composer], tuple[Citation, ...]]) -> Callable[[Composer], tuple[Citation, ...]]:
        return lambda self: citations(self)[:count]

    patches = (Patch(target="assistant.compose:Composer.citations", broken=broken),)
    return Mutant(name=name, stage=Stage.CITATIONS, breaks=breaks, patches=patches, unlocked=True)


def _shifted(citation: Citation, _: Quote) -> Citation:
    return citation.model_copy(update={"start": citation.start + 1, "end": citation.end + 1})


def _neighbour(citation: Citation, quote: Quote) -> Citation:
    """The line that stands behind the one cited, with its true place."""
    text = quote.document.text
    start = text.find("\n", citation.end) + 1
    if not start or not (line := text[start:].lstrip()):
        return citation
    start = len(text) - len(line)
    end = start + len(line.partition("\n")[0])
    return citation.model_copy(update={"start": start, "end": end, "quote": text[start:end]})


def _cut(citation: Citation, _: Quote) -> Citation:
    half = (citation.end - citation.start + 1) // 2
    return citation.model_copy(update={"end": citation.start + half, "quote": citation.quote[:half]})


def _tidied(citation: Citation, _: Quote) -> Citation:
    return citation.model_copy(update={"quote": citation.quote.replace("，", ",").replace("；", ";")})


MUTANTS = (
    _citing("offsets_shifted", "A citation's place is off by one character.", _shifted),
    _citing("neighbour_cited", "The paragraph behind the right one is cited, word for word.", _neighbour),
    _citing("quote_cut", "A quote is cut off in its middle.", _cut),
    _citing("quote_tidied", "A quote's punctuation is made plain.", _tidied),
    _citing(
        "other_document_named",
        "A citation names another document than the one it is from.",
        lambda citation, _: citation.model_copy(update={"document": "guojia-2016"}),
    ),
    _listing("citations_missing", "Nothing is cited.", 0),
    _listing("first_citation_only", "Only the first citation is given.", 1),
)
