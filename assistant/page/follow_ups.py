"""Questions to press: those that may follow an answer, and examples to begin with.

Each is made from the ledger, so that there is an answer to it in whatever documents there are.
"""

from collections.abc import Sequence
from datetime import date

from assistant.ledger_view import LedgerView
from assistant.page.wording import FOLLOW_AMOUNT, FOLLOW_VALIDITY
from assistant.records import Answer
from corpus.awards import AwardFact
from corpus.records import PolicyDocument, Status

NEIGHBOURS = 2
EXAMPLE_CHARACTERS = 14
SUBJECT_CHARACTERS = 24  # a longer one is no question that anybody would press


def suggest(answer: Answer, view: LedgerView) -> tuple[str, ...]:
    """Up to three questions; where the answer rests on no document, only what a language model takes to be meant."""
    document = view.document(answer.citations[0].document) if answer.citations else None
    if document is None or answer.status != "answered":
        return answer.suggestions
    place = document.region.parts[-1] if document.region.parts else ""
    near = neighbours(answer, document, view.select(document=document.id)) if answer.amounts else []
    asked = [FOLLOW_AMOUNT.format(place=place, subject=fact.subject) for fact in near]
    return (*answer.suggestions, *asked, FOLLOW_VALIDITY.format(title=document.short_title))


def examples(view: LedgerView, day: date, count: int) -> tuple[str, ...]:
    """Questions about awards of documents that do not say they have ended by `day`, each of another region."""
    found: dict[str, str] = {}
    for fact in view.ledger.facts:
        document = view.document(fact.document_id)
        if document is None or not document.region.parts or len(fact.subject) > EXAMPLE_CHARACTERS:
            continue
        if document.status is Status.ISSUED and (document.in_force_until is None or document.in_force_until >= day):
            place = document.region.parts[-1]
            found.setdefault(place, FOLLOW_AMOUNT.format(place=place, subject=fact.subject))
    return tuple(found.values())[:count]


def neighbours(answer: Answer, document: PolicyDocument, facts: Sequence[AwardFact]) -> list[AwardFact]:
    """The awards nearest to what was answered that it did not name."""
    cited = [one for one in answer.citations if one.document == document.id]
    place = cited[0].end

    def is_new(fact: AwardFact) -> bool:
        short = 0 < len(fact.subject) <= SUBJECT_CHARACTERS
        return short and fact.subject not in answer.answer and fact.subject not in answer.question

    near = sorted(filter(is_new, facts), key=lambda fact: abs(fact.start - place))
    return list({fact.subject: fact for fact in reversed(near)}.values())[::-1][:NEIGHBOURS]
