"""The one entry: a question and what was asked before → an answer. Reads top to bottom as the story.

Understand, find the documents it is about, find the clauses that answer, quote them; or say plainly
that there is none, or ask what is missing. Pure but for the index that it reads; no language model.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from assistant import messages
from assistant.asking import says
from assistant.asking_back import ask_known_region, ask_region, ask_which, greet, no_documents, refuse_input, turn_away
from assistant.award_answer import AwardAnswer
from assistant.award_search import AwardSearch, Found
from assistant.claim_answer import ClaimAnswer
from assistant.claim_file import ClaimEntry, ClaimFileError
from assistant.claiming import ClaimSearch
from assistant.compose import Composer
from assistant.compound import put_together, take_apart
from assistant.draft import Draft
from assistant.estimating import EstimateReport, Estimator
from assistant.evidence import QUANTITIES, Evidence, EvidenceSearch
from assistant.figures import premises
from assistant.intents import Intent
from assistant.objections import Objections
from assistant.ranking import Ranked, Ranker
from assistant.reading import Reading, read_conversation, read_question, visible
from assistant.reckoning import Reckoner, story_asks, story_of
from assistant.records import MAX_HISTORY_QUESTIONS, MAX_QUESTION_CHARACTERS, Answer, Question
from assistant.refusal import describe_topic, places_near, where_looked
from assistant.retroactive import Retroactivity
from assistant.scope import Scope, find_scope, is_in_field, unknown_title
from assistant.straying import strays
from assistant.texts import Texts
from assistant.tidying import TIDIED_MAX, tidy
from assistant.torn import TornPlaces
from assistant.validity_answer import answer_issue, answer_validity, documents_asked
from assistant.wishes import asks_for_award, asks_meaning, is_terse
from corpus.records import PolicyDocument, Region
from index.search import Index

LIMITS_MAX = 3
_OVER_TIME = re.compile("年(?!多|前|来)|累计|总额|合计|加起来|总共|一共")
_ASKS_ISSUE = re.compile("^(?!.*废).*(?:文号|字号|印发日期|发布日期|(?:什么时候|何时|哪[年天])(?:印发|发布|公布|发)的)")
FACT_BONUS = 1.5  # in the ranking's score, of a passage that sets an award about all that the question names


class Assistant:
    """Answers questions from one index. Safe to use from several threads."""

    def __init__(self, index: Index) -> None:
        self.texts, self.ledger = Texts(index), index.ledger
        self._documents = list(index.documents)
        self._known = frozenset(document.region for document in index.documents) - {Region()}
        self._ranker = Ranker(index)
        self._awards = AwardSearch(self.texts, self._ranker, index.ledger)
        self._award_answer = AwardAnswer(self.texts, index.ledger)
        self._claims = ClaimSearch(self.texts, self._awards, index.ledger)
        self._reckoner = Reckoner(self._claims, self._award_answer)
        self._estimator = Estimator(self._claims, ClaimAnswer(self._award_answer))
        self._objections = Objections(self.texts, index.ledger, self._claims, self._award_answer)
        self._retroactivity = Retroactivity(self.texts, {fact.document_id for fact in index.ledger.facts})
        self._award_clauses = frozenset(fact.clause_id for fact in index.ledger.facts)
        self._torn = TornPlaces(index.ledger.rejects, self._award_answer)
        self._evidence = EvidenceSearch(self.texts, self._ranker)

    def answer(self, question: Question, today: date) -> Answer:
        """Answer a question as of `question.as_of`, else `today`."""
        asked = visible(tidy(question.question))[: MAX_QUESTION_CHARACTERS + 1]
        parts = take_apart(asked, in_talk=bool(question.history))
        if len(parts) < 2 or refuse_input(visible(question.question)):
            return self._answer_one(question, today)
        before, answers = list(question.history), []
        for part in parts:
            answers.append(self._answer_one(question.model_copy(update={"question": part, "history": before}), today))
            before = [*before, part]
        return put_together(visible(question.question), answers)

    def _answer_one(self, question: Question, today: date) -> Answer:
        day = question.as_of or today
        draft = Draft(question, day)
        plain = visible(tidy(question.question))
        if refusal := refuse_input(plain):
            return draft.finish("error", refusal)
        if greeted := greet(plain, draft):
            return greeted
        lately = (visible(tidy(one[:TIDIED_MAX])) for one in question.history[-MAX_HISTORY_QUESTIONS:])
        asked = [*(earlier[:MAX_QUESTION_CHARACTERS] for earlier in lately), plain]
        reading = read_conversation([one for one in asked if one], self._known, question.region)
        place = visible(question.region or "")
        if not reading.regions and place not in ("", Region().name):
            return ask_known_region(place, self._known, draft)
        scope = find_scope(reading, self._documents)
        return turn_away(asked, reading, scope, draft) or self._answer_reading(reading, scope, draft)

    def estimate(self, claim: ClaimEntry, today: date) -> EstimateReport:
        """What a claim comes to as of `claim.as_of`, else `today`.

        Raises:
            ClaimFileError: The region is not one that has documents, or an entry names several things.
        """
        regions = read_question(claim.region, self._known).regions
        scope = find_scope(Reading.of_regions(regions), self._documents)
        documents = self._awards.nearest(scope.own)
        if len(regions) != 1 or not documents:
            options = "、".join(sorted(region.name for region in self._known))
            raise ClaimFileError(messages.CLAIM_NO_REGION.format(region=claim.region[:30], options=options))
        day = claim.as_of or today
        return self._estimator.estimate(claim, regions[0], documents, Composer(self.texts, day), day)

    def find_passages(self, question: str, history: Sequence[str] = ()) -> list[Ranked]:
        """The passages that a question is answered from, best first; empty when it cannot be read."""
        plain = visible(tidy(question))
        if refuse_input(plain):
            return []
        reading = read_conversation([*history, plain], self._known)
        scope = find_scope(reading, self._documents)
        ranked = self._ranker.rank(reading, self._allowed(reading, scope), scope.named)
        if not asks_for_award(reading):
            return ranked
        facts = self._awards.find(reading, self._regional(reading, scope)).facts

        def score(one: Ranked) -> float:
            passage = one.passage
            within = (fact for fact in facts if fact.clause_id == passage.clause_id)
            sets_it = any(fact.start < passage.end and passage.start < fact.end for fact in within)
            return one.score + (FACT_BONUS if sets_it else 0.0)

        return sorted(ranked, key=lambda one: (-score(one), one.passage.id))

    def _answer_reading(self, reading: Reading, scope: Scope, draft: Draft) -> Answer:
        if not is_in_field(reading, scope) or strays(reading, self._ranker):
            return draft.finish("not_found", messages.OUTSIDE)
        if title := unknown_title(reading, scope, self._documents):
            return draft.finish("not_found", messages.NO_SUCH_TITLE.format(title=title))
        if scope.missing and not (scope.own or scope.below):
            return no_documents(scope, self._known, draft)
        composer = self._compose(scope, draft)
        local = (*scope.own, *scope.below)
        if self._torn.say(reading.text, local, composer) or self._retroactivity.say(reading.text, local, composer):
            return draft.finish("answered", composer.text(), composer)
        if reading.asks_validity and not reading.has(Intent.AMOUNT):
            return self._answer_validity(reading, scope, draft)
        return self._answer_money(reading, scope, draft) or self._answer_rule(reading, scope, draft)

    def _answer_money(self, reading: Reading, scope: Scope, draft: Draft) -> Answer | None:
        """Work out, or look up, what is paid; None where no money is asked for."""
        story = story_of(reading)
        asks = reading.has(Intent.AMOUNT) or reading.has(Intent.LIMIT) or story.asks_sum
        goes_on = reading.follows and story.states and story_asks(reading.earlier)
        goes_on = goes_on and (story.co_leads > 0 or not reading.intents & QUANTITIES)
        asks = asks or goes_on or story.asks_again or (story.lists and not reading.intents)
        documents = self._regional(reading, scope)
        if asks_meaning(reading):
            return None
        if asks or asks_for_award(reading) or is_terse(reading):
            composer = self._compose(scope, draft)
            if self._objections.say(reading, story, documents, composer):
                return draft.finish("answered", composer.text(), composer)
            if claimed := self._reckoner.answer(reading, story, documents, composer, draft):
                return claimed
        if not (asks or asks_for_award(reading) or is_terse(reading)):
            return None
        found = self._claims.look_up(reading, story, documents)
        if not (asks or found.facts):
            return None
        claims = story.states if len(reading.regions) > 1 else story.asks_more
        return self._answer_award(reading, scope, found, draft, claims=claims)

    def _answer_award(self, reading: Reading, scope: Scope, found: Found, draft: Draft, *, claims: bool) -> Answer:
        documents = self._regional(reading, scope)
        asks_limit = reading.has(Intent.LIMIT) and (_OVER_TIME.search(reading.text) or not found.facts)
        limits = self._awards.find_limits(reading, documents)[:LIMITS_MAX] if asks_limit else []
        facts = () if limits else found.facts
        if not (limits or facts or found.beyond):
            return self._nothing(reading, scope, draft, messages.NO_AMOUNT)
        ids = [
            *(rule.document_id for rule in limits),
            *(fact.document_id for fact in (*facts, *(one.fact for one in found.beyond))),
        ]
        cited = [self.texts.documents[id_] for id_ in ids]
        regions = list(dict.fromkeys(document.region for document in cited))
        if len(regions) > 1 and len(reading.regions) < 2 and not says("everywhere", reading.text):
            return ask_region(reading, regions, draft)
        composer = self._compose(scope, draft)
        if choice := self._award_answer.choice(facts):
            return ask_which(choice, draft)
        self._award_answer.say_limits(limits, composer, counts=not claims)
        shares = {fact.id: rule for fact in facts if (rule := self._awards.share_of_rank(fact, found.rank))}
        self._award_answer.say(facts, composer, reading, shares, claims=claims)
        believed = () if reading.has(Intent.PERMISSION) else tuple(premises(story_of(reading).sums))
        composer.judge(believed, asks=says("doubts", reading.text) and len(story_of(reading).sums) == 1)
        self._award_answer.say_wanting(found, composer)
        self._say_unanswered(reading, scope, composer)
        return draft.finish("answered", composer.text(), composer)

    def _answer_rule(self, reading: Reading, scope: Scope, draft: Draft) -> Answer:
        composer = self._compose(scope, draft)
        unanswered: list[Reading] = []
        of_award = asks_for_award(reading) and not asks_meaning(reading)
        for part, part_scope in self._evidence.parts(reading, scope, self._documents):
            ranked, evidence = self._find_evidence(part, part_scope)
            if not evidence and len(reading.regions) < 2:  # the part alone may have lost what it is about
                ranked, evidence = self._find_evidence(replace(reading, intents=part.intents), scope)
            if not evidence or of_award and self._grants_another(evidence):
                unanswered.append(part)
                continue
            evidence = self._evidence.find_further(part, ranked, composer.clauses()) or evidence
            choices = () if part_scope.named else self._evidence.rival_regions(part, ranked, evidence)
            if choices and not composer.citations():
                return ask_region(part, choices, draft)
            for quotes in evidence.quotes:
                if not composer.is_full:
                    composer.quote(quotes)
        if not composer.citations():
            sentence = messages.NO_AMOUNT if asks_for_award(reading) else messages.NOTHING_FOUND
            return self._nothing(reading, scope, draft, sentence)
        for part in unanswered:
            if len(reading.regions) < 2:
                composer.say(messages.PART_NOT_FOUND.format(topic=describe_topic(part)))
        self._say_unanswered(reading, scope, composer)
        return draft.finish("answered", composer.text(), composer)

    def _grants_another(self, evidence: Evidence) -> bool:
        """Whether a clause sets awards: where none of them is the one asked for, it may not stand in for that one."""
        return any(quote.clause.id in self._award_clauses for quotes in evidence.quotes for quote in quotes)

    def _find_evidence(self, reading: Reading, scope: Scope) -> tuple[list[Ranked], Evidence | None]:
        """Look in the region's own documents first; national ones answer only where these say nothing."""
        local = [*scope.own, *scope.below]
        local = [*scope.named] if scope.is_sure else local
        if local:
            ranked = self._ranker.rank(reading, local, scope.named)
            if evidence := self._evidence.find(reading, ranked):
                return ranked, evidence
        ranked = self._ranker.rank(reading, self._allowed(reading, scope), scope.named)
        return ranked, self._evidence.find(reading, ranked)

    def _compose(self, scope: Scope, draft: Draft) -> Composer:
        """Begin an answer; for a region without documents of its own, say whose rules follow."""
        composer = Composer(self.texts, draft.day)
        if scope.below and not scope.own:
            inside = "、".join(dict.fromkeys(document.region.name for document in scope.below))
            composer.say(messages.ONLY_BELOW.format(regions=inside))
        return composer

    def _say_unanswered(self, reading: Reading, scope: Scope, composer: Composer) -> None:
        """Of several regions asked about, say which have no documents or no rule, so that silence is no answer."""
        if len(reading.regions) < 2:
            return
        cited = {self.texts.documents[citation.document].region for citation in composer.citations()}
        for region in reading.regions:
            if region in scope.missing:
                composer.say(messages.NO_REGION_DOCUMENTS.format(regions=region.name))
            elif not any(one.covers(region) or region.covers(one) for one in cited - {Region()}):
                where = messages.DOCUMENTS_OF.format(region=region.name)
                composer.say(messages.NOTHING_FOUND.format(where=where, topic=describe_topic(reading)))

    def _answer_validity(self, reading: Reading, scope: Scope, draft: Draft) -> Answer:
        ranked = self._ranker.rank(reading, self._allowed(reading, scope), scope.named)
        documents = documents_asked(scope, ranked, self.texts, reading.text)
        if not documents:
            return self._nothing(reading, scope, draft, messages.NOTHING_FOUND)
        composer = Composer(self.texts, draft.day)
        for document in documents:
            if _ASKS_ISSUE.search(reading.text):
                stated = answer_issue(document, self.texts)
            else:
                stated = answer_validity(document, self.texts, draft.day, self._documents)
            composer.say(stated.sentence)
            for quote in stated.quotes:
                composer.quote([quote])
        return draft.finish("answered", composer.text(), composer)

    def _regional(self, reading: Reading, scope: Scope) -> Sequence[PolicyDocument]:
        if len(reading.regions) == 1 and scope.own:
            named = [document for document in scope.named if document in scope.own]
            return self._awards.nearest(named or scope.own)
        if reading.regions:
            return [*scope.own, *scope.below]
        if scope.is_meant:
            return scope.named
        return [document for document in self._documents if document.region != Region()]

    def _allowed(self, reading: Reading, scope: Scope) -> Sequence[PolicyDocument]:
        return [*scope.own, *scope.below, *scope.national] if reading.regions else self._documents

    def _nothing(self, reading: Reading, scope: Scope, draft: Draft, sentence: str) -> Answer:
        topic = describe_topic(reading)
        looked = where_looked(reading, scope)
        if looked:
            said = sentence.format(where=looked, topic=topic)
        else:
            said = messages.LOOKED_NOWHERE.format(count=len(self._documents), topic=topic)
        near = places_near(self._ranker.rank(reading, self._allowed(reading, scope), scope.named), self.texts, reading)
        lines = [said, *([messages.NEAREST.format(places=near)] if near else []), messages.ASK_BUREAU]
        return draft.finish("not_found", "\n".join(lines))
