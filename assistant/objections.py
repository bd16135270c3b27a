"""Why a policy does not pay what is asked for: a case excluded, a condition not met, another purse that paid."""

from collections.abc import Sequence

from assistant.award_answer import AwardAnswer
from assistant.award_search import Found
from assistant.claiming import ClaimSearch
from assistant.compose import Composer
from assistant.exclusions import Exclusions
from assistant.paid_elsewhere import say_paid_elsewhere
from assistant.reading import Reading
from assistant.rewording import reword
from assistant.stated import Story
from assistant.texts import Texts
from corpus.ledger import Ledger
from corpus.records import PolicyDocument


class Objections:
    """What the documents of one index say against an award."""

    def __init__(self, texts: Texts, ledger: Ledger, claims: ClaimSearch, award_answer: AwardAnswer) -> None:
        self._exclusions = Exclusions(texts, {fact.document_id for fact in ledger.facts})
        self._claims = claims
        self._award_answer = award_answer

    def say(self, reading: Reading, story: Story, documents: Sequence[PolicyDocument], composer: Composer) -> bool:
        """State what speaks against the award that a question asks for; False where nothing does."""
        if self._exclusions.say(reading.text, documents, composer):
            return True
        single = len(story.parts) < 2 or reading.follows  # of several things, one may fail and another be paid
        found = self._claims.look_up(reading, story, documents) if single else Found()
        if found.facts and self._award_answer.say_failed(found.facts, reword(reading.text), composer):
            return True
        rules = self._claims.rules_of(document.id for document in documents)
        return say_paid_elsewhere(story, rules, self._award_answer, composer)
