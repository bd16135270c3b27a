"""Cases that a policy says it does not pay for: 对复评、续展等情形不给予奖励."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from assistant import messages
from assistant.compose import Composer
from assistant.quotes import Quote
from assistant.rewording import reword
from assistant.texts import Texts
from corpus.awards.normalize import normalize
from corpus.records import Clause, PolicyDocument
from corpus.sentences import split_sentences

_EXCLUDED = re.compile(
    r"对(?:于)?(?P<cases>[^，。；：]{2,40}?)(?:等)?(?:的|情形|情况|项目|行为)*，?(?:一律|均|都)?"
    r"不(?:再)?(?:予以?|给予)?(?:奖励|资助|补助|补贴|激励|奖补|支持)"
)
CASE_MAX = 6  # characters of a case that stands for itself in a question


@dataclass(frozen=True, kw_only=True)
class Exclusion:
    """A case that is not paid for, and the sentence that says so."""

    case: str
    clause: Clause
    start: int
    end: int


class Exclusions:
    """The cases that the documents of one index do not pay for."""

    def __init__(self, texts: Texts, award_documents: Iterable[str]) -> None:
        self._by_document: dict[str, list[Exclusion]] = defaultdict(list)
        for document_id in award_documents:
            for clause in texts.of(document_id):
                self._by_document[document_id] += _read(texts.text(clause), clause)

    def say(self, question: str, documents: Iterable[PolicyDocument], composer: Composer) -> bool:
        """State that the case which a question names is not paid for; False where it names none."""
        asked = reword(question)
        for document in documents:
            for one in self._by_document.get(document.id, ()):
                if one.case in asked:
                    quote = Quote(document=document, clause=one.clause, start=one.start, end=one.end)
                    composer.say(messages.EXCLUDED.format(case=one.case, marker=composer.mark([quote])))
                    composer.quote([quote])
                    return True
        return False


def _read(text: str, clause: Clause) -> Iterable[Exclusion]:
    for span in split_sentences(text):
        for found in _EXCLUDED.finditer(normalize(text[span.start : span.end]).text):
            for case in re.split(r"[、和及或]", found["cases"]):
                if 2 <= len(case) <= CASE_MAX:
                    yield Exclusion(
                        case=case, clause=clause, start=clause.start + span.start, end=clause.start + span.end
                    )
