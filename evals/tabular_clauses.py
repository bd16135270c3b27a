"""Where the documents and clauses that people name in a table stand: by title, and by words copied from the text."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from corpus.awards.normalize import Normalized, normalize
from evals import case_words as words
from evals.loading import Sources
from evals.places import squeeze

QUOTE_MIN = 6  # characters; fewer stand anywhere
SHOWN_MAX = 20  # characters of a cell in a message
LISTED_MAX = 5  # documents in a message
_NUMBER = r"[一二三四五六七八九十百零〇\d]+"
_LOCATOR = re.compile(
    rf"(?:第{_NUMBER}(?:编|章|节|条|款|项|点|段)(?:之{_NUMBER})?|附件{_NUMBER}?|附则|[（(]{_NUMBER}[）)]"
    rf"|{_NUMBER}[、.．·]?)[，,·]?"
)
_LEAD = re.compile(rf"^(?:《[^》]*》)?(?:{_LOCATOR.pattern})*[:：，,]?")
_MARKS = '“”"‘’「」『』'
_PARTS = re.compile(r"\n|…+|\.{3,}|[；;]")


class CellError(ValueError):
    """A cell that cannot become a part of a case; says what to write instead."""


@dataclass(frozen=True, kw_only=True)
class Clauses:
    """The quotes as the documents print them, and the ids of the documents, the first quote's first."""

    documents: tuple[str, ...] = ()
    quotes: tuple[str, ...] = ()


class ClauseFinder:
    """Finds documents and quotes; made once for a table."""

    def __init__(self, sources: Sources) -> None:
        self.sources = sources

    @cached_property
    def _alike(self) -> dict[str, Normalized]:
        """The texts with width, punctuation and traditional characters made alike, for quotes that were typed."""
        return {id_: normalize(document.text) for id_, document in self.sources.documents.items()}

    def find_documents(self, cell: str) -> list[tuple[str, ...]]:
        """For each document that is named the ids that may be meant.

        Raises:
            CellError: Nothing fits.
        """
        return [self._named(one.strip()) for one in re.split(r"[；;\n]", cell) if one.strip()]

    def find_clauses(self, cell: str, named: Sequence[tuple[str, ...]]) -> Clauses:
        """Look up the quotes of a cell.

        Args:
            cell: Words copied from documents, several of them one a line.
            named: What `find_documents` found; empty where the table names none.

        Raises:
            CellError: A quote stands nowhere, or in several documents of which none is named.
        """
        ids = [id_ for group in named for id_ in group] or list(self.sources.documents)
        where = words.CELL_ALL_DOCUMENTS if not named else "、".join(ids[:LISTED_MAX])
        if not (found := self._places_of(cell, ids, where)):
            raise CellError(words.CELL_SHORT.format(given=cell[:SHOWN_MAX], least=QUOTE_MIN))
        common = set.intersection(*({id_ for id_, _ in places} for places in found))
        chosen: list[tuple[str, str]] = []
        for places in found:
            several = [place for place in places if place[0] in common] if len(common) == 1 else places
            if len(several) > 1 and not _each_named(several, named):
                listed = "、".join(id_ for id_, _ in several[:LISTED_MAX])
                raise CellError(words.CELL_SEVERAL.format(documents=listed))
            chosen += several
        settled = [group[0] for group in named if len(group) == 1]
        documents = tuple(dict.fromkeys([*(id_ for id_, _ in chosen), *settled]))
        return Clauses(documents=documents, quotes=tuple(dict.fromkeys(quote for _, quote in chosen)))

    def _named(self, given: str) -> tuple[str, ...]:
        if given in self.sources.documents:
            return (given,)
        small = squeeze(given).strip("《》")
        documents = self.sources.documents.values()
        fitting = tuple(one.id for one in documents if small and small in squeeze(one.region.name + one.title))
        if not fitting:
            raise CellError(words.CELL_NO_DOCUMENT.format(given=given[:SHOWN_MAX]))
        return fitting

    def _places_of(self, cell: str, ids: Sequence[str], where: str) -> list[list[tuple[str, str]]]:
        """For each quote of a cell its documents, with the words as they stand there."""
        if _is_locator(cell):
            raise CellError(words.CELL_LOCATOR.format(given=cell[:SHOWN_MAX], least=QUOTE_MIN))
        if whole := self._find(cell, ids):
            return [whole]
        parts = [part.strip() for part in _PARTS.split(cell) if part.strip()]
        found = []
        for part in parts:
            if _is_locator(part):
                continue  # 第五条 on a line of its own, above its words
            places = self._find(part, ids)
            if not places:
                raise CellError(self._say_missing(part, ids, where))
            found.append(places)
        return found

    def _find(self, given: str, ids: Sequence[str]) -> list[tuple[str, str]]:
        """Where a quote stands, as copied, else as typed; its number and title before it may be people's own."""
        bare = given.strip().strip(_MARKS)
        for quote in dict.fromkeys((bare, _LEAD.sub("", squeeze(bare)).strip(_MARKS))):
            small = squeeze(quote)
            if len(small) < QUOTE_MIN:
                continue
            if found := self._find_verbatim(small, ids) or self._find_alike(quote, ids):
                return found
        return []

    def _find_verbatim(self, small: str, ids: Sequence[str]) -> list[tuple[str, str]]:
        places = self.sources.find(ids, small)
        first = {place.document: place for place in reversed(places)}
        texts = self.sources.documents
        return [(id_, texts[id_].text[first[id_].start : first[id_].end]) for id_ in ids if id_ in first]

    def _find_alike(self, quote: str, ids: Sequence[str]) -> list[tuple[str, str]]:
        small, found = normalize(quote).text, []
        for id_ in ids:
            at = self._alike[id_].text.find(small)
            if small and at >= 0:
                start, end = self._alike[id_].original(at, at + len(small))
                found.append((id_, self.sources.documents[id_].text[start:end]))
        return found

    def _say_missing(self, given: str, ids: Sequence[str], where: str) -> str:
        bare = squeeze(given.strip().strip(_MARKS))
        if len(bare) < QUOTE_MIN:
            return words.CELL_SHORT.format(given=given[:SHOWN_MAX], least=QUOTE_MIN)
        texts = [self.sources.squeezed[id_] for id_ in ids]
        # What is found is found shorter, too: the first length that is not, in order of length.
        missing = bisect_left(range(len(bare) + 1), True, key=lambda length: not any(bare[:length] in t for t in texts))
        longest = bare[: missing - 1]
        near = words.CELL_NEAR.format(found=longest[-SHOWN_MAX:]) if len(longest) >= QUOTE_MIN else ""
        return words.CELL_NO_QUOTE.format(given=given[:SHOWN_MAX], where=where, near=near)


def _is_locator(given: str) -> bool:
    """Whether only a clause's number is given.

    >>> _is_locator("第五条"), _is_locator("五、（二）"), _is_locator("《办法》第七条第2款"), _is_locator("第五条 奖励")
    (True, True, True, False)
    """
    bare = squeeze(given).strip(_MARKS)
    return bool(bare) and not _LEAD.sub("", bare)


def _each_named(places: Sequence[tuple[str, str]], named: Sequence[tuple[str, ...]]) -> bool:
    """Whether every document in which a quote stands was named by itself."""
    alone = {group[0] for group in named if len(group) == 1}
    return all(id_ in alone for id_, _ in places)
