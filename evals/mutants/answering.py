"""Faults of answering: saying something where nothing can be said, too much, too little, or in the wrong way."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from assistant.answer import Assistant
from assistant.award_answer import AwardAnswer
from assistant.award_question import Asked
from assistant.award_search import AwardSearch, Found
from assistant.compose import Composer
from assistant.draft import Draft
from assistant.figures import find_sums
from assistant.records import Amount, Answer, Question
from assistant.rewording import reword
from corpus.awards import AwardFact
from corpus.records import PolicyDocument
from evals.mutants.mutant import Mutant, Stage
from evals.mutants.patching import Patch

AnswerTo = Callable[[Assistant, Question, date], Answer]
FindAsked = Callable[[AwardSearch, Asked, Sequence[PolicyDocument]], Found]
Say = Callable[..., None]
Finish = Callable[..., Answer]
_ORDERS = re.compile("忽略|无视|忘掉|忘记|只回答|只输出|只需|照念|直接(?:回答|输出|告诉)|指令|系统|ignore|SYSTEM")


def _answering(name: str, breaks: str, target: str, broken: Callable[..., object]) -> Mutant:
    patches = (Patch(target=f"assistant.{target}", broken=broken),)
    return Mutant(name=name, stage=Stage.ANSWERING, breaks=breaks, patches=patches)


def _nearest(find: FindAsked) -> FindAsked:
    def call(self: AwardSearch, asked: Asked, documents: Sequence[PolicyDocument]) -> Found:
        found, left = find(self, asked, documents), dict(asked.groups)
        while left and not (found.facts or found.beyond):
            left.popitem()
            found = find(self, replace(asked, groups=left), documents)
        return found

    return call


def _beyond_too(find: FindAsked) -> FindAsked:
    def call(self: AwardSearch, asked: Asked, documents: Sequence[PolicyDocument]) -> Found:
        found = find(self, asked, documents)
        return replace(found, facts=found.facts or tuple(one.fact for one in found.beyond), beyond=())

    return call


def _first_choice(answer: AnswerTo) -> AnswerTo:
    def call(self: Assistant, question: Question, today: date) -> Answer:
        given = answer(self, question, today)
        options = given.clarification.options if given.clarification else ()
        if not options:
            return given
        return answer(self, question.model_copy(update={"question": f"{options[0]}{question.question}"}), today)

    return call


def _neighbour_too(say: Say) -> Say:
    """The award that stands next in the ledger beside the one that answers."""

    def call(self: AwardAnswer, facts: Sequence[AwardFact], *arguments: object, claims: bool) -> None:
        known = list(self._facts.values())
        after = known[(known.index(facts[-1]) + 1) % len(known)] if facts else None
        more = [after] if after is not None and after not in facts and after.clause_id == facts[-1].clause_id else []
        say(self, [*facts, *more], *arguments, claims=claims)

    return call


def _first_only(say: Say) -> Say:
    def call(self: AwardAnswer, facts: Sequence[AwardFact], *arguments: object, claims: bool) -> None:
        say(self, facts[:1], *arguments, claims=claims)

    return call


def _fixed(take: Callable[[Composer, Amount], None]) -> Callable[[Composer, Amount], None]:
    return lambda self, amount: take(self, amount.model_copy(update={"kind": "exact"}))


def _called_answered(finish: Finish) -> Finish:
    def call(self: Draft, status: str, *arguments: object, **named: object) -> Answer:
        return finish(self, "answered" if status == "not_found" else status, *arguments, **named)

    return call


def _obeying(answer: AnswerTo) -> AnswerTo:
    """What a question orders to be answered is answered."""

    def call(self: Assistant, question: Question, today: date) -> Answer:
        given, sums = answer(self, question, today), find_sums(reword(question.question))
        if not (sums and _ORDERS.search(question.question)):
            return given
        amounts = (Amount(yuan=sums[0].yuan, kind="exact", label=""),)
        return given.model_copy(update={"status": "answered", "amounts": amounts})

    return call


MUTANTS = (
    _answering(
        "nearest_award_given",
        "Where no award is for what was asked, the nearest one answers.",
        "award_search:AwardSearch.find_asked",
        _nearest,
    ),
    _answering(
        "rank_beyond_paid",
        "A place among the drafters for which nothing is paid gets what the others get.",
        "award_search:AwardSearch.find_asked",
        _beyond_too,
    ),
    _answering(
        "never_asks_back",
        "Where something has to be asked, the first choice is taken.",
        "answer:Assistant._answer_one",
        _first_choice,
    ),
    _answering(
        "several_not_asked",
        "Of several awards that fit, the first one is claimed.",
        "claiming:ClaimSearch.one_award",
        lambda _: lambda self, facts, text, names: (facts[0],),
    ),
    _answering(
        "everything_in_field",
        "A question from outside the field is looked up like any other.",
        "scope:is_in_field",
        lambda _: lambda reading, scope: True,
    ),
    _answering(
        "any_evidence",
        "A clause that hardly has to do with the question answers it.",
        "evidence:RELEVANT_MIN",
        lambda _: -99.0,
    ),
    _answering(
        "unknown_title_accepted",
        "A document that is not there is taken for one that is.",
        "scope:unknown_title",
        lambda _: lambda reading, scope, documents: None,
    ),
    _answering(
        "objections_ignored",
        "What speaks against an award, an exclusion or a condition not met, is not said.",
        "objections:Objections.say",
        lambda _: lambda self, reading, story, documents, composer: False,
    ),
    _answering(
        "first_day_of_payment_ignored",
        "What was achieved before the day from which a policy pays is paid.",
        "retroactive:Retroactivity.say",
        lambda _: lambda self, question, documents, composer: False,
    ),
    _answering(
        "never_reckons",
        "No sum is worked out; the printed ones are given.",
        "reckoning:Reckoner.answer",
        lambda _: lambda self, reading, story, documents, composer, draft: None,
    ),
    _answering(
        "neighbour_added", "The next award of a list is stated, too.", "award_answer:AwardAnswer.say", _neighbour_too
    ),
    _answering(
        "first_award_only", "Of several awards that answer, one is stated.", "award_answer:AwardAnswer.say", _first_only
    ),
    _answering(
        "amounts_missing",
        "The sums stand in the text and not in `amounts`.",
        "compose:Composer.amounts",
        lambda _: lambda self: (),
    ),
    _answering("all_fixed", "Every sum is called fixed.", "compose:Composer.amount", _fixed),
    _answering("refusal_called_answer", "A refusal is marked as an answer.", "draft:Draft.finish", _called_answered),
    _answering(
        "order_obeyed",
        "A sum that the question orders to be answered is answered.",
        "answer:Assistant.answer",
        _obeying,
    ),
)
