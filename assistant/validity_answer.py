"""Whether a document holds, from when, until when, in whose place: the answer from its own dates and words."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant import messages
from assistant.quotes import Quote
from assistant.ranking import Ranked, states_validity
from assistant.scope import Scope
from assistant.standing_words import state_standing
from assistant.texts import Texts
from corpus.dates import find_dates
from corpus.folding import fold
from corpus.records import Kind, PolicyDocument
from corpus.validity import Standing, standing_on
from corpus.versions import is_superseded, repealing

DOCUMENTS_MAX = 5
GROUNDS_MAX = 2
LINE_MAX = 40  # characters of a line that only dates the document
_SPEAKS_OF_ITSELF = re.compile(r"本[^。，]{1,6}(?:自|对)|以本.{1,4}为准|按本.{1,4}执行|自本.{1,8}之日起")


@dataclass(frozen=True, kw_only=True)
class ValidityAnswer:
    """What is said of one document, and the words that it rests on."""

    document: PolicyDocument
    sentence: str
    quotes: tuple[Quote, ...]


def documents_asked(scope: Scope, ranked: Sequence[Ranked], texts: Texts, text: str) -> list[PolicyDocument]:
    """The documents whose validity is asked: those named, else the region's, else the best found.

    Of several in a region, the one that the question's words find, unless it asks for all; a question
    about an award means the award policy.
    """
    if scope.named:
        return list(scope.named)[:DOCUMENTS_MAX]
    own = list(scope.own)
    regions = list(dict.fromkeys(document.region for document in own))
    if len(regions) > 1:  # several places: of each the one meant
        each = [replace(scope, own=tuple(one for one in own if one.region == region)) for region in regions]
        return [document for one in each for document in documents_asked(one, ranked, texts, text)][:DOCUMENTS_MAX]
    if len(own) > 1:
        awards = [document for document in own if document.kind is Kind.AWARD_POLICY]
        if len(awards) == 1 and any(word in text for word in ("奖", "补", "资助", "资金", "激励")):
            return awards
        ids = [one.passage.document_id for one in ranked]
        own.sort(key=lambda document: ids.index(document.id) if document.id in ids else len(ids))
        return own[:1]
    if own:
        return own
    return [texts.documents[ranked[0].passage.document_id]] if ranked else []


def answer_issue(document: PolicyDocument, texts: Texts) -> ValidityAnswer:
    """State a document's number and day of issue, with the lines that print them."""
    number = document.document_number or messages.NOT_PRINTED
    day = messages.say_date(document.published) if document.published else messages.NOT_PRINTED
    lines = [clause for clause in texts.of(document.id) if _prints_issue(document, texts.text(clause))]
    quotes = tuple(Quote(document=document, clause=c, start=c.start, end=c.end) for c in lines[:GROUNDS_MAX])
    sentence = messages.ISSUED.format(title=document.short_title, number=number, day=day)
    return ValidityAnswer(document=document, sentence=sentence, quotes=quotes or (_quote_title(document, texts),))


def _prints_issue(document: PolicyDocument, text: str) -> bool:
    if len(text) > LINE_MAX:
        return False
    return document.document_number == text.replace(" ", "") or document.published in find_dates(text)


def answer_validity(
    document: PolicyDocument, texts: Texts, day: date, known: Sequence[PolicyDocument]
) -> ValidityAnswer:
    """State a document's standing on a day, with the clauses that say it, and its successor where there is one."""
    standing = standing_on(document, day)
    sentence = state_standing(standing, document.short_title, day, document.in_force_from, document.in_force_until)
    if standing is Standing.UNKNOWN and document.published:
        sentence += messages.PUBLISHED_ON.format(day=messages.say_date(document.published))
    if repealed := state_repeal(document, day, known):
        sentence = repealed
    else:
        sentence += "".join(_announce(successor, day) for successor in repealing(document, known))
        sentence += _say_superseded(messages.TO_BE_SUPERSEDED, document, day)
    grounds = _grounds(document, texts, standing)
    for successor in repealing(document, known):
        clauses = [one for one in texts.of(successor.id) if _says_repealed(texts.text(one), document)]
        grounds += [Quote(document=successor, clause=one, start=one.start, end=one.end) for one in clauses[:1]]
    return ValidityAnswer(document=document, sentence=sentence, quotes=tuple(grounds))


def _says_repealed(text: str, document: PolicyDocument) -> bool:
    return "废止" in text and document.short_title in text


def state_repeal(document: PolicyDocument, day: date, known: Iterable[PolicyDocument]) -> str | None:
    """That a document is repealed or superseded, and by which; None where none that had taken effect by `day` does."""
    if is_superseded(document, day):
        return _say_superseded(messages.SUPERSEDED, document, day)
    for successor in repealing(document, known):
        if successor.in_force_from is not None and standing_on(successor, day) in (Standing.IN_FORCE, Standing.EXPIRED):
            return messages.REPEALED.format(
                day=messages.say_date(day), title=document.short_title, successor=successor.short_title
            )
    return None


def _say_superseded(template: str, document: PolicyDocument, day: date) -> str:
    told = document.superseded
    if told is None:
        return ""
    words = {"title": document.short_title, "successor": told.title, "id": told.by}
    return template.format(day=messages.say_date(day), since=messages.say_date(told.since), **words)


def _announce(successor: PolicyDocument, day: date) -> str:
    """That a document takes this one's place, as of when its text tells."""
    standing = standing_on(successor, day)
    if standing is Standing.DRAFT:
        return ""
    if standing is not Standing.NOT_YET:
        return messages.SUCCEEDED_BY.format(title=successor.short_title)
    start = successor.in_force_from
    since = f"（自{messages.say_date(start)}起施行）" if start else ""
    return messages.TO_BE_SUCCEEDED_BY.format(title=successor.short_title, since=since)


def _grounds(document: PolicyDocument, texts: Texts, standing: Standing) -> list[Quote]:
    """The clauses that state the document's own validity; of a draft its title, which says so."""
    clauses = texts.of(document.id)
    grounds = []
    if standing is Standing.DRAFT:
        grounds += [_quote_title(document, texts)]
    stated = [clause for clause in clauses if states_validity(fold(texts.text(clause)))]
    # A document speaks of itself as 本办法; without that word, of itself only near its end.
    own = [clause for clause in stated if _SPEAKS_OF_ITSELF.search(texts.text(clause))]
    late = [clause for clause in stated if clause.start >= len(document.text) * 0.8]
    for clause in dict.fromkeys([*own[:GROUNDS_MAX], *late[-GROUNDS_MAX:]]):
        grounds.append(Quote(document=document, clause=clause, start=clause.start, end=clause.end))
    if not grounds and clauses:
        grounds.append(_quote_title(document, texts))
    return grounds


def _quote_title(document: PolicyDocument, texts: Texts) -> Quote:
    """The line of the text that prints the title, or its end where it runs over several lines."""
    head = texts.of(document.id)[:12]
    printed = [clause for clause in head if len(text := texts.text(clause)) > 6 and text in document.title]
    says_draft = [clause for clause in printed if any(word in texts.text(clause) for word in ("征求意见", "草案"))]
    for clause in (*says_draft, *printed):
        return Quote(document=document, clause=clause, start=clause.start, end=clause.end)
    first = head[0]
    return Quote(document=document, clause=first, start=first.start, end=first.end)
