"""From what day on achievements are paid for: 生效前获得的不予奖励, 对某日以后获得的奖项具有溯及力.

A policy that says so pays nothing for what was achieved before that day; a question that tells an earlier day is
answered with that clause and without a sum. A policy that says nothing of it is not read so.
"""

import calendar
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from assistant import messages
from assistant.compose import Composer
from assistant.quotes import Quote
from assistant.rewording import reword
from assistant.texts import Texts
from corpus.dates import find_dates
from corpus.folding import fold
from corpus.records import Clause, PolicyDocument
from corpus.sentences import split_sentences

_ONLY_AFTER = re.compile(
    r"(?:生效|施行|实施|印发|发布)(?:之日)?(?:以|之)?前[^，。；]{0,6}(?:取得|获得|发布|通过|认定)[^。；]{0,16}(?:不予|不再|不适用|不享受)"
)
_SINCE = re.compile(r"对[^，。；]{0,24}(?:以后|之后|起)[^，。；]{0,16}溯及力?")
_TOLD = re.compile(
    r"(?P<year>20\d\d)年?(?:(?P<month>\d{1,2})月(?:(?P<day>\d{1,2})[日号])?)?(?:底|初|中旬?|份)?[^，。；？,;?\d的能]{0,6}?"
    r"(?:批准|发布|获|拿|取得|评|通过|认定|验收|得了?[^到]|到手)"
)


@dataclass(frozen=True, kw_only=True)
class _Since:
    """The day from which achievements count, and the sentence that says so."""

    day: date
    clause: Clause
    start: int
    end: int


class Retroactivity:
    """From what day on the documents of one index pay."""

    def __init__(self, texts: Texts, award_documents: Iterable[str]) -> None:
        self._by_document: dict[str, list[_Since]] = defaultdict(list)
        for document_id in award_documents:
            document = texts.documents[document_id]
            for clause in texts.of(document_id):
                self._by_document[document_id] += _read(document, texts.text(clause), clause)

    def say(self, question: str, documents: Iterable[PolicyDocument], composer: Composer) -> bool:
        """State that what was achieved on the day that a question tells came too early; False where it did not."""
        told = told_day(question)
        if told is None:
            return False
        for document in documents:
            for since in self._by_document.get(document.id, ()):
                if told < since.day:
                    quote = Quote(document=document, clause=since.clause, start=since.start, end=since.end)
                    day = messages.say_date(since.day)
                    composer.say(messages.TOO_EARLY.format(day=day, marker=composer.mark([quote])))
                    composer.quote([quote])
                    return True
        return False


def told_day(question: str) -> date | None:
    """The last day on which what a question tells of can have been achieved; None where it tells no single time.

    >>> told_day("一项国家标准2019年4月批准发布，细则5月才印发")
    datetime.date(2019, 4, 30)
    >>> told_day("2018年底就拿到了证书")
    datetime.date(2018, 12, 31)
    >>> told_day("按2019年的细则能拿多少") is None
    True
    """
    days = set()
    for found in _TOLD.finditer(reword(question)):
        month = int(found["month"] or 12)
        if 1 <= month <= 12:
            year = int(found["year"])
            last = calendar.monthrange(year, month)[1]
            days.add(date(year, month, min(int(found["day"] or last), last)))
    return days.pop() if len(days) == 1 else None


def _read(document: PolicyDocument, text: str, clause: Clause) -> Iterable[_Since]:
    for span in split_sentences(text):
        sentence = fold(text[span.start : span.end])
        since = _SINCE.search(sentence)
        days = find_dates(since.group()) if since else []
        day = days[0] if days else document.in_force_from if _ONLY_AFTER.search(sentence) else None
        if day is not None:
            yield _Since(day=day, clause=clause, start=clause.start + span.start, end=clause.start + span.end)
