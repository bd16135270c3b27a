"""A question that quotes a place where the source is torn: told so, with the figures as printed."""

import itertools
import re
from collections.abc import Iterable, Sequence

from assistant.award_answer import AwardAnswer
from assistant.compose import Composer
from assistant.fragments import find_fragments
from corpus.awards import Reject
from corpus.records import PolicyDocument

_QUOTED = re.compile('[“"]([^”"]{5,60})[”"]')


class TornPlaces:
    """The places of one index's documents that could not be read."""

    def __init__(self, rejects: Iterable[Reject], award_answer: AwardAnswer) -> None:
        self._rejects = list(rejects)
        self._award_answer = award_answer

    def say(self, question: str, documents: Sequence[PolicyDocument], composer: Composer) -> bool:
        """State the torn place that a question quotes; False where it quotes none."""
        for fragment in _QUOTED.findall(question):
            for document in documents:
                own = [reject for reject in self._rejects if reject.document_id == document.id]
                for (start, end), reject in itertools.product(find_fragments(fragment, document), own):
                    if reject.start < end and start < reject.end:
                        self._award_answer.say_torn(reject, composer)
                        return True
        return False
