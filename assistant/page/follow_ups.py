"""Questions that may follow an answer, made from the ledger: each asks for an award that the same document grants."""

from collections.abc import Sequence

from assistant.ledger_view import LedgerView
from assistant.page.wording import FOLLOW_AMOUNT, FOLLOW_VALIDITY
from assistant.records import Answer
from corpus.awards import AwardFact
from corpus.records import PolicyDocument

NEIGHBOURS = 2
SUBJECT_CHARACTERS = 24  # a longer one is no question that anybody would press


def suggest(answer: Answer, view: LedgerView) -> tuple[str, ...]:
    """Up to three questions; none where the answer rests on no document."""
    document = view.document(answer.citations[0].document) if answer.citations else None
    if document is None or answer.status != "answered":
        return ()
    place = document.region.parts[-1] if document.region.parts else ""
    near = neighbours(answer, document, view.select(document=document.id)) if answer.amounts else []
    asked = [FOLLOW_AMOUNT.format(place=place, subject=fact.subject) for fact in near]
    return (*asked, FOLLOW_VALIDITY.format(title=document.short_title))


def neighbours(answer: Answer, document: PolicyDocument, facts: Sequence[AwardFact]) -> list[AwardFact]:
    """The awards nearest to what was answered that it did not name."""
    cited = [one for one in answer.citations if one.document == document.id]
    place = cited[0].end

    def is_new(fact: AwardFact) -> bool:
        short = 0 < len(fact.subject) <= SUBJECT_CHARACTERS
        return short and fact.subject not in answer.answer and fact.subject not in answer.question

    near = sorted(filter(is_new, facts), key=lambda fact: abs(fact.start - place))
    return list({fact.subject: fact for fact in reversed(near)}.values())[::-1][:NEIGHBOURS]
