"""The assistants over one index: of all that is there, and of what holds on a day.

A document that was removed from the library is withheld at once, before a new index is built without it. Of a policy
with several versions, a question is answered from the one that counts on its day; one that names an older version, or
asks whether something holds, is answered with the older one in sight.
"""

import logging
import threading
from collections import OrderedDict
from collections.abc import Sequence
from datetime import date

from assistant.answer import Assistant
from assistant.claim_file import ClaimEntry
from assistant.estimating import EstimateReport
from assistant.ledger_view import LedgerView
from assistant.reading import read_question
from assistant.records import Answer, Question
from assistant.scope import cites_title
from corpus import CorpusError, Library
from corpus.records import PolicyDocument
from corpus.versions import is_repealed, out_of_place
from index import Index
from index.partial import PartialIndex

KEPT = 4  # assistants over parts of the index that are kept; each has its own tables of words
_LOG = logging.getLogger(__name__)


class DatedAssistants:
    """Answers from one index, less what the library no longer has. Safe to use from several threads."""

    def __init__(self, index: Index, library: Library | None = None) -> None:
        """Answer from an index.

        Args:
            index: What is answered from; whoever opened it closes it.
            library: What it was made of, and may have changed since; None where nothing changes.
        """
        self.index = index
        self._library = library
        self._state: str | None = None
        self._removed: frozenset[str] = frozenset()
        self._making = threading.Lock()
        self._parts: OrderedDict[tuple[frozenset[str], frozenset[str]], Assistant] = OrderedDict()
        self.look()

    def look(self) -> None:
        """Withhold what has been removed from the library since; takes no time where nothing has changed."""
        state = "" if self._library is None else self._library.state()
        if state == self._state:
            return
        self._removed = frozenset() if self._library is None else self._no_longer_there(self._library)
        self._state = state
        whole = self.index if not self._removed else PartialIndex(self.index, removed=self._removed)
        self._whole, self._ledger = Assistant(whole), LedgerView(whole.ledger, whole.documents)

    @property
    def whole(self) -> Assistant:
        """The assistant that sees every document there is, older versions too."""
        return self._whole

    @property
    def ledger(self) -> LedgerView:
        """The award ledger of every document there is."""
        return self._ledger

    @property
    def withholds(self) -> bool:
        """Whether the index holds documents that the library no longer has."""
        return bool(self._removed)

    def answer(self, question: Question, today: date) -> Answer:
        """Answer a question as of its own date, else `today`."""
        day = question.as_of or today
        return self.on(day, (*question.history, question.question)).answer(question, today)

    def estimate(self, claim: ClaimEntry, today: date) -> EstimateReport:
        """What a claim comes to as of its own date, else `today`."""
        return self.on(claim.as_of or today).estimate(claim, today)

    def on(self, day: date, asked: Sequence[str] = ()) -> Assistant:
        """The assistant that answers a question as of `day`; `asked` is the question after those before it."""
        whole = self._whole
        documents = whole.texts.documents
        hidden = out_of_place(documents.values(), day)
        if not hidden or any(read_question(text, ()).asks_validity for text in asked[-1:]):
            return whole
        for older in (documents[one] for one in sorted(hidden)):
            if older.superseded is not None and any(_names(text, older) for text in asked):
                hidden = hidden - {older.id} | {older.superseded.by}
            elif is_repealed(older, documents.values(), day) and any(cites_title(text, older.title) for text in asked):
                hidden -= {older.id}  # the newer one stays in sight: it says that this one is repealed
        return self._part(hidden)

    def _part(self, hidden: frozenset[str]) -> Assistant:
        key = (self._removed, hidden)
        with self._making:
            made = self._parts.get(key)
            if made is None:
                removed, _ = key
                made = Assistant(PartialIndex(self.index, out_of_place=hidden, removed=removed))
                self._parts[key] = made
            self._parts.move_to_end(key)
            while len(self._parts) > KEPT:
                self._parts.popitem(last=False)
        return made

    def _no_longer_there(self, library: Library) -> frozenset[str]:
        """The ids whose text the library no longer has: removed, or another text under the same id."""
        try:
            texts = {document.id: document.text for document in library.documents()}
        except CorpusError as error:
            _LOG.warning("%s Until then only what was removed by name is withheld.", error)
            there = library.ids()
            return frozenset(one.id for one in self.index.documents if one.id not in there)
        return frozenset(one.id for one in self.index.documents if texts.get(one.id) != one.text)


def _names(text: str, older: PolicyDocument) -> bool:
    """Whether a text names an older version by a title that the newer one does not bear."""
    newer = older.superseded.title if older.superseded else ""
    return cites_title(text, older.title) and not cites_title(text, newer)
