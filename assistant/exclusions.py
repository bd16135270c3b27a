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
from corpus.awards.labelling import is_bare, label
from corpus.awards.normalize import normalize
from corpus.records import Clause, PolicyDocument
from corpus.sentences import split_sentences
from corpus.vocabulary import find_mentions

_EXCLUDED = re.compile(
    r"对(?:于)?(?P<cases>[^，。；：]{2,40}?)(?:等)?(?:的|情形|情况|项目|行为)*，?(?:一律|均|都)?"
    r"不(?:再)?(?:予以?|给予)?(?:奖励|资助|补助|补贴|激励|奖补|支持)"
)
_NAMED_CASE = re.compile(
    r"(?:^|[。；，])(?P<case>[^，。；：]{4,30}?)的，?(?:一律|均|都)?不(?:再|予|予以|再予以|再给予|给予)*"
    r"(?:奖励|资助|补助|补贴|激励|奖补|扶持|支持)"
)
_ACTS = frozenset({"制定", "修订"})
CASE_MAX = 6  # characters of a case that stands for itself in a question


@dataclass(frozen=True, kw_only=True)
class Exclusion:
    """A case that is not paid for, and the sentence that says so."""

    case: str
    clause: Clause
    start: int
    end: int
    names: frozenset[str] = frozenset()  # where it is told by what it names: 修订“浙江制造”标准


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
        named = {found.concept.name for found in find_mentions(asked)}
        for document in documents:
            for one in self._by_document.get(document.id, ()):
                if (one.names <= named and len(named & _ACTS) == 1) if one.names else one.case in asked:
                    quote = Quote(document=document, clause=one.clause, start=one.start, end=one.end)
                    composer.say(messages.EXCLUDED.format(case=one.case, marker=composer.mark([quote])))
                    composer.quote([quote])
                    return True
        return False


def _read(text: str, clause: Clause) -> Iterable[Exclusion]:
    for span in split_sentences(text):
        words, start, end = (
            normalize(text[span.start : span.end]).text,
            clause.start + span.start,
            clause.start + span.end,
        )
        for found in _EXCLUDED.finditer(words):
            for case in re.split(r"[、和及或]", found["cases"]):
                if 2 <= len(case) <= CASE_MAX:
                    yield Exclusion(case=case, clause=clause, start=start, end=end)
        for found in _NAMED_CASE.finditer(words):
            names = label(found["case"])
            if "standard" in names and names.get("act") == ("修订",) and is_bare(found["case"]):
                every = frozenset(name for own in names.values() for name in own)
                yield Exclusion(case=found["case"], clause=clause, start=start, end=end, names=every)
