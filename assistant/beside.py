"""Awards on top of another that a story tells of in their very words, though no part of it names them.

主要起草单位，并将自有知识产权转化为该标准: the conversion pays on top of the drafting.
"""

import re
from collections.abc import Sequence

from assistant.award_question import general_words
from assistant.claims.scope import of_kind
from assistant.texts import Texts
from corpus.awards import AwardFact
from corpus.awards.labelling import without_names
from corpus.folding import fold
from corpus.ledger import Ledger

_ON_TOP = re.compile("追加|另行|额外|再给予|再奖励|再补助|叠加")
RUN_MIN = 5  # characters of an award's own words that a story repeats where it means that award
RUN_SAID = 4  # where the story itself says that something comes on top


class AwardsOnTop:
    """The awards of one index's ledger that are paid on top of others."""

    def __init__(self, texts: Texts, ledger: Ledger) -> None:
        documents = texts.documents
        self._facts = [
            fact for fact in ledger.facts if _ON_TOP.search(documents[fact.document_id].text[fact.start : fact.end])
        ]

    def told(self, story: str, paid: Sequence[AwardFact]) -> list[AwardFact]:
        """Those for a standard that is paid for already, told of in a story; none where several sums fit."""
        words = re.sub(r"\s", "", story)
        run = RUN_SAID if _ON_TOP.search(words) else RUN_MIN
        beside = [fact for fact in self._facts if fact not in paid and _goes_with(fact, paid)]
        found = [fact for fact in beside if _repeats(words, fact, run)]
        return found[:1] if len({fact.amount.yuan for fact in found}) == 1 else []


def _goes_with(fact: AwardFact, paid: Sequence[AwardFact]) -> bool:
    own = of_kind(fact.labels, "standard")
    return bool(own) and any(
        one.document_id == fact.document_id and of_kind(one.labels, "standard") == own for one in paid
    )


def _repeats(words: str, fact: AwardFact, run: int) -> bool:
    own = general_words(without_names(fold(fact.subject)))
    return any(word[at : at + run] in words for word in own for at in range(len(word) - run + 1))
